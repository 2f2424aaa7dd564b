"""Page ranges with the dash that belongs in them."""

import re

_PREFIX = re.compile(
    r"(?:pp?|pages?|pgs?|S|Seiten?)\. ?(?=\d|[ivxlc]+\b)|(?:pp|pages?|Seiten?) (?=\d)", re.IGNORECASE
)
_DASHES = "-‐‑‒–—―−"
_DOUBLE = re.compile(r"(?<=\w) ?(?:--|–|—) ?(?=\w)")
_ROMAN = re.compile(rf"(?<![\w])([ivxlcdm]+) ?[{_DASHES}]+ ?([ivxlcdm]+)(?!\w)", re.IGNORECASE)
# A number (or one with a letter or section before it) on both sides: 12-5, e12-e15, S1-S9, 3.1-3.9
_RANGE = re.compile(rf"(?<=\d)([A-Za-z]?) ?[{_DASHES}]+ ?(?=[A-Za-z]{{0,2}}\d)")


def pages(text: str) -> str:
    """``text`` with “pp.” taken off and an en dash between first and last page.

    >>> pages("pp. 123-45, 150 - 152")
    '123–45, 150–152'
    """
    text = _PREFIX.sub("", text, count=1) if text[:1] in "pPsS" else text
    if _DOUBLE.search(text):  # then a single hyphen is part of a number: 110-1--110-9
        return _DOUBLE.sub("–", text)
    return _ROMAN.sub(r"\1–\2", _RANGE.sub(r"\1–", text))
