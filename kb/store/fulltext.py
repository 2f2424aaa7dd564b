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
_BM25 = "bm25(fulltext_index, 5.0, 3.0, 1.0, 3.0, 2.0, 1.0, 1.0)"

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
SELECT id, (SELECT count(*) FROM hit) FROM hit
WHERE id NOT IN (SELECT value FROM json_each(:without))
ORDER BY score, id LIMIT :limit OFFSET :offset
"""
_COUNTED = "SELECT count(*) FROM fulltext_index WHERE fulltext_index MATCH :match {among}"
_ALL = "SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH :match {among}"
_BROWSED = """
SELECT id FROM work WHERE {where}
ORDER BY held DESC, year DESC, citekey LIMIT :limit OFFSET :offset
"""
# A page's rows in an index of their own: to mark matches in the large one, FTS5 would evaluate
# the whole query once more, for every row of the page.
_FILL_SHOWN = f"""
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
_NOTES = """
SELECT note.slug, note.kind, note.title FROM note_index JOIN note ON note.id = note_index.rowid
WHERE note_index MATCH :match AND note.kind IN ('tool', 'programme', 'topic', 'claim', 'list', 'card', 'page')
ORDER BY note.title <> :title COLLATE NOCASE,
         bm25(note_index, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0), note.slug
LIMIT :limit
"""
_NAMED = "SELECT slug, kind, title FROM note WHERE slug IN (SELECT value FROM json_each(?))"
_FACETS = {
    "year": """
SELECT year, count(*) FROM work JOIN temp.chosen USING (id)
WHERE year IS NOT NULL GROUP BY year ORDER BY year""",
    "type": """
SELECT type, count(*) AS works FROM work JOIN temp.chosen USING (id)
GROUP BY type ORDER BY works DESC, type""",
    "held": """
SELECT iif(held, 'held', 'cited'), count(*) AS works FROM work JOIN temp.chosen USING (id)
GROUP BY held ORDER BY works DESC""",
}
_TOPIC_FACETS = ("tool", "programme", "design", "country", "topic")
# A work on a topic is a work on all that is broader: so a count is what a click on it finds.
_TOPICS = """
WITH RECURSIVE above (topic, broader) AS (
  SELECT slug, slug FROM topic
  UNION
  SELECT above.topic, other FROM above
  JOIN topic_relation ON topic_relation.topic = above.broader AND relation = 'broader'
)
SELECT CASE WHEN kind <> 'topic' THEN kind WHEN facet IN ('design', 'country') THEN facet ELSE 'topic' END,
       topic.slug, count(DISTINCT work) AS works
FROM temp.chosen
JOIN work_topic ON work_topic.work = chosen.id
JOIN above ON above.topic = work_topic.topic
JOIN topic ON topic.slug = above.broader
GROUP BY topic.slug ORDER BY works DESC, topic.slug
"""


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
    """Where a row matched: its columns, and the best passage of abstract or notes with matches marked."""

    columns: tuple[str, ...]
    snippet: str


def ranked(
    db: Database,
    match: str,
    conditions: Sequence[Condition],
    *,
    limit: int,
    offset: int = 0,
    without: Sequence[int] = (),
) -> tuple[list[int], int]:
    """Row numbers of works that match, best first, and how many match in all.

    The rows ``without`` are left out of the page, but not out of the count.
    """
    among, values = _among(conditions)
    query = _RANKED.format(bm25=_BM25, among=among)
    page = {"limit": limit, "offset": offset, "without": json.dumps(list(without))}
    rows = db.execute(query, {"match": match, **page, **values}).fetchall() if limit else []
    if rows:
        return [row for row, _ in rows], rows[0][1]
    return [], int(db.execute(_COUNTED.format(among=among), {"match": match, **values}).fetchone()[0])


def browsed(db: Database, conditions: Sequence[Condition], *, limit: int = -1, offset: int = 0) -> list[int]:
    """Row numbers of works under these conditions alone: held first, newest first."""
    where, values = _where(conditions)
    return [
        r[0] for r in db.execute(_BROWSED.format(where=where), {"limit": limit, "offset": offset, **values})
    ]


def matching(db: Database, match: str, conditions: Sequence[Condition]) -> list[int]:
    """Row numbers of all works that match, in no order."""
    among, values = _among(conditions)
    return [row[0] for row in db.execute(_ALL.format(among=among), {"match": match, **values})]


def marked(db: Database, match: str, rows: Sequence[int]) -> dict[int, Marked]:
    """Where each of these rows matches, and its best passage."""
    found = {}
    with _undone(db):
        db.execute(_FILL_SHOWN, (json.dumps(list(rows)),))
        for number, *matches, abstract, notes_text in db.execute(
            _MARKED, {"match": match, "open": MARK_OPEN, "close": MARK_CLOSE}
        ):
            passage = next((text for text in (abstract, notes_text) if MARK_OPEN in text), "")
            found[number] = Marked(tuple(compress(COLUMNS, matches)), passage)
    return found


@contextmanager
def _undone(db: Database) -> Iterator[None]:
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


def facets(db: Database, rows: Sequence[int]) -> dict[str, list[tuple[str | int, int]]]:
    """For each facet, its values among these works and how many works have each."""
    with _undone(db):
        db.executemany("INSERT INTO temp.chosen VALUES (?)", ((row,) for row in rows))
        found = {name: list(db.execute(query)) for name, query in _FACETS.items()}
        found |= {name: [] for name in _TOPIC_FACETS}
        for name, slug, works in db.execute(_TOPICS):
            found[name].append((slug, works))
    return found


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
