"""The database file: what is wrong with it is said in words, with what to do."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import WriteLibrary

from kb import open as open_base
from kb import store
from kb.errors import StoreError
from kb.ingest import ingest

BIB = "@book{one, title = {One}}\n"


def _break(path: Path) -> None:
    """As a damaged file is: it opens, and fails where it is read."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE work")


def test_a_damaged_database_is_told_of_and_not_traced(library: WriteLibrary) -> None:
    """Asked, and written to."""
    home = library(bib={"a.bib": BIB})
    ingest(home)
    _break(home.database)

    with (
        pytest.raises(StoreError, match="move it away, then run: kb ingest"),
        open_base(home.database) as base,
    ):
        base.work("one")
    with pytest.raises(StoreError, match="move it away, then run: kb ingest"):
        ingest(home, rebuild=True)


def test_a_mistake_of_ours_is_not_taken_for_damage(library: WriteLibrary) -> None:
    """It must be seen."""
    home = library(bib={"a.bib": BIB})
    ingest(home)

    with pytest.raises(sqlite3.IntegrityError), store.writing(home.database) as (db, _):
        db.execute("INSERT INTO meta VALUES ('fingerprint', 'x')")


def test_a_library_on_a_medium_that_cannot_be_written_is_read(
    library: WriteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There SQLite cannot make the index of its write-ahead log, and needs none."""
    home = library(bib={"a.bib": BIB})
    ingest(home)
    monkeypatch.setattr(os, "access", lambda *_: False)

    with open_base(home.database) as base:
        assert base.work("one").work.title == "One"
    assert not home.database.with_name("kb.db-shm").exists()
