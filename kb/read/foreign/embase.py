"""Embase's CSV with one field a line: a label, and the values behind it → one row a record."""

import re
from collections.abc import Iterator
from itertools import islice

from kb.read.foreign.kinds import CONTAINERS
from kb.read.foreign.record import Record
from kb.read.foreign.rows import Row, rows
from kb.read.foreign.values import page_range, whole_range

_LABELS = frozenset(
    (
        *("TITLE", "AUTHOR NAMES", "SOURCE", "SOURCE TITLE", "PUBLICATION YEAR", "VOLUME", "ISSUE"),
        *("FIRST PAGE", "LAST PAGE", "PUBLICATION TYPE", "DOI", "PUI", "ISSN", "ABSTRACT", "AUTHOR KEYWORDS"),
        *("AUTHOR ADDRESSES", "LANGUAGE OF ARTICLE", "MEDLINE PMID", "EMBASE ACCESSION ID", "EMBASE LINK"),
        *("DATE OF PUBLICATION", "SOURCE TYPE", "FULL TEXT LINK", "COPYRIGHT", "ORIGINAL TITLE"),
    )
)
_LOOKED_AT = 6  # rows
_NEEDED = 3  # of them that begin with a label
# "Journal of Examples (2020) 22:3 (1-15)"; some have no issue, no volume or a number of the article
_PLACE = re.compile(
    r"(?P<journal>[^()]{2,300}?(?: \([^()]{1,60}\)[^()]{0,60}?)?) \((?P<year>(?:1[6-9]|20)\d\d)\)"
    r"(?: (?P<volume>[\w.-]{1,12})(?::(?P<number>[^()\s]{1,20}(?: [^()\s]{1,20})?))?)?"
    r"(?: \((?P<pages>[A-Za-z]?\d[\w.-]{0,20})\))?\.?"
)


def is_embase(head: str) -> bool:
    """Whether a file's first lines are fields of one record, and not its columns."""
    if not head.lstrip().startswith('"'):
        return False
    first = [row.cells for row in islice(rows(head, ","), _LOOKED_AT)]
    labelled = sum(len(cells) > 1 and cells[0] in _LABELS for cells in first)
    return bool(first) and first[0][0] in _LABELS and labelled >= min(_NEEDED, max(2, len(first)))


def embase_rows(text: str) -> Iterator[tuple[list[str], Row]]:
    """Each record's labels and values; one begins behind an empty line, or where its first label recurs."""
    names: list[str] = []
    cells: list[str] = []
    line, after, stray, starter = 1, 1, False, ""
    for row in rows(text, ","):
        label, values = row.cells[0], row.cells[1:]
        starter = starter or label
        if names and (label == starter or row.line > after):
            yield names, Row(line, cells, stray)
            names, cells, stray = [], [], False
        line = line if names else row.line
        names.append("Citation" if label == "SOURCE" and _PLACE.fullmatch("".join(values)) else label)
        cells.append("\n".join(filter(None, values)))
        stray = stray or row.stray
        after = row.line + 1 + sum(cell.count("\n") for cell in row.cells)
    if names:
        yield names, Row(line, cells, stray)


def put_embase_place(record: Record, source: str) -> str:
    """Set journal, volume, issue and pages from Embase's words for them; returns the year, "" for others.

    >>> record = Record("misc")
    >>> put_embase_place(record, "Journal of Examples (2020) 22:3 (1-15)"), record.fields["pages"]
    ('2020', '1-15')
    """
    found = _PLACE.fullmatch(source)
    if not found or not (found["volume"] or found["pages"]):
        return ""
    if record.type == "misc":
        record.type = "article"
    record.put(CONTAINERS.get(record.type, "series"), found["journal"])
    record.put("volume", found["volume"] or "")
    record.put("number", found["number"] or "")
    record.put("pages", page_range(whole_range(found["pages"] or ""), ""))
    return found["year"]
