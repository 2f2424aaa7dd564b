"""Commands that read the text and build from it: ingest, read, check, new, serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import (
    DbOption,
    EncodingOption,
    JsonOption,
    LibraryOption,
    StrictOption,
    expanded,
    fail_if,
    one_line,
    print_json,
    print_problems,
    the_base,
    the_library,
)

if TYPE_CHECKING:
    from kb.ingest import Progress, Report
    from kb.model import Work


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of the library; all of it by default.")
    ] = None,
    db: DbOption = None,
    library: LibraryOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every file again.")] = False,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> None:
    """Read references/ and notes/ into the database; only what changed is read again.

    Example: kb ingest
    """
    from kb.ingest import ingest as run

    home = the_library(library, db)
    with progress_bar() as progress:
        report = run(home, only=paths or (), rebuild=rebuild, progress=progress)
    if json:
        print_json(report)
    else:
        print_problems(report.problems)
        _print_report(report)
    fail_if(strict and bool(report.problems))


def _print_report(report: "Report") -> None:
    counts = report.counts
    typer.echo(
        f"Files: {report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged; {one_line(report.rows, 'row')} written."
    )
    typer.echo(
        f"Now held: {one_line(counts.held, 'work')} and {counts.cited:,} known from reference lists, "
        f"{one_line(counts.citations, 'citation')}, {one_line(counts.notes, 'note')}, "
        f"{one_line(counts.findings, 'finding')}."
    )
    typer.echo(f"Problems: {one_line(counts.errors, 'error')}, {one_line(counts.warnings, 'warning')}.")


@contextmanager
def progress_bar() -> Iterator["Progress"]:
    """A progress bar on stderr where a person looks at it; silence elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Starting", total=None)

        def show(what: str, done: int, of: int) -> None:
            bar.update(task, description=what.replace("[", r"\["), completed=done, total=of or None)

        yield show


def read(
    files: Annotated[
        list[Path], typer.Argument(help="Files of any format: BibTeX, RIS, PubMed, CSL …", readable=False)
    ],
    encoding: EncodingOption = "",
    json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Parse files without a store, and say what is in them and what is wrong.

    Example: kb read references/risk-tools.bib --json
    """
    from kb.records import read_file
    from kb.render import record

    records = [read_file(path, encoding=encoding) for path in expanded(files)]
    works = [work for one in records for work in one.works]
    problems = [problem for one in records for problem in one.problems]
    if json:
        said = [{**record(work), "fields": work.fields, "references": _references(work)} for work in works]
        print_json({"records": said, "problems": [flat(p) for p in problems]})
    else:
        for work in works:
            typer.echo(
                f"{work.origin.path}:{work.origin.line}: {work.citekey}  {work.title} ({work.date or 'n.d.'})"
            )
        print_problems(problems)
        typer.echo(f"{one_line(len(works), 'record')}, {one_line(len(problems), 'problem')}.")
    unread = any(p.code.startswith("file-") and p.severity == "error" for p in problems)
    fail_if(unread or (strict and bool(problems)))


def _references(work: "Work") -> list[dict[str, str]]:
    """The items of a record's reference list, as they were read."""
    return [reference.fields for reference in work.references]


def flat(problem: object) -> dict[str, object]:
    """A problem under the keys that every JSON of ours has."""
    from kb.model import Problem

    assert isinstance(problem, Problem)
    return {
        "source": problem.origin.path,
        "line": problem.origin.line,
        "code": problem.code,
        "severity": problem.severity,
        "citekey": problem.citekey,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def check(
    db: DbOption = None, library: LibraryOption = None, strict: StrictOption = False, json: JsonOption = False
) -> None:
    """List everything questionable in the text, with what to do about it.

    Example: kb check --strict
    """
    from kb.duplicates import in_store

    with progress_bar() as progress:
        likely = in_store(db or the_library(library, None).database, progress=progress)
    with the_base(library, db) as base:
        problems, counts, coverage = base.problems(), base.counts(), base.coverage()
        doubts = {
            "Title, authors or year not fully known (incomplete-metadata)": [
                w.citekey for w in base.incomplete()
            ],
            "No DOI, ISBN or address": [w.citekey for w in base.without_address()],
            "Claims without evidence": [claim.slug for claim in base.without_evidence()],
            "Undecided duplicates (see kb duplicates)": [" ".join(names) for names in likely.undecided],
        }
    if json:
        print_json({"problems": [flat(p) for p in problems], "coverage": coverage, "doubts": doubts})
    else:
        print_problems(problems)
        typer.echo(f"{one_line(counts.errors, 'error')}, {one_line(counts.warnings, 'warning')}.")
        for what, names in doubts.items():
            typer.echo(f"{what}: {len(names)}" + "".join(f"\n    {name}" for name in names))
        typer.echo(
            f"Reference lists of {one_line(coverage.held, 'held work')}: {coverage.complete} complete, "
            f"{coverage.partial} in part, {coverage.unknown} not entered."
        )
    fail_if(strict and bool(problems))


def new(
    kind: Annotated[
        str, typer.Argument(help="study, sample, tool, programme, topic, claim, card, list, search or page.")
    ],
    name: Annotated[str, typer.Argument(help="Its name; for a study, the work's citekey.")],
    library: LibraryOption = None,
    db: DbOption = None,
) -> None:
    """Write a checked skeleton of a note, ready to be filled in.

    Example: kb new study seto2015predicting
    """
    from datetime import datetime

    from kb.edit import new_note

    home = the_library(library, db)
    work = None
    if kind == "study":
        with the_base(library, db) as base:
            work = base.work(name).work
    today = datetime.now(UTC).date()
    path = new_note(home, kind, name, work=work, today=today)
    typer.echo(f"Written: {home.relative(path)}")


def serve(
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="Where the browser is served.")
    ] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
    library: LibraryOption = None,
    db: DbOption = None,
) -> None:
    """Bring the database up to the text, then serve the browser on this machine.

    Example: kb serve --port 8600
    """
    from kb.pages.server import start

    home = the_library(library, db)
    ingest(None, db=db, library=library)
    typer.echo(f"The browser is at http://localhost:{port} (stop it with Ctrl-C).")
    raise typer.Exit(start(home, port=port, browser=browser))
