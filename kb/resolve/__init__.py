"""Names → things: every citekey, slug and label in the text is followed, or reported.

Takes merged works and notes; gives the ``Content`` that the store is made of.
A name that leads nowhere drops that value only, with the nearest candidates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.model import Citation, Content, Note, Problem, Relation, Work
from kb.resolve.names import Names
from kb.resolve.notes import resolve_note

__all__ = ["resolve"]

_LONGEST_LOOP = 12  # topics that a message about a loop names


def resolve(works: Iterable[Work], aliases: Mapping[str, str], notes: Iterable[Note]) -> Content:
    """Everything the text says, with names followed; its problems are those of this step."""
    problems: list[Problem] = []
    unique = _unique(notes, problems)
    names = Names(list(works), aliases, unique)
    problems += names.problems
    resolved = [resolve_note(note, names, problems) for note in unique]
    said = [c for work in names.works.values() for c in work.cites]
    said += [c for note in resolved if note.study for c in note.study.cites]
    citations = [c for citation in said if (c := _citation(citation, names, problems))]
    relations = [
        r for work in names.works.values() for one in work.relations if (r := _relation(one, names, problems))
    ]
    _report_cycles(resolved, names, problems)
    return Content(
        works=sorted((*names.works.values(), *names.referred.values()), key=lambda w: w.citekey),
        aliases={alias: names.aliases[alias] for alias in sorted(names.aliases)},
        notes=resolved,
        citations=citations,
        relations=relations,
        work_topics=sorted({*_keyword_topics(names), *_note_topics(resolved, names)}),
        problems=problems,
    )


def _unique(notes: Iterable[Note], problems: list[Problem]) -> list[Note]:
    """Notes by path, each slug once, whatever its case."""
    kept: dict[str, Note] = {}
    for note in sorted(notes, key=lambda n: n.origin):
        first = kept.setdefault(note.slug.casefold(), note)
        if first is not note:
            message = f"The name {note.slug} is already that of {first.origin.path}; this note is not stored."
            problems.append(Problem(note.origin, "slug-twice", message, "Rename one of the two files."))
    return sorted(kept.values(), key=lambda n: n.slug)


def _citation(citation: Citation, names: Names, problems: list[Problem]) -> Citation | None:
    citing = names.work(citation.citing)
    cited = names.work(citation.cited) or names.refer(citation.cited, citation)
    if not cited:
        message = f"{citation.citing} cites {citation.cited}, but no entry has this citekey."
        remedy = f"{names.hint(citation.cited)}Or add the work to references/cited.bib."
        problems.append(Problem(citation.origin, "cites-unknown", message, remedy, "error", citation.citing))
        return None
    if citing == cited:
        message = f"{citation.citing} is said to cite itself; this citation is left out."
        remedy = "Remove it from cites."
        problems.append(Problem(citation.origin, "cites-itself", message, remedy, "error", citation.citing))
        return None
    if (citing, cited) == (citation.citing, citation.cited):
        return citation  # as nearly all are; a copy of each would cost more than all else here
    return replace(citation, citing=citing, cited=cited) if citing else None


def _relation(relation: Relation, names: Names, problems: list[Problem]) -> Relation | None:
    other = names.work(relation.other)
    if not other:
        message = f"{relation.citekey} is related to {relation.other}, but no entry has this citekey."
        remedy = f"{names.hint(relation.other)}Correct the related field."
        problems.append(
            Problem(relation.origin, "related-unknown", message, remedy, "error", relation.citekey)
        )
        return None
    return replace(relation, citekey=names.work(relation.citekey), other=other)


def _keyword_topics(names: Names) -> Iterable[tuple[str, str, str]]:
    for work in names.works.values():
        for keyword in work.keywords:
            topic = names.topic(keyword)
            if topic:
                yield work.citekey, topic, "keyword"


def _note_topics(notes: list[Note], names: Names) -> Iterable[tuple[str, str, str]]:
    for note in notes:
        if not (note.study and note.study.work):
            continue
        work = note.study.work
        for link in note.links:
            if names.topic(link.target) == link.target:
                yield work, link.target, "note" if link.field in {"body", "topics", "design"} else "finding"
        for sample in note.study.samples:
            for country in names.countries(sample):
                yield work, country, "note"


def _report_cycles(notes: list[Note], names: Names, problems: list[Problem]) -> None:
    """Broader topics must lead up and end (SKOS S27 reads better without loops)."""
    broader = {note.slug: list(note.topic.broader) for note in notes if note.topic}
    for note in notes:
        for narrower in note.topic.narrower if note.topic else ():
            broader.setdefault(narrower, []).append(note.slug)
    reported: set[str] = set()
    for loop in _loops(broader):
        if reported & set(loop):
            continue
        reported |= set(loop)
        message = f"These topics are each broader than the next: {_shown(loop)}."
        origin = names.notes[loop[0].casefold()].origin
        remedy = "Remove one of the broader lines."
        problems.append(Problem(origin, "topic-cycle", message, remedy, "warning"))


def _loops(above: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each way up that comes back to where it was, in one walk over all: chains may be long."""
    done: set[str] = set()
    for start in above:
        path = {start: iter(above[start])} if start not in done else {}
        while path:
            here = next(reversed(path))
            there = next(path[here], None)
            if there is None:
                done.add(here)
                del path[here]
            elif there in path:
                names = list(path)
                yield names[names.index(there) :]
            elif there not in done:
                path[there] = iter(above.get(there, ()))


def _shown(loop: list[str]) -> str:
    names = [*loop, loop[0]]
    return " → ".join(names if len(names) <= _LONGEST_LOOP else [*names[:_LONGEST_LOOP], "…"])
