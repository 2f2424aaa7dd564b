"""references/decisions.toml as people write it, and as it should not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Decision, Origin
from kb.read.decisions import read_decisions

PATH = "references/decisions.toml"
GOOD = """\
# By hand.
[[decision]]
verdict = "same"
works = ["seto2015", "seto15"]   # the first stays
by = "A. Maintainer"
on = 2026-11-21
why = "One DOI."

[[decision]]
verdict = 'different'
works = [
  "part1",
  "part2",
]
why = \"\"\"
Two parts.
[[decision]]
\"\"\"
"""


def said(text: str) -> list[tuple[str, int, str]]:
    """Problems of a text: code, line, severity."""
    return [(p.code, p.origin.line, p.severity) for p in read_decisions(text.encode(), PATH).problems]


def test_decisions_are_read_with_their_lines() -> None:
    """Whatever the order of the keys, the quotes and the line breaks; a header in a text is none."""
    found = read_decisions(GOOD.encode(), PATH)

    assert found.problems == []
    assert found.decisions == [
        Decision("same", ("seto2015", "seto15"), Origin(PATH, 2), "A. Maintainer", "2026-11-21", "One DOI."),
        Decision("different", ("part1", "part2"), Origin(PATH, 9), why="Two parts. [[decision]]"),
    ]


@pytest.mark.parametrize(
    ("line", "code", "severity", "kept"),
    [
        ('verdikt = "x"', "decision-key", "warning", True),
        ("on = 2026-13-40", "decision-syntax", "error", False),
        ('on = "yesterday"', "decision-value", "error", True),
        ("on = 2026-11-21T10:00:00", "decision-value", "error", True),
        ("by = 3", "decision-value", "error", True),
        ("why = [", "decision-syntax", "error", False),
        ("works = []", "decision-syntax", "error", False),  # a key may stand once
    ],
)
def test_what_is_wrong_is_told_at_its_line(line: str, code: str, severity: str, kept: bool) -> None:
    """A wrong value costs itself, an unknown key nothing, broken TOML this decision."""
    text = f'[[decision]]\nverdict = "same"\nworks = ["a", "b"]\n{line}\n\n{GOOD}'

    found = read_decisions(text.encode(), PATH)

    assert said(text) == [(code, 4, severity)]
    assert len(found.decisions) == 2 + kept


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[decision]]\nverdict = "maybe"\nworks = ["a", "b"]\n', 2),
        ('[[decision]]\nworks = ["a", "b"]\n', 1),
        ('[[decision]]\nverdict = "same"\nworks = ["a"]\n', 3),
        ('[[decision]]\nverdict = "same"\nworks = ["a", "b", "c"]\n', 3),
        ('[[decision]]\nverdict = "same"\nworks = ["a", "a"]\n', 3),
        ('[[decision]]\nverdict = "same"\nworks = ["a", 3]\n', 3),
        ('[[decision]]\nverdict = "same"\nworks = "a, b"\n', 3),
        ('\n[decision]\nverdict = "same"\nworks = ["a", "b"]\n', 2),
        ("\ndecision = [1]\n", 1),
    ],
)
def test_a_decision_of_nothing_is_an_error(text: str, line: int) -> None:
    """Same or different, of two works; else nothing is decided."""
    assert said(text) == [("decision-value", line, "error")]
    assert read_decisions(text.encode(), PATH).decisions == []


def test_a_key_that_is_no_key_is_told_with_the_nearest() -> None:
    """A table of another name is an error, for what it says is lost."""
    text = '[[decision]]\nverdict = "same"\nworks = ["a", "b"]\nwhi = "x"\n\n[[desicion]]\nverdict = "same"\n'

    found = read_decisions(text.encode(), PATH)

    assert said(text) == [("decision-key", 4, "warning"), ("decision-key", 6, "error")]
    assert "why" in found.problems[0].remedy


def test_the_marks_of_a_merge_cost_no_decision() -> None:
    """Both sides are kept, and each mark is told."""
    one = '[[decision]]\nverdict = "same"\nworks = ["a", "b"]\n'
    other = '[[decision]]\nverdict = "same"\nworks = ["c", "d"]\n'
    text = f"{GOOD}<<<<<<< HEAD\n{one}=======\n{other}>>>>>>> theirs\n"

    found = read_decisions(text.encode(), PATH)

    assert len(found.decisions) == 4
    assert [code for code, _, _ in said(text)] == ["decision-syntax"] * 3


def test_odd_bytes_and_line_ends_are_read() -> None:
    """As another system writes them."""
    content = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()

    assert read_decisions(content, PATH).problems == []
    assert len(read_decisions(content, PATH).decisions) == 2
    assert [p.code for p in read_decisions(b"%PDF-1.4", PATH).problems] == ["file-binary"]


def test_nesting_without_end_is_a_problem() -> None:
    """And no crash."""
    assert said(f"[[decision]]\nwhy = {'[' * 50_000}\n") == [("decision-syntax", 1, "error")]
    assert said(f"[[decision]]\nwhy = {'9' * 5_000}\n")[0][0] == "decision-syntax"


@given(st.text("[]=\"'#\n decision{}<>,.1\\\r", max_size=80))
def test_no_text_raises(text: str) -> None:
    """Whatever it is, decisions and problems come back, with lines that the file has."""
    found = read_decisions(text.encode(), PATH)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= problem.origin.line <= lines for problem in found.problems)
