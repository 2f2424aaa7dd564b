"""The lines of a reference list → one string for each reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.ids import doi
from kb.read.paper.joins import Words, join
from kb.read.paper.looks import closed_end, dated, look, may_begin, open_end, year_like
from kb.read.paper.shapes import Line
from kb.text import fold

_BULLET = re.compile(r"^(?:[•◦▪‣·●○■*]|[–-](?=\s))\s*")
_NUMBER = re.compile(
    r"^(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)](?=\s|$|[^\W\d])|(\d{1,4})(?=\s+[^\W\d_a-z]))\s*"
)
_SUBHEAD = re.compile(
    r"(?:(?:primary|secondary|further|other|additional|official|legal|archival)\s+(?:sources?"
    r"|reading|references|documents)|[A-Z]|cases|legislation|statutes|books|articles|reports"
    r"|websites|journals?)\s*:?",
    re.IGNORECASE,
)
_WIDE = 40  # characters: a list with narrower lines is not wrapped but cut up
_MOST_LINES = 200  # of one reference; what is longer is no reference
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Item:
    """One string of the list, with its first line, and the addresses behind it."""

    text: str
    line: int
    links: tuple[str, ...] = ()


def split(lines: Sequence[Line], words: Words | None = None) -> list[Item]:
    """The references of a list, each on one line, in their order."""
    words = words or Words(lines)
    filled = [line for line in lines if line.text]
    if not filled:
        return []
    starts = _numbered(filled) or _bulleted(filled) or _laid_out(lines, filled)
    groups: list[list[Line]] = []
    for place, line in enumerate(filled):
        if place in starts or not groups:
            groups.append([])
        groups[-1].append(line)
    if 0 not in starts and groups:
        groups = groups[1:] or groups
    return [
        _item(group, words) for group in groups if not _SUBHEAD.fullmatch(group[0].text) or len(group) > 1
    ]


def _item(group: list[Line], words: Words) -> Item:
    texts = [line.text[:_LONGEST] for line in group[:_MOST_LINES]]
    text = join([_BULLET.sub("", texts[0], count=1), *texts[1:]], words)
    links = tuple(dict.fromkeys(link for line in group for link in line.links if doi(link)))
    return Item(text, group[0].number, links)


def _numbered(lines: Sequence[Line]) -> set[int]:
    """Where the items of a list begin whose numbers go up one by one; empty if it has none."""
    best: set[int] = set()
    for first in range(min(3, len(lines))):
        begun = _NUMBER.match(lines[first].text)
        if not begun:
            continue
        expected = _value(begun)
        kind = begun.lastindex
        starts: set[int] = set()
        for place in range(first, len(lines)):
            found = _NUMBER.match(lines[place].text)
            if found and found.lastindex == kind and expected <= _value(found) <= expected + 1:
                starts.add(place)
                expected = _value(found) + 1
        best = max(best, starts, key=len)
    return best if len(best) >= 2 and len(best) * 12 >= len(lines) else set()


def _value(found: re.Match[str]) -> int:
    return int(next(group for group in found.groups() if group))


def _bulleted(lines: Sequence[Line]) -> set[int]:
    starts = {place for place, line in enumerate(lines) if _BULLET.match(line.text)}
    return starts if len(starts) >= 2 and 0 in starts and len(starts) * 12 >= len(lines) else set()


def _one_a_line(filled: Sequence[Line]) -> set[int]:
    """Where references begin in a list that has each on a line of its own; empty if it has not.

    Nearly all of its lines begin as references do and hold a year; or half of
    them, where each line holds a year and ends as one does. Of the other lines,
    those begin one that can, behind a line where one may end.
    """
    sure = {place for place, line in enumerate(filled) if look(line.text) >= 2 and year_like(line.text)}
    if len(sure) * 2 < len(filled):
        return set()
    others = [place for place in range(len(filled)) if place not in sure]
    begun = sure | {place for place in others if _may_be_whole(filled[place].text)}
    each = len(begun) == len(filled) > 2 and all(closed_end(line.text) for line in filled)
    if 0 not in begun or not (each or len(sure) * 4 >= len(filled) * 3):
        return set()
    starts = {0}
    for place in range(1, len(filled)):
        before = filled[place - 1].text
        begins = year_like(before) or not open_end(before) if place in sure else closed_end(before)
        if begins and place in begun:
            starts.add(place)
    return starts


def _may_be_whole(text: str) -> bool:
    return dated(text) and may_begin(text)


def _laid_out(lines: Sequence[Line], filled: Sequence[Line]) -> set[int]:
    """Where references begin by blank lines, indents, line breaks that nothing forced, and their look."""
    blank = _after_blank(lines)
    gaps = _gaps_divide(filled, blank)
    if not gaps and (each := _one_a_line(filled)):
        return each
    hanging = _hanging(filled)
    width = _width(filled)
    starts: set[int] = set()
    last_key = ""
    for place, line in enumerate(filled):
        points = _points(filled, place, width, window(filled, place))
        if hanging is not None and not line.page:
            points += 3 if line.indent <= hanging else -6
        if gaps and line.number in blank:
            points += 5 if not line.page else 1
        elif gaps:
            points -= 4
        key = _key(line.text)
        if starts and last_key and points > 0:
            # “van den Berg” stands under v in some lists, under B in others
            sorted_in = last_key[:1] <= max(key[:1], fold(line.text[:20])[:1])
            points += 1 if sorted_in else -1
        if place == 0 or points >= 4:
            starts.add(place)
            last_key = key
    return starts


def window(lines: Sequence[Line], place: int) -> str:
    """A line with the two that follow, as far as no reference begins there."""
    ahead = [lines[place].text[:300]]
    for line in lines[place + 1 : place + 3]:
        if look(line.text) >= 2 and not open_end(ahead[-1]):
            break
        ahead.append(line.text[:300])
    return " ".join(ahead)


def _key(text: str) -> str:
    words = [word for word in re.findall(r"[^\W\d_]+", text[:60]) if word[0].isupper()]
    return fold(words[0]) if words else ""


def _after_blank(lines: Sequence[Line]) -> set[int]:
    """The numbers of lines that a blank line precedes."""
    found = set()
    for before, line in pairwise(lines):
        if line.text and (not before.text or line.number - before.number > 1):
            found.add(line.number)
    return found


def _gaps_divide(filled: Sequence[Line], blank: set[int]) -> bool:
    """Whether blank lines divide the references: there are many, and after most of them one begins."""
    after = [place for place, line in enumerate(filled) if line.number in blank and not line.page]
    if len(after) < 2 or len(after) * 8 < len(filled):
        return False
    good = sum(1 for place in after if look(window(filled, place)) >= 2 or closed_end(filled[place - 1].text))
    return good * 10 >= len(after) * 7


def _hanging(filled: Sequence[Line]) -> int | None:
    """The indent of first lines where the others are indented deeper; None if they are not."""
    least = min(line.indent for line in filled)
    deep = sum(1 for line in filled if line.indent >= least + 2)
    flush = [place for place, line in enumerate(filled) if line.indent < least + 2]
    if deep * 4 < len(filled) or not flush:
        return None
    begun = sum(1 for place in flush if look(window(filled, place)) >= 2)
    return least + 1 if begun * 10 >= len(flush) * 6 else None


def _width(filled: Sequence[Line]) -> int:
    """How many characters a full line has, where lines were wrapped at a width; 0 where they were not."""
    lengths = sorted(line.indent + len(line.text) for line in filled)
    widest = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(1 for length in lengths if widest - 14 <= length <= widest)
    return widest if _WIDE <= widest <= 200 and full * 10 >= len(lengths) * 3 else 0


def _points(filled: Sequence[Line], place: int, width: int, ahead: str) -> int:
    """How much speaks for a reference beginning at this line; 4 is enough."""
    line = filled[place]
    points = look(ahead)
    if points >= 4 and look(line.text) < 2 and not year_like(ahead):
        points = 2
    if not line.text[0].isalpha() and line.text[0] not in "—–_‘“\"'":
        points -= 3
    elif line.text[0].islower() and points < 4:
        points -= 4
    if not place:
        return points
    before = filled[place - 1]
    if open_end(before.text):
        points -= 5
    elif closed_end(before.text):
        points += 1
    else:
        points -= 2
    if width:
        first = len(line.text.split(" ", 1)[0])
        room = width - before.indent - len(before.text)
        points += 1 if room > first + 4 else 0
        points -= 1 if room < first and len(before.text) >= width - 3 else 0
    else:
        points += 1 if len(before.text) > 120 else 0
    return points
