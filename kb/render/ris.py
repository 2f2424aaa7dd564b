"""Works → RIS, one tag a line, as EndNote, Zotero and Mendeley take it.

The tags are those that EndNote and Zotero read alike: A3 edits a whole book and
A2 anything else; C3 and T2 both name the proceedings; an article number stands
in SP and in C7. A body's name ends with a comma, which EndNote asks for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from kb.model import Name, Work
from kb.render.table import encodable

_TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "mvbook": "BOOK",
    "booklet": "PAMP",
    "collection": "BOOK",
    "mvcollection": "BOOK",
    "conference": "CPAPER",
    "dataset": "DATA",
    "electronic": "ELEC",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "inreference": "ENCYC",
    "jurisdiction": "CASE",
    "legislation": "STAT",
    "manual": "BOOK",
    "mastersthesis": "THES",
    "online": "ELEC",
    "patent": "PAT",
    "periodical": "JFULL",
    "phdthesis": "THES",
    "proceedings": "CONF",
    "report": "RPRT",
    "software": "COMP",
    "techreport": "RPRT",
    "thesis": "THES",
    "unpublished": "UNPB",
    "www": "ELEC",
}
_SUBTYPES = {"newspaper": "NEWS", "magazine": "MGZN"}
_WHOLE_BOOKS = frozenset(("BOOK", "EDBOOK"))
_SEASONS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_PAGES = re.compile(r"([^\s,–-]+)[–-]([^\s,–-]+)")
# What a reader would take for markup and entities stays what it is
_AND = re.compile(r"\s+and\s+")
_MARKUP = re.compile(r"<(?=\s*/?\s*[A-Za-z][^<>]*>)|&(?=#?\w{1,31};)")
_ESCAPED = re.compile(r"\\([&%$#_])|\\text(backslash|braceleft|braceright|asciitilde|asciicircum)\{\}")
_SIGNS = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
# Fields that no work has of its own, by their tags; and two-letter ones, which RIS files gave us
_FIELDS = {"J2": "shortjournal", "T3": "series", "ET": "edition", "CY": "location", "ST": "shorttitle"}
_FIELDS |= {"M3": "type", "NV": "volumes", "TT": "origtitle"}
_OWN = re.compile(r"[a-z][a-z0-9]")
_STRUCTURE = frozenset(
    ("ty", "er", "ef", "jf", "jo", "bt", "sp", "ep")
)  # a second one would change what the work is, or where it stands


def ris(works: Iterable[Work], *, annotations: Mapping[str, str] | None = None) -> str:
    r"""The works as RIS records, each once, in their order, with \r\n line ends; "" for none.

    ``annotations`` leads from citekeys to plain text that stands before the
    work's own annotation, as N1.
    """
    chosen = {work.citekey: work for work in works}.values()
    said = annotations or {}
    return "\r\n".join(_record(work, said.get(work.citekey, "")) for work in chosen)


def _record(work: Work, annotation: str) -> str:
    ty = _type(work)
    pairs = [
        ("TY", ty),
        ("ID", work.citekey),
        *_people(work, ty),
        ("TI", _MARKUP.sub(_entity, work.title)),
        *_container(work, ty),
        *_dates(work),
        ("VL", work.volume),
        ("IS", work.issue),
        *_pages(work),
        ("PB", work.publisher),
        ("SN", work.isbn),
        ("SN", _plain(work.fields.get("issn", ""))),
        ("DO", work.doi),
        ("UR", work.url),
        ("LA", work.language),
        ("AB", _MARKUP.sub(_entity, work.abstract)),
        *(("KW", word) for word in work.keywords),
        ("N1", annotation),
        ("N1", "" if work.annotation == annotation else work.annotation),
        *_others(work),
    ]
    lines = (f"{tag}  - {value}\r\n" for tag, text in pairs if (value := _line(text)))
    return f"{''.join(lines)}ER  - \r\n"


def _type(work: Work) -> str:
    subtype = _SUBTYPES.get(_plain(work.fields.get("entrysubtype", "")).lower())
    if subtype and work.type == "article":
        return subtype
    known = _TYPES.get(work.type, "GEN")
    if work.type == "collection" and (work.authors or not work.editors):
        return "EDBOOK"
    given = work.fields.get("ty", "")
    return given if known == "GEN" and re.fullmatch(r"[A-Z]{3,8}", given) else known


def _people(work: Work, ty: str) -> Iterator[tuple[str, str]]:
    for name in work.authors:
        yield "AU", _name(name)
    if work.more_authors:
        yield "AU", "et al."
    for name in work.editors:
        yield "A3" if ty in _WHOLE_BOOKS else "A2", _name(name)
    roles = {"serieseditor": "A2" if ty in _WHOLE_BOOKS else "A3", "advisor": "A3", "translator": "A4"}
    for role, tag in roles.items():
        for text in filter(None, _AND.split(_plain(work.fields.get(role, "")))):
            yield tag, _rearranged(text)


def _rearranged(text: str) -> str:
    """A name of a field, which has a suffix in the middle, with the suffix behind it as RIS has it."""
    family, *rest = (part.strip() for part in text.split(","))
    if not rest and " " in family:
        return f"{family},"
    return ", ".join([family, *reversed(rest)])


def _name(name: Name) -> str:
    if name.corporate:
        return f"{name.family},"
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _container(work: Work, ty: str) -> Iterator[tuple[str, str]]:
    yield "T2", work.container
    if ty == "CPAPER":
        yield "C3", work.container


def _dates(work: Work) -> Iterator[tuple[str, str]]:
    """The year; the date, with slashes, where it says more; a season behind three of them."""
    yield "PY", "" if work.year is None else str(work.year)
    years, found = _YEARS.fullmatch(work.date), _DATE.match(work.date)
    if years:
        yield "DA", f"{years[1]}-{years[2]}"
    elif found and found[2]:
        season = _SEASONS.get(found[2], "")
        yield "DA", f"{found[1]}///{season}" if season else f"{found[1]}/{found[2]}/{found[3] or ''}/"
    elif work.year is None:
        in_press = work.fields.get("pubstate", "").strip() == "inpress"
        yield "PY", work.date or ("in press" if in_press else "")
    visited = _DATE.fullmatch(_plain(work.fields.get("urldate", "")))
    if visited:
        yield "Y2", f"{visited[1]}/{visited[2] or ''}/{visited[3] or ''}/"


def _pages(work: Work) -> Iterator[tuple[str, str]]:
    found = _PAGES.fullmatch(work.pages)
    if found:
        yield from (("SP", found[1]), ("EP", found[2]))
    else:
        yield "SP", work.pages.replace("–", "-") or _plain(work.fields.get("pagetotal", ""))
    yield "C7", _plain(work.fields.get("eid", ""))


def _others(work: Work) -> Iterator[tuple[str, str]]:
    """Fields that only the entry has: those with a tag of their own, and what a RIS file had left over."""
    for tag, name in _FIELDS.items():
        yield tag, _plain(work.fields.get(name, ""))
    if work.fields.get("pubstate", "").strip() == "preprint" and "type" not in work.fields:
        yield "M3", "Preprint"
    for name, value in work.fields.items():
        if _OWN.fullmatch(name) and name not in _STRUCTURE:
            yield name.upper(), _plain(value)


def _plain(source: str) -> str:
    """A field's own text without the LaTeX that plain text is written in; other LaTeX stays."""
    if "\\" not in source and "{" not in source:
        return source
    return _ESCAPED.sub(
        lambda found: found[1] or _SIGNS[found[2]], re.sub(r"\{(\w[^{}\\]*)\}", r"\1", source)
    )


def _entity(found: re.Match[str]) -> str:
    return "&lt;" if found[0] == "<" else "&amp;"


def _line(text: str) -> str:
    """``text`` on one line, without what would end it."""
    line = " ".join(encodable(text).split())
    return (
        line if line.isprintable() else "".join(char if char.isprintable() else " " for char in line).strip()
    )
