"""Entries appended to a .bib, and an import taken back: the bytes are as they were before."""

from pathlib import Path

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kb.edit.entries import append_entries, import_name, set_fields, take_back
from kb.errors import EditError
from kb.library import Library
from kb.model import Work
from kb.read import read_bibtex

NEW = """\
@article{new,
  author = {Müller, Jürgen},
  title = {New – “odd”},
}

@book{newer,
  title = {Newer},
}
"""
HOSTILE = "scopus.ris\n@article{x, y = {z}}\r%% end of kb import 000000000000, sum 000000000000 \x1b[2J\u2028"


def bring(library: Library, path: Path, source: str = NEW, what: str = "x.ris, 2026-11-21, 2 entries") -> str:
    name = import_name(source, what)
    done = append_entries(library, path, source, count=2, name=name, what=what)
    assert (done.path, done.count, done.name) == (path, 2, name)
    return name


def citekeys(content: bytes) -> list[str]:
    return [entry.citekey for entry in read_bibtex(content, "a.bib")[0]]


CONTENTS = st.lists(
    st.sampled_from(
        [
            b"@book{old,\n  title = {Old}\n}",
            b"\n",
            b"\r\n",
            b"\r",
            b"% Encoding: windows-1252\n",
            b"@misc{\xfc, title = {Z\xf6}}",
            "@misc{ä, title = {Ö}}".encode(),
            b"\xef\xbb\xbf",
            b"free text",
            b"@book{open, title = {never closed",
        ]
    ),
    max_size=6,
).map(b"".join)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENTS, source=st.sampled_from([NEW, NEW.rstrip(), NEW.replace("\n", "\r\n"), "% nothing"]))
@example(content=b"", source=NEW)
@example(content=b"@book{old,\r\n}\r\n", source=NEW)
@example(content=b"@book{old,\n}\n\r", source=NEW)
def test_what_was_appended_can_be_taken_back(library: WriteLibrary, content: bytes, source: str) -> None:
    """Byte for byte, however the file ends; and in between the old entries and the new ones are read."""
    home = library()
    path = home.references / "a.bib"
    path.write_bytes(content)

    name = bring(home, path, source)
    after = path.read_bytes()
    taken = take_back(home, name)

    assert after.startswith(content)
    assert citekeys(after) == [*citekeys(content), *citekeys(source.encode())]
    assert taken == [path]
    assert path.read_bytes() == content


def test_a_file_that_an_import_made_goes_with_it(library: WriteLibrary) -> None:
    """An empty one that was there stays."""
    home = library(bib={"empty.bib": ""})

    for name in ("empty.bib", "new.bib"):
        take_back(home, bring(home, home.references / name))

    assert [path.name for path in home.references.iterdir()] == ["empty.bib"]


def test_the_files_own_line_ends_are_used(library: WriteLibrary) -> None:
    """A CRLF file stays one."""
    home = library()
    path = home.references / "a.bib"
    path.write_bytes(b"@book{old,\r\n}\r\n")

    bring(home, path)

    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") == 13


@pytest.mark.parametrize("first", [True, False])
def test_two_imports_in_a_file_are_taken_back_in_any_order(library: WriteLibrary, first: bool) -> None:
    """The other one stays, and so does what was there."""
    home = library(bib={"a.bib": "@book{old,\n}"})
    path = home.references / "a.bib"
    names = [bring(home, path), bring(home, path, "@misc{third,\n  title = {Three},\n}\n")]
    order = names if first else names[::-1]

    take_back(home, order[0])
    assert citekeys(path.read_bytes()) == (["old", "third"] if first else ["old", "new", "newer"])
    take_back(home, order[1])
    assert path.read_bytes() == b"@book{old,\n}"


def test_an_import_into_two_files_is_taken_back_from_both(library: WriteLibrary) -> None:
    """Entries and the works that they cite."""
    home = library(bib={"a.bib": "@book{old,\n}\n"})
    name = bring(home, home.references / "a.bib")
    append_entries(home, home.cited, "@misc{c,\n}\n", count=1, name=name, what="x")

    assert [path.name for path in take_back(home, name)] == ["a.bib", "cited.bib"]
    assert [path.name for path in home.references.iterdir()] == ["a.bib"]


def test_what_a_file_is_called_cannot_break_the_block(library: WriteLibrary) -> None:
    """Line ends, @, % and braces in names and words."""
    home = library(bib={"a.bib": "@book{old,\n}\n"})
    path = home.references / "a.bib"

    name = bring(home, path, what=HOSTILE)

    entries, problems = read_bibtex(path.read_bytes(), "a.bib")
    assert ([entry.citekey for entry in entries], problems) == (["old", "new", "newer"], [])
    assert b"\x1b" not in path.read_bytes()
    take_back(home, name)
    assert path.read_bytes() == b"@book{old,\n}\n"


def test_entries_that_were_changed_since_are_not_taken_back(library: WriteLibrary) -> None:
    """Neither by hand nor by us; line ends alone are no change."""
    home = library(bib={"a.bib": "@book{old,\n}\n"})
    path = home.references / "a.bib"
    name = bring(home, path)
    as_written = path.read_bytes()
    entry = next(one for one in read_bibtex(as_written, "references/a.bib")[0] if one.citekey == "newer")

    back = set_fields(
        home, Work(entry.citekey, entry.type, entry.origin, fields=entry.fields), {"note": "mine"}
    )
    changed = path.read_bytes()
    with pytest.raises(EditError, match="were changed since"):
        take_back(home, name)
    assert path.read_bytes() == changed

    set_fields(home, Work(entry.citekey, entry.type, entry.origin, fields=entry.fields), back)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    take_back(home, name)
    assert path.read_bytes() == b"@book{old,\r\n}\r\n"


@pytest.mark.parametrize("name", ["", "0123456789ab", "x" * 12, "0123456789ab: ", "../a", "\udcff"])
def test_an_unknown_import_is_said_so(library: WriteLibrary, name: str) -> None:
    """Whatever is typed for its name."""
    home = library(bib={"a.bib": "@book{old,\n}\n"})
    (home.references / "folder.bib").mkdir()

    with pytest.raises(EditError, match="holds an import called"):
        take_back(home, name)


def test_a_file_in_utf16_or_read_only_is_refused(library: WriteLibrary) -> None:
    """Bytes of another kind would make it unreadable."""
    home = library(bib={"zotero.bib": "@book{old,\n}\n"})
    (home.root / "kb.toml").write_text('readonly = ["references/zotero.bib"]\n')
    home = library()
    wide = home.references / "wide.bib"
    wide.write_bytes("@book{old,\n}\n".encode("utf-16"))

    with pytest.raises(EditError, match="save it as UTF-8"):
        bring(home, wide)
    with pytest.raises(EditError, match="marked readonly"):
        bring(home, home.references / "zotero.bib")
