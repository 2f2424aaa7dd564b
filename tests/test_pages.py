"""The pages, drawn without a browser: what stands on each, and what its controls do."""

import re
from collections.abc import Callable
from html import unescape
from typing import TypeAlias

import pytest
from conftest import ROOT, WriteLibrary
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from kb.base import open_base
from kb.ingest import ingest
from kb.library import Library

Visit: TypeAlias = Callable[..., AppTest]
APP = str(ROOT / "app.py")
PATIENCE = 60


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Draws a page: ``visit(library, "work", work="seto2015predicting")``; "" is Search."""

    def drawn(library: Library, page: str = "", /, **parameters: str) -> AppTest:
        monkeypatch.setenv("KB_LIBRARY", str(library.root))
        monkeypatch.setenv("KB_DB", str(library.database))
        app = AppTest.from_file(APP, default_timeout=PATIENCE)
        for name, value in parameters.items():
            app.query_params[name] = value
        if page:
            app._page_hash = calc_hash(page)  # switch_page() knows pages that are files only
        app.run()
        assert not app.exception
        return app

    return drawn


def markup(app: AppTest) -> str:
    """All markup on the page."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def text(app: AppTest) -> str:
    """All words on the page that are ours to write."""
    return unescape(re.sub(r"<[^>]+>", " ", markup(app)))


def hrefs(app: AppTest) -> list[str]:
    """Where the links lead."""
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', markup(app))]


SMALL_BIB = """
@article{plain2020,
  author = {Plain, Ann and Other, Bo},
  title = {Costs of {\\$}5 and {\\$}10, <marquee>bold</marquee> \\& *starred*},
  date = {2020}, journaltitle = {Journal of Tests}, cites = {other2010}, citeslist = {partial},
}
@article{other2010, author = {Other, Bo}, title = {Something else}, date = {2010}, journaltitle = {Tests}}
@article{retracted2011, author = {Third, Cy}, title = {Taken back}, date = {2011}, journaltitle = {Tests},
  status = {retracted}}
"""
SMALL_NOTES = {
    "studies/plain2020.md": "---\nkind: study\nwork: plain2020\nsensitivity: 2\n---\nHard to read.\n",
    "topics/odd.md": "---\nkind: topic\nlabel: <i>Odd</i> & $x$\nfacet: theory\n---\n<script>x()</script>\n",
}


@pytest.fixture
def small(library: WriteLibrary) -> Library:
    """A library of three works and two notes, not yet ingested."""
    return library(bib={"a.bib": SMALL_BIB}, notes=SMALL_NOTES)


# --- the frame


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("", "Search"),
        ("work", "Works"),
        ("graph", "Citation graph"),
        ("topics", "Topics"),
        ("tools", "Tools"),
        ("programmes", "Programmes"),
        ("claims", "Claims"),
        ("lists", "Reading lists"),
        ("saved", "Saved searches"),
        ("add", "Add"),
        ("health", "Health"),
        ("about", "About this knowledge base"),
        ("help", "Help"),
        ("note", "Notes"),
    ],
)
def test_every_page_has_a_heading_and_names_help_lines(
    shipped: Library, visit: Visit, page: str, heading: str
) -> None:
    """One heading, and the services of kb.toml at the foot."""
    app = visit(shipped, page)

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", markup(app)) == [heading]
    assert all(line.name in text(app) for line in shipped.help_lines)


def test_a_missing_database_is_built_when_the_browser_comes(small: Library, visit: Visit) -> None:
    """No command is needed first."""
    app = visit(small, "work")

    assert small.database.is_file()
    assert "work?work=other2010" in hrefs(app)


def test_text_that_changed_is_read_before_the_next_drawing(
    small: Library, library: WriteLibrary, visit: Visit
) -> None:
    """A work that is put into references/ stands on the next page."""
    visit(small)
    library(bib={"b.bib": "@misc{late2024, title = {Come late}, date = {2024}, url = {https://example.org}}"})

    assert "Come late" in text(visit(small, "work"))


def test_where_no_library_is_a_sentence_says_so(
    tmp_path: "pytest.TempPathFactory", monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours is a calm box, not a traceback."""
    monkeypatch.setenv("KB_LIBRARY", f"{tmp_path}/nowhere")
    monkeypatch.delenv("KB_DB", raising=False)

    app = AppTest.from_file(APP, default_timeout=PATIENCE).run()

    assert not app.exception
    assert [box.value for box in app.error] == [
        f"There is no folder {tmp_path}/nowhere. Name a library's folder, or go to one."
    ]


@pytest.mark.parametrize(
    ("page", "parameter", "wrong", "right"),
    [
        ("work", "work", "seto2015predictin", "work?work=seto2015predicting"),
        ("graph", "work", "seto2015predictin", "work?work=seto2015predicting"),
        ("tools", "tool", "cportt", "tools?tool=cport"),
        ("topics", "topic", "csamm", "topics?topic=csam"),
        ("lists", "list", "cport-validatoin", "lists?list=cport-validation"),
    ],
)
def test_an_unknown_name_is_a_sentence_with_the_nearest_as_links(
    shipped: Library, visit: Visit, page: str, parameter: str, wrong: str, right: str
) -> None:
    """A URL that is out of date leads on."""
    app = visit(shipped, page, **{parameter: wrong})

    assert "Nothing goes by that name" in text(app)
    assert right in hrefs(app)


def test_text_from_files_is_never_markup_or_mathematics(small: Library, visit: Visit) -> None:
    """Titles, labels and notes are shown letter by letter, wherever they stand."""
    for app in (
        visit(small, q="costs"),
        visit(small, "work", work="plain2020"),
        visit(small, "topics", topic="odd"),
        visit(small, "topics"),
        visit(small, "graph", work="plain2020"),
    ):
        assert "<marquee>" not in markup(app)
        assert "<i>" not in markup(app)
        assert "<script" not in markup(app)
    said = text(visit(small, "work", work="plain2020"))
    assert "Costs of $5 and $10, <marquee>bold</marquee> & *starred*" in said


@pytest.mark.parametrize(
    "page", ["", "work", "graph", "topics", "tools", "programmes", "claims", "lists", "health", "note"]
)
def test_an_empty_library_says_what_would_be_here(library: WriteLibrary, visit: Visit, page: str) -> None:
    """No page fails for want of text, and none shows an empty table."""
    shown = markup(visit(library(bib={}, notes={}), page))
    assert "<h1" in shown
    assert "<tbody></tbody>" not in shown


# --- search


def test_a_search_shows_works_names_and_facets_as_links(shipped: Library, visit: Visit) -> None:
    """What was found, under which other names, and how to narrow it."""
    app = visit(shipped, q="CSEM validation", page="2")

    assert "“CSEM” also as Child sexual abuse material" in text(app)
    assert "with all your words" in text(app)
    assert "with some of your words" in text(app)
    assert "<mark>" in markup(app)
    assert any(href.startswith("./?q=CSEM+validation&year=") for href in hrefs(app))


def test_only_as_written_leaves_the_other_names_out(shipped: Library, visit: Visit) -> None:
    """The switch stands in the URL, and the URL sets the switch."""
    app = visit(shipped, q="IIOC")
    assert "“IIOC” also as" in text(app)

    app.toggle(key="literal").set_value(True).run()

    assert app.query_params["literal"] == "1"
    assert app.query_params["q"] == "IIOC"
    assert "“IIOC” also as" not in text(app)
    assert visit(shipped, q="IIOC", literal="1").toggle(key="literal").value is True


def test_what_stands_for_a_word_can_be_taken_away_and_put_back(shipped: Library, visit: Visit) -> None:
    """One topic at a time, in the address; the others stay."""
    app = visit(shipped, q="IIOC CPORT", year="2015..2019")
    away = "./?q=IIOC+CPORT&year=2015..2019&off=csam"
    assert away in hrefs(app)

    app = visit(shipped, q="IIOC CPORT", year="2015..2019", off="csam")
    assert "“IIOC” also as" not in text(app)
    assert "“CPORT” also as" in text(app)
    assert "“IIOC” only as written" in text(app)
    assert "./?q=IIOC+CPORT&year=2015..2019" in hrefs(app)


@pytest.mark.parametrize("sort", ["year", "cited-by", "added", "nonsense"])
def test_works_stand_in_the_order_that_the_address_asks_for(
    shipped: Library, visit: Visit, sort: str
) -> None:
    """And the other orders are one step away; one that is none is that of the best match."""
    app = visit(shipped, q="CPORT", sort=sort)
    known = sort if sort != "nonsense" else "relevance"
    with open_base(shipped.database) as base:
        first = base.search("CPORT", sort=known).hits[0].work.citekey

    assert next(href for href in hrefs(app) if href.startswith("work?work=")) == f"work?work={first}"
    assert ("./?q=CPORT" in hrefs(app)) == (known != "relevance")
    assert "./?q=CPORT&sort=year" in hrefs(app) or known == "year"


def test_every_word_can_be_asked_for_by_a_switch(shipped: Library, visit: Visit) -> None:
    """It stands in the address; where nothing has them all, the way back is named."""
    app = visit(shipped, q="warning messages deterrence")
    with open_base(shipped.database) as base:
        every = base.search("warning messages deterrence", all_words=True).total
    app.toggle(key="all").set_value(True).run()

    assert app.query_params["all"] == "1"
    assert f"{every} works" in text(app)
    assert "with some of your words" not in text(app)
    nothing = visit(shipped, q="CPORT zqxjk", all="1")
    assert "Works with some of the words too" in text(nothing)
    assert "./?q=CPORT+zqxjk" in hrefs(nothing)


def test_years_are_drawn_as_bars_with_their_numbers(shipped: Library, visit: Visit) -> None:
    """The longest bar is that of the most works; hidden from those who hear the numbers."""
    shown = markup(visit(shipped, q="CSAM"))
    bars = [
        int(share)
        for share in re.findall(r'kb-bar" aria-hidden="true"><span style="inline-size:(\d+)%', shown)
    ]
    assert max(bars) == 100
    assert len(bars) > 3


def test_typing_writes_the_url_and_drops_the_facets_of_the_query_before(
    shipped: Library, visit: Visit
) -> None:
    """A search is sent by sending its URL."""
    app = visit(shipped, q="CPORT", type="thesis", page="2")

    app.text_input(key="query").set_value(" KIRAT ").run()

    assert dict(app.query_params) == {"q": "KIRAT"}
    assert "KIRAT" in text(app)


def test_a_facet_narrows_and_can_be_taken_away(shipped: Library, visit: Visit) -> None:
    """A chosen facet is in the query, and its chip leads back."""
    with open_base(shipped.database) as base:
        all_works, theses = base.search("CPORT").total, base.search("type:thesis CPORT").total
    app = visit(shipped, q="CPORT", type="thesis")

    assert 0 < theses < all_works
    assert re.search(rf"\b{theses} works?", text(app))
    assert "./?q=CPORT" in hrefs(app)


def test_pages_of_results_follow_one_another_without_gap(shipped: Library, visit: Visit) -> None:
    """The second page begins where the first ends."""
    with open_base(shipped.database) as base:
        expected = [hit.work.citekey for hit in base.search("CSAM", limit=40).hits]
    shown = [
        re.findall(r'kb-title" href="work\?work=([^"]+)"', markup(visit(shipped, q="CSAM", page=str(number))))
        for number in (1, 2)
    ]

    assert [*shown[0], *shown[1]] == expected


def test_nothing_found_says_so_and_what_to_try(shipped: Library, visit: Visit) -> None:
    """No near miss is passed off as a match."""
    app = visit(shipped, q="zzzqqq", topic="csam", literal="1")

    assert "No work here matches" in text(app)
    assert "./?q=zzzqqq&literal=1" in hrefs(app)
    assert "./?q=zzzqqq&topic=csam" in hrefs(app)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("helplnie", "helpline"), ("Seot", "Seto"), ("warnign messages", "warning+messages")],
)
def test_a_slip_of_the_pen_is_offered_as_it_was_meant(
    shipped: Library, visit: Visit, typed: str, meant: str
) -> None:
    """A topic, a person, a word: as a link, never searched for unasked."""
    app = visit(shipped, q=typed)

    assert "Did you mean" in text(app)
    assert f"./?q={meant}" in hrefs(app)


def test_nothing_like_it_is_offered_for_what_is_spelt_right(shipped: Library, visit: Visit) -> None:
    """Nor where nothing is near."""
    assert "Did you mean" not in text(visit(shipped, q="CPORT"))
    assert "Did you mean" not in text(visit(shipped, q="zzzqqqxxx"))


def test_works_with_some_of_the_words_are_not_passed_off_as_matches(shipped: Library, visit: Visit) -> None:
    """Where none has all the words, the count says so."""
    assert "with some of your words, none with all of them" in text(visit(shipped, q="arrest zzzqqqxxx"))


def test_no_url_makes_the_search_fail(shipped: Library, visit: Visit) -> None:
    """Whatever stands in the address is searched for, or found not to be."""
    for parameters in (
        {"q": '(((" OR NOT', "page": "-3"},
        {"q": "a", "page": "999999", "year": 'x") OR (y'},
        {"topic": "csam) OR (x", "held": "<b>", "tool": "*"},
        {"year": "2015..2019"},
    ):
        visit(shipped, **parameters)


def test_before_a_search_examples_lead_into_one(shipped: Library, visit: Visit) -> None:
    """One for each kind of user, each of which finds something."""
    examples = [href for href in hrefs(visit(shipped)) if href.startswith("./?q=")]

    assert len(examples) == 3
    for href in examples:
        query = href.removeprefix("./?q=").replace("+", " ").replace("%3A", ":")
        assert "kb-title" in markup(visit(shipped, q=query))


# --- works and citations


def test_a_work_shows_its_findings_with_numbers_and_locators(shipped: Library, visit: Visit) -> None:
    """Value, the words “no interval”, n, follow-up; and where each was read."""
    app = visit(shipped, "work", work="soldino2020spanish")

    assert "no interval, n = 255, 5 years (fixed)" in text(app)
    assert "tools?tool=cport" in hrefs(app)
    assert "note?note=spain-arrested-cport" in hrefs(app)
    assert "lists?list=cport-validation" in hrefs(app)
    assert "https://doi.org/10.1177/1079063220928958" in hrefs(app)
    assert 'data-copy="soldino2020spanish"' in markup(app)
    assert re.search(r'data-copy="Soldino, V.[^"]+\(2020\)', markup(app))


def test_a_note_on_a_work_says_whose_it_is_and_nothing_is_listed_twice(
    shipped: Library, visit: Visit
) -> None:
    """Our words are not taken for the authors'; a claim stands once, with its evidence."""
    app = visit(shipped, "work", work="eke2019validation")

    assert "Our note, checked 20" in text(app)
    claims = [href for href in hrefs(app) if href.startswith("claims?")]
    assert claims
    assert len(claims) == len(set(claims))


def test_coverage_of_a_reference_list_is_said(small: Library, visit: Visit) -> None:
    """“Entered in part” and “not entered” are not the same as “cites nothing”."""
    assert "Its reference list is entered in part." in text(visit(small, "work", work="plain2020"))
    other = text(visit(small, "work", work="other2010"))
    assert "Its reference list is not entered." in other
    assert "Cited by 1" in re.sub(r"\s+", " ", other)
    assert "Reference lists are known for 1 of 3 held works, so others may cite it too." in other


def test_what_a_reader_must_know_of_a_work_stands_by_its_title(small: Library, visit: Visit) -> None:
    """A retraction is in the list and on the page."""
    assert "Retracted" in text(visit(small, q="taken back"))
    assert "Retracted" in text(visit(small, "work", work="retracted2011"))


def test_a_hard_passage_stays_folded_and_says_what_it_holds(small: Library, visit: Visit) -> None:
    """From level 2 on a note opens only when asked."""
    app = visit(small, "work", work="plain2020")

    found = re.search(
        r"<details class=\"kb-fold\"><summary>([^<]+)</summary>(.*?)</details>", markup(app), re.DOTALL
    )
    assert found
    assert "Describes" in found[1]
    assert "Hard to read." in found[2]


def test_the_graph_has_its_numbers_and_its_reading_beneath(shipped: Library, visit: Visit) -> None:
    """The heading says what is to be seen; every neighbour stands in the table."""
    app = visit(shipped, "graph", work="wefers2024acceptability")
    with open_base(shipped.database) as base:
        neighbours = {cited.work.citekey for cited in base.references("wefers2024acceptability")}

    assert f"it cites {len(neighbours)}" in text(app)
    assert {f"work?work={key}" for key in neighbours} <= set(hrefs(app))
    assert "How to read this" in text(app)
    assert {button.key for button in app.get("download_button")} == {"svg", "csv"}


def test_the_graph_counts_what_holds_not_what_is_drawn(library: WriteLibrary, visit: Visit) -> None:
    """A work that cites more than fit is not said to cite fewer."""
    cited = [f"@article{{w{i}, title = {{Work {i}}}, date = {{{1940 + i}}}}}" for i in range(70)]
    cites = ", ".join(f"w{i}" for i in range(70))
    hub = f"@article{{hub, title = {{Hub}}, date = {{2020}}, cites = {{{cites}}}}}"
    said = text(visit(library(bib={"a.bib": "\n".join([*cited, hub])}), "graph", work="hub"))

    assert "it cites 70" in said
    assert "The 59 of them that are cited most are drawn; 11 more are not." in said


def test_where_to_begin_leads_to_graphs(shipped: Library, visit: Visit) -> None:
    """Each of the works offered has the way to its graph beside it."""
    app = visit(shipped, "graph")
    works = [href.partition("=")[2] for href in hrefs(app) if href.startswith("work?work=")]

    assert works
    assert {f"graph?work={citekey}" for citekey in works} <= set(hrefs(app))


# --- topics, tools, programmes, claims


def test_on_a_topic_what_was_found_stands_before_the_works(shipped: Library, visit: Visit) -> None:
    """Who asks what the evidence says need not go through a list of works first."""
    app = visit(shipped, "topics", topic="online-warning-messages")

    assert markup(app).index('class="kb-findings') < markup(app).index('class="kb-head"')


def test_findings_stay_a_table_for_those_who_hear_it(shipped: Library, visit: Visit) -> None:
    """Where cells stand under one another, browsers forget that they are cells."""
    shown = markup(visit(shipped, "work", work="eke2019validation"))
    table = shown[shown.index("<table") : shown.index("</table>")]

    assert 'role="table"' in table
    assert table.count("<td") == table.count('role="cell"')
    assert table.count("<tr") == table.count('role="row"')


def test_a_place_that_names_another_work_names_it_once(shipped: Library, visit: Visit) -> None:
    """“As cited in X” leads to X, without “read in X” after it."""
    shown = markup(visit(shipped, "work", work="seto2015predicting"))
    places = re.findall(r'<div class="kb-where">(.*?)</td>', shown, re.DOTALL)

    assert any("eke2019validation</a>" in place for place in places)
    assert all(place.count(">eke2019validation<") <= 1 for place in places)


def test_outcomes_follow_one_another_by_label(shipped: Library, visit: Visit) -> None:
    """In the order in which they are read, not in that of their files' names."""
    shown = markup(visit(shipped, "programmes", programme="stop-it-now"))
    heads = re.findall(r'rowgroup"[^>]*>(?:<a[^>]*>|<span>)?([^<]+)', shown)

    assert len(heads) > 2
    outcomes = [head for head in heads if head != "Other results"]
    assert outcomes == sorted(outcomes, key=str.casefold)


def test_the_tree_holds_every_topic(shipped: Library, visit: Visit) -> None:
    """A topic may stand at several places, but none is left out."""
    with open_base(shipped.database) as base:
        slugs = {line.slug for line in base.topic_lines("topic")}

    assert {f"topics?topic={slug}" for slug in slugs} <= set(hrefs(visit(shipped, "topics")))


def test_a_topic_shows_its_other_names_with_status_and_place(shipped: Library, visit: Visit) -> None:
    """Misspellings are not shown."""
    said = re.sub(r"\s+", " ", text(visit(shipped, "topics", topic="csam")))

    assert "child pornography historical; 1990s-2010s" in said
    assert "IIOC United Kingdom" in said
    assert "pornograpy" not in said


def test_a_tool_shows_every_finding_by_outcome(shipped: Library, visit: Visit) -> None:
    """None is left out, none pooled."""
    app = visit(shipped, "tools", tool="cport")
    with open_base(shipped.database) as base:
        findings = base.evidence("cport")

    assert markup(app).count('class="kb-where"') == len(findings)
    assert len(re.findall("kb-group", markup(app))) == len({line.finding.outcome for line in findings})
    assert "nothing is pooled" in text(app)
    assert "Not for" in text(app)


def test_a_tool_tells_studies_by_its_developers_from_independent_ones(shipped: Library, visit: Visit) -> None:
    """Each finding, and the works counted; nobody's whose authors are not known counts as independent."""
    app = visit(shipped, "tools", tool="cport")
    with open_base(shipped.database) as base:
        told = {line.work.citekey: line.independence for line in base.evidence("cport")}

    words = [one.word for one in told.values() if one]
    said = f"{words.count('developers')} by its developers, {words.count('independent')} independent"
    assert f"Of {len(words)} works: {said}" in text(app)
    assert "a developer is among its authors: Eke, Angela W." in markup(app)
    assert told["lhb2025germancport"] is not None
    assert told["lhb2025germancport"].value is None


def test_a_programme_states_who_runs_it_and_whether_it_was_evaluated(shipped: Library, visit: Visit) -> None:
    """Facts of the note, each with its name."""
    said = text(visit(shipped, "programmes", programme="prevent-it"))

    assert "Karolinska" in said
    assert re.search(r"Evaluation\s+Evaluated", said)
    assert "Partly evaluated" in text(visit(shipped, "programmes"))


def test_a_claim_shows_its_evidence_by_relation_and_no_verdict(shipped: Library, visit: Visit) -> None:
    """As listed: who, where, for what reason."""
    app = visit(shipped, "claims", claim="cport-fails-for-first-offenders")

    assert "3 qualify" in text(app)
    one_sided = visit(shipped, "claims", claim="arrest-alone-cannot-meet-the-numbers")
    assert "Nothing is listed that contradicts it" in text(one_sided)
    assert re.findall(r"</span>(\w+)<span class=\"kb-count\">", markup(app)) == ["Qualifies"]
    assert not re.search(r"contested|untested|refuted", text(app).lower().split("help and advice")[0])


def test_claims_are_chosen_by_what_they_are_about_in_the_url(shipped: Library, visit: Visit) -> None:
    """The choice survives reload."""
    app = visit(shipped, "claims")
    everything = markup(app).count("kb-claim")

    app.selectbox(key="about").set_value("cport").run()

    assert app.query_params["about"] == "cport"
    assert 0 < markup(app).count("kb-claim") < everything
    assert visit(shipped, "claims", about="cport").selectbox(key="about").value == "cport"


# --- health


def test_health_shows_each_problem_with_its_place_and_remedy(library: WriteLibrary, visit: Visit) -> None:
    """What is wrong with the text stands on the page, not in a traceback."""
    home = library(bib={"bad.bib": "@article{one, title = {Never closed\n@article{two, title = {Fine}}\n"})
    problems = ingest(home).problems
    said = text(visit(home, "health"))

    assert problems
    for problem in problems:
        assert f"{problem.origin.path}:{problem.origin.line}" in said
        assert problem.message in said
        assert problem.remedy in said


def test_the_text_is_read_again_on_request(copied: Library, visit: Visit) -> None:
    """The button reads every file, and says how many."""
    app = visit(copied, "health")

    app.button(key="again").click().run()

    assert not app.exception
    assert re.search(r"Read again: [\d,]+ files", text(app))
