"""Readers, ours and others', each a program: ``python -m benchmarks.reading_programs NAME FILE``.

Prints how many publications it found, and how many it said it could not read.
Nothing is imported but what the one reader needs.
"""

import json
import logging
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

_MORE = re.compile(r"There are ([\d,]+) more problems")


def ours(path: Path) -> tuple[int, int]:
    """Whole records: read and cleaned, with a problem for whatever became none."""
    from kb.records import read_bytes

    found = read_bytes(path.name, path.read_bytes())
    errors = [_MORE.match(problem.message) for problem in found.problems if problem.severity == "error"]
    return len(found.works), sum(int(more[1].replace(",", "")) if more else 1 for more in errors)


def bibtexparser(path: Path) -> tuple[int, int]:
    """bibtexparser 2 as it is: strings resolved, braces taken off."""
    return _bibtexparser(path, ())


def middlewares(path: Path) -> tuple[int, int]:
    """bibtexparser 2 with all that it offers for reading: names, months, LaTeX."""
    names = ("MonthIntMiddleware", "SeparateCoAuthors", "SplitNameParts", "LatexDecodingMiddleware")
    return _bibtexparser(path, names)


def _bibtexparser(path: Path, names: tuple[str, ...]) -> tuple[int, int]:
    library, of = import_module("bibtexparser"), import_module("bibtexparser.middlewares")
    found = library.parse_file(str(path), append_middleware=[getattr(of, name)() for name in names])
    return len(found.entries), len(found.failed_blocks)


def bibtexparser1(path: Path) -> tuple[int, int]:
    """bibtexparser 1 with months known and every type kept, which by default it does not."""
    parser = import_module("bibtexparser.bparser").BibTexParser(
        common_strings=True, ignore_nonstandard_types=False
    )
    with path.open(encoding="utf-8") as file:
        return len(import_module("bibtexparser").load(file, parser=parser).entries), 0


def pybtex(path: Path) -> tuple[int, int]:
    """pybtex with errors gathered, or it would stop at the first; LaTeX stays as it is."""
    with import_module("pybtex.errors").capture() as errors:
        found = import_module("pybtex.database").parse_file(str(path), bib_format="bibtex")
    return len(found.entries), len(errors)


def rispy(path: Path) -> tuple[int, int]:
    """rispy: tags and values."""
    with path.open(encoding="utf-8") as file:
        return len(import_module("rispy").load(file)), 0


def json_list(path: Path) -> tuple[int, int]:
    """A JSON list as Python has it: the least that could be done."""
    return len(json.loads(path.read_bytes())), 0


def json_lines(path: Path) -> tuple[int, int]:
    """The same of JSON Lines."""
    with path.open("rb") as file:
        return len([json.loads(line) for line in file]), 0


PROGRAMS: dict[str, Callable[[Path], tuple[int, int]]] = {
    program.__name__: program
    for program in (
        ours,
        bibtexparser,
        middlewares,
        bibtexparser1,
        pybtex,
        rispy,
        json_list,
        json_lines,
    )
}

if __name__ == "__main__":
    logging.disable()  # what a peer logs of each entry is none of its work
    print(json.dumps(PROGRAMS[sys.argv[1]](Path(sys.argv[2]))))
