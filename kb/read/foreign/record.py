"""A publication as a foreign file describes it → an entry in BibLaTeX's words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.biblatex import latex, people
from kb.ids import new_citekey
from kb.model import Entry, Name, Origin
from kb.read.foreign.markup import unmarked

# What a .bib holds as it is: LaTeX does not look into these
_VERBATIM = frozenset(
    ("doi", "url", "file", "eprint", "eprinttype", "pmid", "pmcid", "openalex", "date", "urldate", "langid")
)
_NOT_IN_CITEKEY = frozenset(" \t\n{}(),=\"\\#%~@'/:")


@dataclass(slots=True)
class Record:
    """One publication being read: BibLaTeX's type and field names, values as plain text.

    ``citekey`` is what the file calls it, if that can be one. ``people`` are
    lists of names by field (author, editor, translator …); ``more`` holds the
    fields that end in “and others”.
    """

    type: str = "misc"
    line: int = 1
    citekey: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Name]] = field(default_factory=dict)
    more: set[str] = field(default_factory=set)
    keywords: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    references: list["Record"] = field(default_factory=list)

    def put(self, name: str, text: str) -> None:
        """Set a field from plain text; the first value stays, and an empty one is none."""
        text = text.strip()
        if text:
            self.fields.setdefault(name, text if name in _VERBATIM else latex(text))

    def put_marked(self, name: str, text: str) -> None:
        """Set a field from text with HTML or JATS in it: italics and the like stay, as LaTeX."""
        text = unmarked(text).strip()
        if text:
            self.fields.setdefault(name, text)


def entries(records: Iterable[Record], path: str) -> list[Entry]:
    """The entries that records stand for, in their order, each with a citekey that is its own in this file."""
    listed = list(records)
    taken = {record.citekey for record in listed if _is_citekey(record.citekey)}
    given: set[str] = set()
    made = []
    for record in listed:
        citekey = record.citekey
        if citekey in given or citekey not in taken:
            citekey = new_citekey(
                _first(record), _year(record), record.fields.get("title", ""), taken | given
            )
        given.add(citekey)
        made.append(_entry(record, citekey, path))
    return made


def _is_citekey(text: str) -> bool:
    return bool(text) and text.isprintable() and not _NOT_IN_CITEKEY & set(text) and not text.isdecimal()


def _entry(record: Record, citekey: str, path: str) -> Entry:
    fields = {name: people(names, more=name in record.more) for name, names in record.people.items() if names}
    fields |= record.fields
    if record.keywords:
        words = dict.fromkeys(word for text in record.keywords if (word := " ".join(text.split())))
        fields["keywords"] = ", ".join(_whole(latex(word)) for word in words)
    if record.notes:
        fields.setdefault("annotation", latex("\n\n".join(dict.fromkeys(record.notes))))
    cited = tuple(_entry(reference, reference.citekey, path) for reference in record.references)
    return Entry(citekey, record.type, fields, Origin(path, record.line), cited)


def _whole(keyword: str) -> str:
    """A keyword in braces if a comma or semicolon in it would cut it."""
    return f"{{{keyword}}}" if "," in keyword or ";" in keyword else keyword


def _first(record: Record) -> str:
    names = record.people.get("author") or record.people.get("editor") or []
    return names[0].family if names else ""


def _year(record: Record) -> int | None:
    year = record.fields.get("date", record.fields.get("year", ""))[:4]
    return int(year) if len(year) == 4 and year.isdecimal() else None
