"""What JabRef notes about a file: groups become keywords, everything else of it is no concern of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Problem
from kb.read.bibtex.groups import Group, groups
from kb.records import records

ENTRIES = """% Encoding: UTF-8

@Article{seto2011, title = {One}, keywords = {risk; Prevention}, abstract = {On the CPORT}}
@Article{eke2019, title = {Two}, groups = {Tools, To read}}
"""
OLD = r"""
@comment{jabref-meta: groupsversion:3;}
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:Risk tools\;0\;seto2011\;eke201
9\;;
2 ExplicitGroup:Adults\, first\;0\;seto2011\;;
1 KeywordGroup:Preventing\;0\;keywords\;prevention\;0\;0\;;
1 KeywordGroup:Scales\;0\;abstract\;cport\;0\;0\;;
1 KeywordGroup:Anything\;0\;title\;.*\;0\;1\;;
1 SearchGroup:Found\;2\;author=seto\;0\;0\;;
}
"""
OTHER = r"""
@Comment{jabref-meta: databaseType:biblatex;}
@Comment{jabref-meta: saveActions:enabled;
date[normalize_date]
pages[normalize_page_numbers]
;}
@Comment{jabref-meta: saveOrderConfig:specified;citationkey;false;;false;;false;}
@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Tools\;0\;1\;\;\;\;;
1 AutomaticKeywordGroup:Auto\;0\;keywords\;,\;>\;1\;\;\;\;;
}
@Comment{jabref-entrytype: Newspaper: req[title;date] opt[note]}
"""


def keywords(text: str) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    read = records("x.bib", text.encode())
    return {work.citekey: work.keywords for work in read.works}, read.problems


def test_the_groups_of_an_entry_are_keywords() -> None:
    """Behind its own keywords; the other notes of JabRef cost no problem."""
    assert keywords(ENTRIES + OTHER) == (
        {"seto2011": ("risk", "Prevention"), "eke2019": ("Tools", "To read")},
        [],
    )


def test_the_groups_of_older_files_are_keywords_too() -> None:
    """By citekey, by keyword and by a word in a field; a regular expression of a stranger is not tried."""
    assert keywords(ENTRIES + OLD) == (
        {
            "seto2011": ("risk", "Prevention", "Risk tools", "Adults, first", "Preventing", "Scales"),
            "eke2019": ("Tools", "To read", "Risk tools"),
        },
        [],
    )


@pytest.mark.parametrize(
    ("written", "group"),
    [
        (r"1 ExplicitGroup:A\;0\;k\;;", Group("A", ("k",))),
        (r"1 ExplicitGroup:A\\\;B\;0\;k\;;", Group("A;B", ("k",))),
        (r"1 KeywordGroup:A\;0\;keywords\;Word\;0\;0\;1\;\;\;\;;", Group("A", field="keywords", word="word")),
    ],
)
def test_a_group_is_taken_apart(written: str, group: Group) -> None:
    """Semicolons in names are escaped twice."""
    assert list(groups(f"jabref-meta: grouping:\n0 AllEntriesGroup:;\n{written}\n")) == [group]


@given(st.text(st.sampled_from("\\;:\n01 ExplicitGroupKeyword,{}x")))
def test_any_comment_of_jabref_is_read(text: str) -> None:
    """However damaged it is."""
    assert all(group.name for group in groups(f"jabref-meta: grouping:\n1 ExplicitGroup:{text}"))
