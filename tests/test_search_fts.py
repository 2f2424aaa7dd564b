"""Compiled queries: accepted by a real FTS5 table, and finding what they say."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import NO_THESAURUS, Compiled, Filter, Thesaurus, ThesaurusLabel, compile_query, explain

L = ThesaurusLabel
THESAURUS = Thesaurus.build(
    [
        L("csam", "Child sexual abuse material", preferred=True),
        L("csam", "CSAM"),
        L("csam", "IIOC"),
        L("csam", "child pornography", "historical"),
        L("cport", "CPORT", preferred=True),
        L("kirat", "KIRAT", preferred=True),
        L("risk-tools", "Risk assessment tools", preferred=True),
        L("stable", "STABLE", preferred=True, exact=True),
        L("stable", "dynamic need instruments"),
        L("rct", "Randomised controlled trial", preferred=True),
        L("rct", "RCT"),
    ],
    [("cport", "risk-tools"), ("kirat", "risk-tools")],
)
WORKS = {
    # title, people, venue, topics
    1: ("Child pornography use and risk", "Michael C. Seto · Angela W. Eke", "Sexual Abuse", ""),
    2: ("Viewing CSAM", "Johanna Lätth · johanna latth · johanna laetth", "Internet Interventions", ""),
    3: (
        "What was seen on a seized computer",
        "Michael Smith · Jane Doe · Anna Seto",
        "Policing",
        "Child sexual abuse material",
    ),
    4: ("The CPORT: a validation of risk prediction", "Angela W. Eke", "Assessment", "CPORT"),
    5: ("Stable relationships and self-help", "Bjørn O'Connor", "Sexual Abuse", ""),
    6: ("Dynamic needs over time: a selfhelp study", "R. Karl Hanson", "Assessment", "STABLE"),
}
COLUMNS = "title, people, venue, keywords, topics, abstract, notes"


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE VIRTUAL TABLE fts USING fts5({COLUMNS}, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    rows = [(number, *work) for number, work in WORKS.items()]
    connection.executemany(
        "INSERT INTO fts (rowid, title, people, venue, topics) VALUES (?, ?, ?, ?, ?)", rows
    )
    yield connection
    connection.close()


def matches(db: sqlite3.Connection, expression: str) -> set[int]:
    if not expression:
        return set()
    return {row for (row,) in db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (expression,))}


def both(db: sqlite3.Connection, query: str, thesaurus: Thesaurus = THESAURUS) -> tuple[set[int], set[int]]:
    compiled = compile_query(query, thesaurus)
    return matches(db, compiled.all_words), matches(db, compiled.some_words)


def filters(query: str) -> tuple[Filter, ...]:
    return compile_query(query, THESAURUS).filters


# --- text ---


def test_every_name_of_a_topic_finds_the_same_works(db: sqlite3.Connection) -> None:
    """The words, and works that have the topic without naming it; literally only the words."""
    for query in ("child pornography", "CSAM", "iioc", '"child pornography"', "Child Sexual Abuse Material"):
        assert both(db, query) == ({1, 2, 3}, {1, 2, 3})
    literal = compile_query("CSAM", THESAURUS, literal=True)
    assert matches(db, literal.all_words) == {2}
    assert literal.expansions == ()


def test_all_the_words_and_some_of_them(db: sqlite3.Connection) -> None:
    """The first expression asks for every word, the second for one at least."""
    assert both(db, "risk validation") == ({4}, {1, 4})
    strict = compile_query("risk validation", all_words=True)
    assert (matches(db, strict.all_words), strict.some_words) == ({4}, "")


def test_one_unit_has_one_expression() -> None:
    """A word, a phrase or a topic alone: with all is with some."""
    for query in (
        "risk",
        '"risk tools"',
        "child pornography",
        "risk -review",
        "author:seto risk",
        "risk risk",
    ):
        compiled = compile_query(query, THESAURUS)
        assert compiled.all_words == compiled.some_words != ""


def test_excluded_words_are_left_out_of_both(db: sqlite3.Connection) -> None:
    """By minus or NOT, under every name."""
    assert both(db, "risk validation -CSAM") == ({4}, {4})
    assert both(db, "risk NOT cport") == ({1}, {1})


def test_exclusion_alone_is_an_expression_of_its_own(db: sqlite3.Connection) -> None:
    """Full text cannot list what lacks a word, so the store leaves those works out."""
    compiled = compile_query("-risk -viewing year:2015")
    assert (compiled.all_words, compiled.some_words) == ("", "")
    assert matches(db, compiled.without) == {1, 2, 4}
    assert compile_query("tool -risk").without == ""


def test_required_words_and_text_fields_hold_in_both(db: sqlite3.Connection) -> None:
    """A plus makes one word strict; a field is always strict, and does not replace the words."""
    assert both(db, "+risk validation") == ({4}, {1, 4})
    assert both(db, "author:eke validation viewing") == (set(), {4})


def test_hyphens_and_apostrophes_just_work(db: sqlite3.Connection) -> None:
    """As one word or as two, with or without the mark."""
    for query in ("self-help", "selfhelp stable", "O'Connor", "O’Connor"):
        assert 5 in both(db, query)[1]
    assert both(db, "self-help")[0] == {5, 6}


@pytest.mark.parametrize("name", ["Lätth", "Latth", "Laetth", "latth", "Bjørn", "Bjorn,Lätth"])
def test_names_are_found_with_and_without_accents(db: sqlite3.Connection, name: str) -> None:
    """Among the people, in every spelling that the column holds."""
    found = both(db, f"author:{name}")[0]
    assert found == ({5} if name == "Bjørn" else set() if "," in name else {2})


@pytest.mark.parametrize("name", ['"Seto, Michael"', '"Michael Seto"', '"M. Seto, Michael C."'])
def test_a_full_name_is_a_person_and_no_full_text(name: str) -> None:
    """Who is meant, the store knows; among people's words there may be a Michael and a Seto who are two."""
    compiled = compile_query(f"author:{name} validation")
    assert [(one.kind, one.values) for one in compiled.filters] == [("author", (name.strip('"'),))]
    assert "seto" not in compiled.all_words


def test_title_and_journal_are_columns(db: sqlite3.Connection) -> None:
    """A phrase, a word or a beginning in that place only; no thesaurus there."""
    assert both(db, 'journal:"sexual abuse"')[0] == {1, 5}
    assert both(db, "title:CSAM")[0] == {2}
    assert both(db, "title:valid*")[0] == {4}


def test_beginnings(db: sqlite3.Connection) -> None:
    """``predic*`` finds prediction."""
    assert both(db, "predic*")[0] == {4}


def test_guarded_labels_search_among_topics(db: sqlite3.Connection) -> None:
    """As written the word itself counts; a short label is no other label's alternative."""
    assert both(db, "STABLE")[0] == {5, 6}
    assert both(db, "dynamic need instruments")[0] == {6}
    assert '"rct"' not in compile_query("randomised controlled trial", THESAURUS).all_words
    assert '"rct"' in compile_query("RCT", THESAURUS).all_words


def test_boolean_queries_mean_what_they_say(db: sqlite3.Connection) -> None:
    """AND, OR, NOT and parentheses, nested."""
    assert both(db, "(CSAM OR cport) AND (risk OR viewing) NOT seized")[0] == {1, 2, 4}
    assert both(db, "(risk -pornography) OR stable")[0] == {4, 5, 6}
    assert both(db, "pornography risk OR self-help")[1] == {1, 5, 6}
    assert both(db, "author:seto OR author:hanson")[0] == {1, 3, 6}


def test_stop_words_are_dropped_unless_there_is_nothing_else() -> None:
    """And what was dropped is known; a plus or quotation marks keep them."""
    compiled = compile_query("what is the risk")
    assert (compiled.all_words, compiled.dropped) == ('"risk"', ("what", "is", "the"))
    assert compile_query("what is the").all_words == '"what" AND "is" AND "the"'
    assert compile_query("the year:2015").all_words == ""
    assert compile_query("the risk AND a tool").dropped == ("the", "a")
    assert compile_query("+the risk").all_words == '"the" AND "risk"'
    assert compile_query('"the risk"').all_words == '"the risk"'


# --- filters ---


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("2015", 2015, 2015),
        ("2010..2020", 2010, 2020),
        ("2015..", 2015, None),
        ("..2010", None, 2010),
        ("2010-2020", 2010, 2020),
        ("2010–2020", 2010, 2020),
        ("2020..2010", 2010, 2020),
    ],
)
def test_years(value: str, low: int | None, high: int | None) -> None:
    """One year, or a span that may be open at one end."""
    (found,) = filters(f"year:{value}")
    assert (found.kind, found.low, found.high) == ("year", low, high)


@pytest.mark.parametrize("value", ["abc", "1..x", "20155", "２０１５", "2015x"])
def test_what_is_no_year_is_words(value: str) -> None:
    """And said so."""
    compiled = compile_query(f"year:{value}")
    assert compiled.filters == ()
    assert "taken as words" in " ".join(compiled.messages)


def test_topics_resolve_with_all_that_is_narrower() -> None:
    """By slug or label, in quotation marks where needed."""
    assert filters("topic:risk-tools")[0].values == ("cport", "kirat", "risk-tools")
    assert filters('topic:"risk assessment tools"')[0].values == ("cport", "kirat", "risk-tools")
    (tool,) = filters("-tool:KIRAT")
    assert (tool.kind, tool.values, tool.negated) == ("tool", ("kirat",), True)


def test_an_unknown_topic_finds_nothing_and_names_the_nearest() -> None:
    """Never the nearest thing passed off as a match."""
    compiled = compile_query("tool:cportt CSAM", THESAURUS)
    assert compiled.filters == (Filter("tool", (), written="tool:cportt"),)
    assert "tool:cport" in compiled.messages[0]


def test_the_other_fields_are_values() -> None:
    """Identifiers keep what makes them exact; the rest is lower-case."""
    query = "doi:https://doi.org/10.1037/LHB0000128 key:Seto2015 type:Article list:cport has:DOI is:held"
    assert [(found.kind, found.values) for found in filters(query)] == [
        ("doi", ("10.1037/lhb0000128",)),
        ("key", ("Seto2015",)),
        ("type", ("article",)),
        ("list", ("cport",)),
        ("has", ("doi",)),
        ("is", ("held",)),
    ]


def test_an_unknown_state_finds_nothing_and_says_what_is_known() -> None:
    """``has:findngs`` is a slip, not a word to search for."""
    compiled = compile_query("has:findngs is:zzz")
    assert [found.values for found in compiled.filters] == [(), ()]
    assert "has:findings" in compiled.messages[0]
    assert "held, cited, retracted" in compiled.messages[1]


def test_alternatives_of_filters_are_a_filter() -> None:
    """Words among them are one too: the works in which they stand."""
    (either,) = filters("topic:cport OR year:2015")
    assert [(each.kind, each.values) for each in either.any_of] == [("topic", ("cport",)), ("year", ())]
    (mixed,) = filters("CPORT OR year:2015")
    assert [(each.kind, each.values) for each in mixed.any_of] == [("words", ('"cport"',)), ("year", ())]


def test_filters_in_parentheses_hold_for_the_query() -> None:
    """As parentheses without OR change nothing."""
    compiled = compile_query("(risk year:2015) topic:cport", THESAURUS)
    assert [found.kind for found in compiled.filters] == ["year", "topic"]
    assert compiled.all_words == '"risk"'


def test_nothing_asked_is_empty() -> None:
    """A store can tell a query without content from one without hits."""
    assert compile_query("").empty
    assert compile_query("🙂 ؟ !").empty
    assert not compile_query("-x").empty


# --- robustness ---

PIECES = st.sampled_from(
    [
        *"()\"“”*+-:^~'\\/;,.{}",
        *(
            "AND",
            "OR",
            "NOT",
            "NEAR(",
            "title",
            "title:",
            "author:",
            "year:",
            "topic:",
            "has:",
            "doi:",
            "people :",
        ),
        *(
            "CSAM",
            "child pornography",
            "RCT",
            "Static-99R",
            "O'Connor",
            "the",
            "2010..2020",
            "10.1037/x",
            "cport",
        ),
        *(
            "\x00",
            "🙂",
            "مرحبا",
            "שלום",
            "हिन्दी",
            "日本",
            "ß",
            "ﬁ",
            "²",
            "\u202e",
            "\ud800",
            "'; DROP TABLE fts; --",
            "<b>",
        ),
    ]
)
HOSTILE = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60),
    st.lists(PIECES, max_size=24).map(" ".join),
    st.lists(PIECES, max_size=24).map("".join),
)


def expressions(compiled: Compiled) -> list[str]:
    found = [each for each in (compiled.all_words, compiled.some_words, compiled.without) if each]
    if compiled.some_words:  # as a store asks for the works with some of the words only
        found.append(f"({compiled.some_words}) NOT ({compiled.all_words})")
    return found


@given(HOSTILE, st.booleans())
def test_whatever_is_typed_compiles_to_what_fts5_accepts(
    db: sqlite3.Connection, text: str, literal: bool
) -> None:
    """No query raises here or in SQLite, and every query can be explained."""
    compiled = compile_query(text, THESAURUS, literal=literal)
    for expression in expressions(compiled):
        matches(db, expression)
    assert explain(compiled).encode()
    assert all("\ud800" not in value for found in compiled.filters for value in found.values)


@given(
    st.lists(
        st.sampled_from(["CSAM", "risk", "self-help", "stable", "-viewing", "+validation"]),
        min_size=1,
        max_size=6,
    )
)
def test_works_with_all_the_words_are_among_those_with_some(
    db: sqlite3.Connection, given_words: list[str]
) -> None:
    """So that the second list continues the first."""
    every, some = both(db, " ".join(given_words))
    assert every <= some


@pytest.mark.parametrize(
    "text",
    [
        "word " * 20_000,
        "x" * 100_000,
        '("' * 50_000,
        "(a OR " * 20_000,
        "(a -b OR " * 20_000,
        "OR " * 30_000,
        "topic:zzzz " * 9_000,
        'author:"a b ' * 9_000,
        "a-" * 50_000,
        "\x00" * 100_000,
        " ".join(f"w{number}" for number in range(20_000)),
        " OR ".join(f"(a{number} -b{number})" for number in range(5_000)),
    ],
)
def test_a_hundred_kilobytes_are_cut_and_accepted(db: sqlite3.Connection, text: str) -> None:
    """Long, deep and wide queries stay within what FTS5 can parse."""
    compiled = compile_query(text, THESAURUS)
    for expression in expressions(compiled):
        matches(db, expression)
    assert compiled.messages


# --- explanation ---


def test_an_explanation_says_how_the_query_was_understood() -> None:
    """Units, conditions, names of the topic, what was dropped, and the exact expression."""
    query = "what is the risk of child pornography author:seto -review topic:cport year:2010.. is:cited"
    compiled = compile_query(query, THESAURUS)
    told = explain(compiled)
    for part in (
        "Every work must have author:seto.",
        "First the works with risk and child pornography; then",
        "works with review",
        "years from 2010",
        "names the topic csam. Also searched for: Child sexual abuse material, CSAM, IIOC.",
        "what, is, the, of",
        compiled.all_words,
    ):
        assert part in told
    assert "Nothing is searched for." in explain(compile_query("", NO_THESAURUS))


# --- for the order of what is found


@pytest.mark.parametrize(
    ("query", "tiered"),
    [
        ("CPORT validation", True),
        ("one two three four five six", True),
        ("one two three four five six seven", False),
        ("stigma of paedophilia", True),
        ("does therapist support improve adherence", False),
    ],
)
def test_a_sentence_or_a_long_query_is_not_ranked_in_two_tiers(query: str, tiered: bool) -> None:
    """Six words as in a search box, or two with words between that tell nothing, are."""
    assert compile_query(query).tiered is tiered


def test_words_typed_next_to_each_other_are_known_in_pairs() -> None:
    """Across words that tell nothing, but not across fields, operators, or what is left out."""
    assert compile_query("quality of water").side_by_side == (("quality", "of"), ("of", "water"))
    assert compile_query("is it of use").side_by_side == (("of", "use"),)
    assert compile_query("self-help programme").side_by_side == (("self", "help"), ("help", "programme"))
    assert compile_query("lead year:2010 water -river -lake mud").side_by_side == ()
    assert compile_query("lead OR water").side_by_side == ()


def test_the_words_of_a_compound_count_where_it_is_one_of_several() -> None:
    """Not where it is the whole query, and never for works with all the words."""
    several = compile_query("COVID-19 spread")

    assert several.some_words.endswith('OR "spread" OR "covid" OR "19")')
    assert several.all_words == '("covid 19" OR "covid19") AND "spread"'
    assert compile_query("COVID-19").some_words == compile_query("COVID-19").all_words
    assert '"of"' not in compile_query("out-of-home care").some_words
    assert compile_query('"lead levels" water').some_words == '("lead levels" OR "water")'


WATER = Thesaurus.build(
    [ThesaurusLabel("water", "Water bodies", "preferred", True), ThesaurusLabel("water", "lakes and rivers")]
)


def test_a_name_as_it_was_written_counts_more_than_the_topics_other_names() -> None:
    """Twice more; the others once."""
    match = compile_query("lakes and rivers", WATER).all_words

    assert match.count('"lakes and rivers"') == 3
    assert match.count('"water bodies"') == 1


def test_a_sentence_that_names_a_topic_is_ranked_in_two_tiers() -> None:
    """Else the topic under all its names would outweigh the words beside it."""
    sentence = "does lead harm fish in lakes and rivers"

    assert compile_query(sentence, WATER).tiered
    assert not compile_query(sentence).tiered
    assert '"lakes"' in compile_query(sentence, WATER).some_words


def test_a_title_in_capitals_is_no_query_with_operators() -> None:
    """Where its small words are in capitals too; names joined by AND are joined."""
    shouted = compile_query("EFFECTS OF WARNINGS ON SEARCHING AND NOT ON ARREST")
    assert not shouted.excluded
    assert shouted.messages == ("All of it is in capitals, so AND, OR and NOT were taken as words.",)
    assert compile_query("CPORT NOT KIRAT").excluded == ("KIRAT",)
