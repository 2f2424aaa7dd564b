"""Ingest of chosen paths: the rest stays as it was read, and can always be read again."""

import sqlite3
from contextlib import closing

from conftest import WriteLibrary

from kb import open as open_base
from kb.ingest import ingest

ONE = "@book{one, title = {One}}\n"
TWO = "@book{two, title = {Two}}\n"


def test_rebuilding_one_file_leaves_another_that_is_gone_as_last_read(library: WriteLibrary) -> None:
    """There is nothing to read it from, and it was not asked for."""
    home = library(bib={"a.bib": ONE, "b.bib": TWO})
    ingest(home)
    (home.references / "b.bib").unlink()

    ingest(home, only=[home.references / "a.bib"], rebuild=True)

    with open_base(home.database) as base:
        assert [work.citekey for work in base.held()] == ["one", "two"]
    assert ingest(home).removed == 1


def test_what_other_code_has_read_is_read_again_whatever_was_chosen(library: WriteLibrary) -> None:
    """Else a store would hold rows that no code makes, or only a part of the library."""
    home = library(bib={"a.bib": ONE, "b.bib": TWO})
    ingest(home)
    with closing(sqlite3.connect(home.database)) as db, db:
        db.execute("UPDATE meta SET value = 'other code' WHERE name = 'fingerprint'")
    library(bib={"b.bib": TWO.replace("Two", "Changed")})

    ingest(home, only=[home.references / "a.bib"])

    with open_base(home.database) as base:
        assert base.work("two").work.title == "Changed"
    assert ingest(home).rows == 0


def test_one_mistake_made_twice_on_a_line_is_stored_once(library: WriteLibrary) -> None:
    """Also when the hint at near names, of which there are so many, ran out between the two."""
    many = ", ".join(f"twoo{i}" for i in range(99))
    home = library(bib={"a.bib": f"@book{{one, title = {{One}}, cites = {{{many}, twa, twa, twa}}}}\n{TWO}"})

    report = ingest(home)

    assert [p.message for p in report.problems if "twa" in p.message] == [
        "one cites twa, but no entry has this citekey."
    ]
