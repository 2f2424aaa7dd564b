"""A reading list → Markdown and BibTeX, with the reasons why each work is there."""

import re
from collections.abc import Mapping

from kb.model import ItemView, ListView, Origin, Work, WorkLine
from kb.render.bibtex import bibtex
from kb.render.reference import escaped, markdown_reference, unblocked

_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_FIRST_ITEM_OR_HEADING = re.compile(r"^ {0,3}(?:#{1,6}(?:\s|$)|(?:[-*+]|\d+[.)])\s)", re.MULTILINE)


def reading_list_markdown(view: ListView, works: Mapping[str, Work]) -> str:
    """The list as a document: title, purpose, audience, sections, numbered references with their reasons.

    Numbers run on through the sections. A work that is not in ``works`` is
    shown with what the list itself knows of it.
    """
    blocks = [f"# {escaped(view.note.title)}"]
    for name, value in (("Purpose", view.purpose), ("Audience", view.audience)):
        if value:
            blocks.append(f"*{name}:* {escaped(value)}")
    introduction = _introduction(view.note.body)
    if introduction:
        blocks.append(introduction)
    section = ""
    for place, item in enumerate(view.items, start=1):
        if item.section and item.section != section:
            blocks.append(f"## {escaped(item.section)}")
        section = item.section
        blocks.append(_item(place, item, work_of(item.work, works)))
    return "\n\n".join(blocks) + "\n"


def reading_list_bibtex(view: ListView, works: Mapping[str, Work]) -> str:
    """The list's works as BibLaTeX in its order, the reasons as annotations."""
    chosen = [work_of(item.work, works) for item in view.items]
    return bibtex(chosen, annotations={item.work.citekey: readable(item.reason) for item in view.items})


def work_of(line: WorkLine, works: Mapping[str, Work]) -> Work:
    """The work of a line; what the line alone says of it, if ``works`` does not hold it."""
    known = works.get(line.citekey)
    if known is not None:
        return known
    return Work(
        citekey=line.citekey,
        type=line.type,
        origin=Origin(""),
        title=line.title,
        year=line.year,
        date="" if line.year is None else str(line.year),
        container=line.container,
        doi=line.doi,
        url=line.url,
        status=line.status,
        held=line.held,
    )


def readable(text: str) -> str:
    """Markdown of a note as a reader elsewhere can use it: wiki links become their text.

    >>> readable("See [[get-help|the programme]] and [[cport]].")
    'See the programme and cport.'
    """
    return _WIKI.sub(lambda found: found[2] or found[1], text)


def _introduction(body: str) -> str:
    """What stands in a list's body before its first heading or item."""
    first = _FIRST_ITEM_OR_HEADING.search(body)
    return _without_html(readable(body[: first.start()] if first else body)).strip()


def _item(place: int, item: ItemView, work: Work) -> str:
    marker = f"{place}. "
    details = [item.role.replace("-", " ").capitalize(), f"{item.minutes} minutes" if item.minutes else ""]
    said = "; ".join(part for part in details if part)
    reason = unblocked(_without_html(readable(item.reason)))
    paragraphs = [
        " ".join(part for part in (reason, f"({said})" if said else "") if part),
        _without_html(readable(item.text)),
    ]
    lines = [f"{marker}{markdown_reference(work)}"]
    for paragraph in filter(None, paragraphs):
        lines += ["", *(f"{' ' * len(marker)}{line}".rstrip() for line in paragraph.splitlines())]
    return "\n".join(lines)


def _without_html(text: str) -> str:
    """Comments go, and no tag is one any more."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"(?<!\\)<(?!https?://)", r"\\<", text)
