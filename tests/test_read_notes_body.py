"""The body of a note: what is a citation, a link, a tag, a heading, an item, and what only looks like one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Note, Problem
from kb.model.intents import INTENTS, intent
from kb.read.notes import read_note
from kb.read.notes.body import read_body

PATH = "notes/pages/x.md"


def page(body: str) -> Note:
    """A page with this body, which begins on line 4."""
    note, problems = read_note(f"---\nkind: page\n---\n{body}".encode(), PATH)
    assert note is not None
    assert problems == []
    return note


def cited(body: str) -> list[str]:
    return [mention.citekey for mention in page(body).mentions]


@pytest.mark.parametrize(
    ("body", "citekeys"),
    [
        ("As [@a2020b] says", ["a2020b"]),
        ("[see @a, p. 420; @b; -@c]", ["a", "b", "c"]),
        ("@a says", ["a"]),
        ("(@a)", ["a"]),
        ("Said by @a.", ["a"]),
        ("@a's view", ["a"]),
        ("@Seto:2015/x_y-z+1 and", ["Seto:2015/x_y-z+1"]),
        ("[@a--b]", ["a"]),
        ("[@{odd key; (1)_y*z*}]", ["odd key; (1)_y*z*"]),
        ("@{10.1002/(SICI)1097:15<1905::AID>3.0.CO;2-#}", ["10.1002/(SICI)1097:15<1905::AID>3.0.CO;2-#"]),
        ("*[@a]*, **@b**", ["a", "b"]),
        ("[@müller2020]", ["müller2020"]),
        ("# On @a", ["a"]),
        ("> [@a]", ["a"]),
        ("- [@a]\n  - [@b]", ["a", "b"]),
        ("| x |\n|---|\n| [@a] |", ["a"]),
        ("Note.[^1]\n\n[^1]: [@a]\n\n    And [@b].", ["a", "b"]),
        ("[the paper @a](https://x.org/)", ["a"]),
        ("::: {.sensitive level=2}\n[@a]\n:::", ["a"]),
    ],
)
def test_citations_are_pandocs(body: str, citekeys: list[str]) -> None:
    """In brackets or in the text, with odd characters in braces, wherever text can stand."""
    assert cited(body) == citekeys


@pytest.mark.parametrize(
    "body",
    [
        "`[@a]`",
        "```\n[@a]\n```",
        "~~~ {.yaml}\n@a\n~~~",
        "    [@a]",
        "<!-- [@a] -->",
        "Text <!-- [@a]\n@b --> more",
        "<!--\n[@a]\n\n@b\n-->",
        r"\@a",
        "me@a.org",
        "<me@a.org>",
        "<https://x.org/@a>",
        "https://medium.com/@a/post",
        "[x](https://x.org/@a)",
        "[x](https://x.org '@a')",
        "![x](@a)",
        "[x]: @a '@b'",
        "@ a",
        "@",
        "@{}",
    ],
)
def test_what_is_no_text_cites_nothing(body: str) -> None:
    """Code, comments, escapes, e-mail and web addresses are left alone."""
    assert cited(body) == []


def test_a_comment_that_never_ends_hides_nothing_before_it() -> None:
    """Nor does the beginning of one inside a code span."""
    assert cited("[@a] `<!--` [@b]\n\n[@c] <!-- [@d]\n\n[@e]") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("[@a, p. 420; see @b, Table 2, row *x*; @c]", ["p. 420", "Table 2, row x", ""]),
        ("@a [p. 33] and @b [@c, p. 1] [not this]", ["p. 33", "", "p. 1"]),
        ("@a, p. 5", [""]),
        ("@a[^1]\n\n[^1]: Note.", [""]),
        ("@a [p. 1](https://x.org/)", [""]),
        ("[x] @a [p. 2] [@b] [@c, p. 3]", ["p. 2", "", "p. 3"]),
    ],
)
def test_where_is_what_follows_the_citekey_in_brackets(body: str, places: list[str]) -> None:
    """A locator as Pandoc reads it, as written."""
    assert [mention.where for mention in page(body).mentions] == places


def test_an_intent_before_the_citekey_is_told_apart() -> None:
    """As written, so that the whole can still be tried as a citekey; unknown prefixes stay part of it."""
    note = page(
        "[@confirms:a; @evidence:b, p. 2; @uses_method_in:c; @failsToReplicate:d; @DBLP:e; @confirms:]"
    )
    assert [(m.intent, m.citekey, m.where) for m in note.mentions] == [
        ("confirms", "a", ""),
        ("evidence", "b", "p. 2"),
        ("uses_method_in", "c", ""),
        ("failsToReplicate", "d", ""),
        ("", "DBLP:e", ""),
        ("", "confirms", ""),
    ]


def test_every_intent_is_its_own_name_in_any_case() -> None:
    """Full names, short ones and those with underscores lead to one property."""
    assert all(intent(name) == intent(name.lower()) == name for name in INTENTS)
    assert [intent(n) for n in ("evidence", "cites_as_evidence", "asEvidence")] == ["citesAsEvidence"] * 3
    assert (intent("agree_with"), intent("validates"), intent("unheard")) == ("agreesWith", "validates", "")


def test_names_know_the_line_they_stand_on() -> None:
    """In wrapped paragraphs, lists, tables and quotations, after code that spans lines."""
    body = "One\n[@a]\n[[l]]\n\n- x\n  @b\n\n> y\n> @c `d\n> e` @d\n\n| t |\n|---|\n| @e |\n\nx\n====\n@f"
    note = page(body)
    lines = [mention.origin.line for mention in note.mentions]
    assert [(body.split("\n")[line - 4].count("@") > 0) for line in lines] == [True] * 6
    assert lines == [5, 9, 12, 13, 17, 21]
    assert [link.origin.line for link in note.links] == [6]


def test_wiki_links_lead_to_notes() -> None:
    """By slug or label, with or without words of their own; also in tables, where the bar is escaped."""
    note = page(
        "[[cport]] [[Some Topic|the topic]] [[a\\|b]]\n\n| x |\n|---|\n| [[c\\|d]] |\n\n`[[no]]` [[@no]] [[]]"
    )
    assert [(link.target, link.field) for link in note.links] == [
        ("cport", "body"),
        ("Some Topic", "body"),
        ("a", "body"),
        ("c", "body"),
    ]


def test_tags_are_words_after_a_hash() -> None:
    """Not headings, numbers, addresses or attributes."""
    body = "# Title #no\n\n#one (#two/three) x#no #4 https://x.org/#no [x](#no) [x]{#no} `#no` #one\n\n#"
    assert page(body).tags == ("one", "two/three")


def test_tags_of_the_front_matter_come_first() -> None:
    """Each once, with or without its hash."""
    note, _ = read_note(b"---\nkind: page\ntags: ['#b', c]\n---\n#a #c", PATH)
    assert note is not None
    assert note.tags == ("b", "c", "a")


@pytest.mark.parametrize(
    ("front", "body", "title"),
    [
        ("title: T\n", "# H", "T"),
        ("statement: S\n", "# H", "S"),
        ("", "# H *i* `c` [@a]", "H i c"),
        ("", "Text.\n\n# H", "H"),
        ("", "## H\n\nText.", "H"),
        ("", "Text.\n\n## Limits", "x"),
        ("", "", "x"),
    ],
)
def test_a_note_has_a_title(front: str, body: str, title: str) -> None:
    """From the front matter, else from a heading over it all, else the slug."""
    note, _ = read_note(f"---\nkind: page\n{front}---\n{body}".encode(), PATH)
    assert note is not None
    assert note.title == title


def test_words_are_what_a_reader_reads() -> None:
    """Text, link texts and code, without marks, citations, comments or addresses."""
    body = (
        "# A *b* [c](https://x.org/)\n\n"
        "Said [@k, p. 1], and @{k2}: [[slug|the tool]] `code`.[^1]<!-- no -->\n\n"
        "```\nfence\n```\n\n- [@k] why {role=dissent}\n\n[^1]: Note.\n"
    )
    assert page(body).words == "A b c Said, and: the tool code. fence why Note."


def items(body: str) -> tuple[Note, list[Problem]]:
    note, problems = read_note(f"---\nkind: list\ntitle: T\n---\n{body}".encode(), "notes/lists/l.md")
    assert note is not None
    return note, problems


LIST = """\
# T

Read this first [@intro].

- [@z] Before any section.

## One

- [@a] The reason. {role=start-here minutes=20}
- @b: a reason
  on two lines {role="dissent"}

  More *Markdown* [@u].

  - nested [@n]

## Two

1. [@{d x}] last
"""


def test_a_list_has_sections_and_items_with_reasons() -> None:
    """In order; what stands under an item stays Markdown; a heading that repeats the title is no section."""
    note, problems = items(LIST)
    assert problems == []
    assert note.reading_list is not None
    found = [
        (i.citekey, i.section, i.reason, i.role, i.minutes, i.origin.line) for i in note.reading_list.items
    ]
    assert found == [
        ("z", "", "Before any section.", "", None, 9),
        ("a", "One", "The reason.", "start-here", 20, 13),
        ("b", "One", "a reason on two lines", "dissent", None, 14),
        ("d x", "Two", "last", "", None, 23),
    ]
    assert note.reading_list.items[2].text == "More *Markdown* [@u].\n\n- nested [@n]"
    assert [m.citekey for m in note.mentions] == ["intro", "z", "a", "b", "u", "n", "d x"]


def test_an_item_in_a_folded_passage_is_an_item() -> None:
    """The lines of the division are no part of its reason."""
    note, problems = items("::: {.sensitive level=2}\n- [@a] why {role=dissent}\n:::\n")
    assert problems == []
    assert note.reading_list is not None
    assert [(i.citekey, i.reason, i.role) for i in note.reading_list.items] == [("a", "why", "dissent")]


def test_an_item_without_a_reason_or_a_work_is_told() -> None:
    """The first is kept, the second cannot be."""
    note, problems = items("- [@a]\n- no work\n-\n- [@b] {role=dissent}\n")
    assert note.reading_list is not None
    assert [(i.citekey, i.reason, i.role) for i in note.reading_list.items] == [
        ("a", "", ""),
        ("b", "", "dissent"),
    ]
    assert [(p.code, p.severity, p.origin.line, p.citekey) for p in problems] == [
        ("list-no-reason", "warning", 5, "a"),
        ("list-no-work", "warning", 6, ""),
        ("list-no-work", "warning", 7, ""),
        ("list-no-reason", "warning", 8, "b"),
    ]


def test_a_wrong_attribute_of_an_item_is_left_out() -> None:
    """Role and minutes are checked, anything else is not known."""
    note, problems = items("- [@a] why {role=dissnt minutes=soon colour=red}\n")
    assert note.reading_list is not None
    [item] = note.reading_list.items
    assert (item.reason, item.role, item.minutes) == ("why", "", None)
    assert [(p.code, p.severity) for p in problems] == [
        ("note-value", "error"),
        ("note-value", "error"),
        ("note-unknown-key", "warning"),
    ]
    assert "Did you mean dissent?" in problems[0].remedy


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "[",
                "]",
                "@a",
                "[[b]]",
                "`",
                "\n",
                "\n\n",
                "- ",
                "<!--",
                "-->",
                "*",
                "#t",
                "|",
                " ",
                "{",
                "}",
                "\\",
                "> ",
                "    ",
                "```\n",
            ]
        )
    ).map("".join)
)
def test_names_are_never_out_of_the_body(text: str) -> None:
    """Whatever the Markdown, a name lies on a line that holds it."""
    body = read_body(text, PATH, 1)
    lines = text.split("\n")
    assert all("@a" in lines[m.origin.line - 1] for m in body.mentions)
    assert all("[[b]]" in lines[link.origin.line - 1] for link in body.links)


@pytest.mark.parametrize(
    "unit", ["[", "![", "[[a|", "^[", "[^1]:[", "<!--", "@a [", "{a=", "`", "*a ", " ", "> ", "[^"]
)
def test_hostile_markdown_is_read_in_time(unit: str) -> None:
    """The time is in proportion to the length; the limit is some ten times what it takes."""
    begun = time.process_time()
    page("[^1]: A note.\n\n" + unit * (8_000 // len(unit)))
    assert time.process_time() - begun < 3


def test_a_link_without_words_of_its_own_waits_for_its_label() -> None:
    """The reader knows no labels: the name stays marked; headings show it plainly."""
    note = page("# On [[cport]]\n\nSee [[cport]] and [[stable-2007|the other]].")
    assert note.words == "On [[cport]] See [[cport]] and the other."
    assert note.title == "On cport"
