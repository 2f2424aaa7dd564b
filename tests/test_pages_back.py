"""Back and Forward in a real browser: every step is one step, and leads to what was there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import settled, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e

HEIGHT = "document.querySelector('.stMain').scrollTop"


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh window."""
    with window(browser, viewport={"width": 1440, "height": 900}) as page:
        yield page


def test_back_takes_away_what_was_chosen_last(serve: str, page: "Page") -> None:
    """Words, then a facet, then the switch: three steps, undone one by one."""
    page.goto(serve)
    settled(page)
    page.locator(".st-key-search-field input[type=text]").fill("CPORT")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=CPORT")
    page.locator(".kb-facets a[href*='design=validation']").click()
    page.wait_for_url("**/?q=CPORT&design=validation")
    page.locator("a.kb-chip").wait_for()
    page.locator(".st-key-literal label").first.click()
    page.wait_for_url("**/?q=CPORT&design=validation&literal=1")

    page.go_back()
    page.wait_for_url("**/?q=CPORT&design=validation")
    page.locator(".kb-expansion").wait_for()
    page.go_back()
    page.wait_for_url("**/?q=CPORT")
    page.locator("a.kb-chip").wait_for(state="detached")
    page.go_back()
    page.locator(".kb-lead").wait_for()
    settled(page)
    assert page.locator(".st-key-search-field input[type=text]").input_value() == ""

    page.go_forward()
    page.locator("a.kb-title").first.wait_for()
    assert page.locator(".st-key-search-field input[type=text]").input_value() == "CPORT"


def test_back_returns_to_the_height_that_was_left(serve: str, page: "Page") -> None:
    """A reader who opens the last result finds the place again; a new page begins at its top."""
    page.goto(f"{serve}/?q=CSAM")
    settled(page)
    last = page.locator("a.kb-title").last
    last.scroll_into_view_if_needed()
    left = page.evaluate(HEIGHT)
    assert left > 0
    last.click()
    page.wait_for_url("**/work?work=*")
    page.locator("h1.kb-title").wait_for()
    page.wait_for_function(f"{HEIGHT} === 0")

    page.go_back()
    page.wait_for_url("**/?q=CSAM")
    page.locator(".kb-facets").wait_for()
    page.wait_for_function(f"Math.abs({HEIGHT} - {left}) < 3")


def test_our_links_do_not_load_the_page_anew(serve: str, page: "Page") -> None:
    """One page load, whatever is opened; but a new tab is a new tab."""
    page.goto(f"{serve}/claims")
    settled(page)
    page.evaluate("window.stayed = true")
    page.locator("a.kb-title").first.click()
    page.wait_for_url("**/claims?claim=*")
    settled(page)
    page.locator(".stMain a[href^='work?work=']").first.click()
    page.wait_for_url("**/work?work=*")
    assert page.evaluate("window.stayed") is True

    with page.context.expect_page() as opened:
        page.locator(".stMain a[href^='graph?work=']").first.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/graph?work=*")
    assert "/work?work=" in page.url
