"""EndNote's XML: records of each type, styled text, and what other programs write."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import endnote

FORMATS = Path(__file__).parent / "data" / "formats"
HOSTILE = Path(__file__).parent / "data" / "hostile"
CONTENT = (FORMATS / "endnote.xml").read_bytes()


def read(content: bytes = CONTENT) -> tuple[list[Entry], list[Problem]]:
    return endnote.read(content, "e.xml")


def record(inside: str, kind: str = "Journal Article") -> Entry:
    """The entry of one record."""
    source = f'<xml><records><record><ref-type name="{kind}"/>{inside}</record></records></xml>'
    (entry,), problems = read(source.encode())
    assert problems == []
    return entry


def test_every_record_is_an_entry_or_a_problem() -> None:
    """The last says nothing but its type."""
    entries, problems = read()

    assert [(e.origin.line, e.type) for e in entries] == [
        (2, "article"),
        (3, "incollection"),
        (4, "collection"),
        (22, "thesis"),
        (23, "inproceedings"),
        (24, "article"),
        (25, "report"),
        (26, "online"),
        (27, "misc"),
    ]
    assert [(p.origin.line, p.code) for p in problems] == [(28, "endnote-empty")]
    assert CONTENT.count(b"<record>") == len(entries) + len(problems)


def test_an_article_field_by_field() -> None:
    """Styles become LaTeX, numbered line ends become lines; only EndNote's own business is left out."""
    entry = read()[0][0]

    assert entry.citekey == "berg2020validity"
    assert entry.fields == {
        "author": "van der Berg, Jan A. and Sample, Jr., Bo and {Example Study Group}",
        "title": r"Validity of the \emph{Example Scale} (p < .05) \& H\textsubscript{2}O: a study",
        "journaltitle": "Journal of Examples",
        "shortjournal": "J. Ex.",
        "alt-title": "J Ex",
        "volume": "12",
        "number": "3",
        "pages": "315-326",
        "date": "2020-03-05",
        "epubdate": "2019-12-20",
        "issn": "1234-5679, 1234-5687",
        "doi": "10.1234/jex.2020.0315",
        "url": "https://www.example.org/article/12/3/315",
        "file": "internal-pdf://0123456789/berg2020.pdf",
        "pmid": "91000001",
        "pmcid": "PMC9100001",
        "urldate": "2021-02-03",
        "language": "eng",
        "abstract": "BACKGROUND: Rarely tested.\n\nRESULTS: AUC = 0.71.",
        "keywords": "risk assessment, {Sexual abuse, child}",
        "annotation": "First line of a note.\nSecond line.\n\nTo be coded.",
        "affiliation": "Department of Examples, Somewhere",
        "remote-database-name": "Medline",
        "remote-database-provider": "NLM",
    }


def test_a_chapter_and_its_book() -> None:
    """Secondary authors edit the book, tertiary ones the series; those of an edited book edit it."""
    chapter, book = (entry.fields for entry in read()[0][1:3])

    assert chapter["booktitle"] == book["title"] == "Handbook of Examples"
    assert chapter["series"] == book["series"] == "Examples in Practice"
    assert chapter["editor"] == book["editor"] == "Editor, Eva"
    assert chapter["serieseditor"] == book["serieseditor"] == "Serial, Sara"
    assert (chapter["publisher"], chapter["location"], chapter["isbn"]) == (
        "Example Press",
        "London",
        "9780306406157",
    )
    assert (chapter["label"], chapter["custom1"], book["pagetotal"]) == ("Included", "Room 4", "412")


def test_a_thesis_a_talk_and_the_news() -> None:
    """Each type has its own use of the same fields."""
    thesis, talk, news, report, page, other = (entry.fields for entry in read()[0][3:])

    assert (thesis["institution"], thesis["department"]) == (
        "University of Somewhere",
        "Department of Examples",
    )
    assert (thesis["advisor"], thesis["type"]) == ("Tutor, Tom", "PhD thesis")
    assert (talk["booktitle"], talk["pubstate"]) == ("Third Conference on Examples", "inpress")
    assert (news["entrysubtype"], news["date"], news["section"]) == ("newspaper", "2016-08-07", "Home")
    assert (report["author"], report["number"]) == ("{Organisation for Examples}", "OE-2022-17")
    assert page["url"] == "https://www.example.org/about"
    assert other == {"title": "A Picture of an Example", "reftype": "Artwork"}


@pytest.mark.parametrize(
    ("inside", "fields"),
    [
        ("<accession-num>12345678</accession-num>", {"accession-num": "12345678"}),
        ("<accession-num>PMID: 12345678</accession-num>", {"pmid": "12345678"}),
        ("<custom7>e17</custom7>", {"eid": "e17"}),
        ("<pages>17</pages><section>17</section>", {"pages": "17"}),
        (
            "<urls><related-urls><url>https://doi.org/10.1234/ABC</url></related-urls></urls>",
            {"doi": "10.1234/abc"},
        ),
        ("<titles><title>&lt;i&gt;A&lt;/i&gt; title</title></titles>", {"title": r"\emph{A} title"}),
        ("<unheard-of>x</unheard-of>", {"unheard-of": "x"}),
        ("<cites>17</cites>", {"own-cites": "17"}),
        (
            "<urls><web-urls><url>https://a.example</url><url>https://b.example</url></web-urls></urls>",
            {"url": "https://a.example", "own-url": "https://b.example"},
        ),
    ],
)
def test_fields_one_by_one(inside: str, fields: dict[str, str]) -> None:
    """What a field means depends on others; none is dropped."""
    assert fields.items() <= record(inside).fields.items()


def test_broken_files_keep_what_stands_before_and_behind() -> None:
    """A record that is cut off is a problem with its line."""
    entries, problems = read((HOSTILE / "cut-off.endnote.xml").read_bytes())

    assert [e.fields["title"] for e in entries] == ["Whole"]
    assert [(p.origin.line, p.code, p.severity) for p in problems] == [(4, "xml-syntax", "error")]


def test_files_and_addresses_are_not_fetched() -> None:
    """External entities are refused by their declaration."""
    entries, problems = read((HOSTILE / "external.endnote.xml").read_bytes())

    assert [e.fields["title"] for e in entries] == [r"A file: \&near;"]
    assert [p.code for p in problems] == ["xml-entity"]


@given(
    st.lists(st.sampled_from(["<record><titles><title>A</title></titles></record>", "<record/>", "<record>"]))
)
def test_each_record_is_counted(parts: list[str]) -> None:
    """Entries and errors are as many as records that begin."""
    source = f"<xml><records>\n{chr(10).join(parts)}\n</records></xml>"

    entries, problems = read(source.encode())

    errors = {p.origin.line for p in problems if p.severity == "error"}
    assert {e.origin.line for e in entries} | errors >= set(range(2, len(parts) + 2))
    assert len(entries) == sum("</record>" in part for part in parts)


@settings(max_examples=50)
@given(st.integers(100, len(CONTENT) - 1), st.binary(max_size=20), st.integers(0, 20))
def test_no_mutation_raises(at: int, instead: bytes, cut: int) -> None:
    """One fault leaves most records readable."""
    entries, problems = read(CONTENT[:at] + instead + CONTENT[at + cut :])

    assert len(entries) >= 7, problems


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        (CONTENT.decode()[:2000], True),
        ("<records><record><contributors>", True),
        ("<xml><rows><record><name>x</name></record></rows></xml>", False),
        ("<PubmedArticleSet><PubmedArticle>", False),
        ("<records><record><leader>x</leader></record></records>", False),
        ("%0 Journal Article\n%T <record>", False),
    ],
)
def test_it_is_known_by_its_elements(head: str, claimed: bool) -> None:
    """Other XML with records in it is not claimed."""
    assert endnote.looks(head) is claimed
