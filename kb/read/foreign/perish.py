"""What Publish or Perish saves as JSON: Google Scholar's and others' answers, one object a work."""

import re

from kb.ids import doi
from kb.model import Name
from kb.read.foreign.jsonvalues import Json, field_name, text, texts
from kb.read.foreign.persons import person, spaced
from kb.read.foreign.record import Record
from kb.read.foreign.values import page_range

_LOOKS = re.compile(r'"authors"\s*:\s*\[\s*(?:"|\])')
_ITS_OWN = re.compile(r'"(?:article_url|rank)"\s*:')
_TYPES = {"book": "book", "thesis": "thesis", "patent": "patent"}
_INITIALS_FIRST = re.compile(r"(?P<given>[^\W\d_a-z](?:-?[^\W\d_a-z]){0,3}) (?P<family>.*[^\W\d_A-Z].*)")
_READ = frozenset(
    """
    authors title year source type publisher volume issue startpage endpage issn doi article_url cites
    abstract
    """.split()
)
_OF_THE_SEARCH = frozenset(("rank", "uid", "use", "ecc"))  # they say nothing about the work
_MORE = frozenset(("...", "…", "et al", "et al."))


def looks(head: str) -> bool:
    """Whether the beginning of a file is Publish or Perish's JSON."""
    return bool(_LOOKS.search(head)) and bool(_ITS_OWN.search(head)) and '"title"' in head


def is_item(item: Json) -> bool:
    """Whether an object is one of its works: authors are a list of texts, and there is a rank or address."""
    authors = item.get("authors")
    listed = isinstance(authors, list) and all(isinstance(one, str) for one in authors)
    return listed and ("article_url" in item or "rank" in item)


def record(item: Json) -> Record | None:
    """The publication that an item describes; None if it has neither title nor author."""
    names = texts(item.get("authors"))
    if not names and not text(item.get("title")):
        return None
    year, source, kind = text(item.get("year")), text(item.get("source")), text(item.get("type")).lower()
    made = Record(_TYPES.get(kind, "article" if source else "misc"))
    authors = [_author(name) for name in names if name not in _MORE]
    if authors:
        made.people["author"] = authors
    if len(authors) < len(names):
        made.more.add("author")
    made.put_marked("title", text(item.get("title")))
    made.put("date", year if year != "0" else "")
    made.put("journaltitle" if made.type == "article" else "series", source)
    for name, field in (("publisher", "publisher"), ("volume", "volume"), ("issue", "number")):
        made.put(field, text(item.get(name)))
    made.put("pages", page_range(text(item.get("startpage")), text(item.get("endpage"))))
    made.put("issn", text(item.get("issn")))
    made.put("doi", doi(text(item.get("doi"))))
    made.put("url", text(item.get("article_url")))
    made.put("citedby", text(item.get("cites")))
    made.put_marked("abstract", text(item.get("abstract")))
    for name, value in item.items():
        if name not in _READ | _OF_THE_SEARCH and (field := field_name(name)):
            made.keep(field, text(value))
    return made


def _author(name: str) -> Name:
    found = _INITIALS_FIRST.fullmatch(name)
    return person(f"{found['family']}, {spaced(found['given'])}" if found else name)
