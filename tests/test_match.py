"""Which entries are one work."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.match import merge
from kb.model import Origin, Work

ONE = Work("seto2015", "article", Origin("references/a.bib", 1), title="Predicting recidivism", year=2015)


def _at(work: Work, path: str, line: int, **changes: object) -> Work:
    return replace(work, origin=Origin(path, line), **changes)


def test_one_citekey_for_one_work_is_merged_with_a_warning() -> None:
    """The first value of each field wins, and the second entry fills the gaps."""
    again = _at(ONE, "references/b.bib", 9, doi="10.1/x", title="Predicting Recidivism.")

    merged = merge([again, ONE])

    assert [(w.citekey, w.title, w.doi) for w in merged.works] == [
        ("seto2015", "Predicting recidivism", "10.1/x")
    ]
    assert [(p.code, p.severity, p.origin.line) for p in merged.problems] == [("citekey-again", "warning", 9)]


def test_one_citekey_for_two_works_stores_the_first_and_reports_the_other() -> None:
    """Different titles under one key are two works: nothing is merged, nothing vanishes."""
    other = _at(ONE, "references/b.bib", 4, title="Something else", year=1999)

    merged = merge([ONE, other])

    assert [w.title for w in merged.works] == ["Predicting recidivism"]
    assert [(p.code, p.severity, p.origin) for p in merged.problems] == [
        ("citekey-twice", "error", Origin("references/b.bib", 4))
    ]


def test_a_cited_work_becomes_the_held_one_by_its_doi() -> None:
    """The cited citekey lives on as an alias."""
    held = _at(ONE, "references/a.bib", 1, doi="10.1/x")
    cited = _at(ONE, "references/cited.bib", 1, citekey="seto15", doi="10.1/x", held=False, volume="39")

    merged = merge([cited, held])

    assert [(w.citekey, w.held, w.volume) for w in merged.works] == [("seto2015", True, "39")]
    assert merged.aliases == {"seto15": "seto2015"}
    assert merged.problems == []


def test_two_held_works_with_one_doi_stay_apart_and_are_reported() -> None:
    """A whole supplement may share a DOI: only a person may join held works."""
    held = _at(ONE, "references/a.bib", 1, doi="10.1/x")
    other = _at(ONE, "references/b.bib", 7, citekey="other", doi="10.1/x", title="Abstract 12")

    merged = merge([held, other])

    assert len(merged.works) == 2
    assert [(p.code, p.citekey) for p in merged.problems] == [("doi-twice", "other")]


def test_an_alias_that_names_another_work_is_left_out() -> None:
    """The citekey keeps its work; the alias is reported."""
    thief = _at(ONE, "references/b.bib", 3, citekey="thief", title="Another", aliases=("seto2015",))

    merged = merge([ONE, thief])

    assert merged.aliases == {}
    assert [p.code for p in merged.problems] == ["alias-taken"]


@given(
    st.lists(
        st.builds(
            Work,
            citekey=st.sampled_from("abc"),
            type=st.just("article"),
            origin=st.builds(
                Origin, st.sampled_from(["references/a.bib", "references/cited.bib"]), st.integers(1, 99)
            ),
            title=st.sampled_from(["One", "Two", ""]),
            doi=st.sampled_from(["", "10.1/x", "10.1/y"]),
            held=st.booleans(),
        ),
        unique_by=lambda w: w.origin,
    ),
    st.randoms(),
)
def test_every_entry_is_stored_merged_or_reported_whatever_the_order(
    works: list[Work], chance: object
) -> None:
    """Each entry's citekey leads to a work, or an error names the entry; order does not matter."""
    merged = merge(works)
    known = {w.citekey for w in merged.works} | merged.aliases.keys()
    errors = {p.origin for p in merged.problems if p.severity == "error"}
    assert all(work.citekey in known or work.origin in errors for work in works)

    shuffled = list(works)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merged
