"""The thesaurus as SKOS has it: concepts, and the names that they go by in RDF.

What is written (``render``) and what is read (``read``) must agree on these
names, so they stand here. SKOS: www.w3.org/TR/skos-reference.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from kb.model.notes import Topic

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TERMS = "urn:kb:term:"
"""What our own properties begin with: kind, status, era, place, language, exact, labelled."""

BASE = "urn:kb:topic:"
"""What the IRIs of concepts begin with, unless kb.toml says otherwise."""

_SCHEME = "urn:kb:thesaurus"
_FACET = "urn:kb:facet:"
_IRI_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*(?<=[/#:=])")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic, tool or programme as a concept of SKOS; ``text`` is its scope note.

    ``name``, and the names in its ``topic``, are slugs where it comes from a
    library, and IRIs or blank nodes (``_:1``) where it comes from a file.
    """

    name: str
    topic: Topic
    kind: str = "topic"
    text: str = ""
    line: int = 0

    @property
    def label(self) -> str:
        """The preferred label."""
        return self.topic.labels[0].text


def is_base(text: str) -> bool:
    """Whether the IRIs of concepts can begin so.

    >>> is_base("https://example.org/topics/"), is_base("topics/"), is_base("https://example.org")
    (True, False, False)
    """
    return bool(_IRI_BASE.fullmatch(text))


def concept_iri(slug: str, base: str = BASE) -> str:
    """The IRI of the concept that a note's slug stands for.

    >>> concept_iri("static-99r"), concept_iri("a b")
    ('urn:kb:topic:static-99r', 'urn:kb:topic:a%20b')
    """
    return base + quote(slug, safe="")


def slug_in_iri(iri: str, base: str = BASE) -> str:
    """The slug that an IRI of ours stands for, with this base or the usual one; "" if it is none."""
    found = max((one for one in (base, BASE) if iri.startswith(one)), key=len, default="")
    return unquote(iri.removeprefix(found)) if found else ""


def scheme_iri(base: str = BASE) -> str:
    """The IRI of the thesaurus itself.

    >>> scheme_iri(), scheme_iri("https://example.org/topics/")
    ('urn:kb:thesaurus', 'https://example.org/topics/thesaurus:')
    """
    return _SCHEME if base == BASE else f"{base}thesaurus:"  # no slug in an IRI holds a colon


def facet_iri(facet: str, base: str = BASE) -> str:
    """The IRI of the collection of all concepts of a facet."""
    return f"{_FACET}{facet}" if base == BASE else f"{base}facet:{facet}"


def facet_in_iri(iri: str, base: str = BASE) -> str:
    """The facet that an IRI of ours stands for; "" if it is none."""
    found = next((one for one in (f"{base}facet:", _FACET) if iri.startswith(one)), "")
    return iri.removeprefix(found) if found else ""


def language_tag(text: str) -> str:
    """A language tag in its usual spelling (BCP 47, 2.1.1); "" if the text is none.

    >>> language_tag("EN-gb"), language_tag("zh-hant-TW"), language_tag("old English")
    ('en-GB', 'zh-Hant-TW', '')
    """
    if not _TAG.fullmatch(text):
        return ""
    first, *rest = text.lower().split("-")
    for place, part in enumerate(rest):
        if len(rest[place - 1] if place else first) == 1:
            continue  # behind a single letter private words begin, which stay small
        rest[place] = part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part
    return "-".join((first, *rest))
