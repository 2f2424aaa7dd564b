"""What stands behind a field's ``=``: braces, quotes, numbers, ``@string`` names and ``#`` joins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r'(?<!\\)[{}"]')
_SPACE = re.compile(r"\s*")
# What BibTeX takes for a name: anything but its own punctuation (tamethebeast, section 4)
_WORD = re.compile(r"""[^\s"#%'(),={}]+""")
_DEEP = 40  # @string definitions that may lead through each other before they are defined
_JOINED = 10_000  # parts that "#" may join in one value
_FREE = 1_000_000  # characters that a file's abbreviations may expand to, whatever its size
_GROWTH = 4  # and how many times the file's own size they may add


@dataclass(frozen=True, slots=True)
class Value:
    """A value, evaluated.

    ``unknown`` are the names that no ``@string`` defines (kept as text), and
    ``rest`` is what follows the value although a comma should: "" if nothing does.
    """

    text: str
    unknown: tuple[str, ...] = ()
    rest: str = ""


class Abbreviations:
    """The ``@string`` definitions of one file, and how much they may still expand to."""

    def __init__(self, characters: int) -> None:
        self.spent = False
        self._left = _FREE + _GROWTH * characters
        self._known = {month: month for month in MONTHS}
        self._later: dict[str, str] = {}
        self._open: set[str] = set()  # being looked up just now

    def announce(self, name: str, raw: str) -> None:
        """Remember a definition for entries that stand before it; the first of a name counts."""
        self._later.setdefault(name.lower(), raw)

    def define(self, name: str, text: str) -> None:
        """From here on, ``name`` means ``text``."""
        self._known[name.lower()] = text

    def expanded(self, name: str) -> str | None:
        """What ``name`` (in any case) stands for, or None if that is unknown or too long."""
        name = name.lower()
        text = self._known.get(name)
        if text is None:
            text = self._defined_later(name)
        if text is None:
            return None
        self._left -= len(text)
        if self._left < 0:
            self.spent = True
            return None
        return text

    def _defined_later(self, name: str) -> str | None:
        if name not in self._later or self.spent or len(self._open) > _DEEP:
            return None
        raw = self._later.pop(name)  # so that no circle, and no second try, comes here again
        self._open.add(name)
        value = evaluate(raw, self)
        self._open.discard(name)
        if value.unknown:
            return None
        self._known[name] = value.text
        return value.text


def evaluate(raw: str, abbreviations: Abbreviations) -> Value:
    """The value that ``raw`` expresses, without its outer braces or quotes.

    What is no value at all comes back as it stands.
    """
    inner = raw[1:-1]
    if raw[:1] == "{" and raw[-1:] == "}" and "{" not in inner and "}" not in inner:
        return Value(inner)
    if not raw:
        return Value("")
    parts: list[str] = []
    unknown: list[str] = []
    end = 0
    for kind, text, stop in _pieces(raw):
        if kind == "name" and not text.isdecimal():
            expanded = abbreviations.expanded(text)
            if expanded is None:
                unknown.append(text)
            parts.append(text if expanded is None else expanded)
        else:
            parts.append(text)
        end = stop
    if not parts:
        return Value(raw, rest=raw)
    return Value("".join(parts), tuple(unknown), raw[end:].strip())


def _pieces(raw: str) -> Iterator[tuple[str, str, int]]:
    """(kind, text, where it ends) of each part that ``#`` joins, as far as they are well formed."""
    position = 0
    for _ in range(_JOINED):
        start = _space_end(raw, position)
        mark = raw[start : start + 1]
        if mark == "{":
            stop = _braced_end(raw, start)
        elif mark == '"':
            stop = _quoted_end(raw, start)
        else:
            word = _WORD.match(raw, start)
            stop = word.end() if word else 0
        if not stop:
            return
        yield ("text", raw[start + 1 : stop - 1], stop) if mark in '{"' else ("name", raw[start:stop], stop)
        position = _space_end(raw, stop)
        if raw[position : position + 1] != "#":
            return
        position += 1


def _space_end(raw: str, start: int) -> int:
    found = _SPACE.match(raw, start)
    return found.end() if found else start


def _braced_end(raw: str, start: int) -> int:
    """Where the group that opens at ``start`` has closed, or 0 if it does not."""
    depth = 0
    for mark in _BRACE.finditer(raw, start):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end()
    return 0


def _quoted_end(raw: str, start: int) -> int:
    """Where the string that opens at ``start`` has closed, or 0; quotes in braces are text."""
    depth = 0
    for mark in _BRACE_OR_QUOTE.finditer(raw, start + 1):
        if mark[0] == '"':
            if depth == 0:
                return mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
    return 0
