"""CSL-JSON out, and in again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.clean import clean_entry
from kb.model import Citation, Name, Origin, Relation, Work
from kb.read import read_bibtex
from kb.read.foreign import csl as reader
from kb.render.csl import csl

AT = Origin("references/a.bib", 7)
SETO = Work(
    "seto2015predicting",
    "article",
    AT,
    title="Predicting recidivism with CPORT",
    authors=(
        Name("Seto", "Michael C."),
        Name("Franqué", "F.", "von"),
        Name("King", "M. L.", suffix="Jr."),
        Name("CEOP", corporate=True),
    ),
    more_authors=True,
    editors=(Name("Plato"),),
    year=2015,
    date="2015-03",
    container="Law and Human Behavior",
    publisher="APA",
    volume="39",
    issue="2",
    pages="1–9",
    doi="10.1037/x",
    isbn="9780306406157",
    url="https://example.org/x",
    language="en",
    abstract="Of 266 men, AT&T &copy p < .05 <b or c>.",
    annotation="Start with Table 2.",
    keywords=("CPORT", "Sexual abuse, child"),
    aliases=("seto2015", "old_key"),
    cites=(Citation("seto2015predicting", "eke_2011", AT), Citation("seto2015predicting", "10.1000/182", AT)),
    citeslist="partial",
    relations=(Relation("seto2015predicting", "other", "reprintof", AT),),
    status="corrected",
    added="2026-11-21",
    fields={"title": r"Predicting \emph{recidivism} with {CPORT}"},
)
KEPT = [
    "citekey",
    "type",
    "title",
    "authors",
    "more_authors",
    "editors",
    "year",
    "date",
    "container",
    "publisher",
    "volume",
    "issue",
    "pages",
    "doi",
    "isbn",
    "url",
    "language",
    "abstract",
    "annotation",
    "keywords",
    "aliases",
    "citeslist",
    "status",
    "added",
]


def back(work: Work) -> Work:
    entries, problems = reader.read(csl([work]).encode(), "x.csl.json")
    assert problems == []
    assert len(entries) == 1
    return clean_entry(entries[0])[0]


def said(work: Work) -> dict[str, object]:
    relations = [(one.other, one.type) for one in work.relations]
    kept: dict[str, object] = {name: getattr(work, name) for name in KEPT}
    return kept | {"cites": [one.cited for one in work.cites], "relations": relations}


def test_an_item_has_csls_names() -> None:
    """Names in parts, a date in parts, HTML where the title has markup, our own things under custom."""
    (item,) = json.loads(csl([SETO]))

    assert item == {
        "id": "seto2015predicting",
        "citation-key": "seto2015predicting",
        "type": "article-journal",
        "title": 'Predicting <i>recidivism</i> with <span class="nocase">CPORT</span>',
        "author": [
            {"family": "Seto", "given": "Michael C."},
            {"family": "Franqué", "given": "F.", "non-dropping-particle": "von"},
            {"family": "King", "given": "M. L.", "suffix": "Jr."},
            {"literal": "CEOP"},
            {"literal": "others"},
        ],
        "editor": [{"family": "Plato"}],
        "issued": {"date-parts": [[2015, 3]]},
        "container-title": "Law and Human Behavior",
        "publisher": "APA",
        "volume": "39",
        "issue": "2",
        "page": "1-9",
        "DOI": "10.1037/x",
        "ISBN": "9780306406157",
        "URL": "https://example.org/x",
        "language": "en",
        "abstract": "Of 266 men, AT&amp;T &amp;copy p < .05 &lt;b or c>.",
        "keyword": "CPORT; Sexual abuse, child",
        "note": "Start with Table 2.",
        "custom": {
            "ids": "seto2015, old_key",
            "cites": "eke_2011, 10.1000/182",
            "citeslist": "partial",
            "related": "other",
            "relatedtype": "reprintof",
            "status": "corrected",
            "added": "2026-11-21",
        },
    }


def test_what_was_written_is_read_as_the_same_work() -> None:
    """All that a work holds comes back."""
    assert said(back(SETO)) == said(SETO)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", {}, "article-journal"),
        ("article", {"entrysubtype": "newspaper"}, "article-newspaper"),
        ("book", {}, "book"),
        ("collection", {}, "book"),
        ("mvbook", {}, "book"),
        ("incollection", {}, "chapter"),
        ("inbook", {}, "chapter"),
        ("inproceedings", {}, "paper-conference"),
        ("conference", {}, "paper-conference"),
        ("thesis", {"type": "phdthesis"}, "thesis"),
        ("phdthesis", {}, "thesis"),
        ("report", {"type": "Technical report"}, "report"),
        ("techreport", {}, "report"),
        ("online", {}, "webpage"),
        ("online", {"pubstate": "preprint"}, "article"),
        ("dataset", {}, "dataset"),
        ("software", {}, "software"),
        ("patent", {}, "patent"),
        ("legislation", {}, "legislation"),
        ("jurisdiction", {}, "legal_case"),
        ("unpublished", {}, "manuscript"),
        ("unpublished", {"entrysubtype": "speech"}, "speech"),
        ("misc", {}, "document"),
        ("misc", {"entrysubtype": "interview"}, "interview"),
        ("manual", {}, "book"),
        ("artefact", {}, "document"),
    ],
)
def test_types_go_both_ways(kind: str, fields: dict[str, str], expected: str) -> None:
    """Each type has one of CSL's, and comes back as it was, with its issue and container."""
    work = Work("k", kind, AT, title="T", container="C", issue="4", publisher="P", fields=fields)

    assert json.loads(csl([work]))[0]["type"] == expected
    assert said(back(work)) == said(work)
    kept = clean_entry(reader.read(csl([work]).encode(), "x")[0][0])[0].fields
    assert {name: kept.get(name, "") for name in fields} == fields


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2015", {"date-parts": [[2015]]}),
        ("2015-03-12", {"date-parts": [[2015, 3, 12]]}),
        ("2015-22", {"date-parts": [[2015]], "season": 2}),
        ("2014/2016-05", {"date-parts": [[2014], [2016, 5]]}),
        ("2015~", {"date-parts": [[2015]], "circa": True}),
        ("-0334", {"date-parts": [[-334]]}),
        ("2014/..", {"raw": "2014/.."}),
        ("2015?", {"raw": "2015?"}),
        ("201X", {"raw": "201X"}),
        ("2014~/2016", {"raw": "2014~/2016"}),
        ("2015-21/2015-22", {"raw": "2015-21/2015-22"}),
        ("in press", {"raw": "in press"}),
    ],
)
def test_dates_go_both_ways(date: str, expected: dict[str, object]) -> None:
    """In parts as far as CSL has parts, else as they stand."""
    year = clean_entry(read_bibtex(f"@misc{{k, date = {{{date}}}}}".encode(), "x.bib")[0][0])[0].year
    work = Work("k", "article", AT, title="T", year=year, date=date)

    assert json.loads(csl([work]))[0]["issued"] == expected
    assert (back(work).date, back(work).year) == (date, year)


def test_an_article_number_is_no_page() -> None:
    """It has CSL's own variable, and is a work's page all the same."""
    work = Work("k", "article", AT, title="T", pages="e1204", fields={"eid": "e1204"})

    assert json.loads(csl([work]))[0]["number"] == "e1204"
    assert back(work).pages == "e1204"


def test_fields_that_a_work_does_not_hold_leave_too() -> None:
    """Plain ones under CSL's names; one with LaTeX in it that we cannot show is left out."""
    fields = {
        "shorttitle": "{CPORT}",
        "location": r"Z{\"u}rich",
        "series": "R\\&D",
        "issn": "1234-5678",
        "pmid": "123",
        "urldate": "2024-05-07",
        "translator": "Doe, Jane and {A Body}",
        "eprint": "2301.01234",
        "eprinttype": "arxiv",
    }

    (item,) = json.loads(csl([Work("k", "book", AT, title="T", fields=fields)]))

    assert item["title-short"] == "CPORT"
    assert item["collection-title"] == "R&D"
    assert (item["ISSN"], item["PMID"]) == ("1234-5678", "123")
    assert item["accessed"] == {"date-parts": [[2024, 5, 7]]}
    assert item["translator"] == [{"family": "Doe", "given": "Jane"}, {"literal": "A Body"}]
    assert (item["archive"], item["archive_location"]) == ("arxiv", "2301.01234")
    assert "publisher-place" not in item


def test_each_work_stands_once() -> None:
    """Ids are unique in an export; no work is an empty array."""
    assert len(json.loads(csl([SETO, replace(SETO, title="Again")]))) == 1
    assert json.loads(csl([])) == []


# Words as they stand in clean texts: no dashes, quotes or entities that LaTeX would make others of
WORDS = st.lists(
    st.text("abcdeéßøλ语ÅXYZ019.,:()&<>/%$#_^~{}\\|*+=@!?", min_size=1, max_size=8), min_size=1, max_size=5
).map(" ".join)
PLAIN = st.text("abcdeéÅXYZ019", min_size=1, max_size=8)
CAPITAL = st.from_regex(r"[A-Z][a-z]{1,8}(?:-[A-Z][a-z]{1,5})?", fullmatch=True)
NAMES = st.one_of(
    st.builds(Name, CAPITAL, CAPITAL),
    st.builds(Name, CAPITAL, CAPITAL, st.sampled_from(["von", "van den", "de la"])),
    st.builds(Name, CAPITAL, CAPITAL, st.just(""), st.sampled_from(["Jr.", "III"])),
    st.builds(Name, CAPITAL),
    st.builds(
        lambda name: Name(name, corporate=True), st.lists(CAPITAL, min_size=2, max_size=3).map(" and ".join)
    ),
)
TYPES = [
    "article",
    "book",
    "collection",
    "incollection",
    "inproceedings",
    "thesis",
    "report",
    "online",
    "misc",
]
KEYWORDS = st.lists(st.sampled_from(["risk", "Sexual abuse, child", "R&D", "CPORT"]), unique=True).map(tuple)
WORKS = st.builds(
    Work,
    st.from_regex(r"[a-z]{3,9}[0-9]{4}[a-z_]{0,5}", fullmatch=True),
    st.sampled_from(TYPES),
    st.just(AT),
    title=WORDS,
    authors=st.lists(NAMES, max_size=3).map(tuple),
    editors=st.lists(NAMES, max_size=2).map(tuple),
    container=WORDS,
    publisher=PLAIN,
    volume=PLAIN,
    issue=PLAIN,
    pages=st.sampled_from(["", "12", "12–34", "e12", "S1–S9", "xi–xx"]),
    doi=st.sampled_from(["", "10.1037/x_y(1)"]),
    language=st.sampled_from(["", "en", "de"]),
    abstract=WORDS,
    annotation=PLAIN,
    keywords=KEYWORDS,
    status=st.sampled_from(["", "retracted", "ok"]),
)


@given(WORKS)
def test_any_work_comes_back(work: Work) -> None:
    """Reading what was written gives the same work, as far as its texts are clean ones."""
    work = replace(work, container=work.container if work.type not in ("book", "collection") else "")
    if work.type == "collection" and (work.authors or not work.editors):
        work = replace(work, authors=(), editors=(Name("Doe", "Jane"),))
    once = back(work)

    assert said(back(once)) == said(once)
    same = ("citekey", "type", "authors", "editors", "volume", "issue", "pages", "doi", "language", "status")
    assert {name: getattr(once, name) for name in same} == {name: getattr(work, name) for name in same}
    assert (once.title, once.container, once.abstract) == (work.title, work.container, work.abstract)
