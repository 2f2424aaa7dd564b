"""Fields that hold several things: keywords, other citekeys, what a work cites."""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Cited:
    """What a cites field names: citekeys and bare DOIs, each once and in order.

    ``joined`` are those between which a comma is missing; ``addresses`` name no work.
    """

    targets: tuple[str, ...]
    joined: tuple[str, ...]
    addresses: tuple[str, ...]


def cited(source: str) -> Cited:
    """What a work cites, as its cites field says.

    >>> cited("seto2015predicting, doi:10.1002/X(ABC,1)7;2-Z, eke2019").targets
    ('seto2015predicting', '10.1002/x(abc,1)7;2-z', 'eke2019')
    """
    targets: list[str] = []
    joined: list[str] = []
    addresses: list[str] = []
    for written in _BETWEEN.split(_DOI_SPACE.sub("doi:", source)):
        words = verbatim(" ".join(written.split())).strip(" ,;").split()
        if len(words) > 1:
            joined.append(" ".join(words)[:60])
        for word in words:
            if _DOI.match(word):
                targets += filter(None, map(doi, _SPLIT_DOIS.split(word)))
            elif _ADDRESS.match(word):
                addresses.append(word[:60])
            else:
                targets += [key for key in word.split(",") if key]  # no citekey holds a comma
    return Cited(tuple(dict.fromkeys(targets)), tuple(joined), tuple(addresses))
