"""An evidence knowledge base with a citation graph: text is the truth, SQLite a view.

>>> import kb
>>> base = kb.open("kb.db")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING

from kb.errors import KBError, StoreError, UnknownName, UnknownWork

if TYPE_CHECKING:
    from pathlib import Path

    from kb.base import Base

__all__ = ["KBError", "StoreError", "UnknownName", "UnknownWork", "open"]
__version__ = "0.1.0"


def open(database: "str | Path" = "kb.db") -> "Base":  # noqa: A001  the name that the design gives it: kb.open
    """The library in this database, read-only.

    Raises:
        StoreError: There is no database, or it is not of this version; says what to do.
    """
    from kb.base import open_base  # at need, so that `kb --help` answers at once

    return open_base(database)
