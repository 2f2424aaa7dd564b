"""Records that are one work, or may be: in the store or in any files, and what a person decides of them.

``in_store`` and ``in_files`` look; ``decide``, ``forget`` and ``link`` write a
person's word into the text, and bring the store up to it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from kb import store
from kb.base import open_base
from kb.edit import forget_decision, record_decision, set_fields
from kb.errors import EditError
from kb.ids import identifier
from kb.ingest import ingest
from kb.library import Library
from kb.match.cluster import Pair, clusters, pairs
from kb.match.compare import Judgement, compare
from kb.model import Decision, Problem, Sameness, Work
from kb.records import read_file

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (0 = unknown)."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records that are one work, with why; ``score`` is how surely the least sure of the pairs is."""

    number: int
    works: tuple[Work, ...]
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records that may be one work: a person should look."""

    one: Work
    other: Work
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All records in their order, each with its cluster's number; the clusters of several records; doubts.

    Doubts come best first. What people have decided, and works that an entry
    relates to one another, are neither.
    """

    works: tuple[Work, ...] = ()
    numbers: tuple[int, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def undecided(self) -> list[tuple[str, ...]]:
        """The citekeys of each cluster and each doubt, on which nobody has decided."""
        doubtful = ((doubt.one.citekey, doubt.other.citekey) for doubt in self.doubts)
        return [*(tuple(work.citekey for work in one.works) for one in self.clusters), *doubtful]


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody is watching."""


# --- looking


def in_files(paths: Sequence[Path], *, encoding: str = "", progress: Progress = _silent) -> Duplicates:
    """The duplicates in files of any formats, without a store or a library."""
    works: list[Work] = []
    problems: list[Problem] = []
    for place, path in enumerate(paths):
        progress(f"Reading {path}", place, len(paths))
        found = read_file(path, encoding=encoding)
        works += found.works
        problems += found.problems
    linked = {(work.citekey, relation.other) for work in works for relation in work.relations}
    return _found(works, (), linked, problems, progress)


def in_store(database: Path, *, progress: Progress = _silent) -> Duplicates:
    """The duplicates among the held works of a store on which nobody has decided.

    Raises:
        StoreError: There is no store, or it is not of this version.
    """
    db = store.open_reader(database)
    try:
        works = [work for work in store.works.works(db) if work.held]
        decisions, linked = store.decisions.decisions(db), store.decisions.related(db)
    finally:
        db.close()
    return _found(works, decisions, linked, (), progress)


def _found(
    works: Sequence[Work],
    decisions: Iterable[Decision],
    linked: Iterable[tuple[str, str]],
    problems: Iterable[Problem],
    progress: Progress,
) -> Duplicates:
    said: dict[str, set[tuple[str, str]]] = {"same": set(), "different": set(linked)}
    for decision in decisions:
        said[decision.verdict].add(decision.works)
    judged = list(pairs(works, progress=lambda done, of: progress("Comparing", done, of)))
    groups = clusters(works, judged, same=said["same"], different=said["different"])
    desk = _Desk(works, judged, groups, _Apart(works, said["different"]))
    return Duplicates(
        tuple(works), desk.numbers, tuple(desk.clusters()), tuple(desk.doubts()), tuple(problems)
    )


class _Apart:
    """Who is said to be two, by any of their names."""

    def __init__(self, works: Sequence[Work], different: Iterable[tuple[str, str]]) -> None:
        self._works = works
        self._pairs = {frozenset(pair) for pair in different}
        self._named = {name for pair in self._pairs for name in pair}

    def holds(self, pair: Pair) -> bool:
        """Whether the two works of a pair are."""
        if not self._pairs:
            return False
        ones, others = (self._names(self._works[place]) for place in (pair.one, pair.other))
        return any(frozenset((one, other)) in self._pairs for one in ones for other in others)

    def _names(self, work: Work) -> list[str]:
        return [name for name in (work.citekey, *work.aliases) if name in self._named]


@dataclass
class _Desk:
    """What was judged, being put in order."""

    works: Sequence[Work]
    judged: Sequence[Pair]
    groups: Sequence[tuple[int, ...]]
    apart: _Apart
    group_of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.group_of = {place: number for number, group in enumerate(self.groups) for place in group}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The cluster of each record, counted from 1 as they come."""
        known: dict[object, int] = {}
        return tuple(
            known.setdefault(self.group_of.get(place, f"alone {place}"), len(known) + 1)
            for place in range(len(self.works))
        )

    def clusters(self) -> Iterator[Cluster]:
        """The clusters of several records, with their reasons, the surest pair's first."""
        within: dict[int, list[Pair]] = {}
        for pair in self.judged:
            number = self.group_of.get(pair.one)
            if number is not None and number == self.group_of.get(pair.other):
                within.setdefault(number, []).append(pair)
        for number, group in enumerate(self.groups):
            same = [pair.judgement for pair in within.get(number, []) if pair.judgement.verdict == "same"]
            same.sort(key=lambda judgement: -judgement.score)
            reasons = tuple(dict.fromkeys(reason for judgement in same for reason in judgement.reasons))
            works = tuple(self.works[place] for place in group)
            yield Cluster(self.numbers[group[0]], works, reasons, same[-1].score if same else 1.0)

    def doubts(self) -> list[Doubt]:
        """The best pair of any two clusters that may be one work, and on which nobody has decided."""
        best: dict[tuple[int, int], Pair] = {}
        for pair in sorted(self.judged, key=self._order):
            one, other = sorted((self.numbers[pair.one], self.numbers[pair.other]))
            if one != other and not self.apart.holds(pair):
                best.setdefault((one, other), pair)
        return [Doubt(self.works[p.one], self.works[p.other], p.judgement) for p in best.values()]

    def _order(self, pair: Pair) -> tuple[object, ...]:
        judgement = pair.judgement
        names = sorted((self.works[pair.one].citekey, self.works[pair.other].citekey))
        return judgement.verdict != "same", -judgement.score, names, pair.one, pair.other


# --- deciding


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision: the one on these works that stood before; whether the text changed."""

    before: Decision | None
    changed: bool


def decide(
    library: Library,
    verdict: Sameness,
    names: tuple[str, str],
    *,
    by: str = "",
    why: str = "",
    today: date,
    progress: Progress = _silent,
) -> Decided:
    """Write down a person's decision on two works, and carry it out.

    Raises:
        EditError: They are one entry, or the decision cannot be written.
        UnknownWork: No work goes by a name.
        StoreError: The store cannot be written.
    """
    ingest(library, progress=progress)
    works, leads = _named(library, names)
    if leads[0] == leads[1] and not _is_decided(library, leads[0], works):
        message = f"{works[0]} and {works[1]} are names of one entry, {leads[0]}. Nothing was written."
        raise EditError(message)
    stood = library.decisions.read_bytes() if library.decisions.is_file() else b""
    before = record_decision(library, verdict, works, by=by, why=why, today=today)
    ingest(library, progress=progress)
    return Decided(before, library.decisions.read_bytes() != stood)


def forget(library: Library, names: tuple[str, str], *, progress: Progress = _silent) -> Decision:
    """Take a decision back, so that both works are again what the rules make of them.

    Raises:
        EditError: Nobody decided on these two, or the file cannot be written.
        StoreError: The store cannot be written.
    """
    forgotten = forget_decision(library, names)
    ingest(library, progress=progress)
    return forgotten


def link(
    library: Library, names: tuple[str, str], kind: str = "", *, progress: Progress = _silent
) -> tuple[str, str, dict[str, str]]:
    """Say in the entry of the first work what it is to the second, so that they are two that belong together.

    Without a kind, it is what comparing them says. Returns the first's citekey,
    the kind, and the changes that would put back what was there ({} if it was said already).

    Raises:
        EditError: The first has no entry, or its entry relates it to others in another way.
        UnknownWork: No work goes by a name.
    """
    ingest(library, progress=progress)
    with open_base(library.database) as base:
        work, other = base.work(names[0]).work, base.work(names[1]).work
    if work.citekey == other.citekey:
        raise EditError(f"{names[0]} and {names[1]} are names of one work. Nothing was written.")
    if not work.held:
        message = f"{work.citekey} is known from reference lists only: it has no entry to change."
        raise EditError(f"{message} Nothing was written.")
    kind = kind.strip().lower() or compare(work, other).relation or "related"
    before = _related(library, work, other.citekey, kind)
    ingest(library, progress=progress)
    return work.citekey, kind, before


def _related(library: Library, work: Work, other: str, kind: str) -> dict[str, str]:
    said = [name.strip() for name in work.fields.get("related", "").split(",") if name.strip()]
    is_kind = work.fields.get("relatedtype", "").strip().lower() or "related"
    if other in said and is_kind == kind:
        return {}
    if said and (is_kind != kind):
        message = (
            f"{work.citekey} is related to {', '.join(said)} as {is_kind}, and an entry has one kind only"
        )
        raise EditError(f"{message}. Nothing was written; link {other} to {work.citekey} instead.")
    return set_fields(library, work, {"related": ", ".join([*said, other]), "relatedtype": kind})


def _named(library: Library, names: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two names as they are written in a decision, and the works that they lead to."""
    with open_base(library.database) as base:
        one, other = (base.citekey(name) for name in names)
        # An entry's own citekey stays, also where it is an alias by now: the decision is on entries
        written = (
            leads if identifier(name) else name.strip()
            for name, leads in zip(names, (one, other), strict=True)
        )
        return (next(written), next(written)), (one, other)


def _is_decided(library: Library, citekey: str, works: tuple[str, str]) -> bool:
    """Whether two names of one work are those of entries that a decision joined."""
    with open_base(library.database) as base:
        entries = {entry.citekey for entry in base.work(citekey).work.entries}
    return set(works) <= entries
