"""Concepts → SKOS in Turtle, in one order and one statement a line, so that two exports can be compared.

What SKOS has no word for (a label's status, era and place, a tool's kind) is
said in a few terms of our own, beside what every program reads: see
docs/decisions/0005-the-thesaurus-as-skos.md.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kb.model import Label, Topic
from kb.model.thesaurus import (
    BASE,
    RDF,
    SKOS,
    TERMS,
    Concept,
    concept_iri,
    facet_iri,
    language_tag,
    scheme_iri,
)

_PREFIXES = {"dcterms": "http://purl.org/dc/terms/", "kb": TERMS, "rdf": RDF, "skos": SKOS}
_PROPERTIES = {"preferred": "skos:prefLabel", "hidden": "skos:hiddenLabel"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')
# Between three quotes one stands for itself, unless another follows it, or the end.
_TO_ESCAPE_LONG = re.compile(r'\\|"(?="|\Z)|[\x00-\x08\x0b-\x1f\x7f]')


def turtle(concepts: Iterable[Concept], *, title: str, base: str = BASE, language: str = "en") -> str:
    """A thesaurus in Turtle: the scheme, a collection for each facet, then every concept by its slug.

    Broader and narrower, and both ends of what is related, are said on either
    side. ``language`` is that of labels without a language of their own.
    Relations to what is not among the concepts are left out.
    """
    writer = _Writer(sorted(concepts, key=lambda one: one.name), base, language_tag(language))
    head = [f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(_PREFIXES.items())]
    return "".join(head) + "".join(f"\n{block}" for block in writer.blocks(title))


class _Writer:
    """The concepts of one thesaurus, and what stands above, below and beside each."""

    def __init__(self, concepts: Sequence[Concept], base: str, language: str) -> None:
        self._concepts = concepts
        self._base = base
        self._language = language
        self._above: dict[str, set[str]] = defaultdict(set)
        self._below: dict[str, set[str]] = defaultdict(set)
        self._beside: dict[str, set[str]] = defaultdict(set)
        known = {one.name for one in concepts}
        for one in concepts:
            self._relate(one.name, one.topic, known - {one.name})

    def _relate(self, name: str, topic: Topic, known: set[str]) -> None:
        for other in known.intersection(topic.broader):
            self._above[name].add(other)
            self._below[other].add(name)
        for other in known.intersection(topic.narrower):
            self._above[other].add(name)
            self._below[name].add(other)
        for other in known.intersection(topic.related):
            self._beside[name].add(other)
            self._beside[other].add(name)

    def blocks(self, title: str) -> Iterator[str]:
        """Each subject with all that is said of it."""
        tops = [one.name for one in self._concepts if not self._above[one.name]]
        scheme = [f"dcterms:title {self._text(title)}"] if title else []
        scheme += (f"skos:hasTopConcept {self._iri(name)}" for name in tops)
        yield _block(f"<{scheme_iri(self._base)}>", "skos:ConceptScheme", scheme)
        for facet in sorted({one.topic.facet for one in self._concepts} - {""}):
            members = [one.name for one in self._concepts if one.topic.facet == facet]
            said = [
                f"skos:prefLabel {_quoted(facet)}@en",
                *(f"skos:member {self._iri(one)}" for one in members),
            ]
            yield _block(f"<{facet_iri(facet, self._base)}>", "skos:Collection", said)
        for one in self._concepts:
            yield _block(self._iri(one.name), "skos:Concept", [*self._said(one)])

    def _said(self, one: Concept) -> Iterator[str]:
        if one.kind != "topic":
            yield f"kb:kind {_quoted(one.kind)}"
        if one.topic.status != "in-use":
            yield f"kb:status {_quoted(one.topic.status)}"
        order = {"preferred": 0, "hidden": 2}
        labels = sorted(
            one.topic.labels, key=lambda label: (order.get(label.status, 1), label.text, label.lang)
        )
        for label in labels:
            yield f"{_PROPERTIES.get(label.status, 'skos:altLabel')} {self._text(label.text, label.lang)}"
        yield from (said for label in labels if (said := self._qualified(label)))
        for verb, others in (("broader", self._above), ("narrower", self._below), ("related", self._beside)):
            yield from (f"skos:{verb} {self._iri(other)}" for other in sorted(others[one.name]))
        if one.text:
            yield f"skos:scopeNote {self._text(one.text)}"
        yield f"skos:inScheme <{scheme_iri(self._base)}>"
        if not self._above[one.name]:
            yield f"skos:topConceptOf <{scheme_iri(self._base)}>"

    def _qualified(self, label: Label) -> str:
        """What we say of a label beyond its text; "" if nothing."""
        said = {
            "status": "" if label.status in {"in-use", *_PROPERTIES} else label.status,
            "era": label.era,
            "place": label.place,
            "language": "" if language_tag(label.lang) else label.lang,
        }
        parts = [f"kb:{name} {_quoted(text)}" for name, text in said.items() if text]
        parts += ["kb:exact true"] if label.exact else []
        value = f"rdf:value {self._text(label.text, label.lang)}"
        return f"kb:labelled [ {' ; '.join((value, *parts))} ]" if parts else ""

    def _iri(self, slug: str) -> str:
        return f"<{concept_iri(slug, self._base)}>"

    def _text(self, text: str, lang: str = "") -> str:
        """A text with its language; without one if it names what is no language tag."""
        tag = language_tag(lang) if lang else self._language
        return f"{_quoted(text)}@{tag}" if tag else _quoted(text)


def _block(subject: str, kind: str, said: Sequence[str]) -> str:
    return " ;\n    ".join((f"{subject} a {kind}", *said)) + " .\n"


def _quoted(text: str) -> str:
    r"""A text as a literal: between three quotes if it has several lines, else between one.

    >>> print(_quoted('said "so"'))
    "said \"so\""
    """
    if "\n" in text:
        return f'"""{_TO_ESCAPE_LONG.sub(_escaped, text)}"""'
    return f'"{_TO_ESCAPE.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
