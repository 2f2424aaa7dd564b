"""Findings out of the store: of a work, and on a topic, tool or programme."""

import json
from collections.abc import Iterable

from kb.model import Finding, FindingLine, Origin
from kb.store import works
from kb.store.database import Database

_FINDINGS = """
SELECT finding.id, finding.work, outcome, measure, value, low, high, ci_low, ci_high, n, events, follow_up,
       follow_up_kind, subgroup, comparator, arms, place, via, text, direction, finding.line, note.path
FROM finding JOIN note ON note.slug = finding.note
"""
_FINDINGS_OF_WORK = f"{_FINDINGS} WHERE finding.work = ? ORDER BY note.slug, finding.position"
_FINDINGS_ON = (
    _FINDINGS
    + """WHERE finding.id IN (
  SELECT finding FROM finding_topic
  WHERE role IN ('subject', 'topic', 'outcome') AND topic IN (SELECT value FROM json_each(?))
)
ORDER BY outcome, measure, finding.work, finding.position"""
)
_FINDING_TOPICS = """
SELECT finding, role, topic FROM finding_topic
WHERE finding IN (SELECT value FROM json_each(?)) ORDER BY finding, role, topic
"""


def findings_of(db: Database, citekey: str) -> list[FindingLine]:
    """The findings of a work, in the order of its notes."""
    return _finding_lines(db, db.execute(_FINDINGS_OF_WORK, (citekey,)).fetchall())


def findings_on(db: Database, slugs: Iterable[str]) -> list[FindingLine]:
    """The findings on any of these topics, tools or programmes, by outcome, measure and work."""
    return _finding_lines(db, db.execute(_FINDINGS_ON, (json.dumps(sorted(slugs)),)).fetchall())


def _finding_lines(db: Database, rows: list[tuple[object, ...]]) -> list[FindingLine]:
    wanted = json.dumps([row[0] for row in rows])
    named: dict[tuple[str, str], list[str]] = {}
    for finding, role, topic in db.execute(_FINDING_TOPICS, (wanted,)):
        named.setdefault((finding, role), []).append(topic)
    lines = works.lines_by_citekey(db, [str(row[1]) for row in rows])
    return [FindingLine(str(row[0]), _finding(row, named), lines[str(row[1])]) for row in rows]


def _finding(row: tuple[object, ...], named: dict[tuple[str, str], list[str]]) -> Finding:
    name, _, outcome, measure, value, low, high, ci_low, ci_high, n, events, years, years_kind, *rest = row
    subgroup, comparator, arms, place, via, text, direction, line, path = map(str, rest)

    def topics(role: str) -> tuple[str, ...]:
        return tuple(named.get((str(name), role), ()))

    return Finding(
        id=str(name).partition("#")[2],
        origin=Origin(path, int(line)),
        where=place,
        subjects=topics("subject"),
        comparator=comparator,
        arms=tuple(arm for arm in arms.split(", ") if arm),
        outcome=str(outcome),
        measure=str(measure),
        value=_number(value),
        low=_number(low),
        high=_number(high),
        ci_low=_number(ci_low),
        ci_high=_number(ci_high),
        n=_whole(n),
        events=_whole(events),
        follow_up=_number(years),
        follow_up_kind=str(years_kind),
        subgroup=subgroup,
        samples=topics("sample"),
        via=via,
        text=text,
        direction=direction,
        topics=topics("topic"),
    )


def _number(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
