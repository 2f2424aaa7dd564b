"""The files of a library: found, and read as bytes; what cannot be is a problem with a name."""

from pathlib import Path

from kb.library import Library
from kb.model import Origin, Problem

LIMIT = 200 * 2**20  # bytes; one file is held in memory whole


def text_files(library: Library) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of references/*.bib and notes/**/*.md, by path from the library's root, sorted."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder, pattern in ((library.references, "*.bib"), (library.notes, "**/*.md")):
        if not folder.is_dir():
            message = f"There is no folder {library.relative(folder)}/; nothing was read from it."
            remedy = f"Make the folder, or name another in {library.root.name}/kb.toml."
            problems.append(Problem(Origin(library.relative(folder)), "folder-missing", message, remedy))
            continue
        for path in sorted(folder.glob(pattern)):
            name = library.relative(path)
            content, troubles = file_bytes(path, name, within=library.root)
            problems += troubles
            if content is not None:
                found[name] = content
    return found, problems


def file_bytes(path: Path, name: str, *, within: Path | None = None) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file that goes by ``name``; None and a problem if it cannot be read.

    A link that leads out of the folder ``within`` is not followed.
    """
    trouble = _trouble(path, within)
    if not trouble:
        try:
            return path.read_bytes(), []
        except OSError as error:
            trouble = ("file-unreadable", f"{error.strerror}.", "Make the file readable, or remove it.")
    code, what, remedy = trouble
    return None, [Problem(Origin(name), code, f"{name} was not read: {what}", remedy)]


def _trouble(path: Path, within: Path | None) -> tuple[str, str, str] | None:
    """Why this path is not to be read: code, reason, remedy; None if it may be."""
    if within and path.is_symlink() and not path.resolve().is_relative_to(within):
        return (
            "file-outside",
            "it is a link to a place outside the library.",
            "Copy the file into the library.",
        )
    if path.is_dir():
        return "file-is-folder", "it is a folder with a file's name.", "Rename the folder."
    if not path.exists():
        return "file-unreadable", "there is no such file.", "Correct the name, or mend the link."
    if not path.is_file():
        return "file-unreadable", "it is not a regular file.", "Replace it by a file."
    if path.stat().st_size > LIMIT:
        size = f"{path.stat().st_size / 2**20:.0f} MB"
        return "file-too-large", f"it has {size}; the limit is {LIMIT // 2**20} MB.", "Split the file."
    return None


def under(name: str, chosen: list[str]) -> bool:
    """Whether a file is one of the chosen ones, or lies in a chosen folder."""
    return any(name == one or name.startswith(f"{one}/") or one == "." for one in chosen)
