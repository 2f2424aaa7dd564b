"""How fast are whole records read? Beside other readers on the same files, each in a process of its own.

*Whole* is what ``kb read`` gives: LaTeX decoded, names, dates and identifiers
understood, and a problem with its line for whatever became none. No peer does
all of that; what each does, ``reading_programs`` says. A process counts from
its start, imports and all.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Cost, Counted, Figure, alone, best, rounds
from benchmarks.reading_data import write

_OLD = "1.4.4"  # bibtexparser's, which cannot be installed beside the one we use


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that reads a file: a name of ``reading_programs``, or a format of pandoc's.

    ``most`` is how many entries it is given, where it is too slow or too large
    for more; ``whole`` spares it broken entries, of which one is enough for it
    to give up the file. ``least`` is how many times as fast we want to be; by
    the clock where ``wall``.
    """

    program: str
    name: str = ""
    package: str = ""
    most: int = 0
    whole: bool = False
    least: float | None = None
    wall: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A format, who reads it, and how many entries a second we want to read."""

    name: str
    title: str
    peers: tuple[Reader, ...]
    least: float | None = None
    most: int = 20_000


OURS = Reader("ours", "kb, whole records")
FORMS = (
    Form(
        "bibtex",
        "BibTeX",
        (
            Reader("bibtexparser", "as it is", "bibtexparser"),
            Reader("middlewares", "all middlewares", "bibtexparser", most=2_000, least=10),
            Reader("bibtexparser1", "", f"bibtexparser {_OLD}", most=5_000, whole=True),
            Reader("pybtex", "no LaTeX", "pybtex", least=1, wall=True),
            Reader("biblatex", "", "pandoc", most=20_000, whole=True, least=3),
        ),
        least=2_000,
        most=1_000_000,
    ),
    Form("ris", "RIS", (Reader("rispy", "", "rispy"),)),
    Form("csl", "CSL-JSON", (Reader("json_list", "`json.loads`"), Reader("csljson", "", "pandoc"))),
    Form("openalex", "OpenAlex, JSON Lines", (Reader("json_lines", "`json.loads`"),)),
)


@dataclass(slots=True)
class _Run:
    """A reader with its file, and what came of it."""

    reader: Reader
    name: str
    command: tuple[str | Path, ...]
    first: str  # where Python looks before anywhere else
    size: int
    output: Path
    failed: str = ""

    def __call__(self) -> Cost:
        """What reading costs; nothing, if a peer failed."""
        try:
            return alone(self.command, output=self.output, first=self.first)
        except subprocess.CalledProcessError as error:
            if self.reader == OURS:
                raise
            self.failed = (str(error.stderr).strip().splitlines() or ["no word why"])[-1]
            return Cost(0, 0)

    def counted(self) -> Counted:
        """What it found in the file."""
        told = json.loads(self.output.read_text("utf-8"))
        found, reported = (len(told), 0) if self.command[1:2] == ("-f",) else told
        return Counted(self.size, found, reported)


def read_generated(
    scratch: Path, size: int, *, count: int, forms: Sequence[Form] = FORMS
) -> Iterator[tuple[str, list[Figure]]]:
    """For each format a title and its figures: every reader's, then ours; best of so many rounds."""
    folder = scratch / "reading"
    folder.mkdir()
    programs = _programs(scratch)
    for form in forms:
        written = min(size, form.most)
        title = f"Reading {form.title}, {written:,} entries"
        yield title, _figures(form, _runs(form, written, folder, programs), count)


def _programs(scratch: Path) -> dict[str, tuple[str, str]]:
    """The packages that are here: what to run or where to look first, and what to call them."""
    here = {
        name: ("", f"{name} {version(name)}")
        for name in ("bibtexparser", "pybtex", "rispy")
        if importlib.util.find_spec(name)
    }
    if importlib.util.find_spec("pypandoc"):
        pypandoc = import_module("pypandoc")
        with suppress(OSError):  # it is here without its binary
            here["pandoc"] = (pypandoc.get_pandoc_path(), f"pandoc {pypandoc.get_pandoc_version()}")
    old = f"bibtexparser {_OLD}"
    if _installed(scratch / "old", f"bibtexparser=={_OLD}"):
        here[old] = (str(scratch / "old"), old)
    return here


def _installed(folder: Path, requirement: str) -> bool:
    """Install a package into a folder of its own; whether that went well."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), requirement]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _runs(form: Form, size: int, folder: Path, programs: Mapping[str, tuple[str, str]]) -> list[_Run]:
    """Us and the peers that are here, their files written; a sentence for each that is not."""
    runs = [_run(OURS, form, size, folder, "", "")]
    for peer in form.peers:
        if peer.package and peer.package not in programs:
            print(f"{peer.package} is left out: it is not installed, or could not be.")
            continue
        place, package = programs.get(peer.package, ("", ""))
        runs.append(_run(peer, form, size, folder, place, package))
    return runs


def _run(reader: Reader, form: Form, size: int, folder: Path, place: str, package: str) -> _Run:
    size = min(size, reader.most or size)
    path = folder / f"{form.name}-{size}{'-whole' if reader.whole else ''}"
    if not path.exists():
        write(path, form.name, size, whole=reader.whole)
    command: tuple[str | Path, ...] = (
        sys.executable,
        "-m",
        "benchmarks.reading_programs",
        reader.program,
        path,
    )
    if reader.package == "pandoc":
        command, place = (place, "-f", reader.program, "-t", "csljson", path), ""
    remarks = [remark for remark in (reader.name, "no broken entry" if reader.whole else "") if remark]
    name = f"{package}, {', '.join(remarks)}" if package and remarks else package or reader.name
    return _Run(reader, name, command, place, size, folder / f"{form.name}-{reader.program}.out")


def _figures(form: Form, runs: Sequence[_Run], count: int) -> list[Figure]:
    costs = rounds(count, dict(zip([run.name for run in runs], runs, strict=True)))
    for run in runs:
        if run.failed:
            print(f"{run.name} is left out: it failed with “{run.failed[:200]}”.")
    done = [(run, best(costs[run.name])) for run in runs if not run.failed]
    (us, ours), peers = done[0], done[1:]
    figures = [_figure(run, cost, us.size, ours) for run, cost in peers]
    speed = us.size / ours.cpu
    return [
        *figures,
        Figure(us.name, ours, "(entries/s of CPU)", speed, least=form.least, counted=us.counted()),
    ]


def _figure(run: _Run, cost: Cost, size: int, ours: Cost) -> Figure:
    """A peer's line: how many times as many entries we read in the same time."""
    reader = run.reader
    theirs, us = (cost.wall, ours.wall) if reader.wall else (cost.cpu, ours.cpu)
    beside = "kb's speed (wall)" if reader.wall else "kb's speed"
    value = (size / us) / (run.size / theirs)
    return Figure(run.name, cost, beside, value, least=reader.least, counted=run.counted())
