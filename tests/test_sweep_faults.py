"""Killed at any instant, the store is as it was, or as it should be; readers never see between."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT

from kb import open as open_base
from kb.ingest import ingest
from kb.library import Library, open_library

pytestmark = pytest.mark.sweep

KILLS = 20
_RUN = "import sys; from kb.cli import main; sys.argv[0] = 'kb'; main()"


def _dump(database: Path) -> list[tuple[object, ...]]:
    """All that tells one state of the store from another: counts and problems, and that it is whole."""
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
            )
        ]
        return sorted((name, sorted(db.execute(f"SELECT * FROM {name}"), key=repr)) for name in tables)


def _change(library: Library, turn: int, *, entries: int = 400) -> None:
    path = library.references / "sweep.bib"
    written = (
        f"@book{{sweep{turn}x{i}, title = {{Turn {turn}}}, date = {{2001}}}}\n" for i in range(entries)
    )
    path.write_text("".join(written), encoding="utf-8")


def test_an_ingest_killed_at_any_instant_leaves_a_whole_store(copied: Library) -> None:
    """SIGKILL after a random while; the next ingest brings the store up to the text."""
    chance = random.Random(20261121)
    before = _dump(copied.database)
    for turn in range(KILLS):
        _change(copied, turn)
        fresh = open_library(copied.root, database=copied.root / "fresh.db")
        fresh.database.unlink(missing_ok=True)
        ingest(fresh)
        after = _dump(fresh.database)
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, "ingest", "--library", str(copied.root)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.2, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert _dump(copied.database) in (before, after)
        ingest(copied)
        before = _dump(copied.database)
        assert before == after


def test_readers_see_the_store_before_or_after_an_ingest(copied: Library) -> None:
    """Counts read while another process writes are those of one state or of the other."""
    with open_base(copied.database) as base:
        seen = {base.counts().held}
    for turn in range(6):
        _change(copied, turn)
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, "ingest", "--library", str(copied.root)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None:
            with open_base(copied.database) as base:
                assert len(base.held()) == base.counts().held
                seen.add(base.counts().held)
    assert seen == {298, 698}


def test_a_full_disk_changes_nothing(copied: Library) -> None:
    """The error is a sentence, the store is as it was."""
    _change(copied, 0, entries=40_000)
    before = _dump(copied.database)
    blocks = copied.database.stat().st_size // 1024 + 40
    limited = f'ulimit -f {blocks}; exec "$@"'
    done = subprocess.run(
        [
            *("bash", "-c", limited, "limited", sys.executable, "-c", _RUN),
            *("ingest", "--library", str(copied.root)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert _dump(copied.database) == before
