"""Is this record one of the library's works?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicates import records
from kb.match.index import Index
from kb.model import Name, Origin, Work

SETO = Work(
    "seto2011",
    "article",
    Origin("a.bib", 1),
    title="Contact sexual offending by men with online sexual offenses",
    authors=(Name("Seto", "Michael C."), Name("Hanson", "R. Karl"), Name("Babchishin", "Kelly M.")),
    year=2011,
    container="Sexual Abuse: A Journal of Research and Treatment",
    volume="23",
    issue="1",
    pages="124–145",
    doi="10.1177/1079063210369013",
)
SETO_LATER = replace(
    SETO,
    citekey="seto2015",
    origin=Origin("a.bib", 9),
    title="Predicting recidivism among adult men with online offenses",
    year=2015,
    volume="27",
    pages="416–439",
    doi="10.1177/1079063213513122",
)
CORRECTION = replace(
    SETO,
    citekey="seto2012",
    origin=Origin("a.bib", 20),
    title=f"Erratum to: {SETO.title}",
    year=2012,
    volume="24",
    pages="97",
    doi="10.1177/9",
)
OTHERS = [one.work for one in records(150, seed=21, held_out=True)]
INDEX = Index([*OTHERS, SETO, SETO_LATER])


def told(citekey: str, **fields: object) -> Work:
    return Work(citekey, "misc", Origin("new.ris", 1), **fields)  # type: ignore[arg-type]


def test_a_reference_of_web_of_science_finds_its_work() -> None:
    """Author, year, abbreviated journal, volume and first page, and no title; less sure than a DOI."""
    reference = told(
        "ref",
        authors=(Name("Seto", "MC"),),
        year=2011,
        container="SEX ABUSE-J RES TR",
        volume="23",
        pages="124",
    )

    (found, judgement), *others = INDEX.nearest(reference)

    assert found.citekey == "seto2011"
    assert judgement.verdict == "same"
    assert judgement.score == pytest.approx(0.9)
    assert all(j.verdict != "same" for _, j in others)


@pytest.mark.parametrize(
    "fields",
    [
        {"doi": SETO.doi},
        {"title": SETO.title, "authors": (Name("Seto", "M."),), "year": 2011},
        {
            "title": "Contact sexual offending by men with online sexual offences",
            "authors": SETO.authors,
            "year": 2011,
        },
        {
            "title": SETO.title,
            "authors": (Name("Seto", "MC"),),
            "year": 2010,
            "container": "Sex Abuse",
            "pages": "124",
        },
    ],
)
def test_a_record_finds_the_work_that_it_is(fields: dict[str, object]) -> None:
    """By DOI alone, or by what a reference list says."""
    found = INDEX.nearest(told("ref", **fields))

    assert found[0][0] is SETO
    assert found[0][1].verdict == "same"


def test_a_shared_doi_is_certain() -> None:
    """The best is first, with confidence 1."""
    found = INDEX.nearest(told("ref", doi=SETO.doi, title=SETO.title, year=2011))

    assert (found[0][0].citekey, found[0][1].score) == ("seto2011", 1.0)


def test_a_correction_is_told_with_what_it_is() -> None:
    """Not the same, and worth knowing: it can be linked."""
    index = Index([SETO, CORRECTION])

    found = index.nearest(replace(SETO, citekey="new", origin=Origin("new.ris", 3)))

    assert [(work.citekey, j.verdict, j.relation) for work, j in found] == [
        ("seto2011", "same", ""),
        ("seto2012", "different", "correction"),
    ]


def test_what_is_not_there_is_not_found() -> None:
    """Nor does a record that says nothing find anything."""
    unknown = told(
        "x", title="Soil moisture and the migration of larks", authors=(Name("Lark", "A"),), year=1990
    )

    assert INDEX.nearest(unknown) == []
    assert INDEX.nearest(told("empty")) == []
    assert Index([]).nearest(SETO) == []


def test_a_work_does_not_find_itself_and_answers_are_limited() -> None:
    """A library's own works can be asked for, too."""
    twins = [replace(SETO, citekey=f"t{i}", origin=Origin("t.bib", i)) for i in range(5)]
    index = Index([SETO, *twins])

    assert [work.citekey for work, _ in index.nearest(SETO)] == ["t0", "t1", "t2"]
    assert len(index.nearest(SETO, limit=9)) == 5
    assert len(index) == 6


@settings(max_examples=10, deadline=None)
@given(st.permutations(OTHERS[:60]))
def test_answers_do_not_depend_on_the_order(shuffled: list[Work]) -> None:
    """The same works, the same answers."""
    index, again = Index(OTHERS[:60]), Index(shuffled)

    for work in OTHERS[60:90]:
        assert index.nearest(work) == again.nearest(work)


def test_most_records_of_works_that_are_there_find_them() -> None:
    """Of those with another record in the library, nineteen in twenty."""
    made = records(600, seed=31, held_out=False)
    library = {one.cluster: one.work for one in made}
    index = Index(library.values())
    asked = [one for one in made if one.work is not library[one.cluster]]

    right = [
        found and found[0][0] is library[one.cluster]
        for one in asked
        for found in [index.nearest(one.work, limit=1)]
    ]

    assert sum(map(bool, right)) >= 0.95 * len(asked)
