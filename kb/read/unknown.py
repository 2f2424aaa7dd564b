"""A file in none of the formats that are read → what it seems to be, and what to do about that."""

import re
import zipfile
from io import BytesIO
from itertools import islice

from kb.model import Origin, Problem
from kb.read.files import decode
from kb.read.foreign.columns import meanings
from kb.read.foreign.rows import DELIMITERS, rows

_ZIP = b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
# What opening an archive raises where it is broken
_DAMAGED = (zipfile.BadZipFile, ArithmeticError, EOFError, LookupError, OSError, RuntimeError, ValueError)

_PAPER = "kb import FILE --as CITEKEY reads a paper's own reference list"
_EXPORT = "Export the publications again as RIS or BibTeX."
_XML = "Export the publications as RIS or BibTeX from the program that wrote it."
_SHEET = "Open it in a spreadsheet program, and save it as .xlsx or CSV."
_LOGIN = "Log in again, and export RIS or BibTeX; a page that was saved holds no export."
_UNPACK = "Unpack it first, and read the files in it."
_TO_TEXT = f"Export the publications as RIS; {_PAPER} once it is saved as PDF or plain text."

# How files begin that are no text, what they are, and what to do
_BEGINNINGS = (
    (
        b"SQLite format 3\x00",
        "a program's own database (SQLite)",
        "Export RIS or BibTeX from the program: EndNote for a library in .enl, Zotero for zotero.sqlite.",
    ),
    (b"{\\rtf", "a formatted text (RTF)", _TO_TEXT),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file, such as an Excel table in .xls",
        "Save a table as .xlsx or CSV, and a text as PDF or plain text.",
    ),
    (b"\x1f\x8b", "packed (gzip)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "packed (7-Zip)", _UNPACK),
    (b"Rar!\x1a\x07", "packed (RAR)", _UNPACK),
    (b"BZh91AY&SY", "packed (bzip2)", _UNPACK),
    (b"\xfd7zXZ\x00", "packed (xz)", _UNPACK),
    (b"%PDF-", "a PDF, which is no export of publications", f"{_PAPER}."),
    (b"\x89PNG", "an image", _EXPORT),
    (b"\xff\xd8\xff", "an image", _EXPORT),
    (b"GIF8", "an image", _EXPORT),
)
# What an archive holds, what it is then, and what to do
_ARCHIVES = (
    ("word/document.xml", "a Word document", _TO_TEXT),
    ("xl/workbook.bin", "a spreadsheet in Excel's binary form", _SHEET),
    (
        "content.xml",
        "an OpenDocument file",
        f"Save a table as .xlsx or CSV. Save a text as PDF or plain text: {_PAPER}.",
    ),
)
_PROLOG = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!DOCTYPE(?! html)[^>]*+>\s*+)*+", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!DOCTYPE\s+html|html|head|body|table|meta|script|div|title)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:([A-Za-z_][\w.-]{0,40}):)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_XML_KINDS = {"RDF": "RDF, as Zotero writes it", "mods": "MODS", "modsCollection": "MODS"}
_XML_KINDS |= {"refworks": "RefWorks XML", "collection": "MARC XML", "ris": "XML"}
_JSON = re.compile(r'\s*+(?:\{\s*+["}]|\[\s*+["{\[\]\d])')
_YAML = re.compile(r"\s*+(?:---[ \t]*+\n\s*+)?(?:[\w-]+:[ \t]*+\n\s*+)?-[ \t]++[\w\"'-]+:(?:\s|$)")
_NO_NAME = re.compile(r"[\[\]{}\"]|[:=]\s|\.$")  # not in a column's name
_LIST = re.compile(
    r"^[^\w\n]{0,10}(?:\d{1,3}[^\w\n]{1,5})?"
    r"(?:references|reference list|bibliography|works cited|literature|literatur|literaturverzeichnis"
    r"|bibliographie|referencias|riferimenti)[^\w\n]{0,10}$",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCES = re.compile(r"[a-zß-ÿ)\d][.!?](?:\s|$)")
_LONG = 2_000  # characters of sentences that make a text
_ROWS = 5  # lines of the same number of cells that make a table
_WIDEST = 60  # characters of a column's name
_SHOWN = 8  # columns


def no_text(content: bytes, path: str) -> Problem | None:
    """What a file is that begins as no format of ours does: packed, a database, a PDF; None for others."""
    if content.startswith(_ZIP):
        return _archive(content, path)
    for mark, seen, remedy in _BEGINNINGS:
        if content.startswith(mark):
            return _problem(path, f"The file is {seen}", remedy)
    return None


def no_format(content: bytes, beginning: str, path: str, *, encoding: str, known: str) -> Problem:
    """What a file seems to be that no reader knows by its ``beginning``; ``known`` lists what is read."""
    if not beginning:
        _, troubles = decode(content[:_LONG], path, encoding=encoding)
        named = [one for one in troubles if one.code != "file-binary"]
        message = "The file is binary data, and no export of publications that we know"
        return named[0] if named else _problem(path, message, _EXPORT)
    return (
        markup(beginning, path)
        or _data(beginning, path)
        or _table(beginning, path)
        or _text(beginning, path)
        or _problem(
            path,
            f"The file is in none of the formats that are read here: {known}",
            "Export it again in one of them; RIS and BibTeX are safest.",
        )
    )


def _problem(path: str, message: str, remedy: str) -> Problem:
    return Problem(Origin(path), "file-format", f"{message}. It was not read.", remedy)


def _archive(content: bytes, path: str) -> Problem | None:
    """What a ZIP is; None if it is a spreadsheet as we read it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except _DAMAGED:
        remedy = "Download or export it again. If it is packed, unpack it first."
        return _problem(path, "The file is a damaged ZIP archive, or a damaged .xlsx, which is one", remedy)
    if _WORKBOOK in names:
        return None
    for part, seen, remedy in _ARCHIVES:
        if part in names:
            return _problem(path, f"The file is {seen}", remedy)
    return _problem(path, f"The file is a ZIP archive of {len(names):,} files, and no spreadsheet", _UNPACK)


def markup(beginning: str, path: str) -> Problem | None:
    """What a file of tags is: a web page, or XML in none of our formats; None for others."""
    prolog = _PROLOG.match(beginning)
    start = prolog.end() if prolog else 0
    if _PAGE.match(beginning, start):
        if path.lower().endswith((".xls", ".xlsx", ".csv")) or beginning.startswith("<table", start):
            return _problem(path, "The file is a table of a web page, whatever its name says", _SHEET)
        return _problem(path, "The file is a web page, not an export", _LOGIN)
    root = _ROOT.match(beginning, start)
    if not root:
        return None
    seen = _XML_KINDS.get(root[2], f"XML of a kind that is not read (its first element is {root[2]})")
    return _problem(path, f"The file is {seen}", _XML)


def _data(beginning: str, path: str) -> Problem | None:
    if _JSON.match(beginning):
        message = "The file is JSON, but holds no records as CSL, OpenAlex or Crossref write them"
        return _problem(path, message, _EXPORT)
    if _YAML.match(beginning):
        return _problem(path, "The file is YAML, but holds no records as CSL writes them", _EXPORT)
    return None


def _table(beginning: str, path: str) -> Problem | None:
    """A table without a column of titles: rows of as many cells as the first one names."""
    for delimiter in DELIMITERS:
        first, *others = [row.cells for row in islice(rows(beginning, delimiter), _ROWS)] or [[]]
        if not _names_columns(first):
            continue
        known = any(meaning[0] != "+" for meaning in meanings(first))
        same = sum(len(cells) == len(first) for cells in others)
        if same == len(others) and same >= (1 if known or delimiter == "\t" else 2):
            return _untitled(first, path)
    return None


def _untitled(names: list[str], path: str) -> Problem:
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    if "title" in meanings(names):
        message = (
            f"The file is a table, but beside the title it has no column that we know; columns seen: {shown}"
        )
        return _problem(path, message, "Name its other columns Authors, Year, Journal or DOI.")
    message = f"The file is a table, but none of its columns holds a title; columns seen: {shown}"
    return _problem(path, message, "Rename the column that holds the titles to Title.")


def _names_columns(cells: list[str]) -> bool:
    return (
        sum(map(bool, cells)) > 1
        and all(len(cell) <= _WIDEST for cell in cells)
        and not any(cell.isdecimal() or _NO_NAME.search(cell) for cell in cells)
    )


def _text(beginning: str, path: str) -> Problem | None:
    prose = len(beginning) >= _LONG and len(_SENTENCES.findall(beginning)) * 500 > len(beginning)
    if not prose and not _LIST.search(beginning):
        return None
    message = "The file is a text, such as a paper's own, and no export of publications"
    return _problem(path, message, f"{_PAPER}; or export the publications as RIS.")
