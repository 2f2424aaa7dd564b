"""One work as two exports have it, and two works that exports make look like one: each rule with its foil."""

from dataclasses import replace

import pytest

from kb.match.compare import compare
from kb.match.features import pages
from kb.model import Name, Origin, Work

TITLE = "Telephone follow-up after discharge from acute stroke care in rural hospitals"
SHORT = "Stroke care at home"
PEOPLE = (Name("Hartley", "J. B."), Name("Osei", "K."), Name("Lindqvist", "M."))
OTHERS = (Name("Berg", "S."), Name("Costa", "R."))
WORK = Work(
    "one",
    "article",
    Origin("a.ris", 1),
    title=TITLE,
    authors=PEOPLE,
    year=2004,
    container="Stroke",
    volume="35",
    issue="3",
    pages="700–708",
)
UNPAGED = replace(WORK, pages="")
PAPER = replace(
    WORK,
    type="misc",
    title="Efficient join processing over moving objects",
    container="VLDB",
    volume="",
    issue="",
    pages="",
)


def verdict(one: Work, **changes: object) -> str:
    """What is said of a record and of one that differs from it so; in either order the same."""
    other = replace(one, citekey="other", **changes)
    judgement = compare(one, other)
    assert judgement == compare(other, one)
    return judgement.verdict


@pytest.mark.parametrize(
    "behind",
    [
        ". [Review] [45 refs]",
        " [see comment]",
        " [Spanish]",
        ". [Abstract]",
        " (Meeting abstract)",
        ". [Erratum appears in Stroke. 2004;35(4):1]",
    ],
)
def test_what_a_database_puts_behind_a_title_is_no_part_of_it(behind: str) -> None:
    """Ovid's notes in brackets; but a bracket of the title's own stays."""
    assert verdict(WORK, title=f"{TITLE}{behind}", pages="") == "same"
    assert verdict(UNPAGED, title=f"{TITLE} (in women)", issue="") != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Proceedings of the National Academy of Sciences of the United States of America", "PNAS"),
        ("Proc Natl Acad Sci USA", "Proceedings of the National Academy of Sciences of the United States"),
        ("Zhonghua er ke za zhi = Chinese journal of pediatrics", "Chinese Journal of Pediatrics"),
        ("BMJ (Clinical research ed.)", "British Medical Journal"),
        ("Nursing standard (Royal College of Nursing (Great Britain) : 1987)", "Nurs Stand"),
        ("JAMA : the journal of the American Medical Association", "JAMA"),
    ],
)
def test_a_journal_is_known_under_the_names_that_databases_give_it(one: str, other: str) -> None:
    """Without a page that agrees."""
    assert verdict(replace(UNPAGED, container=one), container=other) == "same"


def test_the_volume_and_page_of_one_year_are_one_place_whatever_the_journal_is_called() -> None:
    """An abbreviation that nobody knows; but a reprint stands elsewhere."""
    assert verdict(WORK, container="Zerebrale Mitteilungen", pages="700") == "same"
    assert verdict(WORK, container="Zerebrale Mitteilungen", volume="12", pages="33–41") == "doubtful"
    assert verdict(WORK, container="Zerebrale Mitteilungen", pages="") == "doubtful"


def test_a_conference_and_the_journal_of_its_name_are_two_places() -> None:
    """VLDB and the VLDB Journal of one year; but a journal's long name is the journal."""
    assert verdict(PAPER, container="VLDB J.") == "doubtful"
    assert verdict(PAPER, container="VLDB Journal", type="article") == "doubtful"
    assert verdict(PAPER, container="Very Large Data Bases") == "same"
    assert verdict(UNPAGED, container="Stroke; a journal of cerebral circulation") == "same"


def test_a_technical_report_is_not_the_conference_paper_of_its_title() -> None:
    """Though a citation index calls both misc; two citations of the report are one."""
    report = replace(PAPER, container="Technical Report CS-99-12, University of Wisconsin")

    paper = replace(PAPER, container="In Proceedings of the 25th VLDB Conference")
    judgement = compare(report, paper)
    assert (judgement.verdict, judgement.relation) == ("doubtful", "report version")
    assert verdict(report, container="Tech. Rep. CS-99-12") == "same"


def test_what_says_that_there_are_no_pages_is_no_page() -> None:
    """CINAHL's N.PAG and Embase's “no pagination” do not place two records on one page."""
    assert pages("N.PAG-N.PAG") == pages("no pagination") == pages("n/a") == ("", "")
    assert pages("xii–xx") == ("xii", "xx")
    assert verdict(WORK, pages="N.PAG") == "same"
    assert verdict(replace(WORK, pages="N.PAG"), title="Sleep on rural wards after stroke") == "different"


def test_pages_of_a_supplement_are_one_however_the_letter_stands() -> None:
    """And “pp.” is not part of a page; but the abstract P12 of a supplement stays itself beside S12."""
    assert pages("45S–50S") == pages("S45-50") == ("s45", "s50")
    assert pages("pp. 33–40") == pages("p33-40") == ("33", "40")
    assert verdict(replace(WORK, title=SHORT, pages="S12"), pages="S13") != "same"


def test_a_volume_that_is_the_year_says_nothing_against_another() -> None:
    """But two numbers of volumes do."""
    assert verdict(WORK, volume="2004") == verdict(UNPAGED, volume="2004") == "same"
    assert verdict(UNPAGED, volume="36") != "same"
    assert verdict(replace(WORK, title=SHORT), volume="34") != "same"


def test_letters_under_one_heading_are_by_different_people() -> None:
    """On one page; a record whose authors are garbled names the last page, too."""
    letter = replace(WORK, title=f"{TITLE}: and after", pages="1700")

    assert verdict(letter, authors=OTHERS) == "doubtful"
    assert verdict(letter, authors=OTHERS, pages="1700–1701") == "doubtful"
    assert verdict(replace(WORK, title=SHORT), authors=(Name("Stroke Study Group"),)) == "same"


@pytest.mark.parametrize("nobody", ["Anonymous", "[Anonymous]", "No authors listed"])
def test_nobody_is_not_another_author(nobody: str) -> None:
    """A record that says that it knows no author agrees with any, if the place does."""
    assert verdict(replace(WORK, title=SHORT), authors=(Name(nobody),)) == "same"
    assert verdict(UNPAGED, authors=(Name(nobody),)) == "same"
    assert verdict(replace(UNPAGED, title=SHORT), authors=(Name(nobody),)) != "same"


REPORT = Work(
    "one",
    "report",
    Origin("a.bib", 1),
    title="Annual threat assessment of child sexual exploitation",
    year=2020,
    publisher="Agency",
    fields={"title": "Annual threat assessment …", "institution": "Agency", "date": "2020-03"},
)


def test_a_report_without_authors_in_two_files_is_one() -> None:
    """If all its fields are the same, but for keywords; also under a title that every year has."""
    copied = REPORT.fields | {"keywords": "own"}
    other = REPORT.fields | {"date": "2020-09"}

    assert verdict(REPORT) == verdict(REPORT, fields=copied) == "same"
    assert verdict(replace(REPORT, title="Annual report")) == "same"
    assert verdict(REPORT, fields=other) == "doubtful"
    assert verdict(replace(REPORT, title="Annual report"), fields=other) != "same"


def test_what_no_field_places_is_no_copy() -> None:
    """Two editorials of one journal and year may be described alike."""
    assert verdict(replace(REPORT, publisher="")) == "doubtful"
    assert verdict(replace(REPORT, type="article", container="Stroke", title="Editorial")) != "same"


def test_who_names_no_authors_is_said() -> None:
    """One of two records, or neither."""
    bare = replace(REPORT, publisher="")
    named = replace(bare, citekey="two", authors=PEOPLE)

    assert "neither names authors" in compare(bare, replace(bare, citekey="two")).reasons
    assert "one names no authors" in compare(bare, named).reasons
    assert "one names no authors" in compare(named, bare).reasons


def test_serial_titles_on_the_first_pages_of_two_issues_are_not_one() -> None:
    """Where each issue begins with page 1; a slip in the year alone makes no second one."""
    editorial = replace(WORK, title="Editorial", pages="1–3")

    assert verdict(editorial, issue="4") == "doubtful"
    assert verdict(editorial, year=2005) == "same"
    assert verdict(replace(editorial, pages="1"), year=2005) == "different"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Stroke in patients with diabetes treated at home",
            "Stroke in patients without diabetes treated at home",
        ),
        (
            "Effects of sertraline on sleep in acute stroke",
            "No effects of sertraline on sleep in acute stroke",
        ),
        (
            "Effects of sertraline on sleep after stroke in Norway",
            "Effects of sertraline on mood after stroke in Norway",
        ),
        ("Telephone care and acute stroke in adults", "Telephone care and acute stroke in older adults"),
        ("Glycosylation of mucins in acute stroke", "O-glycosylation of mucins in acute stroke"),
        (
            "Stroke risk and smoking in middle-aged men",
            "Stroke risk and smoking in middle-aged men and women",
        ),
        ("Vitamin B in patients after acute stroke", "Vitamin D in patients after acute stroke"),
        ("Telephone care after stroke: a trial, part I", "Telephone care after stroke: a trial, part II"),
    ],
)
def test_a_word_that_tells_two_studies_of_one_group_apart_is_heard(one: str, other: str) -> None:
    """In one issue, by the same people, with no pages, or on one page of a supplement."""
    assert verdict(replace(UNPAGED, title=one), title=other) != "same"
    assert verdict(replace(WORK, title=one, pages="S12"), title=other, pages="S13") != "same"


def test_abstracts_with_nearly_one_title_on_one_page_are_two() -> None:
    """A range of pages from first to last is no abstract's."""
    one = replace(WORK, title="Effects of sertraline on sleep after acute stroke in Norway")
    mood = "Effects of sertraline on mood after acute stroke in Norway"

    assert verdict(replace(one, pages="S12"), title=mood) == "doubtful"
    assert verdict(one, title="Effect of the sertraline on sleep after acute stroke in Norway") == "same"


def test_letters_typed_twice_and_words_split_elsewhere_are_slips() -> None:
    """“int he”, “ofthe”, “aa”; but part II is not part I, nor 11 years 1."""
    slip = "Telephone follow-up after discharge fromacute stroke care i nrural hospitals"

    assert verdict(UNPAGED, title=slip) == "same"
    assert verdict(replace(UNPAGED, title=f"{TITLE}: a trial"), title=f"{TITLE}: aa trial") == "same"
    assert verdict(replace(UNPAGED, title=f"{TITLE} I"), title=f"{TITLE} II") == "different"
    assert verdict(replace(UNPAGED, title=f"{TITLE}: 1 year"), title=f"{TITLE}: 11 years") == "different"


def test_a_number_in_one_title_only_is_a_slip_where_all_pages_agree() -> None:
    """Part 2 does not stand on the pages of part 1."""
    assert verdict(WORK, title=TITLE.replace("from", "f")) == "same"
    assert verdict(WORK, title=f"{TITLE} 2") == "same"
    assert verdict(WORK, title=f"{TITLE} 2", pages="709–715") == "different"
    assert verdict(UNPAGED, title=f"{TITLE} 2") == "different"


def test_the_year_behind_a_title_is_no_part_if_both_are_of_that_year() -> None:
    """As citation indexes have it; the report of another year is another."""
    assert verdict(PAPER, title=f"{PAPER.title}, 2004") == "same"
    assert verdict(PAPER, title=f"{PAPER.title}, 2003") == "different"
    assert verdict(PAPER, title=f"{PAPER.title}, 2005", year=2005) == "different"


def test_a_column_before_the_title_or_its_own_language_is_known_by_its_place() -> None:
    """Without a place a person should look; a commentary is another work."""
    both = f"Telefonische Nachsorge nach Schlaganfall. {TITLE}"

    assert verdict(WORK, title=both) == "same"
    assert verdict(UNPAGED, title=both) == "same"
    assert verdict(replace(UNPAGED, volume="", issue=""), title=both) == "doubtful"
    assert verdict(WORK, title=f"Commentary: {TITLE}", authors=OTHERS, pages="709–710") == "different"


def test_a_title_in_another_language_is_known_by_people_and_first_page() -> None:
    """Where the bracket says so; else a person should look, and one author's abstracts are no matter."""
    foreign = "[Telefonische Nachsorge nach Schlaganfall]"

    assert verdict(WORK, title=foreign, pages="700") == "same"
    assert verdict(WORK, title=foreign[1:-1], pages="700") == "doubtful"
    assert verdict(replace(WORK, authors=PEOPLE[:1]), title=foreign[1:-1], pages="700") == "different"


def test_a_title_cut_early_needs_its_volume_or_issue() -> None:
    """“Telephone follow-up after discharge …” may go on in many ways."""
    cut = "Telephone follow-up after discharge…"

    assert verdict(WORK, title=cut, pages="") == "same"
    assert verdict(WORK, title=cut, pages="", volume="", issue="") == "doubtful"
    assert verdict(WORK, title=f"{TITLE[:60]}…", pages="", volume="", issue="") == "same"


def test_a_work_may_be_ahead_of_its_print_by_a_year() -> None:
    """Without a place, by two people or more; but next year's paper at one conference is another."""
    ahead = {"year": 2003, "volume": "", "issue": "", "pages": ""}
    title = "Stroke care at home in Norway"

    assert verdict(replace(WORK, title=title), **ahead) == "same"
    assert verdict(replace(WORK, title=title, authors=PEOPLE[:1]), **ahead) == "doubtful"
    assert verdict(replace(PAPER, title="Efficient join processing"), year=2005) == "doubtful"


def test_a_review_s_number_in_a_database_of_reviews_is_not_its_page() -> None:
    """Each version of a Cochrane review has it; the volume is the issue in which it stands."""
    review = replace(WORK, container="Cochrane Database of Systematic Reviews", issue="", pages="CD001234")

    assert verdict(review, volume="1") == "doubtful"
    assert verdict(review, year=2008, volume="") != "same"
    assert verdict(review, pages="CD001234–CD001234") == "same"


def test_a_denial_in_one_title_is_told_in_words() -> None:
    """Not as the contrast of a word with nothing."""
    one = replace(WORK, title="Stroke in patients with diabetes treated at home")
    other = replace(one, title="Stroke in patients without diabetes treated at home", pages="709–715")

    assert compare(one, other).reasons == ("only one title has “without”",)
