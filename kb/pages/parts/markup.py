"""Markup that is safe by how it is made: whatever is not markup already is escaped."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

import streamlit as st


class Html(str):
    """Markup that may be shown as it is."""

    __slots__ = ()


Inside: TypeAlias = "str | int | None"

_EMPTY = frozenset({"br", "hr", "img", "col"})


def safe(inside: Inside) -> Html:
    """``inside`` as markup: text is escaped, markup stays, None is nothing.

    >>> safe("a < b")
    'a &lt; b'
    """
    if inside is None:
        return Html("")
    return inside if isinstance(inside, Html) else Html(escape(str(inside)))


def el(name: str, *inside: Inside, cls: str = "", **attributes: str) -> Html:
    """An element; ``cls`` is its class, and ``_`` in an attribute's name stands for ``-``.

    >>> el("a", "Seto & Eke", href="work?work=x")
    '<a href="work?work=x">Seto &amp; Eke</a>'
    """
    given = {"class": cls, **{key.replace("_", "-"): value for key, value in attributes.items()}}
    written = "".join(f' {key}="{escape(value)}"' for key, value in given.items() if value)
    if name in _EMPTY:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(map(safe, inside))}</{name}>")


def joined(parts: Iterable[Inside], between: str = "") -> Html:
    """The parts that are there, with ``between`` (text) between them."""
    return Html(safe(between).join(safe(part) for part in parts if part not in {None, ""}))


def link(text: Inside, href: str, *, cls: str = "") -> Html:
    """A link within the browser."""
    return el("a", text, href=href, cls=cls)


def outward(text: Inside, url: str) -> Html:
    """A link that leaves the browser, in a window of its own; text alone unless it is http or https."""
    if not url.lower().startswith(("https://", "http://")):
        return safe(text)
    return el("a", text, href=url, target="_blank", rel="noopener noreferrer", cls="kb-out")


def copier(label: str, text: str) -> Html:
    """A button that puts ``text`` on the clipboard; the listener of every page does it (``look/keys.js``)."""
    return el("button", label, cls="kb-copy", type="button", data_copy=text)


def put(*inside: Inside) -> None:
    """Put markup on the page, as one block."""
    markup = joined(inside)
    if markup:
        st.html(markup)
