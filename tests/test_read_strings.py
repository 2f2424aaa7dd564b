"""The reference lists of Web of Science and Scopus: one string → entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Entry, Origin
from kb.read import read_bibtex
from kb.read.strings import cited_references
from kb.records import records

ORIGIN = Origin("x.bib", 7)

WOS = r"""Seto MC, 2011, SEX ABUSE-J RES TR, V23, P124, DOI 10.1177/1079063210369013.
   Eke A. W., 2019, LAW HUM BEHAV, V43, P96, DOI {[}10.1000/a, 10.1000/b{]}.
   {[}Anonymous], 2008, PEDOPHILIA ITS TREATM.
   van den Berg JW, 2018, SEX ABUSE, V30, P421.
   *WHO, 2016, GLOBAL STRATEGY.
   Henshaw M, IN PRESS, J SEX AGGRESS.
   Marsh S, 2020, PLOS ONE, V15, ARTN e0231, DOI 10.1371/journal.pone.0231.
   Seto MC, UNPUB."""

OLD = (
    "Seto, M.C., Eke, A.W., Predicting recidivism: a tool (2015) Law and Human Behavior, 39 (4), "
    "pp. 416-429; "
    "van den Berg, J.W., Smid, W., et al., Dynamic risk; a review (2018) Sex. Abuse, 30, pp. 421-448; "
    "Bell, I., (2011) Clinical Risk, 3, p. 77; "
    "(2016) Global Strategy, , WHO, Geneva; An untitled list"
)
NEW = (
    "Seto M.C., Eke A.W., Predicting recidivism, a tool, Law and Human Behavior, 39, 4, pp. 416-429, (2015); "
    "van den Berg J.W., Dynamic risk; a review, Sex. Abuse, 30, (2018); Global Strategy, (2016)"
)


def fields(text: str) -> list[dict[str, str]]:
    return [
        {name: value for name, value in one.fields.items() if name != "reference"}
        for one in cited_references(text, ORIGIN)
    ]


def test_a_reference_list_of_web_of_science() -> None:
    """Authors, year, journal or title, volume, page and DOI, as far as each line has them."""
    assert fields(WOS) == [
        {"author": "Seto, M. C.", "doi": "10.1177/1079063210369013", "date": "2011", "volume": "23",
         "pages": "124",
         "journaltitle": "SEX ABUSE-J RES TR"},
        {"author": "Eke, A. W.", "doi": "10.1000/a", "date": "2019", "volume": "43", "pages": "96",
         "journaltitle": "LAW HUM BEHAV"},
        {"date": "2008", "title": "PEDOPHILIA ITS TREATM"},
        {"author": "van den Berg, J. W.", "date": "2018", "volume": "30", "pages": "421",
         "journaltitle": "SEX ABUSE"},
        {"author": "{WHO}", "date": "2016", "title": "GLOBAL STRATEGY"},
        {"author": "Henshaw, M.", "title": "J SEX AGGRESS"},
        {"author": "Marsh, S.", "doi": "10.1371/journal.pone.0231", "date": "2020", "volume": "15",
         "eid": "e0231",
         "journaltitle": "PLOS ONE"},
        {"author": "Seto, M. C.", "title": "UNPUB"},
    ]  # fmt: skip


def test_lists_with_semicolons_are_parted_too() -> None:
    """As in tab-delimited exports of Web of Science."""
    found = fields("Seto MC, 2011, SEX ABUSE, V23, P124; Eke AW, 2019, SEX ABUSE, V31, P456")

    assert [one["author"] for one in found] == ["Seto, M. C.", "Eke, A. W."]


def test_an_older_reference_list_of_scopus() -> None:
    """The year stands behind the title; a semicolon in a title parts nothing."""
    assert fields(OLD) == [
        {"author": "Seto, M. C. and Eke, A. W.", "date": "2015", "title": "Predicting recidivism: a tool",
         "volume": "39", "number": "4", "pages": "416-429", "journaltitle": "Law and Human Behavior"},
        {"author": "van den Berg, J. W. and Smid, W. and others", "date": "2018",
         "title": "Dynamic risk; a review",
         "volume": "30", "pages": "421-448", "journaltitle": "Sex. Abuse"},
        {"author": "Bell, I.", "date": "2011", "volume": "3", "pages": "77", "journaltitle": "Clinical Risk"},
        {"date": "2016", "publisher": "Global Strategy, WHO, Geneva"},
        {"title": "An untitled list"},
    ]  # fmt: skip


def test_a_newer_reference_list_of_scopus() -> None:
    """The year stands at the end, and the issue in no brackets."""
    assert fields(NEW) == [
        {"author": "Seto, M. C. and Eke, A. W.", "date": "2015", "title": "Predicting recidivism, a tool",
         "volume": "39", "number": "4", "pages": "416-429", "journaltitle": "Law and Human Behavior"},
        {"author": "van den Berg, J. W.", "date": "2018", "title": "Dynamic risk; a review", "volume": "30",
         "journaltitle": "Sex. Abuse"},
        {"date": "2016", "title": "Global Strategy"},
    ]  # fmt: skip


def test_each_reference_keeps_its_string_and_place() -> None:
    """What was read of it can be looked up."""
    first = cited_references(WOS, ORIGIN)[0]

    assert first == Entry("", "article", first.fields, ORIGIN)
    assert first.fields["reference"].startswith("Seto MC, 2011, SEX ABUSE-J RES TR, V23")


@pytest.mark.parametrize(
    ("more", "whole"), [("", "complete"), ("Number-of-Cited-References = {{8}},", "complete"),
                        ("Number-of-Cited-References = {{41}},", "partial")],
)  # fmt: skip
def test_an_export_of_web_of_science_gives_its_reference_list(more: str, whole: str) -> None:
    """With how much of it there is; the field itself stays as it was."""
    text = f"@article{{ WOS:1,\nTitle = {{{{T}}}},\n{more}\nCited-References = {{{{{WOS}}}}},\n}}\n"
    entries, problems = read_bibtex(text.encode(), "x.bib")

    assert problems == []
    assert len(entries[0].references) == 8
    assert entries[0].fields["citeslist"] == whole
    assert entries[0].fields["cited-references"] == f"{{{WOS}}}"


def test_an_export_of_scopus_gives_its_reference_list() -> None:
    """As works that are cited and not held."""
    text = (
        f"@ARTICLE{{a,\ntitle={{T}},\nnote={{cited By 12}},\nreferences={{{OLD}}},\nsource={{Scopus}},\n}}\n"
    )
    work = records("x.bib", text.encode()).works[0]

    assert [one.year for one in work.references] == [2015, 2018, 2011, 2016, None]
    assert not any(one.held for one in work.references)
    assert work.references[0].authors[1].inverted == "Eke, A. W."


def test_a_references_field_of_another_kind_is_left_alone() -> None:
    """Without a year in brackets it is no list of Scopus."""
    entries, _ = read_bibtex(b"@misc{k, title = {T}, references = {see below}}", "x.bib")

    assert entries[0].references == ()
    assert "citeslist" not in entries[0].fields


@given(
    st.lists(
        st.sampled_from(
            [*"(){}[];,. \n", "2011", "(2015)", "Seto MC", "V23", "P1", "DOI 10.1000/x", "et al."]
        )
    )
)
def test_any_string_gives_entries(pieces: list[str]) -> None:
    """Nothing raises, and every entry has the string that it was read from."""
    assert all(one.fields["reference"] for one in cited_references("".join(pieces), ORIGIN))
