"""What speaks for two signatures being one person's: co-authors, citations, journals, telling names.

Points are added up and weighed against what a name needs: a rare family name
little, a frequent one more, one that millions bear the most. Only signatures
that share a family name and an initial are looked at, and of those only the
ones that share something else.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise, product

from kb.match import venues
from kb.match.bundles import CROWDED, FREQUENT, GENERATION, RARE, Bundle, Key, career
from kb.match.signatures import Likeness, Signature, likeness
from kb.model import Work
from kb.text import fold

_NEAR = 10  # years between two works in one journal on one topic
_LOOKED_AT = 30  # co-authors of a work; consortia of thousands tell less
_PAIRED = 40  # bundles that share something and are all compared with one another
_ENOUGH, _MUCH, _MOST = 1.5, 2.0, 3.0

Pair = tuple[int, int]


class Acquaintance:
    """Weighs pairs of bundles, given by their places in the sequence of all."""

    def __init__(self, works: Sequence[Work], bundles: Sequence[Bundle]) -> None:
        self.works = works
        self.bundles = bundles
        self.points: dict[Pair, float] = defaultdict(float)
        self.forms: dict[Signature, int] = {}
        self.form = [self.forms.setdefault(bundle.signature, len(self.forms)) for bundle in bundles]
        self.signatures = list(self.forms)
        self.likenesses: dict[int, Likeness] = {}
        self.named: dict[Key, list[int]] = defaultdict(list)
        for at, bundle in enumerate(bundles):
            if bundle.signature.given:
                self.named[bundle.key].append(at)
        self.groups = self._groups()
        self.beside = self._beside()
        self.topics = self._topics()

    def weighed(self, cites: Collection[tuple[str, str]]) -> dict[Pair, float]:
        """Pairs that enough speaks for, the lower place first, with how much: 1 is just enough."""
        for key, group in self.groups.items():
            self._by_name(group)
            self._by_company(key, group)
            self._by_journal(group)
        self._by_citation(cites)
        weighed = {}
        for (one, other), points in self.points.items():
            like = self.like(one, other)
            weight = (points + self._told(one, other, like)) / self._need(one, other, like)
            if weight >= 1:
                weighed[one, other] = weight
        return weighed

    def _groups(self) -> dict[Key, list[int]]:
        """Bundles by a family name and an initial, where two or more share both."""
        two = {(mine.family, mine.given) for mine in self.signatures if _in_two_words(mine)}
        turned = two.intersection((given, family) for family, given in two)
        found = ((form, _other_keys(mine, turned)) for form, mine in enumerate(self.signatures))
        others = {form: keys for form, keys in found if keys}
        groups = defaultdict(list, {key: [*group] for key, group in self.named.items()})
        for at, form in enumerate(self.form):
            for key in others.get(form, ()):
                groups[key].append(at)
        return {key: group for key, group in groups.items() if len(group) > 1}

    def _beside(self) -> list[dict[Key, int]]:
        """For each work those of its people whose family name and initial stand elsewhere too, by these."""
        beside: list[list[tuple[Key, int]]] = [[] for _ in self.works]
        for key, group in sorted(self.named.items()):
            if len(group) > 1 or len(self.bundles[group[0]].works) > 1:
                for at in group:
                    for work in self.bundles[at].works:
                        beside[work].append((key, at))
        # Backwards, for of two who share a key the first counts
        return [dict(reversed(people[:_LOOKED_AT])) for people in beside]

    def _topics(self) -> list[tuple[Key, ...]]:
        """What each work is about, each with the first letter of where it appeared."""
        folded: dict[str, str] = {}
        for word in chain.from_iterable(work.keywords for work in self.works):
            if word not in folded:
                folded[word] = fold(word)
        named = {work.container for work in self.works if work.container}
        starts = {name: [word[0] for word in venues.told(name)[:1]] for name in named}
        return [
            tuple(product(starts.get(work.container, ()), {folded[word] for word in work.keywords} - {""}))
            for work in self.works
        ]

    def like(self, one: int, other: int) -> Likeness:
        """How the names of two bundles are alike."""
        a, b = self.form[one], self.form[other]
        pair = a * len(self.signatures) + b
        found = self.likenesses.get(pair)
        if found is None:
            found = self.likenesses[pair] = likeness(self.signatures[a], self.signatures[b])
        return found

    def _possible(self, one: int, other: int) -> bool:
        """Whether nothing forbids that two bundles are one person's."""
        a, b = self.bundles[one], self.bundles[other]
        if a.orcid and b.orcid and a.orcid != b.orcid:
            return False
        return self.like(one, other).possible and a.elsewhere(b) and a.years_with(b) <= GENERATION

    def _need(self, one: int, other: int, like: Likeness) -> float:
        """How many points it takes for two bundles to be one person's."""
        level = max(self.bundles[one].level, self.bundles[other].level)
        if level == CROWDED and not like.full and like.agreeing < 2:
            return _MOST
        return _ENOUGH if level == RARE and like.kind != "loose" else _MUCH

    def _told(self, one: int, other: int, like: Likeness) -> float:
        """How much two names that may be one tell by themselves."""
        a, b = self.bundles[one], self.bundles[other]
        level = max(a.level, b.level)
        if like.kind == "loose" or level == CROWDED:
            return 0
        if like.agreeing > 1 and (like.full or level == RARE or like.agreeing > 2):
            return _MUCH
        if like.full and level == RARE and a.years_with(b) <= career(1):
            return _ENOUGH
        return 0.5 if like.full or like.agreeing > 1 else 0

    def _pairs(self, group: Collection[int]) -> Iterator[Pair]:
        """Possible pairs, the lower first; of very many, neighbours signed alike and the first of each."""
        ordered = sorted(group)
        pairs: Iterable[Pair] = combinations(ordered, 2)
        if len(ordered) > _PAIRED:
            alike: dict[object, list[int]] = defaultdict(list)
            for at in ordered:
                alike[self.form[at], self.bundles[at].orcid].append(at)
            firsts = [sharing[0] for sharing in alike.values()][: _PAIRED * 2]
            pairs = [*combinations(firsts, 2), *(pair for some in alike.values() for pair in pairwise(some))]
        return (pair for pair in pairs if self._possible(*pair))

    def _by_name(self, group: Sequence[int]) -> None:
        """Whole names that tell much: of one name, and several initials of a rare family name."""
        told = [at for at in group if self.bundles[at].telling]
        if len(told) < 2:
            return
        telling: dict[str, list[int]] = defaultdict(list)
        for at in told:
            given = self.bundles[at].signature.given
            telling[given[0]].append(at)
            if len(given) > 1:
                telling[f"{given[0][0]} {given[1][0]}"].append(at)
        found = {pair for some in telling.values() if len(some) > 1 for pair in self._pairs(some)}
        for pair in found:
            self.points[pair] += 0  # what the names tell is added in the end

    def _by_company(self, key: Key, group: Sequence[int]) -> None:
        """Bundles with a co-author in common."""
        shared = self._several(group, self.beside) - {key}
        if not shared:
            return
        company: dict[Key, dict[int, int]] = defaultdict(dict)
        for at in group:
            bundle = self.bundles[at]
            for work in bundle.works:
                for other in shared & self.beside[work].keys():
                    if other != bundle.key:
                        company[other].setdefault(at, self.beside[work][other])
        for who_with in company.values():
            if len(who_with) > 1:
                for one, two in self._pairs(who_with):
                    points = self._company(who_with[one], who_with[two])
                    if points:
                        self.points[one, two] += points

    def _several(self, group: Iterable[int], listed: Sequence[Iterable[Key]]) -> set[Key]:
        """What is listed more than once at the works of a group; for most that is nothing."""
        works = chain.from_iterable(self.bundles[at].works for at in group)
        told = list(chain.from_iterable([listed[work] for work in works]))
        if len(set(told)) == len(told):
            return set()
        return {one for one, times in Counter(told).items() if times > 1}

    def _company(self, one: int, other: int) -> float:
        """How much a co-author tells whom both have."""
        a, b = self.bundles[one], self.bundles[other]
        like = self.like(one, other)
        if like.kind not in ("same", "fits") or (a.orcid and b.orcid and a.orcid != b.orcid):
            return 0
        level = max(a.level, b.level)
        if level == RARE or (level == FREQUENT and (like.full or like.agreeing > 1)):
            return _MUCH
        return 1.0 if level == FREQUENT or like.full or like.agreeing > 1 else 0.5

    def _by_journal(self, group: Sequence[int]) -> None:
        """Bundles in one journal, on one topic, within few years."""
        shared = self._several(group, self.topics)
        if not shared:
            return
        sharing: dict[Key, dict[int, int]] = defaultdict(dict)
        for at in group:
            for work in self.bundles[at].works:
                for topic in shared.intersection(self.topics[work]):
                    sharing[topic].setdefault(at, work)
        found = {
            pair
            for beside in sharing.values()
            if 1 < len(beside) <= _PAIRED
            for pair in combinations(sorted(beside), 2)
            if self._one_journal(beside[pair[0]], beside[pair[1]]) and self._possible(*pair)
        }
        for pair in found:
            self.points[pair] += _ENOUGH

    def _one_journal(self, one: int, other: int) -> bool:
        a, b = self.works[one], self.works[other]
        near = a.year is None or b.year is None or abs(a.year - b.year) <= _NEAR
        return near and venues.alike(a.container, b.container) == "same"

    def _people(self, citekeys: Collection[str]) -> dict[tuple[str, int], list[int]]:
        """The people of some works in each of the groups, by the group's number."""
        people: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups.values()):
            for at in group:
                for work in self.bundles[at].works:
                    citekey = self.works[work].citekey
                    if citekey in citekeys:
                        people[citekey, number].append(at)
        return people

    def _by_citation(self, cites: Iterable[tuple[str, str]]) -> None:
        """Bundles of two works one of which cites the other: people cite themselves."""
        if not cites:
            return
        present: dict[str, set[int]] = defaultdict(set)  # by citekey, the groups of its people
        for number, group in enumerate(self.groups.values()):
            for at in group:
                for work in self.bundles[at].works:
                    present[self.works[work].citekey].add(number)
        nobody: set[int] = set()
        sharing = [
            (citing, cited)
            for citing, cited in cites
            if not present.get(citing, nobody).isdisjoint(present.get(cited, nobody)) and citing != cited
        ]
        people = self._people(set(chain.from_iterable(sharing)))
        found: set[Pair] = set()
        for citing, cited in sharing:
            for number in present[citing] & present[cited]:
                pairs = product(people[citing, number], people[cited, number])
                found.update((min(pair), max(pair)) for pair in pairs)
        for one, other in found:
            if one != other and self._possible(one, other):
                like = self.like(one, other)
                rare = max(self.bundles[one].level, self.bundles[other].level) == RARE
                self.points[one, other] += _MUCH if rare or like.full or like.agreeing > 1 else 1.0


def _in_two_words(mine: Signature) -> bool:
    """Whether a name is of two whole words, which may be turned round."""
    return len(mine.given) == len(mine.family) == 1 and mine.full


def _other_keys(mine: Signature, turned: Collection[tuple[object, object]]) -> Collection[Key]:
    """What a signature is found by besides its own key: with its particle, by each word, and turned round."""
    family, given, particle, *_ = mine
    if (family, given) in turned:
        return {(" ".join(sorted(family + given)), "")} | _keys_of_parts(mine)
    return _keys_of_parts(mine) if given and (particle or len(family) > 1) else ()


def _keys_of_parts(mine: Signature) -> set[Key]:
    initial = mine.given[0][0]
    words = mine.family if len(mine.family) > 1 else ()
    whole = [mine.particle + mine.joined] if mine.particle else []
    return {(word, initial) for word in (*whole, *(word for word in words if len(word) > 2))}
