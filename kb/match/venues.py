"""Journals, books and conferences as they are compared: in full, abbreviated, by their letters."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from kb.match.words import listed
from kb.text import words as folded_words

_STOP = frozenset(
    listed(
        "of the and for in on a an to by at de la le les des du et der die das fur und di"
        " del della el y i l d von zur zum og och"
    )
)
_JOURNAL_WORDS = frozenset(
    listed("j jnl journal trans transactions record rec letters lett magazine bulletin newsletter notices")
)
_BEHIND = re.compile(r"\s*:\s|\s+[-–—=]+\s+|—")
_PUBLISHERS = ("acm", "ieee", "aaai", "usenix")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_KINDS = (
    (
        "preprint",
        re.compile(
            r"\b(?:arxiv|biorxiv|medrxiv|psyarxiv|socarxiv|chemrxiv|corr|ssrn|research square|preprints?"
            r"|osf preprints|zenodo|techrxiv|edarxiv|abs \d{4} \d+)\b"
        ),
    ),
    (
        "thesis",
        re.compile(r"\bdissertations? abstr|\bdiss abstr|\bdissertations? and theses\b|\bproquest diss"),
    ),
    (
        "report",
        re.compile(r"\b(?:tech(?:n|nical)? (?:rep|reports?|memo)|research reports? \d|working papers?)\b"),
    ),
    (
        "conference",
        re.compile(
            r"\b(?:proc|proceedings|conference|conf|symposium|symp|workshop|workshops|congress|meeting"
            r"|lecture notes|lncs|tagung|kongress|int conf|colloquium)\b"
        ),
    ),
    (
        "journal",
        re.compile(
            r"\b(?:journals?|j|jnl|transactions?|trans|annals|ann|archives?|arch|review|rev|reviews|letters|lett"
            r"|magazine|bulletin|bull|zeitschrift|quarterly|record|acta|revista|revue|lancet|jama|bmj|plos)\b"
        ),
    ),
)
_PROCEEDINGS_JOURNAL = re.compile(
    r"\bproc\w* (?:of the )?(?:natl|national|royal|r soc|ieee\b(?! )|vldb endow)"
)


@lru_cache(maxsize=1 << 14)
def kind(container: str) -> str:
    """What a container is by its name: preprint, thesis, conference, journal, or "" if it does not say."""
    name = " ".join(folded_words(container))
    if _PROCEEDINGS_JOURNAL.search(name):
        return "journal"
    return next((told for told, pattern in _KINDS if pattern.search(name)), "")


@lru_cache(maxsize=1 << 14)
def told(container: str) -> tuple[str, ...]:
    """The telling words of a container's name, in order."""
    text = html.unescape(container) if "&" in container else container
    bare = _BRACKETS.sub("", text) or text
    words = tuple(word for word in _spelt_out(folded_words(bare[:300])) if word not in _STOP)
    return words[1:] if len(words) > 2 and words[0] in _PUBLISHERS else words


def _spelt_out(words: Iterable[str]) -> Iterator[str]:
    """The words, USA in as many as its letters stand for."""
    for word in words:
        yield from ("united", "states") if word == "usa" else (word,)


def alike(one: str, other: str) -> str:
    """Whether two containers are one: same, other, unknown (nobody can tell)."""
    if not one or not other:
        return "unknown"
    return _alike(one, other) if one <= other else _alike(other, one)


@lru_cache(maxsize=1 << 14)
def _alike(one: str, other: str) -> str:
    a, b = told(one), told(other)
    if "".join(a) == "".join(b):
        return "same" if a else "unknown"
    if _share_a_name(one, other, a, b):
        return "same"
    if _is_journal_of(a, other, b, one):
        return "other"
    if not a or not b or (len(min(a, b, key=len)) == 1 and a[0] == b[0]):
        return "unknown"  # Nature, Nature Medicine; Sexualities: Studies in Culture
    kinds = {kind(one), kind(other)}
    if "conference" in kinds and kinds <= {"conference", ""}:
        return "unknown"  # a conference has a short name, a long one and a series
    return "other"


def _share_a_name(one: str, other: str, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the names are one, whole, without what stands behind, or in one of two languages."""
    main_a, main_b = told(_main(one)), told(_main(other))
    if (main_a, main_b) != (a, b) and _one_name(main_a, main_b):
        return True
    if " = " in one + other and any(_one_name(c, d) for c in _names(one) for d in _names(other)):
        return True
    return _one_name(a, b)


def _names(container: str) -> list[tuple[str, ...]]:
    """The names of a container that says them in two languages."""
    return [told(name) for name in container.split(" = ")]


def _is_journal_of(a: tuple[str, ...], other: str, b: tuple[str, ...], one: str) -> bool:
    """Whether one is a conference's acronym, and the other the journal that bears it: VLDB, VLDB Journal."""
    short, written, long = (a, one, b) if len(a) == 1 else (b, other, a)
    in_letters = len(short) == 1 and re.search(rf"\b{re.escape(short[0].upper())}\b", written) is not None
    return in_letters and len(long) == 2 and long[0] == short[0] and long[1] in _JOURNAL_WORDS


def _main(container: str) -> str:
    """A name without what comes behind a colon, a dash or an equals sign."""
    return _BEHIND.split(container, maxsplit=1)[0]


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names are one: equal but for a slip, or one short for the other."""
    if a == b or not a or not b:
        return a == b and bool(a)
    short, long = (a, b) if (len("".join(a)), a) <= (len("".join(b)), b) else (b, a)
    if len(short) == 1 and long[0] == short[0]:
        return False
    if _abbreviates(short, long) or _letters(short, long) or _abbreviates(long, short):
        return True
    return fuzz.ratio(" ".join(a), " ".join(b)) >= 88


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of ``short`` shortens one of ``long``, in order, the first the first."""
    if not _shortens(short[0], long[0]):
        return False
    at = 1
    for word in short[1:]:
        at = next((place + 1 for place in range(at, len(long)) if _shortens(word, long[place])), 0)
        if not at:
            return False
    # A short name may leave out a subtitle, but not stand for any longer one: Nature, Nature Medicine
    return len(short) * 2 >= len(long) or len(short) >= 3 or (len(short) == 2 and len(long) <= 7)


@lru_cache(maxsize=1 << 14)
def _shortens(short: str, long: str) -> bool:
    """Whether a word is another one cut, or with letters left out: natl for national."""
    if long.startswith(short):
        return True
    if len(short) < 2 or short[0] != long[0]:
        return False
    if short.endswith("s") and len(short) > 3 and long.startswith(short[:-1]):
        return True
    letters = iter(long)
    return (
        len(short) <= 6
        and len(long) >= len(short) + 2
        and short[:2] == long[:2]
        and all(c in letters for c in short)
    )


def _letters(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name of one word is the first letters of the other's words: JAMA, PNAS, IJCAI."""
    if len(short) != 1 or not 3 <= len(short[0]) <= 7 or len(long) < 3:
        return False
    return "".join(word[0] for word in long).startswith(short[0])
