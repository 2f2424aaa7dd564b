"""Ours over labelled records, a program of its own: ``python -m benchmarks.duplicates_program FIELD N SEED``.

Prints what comparing cost, without making the records, and how many pairs
were named, are one work, and are both.
"""

import json
import sys
import time

from benchmarks import duplicates, duplicates_computing
from benchmarks.duplicates import Labelled
from benchmarks.duplicates_measure import pairs_of, true_pairs
from kb.match.cluster import clusters, pairs

FIELDS = ("medicine", "computing")


def labelled(field: str, count: int, seed: int) -> list[Labelled]:
    """So many records: of databases, reference lists and people, or of two computing libraries."""
    if field == "computing":
        return duplicates_computing.records(count, seed=seed)
    return duplicates.records(count, seed=seed, held_out=True)


def main(field: str, count: int, seed: int) -> None:
    """Print cost and counts as JSON."""
    made = labelled(field, count, seed)
    works = [one.work for one in made]
    cpu, wall = time.process_time(), time.perf_counter()
    groups = clusters(works, pairs(works))
    told: dict[str, float] = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    found, true = pairs_of(groups), true_pairs(made)
    told |= {"found": len(found), "true": len(true), "right": len(found & true)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
