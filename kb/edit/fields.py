"""A file's bytes → its bytes with fields of one entry changed, and nothing else different to a reader."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.edit import source as spans
from kb.edit.charsets import NOTHING, charsets, text_in
from kb.errors import EditError
from kb.model import Entry
from kb.read import decode, read_bibtex
from kb.render.braces import balanced

_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.:/+-]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BARE = re.compile(r"[0-9]+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_STRING = re.compile(r"^[ \t]*@string[ \t]*([{(])", re.MULTILINE | re.IGNORECASE)
_ELSEWHERE = "bib-crossref"  # a parent is not seen when an entry is read alone
_UNDEFINED = "bib-undefined-string"  # it is written as it was, or as a person wants it
_DERIVED = "citeslist"  # a reader may say this of an entry that does not


@dataclass(frozen=True, slots=True)
class Change:
    """A field's new text; "" takes it away, and ``whole`` is text with what encloses it."""

    name: str
    text: str
    whole: bool = False

    def written(self, before: str, newline: str) -> str:
        """The value as it is written in place of another one, in lines that end so."""
        if self.whole:
            return self.text
        bare = _BARE.fullmatch(before) or (self.name == "month" and not before)
        if bare and _BARE.fullmatch(self.text):
            return self.text
        text = self.text.replace("\n", newline)
        return f"{{{text}}}"


def wanted_changes(changes: Mapping[str, str]) -> list[Change]:
    """Changes as they were asked for, each checked.

    Raises:
        EditError: A name or a value cannot be one.
    """
    wanted = [_change(name.strip(), value) for name, value in changes.items()]
    again = [name for name, count in Counter(change.name for change in wanted).items() if count > 1]
    if again:
        raise EditError(f"The field {again[0]} is set twice at once. {NOTHING}.")
    return wanted


def _change(written: str, value: str) -> Change:
    name = written.removesuffix(":").lower()
    if name == "citekey":
        raise EditError(
            f"A citekey cannot be set: kb rename, which is to do that, is not there yet. {NOTHING}."
        )
    if not _FIELD_NAME.fullmatch(name):
        raise EditError(f"“{name[:60]}” is no name of a field: use letters, digits and hyphens. {NOTHING}.")
    text = value.strip()
    if _CONTROL.search(text):
        raise EditError(f"The value of {name} holds control characters. {NOTHING}.")
    if written.endswith(":"):
        if text and not spans.value_ends(text):
            message = (
                f"What is to stand behind {name} = is no single value in braces or quotes, and no number"
            )
            raise EditError(f"{message}. {NOTHING}.")
        return Change(name, text, whole=True)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if balanced(text) != text:
        why = "its braces do not balance, it ends with a backslash, or an entry begins in it"
        raise EditError(f"The value of {name} cannot stand between braces: {why}. {NOTHING}.")
    return Change(name, text)


def _inverse(name: str, written: str, newline: str) -> tuple[str, str]:
    """The change that writes what stands behind an equals sign anew."""
    inner = written[1:-1].replace(newline, "\n")
    try:
        plain = _change(name, inner) if written[:1] == "{" and not inner.startswith("{") else None
    except EditError:
        plain = None
    if plain and inner and plain.text == inner and plain.written(written, newline) == written:
        return name, inner
    if _CONTROL.search(written):  # what no command line can hold comes back as it is read
        shown = decode(written.encode("utf-8", "surrogateescape"), "")[0]
        return f"{name}:", shown
    return f"{name}:", written


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry begins."""

    citekey: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Edited:
    """A file's bytes after changes, and the changes that would put back what was there."""

    content: bytes
    before: dict[str, str]


def edited(content: bytes, place: Place, wanted: Sequence[Change], *, drop_empty: bool = False) -> Edited:
    """The file with the fields changed, if it then reads exactly as before but for these."""
    refused: EditError | None = None
    for charset in charsets(content, place.path):
        try:
            return _edited_in(charset, content, place, wanted, drop_empty=drop_empty)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            message = f"{place.path} is in {charset}, which has no “{letter}”"
            refused = refused or EditError(f"{message}. {NOTHING}; save the file as UTF-8 first.")
        except EditError as error:
            refused = refused or error
    assert refused is not None
    raise refused


def _edited_in(
    charset: str, content: bytes, place: Place, wanted: Sequence[Change], *, drop_empty: bool
) -> Edited:
    text = text_in(content, charset, place.path)
    span = _found(text, place)
    old = _seen(content, place, _height(text, span))
    newline = spans.newline_of(text, span)
    before: dict[str, str] = {}
    for change in wanted:
        field = _field(text, span, change, place)
        written = text[field.value_start : field.value_end] if field else ""
        before.update([_inverse(change.name, written, newline)] if field else [(change.name, "")])
        if field and not change.whole and change.text and old.entry.fields.get(change.name) == change.text:
            continue
        text = _with(text, span, field, change.name, change.text and change.written(written, newline))
        span = _found(text, place)
    after = text.encode(charset, "surrogateescape")
    if not _is_meant(old, _seen(after, place, _height(text, span)), wanted):
        message = f"The entry {place.citekey} would not read as it is meant. {NOTHING}"
        raise EditError(f"{message}; change {place.path}:{place.line} by hand.")
    if drop_empty and not span.fields:
        after = spans.without(text, span).encode(charset, "surrogateescape")
    return Edited(after, before)


def _found(text: str, place: Place) -> spans.EntrySpan:
    span = spans.entry_span(text, place.line, place.citekey)
    if span is None:
        message = (
            f"The entry {place.citekey} is no longer at {place.path}:{place.line}, or cannot be taken apart"
        )
        raise EditError(f"{message}. {NOTHING}; do it again after kb ingest, or by hand.")
    return span


def _height(text: str, span: spans.EntrySpan) -> int:
    """How many lines an entry stands on."""
    return len(_LINE_END.findall(text, span.start, span.end)) + 1


def _field(text: str, span: spans.EntrySpan, change: Change, place: Place) -> spans.FieldSpan | None:
    """The field of this name that counts for the reader: the first that holds something."""
    named = [field for field in span.fields if field.name == change.name]
    if len(named) > 1 and not change.text:
        message = f"{place.citekey} has the field {change.name} {len(named)} times"
        raise EditError(f"{message}. {NOTHING}; delete them by hand, at {place.path}:{place.line}.")
    holding = (field for field in named if text[field.value_start : field.value_end].strip('{}" \t\r\n'))
    return next(holding, named[0] if named else None)


def _with(text: str, span: spans.EntrySpan, field: spans.FieldSpan | None, name: str, written: str) -> str:
    if field:
        return spans.replaced(text, field, written) if written else spans.removed(text, span, field)
    return spans.added(text, span, name, written) if written else text


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the reader sees: the entry, others on its lines, kinds of problems there, and the lines around."""

    entry: Entry
    others: list[tuple[str, str, dict[str, str]]]
    problems: Counter[str]
    around: tuple[list[str], list[str]]


def _seen(content: bytes, place: Place, height: int) -> _Seen:
    """An entry as the reader sees it, with the file's abbreviations but without its other entries."""
    lines = decode(content, place.path)[0].split("\n")
    above, below = lines[: place.line - 1], lines[place.line - 1 + height :]
    known = [*_abbreviations(above), ""]
    alone = "\n".join([*known, *lines[place.line - 1 : place.line - 1 + height], *_abbreviations(below)])
    entries, problems = read_bibtex(alone.encode("utf-8", "replace"), place.path)
    line = "\n".join(known).count("\n") + 2
    mine = next((one for one in entries if (one.citekey, one.origin.line) == (place.citekey, line)), None)
    if mine is None:
        message = f"The entry {place.citekey} cannot be read alone. {NOTHING}"
        raise EditError(f"{message}; change {place.path}:{place.line} by hand.")
    others = [(one.citekey, one.type, one.fields) for one in entries if one is not mine]
    return _Seen(mine, others, Counter(problem.code for problem in problems), (above, below))


def _abbreviations(lines: Sequence[str]) -> Iterator[str]:
    """The @string definitions in these lines."""
    text = "\n".join(lines)
    for found in _STRING.finditer(text):
        end = spans.closing(text, found.end(), {"{": "}", "(": ")"}[found[1]])
        if end:
            yield text[found.start() : end]


def _is_meant(old: _Seen, new: _Seen, wanted: Sequence[Change]) -> bool:
    """Whether nothing but the fields wanted is different, and they are as wanted."""
    expected = dict(old.entry.fields)
    found = dict(new.entry.fields)
    for change in wanted:
        expected.pop(change.name, None)
        if change.text and change.name in found:
            expected[change.name] = found[change.name] if change.whole else change.text
        elif change.text:
            return False
    if not any(change.text and change.name == _DERIVED for change in wanted):
        expected.pop(_DERIVED, None)
        found.pop(_DERIVED, None)
    allowed = {_ELSEWHERE, _UNDEFINED} if any(change.whole for change in wanted) else {_ELSEWHERE}
    kinds = (new.problems - old.problems).keys() - allowed
    same = (old.entry.type, old.others, old.around) == (new.entry.type, new.others, new.around)
    return same and not kinds and found == expected
