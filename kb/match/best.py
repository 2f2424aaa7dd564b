"""Several works that are one → one work: of each value the best, and beside it all that each entry says.

The first work's value stands unless another's is plainly better: a longer list
of authors, given names in full, a title with its subtitle, a journal's name in
full, a whole range of pages, a day instead of a year. ``docs/duplicates.md``
lists the rules.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from kb.model import Entry, Name, Work
from kb.text import fold

T = TypeVar("T")

# The fields from which a value is made: they come from the same entry as the value.
_WRITTEN: dict[str, tuple[str, ...]] = {
    "title": ("title", "subtitle", "titleaddon"),
    "authors": ("author",),
    "editors": ("editor",),
    "date": ("date", "year", "month", "day"),
    "container": (
        *("journaltitle", "journal", "journalsubtitle", "shortjournal"),
        *("booktitle", "booksubtitle", "maintitle", "eventtitle"),
    ),
    "publisher": ("publisher", "institution", "organization", "school"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "articleno", "article-number", "art_number", "artnum"),
    "doi": ("doi",),
    "isbn": ("isbn",),
    "url": ("url", "urldate"),
    "language": ("langid", "language", "hyphenation"),
    "abstract": ("abstract",),
    "citeslist": ("citeslist",),
    "status": ("status", "statuschecked", "statussource"),
    "added": ("added",),
}
_OF_A_VOLUME = ("issue", "pages")  # from an entry of another volume they would lead astray
_STATUSES = ("", "ok", "corrected", "concern", "retracted")  # the worst that anybody knows
_ABBREVIATED = re.compile(r"\w\.(?=\s|$)")
_PRECISE = re.compile(r"\d{4}(-\d\d){0,2}")


def best(works: Sequence[Work]) -> Work:
    """One work from several that are one, under the first's citekey and place.

    What is a list (keywords, citations, relations, other citekeys) is united;
    annotations are put one under the other; of all else the best value is
    taken, with the fields from which it was made. ``entries`` keeps all.
    """
    first = works[0]
    chosen = {name: _chosen(name, works) for name in _WRITTEN}
    values: dict[str, Any] = {name: getattr(work, name) for name, work in chosen.items()}
    values["more_authors"] = chosen["authors"].more_authors
    values["year"] = chosen["date"].year
    names = {name for work in works for name in (work.citekey, *work.aliases, *work.identifiers)}
    united = _united(works, names)
    return replace(
        first,
        **values,
        **united,
        type=next((work.type for work in works if work.type != "misc"), first.type),
        annotation="\n\n".join(dict.fromkeys(work.annotation for work in works if work.annotation)),
        references=max((work.references for work in works), key=len),
        held=any(work.held for work in works),
        fields=_fields(works, chosen, united),
        entries=entries(*works),
    )


def entries(*works: Work) -> tuple[Entry, ...]:
    """What each entry of these works says."""
    return tuple(
        entry
        for work in works
        for entry in work.entries or (Entry(work.citekey, work.type, work.fields, work.origin),)
    )


def _united(works: Sequence[Work], names: set[str]) -> dict[str, Any]:
    """The lists of all, each thing once; what leads to the work itself is left out of its relations."""
    others = (name for work in works for name in (work.citekey, *work.aliases))
    return {
        "keywords": _firsts(
            (word for work in works for word in work.keywords), lambda word: fold(word) or word
        ),
        "aliases": tuple(name for name in dict.fromkeys(others) if name != works[0].citekey),
        "cites": _firsts((c for work in works for c in work.cites), lambda citation: citation.cited),
        "relations": tuple(r for work in works for r in work.relations if r.other not in names),
    }


def _firsts(things: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """The first thing of each name, in order."""
    found: dict[str, T] = {}
    for thing in things:
        found.setdefault(name(thing), thing)
    return tuple(found.values())


def _fields(works: Sequence[Work], chosen: Mapping[str, Work], united: Mapping[str, Any]) -> dict[str, str]:
    """Fields as they are exported: those of all, each value's own from the entry that gave the value."""
    fields = {name: value for work in reversed(works) for name, value in work.fields.items()}
    for name, written in _WRITTEN.items():
        own = {field: text for field, text in chosen[name].fields.items() if _base(field) in written}
        if own:
            fields = {field: text for field, text in fields.items() if _base(field) not in written} | own
    if len(united["keywords"]) > len(works[0].keywords):
        fields["keywords"] = ", ".join(f"{{{w}}}" if "," in w or ";" in w else w for w in united["keywords"])
    if len(united["cites"]) > len(works[0].cites):
        fields["cites"] = ", ".join(citation.cited for citation in united["cites"])
    for name in ("annotation", "annote"):
        said = dict.fromkeys(work.fields[name] for work in works if work.fields.get(name, "").strip())
        if said:
            fields[name] = "\n\n".join(said)
    return fields


def _base(field: str) -> str:
    """The name of a field that another annotates: “author” of “author+an”."""
    return field.partition("+")[0]


# --- which is better


def _chosen(name: str, works: Sequence[Work]) -> Work:
    """The work whose value is taken: the first that has one, unless a later one's is plainly better."""
    best_yet = works[0]
    for work in works[1:]:
        if not getattr(work, name) or (name in _OF_A_VOLUME and _apart(works[0].volume, work.volume)):
            continue
        if not getattr(best_yet, name) or _BETTER.get(name, _never)(work, best_yet):
            best_yet = work
    return best_yet


def _apart(volume: str, other: str) -> bool:
    return bool(volume and other) and volume != other


def _never(_work: Work, _than: Work) -> bool:
    return False


def _better_title(work: Work, than: Work) -> bool:
    """Not in capitals; with the subtitle that the other lacks."""
    if _shouts(work.title) != _shouts(than.title):
        return _shouts(than.title)
    return fold(work.title).startswith(f"{fold(than.title)} ")


def _better_names(names: Sequence[Name], than: Sequence[Name]) -> bool:
    return _fullness(names) > _fullness(than)


def _fullness(names: Sequence[Name]) -> tuple[int, int, int]:
    """How many names there are, how many with a given name in full, how many with an ORCID iD."""
    full = sum(_has_word(name.given) for name in names)
    return len(names), full, sum(bool(name.orcid) for name in names)


def _has_word(given: str) -> bool:
    """Whether a given name is more than initials such as “M. C.” or “MC”."""
    return any(len(part) > 1 and not part.isupper() for part in re.findall(r"\w+", given))


def _better_authors(work: Work, than: Work) -> bool:
    if len(work.authors) == len(than.authors) and work.more_authors != than.more_authors:
        return than.more_authors
    return _better_names(work.authors, than.authors)


def _better_date(work: Work, than: Work) -> bool:
    """The same date, said more precisely; another one is not better."""
    return bool(_PRECISE.fullmatch(work.date)) and work.date.startswith(f"{than.date}-")


def _better_container(work: Work, than: Work) -> bool:
    """In full rather than abbreviated: without the points of abbreviations, not in capitals, longer."""
    return _in_full(work.container) > _in_full(than.container)


def _in_full(container: str) -> tuple[bool, bool, int]:
    short = bool(_ABBREVIATED.search(container))
    return not short, not _shouts(container), sum(map(str.isalpha, container))


def _shouts(text: str) -> bool:
    """Whether all is in capitals, and more than an acronym or two."""
    return text.isupper() and sum(map(str.isalpha, text)) > 12


def _better_pages(work: Work, than: Work) -> bool:
    """A range rather than its first page."""
    first, dash, _ = work.pages.partition("–")
    return bool(dash) and first == than.pages


_BETTER: dict[str, Callable[[Work, Work], bool]] = {
    "title": _better_title,
    "authors": _better_authors,
    "editors": lambda work, than: _better_names(work.editors, than.editors),
    "date": _better_date,
    "container": _better_container,
    "pages": _better_pages,
    "abstract": lambda work, than: len(work.abstract) > len(than.abstract),
    "citeslist": lambda work, than: (work.citeslist, than.citeslist) == ("complete", "partial"),
    "status": lambda work, than: _STATUSES.index(work.status) > _STATUSES.index(than.status),
    "added": lambda work, than: work.added < than.added,
}
