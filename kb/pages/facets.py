"""What a search's URL says, and the facets that narrow it: links that change one parameter of it."""

from collections.abc import Iterable, Mapping

import streamlit as st

from kb.model import SEARCH_FACETS, TopicLine, only_of
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined, link
from kb.pages.parts.words import type_word

Asked = dict[str, str]
Values = Iterable[tuple[str | int, int]]

FACETS = SEARCH_FACETS
# In how the words are taken and the works are put in order; a new query keeps them.
MANNERS = ("literal", "all", "off", "sort")
SORTS = {"relevance": "best match", "year": "newest", "cited-by": "most cited here", "added": "last added"}
_HEADS = {"held": "Works", "findings": "Findings", "year": "Years"}
_SHOWN = 7
_SPAN = 5
_HELD = {"held": "described here", "cited": "known from reference lists only"}


def asked() -> Asked:
    """What the URL asks for: ``q``, facets, manners and ``page``, as far as they are known."""
    known = ("q", *FACETS, *MANNERS, "page")
    return {name: st.query_params[name] for name in known if st.query_params.get(name)}


def narrowed_by(wanted: Mapping[str, str]) -> tuple[str, ...]:
    """The chosen facets as fields of the search language, each of which speaks of the whole.

    >>> narrowed_by({"q": "CPORT", "tool": "cport", "held": "held"})
    ('is:held', 'tool:cport')
    """
    return only_of((name, wanted[name]) for name in FACETS if name in wanted)


def sort_of(wanted: Mapping[str, str]) -> str:
    """The order of the works; the usual one where a URL names none that exists."""
    sort = wanted.get("sort", "")
    return sort if sort in SORTS else "relevance"


def off_of(wanted: Mapping[str, str]) -> tuple[str, ...]:
    """The topics whose names are not to stand for each other.

    >>> off_of({"off": "csam,,cport"})
    ('csam', 'cport')
    """
    return tuple(filter(None, wanted.get("off", "").split(",")))


def orders(wanted: Asked) -> Html:
    """The orders that the works may stand in, each a link but the one that they have."""
    now = sort_of(wanted)
    rest = without(wanted, "sort")
    ways = [
        el("strong", said, aria_current="true")
        if sort == now
        else link(said, links.search(_sorted(rest, sort)))
        for sort, said in SORTS.items()
    ]
    return el("p", "In order of: ", joined(ways, " · "), cls="kb-orders")


def _sorted(wanted: Asked, sort: str) -> Asked:
    return wanted if sort == "relevance" else wanted | {"sort": sort}


def chosen(wanted: Asked, names: Mapping[str, TopicLine]) -> Html | None:
    """The facets that narrow the search, each a link that takes it away."""
    taken = [(name, wanted[name]) for name in FACETS if name in wanted]
    if not taken:
        return None
    chips = [
        link(
            joined((_label(name, value, names), el("span", " ✕", aria_label="remove"))),
            links.search(without(wanted, name)),
            cls="kb-chip",
        )
        for name, value in taken
    ]
    return el("div", "Only: ", joined(chips, " "), cls="kb-chips")


def margin(wanted: Asked, found: Mapping[str, Values], names: Mapping[str, TopicLine]) -> Html | None:
    """The facets of these results; one that would change nothing is left out."""
    parts = []
    for name in FACETS:
        values = _spans(found[name]) if name == "year" else [(str(v), n) for v, n in found.get(name, ())]
        if name not in wanted and (len(values) > 1 or (values and name == "findings")):
            parts.append(_facet(wanted, name, values, names))
    return (
        el("nav", joined(parts), id="kb-narrow", cls="kb-facets", aria_label="Narrow the results")
        if parts
        else None
    )


def _facet(wanted: Asked, name: str, values: list[tuple[str, int]], names: Mapping[str, TopicLine]) -> Html:
    most = max(count for _, count in values)
    rows = [
        el(
            "li",
            link(_label(name, value, names), links.search(_with(wanted, name, value))),
            _bar(count / most) if name == "year" else None,
            el("span", f"{count:,}", cls="kb-count"),
        )
        for value, count in values
    ]
    more = None
    if len(rows) > _SHOWN + 1:
        rest = el("ul", joined(rows[_SHOWN:]))
        more = el("details", el("summary", f"{len(rows) - _SHOWN} more"), rest)
        rows = rows[:_SHOWN]
    head = el("h2", _HEADS.get(name, name.capitalize()))
    return el("section", head, el("ul", joined(rows)), more)


def _bar(share: float) -> Html:
    """A bar as long as a count is large; the number stands beside it."""
    return el("span", el("span", style=f"inline-size:{share:.0%}"), cls="kb-bar", aria_hidden="true")


def _label(name: str, value: str, names: Mapping[str, TopicLine]) -> str:
    if name == "held":
        return _HELD.get(value, value)
    if name == "findings":
        return "with results entered"
    if name == "type":
        return type_word(value)
    if name == "year":
        return value.replace("..", "–")
    return names[value].label if value in names else value


def _spans(years: Values) -> list[tuple[str, int]]:
    """Years in spans of five, the newest first; single years where there are few."""
    counted = {int(year): count for year, count in years}
    if len(counted) <= _SPAN:
        return [(str(year), count) for year, count in sorted(counted.items(), reverse=True)]
    spans: dict[int, int] = {}
    for year, count in counted.items():
        start = year - year % _SPAN
        spans[start] = spans.get(start, 0) + count
    return [(f"{start}..{start + _SPAN - 1}", count) for start, count in sorted(spans.items(), reverse=True)]


def _with(wanted: Asked, name: str, value: str) -> Asked:
    return without(wanted, "page") | {name: value}


def without(wanted: Asked, name: str) -> Asked:
    """The same without one of its parts, from the first page on."""
    return {key: value for key, value in wanted.items() if key not in {name, "page"}}
