"""The store: the one room that knows SQLite.

``database`` opens it, ``shape`` makes rows of content, ``rows`` writes what
differs; the others answer questions, one module a noun.
"""

from kb.store import (
    citations,
    claims,
    decisions,
    facets,
    findings,
    fulltext,
    likeness,
    lists,
    notes,
    people,
    searches,
    topics,
    vocabulary,
    works,
)
from kb.store.database import Database, hold, open_reader, raise_damaged, writing
from kb.store.rows import Tables, replace
from kb.store.shape import tables
from kb.store.state import counts, file_hashes, file_records, made, meta, problems

__all__ = [
    "Database",
    "Tables",
    "citations",
    "claims",
    "counts",
    "decisions",
    "facets",
    "file_hashes",
    "file_records",
    "findings",
    "fulltext",
    "hold",
    "likeness",
    "lists",
    "made",
    "meta",
    "notes",
    "open_reader",
    "people",
    "problems",
    "raise_damaged",
    "replace",
    "searches",
    "tables",
    "topics",
    "vocabulary",
    "works",
    "writing",
]
