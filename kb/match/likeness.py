"""How two titles are alike: but for spelling, a subtitle, a number, or words that tell two works apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from kb.match.titles import Title
from kb.match.words import CONTRASTS, DENIALS, PREFIXES

_ALIKE, _SHUFFLED = 60, 70  # how alike titles must be, as they stand or with words in order of the alphabet
_LEFT_OVER = 0.35  # of a title's letters, in words that the other has not, from which on they are other words
_NEARLY = 80  # how alike titles are of which one may be the other with letters doubled, words split otherwise
_DOUBLED = re.compile(r"([^\W\d_ivxlcdm])\1+")
_KNOWN = 12  # letters of a second title that may stand for the first
_START, _SLIPS = 20, 92  # letters of a start that may have slips, and how alike it must be


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two titles are alike.

    ``kind``: none (one has no title), equal, spelling, subtitle (one has more
    at its end), cut, added (one has more words), words (other words), number,
    contrast (men and women), unlike. ``ratio`` 0 to 100; ``letters`` those of
    the shorter; ``told`` what differs. Kind behind: one has more before its end.
    """

    kind: str
    ratio: float = 0.0
    letters: int = 0
    told: tuple[str, str] = ("", "")


def alike(one: Title, other: Title) -> Likeness:
    """How two titles are alike; the same answer in either order."""
    a, b = (one, other) if _size(one) <= _size(other) else (other, one)
    if not a.squeezed:
        return Likeness("none")
    letters = len(a.squeezed)
    also = letters >= _KNOWN and (a.squeezed == b.also or b.squeezed == a.also)
    if a.squeezed == b.squeezed or also:
        return Likeness("equal", 100.0, letters)
    longer = _longer(a, b) or _behind(a, b)
    if longer:
        return longer
    ratio = float(fuzz.ratio(a.squeezed, b.squeezed))
    if ratio < _ALIKE and fuzz.token_sort_ratio(" ".join(a.words), " ".join(b.words)) < _SHUFFLED:
        return Likeness("unlike", ratio, letters)
    if ratio >= _NEARLY and _without_doubles(a.letters) == _without_doubles(b.letters):
        return Likeness("spelling", ratio, letters)  # “int he”, “ofthe”, “aa cohort”
    return _by_words(a.words, b.words, ratio, letters)


def _without_doubles(letters: str) -> str:
    """Letters without those typed twice; but II is not I, nor 11 1."""
    return _DOUBLED.sub(r"\1", letters)


def _size(title: Title) -> tuple[int, str]:
    return len(title.squeezed), title.squeezed


def _longer(a: Title, b: Title) -> Likeness | None:
    """What the longer title has at its end, if it is the shorter one before."""
    letters, size = len(a.squeezed), len(b.squeezed)
    if not _begins(a, b):
        return None
    ratio = 100.0 * letters / size
    if a.cut or b.cut:
        number = "" if b.cut or not _names_a_number(b.words[-1]) else b.words[-1]
        return Likeness("cut", ratio, letters, ("", number))
    count = _words_of(b.words, letters)
    common, more = b.words[:count], b.words[count:]
    if not more or _digits(a.words) != _digits(common) or not _one_spelling(a.words, common):
        return None
    kind = "subtitle" if any(abs(place - letters) <= 2 for place in b.breaks) else "added"
    if kind == "added" and not DENIALS.isdisjoint(more):
        return None
    if len(more) <= 2 and CONTRASTS.keys() >= set(more):  # … (in women)
        kind = "added"
    if len(more) <= 3 and any(map(_names_a_number, more)):
        kind = "number"
    return Likeness(kind, ratio, letters, ("", " ".join(more)))


def _behind(a: Title, b: Title) -> Likeness | None:
    """What the longer title has before the other: its own language's title, or the name of a column."""
    letters, size = len(a.squeezed), len(b.squeezed)
    if letters < _START or not b.squeezed.endswith(a.squeezed):
        return None
    if not any(abs(size - letters - place) <= 2 for place in b.breaks):
        return None
    count = len(b.words) - len(a.words)
    if b.words[count:] != a.words or any(map(_names_a_number, b.words[:count])):
        return None
    return Likeness("behind", 100.0 * letters / size, letters, ("", " ".join(b.words[:count])))


def _begins(a: Title, b: Title) -> bool:
    """Whether the longer title begins as the shorter one reads, but for slips."""
    letters, size = len(a.squeezed), len(b.squeezed)
    if letters < 6 or size == letters or (size - letters < 4 and not a.cut):
        return False
    start = b.squeezed[:letters]
    return start == a.squeezed or (letters >= _START and fuzz.ratio(a.squeezed, start) >= _SLIPS)


def _words_of(words: tuple[str, ...], letters: int) -> int:
    """How many of the words make up about so many letters."""
    count = 0
    while count < len(words) and letters > max(2, len(words[count]) // 2):
        letters -= len(words[count])
        count += 1
    return count


def _one_spelling(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return words == others or _by_words(words, others, 100.0, 0).kind == "spelling"


def _digits(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _names_a_number(word: str) -> bool:
    """Whether a word is a number, or a letter that serves as one: hepatitis B."""
    return len(word) == 1 or word.isdigit()


def _by_words(words: tuple[str, ...], others: tuple[str, ...], ratio: float, letters: int) -> Likeness:
    """How titles are alike whose letters are not the same: word by word."""
    only_a, only_b = _without(words, others), _without(others, words)
    left_over = min(sum(map(len, only_a)), sum(map(len, only_b)))
    if "".join(only_a) == "".join(only_b):
        return Likeness("spelling", ratio, letters)
    if ratio < 75 and left_over > _LEFT_OVER * letters:
        return Likeness("words" if ratio >= _ALIKE else "unlike", ratio, letters)
    if any(len(word) == 1 for word in (*only_a, *only_b)) and _close(only_a, only_b):
        return Likeness("spelling", ratio, letters)
    return _by_what_is_left(only_a, only_b, ratio, letters)


def _without(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """The words that the others have not, or not as often."""
    left = list(others)
    only = []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            only.append(word)
    return only


def _by_what_is_left(only_a: list[str], only_b: list[str], ratio: float, letters: int) -> Likeness:
    """How titles are alike, by the words that only one of them has."""
    variants, only_a, only_b = _paired(only_a, only_b)
    numbers = tuple(" ".join(sorted(filter(_names_a_number, only))) for only in (only_a, only_b))
    told = (" ".join(only_a), " ".join(only_b))
    kind = "words" if ratio >= _ALIKE else "unlike"
    if any(numbers):
        kind, told = ("number" if ratio >= 75 else "unlike"), (numbers[0], numbers[1])
    elif against := _contrasting(variants, only_a, only_b):
        kind, told = "contrast", against
    elif not only_a and not only_b:
        kind = "spelling" if ratio >= 70 else "words"
    elif _close(only_a, only_b):
        kind = "spelling"
    elif not only_a or not only_b:
        kind = "added"
    return Likeness(kind, ratio, letters, told)


def _contrasting(
    variants: list[tuple[str, str]], only_a: list[str], only_b: list[str]
) -> tuple[str, str] | None:
    """The first two words that tell two things apart, if any do; one is "" where the other denies it."""
    for word in (*only_a, *only_b):
        if word in DENIALS:
            return (word, "") if word in only_a else ("", word)
    candidates = (*variants, *((word, other) for word in only_a for other in only_b))
    return next((pair for pair in candidates if _contrast(*pair)), None)


def _close(only_a: list[str], only_b: list[str]) -> bool:
    """Whether leftover words are the same letters, split or joined another way, but for a slip."""
    one, other = "".join(only_a), "".join(only_b)
    if min(len(one), len(other)) <= 5 or not one.isalpha() or not other.isalpha():
        return False
    return fuzz.ratio(one, other) >= 85


def _paired(only_a: list[str], only_b: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Words that are spellings of one another; and what is left of both lists."""
    variants: list[tuple[str, str]] = []
    left_b = list(only_b)
    left_a: list[str] = []
    for word in only_a:
        found = next((other for other in left_b if _variant(word, other)), "")
        if found:
            left_b.remove(found)
            variants.append((word, found))
        else:
            left_a.append(word)
    return variants, left_a, left_b


@lru_cache(maxsize=1 << 14)
def _variant(one: str, other: str) -> bool:
    """Whether two words may be one, in another spelling or with a slip of a finger."""
    if len(one) < 3 or len(other) < 3 or one.isdigit() or other.isdigit():
        return False
    return fuzz.ratio(one, other) >= (80 if min(len(one), len(other)) > 4 else 74)


@lru_cache(maxsize=1 << 14)
def _contrast(one: str, other: str) -> bool:
    """Whether two words tell two things apart: men and women, hyper- and hypotension."""
    side, opposite = CONTRASTS.get(one), CONTRASTS.get(other)
    if side and opposite and side[0] == opposite[0] and side != opposite:
        return True
    if one[-4:] != other[-4:]:
        return False
    return any(
        len(a) - len(prefix) >= 4 and a.startswith(prefix) and b == against + a[len(prefix) :]
        for prefix, against in PREFIXES
        for a, b in ((one, other), (other, one))
    )
