"""A publication as a foreign file describes it → an entry in BibLaTeX's words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.biblatex import latex, people
from kb.ids import new_citekey, spellings
from kb.model import Entry, Name, Origin
from kb.read.foreign.markup import unmarked

# What a .bib holds as it is: LaTeX does not look into these
_VERBATIM = frozenset(
    ("doi", "url", "file", "eprint", "eprinttype", "pmid", "pmcid", "openalex", "date", "urldate", "langid")
)
# What these fields say is ours or BibLaTeX's to say: a spreadsheet's column “Cites” is a number
_OURS = frozenset(
    """
    added annotation annote author cites citeslist crossref editor entryset held ids keywords options related
    relatedoptions relatedstring relatedtype status statuschecked statussource xdata xref
    """.split()
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
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

    def keep(self, name: str, text: str) -> None:
        """Keep what we do not know under its own name, or ``own-…`` where that says something else here."""
        text = text.strip()
        if name in self.people or name in _OURS or self.fields.get(name, latex(text)) != latex(text):
            name = f"own-{name}"
        self.put(name, text)

    def put_marked(self, name: str, text: str) -> None:
        """Set a field from text with HTML or JATS in it: italics and the like stay, as LaTeX."""
        text = unmarked(text).strip()
        if text:
            self.fields.setdefault(name, text)


def entries(records: Iterable[Record], path: str) -> list[Entry]:
    """The entries that records stand for, in order, each with a citekey that is its own in this file.

    Each record is made into an entry as it comes: of a large file, only the entries are held.
    """
    listed = [(_entry(record, Origin(path, record.line)), _named(record)) for record in records]
    taken = {entry.citekey for entry, _ in listed if _is_citekey(entry.citekey)}
    used = set(taken)
    given: set[str] = set()
    spelled: dict[str, Iterator[str]] = {}  # where we are with a name: a thousand may want the same
    made = []
    for entry, named in listed:
        citekey = entry.citekey
        if citekey in given or citekey not in taken:
            wanted = new_citekey(*named)
            spelt = spelled.setdefault(wanted, spellings(wanted))
            citekey = next(one for one in spelt if one not in used)
        given.add(citekey)
        used.add(citekey)
        made.append(Entry(citekey, entry.type, entry.fields, entry.origin, entry.references))
    return made


def _is_citekey(text: str) -> bool:
    return bool(text) and text.isprintable() and not _NOT_IN_CITEKEY & set(text) and not text.isdecimal()


def _entry(record: Record, origin: Origin) -> Entry:
    fields = _people(record) if record.people else {}
    fields |= record.fields
    if record.keywords:
        words = dict.fromkeys(word for text in record.keywords if (word := " ".join(text.split())))
        fields["keywords"] = ", ".join(_whole(latex(word)) for word in words)
    if record.notes:
        fields.setdefault("annotation", latex("\n\n".join(dict.fromkeys(record.notes))))
    if not record.references:
        return Entry(record.citekey, record.type, fields, origin)
    cited = tuple([_entry(one, _origin_of(one, origin)) for one in record.references])
    return Entry(record.citekey, record.type, fields, origin, cited)


def _people(record: Record) -> dict[str, str]:
    """The fields with names, and those with the names' ORCIDs."""
    fields: dict[str, str] = {}
    for name, names in record.people.items():
        if names:
            fields[name] = people(names, more=name in record.more)
        orcids = [f'{place}:orcid="{one.orcid}"' for place, one in enumerate(names, start=1) if one.orcid]
        if orcids:  # a data annotation, as the biblatex manual has them in 3.7
            fields[f"{name}+an"] = "; ".join(orcids)
    return fields


def _origin_of(reference: Record, citing: Origin) -> Origin:
    """Where a reference stands: where the citing record does, unless it says a line of its own."""
    return citing if reference.line <= citing.line else Origin(citing.path, reference.line)


def _whole(keyword: str) -> str:
    """A keyword in braces if a comma or semicolon in it would cut it."""
    return f"{{{keyword}}}" if "," in keyword or ";" in keyword else keyword


def _named(record: Record) -> tuple[str, int | None, str]:
    """First author, year and title, of which a citekey is made."""
    names = record.people.get("author") or record.people.get("editor") or []
    year = record.fields.get("date", record.fields.get("year", ""))[:4]
    number = int(year) if len(year) == 4 and year.isdecimal() else None
    return names[0].family if names else "", number, _COMMAND.sub(" ", record.fields.get("title", ""))
