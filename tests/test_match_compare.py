"""Are two records one work? Labelled pairs of every kind, each with its reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duplicates import records
from kb.match import venues
from kb.match.compare import compare
from kb.model import Name, Origin, Work

LONG = "Predicting recidivism among adults convicted of online offences: a ten-year follow-up"
MAIN = LONG.partition(":")[0]
ARTICLE = Work(
    "seto2015",
    "article",
    Origin("a.bib", 1),
    title=LONG,
    authors=(Name("Müller-Seto", "Michael Carl"), Name("van der Berg", "Ingrid"), Name("Østergård", "Karl")),
    year=2015,
    container="Sexual Abuse: A Journal of Research and Treatment",
    volume="27",
    issue="4",
    pages="416–439",
    doi="10.1177/1079063213513122",
    fields={"pmid": "24491927"},
)
BARE = replace(ARTICLE, doi="", fields={})
ELSEWHERE = {"volume": "29", "issue": "1", "pages": "7–31", "doi": "10.1177/777777", "fields": {}}


def as_pubmed(work: Work) -> Work:
    return replace(
        work,
        title=f"{work.title}.",
        container="Sex Abuse",
        pages="416-39",
        doi="",
        authors=(Name("Mueller-Seto", "MC"), Name("van der Berg", "I"), Name("Ostergard", "K")),
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"doi": ARTICLE.doi, "title": LONG.upper()}, "same DOI"),
        ({"fields": {"pmid": "24491927"}}, "same PMID"),
        ({"title": LONG.replace("recidivism", "recidivsim")}, "titles differ only in spelling"),
        ({"title": MAIN}, "titles differ only in a subtitle"),
        ({"title": LONG[:52] + "…", "pages": ""}, "one title is cut short"),
        ({"container": "SEX ABUSE-J RES TR", "pages": "416"}, "same journal or book"),
        ({"authors": ARTICLE.authors[:1], "more_authors": True}, "same first author"),
        ({"authors": ARTICLE.authors[::-1]}, "same authors"),
        ({"authors": tuple(Name(n.given.split()[0], n.family) for n in ARTICLE.authors)}, "same authors"),
        ({"authors": ()}, "same volume and pages"),
        ({"year": 2014}, "years differ (2014 and 2015)"),
        ({"year": None}, "same authors"),
        ({"year": 2014, "volume": "", "issue": "", "pages": ""}, "years differ (2014 and 2015)"),
        ({"pages": "e77120"}, "same volume"),
        ({"title": f"[{LONG}]."}, "same title"),
        ({"title": "[Rückfall nach Verurteilung]"}, "title in another language"),
        ({"title": f"RETRACTED: {LONG}"}, "same title"),
        ({"title": f"Editorial: {LONG}"}, "same title"),
        ({"title": LONG.replace("Predicting ", "")}, "titles nearly the same"),
        ({"type": "misc"}, "same title"),
    ],
)
def test_one_work_is_known_however_it_is_written(changes: dict[str, object], reason: str) -> None:
    """Databases, reference lists and people write one work in many ways."""
    judgement = compare(ARTICLE, replace(BARE, citekey="again", **changes))

    assert judgement.verdict == "same"
    assert reason in judgement.reasons
    assert judgement.relation == ""


@pytest.mark.parametrize(
    ("title", "relation", "reason"),
    [
        (f"Correction: {LONG}", "correction", "one is a correction of the other"),
        (f"Erratum to: {LONG}", "correction", "one is a correction of the other"),
        (f"{LONG} (vol 27, pg 416, 2015)", "correction", "one is a correction of the other"),
        (f"Retraction notice to “{LONG}”", "retraction", "one is the retraction of the other"),
        (f"Expression of concern: {LONG}", "concern", "one is an expression of concern about the other"),
        (f"Reply to: {LONG}", "reply", "one is a reply to the other"),
        (f"{LONG}: authors’ reply", "reply", "one is a reply to the other"),
        (f"Comment on “{LONG}”", "comment", "one is a comment on the other"),
        (f"Re: {LONG}", "comment", "one is a comment on the other"),
        (f"Book review: {LONG}", "review", "one is a review of the other"),
        (
            f"{LONG.split(':', maxsplit=1)[0]}: study protocol for a randomised controlled trial",
            "protocol",
            "one is the protocol of the other",
        ),
        (f"{LONG}: part 2", "part", "only one title has the number 2"),
        (f"{LONG} II", "part", "only one title has the number 2"),
        (LONG.replace("ten", "five"), "part", "part or number 5 and 10 in the titles"),
        (LONG.replace("adults", "children"), "", "“adults” and “children” in the titles"),
    ],
)
def test_what_is_about_a_work_is_another_one(title: str, relation: str, reason: str) -> None:
    """A correction, reply, part or other group has nearly the title, and is not the work."""
    judgement = compare(ARTICLE, replace(ARTICLE, citekey="other", title=title, **ELSEWHERE))

    assert (judgement.verdict, judgement.relation) == ("different", relation)
    assert reason in judgement.reasons


@pytest.mark.parametrize(
    ("changes", "relation", "reason"),
    [
        (
            {"container": "PsyArXiv", "doi": "10.31234/osf.io/abcde"},
            "preprint",
            "preprint and published work",
        ),
        ({"container": "arXiv preprint arXiv:2011.01234"}, "preprint", "preprint and published work"),
        (
            {"type": "inproceedings", "container": "Proceedings of the 3rd Conference on Prevention"},
            "conference version",
            "conference paper and another publication",
        ),
        (
            {"type": "phdthesis", "container": "", "authors": ARTICLE.authors[:1]},
            "thesis version",
            "thesis and publication",
        ),
        (
            {"container": "Dissertation Abstracts International", "authors": ARTICLE.authors[:1]},
            "thesis version",
            "thesis and publication",
        ),
        ({"type": "report", "container": ""}, "report version", "report and publication"),
        (
            {"container": "Psychological Bulletin", "volume": "3", "pages": "1–20"},
            "reprint",
            "other journals or books",
        ),
        ({"container": "Revue de criminologie", "language": "fr"}, "translation", "other journals or books"),
    ],
)
def test_one_text_in_two_publications_is_linked_not_merged(
    changes: dict[str, object], relation: str, reason: str
) -> None:
    """Preprint, conference paper, thesis, report, reprint and translation are never the same work."""
    one = replace(BARE, language="en")
    judgement = compare(
        one, replace(one, citekey="other", **{"volume": "", "issue": "", "pages": "", **changes})
    )

    assert (judgement.verdict, judgement.relation) == ("doubtful", relation)
    assert reason in judgement.reasons


def test_a_thesis_is_not_its_article_though_a_manager_calls_that_misc() -> None:
    """What has a volume in a journal is an article, whatever its type says."""
    thesis = replace(
        BARE, type="thesis", container="", volume="", issue="", pages="", authors=ARTICLE.authors[:1]
    )

    judgement = compare(thesis, replace(BARE, type="misc", container="Victims & Offenders"))

    assert (judgement.verdict, judgement.relation) == ("doubtful", "thesis version")


def test_another_edition_or_version_is_another_work() -> None:
    """A second edition, and a Cochrane review's update."""
    book = replace(BARE, type="book", container="", volume="", issue="", pages="", fields={"edition": "1"})
    review = replace(ARTICLE, doi="10.1002/14651858.cd007507.pub2", volume="", pages="")

    second = compare(book, replace(book, fields={"edition": "Second"}, year=2019))
    update = compare(review, replace(review, doi="10.1002/14651858.cd007507.pub3", fields={}, year=2019))

    assert (second.verdict, second.relation) == ("different", "edition")
    assert (update.verdict, update.relation) == ("different", "version")


def test_a_chapter_is_not_its_book() -> None:
    """Though both have one ISBN."""
    book = replace(BARE, type="book", container="", volume="", pages="", isbn="9780306406157")
    chapter = replace(
        BARE, type="incollection", title="Measuring change in treatment", container=LONG, isbn=book.isbn
    )

    judgement = compare(book, chapter)

    assert (judgement.verdict, judgement.relation) == ("different", "chapter")


def test_a_shared_doi_that_nothing_contradicts_is_certain() -> None:
    """The confidence is 1, and less with anything against it."""
    assert compare(ARTICLE, as_pubmed(ARTICLE)).score == pytest.approx(1.0)
    assert compare(BARE, as_pubmed(BARE)).score < 1.0


def test_one_doi_for_a_supplement_does_not_make_its_abstracts_one() -> None:
    """Nor does a DOI typed into the wrong record: titles and people are others."""
    other = replace(
        ARTICLE,
        title="Stigma and help-seeking in primary care",
        authors=(Name("Lindqvist", "Anna"),),
        pages="S12",
    )

    judgement = compare(replace(ARTICLE, fields={}), other)

    assert judgement.verdict == "different"
    assert judgement.reasons[0].startswith("same DOI, but other titles and authors")


def test_one_doi_with_another_title_by_the_same_people_is_for_a_person_to_look_at() -> None:
    """Two abstracts of one group, or a title that changed."""
    other = replace(ARTICLE, title="Stigma and help-seeking in primary care", pages="S12")

    assert compare(ARTICLE, other).verdict == "doubtful"


def test_editorials_on_equal_pages_of_two_volumes_are_two_works() -> None:
    """A title that every volume has says nothing; volume and pages do."""
    one = replace(BARE, title="Editorial", pages="1–3")

    later = compare(one, replace(one, volume="28", year=2016))
    again = compare(one, replace(one, title="Editorial.", container="Sex Abuse"))

    assert later.verdict == "different"
    assert again.verdict == "same"


def test_annual_reports_are_told_apart_by_their_years() -> None:
    """In the title or in the date."""
    body = (Name("Internet Watch Foundation", corporate=True),)
    report = Work("iwf2019", "report", Origin("a.bib"), title="Annual report 2019", authors=body, year=2020)
    unnumbered = replace(report, title="Annual report")

    assert compare(report, replace(report, title="Annual report 2020", year=2021)).verdict == "different"
    assert compare(unnumbered, replace(unnumbered, year=2021)).verdict == "different"


def test_two_papers_of_one_author_in_one_year_are_two_works() -> None:
    """In one volume, with titles that begin alike."""
    other = replace(
        BARE, title="Predicting recidivism among women on probation: a validation study", pages="500–520"
    )

    assert compare(BARE, other).verdict == "different"


def test_different_pmids_are_never_the_same() -> None:
    """Whatever else agrees: a person should look."""
    other = replace(ARTICLE, doi="", fields={"pmid": "111"})

    assert compare(replace(ARTICLE, doi=""), other).verdict != "same"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "same"),
        ({"container": ""}, "same"),
        ({"pages": "417"}, "different"),
        ({"year": 2011}, "different"),
        ({"authors": (Name("Hanson", "RK"),)}, "different"),
        ({"volume": "", "pages": ""}, "doubtful"),
        ({"container": "Law Hum Behav"}, "different"),
    ],
)
def test_a_reference_without_title_needs_author_year_volume_and_page(
    changes: dict[str, object], verdict: str
) -> None:
    """As Web of Science writes references; surer with a journal that agrees, and never certain."""
    reference = replace(
        BARE,
        title="",
        authors=(Name("Mueller-Seto", "MC"),),
        container="SEX ABUSE-J RES TR",
        issue="",
        pages="416",
    )

    judgement = compare(ARTICLE, replace(reference, **changes))

    assert judgement.verdict == verdict
    assert judgement.score <= (0.9 if not changes else 0.8)


def test_a_record_with_nothing_but_a_title_is_never_merged() -> None:
    """It may be the work, or its translation, or another one."""
    bare = Work("bare", "misc", Origin("b.bib"), title=LONG)
    empty = Work("empty", "misc", Origin("b.bib", 2))

    assert compare(ARTICLE, bare).verdict == "doubtful"
    assert compare(bare, replace(bare, citekey="bare2")).verdict == "doubtful"
    assert compare(ARTICLE, empty).verdict == "different"
    assert compare(empty, replace(empty, citekey="empty2")).verdict == "different"


MADE = [one.work for one in records(160, seed=5, held_out=True)]


@given(st.sampled_from(MADE), st.sampled_from(MADE))
def test_comparing_is_symmetric(one: Work, other: Work) -> None:
    """Verdict, confidence, reasons and relation are the same in either order."""
    assert compare(one, other) == compare(other, one)


_TEXTS = st.text(alphabet="aAäß1 2:.[](){}…IV-–=&<>;", max_size=25)


@given(_TEXTS, _TEXTS, _TEXTS, _TEXTS)
def test_comparing_is_symmetric_for_any_text(
    title: str, other_title: str, container: str, pages: str
) -> None:
    """Whatever stands in a record, an answer comes, and the same one in either order."""
    one = Work("one", "article", Origin("a.bib"), title=title, container=container, pages=pages, volume=pages)
    other = Work(
        "other", "misc", Origin("b.bib"), title=other_title, container=title, pages=pages, doi=container
    )

    judgement = compare(one, other)

    assert judgement == compare(other, one)
    assert 0 <= judgement.score <= 1


@given(st.sampled_from(MADE))
def test_a_record_is_never_judged_different_from_itself(work: Work) -> None:
    """Unless it says nothing, a record is itself."""
    again = compare(work, replace(work, citekey="again"))

    assert again.verdict != "different"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Journal of the American Medical Association", "JAMA", "same"),
        ("Journal of Interpersonal Violence", "J INTERPERS VIOLENCE", "same"),
        ("Child Abuse & Neglect", "Child Abuse Negl", "same"),
        ("The VLDB Journal — The International Journal on Very Large Data Bases", "VLDB J.", "same"),
        ("ACM SIGMOD Record", "SIGMOD Record", "same"),
        ("Addiction", "Addiction (Abingdon, England)", "same"),
        ("Psychological Medicine", "Psychological Bulletin", "other"),
        ("Child Abuse & Neglect", "Child Abuse Review", "other"),
        ("Nature", "Nature Medicine", "unknown"),
        ("Sexual Abuse", "", "unknown"),
    ],
)
def test_journals_are_known_by_their_abbreviations(one: str, other: str, verdict: str) -> None:
    """In full, by NLM's and ISO's abbreviations, in capitals, by first letters."""
    assert venues.alike(one, other) == venues.alike(other, one) == verdict


def test_a_page_without_its_volume_is_a_place_only_within_a_year() -> None:
    """Page 416 stands in every volume."""
    elsewhen = replace(BARE, volume="", issue="", year=2014)

    assert compare(BARE, elsewhen).score < compare(BARE, replace(elsewhen, year=2015)).score
