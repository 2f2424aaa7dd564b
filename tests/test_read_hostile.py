"""Files that were made to break a reader: a named problem, in little time, and the rest is read."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.read import read_bibtex
from kb.read.files import decode
from kb.records import Records, read_file, records

HOSTILE = Path(__file__).parent / "data" / "hostile"
SOUND = "@article{sound, title = {A sound entry}, author = {Seto, Michael C.}, year = {2015}}\n"
ODD = HOSTILE.parent / "odd"
NO_TEXT = {"bib-is-zip", "bib-is-binary", "bib-empty", "bib-only-space"}
M = int(os.environ.get("KB_HOSTILE", "200000"))  # a million makes files of ten megabytes: see the last test


def found(text: str) -> Records:
    """What is read of a hostile text with a sound entry behind it; ten seconds of processor are a hang."""
    start = time.process_time()
    read = records("x.bib", (text + SOUND).encode())
    assert time.process_time() - start < 10
    return read


@pytest.mark.parametrize("path", sorted(HOSTILE.iterdir()), ids=lambda path: path.name)
def test_every_hostile_file_ends_in_a_problem(path: Path) -> None:
    """Whatever its format; with a line and a remedy, and without an exception."""
    read = read_file(path)

    assert read.problems
    assert all(p.message and p.remedy and p.origin.line >= 1 for p in read.problems)


@pytest.mark.parametrize("path", sorted(ODD.iterdir()), ids=lambda path: path.name)
def test_what_is_odd_but_whole_is_read_without_a_problem(path: Path) -> None:
    """Old line ends, wide letters, deep braces: nothing is wrong with them."""
    read = read_file(path)

    assert read.problems == []
    assert "sound" in [work.citekey for work in read.works]


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("bib-*.bib")), ids=lambda path: path.stem)
def test_what_is_sound_in_a_hostile_file_is_read(path: Path) -> None:
    """One broken entry costs only itself."""
    read = records(path.name, path.read_bytes())

    assert all(p.message and p.remedy and p.origin.line >= 1 for p in read.problems)
    assert any(work.citekey == "sound" for work in read.works) == (
        path.stem not in NO_TEXT | {"bib-one-line"}
    )


BROKEN = {
    "beginnings in one line": "@a{" * 2 * M + "\n",
    "beginnings one a line": "@a{\n" * M,
    "citekeys one a line": "@a{k,\n" * M,
    "comments without an end": "@comment{\n" * (M // 2),
    "opening braces": "@article{d, title = " + "{" * 8 * M + "\n",
    "closing braces": "@article{d, title = " + "}" * 8 * M + "\n",
    "quotes without an end": '@article{d, title = "never closed\n' * (M // 10),
    "commas": "@article{d" + "," * 8 * M + "}\n",
    "empty fields": "@article{d" + ",=" * 4 * M + "}\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_large_broken_files_are_errors_soon_and_the_rest_is_read(text: str) -> None:
    """However often one thing is wrong, a hundred problems say so and one counts the others."""
    read = found(text)

    assert "bib-syntax" in {problem.code for problem in read.problems}
    assert len(read.problems) <= 202
    assert [work.citekey for work in read.works] == ["sound"]


def test_what_is_only_counted_is_counted_right() -> None:
    """The errors that are shown and those that are counted are as many as there are broken entries."""
    read = found("@a{\n" * 20_000)

    more = re.search(r"There are ([\d,]+) more", read.problems[-1].message)
    assert more
    assert int(more[1].replace(",", "")) + 100 == 20_000


LARGE = {
    "text": "title = {" + "word " * 2 * M + "}",
    "spaces": "title = {" + " " * 8 * M + "x}",
    "LaTeX": "title = {" + r"{\'e}t{\"u} \alpha $x$ " * (M // 2) + "}",
    "backslashes": "title = {" + "\\" * 8 * M + "}",
    "accents": "title = {a" + "\u0301\u0323" * M + "}",
    "tags": "title = {" + "<i" * 3 * M + "}",
    "ampersands": "title = {" + "&a" * 3 * M + "}",
    "dollars": "title = {" + "$a " * (M // 4) + "}",
    "authors": "author = {" + " and ".join(["Seto, M"] * M) + "}",
    "bodies": "author = {" + " and ".join(["{Body of x}"] * (M // 2)) + "}",
    "one author": "author = {" + "a b " * 2 * M + "}",
    "keywords": "keywords = {" + "".join(f"k{i}, " for i in range(M)) + "}",
    "cites": "cites = {" + "".join(f"10.1000/k{i}, " for i in range(M // 2)) + "}",
    "identifiers": "doi = {" + "10.1000/" * M + "}, url = {" + "http://" * M + "}, isbn = {" + "1-" * M + "}",
    "numbers": "pages = {" + "1--2 " * M + "}, year = {" + "1 " * M + "}, month = {" + "a -" * M + "}",
    "annotations": "author = {A, B}, author+an = {" + "1=;" * M + "}",
    "orcid": "author = {A, B}, orcid-numbers = {" + "A, B/0000-0002-1825-0097\n" * (M // 5) + "}",
    "references": "cited-references = {" + "Seto MC, 2011, SEX ABUSE, V23, P124.\n" * (M // 5) + "}",
    "odd references": "cited-references = {" + "a, " * 2 * M + "}",
    "no references": "references = {" + "a, b., " * M + " (2011)}",
    "years": "references = {" + "(2011); " * M + "}",
    "empty lines": "\n" * 8 * M + "note = {x}",
    "joins": "note = " + "{a} # " * M + "{b}",
    "words": "note = " + "a # " * M + "b",
}


@pytest.mark.parametrize("fields", LARGE.values(), ids=LARGE)
def test_large_fields_are_read_soon(fields: str) -> None:
    """Whatever a field holds, its entry is stored, and what was not looked at is named."""
    read = found(f"@article{{large, {fields}}}\n")

    assert [work.citekey for work in read.works] == ["large", "sound"]
    assert len(read.works[0].references) <= 10_000


def test_abbreviations_cannot_fill_the_memory() -> None:
    """Neither by doubling, nor by being used very often."""
    doubling = "".join(f"@string{{s{i} = s{i - 1} # s{i - 1}}}\n" for i in range(1, 3000))
    read = found(f"@string{{s0 = {{aaaaaaaaaa}}}}\n{doubling}" + "@misc{k, title = s2999}\n" * 1000)

    assert {problem.code for problem in read.problems} == {"bib-string-too-long"}
    assert sum(len(work.title) for work in read.works) < 10 * M


def test_a_file_over_the_limit_is_refused_by_name() -> None:
    """A gigabyte is not read, and the limit is named."""
    zeros = bytes(400 * 2**20 + 1)

    text, problems = decode(zeros, "x.bib")

    assert (text, [p.code for p in problems]) == ("", ["file-too-large"])
    assert "419,430,400" in problems[0].message


def test_an_encoding_that_is_none_is_an_error() -> None:
    """A slip in the name of an encoding reads nothing, and says which names there are."""
    entries, problems = read_bibtex(SOUND.encode(), "x.bib", encoding="utf-99")

    assert entries == []
    assert [(p.code, p.severity) for p in problems] == [("file-encoding", "error")]


_PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import test_read_hostile as hostile
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for text in hostile.BROKEN.values():
    hostile.records("x.bib", text.encode())
for fields in hostile.LARGE.values():
    hostile.records("x.bib", f"@article{{large, {fields}}}".encode())
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.sweep
def test_hostile_files_take_no_more_than_500_megabytes() -> None:
    """The peak of a process that reads them all, beyond what it had before."""
    command = [sys.executable, "-c", _PEAK, str(Path(__file__).parent)]
    environment = os.environ | {"KB_HOSTILE": "1000000"}
    answer = subprocess.run(command, capture_output=True, text=True, timeout=900, check=True, env=environment)

    assert int(answer.stdout) < 500
