"""The store as a set of rows: replacing it writes only what differs.

``replace`` leaves exactly the rows it is given, whatever was there before; so
a store brought up to date equals a store made from nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from kb.store.database import INDEXES, Database, statements

Value: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = tuple[Value, ...]
Tables: TypeAlias = Mapping[str, Iterable[Row]]
Progress: TypeAlias = Callable[[str], None]

_TEXTS = ("title", "people", "venue", "keywords", "topics", "abstract", "notes")
# Full-text indexes of external content: the table of whose rows each is made,
# and which of its columns goes into which of the index.
_INDEXED = {
    "fulltext": ("fulltext_index", {name: name for name in _TEXTS}),
    "note": ("note_index", {"title": "title", "body": "notes"}),
}


def replace(db: Database, tables: Tables, *, fresh: bool, progress: Progress = lambda _: None) -> int:
    """Make each named table hold exactly these rows; say how many rows were written or removed.

    ``fresh`` says that the tables are empty and without indexes. The caller holds the transaction.
    """
    changed = 0
    for table, rows in tables.items():
        progress(table)
        changed += _fill(db, table, rows) if fresh else _update(db, table, rows)
    if fresh:
        progress("indexes")
        for statement in statements(INDEXES):
            db.execute(statement)
    return changed


def _fill(db: Database, table: str, rows: Iterable[Row]) -> int:
    columns, _ = _columns(db, table)
    marks = ", ".join("?" * len(columns))
    inserted = db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows).rowcount
    if table in _INDEXED:
        index, indexed = _INDEXED[table]
        here, there = ", ".join(indexed), ", ".join(indexed.values())
        db.execute(f"INSERT INTO {index} (rowid, {there}) SELECT id, {here} FROM {table} ORDER BY id")
    return max(inserted, 0)


def _update(db: Database, table: str, rows: Iterable[Row]) -> int:
    columns, primary = _columns(db, table)
    new = list(rows)
    old = db.execute(f"SELECT * FROM {table}").fetchall()
    if old == new:  # as most tables are: rows come in the order of their key, from both sides
        return 0
    gone, come = set(old).difference(new), set(new).difference(old)
    if gone:
        _unindex(db, table, columns, gone)
        where = " AND ".join(f"{columns[i]} = ?" for i in primary)
        names = [tuple(row[i] for i in primary) for row in gone]
        db.executemany(f"DELETE FROM {table} WHERE {where}", names)
    if come:
        marks = ", ".join("?" * len(columns))
        in_order = sorted(come, key=lambda row: tuple(str(row[i]) for i in primary))
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", in_order)
        _index(db, table, columns, in_order)
    return len(gone) + len(come)


def _index(db: Database, table: str, columns: list[str], rows: Iterable[Row]) -> None:
    if table in _INDEXED:
        index, indexed = _INDEXED[table]
        marks = ", ".join("?" * (len(indexed) + 1))
        statement = f"INSERT INTO {index} (rowid, {', '.join(indexed.values())}) VALUES ({marks})"
        db.executemany(statement, _picked(rows, columns, indexed))


def _unindex(db: Database, table: str, columns: list[str], rows: Iterable[Row]) -> None:
    """Take rows out of the index: FTS5 wants the old values of external content back."""
    if table in _INDEXED:
        index, indexed = _INDEXED[table]
        marks = ", ".join("?" * (len(indexed) + 1))
        statement = (
            f"INSERT INTO {index} ({index}, rowid, {', '.join(indexed.values())}) VALUES ('delete', {marks})"
        )
        db.executemany(statement, _picked(rows, columns, indexed))


def _picked(rows: Iterable[Row], columns: list[str], wanted: Iterable[str]) -> list[Row]:
    places = [columns.index("id"), *(columns.index(name) for name in wanted)]
    return [tuple(row[i] for i in places) for row in rows]


def _columns(db: Database, table: str) -> tuple[list[str], list[int]]:
    """The table's columns, and the places of its primary key."""
    described = db.execute(f"PRAGMA table_info({table})").fetchall()
    keyed = sorted((row[5], row[0]) for row in described if row[5])
    return [row[1] for row in described], [place for _, place in keyed]
