r"""Stand-ins for what bibtexparser's splitter must not see.

A decoded text holds no control characters, so they cannot be confused with anything.
"""

BACKSLASH, AT = "\x01", "\x02"
BEFORE = "\x03"
"""Stands before a stretch of text that begins within a line."""

_SHOWN = str.maketrans({BACKSLASH: "\\", AT: "@"})


def masked(text: str) -> str:
    r"""``text`` with backslashes that hide nothing masked: those in pairs, and one at the end of a line."""
    if "\\\\" in text or "\\\n" in text:
        return text.replace("\\\\", BACKSLASH * 2).replace("\\\n", BACKSLASH + "\n")
    return text


def shown(text: str) -> str:
    """``text`` as it stands in the file."""
    return text.translate(_SHOWN) if BACKSLASH in text or AT in text else text
