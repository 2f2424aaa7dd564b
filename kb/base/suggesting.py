"""Did you mean: queries that would find something, where one finds nothing or little.

A word is corrected only if no work has it in any spelling, and only into a word
of titles, keywords, names and topics. Operators and fields stay as they were
typed. What is discouraged is found but never offered: its preferred name is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kb import store
from kb.search import Thesaurus, named_in, only_suggestable, preferred_names
from kb.search.filters import HAS, IS
from kb.search.fts import STOP_WORDS
from kb.search.language import TOPIC_FIELDS, field_named
from kb.search.spelling import common, spellings
from kb.search.stems import stem
from kb.text import fold, nearest, words

_LONGEST_QUERY = 300
_SHORTEST = 4  # letters of a word that may be misspelt
_OFFERED = 3
_CHOICES = 3  # for one word
_TRIED = 6
_UNKNOWN = 4  # words that nobody knows: more is not a slip but another language, or another subject
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_TOKEN = re.compile(
    r"(?P<field>[A-Za-z]+):(?P<value>\"[^\"]*\"|[^\s()\"]+)|(?P<word>[^\W_]+(?:['’][^\W_]+)*)(?P<star>\*?)"
)
_WORD = re.compile(r"[^\W_]+")
_CITEKEY = re.compile(r"[^\W\d_][\w'-]*\d{4}\w*")


def suggest(
    db: store.Database, thesaurus: Thesaurus, query: str, *, count: Callable[[str], int]
) -> list[str]:
    """Queries nearly so spelt that find more than this one, the likeliest first; [] for one spelt right.

    ``count`` says how many works have all that a query asks for.
    """
    if len(query) > _LONGEST_QUERY:
        return []
    text = _Query(db, thesaurus, query)
    offered: list[str] = []
    already = count(query) if text.doubtful else 0
    for other in text.others():
        better = preferred_names(other, thesaurus)
        if better in offered or fold(better) == fold(query) or not only_suggestable(better, thesaurus):
            continue
        if count(better) > already:
            offered.append(better)
        if len(offered) == _OFFERED:
            break
    return offered


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A part of a query that nothing knows, and what it may be meant to be, the likeliest first."""

    start: int
    end: int
    choices: tuple[str, ...]


class _Query:
    """A query taken apart into what is known and what may be misspelt."""

    def __init__(self, db: store.Database, thesaurus: Thesaurus, query: str) -> None:
        self.db = db
        self.thesaurus = thesaurus
        self.query = query
        self.named = {fold(word) for word in _named(thesaurus, query)}
        found = [self._doubt(token) for token in _TOKEN.finditer(query)]
        self.doubtful = [doubt for doubt in found if doubt]

    def others(self) -> list[str]:
        """The query with its doubtful parts replaced: by the best choices, then one by its next best."""
        known = [doubt for doubt in self.doubtful if doubt.choices]
        if not known or len(self.doubtful) > _UNKNOWN:
            return []
        best = [0] * len(known)
        ways = [best] + [
            [*best[:i], choice, *best[i + 1 :]]
            for i, doubt in enumerate(known)
            for choice in range(1, len(doubt.choices))
        ]
        return [self._with(known, way) for way in ways[:_TRIED]]

    def _with(self, doubts: list[_Doubt], way: list[int]) -> str:
        text = self.query
        for doubt, choice in reversed(list(zip(doubts, way, strict=True))):
            text = text[: doubt.start] + doubt.choices[choice] + text[doubt.end :]
        return text

    def _doubt(self, token: re.Match[str]) -> _Doubt | None:
        field = (token["field"] or "").lower()
        if field := field_named(field):
            return self._field(field, token["value"], token.start("value"))
        start = token.start("word") if token["word"] else token.start()
        word = token["word"] or token["field"]
        if token["star"] or word in _OPERATORS or self._is_known(word):
            return None
        if field_named(word) and self.query.startswith(":(", start + len(word)):
            return None
        return _Doubt(start, start + len(word), self._choices(word))

    def _is_known(self, word: str) -> bool:
        folded = fold(word)
        if len(folded) < _SHORTEST or folded.isdigit() or folded in STOP_WORDS or folded in self.named:
            return True
        return store.vocabulary.has_text(self.db, (folded, *spellings(folded)))

    def _choices(self, word: str) -> tuple[str, ...]:
        if _CITEKEY.fullmatch(word) and (keys := nearest(word, store.works.citekeys(self.db))):
            return tuple(keys[:_CHOICES])
        known = self._vocabulary
        found = _closest(fold(word), {**self._families, **known.spelt}, known.often)
        return tuple(_like(word, each) for each in found) or _parted(fold(word), known.often)

    @cached_property
    def _vocabulary(self) -> "_Vocabulary":
        return _vocabulary(store.vocabulary.titles(self.db), _labels(self.thesaurus))

    @cached_property
    def _families(self) -> dict[str, str]:
        return {fold(name): name for name in store.vocabulary.families(self.db)}

    def _field(self, field: str, value: str, start: int) -> _Doubt | None:
        """A field whose value nothing knows; a name or words in it are looked at one by one."""
        inner = value.strip('"')
        at = start + value.find(inner)
        if not inner or value.endswith("*"):
            return None
        if field in ("author", "title", "journal"):
            return self._words(field, inner, at)
        known = self._values(field, inner)
        if known is None:
            return None
        return _Doubt(start, start + len(value), tuple(known[:_CHOICES]))

    def _values(self, field: str, value: str) -> list[str] | None:
        """The nearest values of a field; None if this one is known."""
        if field in TOPIC_FIELDS:
            return None if self.thesaurus.resolve(value) else self.thesaurus.nearest(value)
        choices: dict[str, Callable[[], Iterable[str]]] = {
            "key": lambda: store.works.citekeys(self.db),
            "list": lambda: [line.slug for line in store.lists.lists(self.db)],
            "type": lambda: store.vocabulary.types(self.db),
            "has": lambda: HAS,
            "is": lambda: IS,
        }
        if field not in choices:
            return None
        known = list(choices[field]())
        return None if value in known or value.lower() in known else nearest(value, known)

    def _words(self, field: str, value: str, start: int) -> _Doubt | None:
        """The first word of a text field that nothing knows."""
        for token in re.finditer(r"[^\W\d_]+", value):
            if self._is_known(token[0]):
                continue
            if field == "author":
                choices = tuple(_one_word(each) for each in _closest(fold(token[0]), self._families, {}))
            else:
                choices = self._choices(token[0])
            return _Doubt(start + token.start(), start + token.end(), choices)
        return None


def _named(thesaurus: Thesaurus, query: str) -> Iterable[str]:
    """The words of a query that a topic is known by, unless that is a misspelt name."""
    named = (each for each in named_in(query, thesaurus) if not thesaurus.is_hidden(each.topic, each.written))
    return (word for concept in named for word in words(concept.written))


def _labels(thesaurus: Thesaurus) -> tuple[str, ...]:
    return tuple(name for topic in thesaurus.topics for name in thesaurus.suggestable(topic))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Words by how they are folded: how they are written, and how often they stand in titles."""

    spelt: Mapping[str, str]
    often: Mapping[str, int]


@lru_cache(maxsize=4)  # a page opens the library at each drawing; its words seldom change
def _vocabulary(titles: tuple[str, ...], labels: tuple[str, ...]) -> _Vocabulary:
    often: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall("\n".join(titles).lower())).items():
        for folded in words(word):  # once for each word, not for each time that it stands there
            if len(folded) >= _SHORTEST:
                often[folded] += times
    spelt = {word: word for word in often}
    for label in labels:
        for written in _WORD.findall(label):
            folded = fold(written)
            if len(folded) >= _SHORTEST:
                spelt[folded] = written if not written[1:].islower() else folded
                often[folded] += 1
    return _Vocabulary(spelt, often)


def _closest(word: str, known: Mapping[str, str], often: Mapping[str, int]) -> list[str]:
    """The words that fewest slips of the pen part from this one, of these the most frequent first."""
    from rapidfuzz import process  # at need: 40 ms, and most queries are spelt right
    from rapidfuzz.distance import OSA

    most = 1 if len(word) <= _SHORTEST + 1 else 2 if len(word) < 3 * _SHORTEST else 3
    found = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=most, limit=30)
    ranked = sorted(found, key=lambda hit: (hit[1], hit[0][0] != word[0], -often.get(hit[0], 0), hit[0]))
    nearest_first: dict[str, str] = {}
    for other, slips, _ in ranked:
        if slips == ranked[0][1]:
            nearest_first.setdefault(stem(common(other)), known[other])
    return list(nearest_first.values())[:_CHOICES]


def _parted(word: str, often: Mapping[str, int]) -> tuple[str, ...]:
    """Two known words that were typed as one."""
    pairs = [(word[:at], word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1)]
    known = [(one, other) for one, other in pairs if one in often and other in often]
    known.sort(key=lambda pair: -min(often[pair[0]], often[pair[1]]))
    return tuple(" ".join(pair) for pair in known[:1])


def _like(typed: str, found: str) -> str:
    """``found`` with the capitals of what was typed, where it has none of its own."""
    if not found.islower() or typed.islower():
        return _one_word(found)
    return found.upper() if typed.isupper() else found.capitalize()


def _one_word(name: str) -> str:
    return f'"{name}"' if " " in name else name
