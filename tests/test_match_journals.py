"""Containers → journals, and their names as ISO 4 abbreviates them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.match.journals import abbreviated, gather_journals, names_of
from kb.model import Journal, Origin, Work
from kb.records import records

ROOT = Path(__file__).parent.parent

# As the ISSN portal and the journals themselves give them
ABBREVIATED = """
Sexual Abuse | Sex. Abuse
Child Abuse & Neglect | Child Abuse Negl.
Journal of Interpersonal Violence | J. Interpers. Violence
The Journal of Interpersonal Violence | J. Interpers. Violence
Psychological Assessment | Psychol. Assess.
Psychology, Crime & Law | Psychol. Crime Law
Psychology, Public Policy, and Law | Psychol. Public Policy Law
Law and Human Behavior | Law Hum. Behav.
LAW AND HUMAN BEHAVIOR | Law Hum. Behav.
Behavioral Sciences & the Law | Behav. Sci. Law
Archives of Sexual Behavior | Arch. Sex. Behav.
Criminal Justice and Behavior | Crim. Justice Behav.
Canadian Journal of Criminology and Criminal Justice | Can. J. Criminol. Crim. Justice
Suicide and Life-Threatening Behavior | Suicide Life-Threat. Behav.
Cyberpsychology, Behavior, and Social Networking | Cyberpsychol. Behav. Soc. Netw.
Kriminologische Zeitschrift | Kriminol. Z.
Monatsschrift für Kriminologie und Strafrechtsreform | Monatsschr. Kriminol. Strafrechtsreform
Forensische Psychiatrie, Psychologie, Kriminologie | Forens. Psychiatr. Psychol. Kriminol.
JMIR Mental Health | JMIR Ment. Health
JMIR Research Protocols | JMIR Res. Protoc.
Journal of Medical Internet Research | J. Med. Internet Res.
L’Évolution Psychiatrique | Évol. Psychiatr.
Annales Médico-Psychologiques | Ann. Méd.-Psychol.
Forensic Science International: Digital Investigation | Forensic Sci. Int.: Digit. Investig.
Proceedings of the Academy of Sciences of the United States of America | Proc. Acad. Sci. U. S. A.
Nature | Nature
Nature Medicine | Nat. Med.
The Lancet | Lancet
JAMA | JAMA
PLOS ONE | PLOS ONE
Assessment | Assessment
J. Interpers. Violence | J. Interpers. Violence
"""
PAIRS = [line.split(" | ") for line in ABBREVIATED.strip().splitlines()]


@pytest.mark.parametrize(("name", "short"), PAIRS, ids=[name for name, _ in PAIRS])
def test_a_journal_is_abbreviated_as_iso_4_does(name, short):
    """Known words are cut, articles and prepositions fall, a word alone stays."""
    assert abbreviated(name) == short


@given(st.text(max_size=60))
def test_any_name_has_an_abbreviation_unless_it_is_empty(name):
    """Nothing raises; only a name without anything gives nothing."""
    assert bool(abbreviated(name)) == bool(name.strip())


def article(citekey: str, container: str, kind: str = "article", **fields: str) -> Work:
    return Work(citekey, kind, Origin("a.bib"), container=container, fields=fields)


def gathered(*containers: str) -> set[frozenset[str]]:
    works = [article(f"w{n}", container) for n, container in enumerate(containers)]
    return {frozenset(journal.names) for journal in gather_journals(works)}


ONE = [
    ("Sexual Abuse", "Sexual Abuse: A Journal of Research and Treatment"),
    ("Sexual Abuse", "Sexual Abuse - A Journal of Research and Treatment"),
    ("Behavioral Sciences & the Law", "Behavioral Sciences and the Law"),
    ("Journal of Sexual Medicine", "The Journal of Sexual Medicine"),
    ("PLoS ONE", "PLoS One"),
    ("J. Interpers. Violence", "Journal of Interpersonal Violence"),
    ("J INTERPERS VIOLENCE", "Journal of Interpersonal Violence"),
    ("Proc Natl Acad Sci", "Proceedings of the National Academy of Sciences"),
    ("Sex. Abuse", "Sexual Abuse: A Journal of Research and Treatment"),
    ("Crim. Justice Behav.", "Criminal Justice and Behavior"),
    ("Policing (Online)", "Policing"),
    ("Archives of Sexual Behavior", "ARCHIVES OF SEXUAL BEHAVIOR"),
]
TWO = [
    ("Nature", "Nature Medicine"),
    ("Policing: A Journal of Policy and Practice", "Policing: An International Journal"),
    ("Policing", "Policing: An International Journal"),
    ("Forensic Science International", "Forensic Science International: Digital Investigation"),
    ("Journal of Sexual Medicine", "Sexual Medicine"),
    ("Sexual Abuse", "Sexual Abuse in Australia and New Zealand"),
    ("Journal of Criminal Law", "Journal of Criminal Justice"),
    ("Frontiers in Psychiatry", "Frontiers in Psychology"),
    ("BMC Psychiatry", "BMC Psychology"),
    ("Physica A", "Physica B"),
    ("Physica", "Physica A"),
    ("Psychology (London)", "Psychology (Savannah)"),
    ("Child Abuse Review", "Child Abuse & Neglect"),
    ("J. Psychol.", "Journal of Forensic Psychology"),
    ("JAMA", "JAMA Psychiatry"),
    ("中国科学", "心理学报"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_names_of_one_journal_are_gathered(one, other):
    """Spelling, an article, a subtitle and an abbreviation make no other journal."""
    assert gathered(one, other) == {frozenset((one, other))}


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_journals_stay_two(one, other):
    """A word more is another journal."""
    assert len(gathered(one, other)) == 2


def test_an_abbreviation_that_fits_two_journals_is_neither():
    """Nobody can tell which is meant."""
    full = ("Journal of Criminal Psychology", "Journal of Criminological Psychology")
    assert len(gathered("J. Crim. Psychol.", *full)) == 3
    assert len(gathered("J. Crim. Psychol.", full[0])) == 1


def test_a_name_that_two_subtitles_stand_behind_is_neither():
    """Where two journals have one main title, the bare one is not taken for either."""
    names = ("Crime Studies: A Journal of Law", "Crime Studies: A Quarterly of Theory", "Crime Studies")
    assert len(gathered(*names)) == 3


def test_one_issn_is_one_journal():
    """A former and a later name are one if the number says so; a slip in a number is not believed."""
    later = article("a", "Journal of Sexual Aggression Research", issn="1355-2600")
    former = article("b", "Journal of Sexual Offending", issn="1355-2600, 1742-6545")
    slip = article("c", "Soil Science", issn="13552600")
    names = [journal.names for journal in gather_journals([later, former, slip])]
    assert names == [
        ("Journal of Sexual Aggression Research", "Journal of Sexual Offending"),
        ("Soil Science",),
    ]


def test_only_articles_are_in_journals():
    """A book's title is no journal, and an article without container is in none."""
    works = [article("a", "Handbook of Bereavement", "incollection"), article("b", "")]
    assert gather_journals(works) == ()


def test_a_journal_has_its_fullest_name_all_names_and_its_works():
    """And what one may type for it."""
    works = [
        article("b", "Sexual Abuse"),
        article("a", "Sexual Abuse: A Journal of Research and Treatment"),
        article("c", "SEXUAL ABUSE"),
    ]
    (journal,) = gather_journals(works)
    full = "Sexual Abuse: A Journal of Research and Treatment"
    assert journal == Journal(full, "Sex. Abuse", ("SEXUAL ABUSE", "Sexual Abuse", full), ("a", "b", "c"))
    assert {"Sex. Abuse", "Sex Abuse", "Sexual Abuse", full} <= set(names_of(journal))


WORDS = [
    "Journal",
    "J.",
    "of",
    "Psychol.",
    "Psychology",
    "Nature",
    "Medicine",
    ":",
    "A",
    "&",
    "the",
    "(Online)",
]
containers = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=8)


@given(containers, st.randoms(use_true_random=False))
def test_the_order_of_works_does_not_matter_and_each_is_in_one_journal(listed, random):
    """However the works are put in order, the same journals come out, with every article in one."""
    works = [article(f"w{n}", container) for n, container in enumerate(listed)]
    journals = gather_journals(works)
    told = sorted(citekey for journal in journals for citekey in journal.works)
    assert told == sorted(work.citekey for work in works if work.container)
    random.shuffle(works)
    assert gather_journals(works) == journals


def test_the_shipped_journals_are_gathered():
    """Of the shipped references, these and no others are one journal under several names."""
    works = [
        work
        for path in sorted((ROOT / "references").glob("*.bib"))
        for work in records(path.name, path.read_bytes()).works
    ]
    several = {journal.names for journal in gather_journals(works) if len(journal.names) > 1}
    assert several == {
        ("Behavioral Sciences & the Law", "Behavioral Sciences and the Law"),
        ("Journal of Sexual Medicine", "The Journal of Sexual Medicine"),
        ("PLoS ONE", "PLoS One"),
        ("Sexual Abuse", "Sexual Abuse: A Journal of Research and Treatment"),
    }
