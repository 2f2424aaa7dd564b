"""Which encoding a file's bytes are in: what its first lines say, and names as many programs spell them."""

import codecs
import re

# Of Python's codecs, those that are character sets: "zip", "rot13" and "unicode_escape" are none
_CHARSET = re.compile(
    r"ascii|utf-?(?:7|8|8-sig|16|16-[lb]e|32|32-[lb]e)|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|gb\w+|hz|big5\w*"
    r"|euc_\w+|shift_jis\w*|iso2022_\w+|johab|tis-620|ptcp154|kz1048|hp-roman8"
)
# Whoever says Latin-1 or ASCII and has a byte above 127 means Windows-1252 (WHATWG, Encoding Standard 4.2)
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_WHOLE_NAMES = {"unicode (utf-8)": "utf-8", "iso latin 1": "latin-1", "windows latin 1": "cp1252"}
_WHOLE_NAMES |= {"mac os roman": "mac-roman", "non-lossy ascii": "ascii"}
# Eight bits look like seven in these: a file that says so is read so, although it may be sound UTF-8
_SEVEN_BITS = re.compile(r"iso2022_\w+|hz|utf-?7")
_HEAD = 2000  # bytes in which a program says what it wrote
_NAME = rb"[\"']?([A-Za-z0-9][A-Za-z0-9_.-]{1,30})"
_SAID = tuple(
    re.compile(rb"^[ \t]*%.{0,200}?" + pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        rb"\b(?:file)?encoding[ \t]*[:=][ \t]*" + _NAME,  # JabRef, TeX editors, vim
        rb"\bcoding:[ \t]*" + _NAME,  # Emacs
        rb"saved with string encoding (?:Western \()?"
        + rb"(Unicode \(UTF-8\)|[A-Za-z0-9 -]{1,30})",  # BibDesk
    )
)


def charset(name: str) -> str:
    """Python's name of a character set that goes by ``name``, or "" if there is none such.

    >>> charset("Latin-1"), charset("Cp1252"), charset("ISO8859_15"), charset("x-MacRoman"), charset("zip")
    ('cp1252', 'cp1252', 'iso8859-15', 'mac-roman', '')
    """
    wanted = name.strip().lower()
    wanted = _WHOLE_NAMES.get(wanted, wanted)
    wanted = re.sub(r"-(?:unix|dos|mac)$", "", wanted).removeprefix("x-")
    try:
        found = codecs.lookup(wanted).name
    except (LookupError, ValueError):  # a NUL in a name is a ValueError
        return ""
    return _MEANT.get(found, found) if _CHARSET.fullmatch(found) else ""


def declared(content: bytes) -> str:
    """The character set that the first lines say a file is in, or ""."""
    head = content[:_HEAD]
    for pattern in _SAID:
        found = pattern.search(head)
        if found:
            return charset(found[1].decode("ascii"))
    return ""


def is_seven_bit(encoding: str) -> bool:
    """Whether text in this encoding has no byte above 127, so that only a word of its can tell."""
    return bool(_SEVEN_BITS.fullmatch(encoding))
