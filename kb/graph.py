"""Graphs: citations and topics as networkx, closeness of works, and a layout by year.

Pure: nodes and edges in, numbers and graphs out. Layouts are functions of
their input alone, so that a picture looks the same on every visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def citation_graph(
    nodes: Mapping[str, Mapping[str, object]],
    edges: Iterable[tuple[str, str]],
    intents: Iterable[tuple[str, str, str]],
) -> networkx.DiGraph:
    """A graph of works, edges from citing to cited; ``intents`` become an edge's sorted list."""
    import networkx  # 0.1 s to import, and most commands draw no graph

    graph = networkx.DiGraph()
    graph.add_nodes_from((citekey, dict(attributes)) for citekey, attributes in nodes.items())
    graph.add_edges_from(edges, intents=())
    for citing, cited, intent in intents:
        graph.edges[citing, cited]["intents"] = (*graph.edges[citing, cited]["intents"], intent)
    return graph


def topic_graph(
    nodes: Mapping[str, Mapping[str, object]],
    broader: Iterable[tuple[str, str]],
    related: Iterable[tuple[str, str]],
    shared: Iterable[tuple[str, str, int]],
) -> networkx.Graph:
    """A graph of topics; edges say which is ``broader``, what is ``related``, how many works they share."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from((slug, dict(attributes)) for slug, attributes in nodes.items())
    for one, other, works in shared:
        graph.add_edge(one, other, shared=works)
    for narrower, above in broader:
        graph.add_edge(narrower, above, broader=above)
    for one, other in related:
        graph.add_edge(one, other, related=True)
    return graph


def cosine(both: int, one: int, other: int) -> float:
    """How alike two sets are, 0 to 1: what they share over the geometric mean of their sizes.

    Salton's cosine, as used for co-citation (Small 1973, doi:10.1002/asi.4630240406)
    and bibliographic coupling (Kessler 1963, doi:10.1002/asi.5090140103).

    >>> cosine(2, 4, 1)
    1.0
    >>> cosine(0, 0, 3)
    0.0
    """
    return both / sqrt(one * other) if one and other else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A work's place in a picture: ``x`` in years, ``row`` counted from the top, both from 0 up."""

    citekey: str
    x: float
    row: int


def by_year(
    works: Sequence[tuple[str, int | None, str]], *, years_per_letter: float, centre: str = ""
) -> list[Placed]:
    """Works from left to right by year, in rows so that no label runs into the next.

    ``works`` are (citekey, year, label); a label begins at its work's year and
    is ``years_per_letter`` wide per letter. Works without a year stand one year
    left of the first. ``centre`` gets a row to itself, in the middle.
    """
    years = [year for _, year, _ in works if year is not None]
    first = min(years, default=1)
    ends: list[float] = []
    rows: list[tuple[str, float, int]] = []
    for citekey, year, label in sorted(works, key=lambda w: (w[1] or first - 1, w[0])):
        if citekey == centre:
            continue
        x = float(year if year is not None else first - 1)
        row = next((i for i, end in enumerate(ends) if end <= x), len(ends))
        ends[row : row + 1] = [x + (len(label) + 3) * years_per_letter]
        rows.append((citekey, x, row))
    middle = (len(ends) + 1) // 2
    placed = [Placed(citekey, x, row if row < middle else row + 1) for citekey, x, row in rows]
    placed += [
        Placed(citekey, float(year if year is not None else first - 1), middle)
        for citekey, year, _ in works
        if citekey == centre
    ]
    return placed
