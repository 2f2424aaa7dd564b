"""Health: how much there is, what is wrong with the text, how complete it is; and what may be duplicates."""

from itertools import groupby

import streamlit as st

from kb.base import Base
from kb.model import Coverage, Problem
from kb.pages import duplicates, links, session
from kb.pages.parts import works
from kb.pages.parts.markup import Html, el, joined, put
from kb.pages.parts.problems import problems as by_code
from kb.pages.parts.said import Said, say
from kb.pages.parts.words import counted

_TABS = {"": "Overview", "duplicates": "Duplicates"}
_HEADS = {"error": "Errors: what they name was not stored", "warning": "Warnings: stored, but look"}


def show() -> None:
    """Draw the page."""
    tab = st.query_params.get("tab", "")
    say()
    put(el("h1", "Health"), _tabs(tab if tab in _TABS else ""))
    if tab == "duplicates":
        duplicates.show()
    else:
        _overview(session.base())


def _tabs(chosen: str) -> Html:
    """The tabs are addresses, so that each can be sent to somebody."""
    shown = (
        el("a", label, href=links.address("health", tab=tab), aria_current="page" if tab == chosen else "")
        for tab, label in _TABS.items()
    )
    return el("nav", joined(shown, " "), cls="kb-tabs", aria_label="Parts of this page")


def _overview(base: Base) -> None:
    put(_counts(base))
    _again()
    _problems(base.problems())
    put(_coverage(base.coverage()))
    put(_incomplete(base))


def _counts(base: Base) -> Html:
    counts = base.counts()
    rows = (
        (counts.held, "works held"),
        (counts.cited, "known from reference lists"),
        (counts.citations, "citations"),
        (counts.notes, "notes"),
        (counts.findings, "findings"),
        (counts.claims, "claims"),
        (counts.errors, "errors"),
        (counts.warnings, "warnings"),
    )
    terms = (el("div", el("dt", what), el("dd", f"{count:,}")) for count, what in rows)
    return el("dl", joined(terms), cls="kb-counts")


def _again() -> None:
    """The text is read when it changes; this reads all of it again."""
    about = "Changed files are read by themselves; this makes the database anew from all of them."
    put(el("p", about, cls="kb-quiet"))
    if st.button("Read the text again", key="again"):
        report = session.read_text(session.library(), rebuild=True)
        st.session_state["said"] = Said(
            f"Read again: {counted(report.unchanged + report.changed + report.added, 'file')}."
        )
        st.rerun()


def _problems(problems: list[Problem]) -> None:
    if not problems:
        put(el("h2", "Problems"), el("p", "None: every entry and every note was stored as written."))
    for severity, of_severity in groupby(problems, key=lambda problem: problem.severity):
        found = list(of_severity)
        put(el("h2", _HEADS[severity], el("span", str(len(found)), cls="kb-count")), by_code(found))


def _coverage(coverage: Coverage) -> Html:
    said = (
        f"Of {counted(coverage.held, 'held work')}, the reference list of {coverage.complete} is entered "
        f"completely, of {coverage.partial} in part, of {coverage.unknown} not at all. "
        "So a work may be cited by more works than are shown here."
    )
    return joined((el("h2", "Reference lists"), el("p", said)))


def _incomplete(base: Base) -> Html:
    found = base.incomplete()
    head = el("h2", "Works with incomplete metadata", el("span", str(len(found)), cls="kb-count"))
    if not found:
        return joined((head, el("p", "None.", cls="kb-quiet")))
    about = el("p", "Their title, authors or year could not be read at the source yet.", cls="kb-quiet")
    rows = joined(works.card(line, badges=False) for line in found)
    folded = el("details", el("summary", "Show them"), el("div", rows, cls="kb-works"), cls="kb-branch")
    return joined((head, about, folded))
