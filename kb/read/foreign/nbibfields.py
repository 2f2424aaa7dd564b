"""What PubMed's tags mean → a ``Record``."""

import re
from dataclasses import replace

from kb.model import Name
from kb.read.foreign.dates import edtf, put_date, span
from kb.read.foreign.persons import body, person
from kb.read.foreign.record import Record
from kb.read.foreign.tagged import MOST_NAMES, Tagged
from kb.read.foreign.values import put_doi, put_preprint, put_serials, whole_range

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_ONE_PLACE = re.compile(r"[A-Za-z]{1,4}-?\d+")
_SUFFIX = re.compile(r"(.+?) (Jr|Sr|2nd|3rd|4th|I{2,3}|IV)\.?")
_TYPED = re.compile(r"(.+?)\s*\[(doi|pii|isbn|bookaccession)\]", re.IGNORECASE | re.DOTALL)
_TRANSLATED = re.compile(r"\[(.+)\]\.?", re.DOTALL)
_OTHERS = ("et al", "others")
_TYPES = (
    ("preprint", "online"),
    ("dataset", "dataset"),
    ("newspaper article", "article"),
    ("academic dissertation", "thesis"),
    ("technical report", "report"),
)
# Relations to other records, in the words of PubMed's own pages
_RELATIONS = {
    "CIN": "Comment in",
    "CON": "Comment on",
    "CRF": "Corrected and republished from",
    "CRI": "Corrected and republished in",
    "DDIN": "Dataset described in",
    "DRIN": "Dataset use reported in",
    "ECF": "Expression of concern for",
    "ECI": "Expression of concern in",
    "EFR": "Erratum for",
    "EIN": "Erratum in",
    "ORI": "Original report in",
    "PRIN": "Partial retraction in",
    "PROF": "Partial retraction of",
    "RIN": "Retraction in",
    "ROF": "Retraction of",
    "RPF": "Republished from",
    "RPI": "Republished in",
    "RRF": "Retracted and republished from",
    "RRI": "Retracted and republished in",
    "SPIN": "Summary for patients in",
    "UIN": "Update in",
    "UOF": "Update of",
}
_NAMES = {
    "AD": "affiliation",
    "COIS": "coi",
    "OAB": "otherabstract",
    "CI": "copyright",
    "GR": "grant",
    "SI": "databank",
    "RN": "substance",
    "FPS": "personalnamesubject",
}
# What says nothing of the publication that is not said elsewhere: PubMed's own days, states and numbers
_HOUSEKEEPING = ("OWN", "STAT", "LR", "JID", "EDAT", "PHST", "PST", "SO", "CRDT", "MHDA", "DCOM", "DA")
_STATUSES = (
    ("retracted", ("RIN", "RRI"), "retracted publication"),
    ("concern", ("ECI",), ""),
    ("corrected", ("EIN", "CRI", "PRIN"), "corrected and republished article"),
)


def record_of(tagged: Tagged) -> Record:
    """The publication that a record's lines describe."""
    record = Record("article", tagged.line)
    kinds = tagged.take("PT")
    _people(tagged, record)
    _status(tagged, record, {kind.lower() for kind in kinds})
    _titles(tagged, record)
    _type(tagged, record, {kind.lower() for kind in kinds})
    _identifiers(tagged, record)
    _issue(tagged, record)
    record.put_marked("abstract", tagged.first("AB") or tagged.first("OAB"))
    _words(tagged, record)
    record.put("publicationtype", "; ".join(kinds))
    record.notes += tagged.take("GN")
    for tag, name in _NAMES.items():  # as the reader of PubMed's XML calls them
        record.put(name, "; ".join(dict.fromkeys(tagged.take(tag))))
    tagged.take(*_HOUSEKEEPING)
    tagged.rest(record)
    return record


def _words(tagged: Tagged, record: Record) -> None:
    """The authors' keywords, and the descriptors of MeSH; its whole headings stand in ``mesh``."""
    headings = tagged.take("MH")
    terms = [heading.split("/")[0] for heading in headings]
    listed = [*terms, *tagged.take("OT", "NM")]
    record.keywords += [word for one in listed if (word := one.strip("* ").rstrip("."))]
    record.put("mesh", "; ".join(headings))


def _people(tagged: Tagged, record: Record) -> None:
    authors = _names(tagged.values, "FAU", "AU")
    authors += [body(name.rstrip(".")) for name in tagged.values.get("CN", ())]
    record.people["author"] = authors
    record.people["editor"] = _names(tagged.values, "FED", "ED")
    record.people["collaborator"] = _names(tagged.values, "FIR", "IR")
    for role, tags in (("author", ("FAU", "AU")), ("editor", ("FED", "ED")), ("collaborator", ("FIR", "IR"))):
        if any(len(tagged.values.get(tag, ())) > MOST_NAMES for tag in tags):
            record.more.add(role)
    last = (tagged.values.get("AU") or tagged.values.get("FAU") or [""])[-1]
    if last.rstrip(".").lower() in _OTHERS:
        record.more.add("author")
    for tag in ("FAU", "AU", "AUID", "CN", "FED", "ED", "FIR", "IR"):
        tagged.values.pop(tag, None)


def _names(values: dict[str, list[str]], full: str, short: str) -> list[Name]:
    """The names in full where they are given so; ``tagged`` has joined AUID to the name before it."""
    names = []
    for text in (values.get(full) or values.get(short, []))[:MOST_NAMES]:
        written, _, number = text.partition("\x1f")
        orcid = _ORCID.search(number)
        if written.rstrip(".").lower() in _OTHERS:
            continue
        name = _named(written)
        names.append(replace(name, orcid=orcid[0]) if orcid else name)
    return names


def _named(text: str) -> Name:
    family, _, given = text.partition(",")
    found = _SUFFIX.fullmatch(given.strip())
    return person(f"{family}, {found[1]}, {found[2]}" if found else text)


def _status(tagged: Tagged, record: Record, kinds: set[str]) -> None:
    """What PubMed says of the record's standing, and the notices that say so."""
    for status, tags, kind in _STATUSES:
        if kind in kinds or any(tag in tagged.values for tag in tags):
            record.put("status", status)
            record.put("statussource", "PubMed")
            break
    notes = [f"{said}: {text}" for tag, said in _RELATIONS.items() for text in tagged.take(tag)]
    record.put("relatednote", "; ".join(notes))


def _titles(tagged: Tagged, record: Record) -> None:
    title = tagged.first("TI")
    translated = _TRANSLATED.fullmatch(title)
    if translated:
        title = translated[1]
    record.put_marked("title", _without_stop(title))
    record.put_marked("origtitle", _without_stop(tagged.first("TT")))
    book, collection = tagged.first("BTI"), tagged.first("CTI")
    if book and "title" not in record.fields:
        record.put_marked("title", _without_stop(book))
        record.type = "book"
    elif book:
        record.put_marked("booktitle", _without_stop(book))
        record.type = "incollection"
    record.put_marked("series", _without_stop(collection))
    record.put("journaltitle", tagged.first("JT").replace(" : ", ": ").rstrip("."))
    short = tagged.first("TA")
    record.put("shortjournal" if "journaltitle" in record.fields else "journaltitle", short)


def _without_stop(title: str) -> str:
    """A title without the full stop that PubMed sets behind every one."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _type(tagged: Tagged, record: Record, kinds: set[str]) -> None:
    for kind, made in _TYPES:
        if kind in kinds and record.type == "article":
            record.type = made
            record.put("pubstate", "preprint" if kind == "preprint" else "")
            record.put("entrysubtype", "newspaper" if kind.startswith("newspaper") else "")
            if made == "online":
                put_preprint(record, record.fields.get("journaltitle", ""))
            return
    if tagged.values.get("PST") == ["aheadofprint"]:
        record.put("pubstate", "prepublished")


def _identifiers(tagged: Tagged, record: Record) -> None:
    record.put("pmid", tagged.first("PMID"))
    record.put("pmcid", tagged.first("PMC"))
    piis: list[str] = []
    for text in tagged.take("AID", "LID"):
        found = _TYPED.fullmatch(text)
        kind, value = (found[2].lower(), found[1]) if found else ("", text)
        if kind == "doi":
            put_doi(record, [value])
        elif kind == "pii":
            piis.append(value)
        elif kind == "isbn":
            put_serials(record, [value])
        else:
            tagged.add("AID", text)
    record.put("pii", "; ".join(dict.fromkeys(piis)))
    tagged.leave("IS", put_serials(record, tagged.take("IS", "ISBN")))


def _issue(tagged: Tagged, record: Record) -> None:
    record.put("volume", tagged.first("VI"))
    record.put("number", tagged.first("IP"))
    pages = whole_range(tagged.first("PG"))
    record.put("eid" if _ONE_PLACE.fullmatch(pages) else "pages", pages)
    number = record.fields.get("pii", "").split(";")[0]
    if "pages" not in record.fields and _ONE_PLACE.fullmatch(number) and number.startswith("e"):
        record.put("eid", number)
    record.put("publisher", tagged.first("PB"))
    if record.type in {"book", "incollection"}:
        record.put("location", tagged.first("PL"))
    record.put("edition", tagged.first("EN"))
    languages = tagged.take("LA")
    record.put("language", languages[0] if languages else "")
    tagged.leave("LA", languages[1:])
    printed, online = tagged.first("DP"), tagged.first("DEP")
    if span(printed) and record.fields.get("pubstate") != "prepublished":
        record.put("date", span(printed))
    else:
        put_date(record, [text for text in (printed, online) if text])
    record.put("epubdate", edtf(online) or online)
