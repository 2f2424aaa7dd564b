"""Text → store: the one flow that writes the database.

    references/*.bib, notes/**/*.md → read → clean → match → resolve → store

Files whose bytes did not change are not read again: what the reader made of
them is kept beside their hash. Everything after reading is done anew, and the
store then writes only the rows that differ; so the same text always gives the
same store, whatever was there before.
"""

import os
from collections.abc import Callable, Iterable, Mapping
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
from kb.errors import LibraryError
from kb.library import Library
from kb.match import merge
from kb.model import Content, Counts, Problem
from kb.read.folder import text_files, under
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
_LIBRARIES = ("bibtexparser", "pylatexenc", "ruamel.yaml", "markdown-it-py", "mdit-py-plugins")
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Records)


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
        texts, unreadable = text_files(library)  # under the lock: whoever writes last has read last
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
            tables = store.tables(_content(packed, unreadable))
            tables["file"] = [(path, hashes[path], packed[path]) for path in sorted(hashes)]
            tables["meta"] = sorted(state.items())
            rows = store.replace(
                db, tables, fresh=new, progress=lambda name: progress(f"Storing {name}", 0, 0)
            )
        return _report(db, known, hashes, rows)


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


def _read(library: Library, texts: Mapping[str, bytes], progress: Progress) -> dict[str, bytes]:
    """What the readers make of each file, packed; progress counts bytes."""
    whole = sum(map(len, texts.values()))
    done = 0
    packed: dict[str, bytes] = {}
    cited = library.relative(library.cited)
    for path, content in sorted(texts.items()):
        progress(f"Reading {path}", done, whole)
        packed[path] = _ENCODER.encode(records(path, content, held=path != cited))
        done += len(content)
    return packed


def _content(packed: Mapping[str, bytes], unreadable: list[Problem]) -> Content:
    """Everything, from what was made of each file."""
    files = [_DECODER.decode(packed[path]) for path in sorted(packed)]
    merged = merge(work for file in files for work in file.works)
    content = resolve(merged.works, merged.aliases, [note for file in files for note in file.notes])
    read = [problem for file in files for problem in file.problems]
    return replace(content, problems=[*unreadable, *read, *merged.problems, *content.problems])


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
