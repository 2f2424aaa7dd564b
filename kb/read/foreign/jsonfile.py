"""A JSON file of records, in any of the forms in which programs write one → entries.

Known are an array, one object, JSON Lines, objects or arrays one after the
other, and the pages of an API, where the list is one member of an object. A
whole file is cut by msgspec, which tells where each record stands; a broken
one is read value by value, and a broken record costs only itself wherever the
beginning of the next can be told.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

from kb.model import Entry, Origin, Problem, Severity
from kb.read.files import decode
from kb.read.foreign.jsonscan import PAGE, PAGES, behind_space, below, closing, looked, next_sign, value_at
from kb.read.foreign.record import Record, entries
from kb.read.problems import Gathered

Json: TypeAlias = dict[str, object]
Make: TypeAlias = Callable[[Json, Json], Record | None]
"""(a record, what stands beside the list of records) → the publication, or None if it is none."""

_ANY = msgspec.json.Decoder()
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_BRACE = ord("{")
_WRONG = (msgspec.DecodeError, RecursionError)
_OPENING = re.compile(r"\{")
_PATIENT = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
_LONGEST_NUMBER = 18  # digits; what counts or dates something has fewer
_WORK = 20_000_000  # characters looked at again in search of a record's end, before we give up
_NOT_STRICT = (b"\\u", b"NaN", b"Infinity")  # what the standard library reads, and msgspec does not


def read_records(
    content: bytes, path: str, make: Make, *, encoding: str = ""
) -> tuple[list[Entry], list[Problem]]:
    """The entries of a JSON file in its order, and what is wrong with it."""
    text, problems = decode(content, path, encoding=encoding)
    found = _File(path, make)
    for problem in problems:
        found.problems.add(problem)
    listed = entries(found.read(text.lstrip("\ufeff")), path)
    return listed, found.problems.listed()


@dataclass(slots=True)
class _File:
    """A file being read: the records that are made and not yet taken away, and what was wrong."""

    path: str
    make: Make
    problems: Gathered = field(default_factory=Gathered)
    told: int = 0
    records: list[Record] = field(default_factory=list)
    frame: Json = field(default_factory=dict)
    work: int = _WORK
    alike: frozenset[str] = frozenset()
    numbers: list[str] = field(default_factory=list)
    decoder: json.JSONDecoder | None = None

    def read(self, text: str) -> Iterator[Record]:
        """Read all of the text, in the quickest way that it allows."""
        if not text.strip():
            return
        body = text.encode("utf-8", "replace")
        try:
            body, line, raws = self._cut(body)
        except _WRONG:
            for _ in self._lines(text) if _is_lines(text) else self._scan(text, 1):
                yield from self._made()
        else:
            del text
            for _ in self._cut_out(body, line, raws):
                yield from self._made()

    def _made(self) -> list[Record]:
        records, self.records = self.records, []
        return records

    def report(self, line: int, code: str, message: str, remedy: str, severity: Severity = "error") -> None:
        """Note a problem at a line of the file."""
        self.told += 1
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, severity))

    # A whole file -------------------------------------------------------------------------------

    def _cut(self, body: bytes) -> tuple[bytes, int, list[msgspec.Raw]]:
        """A file that is one JSON value: the part that holds the records, its line, and each record in it."""
        line = 1 + body.count(b"\n", 0, len(body) - len(body.lstrip()))
        body = body.lstrip()
        if body[:1] == b"[":
            return body, line, _LIST.decode(body)
        members = _OBJECT.decode(body)
        inner = members.get("message")
        if inner is not None and _begins(inner, b"{") and not _is_record(members):
            line += body.count(b"\n", 0, max(0, body.find(inner)))
            body = bytes(inner)
            members = _OBJECT.decode(body)
        if _is_record(members):
            return body, line, [msgspec.Raw(body)]
        name = next((name for name in PAGES if name in members and _begins(members[name], b"[")), "")
        if not name:
            by_name = bool(members) and all(_begins(raw, b"{") for raw in members.values())
            return body, line, list(members.values()) if by_name else [msgspec.Raw(body)]
        raw = members.pop(name)
        for other, beside in members.items():
            with suppress(*_WRONG):
                self.frame[other] = _ANY.decode(beside)
        line += body.count(b"\n", 0, max(0, body.find(raw)))
        return bytes(raw), line, _LIST.decode(raw)

    def _cut_out(self, body: bytes, line: int, raws: list[msgspec.Raw]) -> Iterator[None]:
        place = 0
        for raw in raws:
            start = max(place, body.find(raw, place))  # only commas, space and citekeys lie between
            line += body.count(b"\n", place, start)
            place = start + len(memoryview(raw))
            if body[start] != _BRACE and self.problems.counts(
                "json-record", "error", Origin(self.path, line)
            ):
                continue
            self._raw(bytes(raw), line)
            line += body.count(b"\n", start, place)
            yield

    def _raw(self, raw: bytes, line: int) -> None:
        try:
            value = self._value(raw, line)
        except (ValueError, RecursionError) as error:
            self._broken(error, line)
        else:
            self._take(value, line)

    def _value(self, raw: bytes, line: int) -> object:
        """What a piece of JSON says: in msgspec's way, or in that of the standard library, which takes more.

        Raises:
            ValueError, RecursionError: It is no JSON, or too deep.
        """
        try:
            return _ANY.decode(raw)
        except msgspec.DecodeError as error:
            if "range" not in str(error) and not any(sign in raw for sign in _NOT_STRICT):
                raise ValueError(_said(str(error))) from None
        text = raw.decode("utf-8", "replace").strip()
        value, end = self._patient(text, 0, line)
        if end < len(text):
            raise ValueError("something stands behind its end")
        return value

    def _patient(self, text: str, start: int, line: int) -> tuple[object, int]:
        decoder = self.decoder or json.JSONDecoder(
            strict=False, parse_int=self._whole_number, parse_float=self._real_number, parse_constant=_nothing
        )
        self.decoder = decoder
        value = value_at(decoder, text, start)
        if self.numbers:
            message = f"The number {self.numbers[0][:20]}… is too large to mean anything; it was left out."
            remedy = "Look whether the program wrote it so, and put a long code between quotes."
            self.report(line, "json-number", message, remedy, "warning")
            self.numbers.clear()
        return value

    def _whole_number(self, written: str) -> int | None:
        if len(written) <= _LONGEST_NUMBER:
            return int(written)
        self.numbers.append(written)
        return None

    def _real_number(self, written: str) -> float | None:
        number = float(written)
        if math.isfinite(number):
            return number
        self.numbers.append(written)
        return None

    def _take(self, value: object, line: int) -> None:
        """Make a record of a value, or of each that it lists; report what is none."""
        if not isinstance(value, dict):
            self._no_record(line, f"Here stands {_kind(value)}, where a record is expected.")
            return
        listed = _page(value)
        if listed is not None:
            frame = {name: other for name, other in value.items() if other is not listed}
            for one in listed:
                self._make(one, frame, line)
        else:
            self._make(value, self.frame, line)

    def _make(self, value: object, frame: Json, line: int) -> None:
        record = self.make(value, frame) if isinstance(value, dict) else None
        if record is None or not isinstance(value, dict):
            self._no_record(line, "What stands here describes no publication: it has no title, names or DOI.")
            return
        record.line = line
        self.records.append(record)
        self.alike = frozenset(value)

    def _no_record(self, line: int, message: str) -> None:
        self.report(line, "json-record", message, "Look whether the file was exported whole, and for what.")

    # Lines --------------------------------------------------------------------------------------

    def _lines(self, text: str) -> Iterator[None]:
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                value = self._value(line.encode("utf-8", "replace"), number)
            except (ValueError, RecursionError) as error:
                if PAGE.search(line) or not line.startswith("{"):
                    yield from self._scan(line, number)
                else:
                    self._broken(error, number)
            else:
                self._take(value, number)
                yield

    # A broken file ------------------------------------------------------------------------------

    def _scan(self, text: str, line: int) -> Iterator[None]:
        """Read value by value, from one beginning of a record to the next."""
        place, inside, told = 0, "", self.told
        while (start := behind_space(text, place)) < len(text):
            line += text.count("\n", place, start)
            if text[start] == "[" and not inside:
                inside, place = "list", start + 1
            elif text[start] == "]" and inside:
                if inside == "page":
                    inside = ""
                    break
                inside, place = "", start + 1
            else:
                place, inside = self._next(text, start, line, inside)
                yield
            line += text.count("\n", start, place)
        if inside or self.told == told:
            message = (
                "The file is not whole: its end is missing, or something in it is no JSON. "
                "Its records were read one by one."
            )
            self.report(
                line, "json-syntax", message, "Export it again, or compare the number of records.", "warning"
            )

    def _next(self, text: str, start: int, line: int, inside: str) -> tuple[int, str]:
        """Read one value, and say where to go on and in what."""
        try:
            value, end = self._patient(text, start, line)
        except (ValueError, RecursionError) as error:
            page = PAGE.search(text, start) if start == behind_space(text, 0) else None
            if page:
                return page.end(), "page"
            self._broken(error, line, text.count("\n", start, getattr(error, "pos", start)))
            self.work -= looked(error, start)
            return self._resumed(text, start, line), inside
        self._take(value, line)
        return end, inside

    def _broken(self, error: ValueError | RecursionError, line: int, below: int = 0) -> None:
        self.numbers.clear()
        if isinstance(error, RecursionError):
            message = "This record cannot be read: its values lie too deep in one another. It was left out."
            remedy = "Export the file again; no record of a publication is so deep."
            self.report(line, "json-deep", message, remedy)
            return
        said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        place = f", at line {line + below}" if below else ""
        message = f"This record cannot be read: {said[:1].lower()}{said[1:]}{place}. It was left out."
        self.report(line, "json-syntax", message, "Mend it by hand, or export the file again.")

    def _resumed(self, text: str, start: int, line: int) -> int:
        """Where to go on behind a broken record: its own end, or the beginning of the next."""
        if self.work < 0:
            message = (
                "From here on the file is so broken that its records cannot be told apart. "
                "The rest was not read."
            )
            self.report(line, "json-broken", message, "Export the file again.")
            return len(text)
        if text[start] not in "[{":
            return next_sign(text, start)
        following = below(text, start)
        limit = following if following >= 0 else len(text)
        end, own = closing(text, start, limit)
        self.work -= end - start
        if own:
            return end
        return following if following >= 0 else self._alike(text, start, end)

    def _alike(self, text: str, start: int, limit: int) -> int:
        """The next place where a record begins that is made like the last one; else ``limit``."""
        for found in _OPENING.finditer(text, start + 1, limit):
            if self.work < 0:
                break
            place = found.start()
            try:
                value, end = value_at(_PATIENT, text, place)
            except (ValueError, RecursionError) as error:
                self.work -= looked(error, place)
                continue
            self.work -= end - place
            names = frozenset(value) if isinstance(value, dict) else frozenset()
            shared = len(self.alike & names)
            if shared * 2 > len(self.alike) if self.alike else "title" in names:
                return place
        return limit


def _said(message: str) -> str:
    """What msgspec says of broken JSON, as part of a sentence."""
    words = message.removeprefix("JSON is malformed: ").removeprefix("Input data was truncated")
    return words or "it ends too early"


def _nothing(_: str) -> None:
    """What NaN and Infinity say, which are no JSON."""


def _is_lines(text: str) -> bool:
    """Whether each line is a value of its own: one of the first three is an object."""
    if not text.lstrip().startswith("{"):
        return False
    first = (line for line in text.lstrip()[:_WORK].split("\n", 3)[:3] if line.startswith("{"))
    for line in first:
        try:
            if isinstance(_ANY.decode(line), dict):
                return True
        except _WRONG:
            continue
    return False


def _begins(raw: msgspec.Raw, sign: bytes) -> bool:
    return bytes(memoryview(raw)[:1]) == sign


def _is_record(members: Json | dict[str, msgspec.Raw]) -> bool:
    """Whether an object that has a list among its members is nevertheless a publication."""
    return "title" in members or "DOI" in members or "doi" in members or "itemType" in members


def _page(value: Json) -> list[object] | None:
    """The list of records in an object that is a page of an API."""
    if _is_record(value):
        return None
    inner = value.get("message")
    members = inner if isinstance(inner, dict) else value
    if members is not value and not any(isinstance(members.get(name), list) for name in PAGES):
        return [members]
    if _is_record(members):
        return [members] if members is not value else None
    return next((listed for name in PAGES if isinstance(listed := members.get(name), list)), None)


def _kind(value: object) -> str:
    if value is None:
        return "nothing (null)"
    names = ((str, "a text"), (bool, "a truth value"), ((int, float), "a number"), (list, "a list"))
    return next((name for kind, name in names if isinstance(value, kind)), "something else")
