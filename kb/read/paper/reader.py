"""A paper's text or PDF → its references and its citations of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.ids import doi
from kb.model import Entry, Name, Origin, Problem
from kb.read.paper.cited import References
from kb.read.paper.intext import MOST as MOST_CITATIONS
from kb.read.paper.intext import Running, citations, running
from kb.read.paper.joins import Words
from kb.read.paper.numbered import numbered
from kb.read.paper.parse import LONGEST, reference
from kb.read.paper.sections import parts
from kb.read.paper.shapes import InText, Paper, Parsed, Reference
from kb.read.paper.split import Item, split
from kb.read.paper.text import paper_lines

MOST = 5000
"""References of one list that are read."""

_MOST_CHARACTERS = 2_000_000
_MOST_PROBLEMS = 20


def read_paper(content: bytes, path: str, *, encoding: str = "") -> tuple[Paper, list[Problem]]:
    """The reference list of a paper and where its text cites it, from plain text or PDF; and problems.

    A text without a list keeps its citations, all of them unmatched.
    """
    lines, problems = paper_lines(content, path, encoding=encoding)
    if not any(line.text for line in lines):
        if not problems:
            message = "The file holds nothing but space: there is no paper in it."
            problems = [Problem(Origin(path), "paper-empty", message, "Save or export it again.")]
        return Paper(), problems
    words = Words(lines)
    found = parts(lines)
    items, cut = _bounded(split(found.listed, words), path)
    listed, read = _references(items, path)
    texts = [running(section, under, words) for section, under in found.body]
    cited = _citations(texts, read, items)
    sections = tuple(section for section, _ in found.body if section)
    style = _style(read)
    problems += [*cut, *_problems(listed, len(cited), path)]
    return Paper(tuple(listed), tuple(cited), sections, style), problems


def _bounded(items: list[Item], path: str) -> tuple[list[Item], list[Problem]]:
    """As many references as a list may have, and a problem if it has more."""
    length = 0
    for place, item in enumerate(items):
        length += min(len(item.text), LONGEST)
        if place >= MOST or length > _MOST_CHARACTERS:
            message = f"The list has {len(items):,} references; only the first {place:,} of them were read."
            remedy = "Divide the list, and import each part."
            return items[:place], [
                Problem(Origin(path, item.line), "paper-list-long", message, remedy, "warning")
            ]
    return items, []


def _references(items: Sequence[Item], path: str) -> tuple[list[Reference], list[tuple[Parsed, str]]]:
    listed: list[Reference] = []
    read: list[tuple[Parsed, str]] = []
    before: list[Name] = []
    for item in items:
        made, parsed = reference(item.text, path, item.line, before=before)
        before = parsed.authors or before
        listed.append(_with_links(made, item))
        read.append((parsed, item.text))
    return listed, read


def _with_links(made: Reference, item: Item) -> Reference:
    """The reference with the one DOI that a PDF keeps behind its words, if its string has none."""
    found = list(dict.fromkeys(doi(link) for link in item.links))
    if "doi" in made.entry.fields or not found:
        return made
    entry = made.entry
    with_doi = Entry(entry.citekey, entry.type, {**entry.fields, "doi": found[0]}, entry.origin)
    if len(found) == 1:
        return replace(made, entry=with_doi)
    return replace(
        made,
        entry=with_doi,
        doubts=(*made.doubts, "several DOIs lie behind it; the first was taken"),
        sure=False,
    )


def _citations(
    texts: Sequence[Running], read: Sequence[tuple[Parsed, str]], items: Sequence[Item]
) -> list[InText]:
    by_name = citations(texts, References(read))
    late = sum(1 for parsed, _ in read if parsed.style == "vancouver")
    if items and late * 2 > len(read):
        by_number = numbered(texts, len(items))
        if len(by_number) >= sum(1 for one in by_name if one.references):
            return by_number
    return by_name


def _style(read: Sequence[tuple[Parsed, str]]) -> str:
    styles = Counter(parsed.style for parsed, _ in read if parsed.style)
    return styles.most_common(1)[0][0] if styles else ""


def _problems(listed: Sequence[Reference], cited: int, path: str) -> list[Problem]:
    if cited >= MOST_CITATIONS:
        message = f"The text cites very often; only the first {MOST_CITATIONS:,} citations are listed."
        return [Problem(Origin(path), "paper-citations-many", message, "Divide the text.", "warning")]
    if not listed:
        message = "No reference list was found: no heading such as “References” with references under it."
        remedy = "Put the heading “References” on a line of its own above the list."
        return [Problem(Origin(path), "paper-no-list", message, remedy, "warning")]
    long = [one for one in listed if len(one.text) > LONGEST][:_MOST_PROBLEMS]
    return [_too_long(one, path) for one in long]


def _too_long(one: Reference, path: str) -> Problem:
    message = f"A reference here has {len(one.text):,} characters; only {LONGEST:,} of them were read."
    remedy = "Look whether the list ends before it, and put a heading after the list."
    return Problem(Origin(path, one.line), "paper-reference-long", message, remedy, "warning")
