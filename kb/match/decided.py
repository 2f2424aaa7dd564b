"""People's decisions carried out: works said to be one become one, and those said to be two stay two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.match.best import best
from kb.model import Decision, Problem, Work
from kb.text import nearest

_HINTS = 100  # looking for near names costs; a file with more broken names gets no hints past these


@dataclass(slots=True)
class Decided:
    """Works after people's decisions; citekeys that became aliases; pairs that stay two; what was wrong."""

    works: list[Work] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def decide(works: list[Work], decisions: Iterable[Decision]) -> Decided:
    """The works in their order, those that were decided to be the same joined into one.

    What follows from decisions holds too (one is the other, and that a third),
    but never against a person's *different*. Of works that are one, that keeps
    its citekey which no decision names second; if that leaves several, the
    first of them. The order of the decisions does not matter.
    """
    decided = Decided(works)
    desk = _Desk(works, decided)
    followed = desk.followed(sorted(decisions, key=lambda one: (one.origin, one.works)))
    if not followed:
        return decided
    second = {other for _, other in followed}
    places = {work.citekey: place for place, work in enumerate(works)}
    kept = {work.citekey: work for work in works}
    for group in desk.groups():
        first = min(group, key=lambda citekey: (citekey in second, places[citekey]))
        others = sorted((citekey for citekey in group if citekey != first), key=lambda one: places[one])
        kept[first] = best([kept[first], *(kept.pop(citekey) for citekey in others)])
        decided.aliases.update(dict.fromkeys(others, first))
    decided.works = list(kept.values())
    decided.apart = {frozenset(decided.aliases.get(c, c) for c in pair) for pair in decided.apart}
    return decided


class _Desk:
    """The decisions, being followed one by one."""

    def __init__(self, works: list[Work], decided: Decided) -> None:
        self._names = _names(works)
        self._decided = decided
        self._groups: dict[str, list[str]] = {}
        self._parted: dict[frozenset[str], Decision] = {}
        self._hints_left = _HINTS

    def followed(self, decisions: list[Decision]) -> list[tuple[str, str]]:
        """The pairs of citekeys that were joined, in each the one first that keeps its name."""
        said = [(one, pair) for one in decisions if (pair := self._pair(one))]
        for decision, pair in said:
            if decision.verdict == "different":
                self._parted.setdefault(frozenset(pair), decision)
        self._decided.apart = set(self._parted)
        same = [(one, pair) for one, pair in said if one.verdict == "same"]
        # By name, and not as they stand in the file: there they may be put in any order
        same.sort(key=lambda one: (sorted(one[1]), one[1]))
        return [pair for decision, pair in same if self._joined(decision, *pair)]

    def groups(self) -> Iterator[list[str]]:
        """The works that are one, each group once."""
        return iter({id(group): group for group in self._groups.values()}.values())

    def _pair(self, decision: Decision) -> tuple[str, str] | None:
        """The citekeys that a decision is about; None, and perhaps a problem, if they are not two."""
        one, other = (self._names.get(name, "") for name in decision.works)
        for name in decision.works:
            if name not in self._names:
                self._tell_unknown(decision, name)
        if not (one and other):
            return None
        if one == other:
            if decision.verdict == "different":
                message = (
                    f"{' and '.join(decision.works)} are said to be different, but both are names of {one}."
                )
                remedy = f"Take the other name out of the ids of {one}, or delete this decision."
                self._tell(decision, "decision-contradicted", message, remedy)
            return None
        return one, other

    def _joined(self, decision: Decision, one: str, other: str) -> bool:
        """Whether a decision could be followed: no two works of the groups are said to be different."""
        mine, theirs = (self._groups.get(name) or [name] for name in (one, other))
        if mine is theirs:
            return True
        against = [
            found for a in mine for b in theirs if (found := self._parted.get(frozenset((a, b)))) is not None
        ]
        if against:
            self._tell_contradicted(decision, min(against, key=lambda found: found.origin))
            return False
        joined = mine + theirs
        self._groups.update(dict.fromkeys(joined, joined))
        return True

    def _tell_contradicted(self, decision: Decision, other: Decision) -> None:
        names, parted = (" and ".join(one.works) for one in (decision, other))
        what = "they" if set(decision.works) == set(other.works) else f"then {parted} would be one, which"
        message = f"{names} are said to be the same, but {what} are said to be different in line "
        message += f"{other.origin.line}; {names} were not joined."
        self._tell(decision, "decision-contradicted", message, "Delete one of the two decisions.")

    def _tell_unknown(self, decision: Decision, name: str) -> None:
        near = nearest(name, self._names) if self._hints_left > 0 else []
        self._hints_left -= 1
        meant = f"Write the citekey that is meant, perhaps {' or '.join(near)}" if near else ""
        message = f"A decision names {name}, but no entry has this citekey; it was not followed."
        remedy = f"{meant or 'Write the citekey that is meant'}, or delete the decision."
        self._tell(decision, "decision-unknown", message, remedy)

    def _tell(self, decision: Decision, code: str, message: str, remedy: str) -> None:
        problem = Problem(decision.origin, code, message, remedy, "error", decision.works[0])
        self._decided.problems.append(problem)


def _names(works: list[Work]) -> Mapping[str, str]:
    """The citekey that each citekey, and each alias that is none, leads to."""
    names: dict[str, str] = {}
    for work in works:
        for alias in work.aliases:
            names.setdefault(alias, work.citekey)
    names.update((work.citekey, work.citekey) for work in works)
    return names
