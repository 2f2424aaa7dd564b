"""Saved searches: all of them, and one with its runs, what is new since the last, and its record."""

from collections.abc import Callable, Mapping

import streamlit as st

from kb.base import Base, saved
from kb.model import SavedSearch, SearchLine, SearchNow, SearchRun
from kb.pages import facets, links, session
from kb.pages.parts import works
from kb.pages.parts.exports import exports
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import drawn
from kb.pages.parts.said import say
from kb.pages.parts.save import parameters, record_form, today
from kb.pages.parts.words import counted, spaced, type_word
from kb.render import REPORTS, search_report

_SHOWN = 20
_HELD = {"held": "described here", "cited": "known from reference lists only"}
_FORMS = {"md": "Markdown", "json": "JSON", "csv": "CSV", "txt": "Text"}


def show() -> None:
    """Draw the page."""
    name, base = st.query_params.get("search", ""), session.base()
    if name:
        _one(base, saved.again(base, name, on=today()))
    else:
        _all(base)


def _all(base: Base) -> None:
    say()
    put(el("h1", "Saved searches"))
    about = "Searches that are to be reported or run again, each with the reason. Nothing else is recorded."
    put(el("p", about, cls="kb-quiet"))
    lines = saved.searches(base)
    put(
        works.cards(map(_card, lines))
        if lines
        else el("p", "None yet: search, then choose Save this search.")
    )


def _card(line: SearchLine) -> Html:
    last = f"last run {line.last.on}: {counted(line.last.total or 0, 'work')}" if line.last else "never run"
    runs = counted(len(line.search.runs), "run") if len(line.search.runs) > 1 else ""
    return el(
        "article",
        el("div", link(line.title, links.named("search", line.slug), cls="kb-title kb-statement")),
        el("p", line.search.why) if line.search.why else None,
        el("div", joined((last, runs), " · "), cls="kb-by"),
        cls="kb-work",
    )


# --- one


def _one(base: Base, now: SearchNow) -> None:
    note, search = now.note, now.search
    reading, margin = reading_and_margin()
    with reading:
        say()
        put(el("div", "Saved search", cls="kb-kind"), el("h1", note.title))
        put(el("p", search.why, cls="kb-reference") if search.why else None)
        put(_asked(base, search), el("p", link("Open the search", links.search(parameters(search)))))
        put(drawn(base, note) if note.body.strip() else None)
        put(el("h2", "What is new"))
        put(*(el("p", message, cls="kb-message") for message in now.messages))
        put(_summary(now), _new(now), _gone(base, now))
        record_form(note.slug)
        put(el("h2", "Runs"), _runs(search))
    with margin:
        put(_about(now))
        _reports(note.slug)
        exports("the works found now", f"saved-{note.slug}", _exported(note.slug))
        put(el("div", note.origin.path, cls="kb-origin"))


def _asked(base: Base, search: SavedSearch) -> Html:
    """What is searched for, as it was typed, and how."""
    options, labels = search.options, {topic.slug: topic.label for topic in base.topic_lines()}
    said = [_facet(name, value, labels) for name, value in options.facets]
    said += ["only as written"] if options.literal else []
    said += ["only works with every word"] if options.all_words else []
    said += [f"only as written: {labels.get(topic, topic)}" for topic in options.off]
    said += [f"{facets.SORTS[options.sort]} first"] if options.sort != "relevance" else []
    badges = joined((el("span", one, cls="kb-badge") for one in said), " ")
    typed = el("p", el("code", search.query)) if search.query else None
    return joined((typed, el("div", badges, cls="kb-badges") if said else None))


def _facet(name: str, value: str, labels: Mapping[str, str]) -> str:
    """A facet in words."""
    if name == "held":
        return _HELD.get(value, value)
    if name == "findings":
        return "with results entered"
    if name == "type":
        return type_word(value)
    if name == "year":
        return f"years: {value.replace('..', '–')}"
    return f"{spaced(name)}: {labels.get(value, value)}"


def _summary(now: SearchNow) -> Html:
    run, last = now.run, now.search.runs[-1] if now.search.runs else None
    found = f"{counted(run.total or 0, 'work')} now, {run.complete:,} with all the words."
    if last is None:
        since = " No run is recorded yet, so what is new cannot be told: record this one."
    elif now.new is None or now.gone is None:
        since = f" The run of {last.on} found too many works to list them, so what is new cannot be told."
    else:
        since = f" Since the run of {last.on}: {len(now.new):,} new, {len(now.gone):,} gone."
    return el("p", found, since, _otherwise(now, last), cls="kb-summary", role="status")


def _otherwise(now: SearchNow, last: SearchRun | None) -> str:
    """That not the library alone has changed, if so."""
    if last is None or not now.otherwise:
        return ""
    changed = "thesaurus" if last.thesaurus != now.run.thesaurus else "program"
    return f" The {changed} has changed since, and the query is understood otherwise: that too matters."


def _new(now: SearchNow) -> Html | None:
    new = now.new or ()
    if not new:
        return None
    more = len(new) - _SHOWN
    rest = el("p", f"and {more:,} more; open the search to see them", cls="kb-quiet") if more > 0 else None
    shown = works.cards(works.card(line, why="new since the last run") for line in new[:_SHOWN])
    return joined((shown, rest))


def _gone(base: Base, now: SearchNow) -> Html | None:
    """What was found and is no more; folded, for there is little to do about it."""
    gone = now.gone or ()
    if not gone:
        return None
    there = {line.citekey: line for line in base.lines(gone[:_SHOWN])}
    rows = [
        works.card(there[citekey], why="not found any more")
        if citekey in there
        else el("p", el("code", citekey), " is not in the library any more.")
        for citekey in gone[:_SHOWN]
    ]
    more = el("p", f"and {len(gone) - _SHOWN:,} more") if len(gone) > _SHOWN else None
    head = el("summary", f"{counted(len(gone), 'work')} gone")
    return el("details", head, works.cards(rows), more, cls="kb-branch")


def _runs(search: SavedSearch) -> Html:
    if not search.runs:
        return el("p", "None is recorded.", cls="kb-quiet")
    heads = ("Day", "Works", "All words", "Held", "New", "Gone", "Thesaurus", "By")
    top = el("tr", joined(el("th", head, scope="col") for head in heads))
    rows = joined(_row(run) for run in reversed(search.runs))
    return el("div", el("table", el("thead", top), el("tbody", rows)), cls="kb-scroll")


def _row(run: SearchRun) -> Html:
    listed = run.found is None and not run.unlisted
    numbers = [
        *(run.total, run.complete, run.held),
        *((len(run.new), len(run.gone)) if listed else (None, None)),
    ]
    cells = [
        run.on,
        *("–" if n is None else f"{n:,}" for n in numbers),
        run.thesaurus[:6] or "–",
        run.by or "–",
    ]
    return el("tr", joined(el("td", cell) for cell in cells))


# --- the margin


def _about(now: SearchNow) -> Html:
    rows = [
        ("Saved", now.note.added),
        ("Searched now", f"{counted(now.run.searched.held or 0, 'work')} held"),
        ("Newest text", now.run.searched.newest),
        ("Thesaurus", now.run.thesaurus),
    ]
    return el(
        "dl",
        joined(part for head, said in rows if said for part in (el("dt", head), el("dd", said))),
        cls="kb-facts",
    )


def _reports(slug: str) -> None:
    """Downloads of the record, as a review reports it (PRISMA-S)."""
    home = session.library()

    def made(form: str) -> Callable[[], bytes]:
        def make() -> bytes:
            with session.drawing(home) as base:
                record = saved.record(base, slug, on=today(), library=home.title)
                return search_report(record, form).encode("utf-8")

        return make

    with st.container(horizontal=True, vertical_alignment="center", key=f"exports-record-{slug}"):
        st.caption("Export the record (PRISMA-S)")
        for form, (_, suffix, mime) in REPORTS.items():
            st.download_button(
                _FORMS[form],
                made(form),
                file_name=f"search-{slug}{suffix}",
                mime=mime,
                key=f"record-{form}",
                on_click="ignore",
                type="tertiary",
            )


def _exported(slug: str) -> Callable[[Base, str], str]:
    def make(base: Base, form: str) -> str:
        return base.export(saved.again(base, slug, on=today()).citekeys, form)

    return make
