"""Laws of changing an entry in place: to a reader nothing else is different, and it can be put back."""

from pathlib import Path

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from kb.edit.fields import Place, edited, wanted_changes
from kb.errors import EditError
from kb.model import Entry
from kb.read import read_bibtex

ROOT = Path(__file__).parent.parent
NAME = "references/a.bib"

# --- files as people and programs write them

VALUES = (
    "{A {CSAM} title: with, commas}",
    '"In quotes {and "braces"}, too"',
    "2015",
    "mar",
    "short",
    'short # { and } # "more"',
    '{Zwei\nZeilen,\n  {\\"u}ber und é}',
    "{}",
    "{{Whole}}",
    "{ padded }",
    "{50\\% of {\\LaTeX} \\{x\\}}",
    "{10.1000/a_(b)=c@d}",
    "{C:\\papers\\x.pdf}",
)
YES: st.SearchStrategy[bool] = st.booleans()
LINE = st.sampled_from(["\n", "\n", "\r\n", "\r"])


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """One entry, with ``%s`` for its citekey, in lines that end with ``\\n``."""
    opened, closed = draw(st.sampled_from([("{", "}"), ("{", "}"), ("(", ")")]))
    between = draw(st.sampled_from(["\n  ", "\n\t", "\n    ", " ", "\n"]))
    sign = draw(st.sampled_from([" = ", "=", "\t= ", "  =  ", " =\n    "]))
    column = draw(st.sampled_from([0, 0, 14]))
    names = draw(
        st.lists(
            st.sampled_from(
                ["title", "Author", "YEAR", "month", "journal", "note", "x-odd_1", "doi", "abstract"]
            ),
            unique=True,
            max_size=5,
        )
    )
    comma = draw(st.sampled_from([",", ",", " ,", "\n  ,", ",\n  % old = {gone},"]))
    pieces = [f"{name.ljust(column)}{sign}{draw(st.sampled_from(VALUES))}" for name in names]
    if bool(names) and draw(YES):
        pieces.append(f"{names[0].lower()}{sign}{draw(st.sampled_from(VALUES))}")  # a field twice
    head = draw(st.sampled_from(["@article", "@Book", "@misc ", "@online"])) + opened + "%s"
    end = draw(st.sampled_from(["", ",", ",", " ,\n", ", % the last\n", "\n% the last\n", ",\n% x = {y},\n"]))
    tail = draw(st.sampled_from(["\n", "\n", "", " ", "\n  "]))
    body = comma.join(between + piece for piece in pieces)
    return f"{head}{',' if bool(pieces) or draw(YES) else ''}{body}{end if pieces else ''}{tail}{closed}"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A .bib of a few entries, with whatever may stand around them."""
    between = st.sampled_from(
        ["\n", "\n\n", "\n% a comment: @article{x, y = {z}}\n", "\nfree text, 50% {of it}\n", " "]
    )
    parts = [draw(st.sampled_from(["", "\ufeff", "% Saved by hand\n", "@comment{ jabref-meta: x:1; }\n"]))]
    parts.append(draw(st.sampled_from(['@string{short = "Short"}\n', "@string(short = {Sh} # {ort})\n"])))
    for citekey in draw(st.lists(st.sampled_from(["a2015", "b:2", "ü.3", "a2015"]), min_size=1, max_size=3)):
        parts += [draw(layouts()).replace("%s", citekey, 1), draw(between)]
    text = "".join(parts).replace("\n", draw(LINE))
    charset = draw(st.sampled_from(["utf-8", "utf-8", "cp1252"]))
    return text.encode(charset if "\ufeff" not in text else "utf-8")


PLAIN = st.sampled_from(
    [
        "2016",
        "A new {Title} with, a comma",
        "é ü ß",
        "two\nlines",
        'a "quote"',
        "x = y",
        "50\\% \\& more",
        "oct",
        "",
    ]
)
CHANGES = st.dictionaries(
    st.sampled_from(["title", "author", "Year", "month", "journal", "note", "added-1", "doi", "x-odd_1"]),
    PLAIN,
    min_size=1,
    max_size=3,
)


# --- what must hold


def entries_of(content: bytes) -> list[Entry]:
    return read_bibtex(content, NAME)[0]


def said(entries: list[Entry]) -> list[tuple[str, str, dict[str, str]]]:
    return [(entry.citekey, entry.type, entry.fields) for entry in entries]


def set_in(content: bytes, entry: Entry, changes: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """A file's bytes after a change, and what would put it back."""
    place = Place(entry.citekey, NAME, entry.origin.line)
    done = edited(content, place, wanted_changes(changes))
    return done.content, done.before


def variants(name: str) -> tuple[str, str]:
    """The two names under which a change can be told."""
    return name.lower(), f"{name.lower()}:"


def is_utf8(content: bytes) -> bool:
    return content.decode("utf-8", "replace").encode() == content


def check(content: bytes, number: int, changes: dict[str, str]) -> bool:
    """Whether the change was made, after seeing that all laws hold."""
    old = entries_of(content)
    entry = old[number % len(old)]
    try:
        after, before = set_in(content, entry, changes)
    except EditError:
        return False
    _only_these_fields(old, entries_of(after), entry, changes)
    _only_its_lines(content, after, old, entry)
    back, _ = set_in(after, entries_of(after)[number % len(old)], before)
    assert said(entries_of(back)) == said(old)
    taken_away = any(not value and any(map(before.get, variants(name))) for name, value in changes.items())
    if not taken_away and (is_utf8(content) or all(value.isascii() for value in entry.fields.values())):
        assert back == content
    return True


def _only_these_fields(old: list[Entry], new: list[Entry], entry: Entry, changes: dict[str, str]) -> None:
    wanted = {name.lower(): value for name, value in changes.items()}
    for one, other in zip(old, new, strict=True):
        expected = one.fields
        if one is entry:
            expected = {n: v for n, v in (expected | wanted).items() if n not in wanted or wanted[n]}
        assert (other.citekey, other.type, other.fields) == (one.citekey, one.type, expected)


def _only_its_lines(content: bytes, after: bytes, old: list[Entry], entry: Entry) -> None:
    """Every line that differs, or ends otherwise, lies between the entry's first and the next one's."""
    was, now = content.splitlines(keepends=True), after.splitlines(keepends=True)
    first = entry.origin.line - 1
    stop = min((one.origin.line - 1 for one in old if one.origin.line - 1 > first), default=len(was))
    if stop < len(was) and not was[stop].lstrip().startswith(b"@"):
        stop += 1  # the entry ends where the next one begins
    assert now[:first] == was[:first]
    assert now[len(now) - (len(was) - stop) :] == was[stop:]


@settings(max_examples=120)
@given(files(), st.integers(0, 5), CHANGES)
@example(b"@a{k}", 0, {"title": "x"})
@example(b"@a{k,}", 0, {"title": "x"})
@example(b"@a{k,\n  year = 2000}\n", 0, {"year": "2001", "note": "x", "doi": "y"})
@example(b"@a{k,\n  year = 2000,}\n", 0, {"note": "x"})
@example(b"@a(k,\n  year = 2000,   \n)\n", 0, {"note": "x"})
@example(b"@a{k\n , title = {x}\n , year = 2000\n }\n", 0, {"title": "", "note": "x"})
@example(b"@a{k, title={x}, year=2000} @b{l, title={y}, year={2001}}\n", 1, {"title": "z", "year": ""})
def test_a_change_is_all_that_is_different(content: bytes, number: int, changes: dict[str, str]) -> None:
    """Other entries and fields read as before, no other line differs, and the inverse restores the bytes."""
    done = check(content, number, changes) if entries_of(content) else False
    event("changed" if done else "refused")


def shipped_entries() -> list[tuple[bytes, int]]:
    found = []
    for path in sorted((ROOT / "references").glob("*.bib")):
        content = path.read_bytes()
        found += [(content, number) for number in range(0, len(entries_of(content)), 17)]
    return found


@settings(max_examples=15)
@given(st.data())
def test_the_shipped_entries_can_all_be_changed(data: st.DataObject) -> None:
    """None of them is refused."""
    content, number = data.draw(st.sampled_from(shipped_entries()))
    assert check(content, number, data.draw(CHANGES))


HOSTILE = st.text(st.sampled_from('{}"\\,=#%@ \n\r\tab1é\x00\u0085(){}'), max_size=14)


@settings(max_examples=150)
@given(HOSTILE, st.sampled_from(["title", "note", "title:", "note:"]))
def test_no_value_can_break_a_file(value: str, name: str) -> None:
    """Whatever is set, it reads back as it is meant or nothing is written."""
    content = b"@string{j = {J}}\n@a{k,\n  title = {One},\n  year = 2000\n}\n\n@b{l,\n  title = {Two}\n}\n"
    entry = entries_of(content)[0]
    try:
        after, _ = set_in(content, entry, {name: value})
    except EditError:
        return
    new = entries_of(after)
    assert [one.citekey for one in new] == ["k", "l"]
    field = name.rstrip(":")
    assert {n: v for n, v in new[0].fields.items() if n != field} == {
        n: v for n, v in entry.fields.items() if n != field
    }
    if not name.endswith(":"):
        expected = value.strip().replace("\r\n", "\n").replace("\r", "\n")
        assert new[0].fields.get(field, "") == expected


@pytest.mark.parametrize("name", ["", " ", "a b", "1x", "t{", "a=b", "citekey", "Citekey", "tïtle", "a,b"])
def test_odd_names_are_refused(name: str) -> None:
    """In one sentence, with nothing written."""
    content = b"@a{k,\n  title = {One},\n}\n"
    with pytest.raises(EditError, match="Nothing was written"):
        set_in(content, entries_of(content)[0], {name: "x"})
