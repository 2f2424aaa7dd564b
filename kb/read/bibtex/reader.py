"""The entries of a .bib file, and a problem for everything in it that became none."""

import re
from dataclasses import dataclass, field

from bibtexparser import model

from kb.model import Entry, Origin, Problem
from kb.read.bibtex import blocks
from kb.read.bibtex.groups import Group, groups, is_jabref, with_groups
from kb.read.bibtex.inherit import Why, inherit
from kb.read.bibtex.masks import masked, shown
from kb.read.bibtex.odd import regular, type_as_written
from kb.read.bibtex.plain import PlainEntry, PlainString
from kb.read.bibtex.references import with_references
from kb.read.bibtex.repeated import Repeated
from kb.read.bibtex.unnamed import with_citekeys, with_room
from kb.read.bibtex.values import Abbreviations, Value, evaluate
from kb.read.files import decode
from kb.read.problems import Gathered

_FIELD_NAME = re.compile(r"""[^\s"#%'(),={}\\]+""")
_NEXT_FIELD = re.compile(r"""[,;]?\s*([^\s"#%'(),={}\\]+)\s*=\s*""")
_ODD = re.compile(r"[\s\\{}\"#%~]")
_NO_CITEKEY = re.compile(r"""@\w+\s*[{(]\s*[\w-]*\s*=""")
_SHOWN = 60  # characters of a wrong text that a message quotes
_WHOLE = 500  # and of an address, which is of no use when it is cut

# bibtexparser's reasons by their beginnings, and ours
_REASONS = (
    ("Unexpected block start", "A brace or quote in it is still open where the next entry begins."),
    ("Unexpectedly reached end of file", "A brace or quote in it is still open at the end of the file."),
    ("Expected comma after entry key", "There is no comma after its citekey."),
    (
        "Expected a `=` after entry key",
        "A field name in it has no “=” behind it, or two commas follow each other.",
    ),
    ("Expected either a `,`", "There is no comma between two of its fields."),
    ("Expected equals sign", "There is no “=” behind its name."),
)


# Why nothing was taken over from a parent, and what to do about it
_PARENTS: dict[Why, tuple[str, str]] = {
    "unknown": (
        "is no other entry of this file; nothing was taken over.",
        "Correct {}, or move both entries into one file.",
    ),
    "circle": ("leads back to itself; nothing was taken over.", "Correct {} in one of these entries."),
    "deep": (
        "continues too long a chain of entries that take over from each other; nothing was taken over.",
        "Name in {} an entry that stands nearer to the end of the chain.",
    ),
    "much": (
        "was not taken over whole: the entries of this file take over far more text than the file has.",
        "Take long fields out of the entry that {} names.",
    ),
}


def read_bibtex(
    content: bytes, path: str, *, encoding: str = "", name_them: bool = False
) -> tuple[list[Entry], list[Problem]]:
    """The entries of a BibTeX or BibLaTeX file in file order, and what is wrong with it.

    ``path`` is how origins name the file; lines count from 1; ``encoding`` is
    what its user says it is in. Whatever looks like an entry is an entry or a
    problem. Citekeys may repeat: which entries are one work is not decided here.
    With ``name_them``, an entry without a citekey gets one that is its own here.
    """
    text, problems = decode(content, path, encoding=encoding)
    text = regular(with_room(text) if name_them else text)
    reading = _Reading(path, Abbreviations(len(text)), name_them)
    for name, raw in blocks.abbreviations(text):
        reading.abbreviations.announce(name, raw)
    for line, block in blocks.blocks(text):
        reading.block(line, block, text)
    reading.finish()
    named = with_citekeys(reading.entries, reading.warn_of_citekey)
    grouped = with_groups(named, reading.groups)
    whole = inherit(grouped, reading.warn_of_parent, len(text))
    # An @xdata is no publication: only what entries take from it counts
    entries = [with_references(entry) for entry in whole if entry.type != "xdata"]
    problems += reading.problems.by_line()
    return entries, problems


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, block by block."""

    path: str
    abbreviations: Abbreviations
    name_them: bool = False
    repeated: Repeated = field(default_factory=Repeated)
    problems: Gathered = field(default_factory=Gathered)
    entries: list[Entry] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def block(self, line: int, block: blocks.Block, text: str) -> None:
        """Take one block of the text, at its line."""
        if isinstance(block, PlainEntry):
            self._plain_entry(line, block, text)
        elif isinstance(block, PlainString):
            self._string(line, block.name, masked(block.raw))
        elif isinstance(block, blocks.Unread):
            self._unread(line, block)
        elif isinstance(block, blocks.Hidden):
            self._hidden(line, block)
        elif isinstance(block, blocks.Mended):
            message = "A comma is missing behind its citekey, or two follow each other; the entry was read."
            self._warn(
                line,
                "bib-comma",
                message,
                "Write one comma behind the citekey and each value.",
                block.citekey,
            )
        else:
            # A repeated citekey or field is a "failed" block to the parser; the whole entry is inside.
            self._split(line, getattr(block, "ignore_error_block", None) or block)

    def _split(self, line: int, block: model.Block) -> None:
        raw = block.raw or ""
        if isinstance(block, model.ImplicitComment | model.ExplicitComment):
            self._comment(line, block)
            return
        if isinstance(block, model.Entry):
            self._entry(line, block)
        elif isinstance(block, model.String):
            self._string(line, block.key, block.value)
        elif isinstance(block, model.ParsingFailedBlock):
            self._broken(line, raw, str(getattr(block.error, "abort_reason", "")))
        inner = blocks.swallowed_by(block) if isinstance(block, model.Entry) else blocks.swallowed(raw)
        for down, first in inner:
            self._lost(line + down, first, "It stands inside another entry, where a brace may be missing.")

    def finish(self) -> None:
        """Report abbreviations that grew beyond all measure."""
        if self.abbreviations.spent:
            message = (
                "The @string abbreviations of this file expand to far more text than the file has; "
                "they were left as names from there on."
            )
            self._report(
                1, "bib-string-too-long", message, "Shorten the definitions, or write the values out."
            )

    def warn_of_parent(self, entry: Entry, name: str, target: str, why: Why) -> None:
        """Report a crossref or xdata of which nothing, or not all, could be taken over."""
        message, remedy = _PARENTS[why]
        message = f"Its {name} “{_cut(target)}” {message}"
        self._warn(entry.origin.line, "bib-crossref", message, remedy.format(name), entry.citekey)

    def warn_of_citekey(self, entry: Entry) -> None:
        """Report an entry that got the citekey it has."""
        message = f"This @{entry.type} has no citekey; it was read as {entry.citekey}."
        remedy = f"Write that or another one behind its first brace: @{entry.type}{{{entry.citekey}, …"
        self._warn(entry.origin.line, "bib-citekey-made", message, remedy, entry.citekey)

    def _plain_entry(self, line: int, block: PlainEntry, text: str) -> None:
        entry = Entry(block.citekey, block.type, {}, Origin(self.path, line))
        fields = entry.fields
        counted = block.start
        for name, value, is_word, place in block.fields:
            if is_word or name in fields:
                raw = value if is_word else masked(f"{{{value}}}")
                line, counted = line + text.count("\n", counted, place), place
                self._field(line, entry, name, raw)
            else:
                fields[name] = value
        self._whole(entry)

    def _entry(self, line: int, block: model.Entry) -> None:
        citekey = self._citekey(line, block)
        if not citekey and not (self.name_them and block.fields):
            return
        entry = Entry(citekey, type_as_written(block.entry_type), {}, Origin(self.path, line))
        for one in block.fields:
            value = one.value
            inner = value[1:-1]
            name = one.key.lower()
            # Nine fields in ten: new, with a plain name, in one pair of braces
            plain = value[:1] == "{" and value[-1:] == "}" and "{" not in inner and "}" not in inner
            if plain and name not in entry.fields and name.isalnum():
                entry.fields[name] = shown(inner)
            else:
                self._field(line + one.start_line - (block.start_line or 0), entry, name, value)
        self._whole(entry)

    def _whole(self, entry: Entry) -> None:
        """Take an entry of which all fields were read."""
        for line, name, times in self.repeated.join(entry.fields):
            message = f"There are {times} fields {name}; they were joined."
            remedy = f"Nothing is lost; write them as one field {name} if you like."
            self._warn(line, "bib-duplicate-field", message, remedy, entry.citekey)
        self.entries.append(entry)

    def _citekey(self, line: int, block: model.Entry) -> str:
        citekey = " ".join(shown(block.key).split())
        if not block.fields and " " in citekey:
            why = "It has no fields, and where its citekey should be stand several words."
            self._lost(line, shown(block.raw or ""), why)
            return ""
        if not citekey and self.name_them and block.fields:
            return ""
        if not citekey:
            message = f"This @{block.entry_type} has no citekey; it was not stored."
            remedy = "Write one behind its first brace, with a comma: @article{smith2020title, …"
            self._report(line, "bib-citekey", message, remedy)
        elif _ODD.search(citekey):
            message = f"The citekey “{_cut(citekey)}” holds a space or a character that LaTeX cannot cite."
            remedy = "Use letters, digits and - _ : . only, and correct what cites it."
            self._warn(line, "bib-citekey-odd", message, remedy, citekey)
        return citekey

    def _field(self, line: int, entry: Entry, name: str, raw: str) -> None:
        """Store a field, and those that a missing comma hides behind it."""
        while True:
            value = evaluate(raw, self.abbreviations)
            text = self._text(line, entry.citekey, name, value, raw)
            self._store(line, entry, name, text)
            hidden = _NEXT_FIELD.match(value.rest)
            if not hidden:
                return
            line += raw.count("\n", 0, raw.rfind(value.rest))
            message = f"A comma is missing between {_cut(name)} and {hidden[1]}; both were read."
            remedy = f"Put a comma before {hidden[1]}."
            self._warn(line, "bib-swallowed", message, remedy, entry.citekey)
            name, raw = hidden[1].lower(), value.rest[hidden.end() :]

    def _text(self, line: int, citekey: str, name: str, value: Value, raw: str) -> str:
        for word in value.unknown:
            self._unknown(line, citekey, name, shown(word))
        if not value.rest or _NEXT_FIELD.match(value.rest):
            return shown(value.text)
        message = f"The value of {_cut(name)} is not wholly in braces or quotes; it was kept: {_cut(raw)}."
        self._warn(line, "bib-value", message, "Put the whole value into one pair of braces.", citekey)
        bare = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw
        return shown(bare)

    def _unknown(self, line: int, citekey: str, name: str, word: str) -> None:
        code = "bib-value" if word[0].isdecimal() else "bib-undefined-string"
        if self.abbreviations.spent or self._counts(line, code, "warning"):
            return
        if word[0].isdecimal():
            message = f"The value of {_cut(name)}, {_cut(word)}, is in no braces and no number. It was kept."
            remedy = f"Write {_cut(name)} = {{{_cut(word)}}}."
            self._warn(line, "bib-value", message, remedy, citekey)
            return
        message = f"No @string defines {_cut(word)}, which stands in {_cut(name)}. The name itself was kept."
        remedy = f"Define it with @string, or put the value into braces: {_cut(name)} = {{{_cut(word)}}}."
        self._warn(line, "bib-undefined-string", message, remedy, citekey)

    def _store(self, line: int, entry: Entry, name: str, text: str) -> None:
        whole = shown(name)
        *_, name = whole.split() or [""]
        if not _FIELD_NAME.fullmatch(name):
            message = f"“{_cut(whole)}” is no name of a field; its value {_cut(text)} was not stored."
            self._report(line, "bib-field", message, "Write it as name = {value}.", entry.citekey)
            return
        if name != whole:
            message = f"“{_cut(whole)}” is no name of a field; it was read as {name}."
            self._warn(line, "bib-field-name", message, f"Delete what stands before {name}.", entry.citekey)
        first = entry.fields.get(name, "")
        if first.strip() and text.strip():
            if self.repeated.takes(line, name, text) or self._counts(line, "bib-duplicate-field", "warning"):
                return
            most = _WHOLE if name == "url" else _SHOWN
            kept, dropped = _cut(first, most), _cut(text, most)
            message = f"There are two fields {name}; “{kept}” was kept, “{dropped}” dropped."
            remedy = "Delete one of them, or join them."
            self._warn(line, "bib-duplicate-field", message, remedy, entry.citekey)
        elif name not in entry.fields or text.strip():
            entry.fields[name] = text

    def _string(self, line: int, name: str, raw: str) -> None:
        while True:
            value = evaluate(raw, self.abbreviations)
            text = self._text(line, "", f"@string {name}", value, raw)
            if not self.abbreviations.spent:
                self.abbreviations.define(name, text)
            more = _NEXT_FIELD.match(value.rest)
            if not more:
                return
            name, raw = more[1], value.rest[more.end() :]

    def _broken(self, line: int, raw: str, reason: str) -> None:
        found = re.match(r"@\w*", raw)
        kind = type_as_written(found[0]) if found else "entry"
        if _NO_CITEKEY.match(raw):
            message = f"This {kind} has no citekey; it was not stored."
            remedy = "Write one behind its first brace, with a comma: @article{smith2020title, …"
            self._report(line, "bib-citekey", message, remedy)
            return
        why = next((ours for theirs, ours in _REASONS if reason.startswith(theirs)), reason)
        last = line + raw.rstrip().count("\n")
        where = f"line {line}" if last == line else f"lines {line} to {last}"
        what = f"{kind} {blocks.citekey(raw)}".strip()
        message = f"{what} cannot be read and was not stored. {why}"
        remedy = f"Look at {where} for a missing brace, quote or comma."
        self._report(line, "bib-syntax", message, remedy, blocks.citekey(raw))

    def _unread(self, line: int, block: blocks.Unread) -> None:
        where = (
            f"Line {line} begins with {_cut(block.first)}; from there to the next line that begins an entry"
        )
        message = f"{where}, nothing was read. {block.why}"
        remedy = "Look there for a missing brace; write every entry on lines of its own."
        problem = Problem(
            Origin(self.path, line), "bib-syntax", message, remedy, citekey=blocks.citekey(block.first)
        )
        self.problems.add(problem, times=block.beginnings)

    def _hidden(self, line: int, block: blocks.Hidden) -> None:
        what = "1 entry" if block.entries == 1 else f"{block.entries} entries"
        message = f"This @comment holds {what}, which were left out; the first is {_cut(block.first)}."
        remedy = "Take them out of its braces, if they are meant to be read."
        self._warn(line, "bib-commented", message, remedy, block.first)

    def _comment(self, line: int, block: model.ImplicitComment | model.ExplicitComment) -> None:
        text = block.comment
        if isinstance(block, model.ExplicitComment):
            # @commentary{ stays, and is found
            text = re.sub(r"^@comment\s*[{(]", "", block.raw or "", flags=re.IGNORECASE)
            if is_jabref(text):
                self.groups.extend(groups(shown(text)))
                return
        for down, first in blocks.lost(text):
            self._lost(line + down, first, "It stands outside every entry, or in a comment.")

    def _lost(self, line: int, first: str, why: str) -> None:
        if self._counts(line, "bib-lost", "error"):
            return
        message = f"This looks like an entry, but was not read as one: {_cut(first)}. {why}"
        remedy = (
            "Write it as @type{citekey, …}; or begin its lines with % if it is meant to be left out. "
            "A record of another format goes into a file of its own."
        )
        self._report(line, "bib-lost", message, remedy, blocks.citekey(first))

    def _counts(self, line: int, code: str, severity: str) -> bool:
        return self.problems.counts(code, severity, Origin(self.path, line))

    def _report(self, line: int, code: str, message: str, remedy: str, citekey: str = "") -> None:
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, "error", citekey))

    def _warn(self, line: int, code: str, message: str, remedy: str, citekey: str = "") -> None:
        self.problems.add(Problem(Origin(self.path, line), code, message, remedy, "warning", citekey))


def _cut(text: str, most: int = _SHOWN) -> str:
    """``text`` on one line, short enough for a message."""
    line = " ".join(shown(text).split())
    return line if len(line) <= most else f"{line[:most]}…"
