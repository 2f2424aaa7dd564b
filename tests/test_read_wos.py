"""Web of Science: plain text and table, field by field, with the references that each record lists."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import wos

DATA = Path(__file__).parent / "data"
FORMATS = DATA / "formats"


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return wos.read(text.encode(), "x.txt")


def only(lines: str, medium: str = "J") -> Entry:
    entries, problems = read(f"FN Clarivate\nVR 1.0\nPT {medium}\n{lines}\nER\n\nEF")
    assert problems == []
    return entries[0]


def as_json(entries: list[Entry]) -> list[dict[str, object]]:
    return [
        {"citekey": one.citekey, "type": one.type, "line": one.origin.line, "fields": one.fields}
        | ({"references": as_json(list(one.references))} if one.references else {})
        for one in entries
    ]


@pytest.mark.parametrize("name", ["wos.txt", "wos-tab.txt"])
def test_both_forms_are_read_field_by_field(name: str) -> None:
    """An article, a paper, one seen early, a book; its references."""
    entries, problems = wos.read((FORMATS / name).read_bytes(), name)

    assert problems == []
    assert as_json(entries) == json.loads((DATA / "expected" / f"{name}.json").read_text("utf-8"))


def test_the_table_in_utf_16_is_the_same() -> None:
    """As Windows users export it."""
    expected, _ = wos.read((FORMATS / "wos-tab.txt").read_bytes(), "x")

    entries, problems = wos.read((FORMATS / "wos-utf16.txt").read_bytes(), "x")

    assert (as_json(entries), problems) == (as_json(expected), [])


def test_only_its_own_files_are_recognised() -> None:
    """By the first line, or the first record's."""
    taken = {
        path.name
        for path in FORMATS.iterdir()
        if wos.looks(path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n"))
    }

    assert taken == {"wos.txt", "wos-tab.txt"}
    assert wos.looks("\ufeff\nPT J\nAU A, B\nTI C\n")
    assert wos.looks("PT\tAU\tTI\tSO\tPY\n")
    assert not wos.looks("PT\tAB\tCD\tEF\tGH\tIJ\n")
    assert not wos.looks("Title\tAuthors\tYear\n")
    assert not wos.looks("PT J\n\nA letter to the editor")


def test_the_references_are_the_whole_list_if_the_record_says_so() -> None:
    """NR counts them; each has what its string tells, and the string."""
    listed = "CR Seto MC, 2011, SEX ABUSE, V23, P124, DOI 10.1177/1079063210369013\n   *WHO, 2003, WORLD REP"
    whole, short = only(f"TI A\n{listed}\nNR 2"), only(f"TI A\n{listed}\nNR 40")

    assert [one.fields.get("doi") for one in whole.references] == ["10.1177/1079063210369013", None]
    assert [one.fields["date"] for one in whole.references] == ["2011", "2003"]
    assert whole.references[1].fields["reference"] == "*WHO, 2003, WORLD REP"
    assert (whole.fields["citeslist"], short.fields["citeslist"]) == ("complete", "partial")


def test_keywords_of_the_authors_are_apart_from_those_of_the_index() -> None:
    """KeyWords Plus are made by a machine from the titles of cited works."""
    fields = only("TI A\nDE one; two\n   words\nID PLUS; MORE").fields

    assert (fields["keywords"], fields["keywords-plus"]) == ("one, two words", "PLUS; MORE")


def test_an_orcid_goes_to_its_author() -> None:
    """By family name and first initial, however the rest is written."""
    fields = only("TI A\nAU Seto, MC\n   Eke, A\nOI Eke, Angela W./0000-0002-1825-0097").fields

    assert fields["author+an"] == '2:orcid="0000-0002-1825-0097"'


@pytest.mark.parametrize(
    ("medium", "lines", "expected"),
    [
        ("J", "DT Article; Proceedings Paper", "article"),
        ("J", "DT Book Review", "article"),
        ("B", "TI A\nSO B\nDT Proceedings Paper", "inproceedings"),
        ("B", "TI A\nSO B\nDT Article; Book Chapter", "incollection"),
        ("S", "TI A\nSO B\nDT Review", "incollection"),
        ("B", "TI A\nSO A\nAU A, B\nDT Book", "book"),
        ("B", "TI A\nSO A\nBE A, B\nDT Book", "collection"),
        ("P", "TI A", "patent"),
        ("J", "TI A\nDT Data Set", "dataset"),
    ],
)
def test_types(medium: str, lines: str, expected: str) -> None:
    """Of the medium and the document type."""
    assert only(f"UT 1\n{lines}", medium).type == expected


def test_a_retracted_publication_is_marked() -> None:
    """The notice of a retraction is not."""
    assert only("TI A\nDT Retracted Publication").fields["status"] == "retracted"
    assert "status" not in only("TI A\nDT Retraction").fields


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PD MAR\nPY 2011", "2011-03"),
        ("PD MAR 12\nPY 2011", "2011-03-12"),
        ("PD JAN-FEB\nPY 2011", "2011-01"),
        ("PD WIN\nPY 2011", "2011-24"),
        ("EA MAR 2021", "2021-03"),
        ("PY 2011", "2011"),
    ],
)
def test_dates(lines: str, date: str) -> None:
    """Month and year stand apart."""
    assert only(f"TI A\n{lines}").fields["date"] == date


def test_broken_records_are_entries_or_problems() -> None:
    """Without a type, empty, without an end."""
    entries, problems = wos.read((DATA / "hostile" / "wos-broken.txt").read_bytes(), "x")

    assert [entry.origin.line for entry in entries] == [3, 10, 15]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [
        ("wos-no-type", 3, "warning"),
        ("wos-empty", 7, "error"),
        ("wos-no-end", 10, "warning"),
        ("wos-no-end", 15, "warning"),
    ]


def test_broken_rows_are_entries_or_problems() -> None:
    """Too few cells, too many, a value cut in two, nothing but a formula."""
    entries, problems = wos.read((DATA / "hostile" / "wos-tab-broken.txt").read_bytes(), "x")

    assert [entry.origin.line for entry in entries] == [2, 3, 4, 5, 7]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [
        ("wos-row", 3, "warning"),
        ("wos-row", 4, "warning"),
        ("wos-row", 5, "warning"),
        ("wos-row", 6, "error"),
        ("wos-row", 7, "warning"),
    ]


LINES = st.sampled_from(
    [
        "PT J",
        "PT B",
        "PT",
        "AU A, B",
        "   C, D",
        "TI Title",
        "ER",
        "EF",
        "",
        "odd",
        "CR x, 2001, y",
        "PY 2001",
        "KW",
    ]
)


@given(st.lists(LINES, max_size=30))
def test_each_beginning_is_an_entry_or_a_problem(lines: list[str]) -> None:
    """Exactly once, at its own line."""
    beginnings = [number for number, line in enumerate(lines, start=1) if line[:2] == "PT"]

    entries, problems = read("\n".join(lines))

    without = {p.origin.line for p in problems if p.code == "wos-no-type"}
    empty = [p.origin.line for p in problems if p.code == "wos-empty"]
    assert sorted([e.origin.line for e in entries if e.origin.line not in without] + empty) == beginnings


@given(st.lists(st.text(st.sampled_from('aJ\t";,=1 \n'), max_size=20), max_size=8))
def test_each_row_is_an_entry_or_a_problem(rows: list[str]) -> None:
    """Rows without anything are no rows."""
    text = "PT\tAU\tTI\tSO\tPY\n" + "\n".join(rows)
    expected = [
        number for number, line in enumerate(text.split("\n"), start=1) if number > 1 and line.strip()
    ]

    entries, problems = read(text)

    refused = [p.origin.line for p in problems if p.severity == "error"]
    assert sorted([entry.origin.line for entry in entries] + refused) == expected


@given(st.binary(max_size=300))
def test_no_input_raises(content: bytes) -> None:
    """Whatever the bytes are."""
    wos.read(b"PT J\n" + content, "x")
    wos.read(b"PT\tAU\tTI\tSO\tPY\n" + content, "x")


def test_what_is_no_record_of_this_format_is_reported_and_fuses_with_none() -> None:
    """RIS, BibTeX and PubMed's within the file, with or without an end above."""
    ris = "TY  - JOUR\nTI  - Lost\nAU  - Lost, A.\nER  - \n"
    for lost in (ris, "@article{lost,\n  title = {Lost},\n}\n", "PMID- 1\nTI  - Lost\n"):
        for end in ("ER\n", ""):
            entries, problems = read(f"PT J\nTI One\n{end}{lost}PT J\nTI Two\nER\nEF\n")

            assert [one.fields for one in entries] == [{"title": "One"}, {"title": "Two"}]
            other = [p for p in problems if p.code == "wos-other"]
            assert [(p.origin.line, p.severity) for p in other] == [(4 if end else 3, "error")]
            assert "belong to no record of this format" in other[0].message


def test_names_beyond_the_limit_are_reported() -> None:
    """They are left out, which is said; in the table as well."""
    many = "AU " + "\n   ".join(["Name, A"] * 20_001)
    for text in (
        f"PT J\nTI A\n{many}\nER\n",
        "PT\tTI\tAU\tSO\tPY\nJ\tA\t" + "Name, A; " * 20_001 + "\tS\t2001\n",
    ):
        entries, problems = read(text)

        assert entries[0].fields["author"].endswith("and others")
        assert [(p.code, p.severity) for p in problems] == [("wos-names", "warning")]


def test_nobody_is_no_author() -> None:
    """A cited reference keeps what it is found by."""
    entry = only("TI A\nAU [Anonymous]\nCR [Anonymous], 2011, SEX ABUSE, V23, P124")

    assert "author" not in entry.fields
    assert "Anonymous" in entry.references[0].fields["reference"]
