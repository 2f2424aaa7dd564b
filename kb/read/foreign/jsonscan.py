"""Where records begin and end in JSON that is broken."""

import json
import re

PAGES = ("items", "results", "references", "data")
"""What APIs and programs call their list of records."""

PAGE = re.compile(rf'"(?:{"|".join(PAGES)})"\s*:\s*\[\s*(?=\{{)')
"""The beginning of a list of records in an object; what follows is the first."""

_BETWEEN = re.compile(r"[\s,]*")
_SIGN = re.compile(r"[{\]\n]")  # where to go on behind what is no value
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_CLOSED_BY = {"{": "}", "[": "]"}
_LEAST = 2_000  # characters that any refusal is reckoned to have looked at
_DEEP = 20_000  # and a refusal for depth
_WINDOW = 50_000  # characters that a record is first looked for in
_LITERAL = 50  # characters of a number or word that the window may cut
_INDENT = 200  # characters before a record that can be its indentation
_TOKENS = 200_000  # of one broken record


def value_at(decoder: json.JSONDecoder, text: str, start: int) -> tuple[object, int]:
    """The value that begins at ``start``, and its end.

    Only a window of the text is looked at first: an error counts the lines
    before it, and a file may have many.
    """
    window = text[start : start + _WINDOW]
    try:
        value, end = decoder.raw_decode(window)
    except json.JSONDecodeError as error:
        cut = error.pos > len(window) - _LITERAL or (
            error.msg.startswith("Unterminated") and "\n" not in window[error.pos :]
        )
        if len(window) < _WINDOW or not cut:
            error.pos += start
            raise
        found: tuple[object, int] = decoder.raw_decode(text, start)
        return found
    return value, start + end


def looked(error: ValueError | RecursionError, start: int) -> int:
    """How many characters it took to find the error."""
    return max(_LEAST, error.pos - start) if isinstance(error, json.JSONDecodeError) else _DEEP


def behind_space(text: str, place: int) -> int:
    """The place behind white space and commas."""
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def next_sign(text: str, start: int) -> int:
    """The next place at which a value could begin or a list end, behind what is no value."""
    found = _SIGN.search(text, start + 1)
    return found.start() if found else len(text)


def below(text: str, start: int) -> int:
    """Where the next line begins with an object in the same column, if this one begins a line; else -1."""
    opened = text.rfind("\n", max(0, start - _INDENT), start)
    indent = text[opened + 1 : start]
    if (opened < 0 and start >= _INDENT) or indent.strip() or text[start] != "{":
        return -1
    following = text.find(f"\n{indent}{{", start)
    return following + 1 + len(indent) if following >= 0 else -1


def closing(text: str, start: int, limit: int) -> tuple[int, bool]:
    """Where what opens at ``start`` is closed, and whether by its own bracket, before ``limit``.

    A bracket that closes something further out ends it at the latest.

    >>> closing('{"a": [1}, 2', 0, 12), closing('{"a": 1]', 0, 8), closing('{"a": 1', 0, 7)
    ((9, True), (7, False), (7, False))
    """
    opened: list[str] = []
    for count, token in enumerate(_TOKEN.finditer(text, start, limit)):
        sign = token[0]
        if sign in _CLOSED_BY:
            opened.append(_CLOSED_BY[sign])
        elif sign in _CLOSED_BY.values():
            while opened and opened.pop() != sign:
                if not opened:
                    return token.start(), False
            if not opened:
                return token.end(), True
        if count > _TOKENS:
            break
    return limit, False
