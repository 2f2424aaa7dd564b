"""The Cochrane Library's text export: each record field by field, an entry or a problem."""

from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import cochrane
from kb.read.formats import read_entries

TEXT = """\
Record #1 of 3
ID: CN-01234567
AU: Smith J
AU: O'Neil-Brown K
TI: A treatment on the internet: a randomised controlled trial
SO: Journal of examples
YR: 2021
VL: 89
NO: 4
PG: 321‐333
PM: PUBMED 33705168
PT: Journal article; Randomized Controlled Trial
KY: Adult; *Cognitive Behavioral Therapy
DOI: 10.1234/example.650
AB: BACKGROUND: Little is known.
US: https://www.cochranelibrary.com/central/doi/10.1002/central/CN-01234567/full

Record #2 of 3
ID: CN-01999999
AU: NCT04000000
TI: A trial that is registered
SO: https://clinicaltrials.gov/show/NCT04000000
YR: 2019
PT: Trial registry record
AB: [No abstract available]

Record #3 of 3
ID: CD007507
AU: Dennis JA
TI: A review
SO: Cochrane Database of Systematic Reviews
YR: 2012
NO: 12
SN: 1465-1858
CC: [A group]
"""


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return cochrane.read(text.encode(), "x.txt")


def test_an_article_a_trial_and_a_review_are_read_field_by_field() -> None:
    """One name a line, the number of PubMed, keywords; what has no field stays under its tag."""
    entries, problems = read(TEXT)

    assert problems == []
    assert [(one.type, one.origin.line) for one in entries] == [
        ("article", 1),
        ("online", 18),
        ("article", 27),
    ]
    article, trial, review = (one.fields for one in entries)
    assert article == {
        "author": "Smith, J. and O'Neil-Brown, K.",
        "title": "A treatment on the internet: a randomised controlled trial",
        "journaltitle": "Journal of examples",
        "date": "2021",
        "volume": "89",
        "number": "4",
        "pages": "321-333",
        "pmid": "33705168",
        "doi": "10.1234/example.650",
        "url": "https://www.cochranelibrary.com/central/doi/10.1002/central/CN-01234567/full",
        "an": "CN-01234567",
        "publicationtype": "Journal article; Randomized Controlled Trial",
        "abstract": "BACKGROUND: Little is known.",
        "keywords": "Adult, Cognitive Behavioral Therapy",
    }
    assert (trial["number"], trial["url"]) == ("NCT04000000", "https://clinicaltrials.gov/show/NCT04000000")
    assert not {"author", "abstract", "journaltitle"} & set(trial)
    assert (review["eid"], review["issn"], review["number"], review["cc"]) == (
        "CD007507",
        "1465-1858",
        "12",
        "[A group]",
    )


def test_it_is_recognised_by_its_first_lines() -> None:
    """And not taken for anything else."""
    assert read_entries(TEXT.encode(), "x.txt").format == "Cochrane Library"
    assert cochrane.looks("\ufeff\nRecord #1 of 20\nID: CN-1\n")
    assert not cochrane.looks("Record #1 of 20\nTY  - JOUR\n")
    assert not cochrane.looks("Record 1 of 20\nTI: a\n")


def test_wrapped_lines_go_on_with_the_value_above() -> None:
    """Also where a word with a colon begins one."""
    entries, problems = read("Record #1 of 1\nTI: One\nAB: METHODS: We\nRESULTS: found\n\nnothing.\n")

    assert problems == []
    assert " ".join(entries[0].fields["abstract"].split()) == "METHODS: We RESULTS: found nothing."


def test_an_empty_record_is_a_problem_and_so_is_another_format() -> None:
    """Each with its line."""
    lost = "TY  - JOUR\nTI  - Lost\nER  - \n"
    entries, problems = read(f"Record #1 of 2\nID: CN-1\n\n{lost}Record #2 of 2\nTI: Two\n")

    assert [one.fields["title"] for one in entries] == ["Two"]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [
        ("cochrane-empty", 1, "error"),
        ("cochrane-other", 4, "error"),
    ]


LINES = st.sampled_from(
    [
        "Record #1 of 2",
        "Record #2",
        "TI: A",
        "TI:",
        "AU: B",
        "DOI: x",
        "SN: 1",
        "YR: y",
        "words",
        "",
        "PT J",
        "ER: ",
    ]
)


@given(st.lists(LINES, max_size=30))
def test_each_beginning_is_an_entry_or_a_problem(lines: list[str]) -> None:
    """Exactly once, at its own line."""
    beginnings = [number for number, line in enumerate(lines, start=1) if line == "Record #1 of 2"]

    entries, problems = read("\n".join(lines))

    told = [one.origin.line for one in entries] + [
        p.origin.line for p in problems if p.code == "cochrane-empty"
    ]
    assert set(beginnings) <= set(told)
    assert len(told) == len(set(told))


@given(st.binary(max_size=300))
def test_no_input_raises(content: bytes) -> None:
    """Whatever the bytes are."""
    _, problems = cochrane.read(b"Record #1 of 1\nTI: " + content, "x.txt")

    assert all(problem.message.endswith(".") for problem in problems)
