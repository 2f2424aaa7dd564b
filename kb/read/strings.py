"""The reference lists of Web of Science and Scopus: one long string → an entry for each reference."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.biblatex import latex, people
from kb.ids import doi
from kb.model import Entry, Name, Origin

MOST = 10_000
"""References of one work; the longest reference lists of reviews have some two thousand."""

_LONGEST = 2_000  # characters of one reference; what is longer is no reference

_YEAR = r"(?:1[5-9]|20)\d\d"
_ESCAPED = re.compile(r"\{\[\}|\{\]\}|\\([&%$#_{}])")
_BRACKETS = {"{[}": "[", "{]}": "]"}
_ACCENTED = re.compile(r"[{}]")

# --- Web of Science: "Seto MC, 2011, SEX ABUSE-J RES TR, V23, P124, DOI 10.1177/1079063210369013."
_WOS_END = re.compile(r"\.\s*\n\s*|;\s+(?=[^;]*?,\s)")
_WOS_YEAR = re.compile(rf"{_YEAR}[a-z]?(?: in press)?|IN PRESS", re.IGNORECASE)
_WOS_VOLUME = re.compile(r"V(\d[\w./-]*)")
_WOS_PAGE = re.compile(r"P([A-Za-z]{0,3}\d[\w.+-]*|[ivxlc]+)")
_WOS_ARTICLE = re.compile(r"(?:ARTN|ART|ART\. ?NO\.?) ?(\S+)")
_WOS_NAME = re.compile(r"(?P<family>.+?) (?P<initials>[^\W\d_](?:[-. ]{0,2}[^\W\d_]){0,4}\.?)")
_PARTICLE = re.compile(
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|zu|zur) )+(?=\S)", re.IGNORECASE
)

# --- Scopus, before 2023: "Seto, M.C., Title (2011) Journal, 23 (1), pp. 124-145"
#     and after: "Seto M.C., Title, Journal, 23, 1, pp. 124-145, (2011)"
_SCOPUS_NEW = re.compile(rf",?\s*\(({_YEAR})[a-z]?\)\s*\.?")
_SCOPUS_OLD = re.compile(rf"\(({_YEAR})[a-z]?\)\s*,?\s*")
_SCOPUS_END = re.compile(rf"(?<=\({_YEAR.replace('(?:1[5-9]|20)', '[12]' + chr(92) + 'd')}\));\s+")
_SCOPUS_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?\s?){1,5}")
_SCOPUS_AUTHOR = re.compile(
    r"(?P<family>[^\W\d_][^,.;()]{0,60}?)(?:, | )(?P<initials>(?:-?[^\W\d_]{1,2}\.[ -]?){1,6})(?:, |$)"
)
_ET_AL = re.compile(r"(?:et al\.?|\.\.\.|…),? ?")
_PAGES = re.compile(r"pp?\. ?([\w.]+(?:[-–][\w.]+)?)")
_VOLUME_ISSUE = re.compile(r"(\d[\w.]*|[A-Z]{0,3}\d+)(?: ?\(([^()]{1,20})\))?")


@dataclass(slots=True)
class _Cited:
    """One reference, taken apart as far as its form is plain."""

    given: str
    names: list[Name] = field(default_factory=list)
    more: bool = False
    values: dict[str, str] = field(default_factory=dict)

    def entry(self, origin: Origin) -> Entry:
        fields = {"author": people(self.names, more=self.more)} if self.names else {}
        fields |= {n: t if n in {"doi", "date"} else latex(t) for n, t in self.values.items() if t}
        kind = "article" if "journaltitle" in fields else "misc"
        return Entry("", kind, fields | {"reference": latex(self.given)}, origin)


def cited_references(text: str, origin: Origin) -> tuple[Entry, ...]:
    """The references that a ``Cited-References`` field of Web of Science or a ``references`` of Scopus lists.

    Entries without a citekey, in the list's order; each holds its own string in
    ``reference``. What is in neither of the forms gives none.

    >>> one, = cited_references("Seto MC, 2011, SEX ABUSE, V23, P124, DOI 10.1000/182.", Origin("x"))
    >>> one.fields["author"], one.fields["date"], one.fields["volume"], one.fields["doi"]
    ('Seto, M. C.', '2011', '23', '10.1000/182')
    """
    text = _ESCAPED.sub(lambda found: found[1] or _BRACKETS[found[0]], text)
    text = _ACCENTED.sub("", text)
    read = _scopus if _is_scopus(text) else _wos
    return tuple(cited.entry(origin) for cited, _ in zip(read(text), range(MOST), strict=False))


def _is_scopus(text: str) -> bool:
    """Whether years stand in round brackets in at least half of what semicolons part."""
    return 2 * len(_SCOPUS_OLD.findall(text[:20_000])) > text[:20_000].count("; ")


def _wos(text: str) -> Iterator[_Cited]:
    for written in _WOS_END.split(text):
        line = " ".join(written[:_LONGEST].split()).rstrip(".;, ")
        if line:
            yield _wos_reference(line)


def _wos_reference(line: str) -> _Cited:
    cited = _Cited(line)
    before, sign, after = line.partition(", DOI ")
    cited.values["doi"] = doi(after) if sign else ""
    parts = [part.strip() for part in before.split(", ")]
    place = next((i for i, part in enumerate(parts[:4]) if _WOS_YEAR.fullmatch(part)), -1)
    names, rest = (parts[:place], parts[place + 1 :]) if place >= 0 else (parts[:1], parts[1:])
    if place >= 0 and parts[place][:4].isdecimal():
        cited.values["date"] = parts[place][:4]
    name = _wos_name(" ".join(names))
    cited.names = [name] if name else []
    source = ""
    for part in rest:
        found = _wos_place(part)
        if found:
            cited.values.setdefault(*found)
        else:
            source = f"{source}, {part}" if source else part
    # A cited book has a title there, and neither volume nor DOI
    in_journal = any(cited.values.get(name) for name in ("volume", "doi", "eid"))
    cited.values["journaltitle" if in_journal else "title"] = source
    return cited


def _wos_place(part: str) -> tuple[str, str] | None:
    for name, pattern in (("volume", _WOS_VOLUME), ("pages", _WOS_PAGE), ("eid", _WOS_ARTICLE)):
        found = pattern.fullmatch(part)
        if found:
            return name, found[1]
    return None


def _wos_name(written: str) -> Name | None:
    if not written or written.lower().strip("[]") in {"anonymous", "anon", "no title captured"}:
        return None
    if written.startswith("*"):
        return Name(_capital(written[1:].strip()), corporate=True)
    found = _WOS_NAME.fullmatch(written)
    if not found or len(found["initials"]) > 8 or found["initials"].upper() != found["initials"]:
        return Name(_capital(written), corporate=" " in written)
    letters = re.findall(r"-?[^\W\d_]", found["initials"])
    given = re.sub(r" -", "-", " ".join(f"{letter}." for letter in letters))
    particle = _PARTICLE.match(found["family"])
    family = found["family"][particle.end() :] if particle else found["family"]
    return Name(_capital(family), given, particle[0].strip().lower() if particle else "")


def _capital(name: str) -> str:
    """A name in capitals, as the older records have it, with one to each word."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _scopus(text: str) -> Iterator[_Cited]:
    text = " ".join(text.split())
    is_new = bool(_SCOPUS_END.search(text)) or bool(re.search(rf"\({_YEAR}\)\s*\.?$", text))
    for written in _scopus_strings(text, is_new=is_new):
        yield _scopus_new(written) if is_new else _scopus_old(written)


def _scopus_strings(text: str, *, is_new: bool) -> Iterator[str]:
    """Each reference: a semicolon ends it, but one in a title that has no year before it."""
    held = ""
    for part in _SCOPUS_END.split(text) if is_new else text.split("; "):
        held = f"{held}; {part}" if held else part
        if is_new or _SCOPUS_OLD.search(held) or len(held) > _LONGEST:
            yield held[:_LONGEST].strip(" ;")
            held = ""
    if held.strip(" ;"):
        yield held[:_LONGEST].strip(" ;")


def _scopus_old(written: str) -> _Cited:
    cited = _Cited(written)
    years = list(_SCOPUS_OLD.finditer(written))
    if not years:
        cited.values["title"] = _without_names(cited, written)
        return cited
    cited.values["date"] = years[-1][1]
    cited.values["title"] = _without_names(cited, written[: years[-1].start()].strip(" ,"))
    _place(cited, written[years[-1].end() :].split(", "))
    return cited


def _scopus_new(written: str) -> _Cited:
    cited = _Cited(written)
    year = None
    for year in _SCOPUS_NEW.finditer(written):
        cited.values["date"] = year[1]
    rest = _without_names(cited, written[: year.start()] if year else written)
    parts = rest.split(", ")
    numbers = [
        i for i, part in enumerate(parts) if i and (_VOLUME_ISSUE.fullmatch(part) or _PAGES.fullmatch(part))
    ]
    first = numbers[0] if numbers else len(parts)
    # The journal is what stands before the numbers, the title before that; a title may hold commas
    if numbers and first > 1:
        cited.values["title"] = ", ".join(parts[: first - 1])
        _place(cited, parts[first - 1 :])
    else:
        cited.values["title"] = rest.strip(" ,")
    return cited


def _without_names(cited: _Cited, text: str) -> str:
    """What stands behind the authors, who go into ``cited``."""
    place = 0
    while (found := _SCOPUS_AUTHOR.match(text, place)) and found["initials"].strip("-")[0].isupper():
        place = found.end()
        letters = re.findall(r"-?[^\W\d_]{1,2}\.", found["initials"])
        given = " ".join(letters).replace(" -", "-")
        particle = _PARTICLE.match(found["family"])
        family = found["family"][particle.end() :] if particle else found["family"]
        cited.names.append(Name(family, given, particle[0].strip() if particle else ""))
    others = _ET_AL.match(text, place)
    if others and cited.names:
        cited.more, place = True, others.end()
    return text[place:].strip(" ,")


def _place(cited: _Cited, parts: Iterable[str]) -> None:
    """Where it appeared: journal or publisher, volume and issue, pages, DOI."""
    source: list[str] = []
    for part in parts:
        pages, number = _PAGES.fullmatch(part), _VOLUME_ISSUE.fullmatch(part)
        if pages:
            cited.values.setdefault("pages", pages[1].replace("–", "-"))
        elif number and source and "volume" not in cited.values:
            cited.values["volume"] = number[1]
            if number[2]:
                cited.values["number"] = number[2]
        elif number and "volume" in cited.values and "number" not in cited.values:
            cited.values["number"] = number[1]
        elif "10." in part and doi(part):
            cited.values.setdefault("doi", doi(part))
        elif not cited.values.keys() & {"volume", "pages"} and part:
            source.append(part)
    name = "journaltitle" if "volume" in cited.values or "pages" in cited.values else "publisher"
    cited.values[name] = ", ".join(source).strip(" .")
