"""Values of untrusted JSON as what they should be: texts, mappings, names, dates; else empty."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from kb.model import Name
from kb.read.foreign.persons import body, person
from kb.read.foreign.record import Record

Json: TypeAlias = dict[str, object]

_ILL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_YEAR = re.compile(r"(-?)(\d{1,4})")
_FIGURES = re.compile(r"\d{1,2}")
_ARXIV = re.compile(
    r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?", re.IGNORECASE
)
_DEGREES = (
    ("phdthesis", re.compile(r"ph\.?\s?d|doctor", re.IGNORECASE)),
    ("mathesis", re.compile(r"master|m\.?\s?sc", re.IGNORECASE)),
)
_NOT_IN_NAME = re.compile(r"[^a-z0-9_-]+")
_LONGEST_NAME = 60
_IN_PRESS = re.compile(r"in press|in print|forthcoming|to appear|accepted|online first|advance online.*")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_FAMILY = "family"


def text(value: object) -> str:
    """A text or number as a text, of a list the first; "" for anything else.

    >>> text(["", "Risk"]), text(12), text(39.0), text(None), text(True)
    ('Risk', '12', '39', '', '')
    """
    if isinstance(value, str):
        return value.strip() if value.isascii() and value.isprintable() else _clean(value)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    if isinstance(value, list):
        return next((found for one in value if not isinstance(one, list) and (found := text(one))), "")
    return ""


def texts(value: object) -> list[str]:
    """The texts in a list, or the one that stands alone."""
    listed = value if isinstance(value, list) else [value]
    return [found for one in listed if not isinstance(one, list) and (found := text(one))]


def mapping(value: object) -> Json:
    """A mapping of names to values, empty if it is none; of a list the first."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, dict)), None)
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[Json]:
    """The mappings in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def person_of(value: Json) -> Name | None:
    """The person or body of a name in CSL's or Crossref's form; None if nothing is in it.

    >>> person_of({"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}).inverted
    'van den Berg, Jan'
    """
    whole = text(value.get("literal")) or text(value.get("name"))
    family, given = text(value.get(_FAMILY)), text(value.get("given"))
    found = _ORCID.search(text(value.get("ORCID")) or text(value.get("orcid")))
    orcid = found[0] if found else ""
    if not family:
        if whole or not given:
            return replace(body(whole), orcid=orcid) if whole else None
        family, given = given, ""
    particles = (
        text(value.get(name))
        for name in ("prefix", "dropping-particle", "non-dropping-particle")
        if name in value
    )
    return Name(family, given, " ".join(filter(None, particles)), text(value.get("suffix")), orcid=orcid)


def people_of(value: object) -> list[Name]:
    """The people of a list of names; a name may also be one text."""
    listed = value if isinstance(value, list) else [value]
    found = (
        person_of(one) if isinstance(one, dict) else person(whole) if (whole := text(one)) else None
        for one in listed
    )
    return [name for name in found if name]


def with_orcid(name: Name, address: object) -> Name:
    """``name`` with the ORCID that an address or number holds."""
    found = _ORCID.search(text(address))
    return replace(name, orcid=found[0]) if found else name


def date_of(value: object) -> str:
    """A date in CSL's or Crossref's form as EDTF; its own words where it has no other; "" for none.

    >>> date_of({"date-parts": [[2015, 3, 12]]}), date_of({"date-parts": [["2014"], [2016]], "circa": True})
    ('2015-03-12', '2014~/2016~')
    >>> date_of({"date-parts": [[2015]], "season": 1}), date_of([{"year": 2015, "month": 3}])
    ('2015-21', '2015-03')
    """
    if isinstance(value, list):
        ends = [_parts_of(one) for one in value if isinstance(one, dict)]
        if not any(ends):
            return text(value) or next((words for one in mappings(value) if (words := _words(one))), "")
        circa = any(one.get("circa") for one in mappings(value))
    elif isinstance(value, dict):
        listed = value.get("date-parts")
        season = value.get("season")
        ends = (
            [_date(one, season) for one in listed if isinstance(one, list)]
            if isinstance(listed, list)
            else []
        )
        ends = ends or [_parts_of(value)]
        if not any(ends):
            return _words(value)
        circa = bool(value.get("circa")) and text(value.get("circa")) not in ("0", "false")
    else:
        return text(value)
    return _range([f"{end}~" if end and circa else end for end in ends[:2]])


def put_date(record: Record, name: str, date: str) -> None:
    """Set a date field; a date that is still to come is also the record's ``pubstate``."""
    record.put(name, date)
    if name == "date" and _IN_PRESS.fullmatch(date.lower().strip(" .[]()")):
        record.put("pubstate", "inpress")


def degree(genre: str) -> str:
    """The kind of thesis in BibLaTeX's word, or as written.

    >>> degree("Doctoral dissertation"), degree("Licentiate")
    ('phdthesis', 'Licentiate')
    """
    return next((name for name, form in _DEGREES if form.search(genre)), genre)


def arxiv(number: str) -> str:
    """The arXiv's number in its bare form; "" if ``number`` is none.

    >>> arxiv("arXiv:2301.01234v2 [cs.CY]")
    '2301.01234'
    """
    found = _ARXIV.fullmatch(number)
    return found[1] if found else ""


def field_name(name: str) -> str:
    """The name of a foreign field as a .bib can have it."""
    return _NOT_IN_NAME.sub("-", name.lower()).strip("-")[:_LONGEST_NAME]


def joined(values: Iterable[str]) -> str:
    """Each value once, parted by commas."""
    return ", ".join(dict.fromkeys(values))


def _clean(value: str) -> str:
    if not value.isprintable():
        value = _ILL.sub("\ufffd", value)
    return unicodedata.normalize("NFC", value).strip()


def _words(value: Json) -> str:
    return text(value.get("raw")) or text(value.get("literal")) or text(value.get("date-time"))[:10]


def _parts_of(value: Json) -> str:
    return _date([value.get(name) for name in ("year", "month", "day")], value.get("season"))


def _date(parts: list[object], season: object) -> str:
    """Year, month and day as EDTF, as far as they are numbers that can be."""
    written = [text(part) for part in parts[:3]] + ["", "", ""]
    found = _YEAR.fullmatch(written[0])
    if not found or not int(found[2]):
        return ""
    year = f"{found[1]}{found[2].zfill(4)}"
    month = _number(written[1])
    if 13 <= month <= 16:
        month += 8  # seasons, as CSL's older schema counts them
    if not month and season:
        number = _number(text(season))
        month = number + 20 if 1 <= number <= 4 else number
        month = month if 21 <= month <= 24 else _SEASONS.get(text(season).lower(), 0)
    if not (1 <= month <= 12 or 21 <= month <= 24):
        return year
    day = _number(written[2])
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 and month <= 12 else f"{year}-{month:02d}"


def _number(written: str) -> int:
    return int(written) if _FIGURES.fullmatch(written) else 0


def _range(ends: list[str]) -> str:
    if len(ends) == 1 or ends[0] == ends[1]:
        return ends[0]
    return f"{ends[0]}/{ends[1] or '..'}" if ends[0] else f"../{ends[1]}"
