"""A .bib file → entries and problems: whatever looks like an entry is one or the other."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read import read_bibtex
from kb.records import read_bytes, records

MIXED = (Path(__file__).parent / "data" / "mixed.bib").read_text("utf-8")
KEYS = [
    "babchishin2011characteristics",
    "eke2019validation",
    "seto2015predicting",
    "schroder2024thesis",
    "smallbone2008preventing",
    "armitage2024were",
]


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return read_bibtex(text.encode(), "references/x.bib")


def fields(text: str) -> dict[str, str]:
    """The fields of the first entry, which must be read without a problem."""
    entries, problems = read(text)
    assert problems == []
    return entries[0].fields


def codes(problems: list[Problem]) -> list[tuple[int, str, str]]:
    return [(p.origin.line, p.severity, p.code) for p in problems]


# --- what is right -------------------------------------------------------


def test_a_mixed_file_of_several_programs_is_read_whole() -> None:
    """Round brackets, capitals, @string, comments of JabRef and CRLF make no difference."""
    entries, problems = read(MIXED)

    assert problems == []
    assert [entry.citekey for entry in entries] == KEYS
    assert [entry.type for entry in entries] == ["article", "article", "article", "thesis", "book", "article"]
    assert entries == read(MIXED.replace("\n", "\r\n"))[0] == read(MIXED.replace("\n", "\r"))[0]


def test_entries_know_where_they_stand() -> None:
    """Lines count from 1, and values of several lines or with backslashes do not shift them."""
    entries, _ = read(MIXED)
    lines = MIXED.split("\n")

    for entry in entries:
        assert entry.origin.path == "references/x.bib"
        assert entry.citekey in lines[entry.origin.line - 1]


def test_values_are_kept_as_written() -> None:
    """Only the outer braces or quotes go: LaTeX stays for who cleans it, or writes it out again."""
    entries, _ = read(MIXED)
    by_key = {entry.citekey: entry.fields for entry in entries}

    assert by_key["schroder2024thesis"]["author"] == r"Schr{\"o}der, Sonja"
    assert by_key["eke2019validation"]["title"].endswith("({CPORT})")
    assert by_key["armitage2024were"]["file"] == r":C\:\\Users\\me\\papers\\armitage.pdf:PDF"
    assert (
        by_key["babchishin2011characteristics"]["journal"]
        == "Sexual Abuse: A Journal of Research and Treatment"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{One {Two} three}", "One {Two} three"),
        ('"One {Two} three"', "One {Two} three"),
        ('"He said {"}no{"}"', 'He said {"}no{"}'),
        ("2015", "2015"),
        ("mar", "mar"),
        ('10 # "~" # jan', "10~jan"),
        ('s # { bar} # " baz"', "foo bar baz"),
        ("S", "foo"),
        ("both", "foo and foo"),
        ("later", "defined below"),
        ("{}", ""),
        ("", ""),
        (r"{C:\\}", r"C:\\"),
        (r"{C:\papers\}", "C:\\papers\\"),
        (r"{\"u}", r"\"u"),
        ("{a\\\n b}", "a\\\n b"),
    ],
)
def test_a_value_is_what_bibtex_makes_of_it(value: str, text: str) -> None:
    """Braces, quotes, numbers, months, @string in any case and order, and joins."""
    strings = '@string{s = "foo"}\n@STRING(Both = s # { and } # S)\n'
    after = '\n@string{later = "defined below"}\n'

    found = fields(f"{strings}@misc{{k, f = {value}, g = {{next}}}}{after}")

    assert found == {"f": text, "g": "next"}


@pytest.mark.parametrize(
    "entry",
    [
        "@article{k, t = {x}}",
        "@article{k, t = {x},}",
        "@ARTICLE (k, t = {x})",
        "  @article {k,t={x}}",
        "@article\n{k, t = {x}}",
        "@ article { k , t = {x} , }",
        "@article{\n  k,\n  t = {x}\n}",
        "@article{k,\n% a comment, and one = with a sign\n  % c = {not this},\n t = {x}}",
        "Some text (of 2020), and me@example.org.\n@article{k, t = {x}}\n@NSPCC (2020) said so.",
    ],
)
def test_there_are_many_ways_to_write_an_entry(entry: str) -> None:
    """What BibTeX or Biber reads is read, and prose around it is left alone."""
    assert fields(entry) == {"t": "x"}


def test_any_word_may_be_a_type() -> None:
    """Types that nobody knows are kept, hyphens and all."""
    entries, problems = read("@grey-literature{a, t = {x}}\n@my.own:type{b, t = {-}}\n")

    assert problems == []
    assert [(e.type, e.fields["t"]) for e in entries] == [("grey-literature", "x"), ("my.own:type", "-")]


def test_an_entry_in_the_braces_of_a_value_is_text() -> None:
    """An example in a note is neither read nor reported."""
    assert fields("@misc{k, note = {As in @misc{x, a = {y}}}}") == {"note": "As in @misc{x, a = {y}}"}


def test_a_comment_hides_whole_entries_and_says_so() -> None:
    """What its author took out stays out, and what follows is read."""
    entries, problems = read(
        "@misc{a, t = {x}}\n@comment{\n@misc{b, t = {x}}\n\n@misc{c, t = {x}}\n}\n@misc{d, t = {x}}\n"
    )

    assert [(entry.citekey, entry.origin.line) for entry in entries] == [("a", 1), ("d", 7)]
    assert codes(problems) == [(2, "warning", "bib-commented")]
    assert "2 entries" in problems[0].message


def test_a_comment_that_never_ends_hides_nothing() -> None:
    """Where a brace is missing, the entries behind the comment are read."""
    entries, problems = read("@comment{ to do\n@misc{b, t = {x}}\n@misc{c, t = {x}}\n")

    assert [entry.citekey for entry in entries] == ["b", "c"]
    assert codes(problems) == [(1, "error", "bib-syntax")]


def test_a_handle_at_the_start_of_a_line_is_part_of_the_value() -> None:
    """An @ in an abstract starts no entry, and a % no comment."""
    found = fields("@misc{k, abstract = {As\n@NSPCC (2020) said,\n% of men, user@{host}}, note = {x}}")

    assert found == {"abstract": "As\n@NSPCC (2020) said,\n% of men, user@{host}", "note": "x"}


def test_backslashes_hide_neither_commas_nor_lines() -> None:
    r"""A value may end in \\, and a line in one backslash or two."""
    entries, _ = read(
        "@misc{k, a = b\\\\, year = {2024},\n c = {one\\\n two\\\\\n three}}\n@misc{m, a = {x}}"
    )

    assert entries[0].fields == {"a": "b\\\\", "year": "2024", "c": "one\\\n two\\\\\n three"}
    assert [entry.origin.line for entry in entries] == [1, 5]


def test_an_empty_field_is_no_rival() -> None:
    """Of two fields with one name, the one that holds something counts, and nothing is amiss."""
    assert fields("@misc{k, a = {x}, a = {}}") == fields("@misc{k, a = {}, A = {x}}") == {"a": "x"}


def test_a_repeated_citekey_is_no_reason_to_lose_an_entry() -> None:
    """Both are returned; which entries are one work is decided elsewhere."""
    entries, problems = read("@misc{k, title = {A}}\n@misc{k, title = {B {b}}}\n")

    assert [(entry.citekey, entry.fields["title"]) for entry in entries] == [("k", "A"), ("k", "B {b}")]
    assert problems == []


# --- what is wrong -------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "code", "found"),
    [
        ("@misc{k, a = {X} year=2001, b = {y}}", "bib-swallowed", {"a": "X", "year": "2001", "b": "y"}),
        ('@misc{k, a = {X}\n b = "y"}', "bib-swallowed", {"a": "X", "b": "y"}),
        ("@misc{k, a = jama}", "bib-undefined-string", {"a": "jama"}),
        ("@misc{k, a = {x} # jama}", "bib-undefined-string", {"a": "xjama"}),
        ("@misc{k, a = 12-15}", "bib-value", {"a": "12-15"}),
        ('@misc{k, a = "He said "hi" there"}', "bib-value", {"a": 'He said "hi" there'}),
        ("@misc{k, a = {X} and more}", "bib-value", {"a": "{X} and more"}),
        ("@misc{k, a = {x}, A = {y}}", "bib-duplicate-field", {"a": "x"}),
        ("@misc{k, see this a = {x}}", "bib-field-name", {"a": "x"}),
        ("@misc{k k, a = {x}}", "bib-citekey-odd", {"a": "x"}),
        ("@misc{k a = {x}}", "bib-comma", {"a": "x"}),
        ("@misc{k\n a = {x},\n, b = {y},, c = {,,}}", "bib-comma", {"a": "x", "b": "y", "c": ",,"}),
        ("@misc{k, crossref = {nobody}}", "bib-crossref", {"crossref": "nobody"}),
        ("@misc{k, xdata = {k}}", "bib-crossref", {"xdata": "k"}),
    ],
)
def test_what_looks_wrong_is_stored_with_a_warning(entry: str, code: str, found: dict[str, str]) -> None:
    """The reader says what it made of it, at its line and citekey."""
    entries, problems = read(f"\n{entry}")

    assert [one.fields for one in entries] == [found]
    assert [(p.severity, p.code, p.citekey) for p in problems] == [("warning", code, entries[0].citekey)]
    assert problems[0].origin.line in (2, 3)
    assert problems[0].remedy


@pytest.mark.parametrize(
    ("broken", "code", "citekey"),
    [
        ("@article{two, title = {Never closed", "bib-syntax", "two"),
        ('@article{two, title = "Never closed', "bib-syntax", "two"),
        ("@article{two, title {No sign}}", "bib-syntax", "two"),
        ("@article{two title = {No comma}, = {x}, {y}}", "bib-syntax", "two"),
        ("@article{, title = {No citekey}}", "bib-citekey", ""),
        ("@article{title = {No citekey}}", "bib-citekey", ""),
        ("@my-type*x{two, title = {x}}", "bib-lost", "two"),
        ("@commentary{two, title = {x}}", "bib-lost", "two"),
        ("@comment{@article{two, title = {x}}}", "bib-lost", "two"),
        ("@artic le{two, title = {x}}", "bib-lost", "two"),
        ("article{two, title = {x}}", "bib-lost", "two"),
        ("@article two, title = {x}}", "bib-lost", ""),
        ("@{two, title = {x}}", "bib-lost", "two"),
        ("@misc{two, = {x}}", "bib-field", "two"),
    ],
)
def test_a_broken_entry_costs_only_itself(broken: str, code: str, citekey: str) -> None:
    """Its neighbours are read; it is reported once, as an error, at its line."""
    entries, problems = read(
        f"@misc{{one, title = {{First}}}}\n\n{broken}\n@misc{{three, title = {{Third}}}}\n"
    )

    assert [entry.citekey for entry in entries if entry.citekey != "two"] == ["one", "three"]
    assert codes(problems) == [(3, "error", code)]
    assert problems[0].citekey == citekey


def test_entries_hidden_in_a_broken_one_are_reported_each() -> None:
    """Where the whole file is one line, a missing brace hides what follows; nothing goes silently."""
    _, problems = read("@a{one, t = {x} @b{two, t = {y}} @c{three, t = {z}}")

    assert [(p.code, p.citekey) for p in problems] == [
        ("bib-syntax", "one"),
        ("bib-lost", "two"),
        ("bib-lost", "three"),
    ]


def test_a_file_that_is_no_text_is_one_problem() -> None:
    """What is wrong with the bytes is among the problems."""
    assert [p.code for p in read_bibtex(b"%PDF-1.4", "x.bib")[1]] == ["file-binary"]
    entries, problems = read_bibtex("@misc{k, title = {Lätth}}".encode("cp1252"), "x.bib")
    assert entries[0].fields["title"] == "Lätth"
    assert [p.code for p in problems] == ["file-encoding"]


def test_abbreviations_cannot_blow_up() -> None:
    """A few lines of @string that would make gigabytes of text are one error, quickly."""
    doubling = "".join(f"@string{{s{i} = s{i - 1} # s{i - 1}}}\n" for i in range(1, 60))
    entries, problems = read(
        f'@string{{s0 = "0123456789"}}\n{doubling}@misc{{k, title = s59, note = {{x}}}}\n'
    )

    assert entries[0].fields["note"] == "x"
    assert sum(len(value) for value in entries[0].fields.values()) < 10_000
    assert [(p.severity, p.code) for p in problems] == [("error", "bib-string-too-long")]


def test_abbreviations_that_name_each_other_end() -> None:
    """A circle of definitions is reported as undefined."""
    entries, problems = read("@string{a = b}\n@string{b = a}\n@misc{k, title = a}\n")

    assert len(entries) == 1
    assert {p.code for p in problems} == {"bib-undefined-string"}


def test_reading_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    """Problems are returned; the parser's own log lines reach no terminal."""
    read("@article{two, title = {Never closed\n@misc{x, t = {u}}")

    assert capfd.readouterr() == ("", "")


# --- inheritance ---------------------------------------------------------

BOOK = """
@book{whole, title = {The Book}, subtitle = {A Reader}, editor = {Ed, A.}, publisher = {P}, date = {2001},
  doi = {10.1000/book}, keywords = {x}, isbn = {0-306-40615-2}, ids = {old}}
"""


def test_a_chapter_takes_from_its_book_what_it_lacks() -> None:
    """The book's title is the chapter's booktitle; its DOI, keywords and aliases stay its own."""
    entries, problems = read(
        BOOK + "@incollection{part, title = {The Part}, crossref = {whole}, year = {2000}}"
    )

    assert problems == []
    assert entries[1].fields == {
        "title": "The Part",
        "crossref": "whole",
        "year": "2000",
        "booktitle": "The Book",
        "booksubtitle": "A Reader",
        "editor": "Ed, A.",
        "publisher": "P",
        "isbn": "0-306-40615-2",
    }


def test_xdata_gives_all_that_it_has_through_any_number_of_steps() -> None:
    """Data containers may refer to others, before or after."""
    entries, problems = read(
        "@article{k, title = {T}, xdata = {one, two}}\n"
        "@xdata{one, xdata = {deep}, journaltitle = {J}}\n"
        "@xdata{two, volume = {1}}\n@xdata{deep, issn = {x}}\n"
    )

    assert problems == []
    assert len(entries) == 1  # a container is no publication
    assert entries[0].fields == {
        "title": "T", "xdata": "one, two", "journaltitle": "J", "issn": "x", "volume": "1",
    }  # fmt: skip


def test_a_circle_of_crossrefs_ends_with_a_warning() -> None:
    """Nobody inherits from themselves."""
    entries, problems = read("@book{a, crossref = {b}, note = {x}}\n@book{b, crossref = {a}, title = {T}}")

    assert len(entries) == 2
    assert codes(problems) == [(2, "warning", "bib-crossref")]
    assert "“a” leads back to itself" in problems[0].message


def test_a_circle_by_an_older_name_is_one_too() -> None:
    """The parent may be named by what ids lists."""
    _, problems = read("@book{a, ids = {old}, title = {A}, xdata = {b}}\n@book{b, crossref = {old}}")

    assert [problem.message.split("; ")[0] for problem in problems] == [
        "Its crossref “old” leads back to itself"
    ]


def test_a_chain_of_crossrefs_that_is_too_long_says_so() -> None:
    """The entries are there all the same."""
    entries, problems = read("".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(30)))

    assert len(entries) == 30
    assert [problem.message.split("”")[1].split("; ")[0] for problem in problems] == [
        " continues too long a chain of entries that take over from each other",
        " is no other entry of this file",
    ]


def test_a_long_value_is_not_taken_over_a_thousand_times() -> None:
    """What a file's entries inherit is bounded by its size; short fields are still taken, and all is told."""
    parent = f"@xdata{{p, publisher = {{P}}, abstract = {{{'y ' * 300_000}}}}}\n"
    entries, problems = read(parent + "".join(f"@inbook{{k{n}, xdata = {{p}}}}\n" for n in range(90)))

    inherited = [len(entry.fields.get("abstract", "")) for entry in entries]
    assert 10 < inherited.count(600_000) < 60
    assert [entry.fields["publisher"] for entry in entries] == ["P"] * 90
    assert {problem.code for problem in problems} == {"bib-crossref"}
    assert len(problems) == inherited.count(0)
    assert "far more text than the file has" in problems[0].message


# --- fields that stand twice ---------------------------------------------


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("annote", "One\n\nTwo"),
        ("annotation", "One\n\nTwo"),
        ("note", "One\n\nTwo"),
        ("keywords", "One, Two"),
        ("file", "One;Two"),
    ],
)
@pytest.mark.parametrize("word", ["", "x = jan, "])
def test_notes_keywords_and_files_that_stand_twice_are_joined(name: str, joined: str, word: str) -> None:
    """One warning says so, whatever their number; the same text twice is taken once."""
    again = "".join(f"  {name} = {{{text}}},\n" for text in ("One", "Two", "One"))
    entries, problems = read(f"@misc{{k, {word}title = {{T}},\n{again}}}\n@misc{{l, {name} = {{Other}}}}")

    assert [entry.fields[name] for entry in entries] == [joined, "Other"]
    assert codes(problems) == [(3, "warning", "bib-duplicate-field")]
    assert problems[0].citekey == "k"
    assert problems[0].message == f"There are 3 fields {name}; they were joined."


def test_very_many_notes_are_joined_too() -> None:
    """In no more than the time it takes to read them."""
    entries, problems = read(f"@misc{{k, {'note = {Some text}, note = {Another}, ' * 6_000}}}")

    assert entries[0].fields == {"note": "Some text\n\nAnother"}
    assert len(problems) == 1


def test_a_second_address_is_whole_in_the_warning() -> None:
    """The first is the work's; the other can be copied from the message."""
    other = f"https://example.org/{'x' * 200}"
    entries, problems = read(f"@misc{{k, url = {{https://example.org/1}}, url = {{{other}}}}}")

    assert entries[0].fields == {"url": "https://example.org/1"}
    assert other in problems[0].message


# --- entries without a citekey -------------------------------------------

NAMELESS = r"""@article{roe2002title, title = {T}}
@article{, title = {A {Title} here}, author = {Roe, Kim and Doe, J.}, year = 2002}
@article{title = {Title}, author = {Kim M{\"u}ller}, date = {2003-05}, note = {x}, note = {y}}
@article{,title={Title}, author={{IWF Group}}, year = 2003, crossref = {roe2002title}}
@article{title = {Title}, editor = {Muller, Kim}, year = 2003}
@misc{,}
@article{title = {never closed}, year = 2003
"""


def test_an_entry_without_a_citekey_is_an_error() -> None:
    """In a library everything has to be called by a name."""
    entries, problems = read(NAMELESS)

    assert [entry.citekey for entry in entries] == ["roe2002title"]
    assert [problem.code for problem in problems] == ["bib-citekey"] * 6


def test_an_entry_without_a_citekey_gets_one_if_it_is_asked_for() -> None:
    """Of author, year and title, unlike all others of the file, with a warning that names it."""
    entries, problems = read_bibtex(NAMELESS.encode(), "x.bib", name_them=True)

    made = ["roe2002titleb", "muller2003title", "iwfgroup2003title", "muller2003titleb"]
    assert [entry.citekey for entry in entries] == ["roe2002title", *made]
    assert [entry.origin.line for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[2].fields["note"] == "x\n\ny"
    assert [problem.citekey for problem in problems if problem.code == "bib-citekey-made"] == made
    assert [(p.origin.line, p.code) for p in problems if p.severity == "error"] == [
        (6, "bib-citekey"),
        (7, "bib-syntax"),
    ]


def test_only_a_file_from_elsewhere_gets_citekeys() -> None:
    """In the library's own, the author has to choose one."""
    content = b"@article{title = {Title}, author = {Roe, Kim}, year = 2003}"

    assert [work.citekey for work in read_bytes("x.bib", content).works] == ["roe2003title"]
    assert records("references/x.bib", content).works == []


def test_a_million_at_signs_are_passed_over() -> None:
    """They begin nothing."""
    assert read("@" * 1_000_000) == ([], [])


# --- laws ----------------------------------------------------------------

STARTS = [found.start() for found in re.finditer(r"^@\w+[{(]\w+,", MIXED, re.MULTILINE)]
WHOLE = {entry.citekey: entry.fields for entry in read(MIXED)[0]}


@settings(max_examples=200)
@given(st.data())
def test_a_slip_of_the_finger_costs_one_entry_and_is_told(data: st.DataObject) -> None:
    """With one character put in or taken out, other entries stay, and none goes without an error."""
    victim = data.draw(st.integers(0, len(STARTS) - 1))
    end = STARTS[victim + 1] if victim + 1 < len(STARTS) else MIXED.index("@Comment")
    place = data.draw(st.integers(STARTS[victim], end - 2))
    put_in = data.draw(st.sampled_from(["", *'{}"@,=#\\()\n x0é\x00']))
    assume(MIXED[place - 1 : place] != "\\")
    mutated = MIXED[:place] + put_in + MIXED[place + (not put_in) :]

    entries, problems = read(mutated)

    after = {entry.citekey: entry.fields for entry in entries}
    for citekey in KEYS:
        if citekey != KEYS[victim]:
            assert after[citekey] == WHOLE[citekey]
    errors = [p for p in problems if p.severity == "error"]
    assert len(entries) + len(errors) >= len(KEYS)
    lines = range(MIXED.count("\n", 0, STARTS[victim]) + 1, MIXED.count("\n", 0, end) + 3)
    assert all(p.origin.line in lines for p in errors)


@given(
    st.lists(
        st.sampled_from(["@article{", "k", "{", "}", '"', ",", "=", "a", "#", "@", "\\", "%", "(", ")", "\n"])
    )
)
def test_no_text_makes_the_reader_raise(pieces: list[str]) -> None:
    """Any jumble gives two lists, with a message and a remedy for each problem."""
    entries, problems = read("".join(pieces))

    assert all(entry.citekey and entry.type for entry in entries)
    assert all(p.message and p.remedy and p.origin.line >= 1 for p in problems)


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("crossref", "xdata")
)
VALUES = st.text(
    st.characters(codec="utf-8", exclude_characters='{}"\\@%\r', exclude_categories=("Cc", "Cn")), max_size=20
).map(lambda text: unicodedata.normalize("NFC", text))


@settings(max_examples=50)
@given(st.lists(st.tuples(NAMES, st.dictionaries(NAMES, VALUES, max_size=3)), max_size=3))
def test_what_is_well_written_comes_back_as_it_was(written: list[tuple[str, dict[str, str]]]) -> None:
    """Every entry, in order, with every field and its text to the letter."""
    text = "\n".join(
        f"@misc{{{citekey},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in values.items()) + "}"
        for citekey, values in written
    )

    entries, problems = read(text)

    assert problems == []
    assert [(entry.citekey, entry.fields) for entry in entries] == written


@pytest.mark.parametrize("line", ["TY  - JOUR", "PMID- 31415926", "PT J", "Record #1 of 3"])
def test_a_record_of_another_format_between_entries_is_reported(line: str) -> None:
    """BibTeX takes it for a comment; but nobody meant it as one."""
    text = f"@misc{{a, title = {{A}}}}\n\n{line}\nTI  - Between\n\n@misc{{b, title = {{B}}}}\n"

    entries, problems = read_bibtex(text.encode(), "mixed.bib")

    assert [entry.citekey for entry in entries] == ["a", "b"]
    assert [(one.origin.line, one.code) for one in problems] == [(3, "bib-lost")]
