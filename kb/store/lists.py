"""Reading lists out of the store."""

import json

from kb.model import ItemView, ListLine
from kb.store import works
from kb.store.database import Database

_LISTS = """
SELECT note.slug, note.title, note.front, count(list_item.position)
FROM note LEFT JOIN list_item ON list_item.list = note.slug
WHERE note.kind = 'list' GROUP BY note.slug ORDER BY note.title, note.slug
"""
_ITEMS = """
SELECT citekey, section, reason, role, minutes, text FROM list_item WHERE list = ? ORDER BY position
"""
_LISTS_OF_WORK = "SELECT DISTINCT list FROM list_item WHERE citekey = ? ORDER BY list"


def lists(db: Database) -> list[ListLine]:
    """All reading lists, by title."""
    found = []
    for slug, title, front, items in db.execute(_LISTS).fetchall():
        said = json.loads(front)
        found.append(
            ListLine(slug, title, str(said.get("purpose", "")), str(said.get("audience", "")), items)
        )
    return found


def list_items(db: Database, slug: str) -> list[ItemView]:
    """The items of a reading list, in order."""
    rows = db.execute(_ITEMS, (slug,)).fetchall()
    lines = works.lines_by_citekey(db, [row[0] for row in rows])
    return [ItemView(lines[row[0]], *row[1:]) for row in rows]


def lists_of_work(db: Database, citekey: str) -> list[str]:
    """The slugs of reading lists that hold a work."""
    return [row[0] for row in db.execute(_LISTS_OF_WORK, (citekey,))]
