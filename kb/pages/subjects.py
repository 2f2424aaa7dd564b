"""Tools and programmes: a table of each, and a page for one with its facts and its findings by outcome."""

from collections.abc import Iterable

import streamlit as st

from kb.base import Base
from kb.model import Note, TopicLine, TopicView
from kb.pages import links, session
from kb.pages.parts import claims, findings, works
from kb.pages.parts.exports import Make, exports
from kb.pages.parts.facts import facts
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import drawn
from kb.pages.parts.words import counted, evaluation, spaced
from kb.pages.topics import neighbours

_NONE_SHOWN = "No finding is entered for it yet: a study note that names it in a finding would stand here."

_TOOLS = (
    "Instruments to assess, rank or prioritise. Each version is a tool of its own, "
    "and counts for itself; the page of a family gathers its versions."
)
_PROGRAMMES = (
    "Services and interventions that people can meet. “Evaluated” says that somebody "
    "tested one, not that it works: its page says what was found."
)


def show_tools() -> None:
    """Draw the page of tools, or of one."""
    _show("tool", "Tools", _TOOLS)


def show_programmes() -> None:
    """Draw the page of programmes, or of one."""
    _show("programme", "Programmes", _PROGRAMMES)


def _show(kind: str, title: str, about: str) -> None:
    name, base = st.query_params.get(kind, ""), session.base()
    if name:
        _one(base, base.topic(name))
    else:
        put(el("h1", title), el("p", about, cls="kb-quiet"))
        lines = base.topic_lines(kind)
        if not lines:
            put(el("p", f"{title} come from notes of kind {kind}: see Help."))
        elif kind == "tool":
            put(_tools(base, lines))
        else:
            put(_programmes(base, lines))


# --- tables


def _tools(base: Base, lines: list[TopicLine]) -> Html:
    head = ("Tool", "Purpose", "Items", "Works", "Findings")
    rows = []
    for line in lines:
        front = base.note(line.slug).front
        full = str(front.get("full_name", ""))
        rows.append(
            (
                _named(line, full),
                spaced(str(front.get("purpose", ""))),
                str(front.get("items", "")),
                line.works,
                line.findings,
            )
        )
    return _table(head, rows)


def _programmes(base: Base, lines: list[TopicLine]) -> Html:
    head = ("Programme", "For", "Evaluation", "Works", "Findings")
    rows = []
    for line in lines:
        front = base.note(line.slug).front
        rows.append(
            (
                _named(line, str(front.get("operator", ""))),
                str(front.get("audience", "")),
                evaluation(str(front.get("status", ""))),
                line.works,
                line.findings,
            )
        )
    return _table(head, rows)


def _named(line: TopicLine, under: str) -> Html:
    below = el("div", under, cls="kb-quiet") if under and under != line.label else None
    return joined((link(line.label, links.named(line.kind, line.slug)), below))


def _table(head: Iterable[str], rows: Iterable[tuple[Html | str | int, ...]]) -> Html:
    heads = tuple(head)
    figures = ("Works", "Findings")
    top = [el("th", name, role="columnheader", cls="kb-figure" if name in figures else "") for name in heads]
    body = [el("tr", *map(_cell, row, heads), role="row") for row in rows]
    # On narrow screens the cells stand under one another: the roles keep it a table all the same.
    table = el(
        "table",
        el("thead", el("tr", *top, role="row")),
        el("tbody", joined(body)),
        role="table",
        cls="kb-stacks",
    )
    return el("div", table, cls="kb-scroll kb-wide")


def _cell(value: Html | str | int, head: str) -> Html:
    """A cell; its head goes with it where the cells of a row stand under one another."""
    if isinstance(value, int):
        said = str(value) if value else "–"
        return el("td", said, cls="kb-figure", role="cell", data_head=head)
    cls = "" if value else "kb-none"
    return el("td", value, cls=cls, role="cell", data_head=head if not isinstance(value, Html) else "")


# --- one


def _one(base: Base, view: TopicView) -> None:
    note = view.note
    reading, margin = reading_and_margin()
    with reading:
        put(el("div", spaced(note.kind), cls="kb-kind"), el("h1", note.title))
        put(_full_name(note), drawn(base, note))
        _findings(base, view)
        put(_claims(base, note.slug))
        if view.works:
            put(el("h2", counted(len(view.works), "work")), works.cards(map(works.card, view.works)))
    with margin:
        put(facts(base, note))
        put(neighbours(view))
        if view.works:
            exports(counted(len(view.works), "work"), note.slug, _export(note.slug))
        put(el("div", note.origin.path, cls="kb-origin"))


def _full_name(note: Note) -> Html | None:
    full = str(note.front.get("full_name", ""))
    return el("p", full, cls="kb-reference") if full and full != note.title else None


def _findings(base: Base, view: TopicView) -> None:
    found = base.evidence(view.note.slug)
    names = {topic.slug: topic for topic in base.topic_lines()}
    samples = dict(base.notes("sample"))
    said = f"As each work reports them; nothing is pooled here. {findings.split(found)}"
    said = said.strip() if found else _NONE_SHOWN
    put(el("h2", counted(len(found), "finding") if found else "Findings"), el("p", said, cls="kb-quiet"))
    if found:
        put(findings.of_subject(found, names, samples, slug=view.note.slug))


def _claims(base: Base, slug: str) -> Html | None:
    found = [line for line in base.claims() if slug in line.claim.about]
    if not found:
        return None
    return joined((el("h2", "Claims about it"), claims.claims(base, found)))


def _export(slug: str) -> Make:
    return lambda base, form: base.export([line.citekey for line in base.topic(slug).works], form)
