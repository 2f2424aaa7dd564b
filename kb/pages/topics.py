"""Topics: the thesaurus as a tree by facet, and a page for each."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.base import Base
from kb.model import FACETS, TopicLine, TopicView
from kb.pages import links, session
from kb.pages.parts import claims, findings, works
from kb.pages.parts.exports import Make, exports
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import drawn
from kb.pages.parts.paging import page_number, pages, within
from kb.pages.parts.topics import names as other_names
from kb.pages.parts.topics import row, tree
from kb.pages.parts.words import counted, spaced

_PER_PAGE = 20
_PREVIEW = 6
_AT_ONCE = 12  # findings shown before they are asked for


def show() -> None:
    """Draw the page."""
    name, base = st.query_params.get("topic", ""), session.base()
    if name:
        _topic(base, base.topic(name))
    else:
        _all(base)


# --- the tree


def _all(base: Base) -> None:
    lines = base.topic_lines("topic")
    by_slug = {line.slug: line for line in lines}
    below, has_above = _narrower(base, by_slug)
    put(
        el("h1", "Topics"),
        el(
            "p",
            f"{counted(len(lines), 'topic')}, each with a page. The number behind a topic counts the works "
            "on it alone; its page adds those on narrower topics. To look for one by any of its names, ",
            link("search", links.address("")),
            ".",
        ),
    )
    if not lines:
        put(el("p", "Topics come from notes of kind topic: see Help.", cls="kb-quiet"))
    for facet in (*FACETS, ""):
        of_facet = [line for line in lines if line.facet == facet]
        tops = [line for line in of_facet if line.slug not in has_above]
        if of_facet:
            put(_facet(facet, of_facet, tops, below))


def _narrower(base: Base, by_slug: Mapping[str, TopicLine]) -> tuple[dict[str, list[TopicLine]], set[str]]:
    """The topics below each, of its own facet; and those that stand below one."""
    below: dict[str, list[TopicLine]] = {}
    has_above = set()
    for slug, above in base.broader():
        one, other = by_slug.get(slug), by_slug.get(above)
        if one and other and one.facet == other.facet:
            below.setdefault(above, []).append(one)
            has_above.add(slug)
    for lines in below.values():
        lines.sort(key=lambda line: line.label.casefold())
    return below, has_above


def _facet(
    facet: str,
    lines: Sequence[TopicLine],
    tops: Sequence[TopicLine],
    below: Mapping[str, Sequence[TopicLine]],
) -> Html:
    some = sorted(lines, key=lambda line: -line.works)[:_PREVIEW]
    summary = el(
        "summary",
        el("span", spaced(facet) or "Without a facet", cls="kb-facet"),
        el("span", counted(len(lines), "topic"), cls="kb-count"),
        el("span", ", ".join(line.label for line in some), cls="kb-preview"),
    )
    shown = tops or lines  # a circle of topics has no top
    return el("details", summary, tree(shown, below), cls="kb-branch")


# --- one topic


def _topic(base: Base, view: TopicView) -> None:
    slug = view.note.slug
    reading, margin = reading_and_margin()
    with reading:
        put(el("div", spaced(view.facet or view.note.kind), cls="kb-kind"), el("h1", view.note.title))
        put(drawn(base, view.note))
        put(_claims(base, slug), _findings(base, slug))
        _works(view)
    with margin:
        put(neighbours(view))
        put(el("h2", "Search"), link("Works and notes on it, with facets", links.address("", topic=slug)))
        if view.works:
            exports(counted(len(view.works), "work"), slug, _export(slug))
        put(el("div", view.note.origin.path, cls="kb-origin"))


def neighbours(view: TopicView) -> Html:
    """Other names, and the topics around it."""
    around = (("Broader", view.broader), ("Narrower", view.narrower), ("Related", view.related))
    names = other_names(view.labels)
    parts = [joined((el("h2", "Other names"), names))] if names else []
    parts += [joined((el("h2", head), row(lines))) for head, lines in around if lines]
    return joined(parts)


def _works(view: TopicView) -> None:
    page = within(page_number(st.query_params.get("page", "")), len(view.works), _PER_PAGE)
    shown = view.works[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    narrower = " on it and on narrower topics" if view.narrower else ""
    if not view.works:
        put(el("h2", "Works"), el("p", "No work here stands under it yet.", cls="kb-quiet"))
        return
    put(el("h2", f"{counted(len(view.works), 'work')}{narrower}"))
    put(works.cards(works.card(line) for line in shown))
    put(
        pages(
            page, len(view.works), _PER_PAGE, lambda n: links.address("topics", topic=view.note.slug, page=n)
        )
    )


def _claims(base: Base, slug: str) -> Html | None:
    found = [line for line in base.claims() if slug in line.claim.about]
    if not found:
        return None
    return joined((el("h2", "Claims about it"), claims.claims(base, found)))


def _findings(base: Base, slug: str) -> Html | None:
    """The findings, open where they are few; else behind one line, for the works stand below."""
    found = base.evidence(slug)
    if not found:
        return None
    names = {topic.slug: topic for topic in base.topic_lines()}
    table = findings.of_subject(found, names, dict(base.notes("sample")), slug=slug)
    opened = {"open": "open"} if len(found) <= _AT_ONCE else {}
    head = el("h2", "Findings", el("span", str(len(found)), cls="kb-count"))
    about = el("p", "As each work reports them; nothing is pooled here.", cls="kb-quiet")
    return joined((head, about, el("details", el("summary", "The findings, by outcome"), table, **opened)))


def _export(slug: str) -> Make:
    return lambda base, form: base.export([line.citekey for line in base.topic(slug).works], form)
