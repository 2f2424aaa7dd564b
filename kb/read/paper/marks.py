"""What is taken out of a reference before its grammar is read: identifiers, addresses, visits."""

import re

from kb.ids import doi
from kb.read.paper.dates import CALENDAR, read_date
from kb.read.paper.shapes import Parsed

_DOI = re.compile(
    r"[<(\[]?(?:https?://(?:dx\.)?doi\.org/|(?:dx\.)?doi\.org/|doi\s?:?\s*(?:https?://"
    r"(?:dx\.)?doi\.org/|doi\s?:\s*)?)?"
    r"10\.\d{4,9}(?:\.\d+)?(?:/|%2F)[^\s<>\[\]“”]{1,300}[>)\]]?",
    re.IGNORECASE,
)
_SICI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi\s?:?\s*)?10\.\d{4,9}/\S{0,40}\(SICI\)\S{1,120}", re.IGNORECASE
)
_LINK = re.compile(r"<?(?:https?://|www\.)[^\s<>“”]{3,1500}>?", re.IGNORECASE)
_VISIT = re.compile(
    rf"[(\[]?\b(?:(?:last\s+)?accessed|retrieved|viewed|cited|visited|abgerufen|consulté"
    rf"|consultado)\b(?:\s+(?:on|am|le))?:?\s*"
    rf"(?P<date>{CALENDAR})[)\]]?[.,]?(?:\s*(?:from|at|via|,)\s*:?)?",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:\bretrieved\s+from\s+[^:]{3,120}\s+website\s*:\s*|\b(?:available(?:\s+online)?(?:\s+"
    r"(?:at|from|via))?|retrieved(?:\s+from)?|accessed(?:\s+at|\s+via)?|URL|from"
    r"|online\s+at|at|doi|Abgerufen von|en ligne)\s*:?\s*[<(\[]?|[<(\[])\s*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"[(\[]?\b(?:advance(?:d)?\s+online\s+publication|online\s+first|(?:(?:e?pub"
    rf"|online)\s+)?ahead\s+of\s+print"
    rf"|e?pub(?:lished)?\s+online(?:\s+{CALENDAR})?|epub\s+{CALENDAR}|advance\s+access"
    rf"|early\s+view)\b[)\]]?[.,;]?",
    re.IGNORECASE,
)
_NUMBERS = (
    ("pmid", re.compile(r"[(\[]?\b(?:PubMed\s+)?PMID\s*:?\s*(\d{4,9})[)\]]?[.;]?", re.IGNORECASE)),
    (
        "pmcid",
        re.compile(r"[(\[]?\b(?:PubMed\s+Central\s+)?PMCID?\s*:?\s*(PMC\d{4,9})[)\]]?[.;]?", re.IGNORECASE),
    ),
    ("isbn", re.compile(r"[(\[]?\bISBN(?:-1[03])?\s*:?\s*([\dXx][\dXx -]{8,16}[\dXx])[)\]]?[.;]?")),
)
_ORIGINAL = re.compile(
    r"[(\[]\s*(?:original\s+(?:work\s+)?published|originally\s+published|first\s+published"
    r"|reprinted\s+from)[^()\[\]]{0,80}?(1[5-9]\d\d|20\d\d)[)\]][.,]?",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"\s*\[(?:internet|online|electronic resource|e-?book|ebook|homepage on the internet)\]", re.IGNORECASE
)
_BROKEN = (
    (re.compile(r"(https?:)\s*(/)\s?/\s*"), r"\1//"),
    (re.compile(r"(doi\.org)\s*/\s*(?=10\.)", re.IGNORECASE), r"\1/"),
    (re.compile(r"\b(10\.)\s+(\d{4,9}/)"), r"\1\2"),
    (re.compile(r"\b(10\.\d{4,9})\s*/\s+(?=[\w(])"), r"\1/"),
    (re.compile(r"\b(10\.\d{4,9})\s+/\s?(?=[\w(])"), r"\1/"),
    (re.compile(r"\b(10\.\d{4,9}/[^\s<>]{1,200}[./_-])\s+(?=[\w()-]*\d[\w().-]{0,100}$)"), r"\1"),
)


def without_marks(text: str, parsed: Parsed) -> str:
    """``text`` without its identifiers, addresses and dates of visits, which go into ``parsed``."""
    if "10." in text or "http" in text:  # most strings of many lists have neither, and searching takes time
        for broken, whole in _BROKEN:
            text = broken.sub(whole, text)
        text = _without_doi(text, parsed)
    low = text.lower()
    for name, pattern in _NUMBERS:
        if name[:4] in low and (found := pattern.search(text)):
            parsed.put(name, found[1])
            text = _cut(text, found)
    if found := _VISIT.search(text):
        date = read_date(found["date"])
        parsed.put("urldate", date.edtf if date else "")
        text = _cut(text, found)
    text = _without_links(text, parsed)
    if found := _AHEAD.search(text):
        parsed.put("pubstate", "prepublished")
        text = _cut(text, found)
    if found := _ORIGINAL.search(text):
        parsed.put("origdate", found[1])
        text = _cut(text, found)
    if found := _MEDIUM.search(text):
        parsed.values.setdefault("medium", "online")
        text = text[: found.start()] + text[found.end() :]
    return " ".join(text.split()).rstrip(" ,;:")


def _without_doi(text: str, parsed: Parsed) -> str:
    for _ in range(4):  # a DOI and its address, or a list of them: the first counts
        if "10." not in text:
            break
        found = ("(sici)" in text.lower() and _SICI.search(text)) or _DOI.search(text)
        if not found:
            break
        parsed.put("doi", doi(found[0]))
        text = _cut(text, found)
    return text


def _without_links(text: str, parsed: Parsed) -> str:
    low = text.lower()
    if "http" not in low and "www." not in low:
        return text
    for _ in range(6):
        found = _LINK.search(text)
        if not found:
            break
        address = found[0].strip("<>").rstrip(".,;:'\"”’")
        while address.endswith((")", "]")) and address.count(")") + address.count("]") > address.count(
            "("
        ) + address.count("["):
            address = address[:-1].rstrip(".,;")
        parsed.put("url", address if "//" in address else f"https://{address}")
        text = _cut(text, found)
    return text


def _cut(text: str, found: re.Match[str]) -> str:
    """``text`` without what was found and without the words that led to it."""
    before = text[: found.start()].rstrip()
    for _ in range(2):
        if lead := _LEADS.search(before):
            before = before[: lead.start()].rstrip()
    after = text[found.end() :].lstrip(" .,>")
    after = after if re.search(r"\d$", before) else after.lstrip(" .,;")
    if after.startswith((")", "]")) and before.count("(") + before.count("[") <= before.count(
        ")"
    ) + before.count("]"):
        after = after[1:].lstrip(" .,;")
    return f"{before} {after}".strip()
