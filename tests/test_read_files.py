"""Bytes → text: every file is text with a warning at most, or no text and an error."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.read import files
from kb.read.files import decode

WORD = "Lätth – “Seto”"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (WORD.encode(), WORD),
        (b"\xef\xbb\xbf" + WORD.encode(), WORD),
        (WORD.encode("utf-16"), WORD),
        (b"\xfe\xff" + WORD.encode("utf-16-be"), WORD),
        ("A title in English".encode("utf-16-le"), "A title in English"),
        ("A title in English".encode("utf-16-be"), "A title in English"),
        (WORD.encode("utf-32"), WORD),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"", ""),
    ],
)
def test_encodings_that_say_what_they_are_need_no_warning(content: bytes, text: str) -> None:
    """A byte order mark, UTF-16's NULs or valid UTF-8 decide; every line end becomes one."""
    assert decode(content, "x.bib") == (text, [])


def test_what_is_not_utf8_is_read_as_windows_1252_with_a_warning() -> None:
    """The warning stands at the first such line."""
    text, problems = decode("first\nLätth – “x”\n".encode("cp1252"), "x.bib")

    assert text == "first\nLätth – “x”\n"
    assert [(p.code, p.severity, p.origin.line) for p in problems] == [("file-encoding", "warning", 2)]
    assert "--encoding cp1250" in problems[0].remedy


def test_one_foreign_line_leaves_the_other_lines_alone() -> None:
    """A pasted line in another encoding does not turn a UTF-8 file's accents into rubbish."""
    content = "Förster\n".encode() + "Müller\r\n".encode("cp1252") + "Bäckström\n".encode()

    text, problems = decode(content, "x.bib")

    assert text == "Förster\nMüller\nBäckström\n"
    assert [p.origin.line for p in problems] == [2]


@pytest.mark.parametrize(
    ("first", "encoding"),
    [
        ("% Encoding: ISO-8859-15", "iso8859-15"),
        ("% Encoding: ISO8859_1", "cp1252"),
        ("%% This file was created with JabRef 2.10.\r\n%% Encoding: MacRoman", "mac-roman"),
        ("% -*- mode: bibtex; coding: iso-8859-15-unix -*-", "iso8859-15"),
        ("% !TeX encoding = windows-1250", "cp1250"),
        ("% vim: set fileencoding=cp1250 :", "cp1250"),
        ("%% Saved with string encoding Western (Mac OS Roman) ", "mac-roman"),
        ("% Encoding: ISO-2022-JP", "iso2022-jp"),
        ("% Encoding: Shift_JIS", "shift_jis"),
    ],
)
def test_the_first_lines_may_name_the_encoding(first: str, encoding: str) -> None:
    """As JabRef, Emacs, TeX editors, vim and BibDesk write it; then there is nothing to warn of."""
    word = "Šárka" if encoding == "cp1250" else "日本" if "j" in encoding else "Lätth"
    text, problems = decode(f"{first}\n{word}\n".encode(encoding), "x.bib")

    assert text.endswith(f"\n{word}\n")
    assert problems == []


def test_sound_utf8_counts_before_what_the_first_line_says() -> None:
    """People save a file anew and leave its first line as it was."""
    assert decode("% Encoding: ISO-8859-1\nLätth".encode(), "x.bib")[0].endswith("Lätth")


@pytest.mark.parametrize("named", ["zip", "rot13", "unicode_escape", "idna", "no such", "utf-8\x00", "ä"])
def test_what_is_no_character_set_is_no_encoding(named: str) -> None:
    """Neither a file nor a user can have anything else done with the bytes."""
    assert decode(f"% Encoding: {named}\nabc".encode(), "x.bib")[0].endswith("abc")
    assert [p.severity for p in decode(b"abc", "x.bib", encoding=named)[1]] == ["error"]


def test_the_user_decides_about_the_encoding() -> None:
    """Against what the file says or seems to be; a byte order mark is no text."""
    assert decode("Šárka".encode("cp1250"), "x.bib", encoding="Windows-1250") == ("Šárka", [])
    assert decode("Lätth".encode("utf-16"), "x.bib", encoding="utf-16-le") == ("Lätth", [])
    assert decode("Lätth".encode(), "x.bib", encoding="latin1") == ("LÃ¤tth", [])


def test_a_heap_of_accents_is_parted() -> None:
    """It would take the square of its length to order them; letters that are written stay as they are."""
    text, problems = decode(("a" + "\u0301\u0323" * 100_000 + " u\u0308").encode(), "x.bib")

    assert problems == []
    assert text.endswith(" ü")
    assert text.count("\u034f") > 1000


def test_control_characters_are_made_visible() -> None:
    """A NUL in a text costs a warning, not the file."""
    text, problems = decode(b"a title\nwith \x00 in it, and quite some text around it\n", "x.bib")

    assert text == "a title\nwith \ufffd in it, and quite some text around it\n"
    assert [(p.code, p.severity, p.origin.line) for p in problems] == [("file-control", "warning", 2)]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nmostly text",
        b"PK\x03\x04 a spreadsheet",
        b"SQLite format 3\x00",
        bytes(range(256)) * 20,
        b"\x00" * 5000,
    ],
)
def test_what_is_no_text_is_an_error_and_no_text(content: bytes) -> None:
    """Binary junk by any name is refused whole."""
    text, problems = decode(content, "x.bib")

    assert text == ""
    assert [(p.code, p.severity) for p in problems] == [("file-binary", "error")]


def test_a_file_over_the_limit_is_refused_and_the_limit_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says how large the file is and how large it may be."""
    monkeypatch.setattr(files, "LIMIT", 1000)

    text, problems = decode(b"x" * 1001, "x.bib")

    assert text == ""
    assert [(p.code, p.severity) for p in problems] == [("file-too-large", "error")]
    assert "1,001" in problems[0].message
    assert "1,000" in problems[0].message


@given(st.binary(max_size=300))
def test_any_bytes_decode_without_raising_and_without_control_characters(content: bytes) -> None:
    """Whatever a file holds, there is a text or an error, and the text is safe to go on with."""
    text, problems = decode(content, "x.bib")

    assert not any(c < " " and c not in "\t\n" for c in text)
    assert text or not content.strip() or any(p.severity == "error" for p in problems) or len(content) < 5


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff")))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """Decoding loses nothing of a sound file; letters and their accents are composed (UAX 15, NFC)."""
    assert decode(text.encode(), "x.bib") == (unicodedata.normalize("NFC", text), [])
