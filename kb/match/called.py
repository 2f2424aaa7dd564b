"""Whether a name that somebody typed is a person's: in any order, with initials, with accents or without."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.model import Person
from kb.text import fold, transliterated

_INITIALS = re.compile(r"[A-Z]{2,3}")  # MC, behind a family name
_PARTS = re.compile(r"[\s.\-‐‑·]+")

Word = frozenset[str]
"""A word in each of its spellings: Lätth is latth and laetth."""
Words = tuple[Word, ...]


def answers(person: Person, typed: str) -> bool:
    """Whether ``person`` may be called so: family name whole or in part, given names as far as told.

    An initial stands for every name that begins with it, and a name that was
    left out for any.
    """
    if person.name.corporate:
        return {*_words(typed)} <= {*_words(person.name.family)}
    spelt = [_spelling(spelling) for spelling in person.spellings]
    return any(_answers(spelt, family, given) for family, given in _splits(typed))


def _answers(spelt: Sequence[tuple[Words, Words]], family: Words, given: Words) -> bool:
    """Not by one spelling: M. C. would answer to Marie, although Michael C. does not."""
    found = [others for names, others in spelt if _within(family, names)]
    return bool(family and found) and all(_fits(given, others) for others in found)


def goes_by(person: Person, typed: str) -> bool:
    """Whether ``person`` may be meant so by somebody who looks for them: as ``answers``, or by a later name.

    R. Karl Hanson goes by Karl. Only for finding: the name by which somebody
    goes tells less who they are than their first does.
    """
    if person.name.corporate or answers(person, typed):
        return answers(person, typed)
    spelt = [_spelling(spelling) for spelling in person.spellings]
    return any(
        _within(family, names) and _later(given, others)
        for family, given in _splits(typed)
        if family and given
        for names, others in spelt
    )


def _later(given: Words, others: Words) -> bool:
    """Whether the first of the given names, written out, is a later one there, and the others follow."""
    return any(
        len(max(given[0], key=len)) > 1 and given[0] & others[place] and _fits(given, others[place:])
        for place in range(1, len(others))
    )


def families(typed: str) -> list[str]:
    """What of a typed name may be its family name, for looking people up."""
    if "," in typed:
        return [typed.partition(",")[0]]
    parts = typed.split()
    return list(dict.fromkeys((*(" ".join(parts[i:]) for i in range(len(parts))), *parts)))


def _splits(typed: str) -> Iterator[tuple[Words, Words]]:
    """(family name, given names): as the comma says, else first or last."""
    if "," in typed:
        family, _, given = typed.partition(",")
        yield _words(family), _given(given)
        return
    parts = typed.split()
    for place in range(1, len(parts) + 1):
        yield _words(" ".join(parts[place - 1 :])), _given(" ".join(parts[: place - 1]))
        yield _words(" ".join(parts[:place])), _given(" ".join(parts[place:]))


@lru_cache(maxsize=1 << 12)
def _spelling(inverted: str) -> tuple[Words, Words]:
    family, _, given = inverted.partition(",")
    return _words(family), _given(given.rpartition(",")[2])  # a suffix stands between them


def _given(text: str) -> Words:
    parts = (" ".join(part) if _INITIALS.fullmatch(part) else part for part in text.split())
    return _words(" ".join(parts))


def _words(text: str) -> Words:
    return tuple(_word(part) for part in _PARTS.split(text) if _word(part))


@lru_cache(maxsize=1 << 12)
def _word(text: str) -> Word:
    return frozenset(filter(None, (fold(text), fold(transliterated(text)))))


def _within(few: Words, many: Words) -> bool:
    """Whether ``few`` stand in a row in ``many``: a particle or half of a double name may be missing."""
    return any(
        all(one & other for one, other in zip(few, many[place:], strict=False))
        for place in range(len(many) - len(few) + 1)
    )


def _fits(given: Words, others: Words) -> bool:
    return all(_stands_for(one, other) for one, other in zip(given, others, strict=False))


def _stands_for(one: Word, other: Word) -> bool:
    if one & other:
        return True
    short = [word for word in (*one, *other) if len(word) == 1]
    return any(long.startswith(letter) for letter in short for long in (*one, *other) if len(long) > 1)
