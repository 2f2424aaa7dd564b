"""All terms: every topic's names, those to be used with care first, each with why."""

from collections.abc import Iterable, Sequence

import streamlit as st

from kb.base import Base
from kb.base.terms import COLUMNS, Term
from kb.model import FACETS, Label
from kb.pages import links, session
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import markdown
from kb.pages.parts.words import counted, spaced
from kb.render.table import csv_of

_REASONS = "words-we-use-and-avoid"  # the page of the shipped library that gives the reasons at length
_STATUS = {"caution": "with care", "historical": "older"}


def show() -> None:
    """Draw the page."""
    base = session.base()
    terms = base.terms()
    put(el("h1", "All terms: what we write, and what else you will find"), _lead(base, terms))
    if not terms:
        put(el("p", "Words come from notes of kind topic, tool and programme: see Help.", cls="kb-quiet"))
        return
    st.download_button(
        "Download all names as CSV",
        lambda: csv_of((row for term in terms for row in term.rows), COLUMNS).encode("utf-8"),
        file_name="words.csv",
        mime="text/csv",
        key="words-csv",
        on_click="ignore",
        type="tertiary",
    )
    put(_avoided(base, [term for term in terms if term.to_avoid]))
    put(el("h2", "Every term, with its other names", id="all-terms"))
    for facet in (*FACETS, ""):
        put(_facet(facet, [term for term in terms if term.topic.facet == facet]))


def _lead(base: Base, terms: Sequence[Term]) -> Html:
    names = sum(len(term.rows) for term in terms)
    reasons = links.page(_REASONS)
    why = [link("Why, and how names are kept", reasons)] if _REASONS in dict(base.notes("page")) else []
    said = (
        f"{counted(len(terms), 'term')} with {counted(names, 'name')}. "
        "A search for any name finds works under all of them. To look for a word here, "
        "use your browser's own search in the page."
    )
    return joined((el("p", said), el("p", *why) if why else None))


# --- words to avoid


def _avoided(base: Base, terms: Sequence[Term]) -> Html | None:
    if not terms:
        return None
    heads = ("We write", "You will also find", "Why")
    rows = [(_named(term), _names(term.to_avoid), markdown(base, term.note)) for term in terms]
    return joined(
        (
            el("h2", "Used with care, or older"),
            el("p", "Found in sources and searched for; we do not write them ourselves.", cls="kb-quiet"),
            _table(heads, rows),
        )
    )


# --- all terms


def _facet(facet: str, terms: Sequence[Term]) -> Html | None:
    if not terms:
        return None
    heads = ("Term", "Also in use", "With care, or older", "Works")
    rows = [
        (
            _named(term),
            ", ".join(label.text for label in term.in_use),
            _names(term.to_avoid) if term.to_avoid else "",
            _search(term),
        )
        for term in terms
    ]
    count = el("span", str(len(terms)), cls="kb-count")
    return joined((el("h3", spaced(facet) or "Without a facet", count), _table(heads, rows)))


def _table(heads: Sequence[str], rows: Iterable[Sequence[Html | str]]) -> Html:
    """A row a term. On narrow screens its cells stand under one another: the roles keep it a table."""
    top = [el("th", head, scope="col", role="columnheader") for head in heads]
    body = [
        el("tr", el("th", name, scope="row", role="rowheader"), *map(_cell, cells, heads[1:]), role="row")
        for name, *cells in rows
    ]
    head = el("thead", el("tr", *top, role="row"))
    table = el("table", head, el("tbody", joined(body)), cls="kb-terms kb-stacks", role="table")
    return el("div", table, cls="kb-scroll kb-wide")


def _cell(value: Html | str, head: str) -> Html:
    return el("td", value, cls="" if value else "kb-none", role="cell", data_head=head)


def _named(term: Term) -> Html:
    return link(term.topic.label, links.named(term.topic.kind, term.topic.slug))


def _search(term: Term) -> Html:
    """The works under every name, as a search; a quotation mark in a name would end it early."""
    query = term.topic.label.replace('"', " ")
    return link(str(term.topic.works), links.address("", q=query), cls="kb-count")


def _names(labels: Iterable[Label]) -> Html:
    return el("ul", joined(_name(label) for label in labels), cls="kb-names")


def _name(label: Label) -> Html:
    about = "; ".join(filter(None, (_STATUS[label.status], label.era, label.place, label.lang)))
    return el("li", label.text, el("span", f" {about}", cls="kb-quiet"))
