"""A long list in steps: the first few, and a button for more. Five thousand rows would hold a page up."""

from functools import partial

import streamlit as st

FIRST = 10
STEP = 50

Steps = dict[str, int]
"""How many rows of each list are shown, by the list's name; FIRST where nothing is said."""


def shown(steps: Steps, name: str, total: int) -> int:
    """How many of a list's rows to show; all, where only one or two would be left."""
    wanted = steps.get(name, FIRST)
    return total if total - wanted <= 2 else wanted


def more(steps: Steps, name: str, total: int) -> None:
    """The button that shows further rows, if there are any."""
    now = shown(steps, name, total)
    if now >= total:
        return
    step = min(STEP, total - now)
    label = f"Show {step} more of {total:,}" if step < total - now else f"Show the other {step}"
    further = partial(steps.__setitem__, name, now + step)
    st.button(label, key=f"more-{name}", type="tertiary", on_click=further)
