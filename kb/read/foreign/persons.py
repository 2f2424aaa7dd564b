"""A person as databases write one → a name."""

import re

from kb.model import Name

# "Seto MC", "Seto M.C.", "van der Berg JA Jr": family names, then capital initials (PubMed, Embase)
_INITIALS_LAST = re.compile(
    r"(?P<family>[^\s,].*?) (?P<given>[^\W\d_a-zß-ÿ](?:\.?-?[^\W\d_a-zß-ÿ]){0,3}\.?)"
    r"(?: (?P<suffix>Jr|Sr|2nd|3rd|I{2,3}|IV)\.?)?"
)
_SUFFIX = re.compile(r"(?:jr|sr|2nd|3rd|i{2,3}|iv)\.?", re.IGNORECASE)
_PARTICLES_WRITTEN = """
    af al am auf aus av bin d' da das de dei del della den der des di do dos du el ibn la las le
    los st. ten ter van vom von y zu zum zur
"""
_PARTICLES = frozenset(_PARTICLES_WRITTEN.split())
# What stands behind a name and is no part of it: "Seto, Michael C., PhD", "Doe, John, advisor" (ProQuest)
_TITLE = re.compile(
    r", ?(?:(?:ph|psy|ed|m|j|d|dr)\.? ?(?:d|ph|phil|sc)|ll\.? ?[bm]|m\.? ?p\.? ?h|[mb]\.? ?s\.? ?w"
    r"|[mb]\.? ?(?:sc|a|s)|r\.? ?n|frc\w{1,8}|mrc\w{1,8}|abpp|lcsw|adviso?e?r|supervisor"
    r"|(?:committee )?chair|committee member|author|editor|translator|compiler|contributor)\.?",
    re.IGNORECASE,
)
_LONGEST = 300  # characters of a name
_BODY = re.compile(
    r"\b(?:association|authority|board|cent(?:er|re)|college|commission|committee|consortium|council|department"
    r"|faculty|foundation|government|group|initiative|institut\w*|ministry|network|office|organi[sz]ation|party"
    r"|police|project|service|society|task force|team|trust|union|universit\w*|working)\b",
    re.IGNORECASE,
)


def person(text: str) -> Name:
    """The person or body that ``text`` names, in any of the forms that databases write.

    Known are ``Seto, Michael C.``, ``Seto, M. C., Jr.``, ``Seto MC`` and
    ``Michael C. Seto``; particles written before a family name stay with it,
    apart. A name of a body, by its words, is one whole.

    >>> person("van der Berg, J. A.")
    Name(family='Berg', given='J. A.', particle='van der', suffix='', corporate=False, orcid='')
    >>> person("Seto MC").inverted, person("Michael C. Seto").inverted, person("Seto M.-C.").inverted
    ('Seto, M. C.', 'Seto, Michael C.', 'Seto, M.-C.')
    """
    text = " ".join(text.split()).strip(" ,;")
    if "," in text:
        family, *rest = (part.strip() for part in text.split(","))
        if not rest[0] or (
            _BODY.search(text) and not _SUFFIX.fullmatch(rest[-1]) and len(rest[0].split()) > 2
        ):
            return body(text)
        return _inverted(family, rest)
    if _BODY.search(text):
        return body(text)
    initials = _INITIALS_LAST.fullmatch(text)
    if initials and ("." in initials["given"] or not initials["family"].isupper()):
        return _made(initials["family"], spaced(initials["given"]), initials["suffix"] or "")
    return _natural(text.split())


def without_titles(text: str) -> str:
    """A name without the degrees and roles behind it; a family name and one word more stay as they are.

    >>> [without_titles(name) for name in ("Seto, Michael C., PhD, R.N.", "Doe, MD", "Li, J., Jr.")]
    ['Seto, Michael C.', 'Doe, MD', 'Li, J., Jr.']
    """
    while len(text) < _LONGEST and text.count(",") > 1:
        before, _, last = text.rstrip(" ,").rpartition(",")
        if "," not in before or not _TITLE.fullmatch(f",{last}"):
            break
        text = before
    return text


def body(text: str) -> Name:
    """An organisation, whose whole name is its family name."""
    return Name(" ".join(text.split()), corporate=True)


def spaced(initials: str) -> str:
    """Initials with stops and spaces.

    >>> spaced("MC"), spaced("J-P"), spaced("M.C.")
    ('M. C.', 'J.-P.', 'M. C.')
    """
    initials = initials.replace(".", "")
    return " ".join(
        "".join(f"{c}." if c.isalpha() else c for c in initials).replace(".", ". ").split()
    ).replace(". -", ".-")


def _inverted(family: str, rest: list[str]) -> Name:
    suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "")
    given = " ".join(part for part in rest if part != suffix)
    if given and given.isupper() and given.isalpha() and len(given) <= 3 and not family.isupper():
        given = spaced(given)
    return _made(family, given, suffix)


def _natural(words: list[str]) -> Name:
    if len(words) < 2:
        return Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES and words[start - 1][0].islower():
        start -= 1
    return _made(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _made(family: str, given: str, suffix: str) -> Name:
    words = family.split()
    start = 0
    while start < len(words) - 1 and words[start].lower() in _PARTICLES and words[start][0].islower():
        start += 1
    return Name(" ".join(words[start:]), given, " ".join(words[:start]), suffix)
