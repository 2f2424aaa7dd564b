"""Works out of the store: as whole as they went in."""

import pytest
from conftest import WriteLibrary

from kb import open as open_base
from kb.ingest import ingest


@pytest.mark.parametrize("named", [1, 3, 5])
@pytest.mark.parametrize("others", [True, False])
def test_whether_there_are_more_authors_is_kept(library: WriteLibrary, named: int, others: bool) -> None:
    """However many are named, and however many a list shows."""
    names = [f"Author{i}, A." for i in range(named)] + ["others"] * others
    home = library(bib={"a.bib": f"@book{{one, title = {{One}}, author = {{{' and '.join(names)}}}}}\n"})
    ingest(home)
    with open_base(home.database) as base:
        work = base.work("one").work
    assert (len(work.authors), work.more_authors) == (named, others)
