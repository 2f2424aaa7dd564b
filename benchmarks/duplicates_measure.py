"""``python -m benchmarks.duplicates_measure``: how well one work's records are found, and how fast.

Example: python -m benchmarks.duplicates_measure --records 2000 --peer /venv/with/bib-dedupe/bin/python
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import duplicates, duplicates_computing
from benchmarks.duplicates import Labelled
from kb.match.cluster import clusters, pairs
from kb.model import Work

Found = set[tuple[int, int]]
_PEER = Path(__file__).parent / "duplicates_peer.py"
_TYPES = ("article", "inproceedings", "book", "incollection", "phdthesis")


@dataclass(frozen=True, slots=True)
class Score:
    """How well pairs of one work were found: of those named, and of those that are."""

    name: str
    found: int
    true: int
    right: int
    seconds: float
    records: int

    @property
    def precision(self) -> float:
        """The share of the pairs named that are one work."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of one work's pairs that are named."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def false(self) -> float:
        """How many pairs are named, for 10,000 records, that are two works."""
        return 10_000 * (self.found - self.right) / max(1, self.records)

    def __str__(self) -> str:
        return (
            f"{self.name:<12} P {self.precision:.4f}  R {self.recall:.4f}  F1 {self.f1:.4f}  "
            f"false pairs per 10,000 records {self.false:.2f}  {self.seconds:.1f} s CPU"
        )


def true_pairs(made: Sequence[Labelled]) -> Found:
    """The pairs of places whose records are one work."""
    return pairs_of(_groups(made))


def ours(works: Sequence[Work]) -> tuple[Found, float]:
    """The pairs that this program takes for one work, and the CPU seconds it took."""
    start = time.process_time()
    groups = clusters(works, pairs(works))
    return pairs_of(groups), time.process_time() - start


def peer(works: Sequence[Work], python: str) -> tuple[Found, float]:
    """The same of bib-dedupe, run by an interpreter that has it.

    Raises:
        subprocess.CalledProcessError: It has not, or bib-dedupe failed.
    """
    with TemporaryDirectory(prefix="kb-bench-") as scratch:
        path = Path(scratch) / "records.json"
        path.write_text(json.dumps([for_peer(i, work) for i, work in enumerate(works)]), "utf-8")
        command = [python, str(_PEER), str(path)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = json.loads(answer.strip().splitlines()[-1])
    return {(one, other) for one, other in told["pairs"]}, told["seconds"]


def score(name: str, made: Sequence[Labelled], found: Found, seconds: float) -> Score:
    """What was found, against the labels."""
    true = true_pairs(made)
    return Score(name, len(found), len(true), len(found & true), seconds, len(made))


def recall_by_kind(made: Sequence[Labelled], found: Found) -> dict[str, tuple[int, int]]:
    """For each way in which records come about: pairs found, and all that are one work."""
    counts: dict[str, tuple[int, int]] = {}
    for one, other in true_pairs(made):
        for kind in {made[one].kind, made[other].kind}:
            right, of = counts.get(kind, (0, 0))
            counts[kind] = right + ((one, other) in found), of + 1
    return counts


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on records of databases and people, and of two computing libraries."""
    chosen = _options(arguments)
    medical = duplicates.records(chosen.records, seed=chosen.seed, held_out=True)
    computing = duplicates_computing.records(min(chosen.records, 5000), seed=chosen.seed)
    for name, made in (
        ("databases, reference lists and people", medical),
        ("computing libraries", computing),
    ):
        works = [one.work for one in made]
        found, seconds = ours(works)
        print(f"\n## {len(made):,} records of {name}, seed {chosen.seed}")
        print(score("kb", made, found, seconds))
        if chosen.peer:
            print(score("bib-dedupe", made, *peer(works, chosen.peer)))
        for kind, (right, of) in sorted(recall_by_kind(made, found).items()):
            print(f"  {kind:<22} {right}/{of}{'  held out' if kind in duplicates.HELD_OUT else ''}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates_measure", description=__doc__)
    parser.add_argument("--records", type=int, default=2000, help="how many records")
    parser.add_argument("--seed", type=int, default=1000, help="which; from 1000 on held out from tuning")
    parser.add_argument("--peer", default="", help="a Python interpreter that has bib-dedupe")
    return parser.parse_args(arguments)


def _groups(made: Sequence[Labelled]) -> Iterable[list[int]]:
    groups: dict[int, list[int]] = {}
    for place, one in enumerate(made):
        groups.setdefault(one.cluster, []).append(place)
    return groups.values()


def pairs_of(groups: Iterable[Sequence[int]]) -> Found:
    """The pairs of places within each group."""
    return {(one, other) for group in groups for one, other in combinations(group, 2)}


def for_peer(place: int, work: Work) -> dict[str, str]:
    """A record in the columns that bib-dedupe reads."""
    venue = "booktitle" if work.type == "inproceedings" else "journal"
    return {
        "ID": str(place),
        "ENTRYTYPE": work.type if work.type in _TYPES else "article",
        "title": work.title,
        "author": " and ".join(name.inverted for name in work.authors),
        "year": str(work.year or ""),
        "journal": "",
        "booktitle": "",
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages.replace("–", "--"),
        "doi": work.doi,
        "abstract": "",
        venue: work.container,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
