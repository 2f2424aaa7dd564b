"""Saved searches, run again: what is new, what is gone, and a record that names exactly what was run."""

import json
import shlex
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_ingest import from_nothing, rows

from kb.base import Base, open_base, saved
from kb.edit import record_run, save_search
from kb.errors import UnknownName
from kb.ingest import ingest
from kb.library import Library
from kb.model import SEARCH_FACETS, SavedSearch, SearchOptions, SearchRun, facets_of, only_of
from kb.pages import facets
from kb.pages.parts.save import asked, parameters
from kb.render import REPORTS, search_report

DAY = date(2026, 11, 22)
BIB = """\
@article{warn2001, title = {Warning messages online}, date = {2001}, added = {2026-11-20}}
@article{warn2002, title = {Warning messages again}, date = {2002}, cites = {10.1234/unknown}}
@article{alert2003, title = {Alerts and their reception}, date = {2003}}
"""
CITED = "@article{cited1999, title = {Warning messages and signs}, date = {1999}}\n"
TOPIC = """\
---
kind: topic
label: Warning messages
alt: [alerts]
facet: intervention
added: 2026-11-21
---
"""
OPTIONS = SearchOptions(facets=(("year", "1990..2020"),))


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """Three works held, two cited, one topic; ingested."""
    made = library(bib={"a.bib": BIB, "cited.bib": CITED}, notes={"topics/warning-messages.md": TOPIC})
    ingest(made)
    return made


def save(home: Library, query: str = "warning messages", options: SearchOptions = OPTIONS) -> str:
    """The slug of a search saved with its first run."""
    with open_base(home.database) as base:
        run = saved.run(base, query, options, on=DAY, by="A. L.")
    slug = save_search(home, SavedSearch(query, options, "w"), run, today=DAY)
    assert ingest(home).problems == []
    return slug


def found(base: Base, query: str, options: SearchOptions) -> set[str]:
    """What a search finds."""
    results = base.search(
        query,
        limit=1000,
        literal=options.literal,
        all_words=options.all_words,
        only=only_of(options.facets),
    )
    return {hit.work.citekey for hit in results.hits}


def test_a_saved_search_comes_back_from_the_store_as_it_was_read(home: Library) -> None:
    """Query, options, why, runs, and the works of each."""
    slug = save(home)
    with open_base(home.database) as base:
        note, search = saved.saved(base, slug.upper())
        [line] = saved.searches(base)
        assert found(base, search.query, search.options) == search.found == set(search.runs[0].found or ())
    assert (note.kind, line.slug, line.title) == ("search", slug, "warning messages")
    assert (search.why, search.options, len(search.runs)) == ("w", OPTIONS, 1)
    run = search.runs[0]
    assert (run.on, run.by, run.total, run.held, run.cited) == ("2026-11-22", "A. L.", 4, 3, 1)
    assert (run.searched.held, run.searched.cited, run.searched.newest) == (3, 2, "2026-11-21")
    assert any("alerts" in line for line in run.understood)
    assert line.last == replace(run, found=())  # the line has no lists


def test_what_is_new_and_gone_is_told_until_it_is_recorded(home: Library, library: WriteLibrary) -> None:
    """A work that came, a work that went, a work that was given another citekey."""
    slug = save(home)
    later = BIB.replace("warn2001,", "warn2001b, ids = {warn2001},").replace(
        "Warning messages again", "Other"
    )
    library(bib={"a.bib": f"{later}@book{{new2004, title = {{Warning messages, anew}}, date = {{2004}}}}\n"})
    ingest(home)

    with open_base(home.database) as base:
        now = saved.again(base, slug, on=DAY)
    assert [line.citekey for line in now.new or ()] == ["new2004"]
    assert now.gone == ("warn2002",)
    assert now.same == {"warn2001": "warn2001b"}

    written = record_run(home, slug, now.run, same=now.same).run
    assert (written.new, written.gone) == (("new2004",), ("warn2002",))
    assert ingest(home).problems == []
    with open_base(home.database) as base:
        again = saved.again(base, slug, on=DAY)
    assert (again.new, again.gone) == ((), ())


def test_a_query_that_is_understood_otherwise_says_so(home: Library, library: WriteLibrary) -> None:
    """What is new is then not the library's doing alone; once recorded, it is as it is."""
    slug = save(home)
    with open_base(home.database) as base:
        assert not saved.again(base, slug, on=DAY).otherwise
    library(notes={"topics/warning-messages.md": TOPIC.replace("alerts", "alarms")})
    ingest(home)
    with open_base(home.database) as base:
        now = saved.again(base, slug, on=DAY)
    assert now.otherwise
    written = record_run(home, slug, now.run, same=now.same).run
    assert any("alarms" in line for line in written.understood)
    ingest(home)
    with open_base(home.database) as base:
        assert not saved.again(base, slug, on=DAY).otherwise


def test_without_a_recorded_list_what_is_new_is_not_guessed(home: Library, library: WriteLibrary) -> None:
    """Never run, or run with too many works."""
    note = "---\nkind: search\nquery: warning\nwhy: w\n{}---\n"
    for runs in ("", "run:\n  - {on: 2026-01-01, unlisted: true}\n"):
        library(notes={"searches/mine.md": note.format(runs)})
        ingest(home)
        with open_base(home.database) as base:
            now = saved.again(base, "mine", on=DAY)
        assert (now.new, now.gone, len(now.citekeys)) == (None, None, 3)


def test_an_unknown_search_is_named_with_the_nearest(home: Library) -> None:
    """A topic is none."""
    save(home)
    with open_base(home.database) as base:
        for name in ("warning-messages-serch", "warning-messages"):
            with pytest.raises(UnknownName) as told:
                saved.again(base, name, on=DAY)
            assert told.value.candidates == ("warning-messages-search",)
        assert saved.saved(base, "warning messages")[0].slug == "warning-messages-search"


@pytest.mark.parametrize(
    "change",
    [
        TOPIC.replace("alerts", "alarms"),
        TOPIC.replace("alerts", "{label: alerts, status: caution}"),
        TOPIC.replace("facet: intervention", "facet: intervention\nbroader: [other]"),
    ],
)
def test_the_thesaurus_has_another_version_when_labels_or_relations_change(
    home: Library, library: WriteLibrary, change: str
) -> None:
    """And the same one when nothing of it does."""
    other = {"topics/other.md": TOPIC.replace("Warning messages", "Other").replace("alt: [alerts]\n", "")}
    library(notes=other)
    versions = []
    for text in (TOPIC, f"{TOPIC}Said of it.\n", change, TOPIC):
        library(notes={"topics/warning-messages.md": text})
        ingest(home)
        with open_base(home.database) as base:
            versions.append(saved.run(base, "x", SearchOptions(), on=DAY).thesaurus)
    assert versions[0] == versions[1] == versions[3] != versions[2]


# --- the record


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("warning messages", OPTIONS),
        ("again OR reception", SearchOptions(facets=(("held", "held"), ("year", "2003")))),
        ("alerts -again", SearchOptions(literal=True)),
        ("warning reception", SearchOptions(all_words=True, facets=(("held", "held"),))),
        ("", SearchOptions(facets=(("year", "2003"), ("topic", "warning-messages")))),
        ("\"warning\" OR `title:x` $(rm) 'quoted'", SearchOptions()),
    ],
)
def test_the_record_names_exactly_what_was_run(home: Library, query: str, options: SearchOptions) -> None:
    """Run again from what it says, it finds the works that it lists."""
    slug = save(home, query, options)
    with open_base(home.database) as base:
        said = json.loads(search_report(saved.record(base, slug, on=DAY, library="Ours"), "json"))
        asked_for = said["search"]
        results = base.search(
            asked_for["query"],
            limit=1000,
            literal=asked_for["literal"],
            all_words=asked_for["all_words"],
            only=asked_for["only"],
        )
        assert sorted(hit.work.citekey for hit in results.hits) == said["works"]
        assert [line for line in results.explained.splitlines() if line] == said["run"]["understood"]
    assert said["run"]["counts"]["total"] == results.total == len(said["works"])
    assert (asked_for["query"], asked_for["changed_since_run"]) == (query, False)
    words = shlex.split(said["run"]["command"])
    assert words[-2:] == ["--", query]
    assert [word for before, word in pairwise(words) if before == "--only"] == asked_for["only"]
    assert ("--literal" in words, "--all" in words) == (options.literal, options.all_words)


def test_the_record_stays_that_of_the_run_when_library_and_note_change(
    home: Library, library: WriteLibrary
) -> None:
    """What was searched then, and that it is otherwise now, are both said."""
    slug = save(home)
    path = home.notes / "searches" / f"{slug}.md"
    path.write_text(path.read_text("utf-8").replace('query: "warning messages"', "query: alerts"), "utf-8")
    library(
        bib={"b.bib": "@book{x2020, title = {Warning messages}, date = {2020}}\n"},
        notes={"topics/warning-messages.md": TOPIC.replace("alerts", "alarms")},
    )
    ingest(home)

    with open_base(home.database) as base:
        record = saved.record(base, slug, on=date(2027, 1, 1))
    said = json.loads(search_report(record, "json"))
    assert said["works"] == ["alert2003", "cited1999", "warn2001", "warn2002"]
    assert (said["run"]["searched"]["held"], said["now"]["searched"]["held"]) == (3, 4)
    assert said["search"]["changed_since_run"]
    text = search_report(record, "txt")
    assert f"As run: {said['run']['command']}" in text
    assert "The note has been changed since" in text
    assert "Since the run it has changed: now 4 works held" in text
    assert f"now {record.thesaurus}" in text


def test_every_format_says_all_sixteen_items_and_what_nobody_wrote_down(home: Library) -> None:
    """Also of a search that was never recorded: then the run is made now."""
    (home.notes / "searches").mkdir()
    (home.notes / "searches" / "mine.md").write_text("---\nkind: search\nquery: 'warning | `x`'\n---\n")
    ingest(home)
    with open_base(home.database) as base:
        record = saved.record(base, "mine", on=DAY)
    assert not record.recorded
    assert record.citekeys == ("cited1999", "warn2001", "warn2002")
    for form in REPORTS:
        text = search_report(record, form)
        names = ("Databases searched", "Peer review of the search", "Duplicates", "Records screened")
        assert all(name in text for name in (*names, "not recorded here", "warn2001", "2026-11-22"))
    said = json.loads(search_report(record, "json"))
    assert [one["item"] for one in said["prisma_s"]] == list(range(1, 17))


def test_the_flow_adds_up(home: Library, library: WriteLibrary) -> None:
    """Entries of every file, without those merged and those lost, are the works; with those only named."""
    more = """\
@article{twin, title = {Warning messages online}, date = {2001}, doi = {10.1234/a}}
@article{twin, title = {Something else altogether}, date = {2011}}
@article{broken, title = {Never closed
@article{last, title = {Last}, date = {2012}, doi = {10.1234/a}}
"""
    library(bib={"b.bib": more})
    ingest(home)
    with open_base(home.database) as base:
        counts = base.counts()
        base_now = saved.run(base, "warning", SearchOptions(), on=DAY).searched
        (home.notes / "searches").mkdir()
        (home.notes / "searches" / "mine.md").write_text("---\nkind: search\nquery: warning\n---\n")
        ingest(home)
    with open_base(home.database) as base:
        said = json.loads(search_report(saved.record(base, "mine", on=DAY), "json"))
    assert (base_now.held, base_now.cited) == (counts.held, counts.cited)
    files = {one["path"]: (one["entries"], one["left_out"], one["named"]) for one in said["sources"]}
    assert files["references/a.bib"] == (3, 0, False)
    assert files["references/b.bib"] == (4, 2, False)
    assert files["references/cited.bib"] == (1, 0, True)
    flow = {box["name"].split(" (")[0]: box["count"] for box in said["prisma_flow"]}
    identified = flow["Records identified from databases and other sources"]
    named = flow["Records identified by citation searching"]
    removed = flow["Duplicate records removed before screening"]
    lost = flow["Records removed for other reasons"]
    assert (identified, named, lost) == (7, 2, 2)  # an entry of cited.bib, and a work that has none
    assert identified + named - removed - lost == flow["Works searched"] == counts.held + counts.cited
    assert flow["Records screened"] is None


# --- the same words everywhere


def test_the_pages_and_the_record_make_the_same_query_of_facets() -> None:
    """A search saved from an address is the search of that address."""
    wanted = {
        "q": "x y",
        "held": "held",
        "year": "2001..",
        "tool": "cport",
        "level": "l",
        "findings": "findings",
    }
    wanted |= {"literal": "1", "off": "csam,grooming", "sort": "year"}
    wanted["all"] = "1"
    query, options = asked(wanted)
    assert only_of(options.facets) == facets.narrowed_by(wanted)
    assert facets_of(reversed(only_of(options.facets))) == options.facets
    assert (query, options.all_words) == (wanted["q"], True)
    assert parameters(SavedSearch(query, options)) == wanted
    assert asked({"sort": "size", "off": ",", "colour": "red"}) == ("", SearchOptions())


@pytest.mark.parametrize("name", SEARCH_FACETS)
def test_every_facet_is_a_field_and_back(name: str) -> None:
    """What a saved search keeps, a command can say, and the other way round."""
    pair = (name, "findings" if name == "findings" else "held")
    [field] = only_of([pair])
    assert saved.is_field(field)
    assert facets_of([field]) == (pair,)


# --- facets narrow the whole, whatever the words are


def test_a_facet_beside_or_narrows_both_sides(home: Library) -> None:
    """It is no word of the query: OR does not let the left side out of it."""
    options = SearchOptions(facets=(("held", "held"), ("year", "2003")))
    slug = save(home, "title:again OR title:reception", options)
    with open_base(home.database) as base:
        _, search = saved.saved(base, slug)
    assert search.found == {"alert2003"}
    assert search.command.endswith("--only is:held --only year:2003 -- 'title:again OR title:reception'")


# --- understood otherwise today


@pytest.mark.parametrize("form", REPORTS)
def test_the_record_says_when_the_query_means_something_else_today(
    home: Library, library: WriteLibrary, form: str
) -> None:
    """Nobody takes the works of then for those of now; and it is silent where all is as it was."""
    slug = save(home)
    with open_base(home.database) as base:
        before = saved.record(base, slug, on=DAY)
    library(notes={"topics/warning-messages.md": TOPIC.replace("alerts", "alarms")})
    ingest(home)
    with open_base(home.database) as base:
        after = saved.record(base, slug, on=DAY)
    assert (before.otherwise, after.otherwise) == (False, True)
    told = [search_report(record, form) for record in (before, after)]
    if form == "json":
        assert [json.loads(x)["search"]["understood_otherwise_today"] for x in told] == [False, True]
        assert any("alarms" in line for line in json.loads(told[1])["now"]["understood"])
    assert ["Today it is understood otherwise than on 2026-11-22" in text for text in told] == [False, True]
    assert ["alarms" in told[1]] == [True]


def test_every_shipped_search_runs_again_to_its_own_record(shipped: Library) -> None:
    """Its command, how it is understood, what it finds: the last run that is recorded says what is so."""
    with open_base(shipped.database) as base:
        lines = saved.searches(base)
        assert lines
        for line in lines:
            now = saved.again(base, line.slug, on=DAY)
            assert line.last is not None
            counts = [(x.total, x.complete, x.held, x.cited) for x in (line.last, now.run)]
            same = (now.search.command == now.run.command, now.otherwise, now.new, now.gone, counts[0])
            how = f"kb searches forget {line.slug}; kb searches run {line.slug} --record"
            assert same == (True, False, (), (), counts[1]), (
                f"The record is out of date. Record it anew: {how}"
            )


# --- the store is a view

NAMES = ("a", "b", "c")
NOTES = st.builds(
    "---\nkind: search\nquery: {}\nwhy: w\noptions: {{literal: {}, off: [{}]}}\nrun:\n{}\n---\n".format,
    st.sampled_from(["x", "y z", "''"]),
    st.sampled_from(["true", "false", "often"]),
    st.sampled_from(["", "warning-messages", "nowhere"]),
    st.lists(
        st.sampled_from(
            [
                "  - {on: 2026-01-01, found: [a, b]}",
                "  - {on: 2026-01-02, new: [c], gone: [a], counts: {total: 2}}",
                "  - {on: 2026-01-02, new: [c], by: x, understood: [one, two]}",
                "  - {on: never}",
                "  - {on: 2026-01-03, unlisted: true}",
            ]
        ),
        max_size=4,
    ).map("\n".join),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.dictionaries(st.sampled_from(NAMES), NOTES | st.none()), min_size=1, max_size=3))
def test_brought_up_to_date_the_store_is_as_if_made_from_nothing(
    home: Library, steps: list[dict[str, str | None]]
) -> None:
    """Whatever saved searches come, change and go."""
    folder = home.notes / "searches"
    folder.mkdir(exist_ok=True)
    for step in steps:
        for name, text in step.items():
            path = folder / f"{name}.md"
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text)
        ingest(home)
    assert rows(home.database) == from_nothing(home)


def test_the_rows_of_a_search_are_the_search(home: Library, library: WriteLibrary) -> None:
    """What the reader made of a note is what the store gives back."""
    first = "{on: 2026-01-01, by: me, found: [b, a]}"
    second = "{on: 2026-01-02, new: [c], gone: [a], understood: [q]}"
    front = f"kind: search\nquery: x\nwhy: w\nrun:\n  - {first}\n  - {second}\n"
    library(notes={"searches/mine.md": f"---\n{front}---\n"})
    ingest(home)
    with open_base(home.database) as base:
        _, search = saved.saved(base, "mine")
    assert search.runs == (
        SearchRun("2026-01-01", "me", found=("a", "b")),
        SearchRun("2026-01-02", understood=("q",), new=("c",), gone=("a",)),
    )
    assert search.found == {"b", "c"}
