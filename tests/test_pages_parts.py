"""What pages are put together from: markup, links, facets, short names, drawings, colours."""

import re
import tomllib
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kb.base import open_base
from kb.library import Library
from kb.model import WorkLine
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined, outward, safe
from kb.pages.parts.paging import page_number, pages, within
from kb.pages.parts.picture import LETTERS, drawing
from kb.pages.parts.works import marked, short

PAGES = ROOT / "kb" / "pages"


class Seen(HTMLParser):
    """The elements and words of some markup."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(markup: str) -> Seen:
    parser = Seen()
    parser.feed(markup)
    parser.close()
    return parser


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_text_stays_text_wherever_it_is_put(text: str) -> None:
    """In an element or an attribute, nothing of it becomes markup."""
    found = seen(el("p", text, title=text))

    assert found.tags == [("p", {"title": text} if text else {})]
    assert found.words == text
    assert safe(safe(text)) == safe(text)


def test_markup_is_not_escaped_twice() -> None:
    """What is markup already stays as it is."""
    assert joined((el("b", "a"), "<"), ", ") == "<b>a</b>, &lt;"
    assert isinstance(joined(()), Html)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/etc/passwd"])
def test_only_web_addresses_become_links(url: str) -> None:
    """An address from a file is followed only where it leads to the web."""
    assert seen(outward("there", url)).tags == []


@given(st.text())
def test_an_address_brings_back_what_was_put_in(name: str) -> None:
    """Any citekey survives the URL, however odd."""
    from urllib.parse import parse_qs, urlsplit

    query = parse_qs(urlsplit(links.work(name)).query, keep_blank_values=True, errors="surrogatepass")
    assert query == ({"work": [name]} if name else {})


def test_a_free_page_never_takes_the_address_of_another() -> None:
    """A note called “tools” gets an address of its own."""
    assert links.page("help") == "help"
    assert links.page("tools") == "page-tools"


def test_pages_lead_on_and_back() -> None:
    """The first has none before it, the last none after it, a single one no links at all."""
    assert pages(1, 20, 20, str) is None
    first, last = (seen(pages(n, 41, 20, str) or "") for n in (1, 3))
    assert [attributes["href"] for tag, attributes in first.tags if tag == "a"] == ["2"]
    assert [attributes["href"] for tag, attributes in last.tags if tag == "a"] == ["2"]


@given(st.text())
def test_any_page_number_is_a_page(said: str) -> None:
    """Whatever a URL says, there is a first page."""
    assert page_number(said) >= 1


@given(st.integers(1, 10**6), st.integers(0, 10**5), st.integers(1, 100))
def test_a_page_beyond_the_last_is_the_last(page: int, total: int, per_page: int) -> None:
    """Which has something on it, wherever there is anything."""
    shown = within(page, total, per_page)
    assert 1 <= shown <= page
    assert (shown - 1) * per_page < max(1, total)
    assert shown == page or shown * per_page >= total


def line(byline: str, title: str = "A title", year: int | None = 2020) -> WorkLine:
    return WorkLine("key", title, byline, year, "", "article", True, "", "", "")


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Seto, Michael C.", "Seto 2020"),
        ("Seto, Michael C.; Eke, Angela W.", "Seto & Eke 2020"),
        ("Eke, A.; Helmus, L.; Seto, M.", "Eke et al. 2020"),
        ("Eke, A.; Helmus, L.; Seto, M. et al.", "Eke et al. 2020"),
        ("Kent Police", "Kent Police 2020"),
        ("", "A title 2020"),
    ],
)
def test_a_work_is_named_in_a_few_letters(byline: str, expected: str) -> None:
    """As in running text; without authors by its title."""
    assert short(line(byline)) == expected


def test_a_long_name_ends_with_a_word() -> None:
    """Labels have a length that a drawing can count on."""
    named = short(line("", "[Something very long indeed that has no author at all]", None))

    assert named == "Something very long indeed… n.d."


def test_matches_are_marked_and_the_rest_is_text() -> None:
    """U+0002 and U+0003 enclose a match."""
    assert marked("a \x02<b>\x03 c") == "a <mark>&lt;b&gt;</mark> c"


def test_no_label_of_a_drawing_runs_into_another(shipped: Library) -> None:
    """A label stands above its point, and ends before the next begins; each work is a link."""
    with open_base(shipped.database) as base:
        busiest = max(
            base.held(), key=lambda w: len(base.references(w.citekey)) + len(base.cited_by(w.citekey))
        )
        picture = base.picture(busiest.citekey, label=short, letters=LETTERS)
    root = ET.fromstring(drawing(picture, title="A <title>"))
    space = "{http://www.w3.org/2000/svg}"
    nodes = list(root.iter(f"{space}a"))
    assert {node.get("href") for node in nodes} == {
        links.work(placed.work.citekey) for placed in picture.works
    }
    rows: dict[str, list[tuple[float, float]]] = {}
    for node in nodes:
        label = node.find(f"{space}text")
        circle = node.find(f"{space}circle")
        assert label is not None
        assert circle is not None
        begin = float(label.get("x", ""))
        rows.setdefault(label.get("y", ""), []).append((begin, begin + 6.2 * len(label.text or "")))
        assert float(label.get("y", "")) < float(circle.get("cy", "")) - float(circle.get("r", ""))
    for spans in rows.values():
        ordered = sorted(spans)
        assert all(end < start for (_, end), (start, _) in pairwise(ordered))
        assert all(end <= 1000 for _, end in ordered)


def test_the_look_has_one_source() -> None:
    """The repository's own settings are those of the package."""
    here = ROOT / ".streamlit" / "config.toml"

    assert here.resolve() == PAGES / ".streamlit" / "config.toml"
    assert not here.readlink().is_absolute()


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_pair_of_colours_can_be_read(scheme: int) -> None:
    """At least 4.5 : 1 for text on each ground, in light and in dark."""
    style = (PAGES / "look" / "style.css").read_text("utf-8")
    roles = {
        name: pair.split(", ")[scheme]
        for name, pair in re.findall(r"--kb-(\w+): light-dark\(([^)]+)\)", style)
    }
    for ink in ("ink", "quiet", "accent", "attention"):
        for ground in ("paper", "raised"):
            low, high = sorted((_light(roles[ink]), _light(roles[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def test_nothing_comes_from_elsewhere_and_nothing_is_reported() -> None:
    """No address in the look but the namespace of SVG; Streamlit's telemetry is off."""
    settings = tomllib.loads((PAGES / ".streamlit" / "config.toml").read_text("utf-8"))
    texts = [path.read_text("utf-8") for path in (PAGES / "look").iterdir()]

    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "localhost"
    found = {url for text in texts for url in re.findall(r"https?://[^\s\"')]+", text)}
    assert found <= {"http://www.w3.org/2000/svg"}
