"""Citations out of the store: one work's, and all of them."""

import json
from dataclasses import dataclass

from kb.model import Cited, Counted, Coverage, Origin
from kb.store import works
from kb.store.database import Database

_REFERENCES = """
SELECT cited AS other, group_concat(DISTINCT intent) AS intents, max(place) AS place,
       max(confidence) AS confidence,
       min(citation.path) AS path, min(citation.line) AS line
FROM citation JOIN work ON work.id = citation.citing
WHERE work.citekey = ?
GROUP BY cited
"""
_CITED_BY = """
SELECT citing AS other, group_concat(DISTINCT intent) AS intents, max(place) AS place,
       max(confidence) AS confidence,
       min(citation.path) AS path, min(citation.line) AS line
FROM citation JOIN work ON work.id = citation.cited
WHERE work.citekey = ?
GROUP BY citing
"""
_EDGES = """
SELECT DISTINCT citing.citekey, cited.citekey
FROM citation
JOIN work AS citing ON citing.id = citation.citing
JOIN work AS cited ON cited.id = citation.cited
ORDER BY 1, 2
"""
_TYPED = """
SELECT citing.citekey, cited.citekey, intent
FROM citation
JOIN work AS citing ON citing.id = citation.citing
JOIN work AS cited ON cited.id = citation.cited
WHERE intent <> ''
ORDER BY 1, 2, 3
"""
_MOST_CITED = """
SELECT cited, count(DISTINCT citing) AS times
FROM citation JOIN work ON work.id = citation.cited
WHERE :held IS NULL OR work.held = :held
GROUP BY cited HAVING times >= :least
ORDER BY times DESC, work.citekey
LIMIT :limit
"""
_PAIRS = "SELECT DISTINCT citing, cited FROM citation ORDER BY citing, cited"
_TIMES = """
SELECT work.citekey, count(DISTINCT citing) FROM citation JOIN work ON work.id = citation.cited
WHERE work.citekey IN (SELECT value FROM json_each(?)) GROUP BY work.id
"""
_AMONG = """
SELECT DISTINCT citing.citekey, cited.citekey
FROM work AS citing
JOIN citation ON citation.citing = citing.id
JOIN work AS cited ON cited.id = citation.cited
WHERE citing.citekey IN (SELECT value FROM json_each(:names))
  AND cited.citekey IN (SELECT value FROM json_each(:names))
ORDER BY 1, 2
"""
_COCITED = """
SELECT other.cited, count(DISTINCT other.citing)
FROM citation AS this JOIN citation AS other ON other.citing = this.citing
WHERE this.cited = :work AND other.cited <> :work
GROUP BY other.cited
"""
_COUPLED = """
SELECT other.citing, count(DISTINCT other.cited)
FROM citation AS this JOIN citation AS other ON other.cited = this.cited
WHERE this.citing = :work AND other.citing <> :work
GROUP BY other.citing
"""
_DEGREES = """
SELECT id, citekey,
       (SELECT count(DISTINCT citing) FROM citation WHERE cited = id),
       (SELECT count(DISTINCT cited) FROM citation WHERE citing = id)
FROM work WHERE id IN (SELECT value FROM json_each(?))
"""
_COVERAGE = """
SELECT count(*), sum(citeslist = 'complete'),
       sum(citeslist <> 'complete' AND (citeslist = 'partial' OR id IN (SELECT citing FROM citation)))
FROM work WHERE held = 1
"""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another work: how many citing and cited works it shares with this one, and how many each has."""

    citekey: str
    together: int
    shared: int
    cited: int
    cites: int
    other_cited: int
    other_cites: int


def references(db: Database, citekey: str) -> list[Cited]:
    """What this work cites, oldest first, then by citekey."""
    return _cited(db, _REFERENCES, citekey)


def cited_by(db: Database, citekey: str) -> list[Cited]:
    """What cites this work, newest first, then by citekey."""
    found = _cited(db, _CITED_BY, citekey)
    return sorted(found, key=lambda c: (-(c.work.year or 0), c.work.citekey))


def _cited(db: Database, query: str, citekey: str) -> list[Cited]:
    said = {row[0]: row[1:] for row in db.execute(query, (citekey,))}
    found = [
        Cited(
            work=line,
            intents=tuple(sorted(intent for intent in intents.split(",") if intent)),
            where=place,
            confidence=confidence,
            origin=Origin(path, number),
        )
        for line, (intents, place, confidence, path, number) in zip(
            works.lines(db, list(said)), said.values(), strict=True
        )
    ]
    return sorted(found, key=lambda c: (c.work.year or 9999, c.work.citekey))


def edges(db: Database) -> list[tuple[str, str]]:
    """All citations as (citing, cited) citekeys, each pair once, sorted."""
    return list(db.execute(_EDGES))


def pairs(db: Database) -> list[tuple[int, int]]:
    """All citations as (citing, cited) row numbers, each pair once, sorted."""
    return list(db.execute(_PAIRS))


def typed(db: Database) -> list[tuple[str, str, str]]:
    """Citations that say why: (citing, cited, intent), sorted."""
    return list(db.execute(_TYPED))


def most_cited(db: Database, *, held: bool | None, least: int, limit: int) -> list[Counted]:
    """Works by how many works cite them, most first, ties by citekey; ``held`` None takes both."""
    values = {"held": None if held is None else int(held), "least": least, "limit": limit}
    rows = db.execute(_MOST_CITED, values).fetchall()
    lines = works.lines(db, [number for number, _ in rows])
    return [Counted(line, times) for line, (_, times) in zip(lines, rows, strict=True)]


def times_cited(db: Database, citekeys: list[str]) -> dict[str, int]:
    """How many works cite each of these; those cited by none are left out."""
    return dict(db.execute(_TIMES, (json.dumps(citekeys),)))


def edges_among(db: Database, citekeys: list[str]) -> list[tuple[str, str]]:
    """The citations between these works as (citing, cited) citekeys, sorted."""
    return list(db.execute(_AMONG, {"names": json.dumps(citekeys)}))


def neighbours(db: Database, citekey: str) -> list[Neighbour]:
    """The works that share a citing or a cited work with this one, in no order."""
    (this,) = works.ids(db, [citekey])
    together = dict(db.execute(_COCITED, {"work": this}).fetchall())
    shared = dict(db.execute(_COUPLED, {"work": this}).fetchall())
    degrees = {row[0]: row[1:] for row in db.execute(_DEGREES, (json.dumps([this, *together, *shared]),))}
    _, cited, cites = degrees[this]
    return [
        Neighbour(
            name, together.get(number, 0), shared.get(number, 0), cited, cites, other_cited, other_cites
        )
        for number, (name, other_cited, other_cites) in degrees.items()
        if number != this
    ]


def coverage(db: Database) -> Coverage:
    """How many held works have a complete, a partial, or no known reference list."""
    held, complete, partial = db.execute(_COVERAGE).fetchone()
    return Coverage(held, complete or 0, partial or 0)
