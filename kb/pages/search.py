"""Search, the home page: words in, works out, each with why it matched; all of it in the URL."""

from collections.abc import Iterator

import streamlit as st

from kb.base import Base, Expansion, Hit, Results
from kb.pages import facets, links, session
from kb.pages.facets import Asked
from kb.pages.parts.exports import exports
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.notes import note_address
from kb.pages.parts.paging import page_number, pages
from kb.pages.parts.words import counted
from kb.pages.parts.works import card, cards
from kb.text import fold, nearest, words

PER_PAGE = 20
_NAMES = 6
_NOTES = 3
_SHORTEST = 4  # letters of a word that may be misspelt
_KINDS = {"list": "Reading list"}
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
    begun = bool(facets.query_of(wanted))
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
    """The field and its switch: they say what the URL says, and write what they are told into it."""
    st.session_state["query"] = wanted.get("q", "")
    st.session_state["literal"] = "literal" in wanted
    with st.container(key="search-field"):
        st.text_input(
            "Search",
            key="query",
            on_change=_asked_anew,
            placeholder="Words, a name, a title, a DOI …",
            label_visibility="collapsed",
            max_chars=2_000,
        )
        if facets.query_of(wanted):
            st.toggle(
                "Only as written",
                key="literal",
                on_change=_asked_anew,
                help="Search for these words alone, without the other names of the same thing.",
            )


def _asked_anew() -> None:
    """A new query drops the facets of the old one; the switch keeps them."""
    query = str(st.session_state["query"]).strip()
    now = facets.asked()
    kept = {name: now[name] for name in facets.FACETS if name in now} if query == now.get("q", "") else {}
    literal = {"literal": "1"} if st.session_state["literal"] else {}
    st.query_params.from_dict({**({"q": query} if query else {}), **kept, **literal})


# --- results


def _results(base: Base, wanted: Asked) -> None:
    page = page_number(wanted.get("page", ""))
    literal = "literal" in wanted
    query = facets.query_of(wanted)
    results = base.search(query, limit=PER_PAGE, offset=(page - 1) * PER_PAGE, literal=literal)
    names = {topic.slug: topic for topic in base.topic_lines()}
    narrower = facets.margin(wanted, results.facets, names)
    reading, margin = reading_and_margin()
    with reading:
        put(_summary(results, page), _WAY_DOWN if narrower else None)
        put(*map(_message, results.messages), facets.chosen(wanted, names))
        put(*map(_expansion, results.expansions))
        if page == 1:
            put(_notes(base, results))
        put(cards(_hits(results)))
        put(pages(page, results.total, PER_PAGE, lambda n: links.search({**wanted, "page": str(n)})))
        if not results.complete:
            put(_near(base, wanted))
        if not results.total:
            _nothing(wanted)
    with margin:
        put(narrower)
        if results.total:
            exports(
                f"all {results.total:,}" if results.total > 1 else "this work",
                "search",
                lambda base, form: _exported(base, query, literal, form),
            )


def _exported(base: Base, query: str, literal: bool, form: str) -> str:
    everything = base.search(query, limit=1_000_000, literal=literal)
    return base.export([hit.work.citekey for hit in everything.hits], form)


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


def _expansion(expansion: Expansion) -> Html | None:
    written = {fold(expansion.written)}
    others = {fold(name): name for name in (expansion.label, *expansion.also, *expansion.discouraged)}
    names = [name for folded, name in others.items() if folded not in written]
    if not names:
        return None
    more = len(names) - _NAMES
    tail = link(f" and {counted(more, 'other name')}", _topic_of(expansion)) if more > 0 else None
    said = ", ".join(names[:_NAMES])
    return el("p", f"“{expansion.written}” was also searched as {said}", tail, ".", cls="kb-expansion")


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
    divided = results.complete == results.total
    for hit in results.hits:
        if not hit.all_words and not divided:
            divided = True
            yield el("div", "with some of your words", cls="kb-divider", role="separator")
        yield card(hit.work, why=hit.why, snippet=_passage(hit))


def _passage(hit: Hit) -> str:
    """The passage that matched, unless it only says again what the title or the topics say."""
    bare = fold(hit.snippet)
    return "" if " · " in hit.snippet or bare in fold(hit.work.title) else hit.snippet


def _near(base: Base, wanted: Asked) -> Html | None:
    """Names that are spelt nearly so, of topics, tools and people, as searches: offered, never taken."""
    typed = wanted.get("q", "")
    if not fold(typed) or ":" in typed:
        return None
    people = {name.split(",")[0] for work in base.held() for name in work.byline.split("; ")}
    known = [*(topic.label for topic in base.topic_lines()), *sorted(people)]
    found = nearest(typed, known) or _respelt(typed, known)
    offered = [name for name in found if fold(name) != fold(typed)]
    if not offered:
        return None
    near = joined((link(name, links.address("", q=name)) for name in offered), ", ")
    return el("p", "Did you mean ", near, "?", cls="kb-message")


def _respelt(typed: str, known: list[str]) -> list[str]:
    """The words with each that no name has in its nearest spelling; [] if none has one."""
    spelt = sorted({word for name in known for word in words(name) if len(word) >= _SHORTEST})
    there = frozenset(spelt)
    asked = words(typed)
    mended = [
        word if len(word) < _SHORTEST or word in there else next(iter(nearest(word, spelt)), word)
        for word in asked
    ]
    return [" ".join(mended)] if mended != asked else []


def _nothing(wanted: Asked) -> None:
    put(el("p", "No work here matches, under this or any other name that the topics know. What helps:"))
    ways = [el("li", "Fewer words, or the beginning of one with a star: ", el("code", "desist*"))]
    if any(name in wanted for name in facets.FACETS):
        only = {name: value for name, value in wanted.items() if name in {"q", "literal"}}
        ways.insert(0, el("li", link("Search the same words without the choices made", links.search(only))))
    if "literal" in wanted:
        rest = {name: value for name, value in wanted.items() if name != "literal"}
        ways.insert(0, el("li", link("Search under other names of the same thing too", links.search(rest))))
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
