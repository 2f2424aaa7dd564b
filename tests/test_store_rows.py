"""The store as a set of rows: what is there afterwards is what was given."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import store
from kb.errors import StoreError
from kb.ids import row_numbers

_TEXTS = st.sampled_from(["CPORT validation", "Self-help", "STABLE-2007", ""])


def _rows(texts: dict[str, str]) -> store.Tables:
    numbers = row_numbers(texts)
    return {
        "alias": [(f"{citekey}-alias", citekey) for citekey in texts],
        "fulltext": sorted((numbers[c], text, "", "", "", "", "", "") for c, text in texts.items()),
    }


def _dump(db: store.Database) -> dict[str, object]:
    found: dict[str, object] = {
        table: set(db.execute(f"SELECT * FROM {table}")) for table in ("alias", "fulltext")
    }
    db.execute("INSERT INTO fulltext_index (fulltext_index, rank) VALUES ('integrity-check', 1)")
    for word in ("cport", "help", "stable", "validation"):
        match = "SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH ?"
        found[word] = {row[0] for row in db.execute(match, (word,))}
    return found


@given(st.lists(st.dictionaries(st.sampled_from("abcde"), _TEXTS), min_size=1, max_size=4))
def test_a_store_changed_step_by_step_equals_one_made_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]]
) -> None:
    """Rows and full-text index alike, whatever was there before."""
    folder = tmp_path_factory.mktemp("rows")
    for texts in steps:
        with store.writing(folder / "stepwise.db") as (db, fresh):
            store.replace(db, _rows(texts), fresh=fresh)
            stepwise = _dump(db)
    with store.writing(folder / "once.db") as (db, fresh):
        assert fresh
        store.replace(db, _rows(steps[-1]), fresh=fresh)
        assert stepwise == _dump(db)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """The same rows again write nothing; one change writes one row out and one in."""
    with store.writing(tmp_path / "kb.db") as (db, fresh):
        store.replace(db, _rows({"a": "one", "b": "two"}), fresh=fresh)
    with store.writing(tmp_path / "kb.db") as (db, fresh):
        assert not fresh
        assert store.replace(db, _rows({"a": "one", "b": "two"}), fresh=fresh) == 0
        assert store.replace(db, _rows({"a": "one", "b": "other"}), fresh=fresh) == 2


def test_a_write_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """One transaction, also for the schema."""
    path = tmp_path / "kb.db"
    with store.writing(path) as (db, fresh):
        store.replace(db, _rows({"a": "one"}), fresh=fresh)

    def interrupted() -> None:
        with store.writing(path) as (db, fresh):
            store.replace(db, _rows({"b": "two"}), fresh=fresh)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.open_reader(path).execute("SELECT citekey FROM alias").fetchall() == [("a",)]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """It is refused with a remedy, and keeps its tables."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreError, match="another program"), store.writing(path):
        pass
    with pytest.raises(StoreError, match="kb ingest"):
        store.open_reader(path)
    after = sqlite3.connect(path)
    assert after.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    assert after.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    after.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Junk is named, not overwritten."""
    path = tmp_path / "kb.db"
    path.write_text("These are not the bytes of a database, though there are many of them." * 20)
    with pytest.raises(StoreError, match="not a database"), store.writing(path):
        pass
    with pytest.raises(StoreError, match="cannot be read"):
        store.open_reader(path)
    assert path.read_text().startswith("These are not")


def test_a_store_of_another_version_is_made_anew(tmp_path: Path) -> None:
    """Readers are told to ingest; a writer starts from empty tables."""
    path = tmp_path / "kb.db"
    with store.writing(path) as (db, fresh):
        store.replace(db, _rows({"a": "one"}), fresh=fresh)
    with store.writing(path) as (db, _):
        db.execute("PRAGMA user_version = 1")
    with pytest.raises(StoreError, match="another version"):
        store.open_reader(path)
    with store.writing(path) as (db, fresh):
        assert fresh
        assert db.execute("SELECT count(*) FROM alias").fetchone() == (0,)
        store.replace(db, _rows({"b": "two"}), fresh=fresh)
    assert store.open_reader(path).execute("SELECT citekey FROM alias").fetchall() == [("b",)]


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    """One writer at a time; readers see the store as it was."""
    path = tmp_path / "kb.db"
    with store.writing(path) as (db, fresh):
        store.replace(db, _rows({"a": "one"}), fresh=fresh)
    with store.writing(path) as (db, fresh):
        store.replace(db, _rows({"b": "two"}), fresh=fresh)
        assert store.open_reader(path).execute("SELECT citekey FROM alias").fetchall() == [("a",)]
        with pytest.raises(StoreError, match="Another ingest"), store.writing(path, patience=0.1):
            pass
