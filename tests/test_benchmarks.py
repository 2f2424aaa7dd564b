"""The benchmarks: the generated library is what it says, and every question is answered."""

import json
import sys
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks.__main__ import main
from benchmarks.duplicates_measure import Score
from benchmarks.duplicates_program import labelled
from benchmarks.generate import Size, generate
from benchmarks.measure import Counted, alone
from benchmarks.reading import FORMS as FORMATS
from benchmarks.reading import read_generated
from benchmarks.reading_data import FORMS, write
from benchmarks.reading_programs import PROGRAMS
from benchmarks.relevance import judged, ndcg, precision, recall, scores, spellings, topics
from benchmarks.searching import KINDS
from kb.base import open_base
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
    assert len({figure["question"] for figure in told["figures"]}) == 4 + len(KINDS)
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
        0.1,
    }


def test_duplicates_are_counted_and_a_peer_that_is_not_here_is_left_out_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For each size and field, precision, false pairs, recall and F1 beside their aims."""
    answer = tmp_path / "figures.json"

    main(["--only", "duplicates", "--duplicates", "120", "--seed", "3", "--json", str(answer)])

    figures = json.loads(answer.read_text("utf-8"))["figures"]
    printed = capsys.readouterr().out
    assert "Duplicates, 120 records, medicine, seed 3" in printed
    assert "bib-dedupe is left out" in printed
    assert [figure["beside"] for figure in figures] == [
        "precision",
        "false pairs per 10,000 records",
        "recall",
        "F1",
    ] * 2
    assert all(0 < figure["value"] <= 1 for figure in figures if not figure["beside"].startswith("false"))
    assert [figure["at_least"] for figure in figures if figure["at_least"]] == [0.97, 0.94]
    assert figures[0]["cpu_seconds"] > 0
    assert figures[0]["peak_bytes"] > 2**20


def test_the_same_seed_makes_the_same_labelled_records() -> None:
    """And a shorter list of pairs is scored as what it is."""
    made = labelled("medicine", 60, 5)

    assert made == labelled("medicine", 60, 5) != labelled("medicine", 60, 6)
    assert Score("some", found=4, true=5, right=3, seconds=1, records=20_000).false == pytest.approx(0.5)
    assert Score("none", found=0, true=0, right=0, seconds=1, records=1).f1 == pytest.approx(1.0)


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


def test_the_measures_of_a_ranking_are_what_they_are_called() -> None:
    """The best order has an nDCG of 1, its reverse less, nothing wanted 0; shares are of what is wanted."""
    grades = {"a": 3, "b": 1}

    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert 0 < ndcg(["c", "b", "a"], grades) < ndcg(["b", "a"], grades) < 1
    assert ndcg(["c"], grades) == ndcg([], grades) == 0.0
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / 1.5849625) / (7 + 1 / 1.5849625))
    assert (recall(["a", "c"], grades), precision(["a", "c"], grades)) == (0.5, 0.1)


def test_what_people_judged_can_be_asked_of_any_library(tmp_path: Path) -> None:
    """Both sets and all variants are read; whatever search is given them has its scores."""
    generate(tmp_path / "library", SMALL)
    ingest(open_library(tmp_path / "library"))
    queries = judged()
    first = [query for query in queries if query.group == "one"]

    perfect = {query.query: sorted(query.grades, key=lambda key: -query.grades[key]) for query in first}
    told = scores(lambda query: perfect[query], first)
    with open_base(open_library(tmp_path / "library").database) as base:
        found = spellings(base, topics()[:3])

    assert len(queries) >= 60
    assert (told.queries, told.ndcg) == (40, 1.0)
    assert found
    assert all(each.kind == "unknown" and each.recall == 0 for each in found)
