"""kb thesaurus: topics, tools and programmes as SKOS Turtle, out and in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import (
    DbOption,
    JsonOption,
    LibraryOption,
    StrictOption,
    fail_if,
    one_line,
    print_json,
    print_problems,
    printable,
    source,
    the_library,
    write_export,
)
from kb.errors import FormatError

if TYPE_CHECKING:
    from kb.convert.thesaurus import Arrival, ThesaurusPreview
    from kb.library import Library
    from kb.model import Problem

_FORMATS = ("turtle",)
_TOLD = 3  # problems of a code that are told one by one; more are counted
_SHOWN = 10  # concepts of a kind that a preview lists; the rest is counted

app = typer.Typer(
    no_args_is_help=True,
    help="The thesaurus for other programs and from them, as SKOS Turtle.\n\nExample: kb thesaurus export",
)


@app.command()
def export(
    output: Annotated[Path | None, typer.Argument(metavar="FILE", help="A file; stdout by default.")] = None,
    form: Annotated[str, typer.Option("--format", help="turtle, which is SKOS.")] = "turtle",
    db: DbOption = None,
    library: LibraryOption = None,
) -> None:
    """Write all topics, tools and programmes as SKOS, in one order: two exports can be compared line by line.

    Example: kb thesaurus export thesaurus.ttl
    """
    if form not in _FORMATS:
        raise FormatError(form, _FORMATS)
    from kb.convert.thesaurus import export_thesaurus

    text, problems = export_thesaurus(the_library(library, db))
    print_problems(problems)
    write_export(text, output)


@app.command("import")
def bring(
    file: Annotated[Path, typer.Argument(help="A thesaurus in SKOS Turtle (.ttl).", readable=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, no more.")] = False,
    facet: Annotated[str, typer.Option("--facet", help="The facet of new topics that have none.")] = "",
    whole: Annotated[bool, typer.Option("--all", help="List every concept of the preview.")] = False,
    strict: StrictOption = False,
    db: DbOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Write a note for each new concept, and add labels and relations to topics that are here.

    What a file says otherwise of a topic that is here is shown and not written.

    Example: kb thesaurus import thesaurus.ttl --dry-run
    """
    from kb.convert.thesaurus import import_thesaurus, preview_thesaurus
    from kb.model import FACETS

    if facet and facet not in FACETS:
        raise typer.BadParameter(f"“{facet}” is no facet. Choose one of: {', '.join(FACETS)}.")
    home = the_library(library, db)
    found = preview_thesaurus(home, source(file), facet=facet)
    print_problems(found.problems)
    if json:
        print_json(_as_json(found))
    else:
        _print_preview(found, whole=whole)
    written: Sequence[Path] = ()
    if not dry_run:
        written = import_thesaurus(home, found, today=datetime.now(UTC).date())
        _tell_written(home, written, json=json)
    elif found.of("new") or found.of("changed"):
        typer.echo("Nothing was written, for this was a dry run.", err=json)
    fail_if(any(one.severity == "error" for one in found.problems) and not found.arrivals)
    fail_if(strict and bool(found.problems))


def _tell_written(home: "Library", written: Sequence[Path], *, json: bool) -> None:
    """Bring the store up to the text, and say what is wrong with the notes just written."""
    from kb.ingest import ingest

    if not written:
        typer.echo("Nothing to write.", err=json)
        return
    names = {home.relative(path) for path in written}
    report = ingest(home)
    _print_by_code([problem for problem in report.problems if problem.origin.path in names])
    typer.echo(f"Written: {one_line(len(written), 'note')} in {home.relative(home.notes)}/.", err=json)


def _print_by_code(problems: Sequence["Problem"]) -> None:
    """The problems of notes just written: a few of a code as they are, many as their count and the first."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    for code, alike in by_code.items():
        if len(alike) <= _TOLD:
            print_problems(alike)
            continue
        files = len({problem.origin.path for problem in alike})
        typer.echo(f"{code}: {len(alike):,} times in {one_line(files, 'note')}, the first:", err=True)
        print_problems(alike[:1])
        typer.echo("    kb check lists them all.", err=True)


def _print_preview(found: "ThesaurusPreview", *, whole: bool) -> None:
    for state, title in (("new", "New"), ("changed", "Changed"), ("same", "Same")):
        arrivals = found.of(state)
        typer.echo(f"{typer.style(title, bold=True)}: {len(arrivals):,}")
        listed = [one for one in arrivals if state != "same" or one.differences]
        shown = listed if whole else listed[:_SHOWN]
        for one in shown:
            _print_arrival(one)
        if len(listed) > len(shown):
            typer.echo(f"  … and {len(listed) - len(shown):,} more (--all lists them).")


def _print_arrival(one: "Arrival") -> None:
    typer.echo(f"  {typer.style(printable(one.slug), bold=True)}  {printable(one.label)}")
    if one.state == "changed":
        labels = [label.text for label in one.terms.labels]
        for what, added in (
            ("labels", labels),
            ("broader", one.terms.broader),
            ("related", one.terms.related),
        ):
            if added:
                typer.echo(printable(f"      {what}: + {', '.join(added)}"))
    for name, theirs, ours in one.differences:
        typer.echo(printable(f"      {name} differs: {_short(theirs)} | kept: {_short(ours) or 'nothing'}"))


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:90]}…"


def _as_json(found: "ThesaurusPreview") -> dict[str, object]:
    from kb.cli.build import flat

    return {
        "concepts": [
            {
                "slug": one.slug,
                "label": one.label,
                "state": one.state,
                "labels": [label.text for label in one.terms.labels],
                "broader": one.terms.broader,
                "related": one.terms.related,
                "differences": [difference._asdict() for difference in one.differences],
            }
            for one in found.arrivals
        ],
        "problems": [flat(problem) for problem in found.problems],
    }
