"""The manual of the search language under test: its examples are run over the shipped base."""

import re
from pathlib import Path

import pytest

from kb.base import open_base
from kb.library import Library

SEARCHING = Path(__file__).parent.parent / "docs" / "searching.md"
_EXAMPLES = re.compile(r"^```query\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = "## What is not understood"


def examples(text: str) -> list[str]:
    return [line for block in _EXAMPLES.findall(text) for line in block.splitlines()]


def test_every_example_finds_works_and_is_understood(shipped: Library) -> None:
    """With nothing to remark, but who a name was taken for."""
    before, _, after = SEARCHING.read_text("utf-8").partition(_HEADING)
    later = after.partition("\n## ")[2]
    queries = [*examples(before), *examples(later)]
    assert len(queries) > 40
    with open_base(shipped.database) as base:
        for query in queries:
            results = base.search(query, limit=1)
            assert results.total, query
            assert not [said for said in results.messages if " is " not in said], query


def test_every_odd_example_is_answered_and_explained(shipped: Library) -> None:
    """What is not understood is words, and a message says so."""
    section = SEARCHING.read_text("utf-8").partition(_HEADING)[2].partition("\n## ")[0]
    queries = examples(section)
    assert len(queries) == 5
    with open_base(shipped.database) as base:
        for query in queries:
            results = base.search(query, limit=1)
            assert results.total, query
            assert results.messages, query


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stable2007", "STABLE-2007"),
        ("KIRAT II", "KIRAT-2"),
        ("behavioral", "behavioural"),
        ("Kein Taeter werden", "Kein Täter werden"),
        ("IIOC", "CSAM"),
        ("helpline NOT chatbot", "helpline -chatbot"),
        ("year:2010s", "year:2010..2019"),
    ],
)
def test_what_the_manual_calls_one_finds_the_same(shipped: Library, one: str, other: str) -> None:
    """However it is typed."""
    with open_base(shipped.database) as base:
        found = [{hit.work.citekey for hit in base.search(q, limit=1000).hits} for q in (one, other)]
    assert found[0] == found[1]
