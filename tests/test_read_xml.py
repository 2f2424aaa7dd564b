"""XML front: records with their lines, whatever stands around them; nothing in a file can hurt."""

import time
from xml.etree.ElementTree import XML

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Problem
from kb.read.foreign import xml
from kb.read.foreign.elements import lines, marked, root, text
from kb.read.problems import Gathered

KIND = xml.Kind(frozenset(("r",)), frozenset(("s",)))
GOOD = "<r>good</r>"
BROKEN = ("<r>a < b</r>", "<r>a & b</r>", "<r><x>no end</r>", "<r a='1' a='2'>twice</r>", "<r>no end", "<r <")
OPEN = ("<r><!-- <r>", "<r><![CDATA[ a", "<r a='", "<r><?p ", "<!-- open")


def read(content: bytes, *, encoding: str = "") -> tuple[list[tuple[int, str]], list[Problem]]:
    """Lines and texts of the records, and the problems."""
    problems = Gathered(limit=10_000)
    found = xml.records(content, "x.xml", KIND, problems, encoding=encoding)
    return [(line, text(element)) for line, element in found], problems.listed()


def codes(problems: list[Problem]) -> list[tuple[int, str, str]]:
    return [(p.origin.line, p.code, p.severity) for p in problems]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<s>\n<r>a</r>\n\n<r>b</r></s>", [(2, "a"), (4, "b")]),
        (b"<s>\r\n<r>a</r>\r<r>b</r>\r\n</s>", [(2, "a"), (3, "b")]),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?>\n<s><r>a</r></s>", [(3, "a")]),
        (b"<s><r>x&nbsp;&eacute;&#233;&lt;</r></s>", [(1, "x éé<")]),
        (b"<s><r><![CDATA[<r>no record</r>]]></r><!-- <r>nor this</r> --></s>", [(1, "<r>no record</r>")]),
        (
            b"<?xml version='1.0'?><s><r>a</r></s>\n<?xml version='1.0'?>\n<s><r>b</r></s>",
            [(1, "a"), (3, "b")],
        ),
        (b"<!DOCTYPE s PUBLIC '-//X//' 'http://127.0.0.1:9/x.dtd'><s><r>&ndash;</r></s>", [(1, "–")]),
        (b"<s/>", []),
        (b"", []),
    ],
)
def test_sound_files_give_their_records_and_no_problem(content: bytes, found: list[tuple[int, str]]) -> None:
    """Line ends of any kind count; HTML's names of characters are read; appended documents are one file."""
    assert read(content) == (found, [])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><s><r>Lätth</r></s>'.encode("latin-1"), ""),
        ('<?xml version="1.0" encoding="utf-16"?><s><r>Lätth</r></s>'.encode("utf-16"), ""),
        ('<?xml version="1.0" encoding="utf-16"?><s><r>Lätth</r></s>'.encode(), ""),  # as some programs lie
        ('<?xml version="1.0" encoding="KOI8-R"?><s><r>Lätth</r></s>'.encode(), ""),  # saved anew as UTF-8
        ("<s><r>Lätth</r></s>".encode("utf-16-le"), ""),
        ("<s><r>L\u0061\u0308tth</r></s>".encode(), ""),
        ("<s><r>Lätth</r></s>".encode("cp437"), "cp437"),
    ],
)
def test_the_encoding_is_what_the_bytes_say_first(content: bytes, encoding: str) -> None:
    """A byte order mark, sound UTF-8, the declaration, or what the caller knows."""
    assert read(content, encoding=encoding) == ([(1, "Lätth")], [])


def test_bytes_of_another_encoding_cost_a_warning() -> None:
    """A file that says UTF-8 and is not is read as Windows-1252 in those lines."""
    found, problems = read("<?xml version='1.0' encoding='utf-8'?>\n<s><r>Lätth</r></s>".encode("cp1252"))

    assert found == [(2, "Lätth")]
    assert codes(problems) == [(2, "file-encoding", "warning")]


def test_characters_that_xml_forbids_are_made_visible() -> None:
    """As control characters and as their numbers, surrogates among them; the lines stay what they were."""
    found, problems = read(b"<s>\n<r>a&#11;b&#xD83D;&#x1F600;</r>\n<r>a\x0bb</r></s>")

    assert found == [(2, "a\ufffdb\ufffd\U0001f600"), (3, "a\ufffdb")]
    assert codes(problems) == [(3, "file-control", "warning"), (2, "file-control", "warning")]


def test_a_broken_record_costs_itself_and_names_its_line() -> None:
    """Those before and behind it are read, and the message has the line of the fault."""
    found, problems = read(b"<s>\n<r>a</r>\n<r>\n <x>b</y>\n</r>\n<r>c</r>\n</s>")

    assert found == [(2, "a"), (6, "c")]
    assert codes(problems) == [(3, "xml-syntax", "error")]
    assert "line 4" in problems[0].message


def test_a_file_that_breaks_off_between_records_has_lost_none() -> None:
    """That is a warning, and within a record an error."""
    assert codes(read(b"<s><r>a</r>\n<r>b</r>")[1]) == [(2, "xml-syntax", "warning")]
    assert codes(read(b"<s><r>a</r>\n<r>b</")[1]) == [(2, "xml-syntax", "error")]


@given(st.lists(st.sampled_from((GOOD, *BROKEN)), max_size=12), st.booleans())
def test_each_record_is_read_or_reported(parts: list[str], whole: bool) -> None:
    """Whatever stands between sound records, all of these are found, and all others are problems."""
    content = "<s>\n" + "\n".join(parts) + ("\n</s>" if whole else "")

    found, problems = read(content.encode())

    sound = [line for line, part in enumerate(parts, start=2) if part == GOOD]
    reported = {p.origin.line for p in problems if p.severity == "error"}
    assert [line for line, _ in found] == sound
    assert set(range(2, len(parts) + 2)) - set(sound) <= reported


@given(st.binary(max_size=300), st.integers(0, 60), st.integers(0, 20))
def test_no_bytes_raise(junk: bytes, at: int, cut: int) -> None:
    """Junk written anywhere into a sound file is read or reported."""
    content = b"<?xml version='1.0'?><s><r>a</r>\n<r x='1'>b<i>c</i></r></s>"

    read(content[:at] + junk + content[at + cut :])


@pytest.mark.parametrize("opened", OPEN)
def test_what_has_no_end_does_not_swallow_the_rest(opened: str) -> None:
    """A comment, a section, a quote or an instruction that stays open costs no record behind it."""
    found, problems = read(f"<s>\n<r>a</r>\n{opened}\n<r>b</r>\n<r>c</r>\n</s>".encode())

    assert [words for _, words in found] == ["a", "b", "c"]
    assert problems[0].code == "xml-syntax"
    assert problems[0].origin.line == 3


def test_elements_that_are_no_records_are_told_where_records_stand() -> None:
    """A misspelt record is not lost without a word."""
    found, problems = read(b"<s>\n<r>a</r>\n<R>b</R>\n<r>c</r></s>")

    assert [words for _, words in found] == ["a", "c"]
    assert codes(problems) == [(3, "xml-element", "warning")]


def _bomb(depth: int) -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE s [<!ENTITY e0 "ha">{inner}]>\n<s><r>&e{depth - 1};</r><r>b</r></s>'.encode()


@pytest.mark.parametrize(
    "content",
    [
        _bomb(12),
        b'<!DOCTYPE s [<!ENTITY e11 "' + b"x" * 100_000 + b'">]>\n<s><r>&e11;</r><r>b</r></s>',
        b'<!DOCTYPE s [<!ENTITY e11 SYSTEM "file:///etc/hostname">]>\n<s><r>&e11;</r><r>b</r></s>',
        b'<!DOCTYPE s [<!ENTITY % e SYSTEM "http://127.0.0.1:9/"> %e;]>\n<s><r>&e11;</r><r>b</r></s>',
    ],
)
def test_declared_entities_are_refused_and_the_records_read_without(content: bytes) -> None:
    """Neither the laughs nor a file nor an address: the name stands where the entity would."""
    found, problems = read(content)

    assert found == [(2, "&e11;"), (2, "b")]
    assert codes(problems) == [(1, "xml-entity", "error")]


@pytest.mark.parametrize(
    ("content", "found", "code"),
    [
        (b"<s>" + b"<a>" * 100_000 + b"<r>b</r></s>", ["b"], "xml-syntax"),
        (b"<s><r>" + b"<a>" * 500_000 + b"</r><r>b</r></s>", ["b"], "xml-record-too-large"),
        (b"<s><r>" + b"<a>" * 300 + b"</a>" * 300 + b"</r><r>b</r></s>", ["b"], "xml-record-too-large"),
        (b"<s><r>" + b"<a/>" * 500_000 + b"</r><r>b</r></s>", ["b"], "xml-record-too-large"),
        (b"<s><r>" + b"x" * 40_000_000 + b"</r><r>b</r></s>", ["b"], "xml-record-too-large"),
        (b"<s><r><!--" + b"x" * 40_000_000 + b"</r><r>b</r></s>", ["b"], "xml-syntax"),
        (b"<s>" + b"<a/>" * 500_000 + b"<r>b</r></s>", ["b"], "xml-syntax"),
        (b"<s>" + b"<r>x<</r>" * 50_000 + b"</s>", [], "xml-given-up"),
    ],
)
def test_what_would_take_forever_is_named(content: bytes, found: list[str], code: str) -> None:
    """Depth, size, tags without end, and faults by the thousand, each within two seconds of work."""
    started = time.process_time()
    records, problems = read(content)

    assert [words for _, words in records] == found
    assert code in [p.code for p in problems]
    assert time.process_time() - started < 10  # on a shared machine; two on one's own


def test_a_file_given_up_says_how_many_records_are_left() -> None:
    """No record is lost without being counted."""
    problems = read(b"<s>" + b"<r>x<</r>\n" * 600 + b"<r>b</r></s>")[1]

    assert "101 records" in problems[-1].message
    assert len(problems) == 501


def test_marked_text_keeps_what_is_set_apart() -> None:
    """Italics and the like become HTML, of EndNote's styles too; signs are escaped, paragraphs are lines."""
    element = XML('<t>A <i>b</i>&lt;<style face="bold italic">c</style> <x>d</x>&#13;e\n f</t>')

    assert marked(element) == "A <i>b</i>&lt;<b><i>c</i></b> d e f"
    assert lines(element) == "A <i>b</i>&lt;<b><i>c</i></b> d\ne f"
    assert text(element) == "A b<c d e f"
    assert text(None) == ""


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("\ufeff\n<?xml version='1.0'?>\n<!-- <no> -->\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a:b c='d'>", "a:b"),
        ("@book{a, title = {<b>}}", ""),
        ("<!-- without end", ""),
        ("", ""),
    ],
)
def test_the_first_element_tells_the_format(head: str, name: str) -> None:
    """Prolog, comments and declarations are passed over."""
    assert root(head) == name
