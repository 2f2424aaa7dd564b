"""The end of a reference to an article: volume, issue, pages or article number."""

import re

from kb.read.paper.dates import with_day
from kb.read.paper.shapes import Parsed
from kb.read.paper.words import MONTH, YEAR, sentence_ends

_P = r"(?:[A-Za-z]{0,4}\.?-?\d[\w.]{0,14}|[ivxlc]{1,8})"
PAGES = rf"{_P}(?:\s?[-‐–—−]{{1,2}}\s?{_P})?(?:,\s?{_P}(?:\s?[-‐–—−]{{1,2}}\s?{_P})?){{0,4}}\+?"
_VOLUME = r"(?:\d{1,4}(?:\s?[-–/]\s?\d{1,4})?[A-Z]?|[IVXLC]{1,7})"
_ISSUE_WORD = r"(?:nos?|issues?|iss|nr|núm|n)\.?[°º]?\s*"
_ARTICLE = (
    r"(?:(?:e-?)?article(?:\s+(?:no\.?|number|id))?|art\.?(?:\s+no\.?)?|paper(?:\s+no\.?)?|p\.?\s?Article)"
)
_TAIL = re.compile(
    rf"(?P<sep>[,.]\s*|\s+)(?P<word>vol(?:ume)?s?\.?\s*)?(?P<volume>{_VOLUME})"
    rf"(?:\s*\((?P<issue>[^()]{{1,40}})\)|(?:,\s*|\s+){_ISSUE_WORD}"
    rf"(?P<issue2>[\w./–-]{{1,20}})|\.(?P<issue3>\d{{1,3}}))?"
    rf"(?:\s*\((?P<season>(?:\d{{1,2}}\s)?{MONTH}[^()]{{0,20}})\))?"
    rf"(?P<colon>\s*[,:]\s*(?P<label>pp?\.?\s*|{_ARTICLE}\s*)?(?P<pages>{PAGES}))?\s*$",
    re.IGNORECASE,
)
_ISSUE_ONLY = re.compile(
    rf"(?P<sep>[,.]\s*|\s+)(?:\((?P<issue>\d{{1,4}}(?:[-–/]\d{{1,4}})?)\)|{_ISSUE_WORD}"
    rf"(?P<issue2>\d[\w./–-]{{0,15}}))"
    rf"(?P<colon>\s*[,:]\s*(?P<label>pp?\.?\s*|{_ARTICLE}\s*)?(?P<pages>{PAGES}))?\s*$",
    re.IGNORECASE,
)
_PAGES_ONLY = re.compile(
    rf"[,.;:]?\s*\(?\b(?P<label>pp?\.?\s*|pages?\s+|{_ARTICLE}\s*|sec(?:t|tion)?\.?\s*)"
    rf"(?P<pages>{PAGES})\)?\s*$",
    re.IGNORECASE,
)
_DATED_PAGES = re.compile(
    rf",\s(?P<date>(?:\d{{1,2}}\s)?{MONTH}(?:\s\d{{1,2}})?,?\s{YEAR}),\s(?P<pages>{PAGES})\s*$", re.IGNORECASE
)
_DAY = re.compile(
    rf"[,.]?\s*\(?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?P<date>(?:\d{{1,2}}"
    rf"(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s+{MONTH}|{MONTH}\.?\s+\d{{1,2}})"
    rf"(?:,?\s+{YEAR})?|{MONTH}\.?,?\s{YEAR})\)?\s*$",
    re.IGNORECASE,
)


def without_tail(text: str, parsed: Parsed) -> str | None:
    """``text`` without volume, issue and pages, which go into ``parsed``; None if it has no such end.

    >>> parsed = Parsed()
    >>> without_tail("A title. Sexual Abuse, 24(5), 411-430", parsed), parsed.values["pages"]
    ('A title. Sexual Abuse', '411–430')
    """
    text = text.rstrip(" .,;")
    found = _TAIL.search(text)
    while found and not _holds(found):
        found = _TAIL.search(text, found.start() + 1)
    if not found:
        found = _ISSUE_ONLY.search(text)
        if not found or not sentence_ends(text[: found.start()] + " X"):
            return None
        parsed.put("number", found["issue"] or found["issue2"] or "")
        put_pages(parsed, found["pages"] or "", found["label"] or "")
        return text[: found.start()]
    issue = found["issue"] or found["issue2"] or found["issue3"] or ""
    parsed.put("volume", found["volume"])
    parsed.put("number", re.sub(rf"^{_ISSUE_WORD}(?=\d)", "", issue, flags=re.IGNORECASE).rstrip("."))
    put_pages(parsed, found["pages"] or "", found["label"] or "")
    return text[: found.start()]


def _holds(found: re.Match[str]) -> bool:
    """Whether what looks like a volume is one: not the year in a title, nor the number in a name."""
    if found["word"]:
        return True
    issue = found["issue"] or found["issue2"]
    if not found["volume"][0].isdigit() and not (issue and found["pages"]):
        return bool(found["pages"]) and found["volume"].isupper() and len(found["volume"]) > 1
    if found["sep"].strip() == ",":
        return bool(issue or found["pages"]) or len(found["volume"]) < 4
    if found["sep"].strip() == ".":
        return bool(issue and found["pages"])
    colon = found["colon"] or ""
    return bool(issue) or (bool(found["pages"]) and (":" in colon or bool(found["label"])))


def put_pages(parsed: Parsed, pages: str, label: str = "") -> None:
    """Set pages, or the article number that stands in their place."""
    pages = re.sub(r"\s?[-‐–—−]{1,2}\s?", "–", pages.strip(" .,"))
    if not pages:
        return
    article = "art" in label.lower() or "paper" in label.lower()
    single = "–" not in pages and "," not in pages
    parsed.put(
        "eid" if article or (single and re.match(r"[A-Za-z]\w*\d{2}|\d{5}", pages)) else "pages", pages
    )


def without_pages(text: str, parsed: Parsed) -> str:
    """``text`` without ``p. 3`` or ``pp. 3–4`` at its end."""
    if found := _DATED_PAGES.search(text):
        put_pages(parsed, found["pages"])
        return f"{text[: found.start()]}, {found['date']}"
    found = _PAGES_ONLY.search(text)
    if not found or not (re.search(r"\d", found["pages"]) or found["label"].lower().startswith("pp")):
        return text
    put_pages(parsed, found["pages"], found["label"])
    return text[: found.start()]


def without_day(text: str, parsed: Parsed) -> str:
    """``text`` without the day of a newspaper at its end, which makes the date more exact."""
    found = _DAY.search(text)
    if not found or parsed.year is None:
        return text
    parsed.values["date"] = with_day(parsed.year, found["date"])
    return text[: found.start()].rstrip(" ,.")
