"""Does `kb --help` answer at once? Beside an empty program of the same command-line library."""

from pathlib import Path

from benchmarks.measure import Figure, command, middle, rounds

KB = "import sys; from kb.cli import main; sys.exit(main())"
_EMPTY = """
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def nothing() -> None:
    "Do nothing."


app()
"""


def help_command(scratch: Path, *, count: int) -> list[Figure]:
    """The median of so many runs, after one that compiles."""
    works = {
        "kb": lambda: command(["-c", KB, "--help"], cwd=scratch),
        "empty": lambda: command(["-c", _EMPTY, "--help"], cwd=scratch),
    }
    rounds(1, works)
    costs = rounds(count, works)
    ours, empty = middle(costs["kb"]), middle(costs["empty"])
    return [
        Figure("an empty typer program, `--help`", empty),
        Figure("`kb --help`", ours, "the empty program", ours.cpu / empty.cpu, most=3.0),
    ]
