"""The command line: each command calls one flow and prints what comes back.

Results go to stdout, problems to stderr as ``path:line: code message``. Exit
code 0: done (problems are reported); 1: failed, or ``--strict`` and there are
problems; 2: wrong usage. Flows are imported when a command runs, so that
``kb --help`` answers at once.
"""

import sys
from collections.abc import Callable

import typer

from kb.cli import browse, build, lists
from kb.errors import KBError

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
    browse.search,
    browse.show,
    build.new,
    browse.cites,
    browse.cited_by,
    browse.related,
    browse.missing,
    browse.export,
    build.check,
    build.serve,
)
for command in _COMMANDS:
    app.command()(command)  # cited_by becomes cited-by
app.add_typer(lists.app, name="list")


def main() -> None:
    """Run ``kb``: errors of ours become one sentence, and no traceback reaches a user."""
    try:
        app()
    except KBError as error:
        typer.echo(f"kb: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("kb: interrupted; nothing was changed.", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stderr.close()
        sys.exit(0)
