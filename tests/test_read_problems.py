"""Where one thing is wrong very often, the first problems say it and one counts the rest."""

from hypothesis import given
from hypothesis import strategies as st

from kb.model import Origin, Problem
from kb.read.problems import Gathered, capped


def wrong(line: int, code: str = "bib-syntax") -> Problem:
    return Problem(Origin("x.bib", line), code, "It is broken.", "Mend it.")


def test_each_kind_is_capped_by_itself() -> None:
    """Those of another code are all shown; the count stands at the first that is not."""
    found = capped([*map(wrong, range(1, 8)), wrong(9, "bib-lost")], limit=5)

    assert [(p.code, p.origin.line) for p in found] == [
        *(("bib-syntax", line) for line in range(1, 6)), ("bib-lost", 9), ("bib-syntax", 6),
    ]  # fmt: skip
    assert "2 more" in found[-1].message


def test_what_is_counted_at_once_is_counted() -> None:
    """A problem may stand for many, and needs no message when there are enough."""
    gathered = Gathered(limit=1)

    assert not gathered.counts("bib-syntax", "error", Origin("x.bib", 1))
    gathered.add(wrong(1), times=10)
    assert gathered.counts("bib-syntax", "error", Origin("x.bib", 2))
    assert "10 more" in gathered.listed()[1].message


@given(st.lists(st.sampled_from(("a", "b", "c")), max_size=30), st.integers(1, 5))
def test_few_problems_stay_as_they_are(codes: list[str], limit: int) -> None:
    """Nothing is added or lost where there are no more than the limit."""
    problems = [wrong(line, code) for line, code in enumerate(codes, start=1)]
    found = capped(problems, limit)

    kept = [p for p in problems if p in found]
    assert found[: len(kept)] == kept
    assert all(sum(p.code == code for p in kept) == min(limit, codes.count(code)) for code in set(codes))
