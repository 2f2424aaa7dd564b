"""Reading lists changed line by line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.edit import add_to_list, move_in_list, new_list, remove_from_list
from kb.errors import EditError
from kb.library import Library, open_library
from kb.model import ROLES, ListItem
from kb.read import read_note
from kb.text import squeeze

DAY = date(2026, 11, 21)
LIST = """\
---
kind: list
title: Start
---
An introduction.

## First

- [@a] Why a. {role=start-here minutes=20}
- [@b] Why b.

  More on b.

## Second, empty

Only text.

```
- [@a] in code
```

## Third
- [@c] Why c.

- [@d] Why d. {role=dissent}
"""
# An item is read by its own Markdown, so that its section is one of these; None stands for a new one.
SECTIONS = ("", "First", "Second, empty", "Third")


def library_of(folder: Path, content: bytes | str = LIST) -> Library:
    (folder / "references").mkdir(parents=True, exist_ok=True)
    (folder / "notes" / "lists").mkdir(parents=True, exist_ok=True)
    path = folder / "notes" / "lists" / "start.md"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_library(folder)


def content_of(library: Library) -> bytes:
    return (library.notes / "lists" / "start.md").read_bytes()


def items_of(library: Library) -> tuple[ListItem, ...]:
    note, _ = read_note(content_of(library), "notes/lists/start.md")
    assert note is not None
    assert note.reading_list is not None
    return note.reading_list.items


def keys(library: Library) -> str:
    """Citekeys by section, such as "First: a b | Third: c d"."""
    sections: dict[str, list[str]] = {}
    for item in items_of(library):
        sections.setdefault(item.section, []).append(item.citekey)
    return " | ".join(f"{name}: {' '.join(found)}" for name, found in sections.items())


# --- new


def test_a_new_list_is_a_note_that_reads_without_problems(tmp_path: Path) -> None:
    """Any title, audience and purpose come back as typed, but on one line."""
    library = library_of(tmp_path)

    slug = new_list(library, 'CPORT: "start" # [here]', audience="- all\n", purpose="a\tb\x00", today=DAY)

    path = library.notes / "lists" / f"{slug}.md"
    note, problems = read_note(path.read_bytes(), library.relative(path))
    assert problems == []
    assert note is not None
    assert note.reading_list is not None
    assert (slug, note.title, note.added) == ("cport-start-here", 'CPORT: "start" # [here]', "2026-11-21")
    assert (note.reading_list.audience, note.reading_list.purpose) == ("- all", "a b")


@given(title=st.text(min_size=1, max_size=30), purpose=st.text(max_size=30))
@settings(max_examples=15, deadline=None)
def test_what_was_typed_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, title: str, purpose: str
) -> None:
    """No title breaks the front matter."""
    library = library_of(tmp_path_factory.mktemp("lists"))
    typed = f"List {title}"

    slug = new_list(library, typed, purpose=purpose, today=DAY)

    note, problems = read_note((library.notes / "lists" / f"{slug}.md").read_bytes(), "notes/lists/x.md")
    assert problems == []
    assert note is not None
    assert note.title == squeeze(typed)
    assert note.reading_list is not None
    assert note.reading_list.purpose == squeeze(purpose)


def test_a_slug_that_any_note_has_is_refused(tmp_path: Path) -> None:
    """In whatever folder and case; nothing is written."""
    library = library_of(tmp_path)
    (library.notes / "topics").mkdir()
    (library.notes / "topics" / "Cport.md").write_text("---\nkind: topic\n---\n")

    for title, slug in (("CPORT", ""), ("Other", "start"), ("Other", "cport")):
        with pytest.raises(EditError, match="exists already"):
            new_list(library, title, slug=slug, today=DAY)
    assert len(list(library.notes.rglob("*.md"))) == 2


@pytest.mark.parametrize(
    ("title", "slug"), [("", ""), ("!!!", ""), ("A", "../a"), ("A", "A b"), ("A", "a" * 99)]
)
def test_a_list_needs_a_title_and_a_slug(tmp_path: Path, title: str, slug: str) -> None:
    """A slug is a file's name in notes/lists/, and nowhere else."""
    library = library_of(tmp_path)

    with pytest.raises(EditError):
        new_list(library, title, slug=slug, today=DAY)
    assert [path.name for path in tmp_path.rglob("*.md")] == ["start.md"]


def test_a_long_title_gives_a_slug_of_whole_words(tmp_path: Path) -> None:
    """A file system takes no name of any length."""
    slug = new_list(library_of(tmp_path), "word " * 40, today=DAY)

    assert len(slug) <= 80
    assert set(slug.split("-")) == {"word"}


# --- add


def test_a_work_stands_at_the_end_of_its_section(tmp_path: Path) -> None:
    """With its reason, role and minutes; all other lines stay."""
    library = library_of(tmp_path)

    add_to_list(library, "start", "new", "Why\n new.", section="First", role="background", minutes=5)

    assert content_of(library).decode() == LIST.replace(
        "  More on b.\n", "  More on b.\n- [@new] Why new. {role=background minutes=5}\n"
    )
    assert items_of(library)[2].section == "First"


def test_a_section_without_works_takes_one(tmp_path: Path) -> None:
    """Behind its text; without a section, a work stands before the first heading."""
    library = library_of(tmp_path)

    add_to_list(library, "start", "x", "Why.", section="second; EMPTY")
    add_to_list(library, "start", "y", "Why.")

    assert keys(library) == ": y | First: a b | Second, empty: x | Third: c d"
    assert b"```\n\n- [@x] Why.\n\n## Third" in content_of(library)


def test_a_new_heading_is_made_at_the_end(tmp_path: Path) -> None:
    """On the level of the others, with any signs in it."""
    library = library_of(tmp_path, LIST.replace("## ", "### "))

    add_to_list(library, "start", "x", "Why.", section="*New* & [old] #1")

    assert keys(library).endswith("Third: c d | *New* & [old] #1: x")
    assert content_of(library).splitlines()[-3].startswith(b"### ")


@pytest.mark.parametrize(
    ("citekey", "written"),
    [
        ("seto2015", "[@seto2015] "),
        ("DBLP:conf/x-y.1", "[@DBLP:conf/x-y.1] "),
        ("odd key", "[@{odd key}] "),
        ("a..b", "[@{a..b}] "),
        ("a[1]", "@{a[1]} "),
    ],
)
def test_a_citekey_is_written_as_pandoc_reads_it(tmp_path: Path, citekey: str, written: str) -> None:
    """Odd citekeys stand in braces."""
    library = library_of(tmp_path)

    add_to_list(library, "start", citekey, "Why.")

    assert f"- {written}Why." in content_of(library).decode()
    assert items_of(library)[0].citekey == citekey


@pytest.mark.parametrize(
    ("citekey", "reason", "more"),
    [
        ("a", "Why.", {}),
        ("new", " \n ", {}),
        ("new", "–", {}),
        ("new", "Why.", {"role": "chief"}),
        ("new", "Why.", {"minutes": 0}),
        ("", "Why.", {}),
        ("a}b", "Why.", {}),
    ],
)
def test_what_cannot_be_added_is_refused(
    tmp_path: Path, citekey: str, reason: str, more: dict[str, str | int]
) -> None:
    """A second time, without a reason, with a wrong role or time, or a key that cannot be cited."""
    library = library_of(tmp_path)
    role, minutes = str(more.get("role", "")), more.get("minutes")

    with pytest.raises(EditError):
        add_to_list(
            library,
            "start",
            citekey,
            reason,
            role=role,
            minutes=minutes if isinstance(minutes, int) else None,
        )
    assert content_of(library).decode() == LIST


def test_a_place_that_would_not_be_read_as_an_item_is_not_written_to(tmp_path: Path) -> None:
    """A fence that never ends swallows what follows: better no change than a lost one."""
    library = library_of(tmp_path, LIST + "\n```\n")
    before = content_of(library)

    with pytest.raises(EditError, match="Nothing was written"):
        add_to_list(library, "start", "x", "Why.", section="New")
    assert content_of(library) == before


REASONS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "{",
                "}",
                "{a=1}",
                "[",
                "]",
                "[@x]",
                "@{y}",
                "`",
                "<!--",
                "-->",
                "*",
                "#t",
                "[[w]]",
                "\\",
                " ",
                "z",
            ]
        )
    ).map("".join),
)


@given(reason=REASONS, section=st.sampled_from(SECTIONS), role=st.sampled_from(("", *ROLES)))
@settings(max_examples=25, deadline=None)
def test_any_reason_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, reason: str, section: str, role: str
) -> None:
    """Letter by letter, but for line ends, control characters and the punctuation before it."""
    library = library_of(tmp_path_factory.mktemp("lists"))
    typed = f"Why {reason} z"

    add_to_list(library, "start", "new", typed, section=section, role=role)

    item = next(item for item in items_of(library) if item.citekey == "new")
    assert item.reason == squeeze(typed)
    assert (item.section, item.role, item.minutes, item.text) == (section, role, None, "")


@pytest.mark.parametrize(
    "reason", ["Ends {in braces}", "Ends {role=dissent}", "Ends {}", "a } b {", "See @{x}"]
)
@pytest.mark.parametrize("role", ["", "background"])
def test_braces_that_end_a_reason_are_no_attributes(tmp_path: Path, reason: str, role: str) -> None:
    """What a person typed into a reason sets no role."""
    library = library_of(tmp_path)

    add_to_list(library, "start", "new", reason, role=role)

    assert (items_of(library)[0].reason, items_of(library)[0].role) == (reason, role)


# --- remove


FILES = st.builds(
    lambda end, mark, closed, text: (
        mark + (text if closed else text.rstrip("\n")).replace("\n", end).encode()
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.booleans(),
    st.sampled_from(
        [
            LIST,
            LIST + "\n\n",
            "---\nkind: list\ntitle: T\n---\n",
            "---\nkind: list\n---\n\nText\n",
            "## First\n## Third\n",
        ]
    ),
)


@given(content=FILES, section=st.sampled_from((*SECTIONS, "New")), reason=REASONS)
@settings(max_examples=25, deadline=None)
def test_adding_and_removing_restores_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, section: str, reason: str
) -> None:
    """Whatever the line ends, a byte order mark, and whether the last line ends."""
    library = library_of(tmp_path_factory.mktemp("lists"), content)

    add_to_list(library, "start", "new", f"Why {reason}", section=section)
    between = content_of(library)
    remove_from_list(library, "start", "new")

    assert between != content
    assert content_of(library) == content


def test_bytes_that_are_not_utf8_stay(tmp_path: Path) -> None:
    """A file with a line in Windows-1252 is not mended in passing."""
    library = library_of(tmp_path, LIST.encode().replace(b"Why a", b"Why \xe9"))

    add_to_list(library, "start", "new", "Why.", section="First")

    assert b"- [@a] Why \xe9. {role" in content_of(library)


def test_a_work_goes_with_all_that_stands_under_it(tmp_path: Path) -> None:
    """Neighbours, blank lines and headings stay."""
    library = library_of(tmp_path)

    remove_from_list(library, "start", "b")

    assert content_of(library).decode() == LIST.replace("- [@b] Why b.\n\n  More on b.\n", "")


def test_headings_outlive_their_works_but_for_the_last(tmp_path: Path) -> None:
    """A heading that adding made is taken back; others may be waiting for works."""
    library = library_of(tmp_path)

    for citekey in "abcd":
        remove_from_list(library, "start", citekey)

    assert items_of(library) == ()
    assert b"## First\n\n## Second, empty\n" in content_of(library)
    assert b"Third" not in content_of(library)


def test_a_work_that_is_not_there_is_named_with_its_nearest(tmp_path: Path) -> None:
    """A slip of the pen can be mended from the message."""
    library = library_of(tmp_path, LIST.replace("@a]", "@seto2015predicting]"))

    with pytest.raises(EditError, match="Did you mean seto2015predicting"):
        remove_from_list(library, "start", "seto2015predictin")
    with pytest.raises(EditError, match="Did you mean start"):
        remove_from_list(library, "strat", "a")


# --- move


@pytest.mark.parametrize(
    ("citekey", "to", "shown"),
    [
        ("a", 2, "First: b a | Third: c d"),
        ("b", 1, "First: b a | Third: c d"),
        ("a", 3, "First: b | Third: c a d"),
        ("a", 4, "First: b | Third: c d a"),
        ("d", 1, "First: d a b | Third: c"),
        ("c", 2, "First: a c b | Third: d"),
        ("d", 3, "First: a b | Third: d c"),
        ("b", 2, "First: a b | Third: c d"),
    ],
)
def test_a_work_moves_to_a_place(tmp_path: Path, citekey: str, to: int, shown: str) -> None:
    """Counted over all sections; it joins the section of the work whose place it takes."""
    library = library_of(tmp_path)
    before = {item.citekey: item for item in items_of(library)}

    move_in_list(library, "start", citekey, to)

    assert keys(library) == shown
    assert items_of(library)[to - 1].citekey == citekey
    assert {item.citekey: (item.reason, item.text) for item in items_of(library)} == {
        name: (item.reason, item.text) for name, item in before.items()
    }


def test_moving_keeps_every_line(tmp_path: Path) -> None:
    """Lines change their order and nothing else; there and back is where it was."""
    library = library_of(tmp_path)

    move_in_list(library, "start", "a", 2)
    between = content_of(library)
    move_in_list(library, "start", "a", 1)

    assert sorted(between.splitlines()) == sorted(LIST.encode().splitlines())
    assert content_of(library).decode() == LIST


@pytest.mark.parametrize("to", [0, 5, -1])
def test_a_place_that_is_none_is_refused(tmp_path: Path, to: int) -> None:
    """The message says which places there are."""
    library = library_of(tmp_path)

    with pytest.raises(EditError, match="places 1 to 4"):
        move_in_list(library, "start", "a", to)
    assert content_of(library).decode() == LIST


@given(
    moves=st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 4)), max_size=4),
    end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=15, deadline=None)
def test_no_order_of_moves_loses_a_work(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]], end: str
) -> None:
    """After any moves each work is there once, with its reason and the text under it."""
    content = LIST.rstrip("\n").replace("\n", end).encode()
    library = library_of(tmp_path_factory.mktemp("lists"), content)

    for citekey, to in moves:
        move_in_list(library, "start", citekey, to)
        assert items_of(library)[to - 1].citekey == citekey

    assert sorted((item.citekey, item.reason, item.text) for item in items_of(library)) == [
        ("a", "Why a.", ""),
        ("b", "Why b.", "More on b."),
        ("c", "Why c.", ""),
        ("d", "Why d.", ""),
    ]


# --- what is no list


@pytest.mark.parametrize("content", ["---\nkind: topic\n---\n", b"\xff\xfe-\x00", b"a\x00b"])
def test_a_file_that_is_no_list_is_left_alone(tmp_path: Path, content: bytes | str) -> None:
    """Another kind of note, UTF-16 and binary data are refused with a reason."""
    library = library_of(tmp_path, content)
    before = content_of(library)

    with pytest.raises(EditError):
        add_to_list(library, "start", "x", "Why.")
    assert content_of(library) == before
