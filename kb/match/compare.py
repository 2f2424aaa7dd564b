"""Are two records one work? A verdict, a confidence, and reasons in plain words.

Rules in order, the first that knows: what the things say they are (a
correction is not its article), shared identifiers, versions and editions,
kinds of publication (a preprint is linked, not merged), then the title
together with people, year and place. When they do not know, it is "doubtful".
"""

from kb.match.by_title import by_title, told_apart, without_title
from kb.match.evidence import Evidence, evidence, hopeless
from kb.match.features import Features, features
from kb.match.judgement import ALIKE, Judgement, Verdict, different, doubtful, same
from kb.match.titles import told_words
from kb.model import Work

__all__ = ["Judgement", "Verdict", "compare", "judge"]

_SOFT_ROLES = ("protocol", "editorial", "review")
_ROLES = {
    "correction": "one is a correction of the other",
    "retraction": "one is the retraction of the other",
    "concern": "one is an expression of concern about the other",
    "reply": "one is a reply to the other",
    "comment": "one is a comment on the other",
    "review": "one is a review of the other",
    "editorial": "one is an editorial",
    "protocol": "one is the protocol of the other",
}
# What a pair of kinds is to one another; the first that fits counts
_VERSIONS = (
    ("preprint", "preprint", "preprint and published work"),
    ("thesis", "thesis version", "thesis and publication"),
    ("report", "report version", "report and publication"),
    ("conference", "conference version", "conference paper and another publication"),
)


def compare(one: Work, other: Work) -> Judgement:
    """Whether two works are one; the same answer in either order."""
    return judge(features(one), features(other))


def judge(one: Features, other: Features) -> Judgement:
    """Whether two works are one, from their features; the same answer in either order."""
    found = None if hopeless(one, other) else evidence(one, other)
    if not found:
        return _chapter_of(one, other) or different(0.0, "other titles")
    return (
        _by_role(found)
        or _by_identifier(found)
        or _by_version(found)
        or _by_kind(found)
        or (without_title(found) if found.title.kind == "none" else None)
        or by_title(found)
    )


def _shared(found: Evidence) -> str:
    """The identifier that both have, in words; "" if none."""
    if found.doi == "same":
        return "same DOI"
    if found.pmid == "same":
        return "same PMID"
    both_preprints = found.one.kind == found.other.kind == "preprint"
    return (
        "same arXiv number"
        if both_preprints and found.one.arxiv and found.one.arxiv == found.other.arxiv
        else ""
    )


# --- what the titles say that the things are


def _by_role(found: Evidence) -> Judgement | None:
    one, other = found.one.title.role, found.other.title.role
    if one == other or {one, other} == {"", "editorial"}:
        return None
    role = next(role for role in _ROLES if role in (one, other))
    shared, told = _shared(found), _ROLES[role]
    if shared and found.pages != "other":
        if role not in ("correction", "retraction", "concern") and found.title.kind in ALIKE:
            return None
        return doubtful(0.5, told, shared, relation=role)
    if role in _SOFT_ROLES and found.placed and found.people != "other" and found.title.kind in ALIKE:
        return None
    if found.title.kind in ("unlike", "none") and not shared:
        return different(0.0, f"only one is a {role}")
    return different(0.05, told, relation=role)


# --- identifiers


def _by_identifier(found: Evidence) -> Judgement | None:
    shared = _shared(found)
    if not shared:
        return None
    kind = found.title.kind
    if kind in (*ALIKE, "none"):
        return _identified(found, shared)
    if kind == "number":
        return doubtful(0.45, told_apart(found), shared, relation="part")
    if kind in ("added", "words", "contrast", "behind") and found.people != "other":
        near = kind == "behind" or (kind != "contrast" and found.title.ratio >= 75)
        if near and found.pages not in ("other", "soft"):
            return same(0.95, shared, "titles nearly the same", *found.agreed)
        return doubtful(0.5, shared, "titles differ", *found.agreed, *found.against)
    return _other_title(found, shared)


def _identified(found: Evidence, shared: str) -> Judgement:
    """An identifier and the title agree; a serial title and other pages or people may still be two works."""
    told = ALIKE.get(found.title.kind, "one has no title")
    contradicted = found.people == "other" or (found.displaced and (found.generic or found.volume == "other"))
    if found.people == "other" and (found.generic or found.displaced):
        return doubtful(0.5, shared, told, *found.against)
    if found.generic and found.displaced and found.title.kind != "none":
        return doubtful(0.5, shared, told, *found.against)
    if found.pmid == "other" or (found.pmid == "same" and found.doi == "other"):
        return doubtful(0.7, shared, told, *found.against)
    return same(0.95 if contradicted else 1.0, shared, told, *found.agreed)


def _other_title(found: Evidence, shared: str) -> Judgement:
    """One identifier, two titles: a translation, a supplement under one DOI, or a DOI typed wrongly."""
    if found.people == "same" and found.exactly_placed and found.gap in (0, 1, None):
        reason = "title in another language" if found.foreign else "titles differ"
        return same(0.9, shared, reason, *found.agreed)
    if found.people == "same" and found.foreign and not found.displaced and found.gap in (0, 1, None):
        return same(0.9, shared, "title in another language", *found.agreed)
    if found.people in ("same", "some"):
        return doubtful(0.5, shared, "titles differ", *found.agreed, *found.against)
    return different(
        0.15, f"{shared}, but other titles and authors: a supplement's, or wrongly typed", *found.against
    )


# --- versions, editions and kinds of publication


def _by_version(found: Evidence) -> Judgement | None:
    if found.title.kind == "unlike":
        return None
    if found.doi == "version":
        return different(0.2, "two versions of one work, by their DOIs", relation="version")
    one, other = found.one, found.other
    if one.edition != other.edition and found.title.kind != "none":
        told = f"edition {one.edition or '1'} and edition {other.edition or '1'}"
        if one.edition and other.edition:
            first, last = sorted((int(one.edition), int(other.edition)))
            return different(0.1, f"edition {first} and edition {last}", relation="edition")
        if found.gap and found.title.kind != "number":
            told = f"edition {max(one.edition, other.edition)}, and one of another year"
            return different(0.2, told, relation="edition")
    return None


def _by_kind(found: Evidence) -> Judgement | None:
    """What is one text in two publications: linked, not merged."""
    one, other = found.one, found.other
    if {one.kind, other.kind} == {"chapter", "book"} and not found.placed:
        return _book_and_chapter(found)
    if found.title.kind not in (*ALIKE, "added", "words", "behind") or found.people == "other":
        return None
    if one.kind == other.kind or not one.kind or not other.kind or found.placed:
        return None
    if found.title.kind in ("added", "words") and found.title.ratio < 80:
        return None
    for kind, relation, told in _VERSIONS:
        if kind in (one.kind, other.kind):
            reasons = (told, ALIKE.get(found.title.kind, "titles nearly the same"), *found.agreed)
            return doubtful(0.4, *reasons, relation=relation)
    return None


def _book_and_chapter(found: Evidence) -> Judgement | None:
    if found.title.kind not in ALIKE or found.generic:
        return _chapter_of(found.one, found.other) or different(0.0, "a book, and a chapter")
    if found.one.first or found.other.first:
        return doubtful(0.4, "a book, and a chapter", *found.agreed, relation="chapter")
    return None


def _chapter_of(one: Features, other: Features) -> Judgement | None:
    """Whether one is a chapter of the other: the book's title is its container, or both have one ISBN."""
    if {one.kind, other.kind} != {"chapter", "book"}:
        return None
    book, chapter = (one, other) if one.kind == "book" else (other, one)
    container = "".join(told_words(chapter.container))
    within = container and book.title.squeezed.startswith(container)
    if within or (book.isbn and book.isbn == chapter.isbn):
        return different(0.05, "a book, and a chapter of it", relation="chapter")
    return None
