"""Problems, by their code: where each stands, what is wrong, and what to do."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from kb.model import Problem
from kb.pages.parts.markup import Html, el, joined
from kb.pages.parts.words import counted

_MOST = 200  # of one code: a file may be wrong in every line


def problems(found: Iterable[Problem]) -> Html:
    """Problems under their codes, each code to be unfolded; those with errors stand open."""
    by_code = sorted(found, key=lambda problem: problem.code)
    groups = groupby(by_code, key=lambda problem: problem.code)
    return joined(_group(code, list(of_code)) for code, of_code in groups)


def _group(code: str, found: Sequence[Problem]) -> Html:
    rows = [_row(problem) for problem in found[:_MOST]]
    if len(found) > _MOST:
        rows.append(el("li", f"and {counted(len(found) - _MOST, 'more of this kind', 'more of this kind')}"))
    summary = el("summary", el("code", code), el("span", str(len(found)), cls="kb-count"))
    opened = {"open": "open"} if any(problem.severity == "error" for problem in found) else {}
    return el("details", summary, el("ul", joined(rows), cls="kb-problems"), cls="kb-branch", **opened)


def _row(problem: Problem) -> Html:
    return el(
        "li",
        el("code", f"{problem.origin.path}:{problem.origin.line}"),
        el("div", problem.message),
        el("div", problem.remedy, cls="kb-quiet") if problem.remedy else None,
    )
