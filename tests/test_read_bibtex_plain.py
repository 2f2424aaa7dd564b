"""Reading in stretches, and plain blocks in one go, gives what the splitter makes of the whole file."""

import re
from pathlib import Path
from typing import Any

import pytest
from bibtexparser import model
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.read import read_bibtex
from kb.read.bibtex import blocks
from kb.read.bibtex.cuts import cuts
from kb.read.bibtex.masks import masked, shown
from kb.read.bibtex.plain import PlainEntry, PlainString, plain_blocks
from kb.read.bibtex.values import Abbreviations, evaluate

DATA = Path(__file__).parent / "data"
MIXED = (DATA / "mixed.bib").read_text("utf-8")
SHIPPED = (DATA.parent.parent / "references" / "risk-tools.bib").read_text("utf-8")


def whole(text: str) -> list[tuple[Any, ...]]:
    """What the splitter finds in the whole text at once, in plain tuples."""
    return [_told(line + 1, block) for line, block in blocks.split(text)]


def in_stretches(text: str) -> list[tuple[Any, ...]]:
    """What ``blocks`` finds, which takes the text apart, in the same tuples."""
    return [_told(line, block, text) for line, block in blocks.blocks(text, strict=True)]


def _told(line: int, block: object, text: str = "") -> tuple[Any, ...]:
    block = getattr(block, "ignore_error_block", None) or block
    if isinstance(block, PlainEntry):
        fields = [
            (
                name,
                _value(masked(value if is_word else f"{{{value}}}")),
                line + text.count("\n", block.start, place),
            )
            for name, value, is_word, place in block.fields
        ]
        return "entry", line, block.type, block.citekey, fields, []
    if isinstance(block, PlainString | model.String):
        return _string(line, block, text)
    assert isinstance(block, model.Block)
    raw = block.raw or ""
    inner = list(blocks.swallowed(raw))
    if isinstance(block, model.Entry):
        start = line - (block.start_line or 0)
        fields = [(f.key.lower(), _value(f.value), start + (f.start_line or 0)) for f in block.fields]
        return "entry", line, block.entry_type, shown(block.key), fields, list(blocks.swallowed_by(block))
    if isinstance(block, model.ImplicitComment | model.ExplicitComment):
        return "comment", line, shown(block.comment).strip(), list(blocks.lost(block.comment))
    if isinstance(block, model.ParsingFailedBlock):
        reason = getattr(block.error, "abort_reason", "")[:20]
        return "failed", line, reason, shown(raw).rstrip(), inner
    return type(block).__name__, line, shown(raw)


def _string(line: int, block: PlainString | model.String, text: str) -> tuple[Any, ...]:
    if isinstance(block, PlainString):
        inner = blocks.swallowed(text[block.start : block.stop])
        return "string", line, block.name, _value(masked(block.raw)), list(inner)
    return "string", line, block.key, _value(block.value), list(blocks.swallowed(block.raw or ""))


def _value(raw: str) -> tuple[str, tuple[str, ...], str]:
    value = evaluate(raw, Abbreviations(1000))
    return shown(value.text), value.unknown, shown(value.rest)


@pytest.mark.parametrize("text", [MIXED, SHIPPED, MIXED.replace("\n\n", " "), MIXED.replace("\n", " ")])
def test_files_are_read_in_stretches_as_they_would_be_whole(text: str) -> None:
    """Same blocks, same lines, same values."""
    assert in_stretches(text) == whole(text)


def test_most_entries_of_real_files_are_plain() -> None:
    """Else the quick way would be of no use."""
    found = [b for start, stop in cuts(SHIPPED) for b in plain_blocks(SHIPPED, start, stop)]

    assert len(found) > 0.9 * len(re.findall("^@", SHIPPED, re.MULTILINE))


def test_stretches_are_the_whole_file() -> None:
    """Nothing lies between two of them."""
    assert "".join(MIXED[start:stop] for start, stop in cuts(MIXED)) == MIXED
    assert len(list(cuts(MIXED))) > 8


@settings(max_examples=150)
@given(st.data())
def test_a_mutated_file_is_read_in_stretches_as_it_would_be_whole(data: st.DataObject) -> None:
    """Wherever marks are put in, taken out or lines are joined."""
    text = data.draw(st.sampled_from([MIXED, SHIPPED[:3000]]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        put_in = data.draw(
            st.sampled_from(
                ["", *'{}"@,=#\\()\n %x', "\n@", "@a{", "\\}", "\\\\", "\n%", "@x (y", "{}", '"{"']
            )
        )
        text = text[:place] + put_in + text[place + data.draw(st.integers(0, 2)) :]

    assert in_stretches(text) == whole(text)


TOKENS = [
    "@article{", "@misc{k,", "@a(k,", "@string{s = ", "@STRING(t = ", "@comment{", "@preamble{",
    "@article\n", "@NSPCC (2020)", "\n", "\n@", "\n@b{m, a = {x}}\n", "k", ", a = {x}", ", b = 12",
    ', c = "y"', ", d = s # {z}", ", e = mar",
    "{", "}", "}}", '"', ",",
    "=", "#", "@", "\\", "\\\\", "\\{", "\\}", "%", "\n % z\n", "(", ")", " ", "é",
    "user@{host}", "x@y.org", "{\\\"u}",
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(TOKENS), max_size=25).map("".join))
def test_any_jumble_is_read_in_stretches_as_it_would_be_whole(text: str) -> None:
    """Whatever stands where."""
    assert in_stretches(text) == whole(text)


def test_abbreviations_and_parents_reach_across_stretches() -> None:
    """A definition at the end of a file holds at its beginning, and a parent may stand anywhere."""
    filler = "".join(f"@misc{{m{i}, title = {{T}}}}\n" for i in range(50))
    child, parent = "@incollection{k, title = jj, crossref = {p}}\n", "@book{p, title = {B}}\n"
    text = f"{child}{filler}{parent}@string{{jj = {{J}}}}"

    entries, problems = read_bibtex(text.encode(), "x.bib")

    assert problems == []
    assert entries[0].fields == {"title": "J", "crossref": "p", "booktitle": "B"}
