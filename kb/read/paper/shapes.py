"""What a paper's own text holds, as this room says it."""

from dataclasses import dataclass, field

from kb.model import Entry, Name


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: its number, its words without the space around them, how far it was indented.

    ``links`` are addresses that a PDF keeps behind the words.
    """

    number: int
    text: str
    indent: int = 0
    page: bool = False  # the first of a page, as far as the file says so
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """One item of a reference list: what it was read as, and its string on one line.

    ``doubts`` say in plain words what the reader is unsure of; ``suffix`` is
    the letter of “2015a”.
    """

    entry: Entry
    text: str
    line: int
    doubts: tuple[str, ...] = ()
    sure: bool = True
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class InText:
    """One place in the text that cites: its section, its words, the references (0-based) that it names.

    ``unmatched`` are the names and years that no reference stands for.
    """

    section: str
    text: str
    line: int
    references: tuple[int, ...] = ()
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What was found in a paper: its references and citations in order, headings, the list's style."""

    references: tuple[Reference, ...] = ()
    citations: tuple[InText, ...] = ()
    sections: tuple[str, ...] = ()
    style: str = ""


@dataclass(slots=True)
class Parsed:
    """One reference while it is being read: BibLaTeX's type and plain values."""

    style: str = ""
    type: str = "misc"
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    more: bool = False
    year: int | None = None
    suffix: str = ""
    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def put(self, name: str, text: str) -> None:
        """Set a value once; the first stays, and an empty one is none."""
        text = text.strip(" ,;:")
        if text:
            self.values.setdefault(name, text)

    def doubt(self, why: str) -> None:
        """Say once what is unsure."""
        if why not in self.doubts:
            self.doubts.append(why)
