"""What was done, said once, at the top of the page that comes after it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from kb.errors import EditError
from kb.pages.parts.markup import el, link, put

_KEY = "said"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a change, and where to see it."""

    text: str
    href: str = ""
    label: str = ""
    attention: bool = False


def do(change: Callable[[], Said]) -> bool:
    """Change the text; whether that was done. The next drawing reads it again, and says what was done."""
    try:
        st.session_state[_KEY] = change()
    except EditError as error:
        st.session_state[_KEY] = Said(str(error), attention=True)
        return False
    return True


def say() -> None:
    """Show what was done, if it was not shown yet."""
    said = st.session_state.pop(_KEY, None)
    if isinstance(said, Said):
        where = link(said.label, said.href) if said.href else None
        cls = "kb-said kb-attention" if said.attention else "kb-said"
        put(el("div", said.text, " " if where else None, where, cls=cls, role="status"))
