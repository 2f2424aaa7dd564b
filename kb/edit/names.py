"""New notes: a name that no other note has, and values that YAML reads as they were typed."""

import json
import re
from pathlib import Path

from kb.errors import EditError
from kb.library import Library
from kb.read.folder import note_paths
from kb.read.notes import slug_in
from kb.text import slug as slug_of
from kb.text import squeeze

_LONGEST = 80  # characters of a file's name


def quoted(text: str) -> str:
    r"""``text`` on one line as a YAML value, whatever it holds.

    >>> quoted('Yes: "we" # can')
    '"Yes: \\"we\\" # can"'
    """
    return json.dumps(squeeze(text), ensure_ascii=False)


def note_files(library: Library) -> dict[str, Path]:
    """The files of all notes, by slug without case; of two with one slug the first."""
    found: dict[str, Path] = {}
    for path in note_paths(library):
        found.setdefault(slug_in(path.name).casefold(), path)
    return found


def new_slug(library: Library, name: str, *, wanted: str = "") -> str:
    """A slug for a new note: ``wanted``, or made from its name.

    Raises:
        EditError: It cannot be a slug, or a note has it already, in whatever case.
    """
    slug = wanted or _cut(slug_of(name))
    if not slug:
        message = f"No file name can be made from “{name}”: it holds no letter or digit. Nothing was written."
        raise EditError(message)
    if slug != slug_of(slug) or len(slug) > _LONGEST:
        better = _cut(slug_of(slug))
        hint = f" Try {better}." if better else ""
        message = f"“{slug}” cannot be a slug: use lower-case letters, digits and hyphens.{hint}"
        raise EditError(message)
    taken = note_files(library).get(slug.casefold())
    if taken is not None:
        message = f"A note called {slug} exists already: {library.relative(taken)}. Choose another name."
        raise EditError(message)
    return slug


def _cut(slug: str) -> str:
    """A slug that is not too long, cut between words where there are several."""
    if len(slug) <= _LONGEST:
        return slug
    return re.sub(r"-[^-]*$", "", slug[: _LONGEST + 1]) if "-" in slug[:_LONGEST] else slug[:_LONGEST]
