"""Bytes of an untrusted file → text, and what had to be mended on the way."""

import re
import unicodedata

from kb.model import Origin, Problem

LIMIT = 200 * 2**20
"""Bytes that a text file may have: it is held in memory whole."""

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


def decode(content: bytes, path: str, *, encoding: str = "") -> tuple[str, list[Problem]]:
    r"""The text of a file with ``\n`` line ends, and what is wrong with its bytes.

    ``encoding`` decides if it is given, else a byte order mark, else NULs where UTF-16 has them, else strict
    UTF-8; lines that are none of these are read as Windows-1252, with a
    warning. The text is "" when the file is too large or no text at all. It
    holds no control characters but tabs and line ends, and its letters are
    composed (NFC): else a citekey typed on one system is another on the next.
    """
    if len(content) > LIMIT:
        return "", [_too_large(len(content), path)]
    if content.startswith(_MAGIC):
        return "", [_binary(path)]
    encoding, body = (encoding, content) if encoding else _encoding(content)
    problems: list[Problem] = []
    if encoding == "utf-8":
        text, problems = _utf8(body, path)
    else:
        text, problems = _wide(body, encoding, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _without_controls(text, problems, path)


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
    return "utf-8", content


def _utf8(content: bytes, path: str) -> tuple[str, list[Problem]]:
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _mixed(content, path)


def _mixed(content: bytes, path: str) -> tuple[str, list[Problem]]:
    # Line by line: one bad line must not turn the accents of a UTF-8 file into rubbish.
    lines: list[str] = []
    wrong: list[int] = []
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            wrong.append(number)
    message = (
        f"{_lines(len(wrong))} not UTF-8, the first at line {wrong[0]}. It was read as Windows-1252 instead."
    )
    remedy = "Look whether its accented letters are right, and save the file as UTF-8."
    return "\n".join(lines), [Problem(Origin(path, wrong[0]), "file-encoding", message, remedy, "warning")]


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


def _too_large(size: int, path: str) -> Problem:
    message = f"The file has {size:,} bytes; the limit is {LIMIT:,}. It was not read."
    return Problem(Origin(path), "file-too-large", message, "Divide it into smaller files.")


def _binary(path: str) -> Problem:
    message = "The file is not a text file: it holds binary data. It was not read."
    return Problem(
        Origin(path), "file-binary", message, "Remove it from the library, or export it as text again."
    )
