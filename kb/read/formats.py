"""Which format a file is in, by what it holds and not by its name; and what its reader finds."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kb.model import Entry, Origin, Problem
from kb.read.bibtex import read_bibtex
from kb.read.files import decode
from kb.read.foreign import cochrane, crossref, csl, endnote, enw, nbib, openalex, pubmed, ris, table, wos
from kb.read.unknown import markup, no_format, no_text

Read: TypeAlias = Callable[..., tuple[list[Entry], list[Problem]]]
"""A reader: ``read(content, path, *, encoding="")`` gives entries in file order, and what is wrong."""

_HEAD = 64 * 1024  # bytes by which a format is recognised
_ZIP = b"PK\x03\x04"
_BIBTEX = re.compile(r"^[ \t]*@[ \t]*\w+\s*[{(]", re.MULTILINE)


def _is_bibtex(beginning: str) -> bool:
    return bool(_BIBTEX.search(beginning))


def _bibtex(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """What stands in a .bib from elsewhere; an entry without a citekey gets one."""
    return read_bibtex(content, path, encoding=encoding, name_them=True)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that we read: what people call it, how it is recognised, and its reader."""

    name: str
    looks: Callable[[str], bool]
    read: Read


# In the order in which they are asked: what says its name most plainly comes first.
FORMATS = (
    Format("PubMed XML", pubmed.looks, pubmed.read),
    Format("EndNote XML", endnote.looks, endnote.read),
    Format("Web of Science", wos.looks, wos.read),
    Format("PubMed (nbib)", nbib.looks, nbib.read),
    Format("EndNote (enw)", enw.looks, enw.read),
    Format("Cochrane Library", cochrane.looks, cochrane.read),
    Format("RIS", ris.looks, ris.read),
    Format("OpenAlex JSON", openalex.looks, openalex.read),
    Format("Crossref JSON", crossref.looks, crossref.read),
    Format("CSL", csl.looks, csl.read),
    Format("BibTeX", _is_bibtex, _bibtex),
    Format("table", table.looks, table.read),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file: its format ("" if it is none that we know), entries and problems."""

    format: str
    entries: list[Entry]
    problems: list[Problem]


def read_entries(content: bytes, path: str, *, encoding: str = "") -> Reading:
    """The entries of a file of any format we know, and what is wrong with it."""
    if not content.strip():
        message = "The file is empty: nothing could be read from it."
        remedy = "Export it again, or leave it out."
        return Reading("", [], [Problem(Origin(path), "file-empty", message, remedy, "warning")])
    strange = no_text(content, path)
    if strange:
        return Reading("", [], [strange])
    beginning = _beginning(content, encoding)
    found = next((one for one in FORMATS if one.looks(beginning)), None)
    if found is None and beginning and path.lower().endswith(".bib") and not markup(beginning, path):
        found = next(one for one in FORMATS if one.read is _bibtex)
    if found is None:
        known = ", ".join(one.name for one in FORMATS)
        return Reading("", [], [no_format(content, beginning, path, encoding=encoding, known=known)])
    listed, problems = found.read(content, path, encoding=encoding)
    if not listed and not problems:
        named = "a table" if found.read is table.read else found.name
        message = f"The file looks like {named}, but no publication was found in it."
        remedy = "Look whether it was exported whole."
        problems = [Problem(Origin(path), "file-nothing", message, remedy, "warning")]
    return Reading(found.name, listed, problems)


def _beginning(content: bytes, encoding: str) -> str:
    """The first lines as text; of a ZIP, which a spreadsheet is, its mark; "" for anything else binary."""
    if content.startswith(_ZIP):
        return _ZIP.decode()
    return decode(content[:_HEAD], "", encoding=encoding)[0]
