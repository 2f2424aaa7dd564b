"""RIS out: what was read is written, and what was written is read as the same work."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.clean import clean_entry
from kb.model import Name, Origin, Work
from kb.read.foreign import ris as reader
from kb.render.ris import ris

FORMATS = Path(__file__).parent / "data" / "formats"
FILES = sorted(path for path in FORMATS.iterdir() if path.suffix == ".ris")

PLAIN = st.text(st.sampled_from("aB1é–.:;&<>%$#_{}\\~^'\" -/()[]ß\u4e2d"), min_size=1, max_size=30)
WORDS = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), min_size=2, max_size=12)
NAMES = st.one_of(
    st.builds("{}, {}".format, WORDS, WORDS),
    st.builds("{}, {}. {}.".format, WORDS, st.sampled_from("ABC"), st.sampled_from("XYZ")),
    st.builds("van der {}, {}".format, WORDS, WORDS),
    st.builds("{}, {}, Jr.".format, WORDS, WORDS),
    st.builds("Ministry of {},".format, WORDS),
    st.just("et al."),
)
DATES = st.sampled_from(
    [
        "2015",
        "2015/03//",
        "2015/03/12/",
        "2015///Spring",
        "2014-2016",
        "2015-03-12",
        "Mar 2015",
        "n.d.",
        "In press",
    ]
)
NUMBERS = st.sampled_from(["1", "12", "3-4", "S1", "e17", "iv", "104567"])
TAGS = {
    "AU": NAMES,
    "A1": NAMES,
    "A2": NAMES,
    "A3": NAMES,
    "ED": NAMES,
    "TI": PLAIN,
    "T2": PLAIN,
    "T3": PLAIN,
    "JF": PLAIN,
    "J2": PLAIN,
    "C3": PLAIN,
    "PY": DATES,
    "DA": DATES,
    "VL": NUMBERS,
    "IS": NUMBERS,
    "SP": NUMBERS | st.just("12-34"),
    "EP": NUMBERS,
    "C7": NUMBERS,
    "PB": PLAIN,
    "CY": PLAIN,
    "SN": st.sampled_from(["9780306406157", "0-306-40615-2", "1079-0632", "1079-0632 (Print)"]),
    "DO": st.sampled_from(["10.1234/x", "https://doi.org/10.1234/A(1)", "none"]),
    "UR": st.sampled_from(["https://example.org/a?b=1&c=2", "www.example.org", "https://doi.org/10.1234/z"]),
    "LA": st.sampled_from(["eng", "English", "de", "Klingon"]),
    "AB": PLAIN,
    "KW": PLAIN,
    "N1": PLAIN,
    "M3": PLAIN,
    "X9": PLAIN,
}
LINES = st.sampled_from(sorted(TAGS)).flatmap(lambda tag: TAGS[tag].map(lambda value: f"{tag}  - {value}"))
_TYPES = "JOUR BOOK CHAP CONF CPAPER THES RPRT ELEC NEWS DATA COMP UNPB PAT STAT CASE GEN MAP EDBOOK"
TYPES = st.sampled_from(_TYPES.split())
FIRST = st.sampled_from(["TI  - Title", "AU  - Name, Ann", "DO  - 10.1234/y", "KW  - one"])
RECORDS = st.builds(
    lambda ty, first, lines: "\n".join([f"TY  - {ty}", first, *lines, "ER  - ", ""]),
    TYPES,
    FIRST,
    st.lists(LINES, max_size=14),
)


def works_of(text: str) -> list[Work]:
    entries, _ = reader.read(text.encode(), "x.ris")
    return [clean_entry(entry)[0] for entry in entries]


def said(work: Work) -> Work:
    """What RIS can hold of a work: all but where it stood and how its fields were written."""
    return replace(work, origin=Origin(""), fields={})


def written_again(works: list[Work]) -> list[Work]:
    return works_of(ris(works))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_dialect_survives_writing_and_reading(path: Path) -> None:
    """Work by work, with citekeys, names, dates, notes and keywords."""
    entries, _ = reader.read(path.read_bytes(), path.name)
    works = [clean_entry(entry)[0] for entry in entries]

    again = written_again(works)

    assert [said(replace(work, citeslist="")) for work in again] == [
        said(replace(work, citeslist="")) for work in works
    ]


@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_what_was_written_is_read_as_the_same_works(records: list[str]) -> None:
    """read(write(read(x))) == read(x), whatever stands in the fields."""
    works = works_of("\n".join(records))

    assert [said(work) for work in written_again(works)] == [said(work) for work in works]


@settings(max_examples=30)
@given(st.lists(RECORDS, min_size=1, max_size=3), st.text(max_size=30))
def test_every_line_is_one_tag(records: list[str], annotation: str) -> None:
    """Two letters, two spaces, a hyphen and a space; CRLF; records begin with TY and end with ER."""
    works = [replace(work, annotation=annotation) for work in works_of("\n".join(records))]

    text = ris(works)

    lines = text.split("\r\n")
    assert all(not line or re.match(r"[A-Z][A-Z0-9]  - .*$", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == len(works) == lines.count("ER  - ")
    assert len(text.splitlines()) == text.count("\r\n")


@settings(max_examples=30)
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_rispy_reads_what_we_write(records: list[str]) -> None:
    """As many records, with their titles and citekeys."""
    works = works_of("\n".join(records))

    others = rispy.loads(ris(works).replace("\r\n", "\n"))

    assert [other["id"] for other in others] == [work.citekey for work in works]
    assert [bool(other.get("title")) for other in others] == [bool(work.title) for work in works]


def test_a_whole_record() -> None:
    """Each field under the tag that EndNote and Zotero read it from."""
    work = Work(
        "seto2015",
        "incollection",
        Origin("a.bib"),
        title="A chapter",
        authors=(Name("Seto", "Michael C.", suffix="Jr."), Name("Example Foundation", corporate=True)),
        more_authors=True,
        editors=(Name("Berg", "J.", particle="van den"),),
        year=2015,
        date="2015-03",
        container="A book",
        publisher="Example Press",
        volume="2",
        pages="12–34",
        doi="10.1234/x",
        isbn="9780306406157",
        url="https://example.org",
        language="en",
        abstract="Short.",
        annotation="Mine.",
        keywords=("risk", "need"),
        fields={"series": "Studies \\& {Tests}", "issn": "1079-0632", "urldate": "2020-05-06"},
    )

    assert ris([work, work], annotations={"seto2015": "Why it is here."}).split("\r\n") == [
        "TY  - CHAP",
        "ID  - seto2015",
        "AU  - Seto, Michael C., Jr.",
        "AU  - Example Foundation,",
        "AU  - et al.",
        "A2  - van den Berg, J.",
        "TI  - A chapter",
        "T2  - A book",
        "PY  - 2015",
        "DA  - 2015/03//",
        "Y2  - 2020/05/06/",
        "VL  - 2",
        "SP  - 12",
        "EP  - 34",
        "PB  - Example Press",
        "SN  - 9780306406157",
        "SN  - 1079-0632",
        "DO  - 10.1234/x",
        "UR  - https://example.org",
        "LA  - en",
        "AB  - Short.",
        "KW  - risk",
        "KW  - need",
        "N1  - Why it is here.",
        "N1  - Mine.",
        "T3  - Studies & Tests",
        "ER  - ",
        "",
    ]


def test_what_looks_like_markup_in_a_title_stays() -> None:
    """A reader that takes HTML in titles is told that this is none."""
    work = Work("x", "misc", Origin(""), title="Lists such as List<T>, and p <.05", abstract="1 < 2 <note>")

    again = written_again([work])[0]

    assert (again.title, again.abstract) == (work.title, work.abstract)


def test_nothing_is_written_for_nothing() -> None:
    """No works, no text."""
    assert ris([]) == ""


def test_line_ends_within_a_value_end_no_line() -> None:
    """A work from anywhere cannot break the file."""
    work = Work("x", "misc", Origin(""), title="One\nER  - \r\nTY  - JOUR\u2028\x85two")

    assert written_again([work])[0].title == "One ER - TY - JOUR two"
