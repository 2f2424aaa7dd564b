"""Identifiers in one written form: DOI, ISBN, citekeys that we make; and the numbers of rows."""

import re
from collections.abc import Container, Iterable, Iterator
from hashlib import blake2b
from itertools import chain, count
from urllib.parse import unquote

from kb.text import words

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S{1,2000}")  # bounded: what follows takes the square of it
_IDENTIFIER = re.compile(r"(?i:(pmid|openalex): *(?:https?://openalex\.org/)?(W?\d{1,20}))")
_TRAILING = ".,;:'\"”’>"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ROWS = 2**31 - 1
_LONGEST_PART = 30  # characters of a citekey's author and word
_LIGHT_WORDS = """
    a an the of on in for and to from with by at as is are do does can how what when why who der
    die das ein eine zur zum und le la les un une des du de el los las en och ett om i
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())


def doi(text: str) -> str:
    """The DOI in ``text``, lower-case and bare, or "" if there is none.

    Takes addresses, ``doi:`` prefixes and percent escapes; DOIs are
    case-insensitive (DOI Handbook 3.4, doi:10.1000/182).

    >>> doi("https://doi.org/10.1177%2F1079063218762434.")
    '10.1177/1079063218762434'
    >>> doi("no identifier")
    ''
    """
    found = _DOI.search(unquote(text) if "%" in text else text)
    if not found:
        return ""
    name = found[0].replace("\\_", "_").replace("&amp;", "&")
    while name:
        last = name[-1]
        unopened = last in _PAIRS and name.count(last) > name.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        name = name[:-1]
    return name.lower()


def identifier(name: str) -> str:
    """``name`` as an identifier with its scheme, if it is a DOI, ``pmid:…`` or ``openalex:W…``; else "".

    >>> identifier("https://doi.org/10.1000/182"), identifier("openalex:https://openalex.org/W12")
    ('doi:10.1000/182', 'openalex:W12')
    >>> identifier("seto2015predicting")
    ''
    """
    number = doi(name) if "10." in name else ""
    if number:
        return f"doi:{number}"
    found = _IDENTIFIER.fullmatch(name.strip())
    return f"{found[1].lower()}:{found[2].upper()}" if found else ""


def isbn(text: str) -> str:
    """The first valid ISBN in ``text`` as 13 digits, or "" (ISO 2108).

    >>> isbn("ISBN 0-306-40615-2")
    '9780306406157'
    """
    for run in re.findall(r"[\dXx][\dXx -]{8,16}", text):
        digits = re.sub(r"[ -]", "", run).upper()
        if len(digits) == 10 and _isbn10_holds(digits):
            body = "978" + digits[:9]
            return body + _ean_check(body)
        if len(digits) == 13 and digits.isdigit() and _ean_check(digits[:12]) == digits[12]:
            return str(digits)
    return ""


def _isbn10_holds(digits: str) -> bool:
    if not digits[:9].isdigit():
        return False
    values = [int(d) for d in digits[:9]] + [10 if digits[9] == "X" else int(digits[9])]
    return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0


def _ean_check(twelve: str) -> str:
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(twelve))
    return str(-total % 10)


def new_citekey(family: str, year: int | None, title: str, taken: Container[str] = ()) -> str:
    """A citekey of author, year and first weighty word of the title that is not ``taken``.

    >>> new_citekey("Seto", 2015, "The Predicting of …"), new_citekey("", None, "")
    ('seto2015predicting', 'anonnd')
    >>> new_citekey("Lätth", 2022, "Effects", {"latth2022effects"})
    'latth2022effectsb'
    """
    author = "".join(words(family))[:_LONGEST_PART] or "anon"
    weighty = [word for word in words(title) if len(word) > 1 and word not in _LIGHT] or [""]
    base = f"{author}{year or 'nd'}{weighty[0][:_LONGEST_PART]}"
    base = base if base.isascii() else base.encode("ascii", "ignore").decode() or "work"
    return next(citekey for citekey in spellings(base) if citekey not in taken)


def spellings(citekey: str) -> Iterator[str]:
    """``citekey``, and then the names that follow it when it is taken, without end.

    >>> from itertools import islice
    >>> list(islice(spellings("seto2015"), 3))
    ['seto2015', 'seto2015b', 'seto2015c']
    """
    suffixes = chain(("",), "bcdefghijklmnopqrstuvwxyz", (str(n) for n in count(2)))
    return (citekey + suffix for suffix in suffixes)


def row_numbers(names: Iterable[str]) -> dict[str, int]:
    """A positive row number below 2**31 for each name, the same for the same set of names.

    A hash, not a counter: adding one work leaves the rows of all the others
    alone, and a store built step by step equals one built at once. Names that
    collide take, in alphabetical order, the next free number.
    """
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    clashing: list[str] = []
    hashed: dict[int, list[str]] = {}
    for name in set(names):
        hashed.setdefault(_row_hash(name), []).append(name)
    for number, sharing in hashed.items():
        first, *others = sorted(sharing)
        numbers[first] = number
        taken.add(number)
        clashing += others
    for name in sorted(clashing):
        number = _row_hash(name)
        while number in taken:
            number = number % _ROWS + 1
        numbers[name] = number
        taken.add(number)
    return numbers


def _row_hash(name: str) -> int:
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _ROWS + 1
