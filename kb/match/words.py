"""Words that titles and journals are told apart by, and those that tell nothing."""


def listed(words: str) -> tuple[str, ...]:
    """The words of a text, in order.

    >>> listed("men women")
    ('men', 'women')
    """
    return tuple(words.split())


STOP = frozenset(
    listed(
        """a an the of and or in on at to for from with by as its it is are be into their
    der die das des dem den ein eine einer und oder von zu zur zum im am bei mit fur auf uber
    le la les de du un une et en dans pour sur par au aux
    el los las del con para por una al
    il lo gli di da nel della delle dei
    och av att om med til og pa"""
    )
)
"""Articles, prepositions and conjunctions of the languages that most records are in."""

# Words of which serial titles are made: nothing but these, and every volume may have the title.
GENERIC = frozenset(
    listed(
        """editorial editorials editor editors introduction introductory preface foreword prologue epilogue
    afterword letter letters note notes comment comments commentary commentaries reply response responses
    rejoinder book books review reviews reviewed news newsletter index contents table abstract abstracts
    annual report reports statistics statistical bulletin yearbook quarterly monthly issue special guest
    message messages president presidents chair chairs chairman welcome obituary obituaries correspondence
    announcement announcements conference proceedings errata erratum correction corrections corrigendum
    corrigenda retraction addendum acknowledgment acknowledgments acknowledgement acknowledgements
    acknowledgements reviewers reviewer list subject author authors cover masthead this highlights calendar
    meeting meetings summary overview conclusion conclusions discussion background appendix volume number
    year january february march april may june july august september october november december spring
    summer autumn fall winter literature current papers paper panel session sessions poster posters keynote
    invited workshop symposium program programme information contributors about back front matter media
    brief briefs briefly perspective perspectives viewpoint opinion spotlight research article articles
    supplement data methods results new update updates view views word words thoughts editorship
    untitled anonymous vorwort einleitung einfuhrung editorial nachruf buchbesprechung rezension
    reminiscences influential column department digest"""
    )
)

NUMBERS = {
    **{word: str(n) for n, word in enumerate(
        listed("zero one two three four five six seven eight nine ten eleven twelve"))},
    **{word: str(n) for n, word in enumerate(
        listed("first second third fourth fifth sixth seventh eighth ninth tenth"), 1)},
}  # fmt: skip

ROMAN = {
    roman: str(n)
    for n, roman in enumerate(
        listed("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"), 1
    )
}

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        listed(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron"
            " pi rho sigma tau upsilon phi chi psi omega"
        ),
        strict=True,
    )
)

_GROUPS = (
    "adult adults adulthood / child children childhood paediatric pediatric paediatrics pediatrics"
    " / infant infants neonatal neonates / adolescent adolescents adolescence youth juvenile juveniles"
    " / elderly older / student students / parent parents / teacher teachers",
    "men man male males boys boy fathers paternal / women woman female females girls girl mothers maternal",
    "sensitivity / specificity",
    "acute / chronic",
    "affect / effect",
    "before / after / during",
    "north northern / south southern / east eastern / west western",
    "left / right / bilateral / unilateral",
    "upper / lower",
    "primary / secondary / tertiary",
    "short / long",
    "high / low",
    "pilot / preliminary / interim / final / extended / updated update / revised / followup follow",
    "quantitative / qualitative",
    "online / offline",
    "internal / external",
    "validity / reliability",
    "increase increased / decrease decreased",
    "efficacy / safety",
    "medical / surgical",
    "rural / urban",
    "morning / evening",
    "public / private",
    "positive / negative",
    "theory / practice",
    "development / validation",
    "cause causes / consequence consequences",
    "inpatient inpatients / outpatient outpatients",
    "winter / summer / spring / autumn",
    "victim victims / offender offenders perpetrator perpetrators",
)
CONTRASTS = {
    word: (group, side)
    for group, sides in enumerate(_GROUPS)
    for side, words in enumerate(sides.split(" / "))
    for word in words.split()
}
"""Word → its group and its side in it: two sides of one group tell two works apart."""

DENIALS = frozenset(listed("without not no non never ohne nicht sans"))
"""Words that make another work of a title if only one has them."""

PREFIXES = (
    ("hyper", "hypo"), ("intra", "inter"), ("pre", "post"), ("over", "under"), ("macro", "micro"),
    ("mono", "poly"), ("in", "ex"), ("", "un"), ("", "non"), ("", "im"), ("", "dis"),
    ("endo", "exo"), ("anti", "pro"), ("uni", "multi"), ("homo", "hetero"), ("intro", "extro"),
    ("symmetric", "asymmetric"), ("", "re"), ("super", "sub"), ("max", "min"), ("iso", "aniso"),
)  # fmt: skip
