r"""A .bib file cut into blocks, by bibtexparser's splitter.

Before it, what the splitter takes amiss is put right without moving a line:
commented-out lines, a brace on the line after ``@article``, an ``@`` in running
text, and backslashes that come in pairs (it sees ``\\}`` as an escaped brace).
After it, what looks like an entry and became none is found again.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

# It logs every failed block; we report them as problems, so its lines must not reach a terminal.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

# Stand-ins for a backslash and an @ that the splitter must not see. A decoded
# text holds no control characters, so they cannot be confused with anything.
_BACKSLASH, _AT = "\x01", "\x02"
_SHOWN = str.maketrans({_BACKSLASH: "\\", _AT: "@"})

_COMMENTED = re.compile(r"(?:\A|\n)[ \t]*%")
_STATE = re.compile(r'^[ \t]*(?:%[^\n]*|@\w*[ \t]*[{(])|@\w*[ \t]*[{(]|(?<!\\)[{})"]', re.MULTILINE)
_TYPE_ALONE = re.compile(r"@\w+[ \t]*\n")
_BRACE_BELOW = re.compile(r"^([ \t]*@\w+)([ \t]*\n\s*)([{(])", re.MULTILINE)
# "@NSPCC (2020) said" and "user@{host}" are prose; "@software(key, title =" is not, nor is any type we know
_TYPES = (
    r"(?i:comment|preamble|string|article|\w*book|booklet|\w*collection|\w*proceedings|conference|manual|\w*thesis"
    r"|misc|online|electronic|www|patent|periodical|\w*reference|report|techreport|unpublished|set|xdata)\b"
)
_PROSE = re.compile(rf"@(?=[ \t]*[{{(])|@(?!{_TYPES})(?=\w+[ \t]*\((?!\s*[^()={{}}\"]{{1,200}}=))")
_KEY_AND_FIELD = r"\s*([^\s,{}()=\"]+)\s*,\s*[\w:+.-]+\s*="
_INNER = re.compile(rf"@[^@{{}}(),\"=#%\\\n]{{0,40}}\s*[{{(]{_KEY_AND_FIELD}")
_LOST = re.compile(
    rf"{_INNER.pattern}"
    r"|^[ \t]*@[^\s@{}(),\"=#%\\]+\s*\{"  # a type no parser takes
    r"|^[ \t]*@[^\n]{1,200}?,\s*[\w:+.-]+\s*="  # no brace, or one too many
    rf"|^[ \t]*\w(?:\w*\s*\(|[^\n@{{}}=,]{{0,40}}\{{){_KEY_AND_FIELD}",  # no @
    re.MULTILINE,
)
_CITEKEY = re.compile(r"[\w@]\s*[{(]\s*([^\s,{}()=\"]+)(?=[\s,])")


def blocks(text: str) -> Iterator[tuple[int, model.Block]]:
    """Each block of a .bib file with its 1-based line, in file order.

    Texts in the blocks are masked: pass them through ``shown`` before use.
    """
    for block in parse_string(_prepared(text), parse_stack=[]).blocks:
        line = (block.start_line or 0) + 1
        again = _braces_counted(block.raw or "") if type(block) is model.ParsingFailedBlock else []
        if not again:
            yield line, block
        for other in again:
            yield line + (other.start_line or 0), other


def shown(text: str) -> str:
    """``text`` of a block, as it stands in the file."""
    return text.translate(_SHOWN) if _BACKSLASH in text or _AT in text else text


def lost(text: str) -> Iterator[tuple[int, str]]:
    """What looks like an entry in a comment: how many lines down, and its first line."""
    yield from _found(_LOST, shown(text), 0)


def swallowed(raw: str) -> Iterator[tuple[int, str]]:
    """What looks like an entry inside a block: how many lines down, and its first line."""
    if raw.count("@") > 1 or _AT in raw:
        yield from _found(_INNER, shown(raw), 1)


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


def _prepared(text: str) -> str:
    if "\\\\" in text or "\\\n" in text:
        text = text.replace("\\\\", _BACKSLASH * 2).replace("\\\n", _BACKSLASH + "\n")
    text = _PROSE.sub(_AT, text)
    if _COMMENTED.search(text):
        text = _without_commented_lines(text)
    return _BRACE_BELOW.sub(r"\1\3\2", text) if _TYPE_ALONE.search(text) else text


def _without_commented_lines(text: str) -> str:
    """``text`` with lines that begin with % emptied, unless they are part of a value."""
    kept: list[str] = []
    last = 0
    state = _OUTSIDE
    for found in _STATE.finditer(text):
        mark = found[0].lstrip()
        if mark[0] == "%":
            if state.depth < 2 and not state.quoted:
                kept.append(text[last : found.start()])
                last = found.end()
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
    counted = raw.replace("\\{", _BACKSLASH + "{").replace("\\}", _BACKSLASH + "}")
    again = parse_string(counted, parse_stack=[]).blocks
    failed = any(type(block) is model.ParsingFailedBlock for block in again)
    return [] if failed else list(again)
