"""What EndNote's fields mean in each type of publication → a ``Record``; for its XML and its tagged form."""

import re

from kb.read.foreign.dates import edtf, put_date
from kb.read.foreign.kinds import CONTAINERS, put_kind
from kb.read.foreign.record import Record
from kb.read.foreign.tagged import Tagged, put_people
from kb.read.foreign.values import (
    languages_of,
    put_addresses,
    put_doi,
    put_preprint,
    put_serials,
    whole_range,
    without_html,
)

_OF_INSTITUTIONS = frozenset(("thesis", "report"))
_OF_PAGES = frozenset(("book", "collection", "proceedings", "thesis", "report"))
_PAGE_COUNT = re.compile(r"(\d{1,5}) ?(?:p|pp|pages?|s|seiten)?\.?", re.IGNORECASE)
_CITEKEY = re.compile(r"(?=.*[A-Za-z])(?=.*\d)\S{4,60}")
_NEXT_ADDRESS = re.compile(r"[ ,;]+(?=https?://)")
_PMC = re.compile(r"PMC\d{4,9}", re.IGNORECASE)
_PMID = re.compile(r"(?:PMID:? ?)?(\d{5,9})", re.IGNORECASE)
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def record_of(tagged: Tagged) -> Record:
    """The publication that a record's fields describe, under the names that EndNote's XML has."""
    record = Record(line=tagged.line)
    _kind(tagged, record)
    _titles(tagged, record)
    _people(tagged, record)
    _identifiers(tagged, record)
    _places(tagged, record)
    _publication(tagged, record)
    _words(tagged, record)
    tagged.rest(record)
    return record


def _kind(tagged: Tagged, record: Record) -> None:
    written = tagged.first("ref-type")
    if written:
        put_kind(record, written)
    elif "secondary-title" in tagged.values:
        record.type = "article" if "volume" in tagged.values or "number" in tagged.values else "misc"
    elif "publisher" in tagged.values:
        record.type = "book"
    if record.type == "proceedings" and {"secondary-title", "pages"} & set(tagged.values):
        record.type = "inproceedings"  # what EndNote calls Conference Proceedings is a paper in them
        record.fields.pop("reftype", None)


def _titles(tagged: Tagged, record: Record) -> None:
    title = tagged.first("title")
    record.put_marked("title", title)
    short = tagged.first("short-title")
    record.put_marked("shorttitle", short if short != title else "")
    second = tagged.first("secondary-title")
    full = tagged.first("full-title")
    container = CONTAINERS.get(record.type, "")
    if container:
        record.put_marked(container, second or full)
        if full and second and full.lower() != second.lower():
            tagged.add("full-title", full)
        abbreviation = tagged.first("abbr-1", "alt-title")
        if abbreviation.lower() != (second or full).lower():
            record.put_marked(
                "shortjournal" if container == "journaltitle" else "shorttitleofbook", abbreviation
            )
        record.put_marked("series", tagged.first("tertiary-title"))
    else:
        record.put_marked("department" if record.type == "thesis" else "series", second)


def _people(tagged: Tagged, record: Record) -> None:
    authors, second, third = (
        tagged.lines("author"),
        tagged.lines("secondary-author"),
        tagged.lines("tertiary-author"),
    )
    if record.type == "thesis":
        put_people(record, "advisor", third or second)
        tagged.leave("secondary-author", second if third else [])
    elif record.type in {"patent", "legislation", "jurisdiction"}:
        tagged.leave("secondary-author", second)
        tagged.leave("tertiary-author", third)
    elif record.type in {"book", "collection"}:
        put_people(record, "editor", authors if record.type == "collection" else third)
        put_people(record, "serieseditor", second)
        tagged.leave("tertiary-author", third if record.type == "collection" else [])
    else:
        put_people(record, "editor", second)
        put_people(record, "serieseditor", third)
    if record.type != "collection":
        put_people(record, "author", authors)
    put_people(record, "translator", tagged.lines("subsidiary-author"))


def _identifiers(tagged: Tagged, record: Record) -> None:
    label = tagged.first("label")
    if _CITEKEY.fullmatch(label):
        record.citekey = label
    else:
        tagged.leave("label", [label])
    put_doi(record, tagged.lines("electronic-resource-num"))
    tagged.leave("url", put_addresses(record, _addresses(tagged)))
    record.put("file", "; ".join(tagged.lines("pdf")))
    central, number = tagged.first("custom2"), tagged.first("accession-num")
    found = _PMC.fullmatch(central)
    record.put("pmcid", central if found else "")
    tagged.leave("custom2", [] if found else [central])
    database = " ".join(
        value
        for name in ("remote-database-name", "remote-database-provider")
        for value in tagged.values.get(name, ())
    )
    pmid = _PMID.fullmatch(number)
    of_pubmed = (
        _PUBMED.search(database) or "pubmed" in record.fields.get("url", "") or number[:4].upper() == "PMID"
    )
    if pmid and of_pubmed:
        record.put("pmid", pmid[1])
    else:
        tagged.leave("accession-num", [number])


def _addresses(tagged: Tagged) -> list[str]:
    return [one for line in tagged.lines("url") for one in _NEXT_ADDRESS.split(line)]


def _places(tagged: Tagged, record: Record) -> None:
    for name, field in (
        ("volume", "volume"),
        ("number", "number"),
        ("issue", "number"),
        ("edition", "edition"),
    ):
        record.put(field, tagged.first(name))
    record.put("volumes", tagged.first("num-vols"))
    if record.type == "article" and edtf(record.fields.get("edition", "")):
        record.put("epubdate", edtf(record.fields.pop("edition")))  # what the field means there
    pages = tagged.first("pages")
    count = _PAGE_COUNT.fullmatch(pages) if record.type in _OF_PAGES else None
    if count:
        record.put("pagetotal", count[1])
    else:
        record.put("pages", whole_range(pages))
    if record.type == "article":
        record.put("eid", tagged.first("article-number", "custom7"))
        start = tagged.first("section")
        if not pages or not pages.startswith(start):
            record.put("pages" if not pages and start.isdecimal() else "section", start)
    numbers = tagged.lines("isbn")
    left = put_serials(record, numbers)
    if record.type in {"report", "patent"} and left:
        record.put("number", left.pop(0))
    tagged.leave("isbn", left)


def _publication(tagged: Tagged, record: Record) -> None:
    record.put("institution" if record.type in _OF_INSTITUTIONS else "publisher", tagged.first("publisher"))
    record.put("location", tagged.first("pub-location"))
    language = tagged.first("language")
    record.put("language", languages_of(language))
    tagged.leave("language", [language] if languages_of(language) != language.strip(" .") else [])
    tagged.leave("pub-date", put_date(record, tagged.take("year", "pub-date")))
    visited = tagged.first("access-date")
    record.put("urldate", edtf(visited))
    tagged.leave("access-date", [] if edtf(visited) else [visited])
    if record.type not in {"article", "inproceedings"}:
        record.put("type", tagged.first("work-type"))
    if record.type in {"article", "online", "misc", "unpublished"}:
        server = f"{record.fields.get('journaltitle', '')} {record.fields.get('howpublished', '')}"
        put_preprint(record, f"{server} {record.fields.get('publisher', '')}")


def _words(tagged: Tagged, record: Record) -> None:
    abstract = "\n\n".join(tagged.take("abstract"))
    record.put_marked("abstract", abstract)
    for line in tagged.lines("keyword"):
        record.keywords += filter(None, map(str.strip, line.split(";")))
    record.notes += [without_html(note) for note in tagged.take("notes", "research-notes")]
    record.put("affiliation", "; ".join(tagged.lines("auth-address", "auth-affiliation")))
