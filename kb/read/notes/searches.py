"""A saved search's front matter: what is asked, how, why, and each run of it."""

from kb.model import SEARCH_FACETS, SORTS, SavedSearch, Searched, SearchOptions, SearchRun
from kb.read.notes.form import Form

_PLAIN = frozenset(("held", "findings", "year", "type"))  # the other facets name topics


def read_search(form: Form, title: str) -> SavedSearch:
    """The saved search that a note's front matter describes; what is wrong is told to the form."""
    query, options = form.text("query"), _options(form)
    if not (query or options.facets):
        form.missing("query", f"the search {title} looks for nothing")
    form.missing("why", "nobody will know why it was made")
    runs: list[SearchRun] = []
    found: frozenset[str] | None = None
    for part in form.parts("run"):
        run = _run(part, first=not runs)
        if run is None:
            continue
        form.adopt(part)
        found = run.works(found)
        _check(part, run, found)
        runs.append(run)
    return SavedSearch(query, options, form.text("why"), tuple(runs))


def _options(form: Form) -> SearchOptions:
    part = form.part("options")
    if part is None:
        return SearchOptions()
    options = SearchOptions(
        literal=part.truth("literal") or False,
        all_words=part.truth("all_words") or False,
        sort=part.choice("sort", SORTS) or SORTS[0],
        off=part.names("off"),
        facets=_facets(part),
    )
    part.close()
    form.adopt(part)
    return options


def _facets(options: Form) -> tuple[tuple[str, str], ...]:
    part = options.part("facets")
    if part is None:
        return ()
    said = ((name, part.text(name) if name in _PLAIN else part.name(name)) for name in SEARCH_FACETS)
    found = tuple((name, value) for name, value in said if value)
    part.close()
    options.adopt(part)
    return found


def _run(part: Form, *, first: bool) -> SearchRun | None:
    on = part.date("on")
    counts = part.part("counts")
    total, complete, held, cited = _wholes(counts, "total", "complete", "held", "cited")
    run = SearchRun(
        on,
        part.text("by"),
        part.text("thesaurus"),
        total,
        complete,
        held,
        cited,
        _searched(part.part("searched")),
        part.text("command"),
        part.lines("understood"),
        part.lines("found") if "found" in part else None,
        part.lines("new"),
        part.lines("gone"),
        part.truth("unlisted") or False,
    )
    for one in (counts, part):
        if one is not None:
            one.close()
    if not on:
        part.tell("note-value", "A run was left out: it has no date.", "Say when it was run, under on.")
        return None
    if first and run.found is None and (run.new or run.gone):
        message = f"The run of {on} says what is new or gone, but no run before it says what was found."
        part.doubt("search-found", "new", message, "Give all works that it found, under found.")
    return run


def _searched(part: Form | None) -> Searched:
    if part is None:
        return Searched()
    held, cited, entries, merged, left_out = _wholes(part, "held", "cited", "entries", "merged", "left_out")
    newest, version, named = part.date("newest"), part.text("version"), part.whole("named", least=0)
    searched = Searched(held, cited, entries, merged, left_out, newest, version, named)
    part.close()
    return searched


def _wholes(part: Form | None, *keys: str) -> list[int | None]:
    return [part.whole(key, least=0) if part else None for key in keys]


def _check(part: Form, run: SearchRun, found: frozenset[str] | None) -> None:
    """Doubt a run whose lists do not add up to what it counted: they were edited, or merged badly."""
    if found is None or run.total is None or len(found) == run.total:
        return
    message = f"The run of {run.on} counts {run.total:,} works, but its lists come to {len(found):,}."
    remedy = "Restore the lists from an earlier version of the file, or take this run out and record it anew."
    part.doubt("search-found", "counts", message, remedy)
