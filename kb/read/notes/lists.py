"""A reading list's body: headings are sections, items of top-level lists are works with a reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from markdown_it.token import Token

from kb.model import ROLES, ListItem, Origin, Problem
from kb.read.notes.body import CITEKEY, Body, heading, read_block, split_intent
from kb.text import nearest, squeeze

_ATTRIBUTES = re.compile(r"(?<!@)\{([^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(r"""([^\s="']+)=(?:"([^"]*)"|'([^']*)'|(\S*))|(\S+)""")
_LEADING = re.compile(rf"\s*(?:\[[^\[\]]*\]|-?{CITEKEY.pattern})")
_JOINERS = " \t\n:,;.–—-"


def read_items(body: Body, text: str, path: str, title: str) -> tuple[tuple[ListItem, ...], list[Problem]]:
    """The items in order, and what is wrong with them; an item without a work is left out.

    A heading that only repeats the list's title is no section.
    """
    reader = _Reader(path, body.first_line, text.split("\n"), [])
    items: list[ListItem] = []
    section = ""
    tokens = body.tokens
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            section = heading(tokens[number + 1], body.first_line)
            section = "" if section == title else section
        elif token.type == "list_item_open" and token.level == 1:
            items += reader.item(token, _first_inline(tokens, number), section)
    return tuple(items), reader.problems


def _first_inline(tokens: Sequence[Token], number: int) -> Token | None:
    """The first paragraph of the item that opens at ``number``; None if it begins otherwise."""
    found = tokens[number + 1 : number + 3]
    return found[1] if len(found) == 2 and found[0].type == "paragraph_open" else None


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    first_line: int
    lines: list[str]
    problems: list[Problem]

    def item(self, opening: Token, inline: Token | None, section: str) -> Iterator[ListItem]:
        start, end = opening.map or [0, 0]
        origin = Origin(self.path, start + self.first_line)
        block = read_block(inline, self.first_line) if inline else None
        if not inline or not block or not block.citations:
            message = "An item of the list names no work; it was left out."
            self._warn(origin, "list-no-work", message, "Begin it with a citation, such as [@key].")
            return
        citekey = split_intent(block.citations[0][0])[1]
        written, attributes = _divided(inline.content)
        reason = squeeze(_LEADING.sub("", written, count=1) if _LEADING.match(written) else written)
        reason = reason.strip(_JOINERS) if not reason.strip(_JOINERS) else reason.lstrip(_JOINERS)
        if not reason:
            message = f"The item {citekey} gives no reason why it is in the list."
            self._warn(origin, "list-no-reason", message, "Write one sentence after the citation.", citekey)
        role, minutes = self._attributes(attributes, origin, citekey)
        under = dedent("\n".join(self.lines[(inline.map or [0, end])[1] : end])).strip()
        yield ListItem(citekey, origin, section, reason, role, minutes, under)

    def _attributes(self, text: str, origin: Origin, citekey: str) -> tuple[str, int | None]:
        role, minutes = "", None
        for found in _ATTRIBUTE.finditer(text):
            name = found[1] or found[5]
            value = next((part for part in found.group(2, 3, 4) if part), "")
            if name == "role" and value in ROLES:
                role = value
            elif name == "minutes" and re.fullmatch(r"[1-9]\d{0,5}", value, re.ASCII):
                minutes = int(value)
            else:
                self._refuse(name, value, origin, citekey)
        return role, minutes

    def _refuse(self, name: str, value: str, origin: Origin, citekey: str) -> None:
        expected = {"role": f"one of {', '.join(ROLES)}", "minutes": "a whole number, 1 or more"}.get(name)
        if expected is None:
            message = f"The attribute {name} of an item is not known here; it was left out."
            self._warn(origin, "note-unknown-key", message, "Known are role and minutes.", citekey)
            return
        near = nearest(value, ROLES, limit=1) if name == "role" else []
        hint = f"Did you mean {near[0]}? " if near else ""
        message = f"{name}: found “{value}”; expected is {expected}. The value was left out."
        remedy = f"{hint}Correct the value, or remove it."
        self.problems.append(Problem(origin, "note-value", message, remedy, "error", citekey))

    def _warn(self, origin: Origin, code: str, message: str, remedy: str, citekey: str = "") -> None:
        self.problems.append(Problem(origin, code, message, remedy, "warning", citekey))


def _divided(written: str) -> tuple[str, str]:
    """An item's first paragraph without the attributes at its end, and these."""
    found = _ATTRIBUTES.search(written)
    return (written[: found.start()], found[1]) if found else (written, "")
