"""A reading list's file taken apart: its lines, and on which of them items and sections stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import EditError
from kb.model import ListItem
from kb.read import decode, read_note
from kb.read.notes.body import heading, read_body
from kb.read.notes.front import split_front

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's text, its lines from ``start`` to before ``body``, and where the section ends."""

    name: str
    start: int
    body: int
    stop: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A list's lines, and the places in them, counted from 0; a ``stop`` is the line after.

    ``spans`` are the lines of each of ``items``, without blank ones at the
    end. Each of ``lines`` has a line end; ``closed`` says whether the last
    had one in the file.
    """

    title: str
    lines: list[bytes]
    newline: bytes
    closed: bool
    items: tuple[ListItem, ...]
    spans: tuple[tuple[int, int], ...]
    sections: tuple[Section, ...]

    def is_blank(self, line: int) -> bool:
        """Whether there is such a line, and nothing on it."""
        return 0 <= line < len(self.lines) and not self.lines[line].strip()

    def content(self, lines: Sequence[bytes]) -> bytes:
        """The file with these lines; its last line ends as it did before."""
        joined = b"".join(lines)
        return joined if self.closed else joined.removesuffix(self.newline)


def outline(content: bytes, path: str) -> Outline:
    """The outline of the reading list in a file's bytes.

    Raises:
        EditError: It is no reading list, or not in UTF-8.
    """
    if content.startswith(_WIDE) or b"\x00" in content:
        raise EditError(f"{path} is not UTF-8. Nothing was written; save it as UTF-8 first.")
    note, _ = read_note(content, path)
    if note is None or note.reading_list is None:
        raise EditError(f"{path} is no reading list. Nothing was written.")
    lines = _LINE.findall(content)
    newline = next((mark for mark in (b"\r\n", b"\n", b"\r") if lines and lines[0].endswith(mark)), b"\n")
    closed = not lines or lines[-1].endswith((b"\n", b"\r"))
    if not closed:
        lines[-1] += newline
    items = note.reading_list.items
    stops, sections = _places(content, path, note.title, len(lines))
    starts = [item.origin.line - 1 for item in items]
    made = Outline(note.title, lines, newline, closed, items, (), sections)
    spans = tuple((start, _trimmed(made, start, stops[start])) for start in starts)
    return Outline(note.title, lines, newline, closed, items, spans, sections)


def _places(content: bytes, path: str, title: str, count: int) -> tuple[dict[int, int], tuple[Section, ...]]:
    """Where each item of a top-level list that begins on a line stops; and the sections."""
    parts = split_front(decode(content, path)[0])
    tokens = read_body(parts.body, path, parts.line).tokens
    first = parts.line - 1
    stops: dict[int, int] = {}
    headings = [("", min(first, count), min(first, count))]
    for number, token in enumerate(tokens):
        start, stop = token.map or (0, 0)
        if token.type == "list_item_open" and token.level == 1:
            stops[start + first] = stop + first
        elif token.type == "heading_open" and token.level == 0:
            name = heading(tokens[number + 1], parts.line)
            headings.append(("" if name == title else name, start + first, stop + first))
    ends = [*(start for _, start, _ in headings[1:]), count]
    return stops, tuple(
        Section(name, start, body, stop) for (name, start, body), stop in zip(headings, ends, strict=True)
    )


def _trimmed(made: Outline, start: int, stop: int) -> int:
    stop = min(stop, len(made.lines))
    while stop > start + 1 and made.is_blank(stop - 1):
        stop -= 1
    return stop
