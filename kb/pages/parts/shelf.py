"""Reading lists, changed by hand: one begun, a work put on, moved, taken off. The text is written first."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from kb.base import Base
from kb.edit import add_to_list, move_in_list, new_list, remove_from_list
from kb.errors import EditError, UnknownWork
from kb.model import ROLES, ItemView, ListView
from kb.pages import links, session
from kb.pages.parts.said import Said, do
from kb.pages.parts.words import spaced
from kb.pages.parts.works import short

_NEW = ""
_FIELDS = ("title", "audience", "purpose", "work", "section", "role", "reason", "minutes")


def put_on(base: Base, citekey: str) -> None:
    """The form that puts a work on a reading list, an old one or a new one."""
    titles = {line.slug: line.title for line in base.lists()}
    with st.expander("Add to a reading list", key="shelf-open"):
        slug = st.selectbox(
            "Reading list",
            [*titles, _NEW],
            format_func=lambda slug: titles.get(slug, "A new list …"),
            key="shelf-list",
        )
        with st.form("shelf", border=False):
            if slug == _NEW:
                st.text_input("Title of the new list", key="shelf-title", max_chars=200)
            _item_fields()
            st.form_submit_button("Add", on_click=partial(_put_on, citekey, slug, titles.get(slug, "")))


def put_on_this(view: ListView) -> None:
    """The form that puts any work on this list."""
    with st.form("shelf", border=False):
        st.text_input("Citekey or DOI of the work", key="shelf-work", max_chars=300)
        _item_fields()
        st.form_submit_button("Add", on_click=partial(_put_on, "", view.note.slug, view.note.title))


def begin() -> None:
    """The form that begins a list."""
    with st.expander("Begin a reading list"), st.form("begin", border=False):
        st.text_input("Title", key="shelf-title", max_chars=200)
        st.text_input("For whom", key="shelf-audience", max_chars=300, placeholder="may stay empty")
        st.text_input("What for", key="shelf-purpose", max_chars=500, placeholder="may stay empty")
        st.form_submit_button("Begin", on_click=_begin)


def handles(view: ListView, place: int) -> None:
    """Buttons that move the item at ``place`` (from 1) up or down, or take it off.

    The number in each label is for those who hear it; the eye has it beside the title.
    """
    slug, item = view.note.slug, view.items[place - 1]
    with st.container(horizontal=True, gap="small", key=f"handles-{place}"):
        for label, to, stuck in (
            ("Move up", place - 1, place == 1),
            ("Move down", place + 1, place == len(view.items)),
        ):
            st.button(
                f"{label} *number {place}*",
                key=f"{label}-{place}",
                type="tertiary",
                disabled=stuck,
                on_click=partial(_move, slug, item, to),
            )
        label, key = f"Take off *number {place}*", f"off-{place}"
        st.button(label, key=key, type="tertiary", on_click=partial(_take_off, slug, item))


def _item_fields() -> None:
    why = "Why should somebody read it?"
    st.text_area("Reason", key="shelf-reason", max_chars=2_000, height=96, placeholder=why)
    st.text_input("Section", key="shelf-section", max_chars=200, placeholder="may stay empty")
    st.selectbox("Role", ["", *ROLES], format_func=lambda role: spaced(role) or "None", key="shelf-role")
    st.number_input("Minutes to read", min_value=1, max_value=9_999, value=None, key="shelf-minutes")


def _typed(name: str) -> str:
    return str(st.session_state.get(f"shelf-{name}") or "").strip()


def _put_on(citekey: str, slug: str, title: str) -> None:
    def change() -> Said:
        home = session.library()
        if not _typed("reason"):
            raise EditError("Say why the work is on the list: a reason is needed. Nothing was written.")
        if not citekey and not _typed("work"):
            raise EditError("Name the work by its citekey or DOI. Nothing was written.")
        name, aliases = _names(citekey or _typed("work"))
        where = slug or new_list(home, _typed("title"))
        minutes = st.session_state.get("shelf-minutes")
        add_to_list(
            home,
            where,
            name,
            _typed("reason"),
            section=_typed("section"),
            role=_typed("role"),
            minutes=int(minutes) if minutes else None,
            aliases=aliases,
        )
        return Said("Added to", links.named("list", where), title or _typed("title"))

    _do(change)


def _names(name: str) -> tuple[str, tuple[str, ...]]:
    """The citekey that a person's words lead to, and its aliases: a list may have the work under one."""
    try:
        with session.drawing(session.library()) as base:
            work = base.work(name).work
            return work.citekey, work.aliases
    except UnknownWork as error:
        raise EditError(f"{error} Nothing was written.") from error


def _begin() -> None:
    def change() -> Said:
        home, audience = session.library(), _typed("audience")
        slug = new_list(home, _typed("title"), audience=audience, purpose=_typed("purpose"))
        return Said("Begun:", links.named("list", slug), _typed("title"))

    _do(change)


def _move(slug: str, item: ItemView, to: int) -> None:
    def change() -> Said:
        citekey, aliases = _names(item.work.citekey)
        move_in_list(session.library(), slug, citekey, to, aliases=aliases)
        return Said(f"{short(item.work)} is now number {to}.")

    do(change)


def _take_off(slug: str, item: ItemView) -> None:
    """Take a work off; what was said of it goes into the form, so that nothing is lost by one click."""

    def change() -> Said:
        citekey, aliases = _names(item.work.citekey)
        remove_from_list(session.library(), slug, citekey, aliases=aliases)
        again = "To put it back, choose Add below: what was said of it stands there."
        return Said(f"{short(item.work)} was taken off this list. {again}")

    if do(change):
        said = "\n\n".join(filter(None, (item.reason, item.text)))
        typed = {"work": item.work.citekey, "section": item.section, "role": item.role, "reason": said}
        for name, value in typed.items():
            st.session_state[f"shelf-{name}"] = value
        st.session_state["shelf-minutes"] = item.minutes


def _do(change: Callable[[], Said]) -> None:
    """Make the change; what was typed goes once it stands in the text."""
    if do(change):
        for name in _FIELDS:
            st.session_state.pop(f"shelf-{name}", None)
