"""Around one work: what is near it by citations, and the picture of that."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kb import graph, store
from kb.model import Picture, PlacedWork, Related, WorkLine
from kb.store.citations import Neighbour

if TYPE_CHECKING:
    import networkx


def related(db: store.Database, citekey: str, *, limit: int) -> list[Related]:
    """Works cited together with this one, or citing the same, closest first, ties by citekey."""
    near = [(_closeness(other), other) for other in store.citations.neighbours(db, citekey)]
    closest = sorted(near, key=lambda pair: (-pair[0], pair[1].citekey))[:limit]
    lines = store.works.lines_by_citekey(db, [other.citekey for _, other in closest])
    return [Related(lines[n.citekey], n.together, n.shared, closeness) for closeness, n in closest]


def _closeness(n: Neighbour) -> float:
    """The larger of the two cosines: of co-citation, and of bibliographic coupling."""
    return max(
        graph.cosine(n.together, n.cited, n.other_cited), graph.cosine(n.shared, n.cites, n.other_cites)
    )


def neighbourhood(db: store.Database, citekey: str, *, limit: int) -> "networkx.DiGraph":
    """A work with what it cites and what cites it, the most cited first, and the citations among them."""
    near = _near(db, citekey)
    times = store.citations.times_cited(db, [citekey, *near])
    ranked = sorted(near, key=lambda other: (-times.get(other, 0), other))
    found = store.works.lines_by_citekey(db, [citekey, *ranked[: limit - 1]])
    nodes = {name: {"line": line, "times": times.get(name, 0)} for name, line in found.items()}
    edges = store.citations.edges_among(db, list(nodes))
    said = [(a, b, intent) for a, b, intent in store.citations.typed(db) if a in nodes and b in nodes]
    return graph.citation_graph(nodes, edges, said)


def _near(db: store.Database, citekey: str) -> list[str]:
    """What a work cites and what cites it, each once, itself left out."""
    cited = (*store.citations.references(db, citekey), *store.citations.cited_by(db, citekey))
    return [name for name in dict.fromkeys(one.work.citekey for one in cited) if name != citekey]


def picture(
    db: store.Database, citekey: str, *, label: Callable[[WorkLine], str], letters: int, limit: int
) -> Picture:
    """The neighbourhood of a work, placed by year so that no label runs into the next."""
    near = neighbourhood(db, citekey, limit=limit)
    lines: dict[str, WorkLine] = {node: said["line"] for node, said in near.nodes(data=True)}
    labels = {node: label(line) for node, line in lines.items()}
    years = [line.year for line in lines.values() if line.year is not None]
    undated = len(years) < len(lines)
    first = min(years, default=1) - undated
    last = max(years, default=first)
    placed = graph.by_year(
        [(node, line.year, labels[node]) for node, line in lines.items()],
        years_per_letter=max(last - first, 1) / letters,
        centre=citekey,
    )
    works = tuple(
        PlacedWork(lines[p.citekey], labels[p.citekey], p.x - first, p.row, near.nodes[p.citekey]["times"])
        for p in placed
    )
    left_out = len(_near(db, citekey)) + 1 - len(lines)
    return Picture(citekey, works, tuple(sorted(near.edges())), first, last, undated, left_out)
