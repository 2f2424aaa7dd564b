"""What a record knows and our entry of the same work does not: field by field, ready to be written."""

from kb.biblatex import latex
from kb.ids import new_citekey
from kb.model import Work
from kb.text import fold

# What a work's value is called in an entry; the first that the record has is taken
_VALUES = {
    "doi": ("doi",),
    "url": ("url",),
    "isbn": ("isbn",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "articleno"),
    "container": ("journaltitle", "journal", "booktitle"),
    "publisher": ("publisher", "institution", "organization", "school"),
    "language": ("langid", "language"),
    "abstract": ("abstract",),
}
_FIELDS = (
    "pmid",
    "pmcid",
    "openalex",
    "issn",
    "file",
    "series",
    "edition",
    "location",
    "eprint",
    "eprinttype",
)


def gaps(theirs: Work, ours: Work, *, given: str = "") -> dict[str, str]:
    """Fields, as BibTeX, that our entry would have to get so that nothing of the record is lost.

    A field that we fill differently is none of them. Keywords and notes are
    ours with theirs behind them. ``given`` is what the record's file calls it.
    """
    found: dict[str, str] = {}
    for value, names in _VALUES.items():
        name = next((name for name in names if theirs.fields.get(name, "").strip()), "")
        if name and getattr(theirs, value) and not getattr(ours, value):
            found[name] = theirs.fields[name]
    for name in _FIELDS:
        if theirs.fields.get(name, "").strip() and not ours.fields.get(name, "").strip():
            found[name] = theirs.fields[name]
    return found | _keywords(theirs, ours) | _annotation(theirs, ours) | _ids(given, theirs, ours)


def _keywords(theirs: Work, ours: Work) -> dict[str, str]:
    known = {fold(word) for word in ours.keywords}
    more = [word for word in theirs.keywords if fold(word) not in known]
    written = [f"{{{latex(word)}}}" if "," in word or ";" in word else latex(word) for word in more]
    before = ours.fields.get("keywords", "").strip().rstrip(",")
    return {"keywords": ", ".join([before, *written] if before else written)} if more else {}


def _annotation(theirs: Work, ours: Work) -> dict[str, str]:
    if not theirs.annotation or fold(theirs.annotation) in fold(ours.annotation):
        return {}
    name = "annote" if "annote" in ours.fields else "annotation"
    said = theirs.fields.get("annotation") or theirs.fields.get("annote") or latex(theirs.annotation)
    before = ours.fields.get(name, "").strip()
    return {name: f"{before}\n\n{said}" if before else said}


def _ids(given: str, theirs: Work, ours: Work) -> dict[str, str]:
    """The citekey that somebody chose for the record: what cites it by that name goes on working."""
    family = theirs.authors[0].family if theirs.authors else ""
    made = new_citekey(family, theirs.year, theirs.title)
    if not given or given.startswith(made) or given == ours.citekey or given in ours.aliases:
        return {}
    before = ours.fields.get("ids", "").strip().rstrip(",")
    return {"ids": f"{before}, {given}" if before else given}
