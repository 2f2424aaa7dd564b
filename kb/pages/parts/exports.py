"""Exports of what is shown: made when they are asked for, not at each drawing."""

from collections.abc import Callable

import streamlit as st

from kb.base import Base
from kb.pages import session
from kb.render import EXPORTS

Make = Callable[[Base, str], str]

_LABELS = {
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
    "md": "Markdown",
    "csv": "CSV",
    "json": "JSON",
}


def exports(what: str, name: str, make: Make) -> None:
    """Buttons that export ``what`` in every format; ``make`` is asked with a base of its own."""
    home = session.library()

    def made(form: str) -> Callable[[], bytes]:
        def run() -> bytes:
            with session.drawing(home) as base:
                return make(base, form).encode("utf-8")

        return run

    with st.container(horizontal=True, vertical_alignment="center", key=f"exports-{name}"):
        st.caption(f"Export {what}")
        for form, export in EXPORTS.items():
            st.download_button(
                _LABELS.get(form, form),
                made(form),
                file_name=f"{name}{export.suffix}",
                mime=export.mime,
                key=f"export-{name}-{form}",
                on_click="ignore",
                type="tertiary",
            )
