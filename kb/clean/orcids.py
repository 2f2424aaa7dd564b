"""ORCID iDs, which files note beside names in several ways → into the names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kb.model import Name
from kb.text import words

_ORCID = re.compile(r"(?<![\d-])(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])(?![\d-])")
# BibLaTeX's annotations (manual, 3.7): author+an = {1:family=…; 2="…"}, and named ones: author+an:orcid
_ANNOTATED = re.compile(r"\s*(\d{1,4})(?::[\w-]+)?\s*=\s*(.*)", re.DOTALL)
# Web of Science: one "Family, Given/0000-…" a line, or parted by semicolons
_BESIDE_NAMES = ("orcid-numbers", "orcid_numbers")
_IN_ORDER = (
    "orcid",
    "orcids",
    "author-orcid",
    "author_orcid",
    "author-id",
    "author_id",
    "authorid",
    "orcidid",
)


_LONGEST = 100_000  # characters of such a field that are looked at


def orcid(text: str) -> str:
    """The first valid ORCID iD in ``text``, or "" (ISO 7064, mod 11-2).

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', '')
    """
    return next(_all(text), "")


def with_orcids(names: tuple[Name, ...], role: str, fields: Mapping[str, str]) -> tuple[Name, ...]:
    """The names of a field (``author``, ``editor``), each with the ORCID iD that the entry notes for it.

    Only where there is no doubt whose it is.
    """
    if not names or not any("orcid" in name or "+an" in name or "id" in name for name in fields):
        return names
    found = dict(_annotated(role, fields))
    if role == "author":
        found |= dict(_in_order(names, fields)) | dict(_beside_names(names, fields))
    if not found:
        return names
    return tuple(
        replace(name, orcid=found[place])
        if place in found and not name.orcid and not name.corporate
        else name
        for place, name in enumerate(names)
    )


def _all(text: str) -> Iterator[str]:
    for found in _ORCID.finditer(text):
        digits = found[1].replace("-", "").upper()
        total = 0
        for digit in digits[:-1]:
            total = (total + int(digit)) * 2
        if (12 - total % 11) % 11 == (10 if digits[-1] == "X" else int(digits[-1])):
            yield found[1].upper()


def _annotated(role: str, fields: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for name, value in fields.items():
        if name.startswith(f"{role}+an"):
            for item in value[:_LONGEST].split(";"):
                found = _ANNOTATED.match(item)
                if found and (number := orcid(found[2])):
                    yield int(found[1]) - 1, number


def _in_order(names: Sequence[Name], fields: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """One for every author, in their order: of fewer, nobody can say whose they are."""
    for name in _IN_ORDER:
        numbers = list(_all(fields.get(name, "")[:_LONGEST]))
        if len(numbers) == len(names):
            yield from enumerate(numbers)


def _beside_names(names: Sequence[Name], fields: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for field in _BESIDE_NAMES:
        for written in re.split(r"[;\n]", fields.get(field, "")[:_LONGEST]):
            beside, _, number = written.rpartition("/")
            family, _, given = beside.partition(",")
            fitting = [i for i, name in enumerate(names) if _fits(name, family, given)]
            if len(fitting) == 1 and orcid(number):
                yield fitting[0], orcid(number)


def _fits(name: Name, family: str, given: str) -> bool:
    whole = words(f"{name.particle} {name.family}")
    first, other = words(name.given), words(given)
    same = words(family) in (whole, words(name.family))
    return same and bool(first and other) and first[0][0] == other[0][0]
