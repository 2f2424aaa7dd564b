"""kb search: works for a query, in any format, and a search saved for later."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import (
    DbOption,
    JsonOption,
    LibraryOption,
    LimitOption,
    one_line,
    print_export,
    print_json,
    print_work,
    printable,
    the_base,
)
from kb.cli.searches import ByOption, save
from kb.errors import FormatError

if TYPE_CHECKING:
    from kb.base import Base, Results

FORMATS = ("table", "keys", "json", "csv", "bibtex", "ris", "csl", "md")


def search(
    query: Annotated[list[str], typer.Argument(help="Words, “phrases”, author: year: topic: tool: -word.")],
    db: DbOption = None,
    library: LibraryOption = None,
    limit: LimitOption = 20,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "table",
    literal: Annotated[bool, typer.Option("--literal", help="Without the thesaurus.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Only works with every word.")] = False,
    sort: Annotated[str, typer.Option("--sort", help="relevance, year, cited-by or added.")] = "relevance",
    off: Annotated[
        list[str] | None, typer.Option("--off", help="A topic whose names are not to stand for each other.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the query was understood.")] = False,
    slug: Annotated[str, typer.Option("--save", help="Save the search under this name; say --why.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why the search is saved.")] = "",
    by: ByOption = "",
    json: JsonOption = False,
) -> None:
    """Search the library; a name of a topic finds works under all its names.

    Example: kb search "STABLE-2007 validation year:2010.. -review"
    """
    from kb.model import SORTS, SearchOptions

    form = "json" if json else form
    if form not in FORMATS:
        raise FormatError(form, FORMATS)
    if sort not in SORTS:
        raise typer.BadParameter(f"“{sort}” is no order. Choose one of: {', '.join(SORTS)}.")
    if why and not slug:
        raise typer.BadParameter("--why goes with --save: name the search.")
    words = " ".join(query)
    with the_base(library, db) as base:
        results = base.search(
            words, limit=limit, literal=literal, all_words=every, sort=sort, off=tuple(off or ())
        )
        if explain:
            typer.echo(printable(results.explained), err=form != "table")
        _print(base, results, form)
    if slug:
        options = SearchOptions(literal=literal, all_words=every, sort=sort, off=tuple(off or ()))
        save(words, options, slug=slug, why=why, by=by, library=library, db=db)


def _print(base: "Base", results: "Results", form: str) -> None:
    if form == "json":  # what there is to say stands in it
        print_json(results.plain())
        return
    _tell(results)
    if results.suggestions and (form == "table" or not results.total):
        typer.echo(printable(f"Did you mean: {' · '.join(results.suggestions)}?"), err=True)
    if form == "table":
        _print_table(results)
        return
    citekeys = [hit.work.citekey for hit in results.hits]
    if form == "keys":
        print_export("".join(f"{citekey}\n" for citekey in citekeys))
    else:
        print_export(base.export(citekeys, form))
    if len(citekeys) < results.total:
        said = f"Printed: {len(citekeys):,} of {one_line(results.total, 'work')}; --limit gives more."
        typer.echo(said, err=True)


def _tell(results: "Results") -> None:
    """Say on stderr how the query was taken: what is read by another program stays clean."""
    for message in results.messages:
        typer.echo(printable(message), err=True)
    for expansion in results.expansions:
        others = ", ".join((*expansion.also, *expansion.discouraged))
        typer.echo(printable(f"“{expansion.written}” was also searched as: {others}"), err=True)


def _print_table(results: "Results") -> None:
    for slug, kind, title in results.notes:
        typer.echo(printable(f"{kind}: {title}  (kb show {slug})"), err=True)
    some = False
    for hit in results.hits:
        if results.tiered and not (hit.all_words or some):
            typer.echo("— with some of your words —")
            some = True
        print_work(hit.work, under=hit.why)
    shown = len(results.hits)
    tail = f"; {results.complete:,} with all your words" if results.complete != results.total else ""
    typer.echo(
        f"{one_line(results.total, 'work')}{tail}. Shown: {shown}." if results.total else "No work matches."
    )
