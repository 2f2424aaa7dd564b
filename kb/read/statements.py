"""What a file in RDF says, as nodes and statements; without the library that reads it, which is heavy."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Node:
    """An IRI or a blank node (``_:1``); or a text, with its language if it names one."""

    text: str
    is_text: bool = False
    lang: str = ""


class Statements(NamedTuple):
    """What a file says: subject → property → objects, all in its order; and subjects' lines."""

    said: dict[str, dict[str, dict[Node, None]]]
    lines: dict[str, int]


class TurtleError(Exception):
    """It is no Turtle, from a line on; or more than we read (``limit``)."""

    def __init__(self, line: int, reason: str, *, limit: bool = False) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.limit = limit
