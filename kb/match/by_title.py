"""The verdict where no identifier is shared: the title, together with people, year and place."""

from kb.match.evidence import Evidence
from kb.match.judgement import ALIKE, Judgement, different, doubtful, same

_SLIP = 92  # how alike titles are that a slip of the finger tells apart
_CUT = 40  # letters of a title cut short, below which another may go on in another way
_SHORT = 20  # letters of a title without its subtitle, below which it may be another work's


def without_title(found: Evidence) -> Judgement:
    """A reference that names author, year, journal, volume and page only."""
    if found.people not in ("same", "some") or found.venue == "other" or found.displaced:
        return different(0.05, "too little in common to tell", *found.against)
    exact = found.pages == "same" and found.volume == "same"
    if exact and found.gap == 0 and found.people == "same":
        return same(0.9 if found.venue == "same" else 0.8, *found.agreed, "one has no title")
    if exact and found.gap in (0, 1):
        return doubtful(0.5, *found.agreed, "one has no title", *found.against)
    place = "same" in (found.pages, found.volume)
    if found.gap == 0 and (found.venue == "same" or found.pages == "same"):
        return doubtful(0.45 if place else 0.3, *found.agreed, "one has no title")
    return different(0.1, "too little in common to tell", *found.against)


def by_title(found: Evidence) -> Judgement:
    """The verdict of title, people, year and place."""
    if found.title.kind not in ALIKE:
        return _on_one_range(found) or _from_one_page(found) or _other_words(found)
    if _is_copy(found):
        return same(0.95, ALIKE[found.title.kind], *found.agreed, "all fields the same")
    return _serial(found) if found.generic else _titled(found)


# --- titles that are not alike


def _on_one_range(found: Evidence) -> Judgement | None:
    """The same people on the same pages from first to last: one work, whatever became of its title."""
    if (
        not found.exactly_placed
        or found.people != "same"
        or found.gap not in (0, 1)
        or found.other_identifier
    ):
        return None
    if found.venue == "other" or (found.title.kind == "number" and all(found.title.told)):
        return None
    if found.title.kind in ("added", "words") and found.title.ratio >= 75:
        return None
    if found.title.kind == "contrast" or found.gap or found.venue != "same":
        return doubtful(0.6, told_apart(found), *found.agreed, *found.against)
    told = "title in another language" if found.foreign else told_apart(found)
    return same(0.87 if found.title.kind == "unlike" else 0.92, told, *found.agreed)


def _from_one_page(found: Evidence) -> Judgement | None:
    """Titles in two languages, and two people or more from the same page on, one's last page unsaid."""
    placed = found.pages == found.volume == found.venue == "same" and found.gap == 0
    open_ended = placed and found.one.last != found.other.last
    if not open_ended or found.people != "same" or not found.together or found.other_identifier:
        return None
    if found.title.kind not in ("unlike", "words"):
        return None
    if found.foreign:
        return same(0.86, "title in another language", *found.agreed)
    return doubtful(0.4, told_apart(found), *found.agreed) if found.title.kind == "unlike" else None


def told_apart(found: Evidence) -> str:
    """What tells two titles apart, in words."""
    one, other = sorted(found.title.told, key=lambda value: (len(value), value))
    if found.title.kind == "number":
        if one and other:
            return f"part or number {one} and {other} in the titles"
        return f"only one title has the number {one or other}"
    if found.title.kind == "contrast":
        if not one:
            return f"only one title has “{other}”"
        return f"“{one}” and “{other}” in the titles"
    if found.title.kind == "unlike":
        return "other titles"
    return "titles nearly the same" if found.title.ratio >= 75 else "titles differ in some words"


def _other_words(found: Evidence) -> Judgement:
    told = told_apart(found)
    if found.title.kind == "number":
        if (
            found.exactly_placed
            and found.people != "other"
            and not found.other_identifier
            and not found.generic
        ):
            one_sided = (
                not all(found.title.told) and found.gap in (0, 1) and found.venue == found.people == "same"
            )
            # Part 2 does not stand on the pages of part 1
            return same(0.87, told, *found.agreed) if one_sided else doubtful(0.5, told, *found.agreed)
        return _numbered(found, told)
    if found.title.kind in ("contrast", "unlike"):
        return different(0.05 if found.title.kind == "contrast" else 0.0, told)
    return _nearly(found, told)


def _numbered(found: Evidence, told: str) -> Judgement:
    """Titles with other numbers are other works, but for a year that both are of, and a lone letter."""
    one, other = sorted(found.title.told, key=len)
    agreeing = (
        found.people == "same" and found.gap == 0 and not found.displaced and not found.other_identifier
    )
    if one or not agreeing or found.venue == "other" or found.generic:
        return different(0.05, told, relation="part")
    if found.long and other == str(found.one.year):
        return same(0.88, "one title has the year behind it", *found.agreed)
    if len(other) == 1 and other.isalpha() and found.long and found.title.ratio >= _SLIP:
        return doubtful(0.5, told, *found.agreed)  # the i of an “in” that a slip took apart, or a part
    return different(0.05, told, relation="part")


def _nearly(found: Evidence, told: str) -> Judgement:
    """Titles with a word more, or some other words."""
    ratio = found.title.ratio
    if found.people == "other" or found.displaced or found.venue == "other" or (found.gap or 0) > 1:
        return different(0.1, told, *found.against)
    agreeing = found.people == "same" and not found.other_identifier
    if found.placed and (ratio >= 60 or found.title.kind == "behind"):
        if agreeing and _is_of_one(found):
            return same(0.92, told, *found.agreed)
        return doubtful(0.6, told, *found.agreed, *found.against)
    in_volume = found.volume == found.venue == "same"
    if agreeing and found.gap == 0 and not found.generic:
        if found.title.kind == "behind" and found.long and in_volume and found.issue != "other":
            return same(0.88, told, *found.agreed)
        if ratio >= (70 if in_volume else 85) or found.title.kind == "behind":
            return doubtful(0.55, told, *found.agreed)
    return different(0.1, told, *found.against)


def _is_of_one(found: Evidence) -> bool:
    """Whether titles that differ in some words may be one work's, whose place and people agree.

    A supplement has two abstracts of one group on one page, “… on sleep” and
    “… on mood”: where other words stand for a title's own, the last page must
    agree too, and more than one page be named.
    """
    if found.title.kind == "words":
        return found.exactly_placed and found.title.ratio >= 75
    return found.title.kind == "behind" or found.title.ratio >= 70


# --- one title


def _is_copy(found: Evidence) -> bool:
    """Whether two entries without authors say the same in every field, and more than many works share.

    Of a title that every volume may have, a report's publisher and year tell;
    two editorials of one journal and year may be described alike.
    """
    one, other = found.one, found.other
    if not one.said or one.said != other.said or one.kind != other.kind or found.gap != 0:
        return False
    placed = bool(one.publisher or one.container)
    return (placed and found.long) or (bool(one.publisher) and one.kind == "report")


def _serial(found: Evidence) -> Judgement:
    """Titles that every volume may have: only the place tells."""
    told = "a title that many works have"
    if found.people == "other" or found.displaced or found.venue == "other" or found.other_identifier:
        return different(0.1, told, *found.against)
    if found.issue == "other":  # each issue may begin with page 1
        return doubtful(0.4, told, *found.agreed, "issues differ")
    if found.gap:
        slip = found.exactly_placed and found.gap == 1 and found.people == found.venue == "same"
        return (
            same(0.86, ALIKE["equal"], *found.agreed, *found.against)
            if slip
            else different(0.1, told, *found.against)
        )
    return _serial_of_a_year(found, told)


def _serial_of_a_year(found: Evidence, told: str) -> Judgement:
    """Titles that every volume may have, in which nothing differs."""
    if found.placed and found.venue == "same" and found.gap == 0 and found.people == "same":
        return same(0.9, ALIKE["equal"], *found.agreed)
    if found.exactly_placed and found.venue == "same" and found.gap == 0:
        return same(0.87, ALIKE["equal"], *found.agreed)
    in_issue = found.volume == found.issue == found.venue == "same" and found.gap == 0
    if in_issue and found.people == "same" and found.together:
        return same(0.86, ALIKE["equal"], *found.agreed)
    if found.people == "same" and found.gap == 0:
        return doubtful(0.5, told, *found.agreed)
    return doubtful(0.3, told, *found.agreed) if found.placed else different(0.2, told, *found.against)


def _titled(found: Evidence) -> Judgement:
    """One title, and one that tells: people, year and place confirm it or not."""
    reasons = (ALIKE[found.title.kind], *found.agreed)
    if found.other_identifier:
        return _other_identifier(found, reasons)
    if found.people == "other":
        return _other_people(found, reasons)
    if found.venue == "other" and not found.at_one_place:
        return _elsewhere(found, reasons)
    if found.displaced:
        return _displaced(found, reasons)
    return _undisputed(found, reasons)


def _other_identifier(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    """Title agrees, DOIs or PMIDs do not."""
    placed = found.placed and found.people in ("same", "unknown") and found.gap in (0, 1, None)
    if placed and found.pmid != "other" and found.long and found.venue == "same":
        return same(0.9, *reasons, *found.against)
    if found.people == "other" or (found.displaced and found.venue != "other"):
        return different(0.2, reasons[0], *found.against)
    relation = "reprint" if found.venue == "other" else ""
    return doubtful(0.45, *reasons, *found.against, relation=relation)


def _other_people(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    whole = found.title.kind in ("equal", "spelling") and found.venue == "same"
    if found.exactly_placed and found.gap in (0, 1, None) and (found.long or whole):
        return same(0.87, *reasons, *found.against)
    # Letters under one heading begin on one page, and are by different people
    if found.long and not found.displaced and found.venue != "other" and found.gap in (0, None):
        return doubtful(0.4, *reasons, *found.against)
    return different(0.15, reasons[0], *found.against)


def _elsewhere(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    """One title in two journals or books."""
    if found.people == "unknown" and not found.long:
        return different(0.2, reasons[0], *found.against)
    relation = "translation" if found.foreign else "reprint"
    return doubtful(0.4, *reasons, *found.against, relation=relation)


def _displaced(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    """One title in one journal, in two places."""
    half = {found.pages, found.volume} == {"same", "other"}
    whole = found.title.kind in ("equal", "spelling") and found.long
    serial = found.pages == "same" and found.one.first.startswith("cd")  # a review's number, not a page
    agreeing = found.people == "same" and found.gap in (0, 1) and found.venue == "same"
    if half and whole and agreeing and not serial:
        if found.pages == "same" or found.issue == "same":
            return same(0.86, *reasons, *found.against)
        return doubtful(0.6, *reasons, *found.against)
    if found.people in ("same", "some") and found.gap in (0, 1, None) and found.long:
        return doubtful(0.5, *reasons, *found.against)
    return different(0.2, reasons[0], *found.against)


def _undisputed(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    """Title agrees, and neither people nor place speak against it."""
    if found.gap is not None and found.gap > 1:
        if found.placed and found.volume == "same":
            return same(0.88, *reasons, *found.against)
        return doubtful(0.5, *reasons, *found.against, relation="reprint")
    if found.people == "unknown":
        return _nobody_named(found, reasons)
    if found.placed:
        return same(0.99 if found.people == "same" else 0.93, *reasons, *found.against)
    if _is_thin(found):
        return doubtful(0.6, *reasons, *found.against)
    return _agreeing(found, reasons)


def _nobody_named(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    """One record names no authors, or neither does."""
    if found.placed and (found.title.letters >= 15 or (found.exactly_placed and found.venue == "same")):
        return same(0.93, *reasons)
    if found.long and found.gap == 0 and found.venue == "same" and found.issue != "other":
        return same(0.88, *reasons)
    told = "one names no authors" if found.one.names or found.other.names else "neither names authors"
    return doubtful(0.6 if found.long else 0.4, *reasons, told)


def _is_thin(found: Evidence) -> bool:
    """Whether there is too little to be sure, though nothing is known to speak against it."""
    in_volume = found.volume == found.venue == "same"
    short = found.title.kind in ("subtitle", "cut") and found.title.letters < _SHORT and not in_volume
    in_issue = in_volume or found.issue == found.venue == "same"
    short = short or (found.title.kind == "cut" and found.title.letters < _CUT and not in_issue)
    numbered = found.title.kind == "cut" and bool(found.title.told[1])  # … part 2
    some = found.people == "some" and not (found.long and found.gap == 0)
    return short or numbered or some or found.issue == "other"


def _is_ahead(found: Evidence) -> bool:
    """Whether one is of the year before, has no place yet, and the same people's same title."""
    first, later = sorted((found.one, found.other), key=lambda work: work.year or 0)
    printed = not (first.volume or first.first) and bool(later.volume and later.first)
    whole = found.title.kind in ("equal", "spelling") and found.title.letters >= _SHORT
    return whole and found.together and printed and not found.generic


def _agreeing(found: Evidence, reasons: tuple[str, ...]) -> Judgement:
    """Title and people agree, and nothing speaks against it but perhaps a year."""
    if found.gap == 0:
        return same(0.97 if found.venue == "same" else 0.94, *reasons)
    if found.gap is None and (found.long or found.venue == "same"):
        return same(0.9, *reasons)
    if found.gap == 1 and found.venue == "same" and _is_ahead(found):
        return same(0.88, *reasons, *found.against)
    # A year apart: printed the year after, or the next conference, edition or report
    in_print = found.gap == 1 and found.venue == "same" and found.long
    if in_print and "conference" not in (found.one.kind, found.other.kind):
        return same(0.9, *reasons, *found.against)
    return doubtful(0.6, *reasons, *found.against)
