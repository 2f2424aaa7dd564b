"""Tables of publications: CSV, TSV, semicolon files and XLSX with a header row → entries.

What a column holds is known by its name: those of Covidence, Rayyan, Zotero,
Scopus, PubMed, EPPI-Reviewer, Publish or Perish, Dimensions, Lens and people's
own. What a cell holds is text, whatever it begins with; nothing in it is run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from kb.model import Entry, Origin, Problem
from kb.read.files import decode
from kb.read.foreign.columns import fits, meanings
from kb.read.foreign.embase import embase_rows, is_embase
from kb.read.foreign.record import Record, entries
from kb.read.foreign.rows import DELIMITERS, Row, rows
from kb.read.foreign.tablefields import record_of
from kb.read.foreign.xlsx import MARK, sheets
from kb.read.problems import Gathered

_FIRST = 25  # rows among which the header is looked for: some programs write a preamble
_SAMPLE = 200  # rows by which we tell how a file parts its authors


def looks(head: str) -> bool:
    """Whether a file is a ZIP, as XLSX is, or has a header row of a title and another column that we know."""
    return head.startswith(MARK) or is_embase(head) or _header(head) is not None


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a table in its order, and what is wrong with it; each row is one or the other."""
    problems = Gathered()
    if content.startswith(MARK.encode()):
        records: Iterator[Record] = chain.from_iterable(_sheets(content, path, problems))
    else:
        text, troubles = decode(content, path, encoding=encoding)
        for trouble in troubles:
            problems.add(trouble)
        records = _text_records(text, path, problems)
    made = entries(records, path)
    return made, problems.by_line()


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header stands, what it says, and what parts cells."""

    line: int
    names: list[str]
    delimiter: str = ","


def _header(text: str) -> _Header | None:
    """The header of a text: the first line that fits, parted in the way that gives most columns we know."""
    best: _Header | None = None
    for delimiter in DELIMITERS:
        for row in islice(rows(text, delimiter), _FIRST):
            count = fits(row.cells) if len(row.cells) > 1 else 0
            if count:
                known = fits(best.names) if best else 0
                if best is None or row.line < best.line or (row.line == best.line and count > known):
                    best = _Header(row.line, row.cells, delimiter)
                break
    return best


def _text_records(text: str, path: str, problems: Gathered) -> Iterator[Record]:
    if is_embase(text[: 2**16]):
        yield from _one_by_one(text, path, problems)
        return
    header = _header(text[: 2**18])
    if header is None:
        if text.strip():
            problems.add(_headless(path, 1, "The table", next(rows(text, ","), Row(1, [])).cells))
        return
    width = len(header.names)
    body = (row for row in rows(text, header.delimiter, width) if row.line > header.line)
    yield from _records(header, body, path, problems)


def _one_by_one(text: str, path: str, problems: Gathered) -> Iterator[Record]:
    """The records of a file with one field a line: each has columns of its own."""
    for names, row in embase_rows(text):
        if row.stray:
            problems.add(_stray(path, row))
        record = record_of(meanings(names), row, Origin(path, row.line), semicolons=False)
        if record.fields.keys() & {"title", "doi"}:
            yield record
        else:
            problems.add(_no_record(path, row))


def _sheets(content: bytes, path: str, problems: Gathered) -> Iterator[Iterator[Record]]:
    for name, found in sheets(content, path, problems):
        first = list(islice(found, _FIRST))
        place = next((n for n, row in enumerate(first) if len(row.cells) > 1 and fits(row.cells)), None)
        if place is not None:
            header = _Header(first[place].line, first[place].cells, "")
            yield _records(header, chain(first[place + 1 :], found), path, problems)
        elif first:
            problems.add(_headless(path, first[0].line, f"The sheet “{name[:40]}”", first[0].cells))


def _records(header: _Header, body: Iterator[Row], path: str, problems: Gathered) -> Iterator[Record]:
    columns = meanings(header.names)
    first = list(islice(body, _SAMPLE))
    places = [place for place, column in enumerate(columns) if column in {"author", "fullauthor"}]
    semicolons = any(";" in row.cells[place] for row in first for place in places if place < len(row.cells))
    for row in chain(first, body):
        if row.cells == header.names:  # tables set one under the other
            continue
        if row.stray:
            problems.add(_stray(path, row))
        if header.delimiter and (len(row.cells) < len(columns) or any(row.cells[len(columns) :])):
            problems.add(_ragged(path, row, len(columns)))
        record = record_of(columns, row, Origin(path, row.line), semicolons=semicolons)
        if record.fields.keys() & {"title", "doi"}:
            yield record
        else:
            problems.add(_no_record(path, row))


def _headless(path: str, line: int, what: str, cells: list[str]) -> Problem:
    seen = ", ".join(cells[:8])[:100]
    message = f"{what} has no row that names a title and another column we know. It begins: {seen}."
    remedy = "Rename its columns, or write such a row above the others: Title, Authors, Year, Journal, DOI."
    return Problem(Origin(path, line), "table-header", message, remedy)


def _stray(path: str, row: Row) -> Problem:
    message = "A quote is opened in this row and never closed. The row was read without regard to quotes."
    remedy = "Delete the quote, or write two and set the whole cell in quotes."
    return Problem(Origin(path, row.line), "table-quote", message, remedy, "warning")


def _ragged(path: str, row: Row, width: int) -> Problem:
    message = (
        f"This row has {len(row.cells)} cells, and the header {width}. Its cells may stand in wrong columns."
    )
    remedy = "Set cells that hold the delimiter in quotes, or add what is missing."
    return Problem(Origin(path, row.line), "table-ragged", message, remedy, "warning")


def _no_record(path: str, row: Row) -> Problem:
    shown = ", ".join(filter(None, row.cells))[:60]
    message = f"This row has neither title nor DOI: “{' '.join(shown.split())}”. It was left out."
    return Problem(Origin(path, row.line), "table-row", message, "Add one of them, or delete the row.")
