"""Works → BibLaTeX: the fields as they were written, in one order, in a file that always parses."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kb.biblatex import latex, people
from kb.model import Work
from kb.render.braces import balanced
from kb.render.table import encodable

_ORDER = """
    author editor translator title subtitle titleaddon booktitle maintitle journaltitle journal series edition
    date year month volume number issue eid pages pagetotal institution school organization publisher address
    location howpublished type doi isbn issn eprint url urldate langid language pubstate ids
"""
_PLACE = {name: place for place, name in enumerate(_ORDER.split())}
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_NO_ENTRY = frozenset(("comment", "string", "preamble", ""))
_NOT_IN_CITEKEY = re.compile(r"[\s{}(),=\"\\#%~@']")
_NOT_IN_NAME = re.compile(r"[\s\"#%'(),={}\\@]+")
# C0 and C1 without tab and line feed, and what Unicode has no characters for
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_PARTS_OF_BOOKS = frozenset(("incollection", "inbook", "inproceedings", "conference", "inreference"))


def bibtex(works: Iterable[Work], *, annotations: Mapping[str, str] | None = None) -> str:
    """The works as BibLaTeX entries, each once, in their order; "" for none.

    Values stay as they were written, unless their braces do not balance. A
    citekey that LaTeX could not cite (that of a work known by its DOI only)
    is written in another form and kept in ``ids``. ``annotations`` leads from
    citekeys to plain text for ``annotation``.
    """
    chosen = list({work.citekey: work for work in works}.values())
    names = _citekeys([work.citekey for work in chosen])
    said = annotations or {}
    return "\n".join(_entry(names[work.citekey], work, said.get(work.citekey, "")) for work in chosen)


def _citekeys(citekeys: Sequence[str]) -> dict[str, str]:
    """How each citekey is written: no two alike, and those that are good stay."""
    written = {citekey: citekey for citekey in citekeys if _is_good(citekey)}
    taken = set(written.values())
    for citekey in citekeys:
        if citekey in written:
            continue
        base = re.sub(r"[^\w.:-]+", "-", encodable(citekey.replace("doi:", "doi-", 1))).strip("-") or "work"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        written[citekey] = name
        taken.add(name)
    return written


def _is_good(citekey: str) -> bool:
    ill = _NOT_IN_CITEKEY.search(citekey) or citekey.startswith("doi:") or not citekey.isprintable()
    return bool(citekey) and not ill


def _entry(citekey: str, work: Work, annotation: str) -> str:
    fields = dict(work.fields) if work.fields else _made_fields(work)
    if work.doi and work.citekey.startswith("doi:"):
        fields.setdefault("doi", work.doi)
    ids = _ids(citekey, work, fields.get("ids", ""))
    if ids:
        fields["ids"] = ids
    if annotation:
        fields["annotation"] = _annotated(latex(annotation), fields.get("annotation", ""))
    named: dict[str, str] = {}
    for name, value in fields.items():
        named.setdefault(_NOT_IN_NAME.sub("-", name).lower() or "field", value)
    kind = work.type if re.fullmatch(r"\w+", work.type) and work.type.lower() not in _NO_ENTRY else "misc"
    lines = [f"  {name} = {_value(name, named[name])},\n" for name in sorted(named, key=_place)]
    return f"@{kind}{{{citekey},\n{''.join(lines)}}}\n"


def _place(name: str) -> tuple[int, str]:
    return _PLACE.get(name, len(_PLACE)), name


def _value(name: str, value: str) -> str:
    if name == "month" and value in _MONTHS:
        return value  # BibTeX's own names for months stand without braces
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"{{{balanced(_CONTROL.sub(' ', encodable(lines)))}}}"


def _ids(citekey: str, work: Work, written: str) -> str:
    """The alias citekeys as written, and those that are lacking there."""
    known = {name.strip() for name in written.split(",")} | {citekey, ""}
    others = work.aliases if citekey == work.citekey else (*work.aliases, work.citekey)
    lacking = [
        name for name in dict.fromkeys(others) if name not in known and not re.search(r"[,{}\\\s]", name)
    ]
    return ", ".join([written.strip().strip(","), *lacking]).strip(", ") if lacking else written


def _annotated(reason: str, written: str) -> str:
    """The reason first; what the entry said before is not lost, nor said twice."""
    if not written or reason in written:
        return written or reason
    return f"{reason}\n\n{written}"


def _made_fields(work: Work) -> dict[str, str]:
    """Fields for a work that no entry stands for, from what is known of it."""
    container = "booktitle" if work.type in _PARTS_OF_BOOKS else "journaltitle"
    made = {
        "author": people(work.authors, more=work.more_authors),
        "editor": people(work.editors),
        "title": latex(work.title),
        container: latex(work.container),
        "date": work.date or ("" if work.year is None else str(work.year)),
        "volume": latex(work.volume),
        "number": latex(work.issue),
        "pages": latex(work.pages),
        "publisher": latex(work.publisher),
        "doi": work.doi,
        "isbn": work.isbn,
        "url": work.url,
    }
    return {name: value for name, value in made.items() if value}
