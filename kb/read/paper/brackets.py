"""The brackets and parentheses that follow a title, and what they say."""

import re

from kb.read.paper.shapes import Parsed
from kb.read.paper.tails import PAGES, put_pages
from kb.read.paper.words import UPPER, title_case

ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|rev(?:ised)?\.?|international|student|updated|expanded|new|global|\d{1,2}\.)"
)
EDITION = re.compile(
    rf"[,.;:]?\s*\(?(?P<edition>{ORDINAL}(?:\s+(?:and\s+)?{ORDINAL})?)\s*(?:edition|edn?|Aufl"
    rf"(?:age)?|éd)\b\.?\)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\s*[(\[](?P<what>[^()\[\]]{0,120}?\b(?:report|publication|paper|series|working|nos?"
    r"|number|nr|bulletin|study|cm|cmnd|hc|research|policy|technical|document|wp"
    r"|nber)\b\.?[^()\[\]]{0,80}\d[^()\[\]]{0,120})[)\]]",
    re.IGNORECASE,
)
THESIS = re.compile(
    r"\b(?:unpublished\s+)?(?:(?:ph\.?\s?d\.?|doctoral|doctorate|master[’']?s?|m\.?\s?sc\.?"
    r"|m\.?\s?a\.?|m\.?\s?phil\.?|b\.?\s?a\.?|honou?rs|d\.?\s?phil\.?"
    r"|d\.?\s?clin\.?\s?psy\.?|undergraduate|bachelor[’']?s?|psy\.?d\.?|ed\.?d\.?|mres"
    r"|licentiate)\s*(?:thesis|dissertation|diss\.?)|thesis|dissertation"
    r"|dissertationsschrift)",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"\b(?:doctoral|dissertation|thesis|manuscript|poster|paper|conference|presentation"
    r"|session|symposium|keynote|lecture|computer|software|mobile|app|data ?set|data"
    r"|web ?page|web ?site|website|blog|preprint|press|video|film|podcast|review|editorial"
    r"|letter|comment|commentary|abstract|report|brochure|measurement|instrument|database"
    r"|test|manual|map|photograph|tweet|post|status|online|special|issue|supplement"
    r"|television|episode|transcript|slides|powerpoint|infographic|fact ?sheet|policy"
    r"|briefing|unpublished|white paper|newsletter|pamphlet|advance|working|apparatus|audio"
    r"|corrected|retracted|erratum|book|ebook|e-book|kindle|speech|interview|news|release"
    r"|statute|bill|monograph|guidelines?|internet|code)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\[(?P<inside>[^\[\]]{2,300})\]\s*\.?$")
_PAREN = re.compile(r"\s*\((?P<inside>[^()]{1,200})\)\s*\.?$")
_MEASURES = (
    ("edition", EDITION),
    ("version", re.compile(r"^(?:version|v\.)\s?(\d[\w.]*)", re.IGNORECASE)),
    ("volume", re.compile(r"\bvols?\.?\s*(\d{1,3}(?:[-–]\d{1,3})?|[IVX]{1,5})\b", re.IGNORECASE)),
)
_PAGES = re.compile(rf"\bpp?\.?\s*({PAGES})", re.IGNORECASE)
_SCHOOL = re.compile(r"\b(?:Universit\w*|College|Institut\w*|School)\b")
_KINDS = (
    ("unpublished", re.compile(r"unpublished|manuscript|poster|present|session|symposium", re.IGNORECASE)),
    ("software", re.compile(r"software|app\b|code", re.IGNORECASE)),
    ("dataset", re.compile(r"data ?set|database|\bdata\b", re.IGNORECASE)),
)


def without_brackets(title: str, parsed: Parsed) -> str:
    """A title without the brackets that say its form, edition, volume, number or pages."""
    title = title.strip(" ,;:")
    for _ in range(5):
        title = without_stop(title)
        found = _BRACKET.search(title)
        if found and (not found.start() or not _names_form(found["inside"])):
            found = None  # a translation: part of the title as written
        if found:
            _form(found["inside"], parsed)
        else:
            found = _PAREN.search(title)
            if not found or not _told(found["inside"], parsed):
                break
        title = title[: found.start()]
    return without_stop(title)


def _names_form(inside: str) -> bool:
    """Whether a bracket names the form of a thing and is no translation: by its first words."""
    words = inside.split()
    if _SCHOOL.search(inside) and title_case(inside) and len(words) <= 8:
        return True
    return bool(_MEDIUM.search(" ".join(words[: 5 if len(words) <= 5 else 2])) or THESIS.match(inside))


def without_stop(title: str) -> str:
    """Without the full stop at the end, unless an abbreviation such as U.S. or an ellipsis has it."""
    title = title.strip(" ,;:")
    kept = title.endswith("..") or re.search(rf"(?:^|[\s.(])[{UPPER}]\.[{UPPER}]\.$", title)
    return title if kept or not title.endswith(".") else title[:-1].rstrip()


def _form(inside: str, parsed: Parsed) -> None:
    """What a bracket after a title says: a thesis and its university, or the kind of thing."""
    if _SCHOOL.search(inside) and not _MEDIUM.search(inside):
        parsed.type = "thesis"
        parsed.put("institution", inside)
    elif THESIS.search(inside):
        parsed.type = "thesis"
        what, _, where = inside.partition(",")
        parsed.put("type", what)
        parsed.put("institution", where)
    elif re.match(r"review of", inside, re.IGNORECASE):
        parsed.put("titleaddon", inside)
    else:
        kind = next((name for name, pattern in _KINDS if pattern.search(inside)), parsed.type)
        parsed.type = kind
        parsed.put("howpublished", inside)


def _told(inside: str, parsed: Parsed) -> bool:
    """Whether a parenthesis after a title tells of edition, volume, pages, number, translator or thesis."""
    school = title_case(inside) and bool(re.search(r"\b(?:Universit\w*|College)\b", inside))
    if school or THESIS.search(inside):
        _form(inside, parsed)
        return True
    known = _measured(inside, parsed)
    if re.search(r"\b(?:Trans|Ed|Eds)\b\.?|translat", inside) and len(inside) < 120:
        parsed.notes.append(inside)
        known = True
    return known


def _measured(inside: str, parsed: Parsed) -> bool:
    """Whether a parenthesis holds an edition, a version, a volume, pages or a number; they are put down."""
    known = False
    for name, pattern in _MEASURES:
        if found := pattern.search(inside):
            parsed.put(name, found[1])
            known = True
    if re.search(r"\b[Ss]eries$", inside) and title_case(inside):
        parsed.put("series", inside)
        known = True
    if found := _PAGES.search(inside):
        put_pages(parsed, found[1])
        known = True
    if _NUMBER.fullmatch(f"({inside})"):
        parsed.type = "report" if parsed.type == "misc" else parsed.type
        parsed.put("number", inside)
        known = True
    return known
