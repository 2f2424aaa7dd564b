"""Which format a file is in, by what it holds and not by its name; and its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kb.model import Entry, Problem

_HEAD = 64 * 1024  # bytes by which a format is recognised


class Read(Protocol):
    """A reader: the entries of a file in order, and what is wrong with it."""

    def __call__(
        self, content: bytes, path: str, *, encoding: str = ""
    ) -> tuple[list[Entry], list[Problem]]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format that we read: its name in messages, how to recognise it, and its reader."""

    name: str
    looks: Callable[[str], bool]
    read: Read
