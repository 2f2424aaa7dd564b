"""Claims out of the store, with the evidence on each."""

from kb.model import Claim, ClaimLine, EvidenceLine
from kb.store import works
from kb.store.database import Database

_CLAIM = "SELECT slug, statement, said_by, speaker, attribution, place, as_of FROM claim"
_CLAIMS = _CLAIM + " ORDER BY statement, slug"
_ONE_CLAIM = _CLAIM + " WHERE slug = ?"
_ABOUT = "SELECT note, target FROM link WHERE field = 'about' ORDER BY note, target"
_EVIDENCE_COUNTS = """
SELECT claim, relation, count(*) FROM claim_evidence GROUP BY claim, relation ORDER BY claim, relation
"""
_EVIDENCE = """
SELECT relation, because, place, finding, work, url
FROM claim_evidence WHERE claim = ? ORDER BY position
"""
_CLAIMS_ON_WORK = """
SELECT slug FROM claim WHERE said_by = :citekey
UNION SELECT claim FROM claim_evidence WHERE work = :citekey
ORDER BY 1
"""


def claims(db: Database) -> list[ClaimLine]:
    """All claims with their evidence counted, by statement."""
    counts: dict[str, dict[str, int]] = {}
    for slug, relation, count in db.execute(_EVIDENCE_COUNTS):
        counts.setdefault(slug, {})[relation] = count
    about: dict[str, list[str]] = {}
    for slug, target in db.execute(_ABOUT):
        about.setdefault(slug, []).append(target)
    rows = db.execute(_CLAIMS).fetchall()
    return [
        ClaimLine(row[0], _claim(row, tuple(about.get(row[0], ()))), counts.get(row[0], {})) for row in rows
    ]


def claim(db: Database, slug: str) -> Claim | None:
    """One claim, without its evidence."""
    row = db.execute(_ONE_CLAIM, (slug,)).fetchone()
    about = tuple(target for name, target in db.execute(_ABOUT) if name == slug)
    return _claim(row, about) if row else None


def _claim(row: tuple[str, ...], about: tuple[str, ...]) -> Claim:
    _, statement, said_by, speaker, attribution, place, as_of = row
    return Claim(statement, said_by, speaker, attribution, place, about, (), as_of)


def evidence(db: Database, slug: str) -> list[EvidenceLine]:
    """The evidence on a claim, in the order of its note."""
    rows = db.execute(_EVIDENCE, (slug,)).fetchall()
    lines = works.lines_by_citekey(db, [row[4] for row in rows])
    return [
        EvidenceLine(relation, because, place, finding, lines.get(work), url)
        for relation, because, place, finding, work, url in rows
    ]


def claims_on_work(db: Database, citekey: str) -> list[str]:
    """The slugs of claims that a work makes or bears on."""
    return [row[0] for row in db.execute(_CLAIMS_ON_WORK, {"citekey": citekey})]
