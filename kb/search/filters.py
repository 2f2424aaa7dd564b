"""From fields to filters: conditions on works that are not full text.

Filters are values; the store turns them into SQL with bound parameters.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, cast

from kb import ids
from kb.search.expand import Thesaurus
from kb.search.language import MAX_VALUE, QUOTES, TEXT_FIELDS, TOPIC_FIELDS, field_named, terms
from kb.search.tree import AllOf, AnyOf, Clause, Field, Node, written
from kb.text import fold, nearest, slug, squeeze, words

FilterKind: TypeAlias = Literal[
    "topic", "tool", "programme", "design", "country", "level", "author",
    "year", "doi", "key", "type", "list", "has", "is", "any", "words",
]  # fmt: skip

HAS = ("abstract", "doi", "findings")
IS = ("held", "cited", "retracted")

# What people call a type, and the BibLaTeX types that it covers.
_TYPES = {
    "chapter": ("inbook", "incollection"),
    "conference": ("inproceedings", "conference"),
    "manuscript": ("unpublished",),
    "report": ("report", "techreport"),
    "thesis": ("thesis", "phdthesis", "mastersthesis"),
    "dissertation": ("thesis", "phdthesis", "mastersthesis"),
    "webpage": ("online",),
    "website": ("online",),
}
_RANGE = re.compile(r"(\d{1,4})?\s*(?:\.\.+|[-–—…])\s*(\d{1,4})?", re.ASCII)
_SIDE = re.compile(r"([<>])(=?)\s*(\d{4})", re.ASCII)
_DECADE = re.compile(r"(\d{3})0s", re.ASCII)
_EDGES = " ,;"
# Comparing with all labels costs milliseconds; beyond this many messages nobody reads the hint.
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on works.

    By ``kind``: the topic kinds (topic, tool, programme, design, country,
    level) have in ``values`` the slugs of which a work needs one, narrower
    topics included; ``year`` has ``low`` and ``high``, both inclusive, None
    where open; ``any`` has ``any_of``, of which one must hold; the others have
    ``values`` of which one must be the work's: ``author`` has a name as it was
    typed, ``words`` a MATCH expression (words may be an alternative to a field).

    Without values nothing fits (an unknown topic has no works). ``negated``
    turns all that round.
    """

    kind: FilterKind
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    any_of: tuple["Filter", ...] = ()
    negated: bool = False
    written: str = ""


def is_filter(node: Node) -> bool:
    """Whether ``node`` is a field that is not full text: a whole name is a person, a family name a word."""
    return isinstance(node, Field) and (node.name not in TEXT_FIELDS or is_whole_name(node))


def is_whole_name(node: Field) -> bool:
    """Whether ``node`` names a person by more than one word, and not by a beginning."""
    return node.name == "author" and "*" not in node.value and len(terms(node.value)) > 1


def has_filter(node: Node) -> bool:
    """Whether ``node`` is such a field, or holds one at any depth."""
    if isinstance(node, AnyOf):
        return any(has_filter(each) for each in node.nodes)
    if isinstance(node, AllOf):
        return any(has_filter(clause.node) for clause in node.clauses)
    return is_filter(node)


def filter_of(
    clause: Clause,
    thesaurus: Thesaurus,
    messages: list[str],
    text: Callable[[Node], str] = lambda _: "",
) -> Filter | None:
    """The filter that ``clause`` is; None if it is words, or a value that cannot be read.

    What is wrong with a value is added to ``messages``. Where fields and words
    are alternatives, or left out together, ``text`` gives the words' expression.
    """
    node = clause.node
    if not has_filter(node):
        return None
    found = _made(node, thesaurus, messages, text)
    return replace(found, negated=found.negated != (clause.sign == "-")) if found else None


def only_field(said: str) -> Field:
    """The field that ``said`` is, apart from any query; without a name where it is none, or has no value."""
    name, _, value = said.partition(":")
    value = squeeze(value).strip(QUOTES).strip()[:MAX_VALUE]
    return Field(field_named(name.strip()) if words(value) else "", value, squeeze(said)[: MAX_VALUE + 20])


def only_of(node: Field, thesaurus: Thesaurus, messages: list[str], text: Callable[[Node], str]) -> Filter:
    """The filter that a field by itself is; what cannot be read fits nothing."""
    if not node.name:
        messages.append(f"“{node.written}” is no field with a value, so it finds nothing.")
        return Filter("has", written=node.written)
    if not is_filter(node):
        return Filter("words", (text(node),), written=node.written)
    found = _filter(node, thesaurus, messages)
    return replace(found or Filter("has"), written=node.written)


def _made(
    node: Node, thesaurus: Thesaurus, messages: list[str], text: Callable[[Node], str]
) -> Filter | None:
    if isinstance(node, Field) and is_filter(node):
        read = _filter(node, thesaurus, messages)
        return replace(read, written=node.written) if read else None
    if isinstance(node, AnyOf):
        clauses: tuple[Clause, ...] = tuple(Clause(each) for each in node.nodes)
    elif isinstance(node, AllOf):
        clauses = tuple(replace(each, sign="" if each.sign == "-" else "-") for each in node.clauses)
    else:
        expression = text(node)
        return Filter("words", (expression,), written=written(node)) if expression else None
    parts = [_part(each, thesaurus, messages, text) for each in clauses]
    known = tuple(part for part in parts if part)
    # All of several hold if not one of them fails.
    every = isinstance(node, AllOf)
    return Filter("any", any_of=known, negated=every, written=written(node)) if known else None


def _part(
    clause: Clause, thesaurus: Thesaurus, messages: list[str], text: Callable[[Node], str]
) -> Filter | None:
    """One of several; a field that cannot be read is words here too."""
    node = clause.node
    found = _made(node, thesaurus, messages, text)
    if not found and isinstance(node, Field):
        messages.append(f"“{node.written}” was taken as words.")
        expression = text(AllOf(tuple(Clause(term) for term in terms(node.written))))
        found = Filter("words", (expression,), written=node.written) if expression else None
    return replace(found, negated=found.negated != (clause.sign == "-")) if found else None


def _filter(node: Field, thesaurus: Thesaurus, messages: list[str]) -> Filter | None:
    value = node.value.strip(_EDGES)
    if node.name == "year":
        return _years(value, messages)
    if node.name == "doi":
        return _doi(value, messages)
    if node.name in TOPIC_FIELDS:
        values = _topics(node.name, value, thesaurus, messages)
    elif node.name in ("has", "is"):
        values = _one_of(node.name, HAS if node.name == "has" else IS, value, messages)
    elif node.name == "key" and value.endswith("*") and len(fold(value)) > 1:
        return Filter("words", (f'keywords : "{fold(value)}" *',))
    elif node.name == "type":
        values = _types(value.lower())
    elif node.name == "list":
        values = tuple(dict.fromkeys((value.lower(), slug(value))))
    else:
        values = (value,)
    return Filter(cast("FilterKind", node.name), values)


def _types(value: str) -> tuple[str, ...]:
    """BibLaTeX types by their own names, or by those that people use, one or many."""
    for name in (value, value.removesuffix("s"), "thesis" if value == "theses" else ""):
        if name in _TYPES:
            return _TYPES[name]
    return tuple(dict.fromkeys((value, value.removesuffix("s"))))


def _topics(name: str, value: str, thesaurus: Thesaurus, messages: list[str]) -> tuple[str, ...]:
    beginning = value.removesuffix("*")
    found = thesaurus.beginning(beginning) if beginning != value else thesaurus.resolve(value)
    if not found:
        near = thesaurus.nearest(value) if len(messages) < _SUGGESTIONS else []
        hint = f" Nearest: {', '.join(f'{name}:{topic}' for topic in near)}." if near else ""
        messages.append(f"No topic is called “{value}”, so “{name}:{value}” finds nothing.{hint}")
    return tuple(sorted({below for topic in found for below in thesaurus.closure(topic)}))


def _years(value: str, messages: list[str]) -> Filter | None:
    span = _RANGE.fullmatch(value)
    if span and (span[1] or span[2]):
        low, high = (int(year) if year else None for year in span.groups())
        if low is not None and high is not None and low > high:
            low, high = high, low
        return Filter("year", low=low, high=high)
    if side := _SIDE.fullmatch(value):
        year = int(side[3]) + (0 if side[2] else 1 if side[1] == ">" else -1)
        return Filter("year", low=year) if side[1] == ">" else Filter("year", high=year)
    if decade := _DECADE.fullmatch(value):
        return Filter("year", low=int(decade[1]) * 10, high=int(decade[1]) * 10 + 9)
    if value.isascii() and value.isdigit() and len(value) <= 4:
        return Filter("year", low=int(value), high=int(value))
    messages.append(f"“{value}” is no year (2015) or span of years (2010..2020, 2015.. or ..2010).")
    return None


def _doi(value: str, messages: list[str]) -> Filter | None:
    if found := ids.doi(value):
        return Filter("doi", (found,))
    messages.append(f"“{value}” is not a DOI.")
    return None


def _one_of(name: str, known: Sequence[str], value: str, messages: list[str]) -> tuple[str, ...]:
    if value.lower() in known:
        return (value.lower(),)
    near = nearest(value[:80], known) if len(messages) < _SUGGESTIONS else []
    hint = f"Did you mean {name}:{near[0]}?" if near else f"Known are: {', '.join(known)}."
    messages.append(f"“{name}:{value}” finds nothing. {hint}")
    return ()
