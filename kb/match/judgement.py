"""What is said of two records: a verdict, a confidence, reasons, and what they are to one another."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["same", "different", "doubtful"]

ALIKE = {
    "equal": "same title",
    "spelling": "titles differ only in spelling",
    "subtitle": "titles differ only in a subtitle",
    "cut": "one title is cut short",
}
"""The ways in which titles are alike that may be one work's, in words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two records are one work.

    ``score`` is the confidence from 0 to 1 that they are; ``reasons`` say why,
    the weightiest first. ``relation`` is what one is to the other when they
    are two: preprint, conference version, correction, part …; "" if nobody knows.
    """

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    relation: str = ""


def same(score: float, *reasons: str) -> Judgement:
    """One work."""
    return Judgement("same", score, reasons)


def doubtful(score: float, *reasons: str, relation: str = "") -> Judgement:
    """Perhaps one work; a person should look."""
    return Judgement("doubtful", score, reasons, relation)


def different(score: float, *reasons: str, relation: str = "") -> Judgement:
    """Two works."""
    return Judgement("different", score, reasons, relation)
