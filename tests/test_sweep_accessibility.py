"""axe-core on every kind of page, in light and dark: nothing serious or critical.

axe-core 4.14.1 lies in data/axe with its licence (MPL 2.0), as it came from its package.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import settled, window
from test_e2e import VIEWS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.sweep, pytest.mark.e2e]

AXE = Path(__file__).parent / "data" / "axe" / "axe.min.js"
WIDTHS = (1440, 390)

# Further states of pages that VIEWS has once.
MORE = [
    "?q=zqxjk",
    "?q=helplnie",
    "?q=CPORT&literal=1",
    "?q=CSAM+CPORT&off=csam&sort=year",
    "words",
    "?topic=csam&year=2015..2019",
    "topics?topic=online-warning-messages",
    "claims?claim=arrest-alone-cannot-meet-the-numbers",
    "lists?list=cport-validation&edit=1",
    "note?note=spain-arrested-cport",
    "work?work=seto2015predictin",
    "work",
    "graph",
    "about",
]
ADDRESSES = [*(address for address, _ in VIEWS), *MORE]

# Streamlit's own markup, which no page can change: a rule, and where alone it is not asked.
NOT_OURS = {
    # The groups of the navigation are lists whose items stand in a div each.
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNavItems] li",
}

RUN = """async (notOurs) => {
  const found = await axe.run({ resultTypes: ['violations'] });
  const ours = (rule) => (node) => {
    const place = node.target.length === 1 && document.querySelector(node.target[0]);
    return !(rule in notOurs && place && place.matches(notOurs[rule]));
  };
  return found.violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => [one.id, one.nodes.filter(ours(one.id)).map((node) => node.html.slice(0, 200))])
    .filter(([, nodes]) => nodes.length);
}"""


@pytest.fixture(params=["light", "dark"])
def page(browser: "Browser", request: pytest.FixtureRequest) -> "Iterator[Page]":
    """A window in one of the two schemes."""
    with window(browser, color_scheme=request.param, reduced_motion="reduce") as page:
        yield page


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_shuts_anybody_out(serve: str, page: "Page", width: int) -> None:
    """Every kind of page, with all that is folded opened; all violations are told at once."""
    page.set_viewport_size({"width": width, "height": 900})
    found = {
        address: violations for address in ADDRESSES if (violations := _violations(page, serve, address))
    }
    assert found == {}


def _violations(page: "Page", serve: str, address: str) -> Any:
    page.goto(f"{serve}/{address}")
    settled(page)
    page.evaluate("document.querySelectorAll('.stMain details').forEach((one) => (one.open = true))")
    page.add_script_tag(path=AXE)
    return page.evaluate(RUN, NOT_OURS)
