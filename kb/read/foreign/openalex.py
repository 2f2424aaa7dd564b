"""OpenAlex's works (docs.openalex.org): one, a list, a page of the API, JSON Lines; whole or selected."""

import re

from kb.ids import doi
from kb.model import Entry, Name, Problem
from kb.read.foreign.dates import edtf
from kb.read.foreign.jsonfile import read_records
from kb.read.foreign.jsonvalues import Json, mapping, mappings, text, texts, with_orcid
from kb.read.foreign.persons import person
from kb.read.foreign.record import Record
from kb.read.foreign.values import page_range, put_preprint

_LOOKS = re.compile(
    r'"id"\s*:\s*"https://openalex\.org/W\d|"abstract_inverted_index"\s*:|"authorships"\s*:\s*\['
    r'|"referenced_works"\s*:\s*\[|"groups_count"\s*:|"openalex"\s*:\s*"https://openalex\.org/W\d'
)
_WORK = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?([Ww]\d{1,20})")
_PUBMED = re.compile(r"(\d{1,10})/?$")
_CENTRAL = re.compile(r"(?:PMC)?(\d{1,10})/?$", re.IGNORECASE)
_TYPES = {
    "article": "article",
    "journal-article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "erratum": "article",
    "retraction": "article",
    "book": "book",
    "monograph": "book",
    "reference-book": "book",
    "edited-book": "collection",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "book-part": "incollection",
    "reference-entry": "inreference",
    "proceedings-article": "inproceedings",
    "conference-paper": "inproceedings",
    "proceedings": "proceedings",
    "dissertation": "thesis",
    "report": "report",
    "preprint": "online",
    "posted-content": "online",
    "dataset": "dataset",
    "database": "dataset",
    "software": "software",
}
_NAMED = frozenset(("letter", "editorial", "erratum", "retraction"))  # articles of a kind that has a name
_IN_BOOKS = frozenset(("incollection", "inproceedings", "inreference"))
_BY_A_BODY = frozenset(("thesis", "report"))


def looks(head: str) -> bool:
    """Whether the beginning of a file is OpenAlex's JSON."""
    return head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and bool(_LOOKS.search(head))


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of OpenAlex's works, with their reference lists, and what is wrong with them."""
    return read_records(content, path, _work, encoding=encoding)


def _work(work: Json, _: Json) -> Record | None:
    title = text(work.get("title")) or text(work.get("display_name"))
    identifiers = mapping(work.get("ids"))
    number = _number(work.get("id")) or _number(identifiers.get("openalex"))
    if not (title or number or text(work.get("doi")) or text(identifiers.get("doi"))):
        return None
    record = Record(_type(work))
    record.put_marked("title", title)
    record.put("openalex", number)
    _put_people(record, work)
    _put_date(record, work)
    _put_source(record, work)
    _put_identifiers(record, work, identifiers)
    record.put("langid", text(work.get("language")))
    if text(work.get("abstract")):
        record.put_marked("abstract", text(work.get("abstract")))
    else:
        record.put("abstract", _abstract(work.get("abstract_inverted_index")))
    record.keywords += _keywords(work)
    if work.get("is_retracted") is True:
        record.put("status", "retracted")
        record.put("statussource", "OpenAlex")
    _put_references(record, work)
    return record


def _type(work: Json) -> str:
    """BibLaTeX's type, from OpenAlex's own, Crossref's where that says more, and the kind of source."""
    own, crossref = text(work.get("type")).lower(), text(work.get("type_crossref")).lower()
    kind = (
        _TYPES.get(own) or _TYPES.get(crossref) or ("misc" if own else "article" if _source(work) else "misc")
    )
    finer = _TYPES.get(crossref, kind)
    if kind == "article" and finer in ("inproceedings", "online", "incollection"):
        return finer
    if kind == "article" and text(_source(work).get("type")) == "conference":
        return "inproceedings"
    return kind


def _number(value: object) -> str:
    """A work's number, W…, bare or at the end of its address."""
    found = _WORK.fullmatch(value) if isinstance(value, str) else None
    return found[1].upper() if found else ""


def _source(work: Json) -> Json:
    """The journal, book or site; ``host_venue`` was its name until 2023."""
    return mapping(mapping(work.get("primary_location")).get("source")) or mapping(work.get("host_venue"))


def _put_people(record: Record, work: Json) -> None:
    authors: list[Name] = []
    for authorship in mappings(work.get("authorships")):
        author = mapping(authorship.get("author"))
        name = text(author.get("display_name")) or text(authorship.get("raw_author_name"))
        if name:
            authors.append(with_orcid(person(name), author.get("orcid")))
    if authors:
        record.people["author"] = authors
    if work.get("is_authors_truncated") is True:
        record.more.add("author")


def _put_date(record: Record, work: Json) -> None:
    year, day = text(work.get("publication_year")), text(work.get("publication_date"))
    # OpenAlex gives the first of January to what it knows the year of only
    finer = day if day[:4] == year or not year else ""
    record.put("date", year if finer.endswith("-01-01") and year else edtf(finer) or year)


def _put_source(record: Record, work: Json) -> None:
    source, biblio = _source(work), mapping(work.get("biblio"))
    place = mapping(work.get("primary_location"))
    name = text(source.get("display_name")) or text(place.get("raw_source_name"))
    publisher = text(source.get("host_organization_name")) or text(source.get("publisher"))
    kind = text(work.get("type")).lower()
    if kind in _NAMED:
        record.put("entrysubtype", kind)
    if record.type == "online":
        record.put("pubstate", "preprint")
        record.put("howpublished", name)
    elif record.type in _BY_A_BODY:
        record.put("institution", publisher or name)
    elif record.type in _IN_BOOKS:
        record.put("booktitle", name)
    else:
        record.put("journaltitle", name)
    record.put("publisher", publisher)
    record.put("volume", text(biblio.get("volume")))
    record.put("number", text(biblio.get("issue")))
    record.put("pages", page_range(text(biblio.get("first_page")), text(biblio.get("last_page"))))
    record.put("issn", text(source.get("issn_l")) or text(source.get("issn")))


def _put_identifiers(record: Record, work: Json, identifiers: Json) -> None:
    given = text(work.get("doi")) or text(identifiers.get("doi"))
    record.put("doi", doi(given) or given)
    for name, form in (("pmid", _PUBMED), ("pmcid", _CENTRAL)):
        found = form.search(text(identifiers.get(name)))
        if found:
            record.put(name, f"PMC{found[1]}" if name == "pmcid" else found[1])
    place = mapping(work.get("primary_location"))
    address = text(place.get("landing_page_url")) or text(mapping(work.get("host_venue")).get("url"))
    if address and not (record.fields.get("doi") and "doi.org/" in address.lower()):
        record.put("url", address)
    if record.type == "online":
        put_preprint(record, f"{text(_source(work).get('display_name'))} {address}")


def _abstract(index: object) -> str:
    """The abstract of its words with their places."""
    placed: dict[int, str] = {}
    for word, places in mapping(index).items():
        for place in places if isinstance(places, list) else ():
            if type(place) is int and place >= 0:
                placed[place] = word
    return text(" ".join([placed[place] for place in sorted(placed)]))


def _keywords(work: Json) -> list[str]:
    """Keywords, topics and medical subject headings; the older concepts only where there are none."""
    found = [
        text(one.get("display_name")) or text(one.get("keyword")) or text(one.get("descriptor_name"))
        for name in ("keywords", "topics", "mesh")
        for one in mappings(work.get(name))
    ]
    found += texts(work.get("keywords"))
    if not any(found):
        found = [text(one.get("display_name")) for one in mappings(work.get("concepts"))]
    return [word for word in found if word]


def _put_references(record: Record, work: Json) -> None:
    given = work.get("referenced_works")
    listed = [number for one in given if (number := _number(one))] if isinstance(given, list) else []
    record.references = [Record(fields={"openalex": number}) for number in dict.fromkeys(listed)]
    if listed:
        record.put("citeslist", "partial")  # it lists only what it could link, and counts no others
