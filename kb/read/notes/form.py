"""One mapping of the front matter, read field by field.

A form is asked for each field by name and kind, so that what a kind of note
may hold reads as a table (``kinds``). It keeps what its fields lead to, tells
what is wrong with a value and leaves that value out, and knows at the end
which keys nobody asked for.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from kb.model import Link, Mention, Origin, Problem, Severity
from kb.model.intents import INTENTS, intent
from kb.read.notes.front import Value, scalar
from kb.text import nearest, squeeze

_T = TypeVar("_T")
_C = TypeVar("_C", bound=str)

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_AN_ADDRESS = "an address that begins with https:// or http://"
_SHOWN = 60


class Form:
    """A mapping's fields, typed; absent ones are "", () or None."""

    def __init__(self, fields: dict[str, Value], origin: Origin, *, parent: "Form | None" = None) -> None:
        self.origin = origin
        self.problems: list[Problem] = parent.problems if parent else []
        self.refused: set[int] = parent.refused if parent else set()
        self.links: list[Link] = []
        self.mentions: list[Mention] = []
        self._fields = fields
        self._asked: dict[str, None] = {}

    def __contains__(self, key: str) -> bool:
        """Whether the key stands there with a value, right or wrong."""
        return key in self._fields and self._fields[key].data is not None

    def glimpse(self, key: str) -> str:
        """A text, whether or not the key is known here."""
        return (_text(self._fields[key]) or "") if key in self else ""

    def plain(self) -> dict[str, object]:
        """All as it was written, unknown keys too, without the values that were left out."""
        return {k: _plain(v, self.refused) for k, v in self._fields.items() if id(v) not in self.refused}

    # --- one value

    def text(self, key: str) -> str:
        """A text on one line; numbers are taken as written."""
        return self._one(key, "a text", _text) or ""

    def choice(self, key: str, known: Sequence[_C]) -> _C | None:
        """One of the known words, letter by letter."""
        words: dict[str, _C] = {word: word for word in known}
        return self._one(
            key, f"one of {', '.join(known)}", lambda value: words.get(_text(value) or ""), known
        )

    def intent(self, key: str) -> str:
        """Why a work is cited: the property in full, however it was written."""
        expected = "a property of CiTO such as extends, or one of our own such as validates"
        return self._one(key, expected, lambda value: intent(_text(value) or "") or None, INTENTS) or ""

    def whole(self, key: str, *, least: int, most: int | None = None) -> int | None:
        """A whole number within bounds."""
        expected = (
            f"a whole number, {least} or more" if most is None else f"a whole number, {least} to {most}"
        )

        def converted(value: Value) -> int | None:
            number = value.data
            right = type(number) is int and number >= least and (most is None or number <= most)
            return number if right and isinstance(number, int) else None

        return self._one(key, expected, converted)

    def number(self, key: str) -> float | None:
        """A number, written without quotes or signs of its unit."""
        return self._one(key, "a number without quotes or unit", _number)

    def pair(self, key: str) -> tuple[float | None, float | None]:
        """Two numbers, the lower first; (None, None) if there are none."""
        return self._one(key, "two numbers, the lower first, such as [0.70, 0.87]", _pair) or (None, None)

    def truth(self, key: str) -> bool | None:
        """``true`` or ``false``."""
        return self._one(key, "true or false", lambda v: v.data if isinstance(v.data, bool) else None)

    def date(self, key: str) -> str:
        """A day, month or year of the calendar, as ISO 8601 writes it."""
        return self._one(key, "a date such as 2026-11-21", _date) or ""

    def name(self, key: str) -> str:
        """The name of one note, which must lead somewhere."""
        found = self.text(key)
        if found:
            self.refer(found, key, self._fields[key].line)
        return found

    def work(self, key: str) -> str:
        """The citekey of one work, which is thereby mentioned."""
        found = self.text(key).removeprefix("@")
        if found:
            self.mentions.append(Mention(found, self._at(self._fields[key].line)))
        return found

    def address(self, key: str) -> str:
        """One address on the web."""
        return self._one(key, _AN_ADDRESS, _address) or ""

    # --- several values; one alone need not stand in a list

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts on one line each, in order."""
        return tuple(text for text, _ in self._several(key, "a text, or a list of texts", _text) if text)

    def lines(self, key: str) -> tuple[str, ...]:
        """The lines of a text, or the texts of a list, each once, in order."""
        found = self._several(key, "a text of several lines, or a list of texts", _lines)
        return tuple(dict.fromkeys(line for lines, _ in found for line in lines))

    def names(self, key: str, field: str = "") -> tuple[str, ...]:
        """Names of notes, which must lead somewhere, in order; their links go by ``field``."""
        found = [x for x in self._several(key, "a name, or a list of names", _text) if x[0]]
        for name, line in found:
            self.refer(name, field or key, line)
        return tuple(dict.fromkeys(name for name, _ in found))

    def works(self, key: str) -> tuple[str, ...]:
        """Citekeys of works, which are thereby mentioned, in order."""
        found = [x for x in self._several(key, "a citekey, or a list of citekeys", _text) if x[0]]
        self.mentions += (Mention(citekey.removeprefix("@"), self._at(line)) for citekey, line in found)
        return tuple(dict.fromkeys(citekey.removeprefix("@") for citekey, _ in found))

    def addresses(self, key: str) -> tuple[str, ...]:
        """Addresses on the web, in order."""
        return tuple(found for found, _ in self._several(key, _AN_ADDRESS, _address))

    def findings(self, key: str) -> tuple[str, ...]:
        """Findings of study notes, as ``note#finding``, which must lead somewhere."""
        found = self._several(key, "the name of a finding, such as note#finding", _finding)
        for name, line in found:
            self.refer(name, key, line)
        return tuple(name for name, _ in found)

    # --- forms within

    def part(self, key: str) -> "Form | None":
        """The mapping under a key."""
        fields = self._one(key, "a mapping, such as {years: 5, kind: fixed}", _fields)
        return None if fields is None else self._part(fields, self._fields[key].line)

    def parts(self, key: str, short: str = "") -> list["Form"]:
        """The mappings in the list under a key; with ``short``, a text alone stands for {short: text}."""
        expected = f"a text, or a mapping with {short}" if short else "a list of mappings, each after “- ”"

        def converted(value: Value) -> dict[str, Value] | None:
            return {short: value} if short and _text(value) is not None else _fields(value)

        return [self._part(fields, line) for fields, line in self._several(key, expected, converted)]

    def adopt(self, part: "Form") -> None:
        """Take over what a part's fields lead to, once the part is to be kept."""
        self.links += part.links
        self.mentions += part.mentions

    def _part(self, fields: dict[str, Value], line: int) -> "Form":
        return Form(fields, self._at(line), parent=self)

    def refer(self, target: str, field: str, line: int = 0) -> None:
        """Note that a name must lead somewhere."""
        self.links.append(Link(target, self._at(line) if line else self.origin, field))

    def described(self, *keys: str) -> None:
        """Texts, or lists of them, that are read from the note's ``front``."""
        for key in keys:
            self.texts(key)

    # --- what is wrong

    def kept(self, *keys: str) -> None:
        """Keys that are known, and whose values stay as they are."""
        self._asked |= dict.fromkeys(keys)

    def close(self) -> None:
        """Tell of the keys that nobody asked for."""
        for key in (key for key in self._fields if key not in self._asked):
            near = nearest(key, self._asked, limit=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            remedy = f"{hint}Known here are: {', '.join(sorted(self._asked))}."
            message = f"The key {_shortened(key)} is not known here; it was kept as it is."
            self.tell("note-unknown-key", message, remedy, severity="warning", line=self._fields[key].line)

    def missing(self, key: str, what: str) -> None:
        """Warn that a key is missing, and say what stands in for it; not if its value was wrong."""
        if key not in self:
            self.tell("note-missing", f"{key} is missing; {what}.", f"Add {key}.", severity="warning")

    def tell(
        self, code: str, message: str, remedy: str, *, severity: Severity = "error", line: int = 0
    ) -> None:
        """Report a problem, at this form's first line if no other is named."""
        origin = self._at(line) if line else self.origin
        self.problems.append(Problem(origin, code, message, remedy, severity))

    def doubt(self, code: str, key: str, message: str, remedy: str) -> None:
        """Warn of a value that was kept."""
        line = self._fields[key].line if key in self._fields else 0
        self.tell(code, message, remedy, severity="warning", line=line)

    # --- within

    def _one(
        self, key: str, expected: str, converted: Callable[[Value], _T | None], known: Iterable[str] = ()
    ) -> _T | None:
        self._asked[key] = None
        value = self._fields.get(key)
        if value is None or value.data is None:
            return None
        found = converted(value)
        if found is None:
            self._refuse(key, value, expected, known)
        return found

    def _several(
        self, key: str, expected: str, converted: Callable[[Value], _T | None]
    ) -> list[tuple[_T, int]]:
        self._asked[key] = None
        value = self._fields.get(key)
        if value is None or value.data is None:
            return []
        found = []
        for one in value.data if isinstance(value.data, list) else [value]:
            if one.data is None:
                continue
            right = converted(one)
            if right is None:
                self._refuse(key, one, expected)
            else:
                found.append((right, one.line))
        return found

    def _refuse(self, key: str, value: Value, expected: str, known: Iterable[str] = ()) -> None:
        self.refused.add(id(value))
        near = nearest(value.text, known, limit=1) if value.text else []
        hint = f"Did you mean {near[0]}? " if near else ""
        message = f"{key}: found {_shown(value)}; expected is {expected}. The value was left out."
        self.tell("note-value", message, f"{hint}Correct the value, or remove it.", line=value.line)

    def _at(self, line: int) -> Origin:
        return Origin(self.origin.path, line)


def _plain(value: Value, refused: set[int]) -> object:
    if isinstance(value.data, list):
        return [_plain(one, refused) for one in value.data if id(one) not in refused]
    if isinstance(value.data, dict):
        return {key: _plain(one, refused) for key, one in value.data.items() if id(one) not in refused}
    return value.data


def _text(value: Value) -> str | None:
    return None if isinstance(value.data, list | dict) else squeeze(value.text)


def _lines(value: Value) -> tuple[str, ...] | None:
    if isinstance(value.data, list | dict):
        return None
    return tuple(line for line in map(squeeze, value.text.splitlines()) if line)


def _number(value: Value) -> float | None:
    number = value.data
    return float(number) if isinstance(number, int | float) and not isinstance(number, bool) else None


def _pair(value: Value) -> tuple[float, float] | None:
    if not isinstance(value.data, list) or len(value.data) != 2:
        return None
    low, high = (_number(one) for one in value.data)
    return None if low is None or high is None or low > high else (low, high)


def _date(value: Value) -> str | None:
    found = _DATE.fullmatch(value.text.strip())
    if not found:
        return None
    year, month, day = found.groups("01")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found[0]


def _address(value: Value) -> str | None:
    text = _text(value) or ""
    return text if _ADDRESS.fullmatch(text) else None


def _finding(value: Value) -> str | None:
    text = _text(value) or ""
    note, mark, finding = text.partition("#")
    return text if note and mark and finding else None


def _fields(value: Value) -> dict[str, Value] | None:
    return value.data if isinstance(value.data, dict) else None


def _shown(value: Value) -> str:
    if isinstance(value.data, list):
        return f"a list of {len(value.data)}"
    if isinstance(value.data, dict):
        return "a mapping"
    quoted = isinstance(value.data, str) and not isinstance(scalar(value.text), str)
    return f"“{_shortened(value.text)}”" + (" in quotes" if quoted else "")


def _shortened(text: str) -> str:
    line = squeeze(text)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
