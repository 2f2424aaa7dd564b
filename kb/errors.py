"""What can go wrong in a call: one base, and leaves that say what to do next.

    KBError
    ├── LibraryError        no library here, or its kb.toml cannot be used
    ├── StoreError          the database is absent, old or not ours
    ├── UnknownName         nothing goes by that name
    │   └── UnknownWork     ... and a work was asked for
    ├── EditError           a person's change cannot be written into the text
    └── FormatError         an export or file format we do not know

Bad *input* is never an exception: it is a ``model.Problem``, gathered and shown.
"""

from collections.abc import Sequence

_SHOWN = 100  # characters of a name: a pasted page would bury the message


class KBError(Exception):
    """Anything a caller did that cannot be done; the message says what to do."""


class LibraryError(KBError):
    """No library lies here, or its settings cannot be used."""


class StoreError(KBError):
    """The database cannot be read, and what to do about it."""


class UnknownName(KBError):
    """Nothing goes by this name; ``candidates`` are the nearest that do."""

    what = "work, note or topic"

    def __init__(self, name: str, candidates: Sequence[str] = ()) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        hint = f" Did you mean {' or '.join(self.candidates)}?" if candidates else ""
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        super().__init__(f"No {self.what} is called “{shown}”.{hint}")


class UnknownWork(UnknownName):
    """No work goes by this citekey or alias."""

    what = "work"


class EditError(KBError):
    """A change that was not written; every file is as it was."""


class FormatError(KBError):
    """A format that is not offered; ``known`` are those that are."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"“{name}” is not a format here. Choose one of: {', '.join(known)}.")
