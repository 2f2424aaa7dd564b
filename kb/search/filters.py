"""From fields to filters: conditions on works that are not full text.

Filters are values; the store turns them into SQL with bound parameters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, cast

from kb import ids
from kb.search.expand import Thesaurus
from kb.search.language import TEXT_FIELDS, TOPIC_FIELDS
from kb.search.tree import AnyOf, Clause, Field, Node, written
from kb.text import nearest

FilterKind: TypeAlias = Literal[
    "topic", "tool", "programme", "design", "country", "level",
    "year", "doi", "key", "type", "list", "has", "is", "any",
]  # fmt: skip

HAS = ("abstract", "doi", "findings")
IS = ("held", "cited", "retracted")

_RANGE = re.compile(r"(\d{1,4})?\s*(?:\.\.+|[-–—…])\s*(\d{1,4})?", re.ASCII)
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
    ``values`` of which one must be the work's.

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
    """Whether ``node`` is a field that is not full text."""
    return isinstance(node, Field) and node.name not in TEXT_FIELDS


def filter_of(clause: Clause, thesaurus: Thesaurus, messages: list[str]) -> Filter | None:
    """The filter that ``clause`` is; None if it is words, or a value that cannot be read.

    What is wrong with a value is added to ``messages``.
    """
    node = clause.node
    negated = clause.sign == "-"
    if isinstance(node, AnyOf) and all(is_filter(each) for each in node.nodes):
        found = [filter_of(Clause(each), thesaurus, messages) for each in node.nodes]
        known = tuple(each for each in found if each)
        if len(known) == len(found):
            return Filter("any", any_of=known, negated=negated, written=written(node))
    if isinstance(node, Field) and is_filter(node):
        read = _filter(node, thesaurus, messages)
        return replace(read, negated=negated, written=node.written) if read else None
    return None


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
    else:
        values = (value if node.name == "key" else value.lower(),)
    return Filter(cast("FilterKind", node.name), values)


def _topics(name: str, value: str, thesaurus: Thesaurus, messages: list[str]) -> tuple[str, ...]:
    found = thesaurus.resolve(value)
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
