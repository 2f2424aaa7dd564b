"""What the store answers: plain rows for pages, commands and exports."""

from dataclasses import dataclass

from kb.model.notes import Claim, Finding, Label, Note
from kb.model.works import Name, Origin, Work


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work in one line, as every list shows it: title, byline, year, container, badges."""

    citekey: str
    title: str
    byline: str
    year: int | None
    container: str
    type: str
    held: bool
    status: str
    doi: str
    url: str
    designs: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A work at the other end of a citation, and what was said of the citation.

    ``confidence`` is below 1 where only author, title and year of a reference led to the work.
    """

    work: WorkLine
    intents: tuple[str, ...]
    where: str
    confidence: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Related:
    """A work as seen from another one.

    ``together`` works cite both (co-citation); both cite ``shared`` works
    (bibliographic coupling); ``closeness`` from 0 to 1 is the larger of the two cosines.
    ``words`` are telling words of the one that the other has too.
    """

    work: WorkLine
    together: int
    shared: int
    closeness: float
    words: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Why it is near, in words."""
        said = []
        if self.together:
            said.append(f"cited together {_times(self.together)}")
        if self.shared:
            said.append(f"{self.shared} reference{'s' * (self.shared > 1)} in common")
        if self.words:
            said.append(f"both say {', '.join(self.words)}")
        return "; ".join(said)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


@dataclass(frozen=True, slots=True)
class Counted:
    """A work, and how many works cite it (or whatever the question counted)."""

    work: WorkLine
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the held works' reference lists is known: the honesty of every citation figure."""

    held: int
    complete: int
    partial: int

    @property
    def unknown(self) -> int:
        """Held works whose reference list nobody entered."""
        return self.held - self.complete - self.partial


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with how many works and findings it has itself, narrower topics apart."""

    slug: str
    kind: str
    label: str
    facet: str
    status: str
    works: int
    findings: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic whole: its note, its names, its neighbours, its works."""

    note: Note
    facet: str
    labels: tuple[Label, ...]
    broader: tuple[TopicLine, ...]
    narrower: tuple[TopicLine, ...]
    related: tuple[TopicLine, ...]
    works: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class Independence:
    """Whether a study stands apart from who made, or runs, what it studied; None where nobody can tell.

    ``kind`` is what it studied: a tool has developers, a programme an operator.
    """

    value: bool | None
    because: str = ""
    kind: str = "tool"

    @property
    def word(self) -> str:
        """In one word: independent, developers (of a programme: operator), unknown."""
        own = "operator" if self.kind == "programme" else "developers"
        return {True: "independent", False: own, None: "unknown"}[self.value]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with its full name ``note#id``, and the work it comes from.

    ``independence`` is of that work, where the finding is on a tool or programme.
    """

    name: str
    finding: Finding
    work: WorkLine
    independence: Independence | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence on a claim: a held work, or an address."""

    relation: str
    because: str
    where: str
    finding: str
    work: WorkLine | None
    url: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim, with its evidence counted by relation."""

    slug: str
    claim: Claim
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim whole: who said it, and the evidence as listed."""

    note: Note
    claim: Claim
    said_by: WorkLine | None
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A reading list in one line."""

    slug: str
    title: str
    purpose: str
    audience: str
    items: int


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a reading list, with its work."""

    work: WorkLine
    section: str
    reason: str
    role: str
    minutes: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A reading list whole, in order."""

    note: Note
    purpose: str
    audience: str
    style: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work whole: what it is, what we noted, what it cites and what cites it.

    ``notes`` are about this work (its study notes); ``named_in`` are the other notes that name it.
    """

    work: Work
    line: WorkLine
    topics: tuple[TopicLine, ...]
    findings: tuple[FindingLine, ...]
    notes: tuple[Note, ...]
    named_in: tuple[Note, ...]
    references: tuple[Cited, ...]
    cited_by: tuple[Cited, ...]
    relations: tuple[tuple[str, WorkLine], ...]

    @property
    def citekey(self) -> str:
        """The work's name in text."""
        return self.work.citekey

    @property
    def title(self) -> str:
        """The title, clean."""
        return self.work.title

    @property
    def authors(self) -> tuple[Name, ...]:
        """The authors, in order."""
        return self.work.authors

    @property
    def year(self) -> int | None:
        """The first year of the date."""
        return self.work.year

    @property
    def citations(self) -> tuple[Cited, ...]:
        """What this work cites: its references."""
        return self.references


@dataclass(frozen=True, slots=True)
class PlacedWork:
    """A work in a picture: ``x`` in years from the first, ``row`` from the top, both from 0 up."""

    work: WorkLine
    label: str
    x: float
    row: int
    times: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A work among what it cites and what cites it, placed by year.

    ``first`` is the year at x = 0 (works without one stand there too, if
    ``undated``); ``citations`` are (citing, cited); ``left_out`` neighbours
    did not fit.
    """

    centre: str
    works: tuple[PlacedWork, ...]
    citations: tuple[tuple[str, str], ...]
    first: int
    last: int
    undated: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds."""

    held: int
    cited: int
    notes: int
    topics: int
    findings: int
    claims: int
    lists: int
    citations: int
    errors: int
    warnings: int
