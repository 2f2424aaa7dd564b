"""Problems of one file: where one thing is wrong very often, the first say it and one counts the rest."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from kb.model import Origin, Problem

LIMIT = 100
"""Problems of one code and severity that a file may have before they are only counted."""

_Sort: TypeAlias = tuple[str, str]


class Gathered:
    """The problems of one file, at most ``limit`` of a sort and one that counts the others."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._kept: list[Problem] = []
        self._count: dict[_Sort, int] = {}
        self._first_left_out: dict[_Sort, Origin] = {}

    def add(self, problem: Problem, *, times: int = 1) -> None:
        """Take a problem; ``times`` says how often it stands for itself and others like it."""
        sort = (problem.code, problem.severity)
        before = self._count.get(sort, 0)
        self._count[sort] = before + times
        if before < self._limit:
            self._kept.append(problem)
        if before + times > self._limit:
            self._first_left_out.setdefault(sort, problem.origin)

    def counts(self, code: str, severity: str, origin: Origin) -> bool:
        """Whether there are so many of this sort that one more needs no message: then it is counted."""
        sort = (code, severity)
        if self._count.get(sort, 0) < self._limit:
            return False
        self._count[sort] += 1
        self._first_left_out.setdefault(sort, origin)
        return True

    def listed(self) -> list[Problem]:
        """What was kept, in the order in which it came, and then the counts."""
        return [*self._kept, *(self._more(sort, origin) for sort, origin in self._first_left_out.items())]

    def by_line(self) -> list[Problem]:
        """What was kept, and the counts, from the first line of the file to the last."""
        return sorted(self.listed(), key=lambda problem: problem.origin.line)

    def _more(self, sort: _Sort, origin: Origin) -> Problem:
        like = next(problem for problem in self._kept if (problem.code, problem.severity) == sort)
        left = self._count[sort] - sum((kept.code, kept.severity) == sort for kept in self._kept)
        message = f"There are {left:,} more problems of this kind in the file; only the first are shown."
        remedy = "Mend those that are shown, and read the file again."
        return replace(like, origin=origin, message=message, remedy=remedy, citekey="")


def capped(problems: Iterable[Problem], limit: int = LIMIT) -> list[Problem]:
    """The problems in their order, at most ``limit`` of each code and severity; one counts the others.

    >>> wrong = [Problem(Origin("x.bib", n), "bib-syntax", "It is broken.", "Mend it.") for n in range(5)]
    >>> [problem.message for problem in capped(wrong, limit=2)][1:]
    ['It is broken.', 'There are 3 more problems of this kind in the file; only the first are shown.']
    """
    gathered = Gathered(limit)
    for problem in problems:
        gathered.add(problem)
    return gathered.listed()
