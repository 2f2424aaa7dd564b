"""Fields as conditions: years and types as people write them, and fields beside words."""

import pytest

from kb.search import Filter, Thesaurus, ThesaurusLabel, compile_query, explain

L = ThesaurusLabel
THESAURUS = Thesaurus.build(
    [
        L("cport", "CPORT", preferred=True),
        L("cport-sv", "CPORT-SV", preferred=True),
        L("kirat", "KIRAT", preferred=True),
    ]
)


def filters(query: str) -> tuple[Filter, ...]:
    return compile_query(query, THESAURUS).filters


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (">2015", 2016, None),
        (">=2015", 2015, None),
        ("<2015", None, 2014),
        ("<=2015", None, 2015),
        ("2010s", 2010, 2019),
        ("1990S", None, None),
    ],
)
def test_years_may_be_bounds_and_decades(value: str, low: int | None, high: int | None) -> None:
    """Beside single years and spans."""
    found = filters(f"year:{value}")
    assert [(each.low, each.high) for each in found] == ([(low, high)] if low or high else [])


@pytest.mark.parametrize(
    ("value", "types"),
    [
        ("article", ("article",)),
        ("Articles", ("articles", "article")),
        ("thesis", ("thesis", "phdthesis", "mastersthesis")),
        ("theses", ("thesis", "phdthesis", "mastersthesis")),
        ("chapters", ("inbook", "incollection")),
        ("webpage", ("online",)),
    ],
)
def test_types_go_by_the_words_that_people_use(value: str, types: tuple[str, ...]) -> None:
    """One or many."""
    assert filters(f"type:{value}")[0].values == types


def test_a_list_goes_by_its_slug_or_title() -> None:
    """A title as a file's name is its slug."""
    assert filters('list:"CPORT validation"')[0].values == ("cport validation", "cport-validation")


def test_topics_and_citekeys_may_be_beginnings() -> None:
    """With a star at the end; a star alone is none."""
    assert filters("tool:cp*")[0].values == ("cport", "cport-sv")
    assert filters("key:Seto2015*")[0] == Filter(
        "words", ('keywords : "seto2015" *',), written="key:Seto2015*"
    )
    assert filters("key:*") == ()


def test_single_quotation_marks_hold_a_value_together() -> None:
    """But an apostrophe at the beginning of a name does not."""
    assert compile_query("title:'risk tools'").required == ("title:'risk tools'",)
    assert compile_query("author:'t-Hart risk").required == ("author:'t-Hart",)


def test_a_star_within_quotation_marks_is_one_after_the_last_word() -> None:
    """As it looks; elsewhere it stands for nothing, and that is said."""
    assert compile_query('"risk asses*"').all_words == compile_query('"risk asses"*').all_words
    assert "at its end" in compile_query("*ology").messages[0]


def test_words_may_be_alternatives_to_fields() -> None:
    """They are the works in which they stand; what cannot be read as a field is words."""
    (found,) = filters("risk OR year:2015")
    assert [(each.kind, each.values, each.low) for each in found.any_of] == [
        ("words", ('"risk"',), None),
        ("year", (), 2015),
    ]
    compiled = compile_query("year:soon OR tool:cport", THESAURUS)
    assert [each.kind for each in compiled.filters[0].any_of] == ["words", "tool"]
    assert "“year:soon” was taken as words." in compiled.messages


def test_parentheses_of_fields_and_words_hold_together() -> None:
    """All of them, or none when left out."""
    (found,) = filters("(risk year:2015) OR (stigma -year:2010)")
    first, second = found.any_of
    assert first.negated
    assert [(each.kind, each.negated) for each in first.any_of] == [("words", True), ("year", True)]
    assert [(each.kind, each.negated) for each in second.any_of] == [("words", True), ("year", False)]
    (left_out,) = filters("-(risk year:2015)")
    assert (left_out.kind, left_out.negated) == ("any", False)
    assert [(each.kind, each.negated) for each in left_out.any_of] == [("words", True), ("year", True)]


def test_alternatives_are_explained_as_they_were_meant() -> None:
    """“And” within parentheses, “or” between them, “not” where something is left out."""
    said = explain(compile_query("(risk year:2015) OR (stigma -tool:cport)", THESAURUS))
    assert (
        "Only works that fit (risk and the year 2015) or (stigma and not tool:cport (topics: cport))." in said
    )


def test_alternatives_without_content_are_none() -> None:
    """Nothing to find on either side is no condition."""
    assert filters("(year: OR ()) risk") == ()
