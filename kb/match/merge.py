"""Entries → works: which of them are one publication, and what we then believe.

Conservative on purpose: only a shared citekey, the shared DOI of a work known
from reference lists, or a person's decision joins two entries. Nothing is
joined by likeness; but a held and a cited entry of one citekey are one work,
whatever they say, for a person gave them the same name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from kb.match.best import entries
from kb.match.decided import decide
from kb.model import Decision, Problem, Work
from kb.text import fold

T = TypeVar("T")


@dataclass(slots=True)
class Merged:
    """Works, one per publication; other names of each; and what was wrong."""

    works: list[Work] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def merge(
    works: Iterable[Work],
    *,
    amend: Callable[[list[Work]], list[Work]] = list,
    decisions: Iterable[Decision] = (),
) -> Merged:
    """Each work once: entries of one citekey joined, merely cited ones joined to held ones by DOI.

    Held entries come first, then the order of path and line; the first value
    of each field wins. Of two *different* works under one citekey the first is
    stored, and the other reported as an error. ``amend`` is given the works, one
    to a citekey, and returns them with their citekeys and in their order, before
    DOIs and aliases are looked at. ``decisions`` are people's, and stand above
    all but a shared citekey.
    """
    merged = Merged()
    ordered = sorted(works, key=lambda w: (not w.held, w.origin))
    named = amend(_by_citekey(ordered, merged.problems))
    decided = decide(named, decisions)
    merged.aliases |= decided.aliases
    merged.problems += decided.problems
    merged.works = _by_doi(decided.works, merged, decided.apart)
    _name_aliases(merged)
    return merged


def _by_citekey(works: list[Work], problems: list[Problem]) -> list[Work]:
    kept: dict[str, Work] = {}
    for work in works:
        first = kept.setdefault(work.citekey, work)
        if first is work:
            continue
        if _same(first, work):
            kept[work.citekey] = _with_entries(kept[work.citekey], work)
            if work.held:
                problems.append(_twice(first, work, merged=True))
        else:
            problems.append(_twice(first, work, merged=False))
    return list(kept.values())


def _same(one: Work, other: Work) -> bool:
    """Whether two entries under one citekey are one publication: by DOI, else by title and year."""
    if one.held != other.held:
        return True
    if one.doi and other.doi:
        return one.doi == other.doi
    years = {one.year, other.year} - {None}
    return fold(one.title) == fold(other.title) and len(years) < 2


def _twice(first: Work, second: Work, *, merged: bool) -> Problem:
    where = f"{first.origin.path}:{first.origin.line}"
    if merged:
        message = f"The citekey {second.citekey} is used twice for one work (first at {where}); merged."
        return Problem(
            second.origin, "citekey-again", message, "Keep one of the two entries.", "warning", second.citekey
        )
    message = (
        f"The citekey {second.citekey} already names another work (at {where}); this entry is not stored."
    )
    remedy = "Give this entry a citekey of its own."
    return Problem(second.origin, "citekey-twice", message, remedy, "error", second.citekey)


def joined(first: Work, second: Work) -> Work:
    """One work from two entries: the first one's values, and the second's where it has none."""
    values = {
        f.name: getattr(first, f.name) or getattr(second, f.name)
        for f in fields(Work)
        if f.name not in {"citekey", "origin", "held", "fields", "aliases", "keywords", "cites", "relations"}
    }
    # What belongs together comes from one entry.
    values["more_authors"] = (first if first.authors else second).more_authors
    dated = first if first.date or first.year is not None else second
    values |= {"year": dated.year, "date": dated.date}
    return replace(
        first,
        **values,
        fields={**second.fields, **first.fields},
        aliases=_united(first.aliases, second.aliases),
        keywords=_united(first.keywords, second.keywords),
        cites=_united(first.cites, second.cites),
        relations=_united(first.relations, second.relations),
    )


def _with_entries(first: Work, second: Work) -> Work:
    """One work from two, that remembers what both entries say."""
    return replace(joined(first, second), entries=entries(first, second))


def _united(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return (*first, *(value for value in second if value not in first))


def _by_doi(works: list[Work], merged: Merged, apart: set[frozenset[str]]) -> list[Work]:
    """Join a merely cited work to the first with its DOI; two held ones stay apart, and are reported.

    Those of ``apart`` stay apart too, and a person knows it.
    """
    kept: dict[str, Work] = {}
    with_doi: dict[str, str] = {}
    for work in works:
        first = next((with_doi[name] for name in _dois(work) if name in with_doi), work.citekey)
        with_doi |= {name: first for name in _dois(work) if name not in with_doi}
        if first == work.citekey or frozenset((first, work.citekey)) in apart:
            kept[work.citekey] = work
        elif work.held:
            kept[work.citekey] = work
            merged.problems.append(_shared_doi(work, kept[first]))
        else:
            kept[first] = _with_entries(kept[first], work)
            merged.aliases[work.citekey] = first
    return list(kept.values())


def _dois(work: Work) -> list[str]:
    return [name for name in work.identifiers if name.startswith("doi:")]


def _shared_doi(work: Work, first: Work) -> Problem:
    message = f"{work.citekey} has the DOI {work.doi} of {first.citekey}; both are stored."
    pair = f"{first.citekey} {work.citekey}"
    remedy = f"Decide: kb duplicates --same {pair} if they are one work, --different {pair} if they are two."
    return Problem(work.origin, "doi-twice", message, remedy, "warning", work.citekey)


def _name_aliases(merged: Merged) -> None:
    citekeys = {work.citekey for work in merged.works}
    owners: dict[str, list[Work]] = defaultdict(list)
    for work in merged.works:
        for alias in work.aliases:
            if alias != work.citekey:
                owners[alias].append(work)
    for alias, works in owners.items():
        owner = alias if alias in citekeys else merged.aliases.setdefault(alias, works[0].citekey)
        for work in works:
            if work.citekey != owner:
                message = f"The alias {alias} of {work.citekey} already names another work; it was left out."
                merged.problems.append(
                    Problem(work.origin, "alias-taken", message, "Remove it from ids.", "error", work.citekey)
                )
