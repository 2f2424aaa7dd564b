"""kb search: works for a query, in any format, and a search saved for later."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

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
from kb.cli.searches import ByOption, check_new, save
from kb.errors import FormatError
from kb.text import nearest

if TYPE_CHECKING:
    from kb.base import Base, Results
    from kb.model import SearchOptions

FORMATS = ("table", "keys", "json", "csv", "bibtex", "ris", "csl", "md")
_MINUS = re.compile(r"-[^\W_]")  # no option of kb search has one letter


class SearchCommand(TyperCommand):
    """A command for which ``-word`` is no option but a word to leave out: it says how to type that."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words that are left when the options are taken."""
        taking = {name for each in self.params if not getattr(each, "is_flag", True) for name in each.opts}
        before = ""
        for word in args[: args.index("--")] if "--" in args else args:
            if _MINUS.match(word) and before not in taking:
                how = f'put the query in quotation marks ("helpline {word}") or after -- (-- helpline {word})'
                raise typer.BadParameter(f"“{word}” is no option. To leave a word out, {how}.", ctx=ctx)
            before = word
        return super().parse_args(ctx, args)


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
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="FIELD:VALUE", help="Of all that is found, what fits: tool:cport."),
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
    from kb.model import SearchOptions, facets_of

    form, words, fields = "json" if json else form, " ".join(query), tuple(only or ())
    options = SearchOptions(literal, every, sort, tuple(off or ()), facets_of(fields))
    _check(form, options, fields)
    if slug:
        _check_kept(options, fields)
        check_new(words, options, slug=slug, why=why, library=library, db=db)
    elif why:
        raise typer.BadParameter("--why goes with --save: name the search.")
    with the_base(library, db) as base:
        _check_topics(base, options.off)
        results = base.search(
            words, limit=limit, literal=literal, all_words=every, sort=sort, off=options.off, only=fields
        )
        if explain:
            typer.echo(printable(results.explained), err=form != "table")
        _print(base, results, form)
    if slug:
        save(words, options, slug=slug, why=why, by=by, library=library, db=db)


def _check(form: str, options: "SearchOptions", fields: Iterable[str]) -> None:
    from kb.base import saved
    from kb.model import SORTS

    if form not in FORMATS:
        raise FormatError(form, FORMATS)
    if options.sort not in SORTS:
        raise typer.BadParameter(f"“{options.sort}” is no order. Choose one of: {', '.join(SORTS)}.")
    for each in fields:
        if not saved.is_field(each):
            known = ", ".join(saved.field_names())
            said = f"“{each}” is no field with a value, as tool:cport is. Fields are: {known}."
            raise typer.BadParameter(printable(said))


def _check_kept(options: "SearchOptions", fields: Iterable[str]) -> None:
    """Refuse to save what a saved search has no place for, so that it never asks for less than was run."""
    from kb.model import SEARCH_FACETS, only_of

    kept = only_of(options.facets)
    for each in fields:
        if each not in kept:
            said = f"“{each}” cannot be saved as it is: a saved search keeps one value each of"
            raise typer.BadParameter(printable(f"{said} {', '.join(SEARCH_FACETS)}. Put it into the query."))


def _check_topics(base: "Base", slugs: Iterable[str]) -> None:
    known = [topic.slug for topic in base.topic_lines()]
    for slug in slugs:
        if slug not in known:
            near = nearest(slug, known)
            hint = f" Nearest: {', '.join(near)}." if near else ""
            raise typer.BadParameter(printable(f"No topic is called “{slug}”.{hint}"))


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
