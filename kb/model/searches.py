"""Saved searches: what is asked, how often it was run, and the record of it that a review reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from shlex import join

from kb.model.answers import WorkLine
from kb.model.notes import Note, SavedSearch, Searched, SearchOptions, SearchRun
from kb.text import squeeze

_FIELD = {"held": "is", "findings": "has"}


def whole_query(query: str, facets: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    """A query with its facets, in the search language: facets first, where they speak of the whole of it.

    >>> whole_query("CPORT", {"held": "held", "findings": "yes", "tool": "cport"})
    'is:held has:findings tool:cport CPORT'
    """
    fields = (_field(name, value) for name, value in dict(facets).items() if value)
    return " ".join((*fields, query)).strip()


def _field(name: str, value: str) -> str:
    """A facet as one word of the search language, whatever a URL says."""
    if name == "findings":
        return "has:findings"
    return f"{_FIELD.get(name, name)}:{''.join(char for char in value if char.isalnum() or char in '-_.')}"


def search_command(query: str, options: SearchOptions) -> str:
    """The command that runs a search on the command line: with all that it finds, and nothing left out.

    >>> search_command("CPORT", SearchOptions(literal=True, facets=(("held", "held"),)))
    "kb search --format keys --limit 1000000 --literal -- 'is:held CPORT'"
    """
    said = ["kb", "search", "--format", "keys", "--limit", "1000000"]
    said += ["--literal"] if options.literal else []
    said += ["--all"] if options.all_words else []
    said += ["--sort", options.sort] if options.sort != "relevance" else []
    said += [word for topic in options.off for word in ("--off", topic)]
    return join([*said, "--", whole_query(query, options.facets)])


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A saved search in one line, with its last run; None if it was never run."""

    slug: str
    title: str
    search: SavedSearch

    @property
    def last(self) -> SearchRun | None:
        """The last run that was recorded."""
        return self.search.runs[-1] if self.search.runs else None


@dataclass(frozen=True, slots=True)
class SearchNow:
    """What a saved search finds now, beside what its last recorded run found.

    ``run`` is what would be recorded today; ``citekeys`` are in the search's
    own order. ``new`` were not found then, ``gone`` (citekeys as they are
    called now) were, and are no more; both are None where no recorded run lists its works.
    ``same`` leads from recorded citekeys to what the works are called now.
    """

    note: Note
    search: SavedSearch
    run: SearchRun
    citekeys: tuple[str, ...]
    messages: tuple[str, ...]
    new: tuple[WorkLine, ...] | None
    gone: tuple[str, ...] | None
    same: Mapping[str, str]

    @property
    def otherwise(self) -> bool:
        """Whether the words are understood otherwise than in the last run, which may change what is found."""
        now = tuple(dict.fromkeys(filter(None, map(squeeze, self.run.understood))))
        return bool(self.search.understood) and self.search.understood != now


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One file of references: its entries, and how many of them could not be stored; None if not known."""

    path: str
    entries: int
    left_out: int | None


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """All that a review reports of one run of a saved search.

    ``recorded`` says whether the run stands in the note; else it was made for
    this record. ``today`` is what was searched as it stands now, ``sources``
    its files; ``citekeys`` are the works found, None if the run lists none.
    """

    slug: str
    title: str
    library: str
    path: str
    why: str
    search: SavedSearch
    run: SearchRun
    recorded: bool
    thesaurus: str
    today: Searched
    sources: tuple[SourceLine, ...]
    citekeys: tuple[str, ...] | None

    @property
    def options(self) -> SearchOptions:
        """How the search is made, beside its words."""
        return self.search.options

    @property
    def query(self) -> str:
        """The query with the facets in it."""
        return whole_query(self.search.query, self.options.facets)

    @property
    def changed(self) -> bool:
        """Whether the note now asks for something else than was run."""
        return self.run.command not in {"", search_command(self.search.query, self.options)}
