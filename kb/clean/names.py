r"""Authors and editors as BibTeX and BibLaTeX write them → names.

Split first and decoded after, so that ``{Simon and Schuster}`` stays one name
and ``{\"u}`` does not change where a particle ends.
"""

import re
from dataclasses import dataclass

from bibtexparser.middlewares.names import (
    InvalidNameError,
    NameParts,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from kb.clean.commands import accented
from kb.clean.latex import one_line, plain, split_outside_braces
from kb.clean.orcids import orcid
from kb.model import Name

_OTHERS = ("others", "et al", "et al.", "{et al.}", "u. a.")
_SUFFIXES = ("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_NAMED_PART = re.compile(
    r"\s*(family|given|prefix|suffix|given-i|family-i|prefix-i|useprefix|id|orcid|gender)\s*="
)
_LONGEST = 1000  # characters; the parser's time grows with the square of a name's faults
# Nine names in ten: "Family, Given" or "Given Family", with nothing to decode and no particle
_FAMILY_FIRST = re.compile(r"([^\W\d_][\w'’-]*), ([^\W\d_][\w'’. -]*)")
_GIVEN_FIRST = re.compile(r"[^\W\d_][\w'’.-]* [\w'’. -]*[\w.]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class People:
    """The names of a field in order; ``others`` if it ends in “and others”; what was wrong with it."""

    names: tuple[Name, ...] = ()
    others: bool = False
    complaints: tuple[str, ...] = ()


def people(source: str) -> People:
    """The people and bodies that an author or editor field names.

    >>> people("van der Berg, Jan and {Internet Watch Foundation} and others").names[0].inverted
    'van der Berg, Jan'
    """
    complaints: list[str] = []
    names: list[Name] = []
    others = False
    for written in _separated(accented(source) if "\\" in source else source, complaints):
        if written.lower() in _OTHERS:
            others = True
        elif written:
            name = _name(written, complaints)
            if name.family:
                names.append(name)
            else:
                complaints.append(f"“{_short(written)}”, which holds no name")
    return People(tuple(names), others, tuple(complaints))


def _separated(source: str, complaints: list[str]) -> list[str]:
    if "{" in source or "\\" in source:
        written = [one.strip() for one in split_multiple_persons_names(source)]
    else:
        written = _AND.split(source.strip())
    if len(written) == 1:
        listed = split_outside_braces(source, ";")
        if len(listed) > 1:
            complaints.append("semicolons between names, where “and” is expected")
            return listed
        parts = split_outside_braces(source, ",")
        if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
            complaints.append("commas between names, where “and” is expected")
            return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    return [_without_and(name) for name in written]


def _without_and(name: str) -> str:
    """A name without an “and” that joins it to nothing."""
    while name[:4].lower() in {"and", "and ", "and\n", "and\t"}:
        name = name[4:].lstrip()
    while name[-3:].lower() == "and" and name[-4:-3].isspace():
        name = name[:-3].rstrip()
    return name


def _name(written: str, complaints: list[str]) -> Name:
    simple = _FAMILY_FIRST.fullmatch(written)
    if simple:
        return Name(one_line(simple[1]), one_line(simple[2]))
    if _GIVEN_FIRST.fullmatch(written):
        *given, family = written.split()
        if given and all(word[0].isupper() for word in given) and family[0].isupper():
            return Name(one_line(family), one_line(" ".join(given)))
    if _NAMED_PART.match(written):
        return _name_of_parts(written)
    if len(written) > _LONGEST:
        complaints.append(f"a name of more than {_LONGEST:,} characters, “{_short(written)}”")
        return Name(plain(written))
    body = _body(written)
    if body:
        return Name(plain(body), corporate=True)
    try:
        parts = parse_single_name_into_parts(written)
    except InvalidNameError as error:
        complaints.append(f"“{_short(written)}” ({error.reason.lower()})")
        parts = parse_single_name_into_parts(written, strict=False)
    return _person(parts, inverted="," in written)


def _person(parts: NameParts, *, inverted: bool) -> Name:
    family, given, particle, suffix = parts.last, parts.first, parts.von, parts.jr
    if len(family) > 1 and not suffix and len(given) == 1 and given[0] in _SUFFIXES:
        # "Sammy Davis, Jr.": BibTeX would take Jr. for the given name
        family, given, suffix = family[-1:], family[:-1], given
    elif len(family) > 1 and not suffix and given and family[-1] in _SUFFIXES:
        family, suffix = family[:-1], family[-1:]
    elif not inverted and given and not particle and all(word[0].islower() for word in given):
        # "von Neumann" and "dana boyle" are two plain words to the parser; to BibTeX the first is a von
        given, particle = [], given
    return Name(_joined(family), _joined(given), _joined(particle), _joined(suffix))


def _joined(words: list[str]) -> str:
    return plain(" ".join(words)) if words else ""


def _body(written: str) -> str:
    """What stands in the braces of a name that is wholly in one pair of them, else ""."""
    if written[:1] != "{" or written[-1:] != "}":
        return ""
    depth = 0
    for position, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if depth == 0 and position < len(written) - 1:
            return ""
    inner = written[1:-1].strip()
    # {\"O}: a letter in braces, and no body
    return "" if inner.startswith("\\") and " " not in inner else inner


def _name_of_parts(written: str) -> Name:
    """BibLaTeX's extended format: family=Hasselblad, given=Anna, prefix=von."""
    parts: dict[str, str] = {}
    for pair in split_outside_braces(written, ","):
        key, _, value = pair.partition("=")
        parts[key.strip().lower()] = plain(value.strip().strip('"'))
    family, given = parts.get("family", ""), parts.get("given", "")
    if not family:
        family, given = given, ""
    number = orcid(parts.get("orcid", "") or parts.get("id", ""))
    return Name(family, given, parts.get("prefix", ""), parts.get("suffix", ""), orcid=number)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40]}…"
