"""ORCID iDs in several places → the names that they belong to, or none where that is in doubt."""

import pytest

from kb.clean import clean_entry
from kb.clean.orcids import orcid
from kb.model import Entry, Origin

A, B = "0000-0002-1825-0097", "0000-0001-5109-3700"
AUTHORS = "Seto, Michael C. and Eke, Angela W. and {Internet Watch Foundation}"


def orcids(author: str = AUTHORS, **fields: str) -> list[str]:
    written = {"title": "T", "author": author} | {
        name.replace("__", "+"): text for name, text in fields.items()
    }
    work, problems = clean_entry(Entry("k", "article", written, Origin("x.bib")))
    assert problems == []
    return [name.orcid for name in work.authors]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (A, A),
        (f"https://orcid.org/{A}", A),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        (f"1{A}", ""),
        ("", ""),
    ],
)
def test_an_orcid_has_a_check_digit(text: str, found: str) -> None:
    """Of ISO 7064; a slip in it is no ORCID iD."""
    assert orcid(text) == found


@pytest.mark.parametrize(
    "fields",
    [
        {"author__an": f'1="{A}"; 2="{B}"'},
        {"author__an": f'1:orcid="{A}"; 2:orcid="{B}"'},
        {"author__an:orcid": f'1="https://orcid.org/{A}"; 2="{B}"'},
        {"orcid-numbers": f"Seto, Michael/{A}\n   Eke, A. W./{B}"},
        {"orcid-numbers": f"Eke, Angela/{B}; Seto, M/{A}"},
        {"author": f"family=Seto, given=Michael, orcid={A} and family=Eke, given=A, id={B} and {{IWF}}"},
    ],
)
def test_each_author_gets_an_orcid(fields: dict[str, str]) -> None:
    """BibLaTeX's annotations and name parts, and the lists of Web of Science."""
    assert orcids(**fields) == [A, B, ""]


@pytest.mark.parametrize(
    ("author", "fields", "found"),
    [
        ("Seto, Michael", {"orcid": A}, [A]),
        ("Seto, Michael and Eke, A.", {"author_id": f"{A}; {B}"}, [A, B]),
        ("Seto, Michael and Eke, A.", {"orcid": A}, ["", ""]),
        ("Seto, Michael and Seto, M.", {"orcid-numbers": f"Seto, M/{A}"}, ["", ""]),
        ("Seto, Michael", {"author_id": "7004123456"}, [""]),
        ("Seto, Michael", {"author__an": '1=corresponding; 9="x"'}, [""]),
    ],
)
def test_where_it_is_in_doubt_whose_it_is_nobody_gets_it(
    author: str, fields: dict[str, str], found: list[str]
) -> None:
    """One ORCID iD and two authors, or two of one name, say nothing."""
    assert orcids(author, **fields) == found
