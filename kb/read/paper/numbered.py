"""Citations by number: [1, 3–5], (2), superscripts; only where the list is numbered."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.read.paper.intext import Running
from kb.read.paper.shapes import InText

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_INSIDE = r"\d{1,4}(?:\s?[,;–—-]\s?\d{1,4}){0,40}"
_SQUARE = re.compile(rf"\[({_INSIDE})\](?:\s?[,–-]\s?\[({_INSIDE})\])?")
_ROUND = re.compile(rf"(?<=[\w.,;’”)\s])\(({_INSIDE})\)")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}(?:[,⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}){0,40}")
_GLUED = re.compile(
    r"(?<=[a-zß-ÿ)”’][.,;:]|[a-zß-ÿ][a-zß-ÿ]|[a-z)”’]\.)(\d{1,3}(?:[,–-]\d{1,3}){0,40})(?=\s"
    r"|$|[.,;:](?:\s|$))"
)
_CONTEXT = 60


def numbered(texts: Sequence[Running], count: int) -> list[InText]:
    """The citations by number, of a list with ``count`` items; [] if none can be told apart safely."""
    for pattern, safe in ((_SQUARE, True), (_RAISED, True), (_ROUND, False), (_GLUED, False)):
        found = [one for text in texts for one in _found(text, pattern, count)]
        if found and (safe or _plausible(found, count)):
            return found
    return []


def _found(text: Running, pattern: re.Pattern[str], count: int) -> list[InText]:
    found = []
    for one in pattern.finditer(text.text):
        groups = one.groups() or (one[0],)
        inside = ",".join(group for group in groups if group).translate(_SUPERSCRIPT)
        places = _numbers(inside, count)
        if places is not None:
            shown = one[0] if pattern in (_SQUARE, _ROUND) else f"{_word(text.text, one.start())}{one[0]}"
            found.append(InText(text.section, shown, text.line(one.start()), places))
    return found


def _word(text: str, place: int) -> str:
    before = text[max(0, place - _CONTEXT) : place].rsplit(" ", 1)
    return before[-1]


def _numbers(inside: str, count: int) -> tuple[int, ...] | None:
    """The places that numbers and ranges name; None if one of them is beyond the list."""
    places: list[int] = []
    for part in re.split(r"[,;]", inside):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if not ends or min(ends) < 1 or max(ends) > count or ends != sorted(ends):
            return None
        places += range(ends[0] - 1, ends[-1])
    return tuple(dict.fromkeys(places))


def _plausible(found: list[InText], count: int) -> bool:
    """Whether numbers are citations and no counts: they begin at 1, go up, and name half the list."""
    first: list[int] = []
    for one in found:
        first += [place for place in one.references if place not in first]
    rising = sum(1 for a, b in pairwise(first) if b == a + 1)
    return 0 in first[:2] and len(first) * 2 >= count and rising * 3 >= (len(first) - 1) * 2
