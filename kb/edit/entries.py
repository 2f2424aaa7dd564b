"""Fields of entries set in place: in the entry itself, or in overlay.bib where another program owns it."""

import re
from collections.abc import Mapping, Sequence

from kb.edit.charsets import NOTHING, appended
from kb.edit.fields import Change, Place, edited, wanted_changes
from kb.edit.files import create, rewrite
from kb.edit.imports import Appended, append_entries, import_name, take_back
from kb.errors import EditError
from kb.library import Library
from kb.model import Entry, Work
from kb.read import read_bibtex

__all__ = ["Appended", "append_entries", "import_name", "set_fields", "take_back"]


def set_fields(library: Library, work: Work, changes: Mapping[str, str]) -> dict[str, str]:
    """Change fields of a work's own entry; the changes that would put back what was there.

    A value is BibTeX's, as it stands between the braces; "" takes the field
    away. With a colon behind the name (``year:``), it is all that stands behind
    the equals sign: ``2015``, ``jsa # { B}``. Only the lines of these fields
    change. The entry of a file that another program owns stays as it is: the
    change goes to overlay.bib, and "" takes it away from there.

    Raises:
        EditError: A name or value cannot be one, or the entry cannot be found or taken apart.
    """
    wanted = wanted_changes(changes)
    if work.origin.path in library.readonly or _is_overlaid(library, work, wanted):
        return _overlay(library, work, wanted)
    place = Place(work.citekey, work.origin.path, work.origin.line)
    before: dict[str, str] = {}

    def changed(content: bytes) -> bytes:
        done = edited(content, place, wanted)
        before.update(done.before)
        for change in wanted:
            if not change.text and before.get(change.name) == "" and work.fields.get(change.name, "").strip():
                message = f"The entry {work.citekey} itself has no field {change.name}: another one gives it"
                raise EditError(f"{message}, such as its crossref. {NOTHING}; change that one.")
        return done.content

    rewrite(library, library.root / work.origin.path, changed)
    return before


def _is_overlaid(library: Library, work: Work, wanted: Sequence[Change]) -> bool:
    """Whether overlay.bib says something of these fields, so that the entry's own would not be seen."""
    if work.origin.path == library.relative(library.overlay) or not library.overlay.is_file():
        return False
    ours = _ours(library.overlay.read_bytes(), library, work)
    return bool(ours and ours.fields.keys() & {change.name for change in wanted})


def _ours(content: bytes, library: Library, work: Work) -> Entry | None:
    """The first entry of overlay.bib for a work."""
    entries, _ = read_bibtex(content, library.relative(library.overlay))
    return next((entry for entry in entries if entry.citekey == work.citekey), None)


def _overlay(library: Library, work: Work, wanted: Sequence[Change]) -> dict[str, str]:
    path = library.overlay
    before: dict[str, str] = {}

    def changed(content: bytes) -> bytes:
        ours = _ours(content, library, work)
        _check_overlay(library, work, wanted, ours)
        line = ours.origin.line if ours else 0
        if ours is None:
            shell = f"@{work.type}{{{work.citekey},\n}}\n"
            content = appended(content, shell, library.relative(path))
            line = len(re.findall(rb"\r\n|\r|\n", content)) - 1
        place = Place(work.citekey, library.relative(path), line)
        done = edited(content, place, wanted, drop_empty=True)
        before.update(done.before)
        return done.content

    if path.exists():
        rewrite(library, path, changed)
        if not path.stat().st_size:
            path.unlink()
    elif content := changed(b""):
        create(library, path, content)
    return before


def _check_overlay(library: Library, work: Work, wanted: Sequence[Change], ours: Entry | None) -> None:
    name = library.relative(library.overlay)
    for change in wanted:
        if change.name in {"crossref", "xdata"}:
            message = f"{change.name} leads to an entry of the same file, so {name} cannot hold it"
            raise EditError(f"{message}. {NOTHING}; change the entry in the program that owns it.")
        if (
            not change.text
            and (ours is None or change.name not in ours.fields)
            and change.name in work.fields
        ):
            message = (
                f"{work.origin.path} is read-only, and {name} says nothing of {change.name} to take away"
            )
            raise EditError(f"{message}. {NOTHING}; change the entry in the program that owns it.")
