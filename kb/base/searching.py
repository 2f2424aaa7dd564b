"""A query → works: compiled by the search room, run by the store, explained on the way."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb import search as language
from kb import store
from kb.base import meant, ranking
from kb.base.suggesting import suggest
from kb.model import Person, WorkLine
from kb.search import Compiled, Expansion, Filter, Thesaurus
from kb.search.tree import Field
from kb.store.fulltext import Condition, Marked
from kb.text import squeeze

_NOTES = 5  # more would push the works down
_NAMED = 4  # topics of which a hit says the name that it has; a query with more is a text
_TOPICAL = frozenset({"topic", "tool", "programme", "design", "country", "level"})
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


@dataclass(frozen=True, slots=True)
class Manner:
    """How a query is taken, as ``Base.search`` has it, and in which order its works stand."""

    literal: bool = False
    all_words: bool = False
    sort: str = "relevance"
    off: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """What a search found: one page of hits, and what is true of all of them.

    ``total`` works match; of these ``complete`` have all the words. With
    ``tiered`` these come first; otherwise (a whole sentence, another order)
    works stand by how many words they have and how rare, whether all or not.
    """

    query: str
    hits: list[Hit]
    total: int
    complete: int
    expansions: tuple[Expansion, ...] = ()
    messages: tuple[str, ...] = ()
    explained: str = ""
    tiered: bool = True
    _facets: Callable[[], dict[str, list[tuple[str | int, int]]]] = field(default=dict, repr=False)
    _notes: Callable[[], list[tuple[str, str, str]]] = field(default=list, repr=False)
    _suggestions: Callable[[], list[str]] = field(default=list, repr=False)
    _citekeys: Callable[[], list[tuple[str, bool]]] = field(default=list, repr=False)

    @cached_property
    def facets(self) -> dict[str, list[tuple[str | int, int]]]:
        """Per facet (year, type, held, findings, tool, design, level, …), its values and their works."""
        return self._facets()

    @cached_property
    def notes(self) -> list[tuple[str, str, str]]:
        """(slug, kind, title) of the tools, topics, claims and lists that match best."""
        return self._notes()

    @cached_property
    def suggestions(self) -> list[str]:
        """Queries that would find more; only where this one finds nothing or little."""
        return self._suggestions()

    @cached_property
    def citekeys(self) -> list[tuple[str, bool]]:
        """(citekey, held) of all that was found, in order."""
        return self._citekeys()

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
    db: store.Database, thesaurus: Thesaurus, query: str, *, limit: int, offset: int, manner: Manner
) -> Results:
    """Works for a query; no query raises, and an order that is none is that by relevance."""
    compiled = language.compile_query(
        query,
        thesaurus,
        literal=manner.literal,
        all_words=manner.all_words,
        off=manner.off,
        only=manner.only,
    )
    people = meant.people(db, compiled.filters)
    conditions = [_condition(each, people) for each in compiled.filters]
    if compiled.without:
        conditions.append(Condition("without", compiled.without))
    order = manner.sort if manner.sort in store.fulltext.ORDERS else "relevance"

    def rows(limit: int, offset: int) -> ranking.Page:
        return ranking.page(db, compiled, conditions, limit=limit, offset=offset, sort=order)

    found = rows(max(0, limit), max(0, offset))
    return Results(
        query=squeeze(query[: language.MAX_CHARACTERS]),
        hits=_hits(db, compiled, found.rows),
        total=found.total,
        complete=found.complete,
        expansions=compiled.expansions,
        messages=(
            *compiled.messages,
            *meant.messages(db, compiled, people, lambda asked: _finds(db, thesaurus, asked)),
        ),
        explained=language.explain(compiled),
        tiered=found.tiered,
        _facets=lambda: store.facets.facets(db, _everything(db, compiled, conditions)),
        _notes=lambda: _notes(db, compiled),
        _suggestions=lambda: suggest(
            db, thesaurus, query, count=lambda other: _complete(db, thesaurus, other, manner.only)
        ),
        _citekeys=lambda: store.works.names(db, rows(found.total, 0).rows),
    )


def _complete(db: store.Database, thesaurus: Thesaurus, query: str, only: tuple[str, ...]) -> int:
    """How many works have all that a query asks for."""
    every = Manner(all_words=True, only=only)
    return search(db, thesaurus, query, limit=0, offset=0, manner=every).complete


def _finds(db: store.Database, thesaurus: Thesaurus, asked: Field) -> bool:
    """Whether a field alone may find a work; one that cannot be read has its message already."""
    alone = language.compile_query("", thesaurus, only=[f"{asked.name}:{asked.value}"])
    (condition,) = alone.filters
    if alone.messages:
        return True
    if condition.kind == "words":
        return store.fulltext.exists(db, condition.values[0], ())
    return store.fulltext.exists(db, "", [_condition(condition, {})])


def _everything(db: store.Database, compiled: Compiled, conditions: Sequence[Condition]) -> str:
    """The row numbers of all that matches."""
    if compiled.empty:
        return ""
    return store.fulltext.matching(db, compiled.some_words or compiled.all_words, conditions)


def _hits(db: store.Database, compiled: Compiled, rows: list[int]) -> list[Hit]:
    """These works, each with why it matched."""
    if not compiled.all_words:
        return [Hit(line, all_words=True) for line in store.works.lines(db, rows)]
    widest = compiled.some_words or compiled.all_words
    every = compiled.all_words if widest != compiled.all_words else ""
    marked = store.fulltext.marked(db, widest, rows, every=every) if rows else {}
    named = compiled.expansions[:_NAMED]
    texts = store.fulltext.texts(db, rows) if named else {}
    hits = []
    for row, line in zip(rows, store.works.lines(db, rows), strict=True):
        found = marked.get(row)
        why = "; ".join(filter(None, (_why(found), language.under_name(named, texts.get(row, ())))))
        hits.append(Hit(line, not found or found.whole, why, found.snippet if found else ""))
    return hits


def _notes(db: store.Database, compiled: Compiled) -> list[tuple[str, str, str]]:
    """The topics that were named, then other notes that match best; none for a query by fields alone."""
    if not compiled.all_words:
        return []
    named = store.fulltext.named(db, [expansion.topic for expansion in compiled.expansions])
    title = compiled.written.strip()
    found = store.fulltext.notes(db, compiled.all_words, title=title, limit=_NOTES)
    return list(dict.fromkeys((*named, *found)))[:_NOTES]


def _condition(condition: Filter, people: Mapping[Filter, Sequence[Person]]) -> Condition:
    """A filter of the language as a condition of the store."""
    kind, values = condition.kind, json.dumps(condition.values)
    if kind == "any":
        alternatives = tuple(_condition(each, people) for each in condition.any_of)
        return Condition(any_of=alternatives, negated=condition.negated)
    if kind == "author":
        slugs = json.dumps([person.slug for person in people[condition]])
        return Condition("author", slugs, negated=condition.negated)
    if kind == "words":
        return Condition("without", condition.values[0], negated=not condition.negated)
    if kind == "year":
        return Condition("year", condition.low, condition.high, negated=condition.negated)
    if not condition.values:
        return Condition("nothing", negated=condition.negated)
    name = "topic" if kind in _TOPICAL else f"{kind} {condition.values[0]}" if kind in {"has", "is"} else kind
    return Condition(name, values, negated=condition.negated)


def _why(marked: Marked | None) -> str:
    if not marked or not marked.columns:
        return ""
    return "found in " + ", ".join(_COLUMN_WORDS[column] for column in marked.columns)
