"""A work as one line of a reference list, near to APA 7, plain or in Markdown."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kb.model import Name, Work

_PARTS_OF_BOOKS = frozenset(
    ("incollection", "inbook", "inproceedings", "conference", "bookinbook", "suppbook", "inreference")
)
_MOST_AUTHORS = 20
_MARKUP = re.compile(r"([\\`*_{}\[\]<>~^$@|#]|&(?=#?\w+;))")
_BLOCK = re.compile(r"^(?:([-+=:](?=[-+=:\s]|$))|(\d+)([.)]))")
_KEPT = "%:/?#[]@!$&'()*+,;=~-._"  # of addresses: all that RFC 3986 gives a meaning to
_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def reference(work: Work) -> str:
    """One reference in plain text, near to APA 7.

    >>> from kb.model import Origin
    >>> author = Name("Seto", "Michael C.")
    >>> reference(Work("seto2015", "article", Origin("x.bib"), "On numbers", (author,), year=2015))
    'Seto, M. C. (2015). On numbers.'
    """
    return _composed(work, _PLAIN)


def markdown(works: Iterable[Work]) -> str:
    """The references as a Markdown list, containers in italics."""
    return "".join(f"- {markdown_reference(work)}\n" for work in works)


def markdown_reference(work: Work) -> str:
    """One reference in Markdown, on one line; what values hold of Markdown's signs is escaped."""
    return unblocked(_composed(work, _MARKDOWN))


def escaped(text: str) -> str:
    r"""``text`` as Markdown that shows it letter by letter.

    >>> escaped("5 * [x]")
    '5 \\* \\[x\\]'
    """
    return _MARKUP.sub(r"\\\1", text)


def unblocked(line: str) -> str:
    r"""A line of Markdown that begins no list, heading or rule.

    >>> unblocked("1. January"), unblocked("- and then")
    ('1\\. January', '\\- and then')
    """
    return _BLOCK.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a value, a container's name and an address are written."""

    text: Callable[[str], str]
    container: Callable[[str], str]
    address: Callable[[str], str]


_PLAIN = _Style(text=str, container=str, address=str)
_MARKDOWN = _Style(
    text=escaped,
    container=lambda name: f"*{escaped(name)}*",
    address=lambda url: f"<{quote(url, safe=_KEPT)}>",
)


def _composed(work: Work, style: _Style) -> str:
    year = f"({work.year if work.year is not None else 'n.d.'})."
    title = style.text(_ended(_title(work))) if work.title else ""
    people = _authors(work) or _editing(work)
    lead = style.text(_ended(people)) if people else title or style.text(_ended(work.citekey))
    rest = title if people else ""
    return " ".join(part for part in (lead, year, rest, _source(work, style), _where(work, style)) if part)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _title(work: Work) -> str:
    """The title, with the one thing about its standing that nobody may overlook."""
    if work.status != "retracted":
        return work.title
    return f"{work.title.removesuffix('.')} [Retracted]"


def _authors(work: Work) -> str:
    return _joined([_inverted(name) for name in work.authors if name.family or name.given], work.more_authors)


def _editing(work: Work) -> str:
    """Editors in the authors' place: of whole books only."""
    if not work.editors or work.type in _PARTS_OF_BOOKS:
        return ""
    role = "(Ed.)" if len(work.editors) == 1 else "(Eds.)"
    return f"{_joined([_inverted(name) for name in work.editors], more=False)} {role}"


def _joined(names: Sequence[str], more: bool) -> str:
    if not names:
        return ""
    if more:
        return f"{', '.join(names[:_MOST_AUTHORS])}, et al."
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    return ", & ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _inverted(name: Name) -> str:
    family = f"{name.particle} {name.family}".strip()
    if name.corporate:
        return family
    return ", ".join(part for part in (family, _initials(name.given), name.suffix) if part)


def _initials(given: str) -> str:
    """Given names as initials; particles among them, and scripts without capitals, stay whole."""
    return " ".join(_initial(part) for part in re.sub(r"\.(?=[^\W\d_])", ". ", given).split())


def _initial(name: str) -> str:
    if name[0].islower() or name[0].lower() == name[0].upper():
        return name
    if name.isupper() and name.isalpha() and len(name) in {2, 3}:  # “MC”, as PubMed writes Michael C.
        return " ".join(f"{letter}." for letter in name)
    return "-".join(f"{part[0]}." for part in name.split("-") if part)


def _source(work: Work, style: _Style) -> str:
    pages = re.sub(r"\s*[-–—]+\s*", "–", work.pages)
    publisher = (
        "" if work.publisher in {work.container, *(a.family for a in work.authors)} else work.publisher
    )
    published = style.text(_ended(publisher)) if publisher else ""
    if not work.container:
        return published
    if work.type in _PARTS_OF_BOOKS:
        return f"{_in_book(work, pages, style)} {published}".strip()
    issue = f"({work.issue})" if work.issue else ""
    after = ", ".join(style.text(part) for part in (f"{work.volume}{issue}", pages) if part)
    return f"{style.container(work.container)}{f', {after}' if after else ''}. {published}".strip()


def _in_book(work: Work, pages: str, style: _Style) -> str:
    editors = _editors(work.editors)
    by = style.text(f"{editors}, ") if editors else ""
    where = style.text(f" ({'pp.' if '–' in pages else 'p.'} {pages})") if pages else ""
    return f"In {by}{style.container(work.container)}{where}."


def _editors(names: Sequence[Name]) -> str:
    """Editors within a reference: initials first."""
    shown = []
    for name in names:
        family = f"{name.particle} {name.family}".strip()
        shown.append(family if name.corporate else f"{_initials(name.given)} {family} {name.suffix}".strip())
    if not shown:
        return ""
    if len(shown) == 1:
        return f"{shown[0]} (Ed.)"
    comma = "," if len(shown) > 2 else ""
    return f"{', '.join(shown[:-1])}{comma} & {shown[-1]} (Eds.)"


def _where(work: Work, style: _Style) -> str:
    if work.doi:
        return style.address(f"https://doi.org/{work.doi}")
    return style.address(work.url) if _ADDRESS.match(work.url) else ""
