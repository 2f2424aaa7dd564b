"""What holds a chapter or a paper: the book, its editors, its pages."""

import re

from kb.read.paper.books import EDITED_BY, read_book, without_asides
from kb.read.paper.names import read_people
from kb.read.paper.shapes import Parsed
from kb.read.paper.tails import PAGES, put_pages
from kb.read.paper.words import MONTH, UPPER

_EDITED = re.compile(
    r"^(?P<names>.{2,600}?)[,\s]*[(\[]?\b(?:[Ee]ds?|[Ee]ditors?|Hrsg|Hg|[Cc]hairs?|coords?"
    r"|dirs?)\b\.?[)\]]?[,.:;]?\s+(?P<book>\S.*)$"
)
_PLAIN_PAGES = re.compile(r"(?:,|:)\s(?P<pages>\d{1,5}\s?[-–—−]\s?\d{1,5}|[ivxlc]+[-–][ivxlc]+)(?=\.|,|$)")
_PAGES_IN = re.compile(rf"[,.;(]?\s*\b(?:pp?\.?|pages|S\.)\s?(?P<pages>{PAGES})\s*\)?", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:proceedings|conference|symposium|workshop|congress|meeting|convention|LNCS|Proc\.)\b",
    re.IGNORECASE,
)
_HELD = re.compile(rf"\.\s[^.]{{0,80}}\d{{1,2}}(?:\s?[–-]\s?\d{{1,2}})?\s{MONTH}")
_GIVEN_FIRST = re.compile(
    rf"(?P<given>(?:[{UPPER}][a-z]{{0,2}}\.?[\s-]?){{1,5}}|[{UPPER}]{{1,3}}\s)\s?"
    rf"(?P<family>(?:[a-z’']{{1,4}}\s){{0,3}}[{UPPER}][\w’'‐-]+(?:\s[{UPPER}][\w’'-]+){{0,2}}"
    rf"(?:,?\s(?:Jr|Sr|III?)\.?)?)"
)


def read_chapter(text: str, parsed: Parsed, *, commas: bool = False) -> None:
    """What follows “In”: editors, the book's title, its pages and its publisher."""
    text = text.strip(" ,:")
    if found := re.match(r"[Vv]ol(?:ume|\.)?\s(\d{1,3}|[IVX]{1,5})\sof\s", text):
        parsed.put("volume", found[1])
        text = text[found.end() :]
    text = _without_pages(text, parsed)
    if not EDITED_BY.search(text) and (found := _EDITED.match(text)) and _are_people(found["names"]):
        parsed.editors = list(read_people(_natural_order(found["names"])).names)
        text = found["book"]
    text = without_asides(text, parsed)
    if "pages" not in parsed.values and (found := _PLAIN_PAGES.search(text)):
        put_pages(parsed, found["pages"])
        text = text[: found.start()] + text[found.end() :]
    inner = Parsed(year=parsed.year)
    read_book(text.strip(" ,"), inner, commas=commas)
    title = _HELD.split(inner.values.pop("title", ""))[0]
    parsed.type = "inproceedings" if _MEETING.search(title) else "incollection"
    parsed.put("booktitle", title)
    for name in ("edition", "volume", "publisher", "location", "pages", "number"):
        parsed.put(name, inner.values.get(name, ""))
    parsed.notes += inner.notes


def _without_pages(text: str, parsed: Parsed) -> str:
    """``text`` without the pages that are named so, wherever they stand."""
    found = _PAGES_IN.search(text)
    if not found:
        return text
    put_pages(parsed, found["pages"])
    text = f"{text[: found.start()]}{_seam(text, found)}{text[found.end() :].lstrip(' )')}".strip()
    return text if ")" in text else text.replace("(", "")


def _seam(text: str, found: re.Match[str]) -> str:
    """What holds the parts together where pages were cut out: “(2nd ed., pp. 3–4)” keeps its bracket."""
    opened = text[: found.start()].count("(") > text[: found.start()].count(")")
    return ")" if opened and found[0].rstrip().endswith(")") else ""


def _are_people(names: str) -> bool:
    return len(names) < 600 and not re.search(r"[.?!]\s+[A-Z][a-z]{4,}\s[a-z]", names)


def _natural_order(names: str) -> str:
    """Editors with initials in front (“M. Stroebe, W. Stroebe, & H. Schut”) turned to family names first."""
    pieces = [piece for piece in re.split(r"\s*[,;]?\s+(?:&|and)\s+|\s*[,;]\s*", names.strip(" ,")) if piece]
    turned = []
    for piece in pieces:
        found = _GIVEN_FIRST.fullmatch(piece)
        if not found or ("." not in found["given"] and not found["given"].replace(" ", "").isupper()):
            return names
        turned.append(f"{found['family']}, {found['given'].strip()}")
    return ", & ".join(turned)
