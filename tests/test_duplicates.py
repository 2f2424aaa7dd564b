"""kb duplicates: in any files, in the store, and what a person decides."""

import csv
import io
import json
import shlex
from datetime import date
from pathlib import Path

import pytest
from conftest import WriteLibrary
from test_ingest import rows
from typer.testing import CliRunner, Result

from kb import open as open_base
from kb.cli import app
from kb.duplicates import decide, forget, in_files, in_store, link
from kb.errors import EditError, UnknownWork
from kb.ingest import ingest
from kb.library import Library

DAY = date(2026, 11, 21)
RIS = """\
TY  - JOUR
ID  - ris1
AU  - Seto, Michael C.
AU  - Eke, Angela W.
TI  - Predicting Recidivism Among Adult Male Child Pornography Offenders
JO  - Law and Human Behavior
PY  - 2015
VL  - 39
SP  - 416
EP  - 429
DO  - 10.1037/lhb0000128
ER  -

TY  - JOUR
ID  - ris2
TI  - A Title and Nothing Else
ER  -
"""
BIB = """\
@article{bib1,
  author = {Seto, M. C. and Eke, A. W.},
  title = {Predicting recidivism among adult male child pornography offenders},
  journal = {Law Hum. Behav.},
  year = {2015}, volume = {39}, pages = {416--29},
}

@article{bib2,
  author = {Example, Ada},
  title = {A Study of One Thing},
  journal = {Journal of Examples},
  year = {2019}, volume = {3}, pages = {1--9},
}

@thesis{bib3,
  author = {Example, Ada},
  title = {A study of one thing},
  institution = {University of Examples},
  year = {2018},
}
"""
NBIB = """\
PMID- 25844514
TI  - Predicting recidivism among adult male child pornography offenders.
PG  - 416-29
AU  - Seto MC
FAU - Seto, Michael C
AU  - Eke AW
FAU - Eke, Angela W
TA  - Law Hum Behav
JT  - Law and human behavior
DP  - 2015 Aug
VI  - 39
AID - 10.1037/lhb0000128 [doi]
"""


@pytest.fixture
def mixed(tmp_path: Path) -> list[Path]:
    """Three files of three formats."""
    texts = {"A.ris": RIS, "B.bib": BIB, "C.nbib": NBIB}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return [tmp_path / name for name in texts]


def run(home: Library | None, *arguments: str) -> Result:
    options = ["--library", str(home.root)] if home else []
    return CliRunner().invoke(app, ["duplicates", *arguments, *options])


def undo(home: Library, answer: Result) -> Result:
    """Run the command that an answer says undoes it."""
    line = next(line for line in answer.stdout.splitlines() if line.startswith("To undo: "))
    words = shlex.split(line.removeprefix("To undo: "))
    return CliRunner().invoke(app, [*words[1:], "--library", str(home.root)])


# --- files


def test_files_of_mixed_formats_are_compared_without_a_store(mixed: list[Path]) -> None:
    """One cluster over three formats, with reasons; what has only a title does no harm."""
    told: list[str] = []
    found = in_files(mixed, progress=lambda what, _done, _of: told.append(what))

    assert len(found.works) == len(found.numbers) == 6
    assert [[work.origin.path[-5:] for work in one.works] for one in found.clusters] == [
        ["A.ris", "B.bib", ".nbib"]
    ]
    assert "same DOI" in found.clusters[0].reasons
    assert found.numbers == (1, 2, 1, 3, 4, 1)
    assert [(d.one.citekey, d.other.citekey) for d in found.doubts] == [("bib2", "bib3")]
    assert found.doubts[0].judgement.relation == "thesis version"
    assert "Comparing" in told


def test_csv_has_a_row_for_every_record_in_order(mixed: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactly two columns, wherever one stands."""
    monkeypatch.chdir(mixed[0].parent)
    answer = run(None, "A.ris", "B.bib", "C.nbib", "--csv")

    assert answer.exit_code == 0
    table = list(csv.reader(io.StringIO(answer.stdout)))
    works = in_files(mixed).works
    assert table[0] == ["citekey", "cluster"]
    assert table[1:] == [[work.citekey, number] for work, number in zip(works, "121341", strict=True)]


def test_json_says_all_that_is_known(mixed: list[Path]) -> None:
    """Records with source and line, clusters and doubts with their reasons."""
    answer = run(None, *map(str, mixed), "--json")

    said = json.loads(answer.stdout)
    assert [one["cluster"] for one in said["records"]] == [1, 2, 1, 3, 4, 1]
    assert {"citekey", "source", "line", "cluster"} == said["records"][0].keys()
    assert said["clusters"][0]["reasons"]
    assert len(said["clusters"][0]["records"]) == 3
    assert said["doubtful"][0]["relation"] == "thesis version"
    assert 0 < said["doubtful"][0]["confidence"] < 1


def test_the_table_shows_clusters_and_doubts_with_reasons(mixed: list[Path]) -> None:
    """Each record with its place."""
    answer = run(None, *map(str, mixed))

    assert answer.exit_code == 0
    assert "One work: 1 cluster of 3 among 6 records." in answer.stdout
    assert "same DOI" in answer.stdout
    assert "B.bib:1" in answer.stdout
    assert "If one is the thesis version of the other" in answer.stdout
    assert run(None, *map(str, mixed), "--strict").exit_code == 1


def test_a_file_that_cannot_be_read_fails(mixed: list[Path]) -> None:
    """The others are compared all the same."""
    answer = run(None, str(mixed[0]), "absent.ris", "--csv")

    assert answer.exit_code == 1
    assert "file-unreadable" in answer.stderr
    assert len(answer.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--same", "a", "b", "--different", "a", "b"],
        ["x.bib", "--same", "a", "b"],
        ["--same", "a"],
        ["--as", "preprint"],
        ["--csv", "--json"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(library: WriteLibrary, arguments: list[str]) -> None:
    """Exit code 2, and nothing is written."""
    home = library(bib={"b.bib": BIB})

    assert run(home, *arguments).exit_code == 2
    assert not home.decisions.exists()


def test_an_entry_that_relates_two_records_settles_them(tmp_path: Path) -> None:
    """They are two, and nobody is asked."""
    path = tmp_path / "a.bib"
    path.write_text(BIB.replace("year = {2018},", "year = {2018}, related = {bib2},"))

    assert in_files([path]).undecided == []


# --- the store


def held(library: WriteLibrary) -> Library:
    """A library with a likely pair and a doubtful one."""
    again = BIB.partition("\n\n")[0].replace("bib1", "again").replace("{2015}", "{2015}, doi = {10.1037/x}")
    home = library(bib={"b.bib": BIB, "c.bib": again})
    ingest(home)
    return home


def test_held_works_are_compared_and_decisions_end_the_asking(library: WriteLibrary) -> None:
    """Same joins, different parts, a link settles; asked again from nothing, nothing is left."""
    home = held(library)
    assert in_store(home.database).undecided == [("again", "bib1"), ("bib2", "bib3")]

    decide(home, "same", ("bib1", "again"), today=DAY)
    assert in_store(home.database).undecided == [("bib2", "bib3")]
    citekey, kind, before = link(home, ("bib3", "bib2"))

    assert (citekey, kind, before) == ("bib3", "thesis version", {"related": "", "relatedtype": ""})
    assert in_store(home.database).undecided == []
    home.database.unlink()
    ingest(home)
    assert in_store(home.database).undecided == []
    with open_base(home.database) as base:
        assert base.citekey("again") == "bib1"
        assert [(kind, line.citekey) for kind, line in base.work("bib3").relations] == [
            ("thesis version", "bib2")
        ]


def test_merging_then_splitting_restores_the_store(library: WriteLibrary) -> None:
    """By forgetting the decision, and by deciding otherwise."""
    home = held(library)
    before = rows(home.database)

    decide(home, "same", ("bib1", "again"), today=DAY)
    assert rows(home.database)["work"] != before["work"]
    decide(home, "different", ("bib1", "again"), today=DAY)
    assert rows(home.database)["work"] == before["work"]
    assert in_store(home.database).undecided == [("bib2", "bib3")]
    forget(home, ("again", "bib1"))
    assert rows(home.database) == before


def test_a_pair_stays_decided_under_other_names(library: WriteLibrary) -> None:
    """The decision names entries: one may have become an alias by then."""
    home = held(library)
    library(bib={"b.bib": BIB.replace("year = {2019},", "year = {2019}, ids = {older},")})
    decide(home, "different", ("again", "bib2"), today=DAY)
    decide(home, "same", ("bib1", "again"), today=DAY)

    assert decide(home, "same", ("bib1", "again"), today=date(2027, 1, 1)).changed is False
    assert ingest(home).problems == []
    with pytest.raises(EditError, match="names of one entry"):
        decide(home, "different", ("bib2", "older"), today=DAY)
    with pytest.raises(UnknownWork, match="bib2"):
        decide(home, "different", ("bib1", "bib22"), today=DAY)
    with pytest.raises(EditError, match="Nobody has decided"):
        forget(home, ("bib2", "bib3"))


def test_a_doi_decides_under_the_citekey(library: WriteLibrary) -> None:
    """For a decision names entries."""
    home = held(library)

    decide(home, "same", ("bib1", "https://doi.org/10.1037/x"), today=DAY)

    assert 'works = ["bib1", "again"]' in home.decisions.read_text()


def test_a_link_says_what_one_is_to_the_other(library: WriteLibrary) -> None:
    """Once; an entry that says otherwise already is left alone."""
    home = held(library)
    link(home, ("bib3", "bib2"), "Preprint")

    assert link(home, ("bib3", "bib2"), "preprint")[2] == {}
    assert link(home, ("bib3", "bib1"), "preprint")[2] == {"related": "bib2", "relatedtype": "preprint"}
    with pytest.raises(EditError, match="one kind only"):
        link(home, ("bib3", "again"), "reprintof")
    with pytest.raises(EditError, match="names of one work"):
        link(home, ("bib3", "bib3"))


def test_the_commands_say_how_they_are_undone(library: WriteLibrary) -> None:
    """And that is so, to the byte."""
    home = held(library)
    text = (home.references / "b.bib").read_bytes()

    same = run(home, "--same", "bib1", "again", "--why", "It's one, says 'the' DOI", "--by", "A. Librarian")
    assert same.exit_code == 0
    assert "To undo: kb duplicates --forget bib1 again" in same.stdout
    written = home.decisions.read_text()
    assert run(home, "--same", "bib1", "again", "--by", "A. Librarian").stdout.startswith("Decided already")
    assert home.decisions.read_text() == written

    different = run(home, "--different", "again", "bib1", "--by", "B")
    assert undo(home, different).exit_code == 0
    assert home.decisions.read_text() == written
    forgotten = undo(home, same)
    assert (forgotten.exit_code, home.decisions.exists()) == (0, False)
    assert undo(home, forgotten).exit_code == 0
    assert home.decisions.read_text() == written

    linked = run(home, "--link", "bib3", "bib2", "--as", "preprint")
    assert undo(home, linked).exit_code == 0
    assert (home.references / "b.bib").read_bytes() == text


def test_the_library_is_looked_through_and_check_lists_what_is_left(library: WriteLibrary) -> None:
    """Until somebody decides."""
    home = held(library)

    answer = run(home)
    assert ("One work: 1 cluster of 2 among 4 records." in answer.stdout, answer.exit_code) == (True, 0)
    assert run(home, "--strict").exit_code == 1
    check = CliRunner().invoke(app, ["check", "--library", str(home.root)])
    assert "Undecided duplicates (see kb duplicates): 2\n    again bib1\n    bib2 bib3" in check.stdout
    run(home, "--different", "again", "bib1")
    run(home, "--different", "bib2", "bib3")
    assert run(home, "--strict").exit_code == 0
    assert run(home, "--csv").stdout.split() == [
        "citekey,cluster",
        *(f"{name},{number}" for number, name in enumerate(("again", "bib1", "bib2", "bib3"), start=1)),
    ]
    by_db = CliRunner().invoke(app, ["duplicates", "--db", str(home.database), "--csv"])
    assert by_db.stdout == run(home, "--csv").stdout


def test_a_contradiction_is_told_where_it_arises(library: WriteLibrary) -> None:
    """With the command that made it."""
    home = held(library)
    run(home, "--same", "bib1", "again")
    run(home, "--same", "again", "bib2")

    answer = run(home, "--different", "bib1", "bib2")

    assert "decision-contradicted" in answer.stderr


def test_the_shipped_references_have_no_undecided_duplicates(shipped: Library) -> None:
    """Every likely pair was looked at; the decisions are written down."""
    assert in_store(shipped.database).undecided == []
