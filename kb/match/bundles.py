"""Works → their signatures, in bundles of those that are one person's by the name alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.match import families
from kb.match.signatures import Signature, signature
from kb.model import Name, Work

GENERATION = 60  # years between two works that one person may have signed
_CAREER = 30  # the same, where the names are equal, have no middle initial, and nothing else speaks
_CROWD = 3  # initials with one family name in the works at hand, from which on it is frequent there
RARE, FREQUENT, CROWDED = 0, 1, 2

Key = tuple[str, str]


class Signed(NamedTuple):
    """A signature in its place: ``work`` is the work's place among the works."""

    citekey: str
    role: str
    position: int
    name: Name
    signature: Signature
    work: int

    @property
    def place(self) -> int:
        """A number for a work and a role in it, where one person signs once."""
        return self.work * 2 + (self.role == "editor")


@dataclass(slots=True, eq=False)
class Bundle:
    """Signatures written alike that are one person's, as far as the name alone says.

    ``key``: family name and first initial, "" where no given name is known.
    ``level``: how many bear the family name, rare, frequent or crowded.
    ``telling``: whether the name tells by itself who it is.
    ``places``: the works and the roles in them, in each of which one person
    signs once. ``first`` and ``last`` are years, None where no work has one.
    """

    signed: list[Signed]
    signature: Signature
    key: Key
    orcid: str
    level: int
    telling: bool
    works: tuple[int, ...]
    places: tuple[int, ...]
    first: int | None
    last: int | None

    def elsewhere(self, other: "Bundle") -> bool:
        """Whether the two never sign in one place."""
        if len(self.places) == 1:
            return self.places[0] not in other.places
        return set(self.places).isdisjoint(other.places)

    def years_with(self, other: "Bundle") -> int:
        """Years from the first to the last work of both; 0 if unknown."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return 0
        return max(self.last, other.last) - min(self.first, other.first)


def signatures(works: Sequence[Work]) -> list[Signed]:
    """All signatures of the works in order of citekey, role, position."""
    order = sorted(range(len(works)), key=lambda at: (works[at].citekey, works[at].origin))
    return [
        Signed(works[at].citekey, role, position, name, signature(name), at)
        for at in order
        for role, names in (("author", works[at].authors), ("editor", works[at].editors))
        for position, name in enumerate(names)
    ]


def bundled(works: Sequence[Work], signed: Iterable[Signed]) -> list[Bundle]:
    """The signatures in bundles, in order of their first ones."""
    alike: dict[tuple[Signature, str], list[Signed]] = defaultdict(list)
    for one in signed:
        alike[one.signature, one.name.orcid].append(one)
    named = {mine: (mine.joined, mine.given[0][0] if mine.given else "") for mine, _ in alike}
    levels = _levels(named.values())
    bundles = []
    for (mine, orcid), group in alike.items():
        key = named[mine]
        level = RARE if mine.body else levels[key[0]]
        telling = _telling(mine, level)
        if len(group) > 1 and (orcid or mine.body or telling):
            whole = _bundle(works, group, key, level, telling)
            if orcid or mine.body or _one_life(whole):
                bundles.append(whole)
                continue
        alone = [group] if len(group) == 1 else [[one] for one in group]
        bundles += [_bundle(works, one, key, level, telling) for one in alone]
    return sorted(bundles, key=lambda bundle: bundle.signed[0][:3])


def career(names: int) -> int:
    """Years between works that an equal name, of so many given names that agree, may be under by itself."""
    return _CAREER if names < 2 else GENERATION


def _levels(keys: Iterable[Key]) -> dict[str, int]:
    """How many bear each of the family names."""
    initials: dict[str, set[str]] = defaultdict(set)
    for name, initial in keys:
        initials[name].add(initial)
    return {name: _level(name, len(letters - {""})) for name, letters in initials.items()}


def _level(name: str, initials: int) -> int:
    if name in families.CROWDED or len(name) < 3:
        return CROWDED
    return FREQUENT if name in families.FREQUENT or len(name) < 4 or initials >= _CROWD else RARE


def _telling(mine: Signature, level: int) -> bool:
    """Whether a name tells by itself who it is: written out, or of several initials, if not of very many."""
    if level == CROWDED or not mine.given:
        return False
    if len(mine.given) > 1:
        return level == RARE or mine.any_full or len(mine.given) > 2
    return level == RARE and mine.full


def _bundle(works: Sequence[Work], group: list[Signed], key: Key, level: int, telling: bool) -> Bundle:
    mine, orcid = group[0].signature, group[0].name.orcid
    if len(group) == 1:
        one, year = group[0], works[group[0].work].year
        return Bundle(group, mine, key, orcid, level, telling, (one.work,), (one.place,), year, year)
    at = tuple(dict.fromkeys(one.work for one in group))
    years = [year for work in at if (year := works[work].year) is not None]
    places = tuple(sorted({one.place for one in group}))
    least, most = min(years, default=None), max(years, default=None)
    return Bundle(group, mine, key, orcid, level, telling, at, places, least, most)


def _one_life(bundle: Bundle) -> bool:
    """Whether one person can have signed all: once in each place, and within a life's work."""
    return len(bundle.places) == len(bundle.signed) and bundle.years_with(bundle) <= career(
        len(bundle.signature.given)
    )
