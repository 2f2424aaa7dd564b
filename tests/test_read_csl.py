"""CSL's items in JSON and YAML, and Zotero's own in Better BibTeX's JSON."""

import json
from pathlib import Path

import pytest

from kb.clean import clean_entry
from kb.model import Entry, Problem
from kb.read.foreign import csl

DATA = Path(__file__).parent / "data" / "formats"
HOSTILE = Path(__file__).parent / "data" / "hostile"


def read(name: str) -> tuple[list[Entry], list[Problem]]:
    return csl.read((DATA / name).read_bytes(), name)


def of(**item: object) -> Entry:
    entries, problems = csl.read(json.dumps([{"title": "T"} | item]).encode(), "x.json")
    assert problems == []
    return entries[0]


def test_zoteros_export_is_read_field_by_field() -> None:
    """Particles, a suffix, a body; HTML; the lines of Extra; an address for a citekey."""
    entries, problems = read("zotero.csl.json")

    assert problems == []
    assert [(entry.citekey, entry.origin.line) for entry in entries] == [
        ("berg2019predictive", 2),
        ("odegard2016help", 27),
        ("samplendten", 44),
    ]
    assert entries[0].type == "article"
    assert entries[0].fields == {
        "author": "van den Berg, Jan and von Humboldt, Jr., Anna and {Example Research Group}",
        "date": "2019-04-02",
        "urldate": "2024-05-07",
        "title": r"Predictive accuracy of the \emph{Example Scale} in men who used {CSAM}",
        "shorttitle": "Predictive accuracy",
        "shortjournal": "J Appl Ex",
        "abstract": r"\textbf{Purpose} A five-year follow-up of 301 adults; AUC = .74, p < .001.",
        "volume": "31",
        "number": "2",
        "langid": "en",
        "url": "https://example.org/jae/2019/017",
        "journaltitle": "Journal of Applied Examples",
        "doi": "10.1234/jae.2019.017",
        "issn": "1234-5678, 2345-6789",
        "pages": "123-141",
        "pmid": "30123456",
        "pmcid": "PMC6543210",
        "keywords-zh": "none",
        "csl-id": "http://zotero.org/users/1234567/items/ABCD2345",
        "source": "PubMed",
        "annotation": "Read with the correction.",
    }
    work, complaints = clean_entry(entries[0])
    assert complaints == []
    assert [name.particle for name in work.authors] == ["van den", "von", ""]
    assert work.title.endswith("in men who used CSAM")


def test_a_chapter_and_a_thesis_have_their_fields() -> None:
    """A season is a date; a publisher is a university; in press is a state."""
    _, chapter, thesis = read("zotero.csl.json")[0]

    assert (chapter.type, chapter.fields["date"]) == ("incollection", "2016-23")
    assert chapter.fields["editor"] == "Lee, Min-Ji and Ó Briain, Seán"
    assert (chapter.fields["booktitle"], chapter.fields["series"]) == (
        "The Handbook of Prevention",
        "Handbooks in Prevention",
    )
    assert (chapter.fields["number"], chapter.fields["edition"], chapter.fields["venue"]) == (
        "4",
        "2",
        "Oslo",
    )
    assert (thesis.fields["type"], thesis.fields["institution"]) == ("phdthesis", "University of Example")
    assert (thesis.fields["date"], thesis.fields["pubstate"]) == ("in press", "inpress")


def test_better_bibtexs_export_is_read() -> None:
    """Citekeys are kept; keywords, custom and the rest of a note come along."""
    entries, problems = read("betterbibtex.csl.json")
    by_citekey = {entry.citekey: entry for entry in entries}

    assert problems == []
    assert [entry.origin.line for entry in entries] == [2, 3, 4, 5, 6, 7, 8]
    article = by_citekey["adams2021review"]
    assert article.fields == {
        "author": "Adams, P. Q. and others",
        "date": "2021-21",
        "title": r"Risk \& need",
        "volume": "7",
        "journaltitle": "Review of Examples",
        "doi": "10.5555/12345678",
        "eid": "e1204",
        "origdate": "1998",
        "openalex": "W2741809807",
        "reading-status": "done",
        "keywords": "risk assessment, Prevention",
        "annotation": "Kept for the table on p. 9.",
    }
    report = by_citekey["baker2014report"]
    assert (report.type, report.fields["date"], report.fields["number"]) == (
        "report",
        "2014-12/2015-01",
        "12/2015",
    )
    assert (report.fields["institution"], report.fields["type"]) == ("Example Foundation", "Technical report")
    assert by_citekey["news2020"].fields["entrysubtype"] == "newspaper"
    assert by_citekey["talk2018"].fields["eventtitle"] == "Example Conference"
    assert (by_citekey["book2011"].type, by_citekey["book2011"].fields["origdate"]) == ("collection", "1987")
    interview = by_citekey["interview2017"]
    assert (interview.type, interview.fields["entrysubtype"]) == ("misc", "interview")
    assert interview.fields["interviewer"] == "Jones, K."


def test_a_preprint_has_its_server_and_number() -> None:
    """CSL's “article” is a preprint, unless it has a volume as older programs' articles do."""
    entry = next(entry for entry in read("betterbibtex.csl.json")[0] if entry.citekey == "chen2023preprint")

    assert (entry.type, entry.fields["pubstate"], entry.fields["date"]) == ("online", "preprint", "2023~")
    assert (entry.fields["eprinttype"], entry.fields["eprint"]) == ("arxiv", "2301.01234")
    assert of(type="article", volume="3").type == "article"


def test_pandocs_yaml_is_read() -> None:
    """Front matter; its Markdown; a value that is an alias; text that is no number, and NO that is Norway."""
    entries, problems = read("pandoc.yaml")

    assert problems == []
    assert [(entry.citekey, entry.origin.line) for entry in entries] == [
        ("kovacs2020survey", 4),
        ("lunt2009", 25),
        ("centre2012", 35),
        ("centre2013", 41),
    ]
    survey = entries[0].fields
    assert survey["title"] == r'The \emph{Example} survey in {NORWAY}: "no\_one" asked'
    assert (survey["author"], survey["number"], survey["date"]) == (
        "Kovács, Éva and van den Berg, Jan",
        "05",
        "2020-06",
    )
    assert survey["abstract"].endswith("- not an item of the list")
    assert survey["keywords"] == "survey, self-report"
    assert entries[1].fields["title"] == "Country codes such as NO"
    assert entries[2].fields["author"] == entries[3].fields["author"] == "{Example Centre}"
    assert [entry.fields["date"] for entry in entries[1:]] == ["2009-03", "2012~", "2013-23/2013-24"]


def test_a_plain_list_in_yaml_is_read() -> None:
    """Hyphens may stand on lines of their own."""
    entries, problems = read("list.yaml")

    assert problems == []
    assert [(entry.type, entry.citekey, entry.origin.line) for entry in entries] == [
        ("online", "mills2018", 3),
        ("book", "novak2001", 10),
    ]
    assert entries[0].fields["urldate"] == "2024-01-05"
    assert entries[1].fields["date"] == "2001-05"


def test_better_bibtexs_json_has_tags_notes_and_collections() -> None:
    """Collections, and those that hold them, become keywords; notes lose their HTML."""
    entries, problems = read("betterbibtex.json")

    assert problems == []
    assert [(entry.type, entry.origin.line) for entry in entries] == [
        ("article", 12),
        ("thesis", 41),
        ("online", 52),
        ("misc", 62),
    ]
    assert entries[0].citekey == "owen2017tools"
    assert entries[0].fields == {
        "author": "Owen, Pat and {Example Police Service}",
        "editor": "Reyes, Q.",
        "title": r"Tools for \emph{case} prioritisation",
        "date": "2017-09-01",
        "urldate": "2018-02-03",
        "shortjournal": "Polic. Ex.",
        "journaltitle": "Policing Examples",
        "volume": "9",
        "number": "3",
        "langid": "en-GB",
        "issn": "0307-904X",
        "doi": "10.1234/pe.2017.9",
        "pages": "201-214",
        "abstract": "Four tools were compared.",
        "pmid": "29000001",
        "keywords": "triage, {Policing, digital}, {Risk, assessment}, Thesis",
        "annotation": "Check Table 2.\n\nSample is that of the 2015 study.\nn = 88\n\nSecond note",
    }
    assert entries[1].fields == {
        "author": "Stein, Rosa",
        "title": "Work with people who ask for help",
        "date": "2015",
        "location": "Bern",
        "institution": "University of Example",
        "type": "mathesis",
    }
    assert (entries[2].fields["eprint"], entries[2].fields["pubstate"]) == ("2211.15678", "preprint")
    assert (entries[3].fields["entrysubtype"], entries[3].fields["author"]) == ("podcast", "Weiss, V.")


def test_zoteros_web_api_wraps_its_items() -> None:
    """An item may stand under data; an attachment is reported, and no publication."""
    items = [
        {
            "key": "A",
            "version": 1,
            "data": {"key": "A", "itemType": "book", "title": "B", "tags": [{"tag": "x"}]},
        },
        {"key": "B", "version": 1, "data": {"key": "B", "itemType": "attachment", "title": "PDF"}},
    ]

    entries, problems = csl.read(json.dumps(items).encode(), "x.json")

    assert [(entry.type, entry.fields) for entry in entries] == [("book", {"title": "B", "keywords": "x"})]
    assert [problem.code for problem in problems] == ["json-record"]


def test_what_doi_org_gives_is_csl_with_crossrefs_types_and_references() -> None:
    """Its JSON is neither quite the one nor the other."""
    entries, problems = read("doi-org.csl.json")

    assert problems == []
    assert (entries[0].type, entries[0].fields["keywords"]) == ("article", "Law, Psychology")
    assert entries[0].fields["citeslist"] == "complete"
    assert [one.fields for one in entries[0].references] == [{"doi": "10.1000/1"}]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2015]]}, "2015"),
        ({"date-parts": [["2015", "3", "2"]]}, "2015-03-02"),
        ({"date-parts": [[2015, 0, 0]]}, "2015"),
        ({"date-parts": [[2015, 22]]}, "2015-22"),
        ({"date-parts": [[2015, 14]]}, "2015-22"),
        ({"date-parts": [[2015]], "season": "winter"}, "2015-24"),
        ({"date-parts": [[2014, 12], [2015, 1]]}, "2014-12/2015-01"),
        ({"date-parts": [[2014], [0]]}, "2014/.."),
        ({"date-parts": [[-334]]}, "-0334"),
        ({"date-parts": [[2015]], "circa": 1}, "2015~"),
        ({"date-parts": [[None]]}, ""),
        ({"raw": "March 2015"}, "March 2015"),
        ({"literal": "n.d."}, "n.d."),
        ("2015-03", "2015-03"),
        (2015, "2015"),
        ([{"year": 2015}, {"year": 2016}], "2015/2016"),
        ([{"literal": "13th cent"}], "13th cent"),
    ],
)
def test_dates_are_edtf(issued: object, expected: str) -> None:
    """Parts, seasons, ranges, circa; words where there is nothing else."""
    assert of(issued=issued).fields.get("date", "") == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article-journal", "article"),
        ("article-magazine", "article"),
        ("book", "book"),
        ("chapter", "incollection"),
        ("paper-conference", "inproceedings"),
        ("entry-encyclopedia", "inreference"),
        ("thesis", "thesis"),
        ("report", "report"),
        ("webpage", "online"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("patent", "patent"),
        ("legislation", "legislation"),
        ("legal_case", "jurisdiction"),
        ("manuscript", "unpublished"),
        ("motion_picture", "misc"),
        ("no such type", "misc"),
    ],
)
def test_types_are_those_of_biblatex(kind: str, expected: str) -> None:
    """Every type has a place; what has none is misc."""
    assert of(type=kind).type == expected


@pytest.mark.parametrize(
    ("note", "field", "value"),
    [
        ("PMID: 123", "pmid", "123"),
        ("{:original-date: 1995}", "origdate", "1995"),
        ("arXiv: 2301.01234 [cs.CY]", "eprint", "2301.01234"),
        ("tex.shelf: B 3", "shelf", "B 3"),
        ("Translator: Doe || Jane", "translator", "Doe, Jane"),
        ("Remark: to be read", "annotation", "Remark: to be read"),
    ],
)
def test_lines_of_extra_are_fields(note: str, field: str, value: str) -> None:
    """Zotero and Better BibTeX keep in a note what they have no field for; other lines stay a note."""
    assert of(note=note).fields == {"title": "T", field: value} | (
        {"eprinttype": "arxiv"} if field == "eprint" else {}
    )


def test_a_citekey_in_extra_counts() -> None:
    """It was given by a person."""
    assert of(id="http://zotero.org/x", note="Citation Key: doe2001").citekey == "doe2001"


def test_csl_is_recognised_and_nothing_else() -> None:
    """In JSON and YAML, by what stands in it."""
    for path in DATA.iterdir():
        if path.suffix == ".xlsx":
            continue
        head = path.read_bytes().decode("utf-8", "replace")
        ours = path.suffix == ".yaml" or ".csl." in path.name or path.name.startswith("betterbibtex.")
        assert csl.looks(head) == ours, path.name
    for other in (
        "---\nkind: topic\nlabel: Reconviction\n---\nreferences:\n",
        '{"type": "FeatureCollection", "features": []}',
        '{"name": "x", "version": "1", "author": {"name": "y"}}',
        "@article{a,\n  title = {references:},\n}",
        "- a list\n- of things\n",
    ):
        assert not csl.looks(other)


def test_our_own_json_is_not_taken_for_csl() -> None:
    """The export for programs has other names for the same things."""
    assert not csl.looks('[{"citekey": "a", "type": "book", "title": "T", "authors": []}]')


def test_a_broken_item_of_yaml_costs_only_itself() -> None:
    """Each item is read by itself then; what is no mapping is reported."""
    entries, problems = csl.read((HOSTILE / "broken-items.yaml").read_bytes(), "x.yaml")

    assert [(entry.citekey, entry.origin.line) for entry in entries] == [("one", 2), ("three", 8)]
    assert [(p.code, p.origin.line) for p in problems] == [("yaml-syntax", 5), ("yaml-record", 11)]


def test_aliases_and_depth_are_bounded() -> None:
    """A few lines cannot stand for a billion values; the item behind is read."""
    entries, problems = csl.read((HOSTILE / "alias-bomb.yaml").read_bytes(), "x.yaml")
    assert [entry.citekey for entry in entries] == ["after"]
    assert [problem.code for problem in problems] == ["yaml-limit"]

    deep = b"references:\n- id: a\n  type: book\n  title: " + b"[" * 100_000 + b"\n- id: b\n  title: T\n"
    entries, problems = csl.read(deep, "x.yaml")
    assert [entry.citekey for entry in entries] == ["b"]
    assert [problem.code for problem in problems] == ["yaml-limit"]


def test_records_of_a_broken_page_and_broken_lines_are_read() -> None:
    """The files that lie beside this test: what is broken in them is named, with its line."""
    expected = {
        "broken-items.csl.json": ([2, 4, 7], [(3, "json-syntax"), (5, "json-syntax"), (6, "json-record")]),
        "cut-off.json": ([4, 5], [(6, "json-syntax"), (6, "json-syntax")]),
        "broken-lines.jsonl": (
            [1, 4, 7],
            [
                (2, "json-syntax"),
                (3, "json-syntax"),
                (4, "json-number"),
                (5, "json-record"),
                (6, "json-record"),
            ],
        ),
    }
    for name, (lines, told) in expected.items():
        entries, problems = csl.read((HOSTILE / name).read_bytes(), name)
        assert [entry.origin.line for entry in entries] == lines, name
        assert [(problem.origin.line, problem.code) for problem in problems] == told, name


def test_values_of_the_wrong_kind_are_no_values() -> None:
    """A field that is not what it should be is left out; the item is kept."""
    entry = of(
        author={"family": "X"},
        issued={"date-parts": "x"},
        custom=["x"],
        keyword=[None, 3],
        note={"a": 1},
        publisher=[],
        DOI=["10.1000/A"],
        extra_thing={"a": [1]},
        other_thing=["a", 1, None],
    )

    assert entry.fields == {
        "author": "X",
        "title": "T",
        "doi": "10.1000/a",
        "keywords": "3",
        "other_thing": "a; 1",
    }


def test_publish_or_perish_is_read_too() -> None:
    """Its authors are texts, initials first; what is of the search alone is left out."""
    works = [
        {
            "authors": ["MC Seto", "J van der Berg", "World Health Organization", "..."],
            "title": "A &amp; b",
            "year": 2005,
            "source": "Sexual abuse",
            "article_url": "https://example.org/a",
            "fulltext_url": "https://example.org/a.pdf",
            "cites": 214,
            "doi": "10.1000/a",
            "startpage": "201",
            "endpage": "210",
            "rank": 1,
            "uid": "GSCITE:1",
            "type": "",
        },
        {"authors": ["Ana Roe"], "title": "A book", "year": 0, "source": "", "type": "BOOK", "rank": 2},
        {"authors": [], "title": "", "rank": 3},
    ]
    head = json.dumps(works)

    entries, problems = csl.read(head.encode(), "pop.json")

    assert csl.looks(head)
    assert [problem.code for problem in problems] == ["json-record"]
    assert (entries[0].type, entries[0].fields) == (
        "article",
        {
            "author": "Seto, M. C. and van der Berg, J. and {World Health Organization} and others",
            "title": r"A \& b",
            "date": "2005",
            "journaltitle": "Sexual abuse",
            "pages": "201-210",
            "doi": "10.1000/a",
            "url": "https://example.org/a",
            "citedby": "214",
            "fulltext_url": "https://example.org/a.pdf",
        },
    )
    assert (entries[1].type, entries[1].fields) == ("book", {"author": "Roe, Ana", "title": "A book"})
