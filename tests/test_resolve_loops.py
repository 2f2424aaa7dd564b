"""Topics that are each broader than the next: every such loop is told of, in no time."""

from hypothesis import given
from hypothesis import strategies as st

from kb.model import Label, Note, Origin, Topic
from kb.resolve import resolve


def _told(broader: dict[str, list[str]], narrower: dict[str, list[str]] | None = None) -> list[str]:
    notes = [
        Note(
            slug,
            "topic",
            slug,
            Origin(f"notes/topics/{slug}.md"),
            body="",
            topic=Topic(
                (Label(slug, "preferred"),), "outcome", tuple(above), tuple((narrower or {}).get(slug, ()))
            ),
        )
        for slug, above in broader.items()
    ]
    return [p.message for p in resolve([], {}, notes).problems if p.code == "topic-cycle"]


def test_a_loop_is_found_by_whichever_line_it_closes() -> None:
    """Not only by the first broader topic; and by narrower ones, which say the same."""
    assert len(_told({"a": ["z", "b"], "b": ["a"], "z": []})) == 1
    assert len(_told({"a": [], "b": ["a"]}, {"b": ["a"]})) == 1
    assert _told({"a": ["b"], "b": ["z"], "z": []}) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_a_loop_is_told_of_where_there_is_one_and_only_there(above: dict[str, list[str]]) -> None:
    """Compared with going up from every topic until nothing new is met."""
    known = {slug: [other for other in others if other in above] for slug, others in above.items()}

    def reached(slug: str) -> set[str]:
        found: set[str] = set()
        waiting = [slug]
        while waiting:
            new = set(known[waiting.pop()]) - found
            found |= new
            waiting += new
        return found

    assert bool(_told(known)) == any(slug in reached(slug) for slug in known)


def test_a_long_chain_takes_no_time() -> None:
    """Nor does the message grow with the loop."""
    names = [f"t{i:05}" for i in range(20_000)]
    told = _told({one: [above] for one, above in zip(names, [*names[1:], names[0]], strict=True)})
    assert len(told) == 1
    assert len(told[0]) < 300
