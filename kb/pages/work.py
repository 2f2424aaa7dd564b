"""A work: what it is, what we noted of it, what it cites, what cites it. Without one, all held works."""

import streamlit as st

from kb.base import Base
from kb.model import TopicLine, WorkView
from kb.pages import links, session
from kb.pages.parts import beside, claims, findings, works
from kb.pages.parts.exports import exports
from kb.pages.parts.fields import change_entry, put_back
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, copier, el, joined, link, outward, put
from kb.pages.parts.notes import drawn, note_address
from kb.pages.parts.paging import page_number, pages, within
from kb.pages.parts.said import say
from kb.pages.parts.shelf import put_on
from kb.pages.parts.topics import row
from kb.pages.parts.words import counted, spaced, type_word
from kb.render import reference
from kb.text import slug

_PER_PAGE = 50
_AT_ONCE = 8
_LISTED = {"complete": "entered completely", "partial": "entered in part"}


def show() -> None:
    """Draw the page."""
    name = st.query_params.get("work", "")
    base = session.base()
    if name:
        _work(base, base.work(name))
    else:
        _all(base)


def _work(base: Base, view: WorkView) -> None:
    names = {topic.slug: topic for topic in base.topic_lines()}
    reading, margin = reading_and_margin()
    with reading:
        say()
        put_back(view.work)
        put(_head(view))
        _notes(base, view, names)
        put(_claims(base, view.citekey))
        put(_citations(base, view))
        put(_related(base, view.citekey), _named_in(base, view))
        put(_entries(view))
    with margin:
        put(_topics(view), _lists(base, view.citekey))
        put_on(base, view.citekey)
        put(el("h2", "Citekey"), el("code", view.citekey), copier("Copy citekey", view.citekey))
        change_entry(view.work)
        exports("this work", slug(view.citekey), lambda base, form: base.export([view.citekey], form))
        put(_origin(view))


def _head(view: WorkView) -> Html:
    work = view.work
    cited = reference(work)
    authors = "; ".join(name.inverted for name in work.authors or work.editors)
    doors = [
        outward(f"doi.org/{work.doi}", f"https://doi.org/{work.doi}") if work.doi else None,
        outward("Web page", work.url) if work.url and not work.doi else None,
        link("Citation graph", links.graph(work.citekey)),
    ]
    return joined(
        (
            el("div", joined((type_word(work.type), works.status(view.line)), " "), cls="kb-kind"),
            el("h1", view.line.title, cls="kb-title"),
            el("p", authors + (" et al." if work.more_authors else ""), cls="kb-authors"),
            el("p", el("bdi", cited), copier("Copy reference", cited), cls="kb-cite"),
            el("p", joined(doors, " · "), cls="kb-doors"),
        )
    )


def _notes(base: Base, view: WorkView, names: dict[str, TopicLine]) -> None:
    own = view.notes
    for note in own:
        said = f"Our note, checked {note.checked}" if note.checked else "Our note"
        put(el("div", said, cls="kb-kind"), drawn(base, note))
    if not own:
        put(el("p", "Nobody has written a note on this work yet.", cls="kb-quiet"))
    if view.work.abstract:
        put(el("h2", "Abstract"), el("p", view.work.abstract))
    if view.findings:
        samples = dict(base.notes("sample"))
        put(el("h2", "Findings"), findings.of_work(view.findings, names, samples))


def _claims(base: Base, citekey: str) -> Html | None:
    found = base.claims_on(citekey)
    if not found:
        return None
    return joined((el("h2", "Claims it makes or bears on"), claims.claims(base, found)))


def _citations(base: Base, view: WorkView) -> Html:
    known = _LISTED.get(view.work.citeslist) or ("entered in part" if view.references else "not entered")
    said = f"Its reference list is {known}."
    coverage = base.coverage()
    listed = f"{coverage.complete + coverage.partial} of {counted(coverage.held, 'held work')}"
    others = f"Reference lists are known for {listed}, so others may cite it too."
    cites = _folded([works.cited(one) for one in view.references])
    cited = _folded([works.cited(one) for one in view.cited_by])
    return joined(
        (
            _counted_head("References (it cites)", len(view.references)),
            el("p", said, cls="kb-quiet"),
            cites,
            _counted_head("Cited by", len(view.cited_by)),
            el("p", "" if cited else "No work here is known to cite it. ", others, cls="kb-quiet"),
            cited,
            _relations(view),
        )
    )


def _counted_head(text: str, count: int) -> Html:
    return el("h2", text, el("span", str(count), cls="kb-count") if count else None)


def _folded(cards: list[Html]) -> Html | None:
    """The first few, and the rest behind one line."""
    if len(cards) <= _AT_ONCE + 2:
        return works.cards(cards) if cards else None
    rest = el("details", el("summary", f"{len(cards) - _AT_ONCE} more"), works.cards(cards[_AT_ONCE:]))
    return joined((works.cards(cards[:_AT_ONCE]), rest))


def _relations(view: WorkView) -> Html | None:
    if not view.relations:
        return None
    cards = [works.card(line, why=spaced(kind), badges=False) for kind, line in view.relations]
    return joined((el("h2", "Other versions and companions"), works.cards(cards)))


def _related(base: Base, citekey: str) -> Html | None:
    found = base.related(citekey, limit=6)
    if not found:
        return None
    return joined((el("h2", "Related works"), works.cards(map(works.related, found))))


def _named_in(base: Base, view: WorkView) -> Html | None:
    """The notes that name this work; its own, lists and claims stand elsewhere on the page."""
    claimed = {line.slug for line in base.claims_on(view.citekey)}
    others = [note for note in view.named_in if note.kind != "list" and note.slug not in claimed]
    if not others:
        return None
    rows = [
        el(
            "li",
            el("span", spaced(note.kind), cls="kb-kind"),
            link(note.title, note_address(base, note.kind, note.slug)),
        )
        for note in others
    ]
    return joined((el("h2", "Named in"), el("ul", joined(rows), cls="kb-notes")))


def _entries(view: WorkView) -> Html | None:
    """What each entry says, where several stand for the work."""
    found = view.work.entries
    if not found:
        return None
    columns = [
        beside.Column(
            entry.citekey,
            el("div", f"{entry.origin.path}:{entry.origin.line}", cls="kb-origin"),
            beside.of_entry(entry),
        )
        for entry in found
    ]
    about = el("p", "As they are written, with their LaTeX. ", beside.LEGEND, ".", cls="kb-quiet")
    summary = el("summary", f"Made of {counted(len(found), 'entry', 'entries')}")
    return el("details", summary, about, beside.beside(columns), cls="kb-branch")


# --- the margin


def _topics(view: WorkView) -> Html | None:
    return joined((el("h2", "Topics"), row(view.topics))) if view.topics else None


def _lists(base: Base, citekey: str) -> Html | None:
    found = base.lists_of(citekey)
    if not found:
        return None
    rows = joined(el("li", link(line.title, links.named("list", line.slug))) for line in found)
    return joined((el("h2", "Reading lists"), el("ul", rows, cls="kb-plain")))


def _origin(view: WorkView) -> Html:
    work = view.work
    places = [f"{work.origin.path}:{work.origin.line}", *(note.origin.path for note in view.notes)]
    rows = [el("div", place) for place in places]
    if view.work.aliases:
        rows.append(el("div", f"also: {', '.join(view.work.aliases)}"))
    if work.added:
        rows.append(el("div", f"added {work.added}"))
    return el("div", joined(rows), cls="kb-origin")


# --- all works


def _all(base: Base) -> None:
    held = base.held()
    page = within(page_number(st.query_params.get("page", "")), len(held), _PER_PAGE)
    shown = held[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    put(el("h1", "Works"), el("p", f"{counted(len(held), 'work')} held here, by citekey.", cls="kb-quiet"))
    if not held:
        put(el("p", "Works come from BibTeX files in references/: put one there, and it is read at once."))
    put(works.cards(works.card(line, badges=False) for line in shown))
    put(pages(page, len(held), _PER_PAGE, lambda number: links.address("work", page=number)))
