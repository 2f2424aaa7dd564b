"""The date of a reference: a year with its letter, month and day, or the words for none."""

import re
from dataclasses import dataclass

from kb.read.paper.words import MONTH, YEAR

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_UNDATED = re.compile(
    r"(?:n\.?\s?d\.?|no date|undated|s\.?\s?a\.?|o\.\s?J\.)(?:[-–,]?\s?(?P<suffix>[a-z]))?", re.IGNORECASE
)
_PENDING = re.compile(
    r"(?P<state>in press|in print|forthcoming|submitted|under review|accepted|in preparation|in prep\.?"
    r"|manuscript in preparation|im Druck|sous presse|en prensa)(?:[-–,]?\s?(?P<suffix>[a-z]))?",
    re.IGNORECASE,
)
_STATES = {
    "in press": "inpress",
    "in print": "inpress",
    "forthcoming": "forthcoming",
    "submitted": "submitted",
    "im druck": "inpress",
    "sous presse": "inpress",
    "en prensa": "inpress",
}
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_REST = rf"(?:[\s,./–—-]|{MONTH}\b\.?|{_DAY}\b|and\b|&)*"
_DATED = re.compile(
    rf"(?:(?P<about>c\.|ca\.?|circa)\s*)?(?:\[?(?P<orig>{YEAR})\]?\s*[/\s]\s*)?\[?"
    rf"(?P<year>{YEAR})\]?(?P<suffix>[a-z])?\??"
    rf"(?:\s*[–—-]\s*(?P<last>{YEAR}|\d\d)|\s*\[(?P<orig2>{YEAR})\])?(?P<rest>(?:,|\s){_REST})?",
)
_WRITTEN = re.compile(
    rf"(?:(?P<day>{_DAY})\s+)?(?P<month>{MONTH})\.?(?:\s+(?P<day2>{_DAY}))?(?:[,.]?\s+(?P<year>{YEAR}))?"
)
_ISO = re.compile(rf"(?P<year>{YEAR})[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)")
_NUMERIC = re.compile(rf"(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./](?P<year>{YEAR})")
CALENDAR = (
    rf"(?:{_DAY}\s+{MONTH}\.?,?\s+{YEAR}|{MONTH}\.?\s+{_DAY},?\s+{YEAR}|{YEAR},?\s+{MONTH}\.?(?:\s+{_DAY})?"
    rf"|{MONTH}\.?,?\s+{YEAR}|{YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]{YEAR})"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as read: ``edtf`` is "" and ``year`` None where there is none."""

    year: int | None = None
    suffix: str = ""
    edtf: str = ""
    original: str = ""
    state: str = ""


def read_date(text: str) -> Date | None:
    """The date that ``text`` as a whole is, or None.

    >>> read_date("2022, May 30").edtf, read_date("1953/2001").original, read_date("n.d.-a").suffix
    ('2022-05-30', '1953', 'a')
    >>> read_date("2015 people")
    """
    text = text.strip().rstrip(",")
    if undated := _UNDATED.fullmatch(text):
        return Date(suffix=undated["suffix"] or "")
    if pending := _PENDING.fullmatch(text):
        state = _STATES.get(pending["state"].lower(), "")
        return Date(suffix=pending["suffix"] or "", state=state or pending["state"].lower())
    if iso := (_ISO.fullmatch(text) or _NUMERIC.fullmatch(text)):
        return Date(int(iso["year"]), "", _edtf(iso["year"], int(iso["month"]), int(iso["day"])))
    found = _DATED.fullmatch(text)
    return _dated(found) if found else _month_first(text)


def _dated(found: re.Match[str]) -> Date | None:
    year, last = found["year"], found["last"] or ""
    if (found["orig"] or year) > year:
        return None
    month, day = _month_day(found["rest"] or "")
    edtf = _edtf(year, month, day)
    if last:
        last = year[:2] + last if len(last) == 2 else last
        edtf = f"{year}/{last}" if last > year else year
    if found["about"]:
        edtf += "~"
    return Date(int(year), found["suffix"] or "", edtf, found["orig"] or found["orig2"] or "")


def _month_first(text: str) -> Date | None:
    found = _WRITTEN.fullmatch(text)
    if not found or not found["year"]:
        return None
    month, day = _month_day(text.replace(found["year"], ""))
    return Date(int(found["year"]), "", _edtf(found["year"], month, day))


def _month_day(text: str) -> tuple[int, int]:
    found = _WRITTEN.search(text)
    if not found:
        return 0, 0
    written = found["month"].lower()
    day = re.sub(r"\D", "", found["day"] or found["day2"] or "")
    month = _SEASONS.get(written) or _MONTHS.index(written[:3]) + 1
    return month, int(day) if day and month <= 12 else 0


def _edtf(year: str, month: int, day: int) -> str:
    if not 1 <= month <= 24 or (12 < month < 21):
        return year
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 and month <= 12 else f"{year}-{month:02}"


def with_day(year: int, text: str) -> str:
    """The EDTF of a year with the month and day that ``text`` names."""
    return _edtf(str(year), *_month_day(text))
