"""An address that asks for a page beyond the last shows the last."""

import re

import pytest
from conftest import WriteLibrary
from test_pages import Visit, markup, text, visit

from kb.ingest import ingest
from kb.library import Library
from kb.pages import search, topics, work

__all__ = ["visit"]

TOPIC = "---\nkind: topic\nlabel: Stigma\nfacet: theory\n---\n"


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """One work more than a page holds, of each kind of page."""
    count = 1 + max(search.PER_PAGE, topics._PER_PAGE, work._PER_PAGE)
    bib = "".join(
        f"@article{{a{n:03}, title = {{Stigma, part {n}}}, author = {{Berg, S.}}, year = {{2001}}}}\n"
        for n in range(count)
    )
    studies = {
        f"studies/a{n:03}.md": f"---\nkind: study\nwork: a{n:03}\ntopics: [stigma]\n---\n"
        for n in range(count)
    }
    made = library(bib={"a.bib": bib}, notes={"topics/stigma.md": TOPIC, **studies})
    ingest(made)
    return made


@pytest.mark.parametrize(
    ("page", "asked"), [("", {"q": "stigma"}), ("work", {}), ("topics", {"topic": "stigma"})]
)
def test_beyond_the_last_page_is_the_last(
    home: Library, visit: Visit, page: str, asked: dict[str, str]
) -> None:
    """With what stands on it, and one way: back."""
    shown = visit(home, page, **asked, page="9999")

    number = re.search(r"page ([\d,]+) of ([\d,]+)", text(shown))
    assert number is not None
    assert number[1] == number[2] != "1"
    assert "kb-title" in markup(shown)
    assert "Further →" not in text(shown)
