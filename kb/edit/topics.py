"""Topics: new notes, and terms added to the front matter of those that are there.

A term is put in as text, where YAML's own marks say that its list ends; all
else stays byte by byte. What comes out is read again before it is written: a
change that the reader would not understand as it is meant is not made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kb.edit.files import create, rewrite
from kb.edit.front import line_end, value_end
from kb.edit.names import quoted
from kb.errors import EditError
from kb.library import Library
from kb.model import Label, Note
from kb.model.thesaurus import Concept
from kb.read import read_note
from kb.read.notes.front import scalar

_FOLDERS = {"topic": "topics", "tool": "tools", "programme": "programmes"}
_ORDER = ("kind", "label", "full_name", "alt", "hidden", "exact", "facet", "broader", "narrower", "related")
# Behind a label in words a reader needs no quotes; all else is quoted.
_PLAIN = re.compile(r"[^\W\d_](?:[\w \-/()'’.+]*[\w)])?")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be added to a topic: labels that are not preferred, and slugs of other topics."""

    labels: tuple[Label, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to add."""
        return bool(self.labels or self.broader or self.related)


def new_topic(library: Library, concept: Concept, today: date) -> Path:
    """Write a concept as a note of its own, and return its file.

    Raises:
        EditError: A file of this name is there, or it cannot be written, or not as it is meant.
    """
    path = library.notes / _FOLDERS[concept.kind] / f"{concept.name}.md"
    content = _note(concept, today).encode()
    note, _ = read_note(content, library.relative(path))
    if note is None or note.topic is None or set(note.topic.labels) != set(concept.topic.labels):
        raise EditError(f"{concept.label} cannot be written as a note. Write it by hand.")
    create(library, path, content)
    return path


def add_terms(library: Library, path: Path, terms: Terms) -> None:
    """Add labels and relations to the front matter of a topic's note; every other byte stays.

    Raises:
        EditError: The file cannot be written, or not so that it reads as it is meant.
    """
    rewrite(library, path, lambda content: with_terms(content, library.relative(path), terms))


def with_terms(content: bytes, name: str, terms: Terms) -> bytes:
    """The bytes of a topic's note with terms added to its front matter.

    Raises:
        EditError: They cannot be added so that the note reads as it is meant.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditError(f"{name} is not in UTF-8. Nothing was written; save it as UTF-8 first.") from error
    for key, items in _items(terms).items():
        text = _with_items(text, key, items, name) if items else text
    after = text.encode()
    if not _reads_as(content, after, name, terms):
        raise EditError(_misread(name))
    return after


# --- what is written


def _items(terms: Terms) -> dict[str, list[str]]:
    return {
        "alt": [_label(one) for one in terms.labels if one.status != "hidden"],
        "hidden": [_plain(one.text) for one in terms.labels if one.status == "hidden"],
        "exact": [_plain(one.text) for one in terms.labels if one.exact],
        "broader": [_plain(slug) for slug in terms.broader],
        "related": [_plain(slug) for slug in terms.related],
    }


def _note(concept: Concept, today: date) -> str:
    topic = concept.topic
    items = _items(Terms(topic.labels[1:], topic.broader, topic.related))
    items["exact"] = [_plain(one.text) for one in topic.labels if one.exact]
    lines = [f"kind: {concept.kind}", f"label: {_plain(topic.labels[0].text)}"]
    for key in ("alt", "hidden"):
        lines += [f"{key}:", *(f"  - {item}" for item in items[key])] if items[key] else []
    lines += [f"exact: [{', '.join(items['exact'])}]"] if items["exact"] else []
    lines += [f"facet: {topic.facet}"] if topic.facet else []
    lines += (f"{key}: [{', '.join(items[key])}]" for key in ("broader", "related") if items[key])
    if topic.status != "in-use" and concept.kind != "programme":
        lines.append(f"status: {topic.status}")
    lines.append(f"added: {today.isoformat()}")
    body = f"\n{concept.text}\n" if concept.text else ""
    return "\n".join(("---", *lines, "---", body))


def _label(label: Label) -> str:
    status = "" if label.status == "in-use" else label.status
    said = {"status": status, "era": label.era, "place": label.place, "lang": label.lang}
    parts = [f"{key}: {_plain(value)}" for key, value in said.items() if value]
    return f"{{{', '.join((f'label: {_plain(label.text)}', *parts))}}}" if parts else _plain(label.text)


def _plain(text: str) -> str:
    """A text as a YAML value, in a list within brackets too; between quotes unless it is plain words."""
    return text if _PLAIN.fullmatch(text) and isinstance(scalar(text), str) else quoted(text)


# --- where it is written


def _with_items(text: str, key: str, items: Sequence[str], name: str) -> str:
    """A note's text with items at the end of the list under a key of its front matter."""
    found = _FRONT.match(text)
    if not found:
        raise EditError(f"{name} has no front matter that ends. Nothing was written; mend it first.")
    front, start = found[1], found.start(1)
    try:
        node = YAML(typ="safe", pure=True).compose(front)
    except (YAMLError, ValueError, RecursionError) as error:
        raise EditError(_misread(name)) from error
    pairs = {pair[0].value: pair for pair in node.value} if node is not None and node.id == "mapping" else {}
    newline = "\r\n" if "\r\n" in text[: found.end()] else "\n"
    if key in pairs:
        key_node, value = pairs[key]
        front = _with_more(front, key_node, value, items, newline)
    else:
        front = _with_key(front, pairs, key, items, newline)
    return text[:start] + front + text[found.end(1) :]


def _with_key(front: str, pairs: dict[Any, Any], key: str, items: Sequence[str], newline: str) -> str:
    """Front matter with a key that it has not yet, behind those that come before it by habit."""
    before = [pairs[one][1] for one in _ORDER[: _ORDER.index(key)] if one in pairs]
    at = max((line_end(front, value_end(value)) for value in before), default=0)
    block = key in {"alt", "hidden"}
    lines = [f"{key}:", *(f"  - {item}" for item in items)] if block else [f"{key}: [{', '.join(items)}]"]
    return front[:at] + "".join(line + newline for line in lines) + front[at:]


def _with_more(front: str, key: Any, value: Any, items: Sequence[str], newline: str) -> str:
    """Front matter with items added to what stands under a key: a list, a text alone, or nothing."""
    first, last = value.start_mark.index, value.end_mark.index
    if value.id == "sequence" and value.flow_style:
        inside = front[first + 1 : last - 1].rstrip()
        comma = ", " if value.value and not inside.endswith(",") else " " if inside else ""
        at = first + 1 + len(inside)
        if "\n" in front[at : last - 1] and "#" in inside.rpartition("\n")[2]:  # a comment would swallow it
            at, comma = last - 1, f", {newline}" if value.value and not inside.endswith(",") else ""
        return front[:at] + comma + ", ".join(items) + front[at:]
    if value.id == "sequence":
        at, indent = line_end(front, value_end(value)), value.start_mark.column
    elif first == last:
        at, indent = line_end(front, key.end_mark.index), 2
    elif value.id == "scalar" and not value.style and scalar(value.value) is None:
        return f"{front[:first]}[{', '.join(items)}]{front[last:]}"
    else:
        alone = _plain(value.value) if value.id == "scalar" else front[first:last].strip()
        return f"{front[:first]}[{', '.join((alone, *items))}]{front[last:]}"
    return front[:at] + "".join(f"{' ' * indent}- {item}{newline}" for item in items) + front[at:]


# --- whether it reads as it is meant


def _reads_as(before: bytes, after: bytes, name: str, terms: Terms) -> bool:
    (old, problems), (new, more) = read_note(before, name), read_note(after, name)
    if old is None or new is None or old.topic is None or new.topic is None:
        return False
    wanted = replace(
        old.topic,
        labels=tuple(sorted((*old.topic.labels, *terms.labels), key=repr)),
        broader=tuple(sorted((*old.topic.broader, *terms.broader))),
        related=tuple(sorted((*old.topic.related, *terms.related))),
    )
    same = replace(
        new.topic,
        labels=tuple(sorted(new.topic.labels, key=repr)),
        broader=tuple(sorted(new.topic.broader)),
        related=tuple(sorted(new.topic.related)),
    )
    return wanted == same and _rest(old) == _rest(new) and len(problems) == len(more)


def _rest(note: Note) -> tuple[object, ...]:
    """All that a note says, but for the terms."""
    front = {key: value for key, value in note.front.items() if key not in _ORDER[3:]}
    facet = {key: note.front.get(key) for key in ("facet", "narrower")}
    return front, facet, note.title, note.kind, note.body, note.mentions, note.tags, note.added, note.checked


def _misread(name: str) -> str:
    what = f"Terms cannot be added to {name} without changing what it says."
    return f"{what} Nothing was written; add them by hand, or see what `kb check` says of it."
