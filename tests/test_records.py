"""One file is read and cleaned, whatever its format."""

import json
from dataclasses import replace
from pathlib import Path

from kb.clean import clean_entry
from kb.model import Entry, Origin
from kb.records import read_bytes, read_file


def test_a_reference_that_is_a_number_is_what_cleaning_would_make_of_it() -> None:
    """The short way for OpenAlex's lists leads to the same work."""
    record = {
        "id": "https://openalex.org/W1",
        "title": "Citing",
        "referenced_works": ["https://openalex.org/W2"],
    }

    (work,) = read_bytes("works.json", json.dumps(record).encode()).works

    cleaned, _ = clean_entry(Entry("", "misc", {"openalex": "W2"}, Origin("works.json", 1)))
    assert work.references == (replace(cleaned, held=False),)
    assert work.references[0].identifiers == ["openalex:W2"]


def test_the_name_of_a_file_does_not_decide_its_format(tmp_path: Path) -> None:
    """What it holds does."""
    path = tmp_path / "export.txt"
    path.write_text("TY  - JOUR\nTI  - Exported\nPY  - 2001\nER  - \n", encoding="utf-8")

    assert [(work.type, work.title, work.year) for work in read_file(path).works] == [
        ("article", "Exported", 2001)
    ]


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    """It is not passed over in silence."""
    path = tmp_path / "empty.bib"
    path.touch()

    assert [problem.code for problem in read_file(path).problems] == ["file-empty"]


def test_a_note_is_read_as_a_note(tmp_path: Path) -> None:
    """By its ending: its text may hold anything."""
    path = tmp_path / "note.md"
    path.write_text("---\nkind: page\ntitle: A note\n---\n@article{x, title={Y}}\n", encoding="utf-8")

    found = read_file(path)

    assert ([note.title for note in found.notes], found.works) == (["A note"], [])
