"""The reference list in a paper's own text → what the work cites, and new cited works."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from kb import store
from kb.clean import clean_entry
from kb.convert.append import cites
from kb.convert.preview import Source
from kb.edit.entries import Appended, append_entries, import_name, set_fields
from kb.errors import EditError, UnknownWork
from kb.library import Library
from kb.match.references import Doubt, settle
from kb.model import Citation, Problem, Work
from kb.read.paper import InText, Reference, read_paper
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


def preview_paper(library: Library, name: str, source: Source, *, encoding: str = "") -> PaperPreview:
    """What the text or PDF of a held work says that it cites.

    Raises:
        UnknownWork: No work goes by this name.
        EditError: The work is known from reference lists only.
        StoreError: There is no store, or it is not of this version.
    """
    db = store.open_reader(library.database)
    try:
        citekey = store.works.citekey_of(db, name)
        names = store.works.citekeys(db)
        if not citekey:
            raise UnknownWork(name, nearest(name, names))
        work, known = store.works.work(db, citekey), store.works.works(db)
        already = [one.work.citekey for one in store.citations.references(db, citekey)]
    finally:
        db.close()
    if not work.held:
        message = (
            f"{citekey} is known from reference lists only: it has no entry that could say what it cites."
        )
        raise EditError(f"{message} Import the work itself first.")
    paper, problems = read_paper(source.content, source.name, encoding=encoding)
    cleaned = tuple(replace(clean_entry(one.entry)[0], held=False) for one in paper.references)
    settled = settle([replace(work, references=cleaned)], known, names=names)
    doubts = {id(one.reference): one for one in settled.doubts}
    held = {one.citekey for one in known if one.held}
    fresh = {one.citekey for one in settled.cited}
    return PaperPreview(
        work=work,
        source=source.name,
        style=paper.style,
        references=tuple(
            CitedReference(
                one,
                read,
                answer.cited,
                "new" if answer.cited in fresh else "held" if answer.cited in held else "cited",
                answer.confidence,
                _doubts(one, answer, doubts.get(id(read))),
                _sections(place, paper.citations),
            )
            for place, (one, read, answer) in enumerate(
                zip(paper.references, cleaned, settled.answers[0], strict=True)
            )
        ),
        in_text=paper.citations,
        cited=tuple(settled.cited),
        problems=tuple(problems),
        already=tuple(already),
    )


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
