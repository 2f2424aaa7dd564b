"""Zotero's Extra field, which CSL calls note: lines such as ``PMID: 123`` → fields; the rest is a note."""

import re

from kb.ids import doi
from kb.read.foreign.jsonvalues import arxiv, field_name, people_of, put_date
from kb.read.foreign.record import Record

_LONGEST = 3000  # characters of a line that sets a field
_LINE = re.compile(r"\{?:?\s*([A-Za-z][A-Za-z0-9 ._-]{0,40}?)\s*[:=]\s*(\S.{0,2000}?)\s*\}?\s*", re.DOTALL)
# What stands in Extra because Zotero has no field for it, under CSL's names and under Zotero's
_FIELDS = {
    "pmid": "pmid",
    "pmcid": "pmcid",
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "openalex": "openalex",
    "publisher": "publisher",
    "publisher-place": "location",
    "place": "location",
    "original-title": "origtitle",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "event-title": "eventtitle",
    "event-place": "venue",
    "status": "pubstate",
    "volume-title": "maintitle",
    "number-of-volumes": "volumes",
    "number-of-pages": "pagetotal",
    "reviewed-title": "reviewedtitle",
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "medium": "medium",
}
_DATES = {
    "issued": "date",
    "original-date": "origdate",
    "event-date": "eventdate",
    "submitted": "submitted",
    "available-date": "available-date",
}
_PEOPLE = frozenset(
    (
        "author",
        "editor",
        "translator",
        "container-author",
        "collection-editor",
        "director",
        "interviewer",
        "recipient",
    )
)
_CITEKEYS = frozenset(("citation-key", "citationkey", "bibtex", "biblatexcitekey", "tex.citekey", "bibtex*"))


def put_extra(record: Record, text: str) -> None:
    """Take the lines that set a field out of a note, and put the rest among the record's notes."""
    rest = [line for line in text.split("\n") if not _put_line(record, line)]
    note = "\n".join(rest).strip()
    if note:
        record.notes.append(note)


def _put_line(record: Record, line: str) -> bool:
    found = _LINE.fullmatch(line.strip()) if len(line) < _LONGEST else None
    if not found:
        return False
    name, value = found[1].strip().lower().replace(" ", "-"), found[2]
    if name in _CITEKEYS:
        record.citekey = value
    elif name.startswith("tex."):
        record.put(field_name(name[4:]), value)
    elif name == "arxiv" and arxiv(value):
        record.put("eprint", arxiv(value))
        record.put("eprinttype", "arxiv")
    elif name in _DATES:
        put_date(record, _DATES[name], value)
    elif name in _FIELDS:
        record.put(_FIELDS[name], (doi(value) or value) if name == "doi" else value)
    elif name in _PEOPLE and "||" in value:  # family || given
        family, _, given = value.partition("||")
        role = "bookauthor" if name == "container-author" else name
        record.people.setdefault(role, []).extend(
            people_of([{"family": family.strip(), "given": given.strip()}])
        )
    else:
        return False
    return True
