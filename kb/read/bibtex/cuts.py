"""Where a .bib file can be cut: at lines that begin an entry, whatever stands before them.

The splitter takes ``@word{`` and ``@word(`` at the start of a line for the
beginning of a block even where another is still open: so what lies between two
of them can be read alone, and the rest of the file need not be held twice.
"""

import re
from collections.abc import Iterator

# A backslash takes the next character along, so that \} closes nothing: as the splitter has it
_TEXT = r"(?:[^{}\\]++|\\[\s\S])*+"


def balanced(depth: int) -> str:
    """A pattern for text in which braces are closed, at most so many within each other."""
    return _TEXT if depth == 0 else rf"(?:[^{{}}\\]++|\\[\s\S]|\{{{balanced(depth - 1)}\}})*+"


# "@NSPCC (2020) said" and "user@{host}" are prose; "@software(key, title =" is not, nor is any type we know
_TYPES = (
    r"(?i:comment|preamble|string|article|\w*book|booklet|\w*collection|\w*proceedings|conference|manual|\w*thesis"
    r"|misc|online|electronic|www|patent|periodical|\w*reference|report|techreport|unpublished|set|xdata)\b"
)
PROSE = re.compile(rf"@(?=[ \t]*[{{(])|@(?=\w)(?!{_TYPES})(?=\w+[ \t]*\((?!\s*[^()={{}}\"]{{1,200}}=))")
_BEGINNING = re.compile(r"\n[ \t]*+(@)\w++[ \t]*+([{(])")
_COMMENT = re.compile(rf"[ \t]*+@(?i:comment)[ \t]*+\{{{balanced(8)}\}}")
_COMMENTED_OUT = re.compile(r"[ \t]*+@(?i:comment)[ \t]*+\{")
_UNCLOSED = 3  # comments without an end before we look for none any more: each look may be at the whole file
_ABBREVIATION = re.compile(r"@[sS][tT][rR][iI][nN][gG]")


def cuts(text: str, *, strict: bool = False) -> Iterator[tuple[int, int]]:
    """The stretches of a .bib file, from one line that begins a block to the next; together all of it.

    What is whole within a comment stays in one stretch with it, unless ``strict``.
    """
    start = unclosed = 0
    end = 0 if strict or not _COMMENTED_OUT.match(text) else comment_end(text, 0, len(text))
    for found in _BEGINNING.finditer(text):
        begins = found.start() + 1
        if begins < end or (found[2] == "(" and PROSE.match(text, found.start(1))):
            continue
        yield start, begins
        start = begins
        if not strict and unclosed < _UNCLOSED and _COMMENTED_OUT.match(text, begins):
            end = comment_end(text, begins, len(text))
            unclosed += end < 0
    yield start, len(text)


def beginnings(text: str, start: int) -> int:
    """How many lines from ``start`` on begin a block."""
    return sum(1 for _ in _BEGINNING.finditer(text, max(0, start - 1)))


def comment_end(text: str, start: int, stop: int) -> int:
    """Where a comment at ``start`` ends that hides whole entries; 0 if it hides none, -1 if it has no end."""
    found = _COMMENT.match(text, start, stop)
    if not found:
        return -1
    return found.end() if _BEGINNING.search(text, start, found.end()) else 0


def with_abbreviations(text: str) -> Iterator[tuple[int, int]]:
    """Those stretches in which an ``@string`` may stand."""
    place = -1
    for start, stop in cuts(text):
        if place < start:
            found = _ABBREVIATION.search(text, start)
            if not found:
                return
            place = found.start()
        if place < stop:
            yield start, stop
