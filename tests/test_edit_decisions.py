"""Decisions written down: appended, replaced in their place, taken back; every other byte stays."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.edit import forget_decision, record_decision
from kb.errors import EditError
from kb.library import Library
from kb.model import Decision
from kb.read.decisions import read_decisions

DAY = date(2026, 11, 21)
LATER = date(2027, 1, 2)
TEXT = """\
# Ours.

[[decision]]  # sure
verdict = "same" # one
works = ["a", "b"]
on = 2020-01-01
seen = "kept"

# About parts:
[[decision]]
verdict = "different"
works = ["c", "d"]
"""


def decisions(home: Library) -> list[tuple[str, ...]]:
    found = read_decisions(home.decisions.read_bytes(), "")
    assert all(problem.severity == "warning" for problem in found.problems)
    return [(d.verdict, *d.works, d.by, d.on, d.why) for d in found.decisions]


def test_the_first_decision_makes_the_file(library: WriteLibrary) -> None:
    """With a word on what it is; forgotten, the file goes."""
    home = library(bib={})

    assert record_decision(home, "same", ("a", "b"), by="Me", why='A "quoted" \\ reason', today=DAY) is None

    assert decisions(home) == [("same", "a", "b", "Me", "2026-11-21", 'A "quoted" \\ reason')]
    assert home.decisions.read_text().startswith("# Which entries are one work")
    assert forget_decision(home, ("b", "a")).why == 'A "quoted" \\ reason'
    assert not home.decisions.exists()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_decision_comes_at_the_end_and_goes_without_a_trace(
    library: WriteLibrary, newline: str, mark: str
) -> None:
    """Comments, order and line ends stay."""
    home = library(bib={})
    before = (mark + TEXT.replace("\n", newline)).encode()
    home.decisions.write_bytes(before)

    record_decision(home, "different", ("e", "f"), today=DAY)
    written = home.decisions.read_bytes()
    forget_decision(home, ("e", "f"))

    assert written.startswith(before)
    assert written.count(b"\r\n") in {0, written.count(b"\n")}
    assert home.decisions.read_bytes() == before


def test_a_second_decision_on_a_pair_takes_the_place_of_the_first(library: WriteLibrary) -> None:
    """In either order of the names; comments and unknown keys of it stay, and what was there comes back."""
    home = library(bib={})
    home.decisions.write_text(TEXT)

    before = record_decision(home, "different", ("b", "a"), why="Two", today=LATER)

    assert isinstance(before, Decision)
    assert (before.verdict, before.on) == ("same", "2020-01-01")
    changed = home.decisions.read_text().splitlines()
    assert [line for line in TEXT.splitlines() if line not in changed] == [
        'verdict = "same" # one',
        'works = ["a", "b"]',
        "on = 2020-01-01",
    ]
    assert decisions(home)[0] == ("different", "b", "a", "", "2027-01-02", "Two")
    assert next(line for line in changed if "verdict" in line) == 'verdict = "different" # one'


def test_the_same_word_again_changes_nothing(library: WriteLibrary) -> None:
    """Not even the day."""
    home = library(bib={})
    home.decisions.write_text(TEXT)

    record_decision(home, "same", ("a", "b"), today=LATER)

    assert home.decisions.read_text() == TEXT


def test_a_pair_that_stands_twice_is_decided_once(library: WriteLibrary) -> None:
    """Two people added it on two branches."""
    home = library(bib={})
    home.decisions.write_text(TEXT + '\n[[decision]]\nverdict = "different"\nworks = ["b", "a"]\n')

    record_decision(home, "same", ("a", "b"), today=LATER)

    assert [said[:3] for said in decisions(home)] == [("same", "a", "b"), ("different", "c", "d")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT + "why = [\n", "mend that first"),
        (TEXT + "<<<<<<< HEAD\n", "mend that first"),
        ("decision = [{verdict='same', works=['a', 'b']}]\n", "by hand"),
        (b"# \xe9\n", "not UTF-8"),
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(
    library: WriteLibrary, text: str | bytes, says: str
) -> None:
    """And the reason is said."""
    home = library(bib={})
    content = text if isinstance(text, bytes) else text.encode()
    home.decisions.write_bytes(content)

    with pytest.raises(EditError, match=says):
        record_decision(home, "different", ("a", "b"), today=DAY)
    assert home.decisions.read_bytes() == content


@pytest.mark.parametrize("works", [("a", "a"), ("", "b"), ("a\nb", "c"), ("a\ud800", "c")])
def test_what_is_no_pair_is_refused(library: WriteLibrary, works: tuple[str, str]) -> None:
    """With nothing written."""
    home = library(bib={})

    with pytest.raises(EditError):
        record_decision(home, "same", works, today=DAY)
    assert not home.decisions.exists()


def test_only_what_was_decided_can_be_forgotten(library: WriteLibrary) -> None:
    """With or without a file."""
    home = library(bib={})
    with pytest.raises(EditError, match="Nobody has decided"):
        forget_decision(home, ("a", "b"))
    home.decisions.write_text(TEXT)
    with pytest.raises(EditError, match="Nobody has decided"):
        forget_decision(home, ("a", "c"))


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["same", "different"]),
            st.lists(NAMES, min_size=2, max_size=2, unique=True),
            st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20),
        ),
        max_size=6,
    )
)
def test_what_is_written_is_what_is_read(library: WriteLibrary, tmp_path: Path, said: list[tuple]) -> None:
    """Any names and words; the last word on a pair counts; decided again, nothing changes."""
    home = library(bib={})
    home.decisions.unlink(missing_ok=True)
    wanted: dict[frozenset[str], tuple[str, ...]] = {}
    for verdict, works, why in said:
        read = [" ".join(unicodedata.normalize("NFC", name).split()) for name in works]
        if read != works:
            continue
        record_decision(home, verdict, tuple(works), why=why, today=DAY)
        wanted[frozenset(works)] = (verdict, *works)
        once = home.decisions.read_bytes()
        record_decision(home, verdict, tuple(works), why=why, today=LATER)
        assert home.decisions.read_bytes() == once
    if wanted:
        assert sorted(one[:3] for one in decisions(home)) == sorted(wanted.values())
