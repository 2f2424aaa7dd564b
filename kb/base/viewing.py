"""Views that gather several rows of the store: a claim with its evidence, a reading list with its items."""

from kb import store
from kb.errors import UnknownName
from kb.model import ClaimView, ListLine, ListView, Note


def claim_view(db: store.Database, note: Note) -> ClaimView:
    """A claim whole, with the evidence as listed.

    Raises:
        UnknownName: The note is no claim; carries three that are.
    """
    claim = store.claims.claim(db, note.slug)
    if claim is None:
        raise UnknownName(note.slug, [slug for slug, _ in store.notes.titles(db, "claim")][:3])
    said_by = store.works.lines_by_citekey(db, [claim.said_by]).get(claim.said_by)
    return ClaimView(note, claim, said_by, tuple(store.claims.evidence(db, note.slug)))


def list_view(db: store.Database, line: ListLine, note: Note) -> ListView:
    """A reading list whole, in order."""
    style = str(note.front.get("style", "apa"))
    return ListView(note, line.purpose, line.audience, style, tuple(store.lists.list_items(db, line.slug)))
