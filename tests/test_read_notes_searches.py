"""What a saved search's note may say; each wrong value is told with its line, and costs only itself."""

import pytest

from kb.model import Note, Problem, SavedSearch, Searched, SearchOptions, SearchRun
from kb.read import read_note

WHOLE = """\
kind: search
title: "Warnings: what is known"
query: "warning messages -review"
options:
  literal: true
  all_words: true
  sort: year
  off: [csam]
  facets: {tool: cport, held: held, year: 2015}
why: for a report
run:
  - on: 2026-11-21
    by: A. Librarian
    thesaurus: "0f3a9c2b71de"
    counts: {total: 2, complete: 1, held: 2, cited: 0}
    searched: {held: 9, cited: 4, entries: 15, merged: 1, left_out: 1, newest: 2026-11-20, version: 0.1.0}
    command: kb search x
    understood: |
      First this.
      Then "that" AND # more
    found: |
      one2001
      doi:10.1/x
  - on: 2026-11-22
    counts: {total: 2}
    new: [three2003]
    gone: [one2001]
  - on: 2026-11-23
    unlisted: true
"""


def read(front: str) -> tuple[Note, list[Problem]]:
    note, problems = read_note(f"---\n{front}---\n".encode(), "notes/searches/s.md")
    assert note is not None
    return note, problems


def told(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.origin.line) for problem in problems]


def test_a_saved_search_says_what_is_asked_why_and_what_each_run_found() -> None:
    """All of it, typed; facets in the order in which they go into the query."""
    note, problems = read(WHOLE)

    assert problems == []
    assert note.title == "Warnings: what is known"
    assert note.search == SavedSearch(
        "warning messages -review",
        SearchOptions(
            literal=True,
            all_words=True,
            sort="year",
            off=("csam",),
            facets=(("held", "held"), ("year", "2015"), ("tool", "cport")),
        ),
        "for a report",
        (
            SearchRun(
                "2026-11-21",
                "A. Librarian",
                "0f3a9c2b71de",
                *(2, 1, 2, 0),
                searched=Searched(9, 4, 15, 1, 1, "2026-11-20", "0.1.0"),
                command="kb search x",
                understood=("First this.", 'Then "that" AND # more'),
                found=("one2001", "doi:10.1/x"),
            ),
            SearchRun("2026-11-22", total=2, new=("three2003",), gone=("one2001",)),
            SearchRun("2026-11-23", unlisted=True),
        ),
    )
    assert [(link.target, link.field) for link in note.links] == [("csam", "off"), ("cport", "tool")]


def test_the_works_of_a_run_follow_from_those_before() -> None:
    """New ones come, gone ones go; a run that lists nothing leaves them unknown."""
    search = read(WHOLE)[0].search
    assert search is not None
    assert SavedSearch("", runs=search.runs[:1]).found == {"one2001", "doi:10.1/x"}
    assert SavedSearch("", runs=search.runs[:2]).found == {"three2003", "doi:10.1/x"}
    assert search.found is None
    assert search.understood[0] == "First this."
    assert search.command == "kb search x"


def test_the_query_stands_in_for_a_title() -> None:
    """And a search of facets alone needs no query."""
    assert read("kind: search\nquery: x y\nwhy: w\n")[0].title == "x y"
    note, problems = read("kind: search\nquery: ''\noptions: {facets: {tool: cport}}\nwhy: w\n")
    assert (problems, note.title) == ([], "s")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("why: w\n", [("note-missing", "warning", 1)]),
        ("query: x\n", [("note-missing", "warning", 1)]),
        ("query: x\nwhy: w\noptions: 3\n", [("note-value", "error", 5)]),
        ("query: x\nwhy: w\noptions:\n  literal: sometimes\n", [("note-value", "error", 6)]),
        ("query: x\nwhy: w\noptions:\n  sort: size\n", [("note-value", "error", 6)]),
        ("query: x\nwhy: w\noptions:\n  colour: red\n", [("note-unknown-key", "warning", 6)]),
        ("query: x\nwhy: w\noptions:\n  facets:\n    colour: red\n", [("note-unknown-key", "warning", 7)]),
        ("query: x\nwhy: w\noptions:\n  facets:\n    year: [1, 2]\n", [("note-value", "error", 7)]),
        ("query: x\nwhy: w\nrun: yes\n", [("note-value", "error", 5)]),
        ("query: x\nwhy: w\nrun:\n  - by: me\n", [("note-value", "error", 6)]),
        (
            "query: x\nwhy: w\nrun:\n  - on: soon\n",
            [("note-value", "error", 6), ("note-value", "error", 6)],
        ),
        (
            "query: x\nwhy: w\nrun:\n  - on: 2026-11-22\n    counts: {total: -1}\n",
            [("note-value", "error", 7)],
        ),
        (
            "query: x\nwhy: w\nrun:\n  - on: 2026-11-22\n    counts: {every: 1}\n",
            [("note-unknown-key", "warning", 7)],
        ),
        (
            "query: x\nwhy: w\nrun:\n  - on: 2026-11-22\n    searched:\n      held: many\n",
            [("note-value", "error", 8)],
        ),
        (
            "query: x\nwhy: w\nrun:\n  - on: 2026-11-22\n    found: [a, {b: c}]\n",
            [("note-value", "error", 7)],
        ),
        (
            "query: x\nwhy: w\nrun:\n  - on: 2026-11-22\n    counts: {total: 3}\n    found: [a]\n",
            [("search-found", "warning", 7)],
        ),
        ("query: x\nwhy: w\nrun:\n  - on: 2026-11-22\n    new: [a]\n", [("search-found", "warning", 7)]),
    ],
)
def test_every_wrong_value_is_told_with_its_line(front: str, expected: list[tuple[str, str, int]]) -> None:
    """The note stays, and the rest of it."""
    note, problems = read(f"kind: search\n{front}")

    assert told(problems) == expected
    assert all(problem.message and problem.remedy for problem in problems)
    assert note.search is not None
