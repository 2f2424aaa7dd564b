"""What two entries say together, and what becomes of their other names."""

from kb.match import joined, merge
from kb.model import Name, Origin, Work

HELD = Work("held", "book", Origin("references/a.bib"), title="One", doi="10.1000/x")
CITED = Work("cited", "book", Origin("references/cited.bib"), title="One", doi="10.1000/x", held=False)
OTHER = Work("other", "book", Origin("references/b.bib"), title="Two", aliases=("cited",))


def test_values_that_belong_together_come_from_one_entry() -> None:
    """A complete list of authors stays complete; a date that is none gets no year from elsewhere."""
    first = Work("k", "book", Origin("a"), authors=(Name("A"),), date="forthcoming")
    second = Work("k", "book", Origin("b"), authors=(Name("B"),), more_authors=True, date="2001", year=2001)

    both = joined(first, second)

    assert (both.authors, both.more_authors) == ((Name("A"),), False)
    assert (both.date, both.year) == ("forthcoming", None)
    assert joined(Work("k", "book", Origin("a")), second).more_authors


def test_an_alias_that_a_merged_citekey_took_is_reported() -> None:
    """Not lost in silence."""
    merged = merge([HELD, CITED, OTHER])

    assert merged.aliases == {"cited": "held"}
    assert [(p.code, p.citekey) for p in merged.problems] == [("alias-taken", "other")]
