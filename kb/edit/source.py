"""One BibTeX entry in a file's text: where its parts stand, and the text with one of its fields changed.

What is taken away is what was put there: removing a field that was added gives the text as it was before.
"""

import re
import unicodedata
from dataclasses import dataclass

_BEGIN = re.compile(r"@[ \t]*\w+\s*([{(])")
_CITEKEY = {
    "{": re.compile(r"\s*((?:[^,{}=\s]|[ \t]+(?=[^,{}=\s]))+)(?=\s*[,}])"),
    "(": re.compile(r"\s*((?:[^,()=\s]|[ \t]+(?=[^,()=\s]))+)(?=\s*[,)])"),
}
# Possessive, so that no part of a comment is ever taken for a field
_SPACE = r"(?:\s|%[^\r\n]*+)*+"
_FIELD = re.compile(rf"(?:[\s,]|%[^\r\n]*+)*+([^\s\"#%'(),={{}}\\]+){_SPACE}=({_SPACE})")
_JOINT = re.compile(rf"{_SPACE}#{_SPACE}")
_BARE = re.compile(r"[^\s#,{}()\"=%]+")
_REST = re.compile(r"(?:[\s,]|%[^\r\n]*+)*+")
_COMMA = re.compile(r"\s*,")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TO_LINE_END = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_COMMENT_TO_LINE_END = re.compile(r"[ \t]*(?:%[^\r\n]*)?(\r\n|\r|\n)")
# The reader takes a brace behind a backslash for text, and if that fails, for a brace, as BibTeX does.
_MARKS = (re.compile(r"\\.|[{}\"]", re.DOTALL), re.compile(r"[{}\"]"))


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Where a field stands: its name, and its value with what encloses it."""

    name: str
    start: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class EntrySpan:
    """Where an entry stands: from its @ to behind its closing brace, and its fields in order."""

    start: int
    end: int
    after_citekey: int
    fields: tuple[FieldSpan, ...]


def entry_span(text: str, line: int, citekey: str) -> EntrySpan | None:
    """The entry of this citekey that begins on the 1-based line; None if its parts cannot be told apart."""
    start, end = _line(text, line)
    found = []
    for begun in _BEGIN.finditer(text, start):
        if begun.start() >= end:
            break
        named = _CITEKEY[begun[1]].match(text, begun.end())
        if named and _same_citekey(named[1], citekey):
            found.append((begun, named.end(1)))
    if len(found) != 1:  # two of one name on one line: nobody can say which
        return None
    spans = (_span(text, *found[0], marks) for marks in _MARKS)
    return next((span for span in spans if span), None)


def value_ends(source: str) -> bool:
    """Whether a text is one BibTeX value and nothing else: ``{…}``, ``"…"``, words, joined by ``#``."""
    return any(_value_end(source, 0, marks) == len(source) for marks in _MARKS)


def closing(text: str, start: int, mark: str) -> int | None:
    """Behind the mark that closes what was opened before ``start``; None if none does."""
    return _closed(text, start, mark, _MARKS[0])


def newline_of(text: str, span: EntrySpan) -> str:
    """How lines end in the entry, else in the file."""
    found = _LINE_END.search(text, span.start, span.end) or _LINE_END.search(text)
    return found[0] if found else "\n"


def replaced(text: str, field: FieldSpan, source: str) -> str:
    """The text with another value in a field."""
    return f"{text[: field.value_start]}{source}{text[field.value_end :]}"


def added(text: str, span: EntrySpan, name: str, source: str) -> str:
    """The text with a new last field, indented, aligned and ended like the one before it."""
    end = span.fields[-1].value_end if span.fields else span.after_citekey
    comma = _COMMA.match(text, end)
    place = comma.end() if comma else end
    newline = _LINE_END.search(text, span.start, span.end)
    field = f"{_name_and_sign(text, span, name)}{source}"
    rest = _COMMENT_TO_LINE_END.match(text, place) if comma else None
    if rest:
        return f"{text[: rest.end()]}{_indent(text, span)}{field},{rest[1]}{text[rest.end() :]}"
    lead = f"{newline[0]}{_indent(text, span)}" if newline else " "
    before, behind = ("", ",") if comma else (",", "")
    return f"{text[:place]}{before}{lead}{field}{behind}{text[place:]}"


def removed(text: str, span: EntrySpan, field: FieldSpan) -> str:
    """The text without a field, its comma and, where it stood alone on it, its line."""
    last = max((f.value_end for f in span.fields if f.value_end <= field.start), default=span.after_citekey)
    before = text[last : field.start]
    own = _COMMA.match(text, field.value_end)
    # Where a comment stands before the field, the line end behind the comment must stay.
    follows_comma = "%" not in before and before.rstrip().endswith(",")
    start, end = field.start, field.value_end
    if own:
        end = own.end()
        line = before.rstrip(" \t")
        rest = _TO_LINE_END.match(text, end)
        if rest and line.endswith(("\r", "\n")):
            start, end = last + len(line), rest.end()
        elif follows_comma:
            start = last + len(before.rstrip())
    elif follows_comma:
        start = last + len(before.rstrip()) - 1
    return text[:start] + text[end:]


def without(text: str, span: EntrySpan) -> str:
    """The text without an entry, its line end, and the empty line before it."""
    lead = re.search(r"(?:\r\n|\r|\n)?\Z", text[: span.start])
    rest = _TO_LINE_END.match(text, span.end)
    start = lead.start() if lead else span.start
    return text[:start] + text[rest.end() if rest else span.end :]


def _line(text: str, line: int) -> tuple[int, int]:
    """Where a 1-based line begins, and where it ends."""
    start = 0
    for _ in range(line - 1):
        end = _LINE_END.search(text, start)
        if not end:
            return len(text), len(text)
        start = end.end()
    end = _LINE_END.search(text, start)
    return start, end.start() if end else len(text)


def _same_citekey(written: str, citekey: str) -> bool:
    shown = (
        written.encode("utf-8", "surrogateescape").decode("cp1252", "replace") if _odd(written) else written
    )
    return " ".join(unicodedata.normalize("NFC", shown).split()) == citekey


def _odd(text: str) -> bool:
    """Whether bytes stand in it that are no UTF-8."""
    return any("\udc80" <= char <= "\udcff" for char in text)


def _span(text: str, begun: re.Match[str], after: int, marks: re.Pattern[str]) -> EntrySpan | None:
    fields: list[FieldSpan] = []
    place = after
    while found := _FIELD.match(text, place):
        end = _value_end(text, found.end(), marks)
        if end is None:
            return None
        fields.append(FieldSpan(found[1].lower(), found.start(1), found.end(), end))
        place = end
    rest = _REST.match(text, place)
    close = rest.end() if rest else place
    if text[close : close + 1] != {"{": "}", "(": ")"}[begun[1]]:
        return None
    return EntrySpan(begun.start(), close + 1, after, tuple(fields))


def _value_end(text: str, start: int, marks: re.Pattern[str]) -> int | None:
    """Behind the last piece of a value."""
    place = start
    while True:
        end = _piece_end(text, place, marks)
        joint = _JOINT.match(text, end) if end is not None else None
        if joint is None:
            return end
        place = joint.end()


def _piece_end(text: str, start: int, marks: re.Pattern[str]) -> int | None:
    mark = text[start : start + 1]
    if mark and mark in '{"':
        return _closed(text, start + 1, "}" if mark == "{" else mark, marks)
    word = _BARE.match(text, start)
    return word.end() if word else None


def _closed(text: str, start: int, closing: str, marks: re.Pattern[str]) -> int | None:
    depth = 0
    for found in marks.finditer(text, start):
        mark = found[0]
        if mark == closing and depth == 0:
            return found.end()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth < 0:
                return None
    return None


def _indent(text: str, span: EntrySpan) -> str:
    """What stands before the last field on its line, if that is blank."""
    if not span.fields:
        return "  "
    before = text[span.start : span.fields[-1].start]
    line = before.rstrip(" \t")
    return before[len(line) :] if line.endswith(("\r", "\n")) else "  "


def _name_and_sign(text: str, span: EntrySpan, name: str) -> str:
    """The name with its equals sign: in the column of the others if there is one, else as the last has it."""
    if not span.fields:
        return f"{name} = "
    heads = [text[field.start : field.value_start] for field in span.fields]
    columns = {head.index("=", len(field.name)) for head, field in zip(heads, span.fields, strict=True)}
    lengths = {len(field.name) for field in span.fields}
    last, column = heads[-1], columns.pop()
    if re.search(r"[\r\n%]", last):
        return f"{name} = "
    if not columns and len(lengths) > 1:
        return f"{name} ".ljust(column) + last[column:]
    return name + last[len(span.fields[-1].name) :]
