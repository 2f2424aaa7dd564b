"""From a query to FTS5 MATCH expressions, and filters for the rest.

Only folded words reach an expression, each phrase in quotes, so nothing that is
typed can be taken for FTS5 syntax. No SQL here: filters are values, which the
store binds.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kb.search import language, spelling
from kb.search.expand import NO_THESAURUS, Expansion, Thesaurus, expand
from kb.search.filters import Filter, filter_of, is_filter, only_field, only_of
from kb.search.stems import continued
from kb.search.tree import AllOf, AnyOf, Clause, Concept, Field, Node, Term, fields, written
from kb.text import fold, words

COLUMNS = {"author": "people", "title": "title", "journal": "venue"}
STOP_WORDS = frozenset(
    words(
        "a about al all also an and any are as at be because been being both but by can could did do does"
        " doing during each et for from get had has have having he her here hers him his how i if in into"
        " is it its just may me might more most must my no nor not of off on once only or other our out"
        " over own s shall she should so some such t than that the their them then there these they this"
        " those through to too under until up upon very was we were what when where whether which while"
        " who whom whose why will with within would you your"
    )
)
# A query of more words than this, or a sentence of more than that, is ranked by how many and how rare
# alone: works with all of its words are few, and not the best (docs/benchmarks.md, “Relevance”).
_TIERED_WORDS = 6
_TIERED_SENTENCE = 2
_MOST_PAIRS = 30  # of words side by side: enough for any title
_AGAIN = 2  # how often more a name counts as it was written than a topic's other names
_LETTERS = re.compile(r"[^\W_]+")
_AND = re.compile(r"\s*[&+]\s*")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query ready to run.

    ``all_words`` is the MATCH expression for works with all the words,
    ``some_words`` for works with at least one: equal where there is one unit,
    and both "" where the query has no text to find. ``some_words`` is "" too if
    every word was asked for. Every filter must hold as well. ``without`` is the
    MATCH expression of the works to leave out, and set only where ``all_words``
    is "": elsewhere the expressions leave them out themselves.

    ``tiered`` is whether works with all the words are to come first, whatever
    the others score; ``side_by_side`` are the words that were typed next to
    each other, folded, in pairs.

    ``asked`` are all fields with their values, at any depth.

    The others tell how it was understood: ``words`` (in the order typed),
    ``required`` (fields and words with a plus), ``excluded`` and, as too
    common, ``dropped``.
    """

    written: str
    all_words: str = ""
    some_words: str = ""
    without: str = ""
    filters: tuple[Filter, ...] = ()
    messages: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    literal: bool = False
    words: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    tiered: bool = True
    side_by_side: tuple[tuple[str, str], ...] = ()
    asked: tuple[Field, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked: no text, no filter, nothing left out."""
        return not (self.all_words or self.filters or self.without)


def compile_query(
    text: str,
    thesaurus: Thesaurus = NO_THESAURUS,
    *,
    literal: bool = False,
    all_words: bool = False,
    off: Collection[str] = (),
    only: Iterable[str] = (),
) -> Compiled:
    """``text`` ready to run, whatever it is: never raises.

    With ``literal`` no word is expanded (fields still know the topics); with
    ``all_words`` works with some of the words only are not asked for. The names
    of the topics in ``off`` (slugs) stand for no other: they stay words. Each of
    ``only`` is a field with its value ("is:held"), and a condition on all that
    the text finds, outside its grammar; beside no text at all, on all works.

    >>> compile_query("CPORT validation -review").some_words
    '("cport" OR "validation") NOT "review"'
    """
    query, expansions = expand(language.parse(text), thesaurus, literal=literal, off=off)
    parts = _Parts(thesaurus, [*query.messages, *(() if literal else _unknown(off, thesaurus))])
    parts.sort(query.clauses)
    every, some = parts.expressions()
    beside: list[Field] = []
    if every or parts.filters or parts.minus or not query.written:
        beside = [only_field(each) for each in only]
        parts.filters += [only_of(each, thesaurus, parts.messages, parts.expression) for each in beside]
    return Compiled(
        written=query.written,
        all_words=every,
        some_words="" if all_words else some,
        without="" if every else _or(parts.minus),
        filters=tuple(dict.fromkeys(parts.filters)),
        messages=tuple(dict.fromkeys(parts.messages)),
        expansions=expansions,
        literal=literal,
        words=tuple(parts.units.values()),
        required=(*parts.fields.values(), *parts.plus.values()),
        excluded=tuple(parts.minus.values()),
        dropped=tuple(dict.fromkeys(parts.dropped)),
        tiered=len(parts.units) <= (_TIERED_SENTENCE if parts.dropped and not parts.named else _TIERED_WORDS),
        side_by_side=tuple(dict.fromkeys(_pairs(query.clauses)))[:_MOST_PAIRS],
        asked=tuple(dict.fromkeys((*(each for c in query.clauses for each in fields(c.node)), *beside))),
    )


def _unknown(off: Iterable[str], thesaurus: Thesaurus) -> list[str]:
    return [
        f"No topic is called “{topic}”; its names stand for each other as ever."
        for topic in off
        if topic not in thesaurus.topics
    ]


@dataclass(slots=True)
class _Parts:
    """A query's parts by what they do; the dicts go from expression to what was written."""

    thesaurus: Thesaurus
    messages: list[str]
    fields: dict[str, str] = field(default_factory=dict)
    plus: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    minus: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, tuple[str, ...]] = field(default_factory=dict)
    filters: list[Filter] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    named: bool = False  # whether a topic was: all its names together weigh more than a word

    def sort(self, clauses: Sequence[Clause], *, strict: bool = False) -> None:
        """Puts each clause where it belongs; what stands in parentheses is wanted together."""
        for clause in self._telling(clauses):
            node = clause.node
            if isinstance(node, AllOf) and clause.sign != "-":
                self.sort(node.clauses, strict=True)
            elif found := filter_of(clause, self.thesaurus, self.messages, self.expression):
                self.filters.append(found)
            elif expression := self._taken_as_words(node) if is_filter(node) else self.expression(node):
                self._place(clause, expression, strict=strict)

    def _place(self, clause: Clause, expression: str, *, strict: bool) -> None:
        if clause.sign == "-":
            where = self.minus
        elif isinstance(clause.node, Field) and not is_filter(clause.node):
            where = self.fields
        else:
            where = self.plus if strict or clause.sign == "+" else self.units
        where.setdefault(expression, written(clause.node))
        self.named = self.named or isinstance(clause.node, Concept)
        if where is self.units and (pieces := _pieces(clause.node)):
            self.pieces[expression] = pieces

    def expressions(self) -> tuple[str, str]:
        """For works with all the words, and for works with some."""
        every = [*self.fields, *self.plus, *self.units]
        some = [*self.fields, *self.plus]
        if self.units:
            # Required words count among the others here, so that a work with those alone still fits.
            some.append(_or([*self.plus, *self.units, *self._single_words()]))
        return self._without(every), self._without(some)

    def _single_words(self) -> list[str]:
        """The words within compounds and names, each for itself: some of a query's words, if not all."""
        if len(self.units) + len(self.plus) == 1:
            return []
        return [_phrase(word) for pieces in self.pieces.values() for word in pieces]

    def _without(self, parts: list[str]) -> str:
        parts = list(dict.fromkeys(parts))
        if not parts or not self.minus:
            return " AND ".join(parts)
        return f"{_and(parts)} NOT {_or(self.minus)}"

    def _telling(self, clauses: Sequence[Clause]) -> list[Clause]:
        """``clauses`` without words that tell nothing, unless there are no others."""
        common = [clause for clause in clauses if not clause.sign and _is_common(clause.node)]
        if not common or all(clause in common or clause.sign == "-" for clause in clauses):
            return list(clauses)
        self.dropped += [written(clause.node) for clause in common]
        return [clause for clause in clauses if clause not in common]

    # --- full text ---

    def expression(self, node: Node) -> str:
        """The MATCH expression of ``node``, complete in itself; "" if it has none."""
        match node:
            case Term():
                return _term(node)
            case Concept():
                return _names(node.alternatives, node.tag, node.written)
            case Field() if node.name in COLUMNS:
                return self._column(node)
            case Field():
                return self._taken_as_words(node, ", because it cannot be an alternative to words")
            case AnyOf():
                return _or(self.expression(each) for each in node.nodes)
            case AllOf():
                return self._together(node)

    def _together(self, node: AllOf) -> str:
        clauses = self._telling(node.clauses)
        wanted = _and(self.expression(clause.node) for clause in clauses if clause.sign != "-")
        excluded = _or(self.expression(clause.node) for clause in clauses if clause.sign == "-")
        if wanted and excluded:
            return f"({wanted} NOT {excluded})"
        if excluded:
            self.messages.append(
                f"“{written(node)}” was ignored: an alternative cannot be only that something is absent."
            )
        return wanted

    def _taken_as_words(self, node: Node, reason: str = "") -> str:
        self.messages.append(f"“{written(node)}” was taken as words{reason}.")
        return _and(_term(term) for term in language.terms(written(node)))

    def _column(self, node: Field) -> str:
        """A text field's expression."""
        column = COLUMNS[node.name]
        if node.value.endswith("*") and len(fold(node.value)) > 1:
            first, last = fold(node.value).rpartition(" ")[::2]
            rest = [_phrase(f"{first} {word}".strip()) for word in continued(last)]
            return f"{column} : {_or([f'{_phrase(fold(node.value))} *', *rest])}"
        values = _journal(node.value) if node.name == "journal" else [node.value]
        return f"{column} : {_or(phrase for value in values for phrase in _spellings(value))}"


def _pieces(node: Node) -> tuple[str, ...]:
    """The telling words that a compound, or a name of several words, is made of; () of anything else."""
    parts: Sequence[str] = ()
    if isinstance(node, Term) and not (node.quoted or node.prefix):
        parts = node.words
    elif isinstance(node, Concept):
        parts = words(node.written)
    return tuple(word for word in parts if word not in STOP_WORDS) if len(parts) > 1 else ()


def _pairs(clauses: Iterable[Clause]) -> Iterator[tuple[str, str]]:
    """Words that stand next to each other, as typed; of two that tell nothing together, nothing."""
    before = ""
    for clause in clauses:
        node = clause.node
        if clause.sign or not isinstance(node, Term | Concept):
            before = ""
            continue
        for word in node.words if isinstance(node, Term) else words(node.written):
            if before and not (before in STOP_WORDS and word in STOP_WORDS):
                yield before, word
            before = word


def _is_common(node: Node) -> bool:
    if not isinstance(node, Term) or node.quoted or node.prefix:
        return False
    return all(word in STOP_WORDS for word in node.words)


def _phrase(text: str) -> str:
    return f'"{text}"'


def _spellings(text: str) -> list[str]:
    """``text`` as phrases: folded, and where that changes letters (ß, ø) as the index has them."""
    folded = fold(text)
    if text.isascii():
        return [_phrase(folded)] if folded else []
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    plain = " ".join(_LETTERS.findall(bare))
    return [_phrase(each) for each in dict.fromkeys((folded, plain)) if each]


def _journal(name: str) -> list[str]:
    """A journal's name as typed, then with "and" as "&" and in British and American spelling."""
    parts = words(_AND.sub(" and ", name))
    without = [part for part in parts if part != "and"]
    ways = [tuple(way) for way in (parts, without) if way]
    return [name, *(text for way in dict.fromkeys(ways) for text in spelling.phrases(way))]


def _term(term: Term) -> str:
    folded = " ".join(term.words)
    if term.prefix:
        return _or([f"{_phrase(folded)} *", *map(_phrase, term.also)])
    found = [_phrase(folded)]
    if not term.written.isascii():
        found += [each for each in _spellings(term.written) if len(term.words) == len(each.split())]
    if 1 < len(term.words) <= 3 and not term.quoted:
        found.append(_phrase("".join(term.words)))  # self-help is written selfhelp, too
    return _or([*found, *map(_phrase, term.also)])


@lru_cache(maxsize=4096)  # a topic's names are the same in every query
def _names(alternatives: tuple[str, ...], tag: str, written: str) -> str:
    """A topic under any of its names; what was written weighs more, because it is searched for again."""
    found = [phrase for text in alternatives for phrase in _spellings(text)]
    names = _or([*found, *(f"topics : {phrase}" for phrase in _spellings(tag))])
    again = _or(_spellings(written))
    return f"({' OR '.join([names, *[again] * _AGAIN])})" if again in found and len(found) > 1 else names


def _or(parts: Iterable[str]) -> str:
    return _joined(parts, " OR ")


def _and(parts: Iterable[str]) -> str:
    return _joined(parts, " AND ")


def _joined(parts: Iterable[str], operator: str) -> str:
    """``parts`` as one, in parentheses where there is more than one; "" if there is none."""
    distinct = [part for part in dict.fromkeys(parts) if part]
    return f"({operator.join(distinct)})" if len(distinct) > 1 else "".join(distinct)
