"""Whose study it is: the developers' own, independent, or nobody can tell."""

from kb.match.developers import Developers, developers, independence
from kb.model import Name, Person

SETO = Person(Name("Seto", "Michael C."), "seto-michael-c")
HOMONYM = Person(Name("Seto", "M."), "seto-m")
EKE = Person(Name("Eke", "Angela W."), "eke-angela-w")
POLICE = Person(Name("Kent Police", corporate=True), "kent-police")
MADE = Developers(known={SETO.slug: SETO, EKE.slug: EKE}, work="seto2015predicting")


def test_the_study_in_which_the_tool_was_built_is_its_developers() -> None:
    """Whoever signed it."""
    found = independence("seto2015predicting", ["somebody"], MADE, all_named=True)
    assert (found.value, found.because) == (False, "the tool was built in it")


def test_one_developer_among_the_authors_is_enough() -> None:
    """And is named."""
    found = independence("other2020", ["somebody", EKE.slug], MADE, all_named=False)
    assert (found.value, found.because) == (False, "a developer is among its authors: Eke, Angela W.")


def test_without_a_developer_a_study_is_independent_if_all_authors_are_known() -> None:
    """Behind “and others” anybody may stand."""
    assert independence("other2020", ["somebody"], MADE, all_named=True).word == "independent"
    for authors, all_named in ((["somebody"], False), ([], True)):
        found = independence("other2020", authors, MADE, all_named=all_named)
        assert (found.word, found.because) == ("unknown", "not all its authors are known")


def test_a_person_of_the_same_name_leaves_it_open() -> None:
    """A homonym is not taken for the developer, and not for somebody else."""
    made = Developers(known=MADE.known, perhaps={HOMONYM.slug: HOMONYM})
    found = independence("other2020", [HOMONYM.slug], made, all_named=True)
    assert (found.value, "same name" in found.because) == (None, True)


def test_where_a_body_is_a_developer_too_nobody_can_tell() -> None:
    """Where authors work is not known."""
    made = developers([("Seto, Michael C.", [SETO]), ("Kent Police", [POLICE])], [])
    assert made.bodies == ("Kent Police",)
    assert independence("other2020", ["somebody"], made, all_named=True).word == "unknown"
    assert independence("own2020", [POLICE.slug], made, all_named=True).word == "developers"


def test_a_tool_without_named_developers_tells_nothing() -> None:
    """The note has to name them; who built it is not enough: their other studies would look independent."""
    for made in (developers([], []), developers([], [SETO.slug], "seto2015predicting")):
        found = independence("other2020", [SETO.slug], made, all_named=True)
        assert (found.value, found.because) == (None, "no developer of the tool is known here")
    assert independence("seto2015predicting", [SETO.slug], made, all_named=True).word == "developers"


def test_of_several_people_of_a_name_the_one_who_built_it_is_meant() -> None:
    """The others are developers perhaps; without the study that built it, all are."""
    both = [("Seto, M.", [SETO, HOMONYM])]
    assert developers(both, [SETO.slug]) == Developers({SETO.slug: SETO}, {HOMONYM.slug: HOMONYM})
    assert developers(both, []) == Developers({}, {SETO.slug: SETO, HOMONYM.slug: HOMONYM})
    assert developers([("Seto, M.", [SETO])], []) == Developers({SETO.slug: SETO})
