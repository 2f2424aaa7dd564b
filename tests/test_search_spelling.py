"""Other spellings and stems of words: what is one word, and what only looks like it."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.labels import ways
from kb.search.spelling import common, phrases, spellings
from kb.search.stems import continued, stem

PAIRS = [
    ("behaviour", "behavior"),
    ("behavioural", "behavioral"),
    ("counselling", "counseling"),
    ("counsellors", "counselors"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("offence", "offense"),
    ("offences", "offenses"),
    ("paedophilic", "pedophilic"),
    ("paedohebephilia", "pedohebephilia"),
    ("randomised", "randomized"),
    ("victimisation", "victimization"),
    ("analysed", "analyzed"),
    ("centred", "centered"),
    ("judgement", "judgment"),
    ("ageing", "aging"),
    ("aetiology", "etiology"),
    ("sceptical", "skeptical"),
    ("labelled", "labeled"),
    ("licence", "license"),
]
ALONE = (
    "size sise prise prize seize advise revise promise exercise supervise surprise expertise precise wise"
    " noise basis crisis horizon citizen laboratory collaborate colorado honorary hour four error"
    " sentence absence meter metre compel model pedestrian pedometer pedagogy does issue value"
    " programming programmer"
).split()


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_british_and_american_spellings_are_one_word(british: str, american: str) -> None:
    """Whichever is typed."""
    assert set(spellings(british)) >= {british, american}
    assert spellings(british) == spellings(american)


@pytest.mark.parametrize("word", ALONE)
def test_words_that_only_look_alike_stay_apart(word: str) -> None:
    """``prise`` is no prize, and a laboratory no labouratory."""
    assert spellings(word) == (word,)


STARTS = (
    "behavi col offen defen counsel organ random paedophil pedophil program cent anal judg size pri".split()
)
ENDS = (
    "our or ours ce se ised ized isation ization ling ing ia ic me mes re er red ered yse yze ement ment"
).split()


@given(
    st.builds(str.__add__, st.sampled_from(STARTS), st.sampled_from(ENDS))
    | st.from_regex(r"[a-z]{1,12}", fullmatch=True)
)
def test_what_one_spelling_leads_to_leads_back(word: str) -> None:
    """Spellings are a family: the same for each of its members, and so is the one that stands for all."""
    family = spellings(word)
    assert word in family
    assert {spellings(other) for other in family} == {family}
    assert {common(other) for other in family} == {common(word)}


def test_a_phrase_has_a_handful_of_spellings_at_most() -> None:
    """However many of its words have two."""
    assert phrases(("behaviour", "programme")) == (
        "behaviour programme",
        "behaviour program",
        "behavior programme",
        "behavior program",
    )
    assert len(phrases(("behaviour",) * 20)) == 8


def test_names_are_written_closed_up_or_apart_only_where_a_mark_or_digit_parts_them() -> None:
    """Self-help and selfhelp; but not riskassessment."""
    assert set(ways("self-help")) == {"self help", "selfhelp"}
    assert set(ways("RM2000/S")) == {
        "rm2000 s",
        "rm 2000 s",
        "rm 2000s",
        "rm2000s",
    }
    assert ways("risk assessment") == ("risk assessment",)


# --- stems

WORDS = st.one_of(
    st.from_regex(r"[a-z]{1,14}", fullmatch=True),
    st.builds(
        str.__add__,
        st.sampled_from(
            "predict recidiv valid happ sk cr hop fil agree relat conflat rat control rol sens".split()
        ),
        st.sampled_from(
            "ion ism ation y ies ed ing ator iveness fulness ousli al ational able ible ement ment e es s ly"
            " icate ative alize iciti ical ness ll eed bli enci logi".split()
        ),
    ),
)


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'porter unicode61 remove_diacritics 2')")
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
    return db


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_stems_are_those_of_the_index(index: sqlite3.Connection, given_words: list[str]) -> None:
    """Word for word as SQLite makes them."""
    index.execute("DELETE FROM t")
    index.execute("INSERT INTO t VALUES (?)", (" ".join(given_words),))
    assert {row[0] for row in index.execute("SELECT term FROM v")} == {stem(word) for word in given_words}


@pytest.mark.parametrize(
    ("beginning", "text"),
    [
        ("predicti", "prediction"),
        ("predicti", "predictive"),
        ("recidivis", "recidivism"),
        ("validat", "validated"),
        ("valida", "validation"),
        ("abusi", "abusive"),
        ("anonymi", "anonymity"),
        ("anonymo", "anonymous"),
        ("acceptabilit", "acceptability"),
        ("preventio", "prevention"),
        ("effectiven", "effectiveness"),
    ],
)
def test_a_beginning_longer_than_the_stem_finds_the_word(
    index: sqlite3.Connection, beginning: str, text: str
) -> None:
    """The index itself would find nothing."""
    index.execute("DELETE FROM t")
    index.execute("INSERT INTO t VALUES (?)", (text,))
    found = [f'"{beginning}" *', *(f'"{word}"' for word in continued(beginning))]
    assert index.execute("SELECT count(*) FROM t WHERE t MATCH ?", (" OR ".join(found),)).fetchone() == (1,)


@given(st.text(max_size=20))
def test_any_beginning_has_a_handful_of_continuations(beginning: str) -> None:
    """Never an error, whatever is typed."""
    assert len(continued(beginning)) <= 6
