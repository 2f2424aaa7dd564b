"""What Web of Science's tags mean → a ``Record``."""

import re
from dataclasses import replace

from kb.model import Name
from kb.read.foreign.dates import put_date
from kb.read.foreign.persons import body, person
from kb.read.foreign.record import Record
from kb.read.foreign.references import put_references
from kb.read.foreign.tagged import MOST_NAMES, Tagged
from kb.read.foreign.values import (
    is_nobody,
    languages_of,
    page_range,
    put_addresses,
    put_doi,
    put_preprint,
    put_serials,
)
from kb.text import fold

_LISTS = "AU AF BA BF BE ED CA GP DE ID OI RI WC SC EI SN BN"
LISTS = frozenset(_LISTS.split())
"""Tags that hold several things: one a line, or in a table parted by semicolons."""

_TYPES = (
    ("data set", "dataset"),
    ("data study", "dataset"),
    ("software", "software"),
    ("dissertation", "thesis"),
    ("thesis", "thesis"),
)
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def record_of(tagged: Tagged) -> Record:
    """The publication that a record's lines describe."""
    written = tagged.first("DT")
    kinds = written.lower()
    record = Record(_type(tagged, kinds), tagged.line)
    record.put("dt", written)
    _titles(tagged, record)
    _people(tagged, record)
    _identifiers(tagged, record)
    _issue(tagged, record, kinds)
    record.put_marked("abstract", tagged.first("AB"))
    record.keywords += _words(tagged, "DE")
    record.put("keywords-plus", "; ".join(_words(tagged, "ID")))
    if "retracted publication" in kinds or "withdrawn publication" in kinds:
        record.put("status", "retracted")
        record.put("statussource", "Web of Science")
    counted = tagged.first("NR")
    tagged.leave("NR", [counted])
    put_references(record, tagged.lines("CR"), counted=counted)
    tagged.rest(record)
    return record


def _type(tagged: Tagged, kinds: str) -> str:
    """The kind of publication: of the record's medium (J, B, S, P) and its document type."""
    medium = (tagged.take("PT") or ["J"])[0][:1].upper()
    known = next((made for word, made in _TYPES if word in kinds), "")
    if medium == "P" or known:
        return known or "patent"
    if medium == "J":
        return "article"
    if "proceedings" in kinds or "meeting" in kinds:
        return "inproceedings"
    title, source = (" ".join(tagged.values.get(tag, ())).lower() for tag in ("TI", "SO"))
    whole = kinds.startswith("book") and not kinds.startswith(("book chapter", "book review"))
    if "chapter" in kinds or (title and source and title != source and not whole):
        return "incollection"
    return "collection" if "BE" in tagged.values and "AU" not in tagged.values else "book"


def _titles(tagged: Tagged, record: Record) -> None:
    title, source = tagged.first("TI"), tagged.first("SO")
    record.put_marked("title", title)
    if record.type in {"book", "collection"}:
        record.put_marked("title", source)
    else:
        inside = "booktitle" if record.type in {"incollection", "inproceedings"} else "journaltitle"
        record.put_marked(inside, source)
    record.put_marked("series", " ".join(part for part in (tagged.first("SE"), tagged.first("BS")) if part))
    record.put("shortjournal" if record.type == "article" else "shorttitle", tagged.first("JI"))
    record.put("eventtitle", tagged.first("CT"))
    record.put("venue", tagged.first("CL"))


def _people(tagged: Tagged, record: Record) -> None:
    short, full = tagged.lines("AU"), tagged.lines("AF")
    named = full if len(full) >= len(short) else short
    if len(named) > MOST_NAMES:
        record.more.add("author")
    authors = [person(text) for text in named[:MOST_NAMES] if not is_nobody(text)]
    authors += [body(text) for text in tagged.lines("CA")]
    numbers = _orcids(tagged)
    record.people["author"] = [_with_orcid(name, numbers) for name in authors if name.family]
    short, full = tagged.lines("BA"), tagged.lines("BF")
    record.people["bookauthor"] = [person(text) for text in full or short]
    record.people["bookauthor"] += [body(text) for text in tagged.lines("GP")]
    record.people["editor"] = [person(text) for text in tagged.lines("BE", "ED")]


def _orcids(tagged: Tagged) -> dict[str, str]:
    """ORCIDs by names; ``OI`` has them as ``Seto, Michael/0000-0001-…``, wrapped over lines."""
    pairs = (part.rpartition("/") for part in " ".join("; ".join(tagged.take("OI")).split()).split(";"))
    return {_known(person(name)): number for name, _, number in pairs if _ORCID.fullmatch(number.strip())}


def _known(name: Name) -> str:
    """Family name and first initial: what tells the authors of one paper apart."""
    return fold(f"{name.particle} {name.family} {name.given[:1]}")


def _with_orcid(name: Name, numbers: dict[str, str]) -> Name:
    number = numbers.get(_known(name), "").strip()
    return replace(name, orcid=number) if number else name


def _identifiers(tagged: Tagged, record: Record) -> None:
    put_doi(record, [tagged.first("DI") or tagged.first("D2")])
    record.put("pmid", tagged.first("PM"))
    tagged.leave("BN", put_serials(record, tagged.lines("SN", "EI", "BN")))
    tagged.leave("UR", put_addresses(record, tagged.lines("UR")))


def _issue(tagged: Tagged, record: Record, kinds: str) -> None:
    record.put("volume", tagged.first("VL"))
    record.put("number", tagged.first("IS"))
    record.put("pages", page_range(tagged.first("BP"), tagged.first("EP")))
    record.put("eid", tagged.first("AR"))
    record.put("publisher", tagged.first("PU"))
    record.put("location", tagged.first("PI"))
    language = tagged.first("LA")
    record.put("language", languages_of(language))
    year, day, early = tagged.first("PY"), tagged.first("PD"), tagged.first("EA")
    if year or not early:
        tagged.leave("PD", put_date(record, [f"{day} {year}".strip()] if year else [day] if day else []))
        tagged.leave("EA", [early])
    else:
        put_date(record, [early])
        record.put("pubstate", "inpress")
    if "preprint" in kinds or record.type == "article":
        put_preprint(record, record.fields.get("journaltitle", ""))


def _words(tagged: Tagged, tag: str) -> list[str]:
    text = "; ".join(" ".join(value.split()) for value in tagged.take(tag))
    return [word for one in text.split(";") if (word := one.strip())]
