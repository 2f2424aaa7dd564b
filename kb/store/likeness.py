"""Works that speak of the same: by the most telling words of one of them."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from kb.store.database import Database
from kb.store.fulltext import FILL_SHOWN, undone
from kb.text import words

_TEXT = "SELECT title, keywords, topics, abstract, notes FROM fulltext WHERE id = ?"
_OFTEN = (5, 2, 1, 1, 1)  # how often a word of each of these counts
_WITH_WORD = "SELECT count(*) FROM fulltext_index WHERE fulltext_index MATCH ?"
_WORKS = "SELECT count(*) FROM work"
# Who wrote it and where it appeared are no matter of what it speaks of.
_ALIKE = """
SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH :match
ORDER BY bm25(fulltext_index, 5.0, 0.0, 0.0, 2.0, 1.0, 1.0, 0.5), rowid LIMIT :limit
"""
# A word in passing, in our notes, tells nobody why.
_SAID = "SELECT rowid FROM temp.shown WHERE shown MATCH ?"
_PLACES = "{title keywords topics abstract} :"

_ASKED = 40  # words; more find no more (docs/benchmarks.md, “Related works”)
_WEIGHED = 150  # the most frequent words of a long text, among which the telling ones are sought
_SATURATION = 3.0  # how soon a word said again says nothing new: later than in a search
_SHORTEST = 3


def telling(db: Database, row: int, *, common: Iterable[str]) -> list[str]:
    """The words by which a work is told from others, the most telling first (tf·idf); ties by the alphabet.

    Words that are ``common`` or stand in this work only are left out.
    """
    parts = db.execute(_TEXT, (row,)).fetchone()
    counts: Counter[str] = Counter()
    for part, often in zip(parts, _OFTEN, strict=True):
        for word, times in Counter(words(part)).items():
            counts[word] += times * often
    left_out = frozenset(common)
    kept = {w: n for w, n in counts.items() if len(w) >= _SHORTEST and not w.isdigit() and w not in left_out}
    total = db.execute(_WORKS).fetchone()[0]
    weights = {}
    for word in sorted(kept, key=lambda each: (-kept[each], each))[:_WEIGHED]:
        having = db.execute(_WITH_WORD, (f'"{word}"',)).fetchone()[0]
        if having > 1:
            rarity = log(1 + (total - having + 0.5) / (having + 0.5))
            weights[word] = rarity * kept[word] / (kept[word] + _SATURATION)
    return sorted(weights, key=lambda word: (-weights[word], word))[:_ASKED]


def alike(db: Database, row: int, asked: Sequence[str], *, limit: int) -> list[int]:
    """Works with most of these words, and the rarest, closest first; words of the title count twice."""
    if not asked:
        return []
    title = set(words(db.execute(_TEXT, (row,)).fetchone()[0]))
    twice = [*asked, *(word for word in asked if word in title)]
    match = " OR ".join(f'"{word}"' for word in twice)
    found = db.execute(_ALIKE, {"match": match, "limit": limit + 1})
    return [other for (other,) in found if other != row][:limit]


def shared(db: Database, rows: Sequence[int], asked: Sequence[str]) -> dict[int, list[str]]:
    """Which of these words each of these works has, but for our notes, in the order given."""
    found: dict[int, list[str]] = {row: [] for row in rows}
    with undone(db):
        db.execute(FILL_SHOWN, (json.dumps(list(rows)),))
        for word in asked:
            for (row,) in db.execute(_SAID, (f'{_PLACES} "{word}"',)):
                found[row].append(word)
    return found
