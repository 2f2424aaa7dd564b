"""The whole: all that the text says, with every name followed."""

from dataclasses import dataclass, field

from kb.model.decisions import Decision
from kb.model.notes import Note
from kb.model.people import Journal, Person
from kb.model.works import Citation, Problem, Relation, Work


@dataclass(frozen=True, slots=True)
class Content:
    """All that the text says, with every name resolved: what the store is made of.

    ``aliases`` leads from every other name of a work (alias, citekey that was
    merged) to its citekey; ``work_topics`` holds (citekey, topic slug, via),
    where via is ``keyword``, ``note`` or ``finding``. Each signature under a work
    belongs to one of ``people``, each work in a journal to one of ``journals``.
    """

    works: list[Work]
    aliases: dict[str, str]
    notes: list[Note]
    citations: list[Citation]
    relations: list[Relation]
    work_topics: list[tuple[str, str, str]]
    problems: list[Problem]
    decisions: list[Decision] = field(default_factory=list)
    people: tuple[Person, ...] = ()
    journals: tuple[Journal, ...] = ()
