"""Whatever is typed: a result, or an explained empty one, and never an error."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.base import Base, open_base
from kb.library import Library

MARKS = list("()\"“”„«»*+-:;^~'’\\/.,{}[]<>|&%$#@!?=_…–—\0\t\n\r\x0b\x1f\x7f\ufeff\u200b\u202e\ud83d")
PIECES = [
    *"AND OR NOT NEAR ROWID MATCH and or not".split(),
    *"author: title: year: topic: tool: doi: key: type: list: has: is: journal: design:".split(),
    *"year:2015 year:2010..2020 year:> topic:csam -topic:csam key:s* is:held has:nothing tool:c*".split(),
    *"CSAM csam STABLE-2007 stable2007 OR MST self-help pedophilia behaviour IIOC* a* predicti*".split(),
    *"NEAR(a b, 5) {title} : {title}: fulltext_index -- /* */ %s ?1 :match".split(),
    "'; DROP TABLE work; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "10.1037/lhb0000128",
    "ß ø å ł ñ ı İ ﬁ Ⅻ ² ٣",
    "שלום عالم 児童 Иванов",
    "😀👨‍👩‍👧",
    "e\u0301\u0301\u0301",
    "\x02marked\x03",
]
QUERIES = st.lists(
    st.sampled_from(MARKS) | st.sampled_from(PIECES) | st.text(max_size=12), max_size=25
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))
LONG = {
    "words": "risk of sexual recidivism " * 4_000,
    "one word": "a" * 100_000,
    "parentheses": "(" * 10_000,
    "parentheses with words": "(a " * 10_000,
    "closed parentheses": ")" * 10_000,
    "quotes": '"' * 10_000,
    "open quotes": '"a ' * 10_000,
    "alternatives": "a OR " * 5_000,
    "operators": "OR NOT AND " * 3_000,
    "beginnings": " ".join(f"{a}{b}*" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop") * 20,
    "letters with stars": "a* b* " * 5_000,
    "left out": "-a " * 5_000,
    "fields": "topic:c* OR year:2015 OR key:s* OR " * 2_000,
    "unknown topics": " ".join(f"topic:zzcsm{i}" for i in range(5_000)),
    "nothing": "\0" * 50_000 + "CSAM",
    "marks": "*:()\"'-" * 10_000,
    "emoji": "😀" * 50_000,
    "right to left": "\u202e" * 20_000 + "שלום " * 5_000,
    "accents": "a\u0301" * 40_000,
}


@pytest.fixture(scope="module")
def base(shipped: Library) -> Iterator[Base]:
    with open_base(shipped.database) as opened:
        yield opened


def _answered(base: Base, query: str, *, literal: bool = False) -> None:
    results = base.search(query, limit=5, literal=literal)
    assert 0 <= results.complete <= results.total
    assert len(results.hits) == min(5, results.total)
    assert results.explained
    assert not any("\0" in said for said in (results.query, results.explained, *results.messages))
    if results.query and not results.total:
        assert results.explained != ""


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, literal=st.booleans())
def test_arbitrary_text_is_answered(base: Base, query: str, *, literal: bool) -> None:
    """Operators of the language and of FTS5, quotes, NUL, emoji, right-to-left text, SQL and HTML."""
    _answered(base, query, literal=literal)


@pytest.mark.parametrize("kind", LONG)
def test_long_and_hostile_text_is_answered(base: Base, kind: str) -> None:
    """Up to 100 kB, and as deep and as many as will fit."""
    _answered(base, LONG[kind])


def test_what_empties_a_query_is_said(base: Base) -> None:
    """A query that is nothing but marks has a message, not a list of everything."""
    for query in ("()", '""', "* * *", "😀", "-", "OR OR"):
        results = base.search(query)
        assert results.total == 0 or results.messages, query
        assert results.messages, query


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_a_query_is_explained_the_same_each_time(base: Base, query: str) -> None:
    """What is reported is what was run."""
    assert base.search(query, limit=1).explained == base.search(query, limit=1).explained
