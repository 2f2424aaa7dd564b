"""Fields that hold several things: keywords, other citekeys, what a work cites."""

import html
import re
from collections.abc import Iterable
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

    Where a program writes each on a line of its own (EndNote does), they are split at the line ends.

    >>> keywords("risk; {Sexual abuse, child}, Risk")
    ('risk', 'Sexual abuse, child')
    """
    marks = ",;"
    if source[:1] == "{" and source[-1:] == "}" and ";" in source and "{" not in source[1:]:
        source, marks = source[1:-1], ";"  # all of them in one more pair of braces, as Web of Science has it
    if "&" in source:
        source = _ENTITY.sub(lambda entity: html.unescape(entity[0]), source)
    if "\n" in source and _on_lines(source):
        marks = "\n"
    written = split_outside_braces(source, marks) if source else []
    if marks == "\n":
        written = [line.lstrip("* ") for line in written]
    return merged([filter(None, map(plain, written))])


def _on_lines(source: str) -> bool:
    """Whether each line is a keyword, and not a piece of a list that was merely wrapped.

    What is wrapped has lines with a comma at their end, or indented ones, or many commas in each;
    a keyword of MEDLINE may have one, and one of its main subjects a star before it.
    """
    lines = [line for line in source.split("\n") if line.strip()]
    if ";" in source or len(lines) < 2 or any(line.rstrip().endswith(",") for line in lines):
        return False
    if "," not in source or any(line.lstrip()[0] == "*" for line in lines):
        return True
    return source.count(",") < len(lines) and not any(line[0].isspace() for line in lines[1:])


def groups(source: str) -> tuple[str, ...]:
    r"""The names of groups, split at commas that no backslash hides.

    >>> groups(r"Tools, Risk\, static")
    ('Tools', 'Risk, static')
    """
    names = (plain(name.replace("\\,", ",")) for name in split_outside_braces(source, ","))
    return merged([filter(None, names)])


def merged(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The words of all lists in their order, each once, whatever its capitals."""
    found: dict[str, str] = {}
    for words in lists:
        for word in words:
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
