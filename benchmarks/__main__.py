"""``python -m benchmarks``: every question, or some; at full size, or smaller to try.

Example: python -m benchmarks --size 0.1 --only search
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.commands import help_command
from benchmarks.deduplicating import SEED, find_duplicates
from benchmarks.generate import Size, generate
from benchmarks.generated import ingest_generated
from benchmarks.measure import Figure
from benchmarks.reading import read_generated
from benchmarks.report import machine, plain, table
from benchmarks.searching import FULL, search_made
from benchmarks.shipped import ingest_shipped
from kb.library import open_library

_ROOT = Path(__file__).parent.parent
QUESTIONS = ("shipped", "reading", "duplicates", "ingest", "search", "help")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a table for each question, and write all of it as JSON."""
    chosen = _options(arguments)
    about = machine()
    print("\n".join(f"{name}: {value}" for name, value in about.items()))
    report: dict[str, list[Figure]] = {}
    with TemporaryDirectory(prefix="kb-bench-") as scratch:
        for question, figures in _asked(chosen, Path(scratch)):
            report[question] = figures
            print(f"\n## {question}\n\n{table(figures)}", flush=True)
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps(plain(about, report), indent=2, ensure_ascii=False) + "\n", "utf-8")
        print(f"\nWritten: {chosen.json}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=float, default=1.0, help="how much of the full generated library")
    parser.add_argument("--best-of", type=int, default=3, help="how many rounds; the best counts")
    parser.add_argument("--queries", type=int, default=200, help="how many queries")
    parser.add_argument("--only", nargs="+", choices=QUESTIONS, default=QUESTIONS, help="these questions")
    parser.add_argument("--duplicates", type=int, nargs="+", default=[2000], help="among how many records")
    parser.add_argument("--seed", type=int, default=SEED, help="which records those are")
    parser.add_argument("--peer", default="", help="a Python interpreter that has bib-dedupe")
    parser.add_argument("--library", type=Path, default=_ROOT, help="the library that counts as shipped")
    parser.add_argument("--json", type=Path, default=Path("build/benchmarks.json"), help="where JSON goes")
    return parser.parse_args(arguments)


def _asked(chosen: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, list[Figure]]]:
    size, count = Size().scaled(chosen.size), chosen.best_of
    if "help" in chosen.only:
        yield "`kb --help`", help_command(scratch, count=max(10, count) if count > 1 else 1)
    if "shipped" in chosen.only:
        yield "The shipped evidence base", ingest_shipped(chosen.library, scratch, count=count)
    if "reading" in chosen.only:
        yield from read_generated(scratch, size.works, count=count)
    if "duplicates" in chosen.only:
        yield from find_duplicates(scratch, chosen.duplicates, seed=chosen.seed, peer=chosen.peer)
    if "ingest" in chosen.only:
        generate(scratch / "library", size)
        library = open_library(scratch / "library")
        name = f"{size.works:,} works, {size.citations:,} citations, {size.notes:,} notes"
        yield f"Ingest of {name}", ingest_generated(library, scratch, count=count)
    if "search" in chosen.only:
        works = max(200, round(FULL * chosen.size))
        yield from search_made(scratch, works, queries=chosen.queries, count=count)


if __name__ == "__main__":
    main(sys.argv[1:])
