"""Full text out of the store: ranked, counted, marked, narrowed, and the reader left as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import store
from kb.model import Content, Name, Origin, Work
from kb.store.fulltext import MARK_CLOSE, MARK_OPEN, Condition

ORIGIN = Origin("references/a.bib")
WORKS = [
    Work("one", "article", ORIGIN, title="Warning messages", year=2010, keywords=("deterrence",)),
    Work("two", "article", ORIGIN, title="Warning, again warning", year=2015, authors=(Name("Messages"),)),
    Work("three", "article", ORIGIN, title="Helplines", year=2020, abstract="No warning is given."),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kb.db"
    with store.writing(path) as (db, fresh):
        store.replace(db, store.tables(Content(WORKS, {}, [], [], [], [], [])), fresh=fresh)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[store.Database]:
    db = store.open_reader(path)
    yield db
    db.close()


def rows(db: store.Database, *citekeys: str) -> list[int]:
    return [store.works.ids(db, [citekey])[0] for citekey in citekeys]


def ranked(db: store.Database, match: str, *conditions: Condition, **page: object) -> tuple[list[int], int]:
    found, total = store.fulltext.ranked(db, match, conditions, **page)  # type: ignore[arg-type]
    return [row for row, _ in found], total


def facets(db: store.Database, *citekeys: str) -> dict[str, list[tuple[str | int, int]]]:
    return store.facets.facets(db, ",".join(map(str, rows(db, *citekeys))))


def test_a_page_of_rows_comes_with_the_count_of_all(db: store.Database) -> None:
    """The best first; pages follow each other; a page beyond the last is empty, but counts."""
    best = ranked(db, '"warning"', limit=3)[0]

    assert best == rows(db, "two", "one", "three")
    assert ranked(db, '"warning"', limit=2) == (best[:2], 3)
    assert ranked(db, '"warning"', limit=2, offset=2) == (best[2:], 3)
    assert ranked(db, '"warning"', limit=2, offset=9) == ([], 3)
    assert ranked(db, '"warning"', limit=0) == ([], 3)
    assert ranked(db, '"warning"', limit=2, without='"again"') == (best[1:], 3)
    assert ranked(db, '"absent"', limit=2) == ([], 0)


def test_scores_fall_along_the_page(db: store.Database) -> None:
    """The better, the higher."""
    found, _ = store.fulltext.ranked(db, '"warning"', [], limit=3)

    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_conditions_narrow_page_and_count_alike(db: store.Database) -> None:
    """Years hold for the rows, for the count and for all that match; negated, the others are left."""
    early = Condition("year", None, 2012)
    late = Condition("year", None, 2012, negated=True)

    assert ranked(db, '"warning"', early, limit=9) == (rows(db, "one"), 1)
    assert ranked(db, '"warning"', late, limit=9) == (rows(db, "two", "three"), 2)
    assert store.fulltext.matching(db, '"warning"', [early]) == str(*rows(db, "one"))
    assert store.fulltext.matching(db, "", [early]) == str(*rows(db, "one"))
    assert store.fulltext.matching(db, '"absent"', []) == ""
    assert (store.fulltext.counted(db, '"warning"', [late]), store.fulltext.counted(db, "", [late])) == (2, 2)


def test_a_row_tells_in_which_columns_it_matches_and_shows_the_passage(db: store.Database) -> None:
    """Any of the words counts; a column without one is not named; rows that were not asked for are absent."""
    one, two, three = rows(db, "one", "two", "three")

    found = store.fulltext.marked(db, '"warning" OR "messages"', [one, two])

    assert found[one].columns == ("title",)
    assert found[two].columns == ("title", "people")
    assert found[one].snippet == ""  # a title is shown anyway
    assert three not in found
    in_abstract = store.fulltext.marked(db, '"warning"', [three])[three]
    assert in_abstract.columns == ("abstract",)
    assert f"No {MARK_OPEN}warning{MARK_CLOSE} is" in in_abstract.snippet


def test_a_word_that_every_shown_row_has_still_marks_its_column(db: store.Database) -> None:
    """A word in all rows weighs next to nothing, but not nothing."""
    found = store.fulltext.marked(db, '"warning"', rows(db, "one", "two"))

    assert [marked.columns for marked in found.values()] == [("title",), ("title",)]


def test_a_reader_sees_the_next_ingest_after_passages_and_facets(path: Path, db: store.Database) -> None:
    """Neither leaves a transaction open, in which the old rows would stay for ever."""
    store.fulltext.marked(db, '"warning"', rows(db, "one"))
    assert facets(db, "one", "two")["year"] == [(2010, 1), (2015, 1)]
    assert facets(db, "three")["year"] == [(2020, 1)]

    with store.writing(path) as (writer, fresh):
        store.replace(writer, {"alias": [("uno", "one")]}, fresh=fresh)

    assert store.works.citekey_of(db, "uno") == "one"
    assert not db.in_transaction
