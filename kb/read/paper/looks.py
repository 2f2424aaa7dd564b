"""What the beginning and the end of a reference look like."""

import re

from kb.read.paper.words import MONTH, UPPER, YEAR

_YEAR = re.compile(
    rf"(?<![\d–-]){YEAR}[a-z]?(?!\d)|\bn\.\s?d\.|\bin press\b|\bforthcoming\b|\b10\.\d{{4}}", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?:|doi:|\b10\.\d{4})\S*", re.IGNORECASE)
_WORD = rf"[{UPPER}][\w’'‐-]{{0,30}}"
_FAMILY = (
    rf"(?:(?:[a-z’']{{1,5}}\s){{0,3}}(?:[a-z]{{1,2}}[’'])?{_WORD}(?:[\s-]{_WORD}|\s(?:van|von"
    rf"|de|del|der|da|dos|la|y)){{0,3}})"
)
_INITIALS = rf"(?:[{UPPER}][a-z]?\.[\s-]?){{1,5}}"
_BODY = rf"[{UPPER}](?:[^().:]|U\.S\.|U\.K\.){{1,120}}"  # no stop: that would be another sentence
_DATED = rf"(?:{YEAR}[a-z]?|n\.\s?d\.[^()]{{0,3}}|[Ii]n press|[Ff]orthcoming|no date)"
_LAW = r"(?:Act|Regulations?|Order|Bill|Code|Directive|Rules)"
_AFTER_INITIALS = rf"(?:,|\s&|\sand\b|\s?\(|\s?[–…]|\s?\[|\s{YEAR}|\set al)"
# How much speaks for a beginning, and what it looks like
_STARTS = (
    # Seto, M. C., &
    (4, rf"{_FAMILY},\s?{_INITIALS}(?:[a-z]{{2,3}}\s?)?{_AFTER_INITIALS}"),
    # Seto, MC &
    (4, rf"{_FAMILY},\s?[{UPPER}]{{1,4}}(?:\s[a-z]{{1,3}})?(?:,|\s&|\sand\b|\s?\(|\s{YEAR}|\set al)"),
    # van den Berg et al. (2018)
    (4, rf"{_FAMILY},?\set al\.?,?\s\(?(?:{YEAR}|n\.\s?d|[Ii]n press)"),
    # Seto MC,
    (4, rf"{_FAMILY}\s(?:[{UPPER}]{{1,4}}|{_INITIALS})(?:\s(?:Jr|Sr|2nd|3rd))?(?:,|\.\s|\sand\b|\s?\()"),
    # Seto, Michael C., and Angela
    (
        4,
        rf"{_FAMILY},\s{_WORD}(?:\s(?:[{UPPER}]\.|{_WORD})){{0,2}}\.?"
        rf"(?:,\s(?:and\s)?{_WORD}|,?\sand\s{_WORD}|\.\s(?:{YEAR}|n\.\s?d|Forthcoming|In press)|\s\()",
    ),
    # Ministry of Justice [MoJ]. (2015, May 3)
    (4, rf"{_BODY}(?:[(\[][^()\[\]]{{1,60}}[)\]])?\.?\s\({_DATED}(?:,[^()]{{1,30}})?\)"),
    # Online Safety Act 2023,
    (4, rf"[{UPPER}][^.()]{{2,100}}\b{_LAW}\b(?:\s[a-z]{{2,3}})?\s\(?{YEAR}\)?(?:[,.]|\s\(|$)"),
    # Ministry of Justice. 2015.
    (4, rf"{_BODY}(?:\s[(\[][^()]{{1,20}}[)\]])?\.\s(?:{YEAR}[a-z]?|n\.\s?d|Forthcoming)\."),
    # Ministry of Justice 2015,
    (3, rf"{_BODY}(?:\s\([^()]{{1,20}}\))?\s{YEAR}[a-z]?,\s"),
    # Ministry of Justice, 2015.
    (4, rf"{_BODY},\s{YEAR}[a-z]?\.\s"),
    # ———. 2015
    (4, r"(?:[—–―_]\s?){2,}[.,]?\s"),
    # Seto, M.
    (2, rf"{_FAMILY},\s?(?:[{UPPER}]\.|[{UPPER}]{{1,3}}$)"),
    # Seto, Michael
    (1, rf"{_FAMILY},\s{_WORD}[.,]?(?:\s|$)"),
)
_PATTERNS = tuple((value, re.compile(pattern)) for value, pattern in _STARTS)
_NEVER = re.compile(
    rf"(?:https?:|www\.|doi:|10\.\d{{4}})|{MONTH}\b\.?\s(?:\d{{1,2}},?\s)?\d{{4}}|(?:Retrieved"
    r"|Available|Accessed|Advance|In:?|Article|Report|Vol)\s"
    # that of a thesis, unless a date follows as it does an author
    rf"|University\s(?![^().:,]{{1,80}}\.?\s(?:\({YEAR}|{YEAR}[a-z]?\.\s))",
    re.IGNORECASE,
)
_PLACE_COLON = re.compile(rf"{_FAMILY}(?:,\s(?:[\w ]|\.(?=[\w:])){{2,20}})?:\s")
_OPEN_END = re.compile(
    r"(?:[,&:;(–-]|\b(?:and|of|the|in|for|to|on|a|an|with|In|from|at|by|de|van|von|der|vol"
    r"|no|pp|Vol|No|eds?|Eds?)\.?|(?<=[\s.])[A-Z]\.)$"
)
_CLOSED_END = re.compile(r"(?:[.\]>)”’\"]|\d[–-]?\d*|/\S*|\bhttps?:\S+|\b10\.\d{4}\S+)$")


def year_like(text: str) -> bool:
    """Whether a year, a DOI or a word for no date stands in ``text``."""
    return bool(_YEAR.search(text[:20_000]))


def dated(text: str) -> bool:
    """Whether a year or a word for none stands in ``text``, outside its DOIs and addresses."""
    return bool(_YEAR.search(_ADDRESS.sub(" ", text[:20_000])))


def look(text: str) -> int:
    """How much ``text`` looks like the beginning of a reference: 0 not at all, 4 as its author and year do.

    >>> look("Seto, M. C., & Eke, A. W. (2015)."), look("and prevention. London: Sage"), look("London: Sage")
    (4, 0, 0)
    """
    text = text[:400]
    if _NEVER.match(text):
        return 0
    if _PLACE_COLON.match(text):
        return 2 if re.search(rf"\({YEAR}", text[:200]) else 0
    return next((value for value, pattern in _PATTERNS if pattern.match(text)), 0)


def may_begin(text: str) -> bool:
    """Whether nothing speaks against a reference beginning here: a capital or a quotation, and no place."""
    begun = text[:1].isupper() or text[:1] in "“‘\"'—–_["
    return begun and not _NEVER.match(text[:400]) and not _PLACE_COLON.match(text[:400])


def open_end(text: str) -> bool:
    """Whether a reference cannot end here: a comma, an “and”, an initial."""
    return bool(_OPEN_END.search(text[-40:]))


def closed_end(text: str) -> bool:
    """Whether a reference may well end here: a stop, an address, pages."""
    return bool(_CLOSED_END.search(text[-200:]))
