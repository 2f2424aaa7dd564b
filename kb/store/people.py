"""People out of the store: by what one calls them, and of works."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from kb.model import Name, Person
from kb.store.database import Database
from kb.text import fold, transliterated

_CALLED = """
SELECT slug, family, given, particle, suffix, corporate, orcid, spellings
FROM person
WHERE slug IN (SELECT person FROM person_key WHERE key IN (SELECT value FROM json_each(?)))
ORDER BY slug
"""
_AUTHORS = """
SELECT work.citekey, authorship.person
FROM work JOIN authorship ON authorship.work = work.id AND role = 'author'
WHERE work.citekey IN (SELECT value FROM json_each(?))
ORDER BY work.citekey, position
"""
_PEOPLE = """
SELECT slug, family, given, particle, suffix, corporate, orcid, spellings
FROM person WHERE slug IN (SELECT value FROM json_each(?)) ORDER BY slug
"""
_UNFINISHED = """
SELECT citekey FROM work WHERE more_authors AND citekey IN (SELECT value FROM json_each(?)) ORDER BY citekey
"""


@lru_cache(maxsize=1 << 15)
def keys(family: str) -> tuple[str, ...]:
    """By what a family name is looked up: folded and with umlauts written out, whole and by its parts.

    >>> sorted(keys("von Müller"))
    ['mueller', 'muller', 'von', 'von mueller', 'von muller']
    """
    spellings = [fold(family)] if family.isascii() else [fold(family), fold(transliterated(family))]
    return tuple({key: None for spelling in spellings for key in (spelling, *spelling.split())})


def called(db: Database, families: Iterable[str]) -> list[Person]:
    """Those with one of these family names, whole or in part, by slug; ``signed`` is left empty."""
    wanted = {key for family in families for key in keys(family)}
    return [_person(row) for row in db.execute(_CALLED, (json.dumps(sorted(wanted)),))]


def people(db: Database, slugs: Iterable[str]) -> dict[str, Person]:
    """These people by slug; ``signed`` is left empty."""
    rows = db.execute(_PEOPLE, (json.dumps(sorted(slugs)),))
    return {row[0]: _person(row) for row in rows}


def authors(db: Database, citekeys: Iterable[str]) -> dict[str, list[str]]:
    """By citekey, the slugs of who signed as author, in order; works without authors are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for citekey, person in db.execute(_AUTHORS, (json.dumps(list(citekeys)),)):
        found[citekey].append(person)
    return dict(found)


def unfinished(db: Database, citekeys: Iterable[str]) -> set[str]:
    """Those of these works that have more authors than are named."""
    return {row[0] for row in db.execute(_UNFINISHED, (json.dumps(list(citekeys)),))}


def _person(row: tuple[str, ...]) -> Person:
    slug, family, given, particle, suffix, corporate, orcid, spellings = row
    name = Name(family, given, particle, suffix, bool(corporate))
    return Person(replace(name, orcid=orcid), slug, orcid, tuple(json.loads(spellings)))
