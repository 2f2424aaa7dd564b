"""Under which of its names a topic stands in a work, where that is not the name that was typed."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from kb.search.expand import Expansion
from kb.search.labels import bare, stemmed, ways
from kb.text import words


def under_name(expansions: Iterable[Expansion], texts: Sequence[str]) -> str:
    """Why a work was found that does not say what was typed; "" where it does, or says none of the names.

    ``texts`` are what was searched of the work: title, keywords, abstract, notes.
    The names of its topics are ours, not the work's: leave them out. Names that
    we would not use count last, and are said to be what they are.

    >>> csam = Expansion("CSAM", "csam", "CSAM", ("CSAM",), ("child pornography",), ("child pornography",))
    >>> under_name([csam], ["Child pornography use and risk"])
    'under its older name: child pornography'
    """
    found = [_stems(text) for text in texts if text]
    said = [_said(expansion, found) for expansion in expansions]
    return "; ".join(dict.fromkeys(reason for reason in said if reason))


def _said(expansion: Expansion, texts: Sequence[str]) -> str:
    if _first((expansion.written,), texts):
        return ""
    also = (expansion.label, *expansion.also)
    if name := _first(also, texts):
        return f"under the name: {name}"
    if name := _first(expansion.older, texts):
        return f"under its older name: {name}"
    name = _first(expansion.discouraged, texts)
    return f"under a name to be used with care: {name}" if name else ""


def _first(names: Iterable[str], texts: Sequence[str]) -> str:
    for name in names:
        if any(form in text for form in _forms(name) for text in texts):
            return name
    return ""


@lru_cache(maxsize=4096)  # a topic's names are the same for every work
def _forms(name: str) -> tuple[str, ...]:
    return tuple(f" {' '.join(stemmed(way.split()))} " for way in ways(bare(name)))


def _stems(text: str) -> str:
    return f" {' '.join(stemmed(words(text)))} "
