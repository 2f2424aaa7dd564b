"""One string of a reference list → its fields, whichever of the four styles it is in."""

import re
from collections.abc import Sequence

from kb.model import Entry, Name, Origin
from kb.read.foreign.record import Record, entries
from kb.read.paper.authoryear import read_authoryear
from kb.read.paper.laws import read_law
from kb.read.paper.marks import without_marks
from kb.read.paper.shapes import Parsed, Reference
from kb.read.paper.vancouver import read_vancouver

LONGEST = 4000
"""Characters of one reference that are read: what is longer is no reference, or several."""

_NUMBER = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|\d{1,4}\s+(?=[^\W\d_]))\s*")
_BULLET = re.compile(r"^\s*[•◦▪‣·*–—-]\s+(?=\w)")
_SAME = re.compile(r"^\s*(?:[—–―_-]\s?){2,}\s*[.,]?\s*")
_WORD = re.compile(r"[^\W\d_]{3}")
_FIELDS = """
    date title journaltitle booktitle volume number pages eid edition version series publisher location
    eventtitle institution type howpublished titleaddon doi url urldate isbn pmid pmcid origdate pubstate
    """.split()


def parse(text: str, *, before: Sequence[Name] = ()) -> Parsed:
    """What the string of one reference says; ``before`` are the authors for whom “———” stands.

    >>> parsed = parse("Seto, M. C., & Eke, A. W. (2015). A tool. Law and Human Behavior, 39(4), 416–429.")
    >>> parsed.year, parsed.values["title"], parsed.values["journaltitle"]
    (2015, 'A tool', 'Law and Human Behavior')
    """
    parsed = Parsed()
    if len(text) > LONGEST:
        parsed.doubt(f"only the first {LONGEST:,} characters were read")
        text = text[:LONGEST]
    text = _BULLET.sub("", " ".join(text.split()), count=1)
    unnumbered = _NUMBER.sub("", text, count=1)
    numbered = unnumbered != text
    core = without_marks(unnumbered, parsed)
    if same := _SAME.match(core):
        parsed.authors = list(before)
        core = f"Same, S. {core[same.end() :]}" if before else core[same.end() :]
    if not read_law(core, parsed) and not read_authoryear(core, parsed, numbered=numbered):
        read_vancouver(core, parsed)
    if same and before:
        parsed.authors = list(before)
    _settle(parsed)
    return parsed


def _settle(parsed: Parsed) -> None:
    """Choose the type where nothing said it, and say what is missing."""
    values = parsed.values
    medium = values.pop("medium", "")
    if parsed.type == "misc":
        parsed.type = _type(values, online=bool(medium))
    if parsed.type == "book" and parsed.authors and parsed.authors[0].corporate:
        parsed.type = "report"
    if parsed.type in ("report", "thesis") and "publisher" in values:
        values.setdefault("institution", values.pop("publisher"))
    if parsed.type == "unpublished" and "publisher" in values:
        values.setdefault("eventtitle", values.pop("publisher"))
    if parsed.type == "book" and parsed.editors and not parsed.authors:
        parsed.type = "collection"
    named = bool(parsed.authors or parsed.editors) or parsed.type in ("legislation", "jurisdiction")
    dated = parsed.year is not None or bool(values.get("pubstate")) or "undated" in values
    values.pop("undated", "")
    for missing, what in ((not named, "author"), ("title" not in values, "title"), (not dated, "year")):
        if missing:
            parsed.doubt(f"no {what} was found")


def _type(values: dict[str, str], *, online: bool) -> str:
    if "journaltitle" in values:
        return "article"
    if "isbn" in values or ("publisher" in values and "url" not in values):
        return "book"
    return "online" if "url" in values or online else "misc"


def reference(text: str, path: str, line: int, *, before: Sequence[Name] = ()) -> tuple[Reference, Parsed]:
    """The reference that a string is, and how it was read."""
    parsed = parse(text, before=before)
    made = entries([_record(parsed, line)], path)[0]
    entry = Entry("", made.type, made.fields, Origin(path, line))
    doubts = tuple(parsed.doubts)
    return Reference(entry, text, line, doubts, not doubts, parsed.suffix), parsed


def reference_record(text: str, line: int = 1) -> Record:
    """What a database's raw string of one reference says, with the string itself in ``reference``.

    A string in which neither author nor title is found is a title as it stands,
    unless it is nothing but an address.

    >>> reference_record("Cohen, J. (1988). Statistical power analysis. Erlbaum.").fields["title"]
    'Statistical power analysis'
    """
    text = " ".join(text.split())
    parsed = parse(text)
    named = parsed.authors or parsed.editors or "title" in parsed.values
    if not named and _WORD.search(without_marks(text[:LONGEST], Parsed())):
        parsed.put("title", text[:LONGEST])
    record = _record(parsed, line)
    record.put("reference", text)
    return record


def _record(parsed: Parsed, line: int) -> Record:
    record = Record(type=parsed.type, line=line)
    people = {"author": parsed.authors, "editor": parsed.editors}
    record.people = {role: names for role, names in people.items() if names}
    if parsed.more:
        record.more.add("author" if parsed.authors else "editor")
    for name in _FIELDS:
        record.put(name, parsed.values.get(name, ""))
    record.put("note", "; ".join(parsed.notes))
    return record
