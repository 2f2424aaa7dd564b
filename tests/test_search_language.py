"""The query language: what is read as a field, a phrase, a sign, and what as plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import parse
from kb.search.language import MAX_DEPTH, MAX_WORDS, terms
from kb.search.tree import AllOf, AnyOf, Clause, Field, Node, Term, written


def said(query: str) -> list[str]:
    return [clause.sign + written(clause.node) for clause in parse(query).clauses]


def fields(query: str) -> list[tuple[str, str]]:
    nodes = [clause.node for clause in parse(query).clauses]
    return [(node.name, node.value) for node in nodes if isinstance(node, Field)]


def leaves(node: Node) -> list[str]:
    if isinstance(node, AllOf):
        return [leaf for clause in node.clauses for leaf in leaves(clause.node)]
    if isinstance(node, AnyOf):
        return [leaf for each in node.nodes for leaf in leaves(each)]
    return [written(node)]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("STABLE-2007", ("stable", "2007")),
        ("Static-99R", ("static", "99r")),
        ("self-help", ("self", "help")),
        ("O'Connor", ("o", "connor")),
        ("children’s", ("children",)),
        ("Lätth", ("latth",)),
    ],
)
def test_a_joined_word_is_one_term_of_several_parts(word: str, parts: tuple[str, ...]) -> None:
    """Hyphens and apostrophes hold a word together; a possessive's s is no part."""
    (clause,) = parse(word).clauses
    assert clause == Clause(Term(word, parts))
    assert parse(word).messages == ()


def test_slashes_and_colons_part_words() -> None:
    """What is written side by side with a slash or a colon is searched for separately."""
    assert [term.written for term in terms("risk/need: CSAM;IIOC")] == ["risk", "need", "CSAM", "IIOC"]


@pytest.mark.parametrize(
    "title",
    [
        "Predicting recidivism: a validation",
        "foo: bar",
        "ratio 3:1 at 10:30",
        "Help-seeking - what works?",
        "The Kent Internet Risk Assessment Tool (KIRAT): a review",
    ],
)
def test_a_pasted_title_is_plain_words(title: str) -> None:
    """Colons, dashes and parentheses of titles say nothing special, and cause no remark."""
    query = parse(title)
    assert query.messages == ()
    assert all(isinstance(clause.node, Term) and not clause.sign for clause in query.clauses)


def test_a_field_needs_its_value_at_once() -> None:
    """With a space after the colon the field's name is a word, and a message tells."""
    assert fields("author:seto") == [("author", "seto")]
    query = parse("author: seto")
    assert said("author: seto") == ["author", "seto"]
    assert "without a space" in query.messages[0]


def test_fields_take_quoted_values_in_any_quotation_marks() -> None:
    """A value of several words stands in quotation marks, straight or typographic."""
    assert fields('author:"van der Berg" Title:“risk tools”') == [
        ("author", "van der Berg"),
        ("title", "risk tools"),
    ]


def test_an_unknown_field_is_plain_words() -> None:
    """Only known names make a field."""
    assert fields("colour:blue https://example.org/a") == []
    assert said("colour:blue") == ["colour", "blue"]


def test_a_pasted_doi_is_a_doi() -> None:
    """Bare, as an address or with its prefix, a DOI is looked up as one."""
    for query in (
        "10.1177/1079063218762434",
        "https://doi.org/10.1177/1079063218762434",
        "doi:10.1177/1079063218762434",
    ):
        assert [(name, value[-24:]) for name, value in fields(query)] == [("doi", "10.1177/1079063218762434")]


def test_signs_and_not_mark_what_follows_them() -> None:
    """Plus requires, minus and NOT exclude; a minus within or alone is no sign."""
    assert said('+CPORT -review NOT "case study" self-help - plain') == [
        "+CPORT",
        "-review",
        "-“case study”",
        "self-help",
        "plain",
    ]


def test_words_side_by_side_hold_together_before_and_then_or() -> None:
    """``a b AND c OR d`` is ((a b) and c) or d."""
    (clause,) = parse("child pornography AND risk OR CPORT").clauses
    assert isinstance(clause.node, AnyOf)
    both, last = clause.node.nodes
    assert isinstance(both, AllOf)
    assert [leaves(part.node) for part in both.clauses] == [["child", "pornography"], ["risk"]]
    assert leaves(last) == ["CPORT"]


def test_and_requires_both_sides() -> None:
    """AND at the top is strict, whatever stands on either side."""
    assert said("CSAM AND (risk OR tool)") == ["+CSAM", "+(risk OR tool)"]


def test_fields_and_signs_beside_or_speak_of_the_whole_query() -> None:
    """Outside parentheses; inside them they stay where they are."""
    assert said("CSAM OR IIOC year:2015.. -review") == ["(CSAM OR IIOC)", "year:2015..", "-review"]
    assert said("(CSAM -review) OR IIOC") == ["((CSAM -review) OR IIOC)"]
    assert said("topic:cport OR topic:kirat") == ["(topic:cport OR topic:kirat)"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("topic:cport OR topic:kirat warning", ["(topic:cport OR (topic:kirat warning))"]),
        ("a topic:cport OR b OR c", ["(a OR b OR c)", "topic:cport"]),
        ("year:2015 a OR b year:2016", ["((year:2015 a) OR (b year:2016))"]),
        ("year:2015 a OR b is:held", ["(a OR b)", "year:2015", "is:held"]),
        ("a year:2015 OR is:held b", ["((a year:2015) OR (is:held b))"]),
        ("topic:cport -a OR b", ["(topic:cport OR b)", "-a"]),
        ("(a AND NOT b) OR c", ["((a -b) OR c)"]),
        ("(a AND (NOT b)) OR c", ["((a -b) OR c)"]),
        ("a AND NOT b", ["+a", "-b"]),
        ("title:(a OR b) c", ["(title:a OR title:b)", "c"]),
        ("topic:(a b OR c)", ['(topic:"a b" OR topic:c)']),
        ("title:(a author:b) c", ["(title:a author:b)", "c"]),
        ("program:a", ["program:a"]),
    ],
)
def test_what_belongs_to_an_alternative_stays_in_it(query: str, expected: list[str]) -> None:
    """Fields, and what is left out; docs/searching.md has the rule."""
    assert said(query) == expected


@pytest.mark.parametrize("text", ["title:(" * 2500, "title:(" * 2500 + ")", "title:(a " * 2000 + ")" * 2000])
def test_parentheses_of_fields_may_be_many(text: str) -> None:
    """Deep ones are ignored as all are."""
    assert parse(text).messages


@pytest.mark.parametrize("query", ["OR", "CSAM OR", "AND CSAM", "CSAM NOT", "OR OR"])
def test_an_operator_with_nothing_to_work_on_is_a_word(query: str) -> None:
    """And a message says so."""
    assert "taken as a word" in parse(query).messages[0]
    assert [leaf for clause in parse(query).clauses for leaf in leaves(clause.node)] == query.split()


@pytest.mark.parametrize(
    ("query", "words", "message"),
    [
        ('"risk tools', ["risk", "tools"], "was not closed"),
        ("(risk OR tools", ["risk", "tools"], "was not closed"),
        ("risk) tools", ["risk", "tools"], "had no opening one"),
        ('title:"risk tools', ['title:"risk', "tools"], "was not closed"),
        ("r* tools", ["r", "tools"], "needs two letters"),
        ("NOT a OR b", ["b", "a"], "on both sides"),
        ("!!!", [], "no word"),
    ],
)
def test_what_cannot_be_parsed_is_words_and_said(query: str, words: list[str], message: str) -> None:
    """Malformed queries lose nothing but their malformed marks."""
    parsed = parse(query)
    assert [leaf for clause in parsed.clauses for leaf in leaves(clause.node)] == words
    assert message in " ".join(parsed.messages)


def test_an_empty_query_needs_no_message() -> None:
    """Nothing typed is nothing wrong."""
    assert parse("  ") == parse("")
    assert parse("").messages == ()


def test_a_star_after_a_word_or_a_phrase_asks_for_beginnings() -> None:
    """``recidiv*`` and ``"risk assess"*``."""
    first, second = (clause.node for clause in parse('recidiv* "risk assess"*').clauses)
    assert isinstance(first, Term)
    assert isinstance(second, Term)
    assert (first.prefix, first.words) == (True, ("recidiv",))
    assert (second.prefix, second.words) == (True, ("risk", "assess"))


def test_long_queries_are_cut_and_say_so() -> None:
    """A hundred kilobytes are no trouble."""
    query = parse("word " * 20_000)
    assert len(query.clauses) == MAX_WORDS
    assert len(query.messages) == 2
    joined = parse("a-" * 300)
    (clause,) = joined.clauses
    assert isinstance(clause.node, Term)
    assert len(clause.node.words) == MAX_WORDS
    assert joined.messages
    assert parse("word " * MAX_WORDS).messages == ()


def test_deep_parentheses_are_ignored_beyond_a_limit() -> None:
    """However many there are, the words within are searched for."""
    deep = "(" * 300 + "CSAM OR risk" + ")" * 300
    (clause,) = parse(deep).clauses
    assert leaves(clause.node) == ["CSAM", "risk"]
    assert str(MAX_DEPTH) in parse(deep).messages[0]


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_a_query(text: str) -> None:
    """Lone surrogates, NUL, marks and letters of any script: parsed, never raised."""
    query = parse(text)
    assert all(ord(char) >= 32 and not 0xD800 <= ord(char) < 0xE000 for char in query.written)


@given(st.lists(st.sampled_from(["CSAM", "tool", "self-help", "Lätth", "2015"]), min_size=1, max_size=8))
def test_plain_words_all_arrive_in_order(given_words: list[str]) -> None:
    """Nothing is lost, doubled or moved."""
    assert said(" ".join(given_words)) == given_words
