"""What a library answers, on the shipped evidence base."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kb
from kb.base import Base
from kb.ingest import ingest
from kb.library import Library

NAMES_OF_THE_MATERIAL = ("child pornography", "CSAM", "CSAEM", "IIOC")


@pytest.fixture(scope="module")
def base(shipped: Library) -> Iterator[Base]:
    with kb.open(shipped.database) as opened:
        yield opened


def found(base: Base, query: str, *, literal: bool = False) -> set[str]:
    """The citekeys of all that a query finds."""
    return {hit.work.citekey for hit in base.search(query, limit=10_000, literal=literal).hits}


# --- search


def test_every_name_of_the_material_finds_the_same_works(base: Base) -> None:
    """More than a hundred; as written only, each finds its own."""
    first, *others = (found(base, name) for name in NAMES_OF_THE_MATERIAL)
    assert len(first) > 100
    assert all(other == first for other in others)
    literal = [found(base, f'"{name}"', literal=True) for name in NAMES_OF_THE_MATERIAL]
    assert all(one < first for one in literal)
    assert all(found(base, name, literal=True) != first for name in NAMES_OF_THE_MATERIAL)
    assert len(set(map(frozenset, literal))) == len(literal)


def test_a_search_says_what_it_was_widened_to(base: Base) -> None:
    """The reader sees the other names, the discouraged ones apart."""
    (expansion,) = base.search("IIOC").expansions
    assert expansion.label == "Child sexual abuse material"
    assert "CSAM" in expansion.also
    assert "child pornography" in expansion.discouraged
    assert base.search("IIOC", literal=True).expansions == ()


@pytest.mark.parametrize(
    "query", ["STABLE-2007", "stable 2007", "Static-99R", "self-help", "Stop It Now!", "O'Donaghy"]
)
def test_hyphens_and_quotes_are_safe_and_find(base: Base, query: str) -> None:
    """Words as people write them."""
    assert base.search(query).total > 0


def test_works_with_all_words_come_before_those_with_some(base: Base) -> None:
    """Under a visible line, and counted."""
    results = base.search("CPORT validation Spain helpline", limit=500)
    tiers = [hit.all_words for hit in results.hits]
    assert tiers == sorted(tiers, reverse=True)
    assert sum(tiers) == results.complete
    assert len(tiers) == results.total > results.complete
    assert found(base, "CPORT validation") >= {
        h.work.citekey for h in base.search("CPORT validation", all_words=True).hits
    }


def test_pages_of_results_follow_on_across_the_line(base: Base) -> None:
    """Paging gives each work once, in the same order as all at once."""
    everything = [hit.work.citekey for hit in base.search("CPORT validation", limit=1000).hits]
    assert len(everything) == len(set(everything)) > 20
    paged = [
        hit.work.citekey
        for offset in range(0, len(everything), 7)
        for hit in base.search("CPORT validation", limit=7, offset=offset).hits
    ]
    assert paged == everything


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("type:article", lambda w: w.type == "article"),
        ("year:2015", lambda w: w.year == 2015),
        ("year:2015..2018", lambda w: 2015 <= w.year <= 2018),
        ("is:cited", lambda w: not w.held),
        ("has:doi", lambda w: w.doi),
    ],
)
def test_fields_narrow_a_search(base: Base, query: str, holds: object) -> None:
    """Each alone gives works, and all of them fit."""
    hits = base.search(query, limit=1000).hits
    assert hits
    assert all(holds(hit.work) for hit in hits)  # type: ignore[operator]


def test_fields_mean_what_they_say(base: Base) -> None:
    """author: is a person, tool: a tag with narrower ones, a minus leaves out."""
    assert "seto2015predicting" in found(base, "author:seto")
    assert all(
        "Seto" in str(base.work(key).authors + base.work(key).work.editors)
        for key in found(base, "author:seto")
    )
    assert "seto2015predicting" in found(base, "tool:CPORT")
    assert found(base, "tool:cport") < found(base, "topic:risk-tools")
    assert not found(base, "CPORT -validation") & found(base, "validation")
    assert found(base, "-CPORT has:doi") == found(base, "has:doi") - found(base, "CPORT")


def test_an_unknown_topic_finds_nothing_and_says_so(base: Base) -> None:
    """The nearest is named, never passed off as a match."""
    results = base.search("topic:cportt")
    assert results.total == 0
    assert any("cport" in message for message in results.messages)


def test_a_name_is_found_with_and_without_its_accents(base: Base) -> None:
    """Lätth, Latth and Laetth are one."""
    assert found(base, "author:Lätth") == found(base, "author:Latth") == found(base, "author:Laetth") != set()


def test_every_hit_says_why(base: Base) -> None:
    """Where it matched; in a passage of abstract or notes, if there, the words are marked."""
    hits = base.search("warning messages").hits
    assert all(hit.why.startswith("found in ") for hit in hits)
    assert any(hit.snippet for hit in hits)
    for hit in hits:
        assert bool(hit.snippet) == ("our notes" in hit.why)
        assert ("\x02" in hit.snippet) == ("\x03" in hit.snippet) == bool(hit.snippet)


def test_facets_count_what_was_found(base: Base) -> None:
    """Years and types add up to the works that have them."""
    results = base.search("CPORT")
    assert sum(count for _, count in results.facets["held"]) == results.total
    assert sum(count for _, count in results.facets["type"]) == results.total
    tools = dict(results.facets["tool"])
    assert tools["cport-family"] >= tools["cport"] > 0
    for name in ("tool", "topic", "design", "country"):
        for slug, count in results.facets[name][:6]:
            assert base.search(f"CPORT {name}:{slug}").total == count, slug


def test_notes_that_match_are_offered_beside_the_works(base: Base) -> None:
    """A search for a tool leads to its page."""
    assert ("cport", "tool", "CPORT") in base.search("CPORT").notes


@settings(max_examples=150)
@given(st.text(max_size=60) | st.text('"()*:-+^~ ORANDNOTcsam{}\x00', max_size=40))
def test_no_query_raises(shipped: Library, query: str) -> None:
    """FTS syntax, SQL, quotes, junk: results or an explained empty one."""
    with kb.open(shipped.database) as base:
        results = base.search(query, limit=3)
        assert len(results.hits) <= min(3, results.total)
        assert results.complete <= results.total
        assert isinstance(results.explained, str)


# --- works and citations


def test_a_work_is_found_by_citekey_alias_and_doi(base: Base) -> None:
    """And an unknown one brings the nearest."""
    view = base.work("eke2019validation")
    assert base.work(view.work.doi).citekey == "eke2019validation"
    assert base.work(f"https://doi.org/{view.work.doi.upper()}").citekey == "eke2019validation"
    with pytest.raises(kb.UnknownWork, match="eke2019validation"):
        base.work("eke2019validaton")


def test_a_work_brings_what_is_known_of_it(base: Base) -> None:
    """Authors in order, findings with locators, notes, citations in both directions."""
    view = base.work("eke2019validation")
    assert [name.family for name in view.authors] == ["Eke", "Helmus", "Seto"]
    assert view.year == 2019
    assert "seto2015predicting" in {cited.work.citekey for cited in view.citations}
    assert all(line.finding.where for line in view.findings)
    assert view.findings[0].finding.value == pytest.approx(0.70)
    assert [note.slug for note in view.notes] == ["eke2019validation"]
    assert {note.kind for note in view.named_in} >= {"study", "list"}
    assert "cport" in {topic.slug for topic in view.topics}
    intents = {cited.work.citekey: cited.intents for cited in view.references}
    assert intents["seto2015predicting"] == ("extends",)


def test_references_and_cited_by_are_two_sides_of_one_thing(base: Base) -> None:
    """Every edge of the graph is seen from both ends."""
    graph = base.citations()
    for citing, cited in list(graph.edges)[:60]:
        assert cited in {one.work.citekey for one in base.references(citing)}
        assert citing in {one.work.citekey for one in base.cited_by(cited)}


def test_related_works_share_citations_or_words(base: Base) -> None:
    """What is nearest is on the same tool; a closeness there is only where citations are shared."""
    related = base.related("seto2015predicting", limit=20)
    assert len(related) == 20
    assert {"eke2019validation", "eke2024comparing"} < {one.work.citekey for one in related[:10]}
    assert all(bool(one.closeness) == bool(one.together or one.shared) for one in related)
    assert all(one.why for one in related)
    assert any("cport" in one.words for one in related)
    assert "seto2015predicting" not in {one.work.citekey for one in related}


def test_missing_works_are_cited_by_several_and_held_by_none(base: Base) -> None:
    """Most cited first."""
    missing = base.missing(limit=100)
    graph = base.citations()
    assert missing
    assert all(not one.work.held and one.count == graph.in_degree(one.work.citekey) >= 2 for one in missing)
    counts = [one.count for one in missing]
    assert counts == sorted(counts, reverse=True)


def test_most_cited_and_coverage_agree_with_the_graph(base: Base) -> None:
    """What is counted in SQL is what the graph holds."""
    graph = base.citations()
    top = base.most_cited(limit=5)
    assert [one.count for one in top] == sorted((d for _, d in graph.in_degree()), reverse=True)[:5]
    coverage = base.coverage()
    assert coverage.held == base.counts().held
    assert coverage.complete >= 2
    citing = {n for n, d in graph.out_degree() if d and graph.nodes[n]["held"]}
    assert coverage.complete + coverage.partial == len(citing)


def test_a_neighbourhood_is_a_work_with_what_it_cites_and_what_cites_it(base: Base) -> None:
    """At most as many as asked for, the work itself always among them."""
    whole = base.neighbourhood("wefers2024acceptability")
    both = (*base.references("wefers2024acceptability"), *base.cited_by("wefers2024acceptability"))
    assert set(whole.nodes) == {"wefers2024acceptability", *(cited.work.citekey for cited in both)}
    assert len(whole) > 30
    small = base.neighbourhood("wefers2024acceptability", limit=5)
    assert len(small) == 5
    assert "wefers2024acceptability" in small


# --- topics, claims, lists


def test_the_topic_graph_has_tree_and_shared_works(base: Base) -> None:
    """Tools and programmes are topics too."""
    graph = base.topics()
    assert graph.edges["cport", "cport-family"]["broader"] == "cport-family"
    assert graph.nodes["cport"]["kind"] == "tool"
    assert any(data.get("shared") for _, _, data in graph.edges(data=True))


def test_a_topic_is_found_by_any_label(base: Base) -> None:
    """And gathers the works of narrower topics."""
    assert base.topic("Indecent images of children").note.slug == "csam"
    assert len(base.topic("cport-family").works) >= len(base.topic("cport").works)
    with pytest.raises(kb.UnknownName, match="cport"):
        base.topic("cpport")


def test_findings_on_a_tool_name_it_and_their_work(base: Base) -> None:
    """Each with a locator."""
    lines = base.evidence("CPORT")
    assert len(lines) > 20
    assert all(line.finding.where and line.work.citekey for line in lines)
    assert any(line.finding.measure == "AUC" and line.finding.ci_low is not None for line in lines)


def test_claims_and_lists_come_whole(base: Base) -> None:
    """With evidence as listed, and a reason per item."""
    line = max(base.claims(), key=lambda claim: sum(claim.counts.values()))
    view = base.claim(line.slug)
    assert view.said_by is not None
    assert len(view.evidence) == sum(line.counts.values())
    for name in ("cport-validation", "self-help-programmes"):
        listed = base.reading_list(name)
        assert len(listed.items) >= 10
        assert all(item.reason and item.section for item in listed.items)
        assert any(item.role == "dissent" for item in listed.items)


def test_a_missing_store_says_what_to_do(tmp_path: Path) -> None:
    """No traceback of another library."""
    with pytest.raises(kb.StoreError, match="kb ingest"):
        kb.open(tmp_path / "none.db")


def test_within_with_all_answers_are_of_one_state(copied: Library) -> None:
    """An ingest meanwhile changes nothing; without ``with`` the next answer is of the new state."""
    loose = kb.open(copied.database)
    with kb.open(copied.database) as held:
        before = held.counts()
        path = copied.references / "new.bib"
        path.write_text("@book{new, title = {New}, date = {2001}}\n", encoding="utf-8")
        ingest(copied)
        assert held.counts() == before
        assert held.search("citations").total == held.search("citations").total
        assert len(held.held()) == before.held
    assert loose.counts().held == before.held + 1
    loose.close()
