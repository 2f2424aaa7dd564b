"""The field's words in a query: any name of a topic stands for all of them.

A label is matched as words are compared (folded, singular as plural), the
longest first. Labels that ordinary text would match are guarded: they are
recognised only as they are written, and never searched for in place of another.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from kb.search.language import plain_words
from kb.search.tree import AllOf, AnyOf, Clause, Concept, Node, Query, Term
from kb.text import nearest, slug, words

Status: TypeAlias = Literal["preferred", "in-use", "caution", "historical", "hidden"]
# written: as written only; capital: with its capital, or when nothing else is said; never: in fields only.
_Guard: TypeAlias = Literal["", "written", "capital", "never"]

SHORT = 3
_OPEN_ENDS = frozenset(
    words("a an and for get how in is it my no now of off on out stop the them this to up")
)
# Labels that are also ordinary words of this literature, in the singular. To widen “risk factors” to
# “characteristics” would find nearly everything; what has the topic is found by the topic's own name.
_ORDINARY = frozenset(
    words(
        "acceptance acute age alpha appraisal arrest attitude barrier base beta bridge characteristic"
        " cognition completion contact correlate cost country court coverage crawling critique custody"
        " debate decay design economic editorial effect empathy evaluation fairness family framework"
        " guidance harm implementation international juvenile licence link match method model new norm"
        " opinion outcome outreach override pathway percentile pilot place population prevention"
        " priority professional program programme protocol qualitative reassessment redirection relative"
        " report result rethink review school sensitivity setting shrinkage specificity stable static"
        " statistic strength study survey suspect terminology theory therapy tool transparency treatment"
        " trial uptake usage"
    )
)
_RAW = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"\s+\([^()]*\)$")
_RANKS = {"preferred": 0, "in-use": 1, "caution": 2, "historical": 3, "hidden": 4}
_NEAREST = 3
_NEAREST_LENGTH = 80


@dataclass(frozen=True, slots=True)
class ThesaurusLabel:
    """One name of a topic, as the thesaurus gives it."""

    topic: str
    text: str
    status: Status = "in-use"
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a query's words were taken to name, for display.

    ``also`` are the names that were searched for beside the written one and may
    be suggested, the preferred ``label`` first;
    ``discouraged`` those that were searched for because older texts use them.
    Misspellings are searched for and named nowhere.
    """

    written: str
    topic: str
    label: str
    also: tuple[str, ...] = ()
    discouraged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label, with what is compared worked out once: ``bare`` and ``key`` are without its remark."""

    label: ThesaurusLabel
    bare: str
    key: tuple[str, ...]
    guard: _Guard
    rank: int


@dataclass(frozen=True, slots=True)
class _Names:
    """A topic's labels, sorted out; those for display by key."""

    label: str
    searched: tuple[str, ...]
    also: dict[tuple[str, ...], str]
    discouraged: dict[tuple[str, ...], str]
    tag: str


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Topics by their names; build it once and use it for every query."""

    _entries: dict[tuple[str, ...], tuple[_Entry, ...]] = field(default_factory=dict)
    _lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _names: dict[str, _Names] = field(default_factory=dict)
    _narrower: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def build(
        cls, labels: Iterable[ThesaurusLabel], broader_pairs: Iterable[tuple[str, str]] = ()
    ) -> "Thesaurus":
        """The thesaurus of ``labels``; each pair is (topic, a broader topic of it)."""
        by_topic: dict[str, list[_Entry]] = {}
        by_key: dict[tuple[str, ...], list[_Entry]] = {}
        for entry in map(_entry, labels):
            by_topic.setdefault(entry.label.topic, []).append(entry)
            by_key.setdefault(entry.key, []).append(entry)
        by_key.pop((), None)
        narrower: dict[str, list[str]] = {}
        for topic, broader in broader_pairs:
            narrower.setdefault(broader, []).append(topic)
        return cls(
            {key: tuple(sorted(same, key=_order)) for key, same in by_key.items()},
            _lengths_by_first(by_key),
            {topic: _names(topic, same) for topic, same in by_topic.items()},
            {topic: tuple(sorted(set(below))) for topic, below in narrower.items()},
        )

    def label(self, topic: str) -> str:
        """The preferred label of ``topic``, or the slug itself where there is none."""
        names = self._names.get(topic)
        return names.label if names else topic

    def resolve(self, name: str) -> tuple[str, ...]:
        """The topics that go by ``name``, a slug or any label; () if none does.

        More than one only where a label is shared by topics that have equal right to it.
        """
        if name.lower() in self._names:
            return (name.lower(),)
        found = self._entries.get(_key(name)) or self._entries.get(_key(_bare(name))) or ()
        best = tuple(dict.fromkeys(entry.label.topic for entry in found if entry.rank == found[0].rank))
        if not best and slug(name) in self._names:
            return (slug(name),)
        return best

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
        topics = {topic: topic for topic in self._names}
        for topic, names in self._names.items():
            topics |= dict.fromkeys((names.label, *names.also.values()), topic)
        similar = nearest(name[:_NEAREST_LENGTH], topics, limit=3 * _NEAREST)
        return list(dict.fromkeys(topics[text] for text in similar))[:_NEAREST]

    def longest(self, run: Sequence[Term], at: int) -> tuple[Concept, int] | None:
        """The topic with the longest label that begins at ``run[at]``, and the index after it."""
        first = _term_key(run[at])
        lengths = self._lengths.get(first[0], ()) if first else ()
        if not lengths:
            return None
        key: list[str] = []
        ends: dict[int, int] = {}
        for i in range(at, len(run)):
            key += _term_key(run[i])
            ends[len(key)] = i + 1
            if len(key) >= lengths[0]:
                break
        for length in lengths:
            end = ends.get(length, 0)
            for entry in self._entries.get(tuple(key[:length]), ()) if end else ():
                if _admits(entry, run[at:end], whole=at == 0 and end == len(run)):
                    return self._concept(entry, run[at:end]), end
        return None

    def _concept(self, entry: _Entry, run: Sequence[Term]) -> Concept:
        names = self._names[entry.label.topic]
        written = " ".join(term.written for term in run)
        # A guarded label stands for nothing but itself: searched for because it was written.
        said = (entry.bare,) if entry.guard == "written" else ()
        return Concept(entry.label.topic, names.label, written, (*names.searched, *said), names.tag)

    def expansion(self, concept: Concept) -> Expansion:
        """What naming ``concept`` led to, for display."""
        names = self._names[concept.topic]
        said = _key(concept.written)
        also, discouraged = (
            tuple(text for key, text in texts.items() if key != said)
            for texts in (names.also, names.discouraged)
        )
        return Expansion(concept.written, concept.topic, names.label, also, discouraged)


NO_THESAURUS = Thesaurus()


def expand(
    query: Query, thesaurus: Thesaurus, *, literal: bool = False
) -> tuple[Query, tuple[Expansion, ...]]:
    """``query`` with its words gathered into concepts, and what was gathered, in order.

    With ``literal`` the query as it is. Excluded words are expanded too: to
    leave out CSAM is to leave it out under every name. Fields, beginnings
    (``recidiv*``) and words within a longer phrase stay as written.
    """
    if literal:
        return query, ()
    found: list[Expansion] = []
    clauses = _clauses(query.clauses, thesaurus, found)
    return replace(query, clauses=clauses), tuple(dict.fromkeys(found))


def _clauses(clauses: Sequence[Clause], thesaurus: Thesaurus, found: list[Expansion]) -> tuple[Clause, ...]:
    done: list[Clause] = []
    run: list[Term] = []
    for clause in clauses:
        node = clause.node
        if isinstance(node, Term) and not (clause.sign or node.quoted or node.prefix):
            run.append(node)
            continue
        done += [Clause(each) for each in _run(run, thesaurus, found)]
        run = []
        done.append(Clause(_single(node, thesaurus, found), clause.sign))
    return (*done, *(Clause(each) for each in _run(run, thesaurus, found)))


def _single(node: Node, thesaurus: Thesaurus, found: list[Expansion]) -> Node:
    if isinstance(node, Term) and not node.prefix:
        return _run([node], thesaurus, found)[0]
    if isinstance(node, AllOf):
        return AllOf(_clauses(node.clauses, thesaurus, found))
    if isinstance(node, AnyOf):
        return AnyOf(tuple(_single(each, thesaurus, found) for each in node.nodes))
    return node


def _run(run: list[Term], thesaurus: Thesaurus, found: list[Expansion]) -> list[Node]:
    """Words side by side, from left to right the longest label each time."""
    nodes: list[Node] = []
    at = 0
    while at < len(run):
        match = thesaurus.longest(run, at)
        if match:
            concept, at = match
            nodes.append(concept)
            led_to = thesaurus.expansion(concept)
            found += [led_to] if led_to.also or led_to.discouraged else []
        else:
            nodes.append(run[at])
            at += 1
    return nodes


def _bare(text: str) -> str:
    """A label as it is written in a text: without the remark after it, and the article before it."""
    bare = _REMARK.sub("", text) if text.endswith(")") else text
    return bare.removeprefix("The ").strip() or text


def _singular(word: str) -> str:
    if word[-1] != "s" or len(word) <= SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _key(text: str) -> tuple[str, ...]:
    """Words as labels are looked up: in the singular, without a possessive's s."""
    return tuple(map(_singular, plain_words(text)))


def _term_key(term: Term) -> tuple[str, ...]:
    return _key(term.written) if term.quoted else tuple(map(_singular, term.words))


def _entry(label: ThesaurusLabel) -> _Entry:
    bare = _bare(label.text)
    key = _key(bare)
    rank = 0 if label.preferred else _RANKS.get(label.status, 1)
    return _Entry(label, bare, key, _guard(bare, key), rank)


def _order(entry: _Entry) -> tuple[int, str, str]:
    return entry.rank, entry.label.topic, entry.label.text


def _guard(bare: str, key: tuple[str, ...]) -> _Guard:
    ordinary = len(key) == 1 and key[0] in _ORDINARY
    if ordinary and bare[1:].islower():
        return "never"
    if ordinary or sum(map(len, key)) <= SHORT:
        return "written"
    open_ended = len(key) > 1 and (key[0] in _OPEN_ENDS or key[-1] in _OPEN_ENDS)
    return "capital" if open_ended and not bare.islower() else ""


def _admits(entry: _Entry, run: Sequence[Term], *, whole: bool) -> bool:
    """Whether the words of ``run``, which fold to the label, may be taken for it."""
    if not entry.guard:
        return True
    if entry.guard == "never":
        return False
    if entry.guard == "capital":
        return whole or run[0].written[:1].isupper()
    raw = [part for term in run for part in _RAW.findall(term.written)]
    label = _RAW.findall(entry.bare)
    return raw in (label, [*label[:-1], label[-1] + "s"])


def _lengths_by_first(keys: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for key in keys:
        lengths.setdefault(key[0], set()).add(len(key))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _names(topic: str, entries: list[_Entry]) -> _Names:
    ordered = sorted(entries, key=lambda entry: entry.rank > 0)
    first = ordered[0]
    wide = [entry for entry in ordered if entry.guard in ("", "capital")]
    return _Names(
        first.label.text if first.rank == 0 else topic,
        _distinct([entry.bare for entry in wide]),
        _by_key(entry for entry in wide if entry.rank <= _RANKS["in-use"]),
        _by_key(entry for entry in wide if _RANKS["in-use"] < entry.rank < _RANKS["hidden"]),
        first.label.text if first.rank == 0 and first.guard in ("written", "never") else "",
    )


def _by_key(entries: Iterable[_Entry]) -> dict[tuple[str, ...], str]:
    texts: dict[tuple[str, ...], str] = {}
    for entry in entries:
        texts.setdefault(entry.key, entry.label.text)
    return texts


def _distinct(texts: list[str]) -> tuple[str, ...]:
    """``texts`` without those that another one finds anyway, as “CSAM” finds “viewing CSAM”."""
    stems = {text: f" {' '.join(map(_singular, words(text)))} " for text in texts}
    kept: dict[str, str] = {}
    for text, stem in stems.items():
        if not any(other in stem and other != stem for other in stems.values()):
            kept.setdefault(stem, text)
    return tuple(text for text in kept.values() if words(text))
