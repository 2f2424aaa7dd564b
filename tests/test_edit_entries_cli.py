"""``kb set``: one field from the command line, and the command that puts it back."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, WriteLibrary

from kb.library import Library

ODD = """\
@string{law = "Law"}

@article{seto2015,
  title = {{Whole} and 'quoted', $HOME `x` \\$5 "y" ü},
  subtitle = {{All of it}},
  journaltitle = law # { B},
  year = 2015,
  note = {},
  abstract = {Two
  lines – and a	tab},
}

@book{-dash,title={Dash}}
"""
CITED = "@misc{cited1, title = {Only cited}}\n"
KB = "import sys; from kb.cli import main; sys.exit(main())"


def run(home: Library, script: str) -> subprocess.CompletedProcess[bytes]:
    """What a shell makes of a line with ``kb`` in it, in the library's folder."""
    function = f'kb() {{ {shlex.quote(sys.executable)} -c {shlex.quote(KB)} "$@"; }}'
    return subprocess.run(
        ["/bin/sh", "-c", f"{function}\n{script}"],
        cwd=home.root,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONWARNINGS": "error", "HOME": "/nowhere"},
        capture_output=True,
        check=False,
        timeout=120,
    )


def texts(home: Library) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(home.references).iterdir()}


@pytest.mark.parametrize(
    "change",
    [
        "seto2015 'title=New' subtitle=S journaltitle=J 'year=in press' note=n abstract=a",
        "seto2015 'year:=2016' 'journaltitle:=law # { C}' title='{One pair of braces}'",
        "-- -dash 'title=O’Brien'",
    ],
)
def test_the_command_that_is_printed_puts_all_back(library: WriteLibrary, change: str) -> None:
    """Pasted into a shell, whatever signs the values hold: the same bytes."""
    home = library(bib={"a.bib": ODD})
    before = texts(home)

    done = run(home, f"kb set {change}")
    after = texts(home)
    _, _, undo = done.stdout.decode().partition("To undo: ")
    undone = run(home, undo)

    assert (done.returncode, done.stderr) == (0, b"")
    assert after != before
    assert undo.startswith("kb set ")
    assert (undone.returncode, undone.stderr) == (0, b"")
    assert texts(home) == before


def test_values_are_taken_as_they_are_typed(library: WriteLibrary) -> None:
    """With one pair of braces around them or without, and whole with :=."""
    home = library(bib={"a.bib": "@book{one,\n  year = 2015,\n}\n"})

    done = run(home, "kb set one pages={1-20} 'title={{CSAM} = x}' 'note={a} {b}' year:=2016 month=oct")

    assert done.returncode == 0, done.stderr
    assert texts(home)["a.bib"] == (
        b"@book{one,\n  year = 2016,\n  pages = {1-20},\n  title = {{CSAM} = x},\n  note = {{a} {b}},\n"
        b"  month = oct,\n}\n"
    )


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ("seto2016 title=x", 1, b"Did you mean seto2015?"),
        ("cited1 title=x", 1, b"known from reference lists only"),
        ("seto2015 title", 2, b"is no change"),
        ("seto2015 title=x Title:={y}", 2, b"set twice"),
        ("seto2015 citekey=x", 1, b"kb rename"),
    ],
)
def test_what_cannot_be_set_is_said_and_nothing_written(
    library: WriteLibrary, change: str, code: int, says: bytes
) -> None:
    """Exit code 2 for a change that is none, 1 for one that cannot be made; no traceback."""
    home = library(bib={"a.bib": ODD, "cited.bib": CITED})
    before = texts(home)

    done = run(home, f"kb set {change}")

    assert done.returncode == code
    assert says in b" ".join(done.stderr.replace("│".encode(), b" ").split())
    assert b"Traceback" not in done.stderr
    assert texts(home) == before


def test_an_owned_file_stays_and_the_overlay_goes_when_it_is_put_back(library: WriteLibrary) -> None:
    """The store shows what overlay.bib says."""
    home = library(bib={"a.bib": ODD})
    (home.root / "kb.toml").write_text('readonly = ["references/a.bib"]\n')

    done = run(home, "kb set seto2015 title=Ours")
    shown = run(home, "kb show seto2015")
    undo = done.stdout.decode().partition("To undo: ")[2]

    assert done.returncode == 0, done.stderr
    assert texts(home) == {
        "a.bib": ODD.encode(),
        "overlay.bib": b"@article{seto2015,\n  title = {Ours},\n}\n",
    }
    assert b"Ours: All of it" in shown.stdout
    assert run(home, undo).returncode == 0
    assert texts(home) == {"a.bib": ODD.encode()}
