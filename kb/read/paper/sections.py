"""The parts of a paper: its headings, and where its reference list begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.read.paper.looks import look, year_like
from kb.read.paper.shapes import Line
from kb.read.paper.words import UPPER, title_case

_NUMBERING = r"(?:#{1,6}\s*|\*{1,2})?(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-H])[.):]?\s+)?"
_LIST = re.compile(
    rf"{_NUMBERING}(?:list\s+of\s+references?|references?(?:\s+(?:list|cited|and\s+notes"
    rf"|and\s+further\s+reading))?|bibliography|selected\s+bibliography"
    r"|works\s+cited|literature(?:\s+cited)?|cited\s+(?:literature|works|references)|sources"
    r"|literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis)?"
    r"|références(?:\s+bibliographiques)?|bibliographie|referencias(?:\s+bibliográficas)?"
    r"|bibliografía|referências(?:\s+bibliográficas)?"
    r"|bibliografia|riferimenti(?:\s+bibliografici)?|referenser|källor|litteratur(?:liste"
    r"|förteckning|lista)?|referanser|referenties|literatuur(?:lijst)?|lähteet)"
    r"\s*[:.]?\s*\*{0,2}",
    re.IGNORECASE,
)
_END = re.compile(
    rf"{_NUMBERING}(?:(?:appendi(?:x|ces)|annex(?:es)?|anhang|annexe|apéndice)"
    rf"(?:\s+[A-Z0-9]{{1,3}})?(?:\s*[:.–—-]\s*.{{0,100}}|\s+[A-Z].{{0,80}})?"
    r"|author(?:s?[’']?s?)?\s+(?:notes?|contributions?|details|information|biograph(?:y|ies)"
    r"|affiliations?|bios?)|about\s+the\s+authors?|biograph(?:y|ies|ical\s+notes?)"
    r"|acknowled?ge?ments?|funding(?:\s+(?:statement|information|sources?))?|financial\s+"
    r"(?:support|disclosure)|(?:foot|end)?notes?|supplement(?:ary|al)?(?:\s+(?:materials?"
    r"|information|data|files?|tables?))?"
    r"|(?:declaration\s+of\s+)?(?:conflicts?\s+of\s+interests?|(?:conflicting"
    r"|competing)\s+interests?)(?:\s+statement)?|declarations?|disclosures?(?:\s+statement)?"
    r"|data\s+availability(?:\s+statement)?|ethic(?:s|al)(?:\s+(?:statement|approval"
    r"|considerations))?|correspondence|contributors?|orcid(?:\s+ids?)?|abbreviations"
    r"|glossary|index"
    r"|tables?(?:\s+\d{1,2}.{0,100})?|fig(?:ure)?s?(?:\s+(?:captions?|legends?)"
    r"|\.?\s+\d{1,2}.{0,100})?|key\s+messages|publisher[’']?s\s+note|open\s+access"
    r"|how\s+to\s+cite.{0,40}"
    r"|notes?\s+on\s+(?:the\s+)?contributors?|received\s*:?\s.{0,80}|danksagung|remerciements"
    r"|agradecimientos|disclaimer)"
    r"\s*[:.]?\s*\*{0,2}",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    rf"{_NUMBERING}(?:abstract|summary|introduction|background|(?:literature|theoretical)\s+"
    rf"(?:review|background|framework)|(?:aims?|objectives?|hypotheses|research\s+questions?)"
    rf"(?:\s+(?:and|of)\s+.{{0,40}})?"
    r"|(?:the\s+)?(?:present|current)\s+study|(?:materials?\s+and\s+)?methods?(?:\s+and\s+"
    r"(?:materials|procedures?))?|methodology|participants?|sample|samples?|measures?"
    r"|materials|procedures?|design|data(?:\s+(?:analysis|collection|sources))?|"
    r"(?:statistical\s+)?analys[ei]s|analytic(?:al)?\s+(?:plan|strategy)"
    r"|results?(?:\s+and\s+discussion)?|findings|(?:general\s+)?discussion"
    r"(?:\s+and\s+conclusions?)?|limitations?(?:\s+and\s+.{0,40})?"
    r"|strengths\s+and\s+limitations|implications?(?:\s+(?:and|for|of)\s+.{0,50})?"
    r"|conclusions?(?:\s+and\s+.{0,40})?|concluding\s+remarks"
    r"|recommendations|future\s+(?:research|directions)|practice|case\s+(?:study|law)"
    r"|overview|evaluation|context|notes|highlights|keywords)\s*[:.]?\s*\*{0,2}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?|[IVX]{{1,5}}\.|[A-H]\.)\s+[{UPPER}][^\n]{{1,90}}"
)
_NO_HEADING = re.compile(r"[@/=<>\\“\"•]|\b(?:19|20)\d\d\b|\d{3}|^[-*–]|[a-z][.!?]\S{0,4}\s")
_LOOK_AHEAD = 40
_WORDS = 12


@dataclass(frozen=True, slots=True)
class Parts:
    """A paper in two: what it says, under headings, and its list."""

    body: tuple[tuple[str, tuple[Line, ...]], ...]
    listed: tuple[Line, ...]
    heading: str = ""


def parts(lines: Sequence[Line]) -> Parts:
    """The sections of a paper with their lines, and the lines of its reference list; () if it has none.

    The list is the last one that a heading begins and things that look like
    references follow. A file without any heading that is all references is a list.
    """
    start = _list_start(lines)
    if start is None:
        if _all_references(lines):
            return Parts((), tuple(lines))
        return Parts(_body(lines), ())
    end = _list_end(lines, start + 1)
    body = _body([*lines[:start], *lines[end:]])
    listed = (line for line in lines[start + 1 : end] if not _LIST.fullmatch(line.text))
    return Parts(body, tuple(listed), _bare(lines[start].text))


def _list_start(lines: Sequence[Line]) -> int | None:
    places = [n for n, line in enumerate(lines) if 0 < len(line.text) <= 60 and _LIST.fullmatch(line.text)]
    start = None
    for place in reversed(places):
        if start is not None and not _listed(lines, place, start):
            break
        ahead = [line.text for line in lines[place + 1 : place + 1 + 2 * _LOOK_AHEAD] if line.text][
            :_LOOK_AHEAD
        ]
        dated = sum(1 for text in ahead if year_like(text))
        if dated and dated * 8 >= len(ahead):
            start = place  # unless “References” is the head of each of its pages
    return start


def _listed(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether nothing but references stands between two headings."""
    texts = [line.text for line in lines[start + 1 : end] if line.text]
    begun = sum(1 for text in texts if look(text) >= 2)
    return bool(texts) and begun * 6 >= len(texts) and not any(_KNOWN.fullmatch(text) for text in texts)


def _all_references(lines: Sequence[Line]) -> bool:
    texts = [line.text for line in lines if line.text][:400]
    dated = sum(1 for text in texts if year_like(text))
    starts = sum(1 for text in texts if look(text) >= 2)
    return len(texts) >= 2 and dated * 3 >= len(texts) and starts * 3 >= len(texts)


def _list_end(lines: Sequence[Line], start: int) -> int:
    listed = False
    for place in range(start, len(lines)):
        text = lines[place].text
        if not text:
            continue
        if _LIST.fullmatch(text) and place > start and not _goes_on(lines, place):
            return place
        if listed and len(text) <= 130 and _END.fullmatch(text) and _stands_alone(lines, place):
            return place
        listed = listed or year_like(text)
    return len(lines)


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether references follow a line soon."""
    ahead = [line.text for line in lines[place + 1 : place + 10] if line.text]
    return any(look(text) >= 2 for text in ahead)


def _stands_alone(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is no part of the reference before: that one is at its end, and this is no sentence."""
    text = lines[place].text
    before = lines[place - 1].text if place else ""
    if text.rstrip().endswith((",", ";")) or (text.endswith(".") and len(text.split()) > 2 and before):
        return False
    return (
        not before
        or lines[place].page
        or before.endswith((".", ")", "]", ">"))
        or "/" in before.split()[-1]
        or before[-1].isdigit()
    )


def _bare(text: str) -> str:
    return re.sub(r"^#{1,6}\s*|^\*{1,2}|\*{1,2}$", "", text).strip()


def _body(lines: Sequence[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Headings, "" for what stands before the first, with the lines under each."""
    found: list[tuple[str, tuple[Line, ...]]] = []
    heading, under = "", list[Line]()
    spaced = _spaced(lines)
    for place, line in enumerate(lines):
        if is_heading(lines, place, spaced=spaced):
            if heading or any(one.text for one in under):
                found.append((heading, tuple(under)))
            heading, under = _bare(line.text), []
        else:
            under.append(line)
    found.append((heading, tuple(under)))
    return tuple(found)


def _spaced(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are divided by blank lines: then a heading stands between two."""
    filled = sum(1 for line in lines if line.text)
    return bool(filled) and (len(lines) - filled) * 4 >= filled


def is_heading(lines: Sequence[Line], place: int, *, spaced: bool) -> bool:
    """Whether a line is a heading: short, no sentence, and apart or plainly one."""
    text = lines[place].text
    if not 2 <= len(text) <= 90 or len(text.split()) > _WORDS:
        return False
    if _KNOWN.fullmatch(text) or _END.fullmatch(text) or text.startswith("#"):
        return text[0].isupper() or text[0].isdigit() or text[0] in "#*"
    if text[-1] in '.,;:”"’)]' or _NO_HEADING.search(text) or not re.match(rf"[{UPPER}\d]", text):
        return False
    before = lines[place - 1].text if place else ""
    after = lines[place + 1].text if place + 1 < len(lines) else ""
    if not before and not after:
        return _stands_apart(text, spaced=spaced)
    return (not before or before[-1] in ".?!") and _stands_out(text, after)


def _stands_out(text: str, after: str) -> bool:
    """Whether a line between two others is a heading: numbered, in capitals, or short and in title case."""
    if _NUMBERED.fullmatch(text):
        return title_case(text)
    if not any(char.islower() for char in text):
        return len(text) > 4 and not re.search(r"\d", text)
    short = len(text.split()) <= 8 and not re.search(r"[,;\d]", text)
    return short and title_case(text) and after[:1].isupper() and len(after) > len(text)


def _stands_apart(text: str, *, spaced: bool) -> bool:
    """Whether a line between two blank ones is a heading."""
    if _NUMBERED.fullmatch(text):
        return True
    if not spaced and not title_case(text):
        return False
    return not re.search(r"\d", text) and (title_case(text) or not re.search(r"[,;]\s", text))
