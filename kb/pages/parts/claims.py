"""A claim: the sentence, who said it, and its evidence counted in words; its standing is never guessed."""

from collections.abc import Iterable, Mapping

from kb.base import Base
from kb.model import RELATIONS, ClaimLine, EvidenceLine
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined, link, outward
from kb.pages.parts.works import byline, cards, short, title

SIGNS = {"supports": "+", "contradicts": "✕", "qualifies": "◐", "supersedes": "↷"}
_COUNTED = {
    "supports": ("supports", "support"),
    "contradicts": ("contradicts", "contradict"),
    "qualifies": ("qualifies", "qualify"),
    "supersedes": ("supersedes", "supersede"),
}


def counts(found: Mapping[str, int]) -> str:
    """How much evidence is listed on each side, in words.

    >>> counts({"supports": 2, "qualifies": 1})
    '2 support, 1 qualifies'
    """
    said = [f"{found[name]} {_COUNTED[name][found[name] > 1]}" for name in RELATIONS if found.get(name)]
    return ", ".join(said) or "no evidence listed yet"


def claims(base: Base, lines: Iterable[ClaimLine]) -> Html:
    """Claims in a list, each with who said it and how much evidence is listed."""
    shown = list(lines)
    said = {work.citekey: short(work) for work in base.lines({line.claim.said_by for line in shown})}
    return cards(_claim(line, said.get(line.claim.said_by, "")) for line in shown)


def _claim(line: ClaimLine, work: str) -> Html:
    who = f"said by {line.claim.speaker} in {work}" if line.claim.speaker else work and f"said in {work}"
    return el(
        "article",
        el("div", link(line.claim.statement, links.named("claim", line.slug), cls="kb-statement kb-title")),
        el("div", joined((who, counts(line.counts)), " · "), cls="kb-by"),
        cls="kb-work kb-claim",
    )


def evidence(one: EvidenceLine, found: str) -> Html:
    """One piece of evidence as listed: the work or address, the reason, the number meant, the place."""
    if one.work:
        source = joined((el("div", title(one.work)), el("div", byline(one.work), cls="kb-by")))
    else:
        source = el("div", outward(one.url, one.url), cls="kb-head")
    return el(
        "article",
        source,
        el("div", _sentence(one.because), cls="kb-because") if one.because else None,
        el("div", found, cls="kb-number") if found else None,
        el("div", "In the source: ", one.where, cls="kb-why") if one.where else None,
        cls="kb-work",
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
