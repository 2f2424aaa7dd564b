"""EndNote's tagged form (``%0 Journal Article``), and refer and Google Scholar's ``.enw`` → entries."""

import re
from collections.abc import Iterator

from kb.model import Entry, Origin, Problem
from kb.read.files import decode
from kb.read.foreign.endnotefields import record_of
from kb.read.foreign.record import Record, entries
from kb.read.foreign.tagged import Between, Tagged, text_lines
from kb.read.problems import Gathered

_TAGS = {
    "0": "ref-type",
    "A": "author",
    "B": "secondary-title",
    "C": "pub-location",
    "D": "year",
    "E": "secondary-author",
    "F": "label",
    "G": "language",
    "H": "translated-author",
    "I": "publisher",
    "J": "secondary-title",
    "K": "keyword",
    "L": "call-num",
    "M": "accession-num",
    "N": "number",
    "O": "alt-title",
    "P": "pages",
    "Q": "translated-title",
    "R": "electronic-resource-num",
    "S": "tertiary-title",
    "T": "title",
    "U": "url",
    "V": "volume",
    "W": "remote-database-provider",
    "X": "abstract",
    "Y": "tertiary-author",
    "Z": "notes",
    "1": "custom1",
    "2": "custom2",
    "3": "custom3",
    "4": "custom4",
    "6": "num-vols",
    "7": "edition",
    "8": "pub-date",
    "9": "work-type",
    "?": "subsidiary-author",
    "@": "isbn",
    "!": "short-title",
    "#": "custom5",
    "$": "custom6",
    "]": "article-number",
    "&": "section",
    "(": "orig-pub",
    ")": "reprint-edition",
    "*": "reviewed-item",
    "+": "auth-address",
    "^": "caption",
    ">": "pdf",
    "<": "research-notes",
    "[": "access-date",
    "=": "modified-date",
    "~": "remote-database-name",
}
_TAG = re.compile(r"\s{0,3}%([0-9A-Z?@!#$\]&()*+^><\[=~])(?:[ \t]+(.*))?")
_ONCE = frozenset(("title", "year", "ref-type"))  # what a record has once
_FIRST = re.compile(r"[\s\ufeff]*%[0A-Z](?: [^\n]*)?\n[ \t]*(?:%\S |\S)")
_TITLE = re.compile(r"^%(?:T|0) ", re.MULTILINE)
_OTHER_FORMAT = re.compile(r"^[ \t]*@\w+\s*[{(]", re.MULTILINE)


def looks(head: str) -> bool:
    """Whether a file begins with lines as ``%0 Journal Article`` or ``%T A title``; LaTeX comments do not."""
    if not _FIRST.match(head) or _OTHER_FORMAT.search(head):
        return False
    lines = [line for line in head.lstrip("\ufeff").split("\n", 12)[:12] if line.strip()]
    return bool(_TITLE.search(head)) and all(_TAG.fullmatch(line) for line in lines[:2])


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a tagged EndNote file in its order, and what is wrong with it."""
    text, troubles = decode(content, path, encoding=encoding)
    problems = Gathered()
    for trouble in troubles:
        problems.add(trouble)
    made = entries(_records(text, path, problems), path)
    return made, problems.by_line()


def _records(text: str, path: str, problems: Gathered) -> Iterator[Record]:
    for tagged in _tagged(text, path, problems):
        if set(tagged.values) <= {"ref-type"}:
            message = "This record is empty: it says nothing but its type."
            problem = Problem(
                Origin(path, tagged.line), "enw-empty", message, "Delete it, or export it again."
            )
            problems.add(problem)
        else:
            yield record_of(tagged)


def _tagged(text: str, path: str, problems: Gathered) -> Iterator[Tagged]:
    """The records: each begins with %0, or behind an empty line with a tag that a record has once."""
    record: Tagged | None = None
    between = Between("EndNote (enw)")
    name, parts, blank = "", [""], False
    for number, line in text_lines(text):
        found = _TAG.fullmatch(line)
        if not found and between.enters(line):
            if record is not None:
                _close(record, name, parts)
                yield record
                record, parts = None, [""]
            between.add(number, line)
            continue
        if not found:
            if record is None and line.strip():
                problems.add(_stray(path, number, line))
            parts.append(line.strip())
            blank = not line.strip()
            continue
        _report(between, path, problems)
        _close(record, name, parts)
        name, parts = _TAGS.get(found[1], f"%{found[1]}"), [(found[2] or "").strip()]
        if record is None or name == "ref-type" or (blank and _is_next(record, name)):
            if record is not None:
                yield record
            record = Tagged(number)
        blank = False
    _close(record, name, parts)
    if record is not None:
        yield record
    _report(between, path, problems)


def _report(between: Between, path: str, problems: Gathered) -> None:
    """Say which lines belong to no record, if any do."""
    for lines in between.close():
        problems.add(lines.problem(path, "enw-other"))


def _is_next(record: Tagged, name: str) -> bool:
    """Whether a tag behind an empty line begins another record: this one is refer's, or has it already."""
    there = record.values
    if name in _ONCE and name in there:
        return True
    whole = "title" in there or "secondary-title" in there or "year" in there
    return "ref-type" not in there and name in {"author", "title"} and whole


def _close(record: Tagged | None, name: str, parts: list[str]) -> None:
    if record is not None:
        record.add(name, parts[0] if len(parts) == 1 else "\n".join(parts).strip())


def _stray(path: str, line: int, text: str) -> Problem:
    message = f"This line stands outside every record: “{' '.join(text.split())[:60]}”. It was not read."
    remedy = "Write a tag such as %T before it, or delete it."
    return Problem(Origin(path, line), "enw-line", message, remedy, "warning")
