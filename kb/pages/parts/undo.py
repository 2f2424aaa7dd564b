"""What was written can be taken back: by a button, or by the commands that are named beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from shlex import join
from typing import Protocol

import streamlit as st

from kb.edit import set_fields
from kb.errors import EditError, UnknownWork
from kb.ingest import ingest
from kb.model import Work
from kb.pages import session
from kb.pages.parts.markup import copier, el, put
from kb.pages.parts.words import counted

_SHOWN = 200  # characters of a command that are shown; all of it is copied

Before = Mapping[str, Mapping[str, str]]
"""The changed fields of entries as they were, by citekey; "" where there was none."""


@dataclass(frozen=True, slots=True)
class Written:
    """A change of references/: the name of an import ("" = nothing was appended), and fields as they were."""

    name: str = ""
    before: Before = field(default_factory=dict)

    @property
    def commands(self) -> list[str]:
        """The commands that take it back."""
        undo = [join(["kb", "import", "--undo", self.name])] if self.name else []
        changes = {
            citekey: [f"{name}={value}" for name, value in fields.items()]
            for citekey, fields in self.before.items()
        }
        return [*undo, *(join(["kb", "set", citekey, *said]) for citekey, said in changes.items())]


class Undoable(Protocol):
    """Something that was written, and that commands can take back."""

    @property
    def commands(self) -> list[str]:
        """The commands that take it back."""


def way_back(label: str, written: Undoable, take: Callable[[], None], *, name: str) -> None:
    """The button and the commands; what it does is to call ``take``."""
    first, *others = written.commands
    shown = " ".join(first.split())
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    more = f" and {counted(len(others), 'further command')}" if others else ""
    copy = copier("Copy commands" if others else "Copy command", "\n".join(written.commands))
    with st.container(key=f"undo-{name}"):
        st.button(label, key=f"{name}-undo", on_click=take)
        put(el("div", "or ", el("code", shown), more, copy, cls="kb-command"))


def take_back(written: Written) -> list[str]:
    """Take a change back; the files of an import that were written.

    Raises:
        EditError: Entries were changed since, or are gone.
    """
    home = session.library()
    files = []
    if written.name:
        from kb.convert import undo  # as on the page that adds: with all that reads and compares

        files = [home.relative(path) for path in undo(home, written.name)]
    works = [work_now(citekey, fresh=not place) for place, citekey in enumerate(written.before)]
    for work in sorted(works, key=lambda work: work.origin, reverse=True):  # those above keep their lines
        set_fields(home, work, written.before[work.citekey])
    return files


def work_now(citekey: str, *, fresh: bool = True) -> Work:
    """A work as the text has it, which may be newer than the page; ``fresh`` reads it first.

    Raises:
        EditError: There is no such work any more.
    """
    home = session.library()
    if fresh:
        ingest(home)
    try:
        with session.drawing(home) as base:
            return base.work(citekey).work
    except UnknownWork as error:
        raise EditError(f"{error} Nothing was written.") from error
