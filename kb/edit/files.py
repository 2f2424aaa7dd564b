"""The one place that writes a person's text: compared before, whole after, and never outside the library."""

import os
import secrets
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from kb.errors import EditError
from kb.library import Library


def rewrite(library: Library, path: Path, changed: Callable[[bytes], bytes]) -> None:
    """Replace a file's bytes by what ``changed`` makes of them, at one instant.

    The file keeps its mode. If it changed on disk meanwhile, nothing is written.

    Raises:
        EditError: It cannot be read or written, leads out of the library, is
            read-only in kb.toml, or changed meanwhile; or ``changed`` refused.
    """
    place = _within(library, path)
    before = _read(library, place)
    if not os.access(place, os.W_OK):  # renaming over it would not ask
        raise EditError(f"{library.relative(path)} may not be written. Nothing was changed; change its mode.")
    after = changed(before)
    if after == before:
        return
    try:
        temporary = _written_beside(place, after, mode=stat.S_IMODE(place.stat().st_mode))
        try:
            if sha256(_read(library, place)).digest() != sha256(before).digest():
                message = f"{library.relative(path)} was changed by another program just now. {_AGAIN}"
                raise EditError(message)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        _settle(place.parent)
    except OSError as error:
        raise _refused(library, path, error) from error


def create(library: Library, path: Path, content: bytes) -> None:
    """Write a new file, at one instant; its folder is made if need be.

    Raises:
        EditError: A file of this name is there, or it cannot be written, or not here.
    """
    place = _within(library, path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written_beside(place, content)
        try:
            _appear(temporary, place)
        except FileExistsError as error:
            message = f"{library.relative(path)} exists already. Nothing was written; choose another name."
            raise EditError(message) from error
        finally:
            temporary.unlink(missing_ok=True)
        _settle(place.parent)
    except OSError as error:
        raise _refused(library, path, error) from error


_AGAIN = "Nothing was written; look at the file, and do it again."


def _within(library: Library, path: Path) -> Path:
    """Where a path really leads.

    Raises:
        EditError: Out of the library, or to a file that another program owns.
    """
    name = library.relative(path)
    # A notes folder that kb.toml puts elsewhere is meant; a link that leads elsewhere is not.
    home = library.root if path.is_relative_to(library.root) else library.notes
    try:
        place = path.resolve()
        inside = place.is_relative_to(home.resolve())
    except (OSError, RuntimeError) as error:
        raise EditError(f"{name} cannot be found: {error}. Nothing was written.") from error
    if not inside:
        message = f"{name} leads to a place outside the library. Nothing was written; copy the file into it."
        raise EditError(message)
    if name in library.readonly:
        message = f"{name} is marked readonly in kb.toml. Nothing was written."
        raise EditError(message)
    return place


def _read(library: Library, place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise _refused(library, place, error) from error


def _written_beside(place: Path, content: bytes, *, mode: int | None = None) -> Path:
    """A temporary file in the same folder that holds ``content``, and does so on the disk."""
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(6)}.tmp")
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(content)
            if mode is not None:
                temporary.chmod(mode)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _appear(temporary: Path, place: Path) -> None:
    """Give a file its name. A link fails, unlike a renaming, if somebody else was faster.

    Raises:
        FileExistsError: Somebody was.
    """
    try:
        place.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # some file systems know no links
        if place.exists():
            raise FileExistsError(place) from None
        temporary.replace(place)


def _settle(folder: Path) -> None:
    """See that the folder's new entry survives a loss of power, where a folder can be opened."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _refused(library: Library, path: Path, error: OSError) -> EditError:
    name = library.relative(path)
    return EditError(f"{name} could not be written: {error.strerror or error}. Nothing was changed.")
