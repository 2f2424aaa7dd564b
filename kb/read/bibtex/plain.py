r"""Blocks as nearly all programs write them, read in one go: ``@type{key, name = {value}, …}``.

The splitter looks at every brace, comma and line end of a file; this, at fields.
It takes what is beyond doubt, and gives exactly what the splitter would give
(a property test holds it to that); everything else it leaves to the splitter.
"""

import re
from collections.abc import Iterator
from sys import intern
from typing import NamedTuple, TypeAlias

from kb.read.bibtex.cuts import PROSE, balanced
from kb.read.bibtex.odd import type_as_written

_DEEP = 5  # braces within braces; who nests deeper waits a little longer
_FIELDS = 10_000  # of one entry; what has more is no entry
_NO_ENTRY = ("comment", "preamble", "string")
_BRACED = rf"\{{(?P<braced>{balanced(_DEEP)})\}}"
_QUOTED = r'"(?P<quoted>[^"{}\\]*+)"'
_ENTRY = re.compile(
    r"\s*+(?P<at>@)(?P<type>\w++)[ \t]*+(?P<open>[{(])"
    r"\s*+(?P<citekey>[^\s,{}()=\"#%\\@~]++)\s*+(?:,|(?=[})]))"
)
_FIELD = re.compile(
    rf"\s*+(?P<name>[A-Za-z][\w:+.-]*+)\s*+(?P<sign>=)\s*+(?:{_BRACED}|{_QUOTED}|(?P<number>[0-9]++)"
    r"|(?P<word>[A-Za-z][\w:.+-]*+))\s*+(?:,|(?=[})]))"
)
_STRING = re.compile(
    r"\s*+(?P<at>@)(?i:string)[ \t]*+\{\s*+(?P<name>[A-Za-z][\w:.+-]*+)\s*+=\s*+"
    rf"(?P<raw>{_BRACED}|{_QUOTED})\s*+\}}"
)
_CLOSED = {"{": re.compile(r"\s*+\}"), "(": re.compile(r"\s*+\)")}
# An @ that the splitter, or what prepares the text for it, may look at twice
_AT = re.compile(r"@[ \t]*\w*[ \t]*[\n{(]")


# A field: its name in lower case, its text, whether that is a name to be looked up, and its place.
# A bare tuple: there are a dozen in every entry.
PlainField: TypeAlias = tuple[str, str, bool, int]


class PlainEntry(NamedTuple):
    """An entry, from where to where it stands in the file's text."""

    type: str
    citekey: str
    fields: list[PlainField]
    start: int
    stop: int


class PlainString(NamedTuple):
    """An abbreviation: its name, and its value with braces or quotes."""

    name: str
    raw: str
    start: int
    stop: int


Plain = PlainEntry | PlainString


def plain_blocks(text: str, start: int, stop: int) -> Iterator[Plain]:
    """The plain blocks that a stretch of the text begins with."""
    while True:
        block = _entry(text, start, stop) or _string(text, start, stop)
        if block is None:
            return
        yield block
        start = block.stop


def _entry(text: str, start: int, stop: int) -> PlainEntry | None:
    head = _ENTRY.match(text, start, stop)
    if head is None:
        return None
    kind = head["type"].lower()
    at = head.start("at")
    if kind.startswith(_NO_ENTRY) or (head["open"] == "(" and PROSE.match(text, at)):
        return None
    fields: list[PlainField] = []
    place = head.end()
    while len(fields) < _FIELDS and (field := _FIELD.match(text, place, stop)):
        group = field.lastgroup or ""
        fields.append((intern(field["name"].lower()), field[group], group == "word", field.start("sign")))
        place = field.end()
    end = _CLOSED[head["open"]].match(text, place, stop)
    if end is None or _seen_twice(text, at, end.end()):
        return None
    return PlainEntry(intern(type_as_written(kind)), head["citekey"], fields, at, end.end())


def _string(text: str, start: int, stop: int) -> PlainString | None:
    found = _STRING.match(text, start, stop)
    if found is None or _seen_twice(text, found.start("at"), found.end()):
        return None
    return PlainString(found["name"], found["raw"], found.start("at"), found.end())


def _seen_twice(text: str, start: int, stop: int) -> bool:
    return text.find("@", start + 1, stop) >= 0 and bool(_AT.search(text, start + 1, stop))
