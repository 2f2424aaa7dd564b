"""What the values of fields were taken for: the people meant by a name, and what the library has none of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb import store
from kb.match.called import families, goes_by
from kb.model import Person
from kb.search import Compiled, Filter
from kb.search.filters import is_whole_name
from kb.search.tree import Field
from kb.text import fold, nearest

_PEOPLE = 3  # whom a message names
_MISSING = 5  # fields that are looked up: who has more mistakes needs no more messages
# What people call an article.
_ARTICLES = frozenset({"paper", "papers", "journal", "journals", "journal article", "journal articles"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """How to say that nothing has a value, and the values that there are."""

    nothing: str
    known: Callable[[store.Database], Iterable[str]]


_KINDS = {
    "list": _Kind("No reading list is called", lambda db: (line.slug for line in store.lists.lists(db))),
    "type": _Kind("No work is of the type", store.vocabulary.types),
    "key": _Kind("No work has the citekey", store.works.citekeys),
    "journal": _Kind("No journal or book is called", store.vocabulary.venues),
    "author": _Kind("Nobody who signed a work is called", store.vocabulary.families),
    "title": _Kind("No title has", lambda _: ()),
    "doi": _Kind("No work has the DOI", lambda _: ()),
}


def people(db: store.Database, filters: Iterable[Filter]) -> dict[Filter, list[Person]]:
    """Whom each filter that names a person may mean, by slug."""
    return {
        each: _called(db, each.values[0]) for each in _all(filters) if each.kind == "author" and each.values
    }


def messages(
    db: store.Database,
    compiled: Compiled,
    people: Mapping[Filter, Sequence[Person]],
    finds: Callable[[Field], bool],
) -> tuple[str, ...]:
    """Who was taken to be meant, and which fields find nothing because nothing here has their value."""
    asked = [each for each in compiled.asked if each.name in _KINDS and not is_whole_name(each)]
    missing = [_missing(db, each) for each in asked[:_MISSING] if not finds(each)]
    return tuple(dict.fromkeys((*(_told(each, people[each]) for each in people), *missing)))


def _called(db: store.Database, typed: str) -> list[Person]:
    return [person for person in store.people.called(db, families(typed)) if goes_by(person, typed)]


def _all(filters: Iterable[Filter]) -> Iterator[Filter]:
    """Filters, and those of which they are made."""
    for each in filters:
        yield from _all(each.any_of)
        yield each


def _told(name: Filter, people: Sequence[Person]) -> str:
    """Who was taken to be meant by a name."""
    if not people:
        return f"Nobody who signed a work is called “{name.values[0]}”."
    who = [_also(person) for person in people[:_PEOPLE]]
    more = len(people) - len(who)
    who += [f"{more} other{'s' if more > 1 else ''}"] if more else []
    said = f"“{name.values[0]}” is {'; or '.join(who)}"
    return said if said.endswith(".") else f"{said}."


def _also(person: Person) -> str:
    others = [spelling for spelling in person.spellings if spelling != person.name.inverted]
    return f"{person.name.inverted} (also {' · '.join(others)})" if others else person.name.inverted


def _missing(db: store.Database, node: Field) -> str:
    """That nothing has this value, and what may be meant instead."""
    kind = _KINDS[node.name]
    said = f"{kind.nothing} “{node.value}”, so “{node.written}” finds nothing."
    if node.name == "type" and fold(node.value) in _ARTICLES:
        return f"{said} Did you mean type:article?"
    known = list(kind.known(db)) if not node.value.endswith("*") else []
    near = [_field(node.name, each) for each in nearest(node.value, known)]
    if near:
        return f"{said} Nearest: {', '.join(near)}."
    return f"{said} There are: {', '.join(known)}." if node.name == "type" and known else said


def _field(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
