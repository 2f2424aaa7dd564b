"""What several records say, side by side: a field in each row, and the differences marked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kb.model import Entry, Name, Work
from kb.pages.parts.markup import Html, Inside, el, joined
from kb.pages.parts.words import spaced, type_word
from kb.text import fold

_CLIP = 400  # characters of an abstract, say, of which each record has one
_SIGNS = {"alike": "=", "differ": "≠", "only one says it": "+"}
LEGEND = "≠ differ, with the words marked that only one has · + only one says it · = alike"

_KEEPING_HOUSE = frozenset(
    ("added", "cites", "citeslist", "file", "ids", "reference", "references", "related", "relatedtype")
)
_IN_FIELDS_TOO = frozenset(
    (
        *("title", "subtitle", "author", "editor", "date", "year", "month", "journaltitle", "journal"),
        *("booktitle", "publisher", "volume", "number", "issue", "pages", "doi", "isbn", "url", "language"),
        *("langid", "abstract", "annotation", "keywords", "status", "institution", "school", "organization"),
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """A record: its name, what stands under it at the head, and its fields in their order."""

    name: str
    head: Inside = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def beside(columns: Sequence[Column]) -> Html:
    """The records as a table; below one another where it is narrow."""
    names = list(dict.fromkeys(name for column in columns for name in column.fields))
    heads = [_cell("th", "Field"), *(_cell("th", c.name, c.head, scope="col") for c in columns)]
    head = el("thead", el("tr", *heads, role="row"), role="rowgroup")
    rows = joined(_row(name, columns) for name in names if any(c.fields.get(name) for c in columns))
    body = el("tbody", rows, role="rowgroup")
    table = el("table", head, body, cls="kb-beside kb-stacks", role="table")
    return el("div", table, cls="kb-scroll kb-wide")


def _cell(kind: str, *inside: Inside, **attributes: str) -> Html:
    shown = (el("code", inside[0]), *inside[1:]) if attributes.get("scope") else inside
    return el(kind, *shown, role="columnheader" if kind == "th" else "cell", **attributes)


def _row(name: str, columns: Sequence[Column]) -> Html:
    said = [column.fields.get(name, "") for column in columns]
    how = _how(said)
    sign = el("span", _SIGNS[how], cls="kb-sign", aria_hidden="true")
    field_cell = el("td", sign, name, el("span", f" ({how})", cls="kb-unseen"), role="cell")
    cells = [
        el("td", _marked(text, said) if how == "differ" else _clipped(text) or "–", **attributes)
        for text, attributes in zip(
            said, ({"role": "cell", "data_head": c.name} for c in columns), strict=True
        )
    ]
    return el("tr", field_cell, *cells, cls=f"kb-{how.split()[0]}", role="row")


def _how(said: Sequence[str]) -> str:
    """Whether the records say the same, in a word of the legend."""
    if len({_plain(text) for text in said if text}) > 1:
        return "differ"
    return "alike" if all(said) else "only one says it"


def _plain(text: str) -> str:
    return fold(text) or text.strip()


def _marked(text: str, said: Sequence[str]) -> Html:
    """A text with the words marked that another record does not have."""
    if not text:
        return el("span", "–")
    others = [set(map(_plain, other.split())) for other in said if other and other != text]
    parts = re.split(r"(\s+)", _clipped(text))
    return joined(el("mark", part) if _is_own(part, others) else part for part in parts)


def _is_own(part: str, others: Sequence[set[str]]) -> bool:
    return bool(part.strip()) and any(_plain(part) not in other for other in others)


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIP else f"{text[:_CLIP]}…"


# --- what they say


def of_work(work: Work) -> dict[str, str]:
    """What a work says, under the names of its fields; those that only keep house are left out."""
    said = {
        "Title": work.title,
        "Kind": type_word(work.type),
        "Authors": _people(work.authors, more=work.more_authors),
        "Editors": _people(work.editors),
        "Date": work.date,
        "In": work.container,
        "Publisher": work.publisher,
        "Volume": work.volume,
        "Issue": work.issue,
        "Pages": work.pages,
        "DOI": work.doi,
        "ISBN": work.isbn,
        "Address": work.url,
        "Language": work.language,
    }
    others = {spaced(name): text for name, text in work.fields.items() if name not in _ELSEWHERE}
    said |= {name: text for name, text in others.items() if name not in said}
    return {**said, "Keywords": "; ".join(work.keywords), "Abstract": work.abstract}


_ELSEWHERE = _KEEPING_HOUSE | _IN_FIELDS_TOO


def of_entry(entry: Entry) -> dict[str, str]:
    """What an entry says, as it is written; fields that only keep house are left out."""
    fields = {spaced(name): text for name, text in entry.fields.items() if name not in _KEEPING_HOUSE}
    return {"Kind": type_word(entry.type), **fields}


def _people(names: Sequence[Name], *, more: bool = False) -> str:
    return "; ".join(name.inverted for name in names) + (" et al." if more else "")
