"""PubMed XML: each part of a record is found again in the entry's fields."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.clean import clean_entry
from kb.model import Entry, Problem
from kb.read.foreign import pubmed
from kb.read.foreign.pubmedlinks import cited

FORMATS = Path(__file__).parent / "data" / "formats"
HOSTILE = Path(__file__).parent / "data" / "hostile"
CONTENT = (FORMATS / "pubmed.xml").read_bytes()


def read(content: bytes = CONTENT) -> tuple[list[Entry], list[Problem]]:
    return pubmed.read(content, "p.xml")


def record(inside: str, *, article: str = "", after: str = "") -> Entry:
    """The entry of one article."""
    source = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
        f"<Article>{article}</Article>{inside}</MedlineCitation><PubmedData>{after}</PubmedData>"
        "</PubmedArticle></PubmedArticleSet>"
    )
    (entry,), problems = read(source.encode())
    assert problems == []
    return entry


def test_every_record_is_an_entry_at_its_line() -> None:
    """Articles, a preprint, a chapter and a whole book."""
    entries, problems = read()

    assert problems == []
    assert [(e.origin.line, e.type) for e in entries] == [
        (4, "article"),
        (83, "article"),
        (107, "online"),
        (126, "incollection"),
        (149, "collection"),
    ]
    assert CONTENT.count(b"<PubmedArticle>") + CONTENT.count(b"<PubmedBookArticle>") == len(entries)


def test_an_article_field_by_field() -> None:
    """What the first record says, in BibLaTeX's words."""
    fields = read()[0][0].fields

    assert fields == {
        "author": "van der Berg, Jan A and Sample, Jr, Bo and {Example Study Group} and others",
        "author+an": '1:orcid="0000-0002-1825-0097"',
        "title": r"Validity of the \emph{Example Scale} in CO\textsubscript{2} \& other settings: "
        "a cohort study",
        "journaltitle": "Journal of examples: official journal of the Society of Examples",
        "shortjournal": "J Examples",
        "issn": "1234-5679",
        "volume": "12",
        "number": "3",
        "pages": "315-326",
        "date": "2020-03-05",
        "epubdate": "2019-12-20",
        "doi": "10.1234/jex.2020.0315",
        "pmid": "91000001",
        "pmcid": "PMC9100001",
        "pii": "S1234-5679(20)30001-1",
        "nlmuniqueid": "9900001",
        "country": "England",
        "language": "eng",
        "abstract": "BACKGROUND: Scales of this kind are rarely tested in new samples (\\emph{p} < .05).\n\n"
        "RESULTS: The area under the curve was 0.71.",
        "copyright": "Copyright 2020 The Authors.",
        "affiliation": "Department of Examples, University of Somewhere, Utrecht, The Netherlands.",
        "grant": "R01 EX000001, EX, Example Institute, United States",
        "keywords": "Humans, {Child Abuse, Sexual}, risk assessment, validity",
        "mesh": r"Humans; Child Abuse, Sexual/*prevention \& control",
        "publicationtype": "Journal Article; Retracted Publication",
        "status": "retracted",
        "statussource": "PubMed: Retraction in J Ex. 2021 Jan;13(1):1 (PMID 91000003)",
        "relatednote": "Comment in: J Ex. 2020 Jun;12(6):700-701 (PMID 91000002); "
        "Retraction in: J Ex. 2021 Jan;13(1):1 (PMID 91000003)",
        "coi": "The authors declare no competing interests.",
        "annotation": "1 table.",
        "citeslist": "complete",
    }


def test_a_translated_article_keeps_both_titles() -> None:
    """Brackets and full stops are PubMed's; two months are a range; a page with a letter is an eid."""
    fields = read()[0][1].fields

    assert fields["title"] == "Prevention in examples: an overview"
    assert fields["origtitle"] == "Prävention an Beispielen: ein Überblick"
    assert (fields["date"], fields["eid"], fields["language"]) == ("2014-12/2015-01", "e17", "ger")
    assert (fields["author"], fields["status"]) == ("Müller, K. H.", "corrected")
    assert "pages" not in fields


def test_a_preprint_says_what_it_is_and_what_became_of_it() -> None:
    """Its server is the eprinttype, its season a date."""
    fields = read()[0][2].fields

    assert (fields["pubstate"], fields["eprinttype"], fields["date"]) == ("preprint", "medrxiv", "2023-21")
    assert fields["relatednote"] == "Update in: J Ex. 2024 Feb;16(2):200-210 (PMID 91000006)"
    assert fields["title"] == "Early results of an example programme?"


def test_a_chapter_and_a_book() -> None:
    """The title of a record without a title of its own is the book's."""
    chapter, book = (entry.fields for entry in read()[0][3:])

    assert (chapter["title"], chapter["booktitle"]) == ("Counting Examples", "Handbook of Examples")
    assert (chapter["author"], chapter["editor"]) == ("Counter, Carl", "Editor, Eva")
    assert (chapter["series"], chapter["chapter"], chapter["date"]) == (
        "Examples in Practice",
        "4",
        "2022-01",
    )
    assert (chapter["publisher"], chapter["location"]) == ("Example Press", "Treasure Island (FL)")
    assert (chapter["isbn"], chapter["nbk"], chapter["contents"]) == (
        "9780306406157",
        "NBK900001",
        "Introduction",
    )
    assert book["title"] == "A Whole Book of Examples"
    assert "booktitle" not in book


def test_reference_lists_become_entries() -> None:
    """With numbers and with what the citation says; the string itself stays, and the line is the record's."""
    first, second = read()[0][0].references

    assert first.type == "article"
    assert first.fields == {
        "author": "Example, A. and de Vries, J.",
        "title": "A first test of the tool",
        "journaltitle": "J Ex",
        "date": "2015",
        "volume": "7",
        "number": "2",
        "pages": "123-145",
        "doi": "10.1234/jex.2015.123",
        "pmid": "90000001",
        "reference": "Example A, de Vries J. A first test of the tool. J Ex. 2015 Mar;7(2):123-45. "
        "doi: 10.1234/jex.2015.123.",
    }
    assert (second.fields["date"], second.origin.line) == ("2011", 4)


def test_what_old_records_cite_is_a_part_of_their_list() -> None:
    """CommentsCorrections of the type Cites were only those that PubMed holds."""
    entry = read()[0][1]

    assert entry.fields["citeslist"] == "partial"
    assert [one.fields["pmid"] for one in entry.references] == ["90000009"]
    assert entry.references[0].fields["journaltitle"] == "J Ex"
    assert "Cites" not in entry.fields["relatednote"]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("<Year>2015</Year>", "2015"),
        ("<Year>2015</Year><Month>Mar</Month>", "2015-03"),
        ("<Year>2015</Year><Month>03</Month><Day>2</Day>", "2015-03-02"),
        ("<Year>2015</Year><Season>Fall</Season>", "2015-23"),
        ("<MedlineDate>2015 Spring</MedlineDate>", "2015-21"),
        ("<MedlineDate>2014 Dec-2015 Jan</MedlineDate>", "2014-12/2015-01"),
        ("<MedlineDate>2015 Mar-Apr</MedlineDate>", "2015-03/2015-04"),
        ("<MedlineDate>2015 Jun 29-Jul 5</MedlineDate>", "2015-06-29/2015-07-05"),
        ("<MedlineDate>1998-1999</MedlineDate>", "1998/1999"),
        ("<MedlineDate>2015 1st Quart</MedlineDate>", "2015"),
    ],
)
def test_partial_dates(written: str, date: str) -> None:
    """As fine as PubMed says, and a date that the cleaner takes without complaint."""
    entry = record(
        "", article=f"<Journal><JournalIssue><PubDate>{written}</PubDate></JournalIssue></Journal>"
    )

    assert entry.fields["date"] == date
    assert "work-date" not in [p.code for p in clean_entry(entry)[1]]


@pytest.mark.parametrize(
    ("links", "status"),
    [
        ("RetractionIn ErratumIn", "retracted"),
        ("ErratumIn ExpressionOfConcernIn", "concern"),
        ("CorrectedandRepublishedIn", "corrected"),
        ("RetractionOf ErratumFor CommentOn", ""),
    ],
)
def test_the_gravest_notice_gives_the_status(links: str, status: str) -> None:
    """A notice itself is not retracted by what it retracts."""
    written = "".join(f'<CommentsCorrections RefType="{one}"/>' for one in links.split())
    entry = record(f"<CommentsCorrectionsList>{written}</CommentsCorrectionsList>")

    assert entry.fields.get("status", "") == status


@pytest.mark.parametrize(
    ("citation", "fields"),
    [
        ("Seto MC, et al. Title here. Sex Abuse. 2015 Aug;27(4):e3.", {"title": "Title here", "pages": "e3"}),
        (
            "Seto, M. C. (2015). Title. Sex Abuse, 27, 4–9. doi:10.1234/ABC",
            {"date": "2015", "doi": "10.1234/abc"},
        ),
        ("Some act of 1998, as amended 2003", {}),
        ("", {}),
    ],
)
def test_citations_are_taken_apart_only_where_their_form_is_certain(
    citation: str, fields: dict[str, str]
) -> None:
    """Two years are no date; the string stays as it is."""
    found = cited(citation, {}).fields

    assert fields.items() <= found.items()
    assert set(found) <= {*fields, "reference", "date", "volume", "number", "pages", "journaltitle", "title"}
    assert "date" not in found or fields


@pytest.mark.parametrize(
    ("citation", "names", "more", "fields"),
    [
        ("Beier KM, 2015. Book. Springer.", ["Beier, K. M."], False, ("2015", "Book", "Springer")),
        ("Beier KM, Seto MC (2015). A book: on it. Springer", ["Beier, K. M.", "Seto, M. C."], False, None),
        ("Beier KM, et al., 2015. Book. Springer.", ["Beier, K. M."], True, ("2015", "Book", "Springer")),
        ("Beier KM. Some book with 1998 and 2015 in it.", ["Beier, K. M."], False, None),
        ("Beier KM, Seto MC. Some book of 1998 and 2015.", ["Beier, K. M."], True, None),
    ],
)
def test_a_cited_book_has_the_authors_it_names(
    citation: str, names: list[str], more: bool, fields: tuple[str, str, str] | None
) -> None:
    """Nobody is added to those who are named; the title and the publisher are read where they are plain."""
    found = cited(citation, {})

    assert [name.inverted for name in found.people["author"]] == names
    assert ("author" in found.more) is more
    if fields:
        assert tuple(found.fields[name] for name in ("date", "title", "publisher")) == fields


def test_unknown_elements_are_kept_and_ours_are_left_alone() -> None:
    """A new element of NLM's is a field of its name; one that would mean something here gets another."""
    entry = record("<NewThing>value</NewThing><cites>17</cites>")

    assert entry.fields["newthing"] == "value"
    assert entry.fields["own-cites"] == "17"
    assert clean_entry(entry)[0].cites == ()


def test_a_bare_medline_file() -> None:
    """NLM's older files have MedlineCitation without a wrapper."""
    source = b"<MedlineCitationSet>\n<MedlineCitation><PMID>7</PMID></MedlineCitation></MedlineCitationSet>"
    (entry,), problems = read(source)

    assert (entry.fields["pmid"], entry.origin.line, problems) == ("7", 2, [])


def test_broken_records_are_reported_one_by_one() -> None:
    """Two are sound; of the other four, each is a problem at its line."""
    entries, problems = read((HOSTILE / "broken.pubmed.xml").read_bytes())

    assert [e.origin.line for e in entries] == [2, 8]
    assert [(p.origin.line, p.code) for p in problems if p.severity == "error"] == [
        (3, "xml-syntax"),
        (7, "xml-syntax"),
        (10, "pubmed-empty"),
        (11, "xml-syntax"),
    ]


def test_a_bomb_of_entities_is_refused() -> None:
    """Both records are read, and the laughs are not told."""
    entries, problems = read((HOSTILE / "entities.pubmed.xml").read_bytes())

    assert [e.fields["title"] for e in entries] == [r"A bomb: \&h;", "No bomb"]
    assert [p.code for p in problems] == ["xml-entity"]


@given(
    st.integers(0, len(CONTENT) - 1),
    st.integers(0, 40),
    st.sampled_from([b"", b"<", b"&", b"\x00", b"</", b"\xff"]),
)
def test_no_mutation_raises_and_few_records_are_lost(at: int, cut: int, instead: bytes) -> None:
    """One fault costs two records at most, and never without a problem."""
    entries, problems = read(CONTENT[:at] + instead + CONTENT[at + cut :])

    assert len(entries) >= 3, problems
    assert len(entries) == 5 or problems


@pytest.mark.parametrize("name", ["pubmed.nbib", "endnote.xml", "zotero.ris", "zotero.csv", "crossref.jsonl"])
def test_other_formats_are_not_claimed(name: str) -> None:
    """PubMed's XML is known by its first element."""
    assert not pubmed.looks((FORMATS / name).read_text("utf-8"))
    assert pubmed.looks(CONTENT.decode()[:65536])
