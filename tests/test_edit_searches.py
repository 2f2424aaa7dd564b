"""Saved searches in the text: what is saved is what is read, and a run touches nothing else."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.edit import forget_run, new_note, record_run, save_search
from kb.errors import EditError
from kb.library import Library, open_library
from kb.model import SEARCH_FACETS, SORTS, SavedSearch, Searched, SearchOptions, SearchRun
from kb.read import read_note
from kb.text import squeeze

DAY = date(2026, 11, 22)
RUN = SearchRun(
    "2026-11-22",
    "A. Librarian",
    "0f3a9c2b71de",
    *(2, 1, 2, 0),
    searched=Searched(9, 4, 15, 1, 1, "2026-11-20", "0.1.0", 4),
    command="kb search -- x",
    understood=("First the works.", 'Full text: "x" OR y*'),
    found=("a2001", "b2002"),
)
SEARCH = SavedSearch("x: y # z", SearchOptions(literal=True, facets=(("year", "2015.."),)), "Because.")


@pytest.fixture
def home(tmp_path: Path) -> Library:
    """An empty library."""
    for name in ("references", "notes"):
        (tmp_path / name).mkdir()
    return open_library(tmp_path)


def written(home: Library, slug: str) -> Path:
    """The file of a saved search."""
    return home.notes / "searches" / f"{slug}.md"


def read(path: Path) -> SavedSearch:
    """What the reader makes of a file; nothing is wrong with it."""
    note, problems = read_note(path.read_bytes(), f"notes/searches/{path.name}")
    assert problems == []
    assert note is not None
    assert note.search is not None
    return note.search


def test_a_search_is_saved_with_its_first_run(home: Library) -> None:
    """And read as it was meant."""
    slug = save_search(home, SEARCH, RUN, today=DAY)

    assert slug == "x-y-z"
    assert read(written(home, slug)) == SavedSearch(SEARCH.query, SEARCH.options, SEARCH.why, (RUN,))


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (SavedSearch("  ", why="w"), "looks for nothing"),
        (SavedSearch("x", why=" "), "a reason is needed"),
        (SavedSearch("!!", why="w"), "No file name"),
    ],
)
def test_what_cannot_be_saved_is_not(home: Library, search: SavedSearch, said: str) -> None:
    """With what is missing."""
    with pytest.raises(EditError, match=said):
        save_search(home, search, RUN, today=DAY)
    assert not (home.notes / "searches").exists()


def test_a_name_is_given_once(home: Library) -> None:
    """One that was asked for is refused; one that was made gives way, also to a topic's."""
    save_search(home, SEARCH, RUN, slug="mine", today=DAY)
    with pytest.raises(EditError, match="exists already"):
        save_search(home, SEARCH, RUN, slug="mine", today=DAY)
    new_note(home, "topic", "x y z", today=DAY)
    made = [save_search(home, SEARCH, RUN, today=DAY) for _ in range(3)]
    assert made == ["x-y-z-search", "x-y-z-search-2", "x-y-z-search-3"]


def test_a_later_run_tells_only_what_changed(home: Library) -> None:
    """New and gone works, and how it was understood only if that is new."""
    slug = save_search(home, SEARCH, RUN, today=DAY)
    later = SearchRun(
        **{name: getattr(RUN, name) for name in RUN.__slots__ if name not in {"on", "found"}},
        on="2027-01-02",
        found=("b2002", "c2003"),
    )

    recorded = record_run(home, slug, later)

    assert (recorded.run.new, recorded.run.gone) == (("c2003",), ("a2001",))
    assert (recorded.run.found, recorded.run.understood, recorded.run.command) == (None, (), "")
    assert recorded.commands == [f"kb searches forget {slug}"]
    search = read(written(home, slug))
    assert search.runs == (RUN, recorded.run)
    assert search.found == {"b2002", "c2003"}
    assert search.understood == RUN.understood


def test_a_work_that_is_called_otherwise_now_is_not_new(home: Library) -> None:
    """Its old citekey stays in the note; two that became one are told anew."""
    slug = save_search(home, SEARCH, RUN, today=DAY)
    now = SearchRun("2027-01-02", total=2, found=("a2001x", "b2002"))
    assert record_run(home, slug, now, same={"a2001": "a2001x"}).run.new == ()

    one = SearchRun("2027-01-03", total=1, found=("z",))
    assert record_run(home, slug, one, same={"a2001": "z", "b2002": "z"}).run.found == ("z",)
    assert read(written(home, slug)).found == {"z"}


HAND = """\
---
kind: search   # ours
query:   'x y'
{run}why: >-
  two
  lines
mine: [1, 2]
...
The body, with [@a2001] and
    code.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("run", "exact"),
    [
        ("", True),
        ("run:\n  - {on: 2026-01-01, counts: {total: 1}, found: [a2001]} # first\n\n# more\n", True),
        ("run:\n- on: 2026-01-01\n  found: |\n    a2001\n    b2002\n\n  # a comment\n", True),
        ("run:\n", False),
        ("run: ~ # none\n", False),
        ("run: []\n", False),
        ("run: [{on: 2026-01-01, found: [a2001]}] # one\n", False),
        ("run: {on: 2026-01-01}\n", False),
    ],
)
def test_a_run_leaves_every_other_byte(home: Library, run: str, exact: bool, newline: str, bom: str) -> None:
    """Comments, quotes, line ends, a body; and what was put in can be taken out again."""
    path = written(home, "hand")
    path.parent.mkdir()
    before = (bom + HAND.format(run=run)).replace("\n", newline).encode()
    path.write_bytes(before)

    record_run(home, "hand", RUN)

    after = path.read_bytes()
    note, _ = read_note(after, "notes/searches/hand.md")
    assert note is not None
    assert note.search is not None
    assert (note.search.runs[-1].on, note.search.found) == (RUN.on, frozenset(RUN.found or ()))
    left = after.decode().split(newline)
    kept = [line for line in before.decode().split(newline) if not line.startswith("run:") or exact]
    assert [line for line in left if line in kept] == kept
    assert newline == "\n" or "\n" not in after.decode().replace("\r\n", "")
    forget_run(home, "hand")
    assert path.read_bytes() == before or not exact


def test_too_many_works_are_counted_and_not_listed(home: Library) -> None:
    """A note has a limit; ten thousand works fit, and later runs stay short."""
    many = tuple(f"author{number:05}title" for number in range(10_000))
    slug = save_search(home, SEARCH, SearchRun("2026-11-22", total=10_000, found=many), today=DAY)
    whole = written(home, slug).stat().st_size
    record_run(home, slug, SearchRun("2026-11-23", total=10_001, found=(*many, "new")))
    assert read(written(home, slug)).found == {*many, "new"}
    assert written(home, slug).stat().st_size < whole + 200

    far = tuple(f"{name}{'x' * 40}" for name in many)
    recorded = record_run(home, slug, SearchRun("2026-11-24", total=10_000, found=far))
    assert recorded.run.unlisted
    assert read(written(home, slug)).found is None
    assert record_run(home, slug, SearchRun("2026-11-25", total=1, found=("a",))).run.found == ("a",)


def test_only_a_saved_search_has_runs(home: Library) -> None:
    """With the nearest name, and nothing is written."""
    save_search(home, SEARCH, RUN, slug="warnings", today=DAY)
    with pytest.raises(EditError, match="Did you mean warnings"):
        record_run(home, "warning", RUN)
    page = new_note(home, "page", "Other", today=DAY)
    before = page.read_bytes()
    with pytest.raises(EditError, match="no saved search"):
        record_run(home, "other", RUN)
    assert page.read_bytes() == before
    forget_run(home, "warnings")
    with pytest.raises(EditError, match="No run"):
        forget_run(home, "warnings")


@pytest.mark.parametrize(
    "front",
    [
        "{kind: search, query: x}\n",
        "kind: search\nquery: x\nrun: yes\n",
        "kind: search\nrun:\n  on: 2026-01-01\n",
    ],
)
def test_what_cannot_be_changed_in_place_is_left_alone(home: Library, front: str) -> None:
    """A run is never put where it would not be read."""
    path = written(home, "odd")
    path.parent.mkdir()
    path.write_text(f"---\n{front}---\n")
    with pytest.raises(EditError, match="Nothing was written"):
        record_run(home, "odd", RUN)
    assert path.read_text() == f"---\n{front}---\n"


LINE = st.text(min_size=1, max_size=30).map(squeeze).filter(bool)
LINES = st.lists(LINE, max_size=5, unique=True)
NUMBER = st.none() | st.integers(0, 10**6)
OPTIONS = st.builds(
    SearchOptions,
    literal=st.booleans(),
    all_words=st.booleans(),
    sort=st.sampled_from(SORTS),
    off=st.lists(LINE, max_size=3, unique=True).map(tuple),
    facets=st.dictionaries(st.sampled_from(SEARCH_FACETS), LINE).map(
        lambda said: tuple((name, said[name]) for name in SEARCH_FACETS if name in said)
    ),
)
RUNS = st.builds(
    SearchRun,
    on=st.dates().map(date.isoformat),
    by=LINE | st.just(""),
    thesaurus=st.text("0123456789abcdef", min_size=12, max_size=12),
    complete=NUMBER,
    held=NUMBER,
    cited=NUMBER,
    searched=st.builds(Searched, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, st.just("2026-11-21"), LINE, NUMBER),
    command=LINE,
    understood=LINES.map(tuple),
    found=LINES.map(lambda found: tuple(sorted(found))),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=LINE, why=LINE, options=OPTIONS, runs=st.lists(RUNS, min_size=1, max_size=4))
def test_what_is_saved_is_what_is_read(
    home: Library, query: str, why: str, options: SearchOptions, runs: list[SearchRun]
) -> None:
    """Any text, options and runs; each run finds what it found, and is taken out without a trace."""
    path = written(home, "any")
    path.unlink(missing_ok=True)
    save_search(home, SavedSearch(query, options, why), runs[0], slug="any", title=query, today=DAY)
    texts = [path.read_bytes()]
    for run in runs[1:]:
        record_run(home, "any", run)
        texts.append(path.read_bytes())

    search = read(path)
    assert (search.query, search.options, search.why) == (query, options, why)
    assert [(run.on, run.by, run.searched) for run in search.runs] == [
        (run.on, run.by, run.searched) for run in runs
    ]
    for place, run in enumerate(runs, start=1):
        assert SavedSearch("", runs=search.runs[:place]).found == frozenset(run.found or ())
    assert search.understood == runs[-1].understood or not runs[-1].understood
    for text in reversed(texts[:-1]):
        forget_run(home, "any")
        assert path.read_bytes() == text
