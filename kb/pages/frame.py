"""What every page has: its place in the navigation, its look, its keys, its foot."""

from pathlib import Path

import streamlit as st

from kb.base import Base
from kb.errors import KBError, StoreError, UnknownName
from kb.library import Library
from kb.pages import (
    add,
    claims,
    graph,
    health,
    links,
    lists,
    notes,
    saved,
    search,
    session,
    subjects,
    terms,
    topics,
    work,
)
from kb.pages.parts.foot import foot
from kb.pages.parts.markup import el, joined, link, put
from kb.pages.parts.said import say

_LOOK = Path(__file__).parent / "look"
_NAME = "Evidence base"  # all that a browser's tab and history say: a reader's screen may be shared


def draw() -> None:
    """Draw the page that the URL names; what cannot be done is said in a sentence."""
    st.set_page_config(page_title=_NAME, page_icon=_LOOK / "icon.svg", layout="wide")
    st.html(_LOOK / "style.css")
    try:
        home = session.library()
        _keep_up(home)
        with session.drawing(home) as base:
            _page(home, base)
    except KBError as error:
        st.error(str(error))


def _keep_up(home: Library) -> None:
    """Read the text if it changed; where that cannot be, say so and show what was read before."""
    try:
        session.keep_up(home)
    except StoreError as error:
        put(el("div", f"{error} What is shown may be older than the text.", cls="kb-said kb-attention"))


def _page(home: Library, base: Base) -> None:
    page = st.navigation(_pages(base))
    st.set_page_config(page_title=f"{page.title} · {_NAME}")
    st.logo(_LOOK / "icon.svg", icon_image=_LOOK / "icon.svg", size="large")
    try:
        page.run()
    except UnknownName as error:
        _unknown(base, error)
    foot(home, base)
    _keys()


def _pages(base: Base) -> dict[str, list[st.Page]]:
    """The navigation: four groups, and the free pages of the library in the last."""
    free = [
        st.Page(notes.page(slug), title=title, url_path=links.page(slug))
        for slug, title in base.notes("page")
    ]
    return {
        "Find": [
            st.Page(search.show, title="Search", url_path="search", default=True),
            st.Page(work.show, title="Works", url_path="work"),
            st.Page(graph.show, title="Citation graph", url_path="graph"),
            st.Page(notes.show, title="Note", url_path="note", visibility="hidden"),
        ],
        "Evidence": [
            st.Page(topics.show, title="Topics", url_path="topics"),
            st.Page(terms.show, title="All terms", url_path="words"),
            st.Page(subjects.show_tools, title="Tools", url_path="tools"),
            st.Page(subjects.show_programmes, title="Programmes", url_path="programmes"),
            st.Page(claims.show, title="Claims", url_path="claims"),
        ],
        "Library": [
            st.Page(lists.show, title="Reading lists", url_path="lists"),
            st.Page(saved.show, title="Saved searches", url_path="saved"),
            st.Page(add.show, title="Add", url_path="add"),
            st.Page(health.show, title="Health", url_path="health"),
        ],
        "Help": free,
    }


def _unknown(base: Base, error: UnknownName) -> None:
    """What was asked for is not here; the nearest that is, as links."""
    say()
    put(el("h1", "Nothing goes by that name"))
    put(el("p", f"No {error.what} here is called “{error.name}”. It may have been renamed or removed."))
    if error.candidates:
        near = joined((_candidate(base, name) for name in error.candidates), ", ")
        put(el("p", "Did you mean ", near, "?"))
    put(el("p", link("Search for it", links.address("", q=error.name)), cls="kb-quiet"))


def _candidate(base: Base, name: str) -> str:
    kind, found = base.kind_of(name)
    return link(name, links.work(found) if kind == "work" else links.named(kind, found))


def _keys() -> None:
    """The one keyboard listener; it also follows our links without loading the page anew."""
    script = (_LOOK / "keys.js").read_text("utf-8")
    listener = st.components.v2.component("kb_keys", html="<div hidden></div>", js=script)
    listener(key="kb_keys")
