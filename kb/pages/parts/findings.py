"""Findings: each number with its interval or the words “no interval”, n, follow-up and where it stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from kb.model import Finding, FindingLine, Independence, TopicLine
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined, link
from kb.pages.parts.words import counted, spaced
from kb.pages.parts.works import short
from kb.render import number

_PLACE = "In the source"
_DIRECTIONS = {"null": "null (no difference)"}

# What the words of Independence say of a study; in the order of the counts.
WHOSE = {
    "developers": "by its developers",
    "operator": "by those who run it",
    "independent": "independent",
    "unknown": "not known to be independent",
}
# Of several words for one work, the first counts.
_WEIGHT = ("developers", "operator", "unknown", "independent")

Names = Mapping[str, TopicLine]
Samples = Mapping[str, str]


def of_work(lines: Iterable[FindingLine], names: Names, samples: Samples) -> Html:
    """A work's findings as a table: about what, how much, where."""
    head = _row("th", "About", "Result", _PLACE)
    rows = [
        _row("td", _about(one.finding, names), _result(one, names, samples), _where(one)) for one in lines
    ]
    return _table(head, [el("tbody", *rows)])


def of_subject(lines: Iterable[FindingLine], names: Names, samples: Samples, *, slug: str) -> Html:
    """The findings on a tool, programme or topic, outcome by outcome, each with the work that it comes from.

    Outcomes follow one another by label; results without one stand last.
    """
    ordered = sorted(lines, key=lambda one: _outcome_order(one.finding.outcome, names))
    groups = []
    for outcome, of_outcome in groupby(ordered, key=lambda one: one.finding.outcome):
        rows = [
            _row("td", _source(one, names, slug), _result(one, names, samples), _where(one))
            for one in of_outcome
        ]
        groups.append(_group(outcome, rows, names))
    return _table(_row("th", "Work", "Result", _PLACE), groups)


def _outcome_order(outcome: str, names: Names) -> tuple[bool, str, str]:
    label = names[outcome].label if outcome in names else outcome
    return not outcome, label.casefold(), outcome


def _group(outcome: str, rows: list[Html], names: Names) -> Html:
    head = topic_link(outcome, names) if outcome else "Other results"
    count = el("span", str(len(rows)), cls="kb-count")
    title = el("th", head, count, colspan="3", scope="rowgroup", role="rowheader")
    return el("tbody", el("tr", title, cls="kb-group", role="row"), *rows)


def topic_link(slug: str, names: Names) -> Html:
    """A topic, tool or programme as a link; an unknown one as a word."""
    if slug not in names:
        return el("span", spaced(slug))
    return link(names[slug].label, links.named(names[slug].kind, slug))


def _table(head: Html, bodies: list[Html]) -> Html:
    # On narrow screens the cells stand under one another: the roles keep it a table all the same.
    table = el("table", el("thead", head), *bodies, cls="kb-findings kb-stacks", role="table")
    return el("div", table, cls="kb-scroll")


def _row(cell: str, *cells: Html | str) -> Html:
    role = "columnheader" if cell == "th" else "cell"
    return el("tr", *(el(cell, one, role=role) for one in cells), role="row")


def _about(finding: Finding, names: Names) -> Html:
    subjects = joined((topic_link(slug, names) for slug in finding.subjects), ", ")
    outcome = topic_link(finding.outcome, names) if finding.outcome else None
    if subjects and outcome:
        return joined((outcome, el("div", subjects)))
    if outcome or subjects:
        return outcome or subjects
    return joined((topic_link(slug, names) for slug in finding.topics), ", ")


def _source(one: FindingLine, names: Names, slug: str) -> Html:
    """The work, and which version was studied when that is not the one the page is about."""
    versions = [other for other in one.finding.subjects if other != slug and _alike(other, slug, names)]
    named = joined((topic_link(other, names) for other in versions), ", ")
    under = el("div", named) if versions else None
    return joined((link(short(one.work), links.work(one.work.citekey)), under, _whose(one.independence)))


def _whose(independence: Independence | None) -> Html | None:
    """Whose study it is; why one thinks so is told to who asks."""
    if not independence:
        return None
    word = WHOSE[independence.word]
    return el("div", word, cls="kb-quiet", title=independence.because)


def split(lines: Iterable[FindingLine]) -> str:
    """How many works are independent, by who made or runs it, or of unknown standing; "" where none is told.

    A work that is by them in one finding counts as theirs, and one without any verdict as not known.
    """
    words: dict[str, set[str]] = {}
    for one in lines:
        words.setdefault(one.work.citekey, set()).update({one.independence.word} if one.independence else ())
    if not any(words.values()):
        return ""
    counts = Counter(min(found, key=_WEIGHT.index, default="unknown") for found in words.values())
    told = [f"{counts[word]} {said}" for word, said in WHOSE.items() if counts[word]]
    return f"Of {counted(len(words), 'work')}: {', '.join(told)}."


def _alike(one: str, other: str, names: Names) -> bool:
    """Whether both are tools, or both programmes."""
    kinds = {names[slug].kind for slug in (one, other) if slug in names}
    return len(kinds) == 1


def _result(one: FindingLine, names: Names, samples: Samples) -> Html:
    finding = one.finding
    said = number(finding)
    has_number = said != finding.text
    parts = [el("div", said, cls="kb-number" if has_number else "")]
    if has_number and finding.text:
        parts.append(el("div", finding.text))
    if finding.comparator or finding.arms:
        against = [*finding.arms, *([finding.comparator] if finding.comparator else [])]
        named = joined((topic_link(one, names) if one in names else one for one in against), ", ")
        parts.append(el("div", "Compared: ", named, cls="kb-quiet"))
    if finding.subgroup and finding.subgroup != "all":
        parts.append(el("div", finding.subgroup, cls="kb-quiet"))
    if finding.samples:
        named = joined((_sample(slug, samples) for slug in finding.samples), ", ")
        parts.append(el("div", "Sample: ", named, cls="kb-quiet"))
    if finding.direction not in {"", "descriptive"} and not has_number:
        said = _DIRECTIONS.get(finding.direction, finding.direction)
        parts.append(el("div", f"Direction: {said}", cls="kb-quiet"))
    return joined(parts)


def _sample(slug: str, samples: Samples) -> Html:
    return link(samples.get(slug, slug), links.named("sample", slug))


def _where(one: FindingLine) -> Html:
    """The locator; and the work in which the number was read, when that is another one."""
    via, where = one.finding.via, one.finding.where
    if not via:
        return el("div", where, cls="kb-where")
    there = link(via, links.work(via))
    before, named, after = where.partition(via)
    read = el("div", "read in ", there) if not named else None
    return el("div", before, there if named else None, after, read, cls="kb-where")
