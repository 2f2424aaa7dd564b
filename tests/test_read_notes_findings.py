"""What a study note says its work found: whole, with a locator, or not at all."""

import pytest

from kb.model import Citation, Finding, Note, Origin, Problem, Study
from kb.read.notes import read_note

STUDY = "notes/studies/some2020study.md"


def read(front: str, path: str = STUDY, body: str = "") -> tuple[Note, list[Problem]]:
    note, problems = read_note(f"---\n{front}---\n{body}".encode(), path)
    assert note is not None
    return note, problems


def codes(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.origin.line) for problem in problems]


def findings(*lines: str) -> tuple[tuple[Finding, ...], list[Problem]]:
    """The findings of a study whose only finding begins on line 5."""
    listed = "\n    ".join(lines)
    note, problems = read(f"kind: study\nwork: some2020study\nfindings:\n  - {listed}\n")
    assert note.study is not None
    return note.study.findings, problems


def targets(note: Note) -> list[tuple[str, str, int]]:
    return [(link.target, link.field, link.origin.line) for link in note.links]


FULL_STUDY = """\
kind: study
work: some2020study
design: [validation, cohort-study]
sample: a-sample
findings:
  - id: auc-sexual
    tool: cport
    comparator: a waiting list
    arms: [one, two]
    outcome: sexual-recidivism
    measure: AUC
    value: 0.79
    ci: [0.70, 0.87]
    n: 100
    events: 7
    follow_up: {years: 5, kind: fixed}
    subgroup: all
    where: Table 2
    via: other2021review
  - id: limits
    intervention: [helplines, online-self-help]
    programme: stop-it-now
    text: |
      One sentence
      in our own words.
    direction: descriptive
    topics: [self-selection]
    sample: other-sample
    where: Discussion
  - id: span
    measure: percent
    range: [7, 9.5]
    where: p. 3
use: {auc-sexual: false}
independent: {value: false, because: the same authors}
appraisal: {instrument: PROBAST, rating: high, because: few events}
topics: [risk-tools]
cites: [first2001, {work: second2002, intent: validates, where: p. 2}]
sensitivity: 1
added: 2026-11-21
checked: 2026-11
"""


def test_a_study_says_what_its_work_found() -> None:
    """All that the design's example holds is read, without a problem."""
    note, problems = read(
        FULL_STUDY, body="It repeats [@confirms:third2003, p. 9] and names [@fourth2004].\n"
    )
    assert problems == []
    assert note.study == Study(
        work="some2020study",
        designs=("validation", "cohort-study"),
        samples=("a-sample",),
        findings=(
            Finding(
                id="auc-sexual",
                origin=Origin(STUDY, 7),
                where="Table 2",
                subjects=("cport",),
                comparator="a waiting list",
                arms=("one", "two"),
                outcome="sexual-recidivism",
                measure="AUC",
                value=0.79,
                ci_low=0.70,
                ci_high=0.87,
                n=100,
                events=7,
                follow_up=5.0,
                follow_up_kind="fixed",
                subgroup="all",
                via="other2021review",
            ),
            Finding(
                id="limits",
                origin=Origin(STUDY, 21),
                where="Discussion",
                subjects=("helplines", "online-self-help", "stop-it-now"),
                samples=("other-sample",),
                text="One sentence in our own words.",
                direction="descriptive",
                topics=("self-selection",),
            ),
            Finding(id="span", origin=Origin(STUDY, 31), where="p. 3", measure="percent", low=7.0, high=9.5),
        ),
        cites=(
            Citation("some2020study", "first2001", Origin(STUDY, 39), "note"),
            Citation("some2020study", "second2002", Origin(STUDY, 39), "note", "validates", "p. 2"),
            Citation("some2020study", "third2003", Origin(STUDY, 44), "note", "confirms", "p. 9"),
        ),
    )
    assert (note.sensitivity, note.added, note.checked) == (1, "2026-11-21", "2026-11")
    assert [m.citekey for m in note.mentions] == [
        "other2021review",
        "first2001",
        "second2002",
        "third2003",
        "fourth2004",
    ]
    assert targets(note) == [
        ("validation", "design", 4),
        ("cohort-study", "design", 4),
        ("a-sample", "sample", 5),
        ("cport", "tool", 8),
        ("sexual-recidivism", "outcome", 11),
        ("helplines", "intervention", 22),
        ("online-self-help", "intervention", 22),
        ("stop-it-now", "programme", 23),
        ("other-sample", "sample", 29),
        ("self-selection", "topics", 28),
        ("risk-tools", "topics", 38),
    ]
    assert note.front["appraisal"] == {"instrument": "PROBAST", "rating": "high", "because": "few events"}


def test_a_study_without_its_work_goes_by_the_file() -> None:
    """The slug is made from the citekey."""
    note, problems = read("kind: study\ntitle: A title\n")
    assert note.study == Study("some2020study")
    assert codes(problems) == [("note-missing", "warning", 1)]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["text: x", "where: p. 1"], "no id"),
        (["id: a b", "text: x", "where: p. 1"], "a space or a #"),
        (["id: a#b", "text: x", "where: p. 1"], "a space or a #"),
        (["id: a", "text: x"], "where in the work"),
        (["id: a", "text: x", "where: ''"], "where in the work"),
        (["id: a", "value: 0.7", "where: p. 1"], "no measure"),
        (["id: a", "range: [1, 2]", "where: p. 1"], "no measure"),
        (["id: a", "value: 0.7", "measure: AUK", "where: p. 1"], "no measure"),
        (["id: a", "measure: AUC", "where: p. 1"], "neither a value"),
        (["id: a", "measure: AUC", "value: '0.7'", "where: p. 1"], "neither a value"),
    ],
)
def test_a_finding_that_is_not_whole_is_not_stored(lines: list[str], why: str) -> None:
    """It is an error that says what is lacking; nor do its names lead anywhere."""
    found, problems = findings(*lines, "tool: cport", "direction: null")
    assert found == ()
    [dropped] = [p for p in problems if p.code == "finding-dropped"]
    assert (dropped.severity, dropped.origin.line) == ("error", 5)
    assert why in dropped.message


def test_a_dropped_finding_leaves_the_others_alone() -> None:
    """The second of two with one id goes, and what it names with it."""
    note, problems = read(
        "kind: study\nwork: w\nfindings:\n"
        "  - {id: a, text: one, direction: mixed, where: p. 1, tool: first}\n"
        "  - {id: a, text: two, direction: mixed, where: p. 2, tool: second}\n"
        "  - just text\n"
        "  - {id: b, text: three, direction: mixed, where: p. 3}\n"
    )
    assert note.study is not None
    assert [(f.id, f.text) for f in note.study.findings] == [("a", "one"), ("b", "three")]
    assert [link.target for link in note.links] == ["first"]
    assert codes(problems) == [("finding-dropped", "error", 6), ("note-value", "error", 7)]


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("direction: good", "direction", ""),
        ("n: 0", "n", None),
        ("n: 12.5", "n", None),
        ("n: true", "n", None),
        ("n: '12'", "n", None),
        ("events: -1", "events", None),
        ("ci: [0.9, 0.1]", "ci_low", None),
        ("ci: [0.1]", "ci_low", None),
        ("ci: 0.1-0.9", "ci_low", None),
        ("ci: [a, b]", "ci_low", None),
        ("range: [3, 1]", "low", None),
        ("follow_up: 5 years", "follow_up", None),
        ("follow_up: {years: five}", "follow_up", None),
        ("follow_up: {years: -1}", "follow_up", None),
        ("follow_up: {years: 5, kind: long}", "follow_up_kind", ""),
        ("topics: [[a]]", "topics", ()),
        ("outcome: {a: b}", "outcome", ""),
        ("via: [a]", "via", ""),
    ],
)
def test_a_wrong_value_of_a_finding_is_left_out(line: str, field: str, expected: object) -> None:
    """The value is an error at its line; the finding stays."""
    found, problems = findings("id: a", "where: p. 1", "text: x", line)
    assert getattr(found[0], field) == expected
    errors = [p for p in problems if p.severity == "error"]
    assert [(p.code, p.origin.line) for p in errors] == [("note-value", 8)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["measure: AUC", "value: 0.9", "ci: [0.6, 0.8]"], "finding-interval"),
        (["measure: AUC", "value: 79"], "finding-unit"),
        (["measure: HR", "value: -1"], "finding-unit"),
        (["measure: rate", "value: 0.2", "ci: [0.1, 1.2]"], "finding-unit"),
        (["measure: rate", "value: 0.2", "n: 10", "events: 11"], "finding-events"),
        (["text: Something."], "finding-direction"),
    ],
)
def test_numbers_that_cannot_be_right_are_doubted(lines: list[str], code: str) -> None:
    """They are stored as they stand, with a warning."""
    found, problems = findings("id: a", "where: p. 1", *lines)
    assert len(found) == 1
    assert [(p.code, p.severity) for p in problems] == [(code, "warning")]


def test_a_value_on_the_border_of_its_interval_is_not_doubted() -> None:
    """Nor is a measure at its own border."""
    _, problems = findings(
        "id: a", "where: p. 1", "measure: AUC", "value: 1", "ci: [0.8, 1]", "n: 3", "events: 3"
    )
    assert problems == []


def test_why_a_work_is_cited_is_checked() -> None:
    """Short names are written out; an unknown one is left out, the citation kept."""
    note, problems = read(
        "kind: study\nwork: w\ncites:\n  - {work: a, intent: evidence}\n"
        "  - {work: b, intent: hates}\n  - {intent: extends}\n"
    )
    assert note.study is not None
    assert [(c.cited, c.intent) for c in note.study.cites] == [("a", "citesAsEvidence"), ("b", "")]
    assert codes(problems) == [("note-value", "error", 6), ("note-value", "error", 7)]


def test_an_override_without_its_reason_is_told() -> None:
    """It is kept as written."""
    note, problems = read("kind: study\nwork: w\nindependent: {value: true}\n")
    assert note.front["independent"] == {"value": True}
    assert codes(problems) == [("note-missing", "warning", 4)]


def test_an_override_names_of_what_it_holds() -> None:
    """The names must lead somewhere, one alone or several."""
    for of in ("cport", "[cport, rm2000]"):
        said = f"independent: {{value: false, of: {of}, because: they made it}}"
        note, problems = read(f"kind: study\nwork: w\n{said}\n")
        assert problems == []
        expected = [("cport", "independent", 4), ("rm2000", "independent", 4)]
        assert targets(note) == expected[: 1 + of.count(",")]


def test_an_override_that_is_no_verdict_is_told() -> None:
    """Its value is true or false, and its keys are known."""
    _, problems = read("kind: study\nwork: w\nindependent: {value: perhaps, off: [x], because: y}\n")
    assert sorted(code for code, _, _ in codes(problems)) == ["note-unknown-key", "note-value"]
    _, problems = read("kind: study\nwork: w\nindependent: {because: y}\n")
    assert codes(problems) == [("note-missing", "warning", 4)]
