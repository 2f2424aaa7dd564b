"""The benchmarks: the generated library is what it says, and every question is answered."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.generate import Size, generate
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


def test_every_question_is_answered_as_table_and_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the smallest size; what the figures are is the machine's business."""
    generate(tmp_path / "library", SMALL)
    few = ["--size", "0.001", "--best-of", "1", "--queries", "10"]

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
