"""EndNote's tagged form: %0 to %Z, refer's records without a type, and lines that belong nowhere."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import enw

FORMATS = Path(__file__).parent / "data" / "formats"


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return enw.read(text.encode(), "e.enw")


def sample(name: str) -> str:
    return (FORMATS / name).read_text("utf-8")


def test_an_article_field_by_field() -> None:
    """Lines without a tag go on with the value above them; every line of keywords is one."""
    entry = read(sample("endnote.enw"))[0][0]

    assert (entry.citekey, entry.type, entry.origin.line) == ("berg2020validity", "article", 1)
    assert entry.fields == {
        "author": "van der Berg, Jan A. and Sample, Jr., Bo and {Example Study Group}",
        "title": "Validity of the Example Scale: a study",
        "shorttitle": "Validity of the Example Scale",
        "journaltitle": "Journal of Examples",
        "volume": "12",
        "number": "3",
        "pages": "315-326",
        "date": "2020-03-05",
        "issn": "1234-5679",
        "pmid": "91000001",
        "doi": "10.1234/jex.2020.0315",
        "url": "https://www.example.org/article/12/3/315",
        "file": "internal-pdf://0123456789/berg2020.pdf",
        "language": "eng",
        "keywords": "risk assessment, child protection, validity",
        "abstract": "BACKGROUND: Rarely tested.\n\nRESULTS: AUC = 0.71 (p < .05).",
        "annotation": "First line of a note.\nSecond line.",
        "remote-database-name": "PubMed",
    }


def test_the_other_records() -> None:
    """A chapter, a thesis, and one that says nothing but its type."""
    entries, problems = read(sample("endnote.enw"))
    chapter, thesis = entries[1:]

    assert (chapter.type, chapter.fields["booktitle"], chapter.fields["edition"]) == (
        "incollection",
        "Handbook of Examples",
        "3rd",
    )
    assert (chapter.fields["editor"], chapter.fields["serieseditor"]) == ("Editor, Eva", "Serial, Sara")
    assert (thesis.type, thesis.fields["institution"], thesis.fields["type"]) == (
        "thesis",
        "University of Somewhere",
        "PhD thesis",
    )
    assert [(p.origin.line, p.code) for p in problems] == [(53, "enw-empty")]


def test_refer_has_no_types_and_parts_records_by_empty_lines() -> None:
    """What a record is follows from its fields; names stand in natural order."""
    first, second = read(sample("refer.txt"))[0]

    assert (first.type, first.origin.line, second.type, second.origin.line) == ("article", 1, "book", 10)
    assert first.fields["author"] == "Example, Ada and de Vries, Jan"
    assert (first.fields["date"], second.fields["publisher"]) == ("2015-03", "Example Press")


def test_a_blank_line_within_a_record_ends_nothing() -> None:
    """Only %0, or what a record cannot have twice, begins the next."""
    entries, _ = read("%0 Book\n%T A\n%X One.\n\nTwo.\n\n%D 2001\n\n%T B\n%D 2002\n")

    assert [(e.fields["title"], e.fields["date"], e.origin.line) for e in entries] == [
        ("A", "2001", 1),
        ("B", "2002", 9),
    ]


def test_lines_before_the_first_tag_are_told() -> None:
    """They are not lost without a word."""
    entries, problems = read("Exported today\n\n%0 Book\n%T A\n")

    assert len(entries) == 1
    assert [(p.origin.line, p.code, p.severity) for p in problems] == [(1, "enw-line", "warning")]


def test_unknown_tags_are_kept() -> None:
    """Under the names that EndNote's XML has, or their letter."""
    fields = read("%0 Book\n%T A\n%L QA76\n%( 1901\n%1 x\n")[0][0].fields

    assert (fields["call-num"], fields["orig-pub"], fields["custom1"]) == ("QA76", "1901", "x")


@given(
    st.lists(
        st.sampled_from(
            ["%0 Book", "%T A title", "%A Seto, M.", "", "words", "%D 2001", "%% odd", "%", "%X", "\t%K a"]
        ),
        max_size=30,
    )
)
def test_each_record_is_an_entry_or_a_problem(lines: list[str]) -> None:
    """As many as %0 lines at least, and every title is in an entry."""
    entries, problems = read("\n".join(lines))

    errors = [p for p in problems if p.severity == "error"]
    begun = [number for number, line in enumerate(lines, start=1) if line == "%0 Book"]
    assert set(begun) <= {e.origin.line for e in entries} | {p.origin.line for p in errors}


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    """Whatever it is, it is read or reported."""
    read(f"%0 {text}")


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        (sample("endnote.enw"), True),
        (sample("refer.txt"), True),
        ("\ufeff%0 Journal Article\n%T A", True),
        ("% A comment\n% T\n@book{a, title={A}}", False),
        ("%A comment\n%T of LaTeX\n@book{a, title={A}}", False),
        ("%PDF-1.7\n", False),
        ("TY  - JOUR\nTI  - %T A\n", False),
        ("", False),
    ],
)
def test_it_is_known_by_its_first_lines(head: str, claimed: bool) -> None:
    """Comments of a .bib begin with a per cent sign, too."""
    assert enw.looks(head) is claimed


def test_a_record_of_another_format_ends_the_one_above_it_and_is_reported() -> None:
    """Exports are put behind one another by hand; none may fuse with its neighbour."""
    text = "%0 Journal Article\n%T One\n%D 2001\n\nTY  - JOUR\nTI  - Between\nER  -\n\n%0 Book\n%T Two\n"

    entries, problems = enw.read(text.encode(), "mixed.enw")

    assert [entry.fields["title"] for entry in entries] == ["One", "Two"]
    assert entries[0].fields["date"] == "2001"
    assert [(one.origin.line, one.code, one.severity) for one in problems] == [(5, "enw-other", "error")]
