"""An import carried out: entries appended to references/, and taken back."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kb.convert.preview import Incoming, Preview
from kb.edit.entries import Appended, append_entries, import_name, set_fields, take_back
from kb.errors import EditError
from kb.library import Library
from kb.model import Citation, Work
from kb.render import bibtex
from kb.render.braces import balanced

# Fields that say in another form what ``cites`` now says
_LISTS = ("cited-references", "references")


@dataclass(frozen=True, slots=True)
class Done:
    """What an import wrote, and the name by which to undo it ("" = nothing was appended).

    ``before`` has, for each work that was here and was given citations, the
    changed fields of its entry as they were.
    """

    name: str = ""
    appended: tuple[Appended, ...] = ()
    entries: int = 0
    before: dict[str, dict[str, str]] = field(default_factory=dict)


def append(
    library: Library,
    found: Preview,
    *,
    into: Path,
    today: date,
    leave: Collection[int] = (),
    citations: bool = False,
    fill: bool = False,
) -> Done:
    """Append what is new or doubtful to ``into``, and what it cites and nobody has to cited.bib.

    ``leave`` holds the places of records in ``found.incoming`` that are left
    out. Records that are already here are never written; with ``citations``
    the entries that they are get the citations that they bring, and with
    ``fill`` the fields that these entries lack.

    Raises:
        EditError: ``into`` is no file of references/ that we may write, or an entry cannot be changed.
    """
    _check(library, into)
    chosen = [one for place, one in enumerate(found.incoming) if one.state != "here" and place not in leave]
    citing = bringing_citations(found) if citations else []
    filling = bringing_fields(found) if fill else []
    if not chosen and not citing and not filling:
        return Done()
    named = {citation.cited for one in (*chosen, *citing) for citation in one.work.cites}
    cited = [work for work in found.cited if work.citekey in named]
    what = f"{_named(found.sources)}, {today.isoformat()}, {_counted(len(chosen))}"
    name, appended = write(library, into, [entry(one.work, today) for one in chosen], cited, what=what)
    wanted: dict[str, dict[str, str]] = {}
    for one in filling:
        wanted.setdefault(one.work.citekey, {}).update(one.gaps)
    for one in citing:
        wanted.setdefault(one.work.citekey, {}).update(_cites(one))
    before = _set(library, [*filling, *citing], wanted)
    return Done(name, appended, len(chosen), before)


def bringing_citations(found: Preview) -> list[Incoming]:
    """The records that are in the library already, and bring citations that it has not."""
    return [
        one
        for one in found.incoming
        if one.state == "here" and not one.within and one.match and _more(one.match, one.work)
    ]


def _more(ours: Work, theirs: Work) -> list[str]:
    """What a record cites beyond what our entry of the work says."""
    known = set(split_cites(ours.fields.get("cites", "")))
    names = split_cites(cites(theirs.cites))
    return [name for name in names if name not in known and name != ours.citekey]


def bringing_fields(found: Preview) -> list[Incoming]:
    """The records that are in the library already, and know what our entries of them do not."""
    return [one for one in found.incoming if one.state == "here" and not one.within and one.gaps]


def _cites(one: Incoming) -> dict[str, str]:
    assert one.match is not None
    before = split_cites(one.match.fields.get("cites", ""))
    wanted = {"cites": ", ".join((*before, *_more(one.match, one.work)))}
    return wanted | {"citeslist": one.work.citeslist} if one.work.citeslist else wanted


def _set(
    library: Library, records: Iterable[Incoming], wanted: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Set fields of works that are here; what they held before."""
    works = {one.match.citekey: one.match for one in records if one.match}
    before = {}
    # From the last line of a file up: the entries above keep their lines.
    for work in sorted(works.values(), key=lambda work: work.origin, reverse=True):
        values = {name: balanced(value).strip() for name, value in wanted[work.citekey].items()}
        before[work.citekey] = set_fields(library, work, values)
    return before


def write(
    library: Library, into: Path, entries: Sequence[Work], cited: Sequence[Work], *, what: str
) -> tuple[str, tuple[Appended, ...]]:
    """Append entries to a file, and cited works to cited.bib first: what is named is then always there."""
    sources = {library.cited: bibtex(cited), into: bibtex(entries)}
    counts = {library.cited: len(cited), into: len(entries)}
    name = import_name("".join(sources.values()), what)
    appended = tuple(
        append_entries(library, path, source, count=counts[path], name=name, what=what)
        for path, source in sources.items()
        if source
    )
    return name if appended else "", appended


def undo(library: Library, name: str) -> list[Path]:
    """Take back what an import appended; the files that it was in.

    Raises:
        EditError: There is no such import, or its entries were changed since.
    """
    return take_back(library, name)


def entry(work: Work, today: date) -> Work:
    """A work as it is written into a .bib: with what it cites, and the day it was added."""
    fields = {name: value for name, value in work.fields.items() if name not in _LISTS or not work.cites}
    fields.setdefault("added", today.isoformat())
    if work.cites:
        fields["cites"] = cites(work.cites)
        if work.citeslist:
            fields["citeslist"] = work.citeslist
    return replace(work, fields=fields)


def cites(citations: Iterable[Citation]) -> str:
    """Citations as a ``cites`` field: citekeys, and identifiers as they are."""
    return ", ".join(dict.fromkeys(one.cited.removeprefix("doi:") for one in citations))


def split_cites(field: str) -> list[str]:
    """The names in a ``cites`` field, as they stand there."""
    return [name for name in re.split(r",\s+", field.strip()) if name]


def _check(library: Library, into: Path) -> None:
    name = library.relative(into)
    if (
        into.suffix.lower() != ".bib"
        or into.name.startswith(".")
        or into.parent.resolve() != library.references.resolve()
    ):
        message = f"{name} is no .bib file of {library.relative(library.references)}/. Nothing was written."
        raise EditError(f"{message} Entries go there, and to no folder within it.")
    if name in library.readonly:
        raise EditError(f"{name} is marked readonly in kb.toml. Nothing was written; name another file.")
    if into in {library.cited, library.overlay}:
        message = (
            f"{name} has a use of its own: works known from reference lists, or changes. Nothing was written."
        )
        raise EditError(f"{message} Name another file.")


def _named(sources: Sequence[str]) -> str:
    """The names of files without their folders, the first three of them."""
    names = [Path(source).name for source in sources]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _counted(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
