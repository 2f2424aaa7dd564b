"""References whose date follows the authors: APA, Harvard, Chicago author-date."""

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from kb.read.paper.books import read_book
from kb.read.paper.brackets import without_brackets
from kb.read.paper.chapters import read_chapter
from kb.read.paper.dates import Date, read_date
from kb.read.paper.names import People, read_people
from kb.read.paper.shapes import Parsed
from kb.read.paper.tails import without_day, without_pages, without_tail
from kb.read.paper.words import UPPER, YEAR, known_publisher, publisher_like, quoted, sentence_ends, sentences

_PAREN = re.compile(r"[(\[]\s*((?:[^()\[\]]|\[[^()\[\]]{1,20}\]){1,70})\s*[)\]]")
_BARE = re.compile(
    rf"(?<=[.,\s])(?:{YEAR}[a-z]?(?:\s?[–/-]\s?(?:{YEAR}|\d\d))?(?:\s\[{YEAR}\])?"
    rf"|\[{YEAR}\]\s{YEAR}|n\.\s?d\.(?:-?[a-z](?![a-z]))?|[Ff]orthcoming(?:\s?[a-z](?![a-z]))?"
    rf"|[Ii]n press(?:\s?[a-z](?![a-z]))?|no date|c(?:a|irca)?\.?\s?{YEAR})(?=[.,:;\s]|$)"
)
_FARTHEST = 2500  # characters within which the date of the longest author list stands
_CHAPTER = re.compile(
    r"(?P<stop>[.?!,;][”’'\"]?|[”’'\"]|\])\s+(?P<in>[Ii]n)(?P<colon>:)?\s+(?=[\"“‘A-ZÀ-ÖØ-Þa-z\d])"
)
_EDITORISH = re.compile(
    r"\((?:Eds?|eds?|Hrsg|Chairs?)\b|\b[Ee]d(?:s|ited|itors?)?\b[.,)]|[Ee]dited by|\bedn?s?\b"
    r"|[Pp]roceedings|[Cc]onference|[Ss]ymposium|\(pp?\.|\bpp?\.\s?\d|[,:]\s\d+[–-]\d+"
    r"|[Ee]ncyclop|[Hh]andbook"
)
_MEETING = re.compile(
    rf"Proceedings\sof\b|(?:\d{{4}}\s)?(?:[{UPPER}][\w’'-]+\s(?:(?:of|on|and|for|in"
    rf"|the)\s){{0,2}}){{0,8}}(?:Conference|Workshops?|Symposium|Congress)\b"
)
_A_THESIS = re.compile(
    r"(?:unpublished\s+)?(?:ph\.?\s?d|doctoral|master|m\.?sc|m\.?a\b|thesis|dissertation|d\.?phil)",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"[,.]?\s*(?:posted|submitted|published|updated|last (?:modified|updated))(?:\s+online)?$", re.IGNORECASE
)
_KIND = re.compile(
    r"(?:pre-?print|blog(?: post)?|video|podcast|press release|unpublished manuscript|manuscript)",
    re.IGNORECASE,
)
_STOP = re.compile(r"^[\s.,:;)]+")
_ABBREVIATED = re.compile(rf"(?:[{UPPER}]\w{{0,6}}\.\s?){{1,5}}")
_SERIES_LETTER = re.compile(r"^(?:Series|Section|Part|Serie)\s[A-Z0-9]", re.IGNORECASE)


_Dated: TypeAlias = tuple[int, int, Date, bool]
"""Where a date begins and ends, the date, and whether it stands in brackets."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Who and when, as found at the beginning of a reference."""

    people: People
    date: Date
    rest: str
    paren: bool
    comma: bool = False  # before the date
    title: str = ""  # where the title stands in the author's place


def read_authoryear(text: str, parsed: Parsed, *, numbered: bool = False) -> bool:
    """Read a reference of this kind into ``parsed``; False if the date does not follow the authors."""
    head = _head(text, numbered=numbered)
    if head is None or (numbered and head.title):
        return False
    _put_head(head, parsed)
    after = _STOP.sub("", head.rest)
    point = head.rest.lstrip()[:1]
    parsed.style = _style(head, point)
    if head.title:
        parsed.put("title", without_brackets(head.title, parsed))
        _read_container(after, parsed)
        return True
    title, remainder = quoted(after, loose=parsed.style != "apa")
    if title:
        _read_quoted(title, remainder, parsed)
    else:
        _read_plain(after, parsed, commas=not head.paren and point == ",")
    return True


def _style(head: _Head, point: str) -> str:
    """The style by its date: “(2015).” is APA, “. 2015.” Chicago, and whatever else Harvard."""
    if point != "." or (head.comma and not head.paren):
        return "harvard"
    return "apa" if head.paren else "chicago"


def _put_head(head: _Head, parsed: Parsed) -> None:
    names = list(head.people.names)
    if head.people.editors:
        parsed.editors = names
    else:
        parsed.authors = names
    parsed.more = head.people.more
    if head.people.gap:
        parsed.doubt("authors were left out of the list (…)")
    if not head.people.sure and not head.title:
        parsed.doubt("the authors may be wrong")
    date = head.date
    parsed.year, parsed.suffix = date.year, date.suffix
    for name, text in (("date", date.edtf), ("origdate", date.original), ("pubstate", date.state)):
        parsed.put(name, text)
    if not date.edtf and not date.state:
        parsed.values["undated"] = "undated"


def _head(text: str, *, numbered: bool) -> _Head | None:
    """Authors and date: the first date before which nothing but names stands."""
    found = sorted(_dates(text[:_FARTHEST]), key=lambda one: one[0])
    titled: _Head | None = None
    for start, end, date, paren in map(partial(_later, text), found[:12]):
        prefix = text[:start].rstrip()
        people = read_people(prefix)
        if people.sure and (paren or _bare_fits(prefix, text[end:])):
            return _Head(people, date, text[end:], paren, prefix.endswith(","))
        if titled is None and paren and _is_title(prefix, text[end:]):
            titled = _Head(People(), date, text[end:], paren, title=prefix)
    return titled or (None if numbered else _undated(text))


def _later(text: str, found: _Dated) -> _Dated:
    """A date as found, but of “(1900) 1953.” the second: the first is the original's."""
    start, end, date, paren = found
    again = re.match(rf"\s+({YEAR}[a-z]?)(?=[.,:])", text[end:]) if paren and date.edtf else None
    later = read_date(again[1]) if again else None
    if not again or not later:
        return found
    return start, end + again.end(), replace(later, original=str(date.year)), False


def _undated(text: str) -> _Head | None:
    """Authors whom a title in quotation marks follows at once, without a date."""
    found = re.match(r"(?P<names>[^‘“\"]{3,300}?)[,.]?\s+(?=[‘“\"])", text[:_FARTHEST])
    people = read_people(found["names"]) if found else People()
    if not found or not people.sure or people.names[0].corporate:
        return None
    return _Head(people, Date(), text[found.end() :], paren=False)


def _dates(text: str) -> list[_Dated]:
    marked = ((one, read_date(one[1])) for one in _PAREN.finditer(text))
    found = [(one.start(), one.end(), date, True) for one, date in marked if date]
    taken = [(start, end) for start, end, _, _ in found]
    for one in _BARE.finditer(text):
        date = read_date(one[0])
        if date and not any(start < one.start() < end for start, end in taken):
            found.append((one.start(), one.end(), date, False))
    return found


def _bare_fits(prefix: str, after: str) -> bool:
    """Whether a year without brackets can be the date: names end before it, a stop or a title follows."""
    if ";" in prefix[-3:]:
        return False
    return bool(re.match(r"[.,:](?:\s|$)|\s+[\"“‘'«]|\s+[A-Z]|$", after))


def _is_title(prefix: str, after: str) -> bool:
    """Whether what stands before a date is the title of something without an author."""
    sentence = not sentence_ends(f"{prefix} X")[:-1]
    return sentence and len(prefix.split()) > 1 and bool(re.match(r"[.,\s]|$", after)) and ";" not in prefix


def _read_quoted(title: str, remainder: str, parsed: Parsed) -> None:
    parsed.put("title", without_brackets(title, parsed))
    remainder = _STOP.sub("", remainder)
    while found := re.match(r"[(\[]([^()\[\]]{1,120})[)\]][.,;]?\s*", remainder):
        parsed.put("howpublished", found[1])
        remainder = remainder[found.end() :]
    found = re.match(r"[Ii]n:?\s+(?!press\b)|(?=Proceedings\b)", remainder)
    if found:
        within = remainder[found.end() :]
        if _EDITORISH.search(within) or without_tail(within, Parsed()) is None:
            read_chapter(within, parsed, commas=_comma_style(within))
            return
        remainder = within
    _read_container(remainder, parsed)


def _comma_style(text: str) -> bool:
    """Whether parts are divided by commas alone: “(eds), Title, Publisher, Place”."""
    return bool(re.search(r"\(?eds?\.?\)?,\s", text)) and not re.search(
        rf"[.)]\s+[{UPPER}][\w .,’'-]{{1,60}}:\s", text
    )


def _read_container(text: str, parsed: Parsed) -> None:
    """What follows a title: a journal and volume, a newspaper and its day, a thesis, a site or publisher."""
    text = text.rstrip(" .,;")
    if _A_THESIS.match(text) and _is_thesis(text, parsed):
        return
    left = without_tail(f", {text}", parsed)
    if left is not None:
        parsed.put("journaltitle", left.strip(" .,;"))
        return
    left = without_day(without_pages(text, parsed).rstrip(" ,.;"), parsed)
    left = _POSTED.sub("", left)
    if _KIND.fullmatch(left):
        parsed.put("howpublished", left)
    elif re.search(r"\b(?:paper|poster|keynote|presented|lecture)\b", left, re.IGNORECASE):
        parsed.type = "unpublished"
        parsed.put("howpublished", left)
    elif re.search(rf"^[{UPPER}][\w .,’'-]{{1,60}}:\s", left) or len(sentences(left)) > 1:
        _read_imprint(left, parsed)
    else:
        dated = len(parsed.values.get("date", "")) > 4 or "pubstate" in parsed.values
        journal = dated or "pages" in parsed.values or "doi" in parsed.values
        parsed.put("journaltitle" if journal else "publisher", left)


def _is_thesis(text: str, parsed: Parsed) -> bool:
    inner = Parsed()
    read_book(f"Title. {text}", inner)
    if inner.type != "thesis":
        return False
    parsed.type = "thesis"
    parsed.put("type", inner.values.get("type", ""))
    parsed.put("institution", inner.values.get("institution", ""))
    return True


def _read_imprint(text: str, parsed: Parsed) -> None:
    inner = Parsed()
    read_book(f"Title. {text}", inner)
    for name in ("publisher", "location", "number", "edition"):
        parsed.put(name, inner.values.get(name, ""))


def _read_plain(text: str, parsed: Parsed, *, commas: bool) -> None:
    """A title without quotation marks and what follows it."""
    found = _chapter(text)
    if found:
        parsed.put("title", without_brackets(text[: found.start() + (found["stop"] in "?!]")], parsed))
        read_chapter(text[found.end() :], parsed, commas=_comma_style(text[found.end() :]))
        return
    for start in sentence_ends(text):
        if _MEETING.match(text, start):
            parsed.put("title", without_brackets(text[:start], parsed))
            read_chapter(text[start:], parsed)
            parsed.type = "inproceedings"
            return
    left = without_tail(text, parsed)
    if left is not None:
        title, journal = split_title(left)
        if journal:
            parsed.put("title", without_brackets(title, parsed))
            parsed.put("journaltitle", journal)
            return
        if text[len(left) :].startswith(". "):
            parsed.doubt("the journal has no name")
            parsed.put("title", without_brackets(left, parsed))
            return
        if "," in left and not commas:
            title, _, journal = left.rpartition(", ")
            parsed.doubt("where the title ends and the journal begins")
            parsed.put("title", without_brackets(title, parsed))
            parsed.put("journaltitle", journal)
            return
    _read_unnumbered(text, parsed, commas=commas)


def _chapter(text: str) -> re.Match[str] | None:
    """Where “In …” begins the book of a chapter."""
    for found in _CHAPTER.finditer(text):
        before, after = found["stop"], text[found.end() :]
        if found["in"] == "in" and (before not in (",", "’", "”", "'", '"') and not found["colon"]):
            continue
        if before == "," and not _EDITORISH.search(after[:300]):
            continue
        if _EDITORISH.search(after) or found["colon"]:
            return found
        parts = sentences(after)
        if found["in"] == "In" and before == "." and len(parts) > 1 and publisher_like(parts[-1].rstrip(".")):
            return found
    return None


def _read_unnumbered(text: str, parsed: Parsed, *, commas: bool) -> None:
    """Something without volume: a book, a report, a page, an item of a newspaper, an article in press."""
    left = without_pages(text.rstrip(" .,;"), parsed)
    paged = left != text.rstrip(" .,;")
    day = without_day(left, parsed)
    if paged or day != left or parsed.values.get("pubstate"):
        title, journal = split_title(day)
        if number := re.search(r"\.\s(?:[Nn]o\.?\s?)?(\d{1,5})\.?$", title):
            parsed.put("number", number[1])
            title = title[: number.start()]
        if journal and not re.search(r"\b[A-Z]\w+: [A-Z]", journal) and not re.search(r"[)\]]\.?$", title):
            parsed.put("title", without_brackets(title, parsed))
            parsed.put("journaltitle", journal)
            return
    read_book(day if paged or day != left else text, parsed, commas=commas)
    _read_as_article(parsed)


def _read_as_article(parsed: Parsed) -> None:
    """Take for a journal or newspaper what stands as publisher, where a day or a DOI says that it is one."""
    values = parsed.values
    name = values.get("publisher", "")
    if parsed.type != "misc" or not name or "location" in values or "edition" in values:
        return
    by_person = bool(parsed.authors) and not parsed.authors[0].corporate
    if by_person and len(values.get("date", "")) > 7 and "url" in values:
        values["journaltitle"] = values.pop("publisher")
    elif "doi" in values:
        parsed.doubt("whether this is an article or a book")
        if by_person and not known_publisher(name):
            values["journaltitle"] = values.pop("publisher")


def split_title(text: str) -> tuple[str, str]:
    """Title and journal: the last sentence is the journal, with the stops of its abbreviations.

    >>> split_title("What works? A review. J. Sex. Res")
    ('What works? A review.', 'J. Sex. Res')
    """
    ends = sentence_ends(text)
    if not ends:
        return text, ""
    place = len(ends) - 1
    while place > 0 and _goes_back(text[ends[place - 1] : ends[place]].strip(), text[ends[place] :]):
        place -= 1
    return text[: ends[place]].strip(), text[ends[place] :].strip(" .,;")


def _goes_back(before: str, journal: str) -> bool:
    """Whether the name of a journal begins a sentence earlier: “Transactions. Series B”, “J. Sex. Res”."""
    if _SERIES_LETTER.match(journal):
        return True
    return len(journal.split()) <= 3 and bool(_ABBREVIATED.fullmatch(before))
