"""From judged pairs to groups of records that are one work, with people's decisions above the rules."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.match.block import candidates
from kb.match.compare import Judgement, judge
from kb.match.features import Features, features
from kb.model import Work

_OFTEN = 5000  # pairs between two reports of progress


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works by their places, the lower first, that are the same or may be."""

    one: int
    other: int
    judgement: Judgement


def pairs(works: Sequence[Work], *, progress: Callable[[int, int], None] | None = None) -> Iterator[Pair]:
    """Every pair of works that is judged the same or doubtful, in order of their places.

    ``progress`` is told now and then how many of all pairs have been compared.
    """
    made = [features(work) for work in works]
    worth = candidates(made)
    for done, (one, other) in enumerate(worth):
        if progress and done % _OFTEN == 0:
            progress(done, len(worth))
        judgement = judge(made[one], made[other])
        if judgement.verdict != "different":
            yield Pair(one, other, judgement)
    if progress:
        progress(len(worth), len(worth))


def clusters(
    works: Sequence[Work],
    found: Iterable[Pair],
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> list[tuple[int, ...]]:
    """Places of works that are one, in groups of two or more: the surest pairs first.

    Two groups are joined only if no work of one is judged different from a
    work of the other, so that a third record cannot chain two works together.
    ``same`` and ``different`` are people's decisions by citekey (or alias):
    what they called different is never joined, what they called the same is,
    whatever the rules say.
    """
    desk = _Desk(works, same, different)
    for pair in sorted(desk.sure(found), key=desk.order):
        desk.join(pair.one, pair.other)
    return desk.groups()


class _Desk:
    """The groups as they grow."""

    def __init__(
        self, works: Sequence[Work], same: Iterable[tuple[str, str]], different: Iterable[tuple[str, str]]
    ) -> None:
        self.works = works
        self.groups_by_place: dict[int, list[int]] = {}
        self.features: dict[int, Features] = {}
        self.apart: dict[tuple[int, int], bool] = {}
        self.named = self._named() if same or different else {}
        self.different = set(self._decided(different))
        decided = list(self._decided(same))
        self.same = set(decided) - self.different
        for one, other in sorted(self.same, key=lambda pair: tuple(sorted(map(self._name, pair)))):
            self.join(one, other, decided=True)

    def _named(self) -> dict[str, list[int]]:
        """The places of each citekey and alias."""
        named: dict[str, list[int]] = {}
        for place, work in enumerate(self.works):
            for citekey in {work.citekey, *work.aliases}:
                named.setdefault(citekey, []).append(place)
        return named

    def _decided(self, decisions: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int]]:
        for one, other in decisions:
            for a in self.named.get(one, ()):
                for b in self.named.get(other, ()):
                    if a != b:
                        yield min(a, b), max(a, b)

    def _name(self, place: int) -> tuple[str, str, int]:
        work = self.works[place]
        return work.citekey, work.origin.path, work.origin.line

    def sure(self, found: Iterable[Pair]) -> list[Pair]:
        """The pairs that are judged the same; of all, that they are not judged different."""
        sure = []
        for pair in found:
            self.apart[pair.one, pair.other] = pair.judgement.verdict == "different"
            if pair.judgement.verdict == "same":
                sure.append(pair)
        return sure

    def order(self, pair: Pair) -> tuple[object, ...]:
        """Surest first; ties by what the records are called, not by where they stand."""
        return (-pair.judgement.score, *sorted((self._name(pair.one), self._name(pair.other))))

    def join(self, one: int, other: int, *, decided: bool = False) -> None:
        """Join the groups of two works, if nothing forbids it."""
        mine = self.groups_by_place.get(one) or [one]
        theirs = self.groups_by_place.get(other) or [other]
        if mine is theirs or any(self._are_apart(a, b, decided=decided) for a in mine for b in theirs):
            return
        joined = mine + theirs
        for place in joined:
            self.groups_by_place[place] = joined

    def _are_apart(self, one: int, other: int, *, decided: bool) -> bool:
        pair = (min(one, other), max(one, other))
        if pair in self.different:
            return True
        if decided or pair in self.same:
            return False
        if pair not in self.apart:
            self.apart[pair] = judge(self._of(one), self._of(other)).verdict == "different"
        return self.apart[pair]

    def _of(self, place: int) -> Features:
        if place not in self.features:
            self.features[place] = features(self.works[place])
        return self.features[place]

    def groups(self) -> list[tuple[int, ...]]:
        """The groups of two or more, in order."""
        return sorted({tuple(sorted(group)) for group in self.groups_by_place.values()})
