"""SKOS in Turtle from anywhere: what it says as topics, and what is wrong with it."""

import logging
import socket
from typing import NoReturn

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.model import Label, Problem
from kb.model.thesaurus import Concept
from kb.read.skos import LIMIT, read_skos

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix iso: <http://purl.org/iso25964/skos-thes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kb: <urn:kb:term:> .
@prefix ex: <http://example.org/> .
"""
FIRST = PREFIXES.count("\n") + 1  # the line behind the prefixes


def read(text: str | bytes, *, language: str = "en") -> tuple[dict[str, Concept], list[Problem]]:
    """Concepts by the end of their IRI, and the problems."""
    content = text if isinstance(text, bytes) else (PREFIXES + text).encode()
    concepts, problems = read_skos(content, "t.ttl", base="urn:kb:topic:", language=language)
    return {one.name.rpartition("/")[2]: one for one in concepts}, problems


def labels(concept: Concept) -> list[tuple[str, str, str]]:
    return [(one.text, one.status, one.lang) for one in concept.topic.labels]


def codes(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(one.code, one.origin.line - FIRST) for one in problems]


# --- labels


def test_labels_in_other_languages_keep_them_and_ours_is_preferred() -> None:
    """The library's language gives the label, whatever comes first; others are labels too."""
    found, problems = read(
        'ex:a a skos:Concept ; skos:prefLabel "Schaden"@DE, "harm"@en ;\n'
        '  skos:altLabel "tort"@fr, "damage"@en .'
    )

    assert problems == []
    assert labels(found["a"]) == [
        ("harm", "preferred", ""),
        ("Schaden", "in-use", "de"),
        ("tort", "in-use", "fr"),
        ("damage", "in-use", ""),
    ]


def test_labels_without_a_language_are_the_librarys() -> None:
    """Many thesauri tag nothing."""
    found, problems = read('ex:a a skos:Concept ; skos:prefLabel "harm" ; skos:hiddenLabel "hram" .')

    assert problems == []
    assert labels(found["a"]) == [("harm", "preferred", ""), ("hram", "hidden", "")]


def test_a_regional_label_is_as_good_as_ours() -> None:
    """en-GB before German and before none."""
    found, problems = read('ex:a a skos:Concept ; skos:prefLabel "x", "Verhalten"@de, "behaviour"@en-gb .')

    assert problems == []
    assert labels(found["a"])[0] == ("behaviour", "preferred", "")
    assert ("x", "in-use", "") in labels(found["a"])


def test_a_thesaurus_in_another_language_is_taken_and_said_so_once() -> None:
    """One warning for the file, with the setting that helps."""
    text = (
        'ex:a a skos:Concept ; skos:prefLabel "Schaden"@de .\nex:b a skos:Concept ; skos:prefLabel "Tat"@de .'
    )

    found, problems = read(text)
    at_home, none = read(text, language="de")

    assert labels(found["a"]) == [("Schaden", "preferred", "")]
    assert codes(problems) == [("skos-language", 0)]
    assert 'language = "de"' in problems[0].remedy
    assert none == []
    assert labels(at_home["b"]) == [("Tat", "preferred", "")]


def test_of_several_preferred_labels_the_first_stays() -> None:
    """SKOS allows one in a language; the others become alternative ones."""
    found, problems = read('ex:a a skos:Concept ; skos:prefLabel "harm"@en, "damage"@en, "harm"@en .')

    assert labels(found["a"]) == [("harm", "preferred", ""), ("damage", "in-use", "")]
    assert codes(problems) == [("skos-preferred-twice", 0)]


def test_a_concept_without_a_preferred_label_goes_by_another() -> None:
    """rdfs:label, then an alternative one; with none at all it is an error."""
    found, problems = read(
        'ex:a a skos:Concept ; skos:altLabel "damage", "harm" .\n'
        'ex:b a skos:Concept ; rdfs:label "tool" ; skos:altLabel "instrument" .\n'
        "ex:c a skos:Concept ; skos:broader ex:a .\n"
        'ex:d a skos:Concept ; skos:prefLabel "  " .'
    )

    assert {name: one.label for name, one in found.items()} == {"a": "damage", "b": "tool"}
    assert codes(problems) == [("skos-no-label", n) for n in range(4)]
    assert [one.severity for one in problems] == ["warning", "warning", "error", "error"]


def test_labels_of_skos_xl_are_read_as_labels() -> None:
    """By their literal form, with whatever node they have."""
    found, problems = read(
        "ex:a a skos:Concept ; xl:prefLabel ex:a-en ;\n"
        '  xl:altLabel [ a xl:Label ; xl:literalForm "tort"@fr ] .\n'
        'ex:a-en a xl:Label ; xl:literalForm "harm"@en .'
    )

    assert problems == []
    assert list(found) == ["a"]
    assert labels(found["a"]) == [("harm", "preferred", ""), ("tort", "in-use", "fr")]


def test_a_label_stands_once_however_often_it_is_said() -> None:
    """In SKOS and SKOS-XL, as preferred and hidden: the first counts."""
    found, _ = read(
        'ex:a a skos:Concept ; skos:prefLabel "harm"@en ; skos:altLabel "harm"@de ;\n'
        '  skos:hiddenLabel "harm" ; xl:prefLabel [ xl:literalForm "harm"@en ] .'
    )

    assert labels(found["a"]) == [("harm", "preferred", "")]


def test_what_we_say_of_a_label_comes_back() -> None:
    """Status, era, place and a language that has no tag; of a label that is gone, nothing."""
    found, problems = read(
        'ex:a a skos:Concept ; skos:prefLabel "harm"@en ; skos:altLabel "scathe", "hurt"@en ;\n'
        '  kb:labelled [ rdf:value "scathe" ; kb:status "historical" ; kb:era "1500s" ;\n'
        '    kb:place "Britain" ; kb:language "old English" ] ,\n'
        '    [ rdf:value "gone" ; kb:status "caution" ] , [ rdf:value "harm" ; kb:status "caution" ] ,\n'
        '    [ rdf:value "hurt"@en ; kb:status "odd" ] .'
    )

    assert found["a"].topic.labels == (
        Label("harm", "preferred"),
        Label("scathe", "historical", "1500s", "Britain", "old English"),
        Label("hurt"),
    )
    assert [one.code for one in problems] == ["skos-value"]


# --- hierarchy


def test_hierarchy_is_read_from_either_side_and_in_finer_words() -> None:
    """narrower, and what ISO 25964 adds, say what broader does."""
    found, problems = read(
        'ex:a a skos:Concept ; skos:prefLabel "a" ; skos:narrower ex:b ; skos:related ex:c .\n'
        'ex:b a skos:Concept ; skos:prefLabel "b" .\n'
        'ex:c a skos:Concept ; skos:prefLabel "c" ; iso:broaderPartitive ex:b .'
    )

    assert problems == []
    assert found["a"].topic.narrower == ("http://example.org/b",)
    assert found["a"].topic.related == ("http://example.org/c",)
    assert found["c"].topic.broader == ("http://example.org/b",)


def test_broader_transitive_gives_the_next_step_only() -> None:
    """A file that names all ancestors does not put a concept beneath each of them."""
    found, problems = read(
        'ex:a a skos:Concept ; skos:prefLabel "a" ; skos:broaderTransitive ex:b, ex:c .\n'
        'ex:b a skos:Concept ; skos:prefLabel "b" ; skos:broaderTransitive ex:c .\n'
        'ex:c a skos:Concept ; skos:prefLabel "c" .\n'
        'ex:d a skos:Concept ; skos:prefLabel "d" ; skos:broader ex:a ;\n'
        "  skos:broaderTransitive ex:a, ex:b, ex:c ."
    )

    assert problems == []
    assert {name: [one[-1] for one in concept.topic.broader] for name, concept in found.items()} == {
        "a": ["b"],
        "b": ["c"],
        "c": [],
        "d": ["a"],
    }


def test_far_too_many_ancestors_are_left_out() -> None:
    """What nobody wrote by hand is not compared by us either."""
    above = ", ".join(f"ex:n{n}" for n in range(60))
    found, problems = read(f'ex:a a skos:Concept ; skos:prefLabel "a" ; skos:broaderTransitive {above} .')

    assert found["a"].topic.broader == ()
    assert codes(problems) == [("skos-relation", 0)]


def test_a_concept_is_not_broader_than_itself() -> None:
    """That one relation is left out."""
    found, problems = read('ex:a a skos:Concept ; skos:prefLabel "a" ; skos:broader ex:a, ex:b .')

    assert found["a"].topic.broader == ("http://example.org/b",)
    assert codes(problems) == [("skos-relation", 0)]


# --- what is a concept


def test_top_concepts_and_labelled_ones_are_concepts_without_being_called_so() -> None:
    """Schemes, collections and labels of SKOS-XL are none."""
    found, _ = read(
        'ex:s a skos:ConceptScheme ; skos:prefLabel "Scheme" ; skos:hasTopConcept ex:a .\n'
        'ex:a skos:topConceptOf ex:s ; rdfs:label "a" .\n'
        'ex:b skos:prefLabel "b" .\n'
        'ex:c a skos:Collection ; skos:prefLabel "Collection" ; skos:member ex:a .\n'
        'ex:l a xl:Label ; xl:literalForm "x" .'
    )

    assert list(found) == ["a", "b"]


def test_blank_nodes_are_concepts_too() -> None:
    """They have no name, but labels and places in the hierarchy."""
    found, problems = read(
        'ex:a a skos:Concept ; skos:prefLabel "a" ; skos:narrower [ skos:prefLabel "b" ] .'
    )

    assert problems == []
    assert {one.label for one in found.values()} == {"a", "b"}
    inner = next(name for name in found if name.startswith("_:"))
    assert found["a"].topic.narrower == (inner,)


def test_a_collection_called_as_a_facet_is_one_and_others_are_said_once() -> None:
    """Members of ordered collections as well."""
    found, problems = read(
        'ex:f a skos:OrderedCollection ; skos:prefLabel "Outcome"@en ; skos:memberList ( ex:a ex:b ) .\n'
        "<urn:kb:facet:design> a skos:Collection ; skos:member ex:c .\n"
        'ex:x a skos:Collection ; skos:prefLabel "Micro" ; skos:member ex:c .\n'
        'ex:a skos:prefLabel "a" . ex:b skos:prefLabel "b" . ex:c skos:prefLabel "c" .'
    )

    assert [found[name].topic.facet for name in "abc"] == ["outcome", "outcome", "design"]
    assert codes(problems) == [("skos-collection", 2)]


def test_definition_and_scope_note_become_the_text() -> None:
    """In our language if there is one; a note with a node of its own too."""
    found, _ = read(
        'ex:a skos:prefLabel "a" ; skos:scopeNote "Ours."@en, "Unser."@de ; skos:definition "Meant."@en .\n'
        'ex:b skos:prefLabel "b" ; skos:scopeNote [ rdf:value "Inside." ] .'
    )

    assert found["a"].text == "Meant.\n\nOurs."
    assert found["b"].text == "Inside."


def test_kind_and_status_are_words_that_we_know() -> None:
    """Any other is left out and told."""
    found, problems = read(
        'ex:a skos:prefLabel "a" ; kb:kind "tool" ; kb:status "caution" .\n'
        'ex:b skos:prefLabel "b" ; kb:kind "study" ; kb:status "<script>" .'
    )

    assert (found["a"].kind, found["a"].topic.status) == ("tool", "caution")
    assert (found["b"].kind, found["b"].topic.status) == ("topic", "in-use")
    assert codes(problems) == [("skos-value", 1)] * 2


# --- broken and hostile files


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('ex:a skos:prefLabel "a"@en', 1),
        ('ex:a skos:prefLabel "open .\nex:b a skos:Concept .', 1),
        ("\n\nno:thing a skos:Concept .", 3),
        ("ex:a a skos:Concept .\n\nex:b b ex:c .", 3),
        ("ex:a a skos:Concept .\n{ ex:a ex:b ex:c } .", 2),
        ("\nex:a ex:b " + "[" * 20_000, 2),
        ("\nex:a ex:b " + "9" * 9_000 + " .", 2),
        ("\nex:a ex:b ?x .", 2),
        ('\n"a" ex:b ex:c .', 2),
        ("\n<a", 2),
        ("\n@prefix", 2),
    ],
)
def test_broken_turtle_is_one_problem_at_its_line(text: str, line: int) -> None:
    """Nothing of such a file is taken: what it says of a concept may stand behind the break."""
    found, problems = read(text)

    assert found == {}
    assert [one.code.partition("-")[0] for one in problems] == ["turtle"]
    assert abs(problems[0].origin.line - FIRST - line + 1) <= 1
    assert problems[0].severity == "error"


def test_other_formats_are_called_by_their_name() -> None:
    """RDF/XML and JSON-LD come from the same menus."""
    for text, name in (('<?xml version="1.0"?><rdf:RDF/>', "XML"), ('{"@context": {}}', "JSON")):
        found, problems = read(text.encode())

        assert found == {}
        assert [one.code for one in problems] == ["turtle-syntax"]
        assert name in problems[0].message


def test_turtle_may_begin_with_a_bracket_or_an_address() -> None:
    """Neither makes it JSON or XML."""
    skos = "http://www.w3.org/2004/02/skos/core#"
    for subject in ("[]", "<http://example.org/a>", "<html>"):
        found, problems = read(f'{subject} <{skos}prefLabel> "a" .'.encode())

        assert (len(found), problems) == (1, [])


def test_too_much_is_not_read_and_nothing_is_said_to_be_nothing() -> None:
    """By size; empty files, and those without a concept."""
    assert [one.code for one in read(b"#" * (LIMIT + 1))[1]] == ["turtle-limit"]
    assert [one.code for one in read(b"")[1]] == ["skos-nothing"]
    assert [one.code for one in read("ex:a ex:b ex:c .")[1]] == ["skos-nothing"]
    assert [one.code for one in read(b"%PDF-1.7")[1]] == ["file-binary"]


def test_long_labels_and_notes_are_left_out() -> None:
    """A page is no label, and a book no scope note."""
    found, problems = read(
        f'ex:a skos:prefLabel "a" ; skos:altLabel "{"x" * 501}" ; skos:scopeNote "{"y" * 100_001}" .'
    )

    assert labels(found["a"]) == [("a", "preferred", "")]
    assert found["a"].text == ""
    assert codes(problems) == [("skos-value", 0)] * 2


def test_nothing_is_fetched_evaluated_or_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Datatypes that would be parsed or written out at length, and addresses, stay text."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    caplog.set_level(logging.DEBUG)
    bomb = '<!DOCTYPE x [<!ENTITY a \\"aaaa\\">]><x>&a;</x>'
    found, problems = read(
        "@base <http://192.0.2.1/> .\n"
        f'ex:a skos:prefLabel "a" ; skos:note "{bomb}"^^rdf:XMLLiteral ;\n'
        '  skos:note "1e999999999"^^xsd:decimal, 1e999999999 ;\n'
        "  rdfs:seeAlso <http://192.0.2.1/far.ttl>, <file:///etc/passwd>, <x{y> ."
    )

    assert problems == []
    assert list(found) == ["a"]
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_control_characters_and_half_letters_become_harmless() -> None:
    """Escapes can name what no file can hold."""
    found, _ = read(r'ex:a skos:prefLabel "a\u0000\u001B[31mb" ; skos:scopeNote "x\uD800y\u0007\r\nz" .')

    assert found["a"].label == "a [31mb"
    assert found["a"].text == "x�y�\nz"


def test_many_problems_of_a_kind_are_counted() -> None:
    """A thesaurus that is all wrong does not bury the rest."""
    _, problems = read("\n".join(f"ex:c{n} a skos:Concept ." for n in range(500)))

    assert len(problems) == 102
    assert "400 more" in problems[100].message


PIECES = """\
ex:a ex:b a skos:Concept skos:prefLabel skos:broader kb:labelled rdf:value skos:member xl:prefLabel _:n <i>
"x"@en "y" \""" ' \\ . ; , [ ] ( ) { } => = # ^^ @de 1.5 true @prefix @base PREFIX"""


@given(
    st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=30).map(" ".join)
    | st.text(max_size=60)
    | st.binary(max_size=60)
)
@example("ex:a")
@example("@")
@example("ex:a skos:prefLabel '")
@settings(max_examples=200)
def test_any_text_ends_in_concepts_or_a_problem(text: str | bytes) -> None:
    """Never in an exception; each problem at a line of the file."""
    found, problems = read(text)

    assert found or problems
    assert all(one.origin.line >= 1 and one.message and one.remedy for one in problems)
