"""A name as it is signed → what it is compared by; and whether two of them may be one person's."""

import re
from functools import lru_cache
from typing import NamedTuple

from kb.match.families import PARTICLES, SHORT, SUFFIXES
from kb.match.people import plain
from kb.model import Name
from kb.text import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
_INITIALS_BEHIND = re.compile(r"(.+?)[ ,]+((?:[^\W\d_a-zß-öø-ÿ]\.?[ -]?){1,4})")
_VOWELS = frozenset("AEIOUYÄÖÜÅÉ")
_LONGEST = 300  # characters of a name that are read


class Signature(NamedTuple):
    """A name as it is compared.

    ``family`` are its words in one spelling, without ``particle``; ``given``
    names and initials in order, an abbreviated one with its point; ``suffix``
    jr, sr, 2, 3, 4. A body has its folded name as ``family``, and nothing else.
    """

    family: tuple[str, ...]
    given: tuple[str, ...] = ()
    particle: str = ""
    suffix: str = ""
    body: bool = False

    @property
    def joined(self) -> str:
        """The family name as one word."""
        return self.family[0] if len(self.family) == 1 else "".join(self.family)

    @property
    def full(self) -> bool:
        """Whether the first given name is written out."""
        return bool(self.given) and _is_full(self.given[0])

    @property
    def any_full(self) -> bool:
        """Whether any given name is written out."""
        return any(map(_is_full, self.given))


def signature(name: Name) -> Signature:
    """What a name is compared by; without family name where it holds no word."""
    return _signature(
        name.family[:_LONGEST], name.given[:_LONGEST], name.particle, name.suffix, name.corporate
    )


@lru_cache(maxsize=1 << 16)
def _signature(family: str, given: str, particle: str, suffix: str, corporate: bool) -> Signature:
    if corporate or _is_body(family, given):
        return Signature((fold(family),), body=True)
    family, given = _turned(family, given)
    tokens, behind, suffix = _given_names(given, suffix)
    words, before = _family_names(f"{particle} {family}" if particle else family)
    return Signature(words, tokens, behind + before, suffix)


@lru_cache(maxsize=1 << 15)
def _given_names(given: str, suffix: str) -> tuple[tuple[str, ...], str, str]:
    """Given names and initials, the particle that stands behind them, and the suffix in one spelling."""
    if suffix and given.strip(" .,").lower() in SUFFIXES:  # Hall, Gordon B., Jr.
        given, suffix = suffix, given
    told = given.split()
    if len(told) > 1 and told[-1].strip(".,").lower() in SUFFIXES:
        last = told.pop()
        suffix = suffix or last
    behind: list[str] = []
    while len(told) > 1 and told[-1] in PARTICLES:
        behind.insert(0, told.pop())
    spelt = SUFFIXES.get(suffix.strip(" .,").lower(), fold(suffix))
    return tuple(_tokens(" ".join(told))), "".join(map(plain, behind)), spelt


@lru_cache(maxsize=1 << 15)
def _family_names(written: str) -> tuple[tuple[str, ...], str]:
    """The words of a family name, and the particle before them."""
    named = [spelt for word in written.replace("-", " ").split() if (spelt := _family_word(word))]
    at = 0
    while at < len(named) - 1 and named[at] in PARTICLES:
        at += 1
    return tuple(named[at:]), "".join(named[:at])


def _is_body(family: str, given: str) -> bool:
    """Whether a name in one part is too long for a person's: three words, and no initials behind."""
    if given:
        return False
    told = family.split()
    return len(told) > 2 and told[0].lower() not in PARTICLES and len(told[-1]) > 2


def _turned(family: str, given: str) -> tuple[str, str]:
    """Family and given names, where a file that knows no commas has them the other way: Seto MC."""
    if not given:
        found = _INITIALS_BEHIND.fullmatch(family)
        return (found[1], found[2]) if found else (family, given)
    capitals = family.replace(".", "")
    initials = capitals.isupper() and (
        len(capitals) == 1 or (len(capitals) <= 3 and not _VOWELS.intersection(capitals))
    )
    if initials and len(given.replace(".", "")) > 2 and "." not in given:
        return given, family
    return family, given


@lru_cache(maxsize=1 << 15)
def _family_word(written: str) -> str:
    return plain(written.translate(_APOSTROPHES))


def _tokens(given: str) -> list[str]:
    """Given names in one spelling and initials, in order.

    >>> _tokens("J.-P."), _tokens("JP"), _tokens("Jean-Pierre M."), _tokens("Chr.")
    (['j', 'p'], ['j', 'p'], ['jean', 'pierre', 'm'], ['chr.'])
    """
    return [token for written in _TOKEN.findall(given) for token in _token(written)]


@lru_cache(maxsize=1 << 15)
def _token(written: str) -> tuple[str, ...]:
    """A given name in one spelling, or the initials that stand for some."""
    word = written.rstrip(".")
    if word.isupper() and 1 < len(word) <= (3 if _VOWELS.intersection(word) else 4):
        return tuple(initial for letter in word if (initial := plain(letter)[:1]))
    bare = word.translate(_APOSTROPHES)
    spelt = plain(bare) if len(bare) > 3 else fold(bare).replace(" ", "")  # Joe is not Jo
    if not spelt:
        return ()
    return (f"{spelt}." if written.endswith(".") and len(spelt) > 1 else spelt,)


def _is_full(token: str) -> bool:
    return len(token) > 1 and not token.endswith(".")


class Likeness(NamedTuple):
    """Whether two signatures may be one person's.

    ``kind``: same (no difference), fits (one says less), loose (a family name
    cut or turned round, a particle left out, a short given name), stranger
    (another family name), clash (of one family, another person). ``agreeing``
    counts the given names that agree, and ``full`` says that one of these is
    written out in both.
    """

    kind: str
    agreeing: int = 0
    full: bool = False

    @property
    def possible(self) -> bool:
        """Whether they may be one person's."""
        return self.kind in ("same", "fits", "loose")


_STRANGER, _CLASH = Likeness("stranger"), Likeness("clash")


def likeness(one: Signature, other: Signature) -> Likeness:
    """How two signatures are alike; the same in either order."""
    if one == other:
        return Likeness("same", len(one.given), one.any_full)
    if one.body or other.body:
        return _STRANGER
    family = _families(one, other)
    if not family:
        return _turned_round(one, other)
    others = {one.particle, other.particle} - {""}
    agreeing = _agreeing(one.given, other.given)
    if one.suffix != other.suffix or len(others) > 1 or not agreeing:
        return _CLASH
    kind = "same" if one.given == other.given or _one_word(one, other) else "fits"
    short = one.full and other.full and one.given[0] != other.given[0] and kind == "fits"
    if family == "loose" or short or (one.particle != other.particle and family != "joined"):
        kind = "loose"
    whole = any(_is_full(a) and _is_full(b) for a, b in zip(one.given, other.given, strict=False))
    return Likeness(kind, agreeing, whole)


def _families(one: Signature, other: Signature) -> str:
    """Whether two family names are one: same, joined, loose (one is cut), or "" if not."""
    if one.family == other.family or one.joined == other.joined:
        return "same"
    if one.particle + one.joined == other.particle + other.joined:
        return "joined"
    short, long = sorted((one.family, other.family), key=len)
    if len(short) < len(long) and short in (long[: len(short)], long[len(long) - len(short) :]):
        return "loose" if len("".join(short)) > 2 else ""
    return ""


def _turned_round(one: Signature, other: Signature) -> Likeness:
    """Two whole names of two words that are one, turned round."""
    turned = one.full and other.full and one.family == other.given and other.family == one.given
    return Likeness("loose", 1, True) if turned else _STRANGER


def _one_word(one: Signature, other: Signature) -> bool:
    """Whether given names are one but for where they are parted: Mei-Ling, Meiling."""
    return "".join(one.given) == "".join(other.given) and one.full and other.full


def _agreeing(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many given names agree, from the first; 0 if any that both have does not, or one has none."""
    if not one or not other:
        return 0
    if "".join(one) == "".join(other) and _is_full(one[0]) and _is_full(other[0]):
        return min(len(one), len(other))
    if all(_one_given(a, b) for a, b in zip(one, other, strict=False)):
        return min(len(one), len(other))
    return 0


def _one_given(one: str, other: str) -> bool:
    """Whether two given names may be one: equal, one abbreviated, or one short for the other."""
    if one == other:
        return True
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if not (_is_full(one) and _is_full(other)):
        return long.startswith(short)
    return long in SHORT.get(short, ()) or (short in SHORT.get(long, ()))
