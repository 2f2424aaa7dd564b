"""Works out of the store: whole, and in one line."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kb.ids import doi
from kb.model import Entry, Name, Origin, Work, WorkLine
from kb.store.database import Database
from kb.text import squeeze

_FIND = """
SELECT citekey, 0 AS rank, 0 AS cited, '' AS path, 0 AS line FROM work WHERE citekey = :name
UNION ALL SELECT citekey, 1, 0, '', 0 FROM alias WHERE alias = :name
UNION ALL SELECT citekey, 2, NOT held, path, line FROM work WHERE doi <> '' AND doi = :doi
UNION ALL SELECT citekey, 3, 0, path, line FROM entry WHERE doi <> '' AND doi = :doi
ORDER BY rank, cited, path, line
LIMIT 1
"""
_WORK = "SELECT * FROM work WHERE citekey = ?"
_AUTHORS = """
SELECT role, family, given, particle, suffix, corporate, orcid
FROM authorship WHERE work = ? ORDER BY role, position
"""
_WORKS = "SELECT * FROM work ORDER BY citekey"
_ALL_AUTHORS = """
SELECT work, role, family, given, particle, suffix, corporate, orcid
FROM authorship ORDER BY work, role, position
"""
_ALL_KEYWORDS = "SELECT work, keyword FROM work_keyword ORDER BY work, position"
_ALL_ALIASES = "SELECT citekey, alias FROM alias ORDER BY citekey, alias"
_KEYWORDS = "SELECT keyword FROM work_keyword WHERE work = ? ORDER BY position"
_ALIASES = "SELECT alias FROM alias WHERE citekey = ? ORDER BY alias"
_ENTRIES = "SELECT name, type, fields, path, line FROM entry WHERE citekey = ? ORDER BY position"
_ALL_ENTRIES = """
SELECT citekey, name, type, fields, path, line FROM entry ORDER BY citekey, position
"""
_LINES = """
SELECT id, citekey, title, byline, year, container, type, held, status, doi, url
FROM work WHERE id IN (SELECT value FROM json_each(?))
"""
_BADGES = """
SELECT work_topic.work, topic.kind, topic.label
FROM work_topic JOIN topic ON topic.slug = work_topic.topic
WHERE work_topic.work IN (SELECT value FROM json_each(?))
  AND (topic.facet = 'design' OR topic.kind = 'tool')
"""
_IDS = "SELECT id FROM work WHERE citekey IN (SELECT value FROM json_each(?))"
_NAMED = "SELECT id, citekey, held FROM work WHERE id IN (SELECT value FROM json_each(?))"
_HELD = "SELECT citekey FROM work WHERE held = 1 ORDER BY citekey"
_ALL = "SELECT id FROM work ORDER BY citekey"
_WITH_KEYWORD = """
SELECT citekey FROM work JOIN work_keyword ON work_keyword.work = work.id
WHERE keyword = ? ORDER BY citekey
"""
_WITHOUT_ADDRESS = """
SELECT citekey FROM work WHERE held = 1 AND doi = '' AND url = '' AND isbn = '' ORDER BY citekey
"""
_RELATIONS = """
SELECT type, other FROM relation WHERE citekey = :citekey
UNION SELECT type || ' (of this one)', citekey FROM relation WHERE other = :citekey
ORDER BY 1, 2
"""
_NAMES = "SELECT citekey FROM work WHERE citekey NOT LIKE 'doi:%' UNION SELECT alias FROM alias"


def citekey_of(db: Database, name: str) -> str:
    """The citekey that a citekey, alias or DOI leads to, or ""; of two held works with one DOI, the first."""
    row = db.execute(_FIND, {"name": squeeze(name), "doi": doi(squeeze(name))}).fetchone()
    return str(row[0]) if row else ""


def citekeys(db: Database) -> list[str]:
    """All citekeys and aliases that a person chose, for “did you mean”."""
    return [row[0] for row in db.execute(_NAMES)]


def held(db: Database) -> list[str]:
    """The citekeys of held works, in alphabetical order."""
    return [row[0] for row in db.execute(_HELD)]


def work(db: Database, citekey: str) -> Work:
    """One work whole, without its citations.

    Raises:
        KeyError: No work has this citekey.
    """
    row = db.execute(_WORK, (citekey,)).fetchone()
    if row is None:
        raise KeyError(citekey)
    people = [(role, _name(*parts)) for role, *parts in db.execute(_AUTHORS, (row[0],))]
    keywords = [keyword for (keyword,) in db.execute(_KEYWORDS, (row[0],))]
    aliases = [alias for (alias,) in db.execute(_ALIASES, (citekey,))]
    entries = [_entry(*parts) for parts in db.execute(_ENTRIES, (citekey,))]
    return _whole(row, people, keywords, aliases, entries)


def works(db: Database) -> list[Work]:
    """Every work whole, by citekey, without its citations."""
    people: dict[int, list[tuple[str, Name]]] = defaultdict(list)
    for number, role, *parts in db.execute(_ALL_AUTHORS):
        people[number].append((role, _name(*parts)))
    keywords: dict[int, list[str]] = defaultdict(list)
    for number, keyword in db.execute(_ALL_KEYWORDS):
        keywords[number].append(keyword)
    aliases: dict[str, list[str]] = defaultdict(list)
    for citekey, alias in db.execute(_ALL_ALIASES):
        aliases[citekey].append(alias)
    entries: dict[str, list[Entry]] = defaultdict(list)
    for citekey, *parts in db.execute(_ALL_ENTRIES):
        entries[citekey].append(_entry(*parts))
    return [
        _whole(row, people[row[0]], keywords[row[0]], aliases[row[1]], entries[row[1]])
        for row in db.execute(_WORKS).fetchall()
    ]


def _entry(name: str, kind: str, fields: str, path: str, line: int) -> Entry:
    return Entry(name, kind, json.loads(fields), Origin(path, line))


def _name(family: str, given: str, particle: str, suffix: str, corporate: int, orcid: str) -> Name:
    return Name(family, given, particle, suffix, bool(corporate), orcid)


def _whole(
    row: tuple[Any, ...],
    people: list[tuple[str, Name]],
    keywords: list[str],
    aliases: list[str],
    entries: list[Entry],
) -> Work:
    return Work(
        citekey=row[1],
        type=row[2],
        origin=Origin(row[23], row[24]),
        title=row[3],
        authors=tuple(name for role, name in people if role == "author"),
        editors=tuple(name for role, name in people if role == "editor"),
        more_authors=bool(row[25]),
        year=row[5],
        date=row[6],
        container=row[7],
        publisher=row[8],
        volume=row[9],
        issue=row[10],
        pages=row[11],
        doi=row[12],
        isbn=row[13],
        url=row[14],
        language=row[15],
        abstract=row[16],
        annotation=row[17],
        held=bool(row[18]),
        status=row[19],
        added=row[20],
        citeslist=row[21],
        fields=json.loads(row[22]),
        keywords=tuple(keywords),
        aliases=tuple(aliases),
        entries=tuple(entries),
    )


def ids(db: Database, names: Iterable[str]) -> list[int]:
    """The row numbers of these citekeys, in no order; unknown ones are left out."""
    return [row[0] for row in db.execute(_IDS, (json.dumps(list(names)),))]


def names(db: Database, numbers: Sequence[int]) -> list[tuple[str, bool]]:
    """(citekey, held) of the works with these row numbers, in the order given."""
    rows = db.execute(_NAMED, (json.dumps(list(numbers)),))
    found = {number: (citekey, bool(held)) for number, citekey, held in rows}
    return [found[number] for number in numbers if number in found]


def lines(db: Database, numbers: Sequence[int]) -> list[WorkLine]:
    """The works with these row numbers in one line each, in the order given."""
    wanted = json.dumps(list(numbers))
    designs: dict[int, set[str]] = defaultdict(set)
    tools: dict[int, set[str]] = defaultdict(set)
    for number, kind, label in db.execute(_BADGES, (wanted,)):
        (tools if kind == "tool" else designs)[number].add(label)
    found = {}
    for number, citekey, title, byline, year, container, kind, is_held, status, number_doi, url in db.execute(
        _LINES, (wanted,)
    ):
        badges = (tuple(sorted(designs[number])), tuple(sorted(tools[number])))
        shown = title or number_doi or citekey
        found[number] = WorkLine(
            citekey, shown, byline, year, container, kind, bool(is_held), status, number_doi, url, *badges
        )
    return [found[number] for number in numbers if number in found]


def lines_by_citekey(db: Database, names: Sequence[str]) -> dict[str, WorkLine]:
    """The works with these citekeys, in one line each."""
    return {line.citekey: line for line in lines(db, ids(db, names))}


def all_lines(db: Database) -> list[WorkLine]:
    """Every work in one line, by citekey."""
    return lines(db, [row[0] for row in db.execute(_ALL)])


def relations(db: Database, citekey: str) -> list[tuple[str, WorkLine]]:
    """(type, other work) of a work's relations, in both directions."""
    rows = db.execute(_RELATIONS, {"citekey": citekey}).fetchall()
    found = lines_by_citekey(db, [other for _, other in rows])
    return [(kind, found[other]) for kind, other in rows if other in found]


def with_keyword(db: Database, keyword: str) -> list[str]:
    """The citekeys of works with exactly this keyword, in alphabetical order."""
    return [row[0] for row in db.execute(_WITH_KEYWORD, (keyword,))]


def without_address(db: Database) -> list[str]:
    """The citekeys of held works with neither DOI, ISBN nor address, in alphabetical order."""
    return [row[0] for row in db.execute(_WITHOUT_ADDRESS)]
