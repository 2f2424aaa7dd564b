"""Works → CSL-JSON (citationstyles.org), for Zotero, Pandoc and every other program that sets references.

What CSL has no variable for stands under ``custom``, where its schema leaves
room: other programs pass over it, and our own reader takes it back.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kb.model import ListView, Name, Work
from kb.render.lists import readable, work_of
from kb.render.table import json_of

_TYPES = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "periodical": "periodical",
    "book": "book",
    "collection": "book",
    "proceedings": "book",
    "booklet": "pamphlet",
    "incollection": "chapter",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inreference": "entry-encyclopedia",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "unpublished": "manuscript",
    "standard": "standard",
    "movie": "motion_picture",
    "video": "motion_picture",
    "artwork": "graphic",
    "image": "graphic",
    "letter": "personal_communication",
    "mvbook": "book",
    "mvcollection": "book",
    "reference": "book",
    "manual": "book",
}
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_OWN_TYPES = """
    review review-book speech post post-weblog bill hearing regulation treaty classic entry-dictionary
    broadcast collection document event figure graphic interview map motion_picture musical_score performance
    personal_communication song
"""
_SUBTYPES |= {name: name for name in _OWN_TYPES.split()}
# What our reader makes of CSL's types; where a work's own type is another, it is kept under custom
_READ = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "article": "online",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "book": "book",
    "classic": "book",
    "periodical": "periodical",
    "pamphlet": "booklet",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "legislation": "legislation",
    "bill": "legislation",
    "regulation": "legislation",
    "treaty": "legislation",
    "legal_case": "jurisdiction",
    "hearing": "jurisdiction",
    "manuscript": "unpublished",
    "speech": "unpublished",
    "standard": "standard",
}
_ARTICLES = frozenset(("article", "periodical"))
_NUMBERED = frozenset(("report", "patent", "legislation", "jurisdiction", "standard", "dataset", "software"))
_DEGREES = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis"}
_FIELDS = {
    "shorttitle": "title-short",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "seriesnumber": "collection-number",
    "edition": "edition",
    "version": "version",
    "location": "publisher-place",
    "address": "publisher-place",
    "pagetotal": "number-of-pages",
    "volumes": "number-of-volumes",
    "chapter": "chapter-number",
    "eventtitle": "event-title",
    "venue": "event-place",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "pubstate": "status",
    "origtitle": "original-title",
    "library": "source",
}
_DATES = {"urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_ROLES = {"translator": "translator", "bookauthor": "container-author"}
_CUSTOM = ("openalex", "statussource", "statuschecked", "relatednote")

_EDTF = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")
_MARKED = re.compile(r"\\(?:emph|textit)\{([^{}\\$]+)\}|(?<![\\\w])\{([^{}\\$]+)\}")
_ESCAPE = re.compile(r"\\([&%$#_])")
_LATEX = re.compile(r"[\\{}$~]")
_AND = re.compile(r"\s+and\s+")


def csl(works: Iterable[Work]) -> str:
    """The works as a CSL-JSON array, each once, in their order."""
    return json_of(item(work) for work in {work.citekey: work for work in works}.values())


def reading_list_csl(view: ListView, works: Mapping[str, Work]) -> str:
    """The list's works as CSL-JSON in its order, the reasons as notes."""
    chosen = []
    for one in view.items:
        work = work_of(one.work, works)
        said = [readable(one.reason), work.annotation]
        chosen.append(replace(work, annotation="\n\n".join(dict.fromkeys(part for part in said if part))))
    return csl(chosen)


def item(work: Work) -> dict[str, object]:
    """A work as an item of CSL: what is absent has no variable."""
    kind = _type(work)
    article = kind.startswith("article-") or work.type in _ARTICLES
    pages = work.pages.replace("–", "-")
    own = {"pages", "eid"} & work.fields.keys()
    made: dict[str, object] = {
        "id": work.citekey,
        "citation-key": work.citekey,
        "type": kind,
        "title": _title(work),
        "author": [*map(_name, work.authors), *([{"literal": "others"}] if work.more_authors else [])],
        "editor": [_name(name) for name in work.editors],
        "issued": _date(work.date or ("" if work.year is None else str(work.year))),
        "container-title": _escaped(work.container),
        "publisher": work.publisher,
        "volume": work.volume,
        _number_variable(work, article): work.issue,
        "number" if article and own == {"eid"} else "page": pages,
        "DOI": work.doi,
        "ISBN": work.isbn,
        "URL": work.url,
        "language": work.language,
        "abstract": _escaped(work.abstract),
        "keyword": _keywords(work.keywords),
        "note": work.annotation,
    }
    for name, value in _of_fields(work).items():
        made.setdefault(name, value)
    made["custom"] = _custom(work, kind)
    return {name: value for name, value in made.items() if value}


def _type(work: Work) -> str:
    subtype = _SUBTYPES.get(_simple(work, "entrysubtype"), "")
    kind = _TYPES.get(work.type, "document")
    if subtype and _READ.get(subtype, "misc") == work.type:
        return subtype
    preprint = kind == "webpage" and _simple(work, "pubstate") == "preprint"
    return "article" if preprint and not (work.volume or work.pages) else kind


def _number_variable(work: Work, article: bool) -> str:
    if article:
        return "issue"
    return (
        "number" if work.type in _NUMBERED else "issue" if work.type == "unpublished" else "collection-number"
    )


def _name(name: Name) -> dict[str, object]:
    if name.corporate:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _date(written: str) -> dict[str, object]:
    """An EDTF date in CSL's parts, as far as it has any; else as it stands."""
    ends = [_EDTF.fullmatch(end) for end in written.split("/")]
    found = [end for end in ends if end]
    if not written or len(found) != len(ends) or len(found) > 2 or len({end[4] for end in found}) > 1:
        return {"raw": written} if written else {}
    seasons = [int(end[2] or 0) > 12 for end in found]
    if found[0][4] not in ("", "~") or (any(seasons) and len(found) > 1):
        return {"raw": written}
    parts = [[int(part) for part in end.groups()[:3] if part is not None] for end in found]
    if any(not end[0] for end in parts):  # CSL knows no year 0
        return {"raw": written}
    made: dict[str, object] = {"date-parts": [part[:1] for part in parts] if any(seasons) else parts}
    if any(seasons):
        made["season"] = parts[0][1] - 20
    if found[0][4]:
        made["circa"] = True
    return made


def _title(work: Work) -> str:
    """The title with what CSL shows of its markup: words in italics, and words that keep their capitals."""
    shown = _escaped(work.title)
    for emphasised, kept in dict.fromkeys(_MARKED.findall(work.fields.get("title", ""))):
        words = _escaped(emphasised or kept)
        tag, end = ("<i>", "</i>") if emphasised else ('<span class="nocase">', "</span>")
        place = re.search(rf"(?<![\w>&]){re.escape(words)}(?![\w<;])", shown)
        if place and words.strip() == words:
            shown = f"{shown[: place.start()]}{tag}{words}{end}{shown[place.end() :]}"
    return shown


def _escaped(text: str) -> str:
    """``text`` for a variable in which CSL allows HTML."""
    if "&" in text and html.unescape(text) != text:
        text = text.replace("&", "&amp;")
    return re.sub(r"<(?=\s*/?\s*[A-Za-z])", "&lt;", text)


def _keywords(words: tuple[str, ...]) -> str:
    if not any("," in word for word in words):
        return ", ".join(words)
    return "; ".join(words) if len(words) > 1 else f"{words[0]};"


def _simple(work: Work, name: str) -> str:
    """A field's value if there is no LaTeX in it but braces and escapes, else ""."""
    value = _ESCAPE.sub(r"\1", work.fields.get(name, ""))
    if "\\" not in value:
        value = value.replace("{", "").replace("}", "")
    return "" if _LATEX.search(value) else " ".join(value.split())


def _of_fields(work: Work) -> dict[str, object]:
    """Variables from fields that a work does not hold in a clean form."""
    made: dict[str, object] = {}
    for name, variable in _FIELDS.items():
        value = _simple(work, name)
        if value and value not in (work.container, work.publisher):
            made.setdefault(variable, value)
    for name, variable in _DATES.items():
        made[variable] = _date(_simple(work, name))
    for name, variable in _ROLES.items():
        made[variable] = [_plain_name(one) for one in _AND.split(_simple(work, name)) if one]
    kind = _simple(work, "type")
    made["genre"] = _DEGREES.get(kind, kind)
    eprint = _simple(work, "eprint")
    if eprint:
        made["archive"] = _simple(work, "eprinttype") or "eprint"
        made["archive_location"] = eprint
    return made


def _plain_name(written: str) -> dict[str, object]:
    family, _, given = written.partition(", ")
    return {"family": family, "given": given} if given else {"literal": family}


def _custom(work: Work, kind: str) -> dict[str, object]:
    made: dict[str, object] = {name: _simple(work, name) for name in _CUSTOM}
    made |= {
        "ids": ", ".join(work.aliases),
        "cites": ", ".join(citation.cited for citation in work.cites),
        "citeslist": work.citeslist,
        "related": ", ".join(relation.other for relation in work.relations),
        "relatedtype": work.relations[0].type if work.relations else "",
        "status": work.status,
        "added": work.added,
    }
    read = _READ.get(kind, "misc")
    if read == "book" and work.editors and not work.authors:
        read = "collection"
    if read != work.type:
        made["biblatex-type"] = work.type
    return {name: value for name, value in made.items() if value}
