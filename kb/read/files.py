"""Bytes of an untrusted file → text, and what had to be mended on the way."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from kb.model import Origin, Problem
from kb.read.encodings import charset, declared, is_seven_bit

LIMIT = 400 * 2**20
"""Bytes that a file may have: it is held in memory whole."""

_SAMPLE = 4096
_JUNK = 0.02  # more control characters than this and the file is no text
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite format 3\x00")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# C0 and C1 without tab and line feed, and the two non-characters no program should have written
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_PIECE = 2**16  # bytes that are decoded at once where a file is not all UTF-8
_FOREIGN = 10_000  # lines that are not UTF-8 before we look no longer at each alone


def decode(content: bytes, path: str, *, encoding: str = "") -> tuple[str, list[Problem]]:
    r"""The text of a file with ``\n`` line ends, and what is wrong with its bytes.

    ``encoding`` decides if it is given, else a byte order mark, else NULs where
    UTF-16 has them, else strict UTF-8, else what the first lines say (``%
    Encoding: …``); lines that are none of these are read as Windows-1252, with
    a warning. The text is "" when the file is too large or no text at all. It
    holds no control characters but tabs and line ends, and its letters are
    composed (NFC): else a citekey typed on one system is another on the next.
    """
    if len(content) > LIMIT:
        return "", [_too_large(len(content), path)]
    if content.startswith(_MAGIC):
        return "", [_binary(path)]
    if encoding and not charset(encoding):
        return "", [_no_such_encoding(encoding, path)]
    named, body = (charset(encoding), content) if encoding else _encoding(content)
    text, problems = _utf8(body, path) if named == "utf-8" else _wide(body, named, path)
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _without_controls(_composed(text), problems, path)


def _encoding(content: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding, content[len(mark) :]
    sample = content[:_SAMPLE]
    if b"\x00" in sample:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        half = len(sample) // 2
        if odd > 0.4 * half and even < 0.05 * half:
            return "utf-16-le", content
        if even > 0.4 * half and odd < 0.05 * half:
            return "utf-16-be", content
    said = declared(content)
    if said in {"", "utf-8"} or not (is_seven_bit(said) or not _is_utf8(content)):
        return "utf-8", content
    return said, content


def _is_utf8(content: bytes) -> bool:
    # Text in another encoding is as good as never sound UTF-8 with letters above 127 in it: those who
    # save a file anew do not always mend what its first line says.
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf8(content: bytes, path: str) -> tuple[str, list[Problem]]:
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _mixed(content, path)


def _mixed(content: bytes, path: str) -> tuple[str, list[Problem]]:
    # Line by line: one bad line must not turn the accents of a UTF-8 file into rubbish.
    found: list[str] = []
    first = wrong = passed = 0
    for piece in _pieces(content):
        try:
            found.append(piece.decode("utf-8"))
        except UnicodeDecodeError:
            text, lines = _foreign(piece) if wrong < _FOREIGN else (_windows(piece), [1])
            found.append(text)
            first = first or passed + lines[0]
            wrong += len(lines)
        if not first:
            passed += len(_LINE_END.findall(piece))
    how_many = f"More than {_FOREIGN:,} lines are" if wrong > _FOREIGN else _lines(wrong)
    message = f"{how_many} not UTF-8, the first at line {first}. It was read as Windows-1252 instead."
    remedy = (
        "Look whether its accented letters are right, and save the file as UTF-8, "
        "or name its encoding: --encoding cp1250."
    )
    return "".join(found), [Problem(Origin(path, first), "file-encoding", message, remedy, "warning")]


def _pieces(content: bytes) -> Iterator[bytes]:
    """The bytes in pieces that end with a line."""
    start = 0
    while start < len(content):
        end = _LINE_END.search(content, start + _PIECE)
        stop = end.end() if end else len(content)
        yield content[start:stop]
        start = stop


def _foreign(piece: bytes) -> tuple[str, list[int]]:
    """The text of lines of which some are not UTF-8, and the numbers of those."""
    lines: list[str] = []
    wrong: list[int] = []
    for number, line in enumerate(_LINE_END.split(piece), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(_windows(line))
            wrong.append(number)
    return "\n".join(lines), wrong


def _windows(content: bytes) -> str:
    return content.decode("cp1252", errors="replace")


def _lines(count: int) -> str:
    return "1 line is" if count == 1 else f"{count} lines are"


def _wide(content: bytes, encoding: str, path: str) -> tuple[str, list[Problem]]:
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
    line = text.count("\n", 0, text.find("\ufffd")) + 1
    message = (
        f"The file looks like {encoding.upper()}, but some of its bytes are not; the first at line {line}."
    )
    remedy = "Save the file as UTF-8 in the program that wrote it."
    return text, [Problem(Origin(path, line), "file-encoding", message, remedy, "warning")]


def _composed(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    # Letters with more accents than any language has take the square of their number to be composed, so
    # they are parted as Unicode's Stream-Safe Text Format does it (UAX 15, 13).
    return unicodedata.normalize("NFC", _accents().sub("\\g<0>\u034f", text))


@cache
def _accents() -> re.Pattern[str]:
    """Thirty combining characters that another one follows."""
    marks = "".join(char for char in map(chr, range(0x300, 0x20000)) if unicodedata.combining(char))
    return re.compile(f"[{marks}]{{30}}(?=[{marks}])")


def _without_controls(text: str, problems: list[Problem], path: str) -> tuple[str, list[Problem]]:
    first = _CONTROL.search(text)
    if not first:
        return text, problems
    clean, count = _CONTROL.subn("\ufffd", text)
    if count > max(4, _JUNK * len(text)):
        return "", [_binary(path)]
    line = text.count("\n", 0, first.start()) + 1
    message = (
        f"Control characters cannot be part of a text and became “\ufffd”: {count} in all, "
        f"the first (U+{ord(first[0]):04X}) at line {line}."
    )
    remedy = "Delete or correct the marked places."
    return clean, [*problems, Problem(Origin(path, line), "file-control", message, remedy, "warning")]


def _no_such_encoding(name: str, path: str) -> Problem:
    shown = name.encode("ascii", "replace").decode()[:40]
    message = f"No character set is called “{shown}”. The file was not read."
    remedy = "Name one such as utf-8, windows-1252, iso-8859-15 or utf-16, or none: most files need none."
    return Problem(Origin(path), "file-encoding", message, remedy)


def _too_large(size: int, path: str) -> Problem:
    message = f"The file has {size:,} bytes; the limit is {LIMIT:,}. It was not read."
    return Problem(Origin(path), "file-too-large", message, "Divide it into smaller files.")


def _binary(path: str) -> Problem:
    message = "The file is not a text file: it holds binary data. It was not read."
    return Problem(
        Origin(path), "file-binary", message, "Remove it from the library, or export it as text again."
    )
