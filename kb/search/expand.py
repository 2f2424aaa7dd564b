"""The field's words in a query: any name of a topic stands for all of them.

A label is matched as words are compared (``labels``), the longest first.
Labels that ordinary text would match are guarded: they are recognised only as
they are written, and never searched for in place of another.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from kb.search import spelling
from kb.search.labels import (
    RANKS,
    SHORT,
    Entry,
    ThesaurusLabel,
    bare,
    distinct,
    entry,
    key,
    stemmed,
    term_key,
    ways,
)
from kb.search.tree import AllOf, AnyOf, Clause, Concept, Node, Query, Term
from kb.text import nearest, slug, transliterated, words

__all__ = ["NO_THESAURUS", "Expansion", "Thesaurus", "ThesaurusLabel", "expand"]

_NEAREST = 3
_NEAREST_LENGTH = 80
_LONGEST = 12  # words of a name, with room for one that is typed apart


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a query's words were taken to name, for display.

    ``also`` are the names that were searched for beside the written one and may
    be suggested, the preferred ``label`` first;
    ``discouraged`` those that were searched for because older texts use them,
    of which ``older`` are the historical ones.
    Misspellings are searched for and named nowhere.
    """

    written: str
    topic: str
    label: str
    also: tuple[str, ...] = ()
    discouraged: tuple[str, ...] = ()
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Names:
    """A topic's labels, sorted out; those for display by key."""

    label: str
    searched: tuple[str, ...]
    also: dict[tuple[str, ...], str]
    discouraged: dict[tuple[str, ...], str]
    older: frozenset[str]
    tag: str


_Index = dict[str, tuple[Entry, ...]]


@dataclass(frozen=True)
class Thesaurus:
    """Topics by their names; build it once and use it for every query."""

    _entries: _Index = field(default_factory=dict)
    _stemmed: dict[tuple[str, ...], tuple[Entry, ...]] = field(default_factory=dict)
    _labels: dict[str, list[Entry]] = field(default_factory=dict)
    _narrower: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _sorted: dict[str, _Names] = field(default_factory=dict)  # what _names has sorted out already

    @classmethod
    def build(
        cls, labels: Iterable[ThesaurusLabel], broader_pairs: Iterable[tuple[str, str]] = ()
    ) -> "Thesaurus":
        """The thesaurus of ``labels``; each pair is (topic, a broader topic of it)."""
        by_topic: dict[str, list[Entry]] = {}
        tight: dict[str, list[Entry]] = {}
        stems: dict[tuple[str, ...], list[Entry]] = {}
        for each in map(entry, labels):
            by_topic.setdefault(each.label.topic, []).append(each)
            tight.setdefault(each.tight, []).append(each)
            if not each.bare.isascii():
                tight.setdefault("".join(key(transliterated(each.bare))), []).append(each)
            if not each.guard and (len(each.key) > 1 or _is_verbal(each.tight)):
                stems.setdefault(stemmed(each.key), []).append(each)
        tight.pop("", None)
        narrower: dict[str, list[str]] = {}
        for topic, broader in broader_pairs:
            narrower.setdefault(broader, []).append(topic)
        return cls(
            {name: _ordered(same) for name, same in tight.items()},
            {name: _ordered(same) for name, same in stems.items()},
            by_topic,
            {topic: tuple(sorted(set(below))) for topic, below in narrower.items()},
        )

    def label(self, topic: str) -> str:
        """The preferred label of ``topic``, or the slug itself where there is none."""
        names = (each.label.text for each in self._labels.get(topic, ()) if each.rank == 0)
        return next(names, topic)

    def _names(self, topic: str) -> _Names:
        if topic not in self._sorted:
            self._sorted[topic] = _names(topic, self._labels[topic])
        return self._sorted[topic]

    def resolve(self, name: str) -> tuple[str, ...]:
        """The topics that go by ``name``, a slug or any label; () if none does.

        More than one only where a label is shared by topics that have equal right to it.
        """
        if name.lower() in self._labels:
            return (name.lower(),)
        found = self._entries.get("".join(key(name))) or self._entries.get("".join(key(bare(name)))) or ()
        best = tuple(dict.fromkeys(each.label.topic for each in found if each.rank == found[0].rank))
        if not best and slug(name) in self._labels:
            return (slug(name),)
        return best

    def beginning(self, text: str) -> tuple[str, ...]:
        """The topics of which a slug or name begins so, by slug; () if none does."""
        start, folded = slug(text), "".join(key(text))
        if not folded:
            return ()
        by_name = (names for name, names in self._entries.items() if name.startswith(folded))
        found = {each.label.topic for names in by_name for each in names}
        return tuple(sorted(found | {topic for topic in self._labels if topic.startswith(start)}))

    def closure(self, topic: str) -> set[str]:
        """``topic`` and all that is narrower, at any depth; cycles do no harm."""
        found = {topic}
        waiting = [topic]
        while waiting:
            new = set(self._narrower.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return found

    def nearest(self, name: str) -> list[str]:
        """Slugs of the topics with the most similar names, best first; [] if none is close.

        Misspellings, historical and discouraged labels are not suggested from.
        A name of three letters is like too many others to suggest any.
        """
        if len(name) <= SHORT:
            return []
        topics = {topic: topic for topic in self._labels}
        for topic in self._labels:
            topics |= dict.fromkeys(self.suggestable(topic), topic)
        similar = nearest(name[:_NEAREST_LENGTH], topics, limit=3 * _NEAREST)
        return list(dict.fromkeys(topics[text] for text in similar))[:_NEAREST]

    def may_suggest(self, topic: str, name: str) -> bool:
        """Whether this name of a topic is one to use: in use, and spelt right."""
        ranks = self._ranks(topic, name)
        return not ranks or min(ranks) <= RANKS["in-use"]

    def is_hidden(self, topic: str, name: str) -> bool:
        """Whether this name of a topic is only a misspelt or unusual one."""
        ranks = self._ranks(topic, name)
        return bool(ranks) and min(ranks) == RANKS["hidden"]

    def _ranks(self, topic: str, name: str) -> list[int]:
        said = key(name)
        tight, stems = "".join(said), stemmed(said)
        return [e.rank for e in self._labels[topic] if e.tight == tight or stemmed(e.key) == stems]

    @property
    def topics(self) -> tuple[str, ...]:
        """The slugs of all topics."""
        return tuple(self._labels)

    def suggestable(self, topic: str) -> list[str]:
        """The names of a topic that may be suggested: none misspelt, historical or to be used with care."""
        kept = [e for e in self._labels[topic] if e.rank <= RANKS["in-use"] and e.guard != "never"]
        return [self.label(topic), *(each.label.text for each in kept)]

    def longest(
        self, run: Sequence[Term], at: int, *, off: Collection[str] = ()
    ) -> tuple[Concept, int] | None:
        """The topic with the longest label that begins at ``run[at]``, and the index after it."""
        parts = [term_key(term) for term in run[at : at + _LONGEST]]
        for length in range(len(parts), 0, -1):
            said = [word for part in parts[:length] for word in part]
            end = at + length
            found = (*self._entries.get("".join(said), ()), *self._stemmed.get(stemmed(said), ()))
            for each in found:
                whole = at == 0 and end == len(run)
                if each.label.topic not in off and each.admits(run[at:end], whole=whole):
                    return self._concept(each, run[at:end]), end
        return None

    def _concept(self, found: Entry, run: Sequence[Term]) -> Concept:
        names = self._names(found.label.topic)
        written = " ".join(term.written for term in run)
        # A guarded label stands for nothing but itself: searched for because it was written.
        said = (found.bare,) if found.guard == "written" else ()
        return Concept(found.label.topic, names.label, written, (*names.searched, *said), names.tag)

    def expansion(self, concept: Concept) -> Expansion:
        """What naming ``concept`` led to, for display."""
        names = self._names(concept.topic)
        said = key(concept.written)
        also, discouraged = (
            tuple(text for name, text in texts.items() if name != said)
            for texts in (names.also, names.discouraged)
        )
        older = tuple(text for text in discouraged if text in names.older)
        return Expansion(concept.written, concept.topic, names.label, also, discouraged, older)


NO_THESAURUS = Thesaurus()


def expand(
    query: Query, thesaurus: Thesaurus, *, literal: bool = False, off: Collection[str] = ()
) -> tuple[Query, tuple[Expansion, ...]]:
    """``query`` with its words gathered into concepts, and what was gathered, in order.

    With ``literal`` the query as it is; the names of topics in ``off`` stay words.
    Excluded words are expanded too: to leave out CSAM is to leave it out under
    every name. Fields, beginnings (``recidiv*``) and words within a longer
    phrase stay as written; other words are sought in their other spellings too.
    """
    if literal:
        return query, ()
    step = _Step(thesaurus, frozenset(off))
    clauses = step.clauses(query.clauses)
    return replace(query, clauses=clauses), tuple(dict.fromkeys(step.found))


@dataclass(slots=True)
class _Step:
    thesaurus: Thesaurus
    off: frozenset[str]
    found: list[Expansion] = field(default_factory=list)

    def clauses(self, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
        done: list[Clause] = []
        run: list[Term] = []
        for clause in clauses:
            node = clause.node
            if isinstance(node, Term) and not (clause.sign or node.quoted or node.prefix):
                run.append(node)
                continue
            done += [Clause(each) for each in self._run(run)]
            run = []
            done.append(Clause(self._single(node), clause.sign))
        return (*done, *(Clause(each) for each in self._run(run)))

    def _single(self, node: Node) -> Node:
        if isinstance(node, Term) and not node.prefix:
            return self._run([node])[0]
        if isinstance(node, AllOf):
            return AllOf(self.clauses(node.clauses))
        if isinstance(node, AnyOf):
            return AnyOf(tuple(self._single(each) for each in node.nodes))
        return node

    def _run(self, run: list[Term]) -> list[Node]:
        """Words side by side, from left to right the longest label each time."""
        nodes: list[Node] = []
        at = 0
        while at < len(run):
            match = self.thesaurus.longest(run, at, off=self.off)
            if match:
                concept, at = match
                nodes.append(concept)
                led_to = self.thesaurus.expansion(concept)
                self.found += [led_to] if led_to.also or led_to.discouraged else []
            else:
                nodes.append(_respelt(run[at]))
                at += 1
        return nodes


def _respelt(term: Term) -> Term:
    """A word with its other spellings; within quotation marks as it is."""
    if term.quoted or term.prefix:
        return term
    return replace(term, also=(*term.also, *spelling.phrases(term.words)[1:]))


def _is_verbal(word: str) -> bool:
    """Whether a name alone may be met as a verb: stigmatisation, stigmatised."""
    return word.endswith("isation")


def _ordered(same: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(same, key=lambda each: each.order))


def _names(topic: str, entries: list[Entry]) -> _Names:
    ordered = sorted(entries, key=lambda each: each.rank > 0)
    first = ordered[0]
    wide = [each for each in ordered if each.guard in ("", "capital")]
    return _Names(
        first.label.text if first.rank == 0 else topic,
        _searched(wide),
        _by_key(each for each in wide if each.rank <= RANKS["in-use"]),
        _by_key(each for each in wide if RANKS["in-use"] < each.rank < RANKS["hidden"]),
        frozenset(each.label.text for each in wide if each.rank == RANKS["historical"]),
        first.label.text if first.rank == 0 and first.guard in ("written", "never") else "",
    )


def _searched(wide: Sequence[Entry]) -> tuple[str, ...]:
    """What is searched for: labels as they are written, then as they may be written otherwise."""
    written = {" ".join(words(each.bare)): each.bare for each in wide}
    return tuple(
        written.get(text, text) for text in distinct((*written, *(w for e in wide for w in ways(e.bare))))
    )


def _by_key(entries: Iterable[Entry]) -> dict[tuple[str, ...], str]:
    texts: dict[tuple[str, ...], str] = {}
    for each in entries:
        texts.setdefault(each.key, each.label.text)
    return texts
