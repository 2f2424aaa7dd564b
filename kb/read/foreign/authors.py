"""A cell of authors, in any of the ways that people and programs list them → one text a person."""

import re

from kb.read.foreign.persons import spaced

_NUMBERS = re.compile(r" ?\(\d{5,}\)")  # Scopus's number behind each name
_PARTED = re.compile(r"[;|\n]")
_AND = re.compile(r",?\s+(?:and|&|und)\s+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.?[ -]?){1,4}")
_LETTERS = r"[^\W\d_a-zß-ÿ]\.?(?:[ -]?[^\W\d_a-zß-ÿ]\.?){0,3}"
_FAMILY_INITIALS = re.compile(rf"([^,]*[^\W\d_][^,]*?) ({_LETTERS})( (?:Jr|Sr|2nd|3rd)\.?)?")
_INITIALS_FAMILY = re.compile(r"((?:[^\W\d_a-zß-ÿ]\.? ?-?){1,4}) ([^\W\d_][^\W_a-z]*[a-zß-ÿ].*)")
_FAMILY_LETTERS = re.compile(rf"([^,]*[a-zß-ÿ]) ({_LETTERS})")
_SUFFIX = re.compile(r"(?:Jr|Sr|2nd|3rd|I{2,3}|IV)\.?")
_AT_END = re.compile(r"[\s,;]*(?:\bet al\.?|\band others|\.\.\.|…)\s*$", re.IGNORECASE)
_ENDING = 30  # characters in which “et al.” stands
_LONGEST = 300  # characters of a name; what is longer is not looked at
_PARTICLE = re.compile(r"(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|ter|ten|zu|zur)\b")


def listed_people(text: str, *, semicolons: bool = False) -> list[str]:
    """The people whom a cell names, each in a form that can be read alone; “et al.” stays as the last.

    ``semicolons`` says that the file's other cells part people with semicolons:
    commas then stand within names only.

    >>> listed_people("Seto MC, Eke AW."), listed_people("MC Seto, AW Eke…")
    (['Seto, M. C.', 'Eke, A. W.'], ['Seto, M. C.', 'Eke, A. W.', 'et al.'])
    >>> listed_people("Seto, M.C., Eke, A.W."), listed_people("Seto, Michael C. and Eke, Angela W.")
    (['Seto, M.C.', 'Eke, A.W.'], ['Seto, Michael C.', 'Eke, Angela W.'])
    """
    text = _NUMBERS.sub("", text).strip(" ,;|\n")
    ended = _AT_END.search(text, max(0, len(text) - _ENDING))
    if ended:
        text = text[: ended.start()]
    if _PARTED.search(text):
        names = _PARTED.split(text)
    elif semicolons:
        names = [text]
    else:
        names = _without_semicolons(" ".join(text.split()))
    names = [_turned(name) for one in names if (name := one.strip(" ,"))]
    return [*names, "et al."] if ended and names else names


def _without_semicolons(text: str) -> list[str]:
    parts = _AND.split(text)
    commas = [part.count(",") for part in parts]
    if len(parts) == 1:
        return _by_commas([part.strip() for part in text.split(",")])
    if all(count == 1 for count in commas):
        return parts
    if commas[-1] == 1 and all(count % 2 for count in commas):  # Seto, M. C., Eke, A. W., & Faust, E.
        return [name for part in parts for name in _pairs([one.strip() for one in part.split(",")])]
    return [name for part in parts for name in _by_commas([one.strip() for one in part.split(",")])]


def _by_commas(parts: list[str]) -> list[str]:
    parts = [part for part in parts if part]
    if len(parts) < 2 or max(map(len, parts)) > _LONGEST:
        return parts
    listed = [found for part in parts if (found := _FAMILY_INITIALS.fullmatch(part))]
    if len(listed) == len(parts):
        return [one[0] if one[3] else f"{one[1]}, {_spaced(one[2])}" for one in listed]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        return [", ".join(parts)]
    if len(parts) == 2:
        return _pairs(parts) if _is_inverted(*parts) else parts
    inverted = all(_INITIALS.fullmatch(part) for part in parts[1::2])
    return _pairs(parts) if inverted or not all(" " in part for part in parts) else parts


def _is_inverted(first: str, second: str) -> bool:
    """Whether two parts are one person's family and given names, and not two people."""
    words = first.split()
    if len(words) == 1 or _PARTICLE.match(first) or " " not in second:
        return True
    return not _INITIALS.fullmatch(words[0]) and bool(_INITIALS.fullmatch(second.rsplit(maxsplit=1)[-1]))


def _pairs(parts: list[str]) -> list[str]:
    if len(parts) % 2:
        return parts
    return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def _turned(name: str) -> str:
    """``MC Seto`` and ``Seto M C`` as ``Seto, M. C.``; other forms as they are."""
    if "," in name or len(name) > _LONGEST:
        return name
    first, last = _INITIALS_FAMILY.fullmatch(name), _FAMILY_LETTERS.fullmatch(name)
    if last:
        return f"{last[1]}, {_spaced(last[2])}"
    return f"{first[2]}, {_spaced(first[1])}" if first else name


def _spaced(initials: str) -> str:
    letters = initials.replace(".", "").replace(" ", "")
    return spaced(letters) if letters.replace("-", "").isupper() else initials
