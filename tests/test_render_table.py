"""CSV and JSON out."""

import csv as standard
import io
import json as standard_json

from hypothesis import given
from hypothesis import strategies as st

from kb.model import Citation, Name, Origin, Work
from kb.render import csv, json, record

SETO = Work(
    "seto2015predicting",
    "article",
    Origin("references/a.bib", 7),
    title="Predicting recidivism, again",
    authors=(Name("Seto", "Michael C."), Name("Franqué", "F.", "von"), Name("CEOP", corporate=True)),
    year=2015,
    date="2015-03",
    container="Law and Human Behavior",
    volume="39",
    issue="2",
    pages="1–9",
    doi="10.1037/x",
    keywords=("CPORT", "risk; need"),
    cites=(Citation("seto2015predicting", "eke2011", Origin("references/a.bib", 7)),),
)
HEADER = "citekey,type,title,authors,year,container,volume,issue,pages,doi,url,keywords,held"


def rows(text: str) -> list[list[str]]:
    return list(standard.reader(io.StringIO(text, newline="")))


def test_a_work_is_one_row_under_the_header() -> None:
    """Values stand under their names; authors and keywords are joined by semicolons."""
    text = csv([SETO])

    assert text.split("\r\n")[0] == HEADER
    assert dict(zip(*rows(text), strict=True)) == {
        "citekey": "seto2015predicting",
        "type": "article",
        "title": "Predicting recidivism, again",
        "authors": "Seto, Michael C.; von Franqué, F.; CEOP",
        "year": "2015",
        "container": "Law and Human Behavior",
        "volume": "39",
        "issue": "2",
        "pages": "1–9",
        "doi": "10.1037/x",
        "url": "",
        "keywords": "CPORT; risk; need",
        "held": "yes",
    }


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_title_comes_back_from_csv(titles: list[str]) -> None:
    """Quotes, line ends and separators in a value do not move it; nothing begins as a formula does."""
    works = [Work("k", "article", Origin("a.bib"), title=title) for title in titles]

    read = rows(csv(works).encode().decode())[1:]

    assert [row[2].removeprefix("'") for row in read] == [title.removeprefix("'") for title in titles]
    assert not [cell for row in read for cell in row if cell.startswith(tuple("=+-@\t\r"))]


def test_what_a_spreadsheet_would_run_is_text() -> None:
    """A cell that begins as a formula is marked, also behind a semicolon where that parts cells."""
    text = csv([Work("k", "article", Origin("a.bib"), title="=1+1", publisher="x", container="a;=cmd")])

    assert ",'=1+1," in text
    assert ',"a;=cmd",' in text


def test_a_record_says_where_it_was_read() -> None:
    """Source, line, identity and names stand under the keys that readers of the JSON rely on."""
    said = record(SETO)

    assert (said["source"], said["line"], said["citekey"]) == ("references/a.bib", 7, "seto2015predicting")
    assert (said["type"], said["title"], said["year"], said["doi"]) == (
        "article",
        "Predicting recidivism, again",
        2015,
        "10.1037/x",
    )
    assert said["authors"] == [
        {"family": "Seto", "given": "Michael C."},
        {"family": "Franqué", "given": "F.", "particle": "von"},
        {"family": "CEOP", "given": "", "corporate": True},
    ]
    assert said["cites"] == ["eke2011"]


def test_json_is_an_array_of_records() -> None:
    """What is written is what ``record`` says, in UTF-8; every record has the same keys."""
    bare = Work("k", "misc", Origin("a.bib"))

    read = standard_json.loads(json([SETO, bare]).encode())

    assert read == [record(SETO), record(bare)]
    assert read[0].keys() == read[1].keys()
    assert (read[1]["year"], read[1]["title"]) == (None, "")
    assert "Franqué" in json([SETO])


def test_half_a_surrogate_pair_does_not_stop_an_export() -> None:
    """Both formats can be written to a file, whatever a title holds."""
    odd = Work("k", "misc", Origin("a.bib"), title="a\ud800b")

    assert "a\ufffdb" in csv([odd]).encode().decode()
    assert "a\ufffdb" in json([odd]).encode().decode()
