"""Claims: who said what, and the evidence on each side as it is listed."""

from collections.abc import Mapping

import streamlit as st

from kb.base import Base
from kb.model import RELATIONS, ClaimView, EvidenceLine, TopicLine
from kb.pages import session
from kb.pages.parts import claims, works
from kb.pages.parts.findings import topic_link
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, put
from kb.pages.parts.notes import drawn
from kb.pages.parts.words import counted
from kb.render import number

_HEADS = {
    "supports": "Supports",
    "contradicts": "Contradicts",
    "qualifies": "Qualifies",
    "supersedes": "Supersedes",
}


def show() -> None:
    """Draw the page."""
    name, base = st.query_params.get("claim", ""), session.base()
    if name:
        _claim(base, base.claim(name))
    else:
        _all(base)


def _all(base: Base) -> None:
    about = st.query_params.get("about", "")
    lines = base.claims()
    names = {topic.slug: topic for topic in base.topic_lines()}
    put(el("h1", "Claims"))
    put(
        el(
            "p",
            "Sentences that somebody asserts, with the evidence listed on each side. "
            "The counts are of what is listed, not a verdict.",
            cls="kb-quiet",
        )
    )
    subjects = sorted(
        {slug for line in lines for slug in line.claim.about if slug in names}, key=lambda s: names[s].label
    )
    _choice(subjects, about, names)
    shown = [line for line in lines if not about or about in line.claim.about]
    put(el("p", counted(len(shown), "claim"), cls="kb-quiet", role="status"))
    put(claims.claims(base, shown))
    if not lines:
        put(el("p", "Claims come from notes of kind claim: see Help."))


def _choice(subjects: list[str], about: str, names: dict[str, TopicLine]) -> None:
    """Which claims: those about one tool or topic, chosen in the URL."""
    st.session_state["about"] = about if about in subjects else ""
    st.selectbox(
        "About",
        ["", *subjects],
        format_func=lambda slug: names[slug].label if slug else "Any tool or topic",
        key="about",
        on_change=_chosen,
    )


def _chosen() -> None:
    about = str(st.session_state["about"])
    st.query_params.from_dict({"about": about} if about else {})


def _claim(base: Base, view: ClaimView) -> None:
    names = {topic.slug: topic for topic in base.topic_lines()}
    reading, margin = reading_and_margin()
    with reading:
        put(el("div", "Claim", cls="kb-kind"), el("h1", view.claim.statement))
        put(_who(view), drawn(base, view.note))
        for relation in RELATIONS:
            put(_evidence(base, view, relation))
        if not view.evidence:
            put(el("p", "No evidence is listed yet.", cls="kb-quiet"))
    with margin:
        counts = {relation: sum(one.relation == relation for one in view.evidence) for relation in RELATIONS}
        if view.evidence:
            put(el("h2", "Evidence as listed"), el("p", claims.counts(counts), ". ", _one_sided(counts)))
        if view.claim.about:
            topics = [el("li", topic_link(slug, names)) for slug in view.claim.about]
            put(el("h2", "About"), el("ul", joined(topics), cls="kb-plain"))
        dates = [f"as of {view.claim.as_of}" if view.claim.as_of else ""]
        dates.append(f"checked {view.note.checked}" if view.note.checked else "")
        put(el("div", el("div", view.note.origin.path), el("div", joined(dates, " · ")), cls="kb-origin"))


def _one_sided(counts: Mapping[str, int]) -> str:
    """That a side is empty, so that silence is not read as agreement."""
    if not counts["contradicts"] and counts["supports"]:
        return "Nothing is listed that contradicts it; that is no proof that there is nothing."
    if counts["contradicts"] and not counts["supports"]:
        return "Nothing is listed that supports it; that is no proof that there is nothing."
    return ""


def _who(view: ClaimView) -> Html | None:
    """Who said it, and how surely it is theirs."""
    if not view.said_by:
        return None
    claim = view.claim
    manner = {"inferred": "as inferred from", "stated": "as stated in"}.get(claim.attribution, "in")
    lead = f"Said by {claim.speaker}, {manner} " if claim.speaker else "Said in "
    return el(
        "p",
        lead,
        works.title(view.said_by),
        f" ({view.said_by.year or 'n.d.'})",
        f", {claim.where}" if claim.where else "",
        ".",
        cls="kb-reference",
    )


def _evidence(base: Base, view: ClaimView, relation: str) -> Html | None:
    of_relation = [one for one in view.evidence if one.relation == relation]
    found = [claims.evidence(one, _finding(base, one)) for one in of_relation]
    if not found:
        return None
    sign = el("span", claims.SIGNS[relation], cls="kb-sign", aria_hidden="true")
    return joined(
        (el("h2", sign, _HEADS[relation], el("span", str(len(found)), cls="kb-count")), works.cards(found))
    )


def _finding(base: Base, one: EvidenceLine) -> str:
    """The number of the finding that is meant; "" where none is, or it has no number."""
    if not one.work or not one.finding:
        return ""
    found = [line.finding for line in base.work(one.work.citekey).findings if line.name == one.finding]
    return next((said for finding in found if (said := number(finding)) != finding.text), "")
