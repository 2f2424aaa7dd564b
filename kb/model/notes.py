"""Notes and what they hold: topics, samples, findings, claims, reading lists, saved searches."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kb.model.works import Citation, Origin

NOTE_KINDS = (
    "study",
    "sample",
    "tool",
    "programme",
    "topic",
    "claim",
    "card",
    "list",
    "search",
    "page",
)
TOPIC_KINDS = ("topic", "tool", "programme")
FACETS = (
    "population",
    "offence",
    "level",
    "intervention",
    "outcome",
    "design",
    "theory",
    "setting",
    "country",
    "statistic",
    "ethics",
)
MEASURES = (
    "AUC",
    "C",
    "OR",
    "RR",
    "HR",
    "d",
    "g",
    "r",
    "SMD",
    "MD",
    "DOR",
    "sensitivity",
    "specificity",
    "percent",
    "rate",
    "mean",
    "B",
    "ICC",
    "EO",
    "Brier",
    "p",
    "none",
)
DIRECTIONS = ("beneficial", "harmful", "null", "mixed", "descriptive")
RELATIONS = ("supports", "contradicts", "qualifies", "supersedes")
ROLES = ("start-here", "key-validation", "dissent", "background", "plain-language")
SORTS = ("relevance", "year", "cited-by", "added")
# What narrows a search in the browser's address, in the order in which it goes into the query.
SEARCH_FACETS = (
    "held",
    "findings",
    "year",
    "type",
    "tool",
    "programme",
    "design",
    "level",
    "topic",
    "country",
)

LabelStatus: TypeAlias = Literal["preferred", "in-use", "caution", "historical", "hidden"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Note → work: a Pandoc citation in a note's body."""

    citekey: str
    origin: Origin
    intent: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Note → note: a wiki link or a name in the front matter, by slug or label.

    ``field`` is ``body``, or the front matter's key (``broader``, ``outcome`` …).
    """

    target: str
    origin: Origin
    field: str = "body"


@dataclass(frozen=True, slots=True)
class Label:
    """One name of a topic; an ``exact`` one is an ordinary word too, and names the topic only as written."""

    text: str
    status: LabelStatus = "in-use"
    era: str = ""
    place: str = ""
    lang: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept of the thesaurus (SKOS); tools and programmes are topics too."""

    labels: tuple[Label, ...]
    facet: str = ""
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    status: str = "in-use"


@dataclass(frozen=True, slots=True)
class Overlap:
    """A sample that shares people with another."""

    sample: str
    how: Literal["certain", "possible"]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """The people studied, declared once."""

    label: str
    n: int | None = None
    countries: tuple[str, ...] = ()
    population: str = ""
    sex: str = ""
    ages: str = ""
    setting: str = ""
    recruited: str = ""
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One result, from one work, with a locator.

    ``value`` or ``low``–``high`` (a range) in the unit of ``measure``;
    ``ci`` is a 95 % interval unless the text says otherwise; ``follow_up`` in years.
    """

    id: str
    origin: Origin
    where: str
    subjects: tuple[str, ...] = ()
    comparator: str = ""
    arms: tuple[str, ...] = ()
    outcome: str = ""
    measure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    n: int | None = None
    events: int | None = None
    follow_up: float | None = None
    follow_up_kind: str = ""
    subgroup: str = ""
    samples: tuple[str, ...] = ()
    via: str = ""
    text: str = ""
    direction: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """What a study note says of its work."""

    work: str
    designs: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A work, or an address, that bears on a claim."""

    relation: str
    origin: Origin
    work: str = ""
    url: str = ""
    finding: str = ""
    because: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that somebody asserts; its standing is computed, never typed."""

    statement: str
    said_by: str = ""
    speaker: str = ""
    attribution: str = ""
    where: str = ""
    about: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One work of a reading list, and why it is there; ``text`` is Markdown under it."""

    citekey: str
    origin: Origin
    section: str = ""
    reason: str = ""
    role: str = ""
    minutes: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadingList:
    """An ordered, sectioned, annotated selection of works."""

    audience: str = ""
    purpose: str = ""
    style: str = "apa"
    items: tuple[ListItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How a search is made, beside its words; ``off`` are topics whose names do not stand for each other.

    ``facets`` are (name, value), in the order of ``SEARCH_FACETS``.
    """

    literal: bool = False
    all_words: bool = False
    sort: str = "relevance"
    off: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What a library held when it was searched.

    Of ``entries`` read, ``merged`` were found to be another's work,
    ``left_out`` could not be stored, and ``named`` stand in the file of works
    that reference lists name (cited.bib); ``newest`` is the last day that the
    text names as added or checked, ``version`` that of this program.
    """

    held: int | None = None
    cited: int | None = None
    entries: int | None = None
    merged: int | None = None
    left_out: int | None = None
    newest: str = ""
    version: str = ""
    named: int | None = None


@dataclass(frozen=True, slots=True)
class SearchRun:
    """One run of a saved search: when, on what, and what it found.

    The works that it found are ``found``, or those of the run before with
    ``new`` and without ``gone``; ``unlisted`` says that they were too many.
    ``command`` is what runs it again as it was run, and ``understood`` how the
    query was taken: "" and () where as in the run before.
    """

    on: str
    by: str = ""
    thesaurus: str = ""
    total: int | None = None
    complete: int | None = None
    held: int | None = None
    cited: int | None = None
    searched: Searched = Searched()
    command: str = ""
    understood: tuple[str, ...] = ()
    found: tuple[str, ...] | None = None
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unlisted: bool = False

    def works(self, before: frozenset[str] | None) -> frozenset[str] | None:
        """What this run found, after one that found ``before``; None where that is not known."""
        if self.unlisted:
            return None
        if self.found is not None:
            return frozenset(self.found)
        return None if before is None else (before - set(self.gone)) | set(self.new)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody means to report or to run again, and its runs, oldest first."""

    query: str
    options: SearchOptions = SearchOptions()
    why: str = ""
    runs: tuple[SearchRun, ...] = ()

    @property
    def found(self) -> frozenset[str] | None:
        """What the last run found, by the citekeys of then; None where no run says it."""
        works: frozenset[str] | None = None
        for run in self.runs:
            works = run.works(works)
        return works

    @property
    def command(self) -> str:
        """The command of the last run."""
        return next((run.command for run in reversed(self.runs) if run.command), "")

    @property
    def understood(self) -> tuple[str, ...]:
        """How the query was taken in the last run."""
        return next((run.understood for run in reversed(self.runs) if run.understood), ())


@dataclass(frozen=True, slots=True)
class Note:
    """One Markdown file. At most one of the typed parts is there, by ``kind``.

    ``front`` is the whole front matter as written, unknown keys included.
    ``links`` are all names in it and in the body that must lead somewhere;
    ``words`` is the body as plain text, for search; in it a link without words
    of its own stands as ``[[name]]`` until it is resolved.
    """

    slug: str
    kind: str
    title: str
    origin: Origin
    body: str
    words: str = ""
    front: dict[str, object] = field(default_factory=dict)
    sensitivity: int = 0
    added: str = ""
    checked: str = ""
    tags: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    topic: Topic | None = None
    sample: Sample | None = None
    study: Study | None = None
    claim: Claim | None = None
    reading_list: ReadingList | None = None
    search: SavedSearch | None = None
