"""The one place that writes a person's text."""

import os
from pathlib import Path

import pytest

from kb.edit.files import create, rewrite
from kb.errors import EditError
from kb.library import Library, open_library


def library_of(folder: Path, settings: str = "") -> Library:
    (folder / "references").mkdir(parents=True)
    (folder / "notes").mkdir()
    if settings:
        (folder / "kb.toml").write_text(settings)
    return open_library(folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    library = library_of(tmp_path / "a")
    path = library.notes / "x.md"
    path.write_bytes(b"one")
    path.chmod(0o640)

    rewrite(library, path, lambda content: content + b" two")

    assert path.read_bytes() == b"one two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(library.notes) == ["x.md"]


def test_a_change_by_another_program_is_not_overwritten(tmp_path: Path) -> None:
    """What that program wrote stays, and ours is refused."""
    library = library_of(tmp_path / "a")
    path = library.notes / "x.md"
    path.write_bytes(b"one")

    def slowly(content: bytes) -> bytes:
        path.write_bytes(b"theirs")
        return content + b" ours"

    with pytest.raises(EditError, match="changed by another program"):
        rewrite(library, path, slowly)
    assert path.read_bytes() == b"theirs"
    assert names(library.notes) == ["x.md"]


def test_a_link_out_of_the_library_is_not_followed(tmp_path: Path) -> None:
    """Neither as a file nor as a folder; one within the library is."""
    library = library_of(tmp_path / "a")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_bytes(b"theirs")
    (library.notes / "x.md").symlink_to(outside / "x.md")
    (library.notes / "lists").symlink_to(outside)
    (library.notes / "real.md").write_bytes(b"one")
    (library.notes / "inner.md").symlink_to(library.notes / "real.md")

    with pytest.raises(EditError, match="outside the library"):
        rewrite(library, library.notes / "x.md", lambda _: b"ours")
    with pytest.raises(EditError, match="outside the library"):
        create(library, library.notes / "lists" / "new.md", b"ours")
    rewrite(library, library.notes / "inner.md", lambda _: b"two")

    assert names(outside) == ["x.md"]
    assert (outside / "x.md").read_bytes() == b"theirs"
    assert (library.notes / "real.md").read_bytes() == b"two"
    assert (library.notes / "inner.md").is_symlink()


def test_notes_that_the_settings_put_elsewhere_can_be_written(tmp_path: Path) -> None:
    """A folder named in kb.toml is the owner's own choice."""
    (tmp_path / "shared").mkdir()
    library = library_of(tmp_path / "a", f'notes = "{(tmp_path / "shared").as_posix()}"\n')

    create(library, library.notes / "lists" / "x.md", b"one")

    assert (tmp_path / "shared" / "lists" / "x.md").read_bytes() == b"one"


def test_what_is_marked_readonly_is_not_written(tmp_path: Path) -> None:
    """Another program owns it."""
    library = library_of(tmp_path / "a", 'readonly = ["notes/x.md"]\n')
    (library.notes / "x.md").write_bytes(b"one")

    with pytest.raises(EditError, match="readonly"):
        rewrite(library, library.notes / "x.md", lambda _: b"two")
    assert (library.notes / "x.md").read_bytes() == b"one"


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    """Its folder is made, and it can be read by those who can read the others."""
    library = library_of(tmp_path / "a")
    path = library.notes / "lists" / "x.md"

    create(library, path, b"one")
    with pytest.raises(EditError, match="exists already"):
        create(library, path, b"two")

    assert path.read_bytes() == b"one"
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    assert names(path.parent) == ["x.md"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A missing file and a folder that is a file are refusals, not crashes."""
    library = library_of(tmp_path / "a")
    (library.notes / "lists").write_bytes(b"")

    with pytest.raises(EditError, match="Nothing was changed"):
        rewrite(library, library.notes / "gone.md", lambda content: content)
    with pytest.raises(EditError, match="Nothing was changed"):
        create(library, library.notes / "lists" / "x.md", b"one")


def test_a_change_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    """The file keeps its time: nobody is told of a change that was none."""
    library = library_of(tmp_path / "a")
    path = library.notes / "x.md"
    path.write_bytes(b"one")
    before = path.stat()

    rewrite(library, path, bytes)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
