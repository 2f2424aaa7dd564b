r"""A field's value such that it can stand between braces, for every program that reads BibTeX.

BibTeX and Biber count each brace; bibtexparser, and so our own reader, passes
over those behind a backslash, unless that backslash is itself behind one. A
value is left alone when it balances in both ways.
"""

import re
from collections.abc import Iterator, Sequence

_SHOWN = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_MARK = re.compile(r"\\\\|(\\?)([{}])")
# What a reader takes for a new entry inside a value: an @ that opens a line, or has a citekey and a field.
_ENTRY = re.compile(
    r"(?<=\n)([ \t]*)@(?=\w*\s*[{(])"
    r"|()@(?=[^\s@{}(),\"=#%\\]*\s*[{(]\s*[^\s,{}()=\"]+\s*,\s*[\w:+.-]+\s*=)"
)


def balanced(value: str) -> str:
    r"""``value``, its unpaired braces written as commands, and no entry in it.

    >>> balanced("{CSAM} at 50\\%"), balanced("50} or \\{more")
    ('{CSAM} at 50\\%', '50\\textbraceright{} or \\textbraceleft{}more')
    """
    if "@" in value:
        value = _ENTRY.sub(r"\1\2{@}", value)
    marks = list(_marks(value)) if "{" in value or "}" in value else []
    if not _balances([mark for _, mark, _ in marks]) or not _balances(
        [m for _, m, behind in marks if not behind]
    ):
        value = _mended(value, marks)
    # A last backslash would take the closing brace with it; a space after it means nothing.
    backslashes = len(value) - len(value.rstrip("\\"))
    return f"{value} " if backslashes % 2 else value


def _marks(value: str) -> Iterator[tuple[int, str, bool]]:
    """(where it begins, the brace, whether behind a backslash) of each brace."""
    for found in _MARK.finditer(value):
        if found[2]:
            yield found.start(), found[2], bool(found[1])


def _balances(marks: Sequence[str]) -> bool:
    depth = 0
    for mark in marks:
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _mended(value: str, marks: list[tuple[int, str, bool]]) -> str:
    unpaired = _unpaired(marks)
    parts: list[str] = []
    last = 0
    for start, mark, behind in marks:
        if start in unpaired:
            parts += [value[last:start], _SHOWN[mark]]
            last = start + 1 + behind
    return "".join([*parts, value[last:]])


def _unpaired(marks: list[tuple[int, str, bool]]) -> set[int]:
    """Where the braces stand that have no partner of their own kind."""
    waiting: dict[bool, list[int]] = {True: [], False: []}
    unpaired: set[int] = set()
    for start, mark, behind in marks:
        if mark == "{":
            waiting[behind].append(start)
        elif waiting[behind]:
            waiting[behind].pop()
        else:
            unpaired.add(start)
    return unpaired.union(*waiting.values())
