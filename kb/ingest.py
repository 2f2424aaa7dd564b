"""Text → store: the one flow that writes the database.

    references/*.bib, references/decisions.toml, notes/**/*.md → read → clean → match → resolve → store

Files whose bytes did not change are not read again: what the reader made of
them is kept beside their hash. Everything after reading is done anew, and the
store then writes only the rows that differ; so the same text always gives the
same store, whatever was there before.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

import msgspec

from kb import store
from kb.clean.overlay import Overlay
from kb.errors import LibraryError
from kb.library import Library
from kb.match import merge
from kb.match.journals import gather_journals, names_of
from kb.match.persons import gather_people
from kb.model import Content, Counts, Journal, Person, Problem, Work
from kb.read import read_bibtex
from kb.read.decisions import Decisions, read_decisions
from kb.read.folder import file_bytes, text_files, under
from kb.records import Records, records
from kb.resolve import resolve

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (0 = unknown)."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did: files by what became of them, rows written; and what the store now holds."""

    added: int
    changed: int
    removed: int
    unchanged: int
    rows: int
    counts: Counts
    problems: list[Problem]

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)


# Code and libraries that make rows of text: with others, all is read again.
_MAKES_ROWS = {"ingest", "records", "read", "clean", "match", "resolve", "store", "model", "ids", "text"}
_LIBRARIES = (
    "bibtexparser",
    "pylatexenc",
    "ruamel.yaml",
    "markdown-it-py",
    "mdit-py-plugins",
    "rapidfuzz",
)
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Records)
_DECISIONS = msgspec.msgpack.Decoder(Decisions)
_IN_NOTES = ("note", "body")  # where citations are read of which references/ knows nothing


@dataclass(frozen=True, slots=True)
class People:
    """Who signed the works, and where these appeared."""

    people: tuple[Person, ...]
    journals: tuple[Journal, ...]


_PEOPLE = "people"
_PEOPLE_DECODER = msgspec.msgpack.Decoder(People)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody is watching."""


def ingest(
    library: Library,
    *,
    only: Iterable[Path] = (),
    rebuild: bool = False,
    progress: Progress = _silent,
    patience: float = 10.0,
) -> Report:
    """Bring the store up to the text; one transaction, so that an interruption changes nothing.

    ``only`` names files or folders of the library to look at; the rest stays
    as it was last read. ``rebuild`` reads every file again. ``patience`` is how
    many seconds to wait for another ingest to end.

    Raises:
        LibraryError: ``only`` names something outside the library.
        StoreError: The database cannot be written, or another ingest is writing it.
    """
    chosen = [_inside(library, path) for path in only]
    with store.writing(library.database, patience=patience) as (db, new):
        texts, unreadable = _texts(library)  # under the lock: whoever writes last has read last
        known = {} if new else store.file_hashes(db)
        hashes = {path: sha256(content).hexdigest() for path, content in texts.items()}
        state = {"fingerprint": _fingerprint(), "unreadable": _digest(unreadable)}
        usable = known if store.meta(db).get("fingerprint") == state["fingerprint"] else {}
        if chosen and usable:  # what other code has read, or none, must all be read
            hashes = _restricted(hashes, known, chosen)
        if rebuild:
            usable = {path: digest for path, digest in usable.items() if chosen and not under(path, chosen)}
        same = {path for path, digest in hashes.items() if usable.get(path) == digest}
        rows = 0
        if new or not (same == hashes.keys() == known.keys() and store.meta(db) == state):
            packed = {path: store.file_records(db, path) for path in same}
            fresh = {path: texts[path] for path in hashes.keys() - same}
            packed |= _read(library, fresh, progress)
            progress("Following names", 0, 0)
            with _uncollected():
                content = _content(packed, unreadable, library)
                made = sha256(repr(_of_references(hashes, library)).encode()).hexdigest()
                people = _people(content, None if new or rebuild else store.made(db, _PEOPLE, made))
                tables = store.tables(replace(content, people=people.people, journals=people.journals))
                tables["made"] = [(_PEOPLE, made, _ENCODER.encode(people))]
                tables["file"] = [(path, hashes[path], packed[path]) for path in sorted(hashes)]
                tables["meta"] = sorted(state.items())
                rows = store.replace(
                    db, tables, fresh=new, progress=lambda name: progress(f"Storing {name}", 0, 0)
                )
        return _report(db, known, hashes, rows)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A passage that makes millions of objects and no rings of them: looking for some is a third of it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _inside(library: Library, path: Path) -> str:
    whole = Path(os.path.realpath(path))
    if not whole.is_relative_to(library.root):
        message = (
            f"{path} is not in the library {library.root}. Ingest reads a library's own text: "
            "put the file into references/ or notes/ first."
        )
        raise LibraryError(message)
    try:
        whole.stat()
    except OSError as error:
        message = f"{path} cannot be found ({error.strerror}). Name a file or folder, or none for all."
        raise LibraryError(message) from error
    return library.relative(whole)


def _restricted(hashes: dict[str, str], known: Mapping[str, str], chosen: list[str]) -> dict[str, str]:
    """The hashes of the chosen files as they are now, and of the others as last read."""
    now = {path: digest for path, digest in hashes.items() if under(path, chosen)}
    before = {path: digest for path, digest in known.items() if not under(path, chosen)}
    return before | now


def _texts(library: Library) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of all that is read, by path, and what cannot be."""
    texts, problems = text_files(library)
    if not os.path.lexists(library.decisions):
        return texts, problems
    name = library.relative(library.decisions)
    within = library.root if library.references.is_relative_to(library.root) else library.references.resolve()
    content, troubles = file_bytes(library.decisions, name, within=within)
    return texts | ({} if content is None else {name: content}), [*problems, *troubles]


def _read(library: Library, texts: Mapping[str, bytes], progress: Progress) -> dict[str, bytes]:
    """What the readers make of each file, packed; progress counts bytes."""
    whole = sum(map(len, texts.values()))
    done = 0
    packed: dict[str, bytes] = {}
    cited = library.relative(library.cited)
    others: dict[str, Callable[[str, bytes], Records | Decisions]] = {
        library.relative(library.overlay): _changes,
        library.relative(library.decisions): lambda path, content: read_decisions(content, path),
    }
    for path, content in sorted(texts.items()):
        progress(f"Reading {path}", done, whole)
        reader = others.get(path)
        found = reader(path, content) if reader else records(path, content, held=path != cited)
        packed[path] = _ENCODER.encode(found)
        done += len(content)
    return packed


def _changes(path: str, content: bytes) -> Records:
    """What overlay.bib says: its entries are no works, and are cleaned with the fields under them."""
    entries, problems = read_bibtex(content, path)
    works = [Work(entry.citekey, entry.type, entry.origin, fields=entry.fields) for entry in entries]
    return Records(works=works, problems=problems)


def _content(packed: Mapping[str, bytes], unreadable: list[Problem], library: Library) -> Content:
    """Everything, from what was made of each file."""
    overlay, decisions = library.relative(library.overlay), library.relative(library.decisions)
    said = {path: _DECODER.decode(packed[path]) for path in sorted(packed) if path != decisions}
    decided = _DECISIONS.decode(packed[decisions]) if decisions in packed else Decisions()
    files = list(said.values())
    changes = Overlay(said[overlay].works if overlay in said else [])
    entered = (work for path, file in said.items() if path != overlay for work in file.works)
    merged = merge(entered, amend=changes.over, decisions=decided.decisions)
    works = _settled(merged.works, merged.aliases)
    content = resolve(works, merged.aliases, [note for file in files for note in file.notes])
    read = [problem for file in files for problem in file.problems if problem not in changes.settled]
    problems = [*unreadable, *read, *decided.problems, *changes.problems, *merged.problems, *content.problems]
    return replace(content, problems=problems, decisions=decided.decisions)


def _settled(works: list[Work], aliases: Iterable[str]) -> list[Work]:
    """The works, with reference lists that their entries hold as citations, and what these cite anew."""
    if not any(work.references for work in works):
        return works
    from kb.match.references import settle  # its libraries cost half a second, and few files hold such lists

    settled = settle(works, names=aliases)
    return [*settled.works, *settled.cited]


def _of_references(hashes: Mapping[str, str], library: Library) -> list[str]:
    """All that decides on people and journals: the code, and the files that are no notes."""
    notes = [library.relative(library.notes)]
    return [_fingerprint(), *(f"{hashes[path]} {path}" for path in sorted(hashes) if not under(path, notes))]


def _people(content: Content, made: bytes | None) -> People:
    """People and journals under all their names, as they were made of the same references or anew.

    Citations in notes are no evidence of who somebody is: a note may change daily.
    """
    if made is not None:
        return _PEOPLE_DECODER.decode(made)
    cites = {(one.citing, one.cited) for one in content.citations if one.field not in _IN_NOTES}
    journals = (replace(one, names=names_of(one)) for one in gather_journals(content.works))
    return People(gather_people(content.works, cites), tuple(journals))


def _report(db: store.Database, known: Mapping[str, str], hashes: Mapping[str, str], rows: int) -> Report:
    both = known.keys() & hashes.keys()
    unchanged = sum(known[path] == hashes[path] for path in both)
    return Report(
        added=len(hashes.keys() - known.keys()),
        changed=len(both) - unchanged,
        removed=len(known.keys() - hashes.keys()),
        unchanged=unchanged,
        rows=rows,
        counts=store.counts(db),
        problems=store.problems(db),
    )


@cache
def _fingerprint() -> str:
    """A hash of the code that turns text into rows: other code, other rows, so all is read again."""
    digest = sha256()
    rooms = [
        place for place in package_files("kb").iterdir() if place.name.removesuffix(".py") in _MAKES_ROWS
    ]
    for source in sorted((source for room in rooms for source in _sources(room)), key=str):
        digest.update(source.read_bytes())
    digest.update(" ".join(map(version, _LIBRARIES)).encode())
    return digest.hexdigest()


def _sources(place: Traversable) -> Iterable[Traversable]:
    if place.is_dir():
        for inner in place.iterdir():
            yield from _sources(inner)
    elif place.name.endswith((".py", ".sql")):
        yield place


def _digest(problems: list[Problem]) -> str:
    return sha256(repr(problems).encode("utf-8", "surrogatepass")).hexdigest()
