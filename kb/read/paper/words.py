"""Where sentences of a reference end, what is quoted, what looks like a body or a publisher."""

import re
from itertools import pairwise

UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)"
)
PARTICLES = frozenset(
    """
    af al am auf av bin d' da das de dei del della den der des di do dos du el ibn la las le los ten ter
    van vom von y zu zum zur ’t 't
    """.split()
)
LIGHT = frozenset(
    """
    a an and as at by for from in into of on or the to und et de la le les des du del der die das für
    och y el en di van with &
    """.split()
)
BODY = re.compile(
    r"\b(?:academ\w+|administration|agenc\w+|alliance|army|assembly|associat\w+|authority"
    r"|authorities|bank|board|bureau"
    r"|cent(?:er|re)s?|charity|children|coalition|college|command|protection|collaborat\w+"
    r"|commission\w*|committee|community|congress"
    r"|consortium|constabulary|convention|corporation|council|court|department|directorate"
    r"|division|europol|faculty"
    r"|federation|force|forum|foundation|fund|government|group|health|home|hotline|house"
    r"|initiative|inspectorate"
    r"|institut\w*|inquiry|international|interpol|investigators|justice|league|library|media"
    r"|ministry|museum|nations?"
    r"|national|network|ombudsman|office|organi[sz]ation|parliament|partnership|party|police"
    r"|prison|programme|project"
    r"|registry|research|school|secretariat|senate|service|services|society|staff|statistics"
    r"|system|task force|team"
    r"|trust|union|unit|universit\w*|working|world|bundes\w+|amt|royal|states)\b",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:press|publish\w*|books?|verlag|sage|routledge|springer|wiley|elsevier|palgrave"
    r"|macmillan|pearson|mcgraw"
    r"|penguin|blackwell|norton|guilford|academic|erlbaum|willan|university|universit\w*"
    r"|presses|éditions|editorial"
    r"|ltd|inc|company|stationery|association|office|institute|foundation|department|ministry"
    r"|council|commission|cent(?:er|re)|agency|service|blog|database|news|magazine|online"
    r"|website|archive|repository|journal|gov)\b",
    re.IGNORECASE,
)
_END = re.compile(rf"[.?!…][\"'”’»)\]]{{0,2}}\s+(?=[\"'“‘«(\[¿¡]?(?:[{UPPER}0-9]|[a-z]{{1,4}}[A-Z]))")
_NO_END = frozenset(
    """
    vs dr mr mrs ms st no nos vol vols pp p e.g i.e cf jr sr al prof rev hon art nr ch fig approx ca c
    eds trans v mt op cit sect gen lt col capt sgt
    """.split()
)
_ORDINAL = re.compile(
    r"(?:\d(?:st|nd|rd|th)|\b\w{3,8}(?:st|nd|rd|th)|rev(?:ised)?\.?|new|\d\.)\s*$", re.IGNORECASE
)
_QUOTES = {"“": "”", "‘": "’", "«": "»", "„": "“”", '"': '"', "'": "'"}


def sentence_ends(text: str) -> list[int]:
    """Where a new sentence begins: after a stop that is no abbreviation's and in no bracket.

    >>> text = "A theory of U.S. law (rev. ed.). New York: Sage"
    >>> [text[start:] for start in sentence_ends(text)]
    ['New York: Sage']
    """
    closed = text.count("(") == text.count(")") and text.count("[") == text.count("]")
    ends: list[int] = []
    depth = last = 0
    for found in _END.finditer(text):
        stretch = text[last : found.start()]
        depth += sum(map(stretch.count, "([")) - sum(map(stretch.count, ")]"))
        last = found.start()
        inside = depth - sum(map(found[0].count, ")]")) > 0
        if not (inside and closed) and not (found[0][0] == "." and _abbreviated(text, found.start())):
            ends.append(found.end())
    return ends


def _abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at ``stop`` ends an abbreviation or an initial."""
    before = text[max(0, stop - 24) : stop]
    word = re.search(r"[^\s(\[“‘\"/]*$", before)
    last = word[0] if word else ""
    if last.lower().strip("'’,") in ("ed", "edn"):
        return not _ORDINAL.search(before[: -len(last)])
    if len(last) == 1:
        return last.isupper() and not last.isdigit()
    return last.lower() in _NO_END or bool(re.fullmatch(r"(?:\w\.)+\w", last))


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, without the space between them."""
    starts = [0, *sentence_ends(text), len(text)]
    return [part for a, b in pairwise(starts) if (part := text[a:b].strip())]


def quoted(text: str, *, loose: bool = True) -> tuple[str, str]:
    """A title that stands whole in quotation marks at the beginning, and what follows; else ("", text).

    A capital after the quotation may go on with it (“Nothing works” Revisited) unless ``loose``.

    >>> quoted("‘Users’ views of ‘help’’, Law, 3")
    ('Users’ views of ‘help’', ', Law, 3')
    """
    opening = text[:1]
    if opening not in _QUOTES:
        return "", text
    closing = _QUOTES[opening]
    if opening == "'" and text.startswith("''"):
        end = text.find("''", 2)
        return (text[2:end], text[end + 2 :]) if end > 0 else ("", text)
    end = _closing(text, opening, closing)
    inside, after = text[1:end].strip(), text[end + 1 :]
    stopped = inside.endswith((".", ",", "?", "!")) and after[:1] != ":"
    stopped = stopped and (loose or len(sentences(after)) < 2)
    ended = stopped or after[:1] in (".", ",", ";") or re.match(r"\s*(?:[Ii]n\b|[(\[]|$)", after)
    if end < 0 or not (ended or (loose and re.match(rf"\s+[{UPPER}]", after))):
        return "", text
    return inside, after


def _closing(text: str, opening: str, closing: str) -> int:
    """Where the first quotation is closed, apostrophes told by what follows them; -1 if nowhere."""
    single = opening in "‘'"
    depth = 0
    fallback = -1
    for place in range(1, min(len(text), 2000)):
        sign = text[place]
        if sign == opening and opening not in "'\"" and not text[place - 1].isalnum():
            depth += 1
        elif sign in closing:
            follows = text[place + 1 : place + 5]
            if single and follows[:1].isalnum():
                continue
            if single and depth == 0 and not _after_quotation(follows):
                fallback = place if fallback < 0 and follows[:2].strip().isupper() else fallback
                continue
            if depth == 0:
                return place
            depth -= 1
    return fallback


def _after_quotation(follows: str) -> bool:
    return (
        not follows.strip()
        or follows[0] in ",.;:)]"
        or bool(re.match(r"\s+(?:[Ii]n\b|[(\[])", follows + " "))
    )


def title_case(text: str) -> bool:
    """Whether the weighty words of ``text`` begin with capitals, as those of names do."""
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    weighty = [word for word in words if word.lower() not in LIGHT and word not in PARTICLES]
    high = sum(1 for word in weighty if word[0].isupper() or re.match(r"[a-z]{1,3}[-’'][A-Z]", word))
    return bool(weighty) and high >= 0.75 * len(weighty)


def publisher_like(text: str) -> bool:
    """Whether ``text`` can be a publisher or the name of a site: short, and capitalised or known as one."""
    words = text.split()
    return 0 < len(words) <= 12 and (title_case(text) or (len(words) <= 8 and bool(_PUBLISHER.search(text))))


def known_publisher(text: str) -> bool:
    """Whether a word in ``text`` is one of publishers, bodies and sites."""
    return bool(_PUBLISHER.search(text))
