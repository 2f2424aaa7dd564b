"""The benchmarks: the generated library is what it says, and every question is answered."""

import json
import sys
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks.__main__ import main
from benchmarks.generate import Size, generate
from benchmarks.measure import Counted, alone
from benchmarks.reading import FORMS as FORMATS
from benchmarks.reading import read_generated
from benchmarks.reading_data import FORMS, write
from benchmarks.reading_programs import PROGRAMS
from kb.ingest import ingest
from kb.library import open_library

SMALL = Size(works=40, citations=400, notes=30)


def written(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*")}


def test_a_generated_library_is_as_large_as_asked_and_without_problems(tmp_path: Path) -> None:
    """Every work, citation and note is stored, once, and nothing is reported."""
    generate(tmp_path, SMALL)

    report = ingest(open_library(tmp_path))

    assert report.problems == []
    assert report.counts.held + report.counts.cited == SMALL.works
    assert (report.counts.citations, report.counts.notes) == (SMALL.citations, SMALL.notes)
    assert report.counts.findings > 0
    assert report.counts.cited > 0


def test_the_same_size_gives_the_same_library(tmp_path: Path) -> None:
    """Figures of two days are about the same files; another seed gives others."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, SMALL, seed=seed)

    assert written(tmp_path / "one") == written(tmp_path / "again")
    assert written(tmp_path / "one") != written(tmp_path / "other")


def test_a_library_can_be_made_smaller_but_keeps_one_of_everything() -> None:
    """The share of citations per work stays."""
    assert Size().scaled(0.1) == Size(2000, 20000, 200)
    assert Size().scaled(0.0001) == Size(40, 400, 30)


def test_every_question_about_the_library_is_answered_as_table_and_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the smallest size; what the figures are is the machine's business."""
    generate(tmp_path / "library", SMALL)
    few = ["--size", "0.001", "--best-of", "1", "--queries", "10"]
    few += ["--only", "shipped", "ingest", "search", "help"]  # reading asks other programs: below

    main([*few, "--library", str(tmp_path / "library"), "--json", str(tmp_path / "out" / "figures.json")])

    told = json.loads((tmp_path / "out" / "figures.json").read_text("utf-8"))
    names = [figure["name"] for figure in told["figures"]]
    printed = capsys.readouterr().out
    assert len({figure["question"] for figure in told["figures"]}) == 4
    assert all(name in printed for name in names)
    assert all(figure["cpu_seconds"] > 0 for figure in told["figures"])
    assert {"date", "processor", "memory", "Python", "SQLite"} <= told["machine"].keys()
    assert {figure["at_most"] or figure["at_least"] for figure in told["figures"]} == {
        None,
        3.0,
        2.0,
        0.7,
        1.0,
        1.5,
    }


@pytest.mark.parametrize("form", ["bibtex", *FORMS])
def test_every_reader_finds_what_was_written_in_its_format_or_says_what_it_left_out(
    tmp_path: Path, form: str
) -> None:
    """Ours finds or reports every one; of a file without broken entries, each peer finds all."""
    write(tmp_path / "some", form, 320)
    write(tmp_path / "whole", form, 40, whole=True)
    peers = {"bibtex": ("bibtexparser", "middlewares"), "ris": ("rispy",), "csl": ("json_list",)}

    found, reported = PROGRAMS["ours"](tmp_path / "some")

    assert found + reported == 320
    assert reported == (1 if form == "bibtex" else 0)  # one has no closing brace
    for peer in peers.get(form, ("json_lines",)):
        assert PROGRAMS[peer](tmp_path / "whole") == (40, 0)


def test_a_longer_generated_file_begins_as_a_shorter_one_does(tmp_path: Path) -> None:
    """So that a peer that reads fewer entries reads the same ones."""
    for size in (20, 30):
        write(tmp_path / f"{size}", "bibtex", size, whole=True)

    assert (tmp_path / "30").read_text("utf-8").startswith((tmp_path / "20").read_text("utf-8"))


def test_a_peer_that_cannot_be_installed_is_left_out_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other readers are measured: each with its entries, its time and its memory."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    ((title, figures),) = read_generated(tmp_path, 40, count=1, forms=FORMATS[:1])

    assert title == "Reading BibTeX, 40 entries"
    assert "bibtexparser 1.4.4 is left out" in capsys.readouterr().out
    assert all(figure.cost.cpu > 0 and figure.cost.peak > 2**20 for figure in figures)
    assert all(figure.counted and figure.counted.written == 40 for figure in figures)
    assert [figure.name for figure in figures if figure.beside == "(entries/s of CPU)"] == [
        "kb, whole records"
    ]


def test_a_program_that_fails_is_no_figure(tmp_path: Path) -> None:
    """What it said last can be told."""
    with pytest.raises(CalledProcessError) as failed:
        alone([sys.executable, "-c", "raise SystemExit('It is too long.')"], output=tmp_path / "out")

    assert "It is too long." in failed.value.stderr


def test_what_a_reader_neither_found_nor_reported_is_lost() -> None:
    """And one that reports an entry twice has not found more than there is."""
    assert (Counted(10, 7, 1).lost, Counted(10, 10, 3).lost) == (2, 0)
