"""Works with the changes that overlay.bib makes to them: its fields over those of other programs' entries."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from kb.clean.entries import clean_entry
from kb.model import Entry, Problem, Work
from kb.text import nearest


@dataclass(slots=True)
class Overlay:
    """The entries of overlay.bib, and what becomes known when they are laid over works.

    ``problems`` are new ones; ``settled`` those that cleaning found in an
    entry before, and would not find with the fields written over it.
    """

    changes: list[Work]
    problems: list[Problem] = field(default_factory=list)
    settled: list[Problem] = field(default_factory=list)

    def over(self, works: Iterable[Work]) -> list[Work]:
        """The works in their order, each with the changes that are made to its citekey."""
        known = {work.citekey: work for work in works}
        firsts: dict[str, Work] = {}
        for change in self.changes:
            first = firsts.setdefault(change.citekey, change)
            if change.citekey not in known:
                self.problems.append(_unknown(change, known))
            elif first is not change:
                self.problems.append(_again(change, first))
                firsts[change.citekey] = replace(first, fields={**change.fields, **first.fields})
        for citekey, change in firsts.items():
            if citekey in known:
                known[citekey] = self._changed(known[citekey], change)
        return list(known.values())

    def _changed(self, work: Work, change: Work) -> Work:
        """What cleaning says otherwise because of the change is taken from it; all else stays."""
        before, found = clean_entry(Entry(work.citekey, work.type, work.fields, change.origin))
        combined = {name: value for name, value in (work.fields | change.fields).items() if value.strip()}
        after, left = clean_entry(Entry(work.citekey, work.type, combined, change.origin))
        self.problems += [problem for problem in left if problem not in found]
        self.settled += [replace(problem, origin=work.origin) for problem in found if problem not in left]
        values = {each.name: getattr(after, each.name) for each in fields(Work) if each.name != "fields"}
        different = {name: value for name, value in values.items() if value != getattr(before, name)}
        return replace(work, fields=combined, **different)


def _unknown(change: Work, known: dict[str, Work]) -> Problem:
    owner = next((work.citekey for work in known.values() if change.citekey in work.aliases), "")
    near = [owner] if owner else nearest(change.citekey, known)
    message = f"No other file has an entry {change.citekey} that this one could change; it was not used."
    meant = f"Write the citekey of the entry that is meant, perhaps {' or '.join(near)}" if near else ""
    remedy = f"{meant or 'Write the citekey of the entry that is meant'}, or delete these lines."
    return Problem(change.origin, "overlay-unknown", message, remedy, "error", change.citekey)


def _again(change: Work, first: Work) -> Problem:
    where = f"{first.origin.path}:{first.origin.line}"
    message = (
        f"{change.citekey} is changed twice (first at {where}); of a field in both, the first was taken."
    )
    remedy = "Put both into one entry."
    return Problem(change.origin, "citekey-again", message, remedy, "warning", change.citekey)
