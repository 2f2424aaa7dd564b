"""People's decisions on which entries are one work, written into references/decisions.toml.

Only the lines of the decision concerned change: a new one comes at the end, one
on the same pair takes the place of the former, comments stay.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date

import tomlkit
from tomlkit.exceptions import TOMLKitError

from kb.edit.files import create, rewrite
from kb.errors import EditError
from kb.library import Library
from kb.model import Decision, Origin, Sameness
from kb.read.decisions import Block, Decisions, behind_values, blocks, read_decisions
from kb.text import squeeze

_HEAD = """\
# Which entries are one work, and which are two that look alike: written by kb duplicates, or by hand.
# Of two that are the same, the first keeps its citekey, and the other becomes an alias of it.
"""
_NOTHING = "Nothing was written"
_BOM = b"\xef\xbb\xbf"


def record_decision(
    library: Library,
    verdict: Sameness,
    works: tuple[str, str],
    *,
    by: str = "",
    why: str = "",
    today: date,
) -> Decision | None:
    """Write down that two works are the same or different; the decision on them that stood there before.

    Of two that are the same, the first named keeps its citekey. What is
    decided already, in the same words, is not written again.

    Raises:
        EditError: The names or words cannot be written, or the file cannot be read or written.
    """
    wanted = Decision(verdict, works, Origin(""), squeeze(by), today.isoformat(), squeeze(why))
    _check(wanted)
    path = library.decisions
    before: list[Decision] = []

    def changed(content: bytes) -> bytes:
        text, newline = _text(content, library)
        said = _said(content, library)
        mine = _on_pair(said.decisions, works)
        before.extend(mine)
        if mine and _same_words(mine[0], wanted) and len(mine) == 1:
            return content
        rest = [one for one in said.decisions if one not in mine]
        text = _replaced(text, mine, wanted, library) if mine else _appended(text, wanted)
        return _meant(content, text, newline, [*rest, wanted], library)

    if path.exists():
        rewrite(library, path, changed)
    else:
        create(library, path, f"{_HEAD}\n{_table(wanted)}".encode())
    return before[0] if before else None


def forget_decision(library: Library, works: tuple[str, str]) -> Decision:
    """Take the decision on two works out of the file again, and return it.

    Raises:
        EditError: There is none, or the file cannot be read or written.
    """
    path = library.decisions
    before: list[Decision] = []

    def changed(content: bytes) -> bytes:
        text, newline = _text(content, library)
        said = _said(content, library)
        before.extend(_on_pair(said.decisions, works))
        if not before:
            raise EditError(_no_decision(works))
        for one in reversed(before):
            text = _without(text, _block(text, one, library))
        rest = [one for one in said.decisions if one not in before]
        return _meant(content, text, newline, rest, library)

    if not path.exists():
        raise EditError(_no_decision(works))
    rewrite(library, path, changed)
    if path.read_bytes().decode("utf-8", "replace").strip() == _HEAD.strip():
        path.unlink()
    return before[0]


def _no_decision(works: Sequence[str]) -> str:
    return f"Nobody has decided on {' and '.join(works)}. {_NOTHING}."


def _check(wanted: Decision) -> None:
    """See that a decision can be written.

    Raises:
        EditError: It cannot.
    """
    one, other = wanted.works
    for text in (*wanted.works, wanted.by, wanted.why):
        if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
            raise EditError(f"“{text[:60]!r}” holds characters that are no text. {_NOTHING}.")
    if not one.strip() or not other.strip() or one == other:
        raise EditError(f"A decision needs two citekeys that differ. {_NOTHING}.")


def _text(content: bytes, library: Library) -> tuple[str, str]:
    """The file's text with plain line ends, and how its lines end.

    Raises:
        EditError: It is not UTF-8.
    """
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        name = library.relative(library.decisions)
        raise EditError(f"{name} is not UTF-8. {_NOTHING}; save it as UTF-8 first.") from error
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.replace("\r\n", "\n"), newline


def _said(content: bytes, library: Library) -> Decisions:
    """What the file says.

    Raises:
        EditError: A part of it cannot be read, so that nobody knows what was decided there.
    """
    said = read_decisions(content, library.relative(library.decisions))
    broken = next((one for one in said.problems if one.code == "decision-syntax"), None)
    if broken:
        where = f"{broken.origin.path}:{broken.origin.line}"
        raise EditError(f"{where}: {broken.message} {_NOTHING}; mend that first.")
    return said


def _on_pair(decisions: Sequence[Decision], works: Sequence[str]) -> list[Decision]:
    return [one for one in decisions if set(one.works) == set(works)]


def _same_words(one: Decision, wanted: Decision) -> bool:
    """Whether a decision says what is wanted, on whatever day, with the reason if there is a new one."""
    verdict = (one.verdict, one.works) == (wanted.verdict, wanted.works)
    return verdict and wanted.why in {"", one.why} and wanted.by in {"", one.by}


def _table(decision: Decision) -> str:
    """A decision as it is written."""
    table = tomlkit.table()
    _fill(table, decision)
    return f"[[decision]]\n{table.as_string()}"


def _fill(table: "tomlkit.items.Table", decision: Decision) -> None:
    """Give a table the values of a decision; what it holds beside them stays."""
    table["verdict"] = decision.verdict
    table["works"] = list(decision.works)
    values = {"by": decision.by, "on": date.fromisoformat(decision.on), "why": decision.why}
    for name, value in values.items():
        if value:
            table[name] = value
        elif name in table:
            del table[name]


def _appended(text: str, decision: Decision) -> str:
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}{_table(decision)}"


def _replaced(text: str, before: Sequence[Decision], wanted: Decision, library: Library) -> str:
    """The text with a decision in the place of the first of these, and without the others."""
    for one in reversed(before[1:]):
        text = _without(text, _block(text, one, library))
    block = _block(text, before[0], library)
    end = _end(text, block)
    try:
        document = tomlkit.parse(text[block.start : end])
        _fill(document["decision"][0], wanted)
    except TOMLKitError as error:
        where = f"{library.relative(library.decisions)}:{block.line}"
        raise EditError(f"{where}: {error}. {_NOTHING}; change it by hand.") from error
    return f"{text[: block.start]}{tomlkit.dumps(document)}{text[end:]}"


def _end(text: str, block: Block) -> int:
    """Where a decision ends."""
    return block.start + behind_values(text[block.start : block.end])


def _without(text: str, block: Block) -> str:
    """The text without a decision, and without the empty line that parted it from its neighbour."""
    before, after = text[: block.start], text[_end(text, block) :]
    if not after.strip() and before.endswith("\n\n"):
        return f"{before[:-1]}{after}"
    return before + after.removeprefix("\n")


def _block(text: str, decision: Decision, library: Library) -> Block:
    """Where a decision stands.

    Raises:
        EditError: It does not begin with a [[decision]] of its own.
    """
    for block in blocks(text):
        if block.line == decision.origin.line and text[block.start :].lstrip().startswith("[["):
            return block
    where = f"{library.relative(library.decisions)}:{decision.origin.line}"
    message = f"The decision at {where} does not begin with a line [[decision]] of its own"
    raise EditError(f"{message}. {_NOTHING}; change it by hand.")


def _meant(before: bytes, text: str, newline: str, wanted: Sequence[Decision], library: Library) -> bytes:
    """The file's bytes, if they read as it is meant.

    Raises:
        EditError: They do not.
    """
    mark = _BOM if before.startswith(_BOM) else b""
    after = mark + text.replace("\n", newline).encode()
    said = read_decisions(after, "")
    if sorted(map(_key, said.decisions)) != sorted(map(_key, wanted)):
        name = library.relative(library.decisions)
        raise EditError(f"{name} would not read as it is meant. {_NOTHING}; change it by hand.")
    return after


def _key(decision: Decision) -> tuple[str, ...]:
    return decision.verdict, *decision.works, decision.by, decision.on, decision.why
