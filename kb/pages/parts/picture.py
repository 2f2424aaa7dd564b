"""Citations as a drawing: time from left to right, the chosen work inked, each work a link."""

from dataclasses import dataclass

from kb.model import Picture, PlacedWork
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined

LETTERS = 118  # how many letters of a label fit across the drawing
_WIDTH, _LEFT, _RIGHT = 1000, 24, 190
_ROW, _TOP, _BOTTOM = 28, 20, 44
_TICKS = 8

# The colours of the look; as text, so that a downloaded drawing has them too.
_STYLE = """
.kb-picture text { font: 12px "Source Sans", "Source Sans 3", sans-serif; fill: #1D2830; }
.kb-picture .node text { paint-order: stroke; stroke: #FBFAF7; stroke-width: 4px; stroke-linejoin: round; }
.kb-picture .axis { fill: #56646D; } .kb-picture .grid { stroke: #E2DFD7; }
.kb-picture .edge { fill: none; stroke: #56646D; stroke-opacity: .22; }
.kb-picture .near { stroke: #0E5E66; stroke-opacity: .6; }
.kb-picture .head { fill: #0E5E66; }
.kb-picture circle { fill: #0E5E66; stroke: #0E5E66; stroke-width: 1.5; }
.kb-picture .cited circle { fill: #FBFAF7; }
.kb-picture .centre circle { fill: #1D2830; stroke: #1D2830; }
.kb-picture .centre text { font-weight: 700; }
.kb-picture a:hover text, .kb-picture a:focus text { text-decoration: underline; }
"""


@dataclass(frozen=True, slots=True)
class _Paper:
    """From years and rows to places on the drawing."""

    picture: Picture

    @property
    def span(self) -> int:
        return max(1, self.picture.last - self.picture.first)

    @property
    def height(self) -> int:
        return _TOP + _ROW * (max(work.row for work in self.picture.works) + 1) + _BOTTOM

    def x(self, years: float) -> float:
        return round(_LEFT + years / self.span * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, row: int) -> int:
        return _TOP + _ROW * row + _ROW // 2


def drawing(picture: Picture, *, title: str) -> Html:
    """The drawing as SVG, with its style inside and a title for those who do not see it."""
    paper = _Paper(picture)
    places = {work.work.citekey: (paper.x(work.x), paper.y(work.row)) for work in picture.works}
    ranked = sorted(picture.citations, key=lambda pair: picture.centre in pair)  # the inked ones on top
    edges = [_edge(places[a], places[b], near=picture.centre in (a, b)) for a, b in ranked]
    return el(
        "svg",
        el("title", title),
        el("style", Html(_STYLE)),
        _arrow_head(),
        _axis(paper),
        joined(edges),
        joined(_node(work, places[work.work.citekey], centre=picture.centre) for work in picture.works),
        cls="kb-picture",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {paper.height}",
        role="group",
        aria_label=title,
    )


def _axis(paper: _Paper) -> Html:
    """Years along the foot, with a pale line up from each; a step that leaves room for the figures."""
    picture = paper.picture
    start = picture.first + picture.undated
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 10_000) if paper.span / s <= _TICKS)
    years = [year for year in range(start, picture.last + 1) if year % step == 0 or paper.span < _TICKS]
    marks = [(paper.x(year - picture.first), str(year)) for year in years or [start]]
    if picture.undated:
        marks.insert(0, (paper.x(0), "n.d."))
    foot = str(paper.height - 14)
    return joined(
        joined(
            (
                el(
                    "line", x1=str(x), x2=str(x), y1=str(_TOP), y2=str(paper.height - _BOTTOM + 8), cls="grid"
                ),
                el("text", label, x=str(x), y=foot, text_anchor="middle", cls="axis"),
            )
        )
        for x, label in marks
    )


def _arrow_head() -> Html:
    """The head of the dark lines: it stops short of the point that it leads to."""
    head = el("path", d="M0 0L8 4L0 8z", cls="head")
    shape = {"viewBox": "0 0 8 8", "refX": "14", "refY": "4", "markerUnits": "userSpaceOnUse"}
    return el(
        "defs",
        el("marker", head, id="kb-arrow", markerWidth="7", markerHeight="7", orient="auto", **shape),
    )


def _edge(citing: tuple[float, int], cited: tuple[float, int], *, near: bool) -> Html:
    """A citation as a curve that leaves and arrives level."""
    (x1, y1), (x2, y2) = citing, cited
    middle = round((x1 + x2) / 2, 1)
    path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
    if near:
        return el("path", d=path, cls="edge near", marker_end="url(#kb-arrow)")
    return el("path", d=path, cls="edge")


def _node(placed: PlacedWork, place: tuple[float, int], *, centre: str) -> Html:
    """A point that is a link, with its label above it: lines come and go level, so none runs through it."""
    x, y = place
    work = placed.work
    chosen = work.citekey == centre
    cls = " ".join(("node", *(["centre"] if chosen else []), *([] if work.held else ["cited"])))
    return el(
        "a",
        el("title", f"{work.title} ({work.year or 'n.d.'})"),
        el("circle", cx=str(x), cy=str(y), r="6" if chosen else "4"),
        el("text", placed.label, x=str(x - 5), y=str(y - (10 if chosen else 8))),
        href=links.work(work.citekey),
        cls=cls,
    )
