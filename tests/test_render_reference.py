"""One line of a reference list."""

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.model import Name, Origin, Work
from kb.render import markdown, reference

SETO = Name("Seto", "Michael C.")
EKE = Name("Eke", "Angela W.")
ARTICLE = Work(
    "seto2015",
    "article",
    Origin("a.bib"),
    title="On numbers",
    authors=(SETO, EKE),
    year=2015,
    container="Law and Human Behavior",
    volume="39",
    issue="2",
    pages="1--9",
    doi="10.1037/x",
)
BOOK = Work("b", "book", Origin("a.bib"), title="A book", authors=(SETO,), year=2001, publisher="Routledge")
MANY = tuple(Name(f"N{number}", "A.") for number in range(22))

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
LINES = st.lists(TEXTS, min_size=1, max_size=4).map(" ".join)


def test_an_article_is_written_as_apa_does() -> None:
    """Inverted names, year, title, container with volume, issue and pages, DOI as an address."""
    assert reference(ARTICLE) == (
        "Seto, M. C., & Eke, A. W. (2015). On numbers. Law and Human Behavior, 39(2), 1–9. https://doi.org/10.1037/x"
    )


@pytest.mark.parametrize(
    ("work", "shown"),
    [
        (BOOK, "Seto, M. C. (2001). A book. Routledge."),
        (replace(BOOK, year=None, title="Why?"), "Seto, M. C. (n.d.). Why? Routledge."),
        (replace(BOOK, authors=(), editors=(EKE,)), "Eke, A. W. (Ed.). (2001). A book. Routledge."),
        (replace(BOOK, authors=()), "A book. (2001). Routledge."),
        (
            replace(BOOK, type="incollection", editors=(EKE, SETO), container="Handbook", pages="5-7"),
            "Seto, M. C. (2001). A book. In A. W. Eke & M. C. Seto (Eds.), Handbook (pp. 5–7). Routledge.",
        ),
        (
            replace(BOOK, authors=(Name("Routledge", corporate=True),), url="https://x.org/a"),
            "Routledge. (2001). A book. https://x.org/a",
        ),
        (replace(BOOK, status="retracted"), "Seto, M. C. (2001). A book [Retracted]. Routledge."),
        (replace(BOOK, url="javascript:alert(1)"), "Seto, M. C. (2001). A book. Routledge."),
        (replace(BOOK, more_authors=True), "Seto, M. C., et al. (2001). A book. Routledge."),
        (
            Work("doi:10.1/x", "misc", Origin(""), doi="10.1/x"),
            "doi:10.1/x. (n.d.). https://doi.org/10.1/x",
        ),
    ],
)
def test_other_works_are_written_by_what_is_known(work: Work, shown: str) -> None:
    """What is missing leaves no gap, and the rest stays in its place."""
    assert reference(work) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Name("Franqué", "Fritjof", "von"), "von Franqué, F."),
        (Name("Dupont", "Jean-Paul"), "Dupont, J.-P."),
        (Name("Seto", "MC"), "Seto, M. C."),
        (Name("Seto", "M.C."), "Seto, M. C."),
        (Name("King", "Martin L.", suffix="Jr."), "King, M. L., Jr."),
        (Name("Silva", "Ana de"), "Silva, A. de"),
        (Name("王", "小明"), "王, 小明"),
        (Name("Plato"), "Plato"),
    ],
)
def test_given_names_become_initials(name: Name, shown: str) -> None:
    """Hyphens, particles and suffixes stay; scripts without capitals are left whole."""
    assert reference(replace(BOOK, authors=(name,))).startswith(f"{shown.removesuffix('.')}. (2001)")


def test_twenty_authors_are_all_named() -> None:
    """From the twenty-first on, the first nineteen and the last are."""
    twenty = reference(replace(BOOK, authors=MANY[:20]))
    more = reference(replace(BOOK, authors=MANY))

    assert "N18, A., & N19, A. (2001)" in twenty
    assert "N18, A., … N21, A. (2001)" in more


def test_containers_are_in_italics_in_markdown() -> None:
    """The list has one item a work, and addresses that can be followed."""
    assert markdown([ARTICLE]) == (
        "- Seto, M. C., & Eke, A. W. (2015). On numbers. *Law and Human Behavior*, 39(2), 1–9. "
        "<https://doi.org/10.1037/x>\n"
    )


@pytest.mark.parametrize(
    "title", ["1. May", "2) June", "- July", "+ August", "# September", "> October", "---"]
)
def test_a_title_begins_no_list_or_heading(title: str) -> None:
    """A work without authors begins with its title, whatever that begins with."""
    drawn = MarkdownIt("commonmark").render(markdown([replace(BOOK, authors=(), title=title)]))

    assert html.unescape(drawn) == f"<ul>\n<li>{title}. (2001). Routledge.</li>\n</ul>\n"


@given(family=LINES, title=LINES, container=LINES, given=LINES)
def test_markdown_shows_the_reference_letter_by_letter(
    family: str, title: str, container: str, given: str
) -> None:
    """Whatever Markdown's signs are in a value, the reader sees the plain reference, in one item."""
    work = Work("k", "article", Origin(""), title, (Name(family, given),), year=2001, container=container)

    drawn = MarkdownIt("commonmark").render(markdown([work]))

    assert re.sub(
        r"<em>|</em>", "", drawn
    ) == f"<ul>\n<li>{html.escape(reference(work), quote=False)}</li>\n</ul>\n".replace('"', "&quot;")
