"""The database file: opened, checked, and written in one transaction or not at all."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from kb.errors import StoreError

Database: TypeAlias = sqlite3.Connection

_APPLICATION = 0x6B622D65  # "kb-e": the file is ours, and may be rebuilt
_SCHEMA = (files("kb.store") / "schema.sql").read_text("utf-8")
TABLES, _REST = _SCHEMA.split("-- @indexes", 1)
INDEXES, _READER = _REST.split("-- @reader", 1)
_VERSION = int.from_bytes(blake2b(_SCHEMA.encode(), digest_size=3).digest(), "big")
_BUSY_SECONDS = 10.0
_READ_CACHE = "PRAGMA cache_size = -32768"  # 32 MB: one search reads more than the usual 2
_REMEDY = (
    "See that the file and its folder may be read and written. "
    "If they may, it is damaged: move it away, then run: kb ingest"
)


def open_reader(path: Path) -> Database:
    """A read-only connection; it sees the store before or after an ingest, never between.

    Raises:
        StoreError: No store lies there, or not one of this version.
    """
    db = None
    try:
        if not path.is_file():
            raise StoreError(f"There is no database at {path}. Make it with: kb ingest")
        # No transactions but those asked for: one left open would show old rows for ever.
        db = sqlite3.connect(_address(path), uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        db.execute(_READ_CACHE)
        for statement in statements(_READER):
            db.execute(statement)
        current = _is_current(db)
    except (OSError, sqlite3.DatabaseError) as error:
        if db:
            db.close()
        raise StoreError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    if not current:
        db.close()
        message = f"{path} was made by another version of this program. Bring it up to date with: kb ingest"
        raise StoreError(message)
    return db


def hold(db: Database) -> None:
    """Let this reader see the store as it is now for as long as it is open, whatever is written meanwhile."""
    db.execute("BEGIN")
    db.execute("SELECT count(*) FROM meta").fetchone()  # a snapshot begins with the first row read


def _address(path: Path) -> str:
    """The file as SQLite opens it for reading, also on a medium that cannot be written.

    There the index of a write-ahead log cannot be made; but nobody else writes there either.
    """
    place = path.resolve()
    fixed = not os.access(place.parent, os.W_OK) and not place.with_name(f"{place.name}-wal").exists()
    return f"{place.as_uri()}?mode=ro" + ("&immutable=1" if fixed else "")


def raise_damaged(error: BaseException | None) -> None:
    """Say in words what to do if ``error``, met while reading, is the database's.

    Raises:
        StoreError: It is.
    """
    if _is_damage(error):
        raise StoreError(f"The database cannot be read ({error}). {_REMEDY}") from error


def _is_damage(error: BaseException | None) -> bool:
    """Whether an error is the file's; others of SQLite's are mistakes of ours, and should be seen."""
    return type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError)


@contextmanager
def writing(path: Path, *, patience: float = _BUSY_SECONDS) -> Iterator[tuple[Database, bool]]:
    """A connection inside one transaction, and whether the store is new and empty.

    ``patience`` is how many seconds to wait for another writer. A store of
    another schema is emptied and made anew, in the same transaction. If the
    block raises, the store is as it was.

    Raises:
        StoreError: The file is not ours, cannot be written, or another ingest is running.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=patience, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be written ({error}). Name another place with --db.") from error
    try:
        fresh = _begin(db, path)
        yield db, fresh
        db.execute("COMMIT")
    except BaseException as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        if _is_damage(error):
            raise StoreError(f"{path} cannot be written ({error}). {_REMEDY}") from error
        raise
    finally:
        db.close()


def _begin(db: Database, path: Path) -> bool:
    """Take the write lock; make the tables if need be, and say whether that was so."""
    try:
        _refuse_strangers(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN IMMEDIATE")
        if _is_current(db):
            return False
        _make(db)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            message = f"Another ingest is writing {path}. Wait for it, then try again."
        else:
            message = f"{path} cannot be written ({error}). {_REMEDY}"
        raise StoreError(message) from error
    except sqlite3.DatabaseError as error:
        message = f"{path} is not a database ({error}). Move it away, or name another with --db."
        raise StoreError(message) from error
    return True


def _is_current(db: Database) -> bool:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    return bool(application == _APPLICATION and version == _VERSION)


def _refuse_strangers(db: Database, path: Path) -> None:
    ours = db.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not (ours or empty):
        message = f"{path} is a database of another program; it was left alone. Name another with --db."
        raise StoreError(message)


def _make(db: Database) -> None:
    for kind, name in _objects(db):
        db.execute(f'DROP {kind} IF EXISTS "{name}"')  # names come from our own schema
    for statement in statements(TABLES):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {_APPLICATION}")
    db.execute(f"PRAGMA user_version = {_VERSION}")


def _objects(db: Database) -> list[tuple[str, str]]:
    """What to drop: virtual tables first, for they own shadow tables."""
    rows = db.execute(
        "SELECT type, name, sql LIKE 'CREATE VIRTUAL%' AS virtual FROM sqlite_master "
        "WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY virtual DESC, name"
    ).fetchall()
    virtual = [name for _, name, is_virtual in rows if is_virtual]
    shadows = tuple(f"{name}_" for name in virtual)
    return [(kind.upper(), name) for kind, name, _ in rows if not (shadows and name.startswith(shadows))]


def statements(script: str) -> list[str]:
    """The statements of an SQL script, so that they run inside a transaction (executescript commits)."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
