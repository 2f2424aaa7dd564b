"""A note's text, drawn: its citations and links lead to our pages, its hard passages stay folded."""

from collections.abc import Iterator, Mapping

from kb.base import Base
from kb.errors import UnknownName
from kb.model import Note
from kb.pages import links
from kb.pages.parts.markup import Html, el
from kb.pages.parts.works import short
from kb.render import note_html

_FOLDED = 2  # from this level of sensitivity on, a text stays folded until asked for
_CONTENT = {
    2: "Describes offending or its effects in some detail.",
    3: "Describes abuse or its effects in detail that may distress.",
}


class Names(Mapping[str, str]):
    """What is shown for a citekey or slug; looked up when it is asked for."""

    def __init__(self, base: Base) -> None:
        self.base = base

    def __getitem__(self, name: str) -> str:
        try:
            kind, found = self.base.kind_of(name)
        except UnknownName:
            raise KeyError(name) from None
        if kind == "work":
            return short(self.base.lines([found])[0])
        return self.base.note(found).title

    def __iter__(self) -> Iterator[str]:
        """Nothing: names are followed, never listed."""
        return iter(())

    def __len__(self) -> int:
        return 0


def note_address(base: Base, kind: str, name: str) -> str:
    """The address of what a name leads to; a study note's is its work's."""
    if kind == "study":
        name = str(base.note(name).front.get("work", name))
    return links.work(name) if kind in {"work", "study"} else links.named(kind, name)


def drawn(base: Base, note: Note) -> Html:
    """The note's text; folded, with a line that says what it holds, where that may distress."""
    text = el("div", _body(base, note.body), cls="kb-note")
    if note.sensitivity < _FOLDED:
        return text
    what = _CONTENT[min(note.sensitivity, 3)]
    return el("details", el("summary", f"{what} Open to read."), text, cls="kb-fold")


def markdown(base: Base, text: str) -> Html:
    """A passage of a note."""
    return Html(f'<div class="kb-note">{_body(base, text)}</div>')


def _body(base: Base, body: str) -> Html:
    def address(_kind: str, name: str) -> str:
        try:
            return note_address(base, *base.kind_of(name))
        except UnknownName:
            return links.address("", q=name)

    return Html(note_html(body, link=address, titles=Names(base)))  # sanitised there, so safe here
