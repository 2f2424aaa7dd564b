"""How long does ingesting the shipped evidence base take? Cold, and with nothing changed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.commands import KB
from benchmarks.measure import Cost, Figure, best, command, cost, rounds
from kb.ingest import ingest
from kb.library import open_library


def ingest_shipped(root: Path, scratch: Path, *, count: int) -> list[Figure]:
    """In this process, and as the command in one of its own."""
    library = open_library(root, database=scratch / "shipped.db")
    arguments: list[str | Path] = ["-c", KB, "ingest", "--library", root, "--db", library.database]
    run = partial(cost, partial(ingest, library))
    as_command = partial(command, arguments, cwd=root)
    remove = partial(remove_database, library.database)
    run()
    costs = rounds(
        count,
        {
            "ingest, cold, in-process": partial(_after, remove, run),
            "ingest, nothing changed, in-process": partial(_after, run, run),
            "`kb ingest`, cold": partial(_after, remove, as_command),
            "`kb ingest`, nothing changed": partial(_after, as_command, as_command),
        },
    )
    return [Figure(name, best(each)) for name, each in costs.items()]


def _after(prepare: Callable[[], object], run: Callable[[], Cost]) -> Cost:
    prepare()
    return run()


def remove_database(path: Path) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
