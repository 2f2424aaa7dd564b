"""An import's entries at the end of a .bib, between two comment lines by which they can be taken back."""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from kb.edit.charsets import appended, charsets, text_in
from kb.edit.files import create, rewrite
from kb.errors import EditError
from kb.library import Library

_LINE_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[0-9a-f]{12}")
_NEW = " into a new file"
_BEGIN = r"(?:\r\n|\r|\n)?(?:(?<=[\r\n])|(?<![\s\S]))%% kb import {}({})?: [^\r\n]*(?:\r\n|\r|\n)"
_END = r"(?<=[\r\n])%% end of kb import {}, sum ([0-9a-f]{{12}})(?:\r\n|\r|\n|\Z)"


@dataclass(frozen=True, slots=True)
class Appended:
    """Entries that were appended: to which file, how many, and the name by which to take them back."""

    path: Path
    count: int
    name: str


def append_entries(
    library: Library, path: Path, source: str, *, count: int, name: str, what: str
) -> Appended:
    """Append entries to a .bib between two comment lines that name the import; no other byte changes.

    ``source`` is BibTeX; ``what`` says in a few words what was imported and when.

    Raises:
        EditError: The file cannot be written, or would not read as it is meant.
    """
    what = re.sub(r"[@%{}()\s]+", " ", "".join(char if char.isprintable() else " " for char in what))
    source = unicodedata.normalize("NFC", _LINE_END.sub("\n", source)).rstrip("\n") + "\n"
    end = f"%% end of kb import {name}, sum {_sum(source)}\n"

    def block(new: str) -> str:
        said = unicodedata.normalize("NFC", what.strip())[:300]
        return f"%% kb import {name}{new}: {said}\n{source}{end}"

    if path.exists():
        rewrite(library, path, lambda content: appended(content, block(""), library.relative(path)))
    else:
        create(library, path, appended(b"", block(_NEW), library.relative(path)))
    return Appended(path, count, name)


def import_name(source: str, what: str) -> str:
    """Twelve hexadecimal digits that name an import of this text."""
    return sha256(f"{what}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def take_back(library: Library, name: str) -> list[Path]:
    """Remove what an import appended; the files that it was in.

    Raises:
        EditError: No file holds this import, or its entries were changed since.
    """
    paths = sorted(library.references.glob("*.bib")) if _NAME.fullmatch(name) else []
    found = {path: block for path in paths if path.is_file() and (block := _block(library, path, name))}
    if not found:
        message = f"No file of references/ holds an import called “{name[:60]}”. Nothing was changed."
        raise EditError(f"{message} The lines “%% kb import …” in the files name those that can be undone.")
    for path, block in found.items():
        rewrite(library, path, partial(_without_block, library, path, name))
        if block.was_new and not path.stat().st_size:
            path.unlink()
    return list(found)


@dataclass(frozen=True, slots=True)
class _Block:
    """Where an import stands in a file's bytes, with the line end before it, and whether it made the file."""

    start: int
    end: int
    was_new: bool


def _block(library: Library, path: Path, name: str, content: bytes | None = None) -> _Block | None:
    """An import in a file; None if it is not there.

    Raises:
        EditError: It is, but is not as it was written.
    """
    where = library.relative(path)
    content = _bytes(path, where) if content is None else content
    if f"%% kb import {name}".encode() not in content:
        return None
    begin, close = re.compile(_BEGIN.format(name, _NEW)), re.compile(_END.format(name))
    begun = None
    for charset in charsets(content, where):
        text = text_in(content, charset, where)
        begun = begin.search(text, max(0, text.find(f"%% kb import {name}") - 2))  # with the line end before
        end = close.search(text, begun.end()) if begun else None
        if begun and end and _sum(_LINE_END.sub("\n", text[begun.end() : end.start()])) == end[1]:
            start, length = (
                len(part.encode(charset, "surrogateescape"))
                for part in (text[: begun.start()], text[begun.start() : end.end()])
            )
            return _Block(start, start + length, bool(begun[1]))
    if begun is None:
        return None
    message = f"Entries of import {name} in {where} were changed since. Nothing was undone;"
    raise EditError(f"{message} remove what you do not want by hand, or with git.")


def _without_block(library: Library, path: Path, name: str, content: bytes) -> bytes:
    block = _block(library, path, name, content)
    if block is None:
        message = f"{library.relative(path)} was changed just now."
        raise EditError(f"{message} Nothing was undone; do it again.")
    return content[: block.start] + content[block.end :]


def _bytes(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EditError(f"{where} cannot be read: {error.strerror or error}. Nothing was undone.") from error


def _sum(source: str) -> str:
    return sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:12]
