"""Fields of an entry changed in place: what is written, and what is refused."""

from pathlib import Path

import pytest
from conftest import WriteLibrary

from kb.edit import set_fields
from kb.errors import EditError
from kb.library import Library
from kb.model import Entry, Work
from kb.read import read_bibtex

ALIGNED = """\
% My list
@STRING{law = "Law and {Human} Behavior"}

@Article{seto2015,
  AUTHOR       = {Seto, Michael C. and Eke, Angela W.},
  title        = {Predicting {CSAM} Recidivism},
  journaltitle = law # { B},
  year         = 2015,
  % pages      = {1--9},
  note         = "A \\"quoted\\" note"
}

@book{other,title={Another},year={2001}}
"""


def works(library: Library, name: str = "references/a.bib") -> list[Work]:
    entries, _ = read_bibtex((library.root / name).read_bytes(), name)
    return [Work(one.citekey, one.type, one.origin, fields=one.fields) for one in entries]


def changed(
    folder: Path, content: bytes, changes: dict[str, str], number: int = 0
) -> tuple[bytes, dict[str, str]]:
    """A file after a change of one of its entries, and what the change would be put back by."""
    (folder / "references").mkdir(exist_ok=True)
    path = folder / "references" / "a.bib"
    path.write_bytes(content)
    library = Library(folder, references=folder / "references", notes=folder / "notes")
    before = set_fields(library, works(library)[number], changes)
    return path.read_bytes(), before


def refused(folder: Path, content: bytes, changes: dict[str, str], number: int = 0) -> str:
    """The sentence with which a change is refused, with nothing written."""
    with pytest.raises(EditError) as caught:
        changed(folder, content, changes, number)
    assert [path.name for path in (folder / "references").iterdir()] == ["a.bib"]
    assert (folder / "references" / "a.bib").read_bytes() == content
    return str(caught.value)


def fields(content: bytes, number: int = 0) -> dict[str, str]:
    entries: list[Entry] = read_bibtex(content, "references/a.bib")[0]
    return entries[number].fields


def test_one_line_is_written_and_all_others_stay(tmp_path: Path) -> None:
    """A value in the place of another; the inverse is what stood there."""
    after, before = changed(tmp_path, ALIGNED.encode(), {"title": "Predicting {IIOC} Recidivism"})

    assert after.decode() == ALIGNED.replace("{CSAM}", "{IIOC}")
    assert before == {"title": "Predicting {CSAM} Recidivism"}


def test_a_new_field_looks_as_the_others_do(tmp_path: Path) -> None:
    """Indented, aligned, with the commas that are needed, before the closing brace."""
    after, before = changed(tmp_path, ALIGNED.encode(), {"doi": "10.1/x", "longer-than-that": "y"})

    expected = ALIGNED.replace('note"\n}', 'note",\n  doi          = {10.1/x},\n  longer-than-that = {y}\n}')
    assert after.decode() == expected
    assert before == {"doi": "", "longer-than-that": ""}
    assert changed(tmp_path, after, before)[0].decode() == ALIGNED


@pytest.mark.parametrize(
    ("entry", "added"),
    [
        ("@a{k}", "@a{k, note = {x}}"),
        ("@a{k,}", "@a{k, note = {x},}"),
        ("@a{k,\n}", "@a{k,\n  note = {x},\n}"),
        ("@book(k,\n)", "@book(k,\n  note = {x},\n)"),
        ("@a{k, year=2000}", "@a{k, year=2000, note={x}}"),
        ("@a{k,\n\tYEAR\t= 2000,}", "@a{k,\n\tYEAR\t= 2000,\n\tnote\t= {x},}"),
        ("@a{k,\n  year = 2000,\n% c\n}", "@a{k,\n  year = 2000,\n  note = {x},\n% c\n}"),
        ("@a{k\n  , year = 2000\n  }", "@a{k\n  , year = 2000,\n  note = {x}\n  }"),
        ("@a{k,\r\n  year = 2000,\r\n}", "@a{k,\r\n  year = 2000,\r\n  note = {x},\r\n}"),
        ("@a{k,\r year = 2000\r}", "@a{k,\r year = 2000,\r note = {x}\r}"),
    ],
)
def test_a_field_is_added_to_entries_of_every_shape_and_taken_away(
    tmp_path: Path, entry: str, added: str
) -> None:
    """What is taken away again leaves the bytes as they were."""
    after, before = changed(tmp_path, entry.encode(), {"note": "x"})

    assert after.decode() == added
    assert changed(tmp_path, after, before)[0].decode() == entry


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("year", "2016", "year         = 2016,"),
        ("year", "in press", "year         = {in press},"),
        ("journaltitle", "Another", "journaltitle = {Another},"),
        ("journaltitle:", 'law # " C"', 'journaltitle = law # " C",'),
        ("note", "short", "note         = {short}\n"),
        ("note:", '"short"', 'note         = "short"\n'),
        ("month", "oct", "month        = oct\n"),
        ("author", "{A Body} and others", "AUTHOR       = {{A Body} and others},"),
    ],
)
def test_joins_quotes_and_bare_words_are_replaced_and_put_back(
    tmp_path: Path, name: str, value: str, written: str
) -> None:
    """The inverse names what stood behind the equals sign, so that it is the same bytes again."""
    after, before = changed(tmp_path, ALIGNED.encode(), {name: value})

    assert written in after.decode()
    assert changed(tmp_path, after, before)[0].decode() == ALIGNED


def test_a_value_that_is_there_already_changes_nothing(tmp_path: Path) -> None:
    """However it is written."""
    assert changed(tmp_path, ALIGNED.encode(), {"year": "2015"})[0].decode() == ALIGNED
    same = {"journaltitle": "Law and {Human} Behavior B"}
    assert changed(tmp_path, ALIGNED.encode(), same)[0].decode() == ALIGNED


def test_a_field_goes_with_its_line(tmp_path: Path) -> None:
    """A comment beside it stays, and the last one takes the comma before it along if need be."""
    after, before = changed(tmp_path, ALIGNED.encode(), {"year": "", "note": ""})

    assert after.decode() == ALIGNED.replace("  year         = 2015,\n", "").replace(
        '  note         = "A \\"quoted\\" note"\n', "  \n"
    )
    assert before == {"year:": "2015", "note:": '"A \\"quoted\\" note"'}
    assert fields(changed(tmp_path, after, before)[0]) == fields(ALIGNED.encode())


def test_odd_bytes_elsewhere_stay(tmp_path: Path) -> None:
    """A byte order mark, bytes of Windows-1252, control characters, mixed line ends."""
    content = (
        "\ufeff@a{k,\r\n title = {One},\n}\n\n@b{ü,\r\n title = {".encode() + b"Zw\xf6lf \x07\x85 x},\r\n}\r"
    )

    after, before = changed(tmp_path, content, {"title": "Zwei", "note": "x"})
    again, _ = changed(tmp_path, content, {"note": "x"}, 1)

    assert after == content.replace(b"One},\n", b"Zwei},\n note = {x},\n")
    assert changed(tmp_path, after, before)[0] == content
    assert again == content.replace(b"x},\r\n}", b"x},\r\n note = {x},\r\n}")


def test_a_file_in_windows_1252_gets_letters_of_windows_1252(tmp_path: Path) -> None:
    """Else its other lines and the new one would be in two character sets."""
    content = "@a{müller,\n  author = {Müller, Jürgen},\n}\n".encode("cp1252")

    after, _ = changed(tmp_path, content, {"author": "Möller – 2", "note": "é"})

    assert after == "@a{müller,\n  author = {Möller – 2},\n  note = {é},\n}\n".encode("cp1252")


def test_in_a_file_of_both_the_line_decides(tmp_path: Path) -> None:
    """A letter in UTF-8 would be two on a line that is read as Windows-1252."""
    content = "@a{k, title = {ü}}\n".encode() + "@b{l, title = {Zwölf}}\n".encode("cp1252")

    after, _ = changed(tmp_path, content, {"note": "é"}, 1)

    assert after == content.replace(b"lf}", b"lf}, note = {\xe9}")
    assert fields(after, 1) == {"title": "Zwölf", "note": "é"}


def test_a_declared_character_set_is_kept_and_letters_it_has_not_are_refused(tmp_path: Path) -> None:
    """The sentence names both."""
    content = "% Encoding: ISO8859_2\n@a{k, author = {Dvořák}}\n".encode("iso8859-2")

    assert changed(tmp_path, content, {"author": "Čapek"})[0] == (
        "% Encoding: ISO8859_2\n@a{k, author = {Čapek}}\n".encode("iso8859-2")
    )
    assert "has no “ω”" in refused(tmp_path, content, {"author": "ω"})


def test_utf16_is_refused(tmp_path: Path) -> None:
    """With and without its mark."""
    for charset in ("utf-16", "utf-16-le"):
        content = "@a{k,\n  title = {One},\n}\n".encode(charset)
        assert "save it as UTF-8" in refused(tmp_path, content, {"title": "x"})


def test_the_second_entry_of_a_citekey_is_the_one_meant(tmp_path: Path) -> None:
    """An entry is named by its line."""
    content = b"@a{k, title = {One}}\n@a{k, title = {Two}}\n"

    assert changed(tmp_path, content, {"title": "x"}, 1)[0] == b"@a{k, title = {One}}\n@a{k, title = {x}}\n"


def test_of_a_field_that_stands_twice_the_one_that_counts_is_changed(tmp_path: Path) -> None:
    """It is not taken away, for the other would come to light."""
    content = b"@a{k,\n  title = { },\n  title = {One},\n  Title = {Two},\n}\n"

    after, before = changed(tmp_path, content, {"title": "x"})

    assert after == content.replace(b"One", b"x")
    assert changed(tmp_path, after, before)[0] == content
    assert "3 times" in refused(tmp_path, content, {"title": ""})


def test_inherited_fields_are_not_the_entrys_own(tmp_path: Path) -> None:
    """One can be set over them, and is taken away again; what the parent says is not."""
    content = b"@inbook{c,\n  title = {C},\n  crossref = {p},\n}\n@book{p, title = {P}, publisher = {X}}\n"

    after, before = changed(tmp_path, content, {"publisher": "Y"})

    assert before == {"publisher": ""}
    assert (fields(after)["publisher"], fields(after, 1)["publisher"]) == ("Y", "X")
    assert changed(tmp_path, after, before)[0] == content
    assert "another one gives it" in refused(tmp_path, content, {"publisher": ""})


def test_a_path_that_ends_with_a_backslash_can_be_put_back(tmp_path: Path) -> None:
    """BibTeX counts that brace, and so do we where nothing else reads."""
    content = b"@a{k,\n  file = {C:\\papers\\},\n  note = {x}\n}\n"

    after, before = changed(tmp_path, content, {"file": "x.pdf"})

    assert before == {"file:": "{C:\\papers\\}"}
    assert changed(tmp_path, after, before)[0] == content


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "a } b"}, "braces do not balance"),
        ({"title": "a { b"}, "braces do not balance"),
        ({"title": "ends with \\"}, "braces do not balance"),
        ({"title": "x\n@book{y, title = {z}}"}, "an entry begins in it"),
        ({"title": "bell \x07"}, "control characters"),
        ({"title:": "{a}, note = {b}"}, "no single value"),
        ({"title:": "two words"}, "no single value"),
        ({"ti tle": "x"}, "no name of a field"),
        ({"title}": "x"}, "no name of a field"),
        ({"citekey": "x"}, "kb rename"),
        ({"title": "x", "Title:": "{y}"}, "twice"),
    ],
)
def test_what_cannot_stand_in_an_entry_is_refused(tmp_path: Path, changes: dict[str, str], says: str) -> None:
    """In one sentence or two, with nothing written."""
    message = refused(tmp_path, ALIGNED.encode(), changes)

    assert says in message
    assert "Nothing was written" in message


def test_an_entry_that_moved_is_not_guessed_at(tmp_path: Path, library: WriteLibrary) -> None:
    """Nor one that another program rewrote, nor one that is gone."""
    home = library(bib={"a.bib": ALIGNED})
    work = works(home)[0]
    library(bib={"a.bib": "\n" + ALIGNED})

    with pytest.raises(EditError, match=r"no longer at references/a\.bib:4"):
        set_fields(home, work, {"title": "x"})

    (home.references / "a.bib").unlink()
    with pytest.raises(EditError, match="could not be written"):
        set_fields(home, work, {"title": "x"})


def test_an_entry_that_only_half_reads_is_left_alone(tmp_path: Path) -> None:
    """A value that is kept although it is none cannot be told from its neighbours."""
    content = b"@a{k,\n  title = {a} b {c},\n  year = 2000,\n}\n"

    assert "by hand" in refused(tmp_path, content, {"title": "x"})
