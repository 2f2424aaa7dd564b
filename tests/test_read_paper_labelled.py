"""Lists that somebody labelled before the reader was tuned on them: how much of them is read right."""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from kb.model import Name
from kb.read.paper import Paper, read_paper
from kb.read.paper.parse import parse
from kb.read.paper.shapes import Parsed
from kb.text import fold

DATA = Path(__file__).parent / "data" / "labelled"
STYLES = ("apa", "vancouver", "harvard", "chicago")
FOUND = 0.95
RIGHT = 0.90
CITED = 0.90
KEY = ("year", "first_author", "title")
_PLAIN = str.maketrans("‘’“”–—−", "''\"\"---")

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def plain(text: object) -> str:
    """A value without the kind of its quotation marks and dashes, and without its last stop."""
    return " ".join(str(text).translate(_PLAIN).replace('"', "'").split()).rstrip(". ")


def letters(text: str) -> str:
    return "".join(char for char in re.sub(r"^\s*(?:\[\d+\]|\d+\.)\s", "", text).casefold() if char.isalnum())


def family(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


def values(parsed: Parsed) -> dict[str, object]:
    """What was read, under the labels' names."""
    people = parsed.authors or parsed.editors
    read = parsed.values
    return {
        "year": parsed.year,
        "suffix": parsed.suffix,
        "first_author": family(people[0]) if people else "",
        "authors": len(people),
        "title": read.get("title", ""),
        "container": read.get("journaltitle") or read.get("booktitle"),
        "volume": read.get("volume"),
        "issue": read.get("number"),
        "pages": read.get("pages") or read.get("eid"),
        "doi": read.get("doi"),
        "publisher": read.get("publisher") or read.get("institution"),
    }


def wrong(row: Row, names: tuple[str, ...] = KEY) -> list[str]:
    """Which of the fields are not what the label says, or one of the readings it accepts beside."""
    got = values(parse(row["text"]))
    expect, accept = row["expect"], row.get("accept", {})
    listed = []
    for name in names:
        if name in row.get("debatable", ()) or (name not in expect and name != "year"):
            continue
        right = [expect.get(name), *accept.get(name, ())]
        same = fold if name == "first_author" else plain
        if same(str(got[name])) not in [same(str(one)) for one in right]:
            listed.append(f"{name}: {got[name]!r} is not {expect.get(name)!r}")
    return listed


@pytest.mark.parametrize("style", STYLES)
def test_year_first_author_and_title_are_exactly_right(style: str) -> None:
    """Of each style's labelled references, nine in ten have all three as the label says."""
    listed = [row for row in rows("references.jsonl") if row["style"] == style]
    assert len(listed) >= 40
    faults = {row["id"]: found for row in listed if (found := wrong(row))}
    table = "\n".join(f"{name}: {'; '.join(found)}" for name, found in faults.items())
    assert len(listed) - len(faults) >= RIGHT * len(listed), (
        f"{style}: {len(faults)} of {len(listed)}\n{table}"
    )


@pytest.mark.parametrize("style", STYLES)
def test_the_other_fields_are_mostly_right(style: str) -> None:
    """Container, volume, issue, pages, DOI, publisher and number of authors: each right in nine of ten."""
    listed = [row for row in rows("references.jsonl") if row["style"] == style]
    for name in ("authors", "container", "volume", "issue", "pages", "doi", "publisher", "suffix"):
        having = [row for row in listed if name in row["expect"]]
        faults = [f"{row['id']}: {found[0]}" for row in having if (found := wrong(row, (name,)))]
        assert len(faults) <= (1 - RIGHT) * max(len(having), 1), "\n".join([f"{style}, {name}", *faults])


def labelled_lists(style: str) -> list[tuple[str, Row, Paper]]:
    found = []
    for path in sorted((DATA / "lists").glob(f"{style}_*.json")):
        paper, problems = read_paper(path.with_suffix(".txt").read_bytes(), path.name)
        assert problems == []
        found.append((path.stem, json.loads(path.read_text("utf-8")), paper))
    return found


def places(label: Row, paper: Paper, known: dict[str, str]) -> dict[int, int]:
    """The reference read that each reference of the label is, as far as one is."""
    got = [letters(reference.text) for reference in paper.references]
    found = {}
    for number, one in enumerate(label["references"]):
        if isinstance(one, str):
            want = letters(known[one])
            alike = [n for n, text in enumerate(got) if fuzz.ratio(text, want) >= 90]
        else:
            title = letters(one["title"])[:60]
            alike = [n for n, text in enumerate(got) if title in text and len(text) < 700]
        if alike:
            found[number] = alike[0]
    return found


@pytest.mark.parametrize("style", STYLES)
def test_references_are_found_in_lists_of_every_layout(style: str) -> None:
    """Of the lists' references 95 in 100 are one string each, whatever wraps or divides them."""
    known = {row["id"]: row["text"] for row in rows("references.jsonl")}
    want = found = made = 0
    for _, label, paper in labelled_lists(style):
        want += len(label["references"])
        found += len(places(label, paper, known))
        made += len(paper.references)
        assert paper.style == style
    assert found >= FOUND * want, f"{style}: {found} of {want}"
    assert made <= want * 1.03, f"{style}: {made} strings for {want} references"


@pytest.mark.parametrize("style", STYLES)
def test_citations_name_their_references_and_sections(style: str) -> None:
    """Nine in ten in-text citations are found under their heading and lead to the references of the label."""
    known = {row["id"]: row["text"] for row in rows("references.jsonl")}
    faults: list[str] = []
    count = 0
    for name, label, paper in labelled_lists(style):
        of = {read: number for number, read in places(label, paper, known).items()}
        left = defaultdict(list)
        for one in paper.citations:
            left[one.section].append(sorted(of.get(place, -1) for place in one.references))
        for one in label["citations"]:
            if one.get("debatable"):
                continue
            count += 1
            if sorted(one["cites"]) in left[one["section"]]:
                left[one["section"]].remove(sorted(one["cites"]))
            else:
                faults.append(f"{name}, {one['section']}: {one['text']}")
    assert count >= 20
    assert len(faults) <= (1 - CITED) * count, "\n".join(faults)
