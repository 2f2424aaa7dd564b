"""A work stands in a list under any of its names, and is found there by all of them."""

import pytest
from conftest import WriteLibrary

from kb.edit import add_to_list, move_in_list, remove_from_list
from kb.errors import EditError

LIST = "---\nkind: list\ntitle: L\n---\n- [@old] because\n- [@two] too\n"


def test_a_work_listed_under_an_alias_is_moved_and_taken_off(library: WriteLibrary) -> None:
    """Its line stays as it was written."""
    home = library(bib={}, notes={"lists/l.md": LIST})
    file = home.notes / "lists" / "l.md"

    move_in_list(home, "l", "one", 2, aliases=["old"])
    assert file.read_text().endswith("- [@two] too\n- [@old] because\n")
    remove_from_list(home, "l", "one", aliases=["old"])
    assert file.read_text().endswith("---\n- [@two] too\n")


def test_a_work_listed_under_an_alias_is_not_added_again(library: WriteLibrary) -> None:
    """It would stand there twice."""
    home = library(bib={}, notes={"lists/l.md": LIST})
    with pytest.raises(EditError, match="already"):
        add_to_list(home, "l", "one", "why", aliases=["old"])
