"""People's decisions on which works are one, and which are two all the same."""

from kb.model import Decision, Origin
from kb.store.database import Database

_DECISIONS = """
SELECT verdict, one, other, path, line, said_by, day, why FROM decision ORDER BY path, line, one, other
"""
_RELATED = "SELECT DISTINCT citekey, other FROM relation ORDER BY citekey, other"


def decisions(db: Database) -> list[Decision]:
    """Every decision, in the order of the file."""
    return [
        Decision(verdict, (one, other), Origin(path, line), by, on, why)
        for verdict, one, other, path, line, by, on, why in db.execute(_DECISIONS)
    ]


def related(db: Database) -> list[tuple[str, str]]:
    """(citekey, citekey) of works of which an entry says how one is related to the other."""
    return list(db.execute(_RELATED))
