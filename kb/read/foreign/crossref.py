"""Crossref's works (api.crossref.org/works): one, a list, a page of the API, JSON Lines."""

import re
from collections.abc import Callable

from kb import ids
from kb.biblatex import latex
from kb.model import Entry, Name, Problem
from kb.read.foreign.jsonfile import read_records
from kb.read.foreign.jsonvalues import (
    Json,
    date_of,
    degree,
    joined,
    mapping,
    mappings,
    people_of,
    text,
    texts,
)
from kb.read.foreign.markup import unmarked
from kb.read.foreign.persons import person, spaced
from kb.read.foreign.record import Record
from kb.read.foreign.values import put_preprint
from kb.read.paper import reference_record

_LOOKS = re.compile(r'"(?:title|container-title)"\s*:\s*\[|"message-version"\s*:|"message-type"\s*:\s*"work')
_KIN = re.compile(r'"(?:DOI|message|message-type|container-title|type)"\s*:')
_TYPES = {
    "journal-article": "article",
    "book": "book",
    "monograph": "book",
    "reference-book": "book",
    "edited-book": "collection",
    "book-set": "book",
    "book-series": "book",
    "book-chapter": "incollection",
    "book-part": "incollection",
    "book-section": "incollection",
    "book-track": "incollection",
    "reference-entry": "inreference",
    "proceedings-article": "inproceedings",
    "proceedings": "proceedings",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "posted-content": "online",
    "dataset": "dataset",
    "database": "dataset",
    "software": "software",
}
_DATES = ("published-print", "published", "issued", "published-online", "posted", "published-other")
_ROLES = ("author", "editor", "translator", "chair")
_IN_BOOKS = frozenset(("incollection", "inproceedings", "inreference"))
_BY_A_BODY = frozenset(("thesis", "report"))
_STATUSES = {
    "retraction": "retracted",
    "partial_retraction": "retracted",
    "withdrawal": "retracted",
    "removal": "retracted",
    "expression_of_concern": "concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "addendum": "corrected",
}
_WORST = ("retracted", "concern", "corrected")
_RETRACTED = re.compile(r"(?:RETRACTED(?: ARTICLE)?|Retracted Article)\s*:")
_MOST_RELATED = 50
_LONGEST = 2_000  # characters of a reference that is taken apart; what is longer is none
_INITIALS_LAST = re.compile(
    r"(?P<family>(?:[^\W\d_][^\s.,]+ )+)(?P<given>(?:[^\W\d_a-z]\.?[ -]){1,4}[^\W\d_a-z]\.?)"
)
_TAG = re.compile(r"</?[A-Za-z:]{1,12}(?: [^<>]{0,80})?/?>")
_HEADING = re.compile(r"^\s*<(?:jats:)?title>\s*(?:abstract|summary)\s*</(?:jats:)?title>", re.IGNORECASE)


def _doi(given: str) -> str:
    return ids.doi(given) or given


# What an item of a reference list says: the field for it, and how it is put there
_REFERENCE: dict[str, tuple[str, Callable[[str], str]]] = {
    "DOI": ("doi", _doi),
    "year": ("date", str),
    "article-title": ("title", unmarked),
    "journal-title": ("journaltitle", unmarked),
    "volume-title": ("booktitle", unmarked),
    "series-title": ("series", unmarked),
    "volume": ("volume", latex),
    "issue": ("number", latex),
    "first-page": ("pages", latex),
    "edition": ("edition", latex),
    "ISBN": ("isbn", ids.isbn),
    "unstructured": ("reference", latex),
}


def looks(head: str) -> bool:
    """Whether the beginning of a file is Crossref's JSON: titles are lists there, and no texts as in CSL."""
    opened = head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    return opened and bool(_LOOKS.search(head)) and bool(_KIN.search(head))


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of Crossref's works, with their reference lists, and what is wrong with them."""
    updates: list[tuple[str, str]] = []

    def made(work: Json, _: Json) -> Record | None:
        updates.extend(_updates(work, "update-to"))
        return _work(work)

    listed, problems = read_records(content, path, made, encoding=encoding)
    _put_updates(listed, updates)
    return listed, problems


def references(record: Record, work: Json) -> None:
    """Put a reference list in Crossref's form into a record; it is complete if it is as long as it says."""
    listed = mappings(work.get("reference"))
    record.references += [_reference(one, record.line) for one in listed]
    count = text(work.get("reference-count")) or text(work.get("references-count"))
    if listed:
        record.put("citeslist", "complete" if count == str(len(listed)) else "partial")


def _work(work: Json) -> Record | None:
    title, number = text(work.get("title")), text(work.get("DOI"))
    if not (title or number or work.get("author") or work.get("container-title")):
        return None
    record = Record(_TYPES.get(text(work.get("type")).lower(), "misc"))
    for role in _ROLES:
        names = people_of(work.get(role)) if work.get(role) else []
        if names:
            record.people[role] = names
    if record.type == "book" and "editor" in record.people and "author" not in record.people:
        record.type = "collection"
    _put_titles(record, work)
    record.put("date", next((date for name in _DATES if (date := date_of(work.get(name)))), ""))
    _put_numbers(record, work, number)
    _put_publisher(record, work)
    abstract = text(work.get("abstract"))
    record.put_marked("abstract", _HEADING.sub("", abstract, count=1))
    record.keywords += texts(work.get("subject"))
    _put_standing(record, work, title)
    references(record, work)
    return record


def _put_titles(record: Record, work: Json) -> None:
    record.put_marked("title", text(work.get("title")))
    record.put_marked("subtitle", text(work.get("subtitle")))
    record.put_marked("shorttitle", text(work.get("short-title")))
    record.put_marked("origtitle", text(work.get("original-title")))
    containers = texts(work.get("container-title"))
    name = containers[-1] if record.type in _IN_BOOKS and containers else text(containers)
    if record.type in _IN_BOOKS:  # of a series and a book, the book stands last
        record.put_marked("booktitle", name)
        record.put_marked("series", containers[0] if len(containers) > 1 else "")
    elif record.type == "online":
        record.put_marked("howpublished", name or text(work.get("group-title")) or text(_institution(work)))
    elif record.type in ("book", "collection", "proceedings", "report"):
        record.put_marked("series", name)
    else:
        record.put_marked("journaltitle", name)
    short = text(work.get("short-container-title"))
    record.put_marked("shortjournal", short if short != name else "")
    event = mapping(work.get("event"))
    record.put_marked("eventtitle", text(event.get("name")))
    record.put("venue", text(event.get("location")))
    record.put("eventdate", date_of(event.get("start")))


def _put_numbers(record: Record, work: Json, number: str) -> None:
    record.put("doi", _doi(number))
    record.put("volume", text(work.get("volume")))
    record.put("number", text(work.get("issue")) or text(mapping(work.get("journal-issue")).get("issue")))
    record.put("pages", text(work.get("page")).replace("–", "-"))
    record.put("eid", text(work.get("article-number")))
    record.put("edition", text(work.get("edition-number")))
    record.put("part", text(work.get("part-number")))
    record.put("issn", joined(texts(work.get("ISSN"))))
    numbers = texts(work.get("ISBN"))
    record.put("isbn", next((found for one in numbers if (found := ids.isbn(one))), text(numbers)))
    address = text(mapping(mapping(work.get("resource")).get("primary")).get("URL")) or text(work.get("URL"))
    if address and not (number and "doi.org/" in address.lower()):
        record.put("url", address)
    record.put("langid", text(work.get("language")))


def _institution(work: Json) -> list[str]:
    return [name for one in mappings(work.get("institution")) if (name := text(one.get("name")))]


def _put_publisher(record: Record, work: Json) -> None:
    publisher = text(work.get("publisher"))
    if record.type in _BY_A_BODY:
        record.put("institution", text(_institution(work)) or publisher)
    record.put("publisher", publisher)
    record.put("location", text(work.get("publisher-location")))
    kind = text(work.get("degree"))
    if record.type == "thesis" and kind:
        record.put("type", degree(kind))
    if record.type == "online":
        record.put("pubstate", "preprint")
        put_preprint(record, f"{record.fields.get('howpublished', '')} {publisher}")
    elif record.type == "misc":
        record.put("entrysubtype", text(work.get("type")))


def _updates(work: Json, name: str) -> list[tuple[str, str]]:
    """(what became of it, DOI of the other) of each update."""
    found = (
        (text(one.get("type")).lower(), ids.doi(text(one.get("DOI")))) for one in mappings(work.get(name))
    )
    return [(kind, other) for kind, other in found if kind and other]


def _put_standing(record: Record, work: Json, title: str) -> None:
    """What later notices say of the work, and which other works it belongs to."""
    by = _updates(work, "updated-by")
    said = {_STATUSES[kind] for kind, _ in by if kind in _STATUSES}
    status = next((status for status in _WORST if status in said), "")
    if not status and _RETRACTED.match(title):
        status = "retracted"
    record.put("status", status)
    record.put("statussource", "Crossref" if status else "")
    sentences = [f"{_words(kind)} of doi:{other}" for kind, other in _updates(work, "update-to")]
    sentences += [f"{_words(kind)} in doi:{other}" for kind, other in by]
    for kind, others in mapping(work.get("relation")).items():
        sentences += [
            f"{_words(kind)} {'doi:' if text(one.get('id-type')) == 'doi' else ''}{text(one.get('id'))}"
            for one in mappings(others)
        ]
    record.put("relatednote", "; ".join(dict.fromkeys(sentences[:_MOST_RELATED])))


def _words(kind: str) -> str:
    """Crossref's name for a relation as a person reads it: ``is-preprint-of`` → “Is preprint of”."""
    return text(kind)[:60].replace("-", " ").replace("_", " ").capitalize()


def _put_updates(listed: list[Entry], updates: list[tuple[str, str]]) -> None:
    """A notice in the file says what became of the work that it is about, if that is in the file too."""
    by_doi = {entry.fields["doi"]: entry for entry in listed if "doi" in entry.fields} if updates else {}
    for status in _WORST:
        for kind, other in updates:
            if _STATUSES.get(kind) == status and other in by_doi and "status" not in by_doi[other].fields:
                by_doi[other].fields.update(status=status, statussource="Crossref")


def _reference(one: Json, line: int) -> Record:
    """An item of a reference list: what was parsed of it, and its text as given, read where need be."""
    fields = {
        rule[0]: made
        for name, value in one.items()
        if (rule := _REFERENCE.get(name)) and (said := text(value)) and (made := rule[1](said))
    }
    kind = "article" if "journaltitle" in fields else "incollection" if "booktitle" in fields else "misc"
    if kind == "incollection" and "title" not in fields:
        kind, fields["title"] = "book", fields.pop("booktitle")
    author = text(one.get("author", ""))
    record = Record(kind, line, fields=fields, people={"author": [_author(author)]} if author else {})
    whole = _TAG.sub("", text(one.get("unstructured", "")))
    if whole and len(whole) <= _LONGEST and "title" not in fields:
        _put_unsaid(record, whole)
    if whole and "doi" not in fields and (number := ids.doi(whole)):
        fields["doi"] = number
    return record


def _put_unsaid(record: Record, whole: str) -> None:
    """Take from the text of a reference what its parts do not say; all authors, if theirs is among them."""
    told = reference_record(whole, record.line)
    if record.type == "misc":
        record.type = told.type
    first = next((names[0].family for names in told.people.values()), "")
    own = record.people.get("author")
    if not own or own[0].family == first:
        record.people, record.more = told.people or record.people, told.more
    record.fields |= {name: value for name, value in told.fields.items() if name not in record.fields}


def _author(name: str) -> Name:
    """The first author of a reference; unlike elsewhere, “Andrews D. A.” is frequent."""
    found = _INITIALS_LAST.fullmatch(name) if len(name) <= _LONGEST else None
    return person(f"{found['family'].strip()}, {spaced(found['given'])}" if found else name)
