"""Fields that hold several things: keywords, other citekeys, what a work cites."""

import re

from kb.clean.identifiers import doi, verbatim
from kb.clean.latex import plain, split_outside_braces

_BETWEEN = re.compile(r"[,;]\s+")  # a DOI may hold a comma or semicolon, but none before a space
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.|www\.)?doi\.org/)?10\.\d{4,9}/", re.IGNORECASE)
_SPLIT_DOIS = re.compile(rf",(?={_DOI.pattern})", re.IGNORECASE)
_DOI_SPACE = re.compile(r"\bdoi:\s+(?=10\.)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def keywords(source: str) -> tuple[str, ...]:
    """The keywords, split at commas and semicolons that stand in no braces, each once.

    >>> keywords("risk; {Sexual abuse, child}, Risk")
    ('risk', 'Sexual abuse, child')
    """
    found: dict[str, str] = {}
    for written in split_outside_braces(source, ",;") if source else ():
        word = plain(written)
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def named(source: str) -> tuple[str, ...]:
    """The citekeys that ``ids`` or ``related`` lists, each once."""
    keys = (" ".join(key.split()) for key in source.replace("{", "").replace("}", "").split(","))
    return tuple(dict.fromkeys(key for key in keys if key))


def cited(source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a work cites, each once and in order: citekeys, and DOIs in their bare form; and complaints.

    >>> cited("seto2015predicting, doi:10.1002/X(ABC,1)7;2-Z, eke2019")[0]
    ('seto2015predicting', '10.1002/x(abc,1)7;2-z', 'eke2019')
    """
    targets: list[str] = []
    complaints: list[str] = []
    for written in _BETWEEN.split(_DOI_SPACE.sub("doi:", source)):
        words = verbatim(" ".join(written.split())).strip(" ,;").split()
        if len(words) > 1:
            complaints.append(f"“{' '.join(words)[:60]}”, where a comma is missing")
        for word in words:
            _add(word, targets, complaints)
    return tuple(dict.fromkeys(targets)), tuple(complaints)


def _add(word: str, targets: list[str], complaints: list[str]) -> None:
    if _DOI.match(word):
        targets += filter(None, map(doi, _SPLIT_DOIS.split(word)))
    elif _ADDRESS.match(word):
        complaints.append(f"“{word[:60]}”, which is an address")
    else:
        targets += [key for key in word.split(",") if key]  # no citekey holds a comma
