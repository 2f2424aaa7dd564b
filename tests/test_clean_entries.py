"""An entry → a work: each field finds its place, and a wrong value costs a warning and itself."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.clean import clean_entry
from kb.model import Citation, Entry, Name, Origin, Problem, Relation, Work
from kb.read import read_bibtex

MIXED = (Path(__file__).parent / "data" / "mixed.bib").read_bytes()
ORIGIN = Origin("references/x.bib", 7)


def clean(entry_type: str = "article", **values: str) -> tuple[Work, list[Problem]]:
    """A work of these fields, and problems; titled, unless a test says otherwise."""
    return clean_entry(Entry("k", entry_type, {"title": "T"} | values, ORIGIN))


def work(entry_type: str = "article", **values: str) -> Work:
    """The work, which must come without a problem."""
    found, problems = clean(entry_type, **values)
    assert problems == []
    return found


def test_real_entries_come_out_clean() -> None:
    """Reading and cleaning a mixed file gives what its authors meant, without a warning."""
    cleaned = [clean_entry(entry) for entry in read_bibtex(MIXED, "references/mixed.bib")[0]]
    works = {found.citekey: found for found, _ in cleaned}

    assert [problem for _, problems in cleaned for problem in problems] == []
    babchishin = works["babchishin2011characteristics"]
    assert babchishin.title == "The Characteristics of Online Sex Offenders: A Meta-Analysis"
    assert babchishin.authors[1] == Name("Hanson", "R. Karl")
    assert babchishin.container == "Sexual Abuse: A Journal of Research and Treatment"
    assert (babchishin.volume, babchishin.issue, babchishin.pages) == ("23", "1", "92–123")
    assert (babchishin.year, babchishin.date) == (2011, "2011")
    assert babchishin.keywords == ("online offending", "meta-analysis")
    eke = works["eke2019validation"]
    assert [name.family for name in eke.authors] == ["Eke", "Helmus", "Seto"]
    assert eke.title == "A Validation Study of the Child Pornography Offender Risk Tool (CPORT)"
    assert (eke.doi, eke.pages) == ("10.1177/1079063218762434", "456–476")
    assert [one.cited for one in eke.cites] == ["babchishin2011characteristics", "seto2015predicting"]
    schroder = works["schroder2024thesis"]
    assert schroder.authors == (Name("Schröder", "Sonja"),)
    assert schroder.publisher == "Georg-August-Universität Göttingen"
    assert (schroder.type, schroder.language) == ("thesis", "en")
    armitage = works["armitage2024were"]
    assert armitage.container == "Victims & Offenders"
    assert armitage.issue == "5"
    assert armitage.title.startswith("“We're Not Allowed to Have Experienced Trauma. We're")


def test_a_work_keeps_what_its_entry_said() -> None:
    """The fields stay as written, for export; type and place go along."""
    found = work("MISC", title=r"{\'E}tude", custom="{x}")

    assert found.fields == {"title": r"{\'E}tude", "custom": "{x}"}
    assert (found.citekey, found.type, found.origin, found.held) == ("k", "misc", ORIGIN, True)


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"title": "What", "subtitle": "A review"}, "What: A review"),
        ({"title": "What works?", "subtitle": "A review"}, "What works? A review"),
        ({"title": "", "subtitle": "A review"}, "A review"),
        ({"title": "{The {CSAM} Study}"}, "The CSAM Study"),
    ],
)
def test_title_and_subtitle_are_joined(values: dict[str, str], title: str) -> None:
    """By a colon, unless the title ends in a mark of its own."""
    assert work(**values).title == title


@pytest.mark.parametrize(
    ("entry_type", "values", "container"),
    [
        ("article", {"journal": "J"}, "J"),
        ("article", {"journaltitle": "J", "journal": "other", "booktitle": "B"}, "J"),
        ("article", {"journaltitle": "J", "journalsubtitle": "of X"}, "J: of X"),
        ("incollection", {"booktitle": "B", "booksubtitle": "S", "journal": " "}, "B: S"),
        ("inproceedings", {"eventtitle": "ATSA 2019"}, "ATSA 2019"),
        ("book", {"maintitle": "M"}, "M"),
        ("misc", {"howpublished": "Leaflet"}, "Leaflet"),
        ("thesis", {"school": "U"}, ""),
        ("online", {"howpublished": r"\url{https://example.org}"}, ""),
    ],
)
def test_the_container_is_where_it_appeared(entry_type: str, values: dict[str, str], container: str) -> None:
    """Journal, book, series of books, event; a school is a publisher."""
    assert work(entry_type, **values).container == container


@pytest.mark.parametrize("name", ["publisher", "institution", "organization", "school"])
def test_the_publisher_goes_by_many_names(name: str) -> None:
    """Whoever brought it out is the publisher."""
    assert work("report", **{name: "{UNICEF}"}).publisher == "UNICEF"


@pytest.mark.parametrize(
    ("values", "doi", "url"),
    [
        ({"doi": "10.1177/1079063218762434"}, "10.1177/1079063218762434", ""),
        ({"doi": "https://doi.org/10.1177/ABC."}, "10.1177/abc", ""),
        ({"doi": r"10.1000/x\_y{\_}z"}, "10.1000/x_y_z", ""),
        (
            {"doi": "10.1002/(SICI)1097-0266(199708)18:7$<$509::AID-SMJ882$>$3.0.CO;2-Z"},
            "10.1002/(sici)1097-0266(199708)18:7<509::aid-smj882>3.0.co;2-z",
            "",
        ),
        ({"doi": "10.1002/x(1999)17:4{$<$}409::A{$>$}3"}, "10.1002/x(1999)17:4<409::a>3", ""),
        ({"doi": "10.1002/x(1999)17:4&lt;409::A&gt;3"}, "10.1002/x(1999)17:4<409::a>3", ""),
        ({"url": "https://doi.org/10.1000/ABC"}, "10.1000/abc", "https://doi.org/10.1000/ABC"),
        ({"url": "https://example.org/10.1000/abc"}, "", "https://example.org/10.1000/abc"),
        ({"url": r"\url{https://example.org/a\_b\%20c}"}, "", "https://example.org/a_b%20c"),
        ({"url": "<http://example.org/a~b--c>"}, "", "http://example.org/a~b--c"),
        ({"url": "https://example.org/\n   path"}, "", "https://example.org/path"),
        ({"howpublished": r"\url{https://example.org}"}, "", "https://example.org"),
    ],
)
def test_identifiers_are_freed_of_latex_and_not_decoded(values: dict[str, str], doi: str, url: str) -> None:
    """Tildes, hyphens and percent signs of addresses stay; a DOI may stand in the url."""
    found = work(**values)

    assert (found.doi, found.url) == (doi, url)


def test_what_a_work_cites_may_be_citekeys_and_dois() -> None:
    """Split at comma and space, since a DOI may hold a comma; each once."""
    found = work(
        cites="a1,\n a1, 10.1000/X,Y, doi: 10.1000/z; https://doi.org/10.1000/q; b,c, 10.1000/r,10.1000/s"
    )

    assert found.cites == tuple(
        Citation("k", cited, ORIGIN, "cites")
        for cited in ("a1", "10.1000/x,y", "10.1000/z", "10.1000/q", "b", "c", "10.1000/r", "10.1000/s")
    )


def test_other_fields_find_their_place() -> None:
    """Aliases, relations, status and the rest."""
    found = work(
        ids="old, k, older",
        related="a, b",
        relatedtype="translationof",
        status="Retracted",
        citeslist="complete",
        added="2026-11-21",
        isbn="0-306-40615-2",
        annote="Read it.",
        langid="ngerman",
        eid="e12",
        author="A, B and others",
        editor="Ed, A.",
        abstract="One\n two.",
    )

    assert found.aliases == ("old", "older")
    assert found.relations == tuple(Relation("k", other, "translationof", ORIGIN) for other in "ab")
    assert (found.status, found.citeslist, found.added) == ("retracted", "complete", "2026-11-21")
    assert (found.isbn, found.annotation, found.language) == ("9780306406157", "Read it.", "de")
    assert (found.pages, found.abstract) == ("e12", "One two.")
    assert found.editors == (Name("Ed", "A."),)
    assert found.more_authors


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("12--15", "12–15"),
        ("12-15", "12–15"),
        ("12 – 15", "12–15"),
        ("pp. 12-5", "12–5"),
        ("S12-S15, e1", "S12–S15, e1"),
        ("ix-xii", "ix–xii"),
        ("pp. ix - xii", "ix–xii"),
        ("A-12", "A-12"),
        ("110-1--110-9", "110-1–110-9"),
        ("456+", "456+"),
        ("Article 3", "Article 3"),
    ],
)
def test_page_ranges_have_a_dash(written: str, pages: str) -> None:
    """An en dash between two pages, and none elsewhere."""
    assert work(pages=written).pages == pages


@pytest.mark.parametrize(
    ("values", "code", "name", "kept"),
    [
        ({"title": " "}, "work-untitled", "title", ""),
        ({"author": "Smith,"}, "work-names", "authors", (Name("Smith"),)),
        ({"year": "MMXV"}, "work-date", "date", "MMXV"),
        ({"doi": "none"}, "work-doi", "doi", ""),
        ({"doi": "none", "url": "https://dx.doi.org/10.1000/abc"}, "work-doi", "doi", "10.1000/abc"),
        ({"isbn": "0-306-40615-3"}, "work-isbn", "isbn", ""),
        ({"url": "javascript:alert(1)"}, "work-url", "url", ""),
        ({"url": "www.example.org"}, "work-url", "url", ""),
        ({"url": "https://a.org https://b.org"}, "work-url", "url", "https://a.org"),
        ({"status": "gone"}, "work-status", "status", ""),
        ({"citeslist": "all"}, "work-citeslist", "citeslist", ""),
        ({"added": "2026-02-30"}, "work-added", "added", ""),
        ({"added": "yesterday"}, "work-added", "added", ""),
        ({"cites": "a b"}, "work-cites", "cites", (Citation("k", "a", ORIGIN), Citation("k", "b", ORIGIN))),
        ({"cites": "https://example.org"}, "work-cites", "cites", ()),
        ({"abstract": r"C:\temp"}, "work-latex", "abstract", r"C:\temp"),
    ],
)
def test_a_wrong_value_costs_only_itself(values: dict[str, str], code: str, name: str, kept: object) -> None:
    """An error where it is not stored, else a warning; at the entry, with what to write instead."""
    found, problems = clean(**values)
    severity = "warning" if kept and code != "work-doi" else "error"
    if code == "work-untitled":  # nothing was written, so nothing was lost
        severity = "warning"

    assert getattr(found, name) == kept
    assert [(p.code, p.severity, p.origin, p.citekey) for p in problems] == [(code, severity, ORIGIN, "k")]
    value = next(iter(values.values())).strip().split()
    assert not value or code == "work-cites" or value[0][:10] in problems[0].message or code == "work-latex"
    assert problems[0].remedy.endswith(".")


@pytest.mark.parametrize(
    ("values", "year", "date"),
    [
        ({"year": "in press"}, None, "in press"),
        ({"year": "n.d."}, None, "n.d."),
        ({"year": "c. 1998"}, 1998, "1998~"),
        ({"date": "2014/2016"}, 2014, "2014/2016"),
        ({"year": "2015", "month": "mar"}, 2015, "2015-03"),
    ],
)
def test_years_and_dates(values: dict[str, str], year: int | None, date: str) -> None:
    """A work in press has no year, and no warning."""
    found = work(**values)

    assert (found.year, found.date) == (year, date)


TEXT = st.text(st.characters(exclude_characters="\\{}$~`&<", codec="utf-8")).filter(
    lambda text: "--" not in text and "''" not in text
)
TEXTS = ("title", "container", "publisher", "volume", "issue", "abstract", "annotation")
FIELDS = dict(
    zip(
        TEXTS,
        ("title", "journaltitle", "publisher", "volume", "number", "abstract", "annotation"),
        strict=True,
    )
)


@given(st.fixed_dictionaries(dict.fromkeys(TEXTS, TEXT)), TEXT)
def test_cleaning_twice_changes_nothing(texts: dict[str, str], pages: str) -> None:
    """A work written out plainly and cleaned again is the same work."""
    written = {FIELDS[name]: text for name, text in texts.items()} | {"pages": pages}
    once, problems = clean_entry(Entry("k", "article", written, ORIGIN))
    again = {FIELDS[name]: getattr(once, name) for name in TEXTS} | {"pages": once.pages}

    assert clean_entry(Entry("k", "article", again, ORIGIN)) == (replace(once, fields=again), problems)


NAMES = st.sampled_from([
    "title", "author", "editor", "date", "year", "month", "doi", "url", "isbn", "pages", "keywords", "cites",
    "ids", "related", "status", "added", "langid", "journal", "abstract", "howpublished", "citeslist",
])  # fmt: skip
PIECES = st.lists(
    st.sampled_from([*"\\{}$~%,;-&'\"=/.: a1é\n\x00", "10.1000/", "http://", " and ", "\\url", "2015"])
)


@given(st.dictionaries(NAMES, PIECES.map("".join)))
def test_any_entry_becomes_a_work(values: dict[str, str]) -> None:
    """No value raises; texts are clean single lines; only web addresses pass for addresses."""
    found, problems = clean_entry(Entry("k", "misc", values, ORIGIN))

    assert all(p.message and p.remedy for p in problems)
    assert not found.url or found.url.lower().startswith(("http://", "https://"))
    for one in fields(found):
        value = getattr(found, one.name)
        if isinstance(value, str):
            assert value == " ".join(value.split())


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{aggression; risk assessment, dynamic}", ("aggression", "risk assessment, dynamic")),
        ("crime &amp; place; wardens", ("crime & place", "wardens")),
        ("{Sexual abuse, child}", ("Sexual abuse, child",)),
        (
            "Adult\nChild Abuse, Sexual/*statistics & numerical data\n*Crime",
            ("Adult", "Child Abuse, Sexual/*statistics & numerical data", "Crime"),
        ),
        ("*Adult\n\n*Crime, {Violent\ncrime}", ("Adult", "Crime, Violent crime")),
        ("risk,\n  law, sexual\n  abuse", ("risk", "law", "sexual abuse")),
        ("risk, law, sexual\nabuse, crime", ("risk", "law", "sexual abuse", "crime")),
        ("risk; law and\norder", ("risk", "law and order")),
        ("sexual abuse, online\n  offending", ("sexual abuse", "online offending")),
    ],
)
def test_keywords_of_exports_are_parted(written: str, found: tuple[str, ...]) -> None:
    """In one more pair of braces only semicolons part them; an entity's semicolon never does."""
    assert work(keywords=written).keywords == found


def test_keywords_of_authors_and_of_an_index_are_both_taken() -> None:
    """Scopus has them in two fields; the authors' come first, and each counts once."""
    found = work(keywords="Adult; Risk Assessment", author_keywords="risk assessment; law", groups="Law")

    assert found.keywords == ("risk assessment", "law", "Adult")
    assert work(**{"author-keywords": "law", "keyword": "risk"}).keywords == ("law", "risk")


def test_groups_of_jabref_are_keywords() -> None:
    """A comma that JabRef has escaped is part of a group's name."""
    assert work(keywords="a", groups=r"Tools, Risk\, static, {A, b}").keywords == (
        "a",
        "Tools",
        "Risk, static",
        "A, b",
    )


def test_a_comment_of_jabref_is_a_note_where_there_is_no_other() -> None:
    """What stands under annotation or annote counts before it."""
    assert work(comment="Read again").annotation == "Read again"
    assert work(comment="Read again", annote="Mine").annotation == "Mine"


def test_an_issn_under_isbn_is_no_wrong_isbn() -> None:
    """Only a number that is neither is an error."""
    assert work(isbn="1079-0632").isbn == work(isbn="10790632 (print), 1573-286x").isbn == ""
    assert [problem.code for problem in clean(isbn="1079-0633")[1]] == ["work-isbn"]


def test_of_a_field_without_end_only_the_beginning_is_looked_at() -> None:
    """With a warning that says so; the field itself is kept whole."""
    written = " and ".join(["Seto, Michael"] * 50_000)
    found, problems = clean(author=written)

    assert 20_000 < len(found.authors) < 50_000
    assert found.fields["author"] == written
    assert [(p.code, p.severity) for p in problems] == [("work-long", "warning")]
