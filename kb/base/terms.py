"""The field's words: the thesaurus as queries use it, and as people read it."""

from dataclasses import dataclass
from functools import lru_cache

from kb import store
from kb.model import Label, TopicLine
from kb.search import Thesaurus, ThesaurusLabel
from kb.text import fold

_Names = tuple[ThesaurusLabel, ...]
_Pairs = tuple[tuple[str, str], ...]


def thesaurus(db: store.Database) -> Thesaurus:
    """All topics' names and which topic is broader than which, ready for queries."""
    labels = tuple(
        ThesaurusLabel(topic, label.text, label.status, label.status == "preferred", label.exact)
        for topic, names in store.topics.terms(db).items()
        for label in names
    )
    return _built(labels, tuple(store.topics.relations(db, "broader")))


@lru_cache(maxsize=4)  # a page opens the library at each drawing; its words seldom change
def _built(labels: _Names, broader: _Pairs) -> Thesaurus:
    return Thesaurus.build(labels, broader)


@dataclass(frozen=True, slots=True)
class Term:
    """A topic as words: its preferred name, the others, and why; misspellings are left out."""

    topic: TopicLine
    in_use: tuple[Label, ...]
    to_avoid: tuple[Label, ...]
    note: str

    @property
    def rows(self) -> list[dict[str, object]]:
        """One row a name, the preferred one first, under the names of ``COLUMNS``."""
        preferred = Label(self.topic.label, "preferred")
        return [self._row(label) for label in (preferred, *self.in_use, *self.to_avoid)]

    def _row(self, label: Label) -> dict[str, object]:
        return {
            "preferred": self.topic.label,
            "name": label.text,
            "status": label.status,
            "era": label.era,
            "place": label.place,
            "language": label.lang,
            "facet": self.topic.facet,
            "kind": self.topic.kind,
            "topic": self.topic.slug,
        }


COLUMNS = ("preferred", "name", "status", "era", "place", "language", "facet", "kind", "topic")
_AVOIDED = ("caution", "historical")


def terms(db: store.Database) -> list[Term]:
    """All topics as words, by preferred name; ``note`` is the scope note where a name is to be avoided."""
    lines, names = store.topics.lines(db), store.topics.terms(db)
    found = [_term(db, line, names.get(slug, [])) for slug, line in lines.items()]
    return sorted(found, key=lambda term: (fold(term.topic.label), term.topic.slug))


def _term(db: store.Database, line: TopicLine, labels: list[Label]) -> Term:
    in_use = tuple(label for label in labels if label.status == "in-use" and label.text != line.label)
    avoided = tuple(label for label in labels if label.status in _AVOIDED)
    note = store.notes.note(db, line.slug) if avoided or line.status in _AVOIDED else None
    return Term(line, in_use, avoided, note.body if note else "")
