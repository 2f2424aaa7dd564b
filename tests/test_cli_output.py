"""What leaves the command line: whole in any encoding, and no traceback where it cannot leave."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, WriteLibrary

from kb.ingest import ingest
from kb.library import Library

BIB = "@book{one, title = {“One” – Ω}, author = {Lätth, J.}}\n"


def _kb(
    home: Library, *arguments: str, stdout: int = subprocess.PIPE, **more: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from kb.cli import main; main()", *arguments, "--db", str(home.database)],
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONWARNINGS": "error", **more},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """One work with letters that many encodings lack."""
    made = library(bib={"a.bib": BIB})
    ingest(made)
    return made


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_lacks_a_letter_still_gets_the_rest(home: Library, encoding: str) -> None:
    """JSON and exports are UTF-8 always, for they become files."""
    shown = _kb(home, "search", "one", PYTHONIOENCODING=encoding)
    assert (shown.returncode, b"Traceback" in shown.stderr) == (0, False)
    said = json.loads(_kb(home, "search", "one", "--json", PYTHONIOENCODING=encoding).stdout.decode("utf-8"))
    assert said["hits"][0]["work"]["title"] == "“One” – Ω"
    assert "“One” – Ω" in _kb(home, "export", "one", PYTHONIOENCODING=encoding).stdout.decode("utf-8")


@pytest.mark.skipif(not os.path.lexists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_is_said_in_a_sentence(home: Library) -> None:
    """Exit 1, once, without a traceback."""
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = _kb(home, "search", "one", stdout=full)
    finally:
        os.close(full)
    assert done.returncode == 1
    assert done.stderr.decode().endswith("kb: the output could not be written: No space left on device.\n")
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_reader_that_goes_away_is_no_failure(home: Library) -> None:
    """As with `kb search … | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = _kb(home, "search", "one", stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "wrong",
    [
        ("search", "one", "--limit", "9" * 30),
        ("search", "one", "--limit", "0"),
        ("serve", "--port", "99999"),
        ("export", "one", "--tool", "two"),
        ("export", "--list", "a", "--tool", "b"),
    ],
)
def test_wrong_usage_exits_with_2(home: Library, wrong: tuple[str, ...]) -> None:
    """Numbers that cannot be, and questions that contradict each other."""
    done = _kb(home, *wrong)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


def test_an_unreadable_file_costs_only_itself(tmp_path: Path) -> None:
    """The others that were named are read."""
    (tmp_path / "a.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "b.bib").symlink_to("nowhere.bib")
    done = subprocess.run(
        [sys.executable, "-c", "from kb.cli import main; main()", "read", "a.bib", "b.bib", "--json"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        check=False,
        timeout=60,
    )
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert [record["citekey"] for record in said["records"]] == ["one"]
    assert [problem["code"] for problem in said["problems"]] == ["file-unreadable"]
