"""Names and years in running text → mentions, before anybody asks the reference list."""

import re

from kb.read.paper.cited import Mention
from kb.read.paper.words import BODY, MONTH, PARTICLES, UPPER, YEAR

YEARISH = rf"(?:{YEAR}(?:/{YEAR})?|\bn\.\s?d\.|\bno date\b|\bin press\b|\bforthcoming\b)"
YEARS = re.compile(
    rf"(?<![\w-])(?P<year>{YEARISH})(?P<suffix>(?:[-–]?[a-z](?![\w]))?)(?P<more>(?:(?:\s?,\s?"
    rf"|\s?&\s?|\sand\s)[a-z](?![\w.’'-]))*)(?![\w-]|\.\d|/\d)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_LEADS = frozenset(
    """
    see cf eg e.g ie i.e also in by from as the a an and but for of to with on at both following
    according per after while however although though since when whereas similarly recently thus then
    like compare unlike or including notably moreover furthermore finally because that this these those
    where if using consistent contrary despite additionally originally yet indeed likewise conversely
    nevertheless here et & his her their our its
    """.split()
)
_NEVER = frozenset(
    """
    table figure fig study section chapter appendix part wave phase version page p n participant
    experiment model step year age since until between during before about around early late mid summer
    spring autumn winter fall and or of in the
    """.split()
)
_INNER = frozenset(
    """
    of for the on and & to in against with from und et y al. al colleagues associates others co-workers
    coworkers der für des de
    """.split()
)
_MORE = re.compile(
    r"[,\s]*(?:\bet\s+al\b\.?|(?:\band|&)\s+(?:colleagues|associates|others|co-?workers|collaborators))$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’'](?:s)?$")
MONTH_END = re.compile(rf"\s*[–—,-]?\s*\b{MONTH}\.?(?:\s\d{{1,2}},?)?$")
_AND = re.compile(r"\s*,?\s+(?:&|and|und|et|y)\s+|\s*&\s*")
_FARTHEST = 260


def mentions(who: str, years: list[re.Match[str]], *, strict: bool) -> list[Mention]:
    """The mentions that names before years make; [] if they are no names.

    ``strict`` asks for what can be nothing else, where no reference will confirm it.
    """
    names, more = names_in(who, strict=strict)
    if not names or not years:
        return []
    return [Mention(names, year["year"], suffix, more) for year in years for suffix in _suffixes(year)]


def _suffixes(year: re.Match[str]) -> list[str]:
    return [year["suffix"].lstrip("-–"), *re.findall(r"[a-z](?![\w])", year["more"] or "")]


def names_in(who: str, *, strict: bool = False) -> tuple[tuple[str, ...], bool]:
    """The names at the end of ``who``, and whether “et al.” follows them.

    >>> names_in("see also Faust et al.")
    (('Faust',), True)
    >>> names_in("as shown by van der Berg and O’Neill’s")
    (('van der Berg', 'O’Neill'), False)
    """
    text = MONTH_END.sub("", who[-_FARTHEST:].rstrip(" ,;:(["))
    text = _POSSESSIVE.sub("", text.rstrip(" ,–—-"))
    text = text.strip('“”"')
    more = _MORE.search(text)
    if more:
        text = text[: more.start()].rstrip(" ,")
        text = _POSSESSIVE.sub("", text)
    run = _capital_run(text)
    if not run:
        return (), False
    names = _people(run, more=bool(more))
    if strict and names and (fold_first(names[-1]) in _NEVER or names[-1].isdigit()):
        return (), False
    return names, bool(more)


def fold_first(name: str) -> str:
    """The first word of a name, lower-case and bare."""
    return name.split(maxsplit=1)[0].strip(".,").lower() if name.split() else ""


def _capital_run(text: str) -> str:
    """The capitalised words at the end of ``text`` with what may stand between them."""
    tokens = list(_TOKEN.finditer(text))
    start = len(tokens)
    while start > 0 and _belongs(tokens[start - 1][0], last=start == len(tokens)):
        start -= 1
    while start < len(tokens) and (
        tokens[start][0].strip(".,;:()[]").lower() in _LEADS or tokens[start][0] in ("&", "–", "-")
    ):
        start += 1
    return text[tokens[start].start() :].lstrip("([“‘\"'") if start < len(tokens) else ""


def _belongs(token: str, *, last: bool) -> bool:
    bare = token.strip("([“‘\"'").rstrip(",)]")
    if not bare:
        return False
    if token.endswith((";", ":", "?", "!", ")")) and not last:
        return False
    if (
        token.endswith(".")
        and not last
        and not re.fullmatch(rf"(?:[{UPPER}]\.(?:-?[{UPPER}]\.)*|[Aa]l\.|St\.|Jr\.|Sr\.|U\.[SK]\.)", bare)
    ):
        return False
    if re.match(rf"[{UPPER}]", bare):
        return not re.search(r"\d", bare)
    return bare.lower() in PARTICLES or bare in _INNER or bool(re.match(rf"[a-z]{{1,3}}[’'-][{UPPER}]", bare))


def _people(run: str, *, more: bool) -> tuple[str, ...]:
    """The names in a run of capitalised words: one body, or persons."""
    if BODY.search(run) and not more and len(run.split()) > 1 and _one_body(run):
        return (run.strip(" ,."),)
    if not more and re.search(r"\s(?:of|for|on|in|the)\s", run):
        return (run.strip(" ,."),)
    joined = bool(_AND.search(run))
    pieces = [piece.strip(" ,.") for piece in re.split(r"\s*,\s*|\s*/\s*", _AND.sub(", ", run))]
    pieces = [_without_initials(piece) for piece in pieces if piece]
    pieces = [piece for piece in pieces if piece and piece.lower() not in ("jr", "sr", "ii", "iii")]
    if more and len(pieces) > 1 and pieces[0].endswith("ly"):
        pieces = pieces[1:]  # “Similarly, Seto et al. (2011)”
    if len(pieces) > 1 and not joined and not more:
        pieces = pieces[-1:]  # “However, Seto (2013)”
    return tuple(_trimmed(piece) for piece in pieces)


def _one_body(run: str) -> bool:
    pieces = [piece for piece in re.split(r"\s*,\s*", run) if piece]
    return all(len(piece.split()) > 1 or BODY.search(piece) for piece in pieces)


def _without_initials(piece: str) -> str:
    words = [word for word in piece.split() if not re.fullmatch(rf"(?:[{UPPER}]\.-?)+", word)]
    return " ".join(words)


def _trimmed(piece: str) -> str:
    words = piece.split()
    while len(words) > 1 and words[0].lower() in _LEADS:
        words.pop(0)
    return _POSSESSIVE.sub("", " ".join(words))


def shorter(mention: Mention) -> list[Mention]:
    """The mention with words left out from its front: “In England Seto” is “Seto”, in the end."""
    words = mention.names[0].split()
    fewer = [
        Mention(mention.names[start:], mention.year, mention.suffix, mention.more)
        for start in range(1, min(len(mention.names), 4))  # “Comparatively, Seto et al. (2011)”
    ]
    return fewer + [
        Mention((" ".join(words[start:]), *mention.names[1:]), mention.year, mention.suffix, mention.more)
        for start in range(1, min(len(words), 12))
    ]
