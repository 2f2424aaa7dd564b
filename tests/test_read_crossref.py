"""Crossref's works: one, a list, JSON Lines; reference lists, retractions, relations."""

import json
from pathlib import Path

import pytest

from kb.clean import clean_entry
from kb.model import Entry, Problem
from kb.read.foreign import crossref, csl, openalex

DATA = Path(__file__).parent / "data" / "formats"


def read(name: str) -> tuple[list[Entry], list[Problem]]:
    return crossref.read((DATA / name).read_bytes(), name)


def of(**work: object) -> Entry:
    entries, problems = crossref.read(json.dumps([work]).encode(), "x.json")
    assert problems == []
    return entries[0]


def test_a_work_is_read_field_by_field() -> None:
    """Titles with their markup, names, the printed date, numbers, abstract, standing."""
    entries, problems = read("crossref-work.json")

    assert problems == []
    assert (entries[0].type, entries[0].origin.line) == ("article", 5)
    assert entries[0].fields == {
        "author": "Example, III, Ada and {The Example Consortium}",
        "author+an": '1:orcid="0000-0002-1825-0097"',
        "title": r"Reconviction \& \emph{risk}",
        "subtitle": "a five-year follow-up",
        "journaltitle": "Journal of Applied Examples",
        "shortjournal": "J. Appl. Ex.",
        "date": "2015-06",
        "doi": "10.1234/jae.2015.044",
        "volume": "27",
        "number": "4",
        "pages": "339-357",
        "issn": "1079-0632, 1573-286X",
        "langid": "en",
        "publisher": "Example Press",
        "abstract": r"Of 301 adults, 12\% were reconvicted (\emph{p} < .05).",
        "status": "corrected",
        "statussource": "Crossref",
        "relatednote": "Correction in doi:10.1234/jae.2016.001; Has review doi:10.1234/review.7",
        "citeslist": "complete",
        "keywords": "Clinical Psychology, Pathology and Forensic Medicine",
    }
    work, complaints = clean_entry(entries[0])
    assert complaints == []
    assert [name.inverted for name in work.authors] == ["Example, III, Ada", "The Example Consortium"]
    assert work.title == "Reconviction & risk: a five-year follow-up"


def test_a_reference_has_what_was_parsed_and_its_text_as_given() -> None:
    """A DOI is found in the text too; the kind of work follows from the titles."""
    references = read("crossref-work.json")[0][0].references

    assert [one.type for one in references] == ["article", "book", "misc", "incollection"]
    assert references[0].fields == {
        "author": "Seto, M.C.",
        "doi": "10.1000/abc.1",
        "date": "2011",
        "title": "An earlier follow-up",
        "journaltitle": "Sexual Abuse",
        "volume": "23",
        "pages": "124",
    }
    assert references[1].fields == {
        "author": "Hanson",
        "date": "2009",
        "title": "Assessment of risk",
        "edition": "2",
    }
    assert references[2].fields == {
        "author": "Lee, A.",
        "date": "2012",
        "title": "A report",
        "reference": "Lee, A. (2012). A report. https://doi.org/10.1000/xyz.9",
        "doi": "10.1000/xyz.9",
    }
    assert references[3].fields["booktitle"] == "A book"


def test_a_retraction_notice_marks_the_work_it_is_about() -> None:
    """The notice itself is not retracted: it says which work it retracts."""
    entries, problems = read("crossref-list.json")

    assert problems == []
    assert [entry.origin.line for entry in entries] == [2, 3, 4, 5, 6, 7]
    assert (entries[0].fields["status"], entries[0].fields["statussource"]) == ("retracted", "Crossref")
    assert "status" not in entries[1].fields
    assert entries[1].fields["relatednote"] == "Retraction of doi:10.1234/ret.1"


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        (["retraction"], "retracted"),
        (["correction", "expression_of_concern"], "concern"),
        (["correction", "withdrawal"], "retracted"),
        (["erratum"], "corrected"),
        (["new_version"], ""),
    ],
)
def test_the_gravest_notice_counts(updates: list[str], expected: str) -> None:
    """Of several notices, a retraction counts before a concern, and that before a correction."""
    by = [{"DOI": "10.1000/n", "type": kind} for kind in updates]

    assert of(DOI="10.1000/a", title=["T"], **{"updated-by": by}).fields.get("status", "") == expected


def test_a_title_that_says_retracted_is_believed() -> None:
    """Publishers change the title, and often nothing else."""
    assert of(DOI="10.1000/a", title=["RETRACTED: A trial"]).fields["status"] == "retracted"
    assert "status" not in of(DOI="10.1000/a", title=["Retracted papers and their fate"]).fields


def test_books_chapters_preprints_and_theses_have_their_fields() -> None:
    """What is a journal's elsewhere is the book's, the server's or the university's here."""
    _, _, book, chapter, preprint, thesis = read("crossref-list.json")[0]

    assert (book.type, book.fields["isbn"], book.fields["location"]) == (
        "collection",
        "9780306406157",
        "London",
    )
    assert (chapter.fields["booktitle"], chapter.fields["series"]) == ("A Handbook", "Series of Handbooks")
    assert (chapter.fields["date"], chapter.fields["pages"]) == ("2012-07", "1-9")
    assert (preprint.type, preprint.fields["pubstate"], preprint.fields["eprinttype"]) == (
        "online",
        "preprint",
        "psyarxiv",
    )
    assert preprint.fields["relatednote"] == "Is preprint of doi:10.1234/final.5"
    assert (thesis.type, thesis.fields["type"]) == ("thesis", "phdthesis")
    assert thesis.fields["institution"] == "University of Example"
    assert (thesis.fields["citeslist"], len(thesis.references)) == ("partial", 1)


def test_lines_are_works() -> None:
    """Empty lines are none; a component is kept, and says what it is."""
    entries, problems = read("crossref.jsonl")

    assert problems == []
    assert [(entry.origin.line, entry.type) for entry in entries] == [
        (1, "inproceedings"),
        (3, "dataset"),
        (4, "misc"),
    ]
    assert entries[0].fields["eventtitle"] == "Examples 2014"
    assert (entries[0].fields["venue"], entries[0].fields["eventdate"]) == ("Ghent", "2014-07-01")
    assert entries[0].fields["eid"] == "7"
    assert entries[2].fields["entrysubtype"] == "component"


def test_an_answer_that_is_an_error_is_a_problem() -> None:
    """What the API says of a bad query is no publication."""
    answer = {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [{"type": "x", "value": "y"}],
    }

    entries, problems = crossref.read(json.dumps(answer).encode(), "x.json")

    assert entries == []
    assert [problem.code for problem in problems] == ["json-record"]


def test_only_crossref_is_recognised() -> None:
    """Its files are claimed by its reader alone; what doi.org makes of them is CSL."""
    for path in DATA.iterdir():
        if path.suffix == ".xlsx":
            continue
        head = path.read_bytes().decode("utf-8", "replace")
        assert crossref.looks(head) == path.name.startswith("crossref"), path.name
        if path.name.startswith("crossref"):
            assert not openalex.looks(head)
            assert not csl.looks(head)


def test_values_of_the_wrong_kind_are_no_values() -> None:
    """A field that is not what it should be is left out; the work is kept."""
    entry = of(
        DOI="10.1000/a",
        title="As a text",
        author=[None, {"family": 3}, {"name": "Body"}, "Doe, J."],
        issued={"date-parts": [None, ["x"]]},
        reference=[None, {"DOI": ["10.1000/B"], "year": 2001}],
        relation=["x"],
        **{"update-to": {"DOI": 1}, "container-title": {}},
    )

    assert entry.fields["author"] == "3 and {Body} and Doe, J."
    assert [one.fields for one in entry.references] == [{"doi": "10.1000/b", "date": "2001"}]
    assert entry.fields.keys() == {"author", "title", "doi", "citeslist"}


COHEN = "Cohen, J. (1988). Statistical power analysis for the behavioral sciences. Hillsdale, NJ: Erlbaum."


def cited(**reference: str) -> Entry:
    return of(DOI="10.1000/a", title=["T"], reference=[reference]).references[0]


def test_the_text_of_a_reference_is_taken_apart() -> None:
    """As an item of a paper's own list is; the text itself stays."""
    one = cited(
        unstructured=COHEN.replace("Statistical", "<i>Statistical").replace("sciences", "sciences</i>")
    )

    assert one.type == "book"
    assert one.fields.pop("reference").startswith("Cohen, J. (1988). ")
    assert one.fields == {
        "author": "Cohen, J.",
        "date": "1988",
        "title": "Statistical power analysis for the behavioral sciences",
        "publisher": "Erlbaum",
        "location": "Hillsdale, NJ",
    }


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Personal files, kept at the archive", "Personal files, kept at the archive"),
        ("https://doi.org/10.1000/xyz.9", ""),
        ("10.1000/xyz.9", ""),
    ],
)
def test_a_text_that_cannot_be_taken_apart_is_a_title(text: str, title: str) -> None:
    """So that it has one; an address is none."""
    one = cited(unstructured=text)

    assert (one.fields.get("title", ""), one.fields["reference"]) == (title, text)


def test_parts_of_a_reference_count_before_its_text() -> None:
    """The text adds what they do not say, and the authors after the first."""
    one = cited(
        author="Cohen", year="1989", DOI="10.1000/p", unstructured=f"Cohen, J. & Roe, K. {COHEN[10:]}"
    )
    other = cited(author="Lee", unstructured=COHEN)

    assert (one.fields["author"], one.fields["date"]) == ("Cohen, J. and Roe, K.", "1989")
    assert (one.fields["doi"], one.fields["title"][:11]) == ("10.1000/p", "Statistical")
    assert other.fields["author"] == "Lee"
    assert cited(**{"article-title": "Its own", "unstructured": COHEN}).fields["title"] == "Its own"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Andrews D. A.", "Andrews, D. A."),
        ("Andrews D.A.", "Andrews, D. A."),
        ("Andrews, D. A.", "Andrews, D. A."),
        ("Andrews D A", "Andrews, D. A."),
        ("D. A. Andrews", "Andrews, D. A."),
        ("van der Berg J.", "van der Berg, J."),
        ("van der Berg J. K.", "van der Berg, J. K."),
        ("Ministry UK", "{Ministry UK}"),
    ],
)
def test_the_author_of_a_reference_is_read_however_written(written: str, name: str) -> None:
    """Initials may stand apart behind the family name."""
    assert cited(author=written).fields["author"] == name


@pytest.mark.parametrize(
    ("counts", "whole"),
    [
        ({"reference-count": 1}, "complete"),
        ({"references-count": 1}, "complete"),
        ({"reference-count": 2}, "partial"),
        ({"reference-count": 0}, "partial"),
        ({}, "partial"),
    ],
)
def test_a_list_is_complete_only_if_it_is_as_long_as_it_says(counts: dict[str, int], whole: str) -> None:
    """Nothing said is no promise."""
    work = of(DOI="10.1000/a", title=["T"], reference=[{"DOI": "10.1000/b"}], **counts)

    assert work.fields["citeslist"] == whole
