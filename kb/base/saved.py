"""Saved searches: run again, compared with when they were last run, and reported."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kb import __version__, store
from kb.errors import UnknownName
from kb.model import (
    Note,
    SavedSearch,
    SearchLine,
    SearchNow,
    SearchOptions,
    SearchRecord,
    SearchRun,
    SourceLine,
    only_of,
    search_command,
)
from kb.search.language import FIELDS
from kb.text import nearest, words

if TYPE_CHECKING:
    from kb.base import Base, Results


def searches(base: "Base") -> list[SearchLine]:
    """All saved searches by title, with their runs, but without the lists of what these found."""
    return [SearchLine(slug, title, search) for slug, title, search in store.searches.searches(base.db)]


def saved(base: "Base", name: str) -> tuple[Note, SavedSearch]:
    """A saved search by its slug, in any case, or its title, whole.

    Raises:
        UnknownName: There is none; carries the nearest.
    """
    lines = searches(base)
    known = {line.title: line.slug for line in lines} | {line.slug: line.slug for line in lines}
    slug = known.get(name) or {line.slug.casefold(): line.slug for line in lines}.get(name.casefold())
    search = store.searches.search(base.db, slug) if slug else None
    if slug is None or search is None:
        raise UnknownName(name, list(dict.fromkeys(known[near] for near in nearest(name, known))))
    return base.note(slug), search


def run(base: "Base", query: str, options: SearchOptions, *, on: date, by: str = "") -> SearchRun:
    """One run of a search, with all that it finds, as it would be recorded; nothing is written."""
    return _run(base, _found(base, query, options), search_command(query, options), on=on, by=by)


def again(base: "Base", name: str, *, on: date, by: str = "") -> SearchNow:
    """A saved search run again: what it finds, and what is new and gone since its last recorded run.

    Raises:
        UnknownName: There is no such saved search.
    """
    note, search = saved(base, name)
    results = _found(base, search.query, search.options)
    found = [citekey for citekey, _ in results.citekeys]
    recorded = search.found
    same = store.searches.renamed(base.db, recorded or ())
    before = {same.get(citekey, citekey) for citekey in recorded or ()}
    known = recorded is not None
    return SearchNow(
        note=note,
        search=search,
        run=_run(base, results, search_command(search.query, search.options), on=on, by=by),
        citekeys=tuple(found),
        messages=results.messages,
        new=tuple(base.lines(one for one in found if one not in before)) if known else None,
        gone=tuple(sorted(before.difference(found))) if known else None,
        same=same,
    )


def record(base: "Base", name: str, *, on: date, library: str = "") -> SearchRecord:
    """What a review reports of a saved search: of its last recorded run, or of one made now if there is none.

    Raises:
        UnknownName: There is no such saved search.
    """
    note, search = saved(base, name)
    last = search.runs[-1] if search.runs else run(base, search.query, search.options, on=on)
    found = search.found if search.runs else frozenset(last.found or ())
    return SearchRecord(
        slug=note.slug,
        title=note.title,
        library=library,
        path=note.origin.path,
        why=search.why,
        search=search,
        run=replace(
            last,
            command=last.command or search.command,
            understood=last.understood or search.understood,
        ),
        recorded=bool(search.runs),
        thesaurus=store.searches.thesaurus(base.db),
        today=store.searches.searched(base.db, version=__version__),
        sources=tuple(
            SourceLine(path, entries, left_out, named)
            for path, entries, left_out, named in store.searches.sources(base.db)
        ),
        citekeys=None if found is None else tuple(sorted(found)),
        understood=_lines(_found(base, search.query, search.options)),
    )


def field_names() -> tuple[str, ...]:
    """The fields of the search language."""
    return FIELDS


def is_field(said: str) -> bool:
    """Whether a text is a field of the search language with a value, as ``Base.search`` wants in ``only``.

    >>> is_field("tool:cport"), is_field("colour:red"), is_field("tool:")
    (True, False, False)
    """
    name, _, value = said.partition(":")
    return name.strip().lower() in FIELDS and bool(words(value))


def _found(base: "Base", query: str, options: SearchOptions) -> "Results":
    """What a search finds; of its works, no more than their citekeys are looked up."""
    return base.search(
        query,
        limit=0,
        literal=options.literal,
        all_words=options.all_words,
        sort=options.sort,
        off=options.off,
        only=only_of(options.facets),
    )


def _lines(results: "Results") -> tuple[str, ...]:
    """How a query was understood."""
    return tuple(filter(None, results.explained.splitlines()))


def _run(base: "Base", results: "Results", command: str, *, on: date, by: str) -> SearchRun:
    held = sum(held for _, held in results.citekeys)
    return SearchRun(
        on=on.isoformat(),
        by=by,
        thesaurus=store.searches.thesaurus(base.db),
        total=results.total,
        complete=results.complete,
        held=held,
        cited=len(results.citekeys) - held,
        searched=store.searches.searched(base.db, version=__version__),
        command=command,
        understood=_lines(results),
        found=tuple(sorted(citekey for citekey, _ in results.citekeys)),
    )
