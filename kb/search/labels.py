"""A topic's names: how they are compared with what is typed, and how they stand in texts.

Names are compared folded, in the singular, in one spelling (behaviour, behavior)
and without the gaps between their parts: STABLE-2007, Stable 2007 and stable2007 are one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

from kb.search import spelling
from kb.search.language import plain_words
from kb.search.stems import stem
from kb.search.tree import Term
from kb.text import words

Status: TypeAlias = Literal["preferred", "in-use", "caution", "historical", "hidden"]
# written: as written only; capital: with its capital, or when nothing else is said; never: in fields only.
Guard: TypeAlias = Literal["", "written", "capital", "never"]

SHORT = 3
RANKS = {"preferred": 0, "in-use": 1, "caution": 2, "historical": 3, "hidden": 4}
# Words with which no name of a thing begins or ends, unless it is a name made of them: Get Help, Stop It Now.
_OPEN_ENDS = frozenset(
    words("a an and for get how in is it my no now of off on out stop the them this to up")
)
_PARTING = frozenset(words("a an and are as at be by for if in is it no not of on or so the to up we"))
_ROMAN = {"ii": "2", "iii": "3"}
_IRREGULAR = _ROMAN | {"children": "child", "men": "man", "women": "woman", "criteria": "criterion"}
_RAW = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"\s+\([^()]*\)$")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_PAIR = 2
_JOINED = 4  # parts of a name that may be written together
_WAYS = 12  # of writing one name


@dataclass(frozen=True, slots=True)
class ThesaurusLabel:
    """One name of a topic, as the thesaurus gives it; an ``exact`` one is also an ordinary word."""

    topic: str
    text: str
    status: Status = "in-use"
    preferred: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A label, with what is compared worked out once: ``bare`` and ``key`` are without its remark."""

    label: ThesaurusLabel
    bare: str
    key: tuple[str, ...]
    guard: Guard
    rank: int

    @property
    def tight(self) -> str:
        """The key without gaps."""
        return "".join(self.key)

    @property
    def order(self) -> tuple[int, str, str]:
        """Which of several goes first: that which names its topic best."""
        return self.rank, self.label.topic, self.label.text

    def admits(self, run: Sequence[Term], *, whole: bool) -> bool:
        """Whether the words of ``run``, which fold to the label, may be taken for it."""
        if not _parted_alike(self.key, run) or self.guard == "never":
            return False
        if self.guard == "capital":
            return whole or run[0].written[:1].isupper() or len(run) == 1
        if not self.guard:
            return True
        raw = "".join(part for term in run for part in _RAW.findall(term.written))
        label = "".join(_RAW.findall(self.bare))
        return raw in (label, f"{label}s")


def entry(label: ThesaurusLabel) -> Entry:
    """``label`` ready to be compared."""
    text = bare(label.text)
    parts = key(text)
    rank = 0 if label.preferred else RANKS.get(label.status, 1)
    return Entry(label, text, parts, _guard(text, parts, exact=label.exact), rank)


def bare(text: str) -> str:
    """A label as it is written in a text: without the remark after it, and the article before it."""
    found = _REMARK.sub("", text) if text.endswith(")") else text
    return found.removeprefix("The ").strip() or text


def key(text: str) -> tuple[str, ...]:
    """Words as labels are compared: in the singular, in one spelling, without a possessive's s.

    >>> key("Cohen’s programmes") == key("cohen program")
    True
    """
    return tuple(spelling.common(_singular(word)) for word in plain_words(text))


def term_key(term: Term) -> tuple[str, ...]:
    """A typed word's parts, as labels are compared."""
    if term.quoted:
        return key(term.written)
    return tuple(spelling.common(_singular(word)) for word in term.words)


def stemmed(parts: Iterable[str]) -> tuple[str, ...]:
    """Words as the index compares them: hash matching, hash matches."""
    return tuple(map(stem, parts))


def ways(text: str) -> tuple[str, ...]:
    """How a name may stand in a text, folded: as written, then closed up or apart, then spelt otherwise.

    >>> ways("Static-99R")
    ('static 99r', 'static 99 r', 'static99 r', 'static99r')
    >>> ways("Treatment programme")
    ('treatment programme', 'treatment program')
    """
    chunks = [_chunk(chunk) for chunk in text.split() if words(chunk)]
    found: dict[str, None] = dict.fromkeys([" ".join(words(text))])
    for way in product(*chunks):
        found.update(dict.fromkeys(spelling.phrases(tuple(" ".join(way).split()))))
        if len(found) >= _WAYS:
            break
    return tuple(each for each in found if each)[:_WAYS]


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Folded ``texts`` without those that another one finds anyway, as “csam” finds “viewing csam”."""
    stems = {text: f" {' '.join(stemmed(map(_singular, text.split())))} " for text in texts}
    kept: dict[str, str] = {}
    for text, stemmed_text in stems.items():
        if not any(other in stemmed_text and other != stemmed_text for other in stems.values()):
            kept.setdefault(stemmed_text, text)
    return tuple(kept.values())


def _chunk(chunk: str) -> tuple[str, ...]:
    """A word of a name, with its parts closed up or apart where a hyphen, a slash or a digit parts them."""
    parts = words(chunk)
    pieces = [piece for part in parts for piece in _PIECES.findall(part)]
    if not any(piece.isdigit() for piece in pieces):
        pieces = parts
    if not 1 < len(pieces) <= _JOINED:
        return (" ".join(parts),)
    closed = [pieces[0]]
    for piece in pieces[1:]:
        closed = [f"{before}{gap}{piece}" for before in closed for gap in (" ", "")]
    return tuple(dict.fromkeys((" ".join(parts), *closed)))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word[-1] != "s" or len(word) <= SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("yses", "theses")):
        return f"{word[:-2]}is"
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _guard(text: str, parts: tuple[str, ...], *, exact: bool) -> Guard:
    if exact and text[1:].islower():
        return "never"
    if exact or sum(map(len, parts)) <= SHORT:
        return "written"
    # Three such words side by side are seldom meant otherwise: stop it now.
    open_ended = len(parts) == _PAIR and not _OPEN_ENDS.isdisjoint(parts)
    return "capital" if open_ended and not text.islower() else ""


def _parted_alike(parts: Sequence[str], run: Sequence[Term]) -> bool:
    """Whether no gap of ``run`` that the name has not stands beside a word of grammar: “the rapist”."""
    gaps, at = set(), 0
    for part in parts:
        at += len(part)
        gaps.add(at)
    at = 0
    for i, term in enumerate(run[:-1]):
        at += len("".join(term_key(term)))
        beside = {*term.words[-1:], *run[i + 1].words[:1]}
        if at not in gaps and beside & _PARTING:
            return False
    return True
