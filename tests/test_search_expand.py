"""The thesaurus in queries: which words name a topic, and what stands for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import Expansion, Thesaurus, ThesaurusLabel, expand, parse
from kb.search.tree import AnyOf, Concept, Term, written

L = ThesaurusLabel
LABELS = [
    L("csam", "Child sexual abuse material", "preferred", preferred=True),
    L("csam", "CSAM"),
    L("csam", "CSAEM"),
    L("csam", "IIOC"),
    L("csam", "CAM"),
    L("csam", "viewing CSAM"),
    L("csam", "child sexual abuse materials"),
    L("csam", "child pornography", "historical"),
    L("csam", "child pornograpy", "hidden"),
    L("abuse", "Child sexual abuse", preferred=True),
    L("stable-2007", "STABLE-2007", preferred=True),
    L("stable-family", "STABLE", preferred=True, exact=True),
    L("static-99r", "Static-99R", preferred=True),
    L("odds-ratio", "Odds ratio", preferred=True),
    L("odds-ratio", "OR"),
    L("rct", "Randomised controlled trial", preferred=True),
    L("rct", "RCT"),
    L("callers", "Helpline callers", preferred=True),
    L("callers", "contacts", exact=True),
    L("get-help", "Get Help", preferred=True),
    L("get-help", "CROGA (former name)"),
    L("risk-tools", "Risk assessment tools", preferred=True),
    L("studies", "Case studies", preferred=True),
    L("effectiveness", "Perceived effectiveness", preferred=True),
    L("tfa-effectiveness", "Perceived effectiveness (TFA domain)", preferred=True),
    L("cohen", "Cohen’s d", preferred=True),
    L("cohen", "standardised mean difference"),
    L("a-service", "seeking help"),
    L("seeking", "Seeking help", preferred=True),
    L("rm2000-s", "RM2000/S", preferred=True),
    L("risk-factors", "Risk factors", preferred=True),
    L("risk-factors", "characteristics", exact=True),
    L("practitioners", "Therapists", preferred=True),
    L("cport", "CPORT", preferred=True),
    L("kirat-2", "KIRAT-2", preferred=True),
    L("prioritisation", "Case prioritisation", preferred=True),
    L("stigma", "Stigma", preferred=True),
    L("stigma", "stigmatisation"),
    L("stop-it-now", "Stop It Now!", preferred=True),
    L("kein", "Kein Täter werden", preferred=True),
    L("hashes", "Hash matching", preferred=True),
    L("interest", "Paedophilia", preferred=True),
    L("interest", "paedophile", "caution"),
]
PAIRS = [
    ("stable-2007", "stable-family"),
    ("stable-family", "risk-tools"),
    ("static-99r", "risk-tools"),
    ("risk-tools", "static-99r"),
]
THESAURUS = Thesaurus.build(LABELS, PAIRS)


def concepts(query: str) -> list[Concept]:
    expanded, _ = expand(parse(query), THESAURUS)
    return [clause.node for clause in expanded.clauses if isinstance(clause.node, Concept)]


def topics(query: str) -> list[str]:
    return [concept.topic for concept in concepts(query)]


def test_every_label_gives_the_same_group() -> None:
    """Preferred, other, historical and misspelt names lead to the same alternatives."""
    groups = {
        concept.alternatives
        for query in (
            "child pornography",
            "CSAM",
            "csam",
            "CSAEM",
            "IIOC",
            "child pornograpy",
            '"CSAM"',
            "CSAMs",
        )
        for concept in concepts(query)
    }
    assert groups == {
        ("Child sexual abuse material", "CSAM", "CSAEM", "IIOC", "child pornography", "child pornograpy")
    }


def test_the_longest_label_wins() -> None:
    """``child sexual abuse material`` is not ``child sexual abuse`` and a word."""
    assert topics("preventing child sexual abuse material online") == ["csam"]
    assert topics("child sexual abuse prevention") == ["abuse"]


@pytest.mark.parametrize("query", ["Static-99R", "static 99r", "Static 99R", "STATIC-99R"])
def test_hyphens_and_case_do_not_matter(query: str) -> None:
    """However a tool is spelt, it is the tool."""
    assert topics(query) == ["static-99r"]


def test_singular_and_plural_are_one() -> None:
    """Of either the label or the query."""
    assert topics("risk assessment tool") == ["risk-tools"]
    assert topics("case study") == ["studies"]
    assert topics("cohens d") == topics("Cohen's d") == topics('"Cohen’s d"') == ["cohen"]
    assert topics("RM2000") == []  # the scale's s is no possessive


@pytest.mark.parametrize(
    "query", ["tool or method", "cam", "stable relationship", "rct", "contacts", "Contacts"]
)
def test_guarded_labels_leave_ordinary_words_alone(query: str) -> None:
    """Short labels, and those that are ordinary words, match only as written."""
    assert topics(query) == []


@pytest.mark.parametrize(
    ("query", "topic", "said"),
    [
        ("STABLE", "stable-family", "STABLE"),
        ("RCT", "rct", "RCT"),
        ("RCTs", "rct", "RCT"),
        ("CAM", "csam", "CAM"),
        ("OR", "odds-ratio", "OR"),
    ],
)
def test_guarded_labels_match_as_written_and_are_then_searched_for(query: str, topic: str, said: str) -> None:
    """Whoever writes RCT means it, and gets the word too."""
    (concept,) = concepts(query)
    assert (concept.topic, concept.alternatives[-1]) == (topic, said)


def test_guarded_labels_stand_for_no_other() -> None:
    """No name of a topic is widened to ``cam`` or ``contacts``."""
    (csam,) = concepts("CSAM")
    (callers,) = concepts("helpline callers")
    assert "CAM" not in csam.alternatives
    assert callers.alternatives == ("Helpline callers",)
    assert concepts("risk factors")[0].alternatives == ("Risk factors",)


def test_a_guarded_preferred_label_is_sought_among_topics() -> None:
    """So that works about STABLE are found without each stable relationship."""
    (concept,) = concepts("STABLE")
    assert concept.tag == "STABLE"
    assert concepts("CSAM")[0].tag == ""


def test_names_made_of_ordinary_words_need_a_capital_or_to_stand_alone() -> None:
    """``get help`` within a sentence is no programme."""
    assert topics("how to get help online") == []
    assert topics("Get Help evaluation") == ["get-help"]
    assert topics("get help") == ["get-help"]
    assert topics("stop it now evaluation") == ["stop-it-now"]


def test_a_remark_after_a_label_is_not_part_of_it() -> None:
    """``CROGA (former name)`` is written CROGA; and a plain label goes before one with a remark."""
    assert topics("CROGA") == ["get-help"]
    assert "CROGA" in concepts("CROGA")[0].alternatives
    assert topics("perceived effectiveness") == ["effectiveness"]


def test_a_preferred_label_goes_before_another_topics_label() -> None:
    """Where two topics share a name, it is the one that it is the name of."""
    assert topics("seeking help") == ["seeking"]


def test_labels_that_another_finds_anyway_are_not_searched_for() -> None:
    """``viewing CSAM`` adds nothing to ``CSAM``, nor a plural to its singular."""
    (concept,) = concepts("CSAM")
    assert "viewing CSAM" not in concept.alternatives
    assert "child sexual abuse materials" not in concept.alternatives


def test_expansions_tell_names_to_use_apart_from_names_to_avoid() -> None:
    """Misspellings are named nowhere, and what was written is not repeated."""
    _, found = expand(parse("IIOC"), THESAURUS)
    assert found == (
        Expansion(
            "IIOC",
            "csam",
            "Child sexual abuse material",
            ("Child sexual abuse material", "CSAM", "CSAEM", "viewing CSAM"),
            ("child pornography",),
            ("child pornography",),
        ),
    )


def test_literal_expands_nothing() -> None:
    """The query stays as it was parsed."""
    query = parse("child pornography CSAM")
    assert expand(query, THESAURUS, literal=True) == (query, ())


def test_signs_alternatives_and_whole_phrases_are_expanded_but_not_parts_of_phrases() -> None:
    """``-CSAM`` excludes every name; within a longer phrase or a beginning nothing is widened."""
    expanded, _ = expand(parse('-CSAM (IIOC OR risk) "CSAM forums" CSA* title:CSAM'), THESAURUS)
    first, second, *others = expanded.clauses
    assert isinstance(first.node, Concept)
    assert first.sign == "-"
    assert isinstance(second.node, AnyOf)
    assert isinstance(second.node.nodes[0], Concept)
    assert [type(other.node) for other in others] == [type(c.node) for c in parse('"a b" c* title:d').clauses]


def test_and_parts_labels() -> None:
    """Words on two sides of AND are not one name."""
    assert topics("child AND pornography") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csam", ("csam",)),
        ("Child Pornography", ("csam",)),
        ("stable 2007", ("stable-2007",)),
        ("or", ("odds-ratio",)),
        ("contacts", ("callers",)),
        ("perceived effectiveness (TFA domain)", ("effectiveness", "tfa-effectiveness")),
        ("nothing", ()),
    ],
)
def test_topics_resolve_by_slug_or_any_label(name: str, expected: tuple[str, ...]) -> None:
    """In a field every label counts, the guarded ones too."""
    assert THESAURUS.resolve(name) == expected


def test_closure_takes_narrower_topics_in_and_survives_cycles() -> None:
    """Each broader/narrower chain is followed once, even where it bites its tail."""
    assert THESAURUS.closure("risk-tools") == {"risk-tools", "stable-family", "stable-2007", "static-99r"}
    assert THESAURUS.closure("stable-family") == {"stable-family", "stable-2007"}
    assert THESAURUS.closure("csam") == {"csam"}


def test_the_nearest_topics_are_suggested_but_not_for_very_short_names() -> None:
    """A slip of the pen finds its topic; three letters find none."""
    assert "risk-tools" in THESAURUS.nearest("risk asessment tool")
    assert THESAURUS.nearest("zzz") == []


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("stable2007", "stable-2007"),
        ("Stable 2007", "stable-2007"),
        ("STABLE-2007 validation", "stable-2007"),
        ("static99r", "static-99r"),
        ("Static 99 R", "static-99r"),
        ("Static-99-R", "static-99r"),
        ("C-PORT", "cport"),
        ("c port", "cport"),
        ("KIRAT2", "kirat-2"),
        ("KIRAT II", "kirat-2"),
        ("case prioritization", "prioritisation"),
        ("stigmatized", "stigma"),
        ("Kein Taeter werden", "kein"),
        ("kein tater werden", "kein"),
        ("hash matches", "hashes"),
        ("pedophilia", "interest"),
        ("therapists", "practitioners"),
    ],
)
def test_names_are_known_closed_up_apart_and_in_either_spelling(query: str, topic: str) -> None:
    """Versions of tools, British and American words, umlauts written out."""
    assert topics(query)[:1] == [topic]


@pytest.mark.parametrize("query", ["the rapist", "stable 200", "kirat 3", "hash", "case priority"])
def test_what_only_looks_like_a_name_is_none(query: str) -> None:
    """A gap beside a word of grammar parts words, and half a name names nothing."""
    assert topics(query) == []


def test_a_tool_is_searched_for_however_it_is_written() -> None:
    """As one word and as several, whichever was typed."""
    assert set(concepts("stable2007")[0].alternatives) == {"STABLE-2007", "stable2007"}
    ways = {"Static-99R", "static 99 r", "static99 r", "static99r"}
    assert set(concepts("Static-99R")[0].alternatives) == ways
    assert concepts("case prioritisation")[0].alternatives == ("Case prioritisation", "case prioritization")


def test_names_of_a_topic_that_is_off_stay_words() -> None:
    """And those of the others are still known."""
    expanded, found = expand(parse("CSAM Static-99R"), THESAURUS, off=("csam",))
    assert [type(clause.node) for clause in expanded.clauses] == [Term, Concept]
    assert found == ()


def test_other_words_are_sought_in_their_other_spelling_unless_literally() -> None:
    """``behaviour`` finds behavior; within quotation marks, or literally, it does not."""
    query = parse('behaviour "behaviour" risk')
    expanded, _ = expand(query, THESAURUS)
    assert [clause.node.also for clause in expanded.clauses if isinstance(clause.node, Term)] == [
        ("behavior",),
        (),
        (),
    ]
    assert expand(query, THESAURUS, literal=True)[0] == query


def test_topics_are_known_by_how_a_name_begins() -> None:
    """By slug or any label."""
    assert THESAURUS.beginning("stab") == ("stable-2007", "stable-family")
    assert THESAURUS.beginning("child sexual abuse") == ("abuse", "csam")
    assert THESAURUS.beginning("zz") == THESAURUS.beginning("-") == ()


def test_what_is_discouraged_or_misspelt_may_not_be_suggested() -> None:
    """Whatever its inflection; the others may."""
    assert not THESAURUS.may_suggest("csam", "child pornography")
    assert not THESAURUS.may_suggest("interest", "paedophiles")
    assert not THESAURUS.may_suggest("csam", "child pornograpy")
    assert THESAURUS.may_suggest("csam", "IIOC")
    assert "child pornography" not in THESAURUS.suggestable("csam")
    assert "contacts" not in THESAURUS.suggestable("callers")


def test_an_empty_thesaurus_changes_nothing() -> None:
    """A library without topics can be searched."""
    query = parse("CSAM OR risk -review")
    assert expand(query, Thesaurus.build([])) == (query, ())


@given(
    st.lists(
        st.sampled_from(["child", "sexual", "abuse", "material", "CSAM", "OR", "get", "help", "risk"]),
        max_size=9,
    )
)
def test_expansion_keeps_what_was_written(given_words: list[str]) -> None:
    """Concepts and the words between them add up to the query."""
    query = parse(" ".join(given_words))
    expanded, _ = expand(query, THESAURUS)
    if all(isinstance(clause.node, Term) for clause in query.clauses):
        assert " ".join(written(clause.node) for clause in expanded.clauses) == " ".join(given_words)
