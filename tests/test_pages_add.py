"""Adding files in the browser: a preview, one step that appends, one that takes it back."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT, WriteLibrary
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from test_pages import Visit, hrefs, markup, text, visit

from kb.base import open_base
from kb.ingest import ingest
from kb.library import Library, open_library
from kb.model import WorkLine
from kb.read.files import LIMIT

__all__ = ["visit"]  # a fixture

HERE = ("tidal2011gauge", "wheat2012yield", "acid2013soil", "moss2014growth", "kelp2015forest")
DOUBTED = ("river2016delta", "stone2017wall", "birch2018bark")
CITED = "@article{known2001only, author = {Known, Ann}, title = {Only in lists}, date = {2001}}"

_TITLES = (
    "A tidal gauge for northern harbours and what it measured",
    "Wheat yield under three kinds of drought in one decade",
    "Acid soil in old orchards: a survey of eleven valleys",
    "Moss growth on slate roofs after rain and after frost",
    "Kelp forest recovery where sea urchins were counted",
    "River delta sediments and the dams that hold them back",
    "Stone walls as habitats: lizards, ferns and snails",
    "Birch bark as paper in villages without any mill",
)
BIB = "\n".join(
    f"""@article{{{citekey},
  author = {{{citekey[:5].strip("0123456789").capitalize()}, Ida and Second, Bo}},
  title = {{{title}}},
  journaltitle = {{Annals of Tests}},
  date = {{{2011 + number}}},
  volume = {{{number + 3}}},
  pages = {{{number}01--{number}09}},
  doi = {{10.5555/annals.{number}}},
}}
"""
    for number, (citekey, title) in enumerate(zip((*HERE, *DOUBTED), _TITLES, strict=True))
)

_SYLLABLES = [f"{one}{other}" for one in "bdfglmnprst" for other in "aeiou"]


def _word(chance: Random, least: int = 2) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(least, 4)))


def record(title: str, author: str, year: int, journal: str, *more: str) -> str:
    """One record of a RIS file."""
    fields = ("TY  - JOUR", f"AU  - {author}", f"TI  - {title}", f"JO  - {journal}", f"PY  - {year}", *more)
    return "\n".join((*fields, "ER  - "))


def unlike(count: int) -> list[str]:
    """Records that are like no other, made of words that no language has."""
    chance = Random(5)
    return [
        record(
            " ".join(_word(chance) for _ in range(7)).capitalize(),
            f"{_word(chance, 3).capitalize()}, {_word(chance).capitalize()}",
            1990 + number % 30,
            f"Journal of {_word(chance, 3).capitalize()}",
            f"VL  - {number + 1}",
        )
        for number in range(count)
    ]


def _again(line: WorkLine) -> str:
    doi = [f"DO  - {line.doi}"] if line.doi else []
    return record(line.title, line.byline.split("; ")[0], line.year or 0, line.container, *doi)


def _doubtful(line: WorkLine) -> str:
    """The title and year of a work, and nobody who wrote it."""
    return f"TY  - GEN\nTI  - {line.title}\nPY  - {line.year}\nPB  - Somebody\nER  - "


def ris(
    library: Library, *, new: int, here: Iterable[str] = HERE, doubtful: Iterable[str] = DOUBTED
) -> bytes:
    """A RIS file of works that are new, here already, and doubtful."""
    with open_base(library.database) as base:
        again = [_again(line) for line in base.lines(here)]
        doubted = [_doubtful(line) for line in base.lines(doubtful)]
    return "\n\n".join((*again, *unlike(new), *doubted)).encode()


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the page."""
    uploader = next(one for one in app.file_uploader if (one.key or "").startswith("add-files-"))
    app = uploader.set_value([(name, content, "") for name, content in files]).run()
    assert not app.exception
    return app


def counts(app: AppTest) -> dict[str, int]:
    """The counts that the preview begins with."""
    found = re.findall(r"<dt>([^<]*)</dt><dd>([\d,]+)</dd>", markup(app))
    return {what: int(count.replace(",", "")) for what, count in found}


@pytest.fixture
def home(library: WriteLibrary) -> Library:
    """A library of eight held works and a cited one, ingested."""
    made = library(bib={"tests.bib": BIB, "other.bib": "% empty\n", "cited.bib": CITED})
    ingest(made)
    return made


@pytest.fixture
def before(home: Library) -> dict[str, bytes]:
    """Its .bib files as they were."""
    return bibs(home)


def bibs(library: Library) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(library.references.glob("*.bib"))}


@pytest.fixture
def sent(home: Library, visit: Visit) -> AppTest:
    """The page with a file of 20 records dropped on it."""
    return drop(visit(home, "add"), ("search.ris", ris(home, new=12)))


def test_a_preview_counts_what_is_new_here_and_doubtful_and_writes_nothing(
    sent: AppTest, home: Library, before: dict[str, bytes]
) -> None:
    """Each record is in one of three sections."""
    assert counts(sent) == {"new": 12, "doubtful": 3, "already here": 5, "problems": 0}
    assert all(f"work?work={citekey}" in hrefs(sent) for citekey in HERE)
    assert "Append 15 entries to references/imported.bib" in [button.label for button in sent.button]
    assert bibs(home) == before


def test_a_doubtful_record_shows_its_reasons_and_what_the_two_say(sent: AppTest) -> None:
    """In words, and as a small table."""
    assert "may be river2016delta in the library" in re.sub(r"\s+", " ", text(sent))
    assert "same title" in text(sent)
    table = markup(sent).split("kb-differences")[1]
    assert "The file says" in table
    assert "Here it says" in table
    assert "Somebody" in table


def test_what_is_left_out_is_not_appended(sent: AppTest, home: Library) -> None:
    """One doubtful record is left out, by its choice; the others come along."""
    sent.radio[0].set_value("Leave it out").run()
    append = sent.button(key="add-append")
    assert append.label == "Append 14 entries to references/imported.bib"
    append.click().run()

    assert not sent.exception
    written = bibs(home)["imported.bib"].decode()
    assert written.count("\n@") == 14
    with open_base(home.database) as base:
        titles = [line.title for line in base.lines(DOUBTED)]
    assert titles[0] not in written
    assert titles[1] in written


def test_all_doubtful_records_are_chosen_at_once(sent: AppTest) -> None:
    """And chosen back."""
    sent.button(key="add-leave-all").click().run()
    assert sent.button(key="add-append").label.startswith("Append 12 entries")
    assert {radio.value for radio in sent.radio} == {"Leave it out"}

    sent.button(key="add-append-all").click().run()
    assert sent.button(key="add-append").label.startswith("Append 15 entries")


def test_what_was_appended_is_said_linked_and_taken_back(
    sent: AppTest, home: Library, before: dict[str, bytes]
) -> None:
    """The command that undoes it stands there too; afterwards every file is as it was."""
    sent.button(key="add-append").click().run()

    assert "Appended 15 entries to references/imported.bib." in text(sent)
    assert re.search(r"kb import --undo [0-9a-f]{12}", text(sent))
    added = set(bibs(home)) - set(before)
    assert added == {"imported.bib"}
    citekeys = re.findall(r"^@\w+\{([^,]+),", bibs(home)["imported.bib"].decode(), re.MULTILINE)
    assert f"work?work={citekeys[0]}" in hrefs(sent)
    assert {name: content for name, content in bibs(home).items() if name not in added} == before
    with open_base(home.database) as base:
        assert base.work(citekeys[0]).work.held

    sent.button(key="add-undo").click().run()

    assert not sent.exception
    assert "Taken back" in text(sent)
    assert bibs(home) == before


def test_entries_go_to_an_existing_file_or_a_new_one(sent: AppTest, home: Library) -> None:
    """Files with a use of their own are not offered."""
    offered = sent.selectbox(key="add-into").options
    assert offered[0] == "imported.bib"
    assert "other.bib" in offered
    assert not {"cited.bib", "overlay.bib"} & set(offered)

    sent.selectbox(key="add-into").set_value("").run()
    sent.text_input(key="add-name").set_value("search-2026").run()
    sent.button(key="add-append").click().run()

    assert "search-2026.bib" in bibs(home)


@pytest.mark.parametrize(
    "name", ["", "../outside", "a/b.bib", "cited.bib", "overlay.bib", ".hidden", "a\x00b"]
)
def test_a_name_that_no_file_may_have_is_said_and_the_preview_stays(
    sent: AppTest, home: Library, before: dict[str, bytes], name: str
) -> None:
    """Nothing is written, and nobody drops the file twice."""
    sent.selectbox(key="add-into").set_value("").run()
    sent.text_input(key="add-name").set_value(name).run()
    sent.button(key="add-append").click().run()

    assert not sent.exception
    assert "Nothing was written" in text(sent)
    assert counts(sent)["new"] == 12
    assert bibs(home) == before
    assert not (home.root / "outside.bib").exists()


def test_text_that_changed_meanwhile_is_compared_again_before_anything_is_written(
    sent: AppTest, home: Library
) -> None:
    """The record that was new is here by then."""
    first = markup(sent)
    written = home.references / "meanwhile.bib"
    title = re.findall(r"^TI  - (.*)$", unlike(1)[0], re.MULTILINE)[0]
    author = re.findall(r"^AU  - (.*)$", unlike(1)[0], re.MULTILINE)[0]
    journal = re.findall(r"^JO  - (.*)$", unlike(1)[0], re.MULTILINE)[0]
    entry = f"@article{{mine, author = {{{author}}}, title = {{{title}}}, date = {{1990}}, volume = {{1}}, "
    written.write_text(f"{entry} journaltitle = {{{journal}}}}}\n", encoding="utf-8")
    sent.button(key="add-append").click().run()

    assert "Nothing was written" in text(sent)
    assert markup(sent) != first
    assert counts(sent) == {"new": 11, "doubtful": 3, "already here": 6, "problems": 0}
    assert "imported.bib" not in bibs(home)

    sent.button(key="add-append").click().run()
    assert "Appended 14 entries" in text(sent)


def test_a_preview_is_kept_from_one_drawing_to_the_next(sent: AppTest) -> None:
    """Nothing is read again until the files or the text change."""
    found = sent.session_state["add"].found
    sent.run()

    assert sent.session_state["add"].found is found


def test_a_long_preview_is_shown_in_steps(home: Library, visit: Visit) -> None:
    """Ten of five hundred, then fifty more at a time."""
    app = drop(visit(home, "add"), ("long.ris", ris(home, new=500, here=(), doubtful=())))
    assert markup(app).count('class="kb-work"') == 10
    app.button(key="more-new").click().run()

    assert markup(app).count('class="kb-work"') == 60
    assert counts(app)["new"] == 500


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.ris", b"", "file-empty"),
        ("picture.bib", b"\x89PNG\r\n\x1a\n" + bytes(100), "file-"),
        ("archive.bib", b"PK\x03\x04" + bytes(200), "file-"),
        ("prose.txt", b"Nothing that a reader knows.\n" * 20, "file-format"),
        ("note.md", b"---\nkind: topic\n---\n", "file-format"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_with_a_remedy(
    home: Library, visit: Visit, name: str, content: bytes, code: str
) -> None:
    """It is named; and there is nothing to append."""
    app = drop(visit(home, "add"), (name, content))

    assert re.search(rf"<code>{code}[\w-]*</code>", markup(app))
    assert f"{name}:1" in text(app)
    assert "No publication was found" in text(app)
    assert "add-append" not in [button.key for button in app.button]


def test_a_broken_record_is_a_problem_and_the_others_are_read(home: Library, visit: Visit) -> None:
    """With file, line and remedy; markup in it stays text."""
    good = b"@article{good2020, title = {Good \\& 3 < 4}, date = {2020}, author = {Fine, A.}}"
    bib = good + b"\n@article{bad2020,\n title = {"
    app = drop(visit(home, "add"), ("two.bib", bib))

    assert counts(app)["new"] == 1
    assert "two.bib:2" in text(app)
    assert "Good &amp; 3 &lt; 4" in markup(app)


def test_two_files_are_one_import_and_records_that_are_in_both_are_told(home: Library, visit: Visit) -> None:
    """The second time, a record is here already: in the first file."""
    same = "\n".join(unlike(2)).encode()
    app = drop(visit(home, "add"), ("one.ris", same), ("two.ris", same))

    assert counts(app) == {"new": 2, "doubtful": 0, "already here": 2, "problems": 0}
    assert "earlier in these files" in text(app)


def test_the_browser_takes_what_kb_reads() -> None:
    """The limit of an upload is the limit of a file."""

    settings = tomllib.loads((ROOT / "kb" / "pages" / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] * 2**20 == LIMIT


def test_who_looks_at_a_work_and_comes_back_finds_the_preview(sent: AppTest, home: Library) -> None:
    """The files are kept, and so is what was chosen; they can be put away."""
    sent.radio[0].set_value("Leave it out").run()
    sent._page_hash = calc_hash("work")
    sent.run()
    assert counts(sent) == {}
    sent._page_hash = calc_hash("add")
    sent.run()

    assert not sent.exception
    assert counts(sent)["new"] == 12
    assert "Still here: search.ris" in text(sent)
    assert sent.button(key="add-append").label.startswith("Append 14 entries")

    sent.button(key="add-put-away").click().run()
    assert counts(sent) == {}


def test_citations_that_a_record_brings_can_be_given_to_the_work_that_is_here(
    home: Library, before: dict[str, bytes], visit: Visit
) -> None:
    """Only if wanted; and they are taken back too."""
    again = BIB.split("@article")[1].replace("volume", "cites = {moss2014growth, 10.5555/new.1},\n  volume")
    app = drop(visit(home, "add"), ("again.bib", f"@article{again}".encode()))
    assert "add-append" not in [button.key for button in app.button]
    app.checkbox(key="add-citations").check().run()
    app.button(key="add-append").click().run()

    assert not app.exception
    assert "1 work that was here got more." in text(app)
    assert b"cites = {moss2014growth, 10.5555/new.1}" in bibs(home)["tests.bib"]
    app.button(key="add-undo").click().run()
    assert bibs(home) == before


def test_what_only_a_file_knows_can_be_given_to_the_work_that_is_here(
    home: Library, before: dict[str, bytes], visit: Visit
) -> None:
    """Its notes and its number; and they are taken back too."""
    again = BIB.split("@article")[1].replace("volume", "annotation = {Read it},\n  pmid = {77},\n  volume")
    app = drop(visit(home, "add"), ("again.bib", f"@article{again}".encode()))
    app.checkbox(key="add-fill").check().run()
    app.button(key="add-append").click().run()

    assert not app.exception
    assert b"annotation = {Read it}" in bibs(home)["tests.bib"]
    assert b"pmid = {77}" in bibs(home)["tests.bib"]
    app.button(key="add-undo").click().run()
    assert bibs(home) == before


PAPER = """A paper on soil

Introduction

Moss grows after rain (Moss & Second, 2014; Unheard, 1999).

References

Moss, I., & Second, B. (2014). Moss growth on slate roofs after rain and after frost.
Annals of Tests, 6, 301-309. https://doi.org/10.5555/annals.3
Newman, C. (2003). A paper that nobody has yet. Journal of Soils, 5(2), 11-19.
"""


def paper(app: AppTest, name: str, content: str) -> AppTest:
    """Name a work, and drop its text."""
    app.text_input(key="paper-work-0").set_value(name).run()
    uploader = next(one for one in app.file_uploader if one.key == "paper-file-0")
    app = uploader.set_value(("paper.txt", content.encode(), "text/plain")).run()
    assert not app.exception
    return app


def test_a_papers_reference_list_is_shown_written_and_taken_back(
    home: Library, before: dict[str, bytes], visit: Visit
) -> None:
    """What is held is linked, what nobody has becomes a cited work; nothing is written before the button."""
    app = paper(visit(home, "add"), "acid2013soil", PAPER)
    assert "2 references: 1 held here, 0 known from other lists, 1 new" in text(app)
    assert "work?work=moss2014growth" in hrefs(app)
    assert "Unheard, 1999" in re.sub(r"\s+", " ", text(app))
    assert bibs(home) == before

    app.button(key="paper-write").click().run()
    assert not app.exception
    with open_base(home.database) as base:
        cited = [one.work for one in base.work("acid2013soil").references]
    assert {work.title for work in cited} >= {_TITLES[3], "A paper that nobody has yet"}
    assert b"citeslist = {complete}" in bibs(home)["tests.bib"]

    app.button(key="paper-undo").click().run()
    assert not app.exception
    assert bibs(home) == before


@pytest.mark.parametrize(
    ("name", "said"), [("nobody2000", "nobody2000"), ("known2001only", "reference lists")]
)
def test_a_paper_of_a_work_that_is_not_here_is_refused_in_a_sentence(
    home: Library, visit: Visit, name: str, said: str
) -> None:
    """The page stays."""
    app = paper(visit(home, "add"), name, PAPER)

    assert said in text(app)
    assert "paper-write" not in [button.key for button in app.button]


# --- a field of an entry


WORK = "wheat2012yield"


def fields(app: AppTest, name: str) -> AppTest:
    """Choose a field of the entry."""
    app.selectbox(key=f"fields-field-{WORK}").set_value(name).run()
    assert not app.exception
    return app


def save(app: AppTest) -> AppTest:
    """Press Save."""
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    return app


def _path(library: Library) -> Path:
    with open_base(library.database) as base:
        return library.root / base.work(WORK).work.origin.path


def test_a_field_is_shown_as_written_changed_and_put_back(home: Library, visit: Visit) -> None:
    """Only its lines change; the way back is a button, and a command."""
    path = _path(home)
    before = path.read_bytes()
    app = fields(visit(home, "work", work=WORK), "volume")
    source = f"fields-source-{WORK}-volume"
    old = str(app.text_area(key=source).value)
    app.text_area(key=source).set_value("77 {A}")
    save(app)

    assert f"Set in {WORK}: volume." in text(app)
    assert f"kb set {WORK} volume={old}" in text(app)
    changed = [one for one in path.read_bytes().splitlines() if one not in before.splitlines()]
    assert len(changed) == 1
    assert b"{77 {A}}" in changed[0]

    app.button(key="fields-undo").click().run()

    assert not app.exception
    assert path.read_bytes() == before
    assert f"Put back in {WORK}: volume." in text(app)


def test_another_field_is_added_under_any_name(home: Library, visit: Visit) -> None:
    """And taken away again."""
    before = _path(home).read_bytes()
    app = fields(visit(home, "work", work=WORK), "")
    app.text_input(key="fields-name").set_value("usera")
    app.text_area(key=f"fields-source-{WORK}-").set_value("Seen in the archive")
    save(app)
    assert b"usera = {Seen in the archive}" in _path(home).read_bytes()

    fields(app, "usera").text_area(key=f"fields-source-{WORK}-usera").set_value("")
    save(app)
    assert f"Taken away in {WORK}: usera." in text(app)
    assert _path(home).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("volume", "{unbalanced"), ("", "No name"), ("no name", "x"), ("citekey", "other2020")],
)
def test_what_cannot_be_written_is_said_and_the_form_stays(
    home: Library, before: dict[str, bytes], visit: Visit, name: str, value: str
) -> None:
    """No byte changes, and what was typed is still there."""
    known = name == "volume"
    app = fields(visit(home, "work", work=WORK), name if known else "")
    if not known:
        app.text_input(key="fields-name").set_value(name)
    source = f"fields-source-{WORK}-{name if known else ''}"
    app.text_area(key=source).set_value(value)
    save(app)

    assert "Nothing was written" in text(app)
    assert app.text_area(key=source).value == value
    assert bibs(home) == before


def test_a_field_that_changed_meanwhile_is_not_overwritten_unseen(home: Library, visit: Visit) -> None:
    """What it says now is shown; saving once more is meant."""
    path = _path(home)
    app = fields(visit(home, "work", work=WORK), "title")
    source = f"fields-source-{WORK}-title"
    old = str(app.text_area(key=source).value)
    path.write_text(path.read_text("utf-8").replace(old, "Changed elsewhere"), encoding="utf-8")
    app.text_area(key=source).set_value("Changed here")
    save(app)

    assert "Changed elsewhere" in text(app)
    assert "Changed here" not in path.read_text("utf-8")
    assert app.text_area(key=source).value == "Changed here"

    save(app)
    assert "Changed here" in path.read_text("utf-8")


def test_a_work_known_from_reference_lists_has_no_form(home: Library, visit: Visit) -> None:
    """There is no entry of ours to change."""
    with open_base(home.database) as base:
        cited = "known2001only"
        assert not base.work(cited).work.held
    app = visit(home, "work", work=cited)

    assert f"fields-field-{cited}" not in [box.key for box in app.selectbox]


def test_the_entry_of_a_read_only_file_is_changed_in_the_overlay(home: Library, visit: Visit) -> None:
    """The page says so before, and the file stays as it is."""
    path = _path(home)
    settings = home.root / "kb.toml"
    settings.write_text(f'readonly = ["{home.relative(path)}"]\n', encoding="utf-8")
    home = open_library(home.root)
    ingest(home)
    before = path.read_bytes()
    app = fields(visit(home, "work", work=WORK), "volume")
    assert "goes to references/overlay.bib" in re.sub(r"\s+", " ", text(app))
    app.text_area(key=f"fields-source-{WORK}-volume").set_value("99")
    save(app)

    assert path.read_bytes() == before
    assert b"volume = {99}" in home.overlay.read_bytes()
    with open_base(home.database) as base:
        assert base.work(WORK).work.volume == "99"
