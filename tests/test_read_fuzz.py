"""Real files, damaged at random: no exception, no hang, and every ``@`` block is an entry or a problem."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.records import records

ROOT = Path(__file__).parent.parent
FILES = [Path(__file__).parent / "data" / "mixed.bib", *sorted((ROOT / "references").glob("*.bib"))]
SAMPLES = [path.read_bytes()[:start] for path in FILES for start in (1500, 6000)]
SAMPLES += [path.read_bytes() for path in (Path(__file__).parent / "data").glob("[ho]*/bib-[om]*.bib")]
NOT_STORED = ("bib-syntax", "bib-lost", "bib-citekey")
# What begins a block, to anybody who looks at the lines: the reader's own patterns have no part in it
BLOCK = re.compile(r"^[ \t]*@(?!(?i:comment|string|preamble|xdata))\w+[ \t]*\{", re.MULTILINE)
PUT_IN = [
    b"",
    b"{",
    b"}",
    b'"',
    b",",
    b"=",
    b"@",
    b"#",
    b"\\",
    b"%",
    b"(",
    b")",
    b"\n",
    b"\r\n",
    b" ",
    b"\x00",
    b"\xff",
]
PUT_IN += [
    b"@misc{",
    b"\n@a{",
    b"{}",
    b"\\\\",
    b'" # "',
    b"\xc3",
    b"}}}}",
    b"\n}\n",
    b"\xe2\x80\x9c",
    b"@string{a=",
    b"\n%",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with pieces put in, taken out or doubled."""
    content = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(0, len(content) - 1)))
        stop = start + draw(st.sampled_from((0, 0, 1, 2, 30)))
        piece = draw(st.sampled_from([*PUT_IN, content[start : start + 40]]))
        content = content[:start] + piece + content[stop:]
    return content


@settings(max_examples=150)
@given(damaged())
def test_every_block_of_a_damaged_file_is_an_entry_or_a_problem(content: bytes) -> None:
    """As many as lines begin one, at least, and with a message and a remedy for each problem."""
    start = time.process_time()
    read = records("x.bib", content)

    assert time.process_time() - start < 5
    errors = [problem for problem in read.problems if problem.code in NOT_STORED]
    if not any(problem.code in {"file-binary", "bib-commented"} for problem in read.problems):
        text = content.replace(b"\r", b"\n").decode("cp1252", errors="replace")
        assert len(read.works) + len(errors) >= len(BLOCK.findall(text))
    assert all(p.message and p.remedy and p.origin.line >= 1 for p in read.problems)
    assert all(work.citekey and work.type for work in read.works)


@settings(max_examples=100)
@given(st.lists(st.one_of(st.sampled_from(PUT_IN), st.binary(max_size=8)), max_size=40).map(b"".join))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    """Nothing that a .bib file holds raises."""
    read = records("x.bib", content)

    assert all(p.message and p.remedy for p in read.problems)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_cut_off_anywhere_loses_its_last_block_at_most(path: Path) -> None:
    """Of what was written whole before the end, all is there."""
    content = path.read_bytes()
    whole = [work.citekey for work in records("x.bib", content).works]

    for cut in range(len(content) // 7, len(content), max(1, len(content) // 7)):
        read = [work.citekey for work in records("x.bib", content[:cut]).works]
        assert read[:-1] == whole[: max(0, len(read) - 1)]
        assert len(read) >= len(BLOCK.findall(content[:cut].decode("utf-8", "replace"))) - 1
