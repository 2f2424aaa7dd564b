"""What a person has decided of two entries that look alike."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kb.model.works import Origin

Sameness: TypeAlias = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two works, by citekey or alias: they are one, or they are two.

    Of two that are the *same*, the first named keeps its citekey. ``on`` is a day, as 2026-11-21.
    """

    verdict: Sameness
    works: tuple[str, str]
    origin: Origin
    by: str = ""
    on: str = ""
    why: str = ""
