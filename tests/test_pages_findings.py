"""Whose studies a page lists and counts, in words."""

import pytest

from kb.model import Finding, FindingLine, Independence, Origin, WorkLine
from kb.pages.parts.findings import of_subject, split

OWN = Independence(value=False, because="they made it")
APART = Independence(value=True)
OPEN = Independence(value=None, because="nobody can tell")
RUN = Independence(value=False, because="they run it", kind="programme")


def _line(citekey: str, whose: Independence | None) -> FindingLine:
    work = WorkLine(citekey, "A title", "Somebody", 2020, "", "article", True, "", "", "")
    finding = Finding("one", Origin("notes/studies/x.md", 1), "abstract", text="Something was found.")
    return FindingLine(f"{citekey}#one", finding, work, whose)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([("a", OWN), ("b", APART), ("c", OPEN)], "1 by its developers, 1 independent, 1 not known to be"),
        ([("a", RUN), ("b", APART)], "1 by those who run it, 1 independent."),
        ([("a", APART), ("b", None)], "1 independent, 1 not known to be independent."),
    ],
)
def test_works_are_counted_by_whose_they_are(found: list[tuple[str, Independence | None]], said: str) -> None:
    """Those without a verdict among them, as not known."""
    counted = split(_line(citekey, whose) for citekey, whose in found)
    assert counted.startswith(f"Of {len(found)} works: {said}")


@pytest.mark.parametrize("own", [OWN, RUN])
def test_a_work_that_is_theirs_in_one_finding_is_theirs(own: Independence) -> None:
    """In whatever order its findings stand; what is told once is not unknown."""
    lines = [_line("a", whose) for whose in (own, APART, OPEN, None)]
    assert split(lines) == split(reversed(lines))
    assert split(lines).startswith("Of 1 work: 1 by ")
    assert split(lines[1:]) == split(reversed(lines[1:])) == "Of 1 work: 1 not known to be independent."
    assert split([_line("a", None), _line("a", APART)]) == "Of 1 work: 1 independent."


def test_where_nothing_is_told_nothing_is_counted() -> None:
    """As on a topic, or a programme of which no note says whose studies they are."""
    assert split([_line("a", None), _line("b", None)]) == ""
    assert split([]) == ""


def test_each_row_says_whose_study_it_is_and_why() -> None:
    """Of a programme, in its own words."""
    shown = str(of_subject([_line("a", RUN), _line("b", OWN)], {}, {}, slug="x"))
    assert 'title="they run it">by those who run it<' in shown
    assert 'title="they made it">by its developers<' in shown
