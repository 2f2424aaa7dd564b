"""A YAML file of records, a plain list or under ``references:`` → plain values with their lines.

libyaml's events are composed here to a bounded depth and number, because
aliases can make a few lines stand for millions of values, and a deep file
would break the recursion of a library's own composer. Scalars stay text, but
for null and truth: to a bibliography ``05`` is no number and ``2015-03`` no
subtraction. Where a record is no YAML, the others are read without it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.cyaml import CBaseLoader
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kb.model import Origin, Problem

_DEEPEST = 50
_MOST_VALUES = 5_000_000  # of a file, what an alias repeats counted again
_NOTHING = frozenset(("null", "Null", "NULL", "~", ""))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_LIST = re.compile(r"^references:[ \t]*$\n?", re.MULTILINE)
_ITEM = re.compile(r"^([ \t]*)-(?=\s)", re.MULTILINE)
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_REMEDY = "Mend it by hand or export it again; a text with a colon or a # belongs between quotes."


def yaml_items(text: str, path: str) -> tuple[list[tuple[object, int]], list[Problem]]:
    """(a record, its line) for each item of the list in a YAML file, and what is wrong with it."""
    text, first = _fenced(text.replace("\u2028", " ").replace("\u2029", " "))
    try:
        return _Composer(text, first).items(), []
    except (_RefusedError, YAMLError):
        return _one_by_one(text, first, path)


def _fenced(text: str) -> tuple[str, int]:
    """What stands between two lines of hyphens, as Pandoc has it, else all; and its first line."""
    opening = re.match(r"\s*---[ \t]*(?:#.*)?\n", text)
    if not opening:
        return text, 1
    line = text.count("\n", 0, opening.end()) + 1
    end = _FENCE.search(text, opening.end())
    return text[opening.end() : end.start() if end else len(text)], line


def _one_by_one(text: str, first: int, path: str) -> tuple[list[tuple[object, int]], list[Problem]]:
    """Items cut at their hyphens, so that a broken one costs only itself."""
    opening = _LIST.search(text)
    start = _ITEM.search(text, opening.end() if opening else 0)
    if not start:
        message = "The file cannot be read: it is no YAML, and no list of records was found in it."
        return [], [Problem(Origin(path, first), "yaml-syntax", message, _REMEDY)]
    cuts = [
        found.start() for found in re.finditer(rf"^{start[1]}-(?=\s)", text[start.start() :], re.MULTILINE)
    ]
    found: list[tuple[object, int]] = []
    problems: list[Problem] = []
    line, place = first, 0
    for cut, end in zip(cuts, [*cuts[1:], len(text) - start.start()], strict=True):
        begin = start.start() + cut
        line += text.count("\n", place, begin)
        place = begin
        try:
            found += _Composer(text[begin : start.start() + end], line).items()
        except (_RefusedError, YAMLError) as error:
            code = "yaml-limit" if isinstance(error, _RefusedError) else "yaml-syntax"
            message = f"This record cannot be read: {_said(error, line)}. It was left out."
            problems.append(Problem(Origin(path, line), code, message, _REMEDY))
    return found, problems


def _said(error: Exception, line: int) -> str:
    if isinstance(error, _RefusedError):
        return error.problem
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        return f"{error.problem} at line {line + error.problem_mark.line}"
    return "it holds a character that YAML does not allow"


class _RefusedError(Exception):
    """It is YAML, but not such as a list of publications is."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(slots=True)
class _Composer:
    """Events → values."""

    text: str
    first: int
    count: int = 0  # values so far
    parser: Any = None  # the C parser has no types
    anchors: dict[str, tuple[object, int]] = field(default_factory=dict)

    def items(self) -> list[tuple[object, int]]:
        """The items of the list that the document is, or has under ``references``, with their lines."""
        self.parser = CBaseLoader(self.text)
        self._next()  # the stream begins
        if isinstance(self._next(), StreamEndEvent):  # else the document begins
            return []
        event = self._next()
        if isinstance(event, SequenceStartEvent):
            return self._items(1)
        found: list[tuple[object, int]] = []
        if isinstance(event, ScalarEvent | AliasEvent):
            return []
        while not isinstance(key := self._next(), MappingEndEvent):
            name = self._value(key, 1)
            event = self._next()
            if name == "references" and isinstance(event, SequenceStartEvent):
                found += self._items(2)
            else:
                self._value(event, 1)
        return found

    def _items(self, depth: int) -> list[tuple[object, int]]:
        found = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            line = self.first + int(event.start_mark.line)
            found.append((self._value(event, depth), line))
        return found

    def _next(self) -> Any:
        return self.parser.get_event()

    def _value(self, event: Any, depth: int) -> object:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        before = self.count
        self._add(event, 1)
        if depth > _DEEPEST:
            raise _RefusedError(self._line(event), f"its values lie more than {_DEEPEST} levels deep")
        value: object
        if isinstance(event, ScalarEvent):
            value = _scalar(event.value) if event.implicit[0] else event.value
        elif isinstance(event, SequenceStartEvent):
            value = self._list(depth + 1)
        else:
            value = self._mapping(depth + 1)
        if event.anchor:
            self.anchors[event.anchor] = value, self.count - before
        return value

    def _list(self, depth: int) -> list[object]:
        listed = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            listed.append(self._value(event, depth))
        return listed

    def _mapping(self, depth: int) -> dict[str, object]:
        pairs: dict[str, object] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            name = self._value(event, depth)
            value = self._value(self._next(), depth)
            if isinstance(name, str):
                pairs.setdefault(name, value)
        return pairs

    def _alias(self, event: Any) -> object:
        if event.anchor not in self.anchors:
            raise _RefusedError(
                self._line(event), f"*{event.anchor[:40]} stands for nothing that was named before"
            )
        value, size = self.anchors[event.anchor]
        self._add(event, size)
        return value

    def _add(self, event: Any, size: int) -> None:
        self.count += size
        if self.count > _MOST_VALUES:
            raise _RefusedError(self._line(event), f"it has more than {_MOST_VALUES:,} values")

    def _line(self, event: Any) -> int:
        return self.first + int(event.start_mark.line)


def _scalar(written: str) -> object:
    if written in _NOTHING:
        return None
    if written in _TRUE or written in _FALSE:
        return written in _TRUE
    return written
