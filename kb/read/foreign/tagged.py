"""Files of tagged lines (RIS, PubMed, Web of Science): one record's tags and values, and where it stands."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kb.model import Name, Origin, Problem
from kb.read.foreign.persons import body, person, without_titles
from kb.read.foreign.record import Record
from kb.read.foreign.values import is_nobody

MOST_NAMES = 20_000
"""Names in one role of one publication; papers of large experiments have some five thousand."""

_OTHERS = frozenset(("et al", "et al.", "others", "and others", "u.a.", "u. a.", "…", "..."))
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_BRACED = re.compile(r"\{[^{}]{1,300}\}")  # a body, as BibTeX has it
_PAIR = re.compile(r"[^,]{1,60},[^,]{1,60},?")
_AND = re.compile(r",?\s+(?:and|&)\s+", re.IGNORECASE)
_PIECE = 2**16  # characters of a text that are cut into lines at once
_LONGEST_NAME = 300  # characters; what is longer is kept whole, as the name of a body

# How a record or a file of each format begins, so plainly that no wrapped line of a text begins so
_BEGINNINGS = (
    ("Web of Science", re.compile(r"FN (?:Clarivate|Thomson|ISI|Web of)|PT [A-Z]\s*$")),
    ("EndNote (enw)", re.compile(r"%0 [A-Z][A-Za-z -]{2,40}$")),
    ("BibTeX", re.compile(r"@\w{1,30}\s{0,9}[{(]\s{0,9}[^\s,{}()=]{1,200}\s{0,9}(?:,|=|$)")),
    ("PubMed (nbib)", re.compile(r"PMID ?- ?\d")),
    ("RIS", re.compile(r"TY[ \t]{1,3}-[ \t]*[A-Za-z]{0,9}[ \t]*$")),
    ("Cochrane Library", re.compile(r"Record #\d+ of \d+\s*$")),
    ("XML", re.compile(r"<\?xml |<(?:records|xml|PubmedArticleSet)>")),
)
_FIRST_SIGNS = frozenset("FP%@TR<")
# What programs write above, between and below the records
_HEADER = re.compile(
    r"<?\d+[.>:]?|Record #?\d+ of \d+|[-=*_#]{2,200}|EF|(?:[A-Z][\w ]{2,40}: ?)?(?:https?://|www\.)\S*"
    r"|(?:Provider|Database|Content|Links?|Date|Date exported|Export(?:ed)?(?: Date)?|Source|Search|Results)"
    r"\s?:.{0,500}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Tagged:
    """One record: what each tag says, in order. Continuation lines are joined by line ends.

    Values are taken out as they are understood; what is left is kept under the
    tags' own names.
    """

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    typed: bool = False
    ended: bool = False

    def add(self, tag: str, value: str) -> None:
        """Another value of a tag; an empty one is none."""
        if value:
            self.values.setdefault(tag, []).append(value)

    def take(self, *tags: str) -> list[str]:
        """All values of these tags, in the tags' order."""
        found: list[str] = []
        for tag in tags:
            if tag in self.values:
                found += self.values.pop(tag)
        return found

    def lines(self, *tags: str) -> list[str]:
        """All lines of these tags: for those of which every line is a value."""
        found = self.take(*tags)
        return [text for value in found for line in value.split("\n") if (text := line.strip())]

    def first(self, *tags: str) -> str:
        """The first value of these tags on one line; others stay, unless they say the same."""
        found = ""
        for tag in tags:
            if tag not in self.values:
                continue
            for value in self.values.pop(tag):
                text = " ".join(value.split())
                if not found:
                    found = text
                elif text != found:
                    self.add(tag, value)
        return found

    def leave(self, tag: str, values: Iterable[str]) -> None:
        """Put back what was not understood."""
        for value in values:
            self.add(tag, value)

    def rest(self, record: Record) -> None:
        """Keep all that is left under the tags' own names."""
        for tag, values in self.values.items():
            record.keep(tag.lower(), "; ".join(values))


def put_people(record: Record, role: str, texts: Iterable[str]) -> None:
    """Set a list of people, each once; “et al.” at its end becomes “and others”."""
    each = (one for text in texts for one in _separated(without_titles(text)))
    listed = [one for one in each if not is_nobody(one)]
    if not listed:
        return
    if len(listed) > MOST_NAMES:
        record.more.add(role)
        record.put(f"further-{role}s", "; ".join(listed[MOST_NAMES:]))
        del listed[MOST_NAMES:]
    inverted = sum("," in text.rstrip(", ") for text in listed) > 0
    names: dict[str, Name] = {}
    for text in listed:
        if text.strip(" ,").lower() in _OTHERS:
            record.more.add(role)
            continue
        name = _named(text, inverted=inverted)
        if name.family:
            names.setdefault(text.strip(" ,.").lower(), name)
    if names:
        record.people.setdefault(role, list(names.values()))


def _separated(text: str) -> list[str]:
    """One name a line is the rule; semicolons, “and” and pairs of commas are met as well."""
    text = " ".join(text.split())
    if (len(text) > _LONGEST_NAME and ";" not in text) or _BRACED.fullmatch(text):
        return [text]
    if ";" in text:
        return [part for one in text.split(";") if (part := without_titles(one.strip()))]
    if " and " in text.lower() or " & " in text:
        parts = _AND.split(text)
        if all(map(_PAIR.fullmatch, parts)):
            return parts
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    return [text] if text else []


def _named(text: str, *, inverted: bool) -> Name:
    """A name; without a comma among names that have one, three words or more are a body's."""
    if len(text) > _LONGEST_NAME or _BRACED.fullmatch(text.strip()):
        return body(text.strip("{} ") if len(text) <= _LONGEST_NAME + 2 else text)
    inner = text.rstrip(", ")
    if text.rstrip().endswith(",") and not _PAIR.fullmatch(inner):
        return body(inner)
    words = inner.split()
    if inverted and "," not in inner and len(words) > 2 and not any(len(w.strip(".")) == 1 for w in words):
        return body(inner)
    return person(text)


def text_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers; some at a time, for files may be large."""
    start, number = 0, 1
    while start <= len(text):
        end = text.find("\n", start + _PIECE)
        end = len(text) if end < 0 else end
        lines = text[start:end].split("\n")
        yield from enumerate(lines, start=number)
        start, number = end + 1, number + len(lines)


@dataclass(slots=True)
class Outside:
    """Lines that belong to no record, from the first of them to the last, and what they look like."""

    line: int
    last: int
    format: str = ""

    def problem(self, path: str, code: str) -> Problem:
        """What to say of them."""
        several = self.last > self.line
        where = f"Lines {self.line} to {self.last} belong" if several else f"Line {self.line} belongs"
        they, what = ("they look", "were") if several else ("it looks", "was")
        like = f"; {they} like {self.format}" if self.format else ""
        message = f"{where} to no record of this format{like}, and {what} not read."
        remedy = "Move what is a publication to a file of its own, and read that; delete the rest."
        return Problem(Origin(path, self.line), code, message, remedy)


def beginning_of(line: str, own: str) -> str:
    """The format, other than ``own``, of which a record or file begins with this line; "" for none.

    >>> beginning_of("PMID- 31", "RIS"), beginning_of("TY  - JOUR", "RIS"), beginning_of("@misc{a,", "RIS")
    ('PubMed (nbib)', '', 'BibTeX')
    """
    if line[:1] not in _FIRST_SIGNS:
        return ""
    return next((name for name, form in _BEGINNINGS if name != own and form.match(line)), "")


@dataclass(slots=True)
class Between:
    """What stands between the records of a file of the format ``own``, line by line.

    Headers, numbers and links that programs write there are nothing. Once a
    line begins a record of another format, all lines belong to that until one
    begins a record of ``own``: ``foreign`` is its name as long as that lasts.
    """

    own: str
    foreign: str = ""
    run: Outside | None = None

    def enters(self, line: str) -> bool:
        """Whether another format begins with this line."""
        self.foreign = self.foreign or beginning_of(line, self.own)
        return bool(self.foreign)

    def add(self, number: int, line: str) -> None:
        """Another line that belongs to no record."""
        text = line.strip(" \t\xa0\ufeff")
        if not text or (not self.foreign and _HEADER.fullmatch(text)):
            return
        if self.run is None:
            self.run = Outside(number, number)
        self.run.last = number
        self.run.format = self.run.format or self.foreign

    def close(self) -> list[Outside]:
        """The lines since the last record; a record of ``own`` begins, or the file ends."""
        found = [self.run] if self.run else []
        self.run, self.foreign = None, ""
        return found


def tagged_records(
    text: str,
    tag_of: Callable[[str], tuple[str, str] | None],
    first: str,
    own: str,
    outside: Iterable[str] = (),
) -> Iterator[Tagged | Outside]:
    """The records of a text: from a line tagged ``first`` to ER, to the next such line or to the end.

    ``tag_of`` gives a line's tag and value, or None for a line that goes on
    with the value above it. Tags that stand outside every record make one that
    is not ``typed``, but for those of ``outside``. Where the first record of
    another format than ``own`` stands, a record ends; its lines come out as
    what is outside, as do others that belong to no record.
    """
    record: Tagged | None = None
    between = Between(own)
    tag, parts = "", [""]
    for number, line in text_lines(text):
        found = tag_of(line)
        if not found or (between.foreign and found[0] != first):
            if not between.enters(line) and record is not None:
                parts.append(line.strip())
                continue
            if record is not None:
                _close(record, tag, parts)
                yield record
                record = None
            between.add(number, line)
            continue
        _close(record, tag, parts)
        tag, parts = found[0], [found[1]]
        if record is not None and tag in {first, "ER"}:
            record.ended = tag == "ER"
            yield record
        if tag == "ER":
            record = None
            if between.enters(found[1]):  # files put together without a line end between them
                between.add(number, found[1])
        elif tag == first or (record is None and found[1] and tag not in outside):
            yield from between.close()
            record = Tagged(number, typed=tag == first)
    _close(record, tag, parts)
    if record is not None:
        yield record
    yield from between.close()


def _close(record: Tagged | None, tag: str, parts: list[str]) -> None:
    if record is not None:
        record.add(tag, parts[0] if len(parts) == 1 else "\n".join(parts).strip())
