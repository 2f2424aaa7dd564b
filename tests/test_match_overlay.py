"""overlay.bib changes works of other files; a held and a cited entry of one citekey are one work."""

from pathlib import Path

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_ingest import from_nothing, rows

from kb import open as open_base
from kb.edit import set_fields
from kb.errors import EditError
from kb.ingest import ingest
from kb.library import Library
from kb.match import merge
from kb.model import Origin, Problem, Work

ZOTERO = """\
@article{seto2015,
  author = {Seto, Michael C.},
  title = {Predicting recidivsm},
  journaltitle = {Law and Human Behavior},
  date = {2015},
  doi = {not one},
  keywords = {CPORT, risk},
}

@book{other,
  title = {Another},
  ids = {another2001},
}
"""
SETTINGS = 'readonly = ["references/zotero.bib"]\n'
OVERLAY = "references/overlay.bib"


def owned(library: WriteLibrary, **more: str) -> Library:
    """A library with a file that another program owns."""
    home = library(bib={"zotero.bib": ZOTERO, **{f"{name}.bib": text for name, text in more.items()}})
    (home.root / "kb.toml").write_text(SETTINGS)
    return library()


def problems(home: Library) -> list[tuple[str, str, int]]:
    return [(one.code, one.origin.path, one.origin.line) for one in ingest(home).problems]


def work(home: Library, citekey: str) -> Work:
    with open_base(home.database) as base:
        return base.work(citekey).work


def test_fields_of_the_overlay_stand_over_those_of_the_entry(library: WriteLibrary) -> None:
    """All else stays, the place too; what was wrong and is put right is no problem any more."""
    home = owned(library)
    assert [code for code, _, _ in problems(home)] == ["work-doi"]
    library(
        bib={
            "overlay.bib": "@misc{seto2015,\n  title = {Predicting {Recidivism}},\n  doi = {10.1000/x},\n}\n"
        }
    )

    assert problems(home) == []
    found = work(home, "seto2015")
    assert (found.title, found.doi, found.type) == ("Predicting Recidivism", "10.1000/x", "article")
    assert (found.container, found.keywords) == ("Law and Human Behavior", ("CPORT", "risk"))
    assert found.origin == Origin("references/zotero.bib", 1)
    assert found.fields["title"] == "Predicting {Recidivism}"
    assert found.authors[0].family == "Seto"
    assert "recidivsm" not in found.fields["title"]


def test_what_the_overlay_says_wrongly_is_its_own_problem(library: WriteLibrary) -> None:
    """At its own line, beside what is wrong in the entry still."""
    home = owned(library, overlay="\n@article{seto2015,\n  isbn = {123},\n  cites = {nobody},\n}\n")

    found = problems(home)

    assert ("work-isbn", OVERLAY, 2) in found
    assert ("work-doi", "references/zotero.bib", 1) in found
    assert {path for code, path, _ in found if code != "work-doi"} == {OVERLAY}


def test_an_empty_field_takes_one_away(library: WriteLibrary) -> None:
    """A person who writes ``doi = {}`` means that there is none."""
    home = owned(library, overlay="@article{seto2015, doi = {}, keywords = {}}\n")

    assert problems(home) == []
    assert (work(home, "seto2015").doi, work(home, "seto2015").keywords) == ("", ())
    assert "doi" not in work(home, "seto2015").fields


def test_an_overlay_of_nothing_is_an_error_with_candidates(library: WriteLibrary) -> None:
    """It is no work; a citekey that is another name of a work names that work."""
    home = owned(library, overlay="@article{seto2016, title = {X}}\n@book{another2001, title = {Y}}\n")

    found = [one for one in ingest(home).problems if one.code == "overlay-unknown"]

    assert [(one.severity, one.origin.line) for one in found] == [("error", 1), ("error", 2)]
    assert ["perhaps seto2015" in found[0].remedy, "perhaps other" in found[1].remedy] == [True, True]
    assert ingest(home).counts.held == 2


def test_two_overlays_of_one_work_are_merged_with_a_warning(library: WriteLibrary) -> None:
    """The first holds where both say something."""
    home = owned(
        library, overlay="@misc{other, title = {First}}\n@misc{other, title = {Second}, date = {2001}}\n"
    )

    assert ("citekey-again", OVERLAY, 2) in problems(home)
    assert (work(home, "other").title, work(home, "other").year) == ("First", 2001)


def test_the_overlay_is_laid_over_a_work_and_not_over_one_of_its_entries(library: WriteLibrary) -> None:
    """A title put right does not part the two entries of one work."""
    again = (
        ZOTERO.partition("\n\n")[0].replace("zotero", "mine").replace("doi = {not one},", "volume = {39},")
    )
    home = owned(library, mine=again + "\n", overlay="@misc{seto2015, title = {Right}}\n")

    assert sorted(code for code, _, _ in problems(home)) == ["citekey-again", "work-doi"]
    assert (work(home, "seto2015").title, work(home, "seto2015").volume) == ("Right", "39")


def test_a_doi_of_the_overlay_joins_a_cited_work(library: WriteLibrary) -> None:
    """As if the entry had it."""
    home = owned(
        library,
        cited="@misc{seto15, title = {P}, doi = {10.1000/x}}\n",
        overlay="@misc{seto2015, doi = {10.1000/x}, ids = {seto-old}}\n",
    )

    assert problems(home) == []
    assert {work(home, name).citekey for name in ("seto15", "seto-old")} == {"seto2015"}


CHANGES = {
    "zotero.bib": [ZOTERO, ZOTERO.replace("seto2015", "seto15"), ""],
    "overlay.bib": [
        "@misc{seto2015, title = {Right}, doi = {10.1000/x}}\n",
        "@misc{seto15, title = {Other}}\n@misc{other, cites = {seto2015}}\n@misc{other, date = {2001}}\n",
        "",
    ],
    "cited.bib": ["@misc{seto2015, title = {Cited}, volume = {3}}\n", "@misc{c, doi = {10.1000/x}}\n", ""],
}
STEP = st.sampled_from(sorted(CHANGES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(CHANGES[name]))
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(STEP, st.booleans()), min_size=1, max_size=5))
def test_a_store_kept_up_with_an_overlay_equals_one_made_from_nothing(
    library: WriteLibrary, steps: list[tuple[tuple[str, str], bool]]
) -> None:
    """Though only the files that changed are read again."""
    home = owned(library, overlay="", cited="")
    home.database.unlink(missing_ok=True)
    for (name, text), stop in steps:
        (home.references / name).write_text(text)
        if stop:
            ingest(home)
    ingest(home)

    assert rows(home.database) == from_nothing(home)


# --- set_fields on what another program owns


def test_a_change_of_an_owned_entry_goes_to_the_overlay(library: WriteLibrary) -> None:
    """The file stays; changed again, the same entry takes it; put back, it goes, and the file with it."""
    home = owned(library)
    ingest(home)

    first = set_fields(home, work(home, "seto2015"), {"title": "Right", "month": "oct"})
    ingest(home)
    second = set_fields(home, work(home, "seto2015"), {"title": "Righter", "doi": "10.1000/x"})
    ingest(home)

    assert (home.references / "zotero.bib").read_text() == ZOTERO
    assert home.overlay.read_text() == (
        "@article{seto2015,\n  title = {Righter},\n  month = oct,\n  doi = {10.1000/x},\n}\n"
    )
    assert (work(home, "seto2015").title, work(home, "seto2015").date) == ("Righter", "2015")
    assert (first, second) == ({"title": "", "month": ""}, {"title": "Right", "doi": ""})

    set_fields(home, work(home, "seto2015"), second)
    set_fields(home, work(home, "seto2015"), first)
    assert not home.overlay.exists()


@pytest.mark.parametrize("before", ["% ours", "% ours\n", "@misc{other,\r\n  note = {x},\r\n}\r\n"])
def test_an_overlay_entry_comes_and_goes_without_a_trace(library: WriteLibrary, before: str) -> None:
    """However the file ends."""
    home = owned(library)
    home.overlay.write_bytes(before.encode())
    ingest(home)

    back = set_fields(home, work(home, "seto2015"), {"title": "Right"})
    written = home.overlay.read_bytes()
    set_fields(home, work(home, "seto2015"), back)

    assert written.startswith(before.encode())
    assert written.count(b"\r\n") in {0, written.count(b"\n")}
    assert home.overlay.read_bytes() == before.encode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"keywords": ""}, "says nothing of keywords"),
        ({"title": "x", "keywords": ""}, "says nothing of keywords"),
        ({"crossref": "other"}, "same file"),
        ({"title": "a } b"}, "braces"),
    ],
)
def test_what_an_overlay_cannot_hold_is_refused(
    library: WriteLibrary, changes: dict[str, str], says: str
) -> None:
    """With nothing written."""
    home = owned(library)
    ingest(home)

    with pytest.raises(EditError, match=says):
        set_fields(home, work(home, "seto2015"), changes)
    assert sorted(path.name for path in home.references.iterdir()) == ["zotero.bib"]


def test_a_field_that_the_overlay_says_is_changed_there(library: WriteLibrary) -> None:
    """Even if the entry's own file may be written: there it would not be seen."""
    home = library(bib={"a.bib": ZOTERO, "overlay.bib": "@misc{other,\n  title = {Ours},\n}\n"})
    ingest(home)

    set_fields(home, work(home, "other"), {"title": "Ours again"})
    set_fields(home, work(home, "other"), {"date": "2001"})

    assert "Ours again" in home.overlay.read_text()
    assert (home.references / "a.bib").read_text() == ZOTERO.replace(
        "2001},\n}", "2001},\n  date = {2001},\n}"
    )


# --- held and cited


def test_held_and_cited_entries_of_one_citekey_are_one_work() -> None:
    """Whatever their titles: a person gave both the same name. Two held ones are judged as ever."""
    held = Work(
        "k", "article", Origin("references/a.bib", 1), title="One", year=2001, fields={"title": "One"}
    )
    cited = Work(
        "k", "misc", Origin("references/cited.bib", 1), title="Eins", volume="3", doi="10.1/x", held=False
    )
    other = Work("k", "article", Origin("references/b.bib", 1), title="Two")

    one = merge([cited, held])
    two = merge([cited, other, held])

    assert one.problems == []
    assert [(w.title, w.volume, w.doi, w.held) for w in one.works] == [("One", "3", "10.1/x", True)]
    assert [(p.code, p.origin) for p in two.problems] == [("citekey-twice", other.origin)]


def test_amended_works_keep_their_place(tmp_path: Path) -> None:
    """What the overlay changes is known before DOIs and aliases are looked at."""
    one = Work("one", "article", Origin("a", 1), title="One")
    two = Work("two", "article", Origin("a", 2), title="Two", doi="10.1/x", held=False)

    merged = merge(
        [one, two], amend=lambda works: [Work("one", "article", Origin("a", 1), doi="10.1/x"), *works[1:]]
    )

    assert [w.citekey for w in merged.works] == ["one"]
    assert merged.aliases == {"two": "one"}


def test_problems_are_told_once(library: WriteLibrary) -> None:
    """A problem of an entry that the overlay does not put right stays one."""
    home = owned(library, overlay="@misc{seto2015, title = {Right}}\n@misc{other, doi = {10.1}}\n")

    found: list[Problem] = ingest(home).problems

    assert [(one.code, one.citekey, one.origin.path) for one in found] == [
        ("work-doi", "other", OVERLAY),
        ("work-doi", "seto2015", "references/zotero.bib"),
    ]
