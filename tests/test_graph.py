"""Graphs and layouts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kb.graph import by_year, citation_graph, cosine, topic_graph

_WORKS = st.lists(
    st.tuples(
        st.text("abc", min_size=1, max_size=4), st.none() | st.integers(1990, 2026), st.text(max_size=30)
    ),
    unique_by=lambda work: work[0],
)


def test_a_citation_graph_says_why_where_somebody_said_why() -> None:
    """Edges lead from citing to cited and carry intents."""
    graph = citation_graph({"a": {"year": 2019}, "b": {"year": 2015}}, [("a", "b")], [("a", "b", "extends")])
    assert list(graph.edges(data="intents")) == [("a", "b", ("extends",))]
    assert graph.nodes["a"]["year"] == 2019


def test_a_topic_graph_keeps_tree_and_shared_works() -> None:
    """One edge may be both: broader, and shared by works."""
    graph = topic_graph({"a": {}, "b": {}, "c": {}}, [("a", "b")], [("b", "c")], [("a", "b", 3)])
    assert graph.edges["a", "b"] == {"shared": 3, "broader": "b"}
    assert graph.edges["b", "c"] == {"related": True}


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_closeness_lies_between_nothing_and_all(both: int, one: int, other: int) -> None:
    """Symmetric, 0 without sharing, 1 for equal sets."""
    both = min(both, one, other)
    assert 0 <= cosine(both, one, other) <= 1 + 1e-9
    assert cosine(both, one, other) == cosine(both, other, one)


@given(_WORKS)
def test_labels_in_one_row_never_overlap(works: list[tuple[str, int | None, str]]) -> None:
    """Every work has its place, and a place is a function of the input."""
    centre = works[0][0] if works else ""
    placed = by_year(works, years_per_letter=0.1, centre=centre)
    assert sorted(p.citekey for p in placed) == sorted(work[0] for work in works)
    assert placed == by_year(list(reversed(works)), years_per_letter=0.1, centre=centre)
    lengths = {citekey: len(label) * 0.1 for citekey, _, label in works}
    for row in {p.row for p in placed}:
        here = sorted((p.x, p.citekey) for p in placed if p.row == row)
        for (x, citekey), (next_x, _) in pairwise(here):
            assert x + lengths[citekey] <= next_x
        assert centre not in {citekey for _, citekey in here} or len(here) == 1
