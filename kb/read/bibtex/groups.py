r"""What JabRef writes about a whole file: of it, the groups that works are in.

A group stands in ``@comment{jabref-meta: grouping:…}``, or ``groupstree`` in old versions, one a line:
``1 ExplicitGroup:Name\;0\;citekey\;citekey\;;`` or ``1 KeywordGroup:Name\;0\;field\;word\;…;``. Newer
versions name the group in a field ``groups`` of each entry instead; what the older say is put there too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kb.model import Entry

_META = re.compile(r"\s*jabref-(?:meta|entrytype):", re.IGNORECASE)
_TREE = re.compile(r"\s*jabref-meta:\s*(?:grouping|groupstree):", re.IGNORECASE)
_WRAPPED = re.compile(r"\n(?!\d+ \w+Group:)")
_GROUP = re.compile(r"\s*\d+ (ExplicitGroup|KeywordGroup):(.*)", re.DOTALL)
_ITEM = re.compile(r"(?:[^\\;]++|\\.)*+", re.DOTALL)
_BETWEEN = re.compile(r"[,;]")
_LINES, _MEMBERS = 10_000, 100_000  # groups of a file, and works in one: more are not looked at
_MOST = 200  # groups that look for a word in any field but keywords: each of them looks at every entry


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its name, and the citekeys in it, or the word in a field that puts works into it."""

    name: str
    citekeys: tuple[str, ...] = ()
    field: str = ""
    word: str = ""


def is_jabref(comment: str) -> bool:
    """Whether a comment is JabRef's own: groups, saved searches, orders of columns and the like."""
    return bool(_META.match(comment))


def groups(comment: str) -> Iterator[Group]:
    r"""The groups that a comment of JabRef's declares; none if it is about something else.

    >>> list(groups("jabref-meta: groupstree:\n1 ExplicitGroup:Tools\\;0\\;seto2015\\;;\n"))
    [Group(name='Tools', citekeys=('seto2015',), field='', word='')]
    """
    tree = _TREE.match(comment)
    if not tree:
        return
    for written in islice(_items(_WRAPPED.sub("", comment[tree.end() :])), _LINES):
        found = _GROUP.fullmatch(written)
        if found:
            name, _context, *rest = [
                _bare(item).strip() for item in islice(_items(_bare(found[2])), _MEMBERS)
            ] + ["", ""]
            citekeys = tuple(filter(None, rest))
            if name and found[1] == "ExplicitGroup":
                yield Group(name, citekeys)
            elif name and len(rest) > 4 and rest[1] and rest[3] != "1":  # a regular expression is not tried
                yield Group(name, field=rest[0].lower(), word=rest[1].casefold())


def with_groups(entries: list[Entry], found: list[Group]) -> list[Entry]:
    """The entries, each with the groups that it is in named in its field ``groups``."""
    if not found:
        return entries
    by_citekey: dict[str, list[str]] = {}
    by_keyword: dict[str, list[str]] = {}
    for group in found:
        for citekey in group.citekeys:
            by_citekey.setdefault(citekey, []).append(group.name)
        if group.field == "keywords":
            by_keyword.setdefault(group.word, []).append(group.name)
    searching = [group for group in found if group.field not in {"", "keywords"}][:_MOST]

    def named(entry: Entry) -> Iterator[str]:
        yield from by_citekey.get(entry.citekey, ())
        for keyword in _BETWEEN.split(entry.fields.get("keywords", "")) if by_keyword else ():
            yield from by_keyword.get(keyword.strip().casefold(), ())
        for group in searching:
            if group.word in entry.fields.get(group.field, "").casefold():
                yield group.name

    return [_grouped(entry, named(entry)) for entry in entries]


def _grouped(entry: Entry, names: Iterable[str]) -> Entry:
    written = entry.fields.get("groups", "")
    there = {name.strip() for name in written.split(",")}
    new = dict.fromkeys(name for name in names if name not in there)
    if not new:
        return entry
    listed = ", ".join([*filter(None, [written.strip()]), *(f"{{{n}}}" if "," in n else n for n in new)])
    return replace(entry, fields=entry.fields | {"groups": listed})


def _items(text: str) -> Iterator[str]:
    """What stands between semicolons that no backslash hides."""
    place = 0
    while place < len(text):
        item = _ITEM.match(text, place)
        end = item.end() if item else place
        yield text[place:end]
        place = end + 1


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
