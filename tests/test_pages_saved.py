"""Saved searches in the browser: nothing is recorded until somebody saves it."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import WriteLibrary
from streamlit.testing.v1 import AppTest
from test_pages import Visit, hrefs, markup, text, visit

from kb.base import open_base, saved
from kb.edit import save_search
from kb.ingest import ingest
from kb.library import Library
from kb.model import SavedSearch, SearchOptions

__all__ = ["visit"]  # a fixture

BIB = """\
@article{one2001, title = {Warning messages <b>online</b>}, date = {2001}}
@article{two2002, title = {Warning signs}, date = {2002}}
@article{three2003, title = {Helplines}, date = {2003}}
"""
OPTIONS = SearchOptions(literal=True, off=("warnings-topic",), facets=(("held", "held"), ("year", "..2020")))
TOPIC = "---\nkind: topic\nlabel: Warning messages\nfacet: intervention\n---\n"


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """Three works, ingested."""
    made = library(bib={"a.bib": BIB}, notes={"topics/warnings-topic.md": TOPIC})
    ingest(made)
    return made


@pytest.fixture
def warnings(home: Library) -> Path:
    """The file of a saved search that was run once."""
    plain = SearchOptions(facets=OPTIONS.facets)
    with open_base(home.database) as base:
        run = saved.run(base, "warning", plain, on=date(2026, 11, 20), by="A. L.")
    slug = save_search(
        home,
        SavedSearch("warning", plain, "For a <i>report</i>."),
        run,
        slug="warnings",
        today=date(2026, 11, 20),
    )
    ingest(home)
    return home.notes / "searches" / f"{slug}.md"


def test_all_saved_searches_are_listed_with_why_and_their_last_run(
    home: Library, warnings: Path, visit: Visit
) -> None:
    """Each a link to its page."""
    app = visit(home, "saved")
    assert "saved?search=warnings" in hrefs(app)
    assert "For a <i>report</i>." in text(app)
    assert "last run 2026-11-20: 2 works" in text(app)


def test_where_none_is_saved_the_page_says_how(home: Library, visit: Visit) -> None:
    """And drawing it records nothing."""
    assert "Save this search" in text(visit(home, "saved"))
    assert not (home.notes / "searches").exists()


def test_a_saved_search_shows_what_is_asked_and_leads_to_the_live_search(
    home: Library, warnings: Path, visit: Visit
) -> None:
    """With all its facets, and its runs in a table."""
    app = visit(home, "saved", search="warnings")
    assert "./?q=warning&held=held&year=..2020" in hrefs(app)
    assert "Since the run of 2026-11-20: 0 new, 0 gone." in text(app)
    assert '<th scope="col">Day</th>' in markup(app)
    assert "<td>2026-11-20</td><td>2</td>" in markup(app)
    assert "<i>report" not in markup(app)
    assert "A. L." in text(app)


def test_a_name_leads_here_from_anywhere(home: Library, warnings: Path, visit: Visit) -> None:
    """Also from an address that is out of date: with the nearest."""
    app = visit(home, "saved", search="warnigs")
    assert "saved?search=warnings" in hrefs(app)


def test_what_is_new_is_shown_recorded_and_taken_out_again(
    home: Library, warnings: Path, visit: Visit, library: WriteLibrary
) -> None:
    """The file has the run; the button beside it takes it out, byte by byte."""
    before = warnings.read_bytes()
    library(
        bib={"a.bib": BIB.replace("{Helplines}", "{Warning lines}").replace("{Warning signs}", "{Signs}")}
    )
    app = visit(home, "saved", search="warnings")
    assert "1 new, 1 gone." in text(app)
    assert "work?work=three2003" in hrefs(app)
    assert "not found any more" in text(app)
    assert warnings.read_bytes() == before

    app.text_input(key="save-by").set_value("B. M.")
    _press(app, "Record this run")
    assert "was recorded in notes/searches/warnings.md" in text(app)
    assert "0 new, 0 gone." in text(app)
    assert "kb searches forget warnings" in text(app)
    assert b'by: "B. M."' in warnings.read_bytes()
    assert not app.text_input(key="save-by").value

    app.button(key="record-undo").click().run()
    assert not app.exception
    assert warnings.read_bytes() == before
    assert "1 new, 1 gone." in text(app)


def test_a_run_of_one_search_is_not_taken_out_from_the_page_of_another(
    home: Library, warnings: Path, visit: Visit
) -> None:
    """The way back stands where the change was made."""
    text_of = warnings.read_text("utf-8").replace("kind: search", "kind: search\ntags: [x]")
    (warnings.parent / "other.md").write_text(text_of, "utf-8")
    app = visit(home, "saved", search="warnings")
    _press(app, "Record this run")
    app.query_params["search"] = "other"
    app.run()
    assert "kb searches forget" not in text(app)


def test_too_many_new_works_are_counted(
    home: Library, warnings: Path, visit: Visit, library: WriteLibrary
) -> None:
    """The page stays short; the live search has them all."""
    many = "".join(f"@book{{w{n}, title = {{Warning {n}}}, date = {{2010}}}}\n" for n in range(30))
    library(bib={"b.bib": many})
    app = visit(home, "saved", search="warnings")
    assert "30 new" in text(app)
    assert markup(app).count("new since the last run") == 20
    assert "and 10 more" in text(app)


def test_options_are_said_in_words(home: Library, visit: Visit, library: WriteLibrary) -> None:
    """A topic by its label, an order as the search page calls it."""
    facets = "{held: held, findings: findings, year: 2001..2003, type: article, topic: warnings-topic}"
    options = f"{{literal: true, sort: year, off: [warnings-topic], facets: {facets}}}"
    library(notes={"searches/mine.md": f"---\nkind: search\nquery: x\nwhy: w\noptions: {options}\n---\n"})
    said = text(visit(home, "saved", search="mine"))
    for words in (
        "described here",
        "with results entered",
        "years: 2001–2003",
        "Topic: Warning messages",
        "only as written: Warning messages",
        "newest first",
    ):
        assert words in said


def test_hand_written_searches_are_shown_too(home: Library, visit: Visit, library: WriteLibrary) -> None:
    """Never run, with options and a body; a wrong query is searched as words and says so."""
    options = "{literal: true, all_words: true, sort: relevance, facets: {held: held}}"
    note = f"---\nkind: search\nquery: 'warning topic:nowhere'\noptions: {options}\n---\n"
    library(notes={"searches/mine.md": f"{note}What it *cannot* find.\n"})
    app = visit(home, "saved", search="mine")
    assert "No run is recorded yet" in text(app)
    assert "only works with every word" in text(app)
    assert "<em>cannot</em>" in markup(app)
    assert "No topic is called" in text(app)


# --- the form


FORM = """
import json, os
from kb.pages import session
from kb.pages.parts.said import say
from kb.pages.parts.save import save_form

home = session.library()
session.keep_up(home)
with session.drawing(home) as base:
    say()
    save_form(base, json.loads(os.environ["WANTED"]))
"""


def form(home: Library, monkeypatch: pytest.MonkeyPatch, **wanted: str) -> AppTest:
    """The form alone, for what an address asks for."""
    monkeypatch.setenv("KB_LIBRARY", str(home.root))
    monkeypatch.setenv("KB_DB", str(home.database))
    monkeypatch.setenv("WANTED", json.dumps(wanted))
    app = AppTest.from_string(FORM, default_timeout=60).run()
    assert not app.exception
    return app


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_a_search_is_saved_from_its_address(home: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words, facets and switches; the message leads to its page, and the form gives way."""
    app = form(
        home,
        monkeypatch,
        q="warning",
        held="held",
        year="..2020",
        literal="1",
        off="warnings-topic",
        page="2",
    )
    assert not (home.notes / "searches").exists()
    app.text_input(key="save-title").set_value("Warnings, all")
    app.text_area(key="save-why").set_value("For a report.")
    app.text_input(key="save-by").set_value("A. L.")
    _press(app, "Save")

    assert "saved?search=warnings-all" in hrefs(app)
    assert "This search is saved as" in text(app)
    ingest(home)
    with open_base(home.database) as base:
        note, search = saved.saved(base, "warnings-all")
    assert (note.title, search.query, search.options, search.why) == (
        "Warnings, all",
        "warning",
        OPTIONS,
        "For a report.",
    )
    assert [(run.by, run.total) for run in search.runs] == [("A. L.", 2)]


def test_without_a_reason_nothing_is_saved(home: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and what was typed stays."""
    app = form(home, monkeypatch, q="warning")
    app.text_input(key="save-title").set_value("Mine")
    _press(app, "Save")
    assert "a reason is needed" in text(app)
    assert app.text_input(key="save-title").value == "Mine"
    assert not (home.notes / "searches").exists()


def test_where_nothing_is_searched_there_is_nothing_to_save(
    home: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No form on an empty search page; one where a facet alone is chosen."""
    assert not form(home, monkeypatch, literal="1").button
    assert form(home, monkeypatch, held="held").button
