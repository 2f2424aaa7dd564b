"""What an entry takes over from another one by ``crossref`` and ``xdata``, as Biber does it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from kb.model import Entry

# Biber's own list (biblatex manual, appendix B, ``*``) of what speaks of one entry alone; and ours, of what
# names or describes the parent itself: a chapter with its book's DOI would be taken for the book.
_OWN = re.compile(
    r"ids|crossref|xref|xdata|entryset|entrysubtype|execute|label|options|presort|related\w*|shorthand\w*|sortkey"
    r"|doi|url\w*|eprint\w*|pmc?id|file|abstract|annot\w+|keywords|pages|pagetotal|cites|citeslist|status\w*"
    r"|added|note|key|date-\w+"
)
_TITLES = ("title", "subtitle", "titleaddon")
_BOOKS = ("book", "collection", "proceedings", "reference", "mvbook", "mvcollection", "mvproceedings")
_PARTS = ("inbook", "bookinbook", "suppbook", "incollection", "inproceedings", "conference", "inreference")
# A child that has one of these needs none of the others
_DATES = ("date", "year", "month", "day")
_JOURNALS = ("journal", "journaltitle")
_SAME = {"date": _DATES, "year": _DATES, "journal": _JOURNALS, "journaltitle": _JOURNALS}
_DEEP = 20
# What the entries of a file may take over: a long field that a thousand take from one is a bomb
_FREE = 10_000_000  # characters, whatever the file's size
_GROWTH = 20  # and how many times its size
_EACH = 50  # what looking at a field costs, as if it were characters

Why: TypeAlias = Literal["unknown", "circle", "deep", "much"]
Warn: TypeAlias = Callable[[Entry, str, str, Why], None]


def inherit(entries: list[Entry], warn: Warn, characters: int) -> list[Entry]:
    """``entries`` in their order, each with the fields that it takes over; ``characters`` has their file.

    ``warn(entry, field, target, why)`` is called for a ``crossref`` or ``xdata`` that leads
    nowhere here, back to where it came from or too far, or of which not all could be taken.
    """
    if not any("crossref" in entry.fields or "xdata" in entry.fields for entry in entries):
        return entries
    family = _Family(warn, _FREE + _GROWTH * characters)
    for entry in entries:
        family.named.setdefault(entry.citekey, entry)
    for entry in entries:  # under its older names too, where no other entry has them
        for alias in entry.fields.get("ids", "").split(","):
            family.named.setdefault(alias.strip(), entry)
    return [family.whole(entry, ()) for entry in entries]


@dataclass(slots=True)
class _Family:
    """The entries of one file by citekey, and those that have taken over all they can.

    ``left`` is how many characters they may still take over.
    """

    warn: Warn
    left: int
    named: dict[str, Entry] = field(default_factory=dict)
    done: dict[str, Entry] = field(default_factory=dict)

    def whole(self, entry: Entry, path: tuple[str, ...]) -> Entry:
        """``entry`` with what it inherits; ``path`` are the citekeys that led to it."""
        known = self.named[entry.citekey] is entry  # else another entry has its citekey
        if known and entry.citekey in self.done:
            return self.done[entry.citekey]
        path = (*path, entry.citekey)
        fields = dict(entry.fields)
        for by, target in _parents(entry):
            parent = self.named.get(target)
            if parent is None:
                self.warn(entry, by, target, "unknown")
            elif parent.citekey in path:
                self.warn(entry, by, target, "circle")
            elif len(path) > _DEEP:
                self.warn(entry, by, target, "deep")
            elif not self._take_over(fields, self.whole(parent, path), entry, by):
                self.warn(entry, by, target, "much")
        whole = replace(entry, fields=fields) if len(fields) > len(entry.fields) else entry
        if known:
            self.done[entry.citekey] = whole
        return whole

    def _take_over(self, fields: dict[str, str], parent: Entry, child: Entry, by: str) -> bool:
        """Put into ``fields`` what the parent passes on; whether there was room for all of it."""
        self.left -= _EACH * len(parent.fields)
        if self.left < 0:
            return False
        taken = {same for name in fields for same in _SAME.get(name, (name,))}
        offered = _passed_on(parent, child, by=by)
        found = {name: value for name, value in offered if name not in taken}
        before = len(fields)
        for name, value in found.items():
            if len(value) <= self.left:
                self.left -= len(value)
                fields[name] = value
        return len(fields) == before + len(found)


def _parents(entry: Entry) -> Iterable[tuple[str, str]]:
    for target in entry.fields.get("xdata", "").split(","):
        if target.strip():
            yield "xdata", target.strip()
    target = entry.fields.get("crossref", "").strip()
    if target:
        yield "crossref", target


def _passed_on(parent: Entry, child: Entry, *, by: str) -> Iterable[tuple[str, str]]:
    for name, value in parent.fields.items():
        if by == "xdata":
            if name not in ("ids", "xdata"):
                yield name, value
        elif name in _TITLES:
            renamed = _title_field(name, parent.type, child.type)
            if renamed:
                yield renamed, value
        elif not _OWN.fullmatch(name):
            yield name, value


def _title_field(name: str, parent: str, child: str) -> str:
    """What a parent's title is to its child: the book's title to a chapter; "" if nothing."""
    if parent == "periodical":
        return {"title": "journaltitle", "subtitle": "journalsubtitle"}.get(name, "")
    if parent.startswith("mv"):
        return f"main{name}"
    return f"book{name}" if parent in _BOOKS or child in _PARTS else ""
