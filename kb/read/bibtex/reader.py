"""The entries of a .bib file, and a problem for everything in it that became none."""

import re
from dataclasses import dataclass, field

from bibtexparser import model

from kb.model import Entry, Origin, Problem
from kb.read.bibtex import blocks
from kb.read.bibtex.inherit import inherit
from kb.read.bibtex.values import Abbreviations, Value, evaluate
from kb.read.files import decode

_FIELD_NAME = re.compile(r"""[^\s"#%'(),={}\\]+""")
_NEXT_FIELD = re.compile(r"""[,;]?\s*([^\s"#%'(),={}\\]+)\s*=\s*""")
_NO_CITEKEY = re.compile(r"""@\w+\s*[{(]\s*[\w-]*\s*=""")
_ODD = re.compile(r"[\s\\{}\"#%~]")
_SHOWN = 60  # characters of a wrong text that a message quotes

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


def read_bibtex(content: bytes, path: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of a BibTeX or BibLaTeX file in file order, and what is wrong with it.

    ``path`` is how origins name the file; lines count from 1. Whatever looks
    like an entry is an entry or a problem. Citekeys may repeat: which entries
    are one work is not decided here.
    """
    text, problems = decode(content, path)
    reading = _Reading(path, Abbreviations(len(text)), problems)
    found = list(blocks.blocks(text))
    for _, block in found:
        if isinstance(block, model.String):
            reading.abbreviations.announce(block.key, block.value)
    for line, block in found:
        reading.block(line, block)
    reading.finish()
    entries = inherit(reading.entries, reading.warn_of_parent)
    return entries, sorted(reading.problems, key=lambda problem: problem.origin.line)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, block by block."""

    path: str
    abbreviations: Abbreviations
    problems: list[Problem]
    entries: list[Entry] = field(default_factory=list)

    def block(self, line: int, block: model.Block) -> None:
        """Take one block, at its line."""
        # A repeated citekey or field is a "failed" block to the parser; the whole entry is inside.
        block = getattr(block, "ignore_error_block", None) or block
        raw = block.raw or ""
        if isinstance(block, model.ImplicitComment | model.ExplicitComment):
            self._comment(line, block)
            return
        if isinstance(block, model.Entry):
            self._entry(line, block)
        elif isinstance(block, model.String):
            self._string(line, block)
        elif isinstance(block, model.ParsingFailedBlock):
            self._broken(line, raw, str(getattr(block.error, "abort_reason", "")))
        for down, first in blocks.swallowed(raw):
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

    def warn_of_parent(self, entry: Entry, name: str, target: str) -> None:
        """Report a crossref or xdata that leads nowhere."""
        message = f"Its {name} “{_cut(target)}” is no other entry of this file; nothing was taken over."
        remedy = f"Correct {name}, or move both entries into one file."
        self.problems.append(Problem(entry.origin, "bib-crossref", message, remedy, "warning", entry.citekey))

    def _entry(self, line: int, block: model.Entry) -> None:
        citekey = self._citekey(line, block)
        if not citekey:
            return
        entry = Entry(citekey, block.entry_type, {}, Origin(self.path, line))
        for one in block.fields:
            value = one.value
            inner = value[1:-1]
            name = one.key.lower()
            # Nine fields in ten: new, with a plain name, in one pair of braces
            plain = value[:1] == "{" and value[-1:] == "}" and "{" not in inner and "}" not in inner
            if plain and name not in entry.fields and name.isalnum():
                entry.fields[name] = blocks.shown(inner)
            else:
                self._field(line + one.start_line - (block.start_line or 0), entry, name, value)
        self.entries.append(entry)

    def _citekey(self, line: int, block: model.Entry) -> str:
        citekey = " ".join(blocks.shown(block.key).split())
        if not block.fields and " " in citekey:
            why = "It has no fields, and where its citekey should be stand several words."
            self._lost(line, blocks.shown(block.raw or ""), why)
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
            self._unknown(line, citekey, name, blocks.shown(word))
        if not value.rest or _NEXT_FIELD.match(value.rest):
            return blocks.shown(value.text)
        message = f"The value of {_cut(name)} is not wholly in braces or quotes; it was kept: {_cut(raw)}."
        self._warn(line, "bib-value", message, "Put the whole value into one pair of braces.", citekey)
        bare = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw
        return blocks.shown(bare)

    def _unknown(self, line: int, citekey: str, name: str, word: str) -> None:
        if self.abbreviations.spent:
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
        whole = blocks.shown(name)
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
            message = f"There are two fields {name}; “{_cut(first)}” was kept, “{_cut(text)}” dropped."
            remedy = "Delete one of them, or join them."
            self._warn(line, "bib-duplicate-field", message, remedy, entry.citekey)
        elif name not in entry.fields or text.strip():
            entry.fields[name] = text

    def _string(self, line: int, block: model.String) -> None:
        name, raw = block.key, block.value
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
        kind = found[0] if found else "entry"
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

    def _comment(self, line: int, block: model.ImplicitComment | model.ExplicitComment) -> None:
        text = block.comment
        if isinstance(block, model.ExplicitComment):
            raw = block.raw or ""
            text = re.sub(
                r"^@comment\s*[{(]", "", raw, flags=re.IGNORECASE
            )  # @commentary{ stays, and is found
        for down, first in blocks.lost(text):
            self._lost(line + down, first, "It stands outside every entry, or in a comment.")

    def _lost(self, line: int, first: str, why: str) -> None:
        message = f"This looks like an entry, but was not read as one: {_cut(first)}. {why}"
        remedy = "Write it as @type{citekey, …}; or begin its lines with % if it is meant to be left out."
        self._report(line, "bib-lost", message, remedy, blocks.citekey(first))

    def _report(self, line: int, code: str, message: str, remedy: str, citekey: str = "") -> None:
        self.problems.append(Problem(Origin(self.path, line), code, message, remedy, "error", citekey))

    def _warn(self, line: int, code: str, message: str, remedy: str, citekey: str = "") -> None:
        self.problems.append(Problem(Origin(self.path, line), code, message, remedy, "warning", citekey))


def _cut(text: str) -> str:
    """``text`` on one line, short enough for a message."""
    line = " ".join(blocks.shown(text).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
