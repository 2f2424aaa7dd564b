"""Fields that hold several things: keywords, other citekeys, what a work cites."""

import html
import re
from dataclasses import dataclass

from kb.clean.identifiers import doi, verbatim
from kb.clean.latex import plain, split_outside_braces

_ENTITY = re.compile(r"\\?&(?:[A-Za-z]{2,8}|#\d{1,7});")
_BETWEEN = re.compile(r"[,;]\s+")  # a DOI may hold a comma or semicolon, but none before a space
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.|www\.)?doi\.org/)?10\.\d{4,9}/", re.IGNORECASE)
_SPLIT_DOIS = re.compile(rf",(?={_DOI.pattern})", re.IGNORECASE)
_DOI_SPACE = re.compile(r"\bdoi:\s+(?=10\.)", re.IGNORECASE)
_CITEKEYS = re.compile(r"[A-Za-z][\w-]*+(?:, [A-Za-z][\w-]*+)*+")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def keywords(source: str) -> tuple[str, ...]:
    """The keywords, split at commas and semicolons that stand in no braces, each once.

    >>> keywords("risk; {Sexual abuse, child}, Risk")
    ('risk', 'Sexual abuse, child')
    """
    found: dict[str, str] = {}
    marks = ",;"
    if source[:1] == "{" and source[-1:] == "}" and ";" in source and "{" not in source[1:]:
        source, marks = source[1:-1], ";"  # all of them in one more pair of braces, as Web of Science has it
    if "&" in source:
        source = _ENTITY.sub(lambda entity: html.unescape(entity[0]), source)
    for written in split_outside_braces(source, marks) if source else ():
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
    if _CITEKEYS.fullmatch(source):
        return Cited(tuple(dict.fromkeys(source.split(", "))), (), ())
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
