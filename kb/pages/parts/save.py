"""Searches saved by hand, a run of one recorded or taken out again. The text is written first."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from kb.base import Base, saved
from kb.edit import forget_run, record_run, save_search
from kb.edit.searches import Recorded
from kb.errors import EditError, UnknownName
from kb.ingest import ingest
from kb.model import SEARCH_FACETS, SORTS, SavedSearch, SearchOptions, whole_query
from kb.pages import links, session
from kb.pages.parts.markup import el, link, put
from kb.pages.parts.said import Said, do
from kb.pages.parts.undo import way_back

_FIELDS = ("title", "why", "by")
_DONE = "save-recorded"


def save_form(base: Base, wanted: Mapping[str, str]) -> None:
    """The form that saves the search which a URL's parameters ask for; nothing else is ever recorded."""
    query, options = asked(wanted)
    if not whole_query(query, options.facets):
        return
    same = [x for x in saved.searches(base) if (x.search.query, x.search.options) == (query, options)]
    if same:
        where = link(same[0].title, links.named("search", same[0].slug))
        put(el("p", "This search is saved as ", where, ".", cls="kb-quiet"))
        return
    with st.expander("Save this search", key="save-open"), st.form("save", border=False):
        put(el("p", "It is written into the notes, with what it finds today.", cls="kb-quiet"))
        st.text_input("Name", key="save-title", max_chars=200, placeholder=query or "may stay empty")
        st.text_area(
            "Why",
            key="save-why",
            max_chars=2_000,
            height=96,
            placeholder="What is it to answer, and for whom?",
        )
        st.text_input("Run by", key="save-by", max_chars=200, placeholder="may stay empty")
        st.form_submit_button("Save", on_click=partial(_save, query, options))


def asked(wanted: Mapping[str, str]) -> tuple[str, SearchOptions]:
    """The query and options that a URL's parameters ask for; what is none of them is left out."""
    sort = wanted.get("sort", "")
    return wanted.get("q", "").strip(), SearchOptions(
        literal="literal" in wanted,
        all_words="all" in wanted,
        sort=sort if sort in SORTS else SORTS[0],
        off=tuple(filter(None, wanted.get("off", "").split(","))),
        facets=tuple((name, wanted[name]) for name in SEARCH_FACETS if wanted.get(name)),
    )


def parameters(search: SavedSearch) -> dict[str, str]:
    """The URL's parameters that ask for a saved search."""
    options = search.options
    said = {
        "q": search.query,
        **dict(options.facets),
        "literal": "1" if options.literal else "",
        "all": "1" if options.all_words else "",
        "off": ",".join(options.off),
        "sort": options.sort if options.sort != SORTS[0] else "",
    }
    return {name: value for name, value in said.items() if value}


def record_form(slug: str) -> None:
    """The form that writes today's run into the note, and after that the button that takes it out again."""
    with st.form("record", border=False):
        st.text_input("Run by", key="save-by", max_chars=200, placeholder="may stay empty")
        st.form_submit_button("Record this run", on_click=partial(_record, slug))
    done = st.session_state.get(_DONE)
    if isinstance(done, Recorded) and done.commands == Recorded(f"{slug}.md", done.run).commands:
        way_back("Take it out again", done, partial(_forget, slug), name="record")


def today() -> date:
    """The day that stands in a run."""
    return datetime.now(UTC).date()


def _typed(name: str) -> str:
    return str(st.session_state.get(f"save-{name}") or "").strip()


def _save(query: str, options: SearchOptions) -> None:
    def change() -> Said:
        home = session.library()
        search = SavedSearch(query, options, _typed("why"))
        if not search.why:
            raise EditError("Say why the search is saved: a reason is needed. Nothing was written.")
        ingest(home)
        with session.drawing(home) as base:
            first = saved.run(base, query, options, on=today(), by=_typed("by"))
        slug = save_search(home, search, first, title=_typed("title"), today=today())
        return Said("Saved:", links.named("search", slug), _typed("title") or query or slug)

    if do(change):
        _emptied()


def _record(slug: str) -> None:
    def change() -> Said:
        home = session.library()
        ingest(home)
        try:
            with session.drawing(home) as base:
                now = saved.again(base, slug, on=today(), by=_typed("by"))
        except UnknownName as error:
            raise EditError(f"{error} Nothing was written.") from error
        written = record_run(home, now.note.slug, now.run, same=now.same)
        st.session_state[_DONE] = written
        what = " It found too many works to list them: only the counts." if written.run.unlisted else ""
        return Said(f"The run of {now.run.on} was recorded in {written.path}.{what}")

    if do(change):
        _emptied()


def _forget(slug: str) -> None:
    def change() -> Said:
        gone = forget_run(session.library(), slug)
        st.session_state.pop(_DONE, None)
        return Said(f"The run of {gone.on} was taken out again.")

    do(change)


def _emptied() -> None:
    """What was typed goes once it stands in the text."""
    for name in _FIELDS:
        st.session_state.pop(f"save-{name}", None)
