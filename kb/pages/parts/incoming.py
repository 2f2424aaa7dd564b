"""Records that came in from a file: each with what it is here, why, and what the two say differently."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.model import Name, Work, WorkLine
from kb.pages import links
from kb.pages.parts.markup import Html, Inside, el, joined, link
from kb.pages.parts.steps import STEP
from kb.pages.parts.words import counted
from kb.pages.parts.works import byline

if TYPE_CHECKING:
    from kb.convert import Difference, Incoming, Preview

_CLIP = 300  # characters of an abstract, say, of which two sources have two


def record(one: "Incoming") -> Html:
    """A record as the search page shows a work, without a link where there is no page for it yet."""
    work = one.work
    here = one.state == "here" and not one.within
    shown = el("span", _title(work), cls="kb-title")
    return el(
        "article",
        el("div", link(_title(work), links.work(work.citekey), cls="kb-title") if here else shown),
        el("div", byline(_line(work)), cls="kb-by"),
        el("div", *_why(one), cls="kb-why"),
        _differences(one.differences, within=one.within),
        cls="kb-work",
    )


def _why(one: "Incoming") -> list[Inside]:
    """The citekey that it has or would have, and what it is compared with."""
    citekey = el("code", one.work.citekey)
    if one.match is None:
        return [citekey]
    match = el("code", one.match.citekey)
    named = match if one.within else link(match, links.work(one.match.citekey))
    place = " earlier in these files" if one.within else " in the library"
    said = f": {', '.join(one.judgement.reasons)}" if one.judgement and one.judgement.reasons else ""
    if one.state == "here":
        brings = "" if one.differences else ". It says nothing that is not said already"
        return ["Is ", named, place, said, brings, "."]
    return [citekey, " may be ", named, place, said, "."]


def _differences(found: "Sequence[Difference]", *, within: bool) -> Html | None:
    if not found:
        return None
    heads = ("Field", "The file says", "The earlier record says" if within else "Here it says")
    rows = [
        _row("td", heads, (difference.field, _clipped(difference.theirs), _clipped(difference.ours) or "–"))
        for difference in found
    ]
    head = el("thead", _row("th", heads, heads))
    table = el("table", head, el("tbody", *rows), cls="kb-differences kb-stacks", role="table")
    return el("div", table, cls="kb-scroll")


def _row(cell: str, heads: Sequence[str], said: Sequence[str]) -> Html:
    role = "columnheader" if cell == "th" else "cell"
    cells = (
        el(cell, text, role=role, data_head=head if cell == "td" else "")
        for head, text in zip(heads, said, strict=True)
    )
    return el("tr", *cells, role="row")


def _line(work: Work) -> WorkLine:
    """A work that no store has yet, in one line."""
    return WorkLine(
        citekey=work.citekey,
        title=_title(work),
        byline=_people(work.authors or work.editors, more=work.more_authors),
        year=work.year,
        container=work.container,
        type=work.type,
        held=work.held,
        status=work.status,
        doi=work.doi,
        url=work.url,
    )


def _title(work: Work) -> str:
    return work.title or work.doi or work.fields.get("reference", "") or work.citekey


def _people(names: Sequence[Name], *, more: bool) -> str:
    return "; ".join(name.inverted for name in names[:3]) + (" et al." if more or len(names) > 3 else "")


def said(work: Work) -> str:
    """A work on one line, as a reference list would begin it."""
    names = ", ".join(name.family for name in (work.authors or work.editors)[:3])
    more = " et al." if len(work.authors or work.editors) > 3 else ""
    return f"{names}{more} ({work.date or 'n.d.'}). {_title(work)}".strip()


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIP else f"{text[:_CLIP]}…"


def counts(found: "Preview") -> Html:
    """How many records came in from where, and how many of each kind."""
    rows = [(len(found.of("new")), "new"), (len(found.of("doubtful")), "doubtful")]
    rows += [
        (len(found.of("here")), "already here"),
        (len(found.problems), "problem" if len(found.problems) == 1 else "problems"),
    ]
    terms = (el("div", el("dt", what), el("dd", f"{count:,}")) for count, what in rows)
    total = counted(len(found.incoming), "record")
    nothing = None if found.incoming else el("p", "No publication was found in what was dropped here.")
    where = el("p", f"{total} in {', '.join(found.sources)}.", cls="kb-quiet") if found.incoming else nothing
    return el("div", where, el("dl", joined(terms), cls="kb-counts"), role="status")


def citations(found: "Preview") -> Html | None:
    """What the reference lists of records that are not here bring along; None where that is nothing."""
    cites = [citation.cited for one in found.incoming if one.state != "here" for citation in one.work.cites]
    if not cites:
        return None
    named = set(cites)
    fresh = sum(work.citekey in named for work in found.cited)
    head = el("h2", "Reference lists", el("span", f"{len(cites):,}", cls="kb-count"))
    known = f"{counted(fresh, 'work is', 'works are')} kept as known from reference lists only."
    about = el("p", f"{counted(len(cites), 'citation')} of {counted(len(named), 'work')} come along; {known}")
    return joined((head, about, _doubts(found) if found.doubts else None))


def _doubts(found: "Preview") -> Html:
    """References that may be works that are here: taken for others, until a person says so."""
    rows = []
    for doubt in found.doubts[:STEP]:
        taken = "It was taken for another" + "".join(f", {why}" for why in doubt.judgement.reasons)
        asked = (el("code", doubt.citing), f" cites {said(doubt.reference)}. Is it ")
        rows.append(el("li", *asked, el("code", doubt.candidate.citekey), f"? {taken}."))
    left = len(found.doubts) - len(rows)
    head = f"{counted(len(found.doubts), 'reference')} may be works that are here"
    rows.append(el("li", f"and {left:,} more", cls="kb-quiet") if left else Html(""))
    return el("details", el("summary", head), el("ul", joined(rows), cls="kb-plain"), cls="kb-branch")
