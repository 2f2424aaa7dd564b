"""How well and how fast one work's records are found, beside bib-dedupe in the same run.

bib-dedupe is no dependency: it is asked where an interpreter that has it is
named, or this one has it.
"""

import importlib.util
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.duplicates_measure import Found, Score, for_peer, true_pairs
from benchmarks.duplicates_program import FIELDS, labelled
from benchmarks.measure import Cost, Figure, alone

SEED = 2000  # held out: nobody looked at its records
_COMPUTING = 5000  # records of computing libraries, at most
_PATIENCE = 20_000  # records, from which on bib-dedupe takes an hour and gigabytes
_PEER = Path(__file__).with_name("duplicates_peer.py")
_RECALL, _FALSE, _FASTER = 0.97, 1.0, 20.0
_F1 = {"medicine": 0.0, "computing": 0.94}  # besides bib-dedupe's own, in medicine
_LARGE, _MINUTE, _GIGABYTE = 100_000, 60.0, 1024.0


@dataclass(frozen=True, slots=True)
class _Run:
    score: Score
    cost: Cost


def find_duplicates(
    scratch: Path, sizes: Sequence[int], *, seed: int = SEED, peer: str = ""
) -> Iterator[tuple[str, list[Figure]]]:
    """For each number of records and each field a title and its figures: bib-dedupe's, then ours."""
    peer = peer or (sys.executable if importlib.util.find_spec("bib_dedupe") else "")
    if not peer:
        print("bib-dedupe is left out: name an interpreter that has it with --peer.")
    for field in FIELDS:
        for size in sorted({min(size, _COMPUTING) if field == "computing" else size for size in sizes}):
            theirs = _theirs(scratch, field, size, seed, peer) if peer and size <= _PATIENCE else None
            if peer and not theirs:
                print(f"bib-dedupe is left out at {size:,} records: it would take an hour.")
            title = f"Duplicates, {size:,} records, {field}, seed {seed}"
            yield title, _figures(field, size, _ours(scratch, field, size, seed), theirs)


def _ours(scratch: Path, field: str, size: int, seed: int) -> _Run:
    output = scratch / f"duplicates-{field}-{size}.out"
    program = [sys.executable, "-m", "benchmarks.duplicates_program", field, str(size), str(seed)]
    peak = alone(program, output=output).peak
    told = json.loads(output.read_text("utf-8"))
    score = Score("kb", told["found"], told["true"], told["right"], told["cpu"], size)
    return _Run(score, Cost(told["cpu"], told["wall"], peak))


def _theirs(scratch: Path, field: str, size: int, seed: int, python: str) -> _Run:
    """What bib-dedupe finds of the same records.

    Raises:
        subprocess.CalledProcessError: The interpreter has no bib-dedupe, or it failed.
    """
    made = labelled(field, size, seed)
    path, output = scratch / "duplicates.json", scratch / f"duplicates-{field}-{size}-peer.out"
    path.write_text(json.dumps([for_peer(i, one.work) for i, one in enumerate(made)]), "utf-8")
    peak = alone([python, _PEER, path], output=output).peak
    told = json.loads(output.read_text("utf-8").strip().splitlines()[-1])
    found: Found = {(one, other) for one, other in told["pairs"]}
    true = true_pairs(made)
    score = Score(told["name"], len(found), len(true), len(found & true), told["seconds"], size)
    return _Run(score, Cost(told["seconds"], told["wall"], peak))


def _figures(field: str, size: int, ours: _Run, theirs: _Run | None) -> list[Figure]:
    figures = list(_told(theirs)) if theirs else []
    least, f1 = _RECALL if field == "medicine" else None, _F1[field]
    if theirs and field == "medicine":
        least, f1 = max(_RECALL, round(theirs.score.recall, 4)), round(theirs.score.f1, 4)
    kb = ours.score
    figures += [
        Figure("kb", ours.cost, "precision", kb.precision, digits=4),
        Figure("kb", Cost(0, 0), "false pairs per 10,000 records", kb.false, most=_FALSE),
        Figure("kb", Cost(0, 0), "recall", kb.recall, least=least, digits=4),
        Figure("kb", Cost(0, 0), "F1", kb.f1, least=f1 or None, digits=4),
    ]
    if theirs:
        faster = theirs.cost.cpu / ours.cost.cpu
        figures.append(Figure("kb", Cost(0, 0), "bib-dedupe's speed", faster, least=_FASTER))
    if size >= _LARGE:
        figures.append(Figure("kb", Cost(0, 0), "seconds by the clock", ours.cost.wall, most=_MINUTE))
        figures.append(Figure("kb", Cost(0, 0), "MB at the peak", ours.cost.peak / 2**20, most=_GIGABYTE))
    return figures


def _told(run: _Run) -> Iterator[Figure]:
    """A peer's lines, which have no aim."""
    cost = run.cost
    for name, value in (
        ("precision", run.score.precision),
        ("false pairs per 10,000 records", run.score.false),
        ("recall", run.score.recall),
        ("F1", run.score.f1),
    ):
        yield Figure(run.score.name, cost, name, value, digits=2 if name.startswith("false") else 4)
        cost = Cost(0, 0)
