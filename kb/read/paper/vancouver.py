"""References whose date comes late: Vancouver and NLM; and whatever has no date that can be told."""

import re

from kb.read.paper.authoryear import split_title
from kb.read.paper.books import read_book, read_thesis
from kb.read.paper.brackets import without_brackets
from kb.read.paper.dates import read_date
from kb.read.paper.names import read_people, vancouver_names
from kb.read.paper.shapes import Parsed
from kb.read.paper.tails import PAGES, put_pages, without_pages, without_tail
from kb.read.paper.words import BODY, MONTH, UPPER, YEAR, sentence_ends, sentences, title_case

_DATE = (
    rf"(?<![\d/–-])(?:c|©)?(?P<date>{YEAR}(?:\s?[-–/]\s?{YEAR}|\s{MONTH}\.?"
    rf"(?:\s?[-–/]\s?{MONTH}\.?)?(?:\s\d{{1,2}}(?:\s?[-–/]\s?\d{{1,2}})?)?)?)"
    rf"(?P<suffix>[a-z])?"
)
_JOURNAL = re.compile(
    rf"[.,?!)\]]?\s*\(?{_DATE}\)?\s*(?:;|,(?=\s?\d{{1,4}}\s?[(:]))\s*(?P<volume>"
    rf"(?:vol\.?\s)?[\w.-]{{1,12}}(?:\s?[-–/]\s?\w{{1,6}})?(?:\s?(?:Suppl|Spec No|Pt)\.?"
    rf"(?:\s?\d{{1,3}})?)?)?\s*(?:\((?P<issue>[^()]{{1,40}})\))?\s*(?::\s*(?P<pages>{PAGES}))?"
)
_ENDED = re.compile(rf"[;,]\s*\[?{_DATE}\]?(?![\w/-])")
_LAST = re.compile(rf"[.;,\s(]\s*{_DATE}\)?")
_IN = re.compile(r"[.?!\]]\s+In[:,]?\s+(?!press\b)(?=[A-ZÀ-Þ“a-z\d])")
_EDITORS = re.compile(r"^(?P<names>.{2,600}?),?\s*\(?(?:editors?|eds?)\b\.?\)?[.,]?\s*")
_MEETING = re.compile(
    r"[^()]{0,80}\b(?:conference|symposium|workshops?|congress|proceedings|meeting)\b", re.IGNORECASE
)
_SOON = re.compile(r"\b(?P<state>in press|forthcoming)\b[.,]?\s*(?P<year>(?:19|20)\d\d)?", re.IGNORECASE)
_EDITION = re.compile(
    r"(?:^|[.,]\s+)(?P<edition>(?:\d{1,2}(?:st|nd|rd|th)|rev(?:ised)?\.?|first|second|third"
    r"|fourth|fifth))\s+ed(?:n|ition)?\b\.?",
    re.IGNORECASE,
)


def read_vancouver(text: str, parsed: Parsed) -> None:
    """Read a reference of this kind into ``parsed``; what cannot be told is a doubt."""
    parsed.style = "vancouver"
    text = re.sub(r"\[(?:place|publisher) unknown\]\s?[:,]?\s?", "", text)
    if unknown := re.search(r"[.;,]?\s*(?:\[date unknown\]|\bn\.\s?d\.?(?=\s*(?:;|$)))", text):
        parsed.values["undated"] = "undated"
        text = text[: unknown.start()] + text[unknown.end() :]
    rest = _authors(text, parsed)
    if found := _IN.search(rest):
        _read_part(rest, found, parsed)
    elif found := _last(_JOURNAL, rest):
        _read_journal(rest, found, parsed)
    else:
        _read_alone(rest, parsed)


def _authors(text: str, parsed: Parsed) -> str:
    """The text after the author list, which goes into ``parsed``."""
    ends = [m.end() for m in re.finditer(r"[.:]\s+", text[:6000])]
    for end in ends[:3]:
        prefix = text[:end].strip().rstrip(":")
        stripped = re.sub(r",?\s+(?:et al|and others)\.?$", "", prefix.rstrip(". "))
        role = re.search(r",\s*(?:editors?|eds?\.?|translators?|compilers?)$", stripped)
        named = stripped[: role.start()] if role else stripped
        if names := vancouver_names(named):
            parsed.more = stripped != prefix.rstrip(". ")
            if role:
                parsed.editors = names
            else:
                parsed.authors = names
            return text[end:]
        people = read_people(prefix)
        if people.sure and people.names and not people.names[0].corporate:
            parsed.authors, parsed.more = list(people.names), people.more
            return text[end:]
    return _body_first(text, parsed)


def _body_first(text: str, parsed: Parsed) -> str:
    """The text after the name of a body that stands first; all of it where a title does."""
    ends = sentence_ends(text)
    if not ends:
        return text
    first, rest = text[: ends[0]].strip(), text[ends[0] :]
    people = read_people(first.rstrip("."))
    more = sentences(re.split(r";\s*\d{4}", rest)[0])
    known = bool(BODY.search(first)) or first.rstrip(".").isupper()
    short = (
        known
        and (title_case(first) or len(first.split()) <= 4)
        and len(first.split()) <= 8
        and not title_case(more[0])
    )
    if people.names and short and not first.endswith(("?", "!")):
        parsed.authors = list(people.names)
        return rest
    enough = len(more) >= 2 or (": " in rest and ";" in rest)
    if (
        people.sure
        and enough
        and title_case(first)
        and len(first.split()) <= 14
        and (known or len(more) >= 3)
    ):
        parsed.authors = list(people.names)
        return rest
    return text


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match that tells a volume, an issue or pages."""
    good = [one for one in pattern.finditer(text) if read_date(one["date"]) or " " in one["date"]]
    good = [one for one in good if one["volume"] or one["issue"] or one["pages"]]
    good = [one for one in good if (one["volume"] or "1")[:1].isdigit() or one["pages"] or one["issue"]]
    return good[-1] if good else None


def _dated(found: re.Match[str], parsed: Parsed) -> None:
    date = read_date(re.sub(r"\s?[-–/]\s?(?:\d{1,2}|[A-Z][a-z]{2,8})\.?(?=\s|$)", "", found["date"]))
    if date:
        parsed.year = date.year
        parsed.suffix = found["suffix"] or ""
        parsed.put("date", date.edtf)


def _read_journal(text: str, found: re.Match[str], parsed: Parsed) -> None:
    _dated(found, parsed)
    volume, _, supplement = re.sub(r"^vol\.?\s", "", found["volume"] or "").partition(" ")
    parsed.put("volume", volume.rstrip("."))
    parsed.put("number", found["issue"] or supplement)
    put_pages(parsed, found["pages"] or "")
    title, journal = split_title(text[: found.start()])
    if not journal:
        parsed.doubt("where the title ends and the journal begins")
    parsed.put("journaltitle", journal)
    parsed.put("title", without_brackets(title, parsed))


def _read_part(text: str, found: re.Match[str], parsed: Parsed) -> None:
    """A chapter or a paper of a conference."""
    parsed.put("title", without_brackets(text[: found.start() + (text[found.start()] in "?!]")], parsed))
    book = text[found.end() :]
    if edited := _EDITORS.match(book):
        people = read_people(edited["names"])
        if people.sure:
            parsed.editors = list(people.names)
            book = book[edited.end() :]
    book = without_pages(book.rstrip(" ."), parsed)
    inner = Parsed()
    _read_alone(book, inner)
    meeting = re.search(r"proceedings|conference|symposium|congress|workshop", book, re.IGNORECASE)
    parsed.type = "inproceedings" if meeting else "incollection"
    parsed.put("booktitle", re.split(rf";\s*{YEAR}", inner.values.get("title", ""))[0])
    parsed.year, parsed.suffix = inner.year, inner.suffix
    for name in ("date", "edition", "volume", "number", "pages", "publisher", "location", "pubstate"):
        parsed.put(name, inner.values.get(name, ""))


def _read_alone(text: str, parsed: Parsed) -> None:
    """A book, a report, a page; an article without volume."""
    found = _final(_ENDED, text)
    dated = found or _final(_LAST, text)
    if read_thesis(text[: dated.start()] if dated else text, parsed):
        if dated:
            _dated(dated, parsed)
        return
    if found and _read_imprint(text[: found.start()], found[0][0] == ";", parsed):
        _dated(found, parsed)
        _number_off(text[found.end() :], parsed)
        return
    soon = _SOON.search(text)
    if soon:
        parsed.values.setdefault("pubstate", "inpress" if "press" in soon["state"].lower() else "forthcoming")
        parsed.year = int(soon["year"]) if soon["year"] else None
        parsed.put("date", soon["year"] or "")
        _article_or_page(text[: soon.start()], parsed)
        return
    _read_dateless(text, parsed)


def _read_imprint(text: str, certain: bool, parsed: Parsed) -> bool:
    """Put down title, place and publisher before a date; False if no publisher stands there."""
    title, imprint = split_title(text)
    place, colon, publisher = imprint.partition(": ")
    if not imprint or not (colon or certain):
        return False
    parsed.put("location", place if colon else "")
    parsed.put("publisher", publisher if colon else imprint)
    _titled(title, parsed)
    return True


def _number_off(text: str, parsed: Parsed) -> None:
    """The number of a report, or the pages of a part, after the date."""
    if pages := re.match(rf"\s*:\s*({PAGES})", text):
        put_pages(parsed, pages[1])
        return
    after = text.strip(" .;,")
    if number := re.search(
        r"(?:report|publication|no|number|series)\b[^.]{0,60}\d[\w/-]*", after, re.IGNORECASE
    ):
        parsed.put("number", number[0])
        parsed.type = "report"
    if pages := re.search(rf"\bp\.\s?({PAGES})", after):
        put_pages(parsed, pages[1])


def _final(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda one: one.start(), default=None)


def _titled(text: str, parsed: Parsed) -> None:
    """The title and edition of a book, its series left out."""
    text = text.strip()
    if volume := re.search(r"[.,]\s+[Vv]ol(?:ume|\.)?\s?(\d{1,3}|[IVX]{1,5})(?:,\s[^.]{2,100})?\.?$", text):
        parsed.put("volume", volume[1])
        text = text[: volume.start() + 1]
    if edition := _EDITION.search(text):
        parsed.put("edition", edition["edition"])
        text = text[: edition.start()]
    if editors := re.search(r"\.\s+(?P<names>[^.]{3,200}), (?:editors?|translators?)\.?$", text):
        parsed.editors = parsed.editors or list(read_people(editors["names"]).names)
        text = text[: editors.start()]
    parsed.put("title", without_brackets(text, parsed))


def _read_dateless(text: str, parsed: Parsed) -> None:
    """The last year in the string is its date; what stands before is a title and where it appeared."""
    found = _final(_LAST, text)
    if not found:
        left = without_tail(text, parsed)
        _article_or_page(left if left is not None else text, parsed)
        return
    _dated(found, parsed)
    after = text[found.end() :].strip(" .;,")
    if sect := re.search(rf"(?:p|pp|col)\.?\s?({PAGES})|Sect\.?\s*(\w+(?::\d+)?)", after):
        put_pages(parsed, sect[1] or sect[2])
    _article_or_page(text[: found.start()], parsed)


def _article_or_page(text: str, parsed: Parsed) -> None:
    """A title and, if another sentence follows, where it appeared."""
    title, journal = split_title(text.rstrip(" ,;"))
    if found := re.match(r"([A-Za-z]{2,10}[Xx]iv)\b[:\s]?", journal):
        parsed.put("eprint", journal[found.end() :])
        parsed.type, journal = "online", found[1]
        parsed.values["journaltitle"] = journal
    if journal and _MEETING.match(journal):
        parsed.type = "inproceedings"
        parsed.put("booktitle", journal)
    elif journal and _is_name(journal):
        dated = len(parsed.values.get("date", "")) > 4 or "pubstate" in parsed.values
        parsed.put("journaltitle" if dated or "doi" in parsed.values else "publisher", journal)
    else:
        inner = Parsed()
        read_book(text, inner)
        title = inner.values.get("title", "")
        parsed.put("publisher", inner.values.get("publisher", ""))
    parsed.put("title", without_brackets(title, parsed))


def _is_name(text: str) -> bool:
    """Whether a sentence can be the name of a journal or site."""
    begun = re.match(rf"(?:[a-z]{{1,4}})?[{UPPER}]", text)
    return bool(begun) and not text.endswith("?") and len(text.split()) <= 12
