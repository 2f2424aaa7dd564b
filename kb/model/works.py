"""Works and what is said about them in references/: entries, names, citations, relations.

Text values are clean Unicode on one line unless a field says otherwise; ""
and () mean absent.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kb.ids import doi, identifier

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where something was written: a path from the library's root, and a 1-based line."""

    path: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the input.

    An *error* means that the thing named was not stored (an entry, a note, or
    just the one value); a *warning*, that it was stored, but should be looked at.
    """

    origin: Origin
    code: str
    message: str
    remedy: str
    severity: Severity = "error"
    citekey: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or with ``corporate`` a body whose whole name is ``family``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    corporate: bool = False
    orcid: str = ""

    @property
    def inverted(self) -> str:
        """Family name first, as in a reference list."""
        family = f"{self.particle} {self.family}".strip()
        return ", ".join(part for part in (family, self.suffix, self.given) if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file says about a publication, at one place.

    ``fields`` holds the values as written (LaTeX and all), under lower-case
    names, with ``@string`` names and ``#`` joins already evaluated.
    ``references`` are the items of its reference list, as far as the file
    gives them: entries too, most of them without a citekey.
    """

    citekey: str
    type: str
    fields: dict[str, str]
    origin: Origin
    references: "tuple[Entry, ...]" = ()

    @property
    def doi(self) -> str:
        """The DOI that it gives, in its own field or as an address of doi.org; "" if none."""
        address = self.fields.get("url", "")
        return doi(self.fields.get("doi", "")) or (doi(address) if "doi.org/" in address else "")


@dataclass(frozen=True, slots=True)
class Citation:
    """Work → work: ``citing`` cites ``cited``.

    ``cited`` is a citekey, an alias or a DOI until it is resolved.
    ``intent`` is a CiTO property or one of our own; "" if nobody said.
    ``field`` says where it was read: a .bib's ``cites``, a note's ``cites`` or ``body``.
    ``confidence`` is 1 where a person or a DOI names the cited work, and below 1
    where an item of a reference list was matched by author, year and title.
    """

    citing: str
    cited: str
    origin: Origin
    field: str = "cites"
    intent: str = ""
    where: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """Work — work, other than citing: a translation, reprint, reply, erratum."""

    citekey: str
    other: str
    type: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Work:
    """One publication, in one clean written form.

    ``date`` is EDTF as BibLaTeX writes it; ``year`` its first year.
    ``fields`` keeps what the entry said, as written, for export.
    ``references`` are items of its reference list that no name of a work stands for yet.
    ``entries`` are what each entry says where several stand for the work; () where one does.
    """

    citekey: str
    type: str
    origin: Origin
    title: str = ""
    authors: tuple[Name, ...] = ()
    more_authors: bool = False
    editors: tuple[Name, ...] = ()
    year: int | None = None
    date: str = ""
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    isbn: str = ""
    url: str = ""
    language: str = ""
    abstract: str = ""
    annotation: str = ""
    keywords: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    citeslist: str = ""
    relations: tuple[Relation, ...] = ()
    status: str = ""
    added: str = ""
    held: bool = True
    fields: dict[str, str] = field(default_factory=dict)
    references: "tuple[Work, ...]" = ()
    entries: tuple[Entry, ...] = ()

    @property
    def identifiers(self) -> list[str]:
        """What names the work without its citekey: ``doi:…``, ``pmid:…``, ``openalex:…``, as far as known."""
        names = [f"doi:{self.doi}"] if self.doi else []
        names += _identifiers(self.fields)
        if self.entries:  # each of which may have a DOI of its own
            names += [f"doi:{entry.doi}" for entry in self.entries if entry.doi]
            names += [name for entry in self.entries for name in _identifiers(entry.fields)]
        return list(dict.fromkeys(names))


def _identifiers(fields: dict[str, str]) -> list[str]:
    schemes = (scheme for scheme in ("pmid", "openalex") if scheme in fields)
    return [name for scheme in schemes if (name := identifier(f"{scheme}:{fields[scheme]}"))]
