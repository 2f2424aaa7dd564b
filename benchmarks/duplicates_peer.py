"""bib-dedupe over records in JSON, as a program of its own: pairs that it takes for one work.

Run by an interpreter that has it (it is no dependency of ours); reads a file,
writes {"name", "seconds", "wall", "pairs"} to stdout.
"""

import json
import os
import sys
import time
from importlib.metadata import version
from itertools import combinations
from pathlib import Path


def main(path: str) -> None:
    """Print the pairs of places, the CPU seconds, children's and all, and those by the clock."""
    import pandas as pd
    from bib_dedupe.bib_dedupe import block, cluster, match, prep

    told = json.loads(Path(path).read_text("utf-8"))
    start, wall = _seconds(), time.perf_counter()
    ready = prep(pd.DataFrame(told), cpu=2, verbosity_level=0)
    matched = match(block(ready, cpu=2, verbosity_level=0), cpu=2, verbosity_level=0)
    groups = cluster(matched, verbosity_level=0)
    seconds, wall = _seconds() - start, time.perf_counter() - wall
    name = f"bib-dedupe {version('bib-dedupe')}"
    pairs = [sorted((int(a), int(b))) for group in groups for a, b in combinations(group, 2)]
    print("\n" + json.dumps({"name": name, "seconds": seconds, "wall": wall, "pairs": pairs}))


def _seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main(sys.argv[1])
