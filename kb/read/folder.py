"""The files of a library: found, and read as bytes; what cannot be is a problem with a name."""

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from kb.library import Library
from kb.model import Origin, Problem
from kb.read.files import LIMIT


def text_files(library: Library) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of references/*.bib and notes/**/*.md, by path from the library's root, sorted.

    Endings count in any case; names that begin with a dot are other programs' business.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder, suffix in ((library.references, ".bib"), (library.notes, ".md")):
        within = library.root if folder.is_relative_to(library.root) else folder.resolve()
        for path in sorted(_walk(library, folder, suffix, problems)):
            name = library.relative(path)
            if suffix == ".bib" and path.parent != folder:
                problems.append(_nested(name))
                continue
            content, troubles = file_bytes(path, name, within=within)
            problems += troubles
            if content is not None:
                found[name] = content
    return found, problems


def note_paths(library: Library) -> list[Path]:
    """The paths of all notes, sorted; none where a folder cannot be looked into."""
    return sorted(_walk(library, library.notes, ".md", []))


def _walk(library: Library, folder: Path, suffix: str, problems: list[Problem]) -> Iterator[Path]:
    """All paths at or below a folder that end so, whatever they are.

    Not ``Path.glob``: to it, a folder that may not be looked into is empty, and all in it would be
    lost without a word.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            missing = place == folder and isinstance(error, FileNotFoundError | NotADirectoryError)
            name = library.relative(place)
            problems.append(_missing(library, name) if missing else _unlisted(name, error))
            continue
        for entry in listed:
            path = place / entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif _leads_to_folder(path):
                problems.append(_linked(library.relative(path)))
                continue
            if entry.name.lower().endswith(suffix):
                yield path


def _leads_to_folder(path: Path) -> bool:
    try:
        return S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def _missing(library: Library, name: str) -> Problem:
    message = f"There is no folder {name}/; nothing was read from it."
    remedy = f"Make the folder, or name another in {library.root.name}/kb.toml."
    return Problem(Origin(name), "folder-missing", message, remedy)


def _unlisted(name: str, error: OSError) -> Problem:
    message = f"The folder {encodable(name)} was not read: {error.strerror}."
    return Problem(Origin(encodable(name)), "file-unreadable", message, "Make the folder readable.")


def _linked(name: str) -> Problem:
    message = f"{encodable(name)} was not read: it is a link to a folder, and those are not followed."
    return Problem(Origin(encodable(name)), "file-outside", message, "Copy the folder into the library.")


def _nested(name: str) -> Problem:
    message = f"{encodable(name)} was not read: it lies in a folder within references/."
    return Problem(Origin(encodable(name)), "file-nested", message, "Move the file into references/ itself.")


def file_bytes(path: Path, name: str, *, within: Path | None = None) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file that goes by ``name``; None and a problem if it cannot be read.

    A link that leads out of the folder ``within`` is not followed.
    """
    try:
        trouble = _trouble(path, within)
        if not trouble:
            return path.read_bytes(), []
    except FileNotFoundError:
        trouble = ("file-unreadable", "there is no such file.", "Correct the name, or mend the link.")
    except OSError as error:
        trouble = ("file-unreadable", f"{error.strerror}.", "Make the file readable, or remove it.")
    code, what, remedy = trouble
    shown = encodable(name)
    return None, [Problem(Origin(shown), code, f"{shown} was not read: {what}", remedy)]


def _trouble(path: Path, within: Path | None) -> tuple[str, str, str] | None:
    """Why this path is not to be read: code, reason, remedy; None if it may be.

    Raises:
        OSError: Nothing can be known of it.
    """
    if str(path) != encodable(str(path)):
        return "file-unreadable", "its name is not written in Unicode.", "Rename the file."
    if within and path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(within):
        where = "it is a link to a place outside the library."
        return "file-outside", where, "Copy the file into the library."
    status = path.stat()
    if S_ISDIR(status.st_mode):
        return "file-is-folder", "it is a folder with a file's name.", "Rename the folder."
    if not S_ISREG(status.st_mode):
        return "file-unreadable", "it is not a regular file.", "Replace it by a file."
    if status.st_size > LIMIT:
        size = f"it has {status.st_size / 2**20:.0f} MB; the limit is {LIMIT // 2**20} MB."
        return "file-too-large", size, "Split the file."
    return None


def encodable(name: str) -> str:
    r"""A file's name such that UTF-8 can hold it: bytes that are no Unicode show as ``\udcff``."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def under(name: str, chosen: list[str]) -> bool:
    """Whether a file is one of the chosen ones, or lies in a chosen folder."""
    return any(name == one or name.startswith(f"{one}/") or one == "." for one in chosen)
