"""What tests in a real browser share: a window, and waiting until a page stands still.

A page is drawn by messages that come one after another, and machines are shared:
what is there at one moment may be drawn anew at the next. So nothing is clicked
before the page has stood still for a while, and what can close again is opened
until it stays open.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PATIENCE = 60_000  # milliseconds
_LOOK_EVERY = 100  # milliseconds
_STILL = 4  # looks in a row that must find the page still
_OPENS_WITHIN = 5_000  # milliseconds, before one tries again

# The script has ended, one page stands (not that of before and the new one), its keys are heard.
_STANDS_STILL = """() =>
  document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'
  && document.querySelectorAll('.kb-foot').length === 1
  && 'kbKeys' in document.documentElement.dataset"""


@contextmanager
def window(browser: "Browser", **options: Any) -> "Iterator[Page]":
    """A fresh window, that fails the test if anything is asked of another machine."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 1000}, **options})
    context.set_default_timeout(PATIENCE)
    elsewhere: list[str] = []
    context.on("request", lambda request: elsewhere.extend(filter(_is_elsewhere, [request.url])))
    yield context.new_page()
    context.close()
    assert elsewhere == []


def _is_elsewhere(url: str) -> bool:
    return not url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:"))


def settled(page: "Page") -> None:
    """Wait until Streamlit has drawn what the URL names, and the page stands still."""
    end = time.monotonic() + PATIENCE / 1000
    still = 0
    while still < _STILL:
        if time.monotonic() > end:
            pytest.fail(f"{page.url} does not come to rest: {page.locator('.stApp').inner_html()[-2000:]}")
        still = still + 1 if page.evaluate(_STANDS_STILL) else 0
        page.wait_for_timeout(_LOOK_EVERY)


def heading(page: "Page", text: str) -> None:
    """Wait until the page's heading has ``text`` in it."""
    page.locator("h1", has_text=text).first.wait_for()


def until(act: Callable[[], object], seen: "Locator") -> None:
    """Do ``act`` until ``seen`` can be seen: what was opened closes where a page is drawn anew."""
    from playwright.sync_api import TimeoutError as TooLate

    for _ in range(PATIENCE // _OPENS_WITHIN):
        if not seen.is_visible():
            act()
        try:
            seen.wait_for(timeout=_OPENS_WITHIN)
        except TooLate:
            continue
        return
    pytest.fail(f"{seen} is never seen.")


def tab_to(page: "Page", css: str, most: int = 80) -> None:
    """Press Tab until what is meant has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(css) => Boolean(document.activeElement?.closest(css))", css):
            return
    pytest.fail(f"Tab does not lead to {css}.")
