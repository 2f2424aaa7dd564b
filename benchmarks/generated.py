"""How long does ingesting a large library take? Beside reading alone, and beside bare rows.

*Read* is what `kb read` does with the same files: parse and clean every entry,
read every note, follow no names. *Bare rows* is the least that SQLite asks for
the same store: the same rows into the same tables in one transaction, and one
full-text `INSERT … SELECT`.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Cost, Figure, best, cost, rounds
from benchmarks.shipped import remove_database
from kb import store
from kb.ingest import ingest
from kb.library import Library
from kb.records import read_file
from kb.store.database import TABLES, statements
from kb.store.rows import Row

_INDEX = """
INSERT INTO fulltext_index (rowid, title, people, venue, keywords, topics, abstract, notes)
SELECT id, title, people, venue, keywords, topics, abstract, notes FROM fulltext ORDER BY id
"""


def ingest_generated(library: Library, scratch: Path, *, count: int) -> list[Figure]:
    """Ingest, its parts, and what happens where little changed; leaves the database there."""
    files = [*library.references.glob("*.bib"), *library.notes.rglob("*.md")]

    def cold() -> Cost:
        remove_database(library.database)
        return cost(lambda: ingest(library))

    whole = rounds(count, {"read": lambda: cost(lambda: [read_file(path) for path in files]), "cold": cold})
    again = rounds(count, {"unchanged": lambda: cost(lambda: ingest(library)), "changed": _changed(library)})
    stored = rounds(count, _storing(scratch, stored_rows(library.database)))
    found = {name: best(costs) for name, costs in {**whole, **again, **stored}.items()}
    read, every, unchanged = found["read"], found["cold"], found["unchanged"]
    ours, least = found["replace"], found["rows"]
    return [
        Figure("read alone (parse, clean)", read),
        Figure("ingest, cold", every, "read alone", every.cpu / read.cpu, most=2.0),
        Figure("bare rows and one full-text index", least),
        Figure("`store.replace`, the same rows", ours, "bare rows (speed)", least.cpu / ours.cpu, least=0.7),
        Figure("ingest, nothing changed", unchanged, "(seconds)", unchanged.cpu, most=1.0),
        Figure(
            "ingest, one note changed", found["changed"], "ingest, cold", found["changed"].cpu / every.cpu
        ),
    ]


def _storing(scratch: Path, rows: dict[str, list[Row]]) -> dict[str, Callable[[], Cost]]:
    return {
        "rows": lambda: cost(lambda: bare(scratch / "bare.db", rows)),
        "replace": lambda: cost(lambda: replace(scratch / "replace.db", rows)),
    }


def _changed(library: Library) -> Callable[[], Cost]:
    """Ingest after one study note got one more word."""
    path = min((library.notes / "studies").iterdir())

    def run() -> Cost:
        path.write_text(path.read_text("utf-8") + "Word.\n", encoding="utf-8")
        return cost(lambda: ingest(library))

    return run


def stored_rows(database: Path) -> dict[str, list[Row]]:
    """The rows of every table, in the order of the schema."""
    db = sqlite3.connect(database)
    names = db.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).fetchall()
    ours = sorted((TABLES.find(f"CREATE TABLE {name} "), name) for (name,) in names)
    rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for place, name in ours if place >= 0}
    db.close()
    return rows


def bare(database: Path, rows: dict[str, list[Row]]) -> None:
    """The rows in one transaction, without indexes but the keys and the one for full text."""
    remove_database(database)
    db = sqlite3.connect(database, isolation_level=None)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "BEGIN IMMEDIATE"):
        db.execute(statement)
    for statement in statements(TABLES):
        db.execute(statement)
    for table, each in rows.items():
        if each:
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(each[0]))})", each)
    db.execute(_INDEX)
    db.execute("COMMIT")
    db.close()


def replace(database: Path, rows: dict[str, list[Row]]) -> None:
    """The same by the product's own code, with every index."""
    remove_database(database)
    with store.writing(database) as (db, fresh):
        store.replace(db, rows, fresh=fresh)
