"""PubMed's tagged format: field by field, and each PMID line an entry or a problem."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import nbib

DATA = Path(__file__).parent / "data"
FILE = DATA / "formats" / "pubmed.nbib"


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return nbib.read(text.encode(), "x.nbib")


def only(lines: str) -> dict[str, str]:
    entries, problems = read(f"PMID- 1\nTI  - A title.\n{lines}\n")
    assert problems == []
    return entries[0].fields


def as_json(entries: list[Entry]) -> list[dict[str, object]]:
    return [
        {"citekey": one.citekey, "type": one.type, "line": one.origin.line, "fields": one.fields}
        for one in entries
    ]


def test_a_file_is_read_field_by_field() -> None:
    """An article, a retracted one, a preprint, one ahead of print, a chapter."""
    entries, problems = nbib.read(FILE.read_bytes(), "pubmed.nbib")

    assert problems == []
    assert as_json(entries) == json.loads((DATA / "expected" / "pubmed.nbib.json").read_text("utf-8"))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    """The same entries at the same lines."""
    expected, _ = nbib.read(FILE.read_bytes(), "x")

    entries, _ = nbib.read(FILE.read_bytes().replace(b"\n", end.encode()), "x")

    assert as_json(entries) == as_json(expected)


def test_only_its_own_files_are_recognised() -> None:
    """By the PMID line, unless something else stands before it."""
    taken = [
        path.name
        for path in (DATA / "formats").iterdir()
        if nbib.looks(path.read_bytes().decode("utf-8", "replace"))
    ]

    assert taken == ["pubmed.nbib"]
    assert nbib.looks("\n\n\ufeffPMID- 12\nTI  - x\n")
    assert not nbib.looks("TY  - JOUR\nN1  - text\nPMID- 12\n")
    assert not nbib.looks("<pre>\nPMID- 12\n")
    assert not nbib.looks("@article{x, note = {\nPMID- 12\n}}")


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("PT  - Retracted Publication", "retracted"),
        ("RIN - J Ex. 2016;1:1. PMID: 2", "retracted"),
        ("ECI - J Ex. 2016;1:1. PMID: 2", "concern"),
        ("EIN - J Ex. 2016;1:1. PMID: 2", "corrected"),
        ("EIN - J Ex. 2016;1:1\nRIN - J Ex. 2017;1:1", "retracted"),
    ],
)
def test_what_pubmed_says_of_its_standing(lines: str, status: str) -> None:
    """The gravest counts, and PubMed is named as the source."""
    fields = only(lines)

    assert (fields["status"], fields["statussource"]) == (status, "PubMed")


@pytest.mark.parametrize(
    "lines", ["ROF - J Ex. 2016", "EFR - J Ex. 2016", "CIN - J Ex. 2016", "UOF - J Ex. 2016"]
)
def test_a_notice_about_another_is_no_status(lines: str) -> None:
    """It is kept in words."""
    fields = only(lines)

    assert "status" not in fields
    assert fields["relatednote"].endswith(": J Ex. 2016")


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("FAU - Seto, Michael C\nAU  - Seto MC", "Seto, Michael C"),
        ("AU  - Seto MC\nAU  - van der Berg JA Jr", "Seto, M. C. and van der Berg, Jr, J. A."),
        ("FAU - Smith, John A 3rd\nAU  - Smith JA 3rd", "Smith, 3rd, John A"),
        ("AU  - Seto MC\nAU  - et al.", "Seto, M. C. and others"),
        ("CN  - Example Study Group.", "{Example Study Group}"),
    ],
)
def test_names(lines: str, author: str) -> None:
    """In full where they are given so; bodies behind people."""
    assert only(lines)["author"] == author


def test_an_orcid_belongs_to_the_author_above_it() -> None:
    """Whether it is an address or not."""
    fields = only(
        "FAU - A, Ann\nAU  - A A\nFAU - B, Bo\nAU  - B B\nAUID- https://orcid.org/0000-0002-1825-0097"
    )

    assert fields["author+an"] == '2:orcid="0000-0002-1825-0097"'


def test_a_title_is_freed_of_what_pubmed_adds() -> None:
    """The full stop, and the brackets around a translation."""
    entries, _ = read("PMID- 1\nTI  - [An example].\nTT  - Ein Beispiel.\n")

    assert (entries[0].fields["title"], entries[0].fields["origtitle"]) == ("An example", "Ein Beispiel")


def test_a_line_that_fits_nowhere_costs_only_a_warning() -> None:
    """It goes on with the value above it."""
    entries, problems = read("PMID- 1\nTI  - One\ntwo\nAB  - Three.\n\nPMID- 2\nTI  - Four\n")

    assert [entry.fields["title"] for entry in entries] == ["One two", "Four"]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [("nbib-line", 3, "warning")]


def test_every_broken_record_is_an_entry_or_a_problem() -> None:
    """Without a number, with nothing but a number, cut off."""
    entries, problems = nbib.read((DATA / "hostile" / "nbib-broken.nbib").read_bytes(), "x")

    assert [entry.origin.line for entry in entries] == [1, 7, 15, 17]
    assert [(p.code, p.origin.line) for p in problems] == [
        ("nbib-no-pmid", 1),
        ("nbib-empty", 5),
        ("nbib-line", 10),
        ("nbib-no-pmid", 15),
    ]


_LINES = """PMID- 1|PMID-2|TI  - Title.|AU  - Name A|AUID- x||      wrapped|odd|OWN - NLM|PG  - 1-|LID -
|CN  - |-|DP  - 2014 Dec-2015 Jan|AID - x [doi]|MH  - /|PT  - Preprint"""
LINES = st.sampled_from(_LINES.replace("\n", "").split("|"))


@given(st.lists(LINES, max_size=30))
def test_each_beginning_is_an_entry_or_a_problem(lines: list[str]) -> None:
    """Exactly once, at its own line."""
    beginnings = [number for number, line in enumerate(lines, start=1) if re.match(r"PMID-", line)]

    entries, problems = read("\n".join(lines))

    without = {p.origin.line for p in problems if p.code == "nbib-no-pmid"}
    empty = [p.origin.line for p in problems if p.code == "nbib-empty"]
    assert sorted([e.origin.line for e in entries if e.origin.line not in without] + empty) == beginnings


@given(st.binary(max_size=300))
def test_no_input_raises(content: bytes) -> None:
    """Whatever the bytes are."""
    nbib.read(b"PMID- 1\n" + content, "x")


def test_what_is_no_record_of_this_format_is_reported_and_fuses_with_none() -> None:
    """RIS, BibTeX and Web of Science within the file, up to the next PMID; and words above the first."""
    ris = "TY  - JOUR\nTI  - Lost\nAU  - Lost, A.\nER  - \n"
    for lost in (
        ris,
        "@article{lost,\n  title = {Lost},\n}\n\n\n",
        "FN Clarivate Analytics\nPT J\nTI Lost\nER\n",
    ):
        entries, problems = read(f"PMID- 1\nTI  - One.\n\n{lost}PMID- 2\nTI  - Two.\n")

        assert [one.fields["title"] for one in entries] == ["One", "Two"]
        assert ["author" in one.fields for one in entries] == [False, False]
        assert [(p.code, p.origin.line, p.severity) for p in problems] == [("nbib-other", 4, "error")]
        assert "belong to no record of this format" in problems[0].message
    _, problems = read("Some words\nPMID- 1\nTI  - One.\n")
    assert [(p.code, p.origin.line) for p in problems] == [("nbib-other", 1)]


def test_names_beyond_the_limit_are_reported() -> None:
    """They are left out, which is said."""
    entries, problems = read("PMID- 1\nTI  - One.\n" + "FAU - Name, A\n" * 20_001)

    assert entries[0].fields["author"].endswith("and others")
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [("nbib-names", 1, "warning")]


def test_what_only_pubmed_needs_is_left_out() -> None:
    """Its days, its states, its numbers of journals, and the source that the fields say already."""
    tags = ("OWN ", "STAT", "LR  ", "JID ", "EDAT", "PHST", "PST ", "SO  ", "CRDT", "MHDA", "DCOM", "DA  ")
    fields = only("\n".join(f"{tag}- 1" for tag in tags))

    assert fields == {"title": "A title", "pmid": "1"}
