"""A library's thesaurus, and where in it the concepts of a file belong: slugs, hierarchy, relations."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeAlias

from kb.library import Library
from kb.model import Note, Problem, Topic
from kb.model.thesaurus import Concept, slug_in_iri
from kb.read.folder import file_bytes, note_paths
from kb.read.skos import tidied
from kb.records import records
from kb.resolve.names import Names
from kb.text import fold, squeeze
from kb.text import slug as slug_of

Pair: TypeAlias = tuple[str, str]
Tell: TypeAlias = Callable[[Concept, str, str], None]

_SAFE = re.compile(r"[\w][\w .-]*(?<![ .])")
_LONGEST_SLUG = 80
_SHORT = 4  # letters: a shorter label that is not preferred (SE, OR, CAM) means too many things
_RESERVED = {"con", "prn", "aux", "nul"}  # no file of Windows can be called so


class Ours:
    """The thesaurus of a library: its concepts by slug, related to what is there only.

    ``paths`` has the files of all notes, by slug.
    """

    def __init__(self, library: Library) -> None:
        self.base = library.thesaurus.base
        self.paths: dict[str, Path] = {}
        self.problems: list[Problem] = []
        notes = list(self._notes(library))
        self._names = Names([], {}, notes)
        self.concepts = {note.slug: self._concept(note, note.topic) for note in notes if note.topic}
        self._preferred: dict[str, str] = {}
        for slug, concept in self.concepts.items():
            self._preferred.setdefault(fold(concept.label), slug)
        self._taken = {slug.casefold() for slug in self.paths}
        self._slugs = {slug.casefold(): slug for slug in self.concepts}

    def _notes(self, library: Library) -> Iterator[Note]:
        """The notes by path, each slug once, as ingest has them."""
        seen: set[str] = set()
        for path in note_paths(library):
            name = library.relative(path)
            content, _ = file_bytes(path, name)
            for note in records(name, content).notes if content is not None else ():
                if note.slug.casefold() not in seen:
                    seen.add(note.slug.casefold())
                    self.paths[note.slug] = path
                    yield note

    def _concept(self, note: Note, topic: Topic) -> Concept:
        broader, narrower, related = (
            self._led(note, names, key)
            for key, names in (
                ("broader", topic.broader),
                ("narrower", topic.narrower),
                ("related", topic.related),
            )
        )
        known = replace(topic, broader=broader, narrower=narrower, related=related)
        return Concept(note.slug, known, note.kind, tidied(note.body))

    def _led(self, note: Note, names: Iterable[str], key: str) -> tuple[str, ...]:
        """The slugs that names lead to; one that leads nowhere is told."""
        found: dict[str, None] = {}
        for name in names:
            slug = self._names.topic(name)
            if slug:
                found[slug] = None
                continue
            message = f"No topic is called “{name}” ({key}); the thesaurus does without it."
            remedy = "Correct the name, or write that note."
            self.problems.append(Problem(note.origin, "name-unknown", message, remedy, "warning"))
        return tuple(found)

    def slug_of_iri(self, iri: str) -> str:
        """The slug of the topic that an IRI of ours names; "" if there is none."""
        return self._slugs.get(slug_in_iri(iri, self.base).casefold(), "")

    def called(self, label: str) -> str:
        """The slug of the topic that has this label; "" if none has."""
        return self._names.topic(label) if fold(label) else ""

    def named(self, label: str) -> str:
        """The slug of the topic that has this preferred label; "" if none has."""
        return self._preferred.get(fold(label), "") if fold(label) else ""

    def meant(self, label: str) -> str:
        """The slug of the topic that a preferred label from elsewhere means; "" if that is not certain.

        Preferred labels go first, then slugs; another name decides if it has
        more than three letters (CSAM) and is no ordinary word.
        """
        slug = self.named(label) or self._slugs.get(slug_of(label), "")
        if slug and (self.named(label) or fold(slug) == fold(label)):
            return slug
        slug = self.called(label)
        names = self.concepts[slug].topic.labels if slug else ()
        alike = [one for one in names if fold(one.text) == fold(label)]
        sure = alike and not any(one.exact for one in alike) and len(fold(label)) >= _SHORT
        return slug if sure else ""

    def free(self, slug: str) -> bool:
        """Whether no note has this slug, in whatever case."""
        return slug.casefold() not in self._taken


def slugs_for(found: Iterable[Concept], ours: Ours, tell: Tell) -> dict[str, str]:
    """The slug of each concept of a file, by its name there: of the topic that it is, or a new one.

    An IRI of ours decides; else the preferred label does, first where a topic
    here prefers it too. Of two concepts with one preferred label the second is
    left out and told.
    """
    slugs: dict[str, str] = {}
    used: set[str] = set()
    labels: dict[str, str] = {}
    concepts = list(found)
    for one in concepts:
        slug = ours.slug_of_iri(one.name) or slug_in_iri(one.name, ours.base)
        here = slug in ours.concepts
        if slug and slug.casefold() not in used and (here or (_is_safe(slug) and ours.free(slug))):
            slugs[one.name] = slug
            used.add(slug.casefold())
            labels.setdefault(fold(one.label) or one.label, one.label)
    for one in sorted(concepts, key=lambda one: not ours.named(one.label)):
        if one.name in slugs:
            continue
        first = labels.setdefault(fold(one.label) or one.label, one.label)
        slug = ours.meant(one.label) or _new_slug(one.label, ours, used)
        if first is not one.label or not slug or slug.casefold() in used:
            message = f"“{one.label}” is also the name of another concept, or no file can be called so"
            tell(one, "skos-label-twice", f"{message}; the concept was left out.")
            continue
        slugs[one.name] = slug
        used.add(slug.casefold())
    return slugs


def _new_slug(label: str, ours: Ours, used: set[str]) -> str:
    """A slug made of a label that no note has; "" if the label holds no letter or digit."""
    whole = slug_of(label)
    slug = whole if len(whole) <= _LONGEST_SLUG else whole[: _LONGEST_SLUG - 4].rsplit("-", 1)[0]
    if not slug:
        return ""
    slug = f"{slug}-topic" if slug in _RESERVED else slug
    numbered = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(one for one in numbered if ours.free(one) and one.casefold() not in used)


def _is_safe(slug: str) -> bool:
    """Whether a slug from a file can name a file on every system, and reads as it is written."""
    fits = len(slug) <= _LONGEST_SLUG and slug == squeeze(slug) and slug.isprintable()
    return fits and bool(_SAFE.fullmatch(slug)) and slug.casefold() not in _RESERVED


def above(concepts: Iterable[Concept]) -> dict[Pair, Concept]:
    """(narrower, broader) pairs, whichever side says so, each with the concept that does."""
    found: dict[Pair, Concept] = {}
    for one in concepts:
        found |= {(one.name, other): one for other in one.topic.broader if other != one.name}
        found |= {(other, one.name): one for other in one.topic.narrower if other != one.name}
    return found


def beside(concepts: Iterable[Concept]) -> set[Pair]:
    """Pairs of related topics, the first by name first."""
    return {
        (min(one.name, other), max(one.name, other))
        for one in concepts
        for other in one.topic.related
        if other != one.name
    }


def loops(old: Iterable[Pair], new: Mapping[Pair, Concept]) -> list[list[str]]:
    """Groups of concepts that the new pairs would make broader than themselves, each sorted."""
    import networkx  # at need: 100 ms

    graph = networkx.DiGraph([*old, *new])
    groups = [sorted(group) for group in networkx.strongly_connected_components(graph) if len(group) > 1]
    sets = {name: place for place, group in enumerate(groups) for name in group}
    hit = {sets[low] for low, high in new if low in sets and sets[low] == sets.get(high)}
    return sorted(groups[place] for place in hit)
