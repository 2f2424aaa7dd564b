"""Counts of what the works of a search have: years, types, topics, findings.

Per version of the store the few numbers that are counted are kept in arrays, so
that a search adds up instead of reading rows (three times as fast as SQL's
GROUP BY, docs/benchmarks.md).
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from kb.store.database import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]

Counts: TypeAlias = dict[str, list[tuple[str | int, int]]]

_WORKS = """
SELECT work.id, coalesce(year, -1), type, held, finding.work IS NOT NULL
FROM work LEFT JOIN (SELECT DISTINCT work FROM finding) AS finding ON finding.work = work.citekey
ORDER BY work.id
"""
_WORK_TOPICS = "SELECT DISTINCT work, topic FROM work_topic ORDER BY work"
_TOPICS = "SELECT slug, kind, facet FROM topic ORDER BY slug"
_BROADER = "SELECT topic, other FROM topic_relation WHERE relation = 'broader'"
_FILES = "SELECT path, sha256 FROM file ORDER BY path"
_META = "SELECT name, value FROM meta ORDER BY name"

_FACETS = ("tool", "programme", "design", "country", "level", "topic")
_KEPT = 2  # versions of stores

_known: dict[str, "_Columns"] = {}


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is counted of all works, in order of their row numbers; topics with all that is broader.

    The topics of work ``i`` are ``topics[starts[i]:starts[i + 1]]``, places in ``slugs``.
    """

    rows: "Numbers"
    years: "Numbers"
    types: "Numbers"
    held: "Numbers"
    findings: "Numbers"
    starts: "Numbers"
    topics: "Numbers"
    type_names: tuple[str, ...]
    slugs: tuple[str, ...]
    facets: tuple[str, ...]


def facets(db: Database, rows: str) -> Counts:
    """For each facet, its values among these works and how many works have each.

    ``rows`` are row numbers joined by commas. Years in order, the others by
    count, then by name. A work on a topic is a work on all that is broader:
    so a count is what a click on it finds.
    """
    import numpy as np

    columns = _columns(db)
    numbers = np.fromstring(rows, dtype=np.int64, sep=",") if rows else np.empty(0, dtype=np.int64)
    chosen = np.searchsorted(columns.rows, np.sort(numbers))
    years, works = np.unique(columns.years[chosen], return_counts=True)
    held, findings = int(columns.held[chosen].sum()), int(columns.findings[chosen].sum())
    found: Counts = {
        "year": [(int(year), int(n)) for year, n in zip(years, works, strict=True) if year >= 0],
        "type": _most(columns.type_names, np.bincount(columns.types[chosen])),
        "held": sorted(_some(("held", held), ("cited", len(chosen) - held)), key=lambda pair: -pair[1]),
        "findings": _some(("findings", findings)),
        **{name: [] for name in _FACETS},
    }
    facet_of = dict(zip(columns.slugs, columns.facets, strict=True))
    for slug, on_it in _most(columns.slugs, np.bincount(_topics_of(columns, chosen))):
        found[facet_of[str(slug)]].append((slug, on_it))
    return found


def _some(*values: tuple[str | int, int]) -> list[tuple[str | int, int]]:
    return [(value, works) for value, works in values if works]


def _most(names: tuple[str, ...], counts: "Numbers") -> list[tuple[str | int, int]]:
    """Names that were counted, with their counts, the most first, then by name."""
    found = [(names[place], int(counts[place])) for place in counts.nonzero()[0]]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _topics_of(columns: _Columns, chosen: "Numbers") -> "Numbers":
    """The topics of these works, one after the other."""
    import numpy as np

    lengths = columns.starts[chosen + 1] - columns.starts[chosen]
    before = np.repeat(columns.starts[chosen] - (np.cumsum(lengths) - lengths), lengths)
    return columns.topics[before + np.arange(len(before))]


def _columns(db: Database) -> _Columns:
    """The arrays of this version of the store."""
    version = _version(db)
    found = _known.get(version) or _read(db)
    if version:
        _known.pop(version, None)
        while len(_known) >= _KEPT:
            _known.pop(next(iter(_known)), None)
        _known[version] = found
    return found


def _version(db: Database) -> str:
    """A name for what the store holds: it is made of these files by this program; "" where none were read."""
    files = db.execute(_FILES).fetchall()
    return blake2b(repr((files, db.execute(_META).fetchall())).encode()).hexdigest() if files else ""


def _read(db: Database) -> _Columns:
    import numpy as np

    works = db.execute(_WORKS).fetchall()
    rows, years, held, findings = (
        np.array([work[i] for work in works], dtype=np.int64) for i in (0, 1, 3, 4)
    )
    type_names = tuple(sorted({work[2] for work in works}))
    places = {name: place for place, name in enumerate(type_names)}
    types = np.array([places[work[2]] for work in works], dtype=np.int64)
    known = db.execute(_TOPICS).fetchall()
    slugs = tuple(slug for slug, _, _ in known)
    starts, topics = _closed(db, rows, slugs)
    named = tuple(_facet(kind, facet) for _, kind, facet in known)
    return _Columns(rows, years, types, held, findings, starts, topics, type_names, slugs, named)


def _facet(kind: str, facet: str) -> str:
    if kind != "topic":
        return kind
    return facet if facet in _FACETS else "topic"


def _closed(db: Database, rows: "Numbers", slugs: tuple[str, ...]) -> tuple["Numbers", "Numbers"]:
    """Each work's topics and all that is broader, each once: where a work's begin, and the topics."""
    import numpy as np

    places = {slug: place for place, slug in enumerate(slugs)}
    above = _above(db, places)
    said = [(work, topic) for work, topic in db.execute(_WORK_TOPICS) if topic in places]
    works = np.searchsorted(rows, np.array([work for work, _ in said], dtype=np.int64))
    broader = [above[topic] for _, topic in said]
    lengths = np.array([len(each) for each in broader], dtype=np.int64)
    flat = np.array([place for each in broader for place in each], dtype=np.int64)
    pairs = np.unique(np.repeat(works, lengths) * max(len(slugs), 1) + flat)
    owners, topics = np.divmod(pairs, max(len(slugs), 1))
    return np.searchsorted(owners, np.arange(len(rows) + 1)), topics


def _above(db: Database, places: dict[str, int]) -> dict[str, list[int]]:
    """For each topic, itself and all that is broader, at any depth; cycles do no harm."""
    broader: dict[str, list[str]] = defaultdict(list)
    for topic, other in db.execute(_BROADER):
        broader[topic].append(other)
    found = {}
    for topic in places:
        seen, waiting = {topic}, [topic]
        while waiting:
            new = {other for other in broader[waiting.pop()] if other in places} - seen
            seen |= new
            waiting += new
        found[topic] = [places[each] for each in sorted(seen)]
    return found
