"""The library that is shown: opened for each drawing of a page, and kept up to the text.

Opening a store takes less than a millisecond, so every drawing opens its own
and sees the store as it is; what is slow to make of it is kept by the state of
its files.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, local

import streamlit as st

from kb.base import Base, open_base
from kb.ingest import Report, ingest
from kb.library import Library, open_library
from kb.pages.server import DATABASE, LIBRARY

Stamp = tuple[tuple[str, int, int], ...]

_drawing = local()


def library() -> Library:
    """The library that the environment names, or the nearest.

    Raises:
        LibraryError: There is none, or its kb.toml cannot be used.
    """
    root, database = os.environ.get(LIBRARY), os.environ.get(DATABASE)
    return open_library(Path(root) if root else None, database=Path(database) if database else None)


@contextmanager
def drawing(home: Library) -> Iterator[Base]:
    """The base, open while a page is drawn; pages reach it by ``base()``.

    Raises:
        StoreError: There is no database, or it is not of this version.
    """
    with open_base(home.database) as opened:
        _drawing.base = opened
        try:
            yield opened
        finally:
            del _drawing.base


def base() -> Base:
    """The base of the page that is being drawn."""
    opened: Base = _drawing.base
    return opened


# --- keeping up with the text


@dataclass(slots=True)
class _Known:
    """The state of the text when it was last read, for each library that this process serves."""

    lock: Lock = field(default_factory=Lock)
    states: dict[tuple[Path, Path], Stamp] = field(default_factory=dict)


@st.cache_resource(show_spinner=False)
def _known() -> _Known:
    return _Known()


def keep_up(home: Library) -> Report | None:
    """Read the text if it changed since this process last did, saying so where the page will stand.

    Raises:
        StoreError: The database cannot be written.
    """
    known = _known()
    with known.lock:
        state = stamp(home)
        if home.database.is_file() and known.states.get((home.root, home.database)) == state:
            return None
        report = read_text(home)
        known.states[home.root, home.database] = state
        return report


def read_text(home: Library, *, rebuild: bool = False) -> Report:
    """Ingest, with what is being done shown on the page while there is something to do.

    Raises:
        StoreError: The database cannot be written.
    """
    place = st.empty()
    status = None

    def progress(what: str, done: int, of: int) -> None:
        nonlocal status
        status = status or place.status("Reading the text", expanded=False)
        share = f" ({done * 100 // of} %)" if of else ""
        status.update(label=f"{what}{share}")

    report = ingest(home, rebuild=rebuild, progress=progress)
    place.empty()
    return report


def kept_up(home: Library) -> Stamp:
    """The state of the text that the store was last brought up to here; () if it could not be."""
    return _known().states.get((home.root, home.database), ())


def stamp(home: Library) -> Stamp:
    """What can be seen of the text without reading it: each file's path, size and time of change."""
    found = []
    for folder, ends in ((home.references, (".bib", ".toml")), (home.notes, (".md",))):
        for place, _, names in os.walk(folder):
            for name in names:
                if name.endswith(ends):
                    path = os.path.join(place, name)  # noqa: PTH118  a thousand files at each drawing
                    found.append(_seen(path))
    return tuple(sorted(found))


def _seen(path: str) -> tuple[str, int, int]:
    try:
        seen = os.stat(path)  # noqa: PTH116  as above
    except OSError:
        return path, 0, 0
    return path, seen.st_mtime_ns, seen.st_size
