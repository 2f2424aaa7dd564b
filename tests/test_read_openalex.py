"""OpenAlex's works: a page of the API, JSON Lines, selected fields."""

import json
from pathlib import Path

import pytest

from kb.clean import clean_entry
from kb.model import Entry, Problem
from kb.read.foreign import crossref, csl, openalex

DATA = Path(__file__).parent / "data" / "formats"


def read(name: str) -> tuple[list[Entry], list[Problem]]:
    return openalex.read((DATA / name).read_bytes(), name)


def of(work: dict[str, object]) -> Entry:
    entries, problems = openalex.read(json.dumps(work).encode(), "x.json")
    assert problems == []
    return entries[0]


def test_a_page_of_the_api_is_read_field_by_field() -> None:
    """Names with ORCIDs, identifiers, source, abstract, keywords, retraction."""
    entries, problems = read("openalex-page.json")

    assert problems == []
    assert [(entry.type, entry.origin.line) for entry in entries] == [("article", 4), ("incollection", 53)]
    assert entries[0].fields == {
        "author": "van der Berg, Heather A. and Priem, Jason",
        "author+an": '1:orcid="0000-0003-1613-5981"',
        "title": r"Follow-up of \emph{adults} in a helpline service",
        "openalex": "W2741809807",
        "date": "2018-02-13",
        "journaltitle": "Journal of Applied Examples",
        "publisher": "Example Press",
        "volume": "6",
        "number": "1",
        "pages": "e4375",
        "issn": "2167-8359",
        "doi": "10.1234/jae.2018.003",
        "pmid": "29456894",
        "pmcid": "PMC5815332",
        "langid": "en",
        "abstract": "Services were used; they were liked",
        "status": "retracted",
        "statussource": "OpenAlex",
        "citeslist": "partial",
        "keywords": "Helpline, {Prevention, early}",
    }
    assert clean_entry(entries[0])[0].keywords == ("Helpline", "Prevention, early")
    assert clean_entry(entries[0])[1] == []


def test_references_are_its_works_by_number() -> None:
    """The list is partial even where it is as long as it says: what could not be linked is not counted."""
    entries, _ = read("openalex-page.json")

    assert [one.fields for one in entries[0].references] == [
        {"openalex": "W1560783210"},
        {"openalex": "W1767272795"},
    ]
    assert (entries[0].fields["citeslist"], entries[1].fields["citeslist"]) == ("partial", "partial")


def test_a_chapter_has_its_book_and_no_invented_day() -> None:
    """The first of January stands for a year; concepts are keywords only where there are no others."""
    fields = read("openalex-page.json")[0][1].fields

    assert (fields["booktitle"], fields["pages"], fields["date"]) == ("Handbook of Examples", "12-34", "2001")
    assert (fields["url"], fields["keywords"]) == ("https://example.org/chapter", "Psychology")
    assert "doi" not in fields


def test_lines_may_be_works_selected_fields_or_pages() -> None:
    """Each line stands for itself; a preprint has its server and number."""
    entries, problems = read("openalex.jsonl")

    assert problems == []
    assert [(entry.origin.line, entry.type) for entry in entries] == [
        (1, "online"),
        (2, "misc"),
        (3, "inproceedings"),
    ]
    preprint = entries[0].fields
    assert (preprint["pubstate"], preprint["eprinttype"], preprint["eprint"]) == (
        "preprint",
        "arxiv",
        "2301.01234",
    )
    assert entries[1].fields == {"title": "A selected form", "openalex": "W202"}
    assert entries[2].fields["booktitle"] == "Example Conference"


@pytest.mark.parametrize(
    ("own", "crossref_type", "expected"),
    [
        ("article", "journal-article", "article"),
        ("article", "proceedings-article", "inproceedings"),
        ("article", "posted-content", "online"),
        ("review", None, "article"),
        ("book", None, "book"),
        ("dissertation", None, "thesis"),
        ("report", None, "report"),
        ("dataset", None, "dataset"),
        ("paratext", "journal-issue", "misc"),
        ("something new", None, "misc"),
    ],
)
def test_types_are_those_of_biblatex(own: str, crossref_type: str | None, expected: str) -> None:
    """OpenAlex's own type counts, and Crossref's where it says more."""
    work = {"id": "https://openalex.org/W1", "title": "T", "type": own, "type_crossref": crossref_type}

    assert of(work).type == expected


def test_an_erratum_is_an_article_of_its_kind() -> None:
    """What corrects another work can be told from one that does not."""
    assert (
        of({"id": "https://openalex.org/W1", "title": "T", "type": "erratum"}).fields["entrysubtype"]
        == "erratum"
    )


def test_only_openalex_is_recognised() -> None:
    """Its files are claimed by its reader alone."""
    for name in ("openalex-page.json", "openalex.jsonl"):
        head = (DATA / name).read_text(encoding="utf-8")
        assert openalex.looks(head)
        assert not crossref.looks(head)
        assert not csl.looks(head)
    for path in DATA.iterdir():
        if "openalex" not in path.name and path.suffix != ".xlsx":
            assert not openalex.looks(path.read_bytes().decode("utf-8", "replace")), path.name


def test_values_of_the_wrong_kind_are_no_values() -> None:
    """A field that is not what it should be is left out; the work is kept."""
    work: dict[str, object] = {
        "id": "https://openalex.org/W1",
        "title": ["T"],
        "authorships": [{"author": "x"}, None, {"author": {"display_name": {}}}],
        "biblio": [],
        "ids": "W1",
        "abstract_inverted_index": {"a": 3, "b": [0, "x", True, -1]},
        "referenced_works": [None, 5, "x"],
        "publication_year": {},
        "keywords": "risk",
    }

    assert of(work).fields == {"title": "T", "openalex": "W1", "abstract": "b", "keywords": "risk"}
