"""CSL's items (docs.citationstyles.org): JSON and YAML of Zotero, Better BibTeX, Pandoc, citeproc, doi.org.

A field of CSL that BibLaTeX has under another name goes there; one that it
does not have is kept under its own.
"""

import re

from kb import ids
from kb.model import Entry, Origin, Problem
from kb.read.files import decode
from kb.read.foreign import crossref, openalex, perish, zotero
from kb.read.foreign.extra import put_extra
from kb.read.foreign.jsonfile import read_records
from kb.read.foreign.jsonvalues import (
    Json,
    arxiv,
    date_of,
    degree,
    field_name,
    joined,
    mapping,
    people_of,
    put_date,
    text,
    texts,
)
from kb.read.foreign.record import Record, entries
from kb.read.foreign.values import put_preprint
from kb.read.foreign.yamlfile import yaml_items
from kb.read.problems import capped

_TYPES = {
    "article": "online",  # a preprint, since CSL 1.0.2
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "classic": "book",
    "periodical": "periodical",
    "pamphlet": "booklet",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "thesis": "thesis",
    "report": "report",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "manuscript": "unpublished",
    "speech": "unpublished",
    "legislation": "legislation",
    "bill": "legislation",
    "regulation": "legislation",
    "treaty": "legislation",
    "legal_case": "jurisdiction",
    "hearing": "jurisdiction",
    "standard": "standard",
}
# Crossref's types, which doi.org gives for CSL's
_TYPES |= {
    "journal-article": "article",
    "book-chapter": "incollection",
    "proceedings-article": "inproceedings",
    "posted-content": "online",
    "monograph": "book",
    "edited-book": "collection",
    "reference-book": "book",
    "dissertation": "thesis",
    "reference-entry": "inreference",
    "proceedings": "proceedings",
}
_KEPT = """broadcast collection event figure graphic interview map motion_picture musical_score
    performance personal_communication song
"""
_MISC = frozenset(_KEPT.split())  # “document” is just that
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_SUBTYPES |= {
    name: name for name in ("review", "review-book", "speech", "post", "post-weblog", "bill", "hearing")
}
_SUBTYPES |= {name: name for name in ("regulation", "treaty", "classic", "entry-dictionary", *_MISC)}
_CREATORS = """author chair collection-editor compiler composer container-author contributor curator director
    editor editor-translator editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator
"""
_NAMES = tuple(_CREATORS.split())
_DATES = {"issued": "date", "accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_DATES |= {"submitted": "submitted", "available-date": "available-date"}
_MARKED = {
    "title": "title",
    "title-short": "shorttitle",
    "shortTitle": "shorttitle",
    "container-title-short": "shortjournal",
    "journalAbbreviation": "shortjournal",
    "collection-title": "series",
    "original-title": "origtitle",
    "volume-title": "maintitle",
    "reviewed-title": "reviewedtitle",
    "abstract": "abstract",
}
_PLAIN = {
    "volume": "volume",
    "issue": "number",
    "edition": "edition",
    "version": "version",
    "publisher-place": "location",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "chapter-number": "chapter",
    "part-number": "part",
    "event": "eventtitle",
    "event-title": "eventtitle",
    "event-place": "venue",
    "language": "langid",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "status": "pubstate",
    "URL": "url",
    "article-number": "eid",
}
_DONE = frozenset(_NAMES) | _DATES.keys() | _MARKED.keys() | _PLAIN.keys()
_TAKEN = """
    id citation-key citekey type DOI ISBN ISSN page page-first number collection-number genre publisher
    container-title note annote keyword keywords categories custom subject archive_location archive
    prefix member score reference-count references-count is-referenced-by-count update-policy system_id
"""
_DONE |= frozenset(_TAKEN.split())
# What our own export keeps under custom, as it stands
_CUSTOM = (
    "ids cites citeslist status statussource statuschecked added related relatedtype relatednote openalex"
)
_OURS = frozenset(_CUSTOM.split())
_ARTICLES = frozenset(("article", "periodical"))
_IN_BOOKS = frozenset(("incollection", "inproceedings", "inreference"))
_WHOLES = frozenset(("book", "collection", "proceedings", "booklet", "dataset", "software", "standard"))
_ON_THE_WEB = frozenset(("online", "misc", "unpublished"))  # what they appeared on is “how published”
_BY_A_BODY = frozenset(("thesis", "report"))
_OTHERS = frozenset(("others", "et al.", "et al"))
_TYPE_NAME = re.compile(r"[a-z]{2,30}")

_CSL_TYPE = "|".join(sorted({*_TYPES, *_MISC}, key=len, reverse=True))
_JSON = re.compile(
    rf'"type"\s*:\s*"(?:{_CSL_TYPE})"|"issued"\s*:\s*[{{"]|"container-title"\s*:\s*"'
    r'|"author"\s*:\s*\[\s*\{\s*"(?:family|given|literal)"'
)
_YAML = re.compile(
    r"^(?:references:[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[ \t]*-\s|-\s+[A-Za-z][\w-]*:(?:\s|$))", re.MULTILINE
)
_OPENS_JSON = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00\s]*[\[{]")  # in any of Unicode's forms
_YAML_FIELD = re.compile(
    rf"^[ \t]+(?:-[ \t]+)?(?:type:[ \t]+['\"]?(?:{_CSL_TYPE})\b|(?:issued|container-title|citation-key):)"
    rf"|^-[ \t]+type:[ \t]+['\"]?(?:{_CSL_TYPE})\b",
    re.MULTILINE,
)


def looks(head: str) -> bool:
    """Whether the beginning of a file is CSL's JSON or YAML, or the JSON of Better BibTeX or Zotero."""
    opening = head.lstrip("\ufeff \t\r\n")[:1]
    if opening in ("{", "["):
        if openalex.looks(head) or crossref.looks(head):
            return False
        return (
            zotero.looks(head) or perish.looks(head) or (bool(_JSON.search(head)) and '"citekey"' not in head)
        )
    if opening in ("@", "<", "%"):
        return False
    return bool(_YAML.search(head)) and bool(_YAML_FIELD.search(head))


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of CSL's items, and what is wrong with them."""
    if _OPENS_JSON.match(content):
        return read_records(content, path, _item, encoding=encoding)
    source, problems = decode(content, path, encoding=encoding)
    listed, broken = yaml_items(source, path)
    records = []
    for value, line in listed:
        record = _item(_from_pandoc(value), {}) if isinstance(value, dict) else None
        if record:
            record.line = line
            records.append(record)
        else:
            message = "What stands here describes no publication: it has no title, names or DOI."
            remedy = "Look whether the file was exported whole, and for what."
            broken.append(Problem(Origin(path, line), "yaml-record", message, remedy))
    return entries(records, path), capped(problems + sorted(broken, key=_place))


def _place(problem: Problem) -> Origin:
    return problem.origin


def _item(item: Json, frame: Json) -> Record | None:
    inner = item.get("csljson")
    if isinstance(inner, dict):
        item = inner
    if zotero.is_item(item):
        return zotero.record(item, frame)
    if perish.is_item(item):
        return perish.record(item)
    if not any(
        item.get(name) for name in ("title", "author", "editor", "DOI", "URL", "container-title", "issued")
    ):
        return None
    record = Record()
    _put_people(record, item)
    custom = mapping(item.get("custom"))
    own_type = text(custom.get("biblatex-type"))
    kind = _type(record, item)
    record.type = own_type if _TYPE_NAME.fullmatch(own_type) else kind
    _put_named(record, item)
    _put_container(record, item)
    _put_numbers(record, item)
    _put_words(record, item)
    _put_custom(record, custom)
    _put_citekey(record, item)
    _put_rest(record, item)
    crossref.references(record, item)
    return record


def _put_named(record: Record, item: Json) -> None:
    """The fields that only have another name in BibLaTeX."""
    for name, field in _DATES.items():
        if name in item:
            put_date(record, field, date_of(item[name]))
    for name, field in _MARKED.items():
        if name in item:
            record.put_marked(field, text(item[name]))
    for name, field in _PLAIN.items():
        if name in item:
            record.put(field, text(item[name]))


def _type(record: Record, item: Json) -> str:
    given = text(item.get("type")).lower()
    kind = _TYPES.get(given, "misc")
    if given == "article" and any(item.get(name) for name in ("volume", "issue", "page")):
        kind = "article"  # before CSL 1.0.2, any article
    if kind == "book" and "editor" in record.people and "author" not in record.people:
        kind = "collection"
    record.put("entrysubtype", _SUBTYPES.get(given, given if given in _MISC else ""))
    if kind == "online" and given in ("article", "posted-content"):
        record.put("pubstate", "preprint")
        places = ("container-title", "publisher", "archive", "number", "URL")
        where = " ".join(text(item.get(name)) for name in places)
        record.type = kind
        put_preprint(record, where)
        number = arxiv(text(item.get("archive_location"))) or arxiv(text(item.get("number")))
        if number and "arxiv" in where.lower():
            record.put("eprint", number)
    return kind


def _put_people(record: Record, item: Json) -> None:
    for role in _NAMES:
        names = people_of(item[role]) if role in item else []
        field = "bookauthor" if role == "container-author" else role
        if names and names[-1].family.lower() in _OTHERS and not names[-1].given:
            names.pop()
            record.more.add(field)
        if names:
            record.people[field] = names


def _put_container(record: Record, item: Json) -> None:
    name = text(item.get("container-title"))
    kind = record.type
    if kind in _IN_BOOKS:
        record.put_marked("booktitle", name)
    elif kind in _WHOLES:
        record.put_marked("maintitle", name)
    elif kind in _ON_THE_WEB:
        record.put_marked("howpublished", name)
    else:
        record.put_marked("journaltitle", name)
    record.put("institution" if kind in _BY_A_BODY else "publisher", text(item.get("publisher")))


def _put_numbers(record: Record, item: Json) -> None:
    given = text(item.get("DOI"))
    record.put("doi", ids.doi(given) or given)
    record.put("isbn", text(item.get("ISBN")))
    record.put("issn", joined(texts(item.get("ISSN"))))
    pages = text(item.get("page")) or text(item.get("page-first"))
    record.put("pages", pages.replace("–", "-"))
    number = text(item.get("number"))
    if "eprint" in record.fields and arxiv(number) == record.fields["eprint"]:
        number = ""
    record.put("eid" if record.type in _ARTICLES else "number", number)
    record.put("seriesnumber" if "number" in record.fields else "number", text(item.get("collection-number")))
    place = text(item.get("archive_location"))
    if place and place != record.fields.get("eprint"):
        record.put("archive_location", place)
    record.put("archive", text(item.get("archive")))


def _put_words(record: Record, item: Json) -> None:
    genre = text(item.get("genre"))
    record.put("type", degree(genre) if record.type == "thesis" else genre)
    for name in ("keyword", "keywords", "categories", "subject"):
        found = texts(item.get(name))
        if len(found) == 1:
            found = found[0].split(";" if ";" in found[0] else ",")
        record.keywords += [word for one in found if (word := one.strip())]
    put_extra(record, "\n".join(texts(item.get("note"))))
    record.notes += texts(item.get("annote"))


def _put_custom(record: Record, custom: Json) -> None:
    for name, value in custom.items():
        field = field_name(name)
        if field in _OURS and text(value):
            record.fields.setdefault(field, text(value))
        elif field and field != "biblatex-type":
            record.put(field, "; ".join(texts(value)))


def _put_citekey(record: Record, item: Json) -> None:
    own = text(item.get("id"))
    record.citekey = record.citekey or text(item.get("citation-key")) or text(item.get("citekey")) or own
    if own != record.citekey or "/" in own:  # an address in Zotero's, or a number in its database
        record.put("csl-id", own)


def _put_rest(record: Record, item: Json) -> None:
    """Texts under names that nothing else took; mappings are another program's affair."""
    for name, value in item.items():
        if name in _DONE or isinstance(value, dict):
            continue
        field = field_name(name)
        if field:
            record.put(field, "; ".join(texts(value)))


_EMPHASIS = re.compile(r"(?<![\w*\\])(\*\*?)(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*\\])\1(?![\w*])")
_SPAN = re.compile(r"\[([^\[\]\n]{1,500})\]\{\.nocase\}")
_SMALL_CAPS = re.compile(r"\[([^\[\]\n]{1,500})\]\{\.smallcaps\}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~^$@'\"-])")
_MARKDOWN = ("title", "title-short", "container-title", "collection-title", "abstract", "note", "annote")


def _from_pandoc(item: Json) -> Json:
    """An item whose texts Pandoc wrote as Markdown, with HTML for the little that titles hold of it."""
    made = dict(item)
    for name in _MARKDOWN:
        value = item.get(name)
        if isinstance(value, str) and any(sign in value for sign in "*\\["):
            value = _EMPHASIS.sub(lambda found: f"<{_tag(found)}>{found[2]}</{_tag(found)}>", value)
            value = _SPAN.sub(r'<span class="nocase">\1</span>', value)
            made[name] = _ESCAPE.sub(r"\1", _SMALL_CAPS.sub(r"<sc>\1</sc>", value))
    return made


def _tag(found: re.Match[str]) -> str:
    return "b" if len(found[1]) == 2 else "i"
