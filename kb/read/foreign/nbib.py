"""PubMed's tagged format (nbib, MEDLINE): ``PMID- ``, values wrapped with six spaces → entries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.model import Entry, Origin, Problem, Severity
from kb.read.files import decode
from kb.read.foreign.nbibfields import record_of
from kb.read.foreign.record import Record, entries
from kb.read.foreign.tagged import Tagged, text_lines
from kb.read.problems import Gathered

_FIRST = re.compile(r"^[ \t\ufeff]{0,4}PMID ?- ?\d*", re.MULTILINE)
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(?=\S|$)")
_OTHER_FORMAT = re.compile(r"^[ \t]*@\w+\s*[{(]|^\s*[<{\[]|^[ \t]*TY[ \t]{0,2}-|^%0 ", re.MULTILINE)
_IS_RECORD = frozenset(("TI", "BTI", "FAU", "AU", "AID", "LID"))  # of which a record has one at least
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
    listed = sorted(reading.problems.listed(), key=lambda problem: problem.origin.line)
    return entries(reading.records, path), listed


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, record by record."""

    path: str
    problems: Gathered
    records: list[Record] = field(default_factory=list)

    def take(self, tagged: Tagged) -> None:
        """Make an entry of a record, or say why there is none."""
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
        self.records.append(record_of(tagged))

    def records_of(self, text: str) -> Iterator[Tagged]:
        """The records; a line with neither tag nor indentation goes on with what stands above it."""
        record: Tagged | None = None
        tag, parts, blank = "", [""], False
        for number, line in text_lines(text):
            found = _tag(line)
            if found:
                if record is not None:
                    _add(record, tag, " ".join(parts))
                if record is None and not found[1] and found[0] != "PMID":
                    continue
                if record is None or _begins(found[0], record, blank=blank):
                    if record is not None:
                        yield record
                    record = Tagged(number)
                tag, parts = found[0], [found[1]]
            elif line.strip() and record is not None:
                parts.append(line.strip())
                if not line.startswith(" "):
                    self._odd(number, line)
            blank = not line.strip()
        if record is not None:
            _add(record, tag, " ".join(parts))
            yield record

    def _odd(self, line: int, text: str) -> None:
        shown = " ".join(text.split())[:60]
        message = f"This line has no tag and is not indented: “{shown}”. It was added to the value above it."
        remedy = "Indent it by six spaces if it belongs there, or delete it."
        self._report(line, "nbib-line", message, remedy, "warning")

    def _report(self, line: int, code: str, message: str, remedy: str, severity: Severity) -> None:
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, severity))


def _add(record: Tagged, tag: str, value: str) -> None:
    """Another value; an author's identifier goes to the author before it, behind a sign no text holds."""
    if tag == "AUID":
        names = record.values.get("FAU") or record.values.get("AU")
        if names:
            names[-1] += f"\x1f{value}"
            return
    record.add(tag, value)


def _tag(line: str) -> tuple[str, str] | None:
    """The tag that a line begins with, and what stands behind it."""
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
