"""Concepts as SKOS Turtle, judged by rdflib."""

import random
import re
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kb.convert.thesaurus import export_thesaurus
from kb.library import open_library
from kb.model import FACETS, Label, LabelStatus, Topic
from kb.model.thesaurus import Concept, concept_iri
from kb.read.skos import read_skos, tidied
from kb.render.skos import turtle
from kb.text import fold, squeeze

BASE = "urn:kb:topic:"
CSAM = Concept(
    "csam",
    Topic(
        (
            Label("Child sexual abuse material", "preferred"),
            Label("child pornography", "historical", era="1990s", place="United States"),
            Label("CSAM"),
            Label("Missbrauchsdarstellungen", "caution", lang="DE"),
            Label("CSAM materail", "hidden"),
        ),
        facet="offence",
        broader=("harm",),
    ),
    text="Names the *content* as abuse.\n\nNot “child pornography”.",
)
HARM = Concept(
    "harm", Topic((Label("Harm", "preferred"),), facet="offence", related=("tool",), status="caution")
)
TOOL = Concept("tool", Topic((Label("Tool X", "preferred"),), facet="intervention"), kind="tool")
THREE = (CSAM, HARM, TOOL)

LETTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.text(LETTERS | st.sampled_from("\"\\'\n\t@^^.;[]<>#{},: \u0338"), max_size=20).map(squeeze)


def graph_of(concepts: tuple[Concept, ...], **options: str) -> Graph:
    return Graph().parse(data=turtle(concepts, title="A “thesaurus”", **options), format="turtle")


def iri(slug: str) -> URIRef:
    return URIRef(concept_iri(slug))


@st.composite
def topics(draw: st.DrawFn) -> tuple[Concept, ...]:
    """Up to five concepts as notes can hold them, none broader than itself."""
    slugs = draw(st.lists(st.sampled_from(["a", "b-2", "Odd Name", "ünï", "c.d"]), unique=True, max_size=5))
    return tuple(draw(_concepts(slug, slugs, place)) for place, slug in enumerate(slugs))


@st.composite
def _concepts(draw: st.DrawFn, slug: str, slugs: list[str], place: int) -> Concept:
    texts = draw(st.lists(WORDS.filter(bool), min_size=1, max_size=5, unique=True))
    kind = draw(st.sampled_from(["topic", "tool", "programme"]))
    statuses: list[LabelStatus] = ["in-use", "caution", "historical"]
    labels = [Label(texts[0], "preferred")]
    for text in texts[1:]:
        hidden = draw(st.booleans())
        lang = draw(st.sampled_from(["", "", "de", "pt-BR", "old English"]))
        other = Label(text, draw(st.sampled_from(statuses)), draw(WORDS), draw(WORDS), lang)
        labels.append(Label(text, "hidden") if hidden else other)
    exact = draw(st.sets(st.sampled_from([fold(one.text) for one in labels])))
    labels = [replace(one, exact=fold(one.text) in exact) for one in labels]
    topic = Topic(
        tuple(sorted(labels, key=lambda one: (one.status != "preferred", one.status == "hidden"))),
        facet=draw(st.sampled_from(FACETS)),
        broader=tuple(draw(st.sets(st.sampled_from(slugs[:place]))) if place else ()),
        related=tuple(draw(st.sets(st.sampled_from(slugs))) - {slug}),
        status="in-use" if kind == "programme" else draw(st.sampled_from(statuses)),
    )
    return Concept(slug, topic, kind, tidied(draw(st.text(LETTERS, max_size=40))))


def test_every_label_is_said_in_its_own_way_and_language() -> None:
    """Preferred, alternative and hidden labels; a language of its own, or the library's."""
    graph = graph_of(THREE)

    assert list(graph.objects(iri("csam"), SKOS.prefLabel)) == [
        Literal("Child sexual abuse material", lang="en")
    ]
    assert set(graph.objects(iri("csam"), SKOS.altLabel)) == {
        Literal("CSAM", lang="en"),
        Literal("child pornography", lang="en"),
        Literal("Missbrauchsdarstellungen", lang="de"),
    }
    assert list(graph.objects(iri("csam"), SKOS.hiddenLabel)) == [Literal("CSAM materail", lang="en")]


def test_broader_narrower_and_related_are_said_on_both_sides() -> None:
    """A program that follows one of them only finds all."""
    graph = graph_of(THREE)

    assert (iri("csam"), SKOS.broader, iri("harm")) in graph
    assert (iri("harm"), SKOS.narrower, iri("csam")) in graph
    assert (iri("harm"), SKOS.related, iri("tool")) in graph
    assert (iri("tool"), SKOS.related, iri("harm")) in graph


def test_the_scheme_names_its_title_and_what_is_at_the_top() -> None:
    """Concepts with nothing above them are top concepts, and every concept is in the scheme."""
    graph = graph_of(THREE)
    scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme))

    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == {iri("harm"), iri("tool")}
    assert set(graph.subjects(SKOS.inScheme, scheme)) == {iri("csam"), iri("harm"), iri("tool")}
    assert Literal("A “thesaurus”", lang="en") in set(graph.objects(scheme))


def test_a_facet_is_a_collection_of_its_concepts() -> None:
    """Only facets that something stands under, each with all its members."""
    graph = graph_of(THREE)
    members = {str(label): set(graph.objects(one, SKOS.member)) for one, label in graph[: SKOS.prefLabel]}

    assert members["offence"] == {iri("csam"), iri("harm")}
    assert members["intervention"] == {iri("tool")}
    assert set(graph.subjects(RDF.type, SKOS.Collection)) == set(graph.subjects(SKOS.member))


def test_what_does_not_follow_from_skos_is_said_beside_it() -> None:
    """A label's status, era and place, a concept's status and kind, in terms of our own."""
    text = turtle(THREE, title="")

    assert (
        'kb:labelled [ rdf:value "child pornography"@en ; kb:status "historical" ; kb:era "1990s" ; '
        'kb:place "United States" ] ;' in text
    )
    assert 'kb:kind "tool"' in text
    assert text.count('kb:status "caution"') == 2


def test_a_library_can_have_addresses_and_a_language_of_its_own() -> None:
    """Names follow the base that kb.toml gives; labels without a language have the library's."""
    text = turtle(THREE, title="Titel", base="https://example.org/t/", language="DE")

    assert "<https://example.org/t/csam> a skos:Concept" in text
    assert '"Harm"@de' in text
    assert "urn:kb:topic" not in text


@given(topics(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_in_which_topics_come_does_not_show(
    concepts: tuple[Concept, ...], chance: random.Random
) -> None:
    """Two exports of one thesaurus are the same bytes."""
    mixed = [replace(one, topic=replace(one.topic, related=one.topic.related[::-1])) for one in concepts]
    chance.shuffle(mixed)

    assert turtle(mixed, title="T") == turtle(concepts, title="T")


@given(topics())
@settings(max_examples=60)
def test_what_was_written_reads_as_it_was(concepts: tuple[Concept, ...]) -> None:
    """Any letters in labels, notes, eras and names come back, by our own reader."""
    found, problems = read_skos(turtle(concepts, title="T").encode(), "t.ttl", base=BASE, language="en")

    assert problems == [] or (not concepts and problems[0].code == "skos-nothing")
    back = {one.name: one for one in found}
    for one in concepts:
        read = back[concept_iri(one.name)]
        assert set(read.topic.labels) == set(one.topic.labels)
        assert (read.kind, read.text) == (one.kind, one.text)
        assert (read.topic.facet, read.topic.status) == (one.topic.facet, one.topic.status)
        assert set(read.topic.broader) == {concept_iri(other) for other in one.topic.broader}
        assert set(read.topic.related) >= {concept_iri(other) for other in one.topic.related}


@given(st.text(LETTERS | st.sampled_from('"\\\n'), max_size=30).map(tidied))
@settings(max_examples=60)
def test_another_reader_reads_every_text_as_it_was(text: str) -> None:
    """rdflib's own graph holds the scope note letter by letter."""
    graph = graph_of((replace(TOOL, text=text),))

    assert [str(one) for one in graph.objects(iri("tool"), SKOS.scopeNote)] == ([text] if text else [])


@pytest.mark.parametrize("text", ['a"""b', 'line\n"""', 'ends\nwith "', "back\\slash\n\\", 'quote "" \n""'])
def test_quotes_and_backslashes_end_no_text(text: str) -> None:
    """Between three quotes as between one."""
    concepts = (replace(TOOL, text=text),)

    assert str(graph_of(concepts).value(iri("tool"), SKOS.scopeNote)) == text
    assert not re.search(
        r'(?<!\\)""""', turtle(concepts, title="")
    )  # rdflib would read it, stricter programs not


def test_the_shipped_thesaurus_is_sound_skos() -> None:
    """One preferred label in each language (S14), no text as two kinds of label of one concept (S13)."""
    text, problems = export_thesaurus(open_library(ROOT))
    graph = Graph().parse(data=text, format="turtle")

    assert problems == []
    for one in graph.subjects(RDF.type, SKOS.Concept):
        kinds = [set(graph.objects(one, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert len(kinds[0]) == 1
        assert sum(map(len, kinds)) == len(set.union(*kinds))
