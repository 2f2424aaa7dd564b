"""In-text citations: by names and years, by numbers, and what they lead to."""

import pytest

from kb.read.paper import InText, read_paper

LIST = """
References

Eke, A. W., & Seto, M. C. (2012). A first title. Journal of Things, 1(2), 3–4.

Faust, E., Bickart, W., Renaud, C., & Camp, S. (2015). A second title. Journal of Things, 2(2), 5–9.

Internet Watch Foundation. (n.d.). A page. https://example.org/page

Ministry of Justice [MoJ]. (2019). A report. https://example.org/report

Seto, M. C. (2015a). Another title. Journal of Things, 3(1), 1–2.

Seto, M. C. (2015b). Yet another title. Journal of Things, 3(2), 3–4.

Seto, M. C., & Eke, A. W. (2015). A tool. Law and Things, 39(4), 416–429.

van der Berg, K., O’Neill, P., & Lätth, J. (2020). A last title. Journal of Things, 9(1), 1–9.

Zimmer, A. (in press). Soon. Journal of Things.
"""
EKE, FAUST, IWF, MOJ, SETO_A, SETO_B, SETO_EKE, BERG, ZIMMER = range(9)


def citations(sentence: str, listed: str = LIST) -> list[InText]:
    paper, _ = read_paper(f"Introduction\n\n{sentence}\n{listed}".encode(), "paper.txt")
    return list(paper.citations)


@pytest.mark.parametrize(
    ("sentence", "text", "references"),
    [
        ("It is so (Seto & Eke, 2015).", "(Seto & Eke, 2015)", (SETO_EKE,)),
        ("So (Seto & Eke, 2015; see also Faust et al., 2015).", None, (SETO_EKE, FAUST)),
        ("As Seto and Eke (2015) found, it is.", "Seto and Eke (2015)", (SETO_EKE,)),
        ("However, Eke and Seto (2012, p. 14) disagree.", "Eke and Seto (2012, p. 14)", (EKE,)),
        ("Seto's (2015a, 2015b) two papers say so.", None, (SETO_A, SETO_B)),
        ("Two papers (Seto, 2015a, b) say so.", None, (SETO_A, SETO_B)),
        ("Some (e.g., Faust et al., 2015, pp. 3–4) say so.", None, (FAUST,)),
        ("It was shown (Eke & Seto, 2012, as cited in Faust et al., 2015).", None, (EKE, FAUST)),
        ("Pages were removed (IWF, n.d.).", "(IWF, n.d.)", (IWF,)),
        ("The Internet Watch Foundation (n.d.) says so.", "Internet Watch Foundation (n.d.)", (IWF,)),
        ("It was measured (MoJ, 2019).", "(MoJ, 2019)", (MOJ,)),
        ("Van der Berg and colleagues (2020) say so.", None, (BERG,)),
        ("It is known (van der Berg, O'Neill, & Latth, 2020).", None, (BERG,)),
        ("It is soon known (Zimmer, in press).", "(Zimmer, in press)", (ZIMMER,)),
        ("Comparatively, Faust et al. (2015) say so.", "Faust et al. (2015)", (FAUST,)),
        ("A colon divides (Eke & Seto, 2012: Seto & Eke, 2015).", None, (EKE, SETO_EKE)),
    ],
)
def test_a_citation_leads_to_its_references(
    sentence: str, text: str | None, references: tuple[int, ...]
) -> None:
    """Names and year, in brackets or in the sentence, name the references they stand for."""
    (found,) = citations(sentence)
    assert found.references == references
    assert found.unmatched == ()
    assert found.section == "Introduction"
    assert found.line == 3
    assert text is None or found.text == text


@pytest.mark.parametrize(
    "sentence",
    [
        "The Static-2000 tools (e.g., the Risk Matrix-2000) are old.",
        "There were eight of them (N = 2015) in March (2015).",
        "It began in 2015 (see the figure) and ended (after 2016).",
        "It was sold in 1999 (about 2,015 times).",
    ],
)
def test_numbers_that_are_no_citations_are_left_alone(sentence: str) -> None:
    """A year in a name, a count or a date cites nobody."""
    assert citations(sentence) == []


def test_what_no_reference_explains_is_listed() -> None:
    """A work that the list lacks is named, and the one that it has is found beside it."""
    (found,) = citations("So it is (Seto & Eke, 2015; Hanson & Thornton, 2000).")
    assert found.references == (SETO_EKE,)
    assert found.unmatched == ("Hanson & Thornton, 2000",)


def test_a_citation_over_a_line_end_is_found() -> None:
    """A hyphen or a line end within a citation does not hide it; its line is where it begins."""
    (found,) = citations("First words here.\nThey say so (Seto &\nEke, 2015).")
    assert found.references == (SETO_EKE,)
    assert found.line == 4


NUMBERED = """
References

1. Seto MC, Eke AW. A tool. Law Hum Behav. 2015;39(4):416-29.
2. Faust E, Bickart W. A second title. J Things. 2015;2(2):5-9.
3. World Health Organization. A report. Geneva: WHO; 2014.
4. Ward T. A third title. J Things. 2016;2(3):15-19.
5. Brown S. A fourth title. J Things. 2017;2(2):25-29.
"""


@pytest.mark.parametrize(
    ("sentence", "references"),
    [
        ("It is so [1, 3–5].", [(0, 2, 3, 4)]),
        ("It is so [2]. And so [1],[3].", [(1,), (0, 2)]),
        ("It is so.¹ And so.²⁻⁴", [(0,), (1, 2, 3)]),
        ("It is so (1). It is so (2,3). It is so (3–5).", [(0,), (1, 2), (2, 3, 4)]),
        ("It is so.1 And more,2,3 and more.4", [(0,), (1, 2), (3,)]),
        ("There were 12 in all [17].", []),
        ("The scale (0–5) has five items (2).", []),
    ],
)
def test_numbers_cite_a_numbered_list(sentence: str, references: list[tuple[int, ...]]) -> None:
    """Square brackets and superscripts always, other numbers only where they can be nothing else."""
    assert [one.references for one in citations(sentence, NUMBERED)] == references
