"""The order of what a search found: a page of it, and the best looked at once more.

BM25 (Robertson & Zaragoza 2009, doi:10.1561/1500000019) finds the best few; of
these, works come forward in which the words stand side by side as they were
typed, and that we hold; a work that was named by its whole title or citekey
comes first. How much each counts was measured (docs/benchmarks.md,
“Relevance”): standing among citations helped nothing, and parts ties only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb import store
from kb.search import Compiled
from kb.store.fulltext import Candidate, Condition
from kb.text import words

BEST = 50  # looked at once more; what follows them stays in BM25's order
_TOGETHER = 0.4  # all pairs of words side by side in the title, in parts of the score
_IN_BODY = 0.5  # of that, where they stand in abstract or notes
_HELD = 0.1  # that we hold it, in parts of the score
_SHORT_STEM = 4


@dataclass(frozen=True, slots=True)
class Page:
    """Row numbers in order; of these the first ``above`` have all the words and come first for that.

    ``total`` works match, ``complete`` of them with all the words. ``tiered``
    is whether those with all the words come first.
    """

    rows: list[int]
    total: int
    complete: int
    tiered: bool = True


def page(
    db: store.Database,
    compiled: Compiled,
    conditions: Sequence[Condition],
    *,
    limit: int,
    offset: int,
    sort: str,
) -> Page:
    """One page of what matches, in the order asked for."""
    if compiled.empty:
        return Page([], 0, 0)
    order = _Order(db, compiled, conditions)
    if not compiled.all_words:
        total = store.fulltext.counted(db, "", conditions)
        return Page(store.fulltext.browsed(db, conditions, by=sort, limit=limit, offset=offset), total, total)
    if sort != "relevance":
        return order.by(sort, limit, offset)
    if order.widest == order.every:
        rows, total = order.best(order.every, limit, offset)
        return Page(rows, total, total)
    return order.in_tiers(limit, offset) if compiled.tiered else order.as_one(limit, offset)


class _Order:
    """The works that one compiled query finds in one store, in order."""

    def __init__(self, db: store.Database, compiled: Compiled, conditions: Sequence[Condition]) -> None:
        self.db = db
        self.conditions = conditions
        self.every = compiled.all_words
        self.widest = compiled.some_words or compiled.all_words
        self.asked = words(compiled.written)
        self.written = compiled.written.strip().lower()
        self.pairs = [_spellings(*pair) for pair in compiled.side_by_side]

    def by(self, sort: str, limit: int, offset: int) -> Page:
        """By year, citations or day of adding; works with all the words first."""
        total, complete = (
            store.fulltext.counted(self.db, match, self.conditions) for match in (self.widest, self.every)
        )
        rows = store.fulltext.ordered(
            self.db, self.widest, self.conditions, every=self.every, by=sort, limit=limit, offset=offset
        )
        return Page(rows, total, complete)

    def as_one(self, limit: int, offset: int) -> Page:
        """By how many words and how rare."""
        rows, total = self.best(self.widest, limit, offset)
        complete = store.fulltext.counted(self.db, self.every, self.conditions)
        return Page(rows, total, complete, tiered=False)

    def in_tiers(self, limit: int, offset: int) -> Page:
        """Works with all the words, then the others."""
        first, complete = self.best(self.every, limit, offset)
        left, skipped = limit - len(first), max(0, offset - complete)
        others, total = self.best(self.widest, left, skipped, without=self.every)
        return Page([*first, *others], total, complete)

    def best(self, match: str, limit: int, offset: int, *, without: str = "") -> tuple[list[int], int]:
        """A page of what matches, the best of it looked at once more; and how many match."""
        if not limit or offset >= BEST:
            rows, total = store.fulltext.ranked(
                self.db, match, self.conditions, limit=limit, offset=offset, without=without
            )
            return [row for row, _ in rows], total
        rows, total = store.fulltext.ranked(
            self.db, match, self.conditions, limit=max(BEST, offset + limit), without=without
        )
        in_order = [*self._once_more(rows[:BEST]), *(row for row, _ in rows[BEST:])]
        return in_order[offset : offset + limit], total

    def _once_more(self, rows: Sequence[tuple[int, float]]) -> list[int]:
        """These rows by what else speaks for them; ties by citations here, then by citekey."""
        known = store.fulltext.candidates(self.db, [row for row, _ in rows], with_text=bool(self.pairs))
        judged = [
            (not self._is_named(work), -score * self._factor(work), -work.cited, work.citekey, row)
            for row, score in rows
            for work in (known[row],)
        ]
        return [each[-1] for each in sorted(judged)]

    def _is_named(self, work: Candidate) -> bool:
        """Whether the query is the work's citekey or whole title."""
        return work.citekey.lower() == self.written or words(work.title) == self.asked

    def _factor(self, work: Candidate) -> float:
        return (1 + _HELD * work.held) * (1 + _TOGETHER * self._together(work))

    def _together(self, work: Candidate) -> float:
        """The share of the pairs of words that stand side by side in it, less where not in the title."""
        if not self.pairs:
            return 0.0
        title, body = _flat(work.title), _flat(work.body)
        found = sum(
            1.0 if _has(title, spellings) else _IN_BODY * _has(body, spellings) for spellings in self.pairs
        )
        return found / len(self.pairs)


def _has(text: str, spellings: Iterable[str]) -> bool:
    return any(spelling in text for spelling in spellings)


def _flat(text: str) -> str:
    return f" {text.lower().replace('-', ' ')} "


def _spellings(first: str, second: str) -> tuple[str, ...]:
    """Two words as they stand in a text, the first in singular and plural, the second as it begins."""
    firsts = {first, first[:-1] if first.endswith("s") and len(first) > _SHORT_STEM else f"{first}s"}
    begins = second[:-1] if len(second) > _SHORT_STEM and second[-1] in "se" else second
    return tuple(sorted(f" {each} {begins}" for each in firsts))
