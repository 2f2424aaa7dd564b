"""What the values of fields are taken for, and what is said where the library has none."""

from collections.abc import Iterator

import pytest
from conftest import WriteLibrary

from kb.base import Base, open_base
from kb.ingest import ingest
from kb.library import Library


@pytest.fixture(scope="module")
def base(shipped: Library) -> Iterator[Base]:
    with open_base(shipped.database) as base:
        yield base


def keys(base: Base, query: str) -> set[str]:
    """The works that have all that a query asks for."""
    return {citekey for citekey, _ in base.search(query, limit=0, all_words=True).citekeys}


def test_what_is_left_out_of_one_alternative_stays_in_the_other(base: Base) -> None:
    """However the parentheses stand, nothing is dropped, and nothing is remarked."""
    wanted = (keys(base, "deterrence") - keys(base, "police")) | keys(base, "warning")
    assert wanted != keys(base, "deterrence OR warning")
    for query in (
        "(deterrence AND NOT police) OR warning",
        "warning OR (deterrence AND NOT police)",
        "(NOT police AND deterrence) OR warning",
        "(deterrence -police) OR warning",
        "(deterrence AND (NOT police)) OR warning",
    ):
        assert keys(base, query) == wanted, query
        assert base.search(query).messages == ()


def test_fields_in_several_alternatives_stay_in_their_own(base: Base) -> None:
    """A field beside words speaks of the whole query only where no other alternative has one."""
    cport, kirat, warning = (keys(base, each) for each in ("topic:cport", "topic:kirat", "warning"))
    for query in ("topic:cport OR topic:kirat warning", "warning topic:kirat OR topic:cport"):
        assert keys(base, query) == cport | (kirat & warning)
    assert keys(base, "helpline OR chatbot year:2020..") == keys(base, "(helpline OR chatbot) year:2020..")
    assert keys(base, "CPORT year:2015 OR KIRAT year:2016") == keys(
        base, "(CPORT year:2015) OR (KIRAT year:2016)"
    )
    assert keys(base, "year:2010.. CPORT OR KIRAT is:held") == keys(
        base, "(CPORT OR KIRAT) year:2010.. is:held"
    )
    assert keys(base, "topic:cport -validation OR topic:kirat") == (cport | kirat) - keys(base, "validation")


@pytest.mark.parametrize(
    ("grouped", "apart"),
    [
        ("title:(csam OR warning)", "title:csam OR title:warning"),
        ("title:(csam warning)", "title:csam title:warning"),
        ('title:("risk assessment" OR predict*)', 'title:"risk assessment" OR title:predict*'),
        ("author:(seto OR eke)", "author:seto OR author:eke"),
        ("topic:(cport OR kirat) warning", "(topic:cport OR topic:kirat) warning"),
        ("topic:(child pornography OR cport)", 'topic:"child pornography" OR topic:cport'),
        ("-type:(thesis OR book) csam", "csam -type:thesis -type:book"),
        ("year:(2015 OR 2016)", "year:2015 OR year:2016"),
    ],
)
def test_a_field_before_parentheses_is_that_of_each_value_in_them(
    base: Base, grouped: str, apart: str
) -> None:
    """Words side by side are one name of a topic, and several words of a title."""
    assert keys(base, grouped) == keys(base, apart)
    assert base.search(grouped).messages == ()


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("Child Abuse & Neglect", ["child abuse and neglect", "child abuse neglect"]),
        ("Law and Human Behavior", ["Law & Human Behavior", "law & human behaviour"]),
        ("Criminal Justice and Behavior", ["Criminal Justice & Behavior", "Criminal Justice & Behaviour"]),
        ("Archives of Sexual Behavior", ["Archives of Sexual Behaviour", "archives of sexual behavior"]),
    ],
)
def test_a_journal_goes_by_either_spelling_and_either_and(base: Base, name: str, variants: list[str]) -> None:
    """And is found by its exact name as before."""
    exact = keys(base, f'journal:"{name}"')
    assert exact
    for variant in variants:
        assert keys(base, f'journal:"{variant}"') == exact


def test_somebody_is_found_by_a_later_given_name(base: Base) -> None:
    """As people speak of R. Karl Hanson; the message says who was meant."""
    assert keys(base, 'author:"Hanson, R. Karl"') <= keys(base, 'author:"Karl Hanson"')
    assert "R. Karl" in base.search('author:"Karl Hanson"').messages[0]
    assert keys(base, 'author:"Helmus, Maaike"') == keys(base, 'author:"Helmus, L. Maaike"') != set()


def test_messages_on_people_are_whole_sentences(base: Base) -> None:
    """One other is no others, and no sentence ends in two full stops."""
    said = [base.search(f"author:{name}").messages for name in ('"M Seto"', '"K Hanson"', '"Smith, J."')]
    assert any(said)
    for message in (each for messages in said for each in messages):
        assert message.endswith(".")
        assert ".." not in message
        assert "or 1 others" not in message


def test_one_more_person_is_one_other(library: WriteLibrary) -> None:
    """Three are named; and of the initial at the end no second full stop follows."""
    givens = ("Ada", "Bea", "Cleo", "Dora", "Eve")
    entries = [
        f"@article{{{g}, title = {{T {g}}}, author = {{Smith, Z. {g}}}, year = {{2001}}}}" for g in givens
    ]
    written = library(bib={"a.bib": "\n".join([*entries[:4], "@misc{x, title={X}, author={Lake, Q.}}"])})
    ingest(written)
    with open_base(written.database) as base:
        assert base.search('author:"Smith, Z."').messages[0].endswith("; or 1 other.")
        assert base.search('author:"Lake, Q"').messages == ("“Lake, Q” is Lake, Q.",)
    library(bib={"a.bib": "\n".join(entries)})
    ingest(written)
    with open_base(written.database) as base:
        assert base.search('author:"Smith, Z."').messages[0].endswith("; or 2 others.")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("list:nope", "No reading list is called “nope”, so “list:nope” finds nothing."),
        ("list:cport-validatoin", "Nearest: list:cport-validation."),
        (
            "type:paper",
            "No work is of the type “paper”, so “type:paper” finds nothing. Did you mean type:article?",
        ),
        ("type:journal", "Did you mean type:article?"),
        ("type:zork", "There are: article, book,"),
        ("journal:nonexistentia", "No journal or book is called “nonexistentia”"),
        ("key:SETO2015PREDICTING", "Nearest: key:seto2015predicting."),
        ("doi:10.9999/none", "No work has the DOI “10.9999/none”"),
        ("author:nobodyatall", "Nobody who signed a work is called “nobodyatall”"),
        ("list:nope OR list:cport-validation", "No reading list is called “nope”"),
    ],
)
def test_a_value_that_nothing_has_is_said_and_the_nearest_named(base: Base, query: str, message: str) -> None:
    """As for topics; beside a query too."""
    assert message in " ".join(base.search(query).messages)
    if " OR " not in query:
        assert message in " ".join(base.search("csam", only=[query]).messages)


def test_values_that_there_are_need_no_message(base: Base) -> None:
    """Types by the words that people use, lists by their titles."""
    for query in (
        "type:theses",
        'list:"CPORT validation"',
        "key:seto2015*",
        "type:chapter",
        "title:predicti*",
    ):
        assert base.search(query).messages == (), query


def test_a_topic_to_be_off_that_there_is_not_is_said(base: Base) -> None:
    """Nothing is off then."""
    found = base.search("csam", off=["nonexistent"])
    assert found.messages == ("No topic is called “nonexistent”; its names stand for each other as ever.",)
    assert found.total == base.search("csam").total
    assert base.search("csam", off=["csam"]).messages == ()


def test_program_is_programme(base: Base) -> None:
    """In a query and beside it."""
    assert keys(base, "program:dunkelfeld") == keys(base, "programme:dunkelfeld") != set()
    beside = base.search("", limit=0, only=["program:dunkelfeld"]).citekeys
    assert {citekey for citekey, _ in beside} == keys(base, "programme:dunkelfeld")


@pytest.mark.parametrize("query", ["keyword:deterrence", "abstract:csam", "csam date:2015", "(issn:1234)"])
def test_a_field_of_other_catalogues_is_said_to_be_a_word(base: Base, query: str) -> None:
    """With ours where one may be meant."""
    assert "it was taken as a word" in " ".join(base.search(query).messages)


@pytest.mark.parametrize("title", ["Online: a study", "Abstract:ions of harm", "abstract: harm", "risk:need"])
def test_a_pasted_title_with_a_colon_needs_no_message(base: Base, title: str) -> None:
    """Nor does a word that no catalogue has as a field."""
    assert base.search(title).messages == ()
