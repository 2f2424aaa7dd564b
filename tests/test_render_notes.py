"""A note's Markdown as safe HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.read import read_note
from kb.render import note_html, plain

TITLES = {"seto2015": "Seto & Eke 2015", "cport": "CPORT", "data:set": "A data set"}


def drawn(body: str) -> str:
    return note_html(body, link=lambda kind, name: f"/{kind}?name={name}", titles=TITLES)


class Seen(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def links(page: str) -> list[str]:
    return [value for name, value in Seen(page).attributes if name == "href"]


def test_citations_lead_to_works() -> None:
    """In brackets or not, with what stands around them, shown by author and year where that is known."""
    page = drawn("As [see @seto2015, p. *3*; -@other] and @seto2015 say.")

    assert links(page) == ["/work?name=seto2015", "/work?name=other", "/work?name=seto2015"]
    assert re.sub(r"<[^>]+>", "", page).strip() == (
        "As (see Seto &amp; Eke 2015, p. 3; other) and Seto &amp; Eke 2015 say."
    )


def test_an_intent_is_no_part_of_the_citekey() -> None:
    """The whole is tried first: a citekey may look as if it began with an intent."""
    assert links(drawn("[@confirms:seto2015; @data:set; @data:other]")) == [
        "/work?name=seto2015",
        "/work?name=data:set",
        "/work?name=other",
    ]


def test_wiki_links_lead_to_notes() -> None:
    """Shown by their own text, else by the title, else by the name."""
    page = drawn("[[cport]], [[cport|the tool]], [[Some label]]")

    assert links(page) == ["/note?name=cport", "/note?name=cport", "/note?name=Some label"]
    assert re.findall(r">([^<]+)</a>", page) == ["CPORT", "the tool", "Some label"]


@pytest.mark.parametrize(
    "body",
    [
        "`[@seto2015]`",
        "```\n@seto2015 [[cport]]\n```",
        "me@seto2015",
        r"\@seto2015",
        "<!-- @seto2015 -->",
        "[@ x]",
    ],
)
def test_what_is_no_citation_is_no_link(body: str) -> None:
    """Code, comments, addresses and escapes hold none."""
    assert links(drawn(body)) == []


def test_comments_are_not_shown() -> None:
    """Neither in a line nor as a block of their own."""
    assert "hidden" not in drawn("A <!-- hidden --> b.\n\n<!-- hidden\n\nhidden -->\n\nEnd.")


def test_sensitive_passages_are_folded() -> None:
    """All of it, with divisions inside, behind one line that says what it is."""
    page = drawn("Before\n\n::: {.sensitive level=2}\nOne\n\n::: {.box}\nTwo\n:::\n\nThree\n:::\n\nAfter")

    before, _, rest = page.partition('<details class="sensitive">')
    inside, _, after = rest.partition("</details>")
    assert inside.startswith("<summary>This passage holds level-2 content.</summary>")
    assert [word for word in ("One", "Two", "Three") if word in inside] == ["One", "Two", "Three"]
    assert "Before" in before
    assert "After" in after
    assert "open" not in re.sub(r"<summary>.*</summary>", "", page)


def test_a_sensitive_passage_that_never_ends_stays_folded() -> None:
    """A forgotten end hides too much rather than too little."""
    page = drawn("::: sensitive\nOne\n\nTwo")

    assert page.index("</details>") > page.index("Two")
    assert "This passage holds sensitive content." in page


def test_footnotes_of_a_folded_passage_are_folded_too() -> None:
    """They are drawn at the end, but not in the open."""
    page = drawn("::: {.sensitive level=3}\nOne[^1]\n\n[^1]: Detail\n:::\n")

    assert page.index("<details", page.index("One")) < page.index("Detail") < page.rindex("</details>")
    assert "<details" not in drawn("One[^1]\n\n[^1]: Detail")


def test_tables_and_footnotes_are_drawn() -> None:
    """Columns keep their alignment, footnotes their way back."""
    page = drawn("| a | b |\n|--:|---|\n| 1 | 2 |\n\nText[^n].\n\n[^n]: Note.")

    assert '<td style="text-align:right">1</td>' in page
    assert links(page) == ["#fn1", "#fnref1"]


def test_only_web_addresses_are_links() -> None:
    """Others are text, and every link tells the other side nothing."""
    page = drawn(
        "[a](https://x.org/@b) [b](javascript:alert(1)) [c](/etc) <ftp://x.org> [d](data:text/html,x)"
    )

    assert links(page) == ["https://x.org/@b"]
    assert 'rel="noopener noreferrer"' in page


def test_not_even_the_caller_can_make_a_link_that_runs() -> None:
    """A citekey that came to be part of a scheme leads nowhere."""
    page = note_html("@a [[b]]", link=lambda _kind, name: f"javascript:{name}", titles={})

    assert links(page) == []


def test_images_and_html_are_text() -> None:
    """Nothing is loaded from elsewhere, and no tag of a note is one."""
    page = drawn(
        '![alt *text*](https://x.org/a.png) <img src=x onerror=alert(1)> <b>x</b>\n\n<div onclick="x">'
    )

    assert not {"img", "b", "div"} & set(Seen(page).tags)
    assert "alt *text*" in page


def test_dollars_stay_text() -> None:
    """Prices do not become mathematics."""
    assert drawn("From $5 to $6.") == "<p>From $5 to $6.</p>\n"


def test_names_and_addresses_are_escaped() -> None:
    """A title or a citekey cannot leave its place."""
    page = note_html(
        '@{a"><b>} [[x"><i>]]', link=lambda kind, name: f"?{kind}={name}", titles={'x"><i>': "<u>&"}
    )

    assert set(Seen(page).tags) == {"p", "a"}
    assert "&lt;u&gt;&amp;" in page


TAGS = ("<script>", "<a href=javascript:x>", "<i>", '" onload="x', "&lt;img&gt;", "&#x6a;", "<!--", "-->")
OURS = ("[[a|<b>]]", "@{<i>}", "[@a", "]", "::: {.sensitive}", "\n:::\n", "[^1]", "\n[^1]: ", "http://x.org/")
MARKDOWN = (
    "[x](javascript:a)",
    "![x](y)",
    "\n\n",
    "`",
    "> ",
    "- ",
    "*",
    "~~~\n",
    "| a |\n|-|\n",
    "\x00",
    "\ud800",
)
NASTY = st.lists(st.sampled_from((*TAGS, *OURS, *MARKDOWN)), max_size=14).map("".join)


@given(NASTY)
def test_nothing_in_a_note_can_do_harm(body: str) -> None:
    """Whatever a body holds, only harmless tags and attributes come out, and nothing raises."""
    seen = Seen(drawn(body))

    assert not {"script", "img", "b", "i", "iframe", "style", "object", "form", "input"} & set(seen.tags)
    assert {name for name, _ in seen.attributes} <= {"href", "rel", "class", "id", "style", "start"}
    for address in (value for name, value in seen.attributes if name == "href"):
        assert address.startswith(("/work?", "/note?", "#fn", "http://", "https://"))


@given(NASTY)
def test_works_are_linked_where_the_reader_sees_mentions(body: str) -> None:
    """What is drawn as a citation is what was read as one, outside of links of the note's own."""
    body = body.replace("\x00", "").replace("\ud800", "").replace("[x](", "(")
    note, _ = read_note(f"---\nkind: page\n---\n{body}".encode(), "notes/pages/x.md")

    assert note is not None
    mentioned = {mention.citekey for mention in note.mentions}
    drawn_ones = {
        address.removeprefix("/work?name=") for address in links(drawn(body)) if "/work?" in address
    }
    assert drawn_ones <= mentioned


def test_hostile_length_is_harmless() -> None:
    """Long runs of openings are drawn in a time that grows with the text, not with its square."""
    for opening in ("[", "@", "[@", "[[", "<!--", "@{", "::: {.sensitive}\n", "[@a;"):
        assert drawn(f"End.\n\n{opening * 1000}").startswith("<p>End.</p>")
    assert "@@@" in drawn("[" + "@" * 50_000)


def test_plain_text_leaves_out_markup_and_what_is_folded() -> None:
    """A snippet shows no citation, no footnote and nothing that was meant to stay folded."""
    body = (
        "# Head\n\nSome *text* on [[cport|the tool]] [@seto2015, p. 3].[^1]\n\n"
        "::: {.sensitive}\nFolded\n\n::: box\nin\n:::\nmore\n:::\n\n`code` end\n\n[^1]: Foot\n"
    )

    assert plain(body) == "Head Some text on the tool. code end"
