"""Stems of words, as the full-text index makes them (Porter 1980, doi:10.1108/eb046814).

The index keeps “prediction” as “predict”: so the beginning ``predicti*`` is
found by no token there, though the word is in the text. ``continued`` says
which words a beginning may go on to be for which that is so.
"""

import re
from functools import lru_cache

_SHORT = 2
_BASE = 3  # letters of a part that may be a stem by itself
_AT_MOST = 6

_V = "(?:[aeiou]|(?<=[^aeiou])y)"
_C = "(?:(?<![^aeiou])y|[^aeiouy])"
_MEASURE = re.compile(f"{_V}+{_C}+")
_HAS_VOWEL = re.compile(_V)
_SHORT_END = re.compile(f"{_C}{_V}(?![wxy]){_C}$")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate",
    "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al",
    "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize",
)  # fmt: skip
_SUFFIXES = (
    "ation ational ative ator ate ated ating ion ional ive ity ability ibility able ible ism ist ization"
    " ance ence ant ent ment ness ful less ous ical ing ed er s es ly"
).split()


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """What the index makes of a folded word.

    >>> [stem(word) for word in ("prediction", "recidivism", "abused", "validity")]
    ['predict', 'recidiv', 'abus', 'valid']
    """
    if len(word) <= _SHORT or not (word.isascii() and word.isalpha()):
        return word
    word = _past(_plural(word))
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        word = f"{word[:-1]}i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _last(_derived(word))


def _measure(part: str) -> int:
    return len(_MEASURE.findall(part))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        part = word.removesuffix(ending)
        if part != word:
            return _mended(part) if _HAS_VOWEL.search(part) else word
    return word


def _mended(part: str) -> str:
    """What is left when -ed or -ing was taken off, as a word again: hop(p), fil(e)."""
    if part.endswith(("at", "bl", "iz")):
        return f"{part}e"
    if len(part) > 1 and part[-1] == part[-2] and part[-1] not in "aeioulsz":
        return part[:-1]
    return f"{part}e" if _measure(part) == 1 and _SHORT_END.search(part) else part


def _replaced(word: str, endings: dict[str, str]) -> str:
    ending = max((each for each in endings if word.endswith(each)), key=len, default="")
    part = word[: len(word) - len(ending)]
    return part + endings[ending] if ending and _measure(part) else word


def _derived(word: str) -> str:
    ending = max((each for each in _STEP_4 if word.endswith(each)), key=len, default="")
    part = word[: len(word) - len(ending)]
    if not ending or _measure(part) <= 1 or (ending == "ion" and not part.endswith(("s", "t"))):
        return word
    return part


def _last(word: str) -> str:
    if word.endswith("e"):
        part = word[:-1]
        measure = _measure(part)
        word = part if measure > 1 or (measure == 1 and not _SHORT_END.search(part)) else word
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word


@lru_cache(maxsize=4096)
def continued(beginning: str) -> tuple[str, ...]:
    """Words that a folded beginning may go on to be, whose stem does not begin so; one a stem.

    >>> continued("predicti"), continued("anonymo"), continued("random")
    (('prediction',), ('anonymous',), ())
    """
    if not (beginning.isascii() and beginning.isalpha()):
        return ()
    indexed = stem(beginning)  # which the index compares as a beginning by itself
    found: dict[str, str] = {}
    for cut in range(_BASE, len(beginning)):
        for suffix in _SUFFIXES:
            if suffix.startswith(beginning[cut:]):
                word = beginning[:cut] + suffix
                found.setdefault(stem(word), word)
    return tuple(word for kept, word in found.items() if not kept.startswith(indexed))[:_AT_MOST]
