"""The character set of a file that is to be changed: what is put into it must read as it is meant there."""

import re
import unicodedata

from kb.errors import EditError
from kb.read import decode
from kb.read.encodings import declared, is_seven_bit

NOTHING = "Nothing was written"


def charsets(content: bytes, path: str) -> list[str]:
    """The character sets to try for what is to be written, best first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise EditError(f"{path} is in UTF-16, or holds NULs. {NOTHING}; save it as UTF-8 first.")
    text = content.decode("utf-8", "surrogateescape")
    is_utf8 = not re.search("[\udc80-\udcff]", text)
    said = declared(content)
    if said and (is_seven_bit(said) or not is_utf8):
        return [said]
    # A file with bytes that are no UTF-8 is read line by line: as Windows-1252, where a line is not UTF-8.
    has_utf8 = re.search("[^\0-\x7f\udc80-\udcff]", text)
    return ["utf-8"] if is_utf8 else ["utf-8", "cp1252"] if has_utf8 else ["cp1252", "utf-8"]


def text_in(content: bytes, charset: str, path: str) -> str:
    """The text of a file such that encoding it again gives the same bytes."""
    text = content.decode(charset, "surrogateescape")
    if text.encode(charset, "surrogateescape") != content:
        raise EditError(f"{path} is in {charset}. {NOTHING}; save it as UTF-8 first.")
    return text


def appended(content: bytes, source: str, path: str) -> bytes:
    """A file's bytes with text behind one line end more, in its own line ends and character set.

    Raises:
        EditError: The file would not read as before, with the text behind it.
    """
    first = re.search(rb"\r\n|\r|\n", content)
    ends = first[0].decode() if first else "\n"
    # The line end that parts them is one more, so that it can be told when the text is taken away again.
    parts = "\r" if content.endswith(b"\r") and ends == "\n" else ends if content else ""
    shown = unicodedata.normalize("NFC", source)
    for charset in charsets(content, path):
        after = content + (parts + source.replace("\n", ends)).encode(charset, "replace")
        if decode(after, path)[0] == decode(content, path)[0] + ("\n" if content else "") + shown:
            return after
    message = f"The entries would not read as they are meant in {path}"
    raise EditError(f"{message}. {NOTHING}; save the file as UTF-8 first.")
