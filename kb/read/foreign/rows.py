"""The text of a CSV, TSV or semicolon file → rows of cells, each with the line it begins at.

Quotes are read as RFC 4180 has them, and as people break them: a quote that
nobody closes costs its own row, not the rest of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

DELIMITERS = (",", "\t", ";", "|")
MOST = 5_000
"""Cells that a row may have; the last one holds what is beyond."""

# Possessive: a cell may hold a million quotes, and nothing before them can be read otherwise
_IN_QUOTES = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"?')
_LONGEST = 20_000  # lines that one quoted cell may have


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins at, its cells, and whether a quote in it is never closed."""

    line: int
    cells: list[str]
    stray: bool = False


def rows(text: str, delimiter: str, width: int = 0) -> Iterator[Row]:
    """The rows of a text, empty lines left out. ``width`` is the number of cells that they should have."""
    at, line = 0, 1
    while at < len(text):
        end = _end(text, at)
        written = text[at:end]
        if written.count('"') % 2:
            row, end = _quoted(text, at, end, line, delimiter, width)
        else:
            row = Row(line, cells(written, delimiter))
        if any(row.cells):
            yield row
        line += text.count("\n", at, end) + 1
        at = end + 1


def cells(written: str, delimiter: str) -> list[str]:
    """The cells of a row; in quotes, a delimiter is a letter and two quotes are one.

    >>> cells('a,"b, ""c"" d",e', ",")
    ['a', 'b, "c" d', 'e']
    """
    if '"' not in written:
        return [cell.strip() for cell in written.split(delimiter, MOST)]
    found: list[str] = []
    at = 0
    while at <= len(written):
        start = at
        while written[start : start + 1] == " ":
            start += 1
        inner = _IN_QUOTES.match(written, start) if written.startswith('"', start) else None
        stop = written.find(delimiter, inner.end() if inner else at)
        stop = len(written) if stop < 0 or len(found) == MOST else stop
        if inner:
            found.append((inner[1].replace('""', '"') + written[inner.end() : stop]).strip())
        else:
            found.append(written[at:stop].strip())
        at = stop + 1
    return found


def _quoted(text: str, at: int, end: int, line: int, delimiter: str, width: int) -> tuple[Row, int]:
    """A row in whose first line a quote stays open: on to where it is closed, or that line alone."""
    close, quotes, count = end, 1, 0
    while quotes % 2 and close < len(text) and count < _LONGEST:
        following = _end(text, close + 1)
        quotes += text.count('"', close + 1, following)
        close, count = following, count + 1
    whole = cells(text[at:close], delimiter) if quotes % 2 == 0 else []
    if whole and len(whole) == (width or len(whole)) and _sound(delimiter).fullmatch(text, at, close):
        return Row(line, whole), close
    alone = [cell.strip() for cell in text[at:end].split(delimiter)]
    if whole and len(alone) != width:
        return Row(line, whole), close
    return Row(line, alone, stray=True), end


@cache
def _sound(delimiter: str) -> re.Pattern[str]:
    """A row as RFC 4180 has it: quotes stand around a whole cell, or doubled within one."""
    cell = rf' *+"[^"]*+(?:""[^"]*+)*+" *+|[^"{re.escape(delimiter)}]*+'
    return re.compile(f"(?:{cell})(?:{re.escape(delimiter)}(?:{cell}))*+")


def _end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
