"""What commands share: options, where the library is, and how things are printed."""

import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.errors import KBError

if TYPE_CHECKING:
    from kb.base import Base
    from kb.convert import Source
    from kb.library import Library
    from kb.model import Problem, WorkLine

DbOption = Annotated[Path | None, typer.Option("--db", help="The database; the library's own by default.")]
LibraryOption = Annotated[
    Path | None, typer.Option("--library", help="The library's folder; found at or above here by default.")
]
EncodingOption = Annotated[
    str, typer.Option("--encoding", help="The files' encoding, if it is not found: cp1250, for example.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there are problems.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="How many at most.")]


def the_library(folder: Path | None, db: Path | None) -> "Library":
    """The library that the options name, or the nearest."""
    from kb.library import open_library

    return open_library(folder, database=db)


def the_base(folder: Path | None, db: Path | None) -> "Base":
    """The store that the options name; with ``--db`` alone no library is needed."""
    from kb.base import open_base

    return open_base(db or the_library(folder, None).database)


def print_json(value: object) -> None:
    """Any answer as indented JSON."""
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def print_export(text: str) -> None:
    """An export, in UTF-8 and to the letter whatever the terminal's encoding: it may become a file."""
    typer.echo(text.encode("utf-8"), nl=False)


def write_export(text: str, output: Path | None) -> None:
    """An export into a file, or to stdout where none is named.

    Raises:
        KBError: The file cannot be written.
    """
    if output is None:
        print_export(text)
        return
    try:
        output.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise KBError(f"{output} cannot be written: {error.strerror}.") from error
    typer.echo(f"Written: {output}", err=True)


def printable(text: str) -> str:
    """``text`` without control characters, which could command a terminal."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def print_problems(problems: Iterable["Problem"]) -> None:
    """Each problem on a line of stderr, its remedy under it."""
    for problem in problems:
        place = f"{problem.origin.path}:{problem.origin.line}"
        typer.echo(printable(f"{place}: {problem.code} {problem.message}"), err=True)
        typer.echo(printable(f"    {problem.remedy}"), err=True)


def print_work(line: "WorkLine", *, under: str = "") -> None:
    """A work as everywhere: title; authors, year, container; badges; why it is here."""
    held = "" if line.held else " (cited only)"
    typer.echo(f"{typer.style(line.citekey, bold=True)}  {printable(line.title)}{held}")
    year = str(line.year) if line.year else "n.d."
    parts = [f"{line.byline} {year}".strip(), line.container, *line.designs, *line.tools, line.status]
    typer.echo("    " + printable(" · ".join(part for part in parts if part)))
    if under:
        typer.echo("    " + printable(under))


def one_line(count: int, what: str, many: str = "") -> str:
    """A count with its word: “1 work”, “3 works”."""
    return f"{count:,} {what if count == 1 else many or what + 's'}"


def source(path: Path) -> "Source":
    """A file to be imported: its name and bytes.

    Raises:
        KBError: It cannot be read.
    """
    from kb.convert import Source
    from kb.read.folder import file_bytes

    content, problems = file_bytes(path, str(path))
    if content is None:
        raise KBError(f"{problems[0].message} {problems[0].remedy}")
    return Source(str(path), content)


def expanded(paths: Iterable[Path]) -> list[Path]:
    """The files that are named; of a folder, all files in it by name, but for hidden ones."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [one for one in inside if one == path or (one.is_file() and one.name[0] != ".")]
    return found


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str) -> bool:
    """Whether the person says yes; no where nobody can be asked."""
    return is_terminal() and typer.confirm(question)


def set_command(citekey: str, fields: Mapping[str, str]) -> str:
    """The command that gives fields of an entry these values."""
    changes = [
        # kb set takes one pair of braces off, unless := says that the value is whole
        f"{name}={{{value}}}" if value.startswith("{") and not name.endswith(":") else f"{name}={value}"
        for name, value in fields.items()
    ]
    return shlex.join(["kb", "set", *(["--"] if citekey.startswith("-") else []), citekey, *changes])


def fail_if(condition: bool) -> None:
    """Exit with 1 if so."""
    if condition:
        sys.stdout.flush()
        raise typer.Exit(1)
