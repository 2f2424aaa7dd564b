"""What becomes of a value that is wrong, a key that is unknown, a kind that is missing."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import NOTE_KINDS, Link, Note, Origin, Problem
from kb.read.notes import read_note


def read(front: str, path: str, body: str = "") -> tuple[Note, list[Problem]]:
    note, problems = read_note(f"---\n{front}---\n{body}".encode(), path)
    assert note is not None
    return note, problems


def codes(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.origin.line) for problem in problems]


def test_a_wrong_value_says_line_found_and_expected() -> None:
    """And the nearest of the words that are known."""
    note, problems = read("kind: topic\nlabel: X\nfacet: outcomes\n", "notes/topics/x.md")
    [problem] = problems
    assert codes(problems) == [("note-value", "error", 4)]
    assert "found “outcomes”" in problem.message
    assert "expected is one of population, offence" in problem.message
    assert "Did you mean outcome?" in problem.remedy
    assert note.topic is not None
    assert note.topic.facet == ""
    assert note.front == {"kind": "topic", "label": "X"}


def test_a_wrong_value_in_a_list_costs_only_itself() -> None:
    """The right ones of the list are kept, in the front matter too."""
    note, problems = read(
        "kind: topic\nlabel: X\nfacet: outcome\nbroader: [a, {b: c}, d]\n", "notes/topics/x.md"
    )
    assert note.topic is not None
    assert note.topic.broader == ("a", "d")
    assert note.front["broader"] == ["a", "d"]
    assert codes(problems) == [("note-value", "error", 5)]


def test_an_unknown_key_is_kept_with_a_warning() -> None:
    """At any depth, with the nearest key that is known."""
    note, problems = read(
        "kind: topic\nlabel: X\nfacet: outcome\nbroder: [a]\nalt:\n  - {label: Y, erra: 1990s}\n",
        "notes/topics/x.md",
    )
    assert note.front["broder"] == ["a"]
    assert codes(problems) == [("note-unknown-key", "warning", 5), ("note-unknown-key", "warning", 7)]
    assert "Did you mean broader?" in problems[0].remedy
    assert "Did you mean era?" in problems[1].remedy


@pytest.mark.parametrize(
    ("front", "path", "kind", "found"),
    [
        ("kind: claim\nstatement: S\n", "notes/topics/x.md", "claim", []),
        (
            "kind: toppic\nlabel: X\nfacet: outcome\n",
            "notes/topics/x.md",
            "topic",
            [("note-value", "error", 2)],
        ),
        ("label: X\nfacet: outcome\n", "notes/topics/sub/x.md", "topic", [("note-missing", "warning", 1)]),
        ("query: x\nwhy: y\n", "notes/searches/x.md", "search", [("note-missing", "warning", 1)]),
        ("added: 2026-11-21\n", "notes/x.md", "page", [("note-missing", "warning", 1)]),
    ],
)
def test_the_kind_decides_and_the_folder_stands_in(
    front: str, path: str, kind: str, found: list[tuple[str, str, int]]
) -> None:
    """An unknown kind is an error with candidates; elsewhere a note is a page."""
    note, problems = read(front, path)
    assert note.kind == kind
    assert codes(problems) == found


def test_a_note_without_front_matter_is_read_by_its_folder() -> None:
    """One warning, and no complaint of every key that is not there."""
    note, problems = read_note(b"# A list\n\n- [@a] why\n", "notes/lists/l.md")
    assert note is not None
    assert (note.kind, note.title) == ("list", "A list")
    assert note.reading_list is not None
    assert [item.citekey for item in note.reading_list.items] == ["a"]
    assert codes(problems) == [("note-no-front", "warning", 1)]


@pytest.mark.parametrize("key", ["added", "checked"])
@pytest.mark.parametrize("written", ["2026-13-01", "2026-02-30", "21.11.2026", "soon", "[2026]", "20261121"])
def test_a_day_that_is_none_is_left_out(key: str, written: str) -> None:
    """Dates are days, months or years of the calendar."""
    note, problems = read(f"kind: page\n{key}: {written}\n", "notes/pages/p.md")
    assert (note.added, note.checked) == ("", "")
    assert codes(problems) == [("note-value", "error", 3)]


@pytest.mark.parametrize("written", ["4", "-1", "high", "1.0"])
def test_sensitivity_goes_from_0_to_3(written: str) -> None:
    """Anything else is an error, and taken for 0."""
    note, problems = read(f"kind: page\nsensitivity: {written}\n", "notes/pages/p.md")
    assert note.sensitivity == 0
    assert codes(problems) == [("note-value", "error", 3)]


def test_links_have_an_origin_in_the_file() -> None:
    """So that a name that leads nowhere can be found."""
    note, _ = read("kind: topic\nlabel: X\nfacet: outcome\nrelated:\n  - a\n  - b\n", "notes/topics/x.md")
    assert note.links == (
        Link("a", Origin("notes/topics/x.md", 6), "related"),
        Link("b", Origin("notes/topics/x.md", 7), "related"),
    )


_KEYS = st.sampled_from(
    [
        *(
            "work",
            "design",
            "sample",
            "findings",
            "cites",
            "use",
            "independent",
            "appraisal",
            "label",
            "n",
            "countries",
        ),
        *(
            "overlaps",
            "full_name",
            "alt",
            "hidden",
            "facet",
            "status",
            "family",
            "broader",
            "related",
            "purpose",
            "items",
        ),
        *(
            "developers",
            "development",
            "operator",
            "evaluations",
            "links",
            "statement",
            "said_by",
            "evidence",
            "as_of",
        ),
        *(
            "question",
            "about",
            "claims",
            "query",
            "run",
            "title",
            "audience",
            "added",
            "sensitivity",
            "tags",
            "topics",
        ),
    ]
)
_WRITTEN = st.recursive(
    st.sampled_from(
        ["x", "1", "-2.5", "~", "true", "''", "2026-11-21", "a#b", "'@k'", "supports", "in-use", "possible"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "where",
                    "text",
                    "value",
                    "measure",
                    "label",
                    "sample",
                    "how",
                    "work",
                    "relation",
                    "finding",
                ]
            ),
            inner,
            max_size=5,
        ).map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"),
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.sampled_from(NOTE_KINDS), st.dictionaries(_KEYS, _WRITTEN, max_size=6))
def test_whatever_a_key_holds_the_note_is_read(kind: str, values: dict[str, str]) -> None:
    """Any value under any key of any kind gives a note that can be stored and read again."""
    lines = [f"kind: {kind}", *(f"{key}: {value}" for key, value in values.items())]
    note, problems = read("\n".join(lines) + "\n", "notes/x.md")
    assert note.kind == kind
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(note), type=Note) == note
    assert all(1 <= p.origin.line <= len(lines) + 1 for p in problems)
    assert all(link.target and 2 <= link.origin.line <= len(lines) + 1 for link in note.links)
