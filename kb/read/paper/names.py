"""A list of authors or editors, in any style → names."""

import re
from dataclasses import dataclass

from kb.model import Name
from kb.read.foreign.persons import body, person, spaced
from kb.read.paper.words import BODY, LIGHT, PARTICLES, UPPER, title_case

_MOST = 600  # names that one list may have
_EDITORS = re.compile(
    r"[,\s]*[(\[]?\b(?:[Ee]ds?|[Ee]dn?s|[Ee]ditors?|Hrsg|Hg|[Cc]omps?|[Cc]oords?|[Dd]irs?"
    r"|[Tt]rans|[Tt]ranslators?"
    r"|Chairs?|Directors?|Producers?|Host|Writers?)\b\.?[)\]]?[\s.,:]*$"
)
_MORE = re.compile(
    r"[,;\s]*(?:&|and)?\s*(?:\bet al\.?|\band others|(?<=& )others|\bu\. ?a\."
    r"|\band colleagues|\bmfl\.?)[\s.,]*$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:Jr|Sr|2nd|3rd|4th|II|III|IV)\.?")
_AND = re.compile(r"\s*[,;]?\s+(?:&|and|und|et|y|og|och)\s+")
_GAP = re.compile(r"\s*[,;]?\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*[,;&]?\s*")
_ALIAS = re.compile(r"\s*[(\[](?P<alias>[^()\[\]]{2,80})[)\]]\s*")
_WORD = rf"(?:[{UPPER}][\w’'‐-]*|[a-z]{{1,3}}['’-][{UPPER}][\w’'-]*)"
_VANCOUVER = re.compile(
    rf"(?:[a-z’']{{1,5}}\s){{0,3}}{_WORD}(?:[\s]{_WORD}|\s(?:de|da|dos|van|der|del|la|von|y)){{0,4}}"
    rf"\s[{UPPER}](?:[-{UPPER}]{{0,3}}|h|\.(?:[\s-]?[{UPPER}]\.){{0,3}})(?:\s(?:Jr|Sr|2nd|3rd"
    rf"|4th|II|III|IV)\.?)?(?:\s(?:van|von|de|der|den|del|da|dos)){{0,3}}"
)


@dataclass(frozen=True, slots=True)
class People:
    """Names as read; ``editors`` if the list says so, ``sure`` if every part of it looks like a name."""

    names: tuple[Name, ...] = ()
    more: bool = False
    editors: bool = False
    sure: bool = False
    gap: bool = False
    alias: str = ""


def read_people(text: str) -> People:
    """The people and bodies that an author list names; none, and not sure, where it is no such list.

    >>> [name.inverted for name in read_people("Seto, M. C., & van der Eke, A. W.").names]
    ['Seto, M. C.', 'van der Eke, A. W.']
    >>> [name.inverted for name in read_people("Seto, Michael C., and Angela Eke").names]
    ['Seto, Michael C.', 'Eke, Angela']
    >>> read_people("Ministry of Justice (MoJ).").names[0].family
    'Ministry of Justice'
    """
    text = text.strip(" ,;:")
    editors = _EDITORS.search(text)
    if editors:
        text = text[: editors.start()].rstrip(" ,;")
    more = _MORE.search(text)
    if more:
        text = text[: more.start()].rstrip(" ,;&")
    gap = bool(_GAP.search(text))
    if gap:
        text = _GAP.sub(", ", text)
    if re.search(r"[^\W\d_]{2}\.$", text) and not re.search(r"\b(?:Jr|Sr)\.$", text):
        text = text[:-1]
    names, sure, alias = _names(text)
    return People(tuple(names[:_MOST]), bool(more), bool(editors), sure, gap, alias)


def _names(text: str) -> tuple[list[Name], bool, str]:
    if not text:
        return [], False, ""
    found = _ALIAS.search(text)
    alias = ""
    if found and not text[: found.start()].endswith((".", "?", "!")):
        alias = found["alias"]
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    listed = vancouver_names(text) or _inverted(text)
    if listed:
        return listed, True, alias
    if (
        not alias
        and "," not in text
        and "&" not in text
        and re.search(r"\band\b", text)
        and not BODY.search(text)
    ):
        natural = [piece for piece in _AND.split(text) if piece]
        if all(2 <= len(piece.split()) <= 4 and title_case(piece) for piece in natural):
            return [person(piece) for piece in natural], True, alias
    bodies, sure = _bodies(text)
    return bodies, sure, alias


def vancouver_names(text: str) -> list[Name]:
    """Names such as ``Seto MC, Eke AW``; [] if the whole text is no such list."""
    names: list[Name] = []
    for piece in re.split(
        r"[,;]\s*(?:(?:&|and)\s)?|\s+(?:&|and)\s+",
        text.strip(" .,;") if not re.search(r"\.\w\.$|\s\w\.$", text) else text.strip(" ,;"),
    ):
        if _SUFFIX.fullmatch(piece) and names:
            names[-1] = Name(names[-1].family, names[-1].given, names[-1].particle, piece)
        elif _VANCOUVER.fullmatch(piece) and not (BODY.search(piece) and len(piece.split()) > 2):
            family, _, given = _cut_initials(piece)
            names.append(person(f"{family}, {given}") if given else person(family))
        elif names and len(piece.split()) > 1 and BODY.search(piece) and title_case(piece):
            names.append(body(piece))
        else:
            return []
    return names


def _cut_initials(piece: str) -> tuple[str, str, str]:
    """``Seto MC Jr`` as ("Seto", " ", "M. C., Jr")."""
    words = piece.split()
    if words[-1] in PARTICLES and len(words) > 2:  # “Berg JA van den”
        last = next((n for n in range(len(words), 0, -1) if words[n - 1] not in PARTICLES), 0)
        words = [*words[last:], *words[:last]]
    suffix = words.pop() if _SUFFIX.fullmatch(words[-1]) and len(words) > 2 else ""
    start = len(words)
    while start > 1 and is_initials(words[start - 1]):
        start -= 1
    given = " ".join(words[start:])
    given = given if "." in given else spaced(given.replace(" ", ""))
    return " ".join(words[:start]), " ", f"{given}, {suffix}" if suffix else given


def is_initials(piece: str) -> bool:
    """Whether ``piece`` is initials, with stops or without, perhaps with a particle or a suffix.

    >>> is_initials("M. C."), is_initials("J-P"), is_initials("A. W. van der"), is_initials("London")
    (True, True, True, False)
    """
    parts = [part for part in re.split(r"[\s.\-‐–’']+", piece) if part]
    letters = [part for part in parts if part.lower() not in PARTICLES or (part.isupper() and len(part) == 1)]
    if not letters or len(letters) > 6:
        return False
    if all(part.isupper() and len(part) <= (4 if len(letters) == 1 else 3) for part in letters):
        return True
    dotted = piece.count(".") >= len(letters)
    return dotted and all(part[0].isupper() and len(part) <= 3 for part in letters)


def _is_given(piece: str) -> bool:
    """Whether ``piece`` can be given names written out: one to four capitalised words or initials."""
    words = piece.split()
    return 1 <= len(words) <= 4 and all(
        re.fullmatch(rf"[{UPPER}][\w’'‐-]*\.?", word) or word.lower() in PARTICLES for word in words
    )


def _inverted(text: str) -> list[Name]:
    """Names of which the first has its family name in front; [] if there is no such list."""
    pieces = [piece for piece in re.split(r"\s*[,;]\s*", _AND.sub(", & ", text)) if piece.strip(" &")]
    if (
        not re.match(r"[^,;&]{1,80}[,;](?!\s*(?:&|and\b))", text)
        or " and " in re.split("[,;]", text, maxsplit=1)[0]
    ):
        return []  # what an “and” divides is no family name and its given names
    if len(pieces) < 2 or not _family(pieces[0]):
        return []
    if not is_initials(pieces[1]) and not (_is_given(pieces[1]) and not BODY.search(pieces[0])):
        return []
    if not is_initials(pieces[1]) and len(pieces) > 2 and BODY.search(text) and not _people_like(pieces):
        return []
    return _pairs(pieces)


def _people_like(pieces: list[str]) -> bool:
    return all(len(piece.split()) <= 4 and not LIGHT & set(piece.lower().split()[:-1]) for piece in pieces)


def _family(piece: str) -> bool:
    words = piece.strip(" &").split()
    return (
        1 <= len(words) <= 5
        and all(
            word[0].isupper() or word.lower() in PARTICLES or "’" in word or "'" in word for word in words
        )
        and any(word[0].isupper() or word[-1].isalpha() for word in words)
        and not any(mark in piece for mark in ".:!?/") | (piece.count(".") > 1)
    )


def _pairs(pieces: list[str]) -> list[Name]:
    names: list[Name] = []
    place = 0
    while place < len(pieces):
        piece = re.sub(r"^(?:&|and)\s*", "", pieces[place]).strip()
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        place += 1
        if not piece:
            continue
        if _SUFFIX.fullmatch(piece) and names:
            last = names[-1]
            names[-1] = Name(last.family, last.given, last.particle, piece)
        elif is_initials(after) and _starts_family(piece):
            names.append(_named(piece, after))
            place += 1
        elif not names or (len(piece.split()) == 1 and after and _is_given(after) and len(after.split()) < 3):
            names.append(person(f"{piece}, {after}") if after else Name(piece))
            place += 1
        elif BODY.search(piece) and len(piece.split()) > 1:
            names.append(body(piece))
        elif 1 <= len(piece.split()) <= 6 and (title_case(piece) or is_initials(piece.split()[0])):
            names.append(_natural(piece))
        else:
            return []
    return names


def _starts_family(piece: str) -> bool:
    words = piece.split()
    return len(words) <= 5 and len(words[-1].strip(".")) > 1 and not (is_initials(piece) and "." in piece)


def _natural(piece: str) -> Name:
    """A name in its natural order, with what may follow it (Jr., III)."""
    words = piece.split()
    if len(words) < 3 or not _SUFFIX.fullmatch(words[-1]):
        return person(piece)
    name = person(" ".join(words[:-1]))
    return Name(name.family, name.given, name.particle, words[-1])


def _named(family: str, given: str) -> Name:
    """A name from its two parts; particles that stand after the initials go in front."""
    words = given.split()
    end = len(words)
    while end > 1 and words[end - 1] in PARTICLES:
        end -= 1
    front = " ".join([*words[end:], family])
    return person(f"{front}, {_given(' '.join(words[:end]))}")


def _given(text: str) -> str:
    return text if "." in text or not text.isupper() or " " in text else spaced(text)


def _bodies(text: str) -> tuple[list[Name], bool]:
    """A body, or several of them after commas and “&”; sure if it looks like the name of one."""
    name = text.rstrip(" .") if not re.search(r"\b\w\.\w\.$", text) else text
    if not name or "http" in name:
        return [], False
    parts = [part for part in re.split(r",\s*(?:(?:&|and)\s+)?", name) if part]
    if (
        len(parts) > 1
        and re.search(r",\s*(?:&|and)\s", name)
        and all(BODY.search(part) and len(part.split()) > 1 and title_case(part) for part in parts)
    ):
        return [body(part) for part in parts], True
    words = name.split()
    one = not re.search(r"[.?!:]\s", re.sub(r"\b(?:\w|St|Dr|U\.S|U\.K|Inc|Ltd|Co)\.", "", name))
    registered = len(words) <= 3 and bool(BODY.fullmatch(words[-1])) and name[0].isupper()
    if one and registered:
        return [body(name)], True
    sure = (
        one
        and not re.match(rf"{_WORD}\s[{UPPER}]{{1,3}}\.\s[{UPPER}]", name)
        and len(words) <= 20
        and title_case(name)
        and not name[0].isdigit()
    )
    return [body(name)], sure
