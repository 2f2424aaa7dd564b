"""Authors as they are compared: families without accents, initials, and names turned round."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from kb.model import Name
from kb.text import fold, words

_TWO = str.maketrans({"æ": "a", "œ": "o", "ø": "o", "ä": "a", "ö": "o", "ü": "u", "å": "a", "þ": "th"})
_NOBODYS = frozenset(
    ("anonymous", "anon", "nonameslisted", "noauthorslisted", "noauthornameavailable", "etal")
)
_INITIALS_BEHIND = re.compile(r"(.+?)[ ,]+((?:[A-Z]\.?[ -]?){1,4})")
_CAPITALS = re.compile(r"[A-Z]{1,4}")
_MOST_ALIKE, _SOME_ALIKE = (
    0.6,
    0.3,
)  # of the shorter list's names, from which on lists are the same, or in part
_NAMESAKE = 0.3  # what a family name counts whose initials are another's
_LEAST = 75  # how alike two family names must be to be spellings of one
_ENDS = 4  # letters of the shortest name that may be the start or the end of another
_TRIED = 8  # names of each list looked at for slips
_MOST = 30  # authors looked at; collaborations of thousands have no better evidence in the rest


@dataclass(frozen=True, slots=True)
class People:
    """The authors of a work in order: family names in one spelling, initials, and all parts of names."""

    families: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    more: bool = False
    corporate: bool = False

    @property
    def first(self) -> str:
        """The first author's family name; "" if nobody is named."""
        return self.families[0] if self.families else ""


NOBODY = People()


def made(names: Iterable[Name], *, more: bool = False) -> People:
    """The people of a work as they are compared."""
    told = [_person(*_split(name)) for name in tuple(names)[:_MOST]]
    told = [person for person in told if person[0] and person[0] not in _NOBODYS]
    if not told:
        return NOBODY
    families, initials, parts = zip(*told, strict=True)
    return People(families, initials, parts, more, all(name.corporate for name in names))


def _split(name: Name) -> tuple[str, str]:
    """Family name with its particle, and given names; initials that stand behind a family name taken off."""
    family, given = f"{name.particle} {name.family}".strip(), name.given
    if not given and not name.corporate and " " in family:
        found = _INITIALS_BEHIND.fullmatch(family)
        if found:
            return found[1], found[2]
    return family, given


@lru_cache(maxsize=1 << 16)
def _person(family: str, given: str) -> tuple[str, str, tuple[str, ...]]:
    """One spelling of the family name, the initials, and the longer parts of the whole name."""
    spelt = plain(family)
    first = given.strip().replace(".", " ")
    initials = first.lower() if _CAPITALS.fullmatch(first) else "".join(word[0] for word in words(first))
    parts = tuple({_same_vowels(word): None for word in (*words(family), *words(first)) if len(word) > 1})
    return spelt, fold(initials), parts


def plain(family: str) -> str:
    """A family name in one spelling: Müller, Mueller and MULLER are all muller.

    >>> plain("von der Müller-Østergaard") == plain("von der Mueller Oestergård")
    True
    """
    return "".join(_same_vowels(word) for word in words(family.casefold().translate(_TWO)))


def _same_vowels(word: str) -> str:
    """A word with ae, oe, ue and aa as they are written with one letter."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")


def alike(one: People, other: People) -> str:
    """How two lists of authors agree: same, some, other, or unknown; symmetric.

    The shorter list counts: a reference names the first author alone.
    """
    if not one.families or not other.families:
        return "unknown"
    if one.families == other.families:
        return "other" if _other_initials(one, other) else "same"
    return _share(one, other)


@lru_cache(maxsize=1 << 14)
def _alike_names(one: str, other: str) -> bool:
    """Whether two family names may be one: a slip, or half of a double name."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 4:
        return False
    if long.startswith(short) or long.endswith(short):
        return True
    return fuzz.ratio(one, other) >= (80 if len(short) > 4 else _LEAST)


def _share(one: People, other: People) -> str:
    few, many = (one, other) if _size(one) <= _size(other) else (other, one)
    unmatched: list[int] = []
    left = list(range(len(many.families)))
    found = 0.0
    for place, family in enumerate(few.families):
        there = [at for at in left if many.families[at] == family]
        match = next((at for at in there if not _clash(few.initials[place], many.initials[at])), -1)
        if there:
            left.remove(match if match >= 0 else there[0])
            found += 1 if match >= 0 else _NAMESAKE
        else:
            unmatched.append(place)
    if found < _MOST_ALIKE * len(few.families):
        found += _slips(few, unmatched[:_TRIED], many, left[:_TRIED])
    share = found / len(few.families)
    return "same" if share >= _MOST_ALIKE else "some" if share >= _SOME_ALIKE else "other"


def _size(one: People) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return len(one.families), one.families, one.initials


def _slips(few: People, unmatched: list[int], many: People, left: list[int]) -> int:
    """How many of the names that are left are one person's after all."""
    found = 0
    families = [many.families[at] for at in left]
    likely = _share_an_end(few, unmatched, families) or _share_a_part(few, unmatched, many, left)
    for place in unmatched:
        # Most lists have nothing in common: one look at all names is cheaper than one at each
        if not likely and not _has_like(few.families[place], families):
            continue
        match = next((at for at in left if _same_person(few, place, many, at)), -1)
        if match >= 0:
            left = [at for at in left if at != match]
            found += 1
    return found


def _share_an_end(few: People, unmatched: list[int], families: list[str]) -> bool:
    """Whether any two names begin or end with the same letters, as a half of a double name does."""
    heads, tails = {name[:_ENDS] for name in families}, {name[-_ENDS:] for name in families}
    names = [few.families[place] for place in unmatched]
    return any(name[:_ENDS] in heads or name[-_ENDS:] in tails for name in names)


def _share_a_part(few: People, unmatched: list[int], many: People, left: list[int]) -> bool:
    """Whether any word of the names stands on both sides, as in names turned round."""
    parts = {part for place in unmatched for part in few.parts[place]}
    return any(not parts.isdisjoint(many.parts[at]) for at in left)


def _has_like(family: str, families: list[str]) -> bool:
    """Whether a family name is spelt about as any of the others."""
    return process.extractOne(family, families, scorer=fuzz.ratio, score_cutoff=_LEAST) is not None


def _same_person(one: People, at: int, other: People, there: int) -> bool:
    """Whether two names that are not spelt alike may be one person's: a slip, or turned round."""
    if _alike_names(one.families[at], other.families[there]):
        return not _clash(one.initials[at], other.initials[there])
    parts, others = one.parts[at], other.parts[there]
    return len({*parts}.intersection(others)) >= min(2, len(parts), len(others)) > 0


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one[0] != other[0])


def _other_initials(one: People, other: People) -> bool:
    clashes = sum(_clash(a, b) for a, b in zip(one.initials, other.initials, strict=True))
    return clashes * 2 > len(one.families)
