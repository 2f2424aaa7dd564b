"""Citekeys for entries that have none: another program's export can be read without them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.ids import new_citekey, spellings
from kb.model import Entry

_LONGEST = 500  # characters of a field that are looked at
_LATEX = re.compile(r"\\[A-Za-z]+|\\.|[{}]", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_FORGOTTEN = re.compile(
    r"^([ \t]*@(?!(?:comment|preamble|string)\b)\w+\s*[{(])(?=\s*[a-z][\w:+.-]*\s*=)",
    re.MULTILINE | re.IGNORECASE,
)
_AND = re.compile(r"\s+and\s+")


def with_room(text: str) -> str:
    """``text`` with a comma where the first field of an entry stands in place of its citekey.

    >>> with_room("@misc{title = {T}}")
    '@misc{,title = {T}}'
    """
    return _FORGOTTEN.sub(r"\1,", text)


def with_citekeys(entries: list[Entry], made: Callable[[Entry], None]) -> list[Entry]:
    """The entries in their order, those without a citekey with one that no other of them has.

    ``made(entry)`` is called for each that got one.
    """
    if all(entry.citekey for entry in entries):
        return entries
    taken = {entry.citekey for entry in entries}
    spelled: dict[str, Iterator[str]] = {}  # where we are with a name: a thousand may want the same
    whole = []
    for entry in entries:
        if entry.citekey:
            whole.append(entry)
            continue
        wanted = new_citekey(*_named(entry.fields))
        spelt = spelled.setdefault(wanted, spellings(wanted))
        named = replace(entry, citekey=next(one for one in spelt if one not in taken))
        taken.add(named.citekey)
        made(named)
        whole.append(named)
    return whole


def _named(fields: dict[str, str]) -> tuple[str, int | None, str]:
    """First author, year and title, of which a citekey is made."""
    year = _YEAR.search(_beginning(fields, "date", "year"))
    title = _LATEX.sub("", _beginning(fields, "title", "booktitle"))
    return _family(_beginning(fields, "author", "editor")), int(year[0]) if year else None, title


def _family(names: str) -> str:
    first = _AND.split(names.strip(), 1)[0]
    text = _LATEX.sub("", first)
    if "," in text or (first[:1] == "{" and first[-1:] == "}"):  # in braces: a body
        return text.partition(",")[0]
    *_, last = text.split() or [""]
    return last


def _beginning(fields: dict[str, str], *names: str) -> str:
    return next((fields[name][:_LONGEST] for name in names if fields.get(name, "").strip()), "")
