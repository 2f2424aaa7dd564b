"""Reading lists: begun, added to, thinned and put in order, line by line.

A list's lines are taken apart with the reader's own Markdown, and what comes
out is read again before it is written: a change that the reader would not
understand as it is meant is not made. All lines but those concerned stay byte
by byte, whatever their ends.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from kb.edit.files import create, rewrite
from kb.edit.names import new_slug, note_files, quoted
from kb.edit.outline import Outline, Section, outline
from kb.errors import EditError
from kb.library import Library
from kb.model import ROLES, ListItem
from kb.text import fold, nearest, squeeze

_BULLET = re.compile(rb" {0,3}[-*+] {1,4}(?=\S)")
_HASHES = re.compile(rb" {0,3}(#{1,6})[ \t]")
_PLAIN_CITEKEY = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_BRACED_CITEKEY = re.compile(r"[^{}\s][^{}\n]*")
_ATTRIBUTES_AT_END = re.compile(r"(?<!@)\{[^{}]*\}$")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#@&|~^$])")
_JOINERS = " ,:;.–—-"  # before a reason, the reader takes these for what joins it to its citation
_MOST_MINUTES = 999_999


def new_list(
    library: Library,
    title: str,
    *,
    audience: str = "",
    purpose: str = "",
    style: str = "apa",
    slug: str = "",
    today: date | None = None,
) -> str:
    """Begin a reading list in notes/lists/, and return its slug.

    Raises:
        EditError: The title is empty, or its slug is none or taken.
    """
    if not squeeze(title):
        raise EditError("A reading list needs a title. Nothing was written.")
    name = new_slug(library, title, wanted=slug)
    day = (today or datetime.now(UTC).date()).isoformat()
    values = {"title": title, "audience": audience, "purpose": purpose, "style": style}
    said = "".join(f"{key}: {quoted(value)}\n" for key, value in values.items() if squeeze(value))
    text = f"---\nkind: list\n{said}added: {day}\nchecked: {day}\n---\n"
    create(library, library.notes / "lists" / f"{name}.md", text.encode())
    return name


def add_to_list(
    library: Library,
    slug: str,
    citekey: str,
    reason: str,
    *,
    section: str = "",
    role: str = "",
    minutes: int | None = None,
    aliases: Collection[str] = (),
) -> None:
    """Write a work at the end of a list's section, under a new heading if there is none of this name.

    Punctuation before the reason is dropped. Without a section, the work
    stands before the first heading. Under any of its ``aliases`` it may be in
    the list already.

    Raises:
        EditError: There is no such list, the work is in it, there is no
            reason, the role or minutes are none; or the file cannot be written.
    """
    item = _item(citekey, reason, role, minutes)
    new = (citekey, _reason(reason), role, minutes, "")

    def changed(content: bytes, name: str) -> bytes:
        before = outline(content, name)
        if any(one.citekey in {citekey, *aliases} for one in before.items):
            raise EditError(f"{citekey} is in the list {slug} already. Nothing was written.")
        for lines, place, said in _with_item(before, item, squeeze(section)):
            after = before.content(lines)
            wanted = [_said(one) for one in before.items]
            wanted.insert(place, (said, *new))
            if _reads_as(after, name, wanted):
                return after
        raise EditError(_misread(f"{citekey} cannot be added to {name}"))

    _change(library, slug, changed)


def remove_from_list(library: Library, slug: str, citekey: str, *, aliases: Collection[str] = ()) -> None:
    """Take a work off a list, with all that stands under it, by whichever of its names it stands there.

    The list's last heading goes too if nothing else stands under it: so it was
    before ``add_to_list`` made it.

    Raises:
        EditError: There is no such list, the work is not in it, or the file cannot be written.
    """
    names = (citekey, *aliases)

    def changed(content: bytes, name: str) -> bytes:
        before = outline(content, name)
        _place_of(before, slug, names)
        lines = list(before.lines)
        for one, span in reversed(list(zip(before.items, before.spans, strict=True))):
            if one.citekey in names:
                start, stop = _with_gap(before, *span)
                del lines[start:stop]
        after = before.content(lines)
        if not _reads_as(after, name, [_said(one) for one in before.items if one.citekey not in names]):
            raise EditError(_misread(f"{citekey} cannot be taken out of {name}"))
        return after

    _change(library, slug, changed)


def move_in_list(
    library: Library, slug: str, citekey: str, to: int, *, aliases: Collection[str] = ()
) -> None:
    """Make a work the ``to``-th of its list, counted from 1 over all sections.

    It stands in the section of the work whose place it takes.

    Raises:
        EditError: There is no such list or place, the work is not in the list, or the file cannot be written.
    """

    def changed(content: bytes, name: str) -> bytes:
        before = outline(content, name)
        place = _place_of(before, slug, (citekey, *aliases))
        if not 1 <= to <= len(before.items):
            places = f"places 1 to {len(before.items)}"
            raise EditError(f"The list {slug} has {places}, and no place {to}. Nothing was written.")
        if place == to - 1:
            return content
        after = before.content(_moved(before, place, to - 1))
        wanted = [_said(one) for one in before.items]
        _, *rest = wanted.pop(place)
        wanted.insert(to - 1, (before.items[to - 1].section, *rest))
        if not _reads_as(after, name, wanted):
            raise EditError(_misread(f"{citekey} cannot be moved in {name}"))
        return after

    _change(library, slug, changed)


# --- the file


def _change(library: Library, slug: str, changed: Callable[[bytes, str], bytes]) -> None:
    path = _list_file(library, slug)
    rewrite(library, path, lambda content: changed(content, library.relative(path)))


def _list_file(library: Library, slug: str) -> Path:
    """The file of the note that goes by this slug, whatever its folder."""
    files = note_files(library)
    path = files.get(slug.casefold())
    if path is None:
        lists = [name for name, path in files.items() if path.parent.name == "lists"]
        near = nearest(slug, lists)
        hint = f" Did you mean {' or '.join(near)}?" if near else " Begin one first."
        raise EditError(f"There is no reading list called {slug}.{hint}")
    return path


def _place_of(before: Outline, slug: str, names: Sequence[str]) -> int:
    for place, one in enumerate(before.items):
        if one.citekey in names:
            return place
    citekey = names[0]
    near = nearest(citekey, [one.citekey for one in before.items])
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise EditError(f"{citekey} is not in the list {slug}.{hint} Nothing was written.")


def _said(one: ListItem) -> tuple[object, ...]:
    """All that an item says, wherever it stands."""
    return one.section, one.citekey, one.reason, one.role, one.minutes, one.text


def _reads_as(content: bytes, name: str, wanted: Sequence[tuple[object, ...]]) -> bool:
    return [_said(one) for one in outline(content, name).items] == list(wanted)


def _misread(what: str) -> str:
    remedy = "Nothing was written; change the file by hand, or see what `kb check` says of it."
    return f"{what}: the lines around would then be read otherwise than they are meant. {remedy}"


# --- one item's line


def _item(citekey: str, reason: str, role: str, minutes: int | None) -> str:
    """An item as Markdown, without its bullet.

    Raises:
        EditError: A part of it is none.
    """
    if not _reason(reason):
        raise EditError(f"Say why {citekey} should be read: an item needs a reason. Nothing was written.")
    if role and role not in ROLES:
        raise EditError(f"“{role}” is no role. Choose one of: {', '.join(ROLES)}. Nothing was written.")
    if minutes is not None and not 1 <= minutes <= _MOST_MINUTES:
        raise EditError(f"{minutes} minutes cannot be: give a whole number from 1. Nothing was written.")
    attributes = [f"role={role}"] if role else []
    attributes += [f"minutes={minutes}"] if minutes else []
    text = _reason(reason)
    # Braces that end a reason would be taken for attributes, were they the last.
    last = f" {{{' '.join(attributes)}}}" if attributes or _ATTRIBUTES_AT_END.search(text) else ""
    return f"{_cited(citekey)} {text}{last}"


def _cited(citekey: str) -> str:
    """A citation as Pandoc reads it: in braces if the citekey has other characters than it allows."""
    if _PLAIN_CITEKEY.fullmatch(citekey):
        return f"[@{citekey}]"
    if not _BRACED_CITEKEY.fullmatch(citekey) or citekey != squeeze(citekey):
        raise EditError(f"“{citekey}” cannot be cited in a note. Give the work another citekey.")
    # In brackets, a bracket of its own would end the citation.
    return f"@{{{citekey}}}" if "[" in citekey or "]" in citekey else f"[@{{{citekey}}}]"


def _reason(text: str) -> str:
    """A reason as the reader will give it back."""
    return squeeze(text).lstrip(_JOINERS)


# --- lines


def _with_item(before: Outline, item: str, heading: str) -> Iterator[tuple[list[bytes], int, str]]:
    """Ways to write an item into a section, the neatest first: lines, its place among all items, section."""
    heading = "" if heading == before.title else heading
    section = _section(before, heading)
    if section is not None:
        place = sum(start < section.stop for start, _ in before.spans)
        for apart in (False, True):
            yield _in_section(before, section, item, apart=apart), place, section.name
        return
    level = next((found[1] for one in reversed(before.sections) if (found := _heading(before, one))), b"##")
    for name in (heading, _MARKUP.sub(r"\\\1", heading)):
        lines = [b"", level + b" " + name.encode(), b"", b"- " + item.encode()]
        yield [*before.lines, *(line + before.newline for line in lines)], len(before.items), heading


def _section(before: Outline, name: str) -> Section | None:
    """The last section of this name, else one whose name differs in case and signs only."""
    same = [one for one in before.sections if one.name == name]
    alike = [one for one in before.sections if fold(name) and fold(one.name) == fold(name)]
    return next(iter([*reversed(same), *reversed(alike)]), None)


def _heading(before: Outline, section: Section) -> re.Match[bytes] | None:
    return _HASHES.match(before.lines[section.start]) if section.body > section.start else None


def _in_section(before: Outline, section: Section, item: str, *, apart: bool) -> list[bytes]:
    """All lines with an item at the end of a section; ``apart`` puts blank lines around it."""
    stops = [(start, stop) for start, stop in before.spans if section.body <= start < section.stop]
    new = [item.encode() + before.newline]
    blank = [before.newline]
    if stops:
        start, at = stops[-1]
        bullet = _BULLET.match(before.lines[start])
        new[0] = (bullet[0] if bullet else b"- ") + new[0]
    else:
        new[0] = b"- " + new[0]
        at = section.stop
        while at > section.body and before.is_blank(at - 1):
            at -= 1
        if before.is_blank(at) and at < section.stop:
            at += 1
            new += blank if at < len(before.lines) else []
    if apart:
        new = [*blank, *new, *blank]
    return [*before.lines[:at], *new, *before.lines[at:]]


def _with_gap(before: Outline, start: int, stop: int) -> tuple[int, int]:
    """An item's lines with the one blank line that would be too many without it, or its heading."""
    if before.is_blank(start - 1) and before.is_blank(stop):
        return start, stop + 1
    alone = stop == len(before.lines) and before.is_blank(start - 1) and before.is_blank(start - 3)
    if alone and any(one.start == start - 2 and one.body == start - 1 for one in before.sections):
        return start - 3, stop
    return start, stop


def _moved(before: Outline, place: int, to: int) -> list[bytes]:
    """All lines with an item before (if it goes up) or after the one whose place it takes."""
    start, stop = before.spans[place]
    gap = _gap(before, place)
    first, last = start, stop
    if gap is None:
        if before.is_blank(start - 1) and before.is_blank(stop):
            last = stop + 1
        between: list[bytes] = []
    else:
        first, last = min(start, gap[0]), max(stop, gap[1])
        between = before.lines[gap[0] : gap[1]]
    block = before.lines[start:stop]
    if to < place:
        at = before.spans[to][0]
        return [*before.lines[:at], *block, *between, *before.lines[at:first], *before.lines[last:]]
    at = before.spans[to][1]
    return [*before.lines[:first], *before.lines[last:at], *between, *block, *before.lines[at:]]


def _gap(before: Outline, place: int) -> tuple[int, int] | None:
    """The blank lines between an item and the one before it, else after it; None if other lines part them."""
    for left in (place - 1, place):
        if 0 <= left < len(before.spans) - 1:
            first, last = before.spans[left][1], before.spans[left + 1][0]
            if all(before.is_blank(line) for line in range(first, last)):
                return first, last
    return None
