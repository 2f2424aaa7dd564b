"""Around one work: what is near it by citations, and the picture of that."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kb import graph, store
from kb.model import Picture, PlacedWork, Related, WorkLine
from kb.search.fts import STOP_WORDS
from kb.store.citations import Neighbour

if TYPE_CHECKING:
    import networkx


_DEEP = 200  # of each ranking
_SMOOTH = 60  # as Cormack et al. have it
_ONCE = 0.5  # what one citation or reference in common counts, which may be chance, beside several
_SAID = 5  # words that tell why


def related(db: store.Database, citekey: str, *, limit: int) -> list[Related]:
    """Works near this one by citations and by what they speak of, the nearest first, ties by citekey.

    Two rankings, by the cosines of co-citation and coupling and by the work's
    most telling words, are joined by reciprocal rank (Cormack et al. 2009,
    doi:10.1145/1571941.1572114).
    """
    (this,) = store.works.ids(db, [citekey])
    near = {n.citekey: n for n in store.citations.neighbours(db, citekey)}
    asked = store.likeness.telling(db, this, common=STOP_WORDS)
    alike = store.likeness.alike(db, this, asked, limit=_DEEP)
    by_words = dict(zip((line.citekey for line in store.works.lines(db, alike)), alike, strict=True))
    closest = _joined(near, list(by_words))[:limit]
    lines = store.works.lines_by_citekey(db, closest)
    words = store.likeness.shared(db, [by_words[name] for name in closest if name in by_words], asked)
    return [
        _related(lines[name], near.get(name), words.get(by_words.get(name, 0), [])[:_SAID])
        for name in closest
    ]


def _related(line: WorkLine, near: Neighbour | None, words: list[str]) -> Related:
    if near is None:
        return Related(line, 0, 0, 0.0, tuple(words))
    return Related(line, near.together, near.shared, _closeness(near), tuple(words))


def _joined(near: Mapping[str, Neighbour], by_words: Sequence[str]) -> list[str]:
    """One ranking out of both: what is high in either, and higher what is high in both; ties by citekey."""
    by_citations = sorted(near, key=lambda name: (-_closeness(near[name]), name))[:_DEEP]
    scores = {name: 1 / (_SMOOTH + place) for place, name in enumerate(by_words, start=1)}
    for place, name in enumerate(by_citations, start=1):
        weight = 1.0 if near[name].together + near[name].shared > 1 else _ONCE
        scores[name] = scores.get(name, 0.0) + weight / (_SMOOTH + place)
    return sorted(scores, key=lambda name: (-scores[name], name))


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
