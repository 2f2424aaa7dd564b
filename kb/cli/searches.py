"""kb searches: saved searches, run again, recorded and reported; written into notes/searches/."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import (
    DbOption,
    JsonOption,
    LibraryOption,
    one_line,
    print_json,
    print_work,
    printable,
    the_base,
    the_library,
    write_export,
)
from kb.errors import FormatError, StoreError

if TYPE_CHECKING:
    from kb.base import Base
    from kb.model import SavedSearch, SearchNow, SearchOptions, SearchRun, WorkLine

_PATIENCE = 1.0  # seconds: whoever only reads does not wait long for another ingest

app = typer.Typer(no_args_is_help=False)

SlugArgument = Annotated[str, typer.Argument(help="The saved search's slug or title.")]
ByOption = Annotated[str, typer.Option("--by", help="Who runs it; for the record.")]


@app.callback(invoke_without_command=True)
def searches(
    context: typer.Context, db: DbOption = None, library: LibraryOption = None, json: JsonOption = False
) -> None:
    """Saved searches, each with its last run; without a command, name them all.

    Example: kb searches
    """
    if context.invoked_subcommand:
        return
    from kb.base import saved

    _up_to_date(library, db)
    with the_base(library, db) as base:
        found = saved.searches(base)
    if json:
        print_json(
            [
                {"slug": line.slug, "title": line.title, **_flat(line.search), "last": line.last}
                for line in found
            ]
        )
        return
    for line in found:
        typer.echo(printable(f"{line.slug}  {line.title}"))
        typer.echo(f"    {_counts(line.last) if line.last else 'never run'}")
    typer.echo(f"{one_line(len(found), 'saved search', 'saved searches')}.")


@app.command()
def run(
    slug: SlugArgument,
    record: Annotated[bool, typer.Option("--record", help="Write this run into the note.")] = False,
    by: ByOption = "",
    db: DbOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Run a saved search again: what is new, and what is gone, since its last recorded run.

    Example: kb searches run warning-messages --record
    """
    from kb.base import saved

    if record:
        _ingest(library, db)  # what is recorded is what the text says now
    else:
        _up_to_date(library, db)
    with the_base(library, db) as base:
        now = saved.again(base, slug, on=_today(), by=by)
        if json:
            print_json(_plain(now))
        else:
            _print_now(base, now)
    if record:
        _record(now, library, db)


@app.command()
def report(
    slug: SlugArgument,
    to: Annotated[str, typer.Option("--to", help="md, json, csv or txt.")] = "md",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; stdout by default.")] = None,
    db: DbOption = None,
    library: LibraryOption = None,
) -> None:
    """Print the record of a saved search as a review reports it: PRISMA-S and the PRISMA 2020 flow.

    Example: kb searches report warning-messages --to md
    """
    from kb.base import saved
    from kb.render import REPORTS, search_report

    if to not in REPORTS:
        raise FormatError(to, tuple(REPORTS))
    title = the_library(library, db).title if library or not db else ""
    _up_to_date(library, db)
    with the_base(library, db) as base:
        record = saved.record(base, slug, on=_today(), library=title)
    text = search_report(record, to)
    if record.otherwise:
        typer.echo(_otherwise(record.run.on, changed=record.run.thesaurus != record.thesaurus), err=True)
    write_export(text, output)


@app.command()
def forget(slug: SlugArgument, library: LibraryOption = None, db: DbOption = None) -> None:
    """Take the last recorded run out of a saved search's note.

    Example: kb searches forget warning-messages
    """
    from kb.base import saved
    from kb.edit import forget_run

    with the_base(library, db) as base:
        note, _ = saved.saved(base, slug)
    gone = forget_run(the_library(library, db), note.slug)
    _ingest(library, db)
    typer.echo(f"Taken out of {note.origin.path}: the run of {gone.on}.")


def save(
    query: str,
    options: "SearchOptions",
    *,
    slug: str,
    why: str,
    by: str,
    library: LibraryOption,
    db: DbOption,
) -> None:
    """Write a search and its first run into notes/searches/, and say where."""
    from kb.base import saved
    from kb.edit import save_search
    from kb.model import SavedSearch

    home = the_library(library, db)
    _ingest(library, db)
    with the_base(library, db) as base:
        first = saved.run(base, query, options, on=_today(), by=by)
    name = save_search(home, SavedSearch(query, options, why), first, slug=slug, today=_today())
    _ingest(library, db)
    path = f"{home.relative(home.notes)}/searches/{name}.md"
    typer.echo(f"Saved: {path} (to take it back, delete that file).", err=True)


def check_new(
    query: str, options: "SearchOptions", *, slug: str, why: str, library: LibraryOption, db: DbOption
) -> None:
    """Refuse, before anything is printed, a search that could not be saved."""
    from kb.edit.searches import free_slug
    from kb.model import SavedSearch

    free_slug(the_library(library, db), SavedSearch(query, options, why), slug=slug)


def print_search(base: "Base", slug: str) -> None:
    """A saved search with its runs, newest first."""
    from kb.base import saved

    note, search = saved.saved(base, slug)
    typer.echo(typer.style(printable(note.title), bold=True))
    typer.echo(printable(f"search · {note.slug} · {note.origin.path}"))
    asked = [("Query", search.query), *search.options.facets]
    asked += [("literal", "yes")] if search.options.literal else []
    asked += [("all words", "yes")] if search.options.all_words else []
    asked += [("sort", search.options.sort)] if search.options.sort != "relevance" else []
    asked += [("off", ", ".join(search.options.off))] if search.options.off else []
    asked += [("Why", search.why)]
    for name, said in asked:
        typer.echo(printable(f"{name}: {said}"))
    if note.body.strip():
        typer.echo("\n" + printable(note.body.strip()))
    for one in reversed(search.runs):
        typer.echo(f"  {_counts(one)}{_changes(one)}")
    if not search.runs:
        typer.echo(f"Never run: kb searches run {note.slug} --record")


# --- within


def _print_now(base: "Base", now: "SearchNow") -> None:
    for message in now.messages:
        typer.echo(printable(message), err=True)
    last = now.search.runs[-1] if now.search.runs else None
    since = ""
    if last is None or now.new is None or now.gone is None:
        why = "Its last run found too many works to list them" if last else "No run of it is recorded"
        typer.echo(f"{why}: what is new cannot be told.", err=True)
    else:
        _print_changes(base, now.new, now.gone)
        since = f" New since {last.on}: {len(now.new):,}, gone: {len(now.gone):,}."
    typer.echo(f"{_counts(now.run)}.{since}")
    if last and now.otherwise:
        typer.echo(_otherwise(last.on, changed=last.thesaurus != now.run.thesaurus), err=True)


def _otherwise(on: str, *, changed: bool) -> str:
    """That a query means something else today, and whether that is the thesaurus's doing."""
    why = "the thesaurus has changed" if changed else "the program has changed"
    return f"The query is understood otherwise than on {on}, for {why}: see kb search --explain."


def _print_changes(base: "Base", new: Iterable["WorkLine"], gone: Iterable[str]) -> None:
    for line in new:
        print_work(line, under="new")
    known = {line.citekey: line for line in base.lines(gone)}
    for citekey in gone:
        if citekey in known:
            print_work(known[citekey], under="gone: the search does not find it any more")
        else:
            typer.echo(printable(f"{citekey}\n    gone: the library does not have it any more"))


def _record(now: "SearchNow", library: LibraryOption, db: DbOption) -> None:
    from kb.edit import record_run

    written = record_run(the_library(library, db), now.note.slug, now.run, same=now.same)
    _ingest(library, db)
    typer.echo(f"Recorded in {written.path}. To take it out again: {written.commands[0]}", err=True)
    if written.run.unlisted:
        typer.echo("It found too many works to list them: only the counts were recorded.", err=True)


def _counts(run: "SearchRun") -> str:
    said = [f"{run.on}: {one_line(run.total or 0, 'work')}"]
    said += [f"{run.complete:,} with all the words"] if run.complete is not None else []
    said += [f"{run.held:,} held"] if run.held is not None else []
    said += [f"{run.cited:,} known from reference lists"] if run.cited is not None else []
    return ", ".join(said)


def _changes(run: "SearchRun") -> str:
    return f"; {len(run.new):,} new, {len(run.gone):,} gone" if run.new or run.gone else ""


def _flat(search: "SavedSearch") -> dict[str, object]:
    """A saved search's question as plain values."""
    options = search.options
    return {
        "query": search.query,
        "literal": options.literal,
        "all_words": options.all_words,
        "sort": options.sort,
        "off": options.off,
        "facets": dict(options.facets),
        "why": search.why,
        "runs": len(search.runs),
    }


def _plain(now: "SearchNow") -> dict[str, object]:
    last = now.search.runs[-1] if now.search.runs else None
    return {
        "slug": now.note.slug,
        **_flat(now.search),
        "run": now.run,
        "since": last.on if last else None,
        "new": now.new,
        "gone": now.gone,
        "messages": now.messages,
    }


def _today() -> date:
    return datetime.now(UTC).date()


def _up_to_date(library: LibraryOption, db: DbOption) -> None:
    """Bring the store up to the text, if it can be; a database that is named alone is taken as it is."""
    if db and not library:
        return
    try:
        _ingest(library, db, patience=_PATIENCE)
    except StoreError as error:
        typer.echo(f"{error} What follows is as of the last ingest.", err=True)


def _ingest(library: LibraryOption, db: DbOption, *, patience: float = 10.0) -> None:
    """Bring the store up to the text."""
    from kb.ingest import ingest

    ingest(the_library(library, db), patience=patience)
