"""Signatures → people: conservatively, for two people made one are worse than one left in two.

One ORCID iD is one person, and two are two. Otherwise names that may be one
are joined only where more speaks for it (``acquaintance``), and only if
everybody in a group may be everybody else: nobody is joined through a third.
Who might as well be one as another stands alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, combinations, count
from operator import attrgetter, itemgetter

from kb.match.acquaintance import Acquaintance
from kb.match.bundles import GENERATION, Bundle, Signed, bundled, signatures
from kb.match.signatures import Likeness, Signature
from kb.model import Name, Person, Work
from kb.text import slug

_CLEARLY = 1.0  # by how much more must speak for one than for another
_NOBODY = "unnamed"
_LONGEST = 100  # characters of a slug
_PLACE = itemgetter(0, 1, 2)  # of a signature: citekey, role, position


def gather_people(works: Iterable[Work], cites: Collection[tuple[str, str]] = ()) -> tuple[Person, ...]:
    """The people who signed the works, by slug; every signature is in exactly one.

    ``cites`` are pairs of citekeys: who cites whom. The answer does not depend
    on the order of either.
    """
    listed = list(works)
    bundles = bundled(listed, signatures(listed))
    acquaintance = Acquaintance(listed, bundles)
    desk = _Desk(bundles, acquaintance.like)
    desk.join_by_orcid()
    desk.join(acquaintance.weighed(cites))
    return _named(desk.standing())


@dataclass(slots=True, eq=False)
class _Group:
    """Bundles that are one person's, by their places, and what tells them from others."""

    members: list[int]
    signatures: dict[Signature, int]
    orcid: str
    places: frozenset[int]
    years: tuple[int, ...]


class _Desk:
    """The groups as they grow; a bundle that stands alone has none before it is looked at."""

    def __init__(self, bundles: Sequence[Bundle], like: Callable[[int, int], Likeness]) -> None:
        self.bundles = bundles
        self.like = like
        self.groups: dict[int, _Group] = {}

    def group_of(self, at: int) -> _Group:
        """The group that a bundle is in."""
        group = self.groups.get(at)
        if group is None:
            bundle = self.bundles[at]
            years = () if bundle.first is None or bundle.last is None else (bundle.first, bundle.last)
            group = _Group([at], {bundle.signature: at}, bundle.orcid, frozenset(bundle.places), years)
            self.groups[at] = group
        return group

    def standing(self) -> list[list[Signed]]:
        """The signatures of each group, in order of their first ones."""
        standing: list[list[Signed]] = []
        for at, bundle in enumerate(self.bundles):
            group = self.groups.get(at)
            if group is None or len(group.members) == 1:
                standing.append(bundle.signed)
            elif at == min(group.members):
                standing.append(
                    [one for member in sorted(group.members) for one in self.bundles[member].signed]
                )
        return standing

    def may_be_one(self, one: _Group, other: _Group) -> bool:
        """Whether everybody of one group may be everybody of the other."""
        if (one.orcid and other.orcid and one.orcid != other.orcid) or not one.places.isdisjoint(
            other.places
        ):
            return False
        years = one.years + other.years
        if years and max(years) - min(years) > GENERATION:
            return False
        # One who has an ORCID iD may have had another family name, which says nothing about this one
        known = bool(one.orcid or other.orcid)
        kinds = {self.like(a, b).kind for a in one.signatures.values() for b in other.signatures.values()}
        return "clash" not in kinds and (known or "stranger" not in kinds) and kinds != {"stranger"}

    def join_by_orcid(self) -> None:
        """Join what has one ORCID iD, whatever the names."""
        first: dict[str, int] = {}
        for at, bundle in enumerate(self.bundles):
            if bundle.orcid:
                self._unite(self.group_of(first.setdefault(bundle.orcid, at)), self.group_of(at))

    def _unite(self, one: _Group, other: _Group) -> None:
        if one is other:
            return
        if len(one.members) < len(other.members):
            one, other = other, one
        one.members += other.members
        one.signatures = other.signatures | one.signatures
        one.orcid = one.orcid or other.orcid
        one.places = one.places | other.places
        years = one.years + other.years
        one.years = (min(years), max(years)) if years else ()
        for at in other.members:
            self.groups[at] = one

    def join(self, weighed: Mapping[tuple[int, int], float]) -> None:
        """Join first what is signed alike, then what may be one and nothing else, the surest first."""
        surest = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
        for (one, other), _ in surest:
            if self._signed_alike(one, other):
                self._join(one, other)
        apart = self._torn(weighed)
        for (one, other), _ in surest:
            if (one, other) not in apart:
                self._join(one, other)

    def _signed_alike(self, one: int, other: int) -> bool:
        a, b = self.bundles[one], self.bundles[other]
        return a.signature == b.signature and self.group_of(one).orcid == self.group_of(other).orcid

    def _join(self, one: int, other: int) -> None:
        mine, theirs = self.group_of(one), self.group_of(other)
        if mine is not theirs and self.may_be_one(mine, theirs):
            self._unite(mine, theirs)

    def _torn(self, weighed: Mapping[tuple[int, int], float]) -> set[tuple[int, int]]:
        """Pairs not to be joined, for one of the two may as well be another whom the second cannot be.

        Unless clearly more speaks for one: then the others are not to be joined.
        """
        beside: dict[_Group, dict[_Group, float]] = defaultdict(dict)
        sides = {pair: (self.group_of(pair[0]), self.group_of(pair[1])) for pair in weighed}
        for pair, (mine, theirs) in sides.items():
            if mine is not theirs:
                weight = weighed[pair]
                beside[mine][theirs] = max(weight, beside[mine].get(theirs, 0))
                beside[theirs][mine] = max(weight, beside[theirs].get(mine, 0))
        torn = {(group, other) for group, others in beside.items() for other in self._rivals(others)}
        return {pair for pair, (mine, theirs) in sides.items() if {(mine, theirs), (theirs, mine)} & torn}

    def _rivals(self, others: Mapping[_Group, float]) -> set[_Group]:
        """Those of the groups that are not clearly the likeliest of two that cannot both be one."""
        rivals: set[_Group] = set()
        for one, other in combinations(others, 2):
            ahead = others[one] - others[other]
            new = {one} if ahead <= -_CLEARLY else {other} if ahead >= _CLEARLY else {one, other}
            if not (new <= rivals or self.may_be_one(one, other)):
                rivals |= new
        return rivals


def _name(group: Sequence[Signed]) -> Name:
    """The fullest name of a group of signatures, with the ORCID iD of any."""
    if len(group) == 1:
        return group[0].name
    names = Counter(one.name for one in group)
    orcid = next((name.orcid for name in names if name.orcid), "")
    fullest = max(names, key=lambda name: _fullness(name, names[name])) if len(names) > 1 else group[0].name
    return fullest if fullest.orcid == orcid else replace(fullest, orcid=orcid)


def _fullness(name: Name, times: int) -> tuple[object, ...]:
    """An order in which names that say more come last: whole words, letters, accents, then the usual one."""
    given = [word.strip(".") for word in name.given.replace("-", " ").split()]
    whole = sum(len(word) > 1 and not (word.isupper() and len(word) < 4) for word in given)
    written = f"{name.particle}{name.family}{name.given}"
    accents = sum(not char.isascii() for char in written)
    mixed = not name.family.isupper() and not name.family.islower()
    letters = sum(map(str.isalpha, written))
    return bool(whole), len(given), whole, mixed, accents, letters, times, name.inverted, name.suffix


def _named(groups: Iterable[Sequence[Signed]]) -> tuple[Person, ...]:
    """A person for each group of signatures, in order of their slugs.

    Of several whose names make one slug, each has that of its first work
    behind, so that a slug goes on to name the same one when others come.
    """
    by_slug: dict[str, list[tuple[Name, Sequence[Signed]]]] = defaultdict(list)
    for group in groups:
        name = _name(group)
        by_slug[_slug(name)].append((name, sorted(group, key=_PLACE) if len(group) > 1 else group))
    people = [_person(base, *sharing[0]) for base, sharing in by_slug.items() if len(sharing) == 1]
    taken = {person.slug for person in people}
    for base in sorted(base for base, sharing in by_slug.items() if len(sharing) > 1):
        for name, group in sorted(by_slug[base], key=lambda named: list(map(_PLACE, named[1]))):
            mine = _told_apart(base, group[0], taken)
            taken.add(mine)
            people.append(_person(mine, name, group))
    return tuple(sorted(people, key=attrgetter("slug")))


def _slug(name: Name) -> str:
    family = f"{name.particle} {name.family}" if name.particle else name.family
    given = f"{name.given} {name.suffix}" if name.suffix else name.given
    return f"{_slug_of_part(family)}-{_slug_of_part(given)}".strip("-")[:_LONGEST].strip("-") or _NOBODY


_slug_of_part = lru_cache(maxsize=1 << 15)(slug)  # families and given names recur more than whole names


def _person(called: str, name: Name, group: Sequence[Signed]) -> Person:
    if len(group) == 1:  # as most are
        return Person(name, called, name.orcid, (name.inverted,), (group[0][:3],))
    spellings = {one.inverted for one in {one.name for one in group}}
    return Person(name, called, name.orcid, tuple(sorted(spellings)), tuple(map(_PLACE, group)))


def _told_apart(base: str, first: Signed, taken: Collection[str]) -> str:
    with_work = f"{base}-{slug(first.citekey)}".strip("-")
    with_place = f"{with_work}-{first.role}-{first.position + 1}"
    tries = chain((with_work, with_place), (f"{with_work}-{n}" for n in count(2)))
    return next(one for one in tries if one not in taken)
