"""``kb import``: a preview, one step, and the way back."""

import json
from pathlib import Path

import pytest
from conftest import WriteLibrary
from test_cli import kb

from kb.library import Library

BIB = """\
@article{example2019first,
  author = {Example, Ada and Berg, Jan},
  title  = {A First Test of an Instrument in Two Samples},
  date   = {2019},
}
"""
RIS = """\
TY  - JOUR
AU  - Newman, Ann
TI  - A Study That Nobody Had
PY  - 2024
ER  -
TY  - JOUR
AU  - Example, A.
AU  - Berg, J.
TI  - A first test of an instrument in two samples
PY  - 2019
DO  - 10.1234/first.2019
ER  -
"""
PAPER = """\
A Paper

Introduction

An instrument was tested (Example & Berg, 2019), and tested again (Newman, 2024).

References

Example, A., & Berg, J. (2019). A first test of an instrument in two samples. Journal of Examples, 3(1), 1–9.

Newman, A. (2024). A study that nobody had. Journal of Examples, 8(2), 11–19. https://doi.org/10.1234/new.2024
"""


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    made = library(bib={"mine.bib": BIB})
    (made.root / "export.ris").write_text(RIS, encoding="utf-8")
    (made.root / "paper.txt").write_text(PAPER, encoding="utf-8")
    return made


def texts(home: Library) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.references.iterdir()}


def test_a_preview_says_what_is_new_and_what_is_here_and_writes_nothing(home: Library) -> None:
    """Nobody can be asked, so nobody is."""
    before = texts(home)

    answer = kb("import", "export.ris", cwd=home.root)

    assert answer.returncode == 0, answer.stderr
    assert "New: 1" in answer.stdout
    assert "Already here: 1" in answer.stdout
    assert "is example2019first in the library" in answer.stdout
    assert "doi: 10.1234/first.2019 | in the library: nothing" in answer.stdout
    assert "--fill adds them" in answer.stdout
    assert "Nothing was written" in answer.stdout
    assert texts(home) == before


def test_what_is_new_is_written_and_can_be_taken_back(home: Library) -> None:
    """The command that undoes it is printed, and undoes it."""
    before = texts(home)

    answer = kb("import", "export.ris", "--yes", cwd=home.root)
    assert answer.returncode == 0, answer.stderr
    assert "1 entry to references/imported.bib" in answer.stdout
    assert "newman2024study" in kb("show", "newman2024study", cwd=home.root).stdout

    (undo,) = [line for line in answer.stdout.splitlines() if "--undo" in line]
    taken = kb(*undo.partition("kb ")[2].split(), cwd=home.root)

    assert taken.returncode == 0, taken.stderr
    assert texts(home) == before


def test_a_preview_as_json(home: Library) -> None:
    """Each record with its state, its match and the reasons."""
    answer = kb("import", "export.ris", "--json", cwd=home.root)

    said = json.loads(answer.stdout)
    assert [(one["citekey"], one["state"]) for one in said["records"]] == [
        ("newman2024study", "new"),
        ("example2019first", "here"),
    ]
    assert said["records"][1]["reasons"]


def test_a_papers_reference_list_is_written_into_its_work(home: Library) -> None:
    """What is held is cited by its citekey, and the command that undoes it does."""
    kb("import", "export.ris", "--yes", cwd=home.root)
    bib = home.references / "mine.bib"
    bib.write_text(BIB + "\n@misc{paper2026, title = {A Paper}, date = {2026}}\n", encoding="utf-8")
    before = texts(home)

    answer = kb("import", "paper.txt", "--as", "paper2026", "--yes", cwd=home.root)

    assert answer.returncode == 0, answer.stderr
    assert "2 references (APA" in answer.stdout or "2 references (apa" in answer.stdout
    assert "Introduction: 2 citations of 2 works" in answer.stdout
    cited = json.loads(kb("cites", "paper2026", "--json", cwd=home.root).stdout)
    assert [one["work"]["citekey"] for one in cited] == ["example2019first", "newman2024study"]
    (undo,) = [line for line in answer.stdout.splitlines() if "kb set" in line]
    kb(*undo.partition("kb ")[2].split(), cwd=home.root)
    assert texts(home) == before


def test_a_person_may_know_better_which_work_a_reference_is(home: Library) -> None:
    """By its number in the list; nothing is cited anew for it."""
    bib = home.references / "mine.bib"
    bib.write_text(BIB + "\n@misc{paper2026, title = {A Paper}, date = {2026}}\n", encoding="utf-8")
    command = ["import", "paper.txt", "--as", "paper2026", "--json", "--is", "2=example2019first"]

    answer = json.loads(kb(*command, cwd=home.root).stdout)

    assert [one["citekey"] for one in answer["references"]] == ["example2019first"] * 2
    assert kb(*command[:-1], "9=example2019first", cwd=home.root).returncode == 1
    assert kb(*command[:-1], "second", cwd=home.root).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["import"], "Name files to import", 2),
        (["import", "nowhere.ris"], "nowhere.ris", 1),
        (["import", "export.ris", "--yes", "--into", "elsewhere/x.bib"], "Nothing was written", 1),
        (["import", "--undo", "123456789abc"], "No file of references/", 1),
        (["import", "paper.txt", "--as", "nobody1900"], "nobody1900", 1),
        (["import", "paper.txt", "export.ris", "--as", "example2019first"], "name one file", 2),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    home: Library, arguments: list[str], said: str, code: int
) -> None:
    """Without a traceback, and nothing is changed."""
    before = texts(home)

    answer = kb(*arguments, cwd=home.root)

    assert answer.returncode == code
    assert said in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    assert texts(home) == before


def test_a_file_that_could_be_read_is_no_failure(home: Library) -> None:
    """In another encoding, with a warning: all of it was read."""
    (home.root / "old.bib").write_bytes(
        "@book{k, author = {Müller, Jo}, title = {T}, year = 2001}".encode("cp1252")
    )

    answer = kb("read", "old.bib", cwd=home.root)

    assert (answer.returncode, "Müller" in kb("read", "old.bib", "--json", cwd=home.root).stdout) == (0, True)
    assert "file-encoding" in answer.stderr
    assert kb("read", "old.bib", "--strict", cwd=home.root).returncode == 1
