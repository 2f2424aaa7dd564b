"""The thesaurus ↔ SKOS Turtle: out as one file, in as a preview and then one step.

An import writes a note for each new concept, and adds labels and relations to
the notes of those that are here. What it says otherwise of these is shown and
never written: a scope note, a status, another preferred label are a person's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from kb.convert.concepts import Ours, Pair, above, beside, loops, slugs_for
from kb.convert.preview import Source
from kb.edit.topics import Terms, add_terms, new_topic, with_terms
from kb.library import Library
from kb.model import Label, Origin, Problem
from kb.model.thesaurus import Concept
from kb.read.folder import file_bytes
from kb.read.problems import Gathered
from kb.read.skos import read_skos
from kb.render.skos import turtle
from kb.text import fold, squeeze

_LOOP_SHOWN = 6  # concepts that a message about a loop names
_SHOWN = 200


class Difference(NamedTuple):
    """What a file says of a topic otherwise than its note does; ``theirs`` is not written."""

    field: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A concept of a file, and what an import makes of it: a new note, more terms for one, or nothing.

    ``concept`` is what a new note is to hold.
    """

    slug: str
    label: str
    state: Literal["new", "changed", "same"]
    terms: Terms = field(default_factory=Terms)
    differences: tuple[Difference, ...] = ()
    concept: Concept | None = None


@dataclass(frozen=True, slots=True)
class ThesaurusPreview:
    """What a file would bring; nothing is written yet. ``paths`` are the notes that would change."""

    arrivals: tuple[Arrival, ...]
    problems: tuple[Problem, ...]
    paths: Mapping[str, Path]

    def of(self, state: str) -> list[Arrival]:
        """The arrivals of one state, by slug."""
        return [one for one in self.arrivals if one.state == state]


def export_thesaurus(library: Library) -> tuple[str, list[Problem]]:
    """All topics, tools and programmes of a library's notes as SKOS in Turtle.

    A relation whose name leads nowhere is left out, and is a problem.
    """
    ours = Ours(library)
    names = library.thesaurus
    concepts = ours.concepts.values()
    return turtle(concepts, title=library.title, base=names.base, language=names.language), ours.problems


def preview_thesaurus(library: Library, source: Source, *, facet: str = "") -> ThesaurusPreview:
    """What a Turtle file would bring to a library; ``facet`` is that of new topics that have none."""
    names = library.thesaurus
    found, problems = read_skos(source.content, source.name, base=names.base, language=names.language)
    step = _Step(Ours(library), source.name, facet)
    for problem in problems:
        step.problems.add(problem)
    arrivals = step.arrivals(found)
    paths = {one.slug: step.ours.paths[one.slug] for one in arrivals if one.state == "changed"}
    return ThesaurusPreview(tuple(arrivals), tuple(step.problems.by_line()), paths)


def import_thesaurus(library: Library, found: ThesaurusPreview, *, today: date) -> list[Path]:
    """Write what a preview found to be new or changed; the files that were written.

    Raises:
        EditError: A note cannot be written, or not so that it reads as it is
            meant. Notes that are here are tried before anything is written.
    """
    changes = {found.paths[one.slug]: one.terms for one in found.of("changed")}
    for path, terms in changes.items():
        content, _ = file_bytes(path, library.relative(path))
        with_terms(content or b"", library.relative(path), terms)
    written = [new_topic(library, one.concept, today) for one in found.of("new") if one.concept]
    for path, terms in changes.items():
        add_terms(library, path, terms)
    return [*written, *changes]


class _Step:
    """A file's concepts beside a library's."""

    def __init__(self, ours: Ours, path: str, facet: str) -> None:
        self.ours = ours
        self.problems = Gathered()
        self._path = path
        self._facet = facet

    def arrivals(self, found: Iterable[Concept]) -> list[Arrival]:
        """What becomes of each concept, by slug; of topics too that a file only relates to others."""
        theirs = self._placed(list(found))
        broader = self._new_above(theirs)
        related = beside(theirs.values()) - beside(self.ours.concepts.values())
        terms = self._terms(theirs, broader, related)
        return [self._arrival(slug, theirs.get(slug), terms[slug]) for slug in sorted(terms)]

    # --- relations

    def _placed(self, found: list[Concept]) -> dict[str, Concept]:
        """The concepts by slug, related to slugs; what leads nowhere is left out and told."""
        slugs = slugs_for(found, self.ours, self._tell)
        placed = {}
        for one in found:
            if one.name not in slugs:
                continue
            topic = replace(
                one.topic,
                broader=self._led(one, one.topic.broader, slugs),
                narrower=self._led(one, one.topic.narrower, slugs),
                related=self._led(one, one.topic.related, slugs),
            )
            placed[slugs[one.name]] = replace(one, name=slugs[one.name], topic=topic)
        return placed

    def _led(self, one: Concept, names: Iterable[str], slugs: Mapping[str, str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for name in names:
            slug = slugs.get(name) or self.ours.slug_of_iri(name)
            if slug:
                found[slug] = None
                continue
            other = "a concept without an IRI" if name.startswith("_:") else f"<{squeeze(name)[:_SHOWN]}>"
            message = f"“{one.label}” is related to {other}, which is not to be had; that was left out."
            self._tell(one, "skos-relation", message)
        return tuple(found)

    def _new_above(self, theirs: Mapping[str, Concept]) -> dict[Pair, Concept]:
        """What the library does not say yet of broader and narrower, without what would be a loop."""
        old = above(self.ours.concepts.values())
        new = {pair: one for pair, one in above(theirs.values()).items() if pair not in old}
        for loop in loops(old, new):
            inside = {pair for pair in new if {*pair} <= set(loop)}
            names = " → ".join(loop[:_LOOP_SHOWN]) + (" → …" if len(loop) > _LOOP_SHOWN else "")
            message = f"These would be broader than themselves: {names}; broader was left out between them."
            first = min((new[pair] for pair in inside), key=lambda one: one.line)
            self._tell(first, "skos-loop", message)
            new = {pair: one for pair, one in new.items() if pair not in inside}
        return new

    def _terms(
        self, theirs: Mapping[str, Concept], broader: Iterable[Pair], related: Iterable[Pair]
    ) -> dict[str, Terms]:
        """What is to be added to each topic; new ones have all their labels already."""
        higher: dict[str, set[str]] = {slug: set() for slug in theirs}
        others: dict[str, set[str]] = {slug: set() for slug in theirs}
        for low, high in broader:
            higher.setdefault(low, set()).add(high)
        for pair in related:
            # One side is enough where both are here; a new note says all that it is related to.
            fresh = [slug for slug in pair if slug not in self.ours.concepts]
            for slug in fresh or pair[:1]:
                others.setdefault(slug, set()).add(pair[0] if slug == pair[1] else pair[1])
        return {
            slug: Terms(
                self._new_labels(slug, theirs.get(slug)),
                tuple(sorted(higher.get(slug, ()))),
                tuple(sorted(others.get(slug, ()))),
            )
            for slug in {*higher, *others}
        }

    # --- labels

    def _new_labels(self, slug: str, theirs: Concept | None) -> tuple[Label, ...]:
        """Labels that a topic is to get: not the preferred one, nor one that another topic here has."""
        ours = self.ours.concepts.get(slug)
        if theirs is None:
            return ()
        known = {label.text for label in ours.topic.labels} if ours else set()
        exact = {fold(label.text): label.exact for label in ours.topic.labels} if ours else {}
        return tuple(
            replace(label, exact=exact.get(fold(label.text), label.exact))
            for label in theirs.topic.labels[1:]
            if label.text not in known and self.ours.called(label.text) in {"", slug}
        )

    def _arrival(self, slug: str, theirs: Concept | None, terms: Terms) -> Arrival:
        ours = self.ours.concepts.get(slug)
        if theirs is None:
            assert ours is not None  # a name that a file only relates to leads to a topic here
            return Arrival(slug, ours.label, "changed", terms)
        elsewhere = [
            Difference("label", label.text, f"a label of {other}")
            for label in theirs.topic.labels[1:]
            if (other := self.ours.called(label.text)) not in {"", slug}
            and not (ours and any(one.text == label.text for one in ours.topic.labels))
        ]
        if ours is not None:
            differences = (*_differences(theirs, ours), *elsewhere)
            return Arrival(slug, ours.label, "changed" if terms else "same", terms, differences)
        topic = replace(
            theirs.topic,
            labels=(theirs.topic.labels[0], *terms.labels),
            facet=theirs.topic.facet or self._facet,
            broader=terms.broader,
            narrower=(),
            related=terms.related,
        )
        return Arrival(slug, theirs.label, "new", terms, tuple(elsewhere), replace(theirs, topic=topic))

    def _tell(self, one: Concept, code: str, message: str) -> None:
        remedy = "Correct it in the program that the file comes from, or in the notes afterwards."
        self.problems.add(Problem(Origin(self._path, one.line or 1), code, message, remedy, "warning"))


def _differences(theirs: Concept, ours: Concept) -> list[Difference]:
    """What a file says otherwise; what it does not say (as programs drop terms of ours) is no difference."""
    said = [
        ("label", theirs.label, ours.label),
        ("kind", theirs.kind if theirs.kind != "topic" else "", ours.kind),
        ("facet", theirs.topic.facet, ours.topic.facet),
        ("status", theirs.topic.status if theirs.topic.status != "in-use" else "", ours.topic.status),
        ("scope note", squeeze(theirs.text), squeeze(ours.text)),
    ]
    known = {label.text: label for label in ours.topic.labels}
    for label in theirs.topic.labels[1:]:
        if (same := known.get(label.text)) and same.status != "preferred":
            hidden = same.status == "hidden"
            status = label.status if label.status != "in-use" or hidden else ""
            said += [
                (f"status of “{label.text}”", status, same.status),
                (f"era of “{label.text}”", label.era, same.era),
                (f"place of “{label.text}”", label.place, same.place),
                (f"language of “{label.text}”", label.lang, same.lang),
            ]
        if same and label.exact and not same.exact:
            said.append((f"“{label.text}”", "an ordinary word too (exact)", "not exact"))
    return [Difference(*one) for one in said if one[1] and one[1] != one[2]]
