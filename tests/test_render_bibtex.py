"""BibLaTeX out: what was read is written, and what was written can be read."""

import re

from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from kb.clean import clean_entry
from kb.model import Name, Origin, Work
from kb.read import read_bibtex
from kb.render import bibtex
from kb.render.braces import balanced

FILE = """\
@string{sa = {Sexual Abuse}}
@Article{seto2015predicting,
  Title = {Predicting recidivism: {CPORT} \\& more},
  author = "Seto, Michael C. and Eke, Angela W.",
  journaltitle = sa,
  month = jun,
  date = {2015},
  x-own = {kept as {it} is},
  url = {https://example.org/a_b%20c},
}

@online{iwf,
  title = {Annual report},
}
"""

BRACES = st.lists(st.sampled_from(["{", "}", "\\{", "\\}", "\\\\", "a"]), max_size=8).map("".join)
NASTY = BRACES | st.text(st.sampled_from('ab{}{}\\\\"@@%#,= ()\n\té–'), max_size=40)
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
FIELD_NAMES = st.sampled_from(["title", "author", "url", "file", "x-own", "note", "abstract", "doi"])


def work(
    citekey: str = "one", fields: dict[str, str] | None = None, doi: str = "", aliases: tuple[str, ...] = ()
) -> Work:
    return Work(citekey, "article", Origin("a.bib"), fields=fields or {}, doi=doi, aliases=aliases)


def fields_of(text: str) -> dict[str, dict[str, str]]:
    entries, problems = read_bibtex(text.encode(), "out.bib")
    assert [problem for problem in problems if problem.severity == "error"] == []
    return {entry.citekey: entry.fields for entry in entries}


def test_what_was_read_is_read_again() -> None:
    """Types, citekeys and fields of a file, unknown ones too, survive reading, writing and reading."""
    entries, _ = read_bibtex(FILE.encode(), "in.bib")

    written = bibtex(clean_entry(entry)[0] for entry in entries)

    again, problems = read_bibtex(written.encode(), "out.bib")
    assert problems == []
    assert [(e.citekey, e.type.lower(), e.fields) for e in again] == [
        (e.citekey, e.type.lower(), e.fields) for e in entries
    ]


@given(fields=st.dictionaries(FIELD_NAMES, NASTY, min_size=1), after=NASTY)
def test_no_value_breaks_the_file(fields: dict[str, str], after: str) -> None:
    """Whatever stands in a field, each field is read back as it was, but for braces that do not balance."""
    written = bibtex([work("one", fields), work("two", {"title": after})])

    read = fields_of(written)

    assert read["one"] == {name: balanced(value) for name, value in fields.items()}
    assert read["two"] == {"title": balanced(after)}


@given(NASTY)
def test_braces_balance_however_they_are_counted(value: str) -> None:
    """BibTeX and Biber count every brace; others pass over those behind a backslash."""
    for pattern in (r"[{}]", r"\\\\|\\[{}]|[{}]"):
        depth = 0
        for mark in re.findall(pattern, balanced(value)):
            depth += {"{": 1, "}": -1}.get(mark, 0)
            assert depth >= 0
        assert depth == 0


@given(NASTY)
def test_a_value_is_mended_once(value: str) -> None:
    """What was mended needs no mending: a second export changes nothing."""
    assert balanced(balanced(value)) == balanced(value)


def test_a_value_that_balances_is_not_touched() -> None:
    """Protected capitals, accents and escaped braces in pairs stay letter by letter."""
    for value in (r"{\'E}tude of {CSAM}", r"a \{b\} c", r"50\% at \\{x}", "me@example.org (2020)"):
        assert balanced(value) == value


def test_bibtexparser_alone_reads_the_file_too() -> None:
    """The file does not need the repairs of our own reader."""
    odd = {
        "title": "Open {brace",
        "note": "closed} and\n@article{inner, title = {x}}",
        "file": "C:\\papers\\",
    }

    library = parse_string(bibtex([work("one", odd), work("two", {"title": "After"})]), parse_stack=[])

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ["one", "two"]


def test_fields_stand_in_one_order() -> None:
    """Author, editor and title come first, unknown fields last by their names, whatever the entry's order."""
    fields = {"zeta": "z", "doi": "10.1/x", "title": "T", "alpha": "a", "author": "A", "date": "2020"}

    lines = bibtex([work(fields=fields)]).splitlines()

    assert [line.split()[0] for line in lines[1:-1]] == ["author", "title", "date", "doi", "alpha", "zeta"]


def test_months_stay_names_that_bibtex_knows() -> None:
    """A month in braces is text to Biber; as a bare name it is a month."""
    assert "month = jun,\n" in bibtex([work(fields={"month": "jun"})])
    assert "month = {June},\n" in bibtex([work(fields={"month": "June"})])


def test_aliases_are_kept_as_ids() -> None:
    """Aliases join those that the entry names; an alias already there is not said twice."""
    read = fields_of(bibtex([work(fields={"ids": "old1"}, aliases=("old1", "old2"))]))

    assert read["one"]["ids"] == "old1, old2"


def test_a_work_known_by_its_doi_gets_a_citekey_that_can_be_cited() -> None:
    """The DOI is in its field and the old name in ids; two DOIs that look alike do not fall together."""
    dois = ["10.1177/ab(1)c", "10.1177/ab/1/c"]
    works = [work(f"doi:{doi}", doi=doi) for doi in dois]

    read = fields_of(bibtex(works))

    assert list(read) == ["doi-10.1177-ab-1-c", "doi-10.1177-ab-1-c-2"]
    assert [one["doi"] for one in read.values()] == dois
    assert [one["ids"] for one in read.values()] == [f"doi:{doi}" for doi in dois]


def test_a_made_citekey_never_takes_one_that_is_there() -> None:
    """A work keeps its citekey, even behind another that would be written the same."""
    works = [work("doi:10.1/x", doi="10.1/x"), work("doi-10.1-x", {"title": "T"})]

    read = fields_of(bibtex(works))

    assert list(read) == ["doi-10.1-x-2", "doi-10.1-x"]


def test_a_work_without_an_entry_is_written_from_what_is_known() -> None:
    """Names, title and container come out as LaTeX that reads back to the same text."""
    known = Work(
        "cited2001",
        "incollection",
        Origin("x.bib"),
        title="Risk & 50% {odd}",
        authors=(Name("Smith, Jones and Sons", corporate=True), Name("Franqué", "Fritjof", "von")),
        year=2001,
        date="2001",
        container="Handbook of #1",
    )

    entries, _ = read_bibtex(bibtex([known]).encode(), "out.bib")
    again = clean_entry(entries[0])[0]

    assert (again.title, again.container, again.year) == (known.title, known.container, 2001)
    assert [(n.family, n.given, n.particle, n.corporate) for n in again.authors] == [
        ("Smith, Jones and Sons", "", "", True),
        ("Franqué", "Fritjof", "von", False),
    ]


@given(PLAIN)
def test_annotations_are_text_and_not_latex(reason: str) -> None:
    """A reason with any signs in it neither breaks the file nor loses them."""
    written = bibtex([work(fields={"title": "T"})], annotations={"one": reason, "other": "x"})

    assert set(fields_of(written)["one"]) == {"title", "annotation"}


def test_an_annotation_stands_before_what_the_entry_says() -> None:
    """Neither is lost, and exporting what was exported does not double it."""
    once = bibtex([work(fields={"annotation": "As read."})], annotations={"one": "Why & how."})
    fields = fields_of(once)["one"]

    twice = bibtex([work(fields=fields)], annotations={"one": "Why & how."})

    assert fields["annotation"] == "Why \\& how.\n\nAs read."
    assert twice == once


def test_one_work_is_written_once() -> None:
    """A work chosen twice is one entry; no works are an empty file."""
    assert bibtex([work(fields={"title": "T"})] * 2).count("@article{one,") == 1
    assert bibtex([]) == ""


def test_what_utf8_cannot_hold_does_not_stop_the_export() -> None:
    """Half a surrogate pair and control characters are replaced; the file can be written."""
    written = bibtex([work(fields={"title": "a\ud800b\x00c\x1bd", "b{a}d name": "x"})])

    assert fields_of(written.encode().decode())["one"] == {"title": "a\ufffdb c d", "b-a-d-name": "x"}


def test_an_entry_type_that_is_no_word_becomes_misc() -> None:
    """A type such as “comment” would make the entry vanish."""
    odd = Work("one", "comment", Origin("a.bib"), fields={"title": "T"})

    assert bibtex([odd]).startswith("@misc{one,")
