"""The order of what a search finds, its sorts, pages and facets, and related works: on a small library."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb
from kb.base import Base
from kb.ingest import ingest
from kb.library import open_library

ENTRIES = """\
@article{lead, title = {Lead levels in river water}, author = {Stone, Ada}, year = {2001},
  abstract = {Water of the river was sampled. Lead was found.}, added = {2026-01-03}}
@article{water, title = {Water quality of the river}, author = {Reed, Bo}, year = {2010},
  abstract = {Levels of oxygen and of lead.}, added = {2026-01-01}, cites = {lead}}
@article{apart, title = {River beds lead to changes in levels}, year = {2015},
  abstract = {Sediment under water.}, cites = {lead, water}, added = {2026-01-02}}
@book{fish, title = {Fish}, year = {1990}, abstract = {Fish in a river, and what fish eat.}, cites = {lead}}
@article{covid, title = {Airborne spread of COVID-19}, year = {2020}, abstract = {Ventilation of rooms.}}
@article{corona, title = {The covid pandemic and rooms}, year = {2021}, abstract = {Nineteen schools.}}
@article{lake, title = {Mercury in lakes}, abstract = {Mercury and lead in the sediment of lakes.}}
@article{pond, title = {Mercury of ponds}, year = {1999},
  abstract = {Sediment of ponds and mercury, no lead.}}
@article{rivers, title = {River}, year = {2000}, abstract = {Nothing else.}}
@article{brown, title = {Banks of streams}, author = {River, Lead}, year = {2003}, abstract = {Erosion.}}
"""
TOPIC = """\
---
kind: topic
label: {label}
facet: {facet}
{more}added: 2026-01-01
checked: 2026-01-01
---
Text.
"""
STUDY = """\
---
kind: study
work: lead
topics: [metals, national]
findings:
  - {id: one, text: Lead was found in the water., direction: descriptive, topics: [metals], where: abstract}
added: 2026-01-01
checked: 2026-01-01
---
A note on lead.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rivers")
    files = {
        "references/a.bib": ENTRIES,
        "notes/topics/chemistry.md": TOPIC.format(label="Chemistry", facet="theory", more=""),
        "notes/topics/metals.md": TOPIC.format(label="Metals", facet="theory", more="broader: [chemistry]\n"),
        "notes/topics/national.md": TOPIC.format(label="National", facet="level", more=""),
        "notes/studies/lead.md": STUDY,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    ingest(open_library(root))
    return root


@pytest.fixture
def base(root: Path) -> Iterator[Base]:
    with kb.open(open_library(root).database) as base:
        yield base


def keys(base: Base, query: str, **options: object) -> list[str]:
    return [hit.work.citekey for hit in base.search(query, **options).hits]  # type: ignore[arg-type]


# --- order


def test_words_typed_side_by_side_bring_works_forward_that_have_them_so(base: Base) -> None:
    """All three works have all four words; one has them as they were typed."""
    assert keys(base, "lead levels river water")[0] == "lead"
    assert keys(base, "water quality river lead")[0] == "water"


def test_a_whole_title_or_citekey_comes_first(base: Base) -> None:
    """Though other works say the word more often."""
    assert keys(base, "River")[0] == "rivers"
    assert keys(base, "brown")[0] == "brown"
    assert keys(base, "Fish")[0] == "fish"
    assert keys(base, "Lead levels in river water")[0] == "lead"


def test_a_few_words_are_ranked_in_two_tiers_and_a_sentence_as_one(base: Base) -> None:
    """Works with all the words come first unless a sentence was asked: then many and rare words count."""
    few = base.search("mercury lead sediment")
    sentence = base.search("is there any mercury in the sediment of a lead lake")

    assert few.tiered
    assert [hit.all_words for hit in few.hits] == sorted((h.all_words for h in few.hits), reverse=True)
    assert not sentence.tiered
    assert sentence.hits[0].work.citekey == "lake"
    assert {hit.work.citekey for hit in sentence.hits if hit.all_words} == {"lake"}
    assert sentence.complete == 1 < sentence.total


def test_all_words_is_strict_for_a_sentence_too(base: Base) -> None:
    """Only works with every word that tells something."""
    assert keys(base, "is there any mercury in the sediment of a lead lake", all_words=True) == ["lake"]


def test_the_words_of_a_compound_find_too_after_the_compound_itself(base: Base) -> None:
    """COVID-19 in a query of several words also finds what says covid; alone, it stays one word."""
    assert keys(base, "spread of COVID-19 in rooms")[:2] == ["covid", "corona"]
    assert keys(base, "COVID-19") == ["covid"]


def test_a_name_of_an_author_weighs_less_than_a_word_of_a_title(base: Base) -> None:
    """A question about lead in a river is none about Lead River, who signed a work on streams."""
    assert keys(base, "lead in the river").index("brown") > keys(base, "lead in the river").index("lead")


@pytest.mark.parametrize(
    "query",
    [
        "Lead: levels in river water?",
        "“Lead levels” in river water",
        "lead levels NOT",
        "AND lead OR",
        "1,000 lead levels (river)",
    ],
)
def test_titles_and_claims_with_marks_find_what_they_say(base: Base, query: str) -> None:
    """Colons, quotes, commas and stray operators do no harm."""
    assert "lead" in keys(base, query)[:2]


def test_equal_works_stand_in_the_same_order_at_every_search(base: Base) -> None:
    """What most cite first, then by citekey."""
    assert keys(base, "river") == keys(base, "river")
    assert keys(base, "sediment lakes ponds") == keys(base, "sediment lakes ponds")


TWINS = """\
@article{poison, title = {Lead poisoning of wild birds}}
@article{turned, title = {Birds of wild poisoning lead}}
@article{often, title = {Otters, otters, otters}}
@article{whole, title = {Otters}, abstract = {What they eat, where they live, how many there are, and why.}}
@article{newt1, title = {Newts in ponds}}
@article{newt2, title = {Newts in ponds}}
@article{citing, title = {Amphibians}, cites = {newt2}}
@article{toad2, title = {Toads in ponds}}
"""


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("lead poisoning wild birds", ["poison", "turned"]),  # the same words, here in this order
        ("wild poisoning lead birds", ["turned", "poison"]),
        ("otters", ["whole", "often"]),  # the whole title, though others say it more often
        ("newts", ["newt2", "newt1"]),  # the same text: one is cited here
        ("toads", ["toad2", "toad1"]),  # the same text: one is held
    ],
)
def test_what_parts_works_that_say_the_same(tmp_path: Path, query: str, order: list[str]) -> None:
    """Words side by side, a whole title, being held; of equals the more cited."""
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "a.bib").write_text(TWINS, encoding="utf-8")
    (tmp_path / "references" / "cited.bib").write_text("@article{toad1, title = {Toads in ponds}}", "utf-8")
    ingest(open_library(tmp_path))
    with kb.open(open_library(tmp_path).database) as base:
        assert keys(base, query)[:2] == order


# --- sorts and pages


def test_works_can_be_sorted_by_year_citations_and_day_of_adding(base: Base) -> None:
    """Works with all the words first, each part in the order asked; what has no year comes last."""
    assert keys(base, "lead river water", sort="year") == [
        "apart",
        "water",
        "lead",
        "brown",
        "rivers",
        "pond",
        "fish",
        "lake",
    ]
    assert keys(base, "lead river water", sort="cited-by")[:3] == ["lead", "water", "apart"]
    assert keys(base, "lead river water", sort="added")[:3] == ["lead", "apart", "water"]
    assert keys(base, "mercury", sort="year") == ["pond", "lake"]
    assert keys(base, "lead river water", sort="upwards") == keys(base, "lead river water")


def test_fields_alone_are_sorted_and_paged_too(base: Base) -> None:
    """Newest first, or most cited here."""
    assert keys(base, "type:article", sort="cited-by")[:2] == ["lead", "water"]
    assert keys(base, "year:2015..", sort="year") == ["corona", "covid", "apart"]
    assert keys(base, "year:2015..", sort="year", limit=1, offset=1) == ["covid"]
    assert base.search("year:2015..", limit=1).total == 3


@pytest.mark.parametrize("sort", ["relevance", "year", "cited-by", "added"])
@pytest.mark.parametrize(
    "query", ["lead river water", "what is the lead of a river in the sediment of lakes", "river"]
)
def test_pages_follow_on_in_every_order(base: Base, query: str, sort: str) -> None:
    """Each work once, as all at once; a page beyond the end is empty, but counts."""
    whole = keys(base, query, sort=sort)
    paged = [
        name for at in range(0, len(whole), 2) for name in keys(base, query, sort=sort, limit=2, offset=at)
    ]

    assert paged == whole
    assert len(set(whole)) == base.search(query, sort=sort, limit=2, offset=99).total == len(whole)
    assert keys(base, query, sort=sort, limit=2, offset=99) == []


def test_pages_follow_on_beyond_the_works_that_are_looked_at_once_more(tmp_path: Path) -> None:
    """Sixty works, of which fifty are ranked anew: none twice, none left out."""
    entries = "".join(
        f"@article{{w{i}, title = {{{'Lead ' * (i % 7 + 1)}river {i}}}, year = {{2000}}}}\n"
        for i in range(60)
    )
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "a.bib").write_text(entries, encoding="utf-8")
    ingest(open_library(tmp_path))
    with kb.open(open_library(tmp_path).database) as base:
        whole = keys(base, "lead river", limit=100)
        paged = [name for at in range(0, 60, 9) for name in keys(base, "lead river", limit=9, offset=at)]

    assert paged == whole
    assert len(set(whole)) == 60


# --- facets


def test_facets_count_years_types_findings_levels_and_all_that_is_broader(base: Base) -> None:
    """Each value with the works that a click on it finds; single years in order."""
    facets = base.search("lead river water").facets

    assert facets["year"] == [(1990, 1), (1999, 1), (2000, 1), (2001, 1), (2003, 1), (2010, 1), (2015, 1)]
    assert facets["type"] == [("article", 7), ("book", 1)]
    assert facets["held"] == [("held", 8)]
    assert facets["findings"] == [("findings", 1)]
    assert facets["level"] == [("national", 1)]
    assert facets["topic"] == [("chemistry", 1), ("metals", 1)]
    assert facets["tool"] == facets["country"] == []
    assert base.search("lead river water has:findings").total == 1


def test_facets_of_nothing_are_empty_and_of_fields_alone_those_of_the_fields(base: Base) -> None:
    """The names of the facets are always there."""
    assert set(base.search("absent").facets) == set(base.search("lead").facets)
    assert not any(base.search("absent").facets.values())
    assert not any(base.search("").facets.values())
    assert base.search("type:book").facets["year"] == [(1990, 1)]
    assert base.search("lead -river").facets["type"] == [("article", 2)]


def test_facets_are_those_of_the_newest_text(root: Path, tmp_path: Path) -> None:
    """What is counted is kept for a version of the store, and no longer."""
    shutil.copytree(root / "references", tmp_path / "references")
    ingest(open_library(tmp_path))
    base = kb.open(open_library(tmp_path).database)
    try:
        before = base.search("fish").facets["year"]
        changed = tmp_path / "references" / "a.bib"
        changed.write_text(changed.read_text("utf-8").replace("1990", "1991"), encoding="utf-8")
        ingest(open_library(tmp_path))
        after = base.search("fish").facets["year"]
    finally:
        base.close()

    assert (before, after) == ([(1990, 1)], [(1991, 1)])


# --- related works


def test_related_works_are_near_by_citations_or_by_words_and_say_why(base: Base) -> None:
    """Cited together, or telling words in common; never the work itself."""
    near = {one.work.citekey: one for one in base.related("lead")}
    lakes = base.related("lake")

    assert near["water"].together == 1
    assert near["water"].why.startswith("cited together once")
    assert lakes[0].work.citekey == "pond"
    assert "mercury" in lakes[0].words
    assert lakes[0].why == f"both say {', '.join(lakes[0].words)}"
    assert (lakes[0].together, lakes[0].shared, lakes[0].closeness) == (0, 0, 0.0)
    assert "lake" not in {one.work.citekey for one in lakes}
    assert {one.work.citekey: one for one in base.related("fish")}["water"].shared == 1
    assert base.related("lead", limit=1)[0] == base.related("lead")[0]


def test_a_work_that_shares_nothing_has_no_related_works(tmp_path: Path) -> None:
    """Nor one without a word of text."""
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "a.bib").write_text(
        "@misc{one, title = {Otters}}\n@misc{two, doi = {10.1000/2}}\n", encoding="utf-8"
    )
    ingest(open_library(tmp_path))
    with kb.open(open_library(tmp_path).database) as base:
        assert base.related("one") == base.related("two") == []
