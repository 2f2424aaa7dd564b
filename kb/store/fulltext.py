"""Full-text search out of the store: ranked rows, counts, facets, snippets.

MATCH expressions come compiled from the search room; conditions are named
here and bound there, so that no word of a query ever becomes SQL.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

from kb.store.database import Database

Value: TypeAlias = str | int | None

# Columns of fulltext_index, and what a match in each weighs (BM25, Robertson &
# Zaragoza 2009, doi:10.1561/1500000019).
COLUMNS = ("title", "people", "venue", "keywords", "topics", "abstract", "notes")
_BM25 = "bm25(fulltext_index, 5.0, 1.0, 0.5, 2.0, 2.0, 1.0, 1.0)"

MARK_OPEN, MARK_CLOSE = "\x02", "\x03"  # around matches; no such characters are left in stored text

# What a condition means; :a and :b are its two values.
_CONDITIONS = {
    "year": "work.year IS NOT NULL AND (:a IS NULL OR work.year >= :a) AND (:b IS NULL OR work.year <= :b)",
    "topic": "work.id IN (SELECT work FROM work_topic WHERE topic IN (SELECT value FROM json_each(:a)))",
    "type": "work.type IN (SELECT value FROM json_each(:a))",
    "doi": "work.doi IN (SELECT value FROM json_each(:a))",
    "key": """work.citekey IN (SELECT value FROM json_each(:a)) OR work.citekey IN (
        SELECT citekey FROM alias WHERE alias IN (SELECT value FROM json_each(:a)))""",
    "list": """work.citekey IN (
        SELECT citekey FROM list_item WHERE lower(list) IN (SELECT value FROM json_each(:a)))""",
    "author": """work.id IN (
        SELECT work FROM authorship WHERE person IN (SELECT value FROM json_each(:a)))""",
    "is held": "work.held = 1",
    "is cited": "work.held = 0",
    "is retracted": "work.status = 'retracted'",
    "has findings": "work.citekey IN (SELECT work FROM finding)",
    "has doi": "work.doi <> ''",
    "has abstract": "work.abstract <> ''",
    "without": "work.id NOT IN (SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH :a)",
    "nothing": "0",
}

# Scores once, and from them both the best and the count: evaluating the query is what costs.
_RANKED = """
WITH hit AS MATERIALIZED (
  SELECT rowid AS id, {bm25} AS score FROM fulltext_index WHERE fulltext_index MATCH :match {among}
)
SELECT id, -score, (SELECT count(*) FROM hit) FROM hit
{without}
ORDER BY score, id LIMIT :limit OFFSET :offset
"""
_WITHOUT = "WHERE id NOT IN (SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH :without)"
_COUNTED = "SELECT count(*) FROM fulltext_index WHERE fulltext_index MATCH :match {among}"
_ALL = "SELECT group_concat(rowid) FROM fulltext_index WHERE fulltext_index MATCH :match {among}"
# Orders other than by relevance; what has no year, or was added on no known day, comes last.
_ORDERS = {
    "relevance": "held DESC, year DESC, citekey",
    "year": "year DESC, citekey",
    "cited-by": "(SELECT count(DISTINCT citing) FROM citation WHERE cited = work.id) DESC, citekey",
    "added": "added DESC, citekey",
}
ORDERS = tuple(_ORDERS)
_ORDERED = """
SELECT id FROM work JOIN (
  SELECT rowid AS id FROM fulltext_index WHERE fulltext_index MATCH :match {among}
) USING (id)
ORDER BY id IN (SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH :every) DESC, {order}
LIMIT :limit OFFSET :offset
"""
_BROWSED = "SELECT id FROM work WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
_ANY = "SELECT group_concat(id) FROM work WHERE {where}"
_HOW_MANY = "SELECT count(*) FROM work WHERE {where}"
_EXISTS = "SELECT 1 FROM work WHERE {where} LIMIT 1"
_MATCHES_ANY = "SELECT 1 FROM fulltext_index WHERE fulltext_index MATCH :match {among} LIMIT 1"
_CANDIDATES = """
SELECT work.id, citekey, work.title, held, {text},
       (SELECT count(DISTINCT citing) FROM citation WHERE cited = work.id)
FROM work JOIN fulltext USING (id) WHERE id IN (SELECT value FROM json_each(:rows))
"""
_BODY = "fulltext.abstract || ' ' || notes"
# A page's rows in an index of their own: to mark matches in the large one, FTS5 would evaluate
# the whole query once more, for every row of the page.
FILL_SHOWN = f"""
INSERT INTO temp.shown (rowid, {", ".join(COLUMNS)})
SELECT id, {", ".join(COLUMNS)} FROM fulltext WHERE id IN (SELECT value FROM json_each(?))
"""
# A row's score with one column weighing 1 and the others 0 is not 0 if that column matches.
_MATCHES = ", ".join(
    f"bm25(shown, {', '.join(str(int(i == k)) for k in range(len(COLUMNS)))}) <> 0"
    for i in range(len(COLUMNS))
)
_MARKED = f"""
SELECT rowid, {_MATCHES},
       snippet(shown, 5, :open, :close, ' … ', 28), snippet(shown, 6, :open, :close, ' … ', 28)
FROM temp.shown WHERE shown MATCH :match
"""
_IN_SHOWN = "SELECT rowid FROM temp.shown WHERE shown MATCH ?"
_TEXTS = """
SELECT id, title, keywords, abstract, notes FROM fulltext WHERE id IN (SELECT value FROM json_each(?))
"""
_NOTES = """
SELECT note.slug, note.kind, note.title FROM note_index JOIN note ON note.id = note_index.rowid
WHERE note_index MATCH :match AND note.kind IN ('tool', 'programme', 'topic', 'claim', 'list', 'card', 'page')
ORDER BY note.title <> :title COLLATE NOCASE,
         bm25(note_index, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0), note.slug
LIMIT :limit
"""
_NAMED = "SELECT slug, kind, title FROM note WHERE slug IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a work must be: one of the named conditions with its values, or any of several."""

    name: str = ""
    a: Value = None
    b: Value = None
    any_of: tuple["Condition", ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a row matched: its columns, and the best passage of abstract or notes with matches marked.

    ``whole`` is whether it has all the words.
    """

    columns: tuple[str, ...]
    snippet: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a row among the best is judged by once more; ``body`` is abstract and notes."""

    row: int
    citekey: str
    title: str
    held: bool
    body: str
    cited: int


def ranked(
    db: Database,
    match: str,
    conditions: Sequence[Condition],
    *,
    limit: int,
    offset: int = 0,
    without: str = "",
) -> tuple[list[tuple[int, float]], int]:
    """Rows of works that match with their scores, best first, and how many match in all.

    Rows that match ``without`` are left out of the page, but not out of the count.
    """
    among, values = _among(conditions)
    query = _RANKED.format(bm25=_BM25, among=among, without=_WITHOUT if without else "")
    page = {"limit": limit, "offset": offset, **({"without": without} if without else {})}
    rows = db.execute(query, {"match": match, **page, **values}).fetchall() if limit else []
    if rows:
        return [(row, score) for row, score, _ in rows], rows[0][2]
    return [], counted(db, match, conditions)


def counted(db: Database, match: str, conditions: Sequence[Condition]) -> int:
    """How many works match; without an expression, how many there are under these conditions."""
    if not match:
        where, values = _where(conditions)
        return int(db.execute(_HOW_MANY.format(where=where), values).fetchone()[0])
    among, values = _among(conditions)
    return int(db.execute(_COUNTED.format(among=among), {"match": match, **values}).fetchone()[0])


def exists(db: Database, match: str, conditions: Sequence[Condition]) -> bool:
    """Whether any work matches; without an expression, whether there is one under these conditions."""
    if not match:
        where, values = _where(conditions)
        return db.execute(_EXISTS.format(where=where), values).fetchone() is not None
    among, values = _among(conditions)
    query = _MATCHES_ANY.format(among=among)
    return db.execute(query, {"match": match, **values}).fetchone() is not None


def ordered(
    db: Database,
    match: str,
    conditions: Sequence[Condition],
    *,
    every: str,
    by: str,
    limit: int,
    offset: int,
) -> list[int]:
    """Rows of works that match, those that match ``every`` first, then in one of ``ORDERS``, by citekey."""
    among, values = _among(conditions)
    query = _ORDERED.format(among=among, order=_ORDERS[by])
    page = {"limit": limit, "offset": offset}
    return [row[0] for row in db.execute(query, {"match": match, "every": every, **page, **values})]


def browsed(
    db: Database, conditions: Sequence[Condition], *, by: str = "relevance", limit: int = -1, offset: int = 0
) -> list[int]:
    """Row numbers of works under these conditions alone: held first, newest first, or in another order."""
    where, values = _where(conditions)
    query = _BROWSED.format(where=where, order=_ORDERS[by])
    return [row[0] for row in db.execute(query, {"limit": limit, "offset": offset, **values})]


def matching(db: Database, match: str, conditions: Sequence[Condition]) -> str:
    """The row numbers of all works that match, in no order, joined by commas.

    As one text, because a hundred thousand rows of one number take four times as long.
    """
    if not match:
        where, values = _where(conditions)
        return db.execute(_ANY.format(where=where), values).fetchone()[0] or ""
    among, values = _among(conditions)
    return db.execute(_ALL.format(among=among), {"match": match, **values}).fetchone()[0] or ""


def candidates(db: Database, rows: Sequence[int], *, with_text: bool) -> dict[int, Candidate]:
    """What these rows are judged by; without their text where that is not looked at."""
    query = _CANDIDATES.format(text=_BODY if with_text else "''")
    return {
        row: Candidate(row, citekey, title, bool(held), body, cited)
        for row, citekey, title, held, body, cited in db.execute(query, {"rows": json.dumps(list(rows))})
    }


def texts(db: Database, rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Title, keywords, abstract and notes of these works."""
    return {row[0]: row[1:] for row in db.execute(_TEXTS, (json.dumps(list(rows)),))}


def marked(db: Database, match: str, rows: Sequence[int], *, every: str = "") -> dict[int, Marked]:
    """Where each of these rows matches, its best passage, and whether it matches ``every``."""
    found = {}
    with undone(db):
        db.execute(FILL_SHOWN, (json.dumps(list(rows)),))
        whole = {row[0] for row in db.execute(_IN_SHOWN, (every,))} if every else set(rows)
        for number, *matches, abstract, notes_text in db.execute(
            _MARKED, {"match": match, "open": MARK_OPEN, "close": MARK_CLOSE}
        ):
            passage = next((text for text in (abstract, notes_text) if MARK_OPEN in text), "")
            found[number] = Marked(tuple(compress(COLUMNS, matches)), passage, number in whole)
    return found


@contextmanager
def undone(db: Database) -> Iterator[None]:
    """A passage after which temporary tables are as before it, and no transaction holds old pages."""
    db.execute("SAVEPOINT passage")
    try:
        yield
    finally:
        db.execute("ROLLBACK TO passage")
        db.execute("RELEASE passage")


def named(db: Database, slugs: Sequence[str]) -> list[tuple[str, str, str]]:
    """(slug, kind, title) of these notes, in the order given."""
    found = {row[0]: row for row in db.execute(_NAMED, (json.dumps(list(slugs)),))}
    return [found[slug] for slug in slugs if slug in found]


def notes(db: Database, match: str, *, title: str, limit: int) -> list[tuple[str, str, str]]:
    """(slug, kind, title) of the notes that match best, this title first; no study or sample notes."""
    return list(db.execute(_NOTES, {"match": match, "title": title, "limit": limit}))


def _among(conditions: Sequence[Condition]) -> tuple[str, dict[str, Value]]:
    if not conditions:
        return "", {}
    where, values = _where(conditions)
    # Not “rowid IN”: FTS5 would evaluate the whole query anew for each number.
    exists = f"EXISTS (SELECT 1 FROM work WHERE work.id = fulltext_index.rowid AND ({where}))"
    return f"AND {exists}", values


def _where(conditions: Sequence[Condition]) -> tuple[str, dict[str, Value]]:
    """Conditions joined by AND, each with bound values of its own."""
    values: dict[str, Value] = {}
    parts = [_clause(condition, values) for condition in conditions]
    return " AND ".join(parts) or "1", values


def _clause(condition: Condition, values: dict[str, Value]) -> str:
    if condition.any_of:
        text = " OR ".join(_clause(one, values) for one in condition.any_of)
    else:
        a, b = f"a{len(values)}", f"b{len(values)}"
        text = _CONDITIONS[condition.name].replace(":a", f":{a}").replace(":b", f":{b}")
        values |= {a: condition.a, b: condition.b}
    return f"NOT ({text})" if condition.negated else f"({text})"
