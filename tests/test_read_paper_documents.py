"""Two whole documents: an article with its list, and a debate without one."""

import json
from pathlib import Path

import pytest

from kb.read.paper import read_paper
from kb.read.paper.parse import parse

LABELLED = Path(__file__).parent / "data" / "labelled" / "wefers2024.jsonl"
SOURCES = Path(__file__).parent.parent.parent / "shared" / "sources"
ARTICLE = SOURCES / "000_02f26ff462acc3e1.txt"
DEBATE = SOURCES / "003_8b408d5ec699aaf1.txt"

ROWS = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]


def needs(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.is_file(), reason="The document is not shipped with the project.")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_reference_of_the_article_is_read_right(row: dict) -> None:
    """Year, authors, title, journal or book, volume, issue, pages and DOI are those of the string."""
    parsed = parse(row["text"])
    people = parsed.authors or parsed.editors
    values, expect = parsed.values, row["expect"]
    got = {
        "year": parsed.year,
        "first_author": f"{people[0].particle} {people[0].family}".strip(),
        "authors": len(people),
        "title": values["title"],
        "container": values.get("journaltitle") or values.get("booktitle"),
        "volume": values.get("volume"),
        "issue": values.get("number"),
        "pages": values.get("pages") or values.get("eid"),
        "doi": values.get("doi"),
        "url": values.get("url"),
        "publisher": values.get("publisher") or values.get("institution"),
    }
    assert {name: got[name] for name in expect} == expect


def test_the_article_has_33_references() -> None:
    """The labelled strings are all of them, each once."""
    assert len(ROWS) == len({row["text"] for row in ROWS}) == 33


@needs(ARTICLE)
def test_the_whole_article_gives_its_list_and_its_citations() -> None:
    """All 33 references in order, 39 citations, each matched, and every reference cited somewhere."""
    paper, problems = read_paper(ARTICLE.read_bytes(), "article.txt")

    assert problems == []
    assert [reference.text for reference in paper.references] == [row["text"] for row in ROWS]
    assert paper.style == "apa"
    assert all(reference.sure for reference in paper.references)
    assert len(paper.citations) == 39
    assert [one.text for one in paper.citations if one.unmatched] == []
    assert {place for one in paper.citations for place in one.references} == set(range(33))
    assert [one.section for one in paper.citations if one.line > 250] == ["Conclusion and Future Directions"]
    assert {"Method", "Results", "Discussion", "Opportunity Costs"} <= set(paper.sections)


@needs(DEBATE)
def test_the_debate_has_citations_and_no_list() -> None:
    """Nine places cite, thirteen works by name and year, none of which a list explains."""
    paper, problems = read_paper(DEBATE.read_bytes(), "debate.txt")

    assert [problem.code for problem in problems] == ["paper-no-list"]
    assert paper.references == ()
    assert [one.line for one in paper.citations] == [56, 127, 129, 129, 129, 131, 131, 131, 244]
    named = [name for one in paper.citations for name in one.unmatched]
    assert named[0].startswith("CEOP ")
    assert named[0].endswith(", 2013")
    assert named[1:] == [
        "Babchishin, Hanson & Vanzuylen, 2015",
        "Seto, Hanson & Babchishin, 2011",
        "Graf & Dittmann, 2011",
        "Seto, 2013",
        "Seto & Eke, 2015",
        "Seto et al., 2011",
        "Seto & Eke, 2015",
        "Eke & Seto, 2012",
        "Seto & Eke, 2015",
        "Babchishin et al., 2015",
        "Babchishin, Hanson & Vanzuylen, 2015",
        "Seto, Hanson & Babchishin, 2011",
    ]
