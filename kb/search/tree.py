"""What a query is made of: the tree that is read, expanded and compiled."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Sign: TypeAlias = Literal["", "+", "-"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word (of several parts, as ``self-help``) or with ``quoted`` a phrase.

    ``words`` are folded, in order, and never empty. ``also`` are folded words
    or phrases that count as the same: other spellings, or what a beginning
    goes on to be where the index keeps less of the word than was typed.
    """

    written: str
    words: tuple[str, ...]
    quoted: bool = False
    prefix: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A known field and its value: ``author:seto``."""

    name: str
    value: str
    written: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic that was named: all the ways to write it stand for each other.

    ``alternatives`` are label texts to search for anywhere; ``tag`` is the
    preferred label when that would match ordinary words, and so is to be
    searched among the works' topics only ("" otherwise).
    """

    topic: str
    label: str
    written: str
    alternatives: tuple[str, ...]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """What must be true together, as in parentheses."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives: ``CSAM OR grooming``."""

    nodes: tuple["Node", ...]


Node: TypeAlias = Term | Field | Concept | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query: wanted (""), required ("+") or excluded ("-")."""

    node: Node
    sign: Sign = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood; ``messages`` say what was not."""

    written: str
    clauses: tuple[Clause, ...] = ()
    messages: tuple[str, ...] = ()


def fields(node: Node) -> list[Field]:
    """The fields in ``node``, at any depth."""
    match node:
        case Field():
            return [node]
        case AnyOf():
            return [found for each in node.nodes for found in fields(each)]
        case AllOf():
            return [found for clause in node.clauses for found in fields(clause.node)]
        case _:
            return []


def written(node: Node) -> str:
    """``node`` as it was written, or nearly so."""
    match node:
        case Term():
            return f"“{node.written}”" if node.quoted else node.written + "*" * node.prefix
        case Concept() | Field():
            return node.written
        case AnyOf():
            return "(" + " OR ".join(written(each) for each in node.nodes) + ")"
        case AllOf():
            return "(" + " ".join(c.sign.strip("+") + written(c.node) for c in node.clauses) + ")"
