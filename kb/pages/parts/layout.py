"""The shape of a page: a reading column, and a margin that falls below it on narrow screens."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def reading_and_margin() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The two columns; the style sheet holds the first to a measure that reads well."""
    with st.container(key="kb-two"):
        reading, margin = st.columns([76, 28], gap="large")
    return reading, margin
