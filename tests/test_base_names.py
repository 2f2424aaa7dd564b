"""Names that people type: in any case, in any Unicode form, by alias or DOI."""

import unicodedata

import pytest
from conftest import WriteLibrary

from kb import open as open_base
from kb.errors import UnknownName, UnknownWork
from kb.ingest import ingest

BIB = """\
@book{Lätth2022, title = {One}, date = {2022}, doi = {10.1000/x}, ids = {old}}
@book{again, title = {Two}, date = {2023}, doi = {10.1000/x}}
"""
LIST = "---\nkind: list\ntitle: Caps\n---\n- [@old] because\n"
DASH = '---\nkind: topic\nlabel: "—"\nfacet: outcome\n---\n'


def test_a_name_leads_to_the_same_work_however_it_is_typed(library: WriteLibrary) -> None:
    """Decomposed as some systems hand it out; of two works with one DOI, always the first."""
    home = library(bib={"a.bib": BIB})
    ingest(home)
    with open_base(home.database) as base:
        for name in (
            unicodedata.normalize("NFD", "Lätth2022"),
            " Lätth2022 ",
            "old",
            "https://doi.org/10.1000/X",
        ):
            assert base.citekey(name) == "Lätth2022"


def test_a_citekey_is_one_name_in_either_form_of_its_letters(library: WriteLibrary) -> None:
    """A .bib from one system, a note from another."""
    decomposed = unicodedata.normalize("NFD", "Lätth2022")
    home = library(
        bib={"a.bib": unicodedata.normalize("NFD", BIB) + "@book{three, title = {T}, cites = {Lätth2022}}\n"},
        notes={"x.md": f"---\nkind: page\n---\nSee [@{decomposed}] and [@Lätth2022].\n"},
    )

    report = ingest(home)

    assert {p.code for p in report.problems} == {"doi-twice"}
    with open_base(home.database) as base:
        assert [one.work.citekey for one in base.references("three")] == ["Lätth2022"]


def test_a_name_that_is_no_text_is_unknown(library: WriteLibrary) -> None:
    """What a terminal hands over may be no Unicode; marks alone are like no name."""
    home = library(bib={"a.bib": BIB}, notes={"topics/dash.md": DASH})
    ingest(home)
    with open_base(home.database) as base:
        for name in ("\udcff", "{", ""):
            with pytest.raises(UnknownWork) as unknown:
                base.citekey(name)
            assert unknown.value.candidates == ()
            with pytest.raises(UnknownName):
                base.kind_of(name)
        assert base.search("\udcff one").plain()["query"] == "one"


def test_a_long_name_does_not_bury_the_message(library: WriteLibrary) -> None:
    """A pasted page is shown by its beginning."""
    home = library(bib={"a.bib": BIB})
    ingest(home)
    with open_base(home.database) as base, pytest.raises(UnknownName) as unknown:
        base.kind_of("x" * 100_000)
    assert len(str(unknown.value)) < 200


def test_slugs_do_not_hang_on_case_nor_on_the_form_of_their_letters(library: WriteLibrary) -> None:
    """A file's name may be decomposed (NFD), and hold capitals."""
    decomposed = unicodedata.normalize("NFD", "É-List")
    home = library(bib={"a.bib": BIB}, notes={"lists/My-List.md": LIST, f"lists/{decomposed}.md": LIST})
    ingest(home)
    with open_base(home.database) as base:
        assert base.reading_list("my-list").note.slug == "My-List"
        assert base.reading_list("É-List").note.slug == "É-List"
        assert [hit.work.citekey for hit in base.search("list:My-List").hits] == ["Lätth2022"]
