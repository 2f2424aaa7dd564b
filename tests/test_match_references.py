"""Items of reference lists become citations, each exactly once."""

from dataclasses import replace
from itertools import permutations

from kb.match.references import settle
from kb.model import Citation, Name, Origin, Work

HERE = Origin("references/a.bib", 1)
SETO = Work(
    "seto2015predicting",
    "article",
    HERE,
    title="Predicting Recidivism Among Adult Men Convicted of Offences of One Kind",
    authors=(Name("Seto", "Michael C."), Name("Eke", "Angela W.")),
    year=2015,
    date="2015",
    container="Law and Human Behavior",
    volume="39",
    pages="416–429",
    doi="10.1037/lhb0000128",
)
EKE = replace(
    SETO,
    citekey="eke2019validation",
    title="The Validity of an Actuarial Tool in a New Sample of Cases",
    year=2019,
    date="2019",
    volume="31",
    pages="456–476",
    doi="",
    fields={"pmid": "29480119"},
)


def reference(**values: object) -> Work:
    return replace(Work("", "article", HERE, held=False), **values)  # type: ignore[arg-type]


def citing(*references: Work, **values: object) -> Work:
    work = Work("new2024study", "article", HERE, title="A Study of Citing", references=references)
    return replace(work, **values)  # type: ignore[arg-type]


def test_a_doi_leads_to_its_work_with_full_confidence() -> None:
    """Whatever else the reference says."""
    settled = settle([citing(reference(doi="10.1037/lhb0000128", title="Garbled"))], [SETO, EKE])

    (citation,) = settled.works[0].cites
    assert (citation.cited, citation.confidence, citation.field) == ("seto2015predicting", 1.0, "references")
    assert settled.cited == []


def test_a_pmid_leads_to_its_work() -> None:
    """It stands in a field of the entry."""
    settled = settle([citing(reference(fields={"pmid": "29480119"}))], [SETO, EKE])

    assert [c.cited for c in settled.works[0].cites] == ["eke2019validation"]


def test_author_year_and_title_lead_to_their_work_with_a_stated_confidence() -> None:
    """Below one, for nobody has looked."""
    said = reference(
        title=SETO.title.lower(), authors=(Name("Seto", "M. C."), Name("Eke", "A. W.")), year=2015
    )

    (citation,) = settle([citing(said)], [SETO, EKE]).works[0].cites

    assert citation.cited == "seto2015predicting"
    assert 0.75 <= citation.confidence < 1


def test_a_reference_without_a_title_is_matched_by_volume_and_page() -> None:
    """As Web of Science writes them."""
    said = reference(
        authors=(Name("Seto", "MC"),), year=2015, container="LAW HUMAN BEHAV", volume="39", pages="416"
    )

    (citation,) = settle([citing(said)], [SETO, EKE]).works[0].cites

    assert citation.cited == "seto2015predicting"


def test_what_nobody_has_is_cited_anew_once() -> None:
    """Two lists that name one unknown work make one cited work."""
    said = reference(title="An Unknown Work on Method", authors=(Name("Doe", "Jane"),), year=2001)
    other = citing(replace(said, authors=(Name("Doe", "J."),)), citekey="other2024")

    settled = settle([citing(said), other], [SETO])

    assert [(w.citekey, w.held) for w in settled.cited] == [("doe2001unknown", False)]
    assert [c.cited for work in settled.works for c in work.cites] == ["doe2001unknown"] * 2


def test_a_new_citekey_is_nobody_elses() -> None:
    """Not a work's, and not an alias."""
    said = reference(title="Unknown Work", authors=(Name("Doe"),), year=2001)

    settled = settle([citing(said)], [SETO], names=["doe2001unknown"])

    assert [w.citekey for w in settled.cited] == ["doe2001unknownb"]


def test_an_identifier_alone_is_kept_as_a_name() -> None:
    """OpenAlex lists nothing but numbers."""
    settled = settle([citing(reference(fields={"openalex": "W2100"}), reference(doi="10.1000/x"))])

    assert [c.cited for c in settled.works[0].cites] == ["openalex:W2100", "doi:10.1000/x"]


def test_a_reference_that_could_not_be_taken_apart_is_kept_as_it_stands() -> None:
    """Nothing of a list is lost."""
    settled = settle([citing(reference(fields={"reference": "Unreadable, somewhere, p. 3"}))])

    assert [w.title for w in settled.cited] == ["Unreadable, somewhere, p. 3"]


def test_what_the_entry_names_itself_comes_first_and_once() -> None:
    """A list that says the same adds nothing, and no work cites itself."""
    own = Citation("new2024study", "seto2015predicting", HERE)
    itself = reference(title="A Study of Citing", authors=(Name("New"),), year=2024)
    work = citing(reference(doi=SETO.doi), itself, cites=(own,), authors=(Name("New"),), year=2024)

    settled = settle([work], [SETO])

    assert settled.works[0].cites == (own,)
    assert settled.works[0].references == ()


def test_each_reference_has_its_answer_in_order() -> None:
    """One for each, also where two name one work."""
    list_ = (reference(doi=SETO.doi), reference(title="Another", year=1999), reference(doi=SETO.doi))

    settled = settle([citing(*list_)], [SETO])

    cited = [citation.cited for citation in settled.answers[0]]
    assert cited == ["seto2015predicting", "anon1999another", "seto2015predicting"]


def test_the_order_of_what_is_known_does_not_matter() -> None:
    """The same works give the same citations."""
    said = reference(title=SETO.title, authors=SETO.authors, year=2015)

    answers = {settle([citing(said)], order).works[0].cites for order in permutations([SETO, EKE])}

    assert len(answers) == 1


def test_a_reference_that_may_be_a_work_is_a_doubt_and_cited_apart() -> None:
    """Another year and one author: a person should look."""
    said = reference(title=SETO.title, authors=(Name("Seto", "M."),), year=2012)

    settled = settle([citing(said)], [SETO, EKE])

    assert [doubt.candidate.citekey for doubt in settled.doubts] == ["seto2015predicting"]
    assert [c.cited for c in settled.works[0].cites] == [w.citekey for w in settled.cited]
    assert settled.cited[0].year == 2012
