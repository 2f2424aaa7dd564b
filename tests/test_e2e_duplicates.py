"""Three undecided pairs, resolved in a real browser by the keyboard alone; nobody is asked twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import settled, tab_to, window
from conftest import _free_port, _stop, _wait_until_well, kb_process
from test_pages_duplicates import PAIRS, decisions

from kb.duplicates import in_store
from kb.ingest import ingest
from kb.library import Library, open_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e

NOTHING = "Nothing is undecided"


@pytest.fixture
def home(tmp_path: Path) -> Library:
    """A library of three undecided pairs, that no store has read yet."""
    root = tmp_path / "library"
    (root / "references").mkdir(parents=True)
    (root / "references" / "tests.bib").write_text(PAIRS, encoding="utf-8")
    return open_library(root)


@pytest.fixture
def address(home: Library) -> Iterator[str]:
    """Where it is served."""
    port, log = _free_port(), home.root.parent / "serve.log"
    with log.open("wb") as output:
        process = kb_process(
            *("serve", "--port", str(port), "--no-browser", "--library", str(home.root)),
            cwd=home.root,
            output=output,
        )
        try:
            _wait_until_well(f"http://localhost:{port}", process, log)
            yield f"http://localhost:{port}"
        finally:
            _stop(process)


@pytest.fixture(params=[1440, 390])
def page(browser: "Browser", request: pytest.FixtureRequest) -> "Iterator[Page]":
    """A fresh window, wide or narrow, that fails the test if anything is asked of another machine."""
    with window(browser, viewport={"width": request.param, "height": 1000}) as page:
        yield page


def _says(page: "Page", text: str) -> None:
    page.get_by_text(text).first.wait_for()
    settled(page)


def test_three_pairs_are_resolved_by_keyboard_and_asked_never_again(
    address: str, home: Library, page: "Page"
) -> None:
    """Same, later and back, different with a reason, link; reload; read from nothing."""
    page.goto(f"{address}/health?tab=duplicates")
    _says(page, "1 of 3")
    page.keyboard.press("l")
    _says(page, "2 of 3; 1 left for later")
    assert decisions(home) == []
    page.reload()
    _says(page, "2 of 3")

    page.keyboard.press("s")
    _says(page, "of 3; 1 decided in this session")
    page.locator(".kb-said", has_text="are one work").wait_for()
    tab_to(page, "[class*='st-key-pair-why-']")
    page.keyboard.type("seldom the same sample")  # letters that are keys elsewhere
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    settled(page)
    page.keyboard.press("d")
    _says(page, "2 decided in this session")
    page.keyboard.press("u")
    _says(page, "of 3; 1 decided in this session")
    page.keyboard.press("d")
    _says(page, "3 of 3; 2 decided in this session")
    page.keyboard.press("k")
    _says(page, NOTHING)
    bib = (home.references / "tests.bib").read_text("utf-8")
    assert [one["verdict"] for one in decisions(home)] == ["same", "different"]
    assert bib.count("relatedtype") == 1

    page.reload()
    _says(page, NOTHING)
    for suffix in ("", "-wal", "-shm"):
        home.database.with_name(home.database.name + suffix).unlink(missing_ok=True)
    page.goto(f"{address}/health?tab=duplicates")
    _says(page, NOTHING)
    home.database.unlink()
    ingest(home)
    assert in_store(home.database).undecided == []


def test_keys_belong_to_this_page_and_not_to_fields(address: str, home: Library, page: "Page") -> None:
    """Letters typed into a field stay there; elsewhere they do nothing; `?` lists them here."""
    page.goto(f"{address}/health?tab=duplicates")
    _says(page, "1 of 3")
    page.get_by_label("Your name").fill("Ad")
    page.get_by_label("Your name").press_sequentially("sdl")
    page.keyboard.press("Escape")
    settled(page)
    assert page.get_by_label("Your name").input_value() == "Adsdl"
    page.keyboard.press("?")
    assert page.locator(".kb-shortcuts dt").all_inner_texts()[:4] == ["s", "d", "l", "k"]
    page.keyboard.press("Escape")

    page.get_by_role("radio").nth(1).focus()  # a choice takes no letters
    page.keyboard.press("l")
    _says(page, "2 of 3")
    page.go_back()
    _says(page, "1 of 3")
    page.goto(f"{address}/health")
    settled(page)
    for letter in "sdlk":
        page.keyboard.press(letter)
    settled(page)
    assert decisions(home) == []
    assert len(in_store(home.database).undecided) == 3
