"""Reading lists out, with the reasons why."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from kb.errors import FormatError
from kb.model import ItemView, ListView, Name, Note, Origin, Work, WorkLine
from kb.read import read_bibtex
from kb.render import EXPORTS, export, export_list, reading_list_bibtex, reading_list_markdown

BODY = """\
Read the [[cport|tool]] first. <script>x</script>

## Start

- [@a] Why a. {role=start-here minutes=20}
- [@b] Why b.
"""


def line(citekey: str) -> WorkLine:
    return WorkLine(citekey, f"Title {citekey}", "Seto", 2015, "Journal", "article", True, "", "10.1/x", "")


def item(citekey: str, reason: str = "Why.", section: str = "") -> ItemView:
    return ItemView(line(citekey), section, reason, "", None, "")


NOTE = Note("start", "list", "Where to *start*", Origin("notes/lists/start.md"), BODY)
VIEW = ListView(
    NOTE,
    purpose="To know",
    audience="Newcomers",
    style="apa",
    items=(
        replace(item("a", "See [[cport|the tool]] & <b>more</b>.", "Start"), role="start-here", minutes=20),
        replace(item("b", "1. Why b.", "Start"), text="Under it:\n\n- one"),
        item("c", section="Then"),
    ),
)
WORKS = {
    key: Work(key, "article", Origin("a.bib"), f"Title {key}", (Name("Seto", "M."),), fields={"title": key})
    for key in "ab"
}


def test_the_document_has_what_the_list_has() -> None:
    """Title, purpose, audience, introduction, sections, references with reason, role and minutes."""
    assert (
        reading_list_markdown(VIEW, WORKS)
        == """\
# Where to \\*start\\*

*Purpose:* To know

*Audience:* Newcomers

Read the tool first. \\<script>x\\</script>

## Start

1. Seto, M. (n.d.). Title a.

   See the tool & \\<b>more\\</b>. (Start here; 20 minutes)

2. Seto, M. (n.d.). Title b.

   1\\. Why b.

   Under it:

   - one

## Then

3. Title c. (2015). *Journal*. <https://doi.org/10.1/x>

   Why.
"""
    )


def test_nothing_in_a_list_becomes_html() -> None:
    """A renderer that lets HTML through finds none."""
    drawn = MarkdownIt("commonmark", {"html": True}).render(reading_list_markdown(VIEW, WORKS))

    assert "<script" not in drawn
    assert "<b>" not in drawn


def test_bibtex_carries_the_reasons_as_annotations() -> None:
    """Works stand in the list's order, also those of which only the list's line is known."""
    entries, problems = read_bibtex(reading_list_bibtex(VIEW, WORKS).encode(), "out.bib")

    assert problems == []
    assert [entry.citekey for entry in entries] == ["a", "b", "c"]
    assert entries[0].fields["annotation"] == "See the tool \\& <b>more</b>."
    assert entries[2].fields["title"] == "Title c"


@pytest.mark.parametrize("form", list(EXPORTS))
def test_every_format_holds_every_work(form: str) -> None:
    """Works and lists leave in each format that is offered, with the list's words where there is room."""
    works = list(WORKS.values())

    assert all(work.citekey in export(works, form) or work.title in export(works, form) for work in works)
    listed = export_list(VIEW, WORKS, form)
    assert listed.index("Title c") > 0
    assert "Why b." in listed.replace("\\", "")


def test_csv_and_json_of_a_list_add_its_columns() -> None:
    """Section, reason, role and minutes follow what every work has."""
    assert export_list(VIEW, WORKS, "csv").split("\r\n")[0].endswith(",held,section,reason,role,minutes")
    assert '"minutes": 20' in export_list(VIEW, WORKS, "json")


def test_an_unknown_format_names_the_known_ones() -> None:
    """The message can be acted upon."""
    with pytest.raises(FormatError, match="Choose one of: bibtex, md, csv, json"):
        export([], "docx")
    with pytest.raises(FormatError):
        export_list(VIEW, WORKS, "docx")


def test_suffixes_and_types_are_those_of_the_formats() -> None:
    """A download has the name and type that other programs expect."""
    assert {form: (one.suffix, one.mime) for form, one in EXPORTS.items()} == {
        "bibtex": (".bib", "application/x-bibtex"),
        "md": (".md", "text/markdown"),
        "csv": (".csv", "text/csv"),
        "json": (".json", "application/json"),
        "ris": (".ris", "application/x-research-info-systems"),
        "csl": (".csl.json", "application/vnd.citationstyles.csl+json"),
    }
