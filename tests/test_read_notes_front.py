"""Front matter: what is text, what is a number, on which line, and how far we follow a hostile file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from kb.read.notes import read_note
from kb.read.notes.front import Value, read_front, scalar, split_front

PATH = "notes/pages/x.md"


def front(text: str) -> dict[str, Value]:
    """The values of front matter that is right."""
    fields, problems = read_front(text, PATH)
    assert problems == []
    assert fields is not None
    return fields


def plain(value: Value) -> object:
    """A value without its lines."""
    if isinstance(value.data, list):
        return [plain(one) for one in value.data]
    if isinstance(value.data, dict):
        return {key: plain(one) for key, one in value.data.items()}
    return value.data


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("5:30", "5:30"),
        ("2026-11-21", "2026-11-21"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("0.79", 0.79),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 40, "9" * 40),
        ("'7'", "7"),
        ('"NO"', "NO"),
        ("!!str 7", "7"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, read: object) -> None:
    """Norway is a country, half past five a time of day, and a date stays as written."""
    value = front(f"key: {written}\n")["key"]
    assert value.data == read
    assert type(value.data) is type(read)


def test_every_value_knows_its_line() -> None:
    """Lines count from the top of the file, where the three hyphens are line 1."""
    fields = front("kind: study\n\nlist:\n  - a\n  - {b: c}\ntext: |\n  one\n  two\nlast: x\n")
    items = fields["list"].data
    assert isinstance(items, list)
    assert [fields["kind"].line, items[0].line, items[1].line, fields["last"].line] == [2, 5, 6, 10]


def test_a_line_separator_of_unicode_ends_no_line() -> None:
    """Editors do not count it, so we do not."""
    assert front("a: x\u2028y\nb: 1\n")["b"].line == 3


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_front_matter_ends_with_hyphens_or_dots(end: str) -> None:
    """As in Pandoc; the body begins on the line after."""
    parts = split_front(f"---\nkind: page\n{end}\nBody\n---\n")
    assert (parts.front, parts.body, parts.line) == ("kind: page\n", "Body\n---\n", 4)


def test_hyphens_within_a_value_end_nothing() -> None:
    """Three hyphens in the middle of a line, or indented, are text."""
    fields, _ = read_front(split_front("---\na: x --- y\nb: |\n  ---\n---\nBody").front or "", PATH)
    assert fields is not None
    assert {key: value.data for key, value in fields.items()} == {"a": "x --- y", "b": "---\n"}


def test_front_matter_that_never_ends_leaves_all_as_body() -> None:
    """It is an error, and nothing is lost."""
    note, problems = read_note(b"---\nkind: claim\n\nText.\n", PATH)
    assert note is not None
    assert (note.kind, note.body) == ("page", "kind: claim\n\nText.\n")
    assert [(p.code, p.severity, p.origin.line) for p in problems] == [("note-yaml", "error", 1)]


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("kind: page\ntitle: One: two\n", 3, "quotes"),
        ("kind: page\ntitle: 'One\nadded: 2026\n", 3, "Close the quotation mark"),
        ("kind: page\ntags: [a, b\nadded: 2026\n", 3, "Close the bracket"),
        ("kind: page\nby: @someone\n", 3, "between quotes"),
        ("kind: page\n- x\n", 3, "one column"),
        ("label: x\nnope\nfoo: 1\n", 4, "key: value"),
        ("kind: page\nnote: *nobody\n", 3, "between quotes"),
        ('kind: page\na: "\\q"\n', 3, "single quotes"),
        ("kind: page\n--- more\n", 3, "Keep one"),
        ("- a\n- b\n", 2, "kind: page"),
    ],
)
def test_broken_front_matter_names_its_line_and_keeps_the_body(text: str, line: int, advice: str) -> None:
    """One error says where, what was found and what helps; kind and title come from the path."""
    note, problems = read_note(f"---\n{text}---\nBody [@a].\n".encode(), "notes/topics/some-topic.md")
    assert note is not None
    assert (note.kind, note.title, note.body) == ("topic", "some-topic", "Body [@a].\n")
    assert [m.citekey for m in note.mentions] == ["a"]
    [problem] = problems
    assert (problem.code, problem.severity, problem.origin.line) == ("note-yaml", "error", line)
    assert f"line {line}" in problem.message
    assert advice in problem.remedy


def test_the_first_of_two_like_keys_is_kept_with_a_warning() -> None:
    """Also within a value."""
    fields, problems = read_front("a: 1\nb: {c: 1, c: 2}\na: 2\n", PATH)
    assert fields is not None
    assert {key: plain(value) for key, value in fields.items()} == {"a": 1, "b": {"c": 1}}
    assert [(p.code, p.severity, p.origin.line) for p in problems] == [
        ("note-key", "warning", 3),
        ("note-key", "warning", 4),
    ]


def test_a_key_that_is_a_list_is_left_out() -> None:
    """YAML allows it; nothing of ours does."""
    fields, problems = read_front("? [a]\n: b\nc: d\n", PATH)
    assert list(fields or {}) == ["c"]
    assert [(p.code, p.severity) for p in problems] == [("note-key", "warning")]


def test_an_alias_stands_for_its_value() -> None:
    """A few are a convenience."""
    assert plain(front("a: &x [1, 2]\nb: *x\n")["b"]) == [1, 2]


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        bomb(30),
        "a: " + "[" * 60 + "]" * 60 + "\n",
        "[" * 100_000,
        "- " * 100_000,
        "x: &x [*x]\n",
        "k: " + "y" * 1_000_001,
    ],
    ids=["aliases", "depth", "brackets", "dashes", "itself", "size"],
)
def test_what_would_grow_without_bound_is_refused(text: str) -> None:
    """Deep, long and self-repeating front matter is one error, quickly."""
    fields, problems = read_front(text, PATH)
    assert fields is None
    assert [(p.code, p.severity) for p in problems] == [("note-yaml", "error")]


def test_fifty_levels_are_deep_enough() -> None:
    """The limit leaves room for anything a person writes."""
    assert front("a: " + "[" * 40 + "]" * 40 + "\n")["a"].line == 2


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"], exclude_characters="\ufeff"
        )
    ),
)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=40)
@given(st.dictionaries(st.from_regex(r"k[a-z_]{0,8}", fullmatch=True), _DATA, min_size=1, max_size=4))
def test_what_a_yaml_writer_wrote_is_read_again(values: dict[str, object]) -> None:
    """Texts, numbers, lists and mappings come back as they were."""
    stream = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.width = 10_000
    writer.dump(values, stream)
    fields = front(stream.getvalue())
    assert {key: plain(value) for key, value in fields.items()} == values


@given(st.text())
def test_a_plain_scalar_is_text_or_finite(text: str) -> None:
    """No value of a note can break a row or an answer in JSON."""
    value = scalar(text)
    assert value is None or isinstance(value, bool | str) or abs(value) < float("inf")


_LINES = st.sampled_from(
    [
        "---",
        "kind: study",
        "kind: list",
        "findings:",
        "  - id: a",
        "    where: p. 1",
        "a: [",
        "b: {c: d}",
        "- [@x] y {role=z}",
        "# T",
        "[[a|b]] #t",
        "```",
        "<!--",
        "::: {.x}",
        "\t",
        "&a *a",
        "? x",
        "work: 1",
        "sample: [1, {}]",
        "alt: [{}, x]",
        "evidence: [{}, {relation: supports}]",
        "cites: [{work: a, intent: b}]",
    ]
)


@given(
    st.one_of(st.binary(), st.lists(_LINES).map(lambda lines: "\n".join(["---", *lines]).encode())),
    st.sampled_from(["studies", "lists", "topics", "claims", "elsewhere"]),
)
def test_any_bytes_are_a_note_or_an_error(content: bytes, folder: str) -> None:
    """Nothing raises, and nothing vanishes without a word."""
    path = f"notes/{folder}/x.md"
    note, problems = read_note(content, path)
    assert note is not None or any(p.severity == "error" for p in problems)
    assert all(p.origin.path == path and p.origin.line >= 1 and p.message and p.remedy for p in problems)


def test_bytes_that_are_no_text_give_no_note() -> None:
    """The reason is an error of the file."""
    note, problems = read_note(b"%PDF-1.7 \x00\x01", PATH)
    assert note is None
    assert [p.severity for p in problems] == ["error"]


def test_a_note_as_long_as_a_book_is_refused() -> None:
    """Its length is bounded, so that no note can hold up the others."""
    note, problems = read_note(b"x" * 500_001, PATH)
    assert note is None
    assert [p.code for p in problems] == ["note-too-long"]
