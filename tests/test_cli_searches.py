"""kb search in a pipe, and kb searches: saved, listed, run again, recorded, reported, forgotten."""

import csv
import io
import json
import os
import shlex
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, WriteLibrary
from typer.testing import CliRunner

from kb.cli import app
from kb.errors import FormatError, KBError
from kb.ingest import ingest
from kb.library import Library

BIB = """\
@article{one2001, title = {Warning messages}, date = {2001}, author = {Lätth, Johanna}}
@article{two2002, title = {Warning signs}, date = {2002}}
@article{three2003, title = {Helplines}, date = {2003}}
"""
TOPIC = "---\nkind: topic\nlabel: Warning messages\nalt: [alerts]\nfacet: intervention\n---\n"
FORMATS = ("table", "keys", "json", "csv", "bibtex", "ris", "csl", "md")
SAVED = "notes/searches/warnings.md"


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """Three works, ingested."""
    made = library(bib={"a.bib": BIB}, notes={"topics/warnings-topic.md": TOPIC})
    ingest(made)
    return made


@dataclass
class Done:
    """What a command wrote, and how it ended."""

    stdout: str
    stderr: str
    code: int


def kb(home: Library, *arguments: str, stdin: str = "", code: int = 0) -> Done:
    """A command on the library, without a process of its own; it ends as it should."""
    asked = [*arguments, "--library", str(home.root), "--db", str(home.database)]
    ran = CliRunner().invoke(app, asked, input=stdin)
    said, ended = ran.stderr, ran.exit_code
    if isinstance(ran.exception, KBError):  # main() says it in a sentence
        said, ended = f"{said}{ran.exception}", 2 if isinstance(ran.exception, FormatError) else 1
    assert ended == code, said or ran.exception
    return Done(ran.stdout, said, ended)


def piped(home: Library, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """The installed command, writing into a pipe."""
    return subprocess.run(
        [sys.executable, "-c", "from kb.cli import main; main()", *arguments],
        cwd=home.root,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONWARNINGS": "error", "TERM": "xterm"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )


def save(home: Library) -> None:
    """A search saved, with its first run."""
    done = kb(home, "search", "warning", "--save", "warnings", "--why", "To see.", "--by", "A. L.")
    assert SAVED in done.stderr


# --- search in a pipe


@pytest.mark.parametrize("form", FORMATS)
def test_what_leaves_on_stdout_is_the_format_and_no_more(home: Library, form: str) -> None:
    """Messages go to stderr; in JSON they stand with the rest."""
    done = kb(home, "search", "alerts", "topic:nowhere OR warning", "--format", form)
    if form == "json":
        assert json.loads(done.stdout)["messages"]
    else:
        assert "also searched as" in done.stderr
        assert "searched as" not in done.stdout


def test_each_format_is_whole(home: Library) -> None:
    """Every format holds the works found, as another program reads it."""
    said = {form: kb(home, "search", "warning", "--format", form).stdout for form in FORMATS}
    assert sorted(said["keys"].splitlines()) == ["one2001", "two2002"]
    assert {row["citekey"] for row in csv.DictReader(io.StringIO(said["csv"]))} == {"one2001", "two2002"}
    assert {one["id"] for one in json.loads(said["csl"])} == {"one2001", "two2002"}
    assert said["bibtex"].count("@article{") == 2
    assert said["ris"].count("TY  - ") == said["ris"].count("ER  -") == 2
    assert said["md"].count("\n") == 2
    assert len(json.loads(said["json"])["hits"]) == 2


def test_what_was_left_out_by_the_limit_is_said(home: Library) -> None:
    """On stderr, so that nobody takes a part for the whole."""
    done = kb(home, "search", "warning", "--format", "keys", "--limit", "1")
    assert len(done.stdout.splitlines()) == 1
    assert "1 of 2 works" in done.stderr


def test_where_nothing_is_found_what_would_be_is_offered(home: Library) -> None:
    """On stderr, in every format; the output is empty, and no failure."""
    for form in ("table", "keys"):
        done = kb(home, "search", "helplinez", "--format", form)
        assert "Did you mean: helplines?" in done.stderr
        assert "helplines" not in done.stdout


def test_citekeys_pipe_into_an_export(home: Library) -> None:
    """kb search … --format keys | kb export --keys - --to bibtex."""
    keys = kb(home, "search", "warning", "--format", "keys").stdout
    exported = kb(home, "export", "--keys", "-", "--to", "bibtex", stdin=f"\ufeff{keys}\n\n").stdout
    assert exported == kb(home, "search", "warning", "--format", "bibtex").stdout
    assert kb(home, "export", "--keys", "-", stdin="").stdout == ""
    assert "No work" in kb(home, "export", "--keys", "-", stdin="nobody\n", code=1).stderr


@pytest.mark.e2e
@pytest.mark.parametrize("form", ["table", "csl"])
def test_in_a_pipe_there_is_no_colour_and_a_reader_may_go_away(home: Library, form: str) -> None:
    """As head does: no traceback, and no failure that a person would see."""
    done = piped(home, "search", "warning", "--format", form)
    assert (done.returncode, "\x1b" in done.stdout + done.stderr) == (0, False)
    left, right = os.pipe()
    os.close(left)
    try:
        done = piped(home, "search", "warning", "--format", form, stdout=right)
    finally:
        os.close(right)
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "xml"), "not a format"),
        (("--sort", "size"), "no order"),
        (("--why", "w"), "--save"),
        (("--only", "colour:red"), "no field with a value"),
        (("--only", "tool:"), "no field with a value"),
        (("--off", "warnings-topik"), "Nearest: warnings-topic"),
        (("--only", "author:seto", "--save", "x", "--why", "w"), "cannot be saved"),
        (("--only", "year:2001", "--only", "year:2002", "--save", "x", "--why", "w"), "cannot be saved"),
        (("-police",), "quotation marks"),
    ],
)
def test_wrong_usage_is_refused(home: Library, arguments: tuple[str, ...], said: str) -> None:
    """With what there is to choose from, and before anything is printed."""
    done = kb(home, "search", "warning", *arguments, code=2)
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert not done.stdout


def test_a_word_is_left_out_in_quotation_marks_or_after_two_dashes(home: Library) -> None:
    """And the value of an option may begin with a dash."""
    options = ("--format", "keys", "--library", str(home.root), "--db", str(home.database))
    for query in (["warning -signs"], ["--", "warning", "-signs"]):
        ran = CliRunner().invoke(app, ["search", *options, *query])
        assert ran.stdout.split() == ["one2001"]
    kb(home, "search", "warning", "--save", "mine", "--why", "-for nobody")


def test_only_narrows_all_that_is_found(home: Library) -> None:
    """Whatever the query's own words say; without words, it is all works that fit."""
    every = ("--format", "keys", "--only", "year:2002..", "--only", "is:held")
    found = kb(home, "search", "warning OR helplines", *every).stdout.split()
    assert sorted(found) == ["three2003", "two2002"]
    assert sorted(kb(home, "search", "", *every).stdout.split()) == ["three2003", "two2002"]
    assert not kb(home, "search", "warning", "--format", "keys", "--only", "topic:nowhere").stdout


@pytest.mark.parametrize("query", ["year:2001 OR title:helplines", "warning -signs", "", "--b OR signs"])
def test_the_recorded_command_finds_the_recorded_works(home: Library, query: str) -> None:
    """Facets and all: it is run here as it stands in the note."""
    only = ("--only", "year:2002..", "--only", "is:held")
    options = ("--save", "mine", "--why", "w", "--library", str(home.root), "--db", str(home.database))
    ran = CliRunner().invoke(app, ["search", *options, *only, "--", query])
    assert ran.exit_code == 0, ran.stderr
    said = json.loads(kb(home, "searches", "report", "mine", "--to", "json").stdout)
    kb_, search, *words = shlex.split(said["run"]["command"])
    again = CliRunner().invoke(app, [search, *options[4:], *words])
    assert (kb_, sorted(again.stdout.split())) == ("kb", said["works"])


# --- saved searches


def test_a_search_is_saved_listed_and_shown(home: Library) -> None:
    """The note, the list, the note's own page; and JSON of each."""
    assert "0 saved searches" in kb(home, "searches").stdout
    save(home)
    text = (home.root / SAVED).read_text("utf-8")
    assert 'query: "warning"' in text
    assert "one2001" in text
    listed = kb(home, "searches").stdout
    assert "warnings  warning" in listed
    assert "2 works" in listed
    [one] = json.loads(kb(home, "searches", "--json").stdout)
    assert (one["slug"], one["query"], one["runs"], one["last"]["total"]) == ("warnings", "warning", 1, 2)
    shown = kb(home, "show", "warnings").stdout
    assert "Why: To see." in shown
    assert "2 held" in shown
    assert json.loads(kb(home, "show", "warnings", "--json").stdout)["kind"] == "search"


def test_options_are_saved_with_the_search(home: Library) -> None:
    """As they were given on the command line."""
    kb(home, "search", "alerts", "--literal", "--all", "--save", "mine", "--why", "w")
    [one] = json.loads(kb(home, "searches", "--json").stdout)
    assert (one["literal"], one["all_words"], one["last"]["total"]) == (True, True, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--save", "warnings"), "a reason is needed"),
        (("--save", "Not a slug", "--why", "w"), "cannot be a slug"),
        (("--save", "warnings-topic", "--why", "w"), "exists already"),
    ],
)
def test_what_cannot_be_saved_is_said(home: Library, arguments: tuple[str, ...], said: str) -> None:
    """Nothing is written, and it is said before the results are printed."""
    done = kb(home, "search", "warning", *arguments, code=1)
    assert said in done.stderr
    assert not done.stdout
    assert not (home.notes / "searches").exists()


def test_a_run_tells_what_is_new_and_writes_only_when_asked(home: Library, library: WriteLibrary) -> None:
    """--record writes it; forget takes it out again, byte by byte."""
    save(home)
    path = home.root / SAVED
    before = path.read_bytes()
    later = BIB.replace("{Warning signs}", "{Signs}").replace("{Helplines}", "{Helplines with a warning}")
    library(bib={"a.bib": later})
    ingest(home)

    done = kb(home, "searches", "run", "warnings")
    assert ": 1, gone: 1." in done.stdout
    assert "three2003" in done.stdout
    assert "gone: the search does not find it" in done.stdout
    assert path.read_bytes() == before
    said = json.loads(kb(home, "searches", "run", "warnings", "--json").stdout)
    assert ([one["citekey"] for one in said["new"]], said["gone"]) == (["three2003"], ["two2002"])

    done = kb(home, "searches", "run", "warnings", "--record", "--by", "B. M.")
    assert "kb searches forget warnings" in done.stderr
    assert path.read_text("utf-8").count("  - on: ") == 2
    assert "1 new, 1 gone" in kb(home, "show", "warnings").stdout
    assert "Taken out" in kb(home, "searches", "forget", "warnings").stdout
    assert path.read_bytes() == before


def test_what_is_recorded_is_what_the_text_says(home: Library, library: WriteLibrary) -> None:
    """A .bib that changed since the last ingest is read first."""
    save(home)
    library(bib={"b.bib": "@book{four2004, title = {Warning}, date = {2004}}\n"})
    assert "four2004" in kb(home, "searches", "run", "warnings", "--record").stdout


def test_answers_are_of_the_text_as_it_is_now(home: Library, library: WriteLibrary) -> None:
    """Not of the last ingest; a database that is named alone stays as it is."""
    save(home)
    library(bib={"b.bib": "@book{four2004, title = {Warning}, date = {2004}}\n"})
    alone = ["searches", "run", "warnings", "--db", str(home.database)]
    assert "New since" in CliRunner().invoke(app, alone).stdout
    assert "four2004" not in CliRunner().invoke(app, alone).stdout
    assert "four2004" in kb(home, "searches", "run", "warnings").stdout
    (home.root / SAVED).rename(home.notes / "searches" / "renamed.md")
    assert "renamed  warning" in kb(home, "searches").stdout
    library(bib={"c.bib": "@book{five2005, title = {Other}, date = {2005}}\n"})
    said = json.loads(kb(home, "searches", "report", "renamed", "--to", "json").stdout)
    assert (said["run"]["searched"]["held"], said["now"]["searched"]["held"]) == (3, 5)


def test_where_the_store_cannot_be_brought_up_to_date_it_is_said(
    home: Library, library: WriteLibrary, tmp_path: Path
) -> None:
    """And the answer is that of the last ingest."""
    save(home)
    with sqlite3.connect(home.database) as other:
        other.execute("BEGIN IMMEDIATE")
        done = kb(home, "searches")
    assert "as of the last ingest" in done.stderr
    assert "warnings  warning" in done.stdout


def test_a_report_on_a_query_that_means_something_else_now_says_so(
    home: Library, library: WriteLibrary
) -> None:
    """On stderr too, where a person looks."""
    kb(home, "search", "alerts", "--save", "mine", "--why", "w")
    assert "otherwise" not in kb(home, "searches", "report", "mine").stderr
    library(notes={"topics/warnings-topic.md": TOPIC.replace("[alerts]", "[alerts, alarms]")})
    done = kb(home, "searches", "report", "mine")
    assert "understood otherwise" in done.stderr
    assert "Today it is understood otherwise" in done.stdout


@pytest.mark.parametrize("form", ["md", "json", "csv", "txt"])
def test_the_record_is_printed_or_written(home: Library, form: str, tmp_path: Path) -> None:
    """The same bytes either way."""
    save(home)
    printed = kb(home, "searches", "report", "warnings", "--to", form).stdout
    kb(home, "searches", "report", "warnings", "--to", form, "-o", str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes().decode().replace("\r\n", "\n") == printed
    assert "Peer review of the search" in printed
    assert "A. L." in printed


def test_unknown_names_and_formats_are_refused(home: Library) -> None:
    """With the nearest."""
    save(home)
    assert "Did you mean warnings" in kb(home, "searches", "run", "warning-s", code=1).stderr
    assert "not a format" in kb(home, "searches", "report", "warnings", "--to", "pdf", code=2).stderr
