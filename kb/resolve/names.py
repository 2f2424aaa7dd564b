"""The index of all names: citekeys, aliases, identifiers, slugs and labels."""

from collections.abc import Iterable, Mapping

from kb.ids import identifier
from kb.model import Citation, Note, Problem, Work
from kb.text import fold, nearest

_HINTS = 100  # looking for near names costs; a library with more broken names gets no hints past these


class Names:
    """What every name leads to. ``referred`` gathers works known by an identifier only, as they are met."""

    def __init__(self, works: list[Work], aliases: Mapping[str, str], notes: Iterable[Note]) -> None:
        self.works = {work.citekey: work for work in works}
        self.aliases = dict(aliases)
        self.notes = {note.slug.casefold(): note for note in notes}
        self.referred: dict[str, Work] = {}
        self.problems: list[Problem] = []
        self._identified = {name: work.citekey for work in reversed(works) for name in work.identifiers}
        self._labels = self._index_labels()
        self._titles = self._index_titles()
        self._findings = {
            f"{note.slug}#{finding.id}"
            for note in self.notes.values()
            if note.study
            for finding in note.study.findings
        }
        self._hints_left = _HINTS

    def _index_labels(self) -> dict[str, str]:
        labels: dict[str, str] = {}
        for note in self.notes.values():
            for label in note.topic.labels if note.topic else ():
                first = labels.setdefault(fold(label.text) or label.text, note.slug)
                if first != note.slug:
                    message = f"The label “{label.text}” is also one of {first}; it leads there."
                    remedy = "Give each label to one topic."
                    self.problems.append(Problem(note.origin, "label-twice", message, remedy, "warning"))
        return labels

    def _index_titles(self) -> dict[str, str]:
        """Titles of notes that have no labels; of two notes with one title, the first by slug."""
        titles: dict[str, str] = {}
        for note in self.notes.values():
            folded = fold(note.title)
            if folded and not note.topic:
                titles.setdefault(folded, note.slug)
        return titles

    def work(self, name: str) -> str:
        """The citekey that a citekey, alias or DOI leads to, or ""."""
        if name in self.works or name in self.referred:
            return name
        if name in self.aliases:
            return self.aliases[name]
        return self._identified.get(identifier(name), "")

    def refer(self, name: str, citation: Citation) -> str:
        """The citekey of a work known by an identifier only, made when first met; "" if ``name`` is none."""
        citekey = identifier(name)
        if citekey and citekey not in self.referred:
            scheme, _, number = citekey.partition(":")
            self.referred[citekey] = Work(
                citekey,
                "misc",
                citation.origin,
                doi=number if scheme == "doi" else "",
                held=False,
                fields={scheme: number},
            )
        return citekey

    def note(self, name: str) -> Note | None:
        """The note that a slug, a label or a title leads to."""
        found = self.notes.get(name.casefold())
        if found:
            return found
        folded = fold(name)
        slug = self._labels.get(folded) or self._titles.get(folded)
        return self.notes[slug.casefold()] if slug else None

    def topic(self, name: str) -> str:
        """The slug of the topic with this slug or label, or ""."""
        found = self.notes.get(name.casefold())
        if not (found and found.topic):
            found = self.notes.get(self._labels.get(fold(name), "").casefold())
        return found.slug if found and found.topic else ""

    def finding(self, name: str, *, of: str = "") -> str:
        """The full name ``slug#id`` of a finding, or "" if there is none."""
        full = name if "#" in name else f"{of}#{name}"
        return full if full in self._findings else ""

    def countries(self, sample: str) -> tuple[str, ...]:
        """The country topics of a sample."""
        found = self.notes.get(sample.casefold())
        named = found.sample.countries if found and found.sample else ()
        return tuple(slug for country in named if (slug := self.topic(country)))

    def hint(self, name: str) -> str:
        """A sentence that names the nearest works, or ""."""
        return self._hint(name, [*self.works, *self.aliases])

    def note_hint(self, name: str) -> str:
        """A sentence that names the nearest notes, or ""."""
        return self._hint(name, [note.slug for note in self.notes.values()])

    def _hint(self, name: str, known: list[str]) -> str:
        if self._hints_left <= 0:
            return ""
        self._hints_left -= 1
        found = nearest(name, known)
        return f"Did you mean {' or '.join(found)}? " if found else ""
