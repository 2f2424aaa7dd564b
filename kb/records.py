"""One file → records: what its format's reader finds, cleaned. Knows no library and no store."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.clean import clean_entry
from kb.model import Entry, Note, Problem, Work
from kb.read import read_bibtex, read_note
from kb.read.folder import file_bytes
from kb.read.problems import Gathered

_NUMBERS = {"openalex", "pmid"}  # identifiers that cleaning leaves as they are


@dataclass(frozen=True, slots=True)
class Records:
    """What the reader made of one file."""

    works: list[Work] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_file(path: Path, *, encoding: str = "") -> Records:
    """What one file says, without a library or a store; problems where it cannot be read.

    A path given here may lie anywhere; its name as given stands in the origins.
    """
    content, problems = file_bytes(path, str(path))
    if content is None:
        return Records(problems=problems)
    return read_bytes(str(path), content, encoding=encoding)


def read_bytes(name: str, content: bytes, *, encoding: str = "") -> Records:
    """What the bytes of any file say, in whatever format they are; a note's if its name ends in .md."""
    if name.lower().endswith(".md"):
        return records(name, content)
    from kb.read.formats import read_entries  # a dozen readers and their libraries, for those who need them

    found = read_entries(content, name, encoding=encoding)
    return _cleaned(found.entries, found.problems, held=True)


def records(path: str, content: bytes, *, held: bool = True) -> Records:
    """What the bytes of a library's file say: a note's if its name ends in .md, else a .bib's."""
    if path.lower().endswith(".md"):
        note, problems = read_note(content, path)
        return Records(notes=[note] if note else [], problems=problems)
    entries, problems = read_bibtex(content, path)
    return _cleaned(entries, problems, held=held)


def _cleaned(entries: list[Entry], problems: list[Problem], *, held: bool) -> Records:
    """The works that entries stand for; what is wrong in very many of them is counted."""
    doubts = Gathered()
    works = [_work(entry, doubts, held=held) for entry in entries]
    return Records(works=works, problems=[*problems, *doubts.listed()])


def _work(entry: Entry, doubts: Gathered, *, held: bool) -> Work:
    """The work of an entry, with the works that its reference list names."""
    work, found = clean_entry(entry)
    for doubt in found:
        doubts.add(doubt)
    if entry.references:
        work = replace(work, references=tuple(_cited(reference) for reference in entry.references))
    return work if held else replace(work, held=False)


def _cited(reference: Entry) -> Work:
    """The work that a reference names; at once where that is a number and no more, as in OpenAlex."""
    if reference.fields.keys() <= _NUMBERS:
        return Work("", reference.type, reference.origin, held=False, fields=reference.fields)
    return replace(clean_entry(reference)[0], held=False)
