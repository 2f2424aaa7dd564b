"""Web of Science's own forms, tagged plain text and tab-delimited → entries."""

import re
from dataclasses import dataclass, field

from kb.model import Entry, Origin, Problem, Severity
from kb.read.files import decode
from kb.read.foreign.record import Record, entries
from kb.read.foreign.tagged import MOST_NAMES, Outside, Tagged, tagged_records, text_lines
from kb.read.foreign.wosfields import LISTS, record_of
from kb.read.problems import Gathered

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: |$)")
_PLAIN = re.compile(r"\s*(?:FN [^\n]*\n(?:VR [^\n]*\n)?\s*)?PT [A-Z]\b[^\n]*\n[A-Z][A-Z0-9] ")
_NAMED = re.compile(r"\s*FN [^\n]*(?:Clarivate|Thomson|ISI|Web of)[^\n]*\n")
_HEADER = re.compile(r"\s*([A-Z][A-Z0-9]\t){4,}[A-Z][A-Z0-9]\t?[ ]*\n?")
_IS_RECORD = frozenset(("TI", "AU", "SO", "DI", "UT"))  # of which a record has one at least
_NEEDED = frozenset(("TI", "AU", "SO", "PY"))  # of which a header line has two at least


def looks(head: str) -> bool:
    """Whether a file that begins so is Web of Science's plain text or tab-delimited form."""
    head = head.lstrip("\ufeff")
    return bool(_PLAIN.match(head) or _NAMED.match(head)) or _is_table(head)


def _is_table(head: str) -> bool:
    first = head.lstrip("\ufeff").lstrip().partition("\n")[0]
    return bool(_HEADER.fullmatch(first)) and len(_NEEDED & set(first.split("\t"))) > 1


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a Web of Science file in its order, and what is wrong with it."""
    text, problems = decode(content, path, encoding=encoding)
    reading = _Reading(path, Gathered())
    for problem in problems:
        reading.problems.add(problem)
    if _is_table(text):
        reading.table(text)
    else:
        reading.plain(text)
    made = entries(reading.records, path)
    return made, reading.problems.by_line()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, record by record."""

    path: str
    problems: Gathered
    records: list[Record] = field(default_factory=list)

    def plain(self, text: str) -> None:
        """Read the tagged form: records from PT to ER."""
        for tagged in tagged_records(text, _tag, "PT", "Web of Science", ("FN", "VR", "EF")):
            if isinstance(tagged, Outside):
                self.problems.add(tagged.problem(self.path, "wos-other"))
            elif set(tagged.values) <= {"PT"}:
                message = "This record is empty: nothing stands between its PT and its end."
                self._report(tagged.line, "wos-empty", message, "Delete it, or export it again.", "error")
            elif not tagged.typed and not _IS_RECORD & set(tagged.values):
                message = "Lines with tags stand here outside every record; they were not read."
                self._report(tagged.line, "wos-stray", message, "Export the file again.", "error")
            else:
                self._ended(tagged)
                self._named(tagged)
                self.records.append(record_of(tagged))

    def _ended(self, tagged: Tagged) -> None:
        if not tagged.typed:
            message = (
                "This record does not begin with PT, so its type is not known; it was read as an article."
            )
            self._report(tagged.line, "wos-no-type", message, "Write “PT J” above its first line.", "warning")
        if not tagged.ended:
            message = "This record has no ER line: it was read up to where the next begins, or the file ends."
            remedy = "Look whether its last lines are whole; if not, export it again."
            self._report(tagged.line, "wos-no-end", message, remedy, "warning")

    def _named(self, tagged: Tagged) -> None:
        """Say where names are left out: no publication has so many."""
        lists = (tagged.values.get(tag, []) for tag in ("AU", "AF"))
        if any(sum(value.count("\n") + 1 for value in values) > MOST_NAMES for values in lists):
            message = f"This record has more than {MOST_NAMES:,} names in one role; the others were left out."
            remedy = "Look whether a list of names was exported as it should be."
            self._report(tagged.line, "wos-names", message, remedy, "warning")

    def table(self, text: str) -> None:
        """Read the tab-delimited form: a line of tags, then one record a line."""
        tags: list[str] = []
        for number, line in text_lines(text):
            cells = line.split("\t")
            if not line.strip():
                continue
            if not tags:
                tags = [cell.strip() for cell in cells]
                continue
            tagged = Tagged(number, ended=True)
            for tag, cell in zip(tags, cells, strict=False):
                value = _unquoted(cell.strip())
                for one in _parts(value) if tag in LISTS else [value]:
                    tagged.add(tag, one)
            self._row(tagged, len(cells) - len(tags), "".join(cells[len(tags) :]).strip())

    def _row(self, tagged: Tagged, surplus: int, more: str) -> None:
        if not _IS_RECORD & set(tagged.values):
            message = "This line has neither title, authors, source nor DOI; it was not read as a record."
            remedy = (
                "A line end within a value cuts a record in two: join the lines, or export the file again."
            )
            self._report(tagged.line, "wos-row", message, remedy, "error")
            return
        if more or surplus < -1:
            what = (
                "more cells than the first line has tags"
                if more
                else "fewer cells than the first line has tags"
            )
            message = f"This line has {what}; its values may stand under the wrong ones."
            remedy = "Look whether a value holds a tab or a line end, and take it out."
            self._report(tagged.line, "wos-row", message, remedy, "warning")
        self._named(tagged)
        self.records.append(record_of(tagged))

    def _report(self, line: int, code: str, message: str, remedy: str, severity: Severity) -> None:
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, severity))


def _unquoted(cell: str) -> str:
    """A cell without the quotes that a spreadsheet set around it."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        return cell[1:-1].replace('""', '"')
    return cell


def _parts(cell: str) -> list[str]:
    return [part for one in re.split(r";(?:\s+|$)", cell) if (part := one.strip())]


def _tag(line: str) -> tuple[str, str] | None:
    found = _TAG.match(line) if line[2:5] != "  -" else None  # which is RIS
    return (found[1], line[3:].strip()) if found else None
