"""EndNote's XML, which Zotero, Mendeley and others write as well → entries."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kb.model import Entry, Origin, Problem
from kb.read.foreign import xml
from kb.read.foreign.elements import lines, root, text
from kb.read.foreign.endnotefields import record_of
from kb.read.foreign.record import Record, entries
from kb.read.foreign.tagged import Tagged
from kb.read.problems import Gathered

_RECORDS = xml.Kind(frozenset(("record",)), frozenset(("records",)))
_RECORD = re.compile(r"<record(?:\s[^<>]*)?>")
_TELLING = re.compile(r"<(?:ref-type|contributors|rec-number|source-app|electronic-resource-num)[\s>]")
# Elements that only hold others, whose own names say enough
_HOLDERS = frozenset(
    [
        "contributors",
        "titles",
        "periodical",
        "alt-periodical",
        "dates",
        "pub-dates",
        "copyright-dates",
        "urls",
        "keywords",
        "authors",
        "secondary-authors",
        "tertiary-authors",
        "subsidiary-authors",
        "translated-authors",
        "web-urls",
        "related-urls",
        "text-urls",
        "image-urls",
    ]
)
_RENAMED = {"date": "pub-date", "journal": "secondary-title", "issue": "number"}
# What is EndNote's own business: which library it was in, and where it lies on someone's disk
_LEFT_OUT = frozenset(("database", "source-app", "foreign-keys", "key", "rec-number", "image"))
_MARKED = frozenset(("title", "secondary-title", "tertiary-title", "abstract", "short-title", "full-title"))


def looks(head: str) -> bool:
    """Whether a file begins as EndNote's XML does."""
    return root(head) in {"xml", "records", "record"} and bool(_RECORD.search(head) and _TELLING.search(head))


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of an EndNote XML file in its order, and what is wrong with it."""
    problems = Gathered()
    found = xml.records(content, path, _RECORDS, problems, encoding=encoding)
    made = entries(_records(found, path, problems), path)
    return made, problems.by_line()


def _records(found: Iterator[tuple[int, Element]], path: str, problems: Gathered) -> Iterator[Record]:
    for line, element in found:
        tagged = Tagged(line)
        _take(tagged, element)
        if set(tagged.values) <= {"ref-type"}:
            message = "This record is empty: it says nothing but its type."
            problem = Problem(Origin(path, line), "endnote-empty", message, "Delete it, or export it again.")
            problems.add(problem)
        else:
            yield record_of(tagged)


def _take(tagged: Tagged, element: Element, *, within: str = "") -> None:
    """All that an element holds, by the names of what stands deepest."""
    for child in element:
        name = child.tag
        if name in _LEFT_OUT:
            continue
        if name == "ref-type":
            tagged.add(name, child.get("name", "") or text(child))
        elif name == "pdf-urls":
            for one in child:
                tagged.add("pdf", text(one))
        elif name in _HOLDERS:
            _take(tagged, child, within=name)
        else:
            _put(tagged, child, within)


def _put(tagged: Tagged, element: Element, within: str) -> None:
    name = _RENAMED.get(element.tag, element.tag)
    if name == "author" and within != "contributors":
        name = within.removesuffix("s") or name
    if within == "alt-periodical":
        name = "alt-title"
    value = lines(element) if name in _MARKED else _plain(element)
    tagged.add(name, value.replace("\n", "\n\n") if name == "abstract" else value)


def _plain(element: Element) -> str:
    """The text without its faces, a line for each paragraph."""
    whole = "".join(element.itertext())
    return "\n".join(line for part in whole.split("\r") if (line := " ".join(part.split())))
