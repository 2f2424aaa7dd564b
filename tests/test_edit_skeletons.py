"""New notes of each kind."""

import re
from datetime import date
from pathlib import Path

import pytest

from kb.edit import new_note
from kb.errors import EditError
from kb.library import Library, open_library
from kb.model import NOTE_KINDS, Note, Origin, Problem, Work
from kb.read import read_note

DAY = date(2026, 11, 21)
NAME = "A “new” one: is it #1 & {odd}?"
WORK = Work("Seto:2015_x", "article", Origin("a.bib"), title="On: #numbers\nand more", date="2015")


@pytest.fixture
def home(tmp_path: Path) -> Library:
    (tmp_path / "references").mkdir()
    return open_library(tmp_path)


def reading(library: Library, path: Path, text: str = "") -> tuple[Note, list[Problem]]:
    note, problems = read_note(text.encode() or path.read_bytes(), library.relative(path))
    assert note is not None
    return note, problems


@pytest.mark.parametrize("kind", NOTE_KINDS)
def test_a_skeleton_reads_without_errors(home: Library, kind: str) -> None:
    """Only what must be filled in is told of; the name comes back as typed."""
    path = new_note(home, kind, NAME, work=WORK if kind == "study" else None, today=DAY)

    note, problems = reading(home, path)
    assert {problem.code for problem in problems} <= {"note-missing"}
    assert (note.kind, note.added, note.checked) == (kind, "2026-11-21", "2026-11-21")
    assert note.title == ("seto2015x" if kind == "study" else NAME)
    assert note.words == ""


@pytest.mark.parametrize("kind", NOTE_KINDS)
def test_what_a_skeleton_suggests_is_known(home: Library, kind: str) -> None:
    """Each commented line, filled in as it stands, is YAML, and no key of it is unknown."""
    path = new_note(home, kind, NAME, work=WORK if kind == "study" else None, today=DAY)
    suggested = re.sub(r"^# (?! *On: )", "", path.read_text("utf-8"), flags=re.MULTILINE)

    note, problems = reading(home, path, suggested)

    assert not {problem.code for problem in problems} & {"note-yaml", "note-unknown-key", "note-value"}
    assert kind in {"list", "page"} or len(note.front) > 4


def test_a_study_is_called_as_its_work(home: Library) -> None:
    """The citekey without its signs names the file; ``work`` has it whole, and a comment the title."""
    path = new_note(home, "study", "anything", work=WORK, today=DAY)

    note, _ = reading(home, path)
    assert home.relative(path) == "notes/studies/seto2015x.md"
    assert note.study is not None
    assert note.study.work == "Seto:2015_x"
    assert "# On: #numbers and more (2015)\n" in path.read_text("utf-8")


def test_a_study_can_be_made_from_a_citekey_alone(home: Library) -> None:
    """Before its work is in the store."""
    note, _ = reading(home, new_note(home, "study", "seto2015predicting", today=DAY))

    assert note.study is not None
    assert note.study.work == "seto2015predicting"


def test_a_note_that_is_there_is_not_replaced(home: Library) -> None:
    """In whatever folder its name is taken."""
    path = new_note(home, "topic", "Risk", today=DAY)
    before = path.read_bytes()

    for kind in ("topic", "tool", "list"):
        with pytest.raises(EditError, match="exists already"):
            new_note(home, kind, "risk", today=DAY)
    assert path.read_bytes() == before
    assert len(list(home.notes.rglob("*.*"))) == 1


@pytest.mark.parametrize(("kind", "name"), [("topik", "A"), ("topic", " \n"), ("topic", "!"), ("study", "!")])
def test_a_wrong_kind_or_name_is_refused(home: Library, kind: str, name: str) -> None:
    """Nothing is written, not even a folder."""
    with pytest.raises(EditError):
        new_note(home, kind, name, today=DAY)
    assert not home.notes.exists()


def test_a_wrong_kind_is_told_the_nearest() -> None:
    """A slip of the pen can be mended from the message."""
    with pytest.raises(EditError, match="Did you mean topic"):
        new_note(Library(Path("nowhere")), "topik", "A", today=DAY)


def test_a_long_statement_gives_a_short_file_name(home: Library) -> None:
    """A claim is a sentence, a file's name is not."""
    path = new_note(home, "claim", "word " * 60, today=DAY)

    assert len(path.name) < 90
    assert reading(home, path)[0].title == ("word " * 60).strip()
