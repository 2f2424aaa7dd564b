"""Files of tagged lines (RIS, PubMed, Web of Science): one record's tags and values, and where it stands."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kb.model import Name
from kb.read.foreign.persons import body, person
from kb.read.foreign.record import Record

MOST_NAMES = 20_000
"""Names in one role of one publication; papers of large experiments have some five thousand."""

_OTHERS = frozenset(("et al", "et al.", "others", "and others", "u.a.", "u. a.", "…", "..."))
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_PAIR = re.compile(r"[^,]{1,60},[^,]{1,60},?")
_AND = re.compile(r",?\s+(?:and|&)\s+", re.IGNORECASE)
_PIECE = 2**16  # characters of a text that are cut into lines at once
_LONGEST_NAME = 300  # characters; what is longer is kept whole, as the name of a body


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
    listed = [one for text in texts for one in _separated(text)]
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
    if len(text) > _LONGEST_NAME and ";" not in text:
        return [text]
    if ";" in text:
        return [part for one in text.split(";") if (part := one.strip())]
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
    if len(text) > _LONGEST_NAME:
        return body(text)
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


def tagged_records(
    text: str, tag_of: Callable[[str], tuple[str, str] | None], first: str, outside: Iterable[str] = ()
) -> Iterator[Tagged]:
    """The records of a text: from a line tagged ``first`` to ER, to the next such line or to the end.

    ``tag_of`` gives a line's tag and value, or None for a line that goes on
    with the value above it. Tags that stand outside every record make one that
    is not ``typed``, but for those of ``outside``.
    """
    record: Tagged | None = None
    tag, parts = "", [""]
    for number, line in text_lines(text):
        found = tag_of(line)
        if not found:
            parts.append(line.strip())
            continue
        _close(record, tag, parts)
        tag, parts = found[0], [found[1]]
        if record is not None and tag in {first, "ER"}:
            record.ended = tag == "ER"
            yield record
        if tag == first:
            record = Tagged(number, typed=True)
        elif tag == "ER":
            record = None
        elif record is None and found[1] and tag not in outside:
            record = Tagged(number)
    _close(record, tag, parts)
    if record is not None:
        yield record


def _close(record: Tagged | None, tag: str, parts: list[str]) -> None:
    if record is not None:
        record.add(tag, parts[0] if len(parts) == 1 else "\n".join(parts).strip())
