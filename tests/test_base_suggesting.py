"""Did you mean: what is offered for a slip of the pen, and what never is."""

from collections.abc import Callable, Iterator

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.base import Base, open_base
from kb.base.suggesting import suggest
from kb.ingest import ingest

BIB = """
@article{seto2015predicting, author = {Seto, Michael C. and Babchishin, Kelly M.}, year = 2015,
  title = {Predicting recidivism with the CPORT}, journal = {Sexual Abuse}, keywords = {CPORT}}
@article{latth2022effects, author = {Lätth, Johanna}, year = 2022,
  title = {Warning messages and behaviour: a randomised trial}, journal = {Internet Interventions}}
@book{jenkins2001beyond, author = {Jenkins, Philip}, year = 2001,
  title = {Child pornography on the internet}, keywords = {csam}}
@misc{rare2020tool, author = {van der Rare, Ann}, year = 2020, title = {Self-help, adherence, prioritisation}}
"""
NOTES = {
    "topics/csam.md": """---
kind: topic
label: Child sexual abuse material
alt:
  - CSAM
  - CSEM
  - {label: child pornography, status: historical}
hidden: [child pornograpy]
facet: offence
---
""",
    "topics/persons.md": """---
kind: topic
label: Paedophilia
alt: [{label: paedophile, status: caution}]
facet: population
---
""",
    "tools/cport.md": "---\nkind: tool\nlabel: CPORT\n---\n",
    "lists/start.md": "---\nkind: list\ntitle: Where to start\n---\n- [@seto2015predicting] First.\n",
}
Ask = Callable[[str], list[str]]


@pytest.fixture
def base(library: WriteLibrary) -> Iterator[Base]:
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    ingest(home)
    with open_base(home.database) as opened:
        yield opened


@pytest.fixture
def ask(base: Base) -> Ask:
    def asked(query: str) -> list[str]:
        return suggest(
            base.db, base.thesaurus, query, count=lambda other: base.search(other, limit=1).complete
        )

    return asked


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("recidvism", "recidivism"),
        ("warnnig messages", "warning messages"),
        ("Warnnig", "Warning"),
        ("CPROT", "CPORT"),
        ("cprot recidvism", "CPORT recidivism"),
        ("Babchisin", "Babchishin"),
        ("lathth", "Lätth"),
        ("warningmessages", "warning messages"),
        ("+recidvism -(warnnig OR trial)", "+recidivism -(warning OR trial)"),
        ('"warnnig messages" year:2020..', '"warning messages" year:2020..'),
        ("author:setto", "author:Seto"),
        ('author:"Babchisin, Kelly"', 'author:"Babchishin, Kelly"'),
        ("title:recidvism", "title:recidivism"),
        ("seto2015predictng", "seto2015predicting"),
        ("key:seto2015predicton", "key:seto2015predicting"),
        ("tool:cportt recidivism", "tool:cport recidivism"),
        ("list:strat", "list:start"),
        ("type:artcle", "type:article"),
        ("is:hold", "is:held"),
        ("self-hepl", "self-help"),
        ("CSEM intrnet", "CSEM internet"),
    ],
)
def test_slips_are_mended_word_by_word(ask: Ask, typed: str, offered: str) -> None:
    """Words, names, citekeys and values of fields; operators and fields stay as they were typed."""
    assert ask(typed)[:1] == [offered]


@pytest.mark.parametrize(
    "typed",
    [
        "recidivism",
        "warnings randomized behavior",
        "CSAM",
        "child pornography",
        "Seto Babchishin",
        "author:seto year:2015..",
        "recidvis*",
        "xq zzz 2015 the of",
        "qwertyuiop asdfghjkl",
        "",
        "()",
    ],
)
def test_what_is_spelt_right_or_like_nothing_is_left_alone(ask: Ask, typed: str) -> None:
    """In either spelling, in any inflection; beginnings and short words are not guessed at."""
    assert ask(typed) == []


def test_what_is_discouraged_is_found_and_never_offered(ask: Ask, base: Base) -> None:
    """Its preferred name is, for words; within a field, where that would find another thing, nothing is."""
    assert base.search("child pornography").complete
    assert ask("child pornogrphy") == ["Child sexual abuse material"]
    assert ask("title:pornogrphy") == ["title:pornography"]
    assert ask('title:"child pornogrphy"') == []
    everything = [*ask("paedophyle"), *ask("pedophle"), *ask("child pornograpyh")]
    assert not [offered for offered in everything if "phile" in offered or "pornograp" in offered]


def test_only_what_finds_more_is_offered(ask: Ask) -> None:
    """Two words that are known, but never stand together, find nothing more when mended."""
    assert ask("recidvism adherence") == []
    assert ask("tool:nonsuch") == []


def test_a_long_text_is_not_mended(ask: Ask) -> None:
    """A pasted page is no slip of the pen; nor is another language."""
    assert ask("recidvism " * 100) == []
    assert ask("recidvism warnnig messagse adherrence prioritsation") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["recidvism", "CPROT", "author:", "setto", '"', "(", ")", "OR", "-", "key:", "*", "\0", "é"]
        )
        | st.text(max_size=8),
        max_size=8,
    ).map(" ".join)
)
def test_whatever_is_typed_each_offer_finds_more(base: Base, query: str) -> None:
    """Never an error, and never an empty promise."""

    def count(other: str) -> int:
        return base.search(other, limit=1).complete

    for offered in suggest(base.db, base.thesaurus, query, count=count):
        assert count(offered) > count(query)
