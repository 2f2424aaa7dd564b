"""The bytes of an XML file → UTF-8 that a parser takes, line by line where they were."""

import codecs
import re

from kb.model import Origin, Problem
from kb.read.encodings import charset
from kb.read.files import LIMIT, decode

_CHUNK = 2**20
_DECLARED = re.compile(rb"\s*<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")
_BOM = codecs.BOM_UTF8
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NUMBERED = re.compile(rb"&#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));")
_REPLACEMENT = "\ufffd".encode()


def utf8(content: bytes, path: str, encoding: str = "") -> tuple[bytes, list[Problem]]:
    """An XML file's bytes as UTF-8 without characters that XML forbids, and what had to be mended.

    ``encoding`` decides if it is given, then a byte order mark, then the file's own declaration.
    """
    problems: list[Problem] = []
    if not encoding and len(content) <= LIMIT and _is_clean(content):
        body = content  # whatever it says: text in another encoding is as good as never sound UTF-8
    else:
        text, problems = decode(content, path, encoding=encoding or _declared(content))
        body = text.encode("utf-8", "replace")
    if b"&#" not in body:
        return body, problems
    body, line = _numbered(body)
    return body, [*problems, _forbidden(path, line)] if line else problems


def beginning(body: bytes) -> int:
    """The first byte that is neither a byte order mark nor a space: programs put both before XML."""
    at = len(_BOM) if body.startswith(_BOM) else 0
    return len(body) - len(body[at:].lstrip()) if body[at : at + 1].isspace() else at


def _declared(content: bytes) -> str:
    """The character set that the file says it has, if it is one of single bytes and we know it."""
    found = _DECLARED.match(content)
    name = charset(found[1].decode("ascii")) if found else ""
    return "" if name.startswith("utf") else name


def _is_clean(content: bytes) -> bool:
    """Whether this is UTF-8 without control characters; no second copy of a large file is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for at in range(0, len(content), _CHUNK):
            decoder.decode(view[at : at + _CHUNK])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(content)


def _numbered(body: bytes) -> tuple[bytes, int]:
    """The bytes without numbers of characters that XML forbids, and the line of the first (0: none)."""
    first = next((found.start() for found in _NUMBERED.finditer(body) if _is_forbidden(found)), None)
    if first is None:
        return body, 0
    return _NUMBERED.sub(_allowed, body), body.count(b"\n", 0, first) + 1


def _allowed(found: re.Match[bytes]) -> bytes:
    return _REPLACEMENT if _is_forbidden(found) else found[0]


def _is_forbidden(found: re.Match[bytes]) -> bool:
    number = int(found[1]) if found[1] else int(found[2], 16)
    if number < 0x20:
        return number not in (0x9, 0xA, 0xD)
    return 0xD800 <= number <= 0xDFFF or number in (0xFFFE, 0xFFFF) or number > 0x10FFFF


def _forbidden(path: str, line: int) -> Problem:
    message = f"Numbers of characters that XML forbids became “\ufffd”, the first at line {line}."
    remedy = "Delete or correct the marked places."
    return Problem(Origin(path, line), "file-control", message, remedy, "warning")
