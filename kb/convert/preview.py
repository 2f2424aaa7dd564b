"""What an import would bring: each record new, already here or doubtful, with the difference shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from kb import store
from kb.convert.gaps import gaps
from kb.ids import new_citekey
from kb.library import Library
from kb.match import joined
from kb.match.cluster import clusters, pairs
from kb.match.compare import Judgement
from kb.match.index import Index
from kb.match.references import Doubt, settle
from kb.model import Problem, Work
from kb.records import read_bytes
from kb.text import fold

State: TypeAlias = Literal["new", "here", "doubtful"]
Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (0 = unknown)."""


class Source(NamedTuple):
    """A file that came in: its name, and its bytes."""

    name: str
    content: bytes


class Difference(NamedTuple):
    """A field that the record and the work it is compared with fill differently ("" = absent)."""

    field: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record that came in, under the citekey that it would have here.

    ``match`` is the work that it is (*here*) or may be (*doubtful*); with
    ``within`` that is an earlier record of the same import. ``given`` is the
    citekey in its file; ``gaps`` are fields that our entry of it has not.
    """

    work: Work
    state: State
    match: Work | None = None
    within: bool = False
    judgement: Judgement | None = None
    differences: tuple[Difference, ...] = ()
    given: str = ""
    gaps: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring; nothing is written yet.

    ``cited`` are works that reference lists name and nobody has; ``doubts``
    are references that may be works of ours.
    """

    sources: tuple[str, ...] = ()
    incoming: tuple[Incoming, ...] = ()
    cited: tuple[Work, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, state: State) -> list[Incoming]:
        """The records of one state, in their order."""
        return [one for one in self.incoming if one.state == state]


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody is watching."""


def preview(
    library: Library, sources: Iterable[Source], *, encoding: str = "", progress: Progress = _silent
) -> Preview:
    """What these files would bring to a library, compared with its store as it is.

    Raises:
        StoreError: There is no store, or it is not of this version.
    """
    named = list(sources)
    works: list[Work] = []
    problems: list[Problem] = []
    for place, source in enumerate(named):
        progress(f"Reading {source.name}", place, len(named))
        found = read_bytes(source.name, source.content, encoding=encoding)
        works += found.works
        problems += found.problems
    db = store.open_reader(library.database)
    try:
        known, names = store.works.works(db), store.works.citekeys(db)
    finally:
        db.close()
    incoming = _compared(works, known, names, progress)
    progress("Matching reference lists", 0, 0)
    settled = settle([one.work for one in incoming], known, names=names)
    return Preview(
        sources=tuple(source.name for source in named),
        incoming=tuple(replace(one, work=work) for one, work in zip(incoming, settled.works, strict=True)),
        cited=tuple(settled.cited),
        doubts=tuple(settled.doubts),
        problems=tuple(problems),
    )


def _compared(
    works: Sequence[Work], known: Sequence[Work], names: Iterable[str], progress: Progress
) -> list[Incoming]:
    comparing = _Comparing(Index(known), {name.casefold() for name in names})
    progress("Comparing the records with each other", 0, 0)
    comparing.look_within(works)
    for place, work in enumerate(works):
        if place % 50 == 0:
            progress("Comparing with the library", place, len(works))
        comparing.take(place, work)
    return list(comparing.incoming.values())


@dataclass(slots=True)
class _Comparing:
    """An import being compared: the library's index, citekeys that are taken, and what was found."""

    index: Index
    taken: set[str]
    incoming: dict[int, Incoming] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    doubtful: dict[int, tuple[int, Judgement]] = field(default_factory=dict)

    def look_within(self, works: Sequence[Work]) -> None:
        """Find the records that are one work with an earlier one, or may be."""
        found = list(pairs(works))
        for members in clusters(works, found):
            self.first.update(dict.fromkeys(members[1:], members[0]))
        for pair in found:
            if pair.judgement.verdict == "doubtful":
                self.doubtful.setdefault(pair.other, (pair.one, pair.judgement))

    def take(self, place: int, work: Work) -> None:
        """Decide what a record is, in the order of the files."""
        if place in self.first:
            self._again(place, work)
            return
        near = [one for one in self.index.nearest(work, limit=3) if one[1].verdict != "different"]
        best, said = near[0] if near else (None, None)
        if best and said and said.verdict == "same":
            if best.held:
                self.incoming[place] = self._here(work, best, said)
            else:  # known from reference lists until now: it keeps the citekey under which it is cited
                self.incoming[place] = Incoming(replace(work, citekey=best.citekey), "new")
            return
        whole = replace(work, citekey=self._citekey(work))
        if best and said:
            found = differences(work, best)
            self.incoming[place] = Incoming(whole, "doubtful", best, False, said, found, work.citekey)
        elif place in self.doubtful and self.doubtful[place][0] in self.incoming:
            other, said = self.doubtful[place]
            match = self.incoming[other].work
            found = differences(work, match)
            self.incoming[place] = Incoming(whole, "doubtful", match, True, said, found, work.citekey)
        else:
            self.incoming[place] = Incoming(whole, "new", given=work.citekey)

    def _here(self, work: Work, held: Work, said: Judgement) -> Incoming:
        """A record of a work that we hold. Its own citekey is a name for that, if nothing else has it."""
        given = "" if work.citekey.casefold() in self.taken else work.citekey
        whole = replace(work, citekey=held.citekey)
        lacking = gaps(work, held, given=given)
        if "ids" in lacking:
            self.taken.add(given.casefold())
        found = differences(work, held)
        return Incoming(whole, "here", held, False, said, found, work.citekey, lacking)

    def _again(self, place: int, work: Work) -> None:
        """A record that came earlier: what it says more goes to the first."""
        first = self.incoming[self.first[place]]
        both = joined(first.work, work)
        both = replace(both, fields=both.fields | gaps(work, first.work))
        lacking = gaps(both, first.match, given=first.given) if first.match else {}
        self.incoming[self.first[place]] = replace(first, work=both, gaps=lacking)
        whole = replace(work, citekey=first.work.citekey, references=())
        self.incoming[place] = Incoming(whole, "here", first.work, True, None, differences(work, first.work))

    def _citekey(self, work: Work) -> str:
        """The record's own citekey if nobody has it, whatever its case; else a new one."""
        citekey = work.citekey
        if citekey.casefold() in self.taken:
            family = work.authors[0].family if work.authors else ""
            citekey = new_citekey(family, work.year, work.title, self.taken)
        self.taken.add(citekey.casefold())
        return citekey


_COMPARED = (
    *("title", "date", "container", "volume", "issue", "pages", "doi", "isbn", "url"),
    *("publisher", "abstract", "annotation"),
)
_COMPARED_FIELDS = ("pmid", "pmcid", "file")


def _plain(text: str) -> str:
    return fold(text.replace("&", " and "))


def differences(theirs: Work, ours: Work) -> tuple[Difference, ...]:
    """Where a record says something else than a work, or something that it does not say."""
    found = [
        Difference(name, said, has)
        for name in _COMPARED
        if (said := getattr(theirs, name)) and _plain(said) != _plain(has := getattr(ours, name))
    ]
    names = [", ".join(name.family for name in work.authors) for work in (theirs, ours)]
    if names[0] and fold(names[0]) != fold(names[1]):
        found.insert(0, Difference("authors", *names))
    for name in _COMPARED_FIELDS:
        said, has = theirs.fields.get(name, ""), ours.fields.get(name, "")
        if said and said != has:
            found.append(Difference(name, said, has))
    known = {fold(word) for word in ours.keywords}
    more = [word for word in theirs.keywords if fold(word) not in known]
    if more:
        found.append(Difference("keywords", ", ".join(more), ""))
    return tuple(found)
