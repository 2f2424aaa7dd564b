"""Tables: each program's columns, quotes and line ends, spreadsheets; each row is an entry or a problem."""

import datetime
import re
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kb.clean import clean_entry
from kb.model import Entry, Problem
from kb.read.foreign import table
from kb.read.foreign.authors import listed_people
from kb.read.foreign.columns import fits, meanings
from kb.read.foreign.rows import cells, rows

FORMATS = Path(__file__).parent / "data" / "formats"
HOSTILE = Path(__file__).parent / "data" / "hostile"
TABLES = (
    "covidence.csv",
    "rayyan.csv",
    "zotero.csv",
    "scopus.csv",
    "pubmed.csv",
    "pop.csv",
    "eppi.tsv",
    "german.csv",
)


def read(source: str | bytes) -> tuple[list[Entry], list[Problem]]:
    return table.read(source.encode() if isinstance(source, str) else source, "t.csv")


def sample(name: str) -> tuple[list[Entry], list[Problem]]:
    return read((FORMATS / name).read_bytes())


def codes(problems: list[Problem]) -> list[tuple[int, str, str]]:
    return [(p.origin.line, p.code, p.severity) for p in problems]


def book(*sheets: list[list[object]]) -> bytes:
    """A spreadsheet file with these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, listed in enumerate(sheets):
        sheet = workbook.create_sheet(f"Sheet {number}")
        for row in listed:
            sheet.append(row)
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def with_part(content: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """A spreadsheet file with one of its parts changed."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            body = old.read(part)
            assert part != name or change[0] in body
            new.writestr(part, body.replace(*change) if part == name else body)
    return saved.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_every_program_s_export_is_known_by_its_header(name: str) -> None:
    """Each row that is not empty is an entry or an error."""
    content = (FORMATS / name).read_text("utf-8")
    entries, problems = read(content)

    assert table.looks(content)
    expected = {
        "covidence.csv": 4,
        "zotero.csv": 3,
        "scopus.csv": 2,
        "pop.csv": 2,
        "eppi.tsv": 2,
        "german.csv": 2,
    }
    assert len(entries) + sum(p.severity == "error" for p in problems) == expected.get(name, 1)


def test_covidence() -> None:
    """Line ends in quotes count as lines; a row without title and DOI is told; a formula is a title."""
    entries, problems = sample("covidence.csv")
    first, second, third = entries

    assert first.fields == {
        "author": "van der Berg, J. A. and Sample, B.",
        "title": "Validity of the Example Scale: a study",
        "journaltitle": "Journal of Examples",
        "volume": "12",
        "number": "3",
        "pages": "315-326",
        "date": "2020-03",
        "doi": "10.1234/jex.2020.0315",
        "abstract": "Rarely tested before.",
        "accession": "91000001",
        "covidence": r"\#12",
        "study": "van der Berg 2020",
        "keywords": "risk, cohort",
        "annotation": "Included",
    }
    assert [e.origin.line for e in entries] == [2, 3, 6]
    assert second.fields["title"] == 'Counting, "Examples" and more'
    assert second.fields["abstract"] == "First line.\nSecond line, with a comma."
    assert third.fields["title"] == '=HYPERLINK("x")'
    assert codes(problems) == [(5, "table-row", "error")]


def test_rayyan() -> None:
    """Authors are joined by “and”; Rayyan's own key is none to cite by."""
    (entry,), _ = sample("rayyan.csv")

    assert entry.citekey == "berg2020validity"
    assert entry.fields["author"] == "van der Berg, Jan A. and Sample, Bo and {Example Study Group}"
    assert (entry.fields["date"], entry.fields["pmid"], entry.fields["pmcid"]) == (
        "2020-03-05",
        "91000001",
        "PMC9100001",
    )
    assert entry.fields["recordkey"] == "rayyan-900000001"
    assert entry.fields["keywords"] == "risk, cohort, validity"


def test_zotero() -> None:
    """Types, Extra, notes in HTML, and the columns that change their meaning with the type."""
    article, chapter, thesis = sample("zotero.csv")[0]

    assert [e.type for e in (article, chapter, thesis)] == ["article", "incollection", "thesis"]
    assert article.citekey == "berg2020scale"
    assert article.fields["title"] == r"Validity of the \emph{Example Scale}"
    assert (article.fields["pmid"], article.fields["annotation"]) == ("91000001", "First line of a note.")
    assert (article.fields["keywords"], article.fields["urldate"]) == ("risk, cohort, Humans", "2021-02-03")
    assert (chapter.fields["booktitle"], chapter.fields["editor"]) == ("Handbook of Examples", "Editor, Eva")
    assert (chapter.fields["isbn"], chapter.fields["location"]) == ("9780306406157", "London")
    assert (thesis.fields["institution"], thesis.fields["type"]) == ("University of Somewhere", "PhD thesis")
    assert (thesis.fields["pagetotal"], thesis.fields["date"]) == ("212", "2017-05")


def test_scopus() -> None:
    """Full names count before short ones; its EID is no article number; the reference list is read."""
    first, second = sample("scopus.csv")[0]

    assert first.fields["author"] == "van der Berg, Jan A. and Sample, Bo"
    assert (first.fields["scopus"], first.fields["database"]) == ("2-s2.0-85000000001", "Scopus")
    assert (first.fields["pages"], first.fields["issn"], first.fields["pmid"]) == (
        "315-326",
        "1234-5679",
        "91000001",
    )
    assert (first.fields["citeslist"], first.fields["citedby"]) == ("complete", "17")
    assert [one.fields["title"] for one in first.references] == [
        "A first test of the tool",
        "Counting Examples",
    ]
    assert first.references[0].fields["author"] == "Example, A. and de Vries, J."
    assert first.references[0].origin.line == 2
    assert (second.fields["eid"], second.fields["status"]) == ("e17", "retracted")


def test_pubmed() -> None:
    """What has no column of its own stands in the citation."""
    fields = sample("pubmed.csv")[0][0].fields

    assert fields["author"] == "van der Berg, J. A. and Sample, Jr, B. and Müller-Lüdenscheidt, K. H."
    assert (fields["volume"], fields["number"], fields["pages"]) == ("12", "3", "315-326")
    assert (fields["journaltitle"], fields["date"], fields["pmid"]) == ("J Ex", "2020", "91000001")


def test_publish_or_perish() -> None:
    """Initials stand first, an ellipsis means others, and the number of citations is no list of works."""
    first, second = sample("pop.csv")[0]

    assert first.fields["author"] == "van der Berg, J. A. and Sample, B. and others"
    assert first.fields["own-cites"] == "17"
    assert clean_entry(first)[0].cites == ()
    assert (first.fields["journaltitle"], second.type) == ("Journal of Examples", "book")


def test_eppi_reviewer_with_tabs_and_a_stray_quote() -> None:
    """A quote that is never closed costs no row; initials may stand apart."""
    entries, problems = sample("eppi.tsv")

    assert [e.fields["author"] for e in entries] == ["van der Berg, J. A. and Sample, B.", "Counter, C."]
    assert (entries[1].fields["booktitle"], entries[1].fields["editor"]) == (
        "Handbook of Examples",
        "Editor, E.",
    )
    assert entries[1].type == "incollection"
    assert codes(problems) == [(2, "table-quote", "warning")]


def test_another_language_and_delimiter() -> None:
    """German names of columns, Excel's first line, and a row that is too short."""
    entries, problems = sample("german.csv")

    assert entries[0].fields == {
        "author": "Müller, K.-H. and Beispiel, Ada",
        "title": "Prävention; ein Überblick",
        "journaltitle": "Zeitschrift für Beispiele",
        "date": "2015",
        "volume": "30",
        "number": "1",
        "pages": "17-29",
        "keywords": "Prävention, Überblick",
        "language": "Deutsch",
        "bewertung": "hoch",
    }
    assert [e.origin.line for e in entries] == [3, 4]
    assert codes(problems) == [(4, "table-ragged", "warning")]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("TITLE,Author(s),Year of Publication", "title author year"),
        ("titre,auteurs,année,revue,résumé", "title author year container abstract"),
        ("Título,Autores,Año,Palabras clave", "title author year keywords"),
        ("Tittel,Forfatter(e),År,Tidsskrift", "title author year container"),
        ("Title,Source,Source title", "title +database container"),
        ("Title,Source", "title container"),
        ("Name,DOI", "title doi"),
        ("Title,My own: column!,2", "title +myowncolumn +column2"),
    ],
)
def test_columns_are_known_by_meaning(header: str, expected: str) -> None:
    """In any case and in several languages; those that we do not know keep their name."""
    assert meanings(header.split(",")) == expected.split()


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        ("Title,Year\nA,2001\n", True),
        ("sep=;\nTitle;Year\nA;2001\n", True),
        ("Exported on Monday\n\n\ntitle\tdoi\n", True),
        ("PK\x03\x04", True),
        ("Title\nA\n", False),
        ("Title,Colour\nA,red\n", False),
        ("Year,Authors,Journal\n", False),
        ("name,amount,price\n", False),
        ("PT\tAU\tTI\tSO\tPY\nJ\tSeto, M\tA\tB\t2001\n", False),
        ("TY  - JOUR\nTI  - Title, Year\nER  - \n", False),
        ("@article{a,\n title = {Title, Year},\n}\n", False),
        ("Dear reader, the title and the year are missing.\n", False),
        ("", False),
    ],
)
def test_a_table_needs_a_title_and_another_known_column(head: str, claimed: bool) -> None:
    """Other formats and other tables are not claimed."""
    assert table.looks(head) is claimed


@pytest.mark.parametrize("path", sorted(FORMATS.iterdir()), ids=lambda path: path.name)
def test_other_formats_are_not_claimed(path: Path) -> None:
    """Of the examples of all formats, only the tables look like one."""
    beginning = path.read_bytes()[:65536].decode("utf-8", "replace")

    assert table.looks(beginning) is (path.suffix in {".csv", ".tsv", ".xlsx"})


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Seto, Michael C.", ["Seto, Michael C."]),
        ("Seto, M. C., Jr.", ["Seto, M. C., Jr."]),
        ("van der Berg, Jan A.", ["van der Berg, Jan A."]),
        ("Michael Seto, Angela Eke", ["Michael Seto", "Angela Eke"]),
        (
            "Michael C. Seto, Angela W. Eke and Kelly M. Babchishin",
            ["Michael C. Seto", "Angela W. Eke", "Kelly M. Babchishin"],
        ),
        ("Seto, M. C., Eke, A. W., & Faust, E.", ["Seto, M. C.", "Eke, A. W.", "Faust, E."]),
        ("Seto, Michael, Eke, Angela", ["Seto, Michael", "Eke, Angela"]),
        ("SETO MC, EKE AW", ["SETO, M. C.", "EKE, A. W."]),
        ("Seto M.C., Eke A.", ["Seto, M. C.", "Eke, A."]),
        ("Seto, M. (7001234567); Eke, A. (7001234568)", ["Seto, M.", "Eke, A."]),
        ("Seto MC, et al.", ["Seto, M. C.", "et al."]),
        ("World Health Organization", ["World Health Organization"]),
        ("Seto\nEke", ["Seto", "Eke"]),
        (" ;, ", []),
    ],
)
def test_people_in_one_cell(cell: str, people: list[str]) -> None:
    """However they are parted, and wherever their initials stand."""
    assert [name.replace("Seto MC", "Seto, M. C.") for name in listed_people(cell)] == people


def test_a_file_that_parts_people_by_semicolons_has_commas_within_names_only() -> None:
    """What one cell leaves open, the others decide."""
    people = "García López, María José"
    one = f'Title,Authors\nA,"{people}"\n'

    assert read(one)[0][0].fields["author"] == "López, García and José, María"
    assert read(f'{one}B,"Seto, M.; Eke, A."\n')[0][0].fields["author"] == people


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("2015,March,,", {"date": "2015-03"}),
        ("2015,3,7,", {"date": "2015-03-07"}),
        ("2015.0,,,", {"date": "2015"}),
        ("in press,,,", {"pubstate": "inpress"}),
        (",,,2015-03-07", {"date": "2015-03-07"}),
        ("2015,,,2015-03", {"date": "2015-03"}),
    ],
)
def test_dates(row: str, fields: dict[str, str]) -> None:
    """Of a year, a month and a day, or of a date; as fine as the row says."""
    (entry,), _ = read(f"Title,Year,Month,Day,Date\nA,{row}\n")

    assert fields == {name: text for name, text in entry.fields.items() if name != "title"}


def test_a_stray_quote_costs_its_own_row() -> None:
    """Each of the five rows is read; the broken ones are told."""
    entries, problems = read((HOSTILE / "stray-quote.csv").read_bytes())

    assert [(e.origin.line, e.fields["title"]) for e in entries] == [
        (2, "Whole"),
        (3, 'A 5" screen'),
        (4, '"Never closed'),
        (5, 'Two lines, and a "quote"'),
        (7, "Too"),
    ]
    assert codes(problems) == [
        (3, "table-quote", "warning"),
        (4, "table-quote", "warning"),
        (7, "table-ragged", "warning"),
    ]


def test_what_a_spreadsheet_would_run_is_text_here() -> None:
    """Cells that begin with = + - @ are titles and names like any other."""
    entries, _ = read((HOSTILE / "formulas.csv").read_bytes())

    assert entries[0].fields["title"] == "=cmd|' /C calc'!A0"
    assert entries[0].fields["author"] == "@SUM(1+1)*cmd"
    assert entries[1].fields["title"] == '=HYPERLINK("http://127.0.0.1:9/","click")'


@given(
    st.lists(st.lists(st.text(alphabet='ab ,;"\n', max_size=8), min_size=3, max_size=3), max_size=8),
    st.sampled_from(",;\t"),
)
def test_rows_written_by_the_rules_are_read_back(written: list[list[str]], delimiter: str) -> None:
    """Quotes doubled, each cell quoted: cells come back, at the lines where they began."""
    text, lines, line = "", [], 1
    for row in written:
        lines.append(line)
        one = delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n"
        text, line = text + one, line + one.count("\n")

    found = [(row.line, row.cells) for row in rows(text, delimiter, 3)]

    expected = [(n, [cell.strip() for cell in row]) for n, row in zip(lines, written, strict=True)]
    assert [one for one in found if any(one[1])] == [one for one in expected if any(one[1])]


@given(
    st.lists(
        st.sampled_from(
            ["A,Seto,2001", '"A, b",Seto,2001', '"A\nb",Seto,2001', 'A"b,Seto,2001', '"A,Seto,2001']
        ),
        max_size=12,
    )
)
def test_no_row_is_lost_to_quotes(parts: list[str]) -> None:
    """As many entries as rows, whatever quotes stand around them."""
    entries, _ = read("Title,Authors,Year\n" + "\n".join(parts) + "\n")

    assert len(entries) == len(parts)


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    """Whatever stands under the header is read or told."""
    entries, problems = read(f"Title,DOI\n{text}")

    assert entries or problems or not re.search(r"[^\s,;|\"]", text)
    assert cells(text, ",")
    assert fits(text.split(",")) >= 0


def test_a_table_without_a_header_is_named() -> None:
    """When it is read all the same, because someone says that it is one."""
    assert codes(read("a,b\nc,d\n")[1]) == [(1, "table-header", "error")]
    assert read("") == ([], [])


def test_ten_megabytes_in_a_cell() -> None:
    """A long cell is a long cell."""
    (entry,), problems = read('Title,Year\n"' + "x" * 10_000_000 + '",2001\n')

    assert (len(entry.fields["title"]), problems) == (10_000_000, [])


def test_a_spreadsheet() -> None:
    """All sheets that have a header; numbers and dates as text; rows are lines."""
    content = book(
        [
            ["My list"],
            [],
            ["Title", "Authors", "Year", "Date", "DOI", "Cites"],
            ["A <i>first</i>", "Seto, M.; Eke, A.", 2020, datetime.datetime(2020, 3, 5), "10.1234/a", 4],
            [None, None],
            [None, "Eke, A.", 2019.0, None, "#N/A", None],
        ],
        [["Nothing", "of that kind"], ["a", "b"]],
        [["Titel", "Jahr"], ["Zweiter", 2001]],
        [],
    )
    entries, problems = read(content)

    assert [e.origin.line for e in entries] == [4, 2]
    assert entries[0].fields == {
        "author": "Seto, M. and Eke, A.",
        "title": r"A \emph{first}",
        "date": "2020-03-05",
        "doi": "10.1234/a",
        "own-cites": "4",
    }
    assert entries[0].citekey == "seto2020first"
    assert codes(problems) == [(1, "table-header", "error"), (6, "table-row", "error")]


def test_a_reading_list_in_a_spreadsheet() -> None:
    """A real file: a line above the header, a date, a formula that had been worked out."""
    entries, problems = sample("reading-list.xlsx")

    assert problems == []
    assert [e.origin.line for e in entries] == [4, 5]
    assert entries[0].fields == {
        "author": "van der Berg, J. A. and Sample, B.",
        "title": "Validity of the Example Scale",
        "journaltitle": "Journal of Examples",
        "date": "2020",
        "volume": "12",
        "number": "3",
        "pages": "315-326",
        "doi": "10.1234/jex.2020.0315",
        "urldate": "2021-02-03",
        "kurzbeleg": "Berg 2020",
    }


def test_a_formula_is_what_it_was_worked_out_to_be() -> None:
    """The value that the program saved beside it; nothing is worked out here."""
    content = book([["Title", "Year"], ['=CONCAT("A"," title")', 2001]])
    saved = with_part(content, "xl/worksheets/sheet1.xml", (b"<v />", b"<v>A title</v>"))
    saved = with_part(saved, "xl/worksheets/sheet1.xml", (b'<c r="A2"', b'<c r="A2" t="str"'))

    assert [e.fields["title"] for e in read(saved)[0]] == ["A title"]


def test_a_zip_that_is_no_spreadsheet_is_named() -> None:
    """As any other binary file is."""
    assert codes(read((HOSTILE / "no-spreadsheet.xlsx").read_bytes())[1]) == [(1, "file-format", "error")]


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    """A part that would be three gigabytes is not unpacked to see."""
    content = bytearray(book([["Title", "Year"]]))
    declared = content.rfind(b"PK\x01\x02") + 24  # the size unpacked, in the last entry of the directory
    content[declared : declared + 4] = (3_000_000_000).to_bytes(4, "little")

    assert codes(read(bytes(content))[1]) == [(1, "file-too-large", "error")]


def test_entities_in_a_spreadsheet_are_refused() -> None:
    """No program writes a document type into its parts."""
    name, laugh = "xl/workbook.xml", b'<!DOCTYPE w [<!ENTITY a "ha">]><workbook'

    assert codes(read(with_part(book([["Title", "Year"]]), name, (b"<workbook", laugh)))[1]) == [
        (1, "xml-entity", "error")
    ]


def test_what_stands_beyond_the_columns_that_are_read_is_reported() -> None:
    """Once a row; what stands before them is read."""
    far: list[list[object]] = [["Title", "Year"], ["Wide", 2001, *[None] * 198, "far away"], ["Narrow", 2002]]

    entries, problems = read(book(far))

    assert [entry.fields["title"] for entry in entries] == ["Wide", "Narrow"]
    assert (2, "table-wide", "error") in codes(problems)


def test_a_sheet_that_is_wide_and_long_and_empty() -> None:
    """One cell at the far end costs no time that counts."""
    content = book([["Title", "Year"], ["A", 2001]])
    far = b'<row r="200000"><c r="XFD200000"><v>1</v></c></row></sheetData>'
    entries, problems = read(with_part(content, "xl/worksheets/sheet1.xml", (b"</sheetData>", far)))

    assert [e.fields["title"] for e in entries] == ["A"]
    assert problems == []


def test_empty_rows_without_end_are_not_read_to_the_end() -> None:
    """What stands before them is read, and where reading stopped is said."""
    content = book([["Title", "Year"], ["A", 2001]])
    empty = b"<row/>" * 30_000 + b"</sheetData>"
    entries, problems = read(with_part(content, "xl/worksheets/sheet1.xml", (b"</sheetData>", empty)))

    assert [e.fields["title"] for e in entries] == ["A"]
    assert [(code, severity) for _, code, severity in codes(problems)] == [("table-empty-rows", "warning")]
    assert problems[0].origin.line == 3


def test_a_spreadsheet_of_more_elements_than_any_has_is_refused_soon() -> None:
    """Ten million empty rows are ninety kilobytes of ZIP, and would be a gigabyte in memory."""
    content = book([["Title", "Year"]])
    bomb = with_part(
        content, "xl/worksheets/sheet1.xml", (b"</sheetData>", b"<row/>" * 10_000_000 + b"</sheetData>")
    )
    start = time.process_time()

    assert codes(read(bomb)[1]) == [(1, "file-too-large", "error")]
    assert time.process_time() - start < 2


OPENALEX = (
    "id,doi,title,display_name,publication_year,type,primary_location.source.display_name,"
    "authorships.author.display_name,biblio.volume,biblio.issue,biblio.first_page,biblio.last_page,"
    "ids.pmid,is_retracted,referenced_works,keywords.display_name\n"
    "https://openalex.org/W123,https://doi.org/10.1234/ABC,A study,A study,2020,article,Journal of Examples,"
    "Jan van der Berg|Bo Sample,12,3,315,326,https://pubmed.ncbi.nlm.nih.gov/91000001,TRUE,"
    "https://openalex.org/W7|https://openalex.org/W8,Risk|Cohort\n"
)


def test_openalex() -> None:
    """Its columns have the names of the values in its JSON; lists are parted by strokes."""
    assert table.looks(OPENALEX)
    (entry,), problems = read(OPENALEX)

    assert entry.type == "article"
    assert entry.fields == {
        "author": "van der Berg, Jan and Sample, Bo",
        "title": "A study",
        "journaltitle": "Journal of Examples",
        "volume": "12",
        "number": "3",
        "pages": "315-326",
        "date": "2020",
        "doi": "10.1234/abc",
        "openalex": "W123",
        "pmid": "91000001",
        "status": "retracted",
        "statussource": "OpenAlex",
        "citeslist": "partial",
        "keywords": "Risk, Cohort",
    }
    assert [one.fields for one in entry.references] == [{"openalex": "W7"}, {"openalex": "W8"}]
    assert problems == []


def test_openalex_of_few_columns() -> None:
    """The name under which it shows a work is its title."""
    (entry,), _ = read(
        "id,display_name,publication_year,primary_location.source.display_name\n"
        "https://openalex.org/W1,A study,2020,J\n"
    )

    assert (entry.fields["title"], entry.fields["journaltitle"]) == ("A study", "J")
    assert entry.fields["openalex"] == "W1"


EMBASE = """\
"TITLE","A study: a review"
"AUTHOR NAMES","Smith J.","van der Berg K.-L.","Müller H."
"SOURCE","Journal of Forensic Practice (2020) 22:3 (1-15)"
"PUBLICATION YEAR","2020"
"DOI","10.1108/JFP-01-2020-0001"
"PUI","L630000000"

"TITLE","Second"
"AUTHOR NAMES","Doe J."
"PUBLICATION YEAR","2019"
"TITLE","Third"
"AUTHOR KEYWORDS","risk","cohort"
"""


def test_embase_with_one_field_a_line() -> None:
    """A record begins with its first label again; each entry stands where its first line does."""
    assert table.looks(EMBASE)
    entries, problems = read(EMBASE)

    assert [e.fields["title"] for e in entries] == ["A study: a review", "Second", "Third"]
    assert [e.origin.line for e in entries] == [1, 8, 11]
    assert entries[0].type == "article"
    assert entries[0].fields == {
        "author": "Smith, J. and van der Berg, K.-L. and Müller, H.",
        "title": "A study: a review",
        "journaltitle": "Journal of Forensic Practice",
        "volume": "22",
        "number": "3",
        "pages": "1-15",
        "date": "2020",
        "doi": "10.1108/JFP-01-2020-0001".lower(),
        "pui": "L630000000",
    }
    assert entries[2].fields["keywords"] == "risk, cohort"
    assert problems == []


def test_embase_with_one_record_a_row_is_a_table_like_others() -> None:
    """The same labels in a header row."""
    (entry,), _ = read('"TITLE","AUTHOR NAMES","PUBLICATION YEAR"\n"A","Smith J., Doe K.","2020"\n')

    assert (entry.fields["title"], entry.fields["author"]) == ("A", "Smith, J. and Doe, K.")


def test_embase_lines_without_title_are_told() -> None:
    """No line is lost without a word."""
    entries, problems = read(EMBASE + '\n"SOURCE","Nowhere"\n"PUI","L1"\n')

    assert len(entries) == 3
    assert codes(problems) == [(14, "table-row", "error")]


def test_what_is_not_available_is_absent() -> None:
    """Scopus's words for an empty cell, and Publish or Perish's year."""
    (entry,), _ = read(
        "Authors,Author(s) ID,Title,Year,Abstract,Source title\n"
        "[No author name available],[No author id available],T,0,[No abstract available],J\n"
    )
    assert entry.fields == {"title": "T", "journaltitle": "J"}

    entries, problems = read("Title,Year\n[No title available],2001\n")
    assert (entries, codes(problems)) == ([], [(2, "table-row", "error")])


@pytest.mark.parametrize(
    ("content", "author"),
    [
        ("Paper title,First Author,Year\nT,Seto,2015\n", "Seto and others"),
        ('Article title,First author,Year\nT,"Seto, M. C.",2015\n', "Seto, M. C. and others"),
        ('Title,First author,Authors\nT,Seto,"Seto, M.; Eke, A."\n', "Seto, M. and Eke, A."),
        ("Title of paper,First author,Authors\nT,Seto,\n", "Seto and others"),
    ],
)
def test_a_first_author_is_one_of_several(content: str, author: str) -> None:
    """Unless the others stand in a column of their own."""
    (entry,), _ = read(content)

    assert (entry.fields["title"], entry.fields["author"]) == ("T", author)


SHEET = book([["Title", "Authors", "Year"], *[[f"Title {n}", "Seto, M.", 2000 + n] for n in range(5)]])
PARTS = zipfile.ZipFile(BytesIO(SHEET)).namelist()


@settings(max_examples=40)
@given(st.integers(4, len(SHEET) - 1), st.binary(max_size=20), st.integers(0, 20))
def test_no_mutation_of_a_spreadsheet_raises(at: int, instead: bytes, cut: int) -> None:
    """Whatever openpyxl makes of it is a problem, and no warning of its gets out."""
    entries, problems = read(SHEET[:at] + instead + SHEET[at + cut :])

    assert len(entries) == 5 or problems


@settings(max_examples=40)
@given(st.sampled_from(PARTS), st.integers(0, 3000), st.binary(max_size=10), st.integers(0, 40))
def test_no_mutation_within_a_spreadsheet_raises(name: str, at: int, instead: bytes, cut: int) -> None:
    """A part that is no XML, or that says something else, is a problem at most."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(SHEET)) as old, zipfile.ZipFile(saved, "w") as new:
        for part in PARTS:
            body = old.read(part)
            place = at % (len(body) + 1)
            new.writestr(part, body[:place] + instead + body[place + cut :] if part == name else body)

    read(saved.getvalue())


def test_a_first_author_who_is_not_among_the_authors_is_kept() -> None:
    """Two columns that disagree are both there to be seen."""
    (entry,), _ = read('Title,First author,Authors\nT,Beier,"Seto, M.; Eke, A."\n')

    assert (entry.fields["author"], entry.fields["firstauthor"]) == ("Seto, M. and Eke, A.", "Beier")


def test_a_sheet_without_titles_is_told_its_columns() -> None:
    """So that one of them can be renamed."""
    (found,) = read(book([["Name of the work", "Wer"], ["A", "Seto"]]))[1]

    assert found.code == "table-header"
    assert "Name of the work, Wer" in found.message
    assert "Title" in found.remedy
