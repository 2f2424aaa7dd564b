"""A note's front matter as text: an item put at the end of a list in it, or taken off; all else stays.

Where a list ends, YAML's own marks say. Whoever changes a note so reads it
again before it is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kb.errors import EditError

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_FOLDED = re.compile(r"\s*\n\s*")
_STEP = 2  # columns by which an item of ours is indented


@dataclass(frozen=True, slots=True)
class _List:
    """Where a key's value stands in the front matter, and what of it YAML understood."""

    front: str
    start: int
    newline: str
    column: int
    key: Any = None
    value: Any = None

    def written(self, text: str, front: str) -> str:
        """The note's text with another front matter."""
        return text[: self.start] + front + text[self.start + len(self.front) :]


def with_item(content: bytes, key: str, item: Sequence[str], name: str) -> bytes:
    """A note's bytes with an item, given in lines, at the end of the list under a key; "- " is put before it.

    Raises:
        EditError: The note's front matter is no such text, or what stands under the key is no list.
    """
    text = _text(content, name)
    there = _list(text, key, name)
    front = there.front
    if there.key is None:
        at, column = len(front), there.column + _STEP
        lead = f"{' ' * there.column}{key}:{there.newline}"
    else:
        front, at, column = _place(there, key, name)
        lead = ""
    marks = ("- ", *("  " for _ in item[1:]))
    lines = (f"{' ' * column}{mark}{line}{there.newline}" for mark, line in zip(marks, item, strict=True))
    return there.written(text, front[:at] + lead + "".join(lines) + front[at:]).encode()


def without_last(content: bytes, key: str, name: str) -> bytes:
    """A note's bytes without the last item of the list under a key; without the key if it was the only one.

    Raises:
        EditError: There is no item, or it does not stand on lines of its own.
    """
    text = _text(content, name)
    there = _list(text, key, name)
    value = there.value
    if value is None or value.id != "sequence" or value.flow_style or not value.value:
        message = f"{name} has no list under {key} that stands on lines of its own. Nothing was written."
        raise EditError(message)
    front, items = there.front, value.value
    if len(items) > 1:
        first = line_end(front, value_end(items[-2]))
    else:
        first = front.rfind("\n", 0, there.key.start_mark.index) + 1
    return there.written(text, front[:first] + front[line_end(front, value_end(items[-1])) :]).encode()


def _place(there: _List, key: str, name: str) -> tuple[str, int, int]:
    """The front matter with a block list, empty or not, under a key; where it ends, and its column."""
    front, value = there.front, there.value
    first, last = value.start_mark.index, value.end_mark.index
    column = there.column + _STEP
    if value.id == "sequence" and not value.flow_style:
        return front, line_end(front, value_end(value)), value.start_mark.column
    if value.id == "scalar" and value.tag.endswith(":null"):
        front = front[:first] + front[last:]
        return front, line_end(front, there.key.end_mark.index + 1), column
    items = value.value if value.id == "sequence" else [value] if value.id == "mapping" else None
    if items is None or (value.id == "mapping" and not value.flow_style):
        raise EditError(f"What stands under {key} in {name} is no list. Nothing was written; make it one.")
    said = [_FOLDED.sub(" ", front[one.start_mark.index : one.end_mark.index]) for one in items]
    block = "".join(f"{there.newline}{' ' * column}- {one}" for one in said)
    front = front[:first].rstrip(" ") + block + front[last:]
    return front, line_end(front, len(front[:first].rstrip(" ")) + len(block)), column


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditError(f"{name} is not in UTF-8. Nothing was written; save it as UTF-8 first.") from error


def _list(text: str, key: str, name: str) -> _List:
    found = _FRONT.match(text)
    if not found:
        raise EditError(f"{name} has no front matter that ends. Nothing was written; mend it first.")
    front = found[1]
    try:
        root = YAML(typ="safe", pure=True).compose(front)
    except (YAMLError, ValueError, RecursionError) as error:
        raise EditError(f"The front matter of {name} cannot be read. Nothing was written.") from error
    if root is None or root.id != "mapping" or root.flow_style:
        raise EditError(f"The front matter of {name} has no lines of keys. Nothing was written.")
    newline = "\r\n" if "\r\n" in text[: found.end()] else "\n"
    column = root.value[0][0].start_mark.column
    for key_node, value in root.value:
        if key_node.value == key:
            return _List(front, found.start(1), newline, column, key_node, value)
    return _List(front, found.start(1), newline, column)


def value_end(node: Any) -> int:
    """Where a value ends: of a block, where the last value in it does."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return value_end(last[1] if node.id == "mapping" else last)


def line_end(front: str, at: int) -> int:
    """Where the line ends on which the text before ``at`` does."""
    at = len(front[:at].rstrip())
    end = front.find("\n", at)
    return len(front) if end < 0 else end + 1
