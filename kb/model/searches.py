"""Saved searches: what is asked, how often it was run, and the record of it that a review reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from shlex import join

from kb.model.answers import WorkLine
from kb.model.notes import SEARCH_FACETS, Note, SavedSearch, Searched, SearchOptions, SearchRun
from kb.text import squeeze

_FIELD = {"held": "is"}
_UNQUOTED = str.maketrans("", "", '"“”„‟«»')


def only_of(facets: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Facets as fields of the search language, each of which narrows the whole of what a query finds.

    >>> only_of({"held": "held", "findings": "yes", "tool": "cport"})
    ('is:held', 'has:findings', 'tool:cport')
    """
    return tuple(
        "has:findings" if name == "findings" else f"{_FIELD.get(name, name)}:{squeeze(value)}"
        for name, value in dict(facets).items()
        if squeeze(value)
    )


def facets_of(only: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The facets that fields are, in their own order, one of each name; other fields are left out.

    >>> facets_of(["tool:cport", "is:held", "author:seto"])
    (('held', 'held'), ('tool', 'cport'))
    """
    found: dict[str, str] = {}
    for one in only:
        field, _, value = one.partition(":")
        name = "findings" if one == "has:findings" else "held" if field == "is" else field
        found.setdefault(name, squeeze(value))
    return tuple((name, found[name]) for name in SEARCH_FACETS if found.get(name))


def whole_query(query: str, facets: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    """A query with its facets in one line, to be shown; what runs has them apart, as ``only_of`` says.

    >>> whole_query("CPORT", {"held": "held", "topic": "child abuse"})
    'is:held topic:"child abuse" CPORT'
    """
    return " ".join((*map(_shown, only_of(facets)), query)).strip()


def _shown(field: str) -> str:
    name, _, value = field.partition(":")
    plain = all(char.isalnum() or char in "-_." for char in value)
    return field if plain else f'{name}:"{value.translate(_UNQUOTED)}"'


def search_command(query: str, options: SearchOptions) -> str:
    """The command that runs a search on the command line: with all that it finds, and nothing left out.

    >>> search_command("CPORT", SearchOptions(literal=True, facets=(("held", "held"),)))
    'kb search --format keys --limit 1000000 --literal --only is:held -- CPORT'
    """
    said = ["kb", "search", "--format", "keys", "--limit", "1000000"]
    said += ["--literal"] if options.literal else []
    said += ["--all"] if options.all_words else []
    said += ["--sort", options.sort] if options.sort != "relevance" else []
    said += [word for topic in options.off for word in ("--off", topic)]
    said += [word for field in only_of(options.facets) for word in ("--only", field)]
    return join([*said, "--", query])


def _understood(lines: Iterable[str]) -> tuple[str, ...]:
    """How a query is understood, as a note keeps it."""
    return tuple(dict.fromkeys(filter(None, map(squeeze, lines))))


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
        then = _understood(self.search.understood)
        return bool(then) and then != _understood(self.run.understood)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One file of references: its entries, and how many of them could not be stored; None if not known.

    ``named``: its entries are works that reference lists name, as those of cited.bib.
    """

    path: str
    entries: int
    left_out: int | None
    named: bool = False


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """All that a review reports of one run of a saved search.

    ``recorded`` says whether the run stands in the note; else it was made for
    this record. ``today`` is what was searched as it stands now, ``sources``
    its files; ``citekeys`` are the works found, None if the run lists none;
    ``understood`` is how the query is taken today.
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
    understood: tuple[str, ...] = ()

    @property
    def options(self) -> SearchOptions:
        """How the search is made, beside its words."""
        return self.search.options

    @property
    def changed(self) -> bool:
        """Whether the note now asks for something else than was run."""
        return self.run.command not in {"", search_command(self.search.query, self.options)}

    @property
    def otherwise(self) -> bool:
        """Whether the words that were run are understood otherwise today: run again they may find others."""
        then = _understood(self.run.understood)
        return bool(then) and not self.changed and then != _understood(self.understood)
