"""Words as people write them, and as we compare them."""

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_LONGEST = 200  # characters of a name to be compared with all known ones: nobody slips in a page


def fold(text: str) -> str:
    """``text`` without case, accents or punctuation: words with single spaces.

    Idempotent.

    >>> fold("STABLE-2007: Lätth’s  work")
    'stable 2007 latth s work'
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of ``text``, folded, in order.

    >>> words("Static-99R")
    ['static', '99r']
    """
    if text.isascii():
        return _WORD.findall(text.lower())
    lowered = text.casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _WORD.findall(bare.casefold().translate(_LETTERS))


def transliterated(text: str) -> str:
    """``text`` folded with ä, ö, ü, å written out, as German and Nordic names are.

    >>> transliterated("Lätth")
    'laetth'
    """
    return fold(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def slug(text: str) -> str:
    """``text`` as a file name: lower-case words joined by hyphens; "" if no word is left.

    >>> slug("Stop It Now! (UK)")
    'stop-it-now-uk'
    """
    return "-".join(words(text))


def squeeze(text: str) -> str:
    """``text`` on one line, NFC, with single spaces and no control characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    clean = "".join(c if c.isprintable() or c.isspace() else " " for c in unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", clean).strip()


def nearest(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The most similar of ``known``, best first, each once however it is spelt; [] if none is close."""
    from rapidfuzz import fuzz, process  # at need: 40 ms, and most runs find what they look for

    choices = {folded: choice for choice in known if (folded := fold(choice))}
    found = process.extract(
        fold(name)[:_LONGEST], choices.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=75
    )
    return [choices[choice] for choice, score, _ in found if score > found[0][1] - 10]
