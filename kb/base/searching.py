"""A query → works: compiled by the search room, run by the store, explained on the way."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

from kb import search as language
from kb import store
from kb.model import WorkLine
from kb.search import Compiled, Expansion, Filter, Thesaurus
from kb.store.fulltext import Condition, Marked
from kb.text import squeeze

_NOTES = 5  # more would push the works down
_COLUMN_WORDS = {
    "title": "title",
    "people": "authors",
    "venue": "journal or publisher",
    "keywords": "keywords",
    "topics": "topics",
    "abstract": "abstract",
    "notes": "our notes",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that matches, why it does, and a passage with matches between U+0002 and U+0003."""

    work: WorkLine
    all_words: bool
    why: str = ""
    snippet: str = ""


@dataclass(frozen=True)
class Results:
    """What a search found: one page of hits, and what is true of all of them.

    ``total`` works match; of these ``complete`` have all the words, and come first.
    """

    query: str
    hits: list[Hit]
    total: int
    complete: int
    expansions: tuple[Expansion, ...] = ()
    messages: tuple[str, ...] = ()
    explained: str = ""
    _facets: Callable[[], dict[str, list[tuple[str | int, int]]]] = field(default=dict, repr=False)
    _notes: Callable[[], list[tuple[str, str, str]]] = field(default=list, repr=False)

    @cached_property
    def facets(self) -> dict[str, list[tuple[str | int, int]]]:
        """Per facet (year, type, held, tool, design, …), its values and how many works have each."""
        return self._facets()

    @cached_property
    def notes(self) -> list[tuple[str, str, str]]:
        """(slug, kind, title) of the tools, topics, claims and lists that match best."""
        return self._notes()

    def plain(self) -> dict[str, object]:
        """The same as plain values, for JSON; facets apart."""
        return {
            "query": self.query,
            "total": self.total,
            "complete": self.complete,
            "hits": self.hits,
            "expansions": self.expansions,
            "messages": self.messages,
        }


def search(
    db: store.Database,
    thesaurus: Thesaurus,
    query: str,
    *,
    limit: int,
    offset: int,
    literal: bool,
    all_words: bool,
) -> Results:
    """Works for a query, those with all the words first; no query raises."""
    compiled = language.compile_query(query, thesaurus, literal=literal, all_words=all_words)
    found = _Run(db, compiled, [_condition(each) for each in compiled.filters])
    hits, total, complete = found.page(limit, offset)
    return Results(
        query=squeeze(query),
        hits=hits,
        total=total,
        complete=complete,
        expansions=compiled.expansions,
        messages=compiled.messages,
        explained=language.explain(compiled),
        _facets=lambda: store.fulltext.facets(db, found.everything()),
        _notes=found.notes,
    )


class _Run:
    """One compiled query on one store."""

    def __init__(self, db: store.Database, compiled: Compiled, conditions: list[Condition]) -> None:
        self.db = db
        self.conditions = conditions
        self.nothing = compiled.empty
        self.every = compiled.all_words
        self.expansions = compiled.expansions
        self.written = compiled.written.strip()
        self.widest = compiled.some_words or compiled.all_words
        if compiled.without:
            conditions.append(Condition("without", compiled.without))

    def page(self, limit: int, offset: int) -> tuple[list[Hit], int, int]:
        """One page of hits; how many works match in all, and how many of them with all the words."""
        if self.nothing:
            return [], 0, 0
        if not self.every:
            rows = store.fulltext.browsed(self.db, self.conditions)
            lines = store.works.lines(self.db, rows[offset : offset + limit])
            return [Hit(line, all_words=True) for line in lines], len(rows), len(rows)
        search = partial(store.fulltext.ranked, self.db, conditions=self.conditions)
        first, complete = search(self.every, limit=limit, offset=offset)
        if self.widest == self.every:
            return self._hits(first, []), complete, complete
        left, skipped = limit - len(first), max(0, offset - complete)
        whole = self._matching(self.every) if left and len(first) < complete else first
        others, total = search(self.widest, limit=left, offset=skipped, without=whole)
        return self._hits(first, others), total, complete

    def _matching(self, match: str) -> list[int]:
        return store.fulltext.matching(self.db, match, self.conditions)

    def _hits(self, first: list[int], others: list[int]) -> list[Hit]:
        """Works with all the words, then those with some, each with why it matched."""
        rows = [*first, *others]
        marked = store.fulltext.marked(self.db, self.widest, rows)
        hits = []
        for place, (row, line) in enumerate(zip(rows, store.works.lines(self.db, rows), strict=True)):
            found = marked.get(row)
            hits.append(Hit(line, place < len(first), _why(found), found.snippet if found else ""))
        return hits

    def everything(self) -> list[int]:
        """The row numbers of all that matches."""
        if self.nothing:
            return []
        if not self.every:
            return store.fulltext.browsed(self.db, self.conditions)
        return self._matching(self.widest)

    def notes(self) -> list[tuple[str, str, str]]:
        """The topics that were named, then other notes that match best; none for a query by fields alone."""
        named = store.fulltext.named(self.db, [expansion.topic for expansion in self.expansions])
        found = (
            store.fulltext.notes(self.db, self.every, title=self.written, limit=_NOTES) if self.every else []
        )
        return list(dict.fromkeys((*named, *found)))[:_NOTES]


def _condition(condition: Filter) -> Condition:
    """A filter of the language as a condition of the store."""
    kind, values = condition.kind, json.dumps(condition.values)
    if kind == "any":
        return Condition(any_of=tuple(map(_condition, condition.any_of)), negated=condition.negated)
    if kind == "year":
        return Condition("year", condition.low, condition.high, negated=condition.negated)
    if not condition.values:
        return Condition("nothing", negated=condition.negated)
    if kind in {"has", "is"}:
        return Condition(f"{kind} {condition.values[0]}", negated=condition.negated)
    topical = kind in {"topic", "tool", "programme", "design", "country", "level"}
    return Condition("topic" if topical else kind, values, negated=condition.negated)


def _why(marked: Marked | None) -> str:
    if not marked or not marked.columns:
        return ""
    return "found in " + ", ".join(_COLUMN_WORDS[column] for column in marked.columns)
