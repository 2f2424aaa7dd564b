"""Store → answers: everything that a page, a command or a notebook asks of a library.

>>> base = kb.open("kb.db")                                   # doctest: +SKIP
>>> base.search("CPORT validation author:seto", limit=20)     # doctest: +SKIP
"""

import json
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kb import graph, render, store
from kb.base import citing, people, terms, viewing
from kb.base.searching import Hit, Manner, Results, search
from kb.errors import UnknownName, UnknownWork
from kb.model import (
    Cited,
    ClaimLine,
    ClaimView,
    Counted,
    Counts,
    Coverage,
    FindingLine,
    ListLine,
    ListView,
    Note,
    Picture,
    Problem,
    Related,
    TopicLine,
    TopicView,
    WorkLine,
    WorkView,
)
from kb.search import Expansion, Thesaurus
from kb.text import fold, nearest

if TYPE_CHECKING:
    import networkx

__all__ = ["Base", "Expansion", "Hit", "Results", "open_base"]


def open_base(database: str | Path = "kb.db") -> "Base":
    """The library in this database, read-only.

    Raises:
        StoreError: There is no database, or it is not of this version; says what to do.
    """
    return Base(store.open_reader(Path(database)))


class Base:
    """A library, open for questions. Not shared between threads; close it, or use ``with``.

    Within ``with`` all answers are of one state of the store, whatever is
    ingested meanwhile; without, each is of the newest.
    """

    def __init__(self, db: store.Database) -> None:
        self.db = db

    def __enter__(self) -> "Base":
        store.hold(self.db)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        store.raise_damaged(error)

    def close(self) -> None:
        """Let go of the database."""
        self.db.close()

    # --- search

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        literal: bool = False,
        all_words: bool = False,
        sort: str = "relevance",
        off: Collection[str] = (),
        only: Collection[str] = (),
    ) -> Results:
        """Works for a query in the search language, best first; no query raises.

        ``literal`` leaves the thesaurus out, for all topics, ``off`` for these; ``all_words`` wants
        every word; ``sort`` is relevance, year, cited-by or added; of what the query finds, ``only``
        keeps what fits each of these fields, as "is:held". Works with all the words come first,
        unless ``Results.tiered`` says otherwise.
        """
        manner = Manner(literal=literal, all_words=all_words, sort=sort, off=tuple(off), only=tuple(only))
        return search(self.db, self.thesaurus, query, limit=limit, offset=offset, manner=manner)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The labels of all topics and which topic is broader than which, ready for queries."""
        return terms.thesaurus(self.db)

    # --- works

    def citekey(self, name: str) -> str:
        """The citekey that a citekey, alias or DOI leads to.

        Raises:
            UnknownWork: None; carries the nearest.
        """
        found = store.works.citekey_of(self.db, name)
        if not found:
            raise UnknownWork(name, nearest(name, store.works.citekeys(self.db)))
        return found

    def work(self, name: str) -> WorkView:
        """A work whole: what it is, what we noted, what it cites and what cites it.

        Raises:
            UnknownWork: No work goes by this citekey, alias or DOI.
        """
        citekey = self.citekey(name)
        work = store.works.work(self.db, citekey)
        return WorkView(
            work=work,
            line=self.lines([citekey])[0],
            topics=store.topics.in_order(self._topics, store.topics.topics_of(self.db, citekey)),
            findings=tuple(store.findings.findings_of(self.db, citekey)),
            notes=tuple(self._notes(store.notes.about(self.db, citekey))),
            named_in=tuple(self._notes(store.notes.mentioning(self.db, citekey))),
            references=tuple(store.citations.references(self.db, citekey)),
            cited_by=tuple(store.citations.cited_by(self.db, citekey)),
            relations=tuple(store.works.relations(self.db, citekey)),
        )

    def lines(self, citekeys: Iterable[str]) -> list[WorkLine]:
        """These works in one line each, in the order given; unknown ones are left out."""
        wanted = list(citekeys)
        found = store.works.lines_by_citekey(self.db, wanted)
        return [found[citekey] for citekey in wanted if citekey in found]

    def held(self) -> list[WorkLine]:
        """All held works, by citekey."""
        return self.lines(store.works.held(self.db))

    # --- citations

    def references(self, name: str) -> list[Cited]:
        """What a work cites, oldest first.

        Raises:
            UnknownWork: No work goes by this name.
        """
        return store.citations.references(self.db, self.citekey(name))

    def cited_by(self, name: str) -> list[Cited]:
        """What cites a work, newest first.

        Raises:
            UnknownWork: No work goes by this name.
        """
        return store.citations.cited_by(self.db, self.citekey(name))

    def related(self, name: str, *, limit: int = 10) -> list[Related]:
        """Works near this one by citations or by telling words, each with why, the nearest first.

        Raises:
            UnknownWork: No work goes by this name.
        """
        return citing.related(self.db, self.citekey(name), limit=limit)

    def most_cited(self, *, limit: int = 20) -> list[Counted]:
        """Works by how many works of this library cite them, most first."""
        return store.citations.most_cited(self.db, held=None, least=1, limit=limit)

    def missing(self, *, least: int = 2, limit: int = 50) -> list[Counted]:
        """Works that ``least`` or more works cite and no entry holds, most cited first."""
        return store.citations.most_cited(self.db, held=False, least=least, limit=limit)

    def coverage(self) -> Coverage:
        """How much of the held works' reference lists is known."""
        return store.citations.coverage(self.db)

    def citations(self) -> "networkx.DiGraph":
        """The citation graph: nodes are citekeys with title, year and held; edges lead to the cited work."""
        lines = store.works.all_lines(self.db)
        nodes = {w.citekey: {"title": w.title, "year": w.year, "held": w.held} for w in lines}
        return graph.citation_graph(nodes, store.citations.edges(self.db), store.citations.typed(self.db))

    def topics(self) -> "networkx.Graph":
        """The topic graph: slugs with label, kind, facet and works; edges as in ``graph.topic_graph``."""
        nodes = {
            t.slug: {"label": t.label, "kind": t.kind, "facet": t.facet, "works": t.works}
            for t in self._topics.values()
        }
        broader, related = (store.topics.relations(self.db, name) for name in ("broader", "related"))
        return graph.topic_graph(nodes, broader, related, store.topics.shared(self.db))

    def neighbourhood(self, name: str, *, limit: int = 60) -> "networkx.DiGraph":
        """A work with what it cites and what cites it, the most cited first, and the citations among them.

        Raises:
            UnknownWork: No work goes by this name.
        """
        return citing.neighbourhood(self.db, self.citekey(name), limit=limit)

    def picture(
        self, name: str, *, label: Callable[[WorkLine], str], letters: int, limit: int = 60
    ) -> Picture:
        """The neighbourhood of a work, placed by year so that no label runs into the next.

        ``letters`` of the labels fit across the whole picture.

        Raises:
            UnknownWork: No work goes by this name.
        """
        return citing.picture(self.db, self.citekey(name), label=label, letters=letters, limit=limit)

    # --- topics, tools, programmes

    @cached_property
    def _topics(self) -> dict[str, TopicLine]:
        return store.topics.lines(self.db)

    def topic_lines(self, kind: str = "") -> list[TopicLine]:
        """Topics in one line each, of one kind (topic, tool, programme) or all, by facet and label."""
        return [topic for topic in self._topics.values() if kind in {"", topic.kind}]

    def terms(self) -> list[terms.Term]:
        """All topics as words, by preferred name: the names in use, those to avoid, and why."""
        return terms.terms(self.db)

    def broader(self) -> list[tuple[str, str]]:
        """(narrower, broader) pairs of topic slugs: the tree of the thesaurus."""
        return store.topics.relations(self.db, "broader")

    def topic(self, name: str) -> TopicView:
        """A topic, tool or programme whole, with the works on it and on narrower topics.

        Raises:
            UnknownName: No topic has this slug or label.
        """
        slug = self.slug(name)
        if slug not in self._topics:
            raise UnknownName(name, nearest(name, self._topics))
        around = store.topics.neighbours(self.db, slug)
        numbers = store.topics.work_ids(self.db, json.dumps(sorted(self.thesaurus.closure(slug))))
        lines = {relation: store.topics.in_order(self._topics, slugs) for relation, slugs in around.items()}
        return TopicView(
            note=self.note(slug),
            facet=self._topics[slug].facet,
            labels=tuple(store.topics.labels(self.db, slug)),
            broader=lines["broader"],
            narrower=lines["narrower"],
            related=lines["related"],
            works=tuple(store.works.lines(self.db, numbers)),
        )

    def evidence(self, name: str) -> list[FindingLine]:
        """The findings on a tool, programme or topic and those narrower, by outcome, measure and work.

        Of a tool's, each says whether the study stands apart from the tool's developers.

        Raises:
            UnknownName: No topic has this slug or label.
        """
        about = self.thesaurus.closure(self.slug(name))
        return people.told_apart(self.db, store.findings.findings_on(self.db, about), about)

    # --- notes, claims, lists

    def slug(self, name: str) -> str:
        """The slug that a slug or a label leads to.

        Raises:
            UnknownName: None; carries the nearest.
        """
        found = store.notes.slug_of(self.db, name, fold(name))
        if not found:
            raise UnknownName(name, nearest(name, store.notes.names(self.db)))
        return found

    def note(self, name: str) -> Note:
        """A note by slug or label.

        Raises:
            UnknownName: No note has this slug or label.
        """
        if found := store.notes.note(self.db, self.slug(name)):
            return found
        raise UnknownName(name)

    def _notes(self, slugs: Iterable[str]) -> list[Note]:
        return [note for slug in slugs if (note := store.notes.note(self.db, slug))]

    def notes(self, kind: str) -> list[tuple[str, str]]:
        """(slug, title) of the notes of a kind, by title."""
        return store.notes.titles(self.db, kind)

    def naming(self, slug: str, *, kind: str = "") -> list[Note]:
        """The notes that name this one: all, or those of one kind."""
        return self._notes(store.notes.naming(self.db, slug, kind=kind))

    def claims(self) -> list[ClaimLine]:
        """All claims with their evidence counted, by statement."""
        return store.claims.claims(self.db)

    def claim(self, name: str) -> ClaimView:
        """A claim whole, with the evidence as listed.

        Raises:
            UnknownName: No claim has this slug.
        """
        return viewing.claim_view(self.db, self.note(name))

    def claims_on(self, citekey: str) -> list[ClaimLine]:
        """The claims that a work makes or bears on."""
        wanted = set(store.claims.claims_on_work(self.db, citekey))
        return [claim for claim in self.claims() if claim.slug in wanted]

    def lists(self) -> list[ListLine]:
        """All reading lists, by title."""
        return store.lists.lists(self.db)

    def reading_list(self, name: str) -> ListView:
        """A reading list whole, in order.

        Raises:
            UnknownName: No reading list has this slug.
        """
        known = {line.slug: line for line in self.lists()}
        slug = name if name in known else self.slug(name)
        if slug not in known:
            raise UnknownName(name, nearest(name, known))
        return viewing.list_view(self.db, known[slug], self.note(slug))

    def lists_of(self, citekey: str) -> list[ListLine]:
        """The reading lists that hold a work."""
        wanted = set(store.lists.lists_of_work(self.db, citekey))
        return [line for line in self.lists() if line.slug in wanted]

    # --- the text

    def problems(self) -> list[Problem]:
        """Everything wrong in the text: errors first, then by place."""
        return store.problems(self.db)

    def counts(self) -> Counts:
        """How much the library holds."""
        return store.counts(self.db)

    def incomplete(self) -> list[WorkLine]:
        """Works marked ``incomplete-metadata``: their title, authors or year is not known yet."""
        return self.lines(store.works.with_keyword(self.db, "incomplete-metadata"))

    def without_address(self) -> list[WorkLine]:
        """Held works that nobody can look up: no DOI, no ISBN, no address."""
        return self.lines(store.works.without_address(self.db))

    def without_evidence(self) -> list[ClaimLine]:
        """Claims with no evidence listed."""
        return [claim for claim in self.claims() if not claim.counts]

    def kind_of(self, name: str) -> tuple[str, str]:
        """What a name leads to: ("work", citekey), or a note's (kind, slug).

        Raises:
            UnknownName: Nothing; carries the nearest of all names.
        """
        if citekey := store.works.citekey_of(self.db, name):
            return "work", citekey
        if slug := store.notes.slug_of(self.db, name, fold(name)):
            return self.note(slug).kind, slug
        raise UnknownName(name, nearest(name, [*store.works.citekeys(self.db), *store.notes.names(self.db)]))

    # --- exports

    def export(self, citekeys: Iterable[str], form: str) -> str:
        """These works in one of the formats of ``render.EXPORTS``: bibtex, ris, csl, md, csv, json.

        Raises:
            FormatError: Another format.
        """
        return render.export([store.works.work(self.db, citekey) for citekey in citekeys], form)

    def export_list(self, name: str, form: str) -> str:
        """A reading list in one of these formats, with its reasons where the format has room for them.

        Raises:
            FormatError: Another format.
            UnknownName: No reading list has this slug.
        """
        view = self.reading_list(name)
        works = {item.work.citekey: store.works.work(self.db, item.work.citekey) for item in view.items}
        return render.export_list(view, works, form)
