"""Names as they are typed, and the people whom they call."""

import pytest

from kb.match.called import answers, families, goes_by
from kb.model import Name, Person

SETO = Person(Name("Seto", "Michael C."), "seto-michael-c", spellings=("Seto, M. C.", "Seto, Michael C."))
BRUGGEN = Person(
    Name("Bruggen", "Madeleine", "van der"), "bruggen", spellings=("van der Bruggen, Madeleine",)
)
LAETTH = Person(Name("Lätth", "Johanna"), "latth-johanna", spellings=("Lätth, Johanna",))
JUNIOR = Person(Name("Smith", "John", suffix="Jr"), "smith-john-jr", spellings=("Smith, Jr, John",))
DOUBLE = Person(Name("García López", "Ana"), "garcia-lopez-ana", spellings=("García López, Ana",))
POLICE = Person(Name("Kent Police", corporate=True), "kent-police", spellings=("Kent Police",))


@pytest.mark.parametrize(
    ("person", "typed"),
    [
        (SETO, "Seto, M. C."),
        (SETO, "Seto M"),
        (SETO, "SETO MC"),
        (SETO, "Michael Seto"),
        (SETO, "seto, michael"),
        (SETO, "Michael C. Seto"),
        (SETO, "Seto Michael"),
        (BRUGGEN, "van der Bruggen"),
        (BRUGGEN, "Bruggen, M."),
        (BRUGGEN, "Madeleine van der Bruggen"),
        (LAETTH, "Latth, J"),
        (LAETTH, "Johanna Laetth"),
        (JUNIOR, "Smith, J."),
        (DOUBLE, "Ana Lopez"),
        (DOUBLE, "García, A."),
        (POLICE, "Kent Police"),
        (POLICE, "police kent"),
    ],
)
def test_a_person_answers_to_every_way_of_writing_the_name(person: Person, typed: str) -> None:
    """In any order, by initials, with accents or without, with part of a double name."""
    assert answers(person, typed)


@pytest.mark.parametrize(
    ("person", "typed"),
    [
        (SETO, "Seto, A."),
        (SETO, "Seto, Marie"),
        (SETO, "Michael Smith"),
        (SETO, "Seto, Michael D."),
        (BRUGGEN, "van der Meer"),
        (LAETTH, "Lath, Johanna"),
        (POLICE, "Kent County Police"),
    ],
)
def test_a_person_does_not_answer_to_another_name(person: Person, typed: str) -> None:
    """Another initial is another person."""
    assert not answers(person, typed)


def test_a_family_name_is_looked_for_wherever_it_may_stand() -> None:
    """Before the comma; else every end of the name, and every word."""
    assert families("van der Bruggen, M.") == ["van der Bruggen"]
    assert families("Madeleine van Bruggen") == [
        "Madeleine van Bruggen",
        "van Bruggen",
        "Bruggen",
        "Madeleine",
        "van",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Karl Hanson", True),
        ("Hanson, Karl", True),
        ("Hanson, Karl M.", True),
        ("Hanson, R. K.", True),
        ("K. Hanson", False),
        ("Carl Hanson", False),
        ("Hanson, Karl Peter", False),
    ],
)
def test_for_finding_a_later_given_name_does(typed: str, found: bool) -> None:
    """Written out only; who somebody is, it does not tell."""
    hanson = Person(Name("Hanson", "R. Karl M."), "hanson", spellings=("Hanson, R. K.", "Hanson, R. Karl M."))
    assert goes_by(hanson, typed) == found
    assert answers(hanson, typed) == (typed == "Hanson, R. K.")
    assert not goes_by(SETO, "Seto, Marie")
    assert not goes_by(POLICE, "Kent County Police")
