"""The cells of a row → a ``Record``."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from kb.ids import doi
from kb.model import Origin
from kb.read.foreign.authors import listed_people
from kb.read.foreign.dates import edtf, put_date
from kb.read.foreign.embase import put_embase_place
from kb.read.foreign.extra import put_extra
from kb.read.foreign.kinds import CONTAINERS, put_kind
from kb.read.foreign.pubmedlinks import put_place
from kb.read.foreign.record import Record
from kb.read.foreign.rows import Row
from kb.read.foreign.tagged import put_people
from kb.read.foreign.values import (
    languages_of,
    page_range,
    put_addresses,
    put_preprint,
    put_serials,
    whole_range,
    without_html,
)
from kb.read.strings import cited_references

_Cells: TypeAlias = dict[str, list[str]]

_PLAIN = (
    *(
        "volume",
        "eid",
        "edition",
        "series",
        "location",
        "pagetotal",
        "shorttitle",
        "affiliation",
        "file",
        "wos",
    ),
    *("shortjournal", "eventtitle"),
)
_OF_LINES = frozenset(("abstract", "author", "extra", "keywords", "notes", "references", "serial", "url"))
_ABSENT = re.compile(r"\[no [\w ]{1,40} available\]", re.IGNORECASE)  # as Scopus fills its empty cells
_YEARS = frozenset(("year", "date"))
_ROLES = ("editor", "translator", "serieseditor", "bookauthor")
_OF_INSTITUTIONS = frozenset(("thesis", "report"))
_CITEKEY = re.compile(r"(?=.*[a-z])(?=.*\d)(?!rayyan-)[A-Za-z][\w:.+-]{4,60}")
_NUMBER = re.compile(r"\d{4,9}(?:\.0)?")
_PMC = re.compile(r"(?:PMC)?(\d{4,9})", re.IGNORECASE)
_NLM = re.compile(r"https?://\S{1,40}\.nih\.gov/(?:\S{1,20}/)?(?=\w+/?$)|/$")  # where it shows a record
_BETWEEN = re.compile(r"[;|\n]")
_OPENALEX = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?([Ww]\d{1,20})")
_LISTED = 20  # characters of a reference list, at least; in Zotero the column means something else
_WORDS_OF_WOS = {"j": "article", "b": "book", "c": "conference paper", "s": "article", "p": "patent"}


def record_of(columns: list[str], row: Row, origin: Origin, *, semicolons: bool) -> Record:
    """The publication that a row describes, by what stands in its columns."""
    found = _by_meaning(columns, row)
    record = Record(line=row.line)
    _kind(found, record)
    titles = _all(found, "title")
    record.put_marked("title", "".join(titles[:1]))
    if titles[1:]:
        found["title"] = titles[1:]
    _put_people(found, record, semicolons=semicolons)
    _container(found, record)
    _numbers(found, record)
    _dates(found, record)
    _openalex(found, record)
    _identifiers(found, record)
    _words(found, record)
    _references(found, record, origin)
    for name, cells in found.items():
        record.keep(name.removeprefix("+"), "; ".join(cells))
    return record


def _by_meaning(columns: list[str], row: Row) -> _Cells:
    found: _Cells = {}
    for place, cell in enumerate(row.cells):
        name = columns[place] if place < len(columns) else f"+column{place + 1}"
        if cell and not _is_absent(name, cell):
            found.setdefault(name, []).append(cell if name in _OF_LINES else " ".join(cell.split()))
    return found


def _is_absent(name: str, cell: str) -> bool:
    """Whether a cell only says that nothing is known: year 0 is Publish or Perish's."""
    return bool(_ABSENT.fullmatch(cell)) or (name in _YEARS and not cell.strip("0"))


def _first(found: _Cells, *names: str) -> str:
    """The first cell with one of these meanings; the others stay."""
    for name in names:
        cells = found.get(name)
        if cells:
            cell = cells.pop(0)
            if not cells:
                del found[name]
            return cell
    return ""


def _all(found: _Cells, name: str) -> list[str]:
    return list(dict.fromkeys(found.pop(name, ())))


def _kind(found: _Cells, record: Record) -> None:
    written = _all(found, "kind")
    known = False
    for name in written:
        if not known:
            record.fields.pop("reftype", None)
            known = put_kind(record, _WORDS_OF_WOS.get(name.lower(), name))
        elif record.type not in {"article", "inproceedings"}:
            record.put("type", name)
    if any(name.lower() == "retracted" for name in written):
        record.type = "article"
        record.put("status", "retracted")
        record.put("statussource", "Scopus" if "scopus" in found else "document type in a table")
    elif not known:
        record.type = _inferred(found)


def _inferred(found: _Cells) -> str:
    """The type of a row that does not say one that we know."""
    if "booktitle" in found:
        return "incollection"
    if "container" in found:
        return "article"
    isbn = any("978" in cell or len(cell) == 10 for cell in found.get("serial", ()))
    return "book" if isbn or "publisher" in found else "misc"


def _put_people(found: _Cells, record: Record, *, semicolons: bool) -> None:
    full, short = _first(found, "fullauthor"), _first(found, "author")
    put_people(record, "author", listed_people(full or short, semicolons=semicolons))
    first = _first(found, "firstauthor")
    if first and not record.people.get("author"):
        put_people(record, "author", listed_people(first, semicolons=True))
        record.more.add("author")
    elif first and not _is_among(first, record):
        found["+firstauthor"] = [first]
    for role in _ROLES:
        for cell in _all(found, role):
            put_people(record, role, listed_people(cell, semicolons=semicolons))


def _is_among(name: str, record: Record) -> bool:
    """Whether one of the authors has a word of this name as family name."""
    words = {word.strip(".,").lower() for word in name.split()}
    return any(words & set(one.family.lower().split()) for one in record.people.get("author", ()))


def _container(found: _Cells, record: Record) -> None:
    name = CONTAINERS.get(record.type, "series")
    book = _first(found, "booktitle")
    if book and name not in {"journaltitle", "howpublished"}:
        record.put_marked(name, book)
    elif book:
        found.setdefault("+booktitle", []).append(book)
    container = _first(found, "container")
    if name in record.fields and record.type == "incollection":
        record.put_marked("series", container)
    else:
        record.put_marked(name, container)
    of_institution = record.type in _OF_INSTITUTIONS
    record.put("institution", _first(found, "institution") if of_institution else "")
    record.put("institution" if of_institution else "publisher", _first(found, "publisher"))
    if record.type in {"article", "online", "misc", "unpublished"}:
        put_preprint(record, f"{container} {record.fields.get('publisher', '')}")


def _numbers(found: _Cells, record: Record) -> None:
    for name in _PLAIN:
        record.put(name, _first(found, name))
    record.put("number", _first(found, "number", "othernumber"))
    pages = whole_range(_first(found, "pages"))
    record.put("pages", page_range(pages or _first(found, "firstpage"), _first(found, "lastpage")))
    left = put_serials(record, [part for cell in _all(found, "serial") for part in _BETWEEN.split(cell)])
    if left:
        found["+serialnumber"] = left
    for cell in _all(found, "place"):
        year = put_embase_place(record, cell)
        if year:
            found.setdefault("year", [year])
            continue
        if not {"volume", "pages"} & record.fields.keys():
            put_place(record, cell)
        found.setdefault("+citation", []).append(cell)


def _dates(found: _Cells, record: Record) -> None:
    year, month, day = (_first(found, name).removesuffix(".0") for name in ("year", "month", "day"))
    parts = [part for part in (year, month, day if month else "") if part]
    finer = ("-" if month.isdecimal() else " ").join(parts) if year and month else ""
    left = put_date(record, filter(None, [year, finer, *_all(found, "date")]))
    if left:
        found["+otherdate"] = left
    visited = _first(found, "urldate")
    record.put("urldate", edtf(visited.split(" ")[0]) or visited)


def _identifiers(found: _Cells, record: Record) -> None:
    for cell in _all(found, "doi"):
        record.put("doi", doi(cell) or cell)
    for cell in (_NLM.sub("", cell) for cell in _all(found, "pmid")):
        record.put("pmid" if _NUMBER.fullmatch(cell) else "pubmed", cell.removesuffix(".0"))
    for cell in (_NLM.sub("", cell) for cell in _all(found, "pmcid")):
        number = _PMC.fullmatch(cell)
        record.put("pmcid", f"PMC{number[1]}" if number else cell)
    for cell in _all(found, "citekey"):
        if _CITEKEY.fullmatch(cell) and not record.citekey:
            record.citekey = cell
        else:
            found.setdefault("+recordkey", []).append(cell)
    for cell in _all(found, "scopus"):
        record.put("scopus" if cell.startswith("2-s2.0") else "eid", cell)
    addresses = [part for cell in _all(found, "url") for part in cell.split()]
    own = [one for one in addresses if "scopus.com/inward" not in one]
    left = put_addresses(record, own) + [one for one in addresses if one not in own]
    if left:
        found["+link"] = left


def _openalex(found: _Cells, record: Record) -> None:
    """Its number, what it says of a retraction, and which of its works are cited."""
    for cell in _all(found, "openalex"):
        number = _OPENALEX.fullmatch(cell)
        record.put("openalex", number[1].upper() if number else cell)
    if any(cell.lower() in {"true", "1", "yes"} for cell in _all(found, "isretracted")):
        record.put("status", "retracted")
        record.put("statussource", "OpenAlex" if "openalex" in record.fields else "a table")
    listed = [part.strip() for cell in _all(found, "referenced") for part in _BETWEEN.split(cell)]
    works = [(part, _OPENALEX.fullmatch(part)) for part in dict.fromkeys(filter(None, listed))]
    record.references = [Record(fields={"openalex": work[1].upper()}) for _, work in works if work]
    left = [part for part, work in works if not work]
    if left:
        found["+referencedworks"] = left
    if record.references:
        record.put("citeslist", "partial")  # it lists only what it could link


def _words(found: _Cells, record: Record) -> None:
    record.put_marked("abstract", _first(found, "abstract"))
    language = _first(found, "language")
    record.put("language", languages_of(language))
    for cell in _all(found, "keywords"):
        record.keywords += _keywords(cell)
    record.notes += [without_html(cell) for cell in _all(found, "notes")]
    for cell in _all(found, "extra"):
        put_extra(record, cell)


def _keywords(cell: str) -> Iterable[str]:
    parts = _BETWEEN.split(cell)
    if len(parts) == 1 and cell.count(",") > 1:
        parts = cell.split(",")
    return filter(None, (part.strip("* ") for part in parts))


def _references(found: _Cells, record: Record, origin: Origin) -> None:
    for cell in found.get("references", [])[:]:
        listed = cited_references(cell, origin) if len(cell) > _LISTED else ()
        if listed:
            found["references"].remove(cell)
            record.references += [Record(one.type, origin.line, fields=one.fields) for one in listed]
            record.put("citeslist", "complete")
    if not found.get("references", True):
        del found["references"]
