r"""Addresses and identifiers, which are never decoded as LaTeX: only freed of its escapes."""

import re

from kb import ids

_WRAPPED = re.compile(r"\\(?:url|nolinkurl|path|href)\s*\{([^{}]*)\}.*", re.DOTALL)
_SPELLED = (
    (re.compile(r"\{?\\textless(?![A-Za-z])\s*(?:\{\})?\}?|\$<\$"), "<"),
    (re.compile(r"\{?\\textgreater(?![A-Za-z])\s*(?:\{\})?\}?|\$>\$"), ">"),
    (re.compile(r"\{?\\textunderscore(?![A-Za-z])\s*(?:\{\})?\}?|\$_\$"), "_"),
    (re.compile(r"\{?\\(?:textasciitilde|sim)(?![A-Za-z])\s*(?:\{\})?\}?|\\~\{\}|\$\\sim\$"), "~"),
)
_ESCAPED = re.compile(r"\{?\\([_&%#$~{}^])\}?")
_IN_BRACES = re.compile(r"\{([<>_~&%#])\}")
_LONGEST = 2000  # characters; no DOI and no address that a browser opens has more
_BROKEN = re.compile(r"\s*\n\s*")
_ISSN = re.compile(r"(?<![0-9-])([0-9]{4})[-‐–]?([0-9]{3}[0-9Xx])(?![\w-])")
_WEB = re.compile(r"https?://[^\s/?#]+\.?[^\s]*", re.IGNORECASE)
_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)


def verbatim(source: str) -> str:
    r"""``source`` without LaTeX's escapes and wrappers, on one line.

    >>> verbatim(r"\url{https://example.org/a\_b}")
    'https://example.org/a_b'
    """
    text = source.strip()
    if "\n" in text:
        text = _BROKEN.sub("", text)
    if "\\" in text or "$" in text:
        text = _WRAPPED.sub(r"\1", text)
        for spelled, char in _SPELLED:
            text = spelled.sub(char, text)
        text = _ESCAPED.sub(r"\1", text)
    if "{" in text:
        text = _IN_BRACES.sub(r"\1", text)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if text[:1] == "<" and text[-1:] == ">":
        text = text[1:-1]
    return text[1:-1].strip() if text[:1] == "{" and text[-1:] == "}" else text.strip()


def doi(source: str) -> str:
    """The DOI in ``source``, or "" if there is none."""
    return ids.doi(verbatim(source)[:_LONGEST])


def web_address(source: str) -> str:
    """The http(s) address that ``source`` is, or begins with; "" if it is none.

    >>> web_address("javascript:alert(1)")
    ''
    """
    first, *_ = verbatim(source).split() or [""]
    return first if len(first) <= _LONGEST and first.isprintable() and _WEB.fullmatch(first) else ""


def is_issn(source: str) -> bool:
    """Whether a valid ISSN stands in ``source`` (ISO 3297).

    >>> is_issn("1079-0632"), is_issn("1079-0633")
    (True, False)
    """
    for found in _ISSN.finditer(source):
        digits = f"{found[1]}{found[2]}".upper()
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(weight * value for weight, value in zip(range(8, 0, -1), values, strict=True)) % 11 == 0:
            return True
    return False


def doi_of_address(address: str) -> str:
    """The DOI that an address of doi.org resolves, else ""."""
    return doi(address) if _RESOLVER.match(address) else ""
