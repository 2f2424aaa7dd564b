"""Entries that people who had not seen the reader labelled by hand: how often each field is right."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kb.model import Name, Problem, Work
from kb.records import records

LABELLED = Path(__file__).parent / "data" / "labelled"
FIELDS = (
    "type", "title", "authors", "more_authors", "editors", "year", "date", "container", "publisher", "volume",
    "issue", "pages", "doi", "isbn", "url", "language", "keywords", "abstract",
)  # fmt: skip
LEAST = 0.98
# These say that an entry is not stored, each once
NOT_STORED = ("bib-syntax", "bib-lost", "bib-citekey")


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELLED / name).read_text("utf-8").splitlines() if line]


def read(case: dict[str, Any]) -> tuple[list[Work], list[Problem]]:
    found = records("x.bib", case["source"].encode())
    return found.works, found.problems


def plain(value: object) -> object:
    """A value of a work as the labels write it."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Name):
        parts = {n: getattr(value, n) for n in ("family", "given", "particle", "suffix", "corporate")}
        return {name: part for name, part in parts.items() if part}
    return value


def judged(case: dict[str, Any]) -> tuple[Counter[str], Counter[str], list[str]]:
    """How many values of each field were labelled, how many are right, and the wrong ones in words."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []

    def judge(what: str, expected: object, found: object) -> None:
        asked[what] += 1
        if expected == found:
            right[what] += 1
        else:
            wrong.append(f"{case['id']}: {what}: {expected!r} expected, {found!r} found")

    works, problems = read(case)
    judge("entries", [one["citekey"] for one in case["expect"]], [work.citekey for work in works])
    judge("problems", case["problems"], sum(problem.code in NOT_STORED for problem in problems))
    left = list(works)
    for one in case["expect"]:
        work = next((work for work in left if work.citekey == one["citekey"]), None)
        if work:
            left.remove(work)
        for name in FIELDS:
            if name in one:
                judge(name, one[name], plain(getattr(work, name)) if work else None)
    return asked, right, wrong


@pytest.mark.parametrize("name", ["entries-syntax.jsonl", "entries-meaning.jsonl"])
def test_labelled_entries_are_read_right(name: str) -> None:
    """Of every field, nearly all values are what the label says."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for case in cases(name):
        more = judged(case)
        asked += more[0]
        right += more[1]
        wrong += more[2]

    table = [
        f"{what:13} {right[what]:4} of {asked[what]:4}  {right[what] / asked[what]:.1%}" for what in asked
    ]
    assert all(right[what] >= LEAST * asked[what] for what in asked), "\n".join(["", *table, "", *wrong])
    assert len(cases(name)) >= 150
