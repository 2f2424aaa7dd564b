"""Fields beside a query: they keep what fits of what it finds, whatever its grammar."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.base import Base, open_base
from kb.library import Library

QUERIES = (
    "topic:cport OR topic:kirat",
    "author:seto OR author:eke",
    "CSAM AND THE LAW",
    "OR",
    "CPORT )",
    "((deterrence OR",
    "(deterrence AND NOT police) OR warning",
    "+randomised -chatbot helpline",
    "-CSAM",
    "how effective are warning messages",
    "year:2015.. -type:thesis",
    'author:"Seto, Michael C."',
    '"CPORT validation',
    "a OR b OR topic:cport warning",
    "nothingofthekind",
    ")",
)
FACETS = (
    "is:held",
    "is:cited",
    "year:2015..2019",
    "tool:cport",
    "has:findings",
    "type:article",
    'journal:"sexual abuse"',
    "author:seto",
    'author:"Seto, Michael C."',
    "topic:no-such-topic",
    "key:seto*",
)


@pytest.fixture(scope="module")
def base(shipped: Library) -> Iterator[Base]:
    with open_base(shipped.database) as base:
        yield base


@pytest.fixture(scope="module")
def all_that(base: Base) -> dict[str, set[str]]:
    return {facet: {citekey for citekey, _ in base.search(facet, limit=0).citekeys} for facet in FACETS}


@pytest.mark.parametrize("query", QUERIES)
def test_only_keeps_what_fits_of_what_a_query_finds(
    base: Base, all_that: dict[str, set[str]], query: str
) -> None:
    """Neither more nor less, in pages, counts and citekeys alike."""
    every = dict(base.search(query, limit=0).citekeys)
    for facet in FACETS:
        found = base.search(query, limit=5, only=[facet])
        assert {citekey for citekey, _ in found.citekeys} == set(every) & all_that[facet], facet
        assert found.total == len(found.citekeys)
        assert {hit.work.citekey for hit in found.hits} <= set(every) & all_that[facet]
        assert sum(n for _, n in found.facets["held"]) == found.total


def test_several_hold_together(base: Base, all_that: dict[str, set[str]]) -> None:
    """Each is a condition of its own."""
    for one, other in product(FACETS[:5], FACETS[:5]):
        found = {citekey for citekey, _ in base.search("csam risk", limit=0, only=[one, other]).citekeys}
        every = {citekey for citekey, _ in base.search("csam risk", limit=0).citekeys}
        assert found == every & all_that[one] & all_that[other]


def test_the_words_and_their_names_do_not_change(base: Base) -> None:
    """What was named and left out is as without."""
    plain, kept = base.search("the CSAM law"), base.search("the CSAM law", only=["is:held"])
    assert (plain.expansions, plain.messages, plain.tiered) == (kept.expansions, kept.messages, kept.tiered)
    assert "Only works that fit is:held." in kept.explained
    assert kept.explained.replace("Only works that fit is:held.\n", "") == plain.explained


def test_suggestions_are_what_finds_more_within(base: Base) -> None:
    """A spelling that is right, but has no work of that kind, is not offered."""
    assert base.search("helplnie").suggestions
    assert base.search("helplnie", only=["is:held"]).suggestions
    assert not base.search("helplnie", only=["topic:no-such-topic"]).suggestions


@pytest.mark.parametrize(
    "only",
    ["topic:nosuchtopic", "year:soon", "doi:none", "is:lost", "colour:red", "held", "title:", "topic:*", ""],
)
def test_what_is_no_field_or_value_finds_nothing_and_is_said(base: Base, only: str) -> None:
    """With the message that a query would have."""
    found = base.search("csam", only=[only])
    assert (found.total, found.hits, found.citekeys) == (0, [], [])
    assert found.messages


def test_beside_no_text_all_works_that_fit_are_listed(base: Base, all_that: dict[str, set[str]]) -> None:
    """As one looks through what there is; beside nothing at all, nothing."""
    found = base.search(" ", limit=0, only=["tool:cport"])
    assert {citekey for citekey, _ in found.citekeys} == all_that["tool:cport"]
    assert base.search("").total == 0


_PARTS = (
    'csam|warning|police|topic:cport|topic:kirat|author:seto|year:2015..|is:held|OR|OR|AND|NOT|-|+|(|)|title:(|"'
    '|the|risk*|author:"Eke, Angela"|list:nope'
).split("|")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(_PARTS), min_size=1, max_size=8), facet=st.sampled_from(FACETS))
def test_whatever_is_typed_a_field_beside_it_only_keeps(
    base: Base, all_that: dict[str, set[str]], parts: list[str], facet: str
) -> None:
    """No grammar of a query reaches what stands beside it."""
    query = " ".join(parts)
    every = {citekey for citekey, _ in base.search(query, limit=0).citekeys}
    kept = base.search(query, limit=0, only=[facet])
    assert {citekey for citekey, _ in kept.citekeys} == every & all_that[facet]
