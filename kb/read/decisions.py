"""references/decisions.toml → people's decisions on which entries are one work.

Each ``[[decision]]`` is read alone, so that a slip, or the marks of a merge
that git could not make, cost one decision and not all of them.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime

from kb.model import Decision, Origin, Problem, Sameness, Severity
from kb.read.files import decode
from kb.read.problems import Gathered
from kb.text import nearest

KEYS = ("verdict", "works", "by", "on", "why")

# Strings and comments are stepped over, so that no line within them is taken for a header. Each step is
# bounded, for from every quote that is never closed all the rest would be searched.
_PART = re.compile(
    r'"""(?:\\.|[^\\]){0,2000}?"""|\'\'\'.{0,2000}?\'\'\'|"(?:\\[^\n]|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*'
    r"|(^[ \t]*(?:\[\[?[^\[\]\n]*\]\]?[ \t\r]*(?:#[^\n]*)?|<{7}[^\n]*|={7}\r?|\|{7}[^\n]*|>{7}[^\n]*)$)",
    re.DOTALL | re.MULTILINE,
)
_MARK = re.compile(r"[<=>|]{7}")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_REMEDY = 'Write it as verdict = "same" or "different", and works = ["one", "other"].'


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the file from one header to the next: where it stands in the text, and on which line."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the file says, and what is wrong with it."""

    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_decisions(content: bytes, path: str) -> Decisions:
    """The decisions in a file's bytes, and problems with their lines."""
    text, problems = decode(content, path)
    found: list[Decision] = []
    troubles = Gathered()
    for block in blocks(text):
        desk = _Desk(path, block.line, text[block.start : block.end], troubles)
        found += desk.decisions()
    return Decisions(found, [*problems, *troubles.listed()])


def blocks(text: str) -> list[Block]:
    """The parts of the text: what stands before the first header, and each header with its lines."""
    starts = [0, *(part.start(1) for part in _PART.finditer(text) if part[1] is not None)]
    marks = [end for start in starts if _MARK.match(text, start) and (end := text.find("\n", start) + 1)]
    starts = sorted({*starts, *marks})
    found, line = [], 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found.append(Block(start, end, line))
        line += text.count("\n", start, end)
    return found


def behind_values(text: str) -> int:
    """Where a block's last value ends: empty lines and comments below it belong to what follows."""
    lines = text.splitlines(keepends=True)
    while len(lines) > 1 and lines[-1].lstrip()[:1] in {"", "#"}:
        lines.pop()
    return sum(map(len, lines))


@dataclass(frozen=True, slots=True)
class _Desk:
    """One block of the file, being read."""

    path: str
    line: int
    text: str
    troubles: Gathered

    def decisions(self) -> list[Decision]:
        """What it decides."""
        try:
            said = tomllib.loads(self.text)
        except (ValueError, RecursionError) as error:
            self.unreadable(error)
            return []
        found: list[Decision] = []
        for name, value in said.items():
            if name == "decision" and isinstance(value, list):
                found += [decision for one in value if (decision := self.decision(one))]
            elif name == "decision":
                self.wrong("A decision begins with [decision].", "Write [[decision]], in double brackets.")
            else:
                lost: Severity = "error" if isinstance(value, dict | list) else "warning"
                message = f"“{name[:60]}” is nothing that this file can say; it was passed over."
                self.tell("decision-key", name, message, "Each decision begins with [[decision]].", lost)
        return found

    def decision(self, said: object) -> Decision | None:
        """The decision of one table; None if it decides nothing."""
        if not isinstance(said, dict):
            self.wrong("A decision is no table.", _REMEDY)
            return None
        for name in said.keys() - set(KEYS):
            near = nearest(name, KEYS, limit=1)
            remedy = f"Did you mean {near[0]}?" if near else f"A decision has {', '.join(KEYS)}."
            message = f"A decision has no “{name[:60]}”; it was passed over."
            self.tell("decision-key", name, message, remedy, "warning")
        verdict, works = self.verdict(said.get("verdict")), self.works(said.get("works"))
        if not verdict or not works:
            return None
        by, why = (self.sentence(name, said.get(name, "")) for name in ("by", "why"))
        place = self.line if self.text.lstrip().startswith("[[") else self.of("decision")
        return Decision(verdict, works, Origin(self.path, place), by, self.day(said.get("on", "")), why)

    def verdict(self, value: object) -> Sameness | None:
        """Same or different; None and a problem for anything else."""
        if value == "same":
            return "same"
        if value == "different":
            return "different"
        self.wrong(
            f"The verdict is {_shown(value)}, where same or different is expected.", _REMEDY, "verdict"
        )
        return None

    def works(self, value: object) -> tuple[str, str] | None:
        """The two names; None and a problem for anything else."""
        names = [name.strip() for name in value if isinstance(name, str)] if isinstance(value, list) else []
        whole = isinstance(value, list) and len(value) == len(set(names)) == 2 and all(names)
        if whole:
            return names[0], names[1]
        self.wrong(f"works is {_shown(value)}, where two citekeys are expected.", _REMEDY, "works")
        return None

    def sentence(self, name: str, value: object) -> str:
        """A text; "" and a problem for anything else."""
        if isinstance(value, str):
            return " ".join(value.split())
        self.wrong(f"{name} is {_shown(value)}, where a text is expected.", "Put it between quotes.", name)
        return ""

    def day(self, value: object) -> str:
        """A day; "" and a problem for anything else."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if value == "":
            return ""
        if isinstance(value, str):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                pass
        message = f"on is {_shown(value)}, where a day is expected; it was left out."
        self.wrong(message, "Write on = 2026-11-21, without quotes.", "on")
        return ""

    def unreadable(self, error: Exception) -> None:
        """Report a block that is no TOML."""
        if _MARK.match(self.text):
            message = "Here stands a mark of a merge that git could not make."
            self.tell("decision-syntax", "", message, "Keep both decisions, and delete the mark.", "error")
            return
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        place = _PLACE.search(reason)
        # What never ends is told at its last line
        whole = max(self.text.count("\n", 0, behind_values(self.text)) - 1, 0)
        lines = int(place[1]) - 1 if place and place[1] else whole if place else 0
        said = reason[: place.start()] if place else reason
        message = f"This part of the file is no TOML ({said[:200].rstrip('.')}); it was passed over."
        remedy = "Correct it, or delete this decision and decide again with kb duplicates."
        origin = Origin(self.path, self.line + min(lines, whole))
        self.troubles.add(Problem(origin, "decision-syntax", message, remedy))

    def wrong(self, message: str, remedy: str, name: str = "") -> None:
        """Report a value that is not stored."""
        self.tell("decision-value", name, message, remedy, "error")

    def tell(self, code: str, name: str, message: str, remedy: str, severity: Severity) -> None:
        """Report something at the line of a key."""
        origin = Origin(self.path, self.of(name))
        self.troubles.add(Problem(origin, code, message, remedy, severity))

    def of(self, name: str) -> int:
        """The line on which a key stands; the block's own where that is not plain."""
        found = re.search(rf"^[ \t]*[\[\"']*{re.escape(name)}\b", self.text, re.MULTILINE) if name else None
        return self.line + (self.text.count("\n", 0, found.start()) if found else 0)


def _shown(value: object) -> str:
    if value is None:
        return "missing"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    line = " ".join(text.split())
    return f"“{line[:60]}{'…' if len(line) > 60 else ''}”"
