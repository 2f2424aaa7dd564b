"""The works of a library, made ready to be asked: is this one of you?"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from kb.match.block import keys, name, rare_words, word_counts
from kb.match.compare import Judgement, judge
from kb.match.features import Features, features
from kb.model import Work

_WORDS = 6  # of a title, the rarest, by which works are looked for
_COMMON = 500  # works that have a word, from which on it is looked up no more
_LOOKED_AT = 40  # works with most of the rare words, that are compared in full
_VERDICTS = {"same": 0, "doubtful": 1, "different": 2}


class Index:
    """Works that can be asked for the nearest to a record that is not among them.

    The record may be what was read of a reference: first author, year, journal
    abbreviation, volume, first page, and no title.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self._works = list(works)
        self._features = [features(work) for work in self._works]
        self._counts = word_counts(self._features)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, work in enumerate(self._features):
            for key in set(keys(work)):
                self._by_key[key].append(place)
            for word in set(work.title.words):
                if self._counts[word] <= _COMMON:
                    self._by_word[word].append(place)

    def __len__(self) -> int:
        return len(self._works)

    def nearest(self, work: Work, *, limit: int = 3) -> list[tuple[Work, Judgement]]:
        """The works that are this one or may be, or are its version or correction, best first.

        The record itself is left out. [] if there is none like it.
        """
        asked = features(work)
        found = [
            (self._works[place], judgement)
            for place in self._near(asked)
            if self._works[place] is not work and name(self._features[place]) != name(asked)
            if (judgement := judge(asked, self._features[place])).verdict != "different" or judgement.relation
        ]
        found.sort(key=lambda one: (_VERDICTS[one[1].verdict], -one[1].score, one[0].citekey, one[0].origin))
        return found[:limit]

    def _near(self, asked: Features) -> list[int]:
        """The works that share an identifier, a place or rare words with this one, each once."""
        near: dict[int, None] = {}
        for key in keys(asked):
            near.update(dict.fromkeys(self._by_key.get(key, ())[:_COMMON]))
        shared: Counter[int] = Counter()
        for word in rare_words(asked.title.words, self._counts, least=1, most=_WORDS):
            shared.update(self._by_word.get(word, ()))
        near.update(dict.fromkeys(self._most(shared)))
        return list(near)

    def _most(self, shared: Counter[int]) -> list[int]:
        """The works with most of the rare words, ties by name."""
        if len(shared) > _LOOKED_AT:
            least = sorted(shared.values(), reverse=True)[_LOOKED_AT - 1]
            shared = Counter({place: count for place, count in shared.items() if count >= least})
        most = sorted(shared.items(), key=lambda item: (-item[1], name(self._features[item[0]])))
        return [place for place, _ in most[:_LOOKED_AT]]
