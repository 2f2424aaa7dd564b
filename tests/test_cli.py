"""The command line: results on stdout, problems on stderr, helpful errors, no traceback."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import bibtexparser
import pytest
from conftest import ROOT, WriteLibrary

from kb.library import Library

BIB = """\
@book{one, title = {First}, date = {2001}, author = {Lätth, Johanna}}
@book{two, title = {Second}, date = {2002}, cites = {one}}
"""


COMMANDS = {
    "ingest",
    "read",
    "search",
    "searches",
    "thesaurus",
    "show",
    "new",
    "cites",
    "cited-by",
    "related",
    "missing",
    "list",
    "export",
    "import",
    "duplicates",
    "set",
    "check",
    "serve",
}


def kb(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The installed command, as a user runs it."""
    return subprocess.run(
        [sys.executable, "-c", "from kb.cli import main; main()", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def on(library: Library, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command on a library, which need not be here."""
    return kb(*arguments, "--library", str(library.root), "--db", str(library.database))


def test_every_command_has_help_with_an_example() -> None:
    """And the overview names them all."""
    overview = kb("--help")
    assert overview.returncode == 0
    listed = overview.stdout.split("Commands:")[1]
    names = [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "]
    assert set(names) == COMMANDS
    for name in names:
        text = kb(name, "--help").stdout
        assert f"Example: kb {name}" in text, name


def test_help_does_not_import_what_it_does_not_need() -> None:
    """Heavy libraries are imported where they are needed."""
    code = "import sys; import kb.cli; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {
        "streamlit",
        "networkx",
        "bibtexparser",
        "pylatexenc",
        "ruamel",
        "markdown_it",
        "rapidfuzz",
        "sqlite3",
    }
    assert not heavy & set(loaded.stdout.split())


def test_ingest_reports_problems_on_stderr_and_counts_on_stdout(library: WriteLibrary) -> None:
    """Exit 0 with problems, 1 with --strict."""
    home = library(bib={"a.bib": BIB.replace("{one}}", "{nobody}}")}, notes={})

    done = on(home, "ingest")
    assert done.returncode == 0
    assert "references/a.bib:2: cites-unknown" in done.stderr
    assert "2 works" in done.stdout
    assert "1 error" in done.stdout
    assert on(home, "ingest", "--strict").returncode == 1
    assert on(home, "check", "--strict").returncode == 1
    report = json.loads(on(home, "ingest", "--json").stdout)
    assert (report["unchanged"], report["counts"]["errors"]) == (1, 1)


def test_read_prints_records_and_problems_as_json(tmp_path: Path) -> None:
    """The shape that DESIGN promises; no store is made."""
    path = tmp_path / "x.bib"
    path.write_text(BIB + "@article{broken, title = {Never closed\n", encoding="utf-8")

    done = kb("read", "x.bib", "--json", cwd=tmp_path)

    assert done.returncode == 0
    said = json.loads(done.stdout)
    first = said["records"][0]
    assert {
        "source": "x.bib",
        "line": 1,
        "citekey": "one",
        "type": "book",
        "title": "First",
        "year": 2001,
    }.items() <= first.items()
    assert first["authors"][0]["family"] == "Lätth"
    assert {"source": "x.bib", "line": 3}.items() <= said["problems"][0].items()
    assert kb("read", "x.bib", "--strict", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "kb.db").exists()


def test_reading_a_file_that_is_not_there_fails_in_a_sentence(tmp_path: Path) -> None:
    """Exit 1, a named problem."""
    done = kb("read", "none.bib", cwd=tmp_path)
    assert done.returncode == 1
    assert "none.bib" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["table", "keys", "json", "csv", "bibtex", "md"])
def test_search_prints_in_every_format(shipped: Library, form: str) -> None:
    """Each names the works found, and only results go to stdout."""
    done = on(shipped, "search", "STABLE-2007", "--format", form, "--limit", "3")
    assert done.returncode == 0
    keys = on(shipped, "search", "STABLE-2007", "--format", "keys", "--limit", "3").stdout.split()
    assert len(keys) == 3
    if form == "json":
        assert [hit["work"]["citekey"] for hit in json.loads(done.stdout)["hits"]] == keys
    elif form == "csv":
        assert [row["citekey"] for row in csv.DictReader(io.StringIO(done.stdout))] == keys
    elif form == "bibtex":
        assert [entry.key for entry in bibtexparser.parse_string(done.stdout).entries] == keys
    elif form != "md":
        assert all(key in done.stdout for key in keys)


def test_search_tells_what_it_did(shipped: Library) -> None:
    """Widened, as written only, and explained."""
    assert "was also searched as" in on(shipped, "search", "IIOC").stderr
    assert "was also searched as" not in on(shipped, "search", "IIOC", "--literal").stderr
    assert "with some of your words" in on(shipped, "search", "CPORT helpline Spain", "--limit", "200").stdout
    assert "Full text" in on(shipped, "search", "IIOC", "--explain").stdout
    assert on(shipped, "search", "qqqqqq").stdout == "No work matches.\n"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("seto2015predicting", "Cited by"),
        ("10.1177/1079063218762434", "eke2019validation"),
        ("cport", "Findings:"),
        ("CSAM", "Other names:"),
        ("get-help", "programme"),
        ("cport-validation", "dissent"),
        ("help", "page"),
    ],
)
def test_show_finds_things_by_any_name(shipped: Library, name: str, says: str) -> None:
    """Works, tools, topics, programmes, lists, pages; and as JSON."""
    done = on(shipped, "show", name)
    assert done.returncode == 0
    assert says in done.stdout
    json.loads(on(shipped, "show", name, "--json").stdout)


def test_a_tool_as_json_has_its_findings_and_whose_they_are(shipped: Library) -> None:
    """As many as the tool's page counts, each with its work and what is known of its independence."""
    said = json.loads(on(shipped, "show", "cport", "--json").stdout)
    assert said["note"]["slug"] == "cport"
    assert f"Findings: {len(said['findings'])}\n" in on(shipped, "show", "cport").stdout
    assert {"value", "because"} <= said["findings"][0]["independence"].keys()
    assert {one["work"]["citekey"] for one in said["findings"]} <= {one["citekey"] for one in said["works"]}


def test_unknown_names_bring_candidates(shipped: Library) -> None:
    """Exit 1, one sentence, the nearest name."""
    for arguments in (
        ["show", "seto2015predictin"],
        ["cites", "seto2015predictin"],
        ["related", "seto2015predictin"],
    ):
        done = on(shipped, *arguments)
        assert done.returncode == 1
        assert "seto2015predicting" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_citation_commands_agree_with_each_other(shipped: Library) -> None:
    """What eke2019 cites is cited by eke2019."""
    cites = json.loads(on(shipped, "cites", "eke2019validation", "--json").stdout)
    assert "seto2015predicting" in {one["work"]["citekey"] for one in cites}
    cited_by = json.loads(on(shipped, "cited-by", "seto2015predicting", "--json").stdout)
    assert "eke2019validation" in {one["work"]["citekey"] for one in cited_by}
    missing = json.loads(on(shipped, "missing", "--limit", "5", "--json").stdout)
    assert len(missing["missing"]) == 5
    assert missing["coverage"]["complete"] == 2


def test_export_writes_lists_tools_and_files_of_keys(shipped: Library, tmp_path: Path) -> None:
    """To a file or to stdout; what cannot be is said in a sentence."""
    output = tmp_path / "cport.bib"
    done = on(shipped, "export", "--list", "cport-validation", "--output", str(output))
    assert (done.returncode, done.stdout) == (0, "")
    assert len(bibtexparser.parse_file(str(output)).entries) == 19
    keys = tmp_path / "keys.txt"
    keys.write_text("seto2015predicting\neke2019validation\n")
    assert on(shipped, "export", "--keys", str(keys), "--to", "csv").stdout.count("\n") == 3
    assert len(json.loads(on(shipped, "export", "--tool", "kirat", "--to", "json").stdout)) > 3
    wrongs = {("--to", "docx", "CPORT"): 2, ("--list", "none"): 1, ("--keys", str(tmp_path / "none")): 1}
    for wrong, code in wrongs.items():
        failed = on(shipped, "export", *wrong)
        assert failed.returncode == code
        assert "Traceback" not in failed.stderr
    assert on(shipped, "export").returncode == 2


def test_reading_lists_are_made_changed_and_shown(copied: Library) -> None:
    """Every step is text under notes/lists/, and in the store at once."""
    assert on(copied, "list", "new", "Where to start", "--audience", "analysts").returncode == 0
    path = copied.notes / "lists" / "where-to-start.md"
    assert path.is_file()
    for citekey in ("seto2015predicting", "eke2019validation"):
        done = on(copied, "list", "add", "where-to-start", citekey, "Read it first.", "--role", "start-here")
        assert done.returncode == 0, done.stderr
    assert on(copied, "list", "move", "where-to-start", "eke2019validation", "1").returncode == 0
    shown = json.loads(on(copied, "list", "show", "where-to-start", "--json").stdout)
    assert [item["work"]["citekey"] for item in shown["items"]] == ["eke2019validation", "seto2015predicting"]
    assert "where-to-start" in on(copied, "list").stdout
    assert on(copied, "list", "remove", "where-to-start", "eke2019validation").returncode == 0
    assert "eke2019validation" not in path.read_text("utf-8")
    again = on(copied, "list", "new", "Where to start")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def test_new_notes_are_skeletons_that_read_without_errors(copied: Library) -> None:
    """Of every kind; a study's from its work."""
    unnoted = next(
        p
        for p in on(copied, "search", "is:held", "--format", "keys", "--limit", "400").stdout.split()
        if not (copied.notes / "studies" / f"{p}.md").exists()
    )
    assert on(copied, "new", "study", unnoted).returncode == 0
    names = {
        "topic": "A new topic",
        "tool": "New tool",
        "sample": "New sample",
        "claim": "A new claim",
        "page": "P",
    }
    for kind, name in names.items():
        done = on(copied, "new", kind, name)
        assert done.returncode == 0, done.stderr
        assert (copied.root / done.stdout.removeprefix("Written: ").strip()).is_file()
    assert on(copied, "ingest").returncode == 0
    assert "error" not in on(copied, "check").stderr
    assert on(copied, "new", "study", "nobody1999").returncode == 1
    assert on(copied, "new", "poem", "x").returncode == 1


def test_a_folder_without_a_library_is_said_so() -> None:
    """Not found: where it was looked for, and what to do."""
    done = kb("ingest", cwd=Path("/"))
    assert done.returncode == 1
    assert "references/" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_is_missing_says_how_to_make_it(library: WriteLibrary) -> None:
    """Before the first ingest."""
    done = on(library(bib={"a.bib": BIB}), "search", "x")
    assert done.returncode == 1
    assert "kb ingest" in done.stderr
