"""Dates as databases and reference managers write them → EDTF."""

import re
from calendar import monthrange
from collections.abc import Iterable

from kb.read.foreign.record import Record

_NAMES = """
    january february march april may june july august september october november december
    januar februar märz april mai juni juli august september oktober november dezember
"""
_MONTHS = _NAMES.split()
_SEASONS = {"spr": 21, "spring": 21, "sum": 22, "summer": 22, "aut": 23, "autumn": 23, "fal": 23, "fall": 23}
_SEASONS |= {"win": 24, "winter": 24}
_SHORTEST_MONTH = 3  # letters
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_PARTED = re.compile(r"([12]\d{3})\s*([/.-])\s*(\d{1,2})?(?:\s*\2\s*(\d{1,2})?(?:\s*\2(.*))?)?", re.DOTALL)
_COMPACT = re.compile(r"([12]\d{3})(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./]([12]\d{3})")
_YEARS = re.compile(r"([12]\d{3})\s*[-–/]\s*([12]\d{3})")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_TO_COME = re.compile(
    r"in press|in print|forthcoming|to appear|accepted|epub ahead|ahead of print|online first|in preparation"
    r"|submitted|prepublished",
    re.IGNORECASE,
)
_LONGEST = 100  # characters; no date has more


def edtf(text: str, year: str = "") -> str:
    """The date that ``text`` names, as fine as it says; "" if it names none.

    ``year`` is that of a text which holds only a month or a day of it. Of
    several months, the first counts; of several years, both ends.

    >>> edtf("2015/03/12/"), edtf("2015 Mar-Apr"), edtf("Spring 2015"), edtf("AUG 7", "2015")
    ('2015-03-12', '2015-03', '2015-21', '2015-08-07')
    >>> edtf("2014-2016"), edtf("20150305"), edtf("2015/13/45"), edtf("no date")
    ('2014/2016', '2015-03-05', '2015', '')
    """
    text = text.strip()[:_LONGEST]
    if len(text) == 4 and text.isascii() and text.isdecimal():
        return text if text[0] in "12" else ""
    found = _YEARS.fullmatch(text)
    if found:
        return f"{found[1]}/{found[2]}" if found[2] > found[1] else found[1]
    for form, order in ((_COMPACT, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        found = form.fullmatch(text)
        if found:
            return _made(*(found[place] for place in order))
    found = _PARTED.fullmatch(text)
    if found:
        return _parted(found)
    return _written(text, year)


def span(text: str) -> str:
    """The date that ``text`` names as PubMed writes it, or both ends of the time.

    >>> span("2014 Dec-2015 Jan"), span("2015 Mar-Apr"), span("2015 Jul 1-15"), span("2015 Mar")
    ('2014-12/2015-01', '2015-03/2015-04', '2015-07-01/2015-07-15', '2015-03')
    """
    first, dash, last = text.strip().partition("-")
    begin = edtf(first)
    if not dash or not begin:
        return edtf(text)
    last = last.strip()
    if last.isdecimal() and len(begin) == len("2015-07-01"):
        last = f"{begin[:7]}-{last}"
    elif last.isdecimal() and len(last) == 2:
        last = begin[:2] + last
    end = edtf(last, begin[:4])
    return f"{begin}/{end}" if end > begin and len(end) == len(begin) else begin


def put_date(record: Record, texts: Iterable[str]) -> list[str]:
    """Set the record's ``date``: the finest of these that lies in the year of the first; or its ``pubstate``.

    What is no date is set as it stands if nothing else is there, to be seen
    and corrected. Returns the texts that say something else than the date set.
    """
    left = []
    best = plain = ""
    for text in texts:
        date = edtf(text, best[:4])
        if not date:
            state = _TO_COME.search(text)
            if state:
                record.put("pubstate", "submitted" if "submit" in state[0].lower() else "inpress")
            else:
                plain = plain or text
                left.append(text)
        elif not best or (date[:4] == best[:4] and len(date) > len(best) and "/" not in best):
            best = date
        elif not best.startswith(date):
            left.append(text)
    record.put("date", best or plain)
    return [text for text in left if best or text != plain]


def _parted(found: re.Match[str]) -> str:
    """2015/03/12/ and 2015-03-12, with something behind it perhaps: ``2015///Spring``."""
    year, _, month, day, more = found.groups()
    if month:
        return _made(year, month, day or "")
    number = _month(more or "")
    return f"{year}-{number}" if number else year


def _written(text: str, year: str) -> str:
    """A date with words in it."""
    found = _YEAR.search(text)
    if found:
        year = found[0]
        before, after = text[: found.start()], text[found.end() :]
        text = f"{before} {after}" if _month(before) or not _YEAR.search(after) else after
    if not year:
        return ""
    month = _month(text)
    if not month:
        return year if found and _bare(text) else ""
    day = _DAY.search(_YEAR.sub(" ", text))
    return _made(year, month, day[0] if day and int(month) <= 12 else "")


def _bare(text: str) -> bool:
    """Whether nothing but signs and a word or two stand around a year: ©, c., [ ], a, Issue 2."""
    return len(_WORD.findall(text)) <= 4


def _month(text: str) -> str:
    """The number of the first month or season that ``text`` names; "" for none."""
    for word in _WORD.findall(text.lower()):
        if word in _SEASONS:
            return str(_SEASONS[word])
        if len(word) >= _SHORTEST_MONTH:
            place = next((place for place, name in enumerate(_MONTHS) if name.startswith(word)), None)
            if place is not None:
                return f"{place % 12 + 1:02d}"
    return ""


def _made(year: str, month: str, day: str) -> str:
    """Year, month and day as far as the calendar has them."""
    number = int(month)
    if not (1 <= number <= 12 or 21 <= number <= 24):
        return year
    date = f"{year}-{number:02d}"
    if number > 12 or not day or not 1 <= int(day) <= monthrange(max(1, int(year)), number)[1]:
        return date
    return f"{date}-{int(day):02d}"
