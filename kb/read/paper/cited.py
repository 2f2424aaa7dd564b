"""Which references of the list a name and a year in the text stand for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model import Name
from kb.read.paper.shapes import Parsed
from kb.read.paper.words import LIGHT
from kb.text import fold, transliterated

_ALIAS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Names, or a body, and one year, as the text has them; ``more`` for “et al.”."""

    names: tuple[str, ...]
    year: str
    suffix: str = ""
    more: bool = False

    @property
    def shown(self) -> str:
        """The mention as one writes it.

        >>> Mention(("Seto", "Eke"), "2015", "a").shown
        'Seto & Eke, 2015a'
        """
        who = f"{', '.join(self.names[:-1])} & {self.names[-1]}" if len(self.names) > 1 else self.names[0]
        return f"{who}{' et al.' if self.more else ''}, {self.year}{self.suffix}"


@dataclass(frozen=True, slots=True)
class _Known:
    place: int
    families: tuple[frozenset[str], ...]
    bodies: frozenset[str]
    suffix: str


class References:
    """The references of a list, asked by names and year."""

    def __init__(self, listed: Sequence[tuple[Parsed, str]]) -> None:
        self._by_year: dict[str, list[_Known]] = {}
        self.count = len(listed)
        for place, (parsed, text) in enumerate(listed):
            known = _Known(place, _families(parsed), _bodies(parsed, text), parsed.suffix)
            for year in _years(parsed):
                self._by_year.setdefault(year, []).append(known)

    def named(self, mention: Mention) -> tuple[int, ...]:
        """The places (0-based) of the references that a mention stands for; () if none does."""
        year = _year_word(mention.year)
        here = self._by_year.get(year, [])
        found = [known for known in here if _fits(mention, known)]
        if mention.suffix:
            found = [k for k in found if k.suffix == mention.suffix] or [k for k in found if not k.suffix]
        if len(found) > 1:
            found = _closest(found, mention)
        return tuple(known.place for known in found)


def _year_word(year: str) -> str:
    return (
        year
        if year[:1].isdigit()
        else "press"
        if "press" in year.lower() or "forth" in year.lower()
        else "nd"
    )


def _years(parsed: Parsed) -> set[str]:
    years = {str(parsed.year)} if parsed.year else set()
    if parsed.values.get("pubstate", "") not in ("", "prepublished"):
        years.add("press")
    if "origdate" in parsed.values and parsed.year:
        years.add(f"{parsed.values['origdate'][:4]}/{parsed.year}")
    return years or {"nd"}


def _families(parsed: Parsed) -> tuple[frozenset[str], ...]:
    people = parsed.authors or parsed.editors
    return tuple(_spellings(name) for name in people)


def _spellings(name: Name) -> frozenset[str]:
    """A family name in the ways it may be written: with its particle or without, folded or transliterated."""
    whole = f"{name.particle} {name.family}".strip()
    parts = {whole, name.family}
    return frozenset(form for part in parts for form in (fold(part), transliterated(part)))


def _bodies(parsed: Parsed, text: str) -> frozenset[str]:
    """What else a body is called: its short form in brackets, its initials; a title where no author is."""
    people = parsed.authors or parsed.editors
    names: set[str] = set()
    if people and (people[0].corporate or not people[0].given):
        family = people[0].family
        names |= {fold(family), *_acronyms(family)}
        head = text[: text.find("(1") if "(1" in text[:300] else 300]
        names |= {fold(alias) for alias in _ALIAS.findall(head[:300]) if not alias[:1].isdigit()}
    elif not people:
        names.add(fold(parsed.values.get("title", "")))
    return frozenset(names - {""})


def _acronyms(name: str) -> set[str]:
    weighty = [word for word in re.findall(r"[^\W\d_][\w’'-]*", name) if word.lower() not in LIGHT]
    every = re.findall(r"[^\W\d_][\w’'-]*", name)
    forms = {"".join(word[0] for word in group).lower() for group in (weighty, every) if len(group) > 1}
    return {form for form in forms if len(form) > 1}


def _fits(mention: Mention, known: _Known) -> bool:
    first = fold(mention.names[0])
    if known.families and (
        first in known.families[0] or transliterated(mention.names[0]) in known.families[0]
    ):
        return len(mention.names) < 2 or mention.more or _all_in(mention.names[1:], known.families)
    whole = fold(" ".join(mention.names))
    return any(whole == name or _begins(whole, name) for name in known.bodies)


def _begins(short: str, name: str) -> bool:
    return len(short.split()) >= 2 and name.startswith(f"{short} ")


def _all_in(names: Iterable[str], families: Sequence[frozenset[str]]) -> bool:
    every = frozenset().union(*families)
    return all(fold(name) in every or transliterated(name) in every for name in names)


def _closest(found: list[_Known], mention: Mention) -> list[_Known]:
    """Of several, those whose number of authors is what the mention says; all of them if it says nothing."""
    count = len(mention.names)
    if mention.more:
        best = [k for k in found if len(k.families) > max(count, 2)] or [
            k for k in found if len(k.families) > count
        ]
    else:
        best = [k for k in found if len(k.families) == count]
    return best or found
