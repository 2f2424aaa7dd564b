"""Identifiers and words in one written form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ids import doi, isbn, row_numbers
from kb.text import fold, nearest, slug, squeeze, transliterated


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("10.1177/1079063218762434", "10.1177/1079063218762434"),
        ("https://doi.org/10.1177/1079063218762434", "10.1177/1079063218762434"),
        ("doi:10.1037/LHB0000128.", "10.1037/lhb0000128"),
        ("http://dx.doi.org/10.1002%2Fcar.2308", "10.1002/car.2308"),
        ("(10.1016/S0140-6736(05)12345-6)", "10.1016/s0140-6736(05)12345-6"),
        ("10.1000/a,b", "10.1000/a,b"),
        ("see 10.1000/abc, and", "10.1000/abc"),
        ("10.5964/sotrap.11159", "10.5964/sotrap.11159"),
        ("no such thing", ""),
        ("10.12/short", ""),
    ],
)
def test_a_doi_has_one_written_form(written: str, clean: str) -> None:
    """Prefixes, escapes, case and trailing punctuation go; what belongs to it stays."""
    assert doi(written) == clean


@given(st.text())
def test_finding_a_doi_twice_finds_the_same(text: str) -> None:
    """Idempotent, and never raises."""
    assert doi(doi(text)) == doi(text)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("0306406152", "9780306406157"),
        ("978-0-306-40615-8", ""),
        ("", ""),
    ],
)
def test_an_isbn_is_kept_only_if_its_check_digit_holds(written: str, clean: str) -> None:
    """Ten digits become thirteen."""
    assert isbn(written) == clean


@given(st.sets(st.text(max_size=8)), st.text(max_size=8))
def test_row_numbers_are_unique_and_adding_a_name_moves_no_other(names: set[str], one: str) -> None:
    """Short of a collision of hashes, which 31 bits make rare at this size."""
    before = row_numbers(names)
    after = row_numbers(names | {one})
    assert len(set(after.values())) == len(after)
    assert all(0 < number < 2**31 for number in after.values())
    assert all(after[name] == number for name, number in before.items())


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """Fold is idempotent, and so are its kin."""
    assert fold(fold(text)) == fold(text)
    assert slug(slug(text)) == slug(text)
    assert squeeze(squeeze(text)) == squeeze(text)


def test_accents_umlauts_and_punctuation_do_not_matter() -> None:
    """Lätth, Latth and Laetth can all be found."""
    assert fold("Lätth") == "latth"
    assert transliterated("Lätth") == "laetth"
    assert fold("STABLE-2007") == fold("stable 2007")
    assert fold("Långström, N.") == "langstrom n"


def test_a_name_that_is_nearly_right_is_recognised_and_a_strange_one_is_not() -> None:
    """Did you mean: only what is close."""
    assert nearest("seto2015predicing", ["seto2015predicting", "eke2019validation"]) == ["seto2015predicting"]
    assert nearest("zzzz", ["seto2015predicting"]) == []


def test_marks_alone_are_like_no_name() -> None:
    """Nothing to compare is not the same as everything alike."""
    assert nearest("{", ["—", "cport"]) == []
    assert nearest("cprt", ["—", "cport"]) == ["cport"]
