"""The front of every JSON reader: forms of a file, real lines, broken records."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import csl
from kb.read.foreign.jsonfile import Json, read_records
from kb.read.foreign.record import Record

GOOD = '{"id": "%s", "type": "book", "title": "T %s"}'
BREAKS = {
    "a comma is missing": '{"id": "%s" "type": "book", "title": "T"}',
    "a value is missing": '{"id": "%s", "type": , "title": "T"}',
    "its end is missing": '{"id": "%s", "type": "book", "title": "T"',
    "a quote is missing": '{"id": "%s", "type": "book", "title": "T}',
    "too deep": '{"id": "%s", "type": "book", "title": "T", "custom": ' + "[" * 2000 + "]" * 2000 + "}",
    "no mapping": '["%s"]',
    "no publication": '{"foo": "%s"}',
}


def titled(value: Json, _: Json) -> Record | None:
    """A publication of anything that has a title."""
    title = value.get("title")
    if not isinstance(title, str):
        return None
    record = Record()
    record.put("title", title)
    return record


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return read_records(text.encode(), "x.json", titled)


def lines(text: str) -> list[int]:
    entries, problems = read(text)
    assert problems == []
    return [entry.origin.line for entry in entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"title": "A"},\n\n {"title":\n "B"},{"title": "C"}]', [1, 3, 4]),
        ('\n\n{\n"title": "A"}', [3]),
        ('{"title": "A"}\n\n{"title": "B"}\n', [1, 3]),
        ('{"meta": {"n": 1},\n"results": [\n{"title": "A"},\n{"title": "B"}]}', [3, 4]),
        ('{"status": "ok",\n"message": {"items": [\n\n{"title": "A"}]}}', [4]),
        ('{"status": "ok",\n"message": {"title": "A"}}', [2]),
        ('{"data": [{"title": "A"}]}\n{"data": [{"title": "B"}, {"title": "C"}]}', [1, 2, 2]),
        ('{"one": {"title": "A"},\n"two": {"title": "B"}}', [1, 2]),
        ('{\n"title": "A"\n}\n{\n"title": "B"\n}', [1, 4]),
        ('[{"title": "A"}]\n[{"title": "B"}]', [1, 2]),
        ("\ufeff[\r\n{\"title\": \"A\"},\r\n{\"title\": \"B\"}]", [2, 3]),
    ],
)  # fmt: skip
def test_each_form_gives_its_records_with_their_lines(text: str, expected: list[int]) -> None:
    """An array, an object, lines, pages of an API, records by citekey, values one after the other."""
    entries, problems = read(text)

    assert [entry.origin.line for entry in entries] == expected
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_utf_16_is_json_too() -> None:
    """What a Windows program wrote is read."""
    entries, problems = read_records('[{"title": "Où?"}]'.encode("utf-16"), "x.json", titled)

    assert [entry.fields["title"] for entry in entries] == ["Où?"]
    assert problems == []


@given(
    # what is no mapping looks like no beginning of a record, behind one that never ends
    st.lists(st.sampled_from(["good", *(name for name in BREAKS if name != "no mapping")]), max_size=9),
    st.sampled_from(["lines", "rows", "page"]),
)
def test_a_broken_record_costs_only_itself(kinds: list[str], form: str) -> None:
    """Every record is an entry or an error at its line, whatever the others are."""
    written = [(BREAKS.get(kind) or GOOD.replace("T %s", "T")) % f"k{n}" for n, kind in enumerate(kinds)]
    if form == "lines":
        text, first = "\n".join([GOOD % ("a", "a"), *written]), 2
    elif form == "rows":
        text, first = "[\n" + ",\n".join([GOOD % ("a", "a"), *written]) + "\n]", 3
    else:
        text, first = '{"n": 1, "items": [\n' + ",\n".join([GOOD % ("a", "a"), *written]) + "\n]}", 3

    entries, problems = csl.read(text.encode(), "x.json")
    errors = [problem for problem in problems if problem.severity == "error"]

    good = [first + n for n, kind in enumerate(kinds) if kind == "good"]
    assert [entry.origin.line for entry in entries] == [first - 1, *good]
    assert sorted(error.origin.line for error in errors) == [
        first + n for n, kind in enumerate(kinds) if kind != "good"
    ]


@pytest.mark.parametrize("kind", list(BREAKS))
def test_each_breakage_has_its_own_words(kind: str) -> None:
    """The code says whether it is no JSON, too deep or no publication; the neighbours are read."""
    text = "[\n" + ",\n".join([GOOD % ("a", "a"), BREAKS[kind] % "b", GOOD % ("c", "c")]) + "\n]"

    entries, problems = csl.read(text.encode(), "x.json")

    assert [entry.citekey for entry in entries] == ["a", "c"]
    code = {"too deep": "json-deep", "no mapping": "json-record", "no publication": "json-record"}
    assert [(p.origin.line, p.code) for p in problems] == [(3, code.get(kind, "json-syntax"))]
    assert all(p.message.endswith(".") and p.remedy for p in problems)


def test_records_on_one_line_are_told_apart_by_their_shape() -> None:
    """Behind a record that never ends, the next that is made like the last good one is taken."""
    author = '"author": [{"family": "X", "given": "Y"}]'
    rows = [f'{{"id": "{name}", {author}, "title": "T"}}' for name in "abc"]
    rows[1] = rows[1].removesuffix("}").replace('"title": "T"', '"title": ')

    entries, problems = csl.read(f"[{','.join(rows)}]".encode(), "x.json")

    assert [entry.citekey for entry in entries] == ["a", "c"]
    assert [problem.code for problem in problems] == ["json-syntax"]


def test_a_file_that_was_cut_off_says_so() -> None:
    """What stands before the cut is read; a list that never ends is a warning even between two records."""
    whole = "[\n" + ",\n".join(GOOD % (n, n) for n in range(5)) + "\n]"

    entries, problems = csl.read(whole[:-60].encode(), "x.json")
    assert len(entries) == 3
    assert [problem.severity for problem in problems] == ["error", "warning"]

    entries, problems = csl.read(whole[:-2].encode(), "x.json")
    assert len(entries) == 5
    assert [(problem.code, problem.severity) for problem in problems] == [("json-syntax", "warning")]


def test_numbers_beyond_all_measure_cost_only_themselves() -> None:
    """A record with one is kept, with a warning."""
    text = '[{"title": "A", "volume": %s}, {"title": "B", "volume": 1e999}]' % ("9" * 6000)

    entries, problems = read(text)

    assert [entry.fields["title"] for entry in entries] == ["A", "B"]
    assert [(problem.code, problem.severity) for problem in problems] == [("json-number", "warning")] * 2


def test_characters_that_cannot_be_written_are_replaced() -> None:
    """Half a surrogate pair and a NUL that hide behind escapes do not reach a field."""
    entries, problems = csl.read(rb'[{"id":"k","type":"book","title":"a \ud83d b\u0000c"}]', "x.json")

    assert entries[0].fields["title"] == "a \ufffd b\ufffdc"
    assert [problem.severity for problem in problems] == ["warning"]  # half a pair is no JSON


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b'{"title":' * 150_000,
        b"[{[{" * 300_000,
        b'[{"type":"book"' + b"}" * 1_000_000,
        b"[" + b'{"id":"a","type":"book","title":"T},\n' * 4_000,
        b"[" + b'{"id":"b","type":"book" "title":"T"},' * 4_000 + b"]",
        b'{"id":"b","type":"book" "title":"T"}\n' * 4_000,
        b'[{"type":"book","title":"' + b"<i>" * 50_000 + b"</b>" * 50_000 + b'"}]',
        b'[{"type":"book","title":"' + b"\\" * 1_000_001 + b'"}]',
        b'[{"type":"book","title":"a"}' + b",1" * 60_000 + b"]",
        b'[{"type":"book","title":"a","note":"' + b"PMID" + b" " * 1_000_000 + b'x"}]',
    ],
    ids=range(11),
)
def test_what_is_made_to_break_a_reader_is_a_problem(content: bytes) -> None:
    """No depth, length or number of faults takes long or raises."""
    began = time.process_time()
    entries, problems = csl.read(content, "x.json")

    assert time.process_time() - began < 2
    assert entries or problems
    assert len(problems) < 300


def test_a_thousand_faults_are_a_hundred_and_a_count() -> None:
    """The list of problems stays readable."""
    entries, problems = csl.read(b'{"type": "book"\n' * 1000 + b'{"id":"z","title":"T"}', "x.json")

    assert [entry.citekey for entry in entries] == ["z"]
    assert len(problems) == 101
    assert "900 more" in problems[-1].message


@given(st.binary(max_size=60))
def test_no_bytes_raise(noise: bytes) -> None:
    """Whatever stands in a file, the reader ends with entries and problems."""
    whole = json.dumps([{"id": "a", "type": "book", "title": "T"}] * 2).encode()
    for content in (noise, whole[:20] + noise + whole[20:], b"references:\n- id: a\n" + noise):
        entries, problems = csl.read(content, "x.json")
        assert isinstance(entries, list)
        assert isinstance(problems, list)
