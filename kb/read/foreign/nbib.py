"""PubMed's tagged format (nbib, MEDLINE): ``PMID- ``, values wrapped with six spaces → entries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.model import Entry, Origin, Problem, Severity
from kb.read.files import decode
from kb.read.foreign.nbibfields import record_of
from kb.read.foreign.record import Record, entries
from kb.read.foreign.tagged import MOST_NAMES, Between, Outside, Tagged, text_lines
from kb.read.problems import Gathered

_FIRST = re.compile(r"^[ \t\ufeff]{0,4}PMID ?- ?\d*", re.MULTILINE)
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(?=\S|$)")
_OTHER_FORMAT = re.compile(r"^[ \t]*@\w+\s*[{(]|^\s*[<{\[]|^[ \t]*TY[ \t]{0,2}-|^%0 ", re.MULTILINE)
_IS_RECORD = frozenset(("TI", "BTI", "FAU", "AU", "AID", "LID"))  # of which a record has one at least
_NAMES = ("FAU", "AU", "FED", "ED", "FIR", "IR")
_ONCE = frozenset(("TI", "OWN", "STAT"))  # tags that a record has once at most


def looks(head: str) -> bool:
    """Whether a file that begins so is PubMed's tagged format."""
    found = _FIRST.search(head)
    return found is not None and not _OTHER_FORMAT.search(head[: found.start()])


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a PubMed file in its order, and what is wrong with it; each PMID line is either."""
    text, problems = decode(content, path, encoding=encoding)
    reading = _Reading(path, Gathered())
    for problem in problems:
        reading.problems.add(problem)
    for tagged in reading.records_of(text):
        reading.take(tagged)
    made = entries(reading.records, path)
    return made, reading.problems.by_line()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, record by record."""

    path: str
    problems: Gathered
    records: list[Record] = field(default_factory=list)

    def take(self, tagged: Tagged | Outside) -> None:
        """Make an entry of a record, or say why there is none."""
        if isinstance(tagged, Outside):
            self.problems.add(tagged.problem(self.path, "nbib-other"))
            return
        if set(tagged.values) <= {"PMID"}:
            message = "This record is empty: nothing but a PMID stands in it."
            self._report(tagged.line, "nbib-empty", message, "Delete it, or export it again.", "error")
            return
        if "PMID" not in tagged.values:
            if not _IS_RECORD & set(tagged.values):
                message = "Lines with tags stand here outside every record; they were not read."
                self._report(tagged.line, "nbib-stray", message, "Export the file again.", "error")
                return
            message = "This record has no PMID; it was read without."
            remedy = "Look whether its first lines are there, or export it again."
            self._report(tagged.line, "nbib-no-pmid", message, remedy, "warning")
        if any(len(tagged.values.get(tag, ())) > MOST_NAMES for tag in _NAMES):
            message = f"This record has more than {MOST_NAMES:,} names in one role; the others were left out."
            remedy = "Look whether a list of names was exported as it should be."
            self._report(tagged.line, "nbib-names", message, remedy, "warning")
        self.records.append(record_of(tagged))

    def records_of(self, text: str) -> Iterator[Tagged | Outside]:
        """The records; a line with neither tag nor indentation goes on with what stands above it."""
        record: Tagged | None = None
        between = Between("PubMed (nbib)")
        tag, parts, blank = "", [""], False
        for number, line in text_lines(text):
            found = _tag(line)
            if not found or (between.foreign and found[0] != "PMID"):
                if between.enters(line) or record is None:
                    yield from _closed(record, tag, parts)
                    record = None
                    between.add(number, line)
                else:
                    self._more(number, line, parts)
            elif record is not None or found[1] or found[0] == "PMID":
                _add(record, tag, " ".join(parts))
                if record is None or _begins(found[0], record, blank=blank):
                    yield from [record] if record else []
                    yield from between.close()
                    record = Tagged(number)
                tag, parts = found[0], [found[1]]
            blank = not line.strip()
        yield from _closed(record, tag, parts)
        yield from between.close()

    def _more(self, number: int, line: str, parts: list[str]) -> None:
        """A line that goes on with the value above it; one that is not indented is reported."""
        text = line.strip()
        parts += [text] if text else []
        if text and not line.startswith(" "):
            self._odd(number, line)

    def _odd(self, line: int, text: str) -> None:
        shown = " ".join(text.split())[:60]
        message = f"This line has no tag and is not indented: “{shown}”. It was added to the value above it."
        remedy = "Indent it by six spaces if it belongs there, or delete it."
        self._report(line, "nbib-line", message, remedy, "warning")

    def _report(self, line: int, code: str, message: str, remedy: str, severity: Severity) -> None:
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, severity))


def _closed(record: Tagged | None, tag: str, parts: list[str]) -> list[Tagged]:
    _add(record, tag, " ".join(parts))
    return [record] if record else []


def _add(record: Tagged | None, tag: str, value: str) -> None:
    """Another value; an author's identifier goes to the author before it, behind a sign no text holds."""
    if record is None:
        return
    if tag == "AUID":
        names = record.values.get("FAU") or record.values.get("AU")
        if names:
            names[-1] += f"\x1f{value}"
            return
    record.add(tag, value)


def _tag(line: str) -> tuple[str, str] | None:
    """The tag that a line begins with, and what stands behind it."""
    if line.startswith("TY "):
        return None  # which is RIS
    if line[4:6] == "- " and line[:4].rstrip().isalnum() and line[:2].isupper():
        return line[:4].rstrip(), line[6:].strip()
    found = _TAG.match(line) if line[:1].isalpha() else None
    if not found or (found[1] != "PMID" and len(found[0].rstrip("- ")) + 2 > len(line)):
        return None
    return (found[1], line[found.end() :].strip()) if line[4:5] == "-" or found[1] == "PMID" else None


def _begins(tag: str, record: Tagged, *, blank: bool) -> bool:
    """Whether a tag begins a record: PMID does; behind a blank line, one that no record has twice."""
    if tag == "PMID":
        return True
    return blank and tag in _ONCE and tag in record.values
