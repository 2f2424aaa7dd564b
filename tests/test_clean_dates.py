"""Dates: EDTF where they are dates, the text and a complaint where they are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.clean.dates import dated

# What is written → year, date; "=" is the text itself
GOOD = {
    "2015": (2015, "="),
    "2015-03": (2015, "="),
    "2015-03-12": (2015, "="),
    "2015-03-12T10:00:00Z": (2015, "="),
    "2015-21": (2015, "="),
    "2014/2016": (2014, "="),
    "2014-05/2014-07": (2014, "="),
    "2014/": (2014, "="),
    "2014/..": (2014, "="),
    "/2016": (2016, "="),
    "2015~": (2015, "="),
    "2015?": (2015, "="),
    "201X": (2010, "="),
    "0098": (98, "="),
    "-0044": (-44, "="),
    "c. 1998": (1998, "1998~"),
    "ca 1998": (1998, "1998~"),
    "[1998]": (1998, "1998~"),
    "[1998?]": (1998, "1998~"),
    "©2015": (2015, "2015"),
    "(2015)": (2015, "2015"),
    "{2015}": (2015, "2015"),
    "2015a": (2015, "2015"),
    "2014-2016": (2014, "2014/2016"),
    "2014--2016": (2014, "2014/2016"),
    "1998/99": (1998, "1998/1999"),
    "2015/03/12": (2015, "2015-03-12"),
    "2015/03//": (2015, "2015-03"),
    "2015-3-2": (2015, "2015-03-02"),
    "12.03.2015": (2015, "2015-03-12"),
    "March 2015": (2015, "2015-03"),
    "12 March 2015": (2015, "2015-03-12"),
    "March 12, 2015": (2015, "2015-03-12"),
    "2015 Mar 12": (2015, "2015-03-12"),
    "Spring 2015": (2015, "2015-21"),
    "in press": (None, "="),
    "In Press": (None, "="),
    "forthcoming": (None, "="),
    "n.d.": (None, "="),
    "": (None, "="),
}
BAD = {
    "2015-02-30": 2015,
    "2015-13": 2015,
    "2015-00": 2015,
    "2016/2015/2014": 2016,
    "2014/soon": 2014,
    "published in 2015": 2015,
    "2999": 2999,
    "20155": None,
    "98": None,
    "MMXV": None,
    "1" * 5000: None,
}


@pytest.mark.parametrize("field", ["date", "year"])
@pytest.mark.parametrize(("written", "expected"), GOOD.items())
def test_dates_as_people_write_them(field: str, written: str, expected: tuple[int | None, str]) -> None:
    """BibLaTeX's EDTF stays; the rest is turned into it; what has no year is no fault."""
    year, date = expected

    assert dated({field: written}) == (year, written if date == "=" else date, "")


@pytest.mark.parametrize(("written", "year"), BAD.items())
def test_what_is_no_date_is_kept_with_a_complaint(written: str, year: int | None) -> None:
    """The text stays, with the year that stands in it if one does."""
    found, date, complaint = dated({"date": written})

    assert (found, date) == (year, written)
    assert written[:40] in complaint


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"year": "2015", "month": "mar"}, "2015-03"),
        ({"year": "2015", "month": "March"}, "2015-03"),
        ({"year": "2015", "month": "3", "day": "2"}, "2015-03-02"),
        ({"year": "2015", "month": "3", "day": "42"}, "2015-03"),
        ({"year": "2015", "month": "12~jun"}, "2015-06-12"),
        ({"year": "2015", "month": "Spring"}, "2015-21"),
        ({"year": "2015", "month": "nonsense"}, "2015"),
        ({"year": "2015", "month": "AUG 23"}, "2015-08-23"),
        ({"year": "2015", "month": "jul~4"}, "2015-07-04"),
        ({"year": "2015", "month": "AUG 23-25"}, "2015-08-23/2015-08-25"),
        ({"year": "2015", "month": "MAR-APR"}, "2015-03/2015-04"),
        ({"year": "2015", "month": "March/April"}, "2015-03/2015-04"),
        ({"year": "2015", "month": "Sep 30--Oct 2"}, "2015-09-30/2015-10-02"),
        ({"year": "2015", "month": "December--January"}, "2015-12"),
        ({"year": "2015", "month": "Apr 31"}, "2015-04"),
        ({"year": "2015", "month": "1" * 5000}, "2015"),
        ({"year": "2014/2016", "month": "mar"}, "2014/2016"),
        ({"date": "2014", "year": "2015", "month": "mar"}, "2014"),
        ({"month": "mar"}, ""),
    ],
)
def test_year_month_and_day_are_joined(fields: dict[str, str], date: str) -> None:
    """A month that cannot be read is left out; ``date`` counts before them all."""
    assert dated(fields)[1:] == (date, "")


DIGITS = st.text("0123456789-/X?~. ", max_size=12)
WORDS = st.text(st.characters(exclude_characters="\\{}$", codec="utf-8"), max_size=20)


@given(st.one_of(st.sampled_from([*GOOD, *BAD]), DIGITS, WORDS))
def test_reading_a_date_twice_changes_nothing(written: str) -> None:
    """What came out is a date, or the same text again; nothing raises."""
    year, date, complaint = dated({"date": written})

    assert dated({"date": date}) == (year, date, complaint)
