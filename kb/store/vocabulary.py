"""The words that stand in the store, to tell what is spelt right and what nearly is."""

from collections.abc import Iterable

from kb.store.database import Database

_MOST = 5_000  # enough to know the words by; ids are in no order, so it is a fair sample

_HAS_TEXT = "SELECT 1 FROM fulltext_index WHERE fulltext_index MATCH ? LIMIT 1"
_TITLES = "SELECT title FROM work ORDER BY id LIMIT ?"
_KEYWORDS = "SELECT DISTINCT keyword FROM (SELECT keyword FROM work_keyword ORDER BY work LIMIT ?)"
_FAMILIES = "SELECT DISTINCT family FROM person WHERE family <> '' ORDER BY family"
_VENUES = "SELECT DISTINCT container FROM work WHERE container <> '' ORDER BY container"
_TYPES = "SELECT DISTINCT type FROM work ORDER BY type"


def has_text(db: Database, phrases: Iterable[str]) -> bool:
    """Whether any of these folded phrases stands in a work, in any inflection."""
    match = " OR ".join(f'"{phrase}"' for phrase in phrases if phrase)
    return bool(match) and db.execute(_HAS_TEXT, (match,)).fetchone() is not None


def titles(db: Database) -> tuple[str, ...]:
    """Titles and keywords of works, in no order that tells; of very many, not all."""
    rows = db.execute(_TITLES, (_MOST,)).fetchall() + db.execute(_KEYWORDS, (_MOST,)).fetchall()
    return tuple([row[0] for row in rows])


def families(db: Database) -> tuple[str, ...]:
    """The family names of all who signed a work."""
    return tuple(row[0] for row in db.execute(_FAMILIES))


def venues(db: Database) -> tuple[str, ...]:
    """The journals and books in which works appeared."""
    return tuple(row[0] for row in db.execute(_VENUES))


def types(db: Database) -> tuple[str, ...]:
    """The types of the works."""
    return tuple(row[0] for row in db.execute(_TYPES))
