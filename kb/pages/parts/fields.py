"""The fields of an entry, changed by hand: the text is written first, and what was there can be put back."""

from functools import partial

import streamlit as st

from kb.edit import set_fields
from kb.errors import EditError
from kb.model import Work
from kb.pages import session
from kb.pages.parts.markup import el, joined, put
from kb.pages.parts.said import Said, do
from kb.pages.parts.undo import Written, take_back, way_back, work_now

_OTHER = ""
_DONE = "fields-done"
_MOST = 100_000  # characters that the form takes: a browser does not hold ten million


def change_entry(work: Work) -> None:
    """The form that changes one field of the entry; a work that no entry stands for has none."""
    if not work.held:
        return
    with st.expander("Change the entry", key="fields-open"):
        _where(work)
        names = [*work.fields, _OTHER]
        name = st.selectbox(
            "Field",
            names,
            index=names.index("title") if "title" in names else 0,
            format_func=lambda name: name or "Another field …",
            key=f"fields-field-{work.citekey}",
        )
        _form(work, name)


def put_back(work: Work) -> None:
    """What was changed last in this entry can be put back, as long as this page is looked at."""
    done = st.session_state.get(_DONE)
    if isinstance(done, Written) and work.citekey in done.before:
        label = f"Put back what {_listed(done)} said"
        way_back(label, done, partial(_put_back, done), name="fields")


def _where(work: Work) -> None:
    home = session.library()
    path = work.origin.path
    about = joined(("As it is written in ", el("code", path), ", with its LaTeX."))
    if path in home.readonly:
        overlay = el("code", home.relative(home.overlay))
        about = joined((el("code", path), " is read-only here: what you change goes to ", overlay, "."))
    put(el("p", about, cls="kb-quiet"))


def _form(work: Work, name: str) -> None:
    written = work.fields.get(name, "")
    source = _kept(work.citekey, name, written)
    with st.form("fields", border=False):
        if name == _OTHER:
            st.text_input("Name of the field", key="fields-name", max_chars=100)
        st.text_area(
            f"Text of {name}" if name else "Text",
            key=source,
            height=min(320, 72 + 24 * (len(written) // 40)),
            max_chars=max(_MOST, len(written)),
            placeholder="Left empty, the field is taken away." if written else None,
        )
        st.form_submit_button("Save", on_click=partial(_save, work.citekey, name, source))


def _kept(citekey: str, name: str, written: str) -> str:
    """The key of what is typed: begun with what the entry says, and begun anew where nothing was typed."""
    key = f"fields-source-{citekey}-{name}"
    begun = st.session_state.get(f"{key}-begun")
    if key not in st.session_state or begun is None or st.session_state[key] == begun:
        st.session_state[key] = written
        st.session_state[f"{key}-begun"] = written
    return key


def _save(citekey: str, name: str, source: str) -> None:
    value = str(st.session_state.get(source, "")).strip()
    begun = str(st.session_state.get(f"{source}-begun", ""))
    field = name or str(st.session_state.get("fields-name") or "").strip()

    def change() -> Said:
        if not field:
            raise EditError("Name the field, such as doi or pages. Nothing was written.")
        work = work_now(citekey)
        now = work.fields.get(field.lower(), "")
        if now != begun:
            st.session_state[f"{source}-begun"] = now
            shown = f"It says “{_short(now)}”" if now else "It is not there"
            message = f"{field} is not what this page showed. {shown}. Nothing was written;"
            raise EditError(f"{message} save again to write what you typed in its place.")
        if value == now.strip():
            raise EditError(f"{field} says that already. Nothing was written.")
        before = set_fields(session.library(), work, {field: value})
        st.session_state[_DONE] = Written(before={work.citekey: before})
        return Said(f"{'Set' if value else 'Taken away'} in {work.citekey}: {field}.")

    if do(change):
        for key in (source, f"{source}-begun", "fields-name", f"fields-field-{citekey}"):
            st.session_state.pop(key, None)


def _put_back(done: Written) -> None:
    def change() -> Said:
        take_back(done)
        del st.session_state[_DONE]
        return Said(f"Put back in {', '.join(done.before)}: {_listed(done)}.")

    do(change)


def _listed(done: Written) -> str:
    return ", ".join(name for fields in done.before.values() for name in fields)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:200]}…"
