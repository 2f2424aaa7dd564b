"""RIS: every program's dialect field by field, and each TY line an entry or a problem."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Problem
from kb.read.foreign import ris

DATA = Path(__file__).parent / "data"
FORMATS = DATA / "formats"
DIALECTS = [
    "breaks.ris",
    "ebsco.ris",
    "embase.ris",
    "endnote.ris",
    "lowercase.ris",
    "mendeley.ris",
    "ovid.ris",
    "proquest.ris",
    "refworks.ris",
    "refworks.txt",
    "scopus.ris",
    "wos.ris",
    "zotero.ris",
]
STRICT = [name for name in DIALECTS if name not in {"breaks.ris", "lowercase.ris", "refworks.txt"}]


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return ris.read(text.encode(), "x.ris")


def only(lines: str, ty: str = "JOUR") -> Entry:
    entries, problems = read(f"TY  - {ty}\n{lines}\nER  - \n")
    assert problems == []
    return entries[0]


def as_json(entries: list[Entry]) -> list[dict[str, object]]:
    return [
        {"citekey": one.citekey, "type": one.type, "line": one.origin.line, "fields": one.fields}
        | ({"references": as_json(list(one.references))} if one.references else {})
        for one in entries
    ]


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_is_read_field_by_field(name: str) -> None:
    """Types, lines, fields and references of each file are those that were written down for it."""
    entries, _ = ris.read((FORMATS / name).read_bytes(), name)

    expected = json.loads((DATA / "expected" / f"{name}.json").read_text("utf-8"))
    assert as_json(entries) == expected


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_is_recognised(name: str) -> None:
    """By its first lines, whatever the file is called."""
    head = (FORMATS / name).read_text("utf-8")  # universal line ends

    assert ris.looks(head)


def test_no_other_format_is_taken_for_ris() -> None:
    """Not even one that quotes a RIS record."""
    others = [path for path in FORMATS.iterdir() if path.name not in DIALECTS]
    quoted = "TY  - JOUR\nTI  - Quoted\nER  - \n"

    taken = [path.name for path in others if ris.looks(path.read_bytes().decode("utf-8", "replace"))]

    assert taken == []
    assert not ris.looks((DATA / "mixed.bib").read_text("utf-8"))
    assert not ris.looks("@article{a,\n note = {\n" + quoted + "}}")
    assert not ris.looks("<note>\n" + quoted)
    assert not ris.looks('[{"note": "\n' + quoted)
    assert not ris.looks("PMID- 1\nAB  - We exported\n" + quoted)
    assert not ris.looks("TY stands for type - and so on\nRT Journal\n")


@pytest.mark.parametrize("name", STRICT)
def test_rispy_finds_nothing_more(name: str) -> None:
    """As many records as an independent reader finds, under the same titles, with as many authors."""
    text = (FORMATS / name).read_text("utf-8")
    entries, _ = ris.read(text.encode(), name)

    others = rispy.loads(text)

    assert len(entries) == len(others)
    for entry, other in zip(entries, others, strict=True):
        title = other.get("title") or other["primary_title"]
        assert entry.fields["title"].split()[0] == title.split()[0]
        names = {name.strip(" ,") for name in other.get("authors", other.get("first_authors", []))} - {"Anon"}
        assert len(names) == len(entry.fields["author"].split(" and ") if "author" in entry.fields else [])


def _spaced(text: str, between: str) -> str:
    return re.sub(r"^([A-Z][A-Z0-9])  -", rf"\g<1>{between}-", text, flags=re.MULTILINE)


VARIANTS: dict[str, Callable[[str], bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "one space": lambda text: _spaced(text, " ").encode(),
    "a tab": lambda text: _spaced(text, "\t").encode(),
    "no-break spaces": lambda text: _spaced(text, "\xa0\xa0").encode(),
    "indented": lambda text: re.sub(r"^(?=[A-Z][A-Z0-9]  -)", "    ", text, flags=re.MULTILINE).encode(),
    "lower case": lambda text: re.sub(
        r"^([A-Z][A-Z0-9])  -", lambda tag: tag[0].lower(), text, flags=re.MULTILINE
    ).encode(),
    "no space behind": lambda text: re.sub(r"^(..  -) ", r"\1", text, flags=re.MULTILINE).encode(),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_way_of_writing_does_not_matter(variant: str) -> None:
    """Line ends, encodings, one space or a tab, lower case: the same entries at the same lines."""
    text = (FORMATS / "endnote.ris").read_text("utf-8")
    expected, _ = read(text)

    entries, problems = ris.read(VARIANTS[variant](text), "x.ris")

    assert problems == []
    assert as_json(entries) == as_json(expected)


def test_lower_case_with_one_space_keeps_wrapped_words() -> None:
    """“do - ” on a wrapped line is no tag."""
    entries, _ = ris.read((FORMATS / "lowercase.ris").read_bytes(), "x.ris")

    assert "with a hyphen" in entries[0].fields["abstract"]
    assert "doi" not in entries[0].fields


def test_a_record_without_an_end_is_read_and_reported() -> None:
    """Both where the next begins and at the end of the file; the number between them is no word of it."""
    entries, problems = read("TY  - JOUR\nTI  - One\n\n2.\nTY  - JOUR\nTI  - Two")

    assert [entry.fields["title"] for entry in entries] == ["One", "Two"]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [
        ("ris-no-end", 1, "warning"),
        ("ris-no-end", 5, "warning"),
    ]


def test_a_record_without_a_type_is_read_and_reported() -> None:
    """It has a title; lines that have none belong nowhere, and are an error."""
    entries, problems = read("TY  - JOUR\nTI  - One\nER  - \nTI  - Two\nER  - \nKW  - lost\nVL  - 3\n")

    assert [(entry.type, entry.fields["title"]) for entry in entries] == [("article", "One"), ("misc", "Two")]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [
        ("ris-no-type", 4, "warning"),
        ("ris-stray", 6, "error"),
    ]


def test_an_empty_record_is_a_problem() -> None:
    """It is no entry, and is not passed over."""
    entries, problems = read("TY  - JOUR\nER  - \n\nTY  - BOOK\nTI  - \nID  - 7\nER  - \n")

    assert entries == []
    assert [(p.code, p.origin.line) for p in problems] == [("ris-empty", 1), ("ris-empty", 4)]


LINES = st.sampled_from(
    [
        "TY  - JOUR",
        "TY  - BOOK",
        "TY  - ",
        "TY  - Something else",
        "ER  - ",
        "ER  -",
        "EF  - ",
        "TI  - Title",
        "AU  - Name, A.",
        "PY  - 2001",
        "PY  - ////",
        "KW  - word",
        "KW  -",
        "N1  - References: a; b (2001); ",
        "XX  - own",
        "DO  - x",
        "SP  - ",
        "",
        "3.",
        "wrapped text - with a hyphen",
        "ER - positive",
        "  -  ",
        "\ufeff",
        "{}@article{x,",
    ]
)


@given(st.lists(LINES, max_size=40))
def test_each_beginning_is_an_entry_or_a_problem(lines: list[str]) -> None:
    """Exactly once, at its own line, whatever stands between."""
    beginnings = [number for number, line in enumerate(lines, start=1) if line.startswith("TY  -")]

    entries, problems = read("\n".join(lines))

    untyped = {p.origin.line for p in problems if p.code == "ris-no-type"} - set(beginnings)
    empty = [p.origin.line for p in problems if p.code == "ris-empty"]
    read_at = [entry.origin.line for entry in entries if entry.origin.line not in untyped]
    assert sorted(read_at + empty) == beginnings
    assert len({entry.citekey for entry in entries}) == len(entries)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: ("TY  - JOUR\n" + text).encode()))
def test_no_input_raises(content: bytes) -> None:
    """Whatever the bytes are."""
    entries, problems = ris.read(content, "x.ris")

    assert all(entry.citekey for entry in entries)
    assert all(problem.message.endswith(".") for problem in problems)


@pytest.mark.parametrize("name", ["endnote.ris", "scopus.ris", "zotero.ris"])
@given(data=st.data())
def test_a_damaged_file_loses_no_record(name: str, data: st.DataObject) -> None:
    """Lines taken out, doubled or cut short: the TY lines that are left are entries or problems."""
    lines = (FORMATS / name).read_text("utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["out", "twice", "cut"]))
        line = lines[place]
        new = {"out": [], "twice": [line, line], "cut": [line[: len(line) // 2]]}[change]
        lines[place : place + 1] = new
    text = "\n".join(lines)

    entries, problems = read(text)

    untyped = sum(p.code == "ris-no-type" and "begin with TY" in p.message for p in problems)
    empty = sum(p.code == "ris-empty" for p in problems)
    assert len(entries) - untyped + empty == len(re.findall(r"^TY  -", text, re.MULTILINE))


def test_a_thousand_problems_of_one_kind_are_counted() -> None:
    """The first hundred are shown, and one says how many more there are."""
    entries, problems = read("TY  - JOUR\nTI  - One\n" * 1000)

    assert len(entries) == 1000
    assert len(problems) == 101
    assert any("900 more" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("PY  - 2015///Spring", "2015-21"),
        ("Y1  - 2015/03//", "2015-03"),
        ("DA  - 2018/07//undefined\nPY  - 2018", "2018-07"),
        ("PY  - 2015\nDA  - AUG 7", "2015-08-07"),
        ("PY  - 2015\nDA  - 2015 Mar 12", "2015-03-12"),
        ("PY  - 2015\nDA  - 20150312", "2015-03-12"),
        ("PY  - 2015\nDA  - 2016/01/02/", "2015"),
        ("PY  - 2014-2016", "2014/2016"),
        ("PY  - 2015/02/30", "2015-02"),
        ("Y1  - 12.03.2015", "2015-03-12"),
        ("PY  - ©2015", "2015"),
        ("PY  - next year", "next year"),
        ("PY  - In press", None),
    ],
)
def test_dates_are_edtf(lines: str, expected: str | None) -> None:
    """As fine as the finest that agrees on the year; what is none stays to be seen."""
    assert only(f"TI  - A\n{lines}").fields.get("date") == expected


def test_in_press_is_a_state() -> None:
    """Also where only the type says so."""
    assert only("TI  - A\nPY  - In press").fields["pubstate"] == "inpress"
    assert only("TI  - A", "INPR").fields["pubstate"] == "inpress"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("AU  - Seto, M. C.\nAU  - Eke, A., Jr.", "Seto, M. C. and Eke, Jr., A."),
        ("A1  - Seto M.C.\nA1  - Eke AW", "Seto, M. C. and Eke, A. W."),
        ("AU  - Seto, M.; Eke, A.", "Seto, M. and Eke, A."),
        ("AU  - Seto, M., Eke, A.", "Seto, M. and Eke, A."),
        ("AU  - Seto, M. and Eke, A.", "Seto, M. and Eke, A."),
        ("AU  - Seto, M.\nAU  - et al.", "Seto, M. and others"),
        ("AU  - Seto, M.\nA1  - Seto, M.", "Seto, M."),
        ("AU  - Agency of Many Names,", "{Agency of Many Names}"),
        ("AU  - Agency, Department of Names, Section A,", "{Agency, Department of Names, Section A}"),
        ("AU  - Seto, M.\nAU  - National Crime Agency", "Seto, M. and {National Crime Agency}"),
        ("AU  - Michael C. Seto", "Seto, Michael C."),
        ("AU  - van der Berg, Jan", "van der Berg, Jan"),
        ("AU  - {Home Office}", "{Home Office}"),
        ("AU  - {Agency of Names; Section A}", "{Agency of Names; Section A}"),
        ("AU  - Seto, Michael C., PhD\nAU  - Doe, John, M.D., Ph.D.", "Seto, Michael C. and Doe, John"),
        ("AU  - Doe, John, advisor\nAU  - Roe, MD", "Doe, John and Roe, M. D."),
    ],
)
def test_names_in_every_form(lines: str, expected: str) -> None:
    """One a line is the rule; other ways are understood."""
    assert only(lines).fields["author"] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("KW  - one\nKW  - two", "one, two"),
        ("KW  - one\ntwo\nthree", "one, two, three"),
        ("KW  - one; two; three", "one, two, three"),
        ("KW  - one, two, three", "one, two, three"),
        ("KW  - Abuse, sexual\nKW  - *Risk", "{Abuse, sexual}, Risk"),
    ],
)
def test_keywords_in_every_form(lines: str, expected: str) -> None:
    """One a tag, one a line, or split."""
    assert only(f"TI  - A\n{lines}").fields["keywords"] == expected


@pytest.mark.parametrize(
    ("ty", "lines", "expected"),
    [
        ("JOUR", "", "article"),
        ("EJOUR", "", "article"),
        ("MGZN", "", "article"),
        ("BOOK", "AU  - A, B", "book"),
        ("BOOK", "A3  - A, B", "collection"),
        ("EDBOOK", "A3  - A, B", "collection"),
        ("CHAP", "", "incollection"),
        ("CONF", "T2  - Meeting", "inproceedings"),
        ("CONF", "", "proceedings"),
        ("CPAPER", "", "inproceedings"),
        ("THES", "", "thesis"),
        ("RPRT", "", "report"),
        ("ELEC", "", "online"),
        ("DATA", "", "dataset"),
        ("COMP", "", "software"),
        ("UNPB", "", "unpublished"),
        ("PAT", "", "patent"),
        ("STAT", "", "legislation"),
        ("CASE", "", "jurisdiction"),
        ("MAP", "", "misc"),
        ("GEN", "JF  - Journal\nVL  - 1", "article"),
        ("Journal Article", "", "article"),
        ("Book, Section", "", "incollection"),
        ("JOUR", "T2  - medRxiv", "online"),
        ("GEN", "M3  - Preprint", "online"),
        ("DISS", "", "thesis"),
        ("VIDEO", "", "video"),
        ("STAND", "", "standard"),
        ("PCOMM", "", "letter"),
        ("SLIDE", "", "misc"),
        ("HEAR", "", "misc"),
    ],
)
def test_types(ty: str, lines: str, expected: str) -> None:
    """RIS's types, and the words that people write for them."""
    assert only(f"TI  - A\n{lines}", ty).type == expected


def test_a_preprint_names_its_server() -> None:
    """And its number there, where the address holds it."""
    fields = only("TI  - A\nJF  - arXiv\nUR  - https://arxiv.org/abs/2101.01234").fields

    assert (fields["pubstate"], fields["eprinttype"], fields["eprint"]) == ("preprint", "arxiv", "2101.01234")


def test_identifiers_are_found_where_programs_put_them() -> None:
    """A DOI in M3 or UR, a PMCID in C2, an article number in C7."""
    assert only("TI  - A\nM3  - 10.1234/x").fields["doi"] == "10.1234/x"
    assert only("TI  - A\nUR  - https://doi.org/10.1234/x").fields["doi"] == "10.1234/x"
    assert only("TI  - A\nN1  - doi: 10.1234/X").fields["doi"] == "10.1234/x"
    assert only("TI  - A\nC2  - PMC1234567").fields["pmcid"] == "PMC1234567"
    assert only("TI  - A\nSP  - e17\nC7  - e17").fields["eid"] == "e17"
    assert only("TI  - A\nID  - seto2015").citekey == "seto2015"


def test_several_addresses_are_kept() -> None:
    """The first is the url; one without a scheme gets one, others stay under their tag."""
    fields = only(
        "TI  - A\nUR  - www.example.org/a; https://example.org/b\nL2  - https://example.org/c"
    ).fields

    assert fields["url"] == "http://www.example.org/a"
    assert fields["ur"] == "https://example.org/b"
    assert fields["l2"] == "https://example.org/c"


def test_what_a_database_notes_is_no_remark() -> None:
    """Its notes stay apart, so that they can be exported again."""
    fields = only("TI  - A\nN1  - CODEN: ABC\nN1  - My remark").fields

    assert fields["annotation"] == "My remark"
    assert fields["n1"] == "CODEN: ABC"


def test_what_speaks_only_of_the_export_is_left_out() -> None:
    """The day, counts as of that day, the database's name, a number that is said twice; the rest is kept."""
    notes = "N1  - Export Date: 1 May 2020; Cited By :7; CODEN: ABC\nM1  - Export Date: 2 May 2020"
    fields = only(f"TI  - A\n{notes}\nDB  - Scopus\nDP  - EBSCOhost\nAN  - 12\nID  - 12").fields

    assert fields == {"title": "A", "an": "12", "n1": "CODEN: ABC"}


WOS = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Lost, A\nTI Lost\nPY 2020\nER\n\nEF\n"
FOREIGN = {
    "Web of Science": WOS,
    "EndNote (enw)": "%0 Journal Article\n%T Lost\n%A Lost, A.\n%D 2020\n",
    "BibTeX": "@article{lost2020,\n  title = {Lost},\n\n  author = {Lost, A.},\n}\n",
    "PubMed (nbib)": "PMID- 12345\nTI  - Lost\nAU  - Lost A\nAB  - Long text that is\n      wrapped.\n",
    "Cochrane Library": "Record #1 of 1\nID: CN-01\nTI: Lost\n",
}


@pytest.mark.parametrize("ended", ["ER  - \n", "", "ER  - "])
@pytest.mark.parametrize("name", FOREIGN)
def test_records_of_another_format_are_reported_and_fuse_with_none(name: str, ended: str) -> None:
    """Whether the record above has an end, none, or one without a line end behind it."""
    first, last = "TY  - JOUR\nTI  - One\nPY  - 2001\n", "TY  - JOUR\nTI  - Two\nPY  - 2002\nER  - \n"
    entries, problems = read(f"{first}{ended}{FOREIGN[name]}{last}")

    assert [one.fields for one in entries] == [
        {"title": "One", "date": "2001"},
        {"title": "Two", "date": "2002"},
    ]
    other = [problem for problem in problems if problem.code == "ris-other"]
    assert [(p.origin.line, p.severity) for p in other] == [(4 + ended.endswith("\n") or 4, "error")]
    assert "belong to no record of this format" in other[0].message
    assert name in other[0].message


def test_lines_that_belong_to_no_record_are_reported_once_a_run() -> None:
    """With the first and the last of them; what programs write between records is none of it."""
    record = "TY  - JOUR\nTI  - A\nER  - \n"
    header = "Provider: Example\nContent: text/plain\n\n<1>\n"
    entries, problems = read(f"{header}{record}\n2.\nSome words\n\nand more\n{record}one line\n")

    assert len(entries) == 2
    assert [(p.code, p.origin.line, p.message.split(" of this")[0]) for p in problems] == [
        ("ris-other", 10, "Lines 10 to 12 belong to no record"),
        ("ris-other", 16, "Line 16 belongs to no record"),
    ]


def test_a_wrapped_line_that_resembles_another_format_ends_no_record() -> None:
    """An address, a percentage, an @ word."""
    words = "we wrote to\n@example for %0\nPT and TY - were used\n%0 of them\nFN was high\n@misc is a type"
    fields = only(f"AB  - {words}\nTI  - A").fields

    assert fields["title"] == "A"
    assert fields["abstract"].endswith("is a type")


def test_a_record_whose_type_is_empty_is_read_and_reported() -> None:
    """As misc, with a warning."""
    entries, problems = read("TY  - \nTI  - A\nER  - \n")

    assert [one.type for one in entries] == ["misc"]
    assert [(p.code, p.origin.line, p.severity) for p in problems] == [("ris-no-type", 1, "warning")]


def test_what_says_that_there_is_nothing_is_nothing() -> None:
    """Names, abstracts and pages that databases fill in."""
    names = (
        "AU  - [No author name available]\nA2  - Anonymous\nAU  - [Anonymous]\nAD  - [No author id available]"
    )
    fields = only(
        f"TI  - Anonymous\n{names}\nAB  - [No abstract available]\nSP  - No Pagination Specified"
    ).fields

    assert fields == {"title": "Anonymous"}


def test_of_several_isbns_in_one_line_the_first_valid_one_counts() -> None:
    """And the line is kept."""
    fields = only("TI  - A\nSN  - 9781433813860 9781433813863 1433813866", "BOOK").fields

    assert (fields["isbn"], fields["sn"]) == ("9781433813863", "9781433813860 9781433813863 1433813866")
    assert only("TI  - A\nSN  - 978 1 4338 1386 3", "BOOK").fields == {"title": "A", "isbn": "9781433813863"}


def test_a_short_title_that_is_the_whole_one_is_left_out() -> None:
    """Whatever LaTeX makes of its signs."""
    assert "shortjournal" not in only("TI  - A\nJF  - Law & Society\nJ1  - Law & Society").fields


@pytest.mark.parametrize(
    "lines",
    [
        "N1  - Language: English. PMID: NLM35666666.",
        "N1  - Accession Number: 1; PMID: 35666666",
        "UR  - https://pubmed.ncbi.nlm.nih.gov/35666666/",
        "UR  - http://www.ncbi.nlm.nih.gov/pubmed/35666666",
        "C3  - PUBMED 35666666",
        "C3  - PUBMED 35666666,EMBASE 634567890",
    ],
)
def test_numbers_of_pubmed_are_found_where_programs_put_them(lines: str) -> None:
    """In notes of EBSCO, addresses of Rayyan, and C3 of the Cochrane Library."""
    fields = only(f"TI  - A\n{lines}").fields

    assert fields["pmid"] == "35666666"
    assert "PUBMED" not in fields.get("c3", "")


def test_labels_of_rayyan_are_keywords() -> None:
    """And its month, which it writes as Y2; what else its note says stays one."""
    note = 'RAYYAN-INCLUSION: {"Ann"=>"Included"} | RAYYAN-LABELS: rct,sweden | USER-NOTES: {"Ann"=>["good"]}'
    fields = only(f"TI  - A\nY1  - 2019\nY2  - 3\nN1  - {note}").fields

    assert (fields["keywords"], fields["date"]) == ("rct, sweden", "2019-03")
    assert "LABELS" not in fields["annotation"]
    assert "good" in fields["annotation"]
    assert "y2" not in fields
    assert "urldate" not in fields


def test_the_last_page_stands_before_the_chapter() -> None:
    """As PsycINFO writes it."""
    assert only("TI  - A\nSP  - 101\nEP  - 120, Chapter xx, 630 Pages", "CHAP").fields["pages"] == "101-120"


def test_tags_that_nobody_knows_are_kept() -> None:
    """Under their own names."""
    assert only("TI  - A\nX9  - one\nX9  - two").fields["x9"] == "one; two"


def test_text_between_records_is_no_record() -> None:
    """Headers, numbers and links, as databases write them."""
    text = (
        "Provider: Example\nDatabase: Example\n\n1. \nTY  - JOUR\nTI  - A\nER  -  \n\nLink: https://x.org\n\n"
    )

    entries, problems = read(text)

    assert (len(entries), problems) == (1, [])


def test_large_and_broken_input_is_read_to_its_end() -> None:
    """A field of megabytes, a name without end, NULs and a cut-off letter."""
    parts = ["TI  - A\nAB  - " + "word " * 600_000, "AU  - " + "N" * 1_000_000, "KW  - " + ";" * 500_000]
    text = "".join(f"TY  - JOUR\n{part}\nER  - \n" for part in parts)

    entries, _ = ris.read(text.encode() + b"TY  - JOUR\nTI  - \x00 and \xc3", "x.ris")

    assert len(entries) == 4
    assert entries[-1].fields["title"].startswith("\ufffd and")


def test_broken_records_are_entries_or_problems() -> None:
    """Without a type, empty, without an end, outside every record."""
    entries, problems = ris.read((DATA / "hostile" / "ris-broken.ris").read_bytes(), "x.ris")

    assert [entry.origin.line for entry in entries] == [1, 4, 13]
    assert [(p.code, p.origin.line) for p in problems] == [
        ("ris-no-type", 1),
        ("ris-no-end", 4),
        ("ris-empty", 7),
        ("ris-empty", 8),
        ("ris-stray", 10),
        ("ris-no-end", 13),
    ]


def test_odd_values_are_kept_as_they_are() -> None:
    """No script becomes an address, no path is followed; wrong numbers stay to be seen."""
    entries, problems = ris.read((DATA / "hostile" / "ris-values.ris").read_bytes(), "x.ris")

    fields = entries[0].fields
    assert [problem.code for problem in problems] == ["file-encoding"]
    assert fields["author"] == "Lärka, J."
    assert (fields["doi"], fields["isbn"], fields["date"]) == ("none", "9780306406158", "99999")
    assert (fields["ur"], fields["keywords"]) == ("javascript:alert(1)", "=cmd|calc")
    assert "url" not in fields
    assert "<" not in fields["annotation"]


def test_a_list_of_names_without_end_is_cut() -> None:
    """At more than any publication has; the rest is kept in another field."""
    fields = only("AU  - " + "".join(f"A{number}, B; " for number in range(20_002))).fields

    assert fields["author"].endswith("A19999, B and others")
    assert fields["further-authors"] == "A20000, B; A20001, B"


def test_binary_data_is_a_problem() -> None:
    """Nothing is read of it."""
    entries, problems = ris.read(b"PK\x03\x04TY  - JOUR\n", "x.ris")

    assert (entries, [problem.code for problem in problems]) == ([], ["file-binary"])
