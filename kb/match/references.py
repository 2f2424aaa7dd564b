"""Items of reference lists → citations: by identifier, by author, year and title, else a new cited work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kb.ids import new_citekey
from kb.match.cluster import clusters, pairs
from kb.match.compare import Judgement
from kb.match.index import Index
from kb.match.merge import joined
from kb.model import Citation, Work

_ENOUGH = 0.75  # a confidence below this is shown as a doubt, and joins nothing


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reference that may be a work we have: it was taken for another, and a person should look."""

    citing: str
    reference: Work
    candidate: Work
    judgement: Judgement


@dataclass(slots=True)
class Settled:
    """Works whose references have become citations.

    ``answers`` has, for each work, a citation for each of its references in
    their order; ``cited`` are the cited works that nobody had.
    """

    works: list[Work] = field(default_factory=list)
    answers: list[tuple[Citation, ...]] = field(default_factory=list)
    cited: list[Work] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def settle(works: Iterable[Work], known: Iterable[Work] = (), *, names: Iterable[str] = ()) -> Settled:
    """The works in their order, each citing what its references name; what no work stands for is cited anew.

    References are matched to ``known`` and to the works themselves, by
    identifier (confidence 1), then by what they say, with the confidence of
    that judgement. Equal references become one cited work, whose citekey is
    new among ``names`` and the works'. The order of ``known`` does not matter.
    """
    citing = list(works)
    if not any(work.references for work in citing):
        return Settled(citing, [()] * len(citing))
    everything = {work.citekey: work for work in (*known, *citing)}
    finder = _Finder(list(everything.values()))
    settled = Settled()
    open_items: list[_Item] = []
    answers = [[_known(work, reference, finder) for reference in work.references] for work in citing]
    for place, work in enumerate(citing):
        for item, reference in enumerate(work.references):
            if answers[place][item] is None:
                open_items.append(_Item(place, item, reference))
                candidate = finder.doubtful(reference)
                if candidate:
                    settled.doubts.append(Doubt(work.citekey, reference, *candidate))
    for one, citekey in _cited_anew(open_items, settled.cited, {*everything, *names}):
        answers[one.place][one.item] = _citation(citing[one.place], citekey)
    for work, found in zip(citing, answers, strict=True):
        settled.answers.append(tuple(citation for citation in found if citation))
        settled.works.append(_citing(work, settled.answers[-1]) if work.references else work)
    return settled


@dataclass(frozen=True, slots=True)
class _Item:
    """A reference that no work stands for: the place of the citing work, its own there, what it says."""

    place: int
    item: int
    reference: Work


class _Finder:
    """What a reference names among works."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._names = {name: work.citekey for work in reversed(works) for name in work.identifiers}
        self._index = Index(works)

    def target(self, reference: Work) -> tuple[str, float]:
        """The citekey of the work that a reference surely is, and how surely; ("", 0) if none is."""
        for name in reference.identifiers:
            if name in self._names:
                return self._names[name], 1.0
        best = self._index.nearest(reference, limit=1) if _says_enough(reference) else []
        if best and best[0][1].verdict == "same" and best[0][1].score >= _ENOUGH:
            return best[0][0].citekey, best[0][1].score
        return "", 0.0

    def doubtful(self, reference: Work) -> tuple[Work, Judgement] | None:
        """The work that a reference may be; None if there is no such."""
        if not _says_enough(reference):
            return None
        near = [one for one in self._index.nearest(reference, limit=1) if one[1].verdict != "different"]
        return near[0] if near else None


def _known(work: Work, reference: Work, finder: _Finder) -> Citation | None:
    """The citation of a work that we have, or of one that is known by an identifier alone."""
    target, confidence = finder.target(reference)
    if not target and reference.identifiers and not _says_enough(reference):
        target, confidence = reference.identifiers[0], 1.0
    return _citation(work, target, confidence) if target else None


def _says_enough(reference: Work) -> bool:
    """Whether a reference can be compared: it has a title, or an author and a year."""
    return bool(reference.title or (reference.authors and reference.year))


def _cited_anew(items: Sequence[_Item], cited: list[Work], taken: set[str]) -> Iterable[tuple[_Item, str]]:
    """Each item with the citekey of its new cited work, one for equal ones; ``cited`` gathers them."""
    references = [one.reference for one in items]
    first = {place: group for group in clusters(references, pairs(references)) for place in group}
    made: dict[int, str] = {}
    for place, one in enumerate(items):
        group = first.get(place, (place,))
        if group[0] not in made:
            work = _cited_work([references[other] for other in group], taken)
            taken.add(work.citekey)
            made[group[0]] = work.citekey
            cited.append(work)
        yield one, made[group[0]]


def _cited_work(same: Sequence[Work], taken: set[str]) -> Work:
    whole = same[0]
    for other in same[1:]:
        whole = joined(whole, other)
    if not whole.title and not whole.authors:
        whole = replace(whole, title=whole.fields.get("reference", ""))
    family = whole.authors[0].family if whole.authors else ""
    citekey = new_citekey(family, whole.year, whole.title or whole.container, taken)
    return replace(whole, citekey=citekey, held=False, references=())


def _citing(work: Work, answers: Iterable[Citation]) -> Work:
    """A work with its references as citations, after those that it names itself, each target once."""
    named = {citation.cited for citation in work.cites} | {work.citekey}
    found: dict[str, Citation] = {}
    for citation in answers:
        if citation.cited not in named:
            found.setdefault(citation.cited, citation)
    return replace(work, cites=(*work.cites, *found.values()), references=())


def _citation(work: Work, cited: str, confidence: float = 1.0) -> Citation:
    return Citation(work.citekey, cited, work.origin, field="references", confidence=confidence)
