r"""A .bib file cut into blocks: plain ones by ``plain``, the others by bibtexparser's splitter.

Before the splitter, what it takes amiss is put right without moving a line:
commented-out lines, a brace on the line after ``@article``, an ``@`` in running
text, and backslashes that come in pairs (it sees ``\\}`` as an escaped brace).
After it, what looks like an entry and became none is found again.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from bibtexparser import model
from bibtexparser.splitter import Splitter

from kb.read.bibtex.cuts import PROSE, beginnings, comment_end, cuts, with_abbreviations
from kb.read.bibtex.masks import AT, BACKSLASH, BEFORE, masked, shown
from kb.read.bibtex.odd import mended
from kb.read.bibtex.plain import Plain, PlainString, plain_blocks
from kb.read.bibtex.values import Abbreviations, evaluate

# It logs every failed block; we report them as problems, so its lines must not reach a terminal.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_COMMENTED = re.compile(r"(?:\A|\n)[ \t]*%")
_STATE = re.compile(r'^[ \t]*(?:%|@\w*[ \t]*[{(])|@\w*[ \t]*[{(]|(?<!\\)[{})"]', re.MULTILINE)
_TYPE_ALONE = re.compile(r"@\w+[ \t]*\n")
_BRACE_BELOW = re.compile(r"^([ \t]*@\w+)([ \t]*\n\s*)([{(])", re.MULTILINE)
_KEY_AND_FIELD = r"\s*([^\s,{}()=\"]+)\s*,\s*[\w:+.-]+\s*="
_INNER = re.compile(rf"@[^@{{}}(),\"=#%\\\n]{{0,40}}\s*[{{(]{_KEY_AND_FIELD}")
_LOST = re.compile(
    rf"{_INNER.pattern}"
    r"|^[ \t]*@[^\s@{}(),\"=#%\\]+\s*\{"  # a type no parser takes
    r"|^[ \t]*@[^\n]{1,200}?,\s*[\w:+.-]+\s*="  # no brace, or one too many
    rf"|^[ \t]*\w(?:\w*\s*\(|[^\n@{{}}=,]{{0,40}}\{{){_KEY_AND_FIELD}"  # no @
    # A record of another format, put behind this file by hand: RIS, PubMed, Web of Science, Cochrane
    r"|^(?:TY  ?- ?\w|PMID ?- ?\d|PT [A-Z]$|Record #\d)[^\n]{0,60}",
    re.MULTILINE,
)
_CITEKEY = re.compile(r"[\w@]\s*[{(]\s*([^\s,{}()=\"]+)(?=[\s,])")
_BEGINNINGS = re.compile(r"@\w*[ \t]*[{(]")
_NEXT = re.compile(r"[ \t]*@\w+[ \t]*")
_MARKS = 1_500_000  # braces, quotes, commas and line ends that the splitter is given at once: two seconds
_MANY = 10_000  # beginnings of blocks, none of them at the start of a line
_BROKEN = 3_000  # blocks that cannot be read before only plain entries are looked for
_TRIED = 100_000  # and how many that look like such are not before we stop
_LIKELY = re.compile(r"\n[ \t]*+@\w++[ \t]*+[{(]\s*+[^\s,{}()=\"#%\\@~]++\s*+,\s*+[A-Za-z][\w:+.-]*+\s*+=")


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch of the file that was not looked into: from which line, what it begins with, and why."""

    first: str
    why: str
    beginnings: int = 1


@dataclass(frozen=True, slots=True)
class Hidden:
    """A comment with whole entries in it, left out as its author wanted: how many, and the first of them."""

    entries: int
    first: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended in the entry that follows, so that it could be read."""

    citekey: str


Block: TypeAlias = Plain | model.Block | Unread | Hidden | Mended


def blocks(text: str, *, strict: bool = False) -> Iterator[tuple[int, Block]]:
    """Each block of a .bib file with its 1-based line, in file order.

    With ``strict``, nothing is mended, and no comment hides an entry. Texts in
    the splitter's blocks are masked: pass them through ``masks.shown`` before use.
    """
    line, counted, broken, whole = 1, 0, 0, 0
    for start, stop in cuts(text, strict=strict):
        if broken > _BROKEN and broken > whole:
            line += text.count("\n", counted, start)
            yield from _salvaged(text, start, line)
            return
        place = start
        for block in plain_blocks(text, start, stop):
            line += text.count("\n", counted, block.start)
            counted, place, whole = block.start, block.stop, whole + 1
            yield line, block
        line, counted = line + text.count("\n", counted, place), place
        for down, other in _others(text, place, stop, strict=strict):
            broken += isinstance(other, model.ParsingFailedBlock | Unread)
            yield line + down, other


def _salvaged(text: str, start: int, line: int) -> Iterator[tuple[int, Block]]:
    """The plain entries of a file of which little can be read, and one word on all the rest."""
    first, counted, read, tried = line, start, 0, 0
    for found in _LIKELY.finditer(text, start - 1):
        entry = next(plain_blocks(text, found.start(), len(text)), None)
        tried += entry is None
        if entry:
            line += text.count("\n", counted, entry.start)
            counted, read = entry.start, read + 1
            yield line, entry
        if tried > _TRIED:
            break
    left = beginnings(text, start) - read
    if left > 0:
        why = f"Too much of this file cannot be read: from here on, {left:,} blocks were left out."
        yield first, Unread(text[start : start + 200].strip(), why, left)


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """The ``@string`` definitions of a file, in order: name and value as written, masked."""
    for start, stop in with_abbreviations(text):
        place = start
        for block in plain_blocks(text, start, stop):
            place = block.stop
            if isinstance(block, PlainString):
                yield block.name, masked(block.raw)
        for _, other in _others(text, place, stop):
            if isinstance(other, model.String):
                yield other.key, other.value


def split(text: str) -> Iterator[tuple[int, model.Block]]:
    """The blocks of a text by the splitter alone, each with its 0-based line."""
    return _split(_prepared(text))


def lost(text: str) -> Iterator[tuple[int, str]]:
    """What looks like an entry in a comment: how many lines down, and its first line."""
    yield from _found(_LOST, shown(text), 0)


def swallowed(raw: str) -> Iterator[tuple[int, str]]:
    """What looks like an entry inside a block: how many lines down, and its first line."""
    if raw.count("@") > 1 or AT in raw:
        yield from _found(_INNER, shown(raw), 1)


def swallowed_by(entry: model.Entry) -> Iterator[tuple[int, str]]:
    """What looks like an entry among the fields of another; in the braces of a value it is text."""
    for field in entry.fields:
        value = field.value
        if ("@" in value or AT in value) and evaluate(value, Abbreviations(0)).rest:
            for down, first in _found(_INNER, shown(value), 0):
                yield (field.start_line or 0) - (entry.start_line or 0) + down, first


def citekey(raw: str) -> str:
    """The citekey of a broken entry, or "" if none is to be seen."""
    found = _CITEKEY.search(raw, 0, 500)
    return shown(found[1]) if found else ""


def _found(pattern: re.Pattern[str], text: str, start: int) -> Iterator[tuple[int, str]]:
    down = counted = 0
    for match in pattern.finditer(text, start):
        first = match.start() + len(match[0]) - len(match[0].lstrip())
        down += text.count("\n", counted, first)
        counted = first
        yield down, text[first : first + 200].partition("\n")[0].strip()


def _others(text: str, start: int, stop: int, *, strict: bool = False) -> Iterator[tuple[int, Block]]:
    """The blocks of a stretch that are not plain, each with how many lines down it begins."""
    stretch = text[start:stop]
    if not stretch.strip():
        return
    end = 0 if strict else comment_end(stretch, 0, len(stretch))
    if end > 0:
        yield 0, Hidden(len(_INNER.findall(stretch, 1, end)), citekey(stretch[1:end].partition("@")[2]))
        down = stretch.count("\n", 0, end)
        yield from ((down + more, block) for more, block in _others(text, start + end, stop))
        return
    why, begun = _too_much(stretch)
    if why:
        yield 0, Unread(stretch[:200].strip(), why, begun)
        return
    within_line = start > 0 and text[start - 1] != "\n"
    prepared = _prepared(BEFORE + stretch)[1:] if within_line else _prepared(stretch)
    following = _NEXT.match(text, stop)
    # What is still open at the end of the stretch is ended by what follows in the file, as it would be there
    behind = f"{following[0]}{{}}" if following else ""
    found: list[tuple[int, Block]] = list(_split(prepared + behind))
    if not strict and any(type(block) is model.ParsingFailedBlock for _, block in found):
        found = _mended(prepared, behind) or found
    yield from found[: -1 if behind else None]


def _mended(prepared: str, behind: str) -> list[tuple[int, Block]]:
    """The blocks of a stretch with its commas mended; none if that does not help."""
    again = mended(prepared)
    found = list(_split(again + behind)) if again != prepared else []
    inner = found[: -1 if behind else None]
    if not inner or any(type(block) is model.ParsingFailedBlock for _, block in inner):
        return []
    entries = [(line, block.key) for line, block in inner if isinstance(block, model.Entry)]
    return [*((line, Mended(shown(key))) for line, key in entries[:1]), *found]


def _too_much(stretch: str) -> tuple[str, int]:
    """Why a stretch is more than the splitter can take in two seconds, and how often a block begins there."""
    if len(stretch) < _MANY:
        return "", 0
    begun = sum(1 for _ in _BEGINNINGS.finditer(stretch))
    if begun > _MANY:
        return f"It has {begun:,} beginnings of entries, none of them at the start of a line.", begun
    marks = sum(map(stretch.count, '{}",=\n'))
    return (f"It has {marks:,} braces, quotes and commas.", max(1, begun)) if marks > _MARKS else ("", 0)


def _split(prepared: str) -> Iterator[tuple[int, model.Block]]:
    for block in Splitter(prepared).split().blocks:
        line = block.start_line or 0
        again = _braces_counted(block.raw or "") if type(block) is model.ParsingFailedBlock else []
        if not again:
            yield line, block
        for other in again:
            yield line + (other.start_line or 0), other


def _prepared(text: str) -> str:
    text = PROSE.sub(AT, masked(text))
    if _COMMENTED.search(text):
        text = _without_commented_lines(text)
    return _BRACE_BELOW.sub(r"\1\3\2", text) if _TYPE_ALONE.search(text) else text


def _without_commented_lines(text: str) -> str:
    """``text`` with lines that begin with % emptied, unless they are part of a value."""
    kept: list[str] = []
    last = 0
    state = _OUTSIDE
    for found in _STATE.finditer(text):
        if found.start() < last:  # in a line that is gone
            continue
        mark = found[0].lstrip()
        if mark[0] == "%":
            if state.depth < 2 and not state.quoted:
                kept.append(text[last : found.start()])
                end = text.find("\n", found.start())
                last = end if end >= 0 else len(text)
        elif mark[0] == "@" and (state.depth == 0 or not text[found.start() - 1 : found.start()].strip("\n")):
            state = _State(1, ")" if mark[-1] == "(" else "}")
        elif state.depth:
            state = _moved(state, mark[-1])
    return "".join([*kept, text[last:]])


@dataclass(frozen=True, slots=True)
class _State:
    """How deep in braces we are (0 outside entries), what closes the entry, and whether in quotes."""

    depth: int
    closing: str = "}"
    quoted: bool = False


_OUTSIDE = _State(0)


def _moved(state: _State, mark: str) -> _State:
    if mark == '"' and state.depth == 1:
        return replace(state, quoted=not state.quoted)
    if state.quoted:
        return state
    if mark == "{":
        return replace(state, depth=state.depth + 1)
    if mark == state.closing and state.depth == 1:
        return _OUTSIDE
    if mark == "}" and state.depth > 1:
        return replace(state, depth=state.depth - 1)
    return state


def _braces_counted(raw: str) -> list[model.Block]:
    r"""A failed block read as BibTeX counts braces, a backslash before one or not; [] if that fails too.

    A path such as ``file = {C:\papers\}`` is whole only in this way.
    """
    if "\\{" not in raw and "\\}" not in raw:
        return []
    counted = raw.replace("\\{", BACKSLASH + "{").replace("\\}", BACKSLASH + "}")
    again = Splitter(counted).split().blocks
    failed = any(type(block) is model.ParsingFailedBlock for block in again)
    return [] if failed else list(again)
