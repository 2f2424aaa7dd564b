"""Topics out of the store: names, neighbours, works."""

from collections.abc import Sequence
from typing import Any

from kb.model import Label, TopicLine
from kb.store.database import Database

_LINES = """
SELECT slug, kind, label, facet, status,
       (SELECT count(DISTINCT work) FROM work_topic WHERE topic = slug),
       (SELECT count(DISTINCT finding) FROM finding_topic WHERE topic = slug)
FROM topic
ORDER BY facet, label COLLATE NOCASE, slug
"""
_LABELS = "SELECT text, status, era, place, lang, exact FROM label WHERE topic = ? ORDER BY position"
_TERMS = "SELECT topic, text, status, era, place, lang, exact FROM label ORDER BY topic, position"
_RELATIONS = "SELECT topic, other FROM topic_relation WHERE relation = ? ORDER BY topic, other"
_NEIGHBOURS = """
SELECT 'broader', other FROM topic_relation WHERE relation = 'broader' AND topic = :slug
UNION ALL SELECT 'narrower', topic FROM topic_relation WHERE relation = 'broader' AND other = :slug
UNION ALL SELECT 'related', other FROM topic_relation WHERE relation = 'related' AND topic = :slug
"""
_WORKS = """
SELECT work.id FROM work
WHERE work.id IN (SELECT work FROM work_topic WHERE topic IN (SELECT value FROM json_each(:slugs)))
ORDER BY work.held DESC, work.year DESC, work.citekey
"""
_TOPICS_OF = "SELECT DISTINCT topic FROM work_topic JOIN work ON work.id = work_topic.work WHERE citekey = ?"
_SHARED = """
SELECT one.topic, other.topic, count(DISTINCT one.work)
FROM work_topic AS one JOIN work_topic AS other ON other.work = one.work AND other.topic > one.topic
GROUP BY one.topic, other.topic
ORDER BY 1, 2
"""


def lines(db: Database) -> dict[str, TopicLine]:
    """Every topic, tool and programme in one line, by slug, in order of facet and label."""
    return {row[0]: TopicLine(*row) for row in db.execute(_LINES)}


def labels(db: Database, slug: str) -> list[Label]:
    """The names of a topic, in the order of its note."""
    return [_label(row) for row in db.execute(_LABELS, (slug,))]


def terms(db: Database) -> dict[str, list[Label]]:
    """The names of every topic by its slug, each in the order of its note."""
    found: dict[str, list[Label]] = {}
    for topic, *row in db.execute(_TERMS):
        found.setdefault(topic, []).append(_label(row))
    return found


def _label(row: Sequence[Any]) -> Label:
    text, status, era, place, lang, exact = row
    return Label(text, status, era, place, lang, bool(exact))


def relations(db: Database, relation: str) -> list[tuple[str, str]]:
    """(topic, other) pairs of one relation: ``broader`` or ``related``."""
    return list(db.execute(_RELATIONS, (relation,)))


def neighbours(db: Database, slug: str) -> dict[str, list[str]]:
    """The slugs that are broader, narrower and related."""
    found: dict[str, list[str]] = {"broader": [], "narrower": [], "related": []}
    for relation, other in db.execute(_NEIGHBOURS, {"slug": slug}):
        found[relation].append(other)
    return found


def work_ids(db: Database, slugs: str) -> list[int]:
    """Works of any of these topics (a JSON array of slugs): held first, newest first."""
    return [row[0] for row in db.execute(_WORKS, {"slugs": slugs})]


def topics_of(db: Database, citekey: str) -> list[str]:
    """The slugs of a work's topics."""
    return [row[0] for row in db.execute(_TOPICS_OF, (citekey,))]


def shared(db: Database) -> list[tuple[str, str, int]]:
    """Pairs of topics that stand on the same works, and how many works."""
    return list(db.execute(_SHARED))


def in_order(found: dict[str, TopicLine], slugs: Sequence[str]) -> tuple[TopicLine, ...]:
    """The lines of these slugs, by label; unknown ones left out."""
    return tuple(sorted((found[s] for s in slugs if s in found), key=lambda t: (t.label.casefold(), t.slug)))
