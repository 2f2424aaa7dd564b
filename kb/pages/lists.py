"""Reading lists: all of them, and one in its order, to read, to change, to take along."""

from itertools import groupby

import streamlit as st

from kb.base import Base
from kb.model import ItemView, ListView
from kb.pages import links, session
from kb.pages.parts import works
from kb.pages.parts.exports import exports
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import markdown
from kb.pages.parts.said import say
from kb.pages.parts.shelf import begin, handles, put_on_this
from kb.pages.parts.words import counted, spaced


def show() -> None:
    """Draw the page."""
    name, base = st.query_params.get("list", ""), session.base()
    if name:
        _list(base, base.reading_list(name))
    else:
        _all(base)


def _all(base: Base) -> None:
    say()
    put(el("h1", "Reading lists"))
    put(el("p", "Works chosen and put in order, each with the reason why it is there.", cls="kb-quiet"))
    rows = [
        el(
            "article",
            el("div", link(line.title, links.named("list", line.slug), cls="kb-title kb-statement")),
            el("p", line.purpose) if line.purpose else None,
            el("div", joined((line.audience, counted(line.items, "work")), " · "), cls="kb-by"),
            cls="kb-work",
        )
        for line in base.lists()
    ]
    put(works.cards(rows) if rows else el("p", "None yet: begin one, or put a work on one from its page."))
    begin()


def _list(base: Base, view: ListView) -> None:
    editing = "edit" in st.query_params
    slug = view.note.slug
    reading, margin = reading_and_margin()
    with reading:
        say()
        put(el("div", "Reading list", cls="kb-kind"), el("h1", view.note.title))
        put(el("p", view.purpose, cls="kb-reference") if view.purpose else None)
        if not view.items:
            change = link("change this list", links.address("lists", list=slug, edit="1"))
            said = "Nothing stands on it yet: open a work and add it from there, or "
            put(el("p", said, change, ".", cls="kb-quiet"))
        _sections(base, view, editing=editing)
        if editing:
            _by_hand(view)
            put(el("h2", "Add a work"))
            put_on_this(view)
    with margin:
        put(_about(view))
        door = links.address("lists", list=slug, edit="" if editing else "1")
        put(el("p", link("Done" if editing else "Change this list", door)))
        exports("this list", slug, lambda base, form: base.export_list(slug, form))
        put(el("div", view.note.origin.path, cls="kb-origin"))


def _by_hand(view: ListView) -> None:
    """What is not changed here, and where it is."""
    what = "Reasons, titles and headings are changed in the file, with any editor: "
    put(el("p", what, el("code", view.note.origin.path), ". It is read again at once.", cls="kb-quiet"))


def _about(view: ListView) -> Html:
    minutes = sum(item.minutes or 0 for item in view.items)
    untimed = sum(item.minutes is None for item in view.items)
    time = f"{minutes} minutes" + (f", and {untimed} without a time" if untimed else "") if minutes else ""
    rows = [("Works", str(len(view.items))), ("For", view.audience), ("Time", time)]
    terms = [joined((el("dt", head), el("dd", said))) for head, said in rows if said]
    return el("dl", joined(terms), cls="kb-facts")


def _sections(base: Base, view: ListView, *, editing: bool) -> None:
    numbered = list(enumerate(view.items, start=1))
    for section, items in groupby(numbered, key=lambda pair: pair[1].section):
        put(el("h2", section) if section else None)
        if not editing:
            put(works.cards(_item(base, item) for _, item in items))
            continue
        for place, item in items:
            put(_item(base, item, place=place))
            handles(view, place)


def _item(base: Base, item: ItemView, *, place: int = 0) -> Html:
    """A work with the reason why it is on the list; with its number while the list is being changed."""
    minutes = f"{item.minutes} min" if item.minutes else ""
    about = joined((el("span", spaced(item.role), cls="kb-badge") if item.role else "", minutes), " ")
    return el(
        "article",
        el("div", el("span", f"{place}. ", cls="kb-quiet") if place else None, works.title(item.work)),
        el("div", works.byline(item.work), cls="kb-by"),
        el("div", markdown(base, item.reason), cls="kb-because") if item.reason else None,
        el("div", markdown(base, item.text), cls="kb-because") if item.text else None,
        el("div", about, works.status(item.work), cls="kb-badges")
        if about or works.status(item.work)
        else None,
        cls="kb-work",
    )
