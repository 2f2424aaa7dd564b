"""What a search's URL says, and the facets that narrow it: links that change one parameter of it."""

from collections.abc import Iterable, Mapping

import streamlit as st

from kb.model import TopicLine
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined, link
from kb.pages.parts.words import type_word

Asked = dict[str, str]
Values = Iterable[tuple[str | int, int]]

FACETS = ("held", "year", "type", "tool", "programme", "design", "topic", "country")
_HEADS = {"held": "Described here"}
_SHOWN = 7
_SPAN = 5
_HELD = {"held": "yes", "cited": "known from reference lists"}


def asked() -> Asked:
    """What the URL asks for: ``q``, facets, ``literal`` and ``page``, as far as they are known."""
    known = ("q", *FACETS, "literal", "page")
    return {name: st.query_params[name] for name in known if st.query_params.get(name)}


def query_of(wanted: Mapping[str, str]) -> str:
    """The query in the search language: chosen facets first, where they speak of the whole of it.

    >>> query_of({"q": "CPORT", "tool": "cport", "held": "held"})
    'is:held tool:cport CPORT'
    """
    fields = [
        f"{'is' if name == 'held' else name}:{_value(wanted[name])}" for name in FACETS if name in wanted
    ]
    return " ".join((*fields, wanted.get("q", ""))).strip()


def _value(text: str) -> str:
    """A value as one word of the search language, whatever a URL says."""
    return "".join(char for char in text if char.isalnum() or char in "-_.")


def chosen(wanted: Asked, names: Mapping[str, TopicLine]) -> Html | None:
    """The facets that narrow the search, each a link that takes it away."""
    taken = [(name, wanted[name]) for name in FACETS if name in wanted]
    if not taken:
        return None
    chips = [
        link(
            joined((_label(name, value, names), el("span", " ✕", aria_label="remove"))),
            links.search(_without(wanted, name)),
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
        if name not in wanted and len(values) > 1:
            parts.append(_facet(wanted, name, values, names))
    return (
        el("nav", joined(parts), id="kb-narrow", cls="kb-facets", aria_label="Narrow the results")
        if parts
        else None
    )


def _facet(wanted: Asked, name: str, values: list[tuple[str, int]], names: Mapping[str, TopicLine]) -> Html:
    rows = [
        el(
            "li",
            link(_label(name, value, names), links.search(_with(wanted, name, value))),
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


def _label(name: str, value: str, names: Mapping[str, TopicLine]) -> str:
    if name == "held":
        return _HELD.get(value, value)
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
    return _without(wanted, "page") | {name: value}


def _without(wanted: Asked, name: str) -> Asked:
    return {key: value for key, value in wanted.items() if key not in {name, "page"}}
