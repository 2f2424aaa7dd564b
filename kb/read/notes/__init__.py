"""Notes: one Markdown file with front matter → a note, and what is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from kb.model import (
    NOTE_KINDS,
    Citation,
    Claim,
    Mention,
    Note,
    Origin,
    Problem,
    ReadingList,
    Sample,
    SavedSearch,
    Study,
    Topic,
)
from kb.read.files import decode
from kb.read.notes.body import Body, read_body
from kb.read.notes.form import Form
from kb.read.notes.front import Parts, Value, read_front, split_front
from kb.read.notes.kinds import Part, read_part
from kb.read.notes.lists import read_items
from kb.text import squeeze

_LONGEST = 500_000
_FOLDERS = {"study": "studies", "search": "searches"}
_KIND_OF = {_FOLDERS.get(kind, f"{kind}s"): kind for kind in NOTE_KINDS}
_TITLES = ("title", "label", "statement", "question", "query")


def read_note(content: bytes, path: str) -> tuple[Note | None, list[Problem]]:
    """The note that a file's bytes hold, and what is wrong with it, by line.

    ``path`` is relative to the library and gives the slug, and the kind where
    the front matter does not. None, and an error, only for what is no text.
    """
    text, problems = decode(content, path)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    if len(text) > _LONGEST:
        message = f"The note has {len(text):,} characters; the limit is {_LONGEST:,}. It was not read."
        return None, [Problem(Origin(path), "note-too-long", message, "Divide it over several notes.")]
    parts = split_front(text)
    fields, unreadable = _fields(parts, path)
    form = Form(fields or {}, Origin(path))
    note, ill_listed = _note(form, parts, path)
    told = [] if fields is None else form.problems  # of front matter not read, no key is missing
    every = [*problems, *unreadable, *told, *ill_listed]
    return note, sorted(every, key=lambda problem: problem.origin.line)


def slug_in(path: str) -> str:
    """A note's slug, from its file's path: composed (NFC), for some systems hand names out decomposed."""
    stem = PurePosixPath(path).stem
    return squeeze(stem) or stem


def _fields(parts: Parts, path: str) -> tuple[dict[str, Value] | None, list[Problem]]:
    """What the front matter says, None if there is none that can be read."""
    if parts.front is not None:
        return read_front(parts.front, path)
    if not parts.closed:
        message = (
            "The front matter that opens on line 1 never ends; all that follows was kept as the note's body."
        )
        return None, [Problem(Origin(path), "note-yaml", message, "Close it with a line of three hyphens.")]
    message = "The note has no front matter; its kind was taken from its folder."
    remedy = "Begin the file with a line of three hyphens, “kind: …”, and again a line of three hyphens."
    return None, [Problem(Origin(path), "note-no-front", message, remedy, "warning")]


def _note(form: Form, parts: Parts, path: str) -> tuple[Note, list[Problem]]:
    slug = slug_in(path)
    kind = _kind(form, path)
    body = read_body(parts.body, path, parts.line)
    title = next((text for key in _TITLES if (text := form.glimpse(key))), "") or body.title or slug
    part = read_part(kind, form, slug if kind == "study" else title)
    problems: list[Problem] = []
    if isinstance(part, ReadingList):
        items, problems = read_items(body, parts.body, path, title)
        part = replace(part, items=items)
    if isinstance(part, Study):
        part = replace(part, cites=(*part.cites, *_typed(body.mentions, part.work)))
    note = Note(
        slug,
        kind,
        form.text("title") or title,
        Origin(path),
        parts.body,
        body.words,
        sensitivity=form.whole("sensitivity", least=0, most=3) or 0,
        added=form.date("added"),
        checked=form.date("checked"),
        tags=tuple(dict.fromkeys((*(tag.lstrip("#") for tag in form.texts("tags")), *body.tags))),
    )
    form.names("topics")
    form.close()
    return _completed(note, part, form, body), problems


def _completed(note: Note, part: Part, form: Form, body: Body) -> Note:
    return replace(
        note,
        front=form.plain(),
        links=(*form.links, *body.links),
        mentions=(*form.mentions, *body.mentions),
        topic=part if isinstance(part, Topic) else None,
        sample=part if isinstance(part, Sample) else None,
        study=part if isinstance(part, Study) else None,
        claim=part if isinstance(part, Claim) else None,
        reading_list=part if isinstance(part, ReadingList) else None,
        search=part if isinstance(part, SavedSearch) else None,
    )


def _kind(form: Form, path: str) -> str:
    folders = reversed(PurePosixPath(path).parent.parts)
    expected = next((_KIND_OF[folder] for folder in folders if folder in _KIND_OF), "")
    form.missing("kind", f"the note was taken for a {expected or 'page'}, from its folder")
    return form.choice("kind", NOTE_KINDS) or expected or "page"


def _typed(mentions: Iterable[Mention], citing: str) -> Iterator[Citation]:
    """The citations that a study note makes on behalf of its work: those with an intent."""
    for mention in mentions:
        if mention.intent:
            yield Citation(citing, mention.citekey, mention.origin, "note", mention.intent, mention.where)
