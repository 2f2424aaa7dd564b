"""Front matter: YAML between two ``---`` lines → values that know their line.

libyaml's events are composed here, in half the time of ruamel.yaml's own
composer, which moreover nests as deep as a file tells it to, and lets a few
aliases stand for millions of values. Scalars are those of the YAML 1.2 core
schema (yaml.org/spec/1.2.2, 10.3.2), but a number that is not finite, or too
long for a row of the store, stays text.
"""

import math
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from ruamel.yaml.cyaml import CBaseLoader
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kb.model import Origin, Problem

_DEEPEST = 50
_MOST_VALUES = 50_000
_LONGEST = 1_000_000
_FIRST_LINE = 2  # of the front matter, in the note's file

_KEYWORDS = dict.fromkeys(("null", "Null", "NULL", "~", "")) | {
    word: truth for truth in (True, False) for word in (str(truth), str(truth).lower(), str(truth).upper())
}
_WHOLE = re.compile(r"[-+]?\d{1,15}|0o[0-7]{1,15}|0x[\dA-Fa-f]{1,12}", re.ASCII)
_REAL = re.compile(r"[-+]?(?:\.\d+|\d+\.\d*|\d+(?=[eE]))(?:[eE][-+]?\d+)?", re.ASCII)
_BASES = {"0o": 8, "0x": 16}

# What libyaml says, and what a person can do about it.
_ADVICE = (
    ("mapping values are not allowed", "Put a value that holds a colon between quotes."),
    (
        "cannot start any token",
        "Indent with spaces, and put a value that begins with @, ` or % between quotes.",
    ),
    ("end of stream", "Close the quotation mark that opens there."),
    ("escape", "Use single quotes: between double ones a backslash begins an escape."),
    ("',' or", "Close the bracket that opens there, or put the value between quotes."),
    ("did not find expected '-'", "Begin the lines of one list in one column, each with “- ”."),
    ("expected key", "Begin the keys of one mapping in one column, each followed by a colon and a space."),
    ("could not find expected ':'", "Write each line as “key: value”, and indent what continues a value."),
    ("control characters", "Delete the characters that cannot be seen."),
    ("", "Write lines such as “key: value”; put a value with special characters between quotes."),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the front matter, and the line it begins on; ``text`` is a scalar as written."""

    line: int
    data: "Scalar | list[Value] | dict[str, Value]"
    text: str = ""


Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A note's text in two: ``front`` is None where there is none; ``line`` is the body's first."""

    front: str | None
    body: str
    line: int
    closed: bool = True


def split_front(text: str) -> Parts:
    r"""Front matter and body of a note.

    Front matter opens with ``---`` on the very first line, and ends with the
    next line that is ``---`` or ``...``; if it never ends, all of it is body.

    >>> split_front("---\nkind: page\n---\nHello.\n")
    Parts(front='kind: page\n', body='Hello.\n', line=4, closed=True)
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != "---":
        return Parts(None, text, 1)
    end = re.search(r"^(?:---|\.\.\.)[ \t]*$\n?", rest, re.MULTILINE)
    if not end:
        return Parts(None, rest, _FIRST_LINE, closed=False)
    front = rest[: end.start()]
    return Parts(front, rest[end.end() :], front.count("\n") + _FIRST_LINE + 1)


def read_front(front: str, path: str) -> tuple[dict[str, Value] | None, list[Problem]]:
    """The keys and values of front matter, in order; None, and an error, if it is not YAML."""
    try:
        composer = _Composer(front, path)
        return composer.document(), composer.problems
    except _RefusedError as error:
        return None, [_broken(path, error.line, error.problem, error.remedy)]
    except YAMLError as error:
        return None, [_unreadable(front, path, error)]


def scalar(text: str) -> Scalar:
    """A plain scalar by the core schema.

    >>> [scalar(text) for text in ("NO", "5:30", "on", "7", "0.79", "~", "2026-11-21", ".inf")]
    ['NO', '5:30', 'on', 7, 0.79, None, '2026-11-21', '.inf']
    """
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text, _BASES.get(text[:2], 10))
    if _REAL.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


class _RefusedError(Exception):
    """It is YAML, but not such as a note's front matter may be."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.remedy = remedy


class _Composer:
    """Events → values, to a bounded depth and number; what an alias repeats is counted again."""

    def __init__(self, front: str, path: str) -> None:
        if len(front) > _LONGEST:
            problem = f"it has {len(front):,} characters; the limit is {_LONGEST:,}"
            raise _RefusedError(1, problem, "Move its texts into the body.")
        # libyaml takes Unicode's line separators for line ends; no editor does.
        self._parser = CBaseLoader(front.replace("\u2028", " ").replace("\u2029", " "))
        self._path = path
        self._count = 0
        self._anchors: dict[str, tuple[Value, int]] = {}
        self.problems: list[Problem] = []

    def document(self) -> dict[str, Value]:
        self._next()  # the stream begins
        if isinstance(self._next(), StreamEndEvent):  # else the document begins
            return {}
        root = self._value(self._next(), 0)
        event = self._next()
        if isinstance(event, DocumentEndEvent):
            event = self._next()
        if not isinstance(event, StreamEndEvent):
            problem = "a second document begins there"
            raise _RefusedError(_line(event), problem, "Keep one, between two lines of three hyphens.")
        if root.data is None:
            return {}
        if not isinstance(root.data, dict):
            problem = "it is one value, where keys with values are expected"
            raise _RefusedError(root.line, problem, "Write lines such as “kind: page”.")
        return root.data

    def _next(self) -> Any:  # the C parser has no types
        return self._parser.get_event()

    def _value(self, event: Any, depth: int) -> Value:
        line = _line(event)
        if isinstance(event, AliasEvent):
            return self._alias(event.anchor, line)
        before = self._count
        self._add(1, line)
        if depth > _DEEPEST:
            problem = f"values lie more than {_DEEPEST} levels deep"
            raise _RefusedError(line, problem, "Write it flatter.")
        if isinstance(event, ScalarEvent):
            value = Value(line, scalar(event.value) if event.implicit[0] else event.value, event.value)
        elif isinstance(event, SequenceStartEvent):
            value = Value(line, self._items(depth + 1))
        else:
            value = Value(line, self._pairs(depth + 1))
        if event.anchor:
            self._anchors[event.anchor] = value, self._count - before
        return value

    def _items(self, depth: int) -> list[Value]:
        items = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._value(event, depth))
        return items

    def _pairs(self, depth: int) -> dict[str, Value]:
        pairs: dict[str, Value] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._value(event, depth)
            value = self._value(self._next(), depth)
            if isinstance(key.data, list | dict):
                self._warn(key.line, "A key is itself a list or a mapping; it and its value were left out.")
            elif key.text in pairs:
                first = pairs[key.text].line
                self._warn(
                    key.line, f"The key {key.text} stands a second time; that of line {first} was kept."
                )
            else:
                pairs[key.text] = value
        return pairs

    def _alias(self, anchor: str, line: int) -> Value:
        if anchor not in self._anchors:
            problem = f"*{anchor} stands for a value that was not named before"
            raise _RefusedError(line, problem, "Put a value that begins with * between quotes.")
        value, size = self._anchors[anchor]
        self._add(size, line)
        return value

    def _add(self, size: int, line: int) -> None:
        self._count += size
        if self._count > _MOST_VALUES:
            problem = f"it has more than {_MOST_VALUES:,} values"
            raise _RefusedError(line, problem, "Divide it over several notes.")

    def _warn(self, line: int, message: str) -> None:
        remedy = "Keep one, under a key that is plain text."
        self.problems.append(Problem(Origin(self._path, line), "note-key", message, remedy, "warning"))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + _FIRST_LINE


def _unreadable(front: str, path: str, error: YAMLError) -> Problem:
    """One error of libyaml, at the place where it began rather than where it came out."""
    if not isinstance(error, MarkedYAMLError):  # the reader's, who counts bytes
        line = front.encode()[: getattr(error, "position", 0) or 0].count(b"\n")
        said = str(getattr(error, "reason", error))
    else:
        opened = "quoted" in (error.context or "") or "flow" in (error.context or "")
        mark = error.context_mark if opened else error.problem_mark
        line = mark.line if mark else 0
        said = ", ".join(part for part in (error.problem, error.context) if part)
    line = min(line, front.count("\n") - front.endswith("\n"))
    remedy = next(advice for sign, advice in _ADVICE if sign in said)
    return _broken(path, line + _FIRST_LINE, said, remedy)


def _broken(path: str, line: int, said: str, remedy: str) -> Problem:
    message = f"The front matter cannot be read from line {line} on: {said}. Only the note's body was kept."
    return Problem(Origin(path, line), "note-yaml", message, remedy)
