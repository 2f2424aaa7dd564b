"""When something was published: a BibLaTeX date, or a year and month → EDTF and a year."""

import re
from datetime import date as calendar

from kb.clean.latex import plain

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_UNDATED = re.compile(
    r"in ?press|in print|forthcoming|to appear|submitted|under review|in ?prep(?:aration)?|accepted"
    r"|unpublished|prepublished|online first|advance online publication|n ?d|no date|undated|s ?a|o ?j"
)
_LATEST = 2100
# The levels 0 and 1 of EDTF (ISO 8601-2) that the biblatex manual lists in 2.3.8
_EDTF = re.compile(
    r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:T[0-9:]+(?:Z|[+-][0-9:]+)?)?[?~%]?"
)
_YEAR = r"(?P<year>[12]\d{3})"
_LOOSE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[a-rt-z]?",  # 2015, 2015a
        rf"(?P<about>c|ca|circa|approx|about|um)\.? ?{_YEAR}|\[{_YEAR.replace('year', 'guessed')}\??\]",
        rf"(?:©|\(c\)|copyright) ?{_YEAR}|\({_YEAR.replace('year', 'bare')}\)",
        rf"{_YEAR}(?: ?[-–/] ?)(?P<last>[12]\d{{3}}|\d\d)",  # 2014-2016, 1998/99
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?/{{0,2}}",  # 2015/3/12, 2015/03//
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"(?:(?P<day>\d{{1,2}})\.? )?(?P<word>[^\W\d_]{{3,9}})\.?,? {_YEAR}",  # 12 March 2015
        rf"(?P<word>[^\W\d_]{{3,9}})\.? (?P<day>\d{{1,2}}),? {_YEAR}",  # March 12, 2015
        rf"{_YEAR},? (?P<word>[^\W\d_]{{3,9}})\.?(?: (?P<day>\d{{1,2}}))?",  # 2015 Mar 12, as PubMed writes
    )
)
# In a month field: "Aug 23", "Aug 23-25", "Mar-Apr", "Sep 30-Oct 2"
_MONTHS = re.compile(
    r"(?P<month>[^\W\d_]{3,9})\.?(?: (?P<first>\d{1,2}))?"
    r"(?: ?[-–/&,]+ ?(?P<month2>[^\W\d_]{3,9})?\.? ?(?P<last>\d{1,2})?)?"
)
_PLAIN_YEAR = re.compile(r"1\d{3}|20\d\d")
_ANY_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


def dated(fields: dict[str, str]) -> tuple[int | None, str, str]:
    """The year, the date in EDTF, and a complaint ("" if there is none).

    ``date`` counts before ``year``, ``month`` and ``day``. The year is the
    first of a range. What is no date is kept as its text, with its year if one
    stands in it; “in press”, “n.d.” and their kin have no year and are no fault.

    >>> dated({"year": "2015", "month": "mar"})
    (2015, '2015-03', '')
    >>> dated({"date": "2014/2016"})
    (2014, '2014/2016', '')
    """
    written = fields.get("date", "")
    if written.strip():
        return _read(written)
    year, date, complaint = _read(fields.get("year", ""))
    if year is None or not re.fullmatch(r"\d{4}", date):
        return year, date, complaint
    month = plain(fields.get("month", "")).strip(" .,")
    return year, _finer(date, month, plain(fields.get("day", ""))) if month else date, complaint


def _finer(year: str, month: str, day: str) -> str:
    """The year with its month and day, as far as they can be read."""
    whole = _within_months(month, year)
    if whole:
        return whole
    number, day = _month(month), day.zfill(2)
    if number and day == "00":
        return f"{year}-{number}"
    for finer in (f"{year}-{number}-{day}", f"{year}-{number}", f"{month} {year}"):
        _, read, wrong = _read(finer)
        if not wrong:
            return read
    return year


def _within_months(text: str, year: str) -> str:
    """The date of a month field that holds more than a month: “Aug 23-25”, “Mar/Apr”; "" for any other."""
    found = _MONTHS.fullmatch(text)
    if not found or not (found["first"] or found["month2"] or found["last"]):
        return ""
    start, end = _month(found["month"]), _month(found["month2"] or found["month"])
    if not start or not end or (found["first"] and found["month2"] and not found["last"]):
        return ""
    first = "-".join(filter(None, (year, start, (found["first"] or "").zfill(2) if found["first"] else "")))
    last = "-".join(filter(None, (year, end, (found["last"] or "").zfill(2) if found["last"] else "")))
    if not found["month2"] and not found["last"]:
        last = first
    if not (_exists(first) and _exists(last)) or last < first:
        return ""
    return first if first == last else f"{first}/{last}"


def _read(written: str) -> tuple[int | None, str, str]:
    if _PLAIN_YEAR.fullmatch(written):
        return int(written), written, ""
    # EDTF is looked for before LaTeX is decoded: to the one ~ is "about", to the other a space
    for text in (written.strip(" \n\t{}"), plain(written)):
        exact = _edtf(text)
        if exact is not None:
            return exact, text, _far_ahead(text, exact)
    if not text:
        return None, "", ""
    if _UNDATED.fullmatch(re.sub(r"[^a-z ]+", " ", text.lower()).strip()) or _open(text):
        return None, text, ""
    for pattern in _LOOSE:
        found = pattern.fullmatch(text.lower())
        if found:
            date = _normal(found.groupdict())
            if date:
                year = _edtf(date)
                return year, date, _far_ahead(date, year)
    stray = _ANY_YEAR.search(text)
    complaint = f"“{text[:40]}”, where a date such as 2015, 2015-03-12 or 2014/2016 is expected"
    return (int(stray[0]) if stray else None), text, complaint


def _far_ahead(text: str, year: int | None) -> str:
    return f"“{text}”, which lies far ahead" if year is not None and year > _LATEST else ""


def _open(text: str) -> bool:
    return text in ("/", "..", "../..")


def _edtf(text: str) -> int | None:
    """The first year of an EDTF date or range, or None if it is none."""
    ends = text.split("/")
    if len(ends) > 2:
        return None
    years = []
    for end in ends:
        found = _EDTF.fullmatch(end)
        if found and _exists(end[:10].rstrip("?~%")):
            years.append(int(found["year"].replace("X", "0")))
        elif len(ends) == 1 or end not in ("", ".."):
            return None
    return years[0] if years else None


def _exists(text: str) -> bool:
    """Whether the months and days are there in a calendar; 21 to 24 are seasons."""
    year, *rest = text.lstrip("-").partition("T")[0].split("-")
    if not rest or "X" in "".join(rest):
        return True
    month = int(rest[0])
    if len(rest) == 1:
        return 1 <= month <= 12 or 21 <= month <= 24
    try:
        calendar(max(1, int(year.replace("X", "0"))), month, int(rest[1]))
    except ValueError:
        return False
    return True


def _normal(parts: dict[str, str | None]) -> str:
    year = parts.get("year") or parts.get("guessed") or parts.get("bare") or ""
    if parts.get("about") or parts.get("guessed"):
        return f"{year}~"
    last = parts.get("last")
    if last:
        last = year[:2] + last if len(last) == 2 else last
        return f"{year}/{last}" if last > year else ""
    month = parts.get("month") or _month(parts.get("word") or "")
    if not month:
        return "" if parts.get("word") else year
    date = f"{year}-{month.zfill(2)}"
    if parts.get("day"):
        date += f"-{(parts['day'] or '').zfill(2)}"
    return date if _exists(date) else ""


def _month(text: str) -> str:
    """Two digits for a month or season in figures or in English; "" for anything else."""
    word = text.strip(" .").lower()
    if word.isdecimal() and len(word) < 3:
        return word.zfill(2) if 1 <= int(word) <= 12 else ""
    if word in _SEASONS:
        return str(_SEASONS[word])
    return f"{MONTHS.index(word[:3]) + 1:02d}" if word[:3] in MONTHS else ""
