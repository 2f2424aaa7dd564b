"""The files of a library: each is read, or told of by name; none is lost in silence."""

import os
from pathlib import Path

import pytest
from conftest import WriteLibrary

from kb.read.folder import file_bytes, note_paths, text_files

PAGE = "---\nkind: page\n---\n"
BOOK = "@book{one, title = {One}}\n"


def test_endings_count_in_any_case_and_hidden_files_do_not(library: WriteLibrary) -> None:
    """Windows writes REFS.BIB; editors leave .#lock.md and folders such as .obsidian beside the notes."""
    hidden = {".#x.md": PAGE, ".trash/x.md": PAGE}
    home = library(bib={"a.bib": BOOK, "REFS.BIB": BOOK}, notes={"x.md": PAGE, "deep/y.MD": PAGE, **hidden})

    found, problems = text_files(home)

    assert sorted(found) == ["notes/deep/y.MD", "notes/x.md", "references/REFS.BIB", "references/a.bib"]
    assert problems == []
    assert [path.name for path in note_paths(home)] == ["y.MD", "x.md"]


def test_what_is_no_file_of_the_library_is_named(library: WriteLibrary, tmp_path: Path) -> None:
    """Links that loop, lead nowhere or out; folders with a file's name; files where none is looked for."""
    home = library(bib={"a.bib": BOOK, "sub/b.bib": BOOK}, notes={"x.md": PAGE})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "c.bib").write_text(BOOK)
    (home.references / "dir.bib").mkdir()
    (home.references / "loop.bib").symlink_to("loop.bib")
    (home.references / "gone.bib").symlink_to("nowhere")
    (home.references / "out.bib").symlink_to(tmp_path / "out" / "c.bib")
    (home.notes / "linked").symlink_to(tmp_path / "out")

    found, problems = text_files(home)

    assert sorted(found) == ["notes/x.md", "references/a.bib"]
    assert sorted((p.origin.path, p.code) for p in problems) == [
        ("notes/linked", "file-outside"),
        ("references/dir.bib", "file-is-folder"),
        ("references/gone.bib", "file-unreadable"),
        ("references/loop.bib", "file-unreadable"),
        ("references/out.bib", "file-outside"),
        ("references/sub/b.bib", "file-nested"),
    ]
    assert all(p.remedy for p in problems)


def test_a_folder_that_may_not_be_looked_into_is_not_taken_for_an_empty_one(
    library: WriteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else all its notes would be gone from the store, without a word."""
    home = library(bib={}, notes={"x.md": PAGE, "locked/y.md": PAGE})
    scandir = os.scandir

    def refusing(place: Path) -> object:
        if Path(place).name == "locked":
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refusing)

    found, problems = text_files(home)

    assert list(found) == ["notes/x.md"]
    assert [(p.origin.path, p.code) for p in problems] == [("notes/locked", "file-unreadable")]


def test_a_missing_folder_is_a_problem_with_a_remedy(library: WriteLibrary) -> None:
    """One that is not there, or is a file."""
    home = library(bib={"a.bib": BOOK})
    home.notes.rmdir()
    home.notes.write_text("no folder")

    assert [(p.origin.path, p.code) for p in text_files(home)[1]] == [("notes", "folder-missing")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has Unicode names only")
def test_a_name_that_is_not_unicode_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    """Such a name fits neither the store nor a terminal."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.bib"))
    path.write_text(BOOK)

    content, problems = file_bytes(path, path.name)

    assert content is None
    assert [(p.origin.path, p.code) for p in problems] == [(r"bad\udcff.bib", "file-unreadable")]
