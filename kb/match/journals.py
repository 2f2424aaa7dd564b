"""Containers of articles → journals: conservatively, each with its abbreviation of ISO 4.

Names are one journal's if their telling words are equal, if they have one
ISSN, if one is the other with its subtitle, or if one abbreviates the other
and no third. Nature and Nature Medicine are two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from kb.match import venues
from kb.match.title_words import STEMS, WHOLE, WORDS
from kb.model import Journal, Work
from kb.text import fold, words

_ARTICLES = frozenset(("article", "article-journal", "article-magazine", "periodical", "suppperiodical"))
_SUBTITLE = re.compile(r"\s*:\s+|\s+[-–—=/]+\s+|\s*—\s*")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_MEDIA = frozenset(("online", "print", "internet", "electronic", "electronic resource", "web"))
_ISSN = re.compile(r"(?<![\d-])(\d{4})-?(\d{3}[\dXx])(?![\d-])")
_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|les|el|los|l['’])(?:\s+|(?<=['’]))", re.IGNORECASE)
_ELIDED = re.compile(r"(?<![^\W_])(?:l|d|dell|nell)['’](?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:&+()\[\]]+")
_STOP = frozenset(
    """a an the of and for in on at to by with der die das den dem des und für fur von zu zur zum im
    le la les de du et en dans pour sur el los las y e del para por il lo gli i di
    della dei delle och og av til om het van voor ed""".split()
)
_DESCRIBING = frozenset(
    """journal official publication magazine quarterly bulletin theory research practice zeitschrift
    organ revue revista rivista tidskrift tidsskrift tijdschrift""".split()
)
_COUNTRIES = {
    "United States of America": "U. S. A.",
    "United States": "U. S.",
    "New Zealand": "N. Z.",
    "South Africa": "S. Afr.",
    "United Kingdom": "U. K.",
}
_LONGEST = 300  # characters of a name that are read
_KEPT = 1 << 15  # names and words that are remembered


def gather_journals(works: Iterable[Work]) -> tuple[Journal, ...]:
    """The journals that articles are in, by name. The answer does not depend on the order of the works."""
    articles = [work for work in works if work.type.lower() in _ARTICLES and work.container]
    named: dict[str, list[Work]] = defaultdict(list)
    for work in articles:
        named[work.container].append(work)
    desk = _Desk(sorted(named))
    desk.join_equal()
    desk.join_by_issn(named)
    desk.join_subtitles()
    desk.join_abbreviations()
    return _journals(desk.groups(), named)


def names_of(journal: Journal) -> tuple[str, ...]:
    """What one may type for a journal, in order: its names with and without subtitle, and abbreviated."""
    names = {*journal.names, journal.name, journal.abbreviation, journal.abbreviation.replace(".", "")}
    for name in journal.names:
        main = _main(name)
        if len(_telling(main)) > 1:
            names.update((main, _ARTICLE.sub("", main, count=1) if _ARTICLE.match(main) else main))
        names.add(abbreviated(name))
    return tuple(sorted(names - {""}))


@lru_cache(maxsize=_KEPT)
def abbreviated(name: str) -> str:
    """A journal's name as ISO 4 abbreviates it: by known words, without articles, prepositions and subtitle.

    A name of one word stays as it is, and so does one that is abbreviated already.

    >>> abbreviated("The Journal of Interpersonal Violence"), abbreviated("Child Abuse & Neglect")
    ('J. Interpers. Violence', 'Child Abuse Negl.')
    """
    bare = _BRACKETS.sub("", name[:_LONGEST]).strip() or name[:_LONGEST].strip()
    if _is_abbreviated(bare):
        return " ".join(bare.split())
    for country, letters in _COUNTRIES.items():
        bare = bare.replace(country, letters)
    main, _, behind = _parted(bare)
    if not behind or (_is_subtitle(behind) and len(_telling(main)) > 1):
        return _short(main)
    return f"{_short(main)}: {_short(behind, alone=False)}"


def _short(title: str, *, alone: bool = True) -> str:
    """A title's words abbreviated; of one that is alone, as it is."""
    *first, last = _WORD.findall(_ELIDED.sub("", title)) or [""]
    told = [word for word in first if word.lower() not in _STOP]
    told += [last] if last.lower() not in _STOP or (len(last) == 1 and last.isupper()) else []
    if len(told) < 2 and alone:
        return told[0] if any(told) else title
    if title.isupper():  # in capitals, where not for its letters alone: JMIR, PLOS ONE
        lower = [word if len(word) < 3 else word.capitalize() for word in told]
        told = lower if any(_abbreviate(word) != word for word in lower) else told
    return " ".join("-".join(map(_abbreviate, word.split("-"))) for word in told)


@lru_cache(maxsize=_KEPT)
def _abbreviate(word: str) -> str:
    """A word of a title, abbreviated if it is known and at least two letters are spared."""
    folded = "".join(words(word))
    if folded in WHOLE or word.isupper():
        return word
    kept = WORDS.get(folded, "")
    if not kept:
        stem = next((folded[:n] for n in range(len(folded), 2, -1) if folded[:n] in STEMS), "")
        kept = STEMS.get(stem, "")
    if not kept or len(folded) - len(kept) < 2:
        return word
    if folded.startswith(kept) and len(folded) == len(word):
        return f"{word[: len(kept)]}."
    return f"{kept.capitalize() if word[:1].isupper() else kept}."


def _parted(name: str) -> tuple[str, str, str]:
    """A name, and what comes behind a colon or a dash."""
    found = _SUBTITLE.search(name)
    return (name[: found.start()], found[0], name[found.end() :]) if found else (name, "", "")


def _is_subtitle(behind: str) -> bool:
    """Whether what comes behind a name only describes it: A Journal of …; not Digital Investigation."""
    told = words(behind)
    return told[:1] in (["a"], ["an"]) or not _DESCRIBING.isdisjoint(told)


@lru_cache(maxsize=_KEPT)
def _main(name: str) -> str:
    """A name without its subtitle."""
    main, _, behind = _parted(name.strip())
    return main if _is_subtitle(behind) else name.strip()


@lru_cache(maxsize=_KEPT)
def _is_abbreviated(name: str) -> bool:
    """Whether any word of a name but the last is cut off by a point."""
    told = name.split()
    return any(word.endswith(".") and _abbreviate(word[:-1]) == word[:-1] for word in told[:-1]) or (
        len(told) == 2 and told[1].endswith(".") and _abbreviate(told[1][:-1]) == told[1][:-1]
    )


@lru_cache(maxsize=_KEPT)
def _telling(name: str) -> tuple[str, ...]:
    """The words that tell a journal from others; a letter at the end is one: Physica A."""
    bare = name[:_LONGEST]
    for found in _BRACKETS.finditer(bare):
        if fold(found[1]) in _MEDIA:
            bare = bare.replace(found[0], "")
    *first, last = words(_ELIDED.sub("", bare)) or [""]
    told = [word for word in first if word not in _STOP]
    return (*told, last) if last else tuple(told)


class _Desk:
    """The names, and which of them are one journal's."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.first = {name: name for name in names}

    def _root(self, name: str) -> str:
        while self.first[name] != name:
            name = self.first[name]
        return name

    def _join(self, one: str, other: str) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        self.first[high] = low

    def groups(self) -> list[list[str]]:
        """The names of each journal, in order."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            groups[self._root(name)].append(name)
        return list(groups.values())

    def join_equal(self) -> None:
        """Join names whose telling words are equal."""
        known: dict[str, str] = {}
        for name in self.names:
            told = "".join(_telling(name))
            if told:
                self._join(known.setdefault(told, name), name)

    def join_by_issn(self, named: dict[str, list[Work]]) -> None:
        """Join names that share an ISSN, if they begin alike: a slip in a number joins no two journals."""
        known: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            for number in sorted({number for work in named[name] for number in _issns(work)}):
                known[number].append(name)
        for sharing in known.values():
            for name in sharing[1:]:
                if (
                    venues.alike(sharing[0], name) != "other"
                    or _telling(sharing[0])[:1] == _telling(name)[:1]
                ):
                    self._join(sharing[0], name)

    def join_subtitles(self) -> None:
        """Join a name of two words or more with the one name that has a subtitle behind it."""
        self._join_only(
            {name for name in self.names if _main(name) == name.strip() and len(_telling(name)) > 1},
            ((_telling(_main(name)), name) for name in self.names if _main(name) != name.strip()),
        )

    def join_abbreviations(self) -> None:
        """Join an abbreviated name with the one name that it abbreviates."""
        full = _InFull(name for name in self.names if not _is_abbreviated(name))
        for name in self.names:
            fitting = {self._root(other) for other in full.of(_telling(name))}
            fitting.discard(self._root(name))
            if len(fitting) == 1:
                self._join(name, fitting.pop())

    def _join_only(self, names: set[str], longer: Iterable[tuple[tuple[str, ...], str]]) -> None:
        """Join each of the names with the longer of its words, if all of these are one journal's."""
        by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for told, name in longer:
            by_words[told].append(name)
        for name in sorted(names):
            roots = {self._root(long) for long in by_words.get(_telling(name), ())}
            if len(roots - {self._root(name)}) == 1 and len(roots) == 1:
                self._join(name, roots.pop())


class _InFull:
    """Names that are written in full, found by what their words may be cut to."""

    def __init__(self, names: Iterable[str]) -> None:
        # Names by their number of words, and one of these in its place
        self.by_word: dict[tuple[int, int, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name in names:
            for told in {_telling(name), _telling(_main(name))}:
                if len(told) > 1:
                    for place, word in enumerate(told):
                        self.by_word[len(told), place, word].append((told, name))
        self.longer: dict[str, set[str]] = defaultdict(set)
        for long in {word for _, _, word in self.by_word}:
            for short in _cuts(long):
                self.longer[short].add(long)

    def of(self, short: tuple[str, ...]) -> Iterator[str]:
        """The names of which each word is one of the short one's, or is cut there: all words, in order."""
        longer = [self.longer.get(word, set()) for word in short]
        if len(short) < 2 or not all(longer):
            return
        # Most have some word that few names have: only those are looked at
        few = min((self._with(len(short), place, words) for place, words in enumerate(longer)), key=_size)
        for told, name in chain.from_iterable(few):
            if told != short and all(word in words for word, words in zip(told, longer, strict=True)):
                yield name

    def _with(self, count: int, place: int, words: Iterable[str]) -> list[list[tuple[tuple[str, ...], str]]]:
        """The names of so many words that have one of these in a place, by that word."""
        keys = ((count, place, word) for word in words)
        return [self.by_word[key] for key in keys if key in self.by_word]


def _cuts(word: str) -> set[str]:
    """A word, its beginnings that spare two letters or more, and what ISO 4 makes of it if that does."""
    cut = fold(_abbreviate(word))
    return {
        word,
        *(word[:end] for end in range(1, len(word) - 1)),
        *([cut] if len(cut) < len(word) - 1 else ()),
    }


def _size(lists: Iterable[Sequence[object]]) -> int:
    return sum(map(len, lists))


def _issns(work: Work) -> Iterator[str]:
    for field in ("issn", "eissn", "pissn", "issn-l"):
        if written := work.fields.get(field):
            for found in _ISSN.finditer(written[:_LONGEST]):
                yield (found[1] + found[2]).upper()


def _journals(groups: Iterable[Sequence[str]], named: dict[str, list[Work]]) -> tuple[Journal, ...]:
    journals = []
    for names in groups:
        _, full = max((_fullness(name, len(named[name])), name) for name in names)
        works = tuple(sorted({work.citekey for name in names for work in named[name]}))
        journals.append(Journal(full, abbreviated(full), tuple(sorted(names)), works))
    return tuple(sorted(journals, key=lambda journal: (fold(journal.name), journal.name)))


def _fullness(name: str, times: int) -> tuple[object, ...]:
    """An order in which names that say more come last: in full, in mixed case, with more words, the usual."""
    mixed = not name.isupper() and not name.islower()
    letters = sum(map(len, _telling(name)))
    return not _is_abbreviated(name), mixed, len(_telling(name)), letters, times, name
