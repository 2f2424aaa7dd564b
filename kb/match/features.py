"""A work → what comparing needs, made once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.match import people, titles, venues
from kb.match.people import People
from kb.match.titles import Title
from kb.match.words import ROMAN
from kb.model import Origin, Work
from kb.text import squeeze

_KINDS = {
    "article": "article", "article-journal": "article", "periodical": "article", "suppperiodical": "article",
    "book": "book", "mvbook": "book", "collection": "book", "proceedings": "book", "reference": "book",
    "inbook": "chapter", "incollection": "chapter", "chapter": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "inreference": "chapter",
    "inproceedings": "conference", "conference": "conference", "paper-conference": "conference",
    "report": "report", "techreport": "report",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "dissertation": "thesis",
    "preprint": "preprint",
}  # fmt: skip
# What an entry says of its reader or its file, not of the publication.
_OWN = {"abstract", "added", "annotation", "cites", "citeslist", "comment", "file", "groups", "keywords"}
_OWN |= {"owner", "status", "timestamp", "urldate"}
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550/arxiv|1101/(?:\d{4}\.|\d{6})|31234/|31235/|31219/|2139/ssrn|21203/|20944/preprints"
    r"|26434/|36227/techrxiv|22541/)"
)
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?\s*[:/. ]\s*(?:abs/|pdf/)?|^)"
    r"((?:\d{4}\.\d{4,5})|(?:[a-z-]+(?:\.[a-z]{2})?/\d{7}))(?:v\d+)?",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?:\.pub\d+|\.v?\d{1,2}|/v\d+|v\d+)$")
_VERSIONED = (
    "10.1002/14651858.",
    "10.12688/",
    "10.21203/",
    "10.20944/",
    "10.31234/",
    "10.31235/",
    "10.31219/",
)
_PAGES = re.compile(r"([a-z]{0,3})\s*0*(\d+)([a-z]?)(?:\s*[-–—]+\s*([a-z]{0,3})\s*0*(\d+)([a-z]?))?")
_DASH = re.compile(r"[-–—]+")
_ROMAN = re.compile(r"[ivxlcdm]+")
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"[a-z]+\d*|\d+")
_ORDINAL = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "seventh": "7",
}
_EDITION = re.compile(
    r"\b(\d+)(?:st|nd|rd|th)?[ .]*(?:rev(?:ised|\.)? )?(?:ed(?:ition|n)?\b|aufl)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Features:
    """What two works are compared by; "" and None where a record does not say.

    ``kind``: article, chapter, conference, book, report, thesis, preprint, or
    "". ``first`` and ``last`` are pages; ``said`` is all that an entry without
    authors says of the publication, as it is written: only a copy says the same.
    """

    citekey: str
    origin: Origin
    title: Title
    people: People
    names: frozenset[str]
    editors: People
    year: int | None
    kind: str
    container: str
    publisher: str
    volume: str
    issue: str
    first: str
    last: str
    doi: str
    pmid: str
    isbn: str
    arxiv: str
    edition: str
    language: str
    said: frozenset[tuple[str, str]] = frozenset()


def features(work: Work) -> Features:
    """What comparing needs of a work."""
    given = work.fields
    title = titles.made(work.title)
    authors = people.made(work.authors, more=work.more_authors)
    first, last = pages(work.pages)
    return Features(
        citekey=work.citekey,
        origin=work.origin,
        title=title,
        people=authors,
        names=frozenset(authors.families),
        editors=people.made(work.editors) if work.editors else people.NOBODY,
        year=work.year,
        kind=_kind(work),
        container=work.container,
        publisher=work.publisher,
        volume=_number(work.volume),
        issue=_number(work.issue),
        first=first,
        last=last,
        doi=work.doi,
        pmid=_pmid(given) if given else "",
        isbn=work.isbn,
        arxiv=_arxiv(work),
        edition=_edition(given.get("edition", ""), work.title),
        language=work.language,
        said=frozenset() if authors.families else frozenset(_said(given)),
    )


def _kind(work: Work) -> str:
    """What a record is: by its container, its DOI, its type; with a volume in a container, an article."""
    told = venues.kind(work.container) if work.container else ""
    kind = _KINDS.get(work.type.lower(), "")
    if told in ("preprint", "thesis"):
        return told
    if _PREPRINT_DOI.match(work.doi):
        return "preprint"
    if told in ("conference", "report") and kind in ("", "article"):
        return told
    if (told == "journal" and kind == "conference") or (
        not kind and work.container and (told or work.volume)
    ):
        return "article"
    return kind or ("preprint" if not work.container and _arxiv(work) else "")


def _said(given: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name.lower(), squeeze(value)) for name, value in given.items() if name.lower() not in _OWN)


def _pmid(given: dict[str, str]) -> str:
    source = given.get("pmid", "")
    if not source and "pubmed" in (given.get("eprinttype", "") + given.get("archiveprefix", "")).lower():
        source = given.get("eprint", "")
    found = _NUMBER.search(source)
    return found[0].lstrip("0") if found else ""


def _arxiv(work: Work) -> str:
    """The number of arXiv, without its version."""
    given = work.fields
    if work.doi.startswith("10.48550/arxiv."):
        return re.sub(r"v\d+$", "", work.doi[15:])
    eprint = given.get("eprint", "") if given else ""
    if eprint and "pubmed" not in given.get("eprinttype", "").lower():
        found = _ARXIV.search(eprint.strip())
        if found:
            return found[1].lower()
    for text in (work.url, work.container):
        found = _ARXIV.search(text) if "arxiv" in text.lower() else None
        if found:
            return found[1].lower()
    return ""


def _edition(source: str, title: str) -> str:
    """The number of the edition; "" for the first, and where nobody says."""
    text = source.strip().lower()
    if text in _ORDINAL:
        text = _ORDINAL[text]
    found = _NUMBER.search(text) or (_EDITION.search(title) if "ed" in title or "ufl" in title else None)
    number = found[found.re.groups and 1] if found else ""
    if not number and text:
        number = next((digit for word, digit in _ORDINAL.items() if word in text), "")
    return "" if number == "1" else number


def _number(text: str) -> str:
    """A volume or issue in one form: its first number, else its letters; "" for a range of nothing."""
    if not text:
        return ""
    found = _NUMBER.search(text)
    if found:
        return found[0].lstrip("0")
    lowered = text.strip().lower().rstrip(".")
    return ROMAN.get(lowered, lowered)


def pages(text: str) -> tuple[str, str]:
    """First and last page in one form, the last in full; "" where not told.

    >>> pages("S123–45")
    ('s123', 's145')
    """
    if not text:
        return "", ""
    found = _PAGES.search(text.lower())
    if not found:
        start, _, end = (part.strip() for part in _DASH.sub("–", text.lower()).partition("–"))
        # Roman numbers; but "no pagination" and "N.PAG" are no page that two records share
        return (start, end or start) if _ROMAN.fullmatch(start) else ("", "")
    letters, number, behind, _, last, last_behind = found.groups()
    letters = "" if letters in ("p", "pp") else letters
    if behind == "s" and not letters:  # 45S and S45 are one page of a supplement
        letters, behind, last_behind = "s", "", (last_behind or "").removesuffix("s")
    first = letters + number + behind
    if not last:
        return first, first
    if len(last) < len(number):
        last = number[: len(number) - len(last)] + last
    return first, letters + last + last_behind


def bare_version(doi: str) -> str:
    """A DOI without the number of its version, where it is of a kind that has them; else ""."""
    if not doi.startswith(_VERSIONED):
        return ""
    return _VERSION.sub("", doi)
