"""People: who is called so, and which studies of a tool are its developers' own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from kb import store
from kb.match.called import answers, families
from kb.match.developers import Developers, developers, independence
from kb.model import FindingLine, Independence, Note, Person


def called(db: store.Database, typed: str) -> list[Person]:
    """Who signed a work and may be called so, by slug."""
    return [person for person in store.people.called(db, families(typed)) if answers(person, typed)]


def told_apart(db: store.Database, lines: Sequence[FindingLine], about: Collection[str]) -> list[FindingLine]:
    """Findings on ``about``, each with whether its study is independent; as they were, off tools.

    What a study note says (``independent``) comes before the rule.
    """
    works = {line.work.citekey for line in lines}
    said = _overrides(store.notes.studies(db, works))
    made = {
        slug: _developers(db, note)
        for slug in sorted({s for line in lines for s in line.finding.subjects if s in about})
        if (note := store.notes.note(db, slug)) and note.kind == "tool"
    }
    signed, unfinished = store.people.authors(db, works), store.people.unfinished(db, works)

    def of(line: FindingLine) -> Independence | None:
        citekey = line.work.citekey
        if citekey in said:
            return said[citekey]
        found = [
            independence(citekey, signed.get(citekey, []), made[slug], all_named=citekey not in unfinished)
            for slug in line.finding.subjects
            if slug in made
        ]
        return min(found, key=_worst, default=None)

    return [replace(line, independence=of(line)) for line in lines]


def _worst(one: Independence) -> int:
    """Of several tools, that counts which its own people studied; then that of which nobody can tell."""
    return {False: 0, None: 1, True: 2}[one.value]


def _overrides(notes: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Independence]:
    """What study notes say themselves, by citekey."""
    found = {}
    for citekey, front in notes:
        said = front.get("independent")
        if isinstance(said, dict) and isinstance(said.get("value"), bool):
            found[citekey] = Independence(said["value"], str(said.get("because", "")).strip())
    return found


def _developers(db: store.Database, note: Note) -> Developers:
    """Who made the tool of this note."""
    front = note.front
    written = front.get("developers")
    names = [str(name) for name in written] if isinstance(written, list) else []
    work = store.works.citekey_of(db, str(front["development"])) if front.get("development") else ""
    builders = store.people.authors(db, [work]).get(work, []) if work else []
    return developers([(name, called(db, name)) for name in names], builders, work)
