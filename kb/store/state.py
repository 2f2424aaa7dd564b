"""What the store was made from, what is wrong with the text, and how much there is."""

from kb.model import Counts, Origin, Problem
from kb.store.database import Database

_PROBLEMS = """
SELECT path, line, code, message, remedy, severity, citekey FROM problem
ORDER BY severity, path, line, code, message
"""
_COUNTS = """
SELECT (SELECT count(*) FROM work WHERE held = 1), (SELECT count(*) FROM work WHERE held = 0),
       (SELECT count(*) FROM note), (SELECT count(*) FROM topic), (SELECT count(*) FROM finding),
       (SELECT count(*) FROM claim), (SELECT count(*) FROM note WHERE kind = 'list'),
       (SELECT count(*) FROM (SELECT DISTINCT citing, cited FROM citation)),
       (SELECT count(*) FROM problem WHERE severity = 'error'),
       (SELECT count(*) FROM problem WHERE severity = 'warning')
"""


def meta(db: Database) -> dict[str, str]:
    """What the last ingest wrote down about itself."""
    return dict(db.execute("SELECT name, value FROM meta"))


def file_hashes(db: Database) -> dict[str, str]:
    """The SHA-256 of each file as it was last read, by path."""
    return dict(db.execute("SELECT path, sha256 FROM file"))


def file_records(db: Database, path: str) -> bytes:
    """What the reader made of a file, packed."""
    return bytes(db.execute("SELECT records FROM file WHERE path = ?", (path,)).fetchone()[0])


def made(db: Database, name: str, sha256: str) -> bytes | None:
    """What was made under this name of text with this hash, packed; None if of other text."""
    row = db.execute("SELECT content FROM made WHERE name = ? AND sha256 = ?", (name, sha256)).fetchone()
    return bytes(row[0]) if row else None


def problems(db: Database) -> list[Problem]:
    """Everything wrong in the text: errors first, then by place."""
    return [
        Problem(Origin(path, line), code, message, remedy, severity, citekey)
        for path, line, code, message, remedy, severity, citekey in db.execute(_PROBLEMS)
    ]


def counts(db: Database) -> Counts:
    """How much the store holds."""
    return Counts(*db.execute(_COUNTS).fetchone())
