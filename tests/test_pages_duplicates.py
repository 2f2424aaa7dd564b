"""The Duplicates tab: pair by pair, what is decided goes into the text, and is taken back."""

import re
import tomllib

import pytest
from conftest import WriteLibrary
from streamlit.testing.v1 import AppTest
from test_pages import Visit, hrefs, markup, text, visit

from kb.duplicates import decide, in_store
from kb.ingest import ingest
from kb.library import Library
from kb.pages import links, session
from kb.pages.parts.beside import Column, beside

__all__ = ["visit"]  # a fixture

_ENTRY = """@{type}{{{citekey},
  author = {{{author}}},
  title = {{{title}}},
  {more},
  date = {{{year}}},
}}
"""


def entry(citekey: str, author: str, title: str, year: int, more: str, type: str = "article") -> str:  # noqa: A002
    return _ENTRY.format(type=type, citekey=citekey, author=author, title=title, year=year, more=more)


def article(volume: int, pages: str, journal: str = "Annals of Tests") -> str:
    return f"journaltitle = {{{journal}}}, volume = {{{volume}}}, pages = {{{pages}}}"


MOSS, KELP, WALL = (
    "Moss growth on slate roofs after rain and after frost",
    "Kelp forest recovery where sea urchins were counted",
    "Stone walls as habitats: lizards, ferns and snails",
)
PAIRS = "\n".join(
    (
        entry("moss2018thesis", "Moss, Ida", MOSS, 2018, "institution = {University of Tests}", "thesis"),
        entry("moss2019growth", "Moss, Ida", MOSS, 2019, article(7, "1--9")),
        entry("kelp2015forest", "Kelp, Bo", KELP, 2015, article(4, "20--31")),
        entry("kelp2015recovery", "Kelp, Bo", KELP, 2015, "howpublished = {Preprint}", "unpublished"),
        entry("wall2017stone", "Wall, Cy and <i>Other</i>, Di", WALL, 2017, article(6, "40--48")),
        entry(
            "wall2017report", "Wall, Cy and <i>Other</i>, Di", WALL, 2017, "institution = {Walls}", "report"
        ),
    )
)


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """A library of six entries that are three undecided pairs, ingested."""
    made = library(bib={"tests.bib": PAIRS})
    ingest(made)
    return made


@pytest.fixture
def tab(home: Library, visit: Visit) -> AppTest:
    """The tab, as who follows its link finds it."""
    return visit(home, "health", tab="duplicates")


def press(app: AppTest, letter: str) -> AppTest:
    """Press the button of a letter."""
    found = [button for button in app.button if (button.key or "").startswith(f"press-{letter}-")]
    assert len(found) == 1
    app = found[0].click().run()
    assert not app.exception
    return app


def pair(app: AppTest) -> tuple[str, ...]:
    """The citekeys at the heads of the two columns."""
    return tuple(re.findall(r'scope="col"[^>]*><code>([^<]*)</code>', markup(app)))


def field(app: AppTest, start: str) -> str:
    """The key of the control whose key begins so."""
    controls = (*app.text_input, *app.radio, *app.selectbox)
    return next(one.key for one in controls if one.key and one.key.startswith(start))


def decisions(home: Library) -> list[dict[str, object]]:
    """What references/decisions.toml holds."""
    if not home.decisions.is_file():
        return []
    found: list[dict[str, object]] = tomllib.loads(home.decisions.read_text("utf-8"))["decision"]
    return found


def test_a_pair_stands_side_by_side_with_reasons_confidence_and_progress(tab: AppTest) -> None:
    """The differences have a sign and a word besides their colour."""
    assert len(pair(tab)) == 2
    assert "1 of 3" in text(tab)
    assert re.search(r"Confidence 0\.\d\d\.", text(tab))
    assert "same title" in text(tab)
    assert '<tr class="kb-differ" role="row">' in markup(tab)
    assert 'aria-hidden="true">≠</span>Kind<span class="kb-unseen"> (differ)' in markup(tab)
    assert 'aria-hidden="true">=</span>Title<span class="kb-unseen"> (alike)' in markup(tab)
    assert all(f"work?work={citekey}" in hrefs(tab) for citekey in pair(tab))
    assert "<i>" not in markup(tab)


def test_each_button_shows_its_key(tab: AppTest) -> None:
    """The listener finds it by the letter in the button's own key."""
    shown = {button.label: button.key for button in tab.button if (button.key or "").startswith("press-")}

    assert list(shown) == ["Same `s`", "Different `d`", "Later `l`", "Link `k`"]
    assert [str(key).split("-")[1] for key in shown.values()] == ["s", "d", "l", "k"]


def test_a_decision_is_written_with_who_and_why_and_the_next_pair_comes(tab: AppTest, home: Library) -> None:
    """The name stays for the next pair, the reason does not."""
    first = pair(tab)
    tab.text_input(key="pair-by").set_value("Ann Reviewer").run()
    tab.text_input(key=field(tab, "pair-why-")).set_value("Other data").run()
    press(tab, "d")

    (decided,) = decisions(home)
    assert (decided["verdict"], decided["works"]) == ("different", list(first))
    assert (decided["by"], decided["why"]) == ("Ann Reviewer", "Other data")
    assert f"Decided: {first[0]} and {first[1]} are two works." in text(tab)
    assert set(pair(tab)).isdisjoint(first)
    assert "2 of 3; 1 decided in this session" in text(tab)
    assert tab.query_params["pair"] in (",".join(pair(tab)), [",".join(pair(tab))])
    assert tab.text_input(key="pair-by").value == "Ann Reviewer"
    assert tab.text_input(key=field(tab, "pair-why-")).value == ""


def test_of_two_that_are_one_the_chosen_citekey_stays(tab: AppTest, home: Library) -> None:
    """And the other leads to it, on whose page both entries stand side by side."""
    one, other = pair(tab)
    tab.radio(key=field(tab, "pair-stays-")).set_value(other).run()
    press(tab, "s")

    assert decisions(home)[0]["works"] == [other, one]
    with session.drawing(home) as base:
        view = base.work(one)
    assert view.citekey == other
    assert {made.citekey for made in view.work.entries} == {one, other}


def test_the_page_of_a_work_of_several_entries_shows_them(home: Library, visit: Visit, tab: AppTest) -> None:
    """Folded; the page of a work of one entry has no such section."""
    one, other = pair(tab)
    press(tab, "s")
    app = visit(home, "work", work=other)

    assert "Made of 2 entries" in text(app)
    assert pair(app) == (one, other)
    assert "tests.bib:" in markup(app).split("Made of 2 entries")[1]
    assert "Made of" not in text(
        visit(home, "work", work="wall2017stone" if one != "wall2017stone" else "moss2019growth")
    )


def test_all_is_taken_back_step_by_step(tab: AppTest, home: Library) -> None:
    """Every kind of decision; in the end every byte is as it was."""
    before = {path.name: path.read_bytes() for path in home.references.iterdir()}
    first = pair(tab)
    for letter in "sdk":
        press(tab, letter)
    assert "Nothing is undecided" in text(tab)
    assert "3 decided in this session" in text(tab)
    for _ in range(3):
        press(tab, "u")
        assert "Taken back: " in text(tab)

    assert {path.name: path.read_bytes() for path in home.references.iterdir()} == before
    assert set(pair(tab)) == set(first)
    assert not [button for button in tab.button if "undo" in (button.key or "")]


def test_the_command_that_takes_it_back_stands_beside_the_button(tab: AppTest) -> None:
    """For who has a terminal at hand."""
    one, other = pair(tab)
    press(tab, "s")

    assert f"kb duplicates --forget {one} {other}" in text(tab)


def test_later_turns_to_the_next_and_round_again(tab: AppTest, home: Library) -> None:
    """Nothing is written."""
    seen = [pair(tab)]
    for _ in range(3):
        press(tab, "l")
        seen.append(pair(tab))

    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[0]
    assert "3 left for later" in text(tab)
    assert decisions(home) == []


def test_the_url_names_the_pair(home: Library, visit: Visit, tab: AppTest) -> None:
    """In either order, so that a reload or a colleague sees the same; one that is gone is said to be."""
    press(tab, "l")
    one, other = pair(tab)
    assert pair(visit(home, "health", tab="duplicates", pair=f"{other},{one}")) == (one, other)

    app = visit(home, "health", tab="duplicates", pair="nobody,<b>")
    assert "Nobody asks about nobody and <b> any more" in text(app)
    assert "<b>" not in markup(app)
    assert pair(app) == ()
    assert links.duplicates() in hrefs(app)


def test_a_link_says_what_one_is_to_the_other(tab: AppTest, home: Library) -> None:
    """What comparing says is offered first, from the one that it fits; the text has it."""
    while "moss2018thesis" not in pair(tab):
        press(tab, "l")
    offered = tab.selectbox(key=field(tab, "pair-link-"))
    assert offered.options[0] == "moss2018thesis is a thesis version of moss2019growth"
    assert offered.options[-1].endswith(f"related to {pair(tab)[1]}")
    press(tab, "k")

    bib = (home.references / "tests.bib").read_text("utf-8")
    assert re.search(
        r"moss2018thesis.*?related = \{moss2019growth\},\s*relatedtype = \{thesis version\}", bib, re.DOTALL
    )
    assert "Decided: moss2018thesis is a thesis version of moss2019growth." in text(tab)
    assert "moss2018thesis" not in pair(tab)


def test_a_pair_that_was_decided_meanwhile_is_not_decided_twice(tab: AppTest, home: Library) -> None:
    """Somebody else did, on the command line; the page says so, and nothing is written."""
    from datetime import date

    names = pair(tab)
    decide(home, "same", (names[0], names[1]), today=date(2026, 11, 21))
    written = home.decisions.read_bytes()
    press(tab, "s")

    assert home.decisions.read_bytes() == written
    assert "decided already" in text(tab)
    assert set(pair(tab)).isdisjoint(names)


def test_a_decision_written_by_hand_is_seen_at_the_next_drawing(tab: AppTest, home: Library) -> None:
    """The state of references/ holds its decisions too."""
    one, other = pair(tab)
    home.decisions.write_text(f'[[decision]]\nverdict = "different"\nworks = ["{one}", "{other}"]\n')
    tab.run()

    assert set(pair(tab)).isdisjoint((one, other))
    assert "1 of 2" in text(tab)


def test_the_queue_is_made_once_for_each_state_of_the_text(home: Library, tab: AppTest) -> None:
    """A drawing without a change compares nothing: the store can even be silent."""
    from kb.pages.duplicates import _queue, _references

    state = _references(session.stamp(home))
    assert _queue(home, state) is _queue(home, state)
    assert len(_queue(home, state)) == len(in_store(home.database).doubts) == 3


def test_a_library_without_doubts_says_so(library: WriteLibrary, visit: Visit) -> None:
    """And what would be here; the overview has the other address."""
    alone = library(bib={"a.bib": entry("moss2019growth", "Moss, Ida", MOSS, 2019, article(7, "1--9"))})
    app = visit(alone, "health", tab="duplicates")

    assert "Nothing is undecided" in text(app)
    assert {"health", links.duplicates()} <= set(hrefs(app))
    assert "works held" in text(visit(alone, "health"))


def test_words_that_only_one_record_has_are_marked() -> None:
    """Case and accents are no difference; markup in a value stays text."""
    columns = [Column("a", fields={"Title": "Lätth on moss"}), Column("b", fields={"Title": "latth On <b>"})]
    shown = beside(columns)

    assert "Lätth on <mark>moss</mark>" in shown
    assert "latth On <mark>&lt;b&gt;</mark>" in shown
    alike = beside([Column("a", fields={"Title": "Moss."}), Column("b", fields={"Title": "moss"})])
    assert "<mark>" not in alike
    assert "(alike)" in alike
