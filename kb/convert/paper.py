"""The reference list in a paper's own text → what the work cites, and new cited works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from kb import store
from kb.clean import clean_entry
from kb.convert.append import cites
from kb.convert.preview import Source
from kb.edit.entries import Appended, append_entries, import_name, set_fields
from kb.errors import EditError, UnknownWork
from kb.library import Library
from kb.match.references import Doubt, settle
from kb.model import Citation, Problem, Work
from kb.read.paper import InText, Paper, Reference, read_paper
from kb.render import bibtex
from kb.text import nearest

_SURE = 0.9  # a match below this confidence is shown to be looked at

Found: TypeAlias = Literal["held", "cited", "new"]


@dataclass(frozen=True, slots=True)
class CitedReference:
    """An item of the list: as it stands there, as it was read, and the work that it is.

    ``found`` says whether that is a held work, one known from reference lists,
    or new; ``confidence`` how surely; ``doubts`` what a person should look at.
    """

    reference: Reference
    work: Work
    citekey: str
    found: Found
    confidence: float
    doubts: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPreview:
    """What a paper's text says that its work cites; nothing is written yet."""

    work: Work
    source: str
    style: str
    references: tuple[CitedReference, ...] = ()
    in_text: tuple[InText, ...] = ()
    cited: tuple[Work, ...] = ()
    problems: tuple[Problem, ...] = ()
    already: tuple[str, ...] = ()

    def of(self, found: Found) -> list[CitedReference]:
        """The references of one kind, in their order."""
        return [one for one in self.references if one.found == found]

    @property
    def unsure(self) -> list[CitedReference]:
        """The references that a person should look at."""
        return [one for one in self.references if one.doubts]

    @property
    def unmatched(self) -> list[InText]:
        """The citations in the text that no reference of the list answers."""
        return [one for one in self.in_text if one.unmatched]


@dataclass(frozen=True, slots=True)
class PaperDone:
    """What was written: the new cited works, and the fields of the entry as they were before."""

    appended: tuple[Appended, ...]
    before: dict[str, str]
    name: str


def preview_paper(
    library: Library,
    name: str,
    source: Source,
    *,
    encoding: str = "",
    decided: Mapping[int, str] | None = None,
) -> PaperPreview:
    """What the text or PDF of a held work says that it cites.

    ``decided`` says of references, by their number in the list from 1, which
    work they are: what a person knows better.

    Raises:
        UnknownWork: No work goes by this name, or by one of ``decided``.
        EditError: The work is known from reference lists only, or the list has no such number.
        StoreError: There is no store, or it is not of this version.
    """
    db = store.open_reader(library.database)
    try:
        home = _Home(store.works.works(db), store.works.citekeys(db))
        work = store.works.work(db, _citekey(db, name, home.names))
        chosen = {place - 1: _citekey(db, other, home.names) for place, other in (decided or {}).items()}
        already = tuple(one.work.citekey for one in store.citations.references(db, work.citekey))
    finally:
        db.close()
    if not work.held:
        message = f"{work.citekey} is known from reference lists only: no entry could say what it cites."
        raise EditError(f"{message} Import the work itself first.")
    paper, problems = read_paper(source.content, source.name, encoding=encoding)
    for place in chosen:
        if not 0 <= place < len(paper.references):
            raise EditError(f"There is no reference {place + 1}: the list has {len(paper.references)}.")
    references, cited = _matched(paper, work, home, chosen)
    named = {one.citekey for one in references}
    return PaperPreview(
        work=work,
        source=source.name,
        style=paper.style,
        references=references,
        in_text=paper.citations,
        cited=tuple(one for one in cited if one.citekey in named),
        problems=tuple(problems),
        already=already,
    )


class _Home(NamedTuple):
    """What the library has: its works, and all names of works."""

    works: Sequence[Work]
    names: Sequence[str]


def _citekey(db: store.Database, name: str, names: Sequence[str]) -> str:
    citekey = store.works.citekey_of(db, name)
    if not citekey:
        raise UnknownWork(name, nearest(name, names))
    return citekey


def _matched(
    paper: Paper, work: Work, home: _Home, chosen: Mapping[int, str]
) -> tuple[tuple[CitedReference, ...], list[Work]]:
    """The references with the works that they are, and the works that nobody had."""
    cleaned = tuple(replace(clean_entry(one.entry)[0], held=False) for one in paper.references)
    settled = settle([replace(work, references=cleaned)], home.works, names=home.names)
    doubts = {id(one.reference): one for one in settled.doubts}
    found: dict[str, Found] = {one.citekey: "held" if one.held else "cited" for one in home.works}
    references = []
    for place, (one, read, answer) in enumerate(
        zip(paper.references, cleaned, settled.answers[0], strict=True)
    ):
        sections = _sections(place, paper.citations)
        if place in chosen:
            citekey = chosen[place]
            references.append(CitedReference(one, read, citekey, found[citekey], 1.0, (), sections))
            continue
        said = _doubts(one, answer, doubts.get(id(read)))
        kind = found.get(answer.cited, "new")
        references.append(CitedReference(one, read, answer.cited, kind, answer.confidence, said, sections))
    return tuple(references), settled.cited


def _doubts(reference: Reference, answer: Citation, doubt: Doubt | None) -> tuple[str, ...]:
    said = list(reference.doubts)
    if doubt:
        why = ", ".join(doubt.judgement.reasons)
        said.append(f"it may be {doubt.candidate.citekey} ({why}), but was taken for another work")
    elif answer.confidence < _SURE:
        said.append(f"matched to {answer.cited} with confidence {answer.confidence:.2f}")
    return tuple(said)


def _sections(place: int, citations: Sequence[InText]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.section for one in citations if place in one.references))


def add_references(library: Library, found: PaperPreview, *, today: date) -> PaperDone:
    """Write what the paper cites into its work's entry, and new cited works into cited.bib.

    Raises:
        EditError: The entry or cited.bib cannot be changed; then neither was, or cited.bib alone.
    """
    targets = [
        Citation(found.work.citekey, name, found.work.origin)
        for name in dict.fromkeys((*found.already, *(one.citekey for one in found.references)))
        if name != found.work.citekey
    ]
    appended: tuple[Appended, ...] = ()
    what = f"references of {found.work.citekey}, {today.isoformat()}"
    source = bibtex(found.cited)
    name = import_name(source, what)
    if source:
        count = len(found.cited)
        appended = (append_entries(library, library.cited, source, count=count, name=name, what=what),)
    changes = {"cites": cites(targets), "citeslist": "complete"}
    return PaperDone(appended, set_fields(library, found.work, changes), name)
