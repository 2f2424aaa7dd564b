"""Groups of records that are one work: no chains, people's decisions first, no order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicates import records
from kb.match.block import candidates
from kb.match.cluster import Pair, clusters, pairs
from kb.match.compare import Judgement, compare
from kb.match.features import features
from kb.model import Name, Origin, Work

FIRST = Work(
    "first",
    "article",
    Origin("a.bib", 1),
    title="Help-seeking among people concerned about their own behaviour",
    authors=(Name("Lindqvist", "Anna"), Name("Berg", "Jan")),
    year=2018,
    container="Journal of Sexual Aggression",
    volume="24",
    pages="12–30",
    doi="10.1080/13552600.2018.1",
)
AGAIN = replace(FIRST, citekey="again", origin=Origin("b.bib", 1), doi="", container="J Sex Aggress")
PART = replace(
    FIRST, citekey="part", origin=Origin("c.bib", 1), title=f"{FIRST.title}: part 2", pages="300–318", doi=""
)
CUT = replace(
    FIRST,
    citekey="cut",
    origin=Origin("d.bib", 1),
    title="Help-seeking among people concerned…",
    pages="",
    doi="",
)


def grouped(works: Sequence[Work], **decisions: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    found = clusters(works, pairs(works), **decisions)
    return {frozenset(works[place].citekey for place in group) for group in found}


def sure(one: int, other: int, score: float = 0.95) -> Pair:
    return Pair(one, other, Judgement("same", score, ("by hand",)))


def test_records_of_one_work_are_one_group() -> None:
    """Groups of two or more, by their places; a work that stands alone is in none."""
    alone = replace(FIRST, citekey="alone", title="Stigma", doi="", pages="77–78", authors=())

    assert clusters([FIRST, alone, AGAIN], pairs([FIRST, alone, AGAIN])) == [(0, 2)]


def test_a_third_record_does_not_chain_two_works() -> None:
    """Though it looks like both: works that are judged different are never in one group."""
    works = [FIRST, PART, CUT]
    assert compare(FIRST, PART).verdict == "different"

    found = clusters(works, [sure(0, 2, 0.9), sure(1, 2, 0.8)])

    assert found == [(0, 2)]


def test_the_surest_pair_comes_first() -> None:
    """The weaker link is the one that is left out, whichever is told first."""
    works = [FIRST, PART, CUT]

    assert clusters(works, [sure(0, 2, 0.8), sure(1, 2, 0.9)]) == [(1, 2)]


def test_a_doubtful_pair_joins_nothing() -> None:
    """Only a person, or a sure pair, joins."""
    doubtful = Pair(0, 1, Judgement("doubtful", 0.7, ("by hand",)))

    assert clusters([FIRST, AGAIN], [doubtful]) == []


def test_a_person_can_part_what_the_rules_join() -> None:
    """Called different, two records stay apart, also through a third."""
    third = replace(FIRST, citekey="third", origin=Origin("e.bib", 1))

    assert grouped([FIRST, AGAIN], different=[("again", "first")]) == set()
    assert frozenset({"first", "again"}) not in {
        frozenset(pair)
        for group in grouped([FIRST, AGAIN, third], different=[("first", "again")])
        for pair in combinations(sorted(group), 2)
    }


def test_a_person_can_join_what_the_rules_part() -> None:
    """Called the same, two records are one, and what is the same as either may join them."""
    assert grouped([FIRST, PART], same=[("first", "part")]) == {frozenset({"first", "part"})}


def test_a_persons_different_is_above_a_same_that_follows() -> None:
    """A is B, B is C, but A is not C: the first two stay, and nothing forbidden is joined."""
    works = [FIRST, AGAIN, PART]

    groups = grouped(works, same=[("first", "again"), ("again", "part")], different=[("part", "first")])

    assert all(not {"first", "part"} <= group for group in groups)


def test_decisions_name_aliases_too_and_unknown_names_do_no_harm() -> None:
    """An old citekey of a work is its name."""
    named = replace(AGAIN, aliases=("old",))

    assert grouped([FIRST, named], different=[("first", "old"), ("gone", "first")]) == set()


MADE = [one.work for one in records(120, seed=11, held_out=True)]


@settings(max_examples=8, deadline=None)
@given(st.permutations(MADE))
def test_groups_do_not_depend_on_the_order(shuffled: list[Work]) -> None:
    """The same records, the same groups."""
    assert grouped(shuffled) == grouped(MADE)


def test_grouping_again_finds_nothing_new() -> None:
    """One record of each group, and those that stand alone: no two of them are the same."""
    found = clusters(MADE, pairs(MADE))
    merged = {place for group in found for place in group[1:]}
    left = [work for place, work in enumerate(MADE) if place not in merged]
    split = {pair for group in found for pair in combinations(group, 2)}

    assert all(compare(MADE[a], MADE[b]).verdict != "different" for a, b in split)
    assert len(clusters(left, pairs(left))) <= len(found) // 20


def test_no_pair_within_a_group_is_judged_different() -> None:
    """The guard holds for every pair, not only for those that were candidates."""
    for group in clusters(MADE, pairs(MADE)):
        for one, other in combinations(group, 2):
            assert compare(MADE[one], MADE[other]).verdict != "different"


def test_pairs_are_in_order_and_never_different() -> None:
    """Lower place first; progress ends with all of them."""
    told: list[tuple[int, int]] = []

    found = list(pairs(MADE, progress=lambda done, total: told.append((done, total))))

    assert [(p.one, p.other) for p in found] == sorted({(p.one, p.other) for p in found})
    assert all(p.one < p.other and p.judgement.verdict != "different" for p in found)
    assert told[-1][0] == told[-1][1] >= len(found)


def test_of_generated_records_one_works_are_found_and_no_others() -> None:
    """No false merge among six hundred records, and nineteen of twenty true ones."""
    made = records(600, seed=41, held_out=False)
    works = [one.work for one in made]
    found = {pair for group in clusters(works, pairs(works)) for pair in combinations(group, 2)}
    true = {(a, b) for a, b in combinations(range(len(made)), 2) if made[a].cluster == made[b].cluster}

    assert found <= true
    assert len(found) >= 0.95 * len(true)


def test_many_editorials_are_not_compared_each_with_each() -> None:
    """The number of candidates grows with the records, not with their square."""
    editorials = [
        replace(
            FIRST, citekey=f"e{i}", title="Editorial", doi="", volume="", pages="", origin=Origin("e.bib", i)
        )
        for i in range(600)
    ]

    assert len(candidates([features(work) for work in editorials])) < 600 * 15


def test_no_works_no_groups() -> None:
    """Nothing in, nothing out; nor do records that say nothing do harm."""
    empty = [Work(f"w{i}", "misc", Origin("a.bib", i)) for i in range(3)]

    assert clusters([], pairs([])) == []
    assert clusters(empty, pairs(empty)) == []
