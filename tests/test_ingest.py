"""Text → store: the same text gives the same store, and nothing is lost on the way."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import open as open_base
from kb.errors import LibraryError, StoreError
from kb.ingest import Report, ingest
from kb.library import Library, open_library

BIB = """\
@article{seto2015predicting,
  author = {Seto, Michael C. and Eke, Angela W.},
  title = {Predicting Recidivism Among Adult Male Child Pornography Offenders},
  journaltitle = {Law and Human Behavior},
  date = {2015},
  keywords = {CPORT},
}

@article{eke2019validation,
  author = {Eke, Angela W. and Helmus, L. Maaike and Seto, Michael C.},
  title = {A Validation Study of the {CPORT}},
  date = {2019},
  cites = {seto2015predicting, 10.1234/unknown},
}
"""
CPORT = """\
---
kind: tool
label: CPORT
alt: [Child Pornography Offender Risk Tool]
added: 2026-11-21
---
A tool. See [@seto2015predicting].
"""
STUDY = """\
---
kind: study
work: eke2019validation
findings:
  - id: auc
    tool: cport
    measure: AUC
    value: 0.72
    where: abstract
---
A test of [[cport]].
"""
NOTES = {"tools/cport.md": CPORT, "studies/eke2019validation.md": STUDY}


def rows(database: Path) -> dict[str, list[object]]:
    """Every row of every table of ours, in order."""
    with closing(sqlite3.connect(database)) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not re.match(r"(fulltext|note)_index", name)
        ]
        for index in ("fulltext_index", "note_index"):
            db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def from_nothing(library: Library) -> dict[str, list[object]]:
    """What the library's text gives in a database of its own."""
    database = library.database.with_name("fresh.db")
    database.unlink(missing_ok=True)
    ingest(open_library(library.root, database=database))
    return rows(database)


def codes(report: Report) -> list[tuple[str, str, str]]:
    """Problems by path, code and severity."""
    return [(p.origin.path, p.code, p.severity) for p in report.problems]


def test_a_first_ingest_stores_all_and_a_second_reads_nothing(library: WriteLibrary) -> None:
    """Counts of files, and of what the store holds."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)

    first, second = ingest(home), ingest(home)

    assert (first.added, first.changed, first.removed, first.unchanged) == (3, 0, 0, 0)
    assert (second.added, second.changed, second.removed, second.unchanged, second.rows) == (0, 0, 0, 3, 0)
    assert first.problems == second.problems == []
    counts = first.counts
    assert (counts.held, counts.cited, counts.citations, counts.findings, counts.topics) == (2, 1, 2, 1, 1)
    assert first.counts == second.counts


def test_changed_added_and_removed_files_are_told_apart(library: WriteLibrary) -> None:
    """And what a removed file said is gone."""
    home = library(bib={"a.bib": BIB, "b.bib": "@book{other, title = {Other}, date = {1999}}\n"}, notes=NOTES)
    ingest(home)
    library(
        notes={
            "tools/cport.md": CPORT.replace("A tool", "The tool"),
            "topics/new.md": "---\nkind: topic\nlabel: New\n---\n",
        }
    )
    (home.references / "b.bib").unlink()

    report = ingest(home)

    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 2)
    assert report.counts.held == 2
    assert rows(home.database) == from_nothing(home)


@pytest.mark.parametrize("path", ["references/a.bib", "notes/tools"])
def test_ingest_of_chosen_paths_leaves_the_rest_as_last_read(library: WriteLibrary, path: str) -> None:
    """Only the file or folder named is looked at."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    ingest(home)
    library(
        bib={"a.bib": BIB.replace("2019}", "2020}")},
        notes={"tools/cport.md": CPORT.replace("CPORT", "C-PORT")},
    )

    report = ingest(home, only=[home.root / path])

    assert (report.changed, report.unchanged) == (1, 2)
    with open_base(home.database) as base:
        assert base.work("eke2019validation").year == (2020 if path.endswith("bib") else 2019)
        assert base.topic("cport").note.title == ("CPORT" if path.endswith("bib") else "C-PORT")


def test_a_path_outside_the_library_is_refused(library: WriteLibrary, tmp_path: Path) -> None:
    """With what to do instead; nothing changes."""
    home = library(bib={"a.bib": BIB})
    ingest(home)
    before = rows(home.database)
    with pytest.raises(LibraryError, match="references/"):
        ingest(home, only=[tmp_path / "elsewhere.bib"])
    assert rows(home.database) == before


def test_an_interrupted_ingest_leaves_the_store_as_it_was(library: WriteLibrary) -> None:
    """At whatever step the interruption comes."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    ingest(home)
    before = rows(home.database)
    library(bib={"a.bib": BIB.replace("2019}", "2020}")})
    steps: list[str] = []
    ingest(
        open_library(home.root, database=home.root / "count.db"),
        progress=lambda what, _done, _of: steps.append(what),
    )

    for last in range(len(steps)):
        seen = 0

        def interrupt(_what: str, _done: int, _of: int, last: int = last) -> None:
            nonlocal seen
            if seen == last:
                raise KeyboardInterrupt
            seen += 1

        try:
            ingest(home, progress=interrupt)
        except KeyboardInterrupt:
            assert rows(home.database) == before
    assert any("a.bib" in step for step in steps)


def test_a_store_made_by_other_code_is_read_anew(library: WriteLibrary) -> None:
    """What was kept of unchanged files counts only for the code that made it."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    ingest(home)
    with closing(sqlite3.connect(home.database)) as db:
        db.execute("UPDATE meta SET value = 'older' WHERE name = 'fingerprint'")
        db.execute("UPDATE file SET records = x'00'")
        db.commit()

    assert ingest(home).problems == []
    assert rows(home.database) == from_nothing(home)


# --- bad input


def test_missing_folders_are_problems(tmp_path: Path) -> None:
    """An empty folder is a library without text, and says so."""
    report = ingest(open_library(tmp_path))
    assert codes(report) == [("notes", "folder-missing", "error"), ("references", "folder-missing", "error")]


def test_whatever_cannot_be_read_is_named_and_the_rest_is_stored(
    library: WriteLibrary, tmp_path: Path
) -> None:
    """A folder named x.bib, links that lead out or nowhere, junk: each a problem with a remedy."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    (home.references / "x.bib").mkdir()
    (tmp_path / "outside.bib").write_text("@book{secret, title = {Outside}}")
    (home.references / "out.bib").symlink_to(tmp_path / "outside.bib")
    (home.references / "nowhere.bib").symlink_to(home.references / "gone.bib")
    (home.references / "junk.bib").write_bytes(bytes(range(256)) * 64)

    report = ingest(home)

    found = {path: code for path, code, _ in codes(report)}
    assert found["references/x.bib"] == "file-is-folder"
    assert found["references/out.bib"] == "file-outside"
    assert found["references/nowhere.bib"] == "file-unreadable"
    assert found["references/junk.bib"] == "file-binary"
    assert all(p.remedy and p.message for p in report.problems)
    assert report.counts.held == 2
    with open_base(home.database) as base:
        assert {p.code for p in base.problems()} == {code for _, code, _ in codes(report)}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_an_unreadable_file_is_named(library: WriteLibrary) -> None:
    """Permission denied costs that file only."""
    home = library(bib={"a.bib": BIB, "b.bib": BIB})
    (home.references / "b.bib").chmod(0)
    assert ("references/b.bib", "file-unreadable", "error") in codes(ingest(home))


def test_a_broken_entry_and_broken_front_matter_cost_only_themselves(library: WriteLibrary) -> None:
    """Each is named with its line; neighbours are stored."""
    broken = (
        BIB + "\n@article{broken, title = {Never closed\n\n@book{after, title = {After}, date = {2001}}\n"
    )
    note = "---\nkind: study\nwork: [unclosed\n---\nThe body stays.\n"
    report = ingest(library(bib={"a.bib": broken}, notes={**NOTES, "studies/bad.md": note}))

    assert report.counts.held == 3
    lines = {(p.origin.path, p.origin.line) for p in report.problems if p.severity == "error"}
    assert ("references/a.bib", broken[: broken.index("@article{broken")].count("\n") + 1) in lines
    assert any(path == "notes/studies/bad.md" and line in {2, 3, 4} for path, line in lines)


def test_a_citekey_used_twice_and_links_to_nowhere_are_problems(library: WriteLibrary) -> None:
    """Across files too."""
    other = "@book{seto2015predicting, title = {Another book}, date = {1999}}\n"
    page = "---\nkind: page\ntitle: P\n---\nSee [[nowhere]] and [@nobody1999].\n"
    report = ingest(library(bib={"a.bib": BIB, "b.bib": other}, notes={**NOTES, "pages/p.md": page}))

    assert set(codes(report)) == {
        ("references/b.bib", "citekey-twice", "error"),
        ("notes/pages/p.md", "name-unknown", "warning"),
        ("notes/pages/p.md", "work-unknown", "error"),
    }


def test_a_second_ingest_at_the_same_time_is_told_to_wait(library: WriteLibrary) -> None:
    """The store of the first is not disturbed."""
    home = library(bib={"a.bib": BIB})
    ingest(home)
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another ingest"):
            ingest(home, patience=0.1)


# --- laws

_PIECES = st.sampled_from(
    [
        "",
        "}",
        "{",
        "@",
        "---\n",
        "[[cport]]",
        "[@seto2015predicting]",
        "kind: study\n",
        "\n",
        "cites = {x},",
        "ü",
        "\x00",
    ]
)
_EDITS = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1), st.integers(0, 40), _PIECES), max_size=4)


def _edit(home: Library, edit: tuple[int, float, int, str]) -> None:
    which, place, length, piece = edit
    files = sorted(p for p in home.root.rglob("*") if p.suffix in {".bib", ".md"})
    if which == 4:
        shutil.copy(files[0], home.references / f"copy{length}.bib")
        return
    path = files[which % len(files)]
    text = path.read_bytes()
    start = int(place * len(text))
    path.write_bytes(text[:start] + piece.encode() + text[start + length :])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_EDITS, min_size=1, max_size=3))
def test_a_store_kept_up_equals_one_made_from_nothing(
    steps: list[list[tuple[int, float, int, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After any edits, in whatever steps they were ingested."""
    root = tmp_path_factory.mktemp("edits")
    for name, text in {"references/a.bib": BIB, **{f"notes/{n}": t for n, t in NOTES.items()}}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    home = open_library(root)
    ingest(home)
    for edits in steps:
        for edit in edits:
            _edit(home, edit)
        ingest(home)
    assert rows(home.database) == from_nothing(home)


# --- the shipped text


def test_the_shipped_text_has_no_errors(shipped_report: Report) -> None:
    """Every warning that remains has its reason in docs/warnings.md."""
    assert [p for p in shipped_report.problems if p.severity == "error"] == []
    explained = (Path(__file__).parent.parent / "docs" / "warnings.md").read_text("utf-8")
    for problem in shipped_report.problems:
        assert problem.code in explained, problem
        assert problem.citekey in explained or problem.origin.path in explained, problem


def _bibs(library: Library) -> list[Path]:
    return sorted(library.references.glob("*.bib"))


def test_the_shipped_counts_match_an_independent_count(shipped: Library, shipped_report: Report) -> None:
    """Every entry and note is stored, merged or reported, once: counted with nothing but line starts."""
    bibs = {
        path: len(re.findall(r"^@\w+\{", path.read_text("utf-8"), re.MULTILINE)) for path in _bibs(shipped)
    }
    notes = list(shipped.notes.rglob("*.md"))
    counts = shipped_report.counts
    merged = sum(p.code in {"citekey-again", "citekey-twice"} for p in shipped_report.problems)
    assert counts.held == sum(n for path, n in bibs.items() if path != shipped.cited) - merged
    with closing(sqlite3.connect(shipped.database)) as db:
        (referred,) = db.execute("SELECT count(*) FROM work WHERE citekey LIKE 'doi:%'").fetchone()
        (aliases,) = db.execute(
            "SELECT count(*) FROM alias WHERE citekey IN (SELECT citekey FROM work)"
        ).fetchone()
    assert counts.cited == bibs[shipped.cited] + referred - aliases
    assert counts.notes == len(notes)
    findings = sum(len(re.findall(r"^  - id: ", path.read_text("utf-8"), re.MULTILINE)) for path in notes)
    assert counts.findings == findings
