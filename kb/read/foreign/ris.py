"""RIS in every program's dialect, and RefWorks' own tagged form → entries.

The lines are read here, and ``risfields`` says what the tags mean. A record
begins with TY (or RT) and ends with ER, with the next beginning or with the
file. What two programs write differently is taken in either way: one space, two
or a tab before the hyphen, tags in lower case, wrapped lines, numbers and links
between the records.
"""

import re
from dataclasses import dataclass, field
from functools import partial

from kb.model import Entry, Origin, Problem, Severity
from kb.read.files import decode
from kb.read.foreign.record import Record, entries
from kb.read.foreign.risfields import KNOWN, record_of
from kb.read.foreign.tagged import Outside, Tagged, tagged_records
from kb.read.problems import Gathered

_BEGINNING = re.compile(
    r"^[ \t\xa0\ufeff]{0,8}TY[ \t\xa0]{0,3}-[ \t\xa0]*[A-Za-z]*[ \t\xa0]*$", re.MULTILINE | re.IGNORECASE
)
_TAG_BELOW = re.compile(r"\n[ \t\xa0]{0,8}[A-Za-z][A-Za-z0-9][ \t\xa0]{1,3}-")
_OTHER_FORMAT = re.compile(r"^[ \t]*@\w+\s*[{(]|^\s*[<{\[]|^PMID- |^%0 ", re.MULTILINE)
_REFWORKS = re.compile(
    r"^RT [A-Z][A-Za-z/, ]{2,40}\n(?:[A-Z][A-Z0-9] .*\n)*?(?:A1|T1|YR|SR|JF|ID) ", re.MULTILINE
)
_TAG = re.compile(r"[ \t\xa0\ufeff]{0,8}([A-Za-z][A-Za-z0-9])([ \t\xa0]{0,3})-(?=[ \t\xa0]|$)")
_TYPE = re.compile(r"[A-Za-z]{0,9}")
_WORDS = {"DO": re.compile(r"10\.|https?:|doi"), "IS": re.compile(r"\S{1,12}$"), "AN": re.compile(r"\S+$")}
_NUMBERED = re.compile(r"\s*(?:<?\d+[.>]?|Record \d+ of \d+)", re.IGNORECASE)
_REFWORKS_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)", re.DOTALL)
# RefWorks' tags that RIS calls otherwise; the rest mean the same in both
_RENAMED = {"RT": "TY", "YR": "PY", "VO": "VL", "OP": "EP", "K1": "KW", "NO": "N1", "PP": "CY", "UL": "UR"}
_RENAMED |= {"LK": "L2", "FD": "DA", "ED": "ET", "RD": "Y2", "WT": "T2", "DS": "DB", "JO": "JA"}
_REFWORKS_TAGS = KNOWN | set(_RENAMED) | {"CL", "IP", "LL", "OL", "SF", "SR", "WP", "A5", "A6"}
_ORPHAN = ("TI", "T1", "AU", "A1", "DO", "BT", "CT")  # what makes lines without a TY a publication


def looks(head: str) -> bool:
    """Whether a file that begins so is RIS, or RefWorks' tagged form."""
    found = _BEGINNING.search(head)
    if found and not _OTHER_FORMAT.search(head[: found.start()]):
        rest = head[found.end() : found.end() + 2000]
        return not rest.strip() or bool(_TAG_BELOW.search(rest))
    return bool(_REFWORKS.match(head.lstrip("\ufeff \n")))


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a RIS file in its order, and what is wrong with it; each TY is one or the other."""
    text, problems = decode(content, path, encoding=encoding)
    reading = _Reading(path, Gathered())
    for problem in problems:
        reading.problems.add(problem)
    first = _BEGINNING.search(text)
    if _REFWORKS.match(text.lstrip("\ufeff \n")):
        for tagged in tagged_records(text, _refworks_tag, "TY", "RefWorks"):
            if isinstance(tagged, Tagged):
                tagged.ended = True
            reading.take(tagged)
    else:
        tag_of = partial(_tag, lower=bool(first) and "ty" in first[0]) if first else _tag
        for tagged in tagged_records(text, tag_of, "TY", "RIS", ("EF",)):
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
            self.problems.add(tagged.problem(self.path, "ris-other"))
            return
        if "TY" not in tagged.values and not tagged.typed:
            self._untyped(tagged)
            return
        if set(tagged.values) <= {"TY", "ID"}:
            message = "This record is empty: nothing stands between its TY and its end."
            self._report(tagged.line, "ris-empty", message, "Delete it, or export it again.")
            return
        if not tagged.ended:
            _unended(tagged)
            message = "This record has no ER line: it was read up to where the next begins, or the file ends."
            remedy = "Look whether its last lines are whole, and add “ER  - ” behind them."
            self._report(tagged.line, "ris-no-end", message, remedy, "warning")
        if "TY" not in tagged.values:
            message = "Nothing stands behind this record's TY, so its type is not known; it was read as misc."
            remedy = "Write a type there, such as “TY  - JOUR”."
            self._report(tagged.line, "ris-no-type", message, remedy, "warning")
        self.records.append(record_of(tagged))

    def _untyped(self, tagged: Tagged) -> None:
        """Lines with tags that stand behind an ER, or before the first TY."""
        if any(tag in tagged.values for tag in _ORPHAN):
            message = "This record does not begin with TY, so its type is not known; it was read as misc."
            remedy = "Write a first line such as “TY  - JOUR” above it."
            self._report(tagged.line, "ris-no-type", message, remedy, "warning")
            self.records.append(record_of(tagged))
            return
        shown = ", ".join(list(tagged.values)[:5])
        message = f"Lines with tags ({shown}) stand here outside every record; they were not read."
        remedy = "Move them above the ER line of the record that they belong to, or delete them."
        self._report(tagged.line, "ris-stray", message, remedy)

    def _report(self, line: int, code: str, message: str, remedy: str, severity: Severity = "error") -> None:
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, severity))


def _tag(line: str, *, lower: bool = False) -> tuple[str, str] | None:
    """The tag that a line begins with, in capitals, and what stands behind it; None if there is none."""
    if line[2:5] == "  -" and line[0:2].isalnum() and line[0:2].isupper() and line[0].isalpha():
        return line[:2], line[5:].strip()
    found = _TAG.match(line) if "-" in line else None
    if not found:
        return None
    written, space = found[1], found[2]
    tag, value = written.upper(), line[found.end() :].strip()
    wide = len(space) > 1 or "\t" in space
    if tag not in KNOWN or (tag in {"ER", "EF"} and value and not wide):
        return None
    if tag == "TY" and (not _TYPE.fullmatch(value) or (written.islower() and not lower and not wide)):
        return None
    known = written == tag or lower
    if not wide and ((not space and tag != "TY") or not _is_meant(tag, value, known=known)):
        return None  # "do - " and "ER- " are words of a wrapped line
    return tag, value


def _is_meant(tag: str, value: str, *, known: bool) -> bool:
    """Whether a word that could be a tag, with one space behind it, is one."""
    return known and (tag not in _WORDS or bool(_WORDS[tag].match(value)))


def _unended(record: Tagged) -> None:
    """A record without ER; the number of the next, which some write between them, is not its own."""
    if record.values:
        values = record.values[next(reversed(record.values))]
        above, line_end, last = values[-1].rpartition("\n")
        if line_end and _NUMBERED.fullmatch(last):
            values[-1] = above.rstrip()


def _refworks_tag(line: str) -> tuple[str, str] | None:
    """The same for RefWorks' form, with the tag that RIS has for what it says."""
    found = _REFWORKS_TAG.match(line)
    if not found or found[1] not in _REFWORKS_TAGS or line[2:5] == "  -":
        return None
    return _RENAMED.get(found[1], found[1]), (found[2] or "").strip()
