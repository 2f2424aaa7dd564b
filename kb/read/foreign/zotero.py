"""Zotero's own items, in Better BibTeX's JSON and from Zotero's web API: with tags, notes, collections."""

import re

from kb.ids import doi
from kb.read.foreign.dates import put_date
from kb.read.foreign.extra import put_extra
from kb.read.foreign.jsonvalues import (
    Json,
    arxiv,
    degree,
    field_name,
    mapping,
    mappings,
    people_of,
    text,
    texts,
)
from kb.read.foreign.persons import body
from kb.read.foreign.record import Record
from kb.read.foreign.values import put_preprint, without_html

_LOOKS = re.compile(
    r'"itemType"\s*:\s*"|"label"\s*:\s*"(?:Better ?BibTeX JSON|BetterBibTeX JSON)'
    r'|"collections"\s*:\s*\{\s*"[^"]{1,100}"\s*:\s*\{[^{}]*"(?:key|name|parent)"\s*:'
)
_TYPES = {
    "journalArticle": "article",
    "magazineArticle": "article",
    "newspaperArticle": "article",
    "book": "book",
    "bookSection": "incollection",
    "conferencePaper": "inproceedings",
    "encyclopediaArticle": "inreference",
    "dictionaryEntry": "inreference",
    "thesis": "thesis",
    "report": "report",
    "webpage": "online",
    "blogPost": "online",
    "forumPost": "online",
    "preprint": "online",
    "dataset": "dataset",
    "computerProgram": "software",
    "patent": "patent",
    "manuscript": "unpublished",
    "presentation": "unpublished",
    "statute": "legislation",
    "bill": "legislation",
    "hearing": "jurisdiction",
    "case": "jurisdiction",
    "standard": "standard",
}
_SUBTYPES = {"magazineArticle": "magazine", "newspaperArticle": "newspaper"}
_FIELDS = {
    "shortTitle": "shorttitle",
    "journalAbbreviation": "shortjournal",
    "volume": "volume",
    "issue": "number",
    "reportNumber": "number",
    "patentNumber": "number",
    "billNumber": "number",
    "publicLawNumber": "number",
    "docketNumber": "number",
    "seriesNumber": "seriesnumber",
    "edition": "edition",
    "place": "location",
    "numPages": "pagetotal",
    "numberOfVolumes": "volumes",
    "conferenceName": "eventtitle",
    "language": "langid",
    "versionNumber": "version",
    "rights": "rights",
    "callNumber": "callnumber",
    "libraryCatalog": "library",
    "archive": "archive",
    "archiveLocation": "archive_location",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "ISBN": "isbn",
    "ISSN": "issn",
    "url": "url",
}
_TYPE_FIELDS = (
    "thesisType",
    "reportType",
    "manuscriptType",
    "websiteType",
    "presentationType",
    "genre",
    "postType",
)
_CONTAINERS = (
    "publicationTitle",
    "bookTitle",
    "proceedingsTitle",
    "encyclopediaTitle",
    "dictionaryTitle",
    "websiteTitle",
    "blogTitle",
    "forumTitle",
    "programTitle",
    "repository",
    "reporter",
    "code",
)
_BODIES = ("publisher", "institution", "university", "company", "label", "studio", "distributor", "network")
_TITLES = ("title", "caseName", "nameOfAct", "subject")
_ROLES = {
    "bookAuthor": "bookauthor",
    "seriesEditor": "collection-editor",
    "reviewedAuthor": "reviewed-author",
}
_FIRST = """
    author programmer presenter inventor cartographer artist director interviewee podcaster performer composer
    sponsor
"""
_FIRST_ROLES = frozenset(_FIRST.split())
_IN_BOOKS = frozenset(("incollection", "inproceedings", "inreference"))
_ON_THE_WEB = frozenset(("online", "misc", "unpublished"))
_WHOLES = frozenset(("book", "collection", "dataset", "software", "standard"))
_BY_A_BODY = frozenset(("thesis", "report"))
_TAKEN = """
    itemType itemID itemKey key version libraryID uri select relations collections attachments notes tags
    creators dateAdded dateModified extra citationKey citekey date accessDate abstractNote
    DOI pages archiveID series seriesTitle
    data meta links library path mimeType linkMode contentType charset note
"""
_LEFT_OUT = frozenset(_TAKEN.split())
_DEEPEST = 20  # collections in collections


def looks(head: str) -> bool:
    """Whether the beginning of a JSON file is Zotero's own."""
    return bool(_LOOKS.search(head))


def is_item(item: Json) -> bool:
    """Whether a JSON object is an item of Zotero's, or holds one as the web API gives it."""
    return "itemType" in item or "itemType" in mapping(item.get("data"))


def record(item: Json, frame: Json) -> Record | None:
    """The publication that an item is; None for an attachment or a note that stands for itself."""
    item = mapping(item.get("data")) or item
    kind = text(item.get("itemType"))
    if kind in ("attachment", "annotation") or (kind == "note" and not text(item.get("note"))):
        return None
    made = Record(_TYPES.get(kind, "misc"))
    made.put("entrysubtype", _SUBTYPES.get(kind, "" if kind in _TYPES else kind.lower()))
    _put_people(made, item)
    if made.type == "book" and "editor" in made.people and "author" not in made.people:
        made.type = "collection"
    made.put_marked("title", next((title for name in _TITLES if (title := text(item.get(name)))), ""))
    put_date(made, texts(item.get("date")))
    made.put("urldate", text(item.get("accessDate"))[:10])
    for name, field in _FIELDS.items():
        if name in item:
            made.put(field, text(item[name]))
    _put_container(made, item)
    _put_numbers(made, item)
    made.put_marked("abstract", text(item.get("abstractNote")))
    made.keywords += _tags(item) + _collections(item, mapping(frame.get("collections")))
    put_extra(made, text(item.get("extra")))
    made.notes += _notes(item)
    made.citekey = text(item.get("citationKey")) or text(item.get("citekey")) or made.citekey
    _put_rest(made, item)
    return made


def _put_people(made: Record, item: Json) -> None:
    for creator in mappings(item.get("creators")):
        role = text(creator.get("creatorType")) or "author"
        family, given = text(creator.get("lastName")), text(creator.get("firstName"))
        whole = text(creator.get("name"))
        names = [body(whole)] if whole else people_of([{"family": family, "given": given}])
        if role in _FIRST_ROLES and role != "author" and made.people.get("author") is None:
            made.people["author"] = names
        else:
            field = "author" if role in _FIRST_ROLES else _ROLES.get(role, _name_of(role))
            made.people.setdefault(field, []).extend(names)


def _put_container(made: Record, item: Json) -> None:
    name = next((name for one in _CONTAINERS if (name := text(item.get(one)))), "")
    publisher = next((by for one in _BODIES if (by := text(item.get(one)))), "")
    if made.type in _IN_BOOKS:
        made.put_marked("booktitle", name)
    elif made.type in _WHOLES:
        made.put_marked("maintitle", name)
    elif made.type in _ON_THE_WEB:
        made.put_marked("howpublished", name)
    else:
        made.put_marked("journaltitle", name)
    made.put("institution" if made.type in _BY_A_BODY else "publisher", publisher)
    made.put_marked("series", text(item.get("series")) or text(item.get("seriesTitle")))
    kind = next((kind for one in _TYPE_FIELDS if (kind := text(item.get(one)))), "")
    if made.type == "thesis":
        kind = degree(kind)
    made.put("type", kind)


def _put_numbers(made: Record, item: Json) -> None:
    given = text(item.get("DOI"))
    made.put("doi", doi(given) or given)
    made.put("pages", text(item.get("pages")).replace("–", "-"))
    if "number" not in made.fields and "seriesnumber" in made.fields:
        made.fields["number"] = made.fields.pop("seriesnumber")
    if text(item.get("itemType")) == "preprint":
        made.put("pubstate", "preprint")
        put_preprint(made, f"{text(item.get('repository'))} {text(item.get('url'))}")
        made.put("eprint", arxiv(text(item.get("archiveID"))) or text(item.get("archiveID")))


def _tags(item: Json) -> list[str]:
    tags = item.get("tags")
    found = (
        [text(one.get("tag")) if isinstance(one, dict) else text(one) for one in tags]
        if isinstance(tags, list)
        else []
    )
    return [tag for tag in found if tag]


def _notes(item: Json) -> list[str]:
    """The notes under an item, and of a note by itself its text."""
    notes = item.get("notes")
    found = (
        [one.get("note") if isinstance(one, dict) else one for one in notes]
        if isinstance(notes, list)
        else []
    )
    return [note for one in [*found, item.get("note")] if (note := without_html(text(one)))]


def _collections(item: Json, collections: Json) -> list[str]:
    """The names of the collections that hold the item, with those that hold these."""
    if not collections:
        return []
    held = set(texts(item.get("collections")))
    names = {text(item.get(name)) for name in ("itemID", "itemKey", "key", "citationKey")} - {""}
    found = [
        key
        for key, one in collections.items()
        if key in held or not names.isdisjoint(texts(mapping(one).get("items")))
    ]
    words: dict[str, None] = {}
    for key in found:
        above = key
        for _ in range(_DEEPEST):
            one = mapping(collections.get(above))
            words[text(one.get("name"))] = None
            above = text(one.get("parent"))
            if not above:
                break
    return [word for word in words if word]


def _name_of(role: str) -> str:
    return field_name(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", role)) or "author"


def _put_rest(made: Record, item: Json) -> None:
    done = _LEFT_OUT | _FIELDS.keys() | {*_CONTAINERS, *_BODIES, *_TYPE_FIELDS, *_TITLES}
    for name, value in item.items():
        if name in done or isinstance(value, dict | list):
            continue
        field = field_name(name)
        if field:
            made.put(field, text(value))
