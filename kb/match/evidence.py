"""What speaks for and against two records being one work, field by field."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kb.match import likeness, people, venues
from kb.match.features import Features, bare_version
from kb.match.likeness import Likeness

_GLANCE = 12  # letters of a title's start that alone make a pair worth weighing
_ALIKE, _ALIKE_OF_STRANGERS = 60, 85  # how alike titles must be, if an author is shared, and if none is
_WEIGHED = 70  # how alike titles in other words must be, if they share no place
_ARTICLE = 60  # pages; what is longer may be a whole supplement
_LONG = 28  # letters of a title that no two works have by chance


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two records, and how each of their fields agrees; every answer is the same for both orders.

    ``people``: same, some, other, unknown (the editors, where a record has no
    authors); ``gap``: years between them; ``venue``, ``volume``, ``issue``,
    ``pmid``: same, other, unknown; ``pages`` besides these soft (others, but of
    the kind that one work has twice); ``doi`` besides these version (two
    versions of one) and close (a slip, or one cut off).
    """

    one: Features
    other: Features
    title: Likeness
    people: str
    gap: int | None
    venue: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str

    @property
    def placed(self) -> bool:
        """Whether volume and pages, or year and pages, say the same place, and nothing another."""
        if self.pages != "same" or self.venue == "other" or self.volume == "other":
            return False
        return self.volume == "same" or self.gap == 0

    @property
    def exactly_placed(self) -> bool:
        """Whether both records name one range of two pages or more, in one volume."""
        a, b = self.one, self.other
        ranged = a.first != a.last and a.last == b.last and _span(a) <= _ARTICLE
        return self.pages == "same" and self.volume == "same" and ranged

    @property
    def displaced(self) -> bool:
        """Whether volume or pages differ so that no slip explains it."""
        return self.pages == "other" or self.volume == "other"

    @property
    def at_one_place(self) -> bool:
        """Whether year, volume and first page agree, whatever the journal is called."""
        return self.pages == self.volume == "same" and self.gap in (0, 1)

    @property
    def other_identifier(self) -> bool:
        """Whether DOIs or PMIDs differ."""
        return self.doi in ("other", "close") or self.pmid == "other"

    @property
    def foreign(self) -> bool:
        """Whether the titles are, or may be, in two languages."""
        one, other = self.one.language, self.other.language
        return bool(one and other and one != other) or self.one.title.bracketed != self.other.title.bracketed

    @property
    def together(self) -> bool:
        """Whether both name two people or more."""
        return min(len(self.one.people.families), len(self.other.people.families)) > 1

    @property
    def generic(self) -> bool:
        """Whether the title is one that every volume may have, or too short to tell."""
        return self.one.title.generic or self.other.title.generic

    @property
    def long(self) -> bool:
        """Whether the title is so long that two works hardly share it by chance."""
        return self.title.letters >= _LONG and not self.generic

    @property
    def agreed(self) -> tuple[str, ...]:
        """What agrees, in words."""
        told = []
        if self.people == "same":
            few = min(len(self.one.people.families), len(self.other.people.families))
            told.append("same first author" if few == 1 else "same authors")
        elif self.people == "some":
            told.append("some of the authors are the same")
        if self.gap == 0:
            told.append("same year")
        if self.venue == "same":
            told.append("same journal or book")
        if self.volume == "same" and self.pages == "same":
            told.append("same volume and pages")
        elif self.volume == "same":
            told.append("same volume")
        elif self.pages == "same":
            told.append("same first page")
        return tuple(told)

    @property
    def against(self) -> tuple[str, ...]:
        """What differs, in words."""
        a, b = self.one, self.other
        told = []
        if self.people == "other":
            told.append("other authors")
        if self.gap:
            told.append(f"years differ ({_both(str(a.year), str(b.year))})")
        if self.venue == "other":
            told.append("other journals or books")
        if self.volume == "other":
            told.append(f"volumes differ ({_both(a.volume, b.volume)})")
        if self.pages in ("other", "soft"):
            told.append(f"pages differ ({_both(a.first, b.first)})")
        if self.doi in ("other", "close"):
            told.append("DOIs differ")
        if self.pmid == "other":
            told.append("PMIDs differ")
        return tuple(told)


def evidence(one: Features, other: Features) -> Evidence | None:
    """What there is to say of two records; None if titles are unlike, and nothing else is shared."""
    title = likeness.alike(one.title, other.title)
    if title.kind == "unlike" and not same_place(one, other):
        return None
    told = "" if _tells_apart(one, other, title, "") else _people(one, other)
    if not told or _tells_apart(one, other, title, told):
        return None
    return Evidence(
        one=one,
        other=other,
        title=title,
        people=told,
        gap=None if one.year is None or other.year is None else abs(one.year - other.year),
        venue=venues.alike(one.container, other.container),
        volume=_volume(one, other),
        issue=_equal(one.issue, other.issue),
        pages=_pages(one, other),
        doi=_doi(one.doi, other.doi),
        pmid=_equal(one.pmid, other.pmid),
    )


def _tells_apart(one: Features, other: Features, title: Likeness, told: str) -> bool:
    """Whether titles in other words, and other people, are answer enough: so it is with most pairs."""
    if told == "other":
        apart = title.kind in ("words", "added")
    else:
        apart = title.kind == "words" and title.ratio < _WEIGHED
    if not apart or one.title.role != other.title.role or one.edition != other.edition:
        return False
    shared = one.arxiv and one.arxiv == other.arxiv
    return not shared and not same_place(one, other) and (not one.first or one.first != other.first)


def _people(one: Features, other: Features) -> str:
    told = people.alike(one.people, other.people)
    if told != "unknown":
        return told
    return people.alike(
        one.people if one.people.families else one.editors,
        other.people if other.people.families else other.editors,
    )


def _pages(one: Features, other: Features) -> str:
    if not one.first or not other.first:
        return "unknown"
    if one.first.lstrip("es") == other.first.lstrip("es"):
        return "same"
    ends_alike = one.last == other.last and one.last not in (one.first, other.first)
    return "soft" if ends_alike or _ahead(one) or _ahead(other) or _slip(one, other) else "other"


def _doi(one: str, other: str) -> str:
    if not one or not other:
        return "unknown"
    if one == other:
        return "same"
    bare = bare_version(one)
    if bare and bare == bare_version(other):
        return "version"
    cut = one.startswith(other) or other.startswith(one)
    return "close" if cut or Levenshtein.distance(one, other, score_cutoff=2) <= 2 else "other"


def hopeless(one: Features, other: Features) -> bool:
    """Whether nothing is alike, told at a glance: most pairs are not worth weighing."""
    title, second = one.title, other.title
    a, b = title.squeezed, second.squeezed
    if not a or not b or title.also or second.also:
        return False
    if one.names and other.names and one.names.isdisjoint(other.names):
        if fuzz.ratio(a, b, score_cutoff=_ALIKE_OF_STRANGERS):
            return False
    elif a[:_GLANCE] == b[:_GLANCE] or fuzz.ratio(a, b, score_cutoff=_ALIKE):
        return False
    within = a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)
    return not (within or same_place(one, other))


def same_place(one: Features, other: Features) -> bool:
    """Whether they share a DOI, a PMID, or volume and first page."""
    if (one.doi and one.doi == other.doi) or (one.pmid and one.pmid == other.pmid):
        return True
    return bool(one.first and one.first == other.first and one.volume == other.volume)


def _both(one: str, other: str) -> str:
    """Two values in an order of their own, so that the answer does not depend on ours."""
    a, b = sorted((one, other), key=lambda value: (len(value), value))
    return f"{a} and {b}"


def _volume(one: Features, other: Features) -> str:
    """How volumes agree; where one record counts volumes by years, nobody can tell."""
    if one.volume != other.volume and (_is_year(one) or _is_year(other)):
        return "unknown"
    return _equal(one.volume, other.volume)


def _is_year(work: Features) -> bool:
    return work.year is not None and work.volume == str(work.year)


def _equal(one: str, other: str) -> str:
    if not one or not other:
        return "unknown"
    return "same" if one == other else "other"


def _ahead(work: Features) -> bool:
    """Whether pages are an article's number, or those of the text before it had a place."""
    digits = work.first.lstrip("es")
    return work.first == "1" or work.first.startswith("e") or (digits == work.first and len(digits) >= 5)


def _span(work: Features) -> int:
    """How many pages a record has; very many if nobody can count them."""
    first, last = work.first.lstrip("es"), work.last.lstrip("es")
    return int(last) - int(first) if first.isdecimal() and last.isdecimal() else _ARTICLE


def _slip(one: Features, other: Features) -> bool:
    """Whether two first pages differ by one slip of the finger, and overlap nowhere to say otherwise."""
    if min(len(one.first), len(other.first)) < 3:
        return False
    swapped = sorted(one.first) == sorted(other.first)
    return swapped or (Levenshtein.distance(one.first, other.first) == 1 and one.last == other.last)
