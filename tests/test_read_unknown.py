"""Files in no format of ours: each is told what it is, and what to do about just that."""

import gzip
import sqlite3
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Problem
from kb.read.formats import read_entries


def problem(content: bytes, path: str = "x.txt") -> Problem:
    """The one problem of a file that is not read."""
    reading = read_entries(content, path)
    assert (reading.format, reading.entries) == ("", [])
    (found,) = reading.problems
    assert (found.code, found.severity, found.origin.line) == ("file-format", "error", 1)
    return found


def archive(name: str, content: str) -> bytes:
    """A ZIP with one file."""
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as opened:
        opened.writestr(name, content)
    return saved.getvalue()


PROSE = "Earlier work (Seto & Eke, 2015) shows this, and others disagree.\n" * 60
CASES = {
    "a login page": (b"<!DOCTYPE html>\n<title>Sign in</title>", "x.ris", "a web page", "Log in again"),
    "a page with a prolog": (
        b'<?xml version="1.0"?>\n<!-- a --><html lang="en">',
        "x.xml",
        "a web page",
        "Log",
    ),
    "a table of a page": (b"<html><table><tr><td>Title</td></tr></table>", "x.xls", "web page", "CSV"),
    "a part of a page": (b"<table><tr><td>Title</td></tr></table>", "x.xls", "web page", "CSV"),
    "Zotero RDF": (b'<rdf:RDF xmlns:rdf="x"><z:itemType/></rdf:RDF>', "x.rdf", "RDF", "RIS"),
    "MODS": (b'\xef\xbb\xbf<?xml version="1.0"?><modsCollection/>', "x.xml", "MODS", "RIS"),
    "RefWorks": (b"<refworks><reference/></refworks>", "x.xml", "RefWorks XML", "RIS"),
    "any XML": (b"<opml version='1'><body/></opml>", "x.xml", "opml", "RIS"),
    "JSON": (b'{"name": "package", "version": 1}', "x.json", "JSON", "RIS"),
    "YAML": (b"references:\n- a: [x, y]\n  b: [x, y]\n- a: [x, y]\n", "x.yaml", "YAML", "RIS"),
    "YAML of lists": (b"a: &a [x, y]\nb: &b [x, y]\nc: &c [x, y]\n", "x.yaml", "none of the formats", "RIS"),
    "RTF": (b"{\\rtf1\\ansi text}", "x.rtf", "RTF", "plain text"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls", "Office", ".xlsx"),
    "gzip": (gzip.compress(b"TY  - JOUR"), "x.ris", "gzip", "Unpack"),
    "a ZIP": (archive("a.ris", "TY  - JOUR"), "x.zip", "ZIP archive", "Unpack"),
    "Word": (archive("word/document.xml", "<w/>"), "x.docx", "Word", "--as"),
    "a damaged ZIP": (archive("a.ris", "TY  - JOUR")[:40], "x.bib", "a damaged ZIP archive", "again"),
    "a PDF": (b"%PDF-1.4 ...", "x.bib", "a PDF", "kb import FILE --as CITEKEY"),
    "a paper's text": (PROSE.encode(), "x.txt", "a text", "kb import FILE --as CITEKEY"),
    "a short paper": (
        b"Title\n\nText.\n\nReferences\n\nSeto (2015). T.\n",
        "x.txt",
        "a text",
        "--as CITEKEY",
    ),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(100), "x.ris", "an image", "RIS"),
    "other bytes": (bytes(range(256)) * 9, "x.ris", "binary data", "RIS"),
    "a few words": (b"Nothing that a reader knows.", "x.txt", "none of the formats", "RIS"),
}


@pytest.mark.parametrize(("content", "path", "seen", "remedy"), CASES.values(), ids=CASES)
def test_what_was_seen_is_said(content: bytes, path: str, seen: str, remedy: str) -> None:
    """In the message what it is, in the remedy what to do."""
    found = problem(content, path)

    assert seen in found.message
    assert remedy in found.remedy
    assert "library" not in found.remedy


def test_a_database_is_a_program_s_own(tmp_path: Path) -> None:
    """EndNote's library and Zotero's are exported from the program."""
    path = tmp_path / "library.enl"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE refs (id)")
    database.close()
    found = problem(path.read_bytes(), "library.enl")

    assert "database" in found.message
    assert "EndNote" in found.remedy
    assert "Zotero" in found.remedy


@pytest.mark.parametrize(
    "content",
    [
        "Name of the work;Wer;Wann\nA;Seto;2015\nB;Eke;2011\n",
        "Name of the work\tWer\tWann\nA\tSeto\t2015\n",
        'Name of the work,Wer,Wann\n"A, b",Seto,2015\nC,Eke,2011\n',
        "Name of the work,Author,Year\nA,Seto,2015\n",
        ",Name of the work,Author,Year\n0,A,Seto,2015\n",
    ],
)
def test_a_table_without_titles_is_told_its_columns(content: str) -> None:
    """And that one of them is to be called Title."""
    found = problem(content.encode(), "x.csv")

    assert "a table, but none of its columns holds a title" in found.message
    assert "Name of the work, " in found.message
    assert "Title" in found.remedy


def test_a_table_of_titles_and_nothing_known_is_told_its_columns() -> None:
    """It has a title; what it lacks is another column."""
    found = problem(b"Title,Wer,Wo\nA,Seto,Here\nB,Eke,There\n", "x.csv")

    assert "beside the title" in found.message
    assert "Title, Wer, Wo" in found.message
    assert "Authors" in found.remedy


def test_prose_with_commas_is_no_table() -> None:
    """The commas of its lines differ in number."""
    found = problem(b"Dear all, here it is.\nIt has, as you see, commas, and more.\nYours, A\n")

    assert "none of the formats" in found.message


def test_a_bib_with_no_entry_is_still_bibtex() -> None:
    """Its name says what it is meant to be, where nothing in it says otherwise."""
    reading = read_entries(b"% nothing yet\n", "x.bib")

    assert (reading.format, [p.code for p in reading.problems]) == ("BibTeX", ["file-nothing"])


def test_an_empty_table_is_spoken_of_as_one() -> None:
    """The message has its article."""
    (found,) = read_entries(b"Title,Year\n", "x.csv").problems

    assert found.message.startswith("The file looks like a table, but")


@pytest.mark.parametrize(
    "piece", ["-\n", "\t", ",\n", '"\n', "<!-- ", "<? ", "[", "- ", "a: \n", ". ", "<!DOCTYPE "]
)
def test_much_of_nothing_is_told_soon(piece: str) -> None:
    """What it is takes no longer to tell than to read."""
    start = time.process_time()

    assert read_entries((piece * 200_000).encode() + b".", "x.txt").problems
    assert time.process_time() - start < 2


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    """Whatever it is, it is read or told."""
    reading = read_entries(content, "x.txt")

    assert reading.entries or reading.problems
