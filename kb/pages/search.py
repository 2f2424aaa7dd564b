"""Search, the home page: words in, works out, each with why it matched; all of it in the URL."""

from collections.abc import Iterator
from typing import TypedDict

import streamlit as st

from kb.base import Base, Expansion, Hit, Results
from kb.pages import facets, links, session
from kb.pages.facets import Asked
from kb.pages.parts.exports import exports
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import note_address
from kb.pages.parts.paging import page_number, pages, within
from kb.pages.parts.said import say
from kb.pages.parts.save import save_form
from kb.pages.parts.words import counted
from kb.pages.parts.works import card, cards
from kb.text import fold

PER_PAGE = 20
_NAMES = 4
_NOTES = 3
_KINDS = {"list": "Reading list"}
_SWITCHES = {
    "literal": ("Only as written", "These words alone, without the other names of the same thing."),
    "all": ("Every word", "Only works that have all the words, not those with some of them."),
}
_EXAMPLES = (
    ("STABLE-2007 validation", "for research: a tool, and what was found with it"),
    ("warning messages deterrence", "for policy: what was tried, and what came of it"),
    ("author:seto year:2015..", "for writing: who published what, and when"),
)
_SYNTAX = (
    ("self-help adherence", "works with both words first; then, under a line, those with one"),
    ('"incremental validity"', "the exact phrase"),
    ("+randomised -prison", "with the first word, without the second"),
    ("helpline OR chatbot", "either"),
    ("author:seto year:2015..2020", "by that author, in those years"),
    ("topic:csam design:rct", "on a topic under any of its names, of that design"),
    ("has:findings is:held", "with results entered; described here"),
)

# On narrow screens the facets stand below the works.
_WAY_DOWN = el("p", link("Narrow these results", "#kb-narrow"), cls="kb-way-down")


def show() -> None:
    """Draw the page."""
    base, wanted = session.base(), facets.asked()
    begun = bool(wanted.get("q") or facets.narrowed_by(wanted))
    say()
    put(
        el("h1", "Search", cls="kb-unseen"),
        None if begun else el("p", session.library().title, cls="kb-lead"),
    )
    _field(wanted)
    if begun:
        _results(base, wanted)
    else:
        _welcome(base)


def _field(wanted: Asked) -> None:
    """The field and its switches: they say what the URL says, and write what they are told into it."""
    st.session_state["query"] = wanted.get("q", "")
    for name in _SWITCHES:
        st.session_state[name] = name in wanted
    with st.container(key="search-field"):
        st.text_input(
            "Search",
            key="query",
            on_change=_asked_anew,
            placeholder="Words, a name, a title, a DOI …",
            label_visibility="collapsed",
            max_chars=2_000,
        )
        if wanted.get("q"):
            with st.container(horizontal=True, key="search-switches"):
                for name, (label, what) in _SWITCHES.items():
                    st.toggle(label, key=name, on_change=_asked_anew, help=what)


def _asked_anew() -> None:
    """A new query drops the facets of the old one; the switches and the order stay."""
    query = str(st.session_state["query"]).strip()
    now = facets.asked()
    same = query == now.get("q", "")
    stays = (*facets.FACETS, "off", "sort") if same else ("sort",)
    kept = {name: now[name] for name in stays if name in now}
    switches = {name: "1" for name in _SWITCHES if st.session_state.get(name)}
    st.query_params.from_dict({**({"q": query} if query else {}), **kept, **switches})


# --- results


def _results(base: Base, wanted: Asked) -> None:
    page = page_number(wanted.get("page", ""))
    query, manner = wanted.get("q", ""), _manner(wanted)
    results = base.search(query, limit=PER_PAGE, offset=(page - 1) * PER_PAGE, **manner)
    if page != (last := within(page, results.total, PER_PAGE)):
        page, results = last, base.search(query, limit=PER_PAGE, offset=(last - 1) * PER_PAGE, **manner)
    names = {topic.slug: topic for topic in base.topic_lines()}
    narrower = facets.margin(wanted, results.facets, names)
    reading, margin = reading_and_margin()
    with reading:
        put(_summary(results, page), _WAY_DOWN if narrower else None)
        put(*map(_message, results.messages), facets.chosen(wanted, names))
        put(_chips(base, wanted, results), _near(results))
        if page == 1:
            put(_notes(base, results))
        put(facets.orders(wanted) if results.total > 1 else None)
        put(cards(_hits(results)))
        put(pages(page, results.total, PER_PAGE, lambda n: links.search({**wanted, "page": str(n)})))
        if not results.total:
            _nothing(wanted)
    with margin:
        put(narrower)
        if results.total:
            exports(
                f"all {results.total:,}" if results.total > 1 else "this work",
                "search",
                lambda base, form: _exported(base, query, manner, form),
            )
        save_form(base, wanted)


class Manner(TypedDict):
    """What narrows a search, how its words are taken, and in which order the works stand."""

    only: tuple[str, ...]
    literal: bool
    all_words: bool
    off: tuple[str, ...]
    sort: str


def _manner(wanted: Asked) -> Manner:
    return {
        "only": facets.narrowed_by(wanted),
        "literal": "literal" in wanted,
        "all_words": "all" in wanted,
        "off": facets.off_of(wanted),
        "sort": facets.sort_of(wanted),
    }


def _exported(base: Base, query: str, manner: Manner, form: str) -> str:
    found = base.search(query, limit=0, **manner)
    return base.export([citekey for citekey, _ in found.citekeys], form)


def _summary(results: Results, page: int) -> Html | None:
    if not results.total:
        return None
    said = counted(results.total, "work")
    if not results.complete:
        said += " with some of your words, none with all of them"
    elif results.complete < results.total:
        said += f", {results.complete:,} with all your words"
    first = (page - 1) * PER_PAGE + 1
    if results.total > PER_PAGE and first <= results.total:
        said += f" · {first:,}–{min(results.total, page * PER_PAGE):,} shown"
    return el("p", said, cls="kb-quiet kb-summary", role="status")


def _message(text: str) -> Html:
    return el("p", text, cls="kb-message")


def _chips(base: Base, wanted: Asked, results: Results) -> Html | None:
    """What stands for what in this query, each to be taken away; and what was taken away, to be put back."""
    off = facets.off_of(wanted)
    chips = [chip for one in results.expansions if (chip := _expansion(one, wanted))]
    if off and "literal" not in wanted:
        every = base.search(wanted.get("q", ""), limit=0).expansions
        chips += [_put_back(one, wanted) for one in every if one.topic in off]
    return el("div", joined(chips), cls="kb-chips") if chips else None


def _expansion(expansion: Expansion, wanted: Asked) -> Html | None:
    written = {fold(expansion.written)}
    others = {fold(name): name for name in (expansion.label, *expansion.also, *expansion.discouraged)}
    names = [name for folded, name in others.items() if folded not in written]
    if not names:
        return None
    more = len(names) - _NAMES
    tail = link(f" and {counted(more, 'other name')}", _topic_of(expansion)) if more > 0 else None
    off = ",".join((*facets.off_of(wanted), expansion.topic))
    away = el(
        "a",
        "✕",
        href=links.search(facets.without(wanted, "off") | {"off": off}),
        aria_label=f"Search “{expansion.written}” only as written",
        title="Only as written",
    )
    said = f"“{expansion.written}” also as {', '.join(names[:_NAMES])}"
    return el("span", said, tail, " ", away, cls="kb-chip kb-expansion")


def _put_back(expansion: Expansion, wanted: Asked) -> Html:
    rest = ",".join(one for one in facets.off_of(wanted) if one != expansion.topic)
    back = facets.without(wanted, "off") | ({"off": rest} if rest else {})
    again = link("under its other names too", links.search(back))
    return el("span", f"“{expansion.written}” only as written: ", again, cls="kb-chip kb-expansion")


def _topic_of(expansion: Expansion) -> str:
    return links.address("topics", topic=expansion.topic)


def _notes(base: Base, results: Results) -> Html | None:
    rows = [
        el(
            "li",
            el("span", _KINDS.get(kind, kind.capitalize()), cls="kb-kind"),
            link(title, note_address(base, kind, slug)),
        )
        for slug, kind, title in results.notes
    ]
    first, rest = rows[:_NOTES], rows[_NOTES:]
    more = el("details", el("summary", f"{len(rest)} more"), el("ul", joined(rest), cls="kb-notes"))
    return joined((el("ul", joined(first), cls="kb-notes"), more if rest else None)) if rows else None


def _hits(results: Results) -> Iterator[Html]:
    """The cards, and the line between works with all the words and works with some."""
    divided = results.complete == results.total or not results.tiered
    for hit in results.hits:
        if not hit.all_words and not divided:
            divided = True
            yield el("div", "with some of your words", cls="kb-divider", role="separator")
        yield card(hit.work, why=hit.why, snippet=_passage(hit))


def _passage(hit: Hit) -> str:
    """The passage that matched, unless it only says again what the title or the topics say."""
    bare = fold(hit.snippet)
    return "" if " · " in hit.snippet or bare in fold(hit.work.title) else hit.snippet


def _near(results: Results) -> Html | None:
    """Searches for what is spelt nearly so and is here: offered, never taken."""
    if not results.suggestions:
        return None
    near = joined((link(query, links.address("", q=query)) for query in results.suggestions), ", ")
    return el("p", "Did you mean ", near, "?", cls="kb-message")


def _nothing(wanted: Asked) -> None:
    put(el("p", "No work here matches, under this or any other name that the topics know. What helps:"))
    ways = [el("li", "Fewer words, or the beginning of one with a star: ", el("code", "desist*"))]
    if any(name in wanted for name in facets.FACETS):
        only = {name: value for name, value in wanted.items() if name in {"q", *facets.MANNERS}}
        ways.insert(0, el("li", link("Search the same words without the choices made", links.search(only))))
    for switch, way in (
        ("all", "Works with some of the words too"),
        ("literal", "Other names of the same thing too"),
    ):
        if switch in wanted:
            ways.insert(0, el("li", link(way, links.search(facets.without(wanted, switch)))))
    put(el("ul", joined(ways)))


# --- before a search


def _welcome(base: Base) -> None:
    counts = base.counts()
    said = joined(
        (
            counted(counts.held, "work"),
            counted(counts.findings, "finding"),
            counted(counts.claims, "claim"),
            counted(counts.lists, "reading list"),
        ),
        " · ",
    )
    examples = [
        el("li", link(query, links.address("", q=query)), el("span", f" {what}", cls="kb-quiet"))
        for query, what in _EXAMPLES
    ]
    syntax = [el("tr", el("td", el("code", what)), el("td", finds)) for what, finds in _SYNTAX]
    put(
        el("p", said, cls="kb-quiet"),
        el("h2", "Try"),
        el("ul", joined(examples), cls="kb-examples"),
        el("h2", "What can be typed"),
        el("div", el("table", el("tbody", joined(syntax)), cls="kb-syntax"), cls="kb-scroll"),
    )
