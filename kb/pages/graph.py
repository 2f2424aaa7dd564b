"""The citation graph: one work among what it cites and what cites it. Without one, where to begin."""

from functools import partial

import streamlit as st

from kb.base import Base
from kb.model import Counted, Picture, PlacedWork
from kb.pages import links, session
from kb.pages.parts import works
from kb.pages.parts.drawn import draw
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.picture import LETTERS, drawing
from kb.pages.parts.words import counted
from kb.render.table import csv_of
from kb.text import slug

_COLUMNS = ("citekey", "title", "year", "relation", "times_cited_here", "held")


def show() -> None:
    """Draw the page."""
    name, base = st.query_params.get("work", ""), session.base()
    if name:
        _picture(base, name)
    else:
        _beginnings(base)


def _picture(base: Base, name: str) -> None:
    picture = base.picture(name, label=works.short, letters=LETTERS)
    centre = next(placed.work for placed in picture.works if placed.work.citekey == picture.centre)
    rows = [row for row in map(partial(_row, picture), picture.works) if row["relation"] != ""]
    head = _finding(base, picture.centre, works.short(centre))
    put(el("h1", head), el("p", works.title(centre), cls="kb-reference"))
    if not rows:
        put(el("p", "Neither its reference list nor a work that cites it is entered here yet."))
        return
    if picture.left_out:
        said = f"The {len(rows)} of them that are cited most are drawn; {picture.left_out} more are not."
        put(el("p", said, cls="kb-quiet"))
    svg = drawing(picture, title=head)
    put(el("p", "On a narrow screen the drawing scrolls sideways.", cls="kb-quiet kb-sideways"))
    draw(svg)
    _beneath(base, picture, rows, svg)


def _finding(base: Base, citekey: str, name: str) -> str:
    """The title says what holds, drawn or not; a list that nobody entered is not a count of none."""
    cites, cited = len(base.references(citekey)), len(base.cited_by(citekey))
    by = f"{counted(cited, 'work here cites', 'works here cite')} it" if cited else "no work here cites it"
    own = f"it cites {cites}" if cites else "its reference list is not entered"
    return f"{name}: {by}; {own}"


def _row(picture: Picture, placed: PlacedWork) -> dict[str, object]:
    work, centre = placed.work, picture.centre
    said = []
    if (centre, work.citekey) in picture.citations:
        said.append("cited by it")
    if (work.citekey, centre) in picture.citations:
        said.append("cites it")
    return {
        "citekey": work.citekey,
        "title": work.title,
        "year": work.year,
        "relation": " and ".join(said),
        "times_cited_here": placed.times,
        "held": work.held,
        "line": work,
    }


def _beneath(base: Base, picture: Picture, rows: list[dict[str, object]], svg: Html) -> None:
    """Numbers, Download, How to read this: under every figure."""
    with st.container(horizontal=True, vertical_alignment="center", key="kb-beneath"):
        name = slug(picture.centre)
        st.caption("Download", width="content")
        st.download_button(
            "SVG", svg, f"{name}.svg", "image/svg+xml", key="svg", on_click="ignore", type="tertiary"
        )
        table = csv_of(rows, _COLUMNS)
        st.download_button(
            "CSV", table, f"{name}.csv", "text/csv", key="csv", on_click="ignore", type="tertiary"
        )
    put(_numbers(rows), _reading(base))


def _numbers(rows: list[dict[str, object]]) -> Html:
    newest = sorted(rows, key=lambda row: (-int(str(row["year"] or 0)), str(row["citekey"])))
    head = el("tr", *(el("th", text) for text in ("Work", "Year", "Relation", "Cited here", "Its graph")))
    body = [
        el(
            "tr",
            el("td", link(str(row["title"]), links.work(str(row["citekey"])))),
            el("td", str(row["year"] or "n.d."), cls="kb-figure"),
            el("td", str(row["relation"])),
            el("td", str(row["times_cited_here"]), cls="kb-figure"),
            el("td", link("graph", links.graph(str(row["citekey"])))),
        )
        for row in newest
    ]
    table = el("table", el("thead", head), el("tbody", joined(body)))
    return el("details", el("summary", "Numbers"), el("div", table, cls="kb-scroll"), cls="kb-branch")


def _reading(base: Base) -> Html:
    coverage = base.coverage()
    said = (
        "Each point is a work, placed at the year of its publication; its height means nothing but room for "
        "the label. A line leads from a work to one that it cites, so mostly to the left; works without a "
        "year (n.d.) stand left of all others. Dark lines, with an arrow head, touch the chosen work; pale "
        "ones join its neighbours. A hollow point is a work that is known from reference lists only. "
        f"Reference lists are entered completely for {coverage.complete} and in part for {coverage.partial} "
        f"of {counted(coverage.held, 'held work')}: a missing line may be a missing list."
    )
    return el("details", el("summary", "How to read this"), el("p", said), cls="kb-branch")


def _beginnings(base: Base) -> None:
    coverage = base.coverage()
    known = coverage.complete + coverage.partial
    put(
        el("h1", "Citation graph"),
        el(
            "p",
            f"Reference lists are known for {known} of {counted(coverage.held, 'held work')} "
            f"({coverage.complete} completely), so the true counts are at least as high. "
            "A work's page leads to its graph; or begin with one of these.",
        ),
    )
    most = base.most_cited(limit=12)
    put(el("h2", "Most cited here"))
    put(works.cards(map(_times, most)) if most else el("p", "No citation is entered yet."))
    missing = base.missing(limit=12)
    if missing:
        about = "Several works here cite them, and no entry describes them yet."
        put(el("h2", "Missing"), el("p", about, cls="kb-quiet"), works.cards(map(_times, missing)))


def _times(one: Counted) -> Html:
    """A work with how often it is cited in this library, and the way to its graph."""
    said = f"cited by {counted(one.count, 'work')} here"
    return works.card(
        one.work, why=joined((said, link("graph", links.graph(one.work.citekey))), " · "), badges=False
    )
