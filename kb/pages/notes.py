"""Notes that are pages: Help and its neighbours; and any note that has no page of another kind."""

from collections.abc import Callable

import streamlit as st

from kb.base import Base
from kb.model import Note
from kb.pages import session
from kb.pages.parts import works
from kb.pages.parts.facts import facts
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import el, put
from kb.pages.parts.notes import drawn
from kb.pages.parts.words import spaced


def page(slug: str) -> Callable[[], None]:
    """The drawing of one free page."""

    def show_one() -> None:
        base = session.base()
        note = base.note(slug)
        put(el("h1", note.title), drawn(base, note))

    return show_one


def show() -> None:
    """Draw the note that the URL names: a sample, a card, a saved search."""
    base = session.base()
    name = st.query_params.get("note", "")
    if not name:
        put(el("h1", "Notes"), el("p", "Name a note in the address, or open one from a page that names it."))
        return
    note = base.note(name)
    reading, margin = reading_and_margin()
    with reading:
        put(el("div", spaced(note.kind), cls="kb-kind"), el("h1", note.title), drawn(base, note))
        _studied_in(base, note)
    with margin:
        put(facts(base, note), el("div", note.origin.path, cls="kb-origin"))


def _studied_in(base: Base, note: Note) -> None:
    """The works whose study notes name this note."""
    studies = base.naming(note.slug, kind="study")
    lines = base.lines(str(study.front.get("work", "")) for study in studies)
    if lines:
        put(el("h2", "Works that name it"), works.cards(map(works.card, lines)))
