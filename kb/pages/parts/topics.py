"""Topics: a plain word with its count, a tree of them, their names and neighbours."""

from collections.abc import Iterable, Mapping, Sequence

from kb.model import Label, TopicLine
from kb.pages import links
from kb.pages.parts.markup import Html, el, joined, link

_STATUS = {"caution": "use with caution", "historical": "historical", "preferred": "", "in-use": ""}


def topic(line: TopicLine) -> Html:
    """A topic as a word with how many works it has."""
    count = el("span", str(line.works), cls="kb-count") if line.works else None
    return el("span", link(line.label, links.named(line.kind, line.slug)), count, cls="kb-topic")


def row(lines: Iterable[TopicLine]) -> Html:
    """Topics side by side."""
    return el("div", joined(map(topic, lines), " "), cls="kb-topics")


def tree(
    tops: Sequence[TopicLine],
    below: Mapping[str, Sequence[TopicLine]],
    *,
    above: frozenset[str] = frozenset(),
) -> Html:
    """Topics with the narrower ones indented under them; a circle of topics is cut where it closes."""
    items = []
    for line in tops:
        narrower = [one for one in below.get(line.slug, ()) if one.slug not in above | {line.slug}]
        inner = tree(narrower, below, above=above | {line.slug}) if narrower else None
        items.append(el("li", topic(line), inner))
    return el("ul", joined(items), cls="kb-tree")


def names(labels: Iterable[Label]) -> Html | None:
    """The other names of a topic, with status, era and place; misspellings are left out."""
    shown = [_name(label) for label in labels if label.status not in {"preferred", "hidden"}]
    return el("ul", joined(shown), cls="kb-names") if shown else None


def _name(label: Label) -> Html:
    about = joined((_STATUS.get(label.status, label.status), label.era, label.place, label.lang), "; ")
    return el("li", label.text, el("span", f" {about}", cls="kb-quiet") if about else None)
