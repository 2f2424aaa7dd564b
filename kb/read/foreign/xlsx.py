"""A spreadsheet file (XLSX), which nobody vouches for → the rows of its sheets, as text.

Formulas are never run: what stands in a cell is the value that the program
which saved it had worked out.
"""

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol
from warnings import catch_warnings, simplefilter

from kb.model import Origin, Problem
from kb.read.foreign.rows import Row
from kb.read.problems import Gathered
from kb.read.unknown import no_text

MARK = "PK\x03\x04"
"""What a ZIP begins with, and so a spreadsheet."""

_LIMIT = 150 * 2**20  # bytes that all its parts may have unpacked
_PARTS = 5_000
_COLUMNS = 200
_ROWS = 1_048_576
_EMPTY = 10_000  # rows that hold nothing, one after the other, before no more are read
_ELEMENTS = 3_000_000  # in all parts; openpyxl keeps a hundred bytes of each
_HEAD = 2**16  # bytes in which a part's first element begins
_PIECE = 2**20  # bytes in which elements are counted at once
_FAULT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
# openpyxl trusts its files: what a broken one makes it meet, it raises
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class _Sheet(Protocol):
    """What we need of openpyxl's sheets."""

    title: str

    def reset_dimensions(self) -> None:
        """Trust nothing that the file says of the sheet's size."""

    def iter_rows(self, *, max_col: int, max_row: int, values_only: bool) -> Iterator[tuple[object, ...]]:
        """The values of each row."""


def sheets(content: bytes, path: str, problems: Gathered) -> Iterator[tuple[str, Iterator[Row]]]:
    """The name and the rows of each sheet; what cannot be read is added to ``problems``."""
    trouble = _trouble(content, path)
    if trouble:
        problems.add(trouble)
        return
    from openpyxl import load_workbook  # 150 ms, and few files need it

    with catch_warnings():
        simplefilter("ignore")  # on styles and rules that we do not look at
        try:
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            named = [(str(sheet.title), sheet) for sheet in book.worksheets]
        except _BROKEN as error:
            problems.add(_broken(path, 1, error))
            return
        for name, sheet in named:
            yield name, _rows(sheet, path, problems)


def _rows(sheet: _Sheet, path: str, problems: Gathered) -> Iterator[Row]:
    number = empty = 0
    before: tuple[object, ...] = ()
    try:
        sheet.reset_dimensions()
        for number, values in enumerate(
            sheet.iter_rows(max_col=_COLUMNS + 1, max_row=_ROWS, values_only=True), 1
        ):
            if values is before:  # openpyxl's one tuple for rows that the file leaves out
                continue
            before = values
            empty = empty + 1 if values.count(None) == len(values) else 0
            if empty > _EMPTY:
                problems.add(_nothing_more(path, number - _EMPTY))
                return
            if empty:
                continue
            if values[_COLUMNS:] not in {(), (None,)}:
                problems.add(_wide(path, number))
            cells = [_text(value) for value in values[:_COLUMNS]]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Row(number, cells)
    except _BROKEN as error:
        problems.add(_broken(path, number + 1, error))


def _nothing_more(path: str, number: int) -> Problem:
    message = f"From row {number} on, {_EMPTY:,} rows are empty; what may stand behind them was not read."
    remedy = "Delete the empty rows, and save the file again, if anything does."
    return Problem(Origin(path, number), "table-empty-rows", message, remedy, "warning")


def _wide(path: str, number: int) -> Problem:
    message = f"This row has more than {_COLUMNS} columns; those behind were not read."
    return Problem(Origin(path, number), "table-wide", message, "Delete columns that are not needed.")


def _text(value: object) -> str:
    if value is None or (isinstance(value, str) and _FAULT.fullmatch(value)):
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "\n").replace("\r", "\n").strip()


def _trouble(content: bytes, path: str) -> Problem | None:
    """Why a file is not to be opened: it is no spreadsheet, or one that could hurt."""
    strange = no_text(content, path)
    if strange:
        return strange
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > _LIMIT or len(parts) > _PARTS:
                return _too_large(path, size, len(parts))
            hidden = next((part.filename for part in parts if _has_doctype(archive, part)), "")
            if hidden:
                return _doctype(path, hidden)
            return _too_many(path) if _has_too_many(archive, parts) else None
    except _BROKEN as error:
        return _broken(path, 1, error)


def _has_too_many(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether the parts have more elements than we hold. An empty row packs to a hundredth of a byte."""
    left = _ELEMENTS
    for part in parts:
        with archive.open(part) as file:
            while left > 0 and (piece := file.read(_PIECE)):
                left -= piece.count(b"<") - piece.count(b"</")
    return left <= 0


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares a document type: only there can entities be, and no program writes one."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return False
    with archive.open(part) as file:
        head = file.read(_HEAD).replace(b"\x00", b"")
    return b"<!DOCTYPE" in head or (len(head) > 1000 and not re.search(rb"<[A-Za-z]", head))


def _too_large(path: str, size: int, count: int) -> Problem:
    message = (
        f"Unpacked, the spreadsheet would have {size:,} bytes in {count:,} parts; the limits are {_LIMIT:,} "
        f"and {_PARTS:,}. It was not read."
    )
    return Problem(Origin(path), "file-too-large", message, "Save only the rows you need, or save it as CSV.")


def _too_many(path: str) -> Problem:
    message = f"The spreadsheet has more than {_ELEMENTS:,} elements, most of them cells. It was not read."
    remedy = "Save only the rows and columns you need, or save it as CSV."
    return Problem(Origin(path), "file-too-large", message, remedy)


def _doctype(path: str, part: str) -> Problem:
    message = f"The spreadsheet's part {part[:60]} declares a document type, which none has. It was not read."
    return Problem(
        Origin(path), "xml-entity", message, "Open it in a spreadsheet program, and save it as CSV."
    )


def _broken(path: str, line: int, error: Exception) -> Problem:
    said = " ".join(str(error).split())[:100] or type(error).__name__
    message = f"The spreadsheet cannot be read from row {line} on: {said}"
    remedy = "Open it in a spreadsheet program, and save it again or as CSV."
    return Problem(Origin(path, line), "table-broken", message.rstrip(".") + ".", remedy)
