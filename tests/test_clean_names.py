"""Authors and editors: who is who, whatever the order, braces and particles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.clean.names import people
from kb.model import Name

CASES = {
    "Seto, Michael C.": Name("Seto", "Michael C."),
    "Michael C. Seto": Name("Seto", "Michael C."),
    "Seto,Michael": Name("Seto", "Michael"),
    "L. Maaike Helmus": Name("Helmus", "L. Maaike"),
    "Eke, A~W": Name("Eke", "A W"),
    "O'Brien, Anne-Marie": Name("O'Brien", "Anne-Marie"),
    "Ludwig van Beethoven": Name("Beethoven", "Ludwig", "van"),
    "van der Berg, Jan": Name("Berg", "Jan", "van der"),
    "de la Cruz, Juan Carlos": Name("Cruz", "Juan Carlos", "de la"),
    "Jean de La Fontaine": Name("La Fontaine", "Jean", "de"),
    "Jean {de La} Fontaine": Name("Fontaine", "Jean de La"),
    "von Neumann": Name("Neumann", "", "von"),
    "Da Silva, Ana": Name("Da Silva", "Ana"),
    "Beeblebrox, IV, Zaphod": Name("Beeblebrox", "Zaphod", "", "IV"),
    "King Jr., Martin Luther": Name("King", "Martin Luther", "", "Jr."),
    "Sammy Davis, Jr.": Name("Davis", "Sammy", "", "Jr."),
    r"M{\"u}ller, J{\"u}rgen": Name("Müller", "Jürgen"),
    r"{\"O}zg{\"u}r Akg{\"u}n": Name("Akgün", "Özgür"),
    r"{\'E}cole, A": Name("École", "A"),
    "Śmigiel, Łucja": Name("Śmigiel", "Łucja"),
    "Plato": Name("Plato"),
    r"{\'A}": Name("Á"),
    "Ana Maria da Silva": Name("Silva", "Ana Maria", "da"),
    "Kelly-Anne O'Neill": Name("O'Neill", "Kelly-Anne"),
    "Smith, {J. K.}": Name("Smith", "J. K."),
    "{Internet Watch Foundation}": Name("Internet Watch Foundation", corporate=True),
    "{{WHO}}": Name("WHO", corporate=True),
    "{Simon and Schuster}": Name("Simon and Schuster", corporate=True),
    r"{Universit{\"a}t Ulm}": Name("Universität Ulm", corporate=True),
    "family=Hasselblad, given=Anna, prefix=von": Name("Hasselblad", "Anna", "von"),
    "given={A, B}, family=X, suffix=Jr.": Name("X", "A, B", "", "Jr."),
}


@pytest.mark.parametrize(("written", "name"), CASES.items())
def test_names_in_every_order(written: str, name: Name) -> None:
    """BibTeX's three forms, BibLaTeX's fourth, and bodies in braces."""
    found = people(written)

    assert found.names == (name,)
    assert found.complaints == ()
    assert not found.others


@given(
    st.lists(st.sampled_from(sorted(CASES)), min_size=1, max_size=6), st.sampled_from([" and ", "\n   AND\t"])
)
def test_names_keep_their_order_and_number(written: list[str], between: str) -> None:
    """One name does not change how its neighbour is read."""
    assert people(between.join(written)).names == tuple(CASES[one] for one in written)


@pytest.mark.parametrize("ending", [" and others", " and et al.", " and Others"])
def test_and_others_is_no_name(ending: str) -> None:
    """It says that there are more authors than the entry names."""
    found = people(f"Seto, Michael C.{ending}")

    assert found.names == (Name("Seto", "Michael C."),)
    assert found.others


@pytest.mark.parametrize(
    ("written", "names", "complaint"),
    [
        ("Smith, J.; Jones, K.", (Name("Smith", "J."), Name("Jones", "K.")), "semicolons"),
        ("Smith, J., Jones, K. L.", (Name("Smith", "J."), Name("Jones", "K. L.")), "commas"),
        ("Smith,", (Name("Smith"),), "trailing comma"),
        ("A, B, C, D, E", (Name("A", "C D E", "", "B"),), "too many commas"),
        ("}", (), "brace"),
        ("x" * 2000, (Name("x" * 2000),), "2,000"),
    ],
)
def test_what_is_no_list_of_names_is_read_as_well_as_can_be(
    written: str, names: tuple[Name, ...], complaint: str
) -> None:
    """And the complaint says what was found."""
    found = people(written)

    assert found.names == names
    assert complaint.replace("2,000", "1,000") in found.complaints[0]


@given(st.lists(st.sampled_from([*"ab A,.{}\\\"'~-=;ö", " and "])))
def test_any_text_gives_names_that_are_not_empty(pieces: list[str]) -> None:
    """No text raises; there is a name, or a complaint that there is none."""
    found = people("".join(pieces))

    assert all(name.family for name in found.names)
    assert found.names or found.complaints or not "".join(pieces).replace(" and ", "").strip()


@given(st.sampled_from(sorted(CASES)))
def test_a_clean_name_stays_as_it_is(written: str) -> None:
    """Reading a clean name again, family first, gives the same name."""
    name = people(written).names[0]
    again = f"{{{name.family}}}" if name.corporate else name.inverted

    if (not name.particle or name.given) and "," not in name.given:
        assert people(again).names == (name,)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (r"Mu\~noz, I\~nigo and \v{C}ern\'y, Vladim\'{\i}r", [("Muñoz", "Iñigo"), ("Černý", "Vladimír")]),
        (r"Nguy{\~{\^e}}n, Vi\d{\^e}t", [("Nguyễn", "Việt")]),
        ("Marsh, Ian and Cole, Rebecca and", [("Marsh", "Ian"), ("Cole", "Rebecca")]),
        ("Ian Marsh and and Rebecca Cole", [("Marsh", "Ian"), ("Cole", "Rebecca")]),
        ("Andersen, Andy and Band, Ann", [("Andersen", "Andy"), ("Band", "Ann")]),
    ],
)
def test_accents_and_stray_words_between_names(written: str, names: list[tuple[str, str]]) -> None:
    """A tilde over an n is no space, and an “and” that joins nothing is nobody's name."""
    found = people(written)

    assert [(name.family, name.given) for name in found.names] == names
    assert found.complaints == ()


def test_a_name_in_small_letters_begins_with_its_particle() -> None:
    """As BibTeX has it: write {bell hooks} for whom it does not fit."""
    (name,) = people("dana boyle").names

    assert (name.particle, name.family, name.given) == ("dana", "boyle", "")
