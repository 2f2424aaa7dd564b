"""Searching as people do: answers while one types, by the keyboard, and addresses that can be shared."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import settled, tab_to, until, window

from kb.base import open_base
from kb.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e

FIELD = ".st-key-search-field input[type=text]"


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh window."""
    with window(browser, accept_downloads=True) as page:
        yield page


def _asked(page: "Page") -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_answers_come_as_one_types_and_are_one_step_of_the_history(serve: str, page: "Page") -> None:
    """Without Enter, no letter is lost, the field keeps the focus, and Back leads to what was before."""
    page.goto(serve)
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type("KIRAT", delay=30)
    page.wait_for_url("**q=KIRAT")
    page.keyboard.type(" police", delay=30)
    page.wait_for_url("**q=KIRAT+police")
    page.locator("a.kb-title").first.wait_for()
    settled(page)
    assert page.locator(FIELD).input_value() == "KIRAT police"
    assert page.evaluate("Boolean(document.activeElement?.closest('.st-key-search-field'))")

    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('a.kb-title')")
    page.go_back()
    page.locator(".kb-lead").wait_for()
    settled(page)
    assert page.locator(FIELD).input_value() == ""


def test_every_choice_stands_in_an_address_that_can_be_shared(
    serve: str, page: "Page", browser: "Browser"
) -> None:
    """Facets, order, a name taken away: the same works in another window and after a reload."""
    page.goto(f"{serve}/?q=CSAM+CPORT")
    settled(page)
    for place, choice in (
        (".kb-facets", "held=held"),
        (".kb-facets", "year="),
        (".kb-facets", "type=article"),
        (".kb-orders", "sort=year"),
        (".kb-expansion", "off=csam"),
    ):
        page.locator(f"{place} a[href*='{choice}']").first.click()
        page.wait_for_url(f"**{choice}*")
        settled(page)
    assert _asked(page).keys() == {"q", "held", "year", "type", "sort", "off"}
    titles = page.locator("a.kb-title").all_inner_texts()
    assert titles

    page.reload()
    settled(page)
    assert page.locator("a.kb-title").all_inner_texts() == titles
    with window(browser) as other:
        other.goto(page.url)
        settled(other)
        assert other.locator("a.kb-title").all_inner_texts() == titles


def test_a_search_is_saved_and_its_record_names_what_was_run(
    serve: str, served: Library, page: "Page", tmp_path: Path
) -> None:
    """By the keyboard; the record's query, asked again, finds the works that the record lists."""
    page.goto(f"{serve}/?q=warning+messages&held=held")
    settled(page)
    opener = page.get_by_text("Save this search").first
    until(opener.click, page.get_by_label("Why", exact=False).first)
    tab_to(page, "[class*='st-key-save-title']")
    page.keyboard.type("Warnings, once more")
    page.get_by_label("Why", exact=False).first.fill("To see whether it is kept.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".kb-said").wait_for()
    page.goto(f"{serve}/saved?search=warnings-once-more")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").first.click()
    download.value.save_as(tmp_path / "record.json")
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))

    assert (served.notes / "searches" / "warnings-once-more.md").exists()
    with open_base(served.database) as base:
        found = base.search("is:held warning messages", limit=0).citekeys
    assert sorted(record["works"]) == sorted(citekey for citekey, _ in found)
