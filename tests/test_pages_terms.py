"""The page of words: what stands there, and what its export holds."""

import csv
import io

from conftest import ROOT, WriteLibrary
from test_pages import Visit, hrefs, markup, text, visit

from kb.base import open_base
from kb.base.terms import COLUMNS
from kb.ingest import ingest
from kb.library import Library
from kb.render.table import csv_of

__all__ = ["visit"]

NOTES = {
    "topics/csam.md": """---
kind: topic
label: Child sexual abuse material
alt:
  - CSAM
  - {label: child pornography, status: historical, era: 1990s-2010s, place: several countries}
  - {label: "=CSAM consumption", status: caution}
hidden: [child pornograpy]
facet: offence
---
The *older* word can make abuse look consensual. See [[stigma]].
""",
    "topics/stigma.md": """---
kind: topic
label: Stigma
alt: [stigmatisation]
facet: theory
---
Unsaid here.
""",
    "tools/x.md": "---\nkind: tool\nlabel: '<b>Tool</b> \"X\"'\n---\n",
}


def test_words_to_avoid_stand_first_with_era_place_and_why(library: WriteLibrary, visit: Visit) -> None:
    """Then all terms with their other names; misspellings stand nowhere."""
    home = library(notes=NOTES)
    ingest(home)
    page = visit(home, "words")
    said = " ".join(text(page).split())
    assert "child pornography older; 1990s-2010s; several countries" in said
    assert "=CSAM consumption with care" in said
    assert "can make abuse look consensual" in said
    assert "Unsaid here" not in said
    assert said.index("can make abuse") < said.index("stigmatisation")
    assert "pornograpy" not in said
    assert "topics?topic=csam" in hrefs(page)
    assert "./?q=Child+sexual+abuse+material" in hrefs(page)
    assert "<b>Tool" not in markup(page)


def test_the_page_is_headed_as_what_it_is_and_its_tables_can_stack(
    library: WriteLibrary, visit: Visit
) -> None:
    """Not as the page of reasons; each cell knows its head, and an empty one that it is."""
    home = library(notes=NOTES)
    ingest(home)
    page = visit(home, "words")
    drawn = markup(page)
    assert "<h1>All terms: what we write, and what else you will find</h1>" in drawn
    assert drawn.count("<table") == drawn.count('class="kb-terms kb-stacks" role="table"') > 1
    assert '<td role="cell" data-head="Also in use">stigmatisation</td>' in drawn
    assert '<td class="kb-none" role="cell" data-head="With care, or older"></td>' in drawn
    assert 'title="All terms", url_path="words"' in (ROOT / "kb/pages/frame.py").read_text("utf-8")


def test_a_library_without_topics_says_where_words_come_from(library: WriteLibrary, visit: Visit) -> None:
    """And has nothing to download."""
    home = library(notes={})
    ingest(home)
    assert "notes of kind topic" in text(visit(home, "words"))


def test_all_names_are_exported_one_a_row_and_inert(library: WriteLibrary) -> None:
    """With status, era and place; what a spreadsheet would run begins with an apostrophe."""
    home = library(notes=NOTES)
    ingest(home)
    with open_base(home.database) as base:
        terms = base.terms()
    table = csv_of((row for term in terms for row in term.rows), COLUMNS)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["name"] for row in rows if row["topic"] == "csam"] == [
        "Child sexual abuse material",
        "CSAM",
        "child pornography",
        "'=CSAM consumption",
    ]
    assert [term.topic.slug for term in terms if term.note] == ["csam"]
    older = next(row for row in rows if row["name"] == "child pornography")
    assert (older["status"], older["era"], older["place"]) == (
        "historical",
        "1990s-2010s",
        "several countries",
    )
    assert len(rows) == sum(len(term.rows) for term in terms)


def test_the_shipped_words_are_all_there(shipped: Library, visit: Visit) -> None:
    """Every topic, tool and programme, and the way to the reasons."""
    with open_base(shipped.database) as base:
        terms, lines = base.terms(), base.topic_lines()
    assert {term.topic.slug for term in terms} == {line.slug for line in lines}
    page = visit(shipped, "words")
    assert f"{len(terms):,} terms" in text(page)
    assert "words-we-use-and-avoid" in hrefs(page)
