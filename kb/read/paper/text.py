"""Bytes of a paper → its lines, without page numbers and running heads."""

import re
from collections import Counter
from dataclasses import replace

from kb.model import Origin, Problem
from kb.read.files import decode
from kb.read.paper.pdf import pdf_lines
from kb.read.paper.shapes import Line

_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:page|p\.|seite)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?(?:\s*[-–—|])?", re.IGNORECASE
)
_ROMAN = re.compile(r"[ivxl]{1,6}")
_BEFORE_NUMBER = re.compile(r"(?:[,:(–-]|\b(?:Article|no\.?|vol\.?|pp?\.?|and|in|of|the))$", re.IGNORECASE)
_EDGE_NUMBER = re.compile(r"^\d{1,4}\s*[|.]?\s{1,40}(?=\S)|\s{1,40}[|]?\s{0,40}\d{1,4}$")
_LONGEST_HEAD = 120
_FORM_FEED = b"\x0c"


def paper_lines(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Line], list[Problem]]:
    """The lines of a text or PDF that belong to its text, and what could not be read."""
    if not content.strip():
        message = "The file is empty: there is no paper in it."
        return [], [Problem(Origin(path), "paper-empty", message, "Save or export it again.")]
    if content.lstrip()[:5].startswith(b"%PDF"):
        lines, problems = pdf_lines(content, path)
    else:
        lines, problems = _text_lines(content, path, encoding)
    return without_heads(lines), problems


def _text_lines(content: bytes, path: str, encoding: str) -> tuple[list[Line], list[Problem]]:
    pages: set[int] = set()
    if _FORM_FEED in content and b"\x00" not in content[:4096]:
        pages = {n for n, line in enumerate(content.split(b"\n"), start=1) if _FORM_FEED in line}
        content = content.replace(_FORM_FEED, b"")
    text, problems = decode(content, path, encoding=encoding)
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        shown = raw.expandtabs(4) if "\t" in raw else raw
        words = shown.strip()
        lines.append(Line(number, words, len(shown) - len(shown.lstrip()) if words else 0, number in pages))
    return lines, problems


def without_heads(lines: list[Line]) -> list[Line]:
    """The lines without lone page numbers and without the heads that run from page to page."""
    numbers = _page_numbers(lines)
    heads = _running_heads(lines, numbers)
    kept = []
    page = False
    for place, line in enumerate(lines):
        page = page or line.page
        if place in numbers or (_is_head(line.text, heads) and _like_head(lines, place, numbers)):
            page = True
            continue
        kept.append(replace(line, page=True) if page and line.text else line)
        page = page and not line.text
    return kept


def _page_numbers(lines: list[Line]) -> set[int]:
    """Where lines are nothing but a page's number: bare, alone, and no end of the sentence before."""
    found: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        text = line.text
        if text and len(text) <= 20 and _NUMBER.fullmatch(text):
            before = next((lines[p].text for p in range(place - 1, max(-1, place - 2), -1)), "")
            bare = text.isdecimal()
            if bare and before and _BEFORE_NUMBER.search(before) and not line.page:
                found.append((place, -1))
            else:
                found.append((place, int(re.findall(r"\d+", text)[0])))
    rising = {place for place, number in found if number >= 0}
    if len(rising) < len(found) and len(rising) >= 2:  # among pages that are counted, a comma may end one
        counted = sorted(number for _, number in found if number >= 0)
        span = range(counted[0] - 1, counted[-1] + 2)
        rising |= {place for place, number in found if number < 0 and int(lines[place].text) in span}
    return rising


def _is_head(text: str, heads: set[str]) -> bool:
    return 0 < len(text) <= _LONGEST_HEAD and _plain(text) in heads


def _plain(text: str) -> str:
    """A line without the number at its edge, for comparing heads."""
    return _EDGE_NUMBER.sub("", text).strip(" |·•-–").casefold()


def _running_heads(lines: list[Line], numbers: set[int]) -> set[str]:
    """Short lines that come again and again, at least once where a page begins or ends."""
    count: Counter[str] = Counter()
    edged: Counter[str] = Counter()
    for place, line in enumerate(lines):
        if not 4 <= len(line.text) <= _LONGEST_HEAD or line.text.endswith((",", ";")):
            continue
        plain = _plain(line.text)
        if len(plain) < 4 or "doi.org" in plain or plain.startswith("http"):
            continue
        count[plain] += 1
        edged[plain] += _at_edge(lines, place, numbers)
    return {plain for plain, times in count.items() if times >= 2 and edged[plain] >= 2}


def _at_edge(lines: list[Line], place: int, numbers: set[int]) -> bool:
    """Whether a line stands where a page ends: it has a number, or a number or a page's beginning is near."""
    line = lines[place]
    if line.page or _EDGE_NUMBER.search(line.text):
        return True
    for step in (-1, 1):
        near = place + step
        while 0 <= near < len(lines) and not lines[near].text and abs(near - place) <= 3:
            near += step
        if near in numbers or (step == 1 and 0 <= near < len(lines) and lines[near].page):
            return True
    return False


def _like_head(lines: list[Line], place: int, numbers: set[int]) -> bool:
    """Whether this occurrence is at a page's edge, or alone between blank lines, or repeated by number."""
    if _at_edge(lines, place, numbers):
        return True
    before = lines[place - 1].text if place else ""
    after = lines[place + 1].text if place + 1 < len(lines) else ""
    return not before and not after and not lines[place].text.endswith(".")
