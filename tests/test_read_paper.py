"""Papers as files: layouts of lists, PDF, and input that is none."""

import json
import re
import sys
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Problem
from kb.read.paper import Paper, read_paper

REFERENCES = [
    "Baker, J., & Cole, K. L. (2011). The first of several titles, which is long enough to need a second"
    " line: A study in two parts. Journal of Long Names and Short Papers, 12(3), 45–67."
    " https://doi.org/10.5555/first.2011.45",
    "Dunn, P. (2014). Book of things (2nd ed.). Sage.",
    "Ellis, A. B., Fox, C., & de la Grange, D. (2016a). Two schools of self-report: What do they say?"
    " Review of Reviews, 4, Article 117. https://doi.org/10.5555/rr.2016.117",
    "Ministry of Justice. (2019, May 3). Statistics of a year. https://example.org/statistics/2019",
    "Young, Z. (2020). A chapter of it. In Q. Reeve & S. Tate (Eds.), Handbook of chapters (pp. 3–14)."
    " Springer.",
]
BODY = "Introduction\n\nSome words about it (Dunn, 2014), and more.\n\n"


def paper(text: str | bytes) -> tuple[Paper, list[Problem]]:
    return read_paper(text if isinstance(text, bytes) else text.encode(), "paper.txt")


def strings(text: str) -> list[str]:
    return [reference.text for reference in paper(text)[0].references]


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    import textwrap

    return textwrap.wrap(
        text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def layout(name: str, width: int) -> str:
    blocks = [wrapped(one, width, "    " if name == "hanging" else "") for one in REFERENCES]
    if name == "lines":
        return "\n".join(REFERENCES)
    if name == "blank":
        return "\n\n".join("\n".join(block) for block in blocks)
    if name == "numbered":
        return "\n".join(f"[{n}] " + "\n".join(block) for n, block in enumerate(blocks, start=1))
    if name == "bullets":
        return "\n\n".join(f"  • {one}" for one in REFERENCES)
    lines = [line for block in blocks for line in block]
    if name == "pages":
        lines[2:2] = ["", "17", "STUDIES OF TITLES", ""]
        lines[9:9] = ["", "18", "STUDIES OF TITLES", ""]
    return "\n".join(lines)


LAYOUTS = ("lines", "blank", "hanging", "bullets", "numbered", "wrapped", "pages")


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("width", [70, 88])
def test_a_list_is_divided_however_it_is_laid_out(name: str, width: int) -> None:
    """One string a reference: one a line, wrapped, indented, numbered, over pages; no appendix."""
    text = f"{BODY}References\n\n{layout(name, width)}\n\nAppendix A\n\nWhat we asked (2015).\n"
    found = [one.removeprefix(f"[{n}] ") for n, one in enumerate(strings(text), start=1)]
    assert found == REFERENCES


def test_an_entry_has_biblatex_fields_without_a_citekey() -> None:
    """The entry is what a .bib would say, with escapes; its origin is the line of the string."""
    text = (
        "References\n\nBaker, J. (2011). R&D in 5 % of all. Crime & Law, 12(3), 45–67. doi:10.5555/AB\n\n"
        + "\n\n".join(REFERENCES)
    )
    first = paper(text)[0].references[0]
    assert (first.entry.citekey, first.entry.type, first.entry.origin.line) == ("", "article", 3)
    assert first.entry.fields == {
        "author": "Baker, J.",
        "date": "2011",
        "title": r"R\&D in 5 \% of all",
        "journaltitle": r"Crime \& Law",
        "volume": "12",
        "number": "3",
        "pages": "45–67",
        "doi": "10.5555/ab",
    }
    assert first.sure
    assert first.doubts == ()


def test_what_is_unsure_is_said() -> None:
    """A string without an author and a year is kept, with its doubts in plain words."""
    text = "References\n\n" + "\n\n".join([*REFERENCES, "Some page of a site that nobody signed. Its site."])
    last = paper(text)[0].references[-1]
    assert not last.sure
    assert "no year was found" in last.doubts
    assert last.entry.fields["title"].startswith("Some page")


def test_words_and_addresses_cut_at_line_ends_are_mended() -> None:
    """A hyphen of the typesetter goes, one of the word stays, and a DOI goes on without a space."""
    text = """References

Baker, J. (2011). Recidi-
vism and self-
report in a meta-analysis. Law, 12(3), 45–67. https://doi.org/10.5555/
ab.2011.45
Cole, K. (2012). Recidivism again. Law, 13, 1–2.
"""
    assert strings(text)[0] == (
        "Baker, J. (2011). Recidivism and self-report in a meta-analysis. Law, 12(3), 45–67."
        " https://doi.org/10.5555/ab.2011.45"
    )


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES",
        "7. References",
        "Bibliography:",
        "Works Cited",
        "Literatur",
        "Références",
        "Referencias",
    ],
)
def test_the_list_begins_under_its_heading_in_several_languages(heading: str) -> None:
    """The word alone on a line begins the list, numbered or in capitals."""
    text = f"{BODY}{heading}\n\n" + "\n\n".join(REFERENCES)
    assert strings(text) == REFERENCES


def test_the_last_heading_with_references_under_it_counts() -> None:
    """A table of contents, and a heading after the list, are not taken for it."""
    text = f"Contents\n\nReferences\n\n{BODY}References\n\n" + "\n\n".join(REFERENCES)
    assert strings(f"{text}\n\nSources\n\nThe data came from a survey.\n") == REFERENCES


def test_a_heading_on_every_page_of_the_list_does_not_cut_it() -> None:
    """Where “References” is also the running head, the list begins at the first."""
    pages = ["\n\n".join(["References", *REFERENCES[:3]]), "\n\n".join(["References", *REFERENCES[3:]])]
    assert strings(BODY + "\n\n".join(pages)) == REFERENCES


def test_a_file_that_is_nothing_but_a_list_is_read() -> None:
    """Without any heading, lines that look like references are the list."""
    assert strings("\n\n".join(REFERENCES)) == REFERENCES


def test_three_dashes_stand_for_the_authors_before() -> None:
    """In Chicago a repeated author is three dashes."""
    text = """References

Arbor, Jane. 2015a. First Book. Chicago: Lake Press.
———. 2015b. Second Book. Chicago: Lake Press.
"""
    second = paper(text)[0].references[1]
    assert (second.entry.fields["author"], second.entry.fields["title"], second.suffix) == (
        "Arbor, Jane",
        "Second Book",
        "b",
    )


# --- input that is none


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "paper-empty"),
        (b"  \n\n \n", "paper-empty"),
        (bytes(range(256)) * 50, "file-binary"),
        (b"PK\x03\x04 nothing of ours", "file-binary"),
        (b"Only words, and no list at all.", "paper-no-list"),
        (b"References\n\nThere are none.", "paper-no-list"),
        (b"%PDF-1.4 and then rubbish", "paper-pdf-broken"),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    """Whatever cannot be read is said, and never raised."""
    found, problems = paper(content)
    assert found.references == ()
    assert [problem.code for problem in problems] == [code]
    assert all(problem.remedy for problem in problems)


def test_a_line_of_ten_megabytes_is_read_in_time() -> None:
    """Length costs no more than its share: no pattern goes over a line again and again."""
    start = time.process_time()
    paper(b"a" * 10_000_000)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "unit", ["(", "A. ", "Abc, B., ", "(Abc, 2015) ", "10.1000/", "“", ". In ", "- ", ", pp. 1", " "]
)
def test_repeated_signs_cost_no_more_than_their_length(unit: str) -> None:
    """One line of 200 kB, and a list of 4 kB references, of anything that a pattern looks for."""
    start = time.process_time()
    paper(unit * (200_000 // len(unit)))
    junk = unit * (3900 // len(unit))
    listed = [f"Seto, M. ({year}). {junk} J, 2, 3." for year in (2015, 2016, 2017)]
    paper("References\n\n" + "\n".join(listed))
    assert time.process_time() - start < 8


def test_a_list_without_end_is_cut_and_said() -> None:
    """More references than anybody cites are not read."""
    found, problems = paper("References\n\n" + "\n\n".join(["Dunn, P. (2014). Book. Sage."] * 5001))
    assert len(found.references) == 5000
    assert [problem.code for problem in problems] == ["paper-list-long"]


@settings(max_examples=60)
@given(st.text(max_size=300), st.integers(0, 4))
def test_any_text_in_a_list_is_no_exception(junk: str, place: int) -> None:
    """Whatever stands between two references, reading ends, and every reference has a title or a doubt."""
    listed = [*REFERENCES[:place], junk, *REFERENCES[place:]]
    found, _ = read_paper(("References\n\n" + "\n\n".join(listed)).encode("utf-8", "replace"), "x.txt")
    assert all("title" in one.entry.fields or one.doubts for one in found.references)


# --- PDF


def escaped(text: str) -> str:
    return text.replace("(", r"\(").replace(")", r"\)")


def pdf(pages: list[list[str]], links: dict[int, str] | None = None) -> bytes:
    """A small PDF: the lines of each page from its top; ``links`` lie over lines of the first page."""
    pytest.importorskip("pypdf")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for number, lines in enumerate(pages):
        shown = "".join(
            f"1 0 0 1 50 {750 - 14 * n} Tm ({escaped(line)}) Tj\n" for n, line in enumerate(lines)
        )
        drawn = f"BT /F1 10 Tf\n{shown}ET"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        stream = len(objects)
        notes = "".join(
            f"<< /Type /Annot /Subtype /Link /Rect [50 {747 - 14 * n} 200 {759 - 14 * n}]"
            f" /A << /S /URI /URI ({address}) >> >>"
            for n, address in (links or {}).items()
            if number == 0
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {stream} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> /Annots [{notes}] >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    content = "%PDF-1.4\n"
    offsets = []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF"
    return f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


PDF_LINES = [
    "Introduction",
    "Some words about it (Dunn, 2014).",
    "References",
    "Baker, J. (2011). The first of several titles, which is long. Journal of",
    "Names, 12(3), 45-67.",
    "Dunn, P. (2014). Book of things (2nd ed.). Sage.",
]


def test_a_pdf_is_read_with_the_dois_behind_its_words() -> None:
    """The list of a PDF is found, and a link over a reference gives it the DOI that its string lacks."""
    content = pdf([PDF_LINES], {3: "https://doi.org/10.5555/first.2011"})
    found, problems = read_paper(content, "paper.pdf")
    assert problems == []
    assert [one.entry.fields["title"] for one in found.references] == [
        "The first of several titles, which is long",
        "Book of things",
    ]
    assert found.references[0].entry.fields["doi"] == "10.5555/first.2011"
    assert "doi" not in found.references[1].entry.fields
    assert [one.references for one in found.citations] == [(1,)]


def test_heads_and_numbers_of_pdf_pages_are_left_out() -> None:
    """What stands at the edge of every page is no part of a reference."""
    pages = [
        ["Short Title 11", *PDF_LINES[:4]],
        ["Short Title 12", *PDF_LINES[4:]],
        ["Short Title 13", "Young, Z. (2020). A last thing. Law, 3, 4-5."],
    ]
    found, _ = read_paper(pdf(pages), "paper.pdf")
    assert [one.text for one in found.references] == [
        " ".join(PDF_LINES[3:5]),
        PDF_LINES[5],
        "Young, Z. (2020). A last thing. Law, 3, 4-5.",
    ]


def test_a_pdf_without_text_is_a_problem() -> None:
    """Pages that are pictures have no words."""
    assert [problem.code for problem in read_paper(pdf([[]]), "scan.pdf")[1]] == ["paper-pdf-image"]


def test_a_locked_pdf_is_a_problem() -> None:
    """A password is asked of nobody."""
    pypdf = pytest.importorskip("pypdf")
    from io import BytesIO

    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf([PDF_LINES])))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    assert [problem.code for problem in read_paper(locked.getvalue(), "x.pdf")[1]] == ["paper-pdf-locked"]


def test_without_the_package_a_pdf_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """pypdf is an extra; its absence is a problem with the command to run."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (problem,) = read_paper(b"%PDF-1.4\n", "paper.pdf")[1]
    assert problem.code == "paper-pdf"
    assert "pip install 'kb-evidence[pdf]'" in problem.remedy


LABELLED = Path(__file__).parent / "data" / "labelled" / "references.jsonl"
_ITS_NUMBER = re.compile(r"^[\[(]?\d+[\]).]*\s+")
_ITS_DOI = re.compile(
    r"(?:,? ?\(?[Aa]vailable (?:at|from):)?,?\s*(?:https?://)?(?:dx\.)?(?:doi\.org/|doi:\s?)10\.\S+$"
)


def of_style(style: str) -> list[str]:
    rows = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    texts = [" ".join(row["text"].split()) for row in rows if row["style"] == style]
    return [_ITS_NUMBER.sub("", text) if style == "vancouver" else text for text in texts]


@pytest.mark.parametrize("style", ["apa", "vancouver", "harvard", "chicago"])
@pytest.mark.parametrize("count", [3, 8, 40])
@pytest.mark.parametrize("dois", [True, False])
def test_of_a_list_with_one_reference_a_line_each_is_found(style: str, count: int, dois: bool) -> None:
    """In any order, with DOIs or without, and however long they are."""
    texts = of_style(style)
    mixed = Random(count)
    for round_ in range(4):
        pool = [text for text in texts if len(text) < 170 or round_ % 2]
        pick = mixed.sample(pool, min(count, len(pool)))
        pick = pick if dois else [_ITS_DOI.sub("", text) for text in pick]
        if style == "vancouver":
            pick = [f"{number}. {text}" for number, text in enumerate(pick, start=1)]
        assert strings("Words.\n\nReferences\n\n" + "\n".join(pick) + "\n") == pick


def test_a_list_out_of_order_without_dois_is_not_glued_together() -> None:
    """Three lines are three references, though the last comes before the second in the alphabet."""
    lines = [
        "Young, Z. (2020). A chapter of it, and of what it may hold. Journal of Soils, 5(2), 11-19."
        " https://doi.org/10.5555/js.2020.11",
        "Seto, M. C., & Eke, A. W. (2015). Predicting what comes next: Development of a tool that is long."
        " Law and Human Behavior, 39(4), 416-429.",
        "Newman, C. (2003). A paper that nobody has yet. Journal of Soils, 5(2), 11-19.",
    ]

    assert strings("References\n\n" + "\n".join(lines)) == lines


def test_a_list_of_authors_that_goes_on_in_the_next_line_is_one_reference() -> None:
    """A line that ends in a comma before any year goes on, though the next looks like a beginning."""
    lines = [
        "Seto, M. C., Eke, A. W.,",
        "Baker, J., & Cole, K. (2015). A tool of theirs. Law, 39(4), 416-429.",
    ]
    more = ["Dunn, P. (2014). Book of things (2nd ed.). Sage.", *REFERENCES[:3]]

    assert strings("References\n\n" + "\n".join([*lines, *more])) == [" ".join(lines), *more]


@pytest.mark.parametrize(
    "line",
    [
        "University of Northmoor (2022) Research for safer places. Northmoor: The University.",
        "University of Northmoor. 2022. Research for Safer Places. Northmoor.",
        "Rampin R, Rampin V. Taguette: open-source analysis. J Open Source Softw. 2021;6:3522.",
    ],
)
def test_a_university_and_two_short_names_begin_a_reference(line: str) -> None:
    """Neither is the rest of a thesis or a place of publication."""
    lines = [*REFERENCES[:2], line]

    assert strings("References\n\n" + "\n".join(lines)) == lines


def test_a_journal_with_its_doi_on_a_line_of_its_own_begins_no_reference() -> None:
    """A DOI is no year, in a list that breaks its lines between title and journal."""
    text = (
        "References\n\n"
        "Moss, I., & Second, B. (2014). Moss growth on slate roofs after rain and after frost.\n"
        "Annals of Tests, 6, 301-309. https://doi.org/10.5555/annals.3\n"
        "Newman, C. (2003). A paper that nobody has yet. Journal of Soils, 5(2), 11-19.\n"
    )

    paper, _ = read_paper(text.encode(), "paper.txt")

    assert [one.text.split(",")[0] for one in paper.references] == ["Moss", "Newman"]
