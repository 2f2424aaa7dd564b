"""A file of five hundred records dropped on the Add page of a real browser: preview, append, undo."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import heading, settled, tab_to, until, window
from test_pages_add import bibs, ris

from kb.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e

HERE = (
    "baumeister2014impact",
    "brankley2021stable",
    "wefers2024acceptability",
    "eysenbach2005law",
    "bailey2022pathways",
)
DOUBTED = ("seto2015predicting", "eke2019validation", "borghouts2021barriers")
FILE = ".stFileUploader input[type=file]"


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh window, that fails the test if anything is asked of another machine."""
    with window(browser) as page:
        yield page


def _counts(page: "Page") -> dict[str, str]:
    terms = page.locator(".kb-counts div")
    return {one.locator("dt").inner_text(): one.locator("dd").inner_text() for one in terms.all()}


def test_five_hundred_records_are_previewed_appended_and_taken_back(
    serve: str, served: Library, page: "Page", tmp_path: Path
) -> None:
    """With a progress bar; by the keyboard alone once the file is there."""
    before = bibs(served)
    new = 500 - len(HERE) - len(DOUBTED)
    export = tmp_path / "search.ris"
    # A busy window may draw only the last of many steps: what it was told is what counts.
    told: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: told.extend([frame])))
    export.write_bytes(ris(served, new=new, here=HERE, doubtful=DOUBTED))
    page.goto(f"{serve}/add")
    settled(page)
    heading(page, "Add")
    page.locator(FILE).first.set_input_files(export)
    page.locator(".kb-counts").wait_for()
    settled(page)

    assert any("Comparing with the library" in str(frame) for frame in told)
    assert _counts(page) == {
        "new": f"{new}",
        "doubtful": f"{len(DOUBTED)}",
        "already here": f"{len(HERE)}",
        "problems": "0",
    }
    assert bibs(served) == before

    tab_to(page, "[class*='st-key-add-choice-']")
    page.keyboard.press("ArrowRight")
    label = f"Append {new + len(DOUBTED) - 1} entries to references/imported.bib"
    page.get_by_role("button", name=label).wait_for()
    settled(page)
    tab_to(page, ".st-key-add-append")
    page.keyboard.press("Enter")
    page.get_by_text(f"Appended {new + len(DOUBTED) - 1} entries").wait_for()
    settled(page)
    written = bibs(served)["imported.bib"].decode()
    assert written.count("\n@") == new + len(DOUBTED) - 1
    assert {name: content for name, content in bibs(served).items() if name != "imported.bib"} == before

    page.locator(".stMain a.kb-title").first.click()
    page.wait_for_url("**/work?work=*")
    page.go_back()
    page.locator(".st-key-add-undo button").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Taken back").wait_for()
    assert bibs(served) == before


def test_a_file_over_the_limit_is_refused_with_the_limit_named(
    serve: str, served: Library, page: "Page", tmp_path: Path
) -> None:
    """Before it is sent: the file of 500 MB takes no time."""
    large = tmp_path / "large.ris"
    with large.open("wb") as file:
        file.truncate(500 * 2**20)
    page.goto(f"{serve}/add")
    settled(page)
    page.locator(FILE).first.set_input_files(large)

    page.get_by_text("400", exact=False).and_(page.get_by_text("smaller", exact=False)).first.wait_for()
    assert page.locator(".kb-counts").count() == 0


def test_an_entry_is_changed_on_its_page_and_put_back(serve: str, served: Library, page: "Page") -> None:
    """The text has it at once; the button restores every byte."""
    before = bibs(served)
    page.goto(f"{serve}/work?work=baumeister2014impact")
    settled(page)
    field = page.get_by_label("Text of title")
    until(page.get_by_text("Change the entry").click, field)
    settled(page)
    field.fill("The impact of {Guidance}")
    page.keyboard.press("Tab")  # what is typed is sent, before the button is pressed
    settled(page)
    page.get_by_role("button", name="Save").click()
    page.locator(".kb-said").wait_for()
    assert page.locator(".kb-said").inner_text() == "Set in baumeister2014impact: title."
    assert b"title = {The impact of {Guidance}}" in b"".join(bibs(served).values())

    page.get_by_role("button", name="Put back what title said").click()
    page.get_by_text("Put back in baumeister2014impact").wait_for()
    assert bibs(served) == before
