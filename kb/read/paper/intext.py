"""The places where running text cites, by names and years or by numbers, and what they cite."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from kb.read.paper.cited import Mention, References
from kb.read.paper.joins import Words, joint
from kb.read.paper.mentions import MONTH_END, YEARS, mentions, shorter
from kb.read.paper.shapes import InText, Line

_GROUP = re.compile(r"\(([^()]{1,1200}(?:\([^()]{0,150}\)[^()]{0,400}){0,4})\)|\[([^\[\]()]{4,1200})\]")
_LOCATOR = re.compile(
    r"^[\s,:;]*(?:(?:(?:emphasis|italics)\s.{0,40}|(?:pp?|para|paras|chap|ch|sec|fig|table"
    r"|chapter|section|art|vol)s?\.?\s?\d[\w\s,–.-]{0,30}|\d{1,4}(?:\s?[-–]\s?\d{1,4})?"
    r"|for\s.{0,80})[\s,;]*)*$",
    re.IGNORECASE,
)
MOST = 20_000
"""Citations of one text that are listed."""

_BACK = 200  # characters before a bracket in which its names stand
_DIVIDED = re.compile(r";")


@dataclass(frozen=True, slots=True)
class Running:
    """The text under one heading on one line, with where its lines began."""

    section: str
    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def line(self, place: int) -> int:
        """The line in which a character stands."""
        return self.numbers[max(0, bisect_right(self.starts, place) - 1)] if self.numbers else 1


def running(section: str, lines: Sequence[Line], words: Words) -> Running:
    """The lines of a section as one text."""
    parts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    length = 0
    last = ""
    for line in lines:
        if not line.text:
            continue
        if last.endswith(("-", "‐")) and len(last) < 2000:
            mended = joint(parts.pop(), line.text, words)
            length -= len(last) + 1
            parts.append(mended)
            length += len(mended) + 1
            last = mended
            continue
        starts.append(length)
        numbers.append(line.number)
        parts.append(line.text)
        last = line.text
        length += len(line.text) + 1
    return Running(section, " ".join(parts), tuple(starts), tuple(numbers))


def citations(texts: Sequence[Running], references: References) -> list[InText]:
    """The citations by names and years, in the order of the text."""
    commas = _comma_style(texts)
    found = (one for text in texts for one in _cited(text, references, commas))
    return list(islice(found, MOST))


def _comma_style(texts: Sequence[Running]) -> bool:
    """Whether the text writes “(Seto, 2015)” and not “(Seto 2015)”."""
    with_comma = sum(len(re.findall(r"(?<=[\w.]), (?:19|20)\d\d[a-z]?[;,)]", text.text)) for text in texts)
    without = sum(len(re.findall(r"[a-zà-ÿ.] (?:19|20)\d\d[a-z]?[;,)]", text.text)) for text in texts)
    return with_comma >= without


def _cited(text: Running, references: References, commas: bool) -> Iterator[InText]:
    for group in _GROUP.finditer(text.text):
        inside = group[1] if group[1] is not None else group[2]
        years = list(YEARS.finditer(inside))
        if not years:
            continue
        before = text.text[max(0, group.start() - _BACK) : group.start()]
        if _narrative(inside, years):
            found, shown = _by_name(before, years, group[0])
        else:
            found, shown = _in_group(inside, years, commas, references), group[0]
        places, unmatched = _matched(found, references)
        if places or unmatched:
            start = group.start() - (len(shown) - len(group[0]))
            yield InText(text.section, shown, text.line(max(0, start)), places, unmatched)


def _narrative(inside: str, years: list[re.Match[str]]) -> bool:
    """Whether a bracket holds nothing but years and where in the work."""
    left = inside[: years[0].start()]
    between = [inside[a.end() : b.start()] for a, b in pairwise(years)]
    return (
        not left.strip(" ,")
        and all(not re.sub(r"[\s,;&]|and", "", gap) or _LOCATOR.match(gap) for gap in between)
        and bool(_LOCATOR.match(inside[years[-1].end() :]))
    )


def _by_name(before: str, years: list[re.Match[str]], group: str) -> tuple[list[list[Mention]], str]:
    if not before.endswith((" ", "’", "'")) and before:
        before = f"{before} " if before[-1].isalpha() else before
    found = mentions(before, years, strict=True)
    if not found:
        return [], group
    first = found[0].names[0]
    start = before.rfind(first)
    return [found], f"{before[start:].rstrip()} {group}" if start >= 0 else group


def _in_group(
    inside: str, years: list[re.Match[str]], commas: bool, references: References
) -> list[list[Mention]]:
    """The mentions of a bracket: names before each run of years."""
    found: list[list[Mention]] = []
    who, run, last = "", list[re.Match[str]](), 0
    for year in years:
        gap = inside[last : year.start()]
        if run and not re.search(r"[^\W\d_]{2}", re.sub(r"\b(?:and|pp?|para)\b", "", gap)):
            run.append(year)
        else:
            found += _mentioned(who, run, commas, references)
            who, run = _DIVIDED.split(gap)[-1], [year]
        last = year.end()
    return found + _mentioned(who, run, commas, references)


def _mentioned(
    who: str, run: list[re.Match[str]], commas: bool, references: References
) -> list[list[Mention]]:
    found = mentions(who, run, strict=True)
    dated = MONTH_END.search(who.rstrip())  # “Report of the Board – June 2013”
    end = who[: dated.start() + 2] if dated else who
    if commas and not end.rstrip(" ([").endswith((",", "–", "—", "al.", ".")):
        found = [one for one in found if _places(one, references)]
    return [found] if found else []


def _places(mention: Mention, references: References) -> tuple[int, ...]:
    for one in (mention, *shorter(mention)):
        if found := references.named(one):
            return found
    return ()


def _matched(found: list[list[Mention]], references: References) -> tuple[tuple[int, ...], tuple[str, ...]]:
    places: list[int] = []
    unmatched: list[str] = []
    for one in (mention for group in found for mention in group):
        here = _places(one, references)
        places += here
        if not here:
            unmatched.append(one.shown)
    return tuple(dict.fromkeys(places)), tuple(dict.fromkeys(unmatched))
