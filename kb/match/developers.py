"""Whether a study of a tool is its developers' own, or stands apart from them.

Risk tools predict better in the hands of those who made them (Singh, Grann and
Fazel 2013, doi:10.1371/journal.pone.0072484), so the two are told apart.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from kb.model import Independence, Person


@dataclass(frozen=True, slots=True)
class Developers:
    """Who made a tool.

    ``known`` are people who certainly did, ``perhaps`` those of whom only the
    name is theirs, both by slug; ``bodies`` the organisations, and ``work``
    the citekey of the study on which it was built.
    """

    known: dict[str, Person] = field(default_factory=dict)
    perhaps: dict[str, Person] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    work: str = ""


def developers(
    named: Sequence[tuple[str, Sequence[Person]]], builders: Collection[str], work: str = ""
) -> Developers:
    """Who is meant by the names in a tool's note.

    ``named`` has each name with all who may be called so. Of several people,
    those who signed the study on which the tool was built (``builders``, by
    slug) are meant; without such, each of them perhaps.
    """
    known: dict[str, Person] = {}
    perhaps: dict[str, Person] = {}
    for _, people in named:
        signed = [person for person in people if person.slug in builders]
        sure = signed or (people if len(people) == 1 else [])
        known |= {person.slug: person for person in sure}
        perhaps |= {person.slug: person for person in people if person not in sure}
    bodies = tuple(name for name, people in named if "," not in name and not _is_a_person(people))
    apart = {slug: person for slug, person in perhaps.items() if slug not in known}
    return Developers(known, apart, bodies, work)


def _is_a_person(people: Sequence[Person]) -> bool:
    return any(not person.name.corporate for person in people)


def independence(work: str, authors: Sequence[str], made: Developers, *, all_named: bool) -> Independence:
    """Whether ``work``, signed by ``authors`` (slugs), stands apart from who made the tool.

    ``all_named`` says that no author is hidden behind “and others”.
    """
    if work == made.work:
        return Independence(value=False, because="the tool was built in it")
    own = [made.known[slug].name.inverted for slug in authors if slug in made.known]
    if own:
        return Independence(value=False, because=f"a developer is among its authors: {'; '.join(own)}")
    return Independence(value=None if (doubt := _doubt(authors, made, all_named)) else True, because=doubt)


def _doubt(authors: Sequence[str], made: Developers, all_named: bool) -> str:
    """Why nobody can tell; "" where all is known and nobody is in common."""
    alike = [made.perhaps[slug].name.inverted for slug in authors if slug in made.perhaps]
    if alike:
        return f"a developer has the same name as one of its authors: {'; '.join(alike)}"
    if not authors or not all_named:
        return "not all its authors are known"
    if made.bodies:
        return f"developed by {' and '.join(made.bodies)}, and where its authors work is not known"
    if not (made.known or made.perhaps):
        return "no developer of the tool is known here"
    return ""
