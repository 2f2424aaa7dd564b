"""What some programs and people write that the splitter does not take, put right before or after it."""

import re

_KEY_AND_FIELD = r"\s*[^\s,{}()=\"]+\s*,\s*[\w:+.-]+\s*="
# "@ article {" and "@grey-literature{", at the start of a line and with an entry behind them
_ODD_TYPE = re.compile(rf"(?:(?<=\n)|\A)([ \t]*)@([ \t]*)(\w[\w.:+/-]*)(?=[ \t]*[{{(]{_KEY_AND_FIELD})")
_ANY_ODD = re.compile(r"(?:\n|\A)[ \t]*@(?:[ \t]|\w+[.:+/-])")
# Letters that no name of a type has, for the marks in one; they stand in the type only while it is split
_MARKS = str.maketrans("-.:+/", "ǀǁǂǃʘ")
_LETTERS = str.maketrans("ǀǁǂǃʘ", "-.:+/")

_NO_COMMA = re.compile(r"^(\s*@\w+[ \t]*[{(]\s*[^\s,{}()=\"#%]+)(?=\s+[A-Za-z][\w:+.-]*\s*=)")
_MARK = re.compile(r'(?<!\\)[{}"]|,(?=\s*,)')


def regular(text: str) -> str:
    """``text`` with types in one word next to their ``@``; every character stays at its place."""
    if not _ANY_ODD.search(text):
        return text
    return _ODD_TYPE.sub(lambda found: f"{found[1]}{found[2]}@{found[3].translate(_MARKS)}", text)


def type_as_written(kind: str) -> str:
    """The type of an entry as it stands in the file."""
    return kind if kind.isascii() else kind.translate(_LETTERS)


def mended(stretch: str) -> str:
    """``stretch`` with a comma behind its citekey, and one where two or more follow each other.

    >>> mended("@book{k title = {x},, year = 2001}")
    '@book{k, title = {x}, year = 2001}'
    """
    stretch = _NO_COMMA.sub(r"\1,", stretch)
    kept: list[str] = []
    last = depth = 0
    quoted = False
    for mark in _MARK.finditer(stretch):
        if mark[0] == "," and depth < 2 and not quoted:
            kept.append(stretch[last : mark.start()])
            last = mark.end()
        elif mark[0] == '"' and depth < 2:
            quoted = not quoted
        elif mark[0] in "{}" and not quoted:
            depth += 1 if mark[0] == "{" else -1
    return "".join([*kept, stretch[last:]])
