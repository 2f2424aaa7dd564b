"""What a PubMed record says of other publications: corrections, comments, and what it cites."""

import re
from sys import intern  # a large file says the same years and journals a hundred thousand times
from xml.etree.ElementTree import Element

from kb import ids
from kb.read.foreign.elements import text
from kb.read.foreign.persons import person
from kb.read.foreign.record import Record
from kb.read.foreign.values import whole_range

# In the order of their weight: a retracted article may have been corrected before
_STATUSES = ("retracted", "concern", "corrected")
_STATUS_OF_LINK = {
    "RetractionIn": "retracted",
    "PartialRetractionIn": "corrected",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "corrected",
    "CorrectedandRepublishedIn": "corrected",
    "RetractedandRepublishedIn": "retracted",
}
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
# "2015;27(3):123-45" and "2015 Mar;27(3):123-45", as NLM writes it
_PLACE = re.compile(
    r"(?P<year>(?:1[6-9]|20)\d\d)[^;:()]{0,20};\s*(?P<volume>[\w.-]{1,12})\s*"
    r"(?:\((?P<number>[^()]{1,20})\))?\s*:\s*(?P<pages>[A-Za-z]?\d[\w.-]*(?:\s?[-–]\s?[A-Za-z]?\d+)?)"
)
_FIRST = re.compile(r"(?P<name>[^\W\d_][^\d.,;:()]{0,40}? [^\W\d_a-zß-ÿ]{1,3})(?=[,.:;]| et al)")
# "Family I, Family I. Title. Journal. 2015;…"
_PARTS = re.compile(
    r"(?P<names>[^.]{3,2000}?)\.\s+(?P<title>[^.?]{8,400}[.?])\s+(?P<journal>[^.;:]{2,120}?)\.?\s*$"
)
# "Family I, Family I, 2015. Title. Publisher." and "Family I (2015). Title. Publisher"
_BOOK = re.compile(
    r"(?P<names>[^.\d()]{3,2000}?(?:\bet al\.?)?),?\s{1,3}\(?(?P<year>(?:1[6-9]|20)\d\d)\)?[.:]\s+"
    r"(?P<title>[^.?]{2,400})[.?]\s+(?P<publisher>[^.;:\d]{2,80})\.?\s*"
)
_ANOTHER = re.compile(r",?\s*(?:(?:and|&)\s+)?[^\W\d_]|[\s,]+et al")
_JOURNAL = re.compile(r"[^.,;:]{2,80}\.?")
_NAME_LIST = re.compile(r"[^\W\d_][^\d,;:()]{0,40} [^\W\d_a-zß-ÿ]{1,3}(?:,? (?:Jr|Sr|2nd|3rd))?")


def put_publication_types(record: Record, element: Element) -> None:
    """What PubMed says the publication is: its status, whether it is a preprint, and all of it as written."""
    kinds = [text(child) for child in element] if len(element) else [text(element)]
    if "Retracted Publication" in kinds:
        _put_status(record, "retracted", "PubMed")
    before = record.fields.get("publicationtype", "")
    record.fields.pop("publicationtype", None)
    record.put("publicationtype", "; ".join(filter(None, [before, *kinds])))


def put_corrections(record: Record, element: Element) -> None:
    """What corrects, retracts or discusses it, and what it corrects; old records list what they cite here."""
    notes = []
    for child in element:
        kind, source, pmid = child.get("RefType", ""), text(child.find("RefSource")), text(child.find("PMID"))
        if kind == "Cites":
            record.references.append(cited(source, {"pmid": pmid}))
            continue
        status = _STATUS_OF_LINK.get(kind, "")
        where = f"{source} (PMID {pmid})" if pmid else source
        if status:
            _put_status(record, status, f"PubMed: {_spoken(kind)} {where}")
        notes.append(f"{_spoken(kind)}: {where}")
    if record.references:
        record.put("citeslist", "partial")  # these were only ever the items that PubMed holds itself
    record.put("relatednote", "; ".join(notes))


def put_references(record: Record, element: Element) -> None:
    """The reference list, in place of an older and shorter one."""
    found = [_reference(item) for item in element.iter("Reference")]
    listed = [one for one in found if one.fields]
    if listed:
        record.references = listed
        record.fields["citeslist"] = "complete"


def cited(citation: str, numbers: dict[str, str]) -> Record:
    """The cited work that a reference as NLM writes it stands for, as far as it can be told for certain.

    >>> cited("Seto MC, Eke AW. The criminal histories. Sex Abuse. 2005;17(2):201-10.", {}).fields["title"]
    'The criminal histories'
    """
    record = Record("misc")
    record.put("reference", citation)
    for name, number in numbers.items():
        record.put(name, number)
    if citation:
        record.put("doi", ids.doi(citation))
        _put_parts(record, citation)
    return record


def put_place(record: Record, citation: str) -> re.Match[str] | None:
    """Set year, volume, issue and pages from a citation in NLM's form; returns where in it they stand."""
    place = _PLACE.search(citation)
    if place:
        record.put("date", intern(place["year"]))
        record.put("volume", intern(place["volume"]))
        record.put("number", place["number"] or "")
        record.put("pages", whole_range(place["pages"].replace(" ", "").rstrip(".")))
    return place


def _reference(element: Element) -> Record:
    citation, numbers = "", {}
    for child in element:
        if child.tag == "Citation":
            citation = text(child)
        elif child.tag == "ArticleIdList":
            numbers = {child_id.get("IdType", ""): text(child_id) for child_id in child}
    known = {"doi": "doi", "pubmed": "pmid", "pmc": "pmcid"}
    return cited(citation, {known[name]: number for name, number in numbers.items() if name in known})


def _put_parts(record: Record, citation: str) -> None:
    place = put_place(record, citation)
    if place:
        record.type = "article"
        before = citation[: place.start()].rstrip()
        parts = _PARTS.fullmatch(before)
        if parts and _put_names(record, parts["names"]):
            record.put("title", parts["title"].rstrip(" ."))
            record.put("journaltitle", intern(parts["journal"]))
            return
        if _JOURNAL.fullmatch(before):
            record.put("journaltitle", before.rstrip("."))
            return
    else:
        years = _YEAR.findall(citation)
        record.put("date", years[0] if len(set(years)) == 1 else "")
        book = _BOOK.fullmatch(citation)
        if book and _put_names(record, book["names"]):
            record.put("title", book["title"].strip())
            record.put("publisher", book["publisher"].strip())
            return
    first = _FIRST.match(citation)
    if first:
        record.people["author"] = [person(first["name"])]
        if _ANOTHER.match(citation, first.end()):
            record.more.add("author")


def _put_names(record: Record, names: str) -> bool:
    """Set the authors, if all that stands there is names."""
    listed = [name.strip() for name in names.split(",")]
    more = listed[-1].lower() in ("et al", "et al.", "others")
    if more:
        listed.pop()
    if not listed or not all(map(_NAME_LIST.fullmatch, listed)):
        return False
    record.people["author"] = [person(name) for name in listed]
    if more:
        record.more.add("author")
    return True


def _put_status(record: Record, status: str, source: str) -> None:
    before = record.fields.get("status", "")
    if not before or _STATUSES.index(status) < _STATUSES.index(before):
        record.fields.pop("statussource", None)
        record.fields["status"] = status
        record.put("statussource", source)
    elif before == status and record.fields.get("statussource") == "PubMed":
        record.fields.pop("statussource")
        record.put("statussource", source)


def _spoken(kind: str) -> str:
    """A name such as RetractionIn, as words."""
    return _CAPITALS.sub(" ", kind).capitalize()
