"""Notes out of the store: one whole, and which notes name what."""

import json
from collections.abc import Iterable
from typing import Any

from kb.model import Note, Origin
from kb.store.database import Database
from kb.text import squeeze

_NOTE = (
    "SELECT slug, kind, title, body, front, sensitivity, added, checked, path, line FROM note WHERE slug = ?"
)
_SLUG = """
SELECT slug, 0 AS rank FROM note WHERE slug = :name COLLATE NOCASE
UNION ALL SELECT topic, 1 FROM label WHERE folded = :folded AND folded <> ''
ORDER BY rank, slug
LIMIT 1
"""
_NOTES = "SELECT slug, title FROM note WHERE kind = ? ORDER BY title COLLATE NOCASE, slug"
_NAMES = """
SELECT slug FROM note WHERE kind <> 'study'
UNION SELECT text FROM label WHERE status IN ('preferred', 'in-use')
"""
_ABOUT = "SELECT slug FROM note WHERE work <> '' AND work = ? ORDER BY slug"
_STUDIES = """
SELECT work, front FROM note
WHERE work <> '' AND work IN (SELECT value FROM json_each(?)) ORDER BY work, slug
"""
_MENTIONING = """
SELECT DISTINCT note.slug FROM mention JOIN note ON note.slug = mention.note
WHERE mention.citekey = :citekey AND note.work <> :citekey
ORDER BY note.kind, note.title, note.slug
"""
_NAMING = """
SELECT DISTINCT note.slug FROM link JOIN note ON note.slug = link.note
WHERE link.target = :slug AND (:kind = '' OR note.kind = :kind)
ORDER BY note.title, note.slug
"""


def note(db: Database, slug: str) -> Note | None:
    """The note with exactly this slug, its front matter as written."""
    row = db.execute(_NOTE, (slug,)).fetchone()
    if row is None:
        return None
    name, kind, title, body, front, sensitivity, added, checked, path, line = row
    return Note(
        slug=name,
        kind=kind,
        title=title,
        origin=Origin(path, line),
        body=body,
        front=json.loads(front),
        sensitivity=sensitivity,
        added=added,
        checked=checked,
    )


def slug_of(db: Database, name: str, folded: str) -> str:
    """The slug that a slug (in any case) or a label leads to, or ""."""
    row = db.execute(_SLUG, {"name": squeeze(name), "folded": folded}).fetchone()
    return str(row[0]) if row else ""


def names(db: Database) -> list[str]:
    """Slugs and labels of notes, for “did you mean”."""
    return [row[0] for row in db.execute(_NAMES)]


def titles(db: Database, kind: str) -> list[tuple[str, str]]:
    """(slug, title) of the notes of a kind, by title."""
    return list(db.execute(_NOTES, (kind,)))


def about(db: Database, citekey: str) -> list[str]:
    """The slugs of the study notes of a work."""
    return [row[0] for row in db.execute(_ABOUT, (citekey,))]


def studies(db: Database, citekeys: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """(citekey, front matter) of the study notes of these works."""
    rows = db.execute(_STUDIES, (json.dumps(sorted(citekeys)),))
    return [(work, json.loads(front)) for work, front in rows]


def mentioning(db: Database, citekey: str) -> list[str]:
    """The slugs of the other notes that name a work, by kind and title."""
    return [row[0] for row in db.execute(_MENTIONING, {"citekey": citekey})]


def naming(db: Database, slug: str, *, kind: str = "") -> list[str]:
    """The slugs of notes that name this one, of one kind or of all."""
    return [row[0] for row in db.execute(_NAMING, {"slug": slug, "kind": kind})]
