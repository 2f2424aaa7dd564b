"""XML that nobody vouches for → its records, one by one, each with its line.

The standard library's expat does the reading; this front refuses what can hurt
(declared entities, external ones, depth, records without end) and goes on at the
next record where the XML is broken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kb.model import Origin, Problem, Severity
from kb.read.foreign.xmlbytes import beginning, utf8
from kb.read.problems import Gathered

_CHUNK = 2**18  # bytes that expat is given at once
_RECORD = 32 * 2**20  # bytes that one record may have
_TOKEN = 4 * 2**20  # bytes that one tag or comment may have: expat reads an open one anew with each chunk
_PARTS = 200_000  # elements in one record
_DEEPEST = 200  # elements within elements
_STRAYS = 1000  # elements that are none, where records are expected
_FAULTS = 500  # after so many a file is given up: each costs a new start

_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s*)?([^\s>]{1,40})")
_CLOSERS = re.compile(rb"(?:\s*</[^<>]{0,100}>)*\s*")
_ENDS, _CUT = "xml-ends", "xml-cut"  # reported as xml-syntax
_LARGE = "xml-record-too-large"
_MEND = "Mend the file there, or export it again; the other records were read."


@dataclass(slots=True)
class Kind:
    """What records look like in a format: their tags, and those of the elements that hold nothing else."""

    tags: frozenset[str]
    holders: frozenset[str]
    starts: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        names = "|".join(sorted(map(re.escape, self.tags)))
        self.starts = re.compile(rf"<(?:{names})(?=[\s/>])".encode())


def records(
    content: bytes, path: str, kind: Kind, problems: Gathered, *, encoding: str = ""
) -> Iterator[tuple[int, Element]]:
    """Each record, with the line it begins at, in the order of the file.

    What is wrong with the file is added to ``problems``. A record whose XML is
    broken is a problem, and reading goes on at the next one; so is an element
    that stands where records stand and is none.
    """
    body, troubles = utf8(content, path, encoding)
    for trouble in troubles:
        problems.add(trouble)
    file = _File(body, path, kind)
    at, faults, around = beginning(body), 0, b""
    while at < len(body):
        if not around:
            at = _past_entities(file, at, problems)
        passage = _Passage(file, at, around, problems)
        yield from passage.records()
        if passage.stopped is None:
            return
        faults += not passage.restarts
        at = passage.stopped if passage.restarts else file.next_record(passage.stopped)
        around = b"" if passage.restarts else passage.around
        if faults >= _FAULTS and at < len(body):
            problems.add(_given_up(file, at))
            return


def _past_entities(file: "_File", at: int, problems: Gathered) -> int:
    """Where to begin a document: at its first record if entities are declared before it."""
    first = file.next_record(at)
    declared = _ENTITY.search(file.body, at, first)
    if not declared:
        return at
    name, line = declared[1].decode("utf-8", "replace"), file.line(declared.start())
    message = f"The file declares an entity, “{name}”. Such declarations can hide files or endless text."
    remedy = "None of them was followed. Export the file again without them."
    problems.add(Problem(Origin(file.path, line), "xml-entity", message, remedy))
    return first


def _given_up(file: "_File", at: int) -> Problem:
    line, left = file.line(at), sum(1 for _ in file.kind.starts.finditer(file.body, at))
    message = (
        f"The file is broken in {_FAULTS} places. From line {line} on it was not read; "
        f"{left:,} records begin there."
    )
    return Problem(Origin(file.path, line), "xml-given-up", message, "Export the file again.")


@dataclass(slots=True)
class _File:
    """What is read, and where its lines begin."""

    body: bytes
    path: str
    kind: Kind
    known: tuple[int, int] = (0, 1)  # a byte, and its line

    def line(self, at: int) -> int:
        """The line that a byte stands in; quick if bytes are asked for in their order."""
        start, line = self.known if self.known[0] <= at else (0, 1)
        count = self.body.count
        line += count(b"\n", start, at) + count(b"\r", start, at) - count(b"\r\n", start, at)
        line -= self.body[max(0, start - 1) : start + 1] == b"\r\n" and start > 0  # counted with its \r
        self.known = (at, line)
        return line

    def next_record(self, at: int) -> int:
        """The first byte of the next record; the end if there is none."""
        found = self.kind.starts.search(self.body, at)
        return found.start() if found else len(self.body)


class _StopError(Exception):
    """The XML may not be read on from a byte."""

    def __init__(self, code: str, wrong: str, place: int) -> None:
        super().__init__(wrong)
        self.code, self.wrong, self.place = code, wrong, place


class _Passage:
    """A stretch of a file that is read in one go: all of it, unless the XML is broken.

    ``stopped`` is the byte from which to look for the next record, None at the end
    of the file; ``restarts`` says that another document begins just there.
    """

    def __init__(self, file: _File, at: int, around: bytes, problems: Gathered) -> None:
        self.file, self.at, self.problems = file, at, problems
        self.stopped: int | None = None
        self.restarts = False
        self._given = around  # tags that were open already
        self._open: list[str] = []  # the elements that we stand in, outside records
        self._begun: tuple[int, int] | None = None  # the record that we stand in: its byte and its line
        self._seen = -1  # the byte of the last record that began
        self._builder: TreeBuilder | None = None  # what makes its element
        self._parts = self._depth = self._strays = 0
        self._ready: list[tuple[int, Element]] = []
        self._lines = file.line(at) - 1
        self._parser = self._made_parser()

    @property
    def around(self) -> bytes:
        """The tags that are open around records, to be opened again by the next passage."""
        return "".join(f"<{tag}>" for tag in self._open).encode()

    def records(self) -> Iterator[tuple[int, Element]]:
        """The records of the passage; where it breaks off, the problem is added."""
        feed, body = self._parser.Parse, memoryview(self.file.body)
        stop: _StopError | None = None
        try:
            feed(self._given, False)
            for at in range(self.at, len(body), _CHUNK):
                feed(body[at : at + _CHUNK], False)
                self._check_size(min(at + _CHUNK, len(body)))
                yield from self._ready
                self._ready.clear()
            feed(b"", True)
        except expat.ExpatError as error:
            stop = self._fault(error.code)
        except _StopError as error:
            stop = error
        yield from self._ready
        if stop:
            self._report(stop)

    def _made_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = 2**16
        # HTML's names of characters are used without being declared: with this they come to us
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._named
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        return parser

    def _place(self, index: int) -> int:
        """The byte of the file for one that the parser counts."""
        return max(self.at, self.at + index - len(self._given))

    def _refuse(self, code: str, wrong: str) -> NoReturn:
        raise _StopError(code, wrong, self._place(self._parser.CurrentByteIndex))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._begun is None:
            self._start_outside(tag, attributes)
            return
        if tag in self.file.kind.tags:
            self._refuse("xml-syntax", f"The record has no end before the next <{tag}>")
        self._depth += 1
        self._parts += 1
        if self._depth > _DEEPEST or self._parts > _PARTS:
            self._refuse(_LARGE, "The record has too many elements, or too many within each other")
        if self._builder:
            self._builder.start(tag, attributes)

    def _start_outside(self, tag: str, attributes: dict[str, str]) -> None:
        parser, kind = self._parser, self.file.kind
        line = self._lines + parser.CurrentLineNumber
        if tag in kind.tags:
            self._seen = self._place(parser.CurrentByteIndex)
            self._begun = (self._seen, line)
            self._parts = self._depth = 0
            self._builder = TreeBuilder()
            self._builder.start(tag, attributes)
            parser.CharacterDataHandler = self._builder.data
            return
        if self._open and self._open[-1] in kind.holders and tag not in kind.holders:
            self.problems.add(_no_record(tag, Origin(self.file.path, line)))
            self._strays += 1
            if self._strays > _STRAYS:
                self._refuse("xml-syntax", f"The XML has more than {_STRAYS} elements that are no records")
        self._open.append(tag)
        if len(self._open) > _DEEPEST:
            self._open.clear()
            self._refuse("xml-syntax", f"The XML has more than {_DEEPEST} elements within each other")

    def _end(self, tag: str) -> None:
        if self._begun is None:
            if self._open:
                self._open.pop()
            return
        self._depth -= 1
        builder = self._builder
        if builder:
            builder.end(tag)
        if tag in self.file.kind.tags:
            if builder:
                self._ready.append((self._begun[1], builder.close()))
            self._begun = self._builder = None
            self._parser.CharacterDataHandler = None

    def _named(self, name: str, _is_parameter: int) -> None:
        if self._builder:
            self._builder.data(html5.get(f"{name};", f"&{name};"))

    def _declared(self, name: str, *_rest: object) -> None:
        self._refuse("xml-entity", f"The XML declares an entity, “{name[:40]}”, which is not followed")

    def _check_size(self, read: int) -> None:
        if read - self._place(self._parser.CurrentByteIndex) > _TOKEN:
            self._refuse("xml-syntax", "The XML has a tag or a comment without end")
        if self._begun and read - self._begun[0] > _RECORD:
            self._refuse(_LARGE, f"The record has more than {_RECORD // 2**20} MB")

    def _fault(self, code: int) -> _StopError | None:
        """What stopped the parser; None if it is nothing, or just the begin of another document."""
        place, body = self._place(self._parser.ErrorByteIndex), self.file.body
        place -= body.startswith(b"</", place - 1)  # expat points behind the <
        if self._begun is None and not self._open and place > self.at and body.startswith(b"<", place):
            if _CLOSERS.fullmatch(body, place):
                return None
            if not body.startswith(b"</", place):
                self.stopped, self.restarts = place, True  # as scripts append one download to the other
                return None
        if code == _NO_END or (code == _OPEN_TAG and body.startswith(b"</", place)):
            return _StopError(_ENDS, "The XML ends too early", len(body))
        wrong = expat.ErrorString(code) or "no XML"
        if code == _OPEN_SECTION and self._begun:
            place = self._begun[0]  # what has no end has swallowed all records behind it
        return _StopError(_CUT if code == _OPEN_TAG else "xml-syntax", f"The XML is broken ({wrong})", place)

    def _report(self, stop: _StopError) -> None:
        file, place = self.file, stop.place
        lost = [self._begun[1]] if self._begun else []
        broken = self._broken_tag(place, whole=stop.code != _CUT)
        lost += [file.line(broken)] if broken is not None else []
        line = file.line(place)
        code = "xml-syntax" if stop.code in {_ENDS, _CUT} else stop.code
        for begins in lost:
            message = f"{stop.wrong}, at line {line}. The record that begins here was not read."
            self.problems.add(Problem(Origin(file.path, begins), code, message, _MEND))
        if not lost:
            severity: Severity = "warning" if stop.code == _ENDS else "error"
            message = f"{stop.wrong}, at line {line}, between records."
            self.problems.add(Problem(Origin(file.path, line), code, message, _MEND, severity))
        self.stopped = place + (place in (broken, self._seen))

    def _broken_tag(self, place: int, *, whole: bool) -> int | None:
        """Where a record's tag begins that was never seen, for the fault lies in it; None if it does not."""
        starts, body = self.file.kind.starts, self.file.body
        if not whole and starts.match(body, place):
            return place
        tag = body.rfind(b"<", max(self.at, self._seen + 1), place)
        return tag if tag >= 0 and starts.match(body, tag) else None


_NO_END = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
_OPEN_TAG = expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]
_OPEN_SECTION = expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]


def _no_record(tag: str, origin: Origin) -> Problem:
    message = f"<{tag[:40]}> stands where records stand, and is none that we know. It was not read."
    return Problem(
        origin, "xml-element", message, "Look what it holds; remove it if nothing is missing.", "warning"
    )
