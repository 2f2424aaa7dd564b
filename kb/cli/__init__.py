"""The command line: each command calls one flow and prints what comes back.

Results go to stdout, problems to stderr as ``path:line: code message``. Exit
code 0: done (problems are reported); 1: failed, or ``--strict`` and there are
problems; 2: wrong usage. Flows are imported when a command runs, so that
``kb --help`` answers at once.
"""

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper

import typer

from kb.cli import bring, browse, build, duplicates, lists, search, searches, thesaurus
from kb.errors import FormatError, KBError

_INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it

app = typer.Typer(
    name="kb",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    help="An evidence knowledge base with a citation graph. Text is the truth: references/ and notes/.",
)

_COMMANDS: tuple[Callable[..., None], ...] = (
    build.ingest,
    build.read,
    search.search,
    browse.show,
    build.new,
    browse.cites,
    browse.cited_by,
    browse.related,
    browse.missing,
    browse.export,
    duplicates.duplicates,
    build.check,
    build.serve,
)
for command in _COMMANDS:  # cited_by becomes cited-by
    app.command(cls=search.SearchCommand if command is search.search else None)(command)
app.command("import")(bring.bring)
app.command("set")(bring.set_field)
app.add_typer(lists.app, name="list")
app.add_typer(searches.app, name="searches")
app.add_typer(thesaurus.app, name="thesaurus")


def main() -> None:
    """Run ``kb``: errors of ours become one sentence, and no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a terminal's encoding may lack a letter; a title must not end it
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except KBError as error:
        typer.echo(f"kb: {error}", err=True)
        sys.exit(2 if isinstance(error, FormatError) else 1)
    except SystemExit as stop:
        if isinstance(
            stop.__context__, BrokenPipeError
        ):  # the reader of our output went away, as `| head` does
            sys.exit(0)
        if stop.code == _INTERRUPTED:
            typer.echo("kb: interrupted; the database is as it was.", err=True)
        raise
    except OSError as error:  # every file is opened with its own sentence: what is left is the output
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else the interpreter would try again at its end
        typer.echo(f"kb: the output could not be written: {error.strerror or error}.", err=True)
        sys.exit(1)
