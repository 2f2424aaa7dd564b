"""The whole, in a real browser, as its user would use it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import heading, settled, until, window
from conftest import ROOT

from kb.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh window, that fails the test if anything is asked of another machine."""
    with window(browser, accept_downloads=True) as page:
        yield page


def test_from_a_search_to_a_reading_list_and_back(
    serve: str, served: Library, page: "Page", tmp_path: Path
) -> None:
    """Search, a work, a citation, Back twice, a tool, a list with a reason, its export, its URL."""
    _from_a_search_to_a_work(serve, page)
    _put_on_a_list(page)
    text = served.notes / "lists" / "what-stable-2007-adds.md"
    assert "@brankley2021stable" in text.read_text("utf-8")

    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    exported = tmp_path / "list.bib"
    download.value.save_as(exported)
    records = _read(exported)
    assert [record["citekey"] for record in records] == ["brankley2021stable"]

    page.reload()
    heading(page, "What STABLE-2007 adds")
    page.get_by_text("The largest pooled test").wait_for()


def _from_a_search_to_a_work(serve: str, page: "Page") -> None:
    page.goto(serve)
    settled(page)
    field = page.locator(".st-key-search-field input")
    field.fill("STABLE-2007")
    field.press("Enter")
    page.wait_for_url("**q=STABLE-2007*")
    page.locator("a.kb-title").first.wait_for()

    page.goto(f"{serve}/?q=CPORT+validation")
    page.locator("a.kb-title[href*='eke2019validation']").first.click()
    page.wait_for_url("**/work?work=eke2019validation")
    heading(page, "CPORT")
    page.locator("a.kb-title[href*='seto2015predicting']").first.click()
    page.wait_for_url("**/work?work=seto2015predicting")
    heading(page, "Predicting Recidivism")

    page.go_back()
    page.wait_for_url("**/work?work=eke2019validation")
    heading(page, "Validation")
    page.go_back()
    page.wait_for_url("**/?q=CPORT+validation")
    page.locator("a.kb-title[href*='eke2019validation']").first.wait_for()

    page.goto(f"{serve}/?q=STABLE-2007")
    page.locator("a[href*='tools?tool=stable-2007']").first.click()
    page.wait_for_url("**/tools?tool=stable-2007")
    heading(page, "STABLE-2007")
    page.locator(".stMain a[href*='work?work=brankley2021stable']").first.click()
    page.wait_for_url("**/work?work=brankley2021stable")
    heading(page, "Incremental")
    settled(page)


def _put_on_a_list(page: "Page") -> None:
    shelf = page.locator(".st-key-shelf-list [role=combobox], .st-key-shelf-list input").first
    until(page.get_by_text("Add to a reading list").first.click, shelf)
    until(shelf.click, page.get_by_role("option", name="A new list"))
    page.get_by_role("option", name="A new list").click()
    page.get_by_label("Title of the new list").wait_for()
    settled(page)
    page.get_by_label("Title of the new list").fill("What STABLE-2007 adds")
    page.get_by_label("Reason", exact=False).fill("The largest pooled test: read it first {and} with care.")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("a[href*='lists?list=what-stable-2007-adds']").first.click()
    page.wait_for_url("**/lists?list=what-stable-2007-adds")
    page.get_by_text("The largest pooled test: read it first {and} with care.").wait_for()


def _read(path: Path) -> list[dict[str, object]]:
    """What ``kb read`` makes of a file."""
    command = [sys.executable, "-c", "from kb.cli import main; main()", "read", str(path), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["problems"] == []
    records: list[dict[str, object]] = said["records"]
    return records


def test_the_keyboard_alone_finds_and_opens_a_work(serve: str, page: "Page") -> None:
    """`/` focuses, arrows move, Enter opens, `?` shows the keys; letters typed into a field stay there."""
    page.goto(f"{serve}/tools?tool=cport")
    settled(page)
    page.keyboard.press("/")
    field = page.locator(".st-key-search-field input")
    field.wait_for()
    page.wait_for_function("document.activeElement?.closest('.st-key-search-field')")
    page.keyboard.type("KIRAT")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=KIRAT*")
    page.locator("a.kb-title").first.wait_for()
    settled(page)
    page.locator("body").press("Escape")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement?.matches('a.kb-title')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second == page.locator(".stMain a.kb-title").nth(1).get_attribute("href")
    page.keyboard.press("?")
    page.locator(".kb-shortcuts").wait_for()
    page.keyboard.press("?")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{second}")
    page.go_back()
    page.wait_for_url("**q=KIRAT*")


VIEWS = [
    ("", "Search"),
    ("?q=warning+messages&from=20", ""),
    ("work?work=wefers2024acceptability", "Acceptability of a Self-Help Programme"),
    ("graph?work=wefers2024acceptability", ""),
    ("topics", "Topics"),
    ("topics?topic=csam", "Child sexual abuse material"),
    ("tools", "Tools"),
    ("tools?tool=cport", "CPORT"),
    ("programmes", "Programmes"),
    ("programmes?programme=get-help", "Get Help"),
    ("claims", "Claims"),
    ("lists", "Reading lists"),
    ("lists?list=cport-validation", "CPORT: development, validation and dispute"),
    ("saved", "Saved searches"),
    ("saved?search=warnings-and-deterrence", "Warnings and deterrence"),
    ("add", "Add"),
    ("health", "Health"),
    ("health?tab=duplicates", "Health"),
    ("help", "Help"),
]


@pytest.mark.parametrize("width", [1440, 390])
def test_every_view_is_a_url_that_survives_reload(serve: str, page: "Page", width: int) -> None:
    """Drawn without an error, wide and narrow, and nothing runs off the side."""
    page.set_viewport_size({"width": width, "height": 900})
    for address, head in VIEWS:
        page.goto(f"{serve}/{address}")
        settled(page)
        if head:
            heading(page, head)
        assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0, (
            address
        )
        assert "Evidence base" in page.title()
        overflow = page.evaluate(
            "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
        )
        assert overflow <= 1, f"{address} is {overflow} px wider than {width}"


def test_a_reference_is_copied_as_it_stands(serve: str, page: "Page") -> None:
    """By the keyboard; the button says that it was done."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{serve}/work?work=eke2019validation")
    settled(page)
    page.get_by_role("button", name="Copy reference").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".kb-cite bdi").inner_text()


def test_on_a_narrow_screen_tables_stand_and_facets_are_one_step_away(serve: str, page: "Page") -> None:
    """Cells under one another with their heads; a link from the top of the results to what narrows them."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{serve}/programmes")
    settled(page)
    cells = page.locator(".kb-stacks tbody tr").first.locator("td:visible")
    edges = [cells.nth(place).bounding_box() for place in range(2)]
    assert edges[0] is not None
    assert edges[1] is not None
    assert edges[1]["y"] >= edges[0]["y"] + edges[0]["height"]

    page.goto(f"{serve}/?q=CPORT")
    settled(page)
    page.get_by_text("Narrow these results").click()
    page.wait_for_function("document.querySelector('#kb-narrow').getBoundingClientRect().top < innerHeight")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_text("Narrow these results").wait_for(state="hidden")


def test_unknown_names_in_a_url_are_a_sentence_with_the_nearest(serve: str, page: "Page") -> None:
    """Not a traceback."""
    page.goto(f"{serve}/work?work=seto2015predictin")
    settled(page)
    page.locator("a[href*='seto2015predicting']").first.wait_for()


def test_text_changed_on_disk_shows_at_the_next_view(serve: str, served: Library, page: "Page") -> None:
    """The browser keeps up with the files."""
    note = served.notes / "pages" / "about.md"
    note.write_text(note.read_text("utf-8") + "\nA sentence added a moment ago.\n", encoding="utf-8")
    page.goto(f"{serve}/about")
    page.get_by_text("A sentence added a moment ago.").wait_for()
