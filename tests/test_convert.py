"""An import: what is new, what is here, what is doubtful; then one step, and back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kb.base import open_base
from kb.convert import Source, append, preview, undo
from kb.edit import set_fields
from kb.errors import EditError
from kb.ingest import ingest
from kb.library import Library

TODAY = date(2026, 11, 21)
HELD = """\
@article{example2019first,
  author = {Example, Ada and Berg, Jan},
  title  = {A First Test of an Instrument in Two Samples},
  journaltitle = {Journal of Examples},
  date   = {2019},
  volume = {3},
  pages  = {1-9},
}
"""
CITED = """\
@article{sample2001older,
  author = {Sample, Bo},
  title  = {An Older Study That Everybody Cites},
  date   = {2001},
}
"""
RIS = """\
TY  - JOUR
AU  - Newman, Ann
TI  - A Study That Nobody Had
PY  - 2024
JO  - Journal of Examples
DO  - 10.1234/new.2024
ER  -
TY  - JOUR
AU  - Example, A.
AU  - Berg, J.
TI  - A first test of an instrument in two samples
PY  - 2019
JO  - J Examples
VL  - 3
SP  - 1
EP  - 9
DO  - 10.1234/first.2019
KW  - instruments
ER  -
TY  - JOUR
AU  - Newman, A.
TI  - A study that nobody had
PY  - 2024
VL  - 7
DO  - 10.1234/new.2024
ER  -
"""

WriteLibrary = Callable[..., Library]


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    made = library(bib={"mine.bib": HELD, "cited.bib": CITED})
    ingest(made)
    return made


def incoming(home: Library, text: str, name: str = "export.txt"):  # type: ignore[no-untyped-def]
    return preview(home, [Source(name, text.encode())])


def test_records_are_new_or_here_with_their_differences(home: Library) -> None:
    """And what came twice is one, with the values of both."""
    found = incoming(home, RIS)

    assert [(one.state, one.work.citekey, one.within) for one in found.incoming] == [
        ("new", "newman2024study", False),
        ("here", "example2019first", False),
        ("here", "newman2024study", True),
    ]
    assert found.incoming[0].work.volume == "7"
    here = found.incoming[1]
    assert ("doi", "10.1234/first.2019", "") in here.differences
    assert ("keywords", "instruments", "") in here.differences
    assert here.judgement is not None
    assert here.judgement.reasons


def test_a_preview_writes_nothing(home: Library) -> None:
    """Neither text nor store."""
    before = {path: path.read_bytes() for path in home.references.iterdir()}

    incoming(home, RIS)

    assert {path: path.read_bytes() for path in home.references.iterdir()} == before


def test_what_is_new_is_appended_and_everything_else_stays(home: Library) -> None:
    """The file keeps its bytes, and the library has the work."""
    into = home.references / "mine.bib"

    done = append(home, incoming(home, RIS), into=into, today=TODAY)
    ingest(home)

    assert done.entries == 1
    assert into.read_text().startswith(HELD)
    with open_base(home.database) as base:
        work = base.work("newman2024study").work
    assert (work.title, work.volume, work.added, work.doi) == (
        "A Study That Nobody Had",
        "7",
        "2026-11-21",
        "10.1234/new.2024",
    )


def test_an_import_is_taken_back_to_the_byte(home: Library) -> None:
    """A file that it made is gone again."""
    before = {path: path.read_bytes() for path in home.references.iterdir()}
    into = home.references / "new.bib"

    done = append(home, incoming(home, RIS), into=into, today=TODAY)
    assert undo(home, done.name) == [into]

    assert {path: path.read_bytes() for path in home.references.iterdir()} == before


def test_importing_the_same_again_brings_nothing(home: Library) -> None:
    """Everything is here by then."""
    append(home, incoming(home, RIS), into=home.references / "new.bib", today=TODAY)
    ingest(home)

    again = incoming(home, RIS)

    assert {one.state for one in again.incoming} == {"here"}
    assert append(home, again, into=home.references / "new.bib", today=TODAY).entries == 0


def test_a_citekey_that_another_work_has_is_not_taken_again(home: Library) -> None:
    """In whatever case it is written."""
    found = incoming(home, "@book{Example2019First, title={Quite Another}, author={Example, Eve}, year=2019}")

    (one,) = found.incoming
    assert (one.state, one.work.citekey) == ("new", "example2019quite")


def test_a_work_known_from_reference_lists_keeps_its_citekey(home: Library) -> None:
    """So that what cites it still does."""
    text = "@article{Bo01, author={Sample, Bo}, title={An Older Study That Everybody Cites}, year=2001}"
    found = incoming(home, text)

    assert [(one.state, one.work.citekey) for one in found.incoming] == [("new", "sample2001older")]
    report = _imported(home, found)

    assert report.counts.held == 2
    assert report.errors == 0


def _imported(home: Library, found):  # type: ignore[no-untyped-def]
    append(home, found, into=home.references / "new.bib", today=TODAY)
    return ingest(home)


WOS = """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Newman, A
AF Newman, Ann
TI Citing Things in the Field
SO JOURNAL OF EXAMPLES
CR Example A, 2019, J EXAMPLES, V3, P1
   Nobody X, 1999, J NOTHING, V1, P1
   Someone Y, 2003, J ELSE, V2, P4, DOI 10.1234/else.2003
PY 2024
UT WOS:000000001
ER

EF
"""


def test_a_reference_list_becomes_citations_and_cited_works(home: Library) -> None:
    """What is held is cited by its citekey; what nobody has goes to cited.bib."""
    found = incoming(home, WOS)
    report = _imported(home, found)

    with open_base(home.database) as base:
        cited = {one.work.citekey for one in base.references("newman2024citing")}
    assert cited == {"example2019first", "nobody1999nothing", "someone2003else"}
    assert "Nobody X, 1999, J NOTHING" in home.cited.read_text()
    assert home.cited.read_text().startswith(CITED)
    assert report.errors == 0


def test_cited_works_go_when_the_import_is_taken_back(home: Library) -> None:
    """Both files are as they were."""
    before = {path: path.read_bytes() for path in home.references.iterdir()}

    done = append(home, incoming(home, WOS), into=home.references / "new.bib", today=TODAY)
    undo(home, done.name)

    assert {path: path.read_bytes() for path in home.references.iterdir()} == before


def test_a_work_that_is_here_can_be_given_the_citations_of_its_record(home: Library) -> None:
    """Its entry says then what it cites; nothing else of it changes."""
    text = WOS.replace("Newman, A\n", "Example, A\nAU Berg, J\n").replace(
        "Citing Things in the Field", "A First Test of an Instrument in Two Samples"
    )
    text = text.replace("AF Newman, Ann\n", "").replace("PY 2024", "PY 2019\nVL 3\nBP 1\nEP 9")
    found = incoming(home, text)
    (one,) = found.incoming
    assert one.state == "here"

    done = append(home, found, into=home.references / "new.bib", today=TODAY, citations=True)
    ingest(home)

    with open_base(home.database) as base:
        cited = {one.work.citekey for one in base.references("example2019first")}
    assert cited == {"nobody1999nothing", "someone2003else"}
    assert done.before == {"example2019first": {"cites": "", "citeslist": ""}}
    assert not (home.references / "new.bib").exists()


def test_records_that_are_left_out_are_not_written(home: Library) -> None:
    """Nor what only they cite."""
    done = append(home, incoming(home, WOS), into=home.references / "new.bib", today=TODAY, leave={0})

    assert (done.entries, done.appended) == (0, ())
    assert not (home.references / "new.bib").exists()


@pytest.mark.parametrize(
    "name", ["cited.bib", "overlay.bib", "sub/new.bib", "new.txt", "../new.bib", ".new.bib"]
)
def test_entries_go_to_a_bib_of_references_only(home: Library, name: str) -> None:
    """And to none that has a use of its own."""
    with pytest.raises(EditError, match="Nothing was written"):
        append(home, incoming(home, RIS), into=home.references / name, today=TODAY)


def test_a_file_of_no_known_format_is_a_problem(home: Library) -> None:
    """And brings nothing."""
    found = incoming(home, "Dear diary, nothing to cite today.\n")

    assert found.incoming == ()
    assert [problem.code for problem in found.problems] == ["file-format"]


def test_what_may_be_here_is_doubtful_and_said_why(home: Library, tmp_path: Path) -> None:
    """Another year and another journal, all else the same."""
    found = incoming(
        home,
        "@article{x, author={Example, Ada and Berg, Jan}, journal={Annals of Else}, year=2021,"
        " title={A First Test of an Instrument in Two Samples}}",
    )

    (one,) = found.incoming
    assert one.state == "doubtful"
    assert one.match is not None
    assert one.match.citekey == "example2019first"
    assert one.judgement is not None
    assert any("year" in reason for reason in one.judgement.reasons)


RICH = """\
@article{myKey2019,
  author = {Example, Ada and Berg, Jan},
  title  = {A First Test of an Instrument in Two Samples},
  year   = 2019,
  doi    = {10.1234/first.2019},
  pmid   = {123456},
  annotation = {Read twice},
  file   = {papers/first.pdf},
  keywords = {instruments, {Tests, old}},
}
"""


def test_nothing_that_a_record_knows_more_is_lost(home: Library) -> None:
    """Notes, files, keywords and even its citekey can be taken over, and taken back."""
    into = home.references / "new.bib"
    found = incoming(home, RICH)
    (one,) = found.incoming
    assert {difference.field for difference in one.differences} >= {"doi", "pmid", "annotation", "file"}
    before = (home.references / "mine.bib").read_text()

    done = append(home, found, into=into, today=TODAY, fill=True)
    ingest(home)

    with open_base(home.database) as base:
        work = base.work("myKey2019").work
    assert (work.citekey, work.doi, work.annotation) == (
        "example2019first",
        "10.1234/first.2019",
        "Read twice",
    )
    assert (work.keywords, work.fields["pmid"]) == (("instruments", "Tests, old"), "123456")
    assert work.fields["file"] == "papers/first.pdf"
    assert not into.exists()
    set_fields(home, work, done.before["example2019first"])
    assert (home.references / "mine.bib").read_text() == before


def test_without_being_asked_a_work_that_is_here_stays_as_it_is(home: Library) -> None:
    """Even where a record knows more."""
    before = (home.references / "mine.bib").read_text()

    append(home, incoming(home, RICH), into=home.references / "new.bib", today=TODAY)

    assert (home.references / "mine.bib").read_text() == before


def test_what_comes_twice_keeps_the_notes_and_keywords_of_both(home: Library) -> None:
    """In one entry."""
    new = "@book{%s, author={Roe, Kim}, title={A Book on All There Is}, year=2001, isbn={9780306406157}, "
    text = new % "a" + "annotation={One}, keywords={x}}\n" + new % "b" + "annotation={Two}, keywords={y}}"

    append(home, incoming(home, text), into=home.references / "new.bib", today=TODAY)
    ingest(home)

    with open_base(home.database) as base:
        work = base.work("a").work
    assert (work.annotation, work.keywords) == ("One Two", ("x", "y"))


def test_the_marker_names_files_without_their_folders(home: Library) -> None:
    """A shared file tells nobody how my disk is arranged."""
    found = incoming(home, RIS, "/somewhere/private/export.ris")

    append(home, found, into=home.references / "new.bib", today=TODAY)

    assert "private" not in (home.references / "new.bib").read_text()
