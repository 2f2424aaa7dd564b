"""A thesaurus in SKOS Turtle → concepts, and what is wrong with it, by line.

Ours comes back as it was written. Of others' we take what a topic can hold:
labels (SKOS-XL's too), hierarchy, relations, definitions and scope notes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kb.model import FACETS, TOPIC_KINDS, Label, LabelStatus, Origin, Problem, Severity, Topic
from kb.model.thesaurus import RDF, SKOS, TERMS, Concept, facet_in_iri, language_tag
from kb.read.files import decode
from kb.read.problems import Gathered
from kb.read.statements import Node, Statements, TurtleError
from kb.text import fold, squeeze

LIMIT = 20 * 2**20
"""Bytes that a file may have: it is read some 600 kB a second, and whole or not at all."""

_XL = "http://www.w3.org/2008/05/skos-xl#"
_ISO = "http://purl.org/iso25964/skos-thes#"
_RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE, _VALUE, _FIRST, _REST = (f"{RDF}{name}" for name in ("type", "value", "first", "rest"))
_BROADER = (f"{SKOS}broader", *(f"{_ISO}broader{kind}" for kind in ("Generic", "Partitive", "Instantial")))
_NARROWER = (f"{SKOS}narrower", *(f"{_ISO}narrower{kind}" for kind in ("Generic", "Partitive", "Instantial")))
_ABOVE = f"{SKOS}broaderTransitive"
_MOST_ABOVE = 50  # each is compared with each other
_NOTES = (f"{SKOS}definition", f"{SKOS}scopeNote")
_LISTS = (f"{SKOS}Collection", f"{SKOS}OrderedCollection")
_LABEL_STATUS: dict[str, LabelStatus] = {word: word for word in ("in-use", "caution", "historical")}
_LONGEST_LABEL = 500  # characters
_LONGEST_NOTE = 100_000
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_FOREIGN = (
    (re.compile(r"\s*<(?:\?xml|rdf:RDF|!DOCTYPE)", re.IGNORECASE), "XML"),
    (re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\"])"), "JSON"),
)


def read_skos(content: bytes, path: str, *, base: str, language: str) -> tuple[list[Concept], list[Problem]]:
    """The concepts in a file's bytes, in its order, by IRI; and what is wrong with them.

    ``base`` is what our own IRIs begin with, ``language`` that of labels which
    name none. A file that is no sound Turtle is not read at all: what it says
    of one concept may stand anywhere in it.
    """
    text, problems = _text(content, path)
    if not text.strip():
        return [], problems or [_nothing(path)]
    from kb.read.turtle import statements  # a tenth of a second, for those who import a thesaurus

    try:
        file = statements(text)
    except TurtleError as error:
        code = "turtle-limit" if error.limit else "turtle-syntax"
        message = f"The file cannot be read as Turtle from line {error.line} on: {error.reason}."
        remedy = "Divide the file." if error.limit else "Mend that line, or export the thesaurus again."
        return [], [
            *problems,
            Problem(Origin(path, error.line), code, f"{message} Nothing was taken.", remedy),
        ]
    reader = _Reader(file, path, base, language_tag(language))
    concepts = reader.concepts()
    found = reader.problems.by_line() if concepts else [*reader.problems.by_line(), _nothing(path)]
    return concepts, [*problems, *found]


def _text(content: bytes, path: str) -> tuple[str, list[Problem]]:
    if len(content) > LIMIT:
        message = f"The file has {len(content):,} bytes; the limit for Turtle is {LIMIT:,}. It was not read."
        return "", [Problem(Origin(path), "turtle-limit", message, "Divide it into smaller files.")]
    text, problems = decode(content, path)
    other = next((name for sign, name in _FOREIGN if sign.match(text)), "")
    if not other:
        return text, problems
    message = f"The file looks like {other}, not like Turtle. It was not read."
    remedy = "Save the thesaurus as Turtle (.ttl) in the program that it comes from."
    return "", [*problems, Problem(Origin(path), "turtle-syntax", message, remedy)]


def _nothing(path: str) -> Problem:
    message = "The file holds no concept of SKOS."
    return Problem(Origin(path), "skos-nothing", message, "Look whether it was exported whole.", "warning")


@dataclass(slots=True)
class _Reader:
    """One file's statements, asked for what SKOS means by them."""

    file: Statements
    path: str
    base: str
    language: str
    problems: Gathered = field(default_factory=Gathered)
    other_languages: dict[str, list[str]] = field(default_factory=dict)
    up: dict[str, frozenset[str]] = field(default_factory=dict)

    def concepts(self) -> list[Concept]:
        facets = self._facets()
        found = [one for name in self._names() if (one := self._concept(name, facets.get(name, "")))]
        if self.other_languages:
            self._tell_languages()
        return found

    # --- what the file says

    def _nodes(self, name: str, *verbs: str) -> Iterator[Node]:
        said = self.file.said.get(name, {})
        for verb in verbs:
            yield from said.get(verb, ())

    def _texts(self, name: str, *verbs: str) -> Iterator[tuple[str, str]]:
        """Texts with their languages; SKOS-XL, and some notes, have them one node further."""
        for node in self._nodes(name, *verbs):
            if node.is_text:
                yield node.text, language_tag(node.lang)
            else:
                inner = self._nodes(node.text, f"{_XL}literalForm", _VALUE)
                yield from ((one.text, language_tag(one.lang)) for one in inner if one.is_text)

    def _others(self, name: str, *verbs: str) -> tuple[str, ...]:
        """The concepts that a relation leads to, but for the concept itself."""
        named = dict.fromkeys(node.text for node in self._nodes(name, *verbs) if not node.is_text)
        if name in named:
            del named[name]
            self._tell(name, "skos-relation", f"{_shown(name)} is related to itself; that was left out.")
        return tuple(named)

    def _word(self, name: str, term: str, known: Iterable[str]) -> str:
        """The value of a property of ours, one of the known; "" if there is none."""
        text = next((squeeze(text) for text, _ in self._texts(name, f"{TERMS}{term}")), "")
        if text and text not in known:
            message = f"{term}: found “{text[:60]}”; expected is one of {', '.join(known)}. It was left out."
            self._tell(name, "skos-value", message)
            return ""
        return text

    # --- concepts

    def _names(self) -> list[str]:
        """Whatever is a concept: said to be one, or labelled as one, or at the top of a scheme."""
        signs = (f"{SKOS}prefLabel", f"{_XL}prefLabel", f"{SKOS}topConceptOf", *_BROADER, *_NARROWER)
        found = []
        for name, said in self.file.said.items():
            types = {node.text for node in said.get(_TYPE, ())}
            other = types & {*_LISTS, f"{SKOS}ConceptScheme", f"{_XL}Label"}
            if f"{SKOS}Concept" in types or (not other and any(sign in said for sign in signs)):
                found.append(name)
        return found

    def _concept(self, name: str, facet: str) -> Concept | None:
        labels = self._labels(name)
        if not labels:
            message = f"{_shown(name)} has no label; it was left out."
            self._tell(name, "skos-no-label", message, "error", "Give it a skos:prefLabel.")
            return None
        topic = Topic(
            labels=labels,
            facet=facet,
            broader=self._others(name, *_BROADER) or self._next_above(name),
            narrower=self._others(name, *_NARROWER),
            related=self._others(name, f"{SKOS}related"),
            status=self._word(name, "status", _LABEL_STATUS) or "in-use",
        )
        kind = self._word(name, "kind", TOPIC_KINDS) or "topic"
        return Concept(name, topic, kind, self._note(name), self.file.lines.get(name, 1))

    def _next_above(self, name: str) -> tuple[str, ...]:
        """In a file that names only all that is above (broaderTransitive), what of it is next."""
        above = {node.text for node in self._nodes(name, _ABOVE)} - {name}
        if len(above) > _MOST_ABOVE:
            message = (
                f"{_shown(name)} has {len(above):,} broader concepts in several steps; they were left out."
            )
            self._tell(name, "skos-relation", message)
            return ()
        beyond = {far for near in above for far in above & self._up(near) if near not in self._up(far)}
        said = [one for one in above if any(node.text == name for node in self._nodes(one, *_NARROWER))]
        return tuple(sorted(said or above - beyond))

    def _up(self, name: str) -> frozenset[str]:
        """All that a file says to be above a concept, in one step or several, but for itself."""
        if name not in self.up:
            self.up[name] = frozenset(node.text for node in self._nodes(name, _ABOVE, *_BROADER)) - {name}
        return self.up[name]

    def _note(self, name: str) -> str:
        """Definition and scope note, in our language where there is a choice."""
        found = [(self._strangeness(lang), text) for text, lang in self._texts(name, *_NOTES)]
        best = min((rank for rank, _ in found), default=None)
        text = "\n\n".join(
            dict.fromkeys(tidy for rank, text in found if rank == best and (tidy := tidied(text)))
        )
        if len(text) <= _LONGEST_NOTE:
            return text
        message = f"The note of {_shown(name)} has {len(text):,} characters; it was left out."
        self._tell(name, "skos-value", message)
        return ""

    def _strangeness(self, lang: str) -> tuple[int, str]:
        """How far a language is from the library's: the same, a kin, none, another by name."""
        if lang == self.language:
            return 0, ""
        if lang.partition("-")[0] == self.language.partition("-")[0]:
            return 1, lang
        return (2, "") if not lang else (3, lang)

    # --- labels

    def _labels(self, name: str) -> tuple[Label, ...]:
        """The preferred label first, then the others in the file's order; each text once."""
        preferred = self._written(name, f"{SKOS}prefLabel", f"{_XL}prefLabel")
        others = self._written(name, f"{SKOS}altLabel", f"{_XL}altLabel")
        hidden = self._written(name, f"{SKOS}hiddenLabel", f"{_XL}hiddenLabel")
        if not preferred and (stand_in := self._written(name, _RDFS_LABEL) or others):
            preferred = stand_in[:1]
            message = f"{_shown(name)} has no preferred label; it was taken in as “{preferred[0][0]}”."
            self._tell(name, "skos-no-label", message)
        if not preferred:
            return ()
        chosen = min(preferred, key=lambda one: self._strangeness(one[1]))
        self._tell_doubles(name, preferred)
        if self._strangeness(chosen[1])[0] == 3:
            self.other_languages.setdefault(chosen[1], []).append(name)
        labels = [Label(chosen[0], "preferred")]
        labels += (Label(text, lang=self._foreign(lang)) for text, lang in (*preferred, *others))
        labels += (Label(text, "hidden") for text, _ in hidden)  # notes name no language of these
        unique: dict[str, Label] = {}
        for label in labels:
            unique.setdefault(label.text, label)
        return self._qualified(name, unique)

    def _written(self, name: str, *verbs: str) -> list[tuple[str, str]]:
        found = []
        for text, lang in self._texts(name, *verbs):
            label = squeeze(text)
            if len(label) > _LONGEST_LABEL:
                message = f"A label of {_shown(name)} has {len(label):,} characters; it was left out."
                self._tell(name, "skos-value", message)
            elif label:
                found.append((label, lang))
        return found

    def _foreign(self, lang: str) -> str:
        return "" if lang == self.language else lang

    def _qualified(self, name: str, labels: dict[str, Label]) -> tuple[Label, ...]:
        """Labels with what our own nodes say of them: status, era, place, a language that has no tag."""
        exact: set[str] = set()
        for node in self._nodes(name, f"{TERMS}labelled"):
            text = next((squeeze(text) for text, _ in self._texts(node.text, _VALUE)), "")
            label = labels.get(text)
            if label is None:
                continue
            if any(said == "True" for said, _ in self._texts(node.text, f"{TERMS}exact")):
                exact.add(fold(text))
            if label.status != "in-use":
                continue
            era, place, lang = (
                next((squeeze(said) for said, _ in self._texts(node.text, f"{TERMS}{term}")), "")
                for term in ("era", "place", "language")
            )
            status = _LABEL_STATUS.get(self._word(node.text, "status", _LABEL_STATUS), label.status)
            labels[text] = Label(text, status, era, place, lang or label.lang)
        return tuple(replace(label, exact=fold(label.text) in exact) for label in labels.values())

    # --- collections

    def _facets(self) -> dict[str, str]:
        """The facet of each concept that is a member of a collection which is one."""
        facets: dict[str, str] = {}
        others = []
        for name, said in self.file.said.items():
            if not any(node.text in _LISTS for node in said.get(_TYPE, ())):
                continue
            facet = self._facet(name)
            if not facet:
                others.append(name)
                continue
            for member in (*self._others(name, f"{SKOS}member"), *self._listed(name)):
                if facets.setdefault(member, facet) != facet:
                    which = f"{facets[member]} and {facet}; the first was taken."
                    message = f"{_shown(member)} is in the facets {which}"
                    self._tell(member, "skos-value", message)
        if others:
            what = (
                "1 collection is no facet"
                if len(others) == 1
                else f"{len(others):,} collections are no facets"
            )
            message = (
                f"{what} here, the first {_shown(others[0])}; that its members belong together was left out."
            )
            self._tell(others[0], "skos-collection", message, "warning", f"Facets are: {', '.join(FACETS)}.")
        return facets

    def _facet(self, name: str) -> str:
        own = facet_in_iri(name, self.base)
        labels = [own, *(fold(text) for text, _ in self._texts(name, f"{SKOS}prefLabel"))]
        return next((label for label in labels if label in FACETS), "")

    def _listed(self, name: str) -> list[str]:
        """The members of an ordered collection."""
        found: dict[str, None] = {}
        rest = next((node.text for node in self._nodes(name, f"{SKOS}memberList")), "")
        seen: set[str] = set()
        while rest in self.file.said and rest not in seen:
            seen.add(rest)
            found |= dict.fromkeys(node.text for node in self._nodes(rest, _FIRST) if not node.is_text)
            rest = next((node.text for node in self._nodes(rest, _REST)), "")
        return list(found)

    # --- what is wrong

    def _tell(
        self, name: str, code: str, message: str, severity: Severity = "warning", remedy: str = ""
    ) -> None:
        origin = Origin(self.path, self.file.lines.get(name, 1))
        remedy = remedy or "Correct it in the thesaurus that it comes from, or in the note afterwards."
        self.problems.add(Problem(origin, code, message, remedy, severity))

    def _tell_doubles(self, name: str, preferred: list[tuple[str, str]]) -> None:
        """SKOS has one preferred label in each language (S14)."""
        seen: dict[str, str] = {}
        for text, lang in preferred:
            if seen.setdefault(lang, text) != text:
                where = f"in {lang}" if lang else "without a language"
                message = (
                    f"{_shown(name)} has several preferred labels {where}; “{text}” was taken as another."
                )
                self._tell(name, "skos-preferred-twice", message)

    def _tell_languages(self) -> None:
        lang, names = max(self.other_languages.items(), key=lambda item: len(item[1]))
        count = sum(map(len, self.other_languages.values()))
        what = "1 concept has" if count == 1 else f"{count:,} concepts have"
        message = (
            f"{what} no preferred label in {self.language}, the library's language; one in {lang} was taken."
        )
        remedy = (
            f'If the library is to be in {lang}, say so in kb.toml: language = "{lang}" under [thesaurus].'
        )
        self._tell(names[0], "skos-language", message, "warning", remedy)


def tidied(text: str) -> str:
    r"""A scope note as a note's body holds it: composed, with ``\n`` line ends, no blank lines around it.

    >>> tidied("\r\n  \r\n    code\r\n\r\nMore. ")
    '    code\n\nMore.'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = unicodedata.normalize("NFC", _UNFIT.sub("\ufffd", lines))
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", clean).rstrip() if clean.strip() else ""


def _shown(name: str) -> str:
    """A concept in a message; blank nodes have no name that a person knows."""
    clean = squeeze(name)[:200]
    return "A concept without an IRI" if name.startswith("_:") else f"<{clean}>"
