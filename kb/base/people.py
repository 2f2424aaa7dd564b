"""People: who is called so, and which studies of a tool are its developers' own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kb import store
from kb.match.called import answers, families
from kb.match.developers import Developers, developers, independence
from kb.model import FindingLine, Independence, Note, Person
from kb.text import fold, squeeze

_UNTOLD = "whether its authors work for those who run it is not known"


def called(db: store.Database, typed: str) -> list[Person]:
    """Who signed a work and may be called so, by slug."""
    return [person for person in store.people.called(db, families(typed)) if answers(person, typed)]


def told_apart(db: store.Database, lines: Sequence[FindingLine], about: Collection[str]) -> list[FindingLine]:
    """Findings, each with whether its study is independent of the tools and programmes of ``about``.

    What a study note says (``independent``) comes before the rule. Programmes have
    no rule: nobody knows who works for an operator, so of a programme of which no
    note says anything nothing is said; findings off tools and programmes stay as they were.
    """
    works = {line.work.citekey for line in lines}
    subjects = sorted({slug for line in lines for slug in line.finding.subjects if slug in about})
    notes = {slug: note for slug in subjects if (note := store.notes.note(db, slug))}
    known = _Known(
        made={slug: _developers(db, note) for slug, note in notes.items() if note.kind == "tool"},
        run={slug for slug, note in notes.items() if note.kind == "programme"},
        said=_overrides(db, works),
        signed=store.people.authors(db, works),
        unfinished=store.people.unfinished(db, works),
    )
    told = {
        slug for line in lines for slug in line.finding.subjects if known.override(line.work.citekey, slug)
    }
    known = replace(known, run=known.run & told)
    return [replace(line, independence=known.of(line)) for line in lines]


@dataclass(frozen=True, slots=True)
class _Override:
    """What a study note says itself: of the subjects ``of``, or of all."""

    value: bool
    because: str
    of: frozenset[str] | None

    def holds(self, slug: str) -> bool:
        return self.of is None or slug in self.of


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of tools (``made``), programmes (``run``), and the works that studied them."""

    made: dict[str, Developers]
    run: set[str]
    said: dict[str, list[_Override]]
    signed: dict[str, list[str]]
    unfinished: set[str]

    def of(self, line: FindingLine) -> Independence | None:
        """Of several subjects, one that its own people studied counts, then one of which nobody can tell."""
        found = (self._on(slug, line.work.citekey) for slug in line.finding.subjects)
        return min((one for one in found if one), key=_worst, default=None)

    def override(self, citekey: str, slug: str) -> _Override | None:
        return next((said for said in self.said.get(citekey, ()) if said.holds(slug)), None)

    def _on(self, slug: str, citekey: str) -> Independence | None:
        if slug not in self.made and slug not in self.run:
            return None
        kind = "tool" if slug in self.made else "programme"
        if said := self.override(citekey, slug):
            return Independence(said.value, said.because, kind)
        if kind == "programme":
            return Independence(None, _UNTOLD, kind)
        authors, all_named = self.signed.get(citekey, []), citekey not in self.unfinished
        return independence(citekey, authors, self.made[slug], all_named=all_named)


def _worst(one: Independence) -> int:
    return {False: 0, None: 1, True: 2}[one.value]


def _overrides(db: store.Database, works: Collection[str]) -> dict[str, list[_Override]]:
    """What study notes say themselves, by citekey."""
    found: dict[str, list[_Override]] = {}
    for citekey, front in store.notes.studies(db, works):
        said = front.get("independent")
        if isinstance(said, dict) and isinstance(said.get("value"), bool):
            because = squeeze(str(said.get("because") or ""))
            found.setdefault(citekey, []).append(
                _Override(said["value"], because, _named(db, said.get("of")))
            )
    return found


def _named(db: store.Database, of: object) -> frozenset[str] | None:
    """The slugs of what an override is restricted to; None where it holds for all."""
    if of is None:
        return None
    names = [str(name) for name in (of if isinstance(of, list) else [of])]
    return frozenset(slug for name in names if (slug := store.notes.slug_of(db, name, fold(name))))


def _developers(db: store.Database, note: Note) -> Developers:
    """Who made the tool of this note."""
    front = note.front
    written = front.get("developers")
    names = [str(name) for name in written] if isinstance(written, list) else []
    work = store.works.citekey_of(db, str(front["development"])) if front.get("development") else ""
    builders = store.people.authors(db, [work]).get(work, []) if work else []
    return developers([(name, called(db, name)) for name in names], builders, work)
