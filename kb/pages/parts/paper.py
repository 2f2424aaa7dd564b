"""A paper's own reference list: a work's text or PDF is dropped in, and what it cites is written."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from kb.errors import EditError, UnknownWork
from kb.library import Library
from kb.pages import links, session
from kb.pages.parts.incoming import said
from kb.pages.parts.markup import Html, Inside, el, joined, link, put
from kb.pages.parts.problems import problems
from kb.pages.parts.said import Said, do
from kb.pages.parts.steps import Steps, more, shown
from kb.pages.parts.undo import Written, take_back, way_back
from kb.pages.parts.words import counted

# As on the page itself: the readers are imported where somebody drops a paper in.
if TYPE_CHECKING:
    from kb.convert import PaperPreview
    from kb.convert.paper import CitedReference

_FOUND = {"held": "held here", "cited": "known from other lists", "new": "new, from this list only"}


@dataclass(slots=True)
class _Desk:
    """The paper that a visitor looks at; ``key`` names it, its work and the text it was matched with."""

    round: int = 0
    name: str = ""
    file: tuple[str, bytes] | None = None
    key: tuple[object, ...] = ()
    found: "PaperPreview | None" = None
    steps: Steps = field(default_factory=dict)
    done: Written | None = None


def _desk() -> _Desk:
    desk: _Desk = st.session_state.setdefault("paper", _Desk())
    return desk


def reference_list(home: Library) -> None:
    """The form, then what was found in the paper, and the button that writes it."""
    desk = _desk()
    about = "The text or PDF of a work that is here says what it cites."
    put(el("h2", "A paper’s own reference list"), el("p", about, cls="kb-quiet"))
    if desk.done:
        label = f"Take back what {', '.join(desk.done.before)} cites"
        way_back(label, desk.done, _take_back, name="paper")
    _ask(desk)
    if desk.file is None or not desk.name:
        return
    try:
        found = _matched(home, desk, desk.name, *desk.file)
    except (UnknownWork, EditError) as error:
        put(el("p", str(error), cls="kb-message", role="status"))
        return
    _show(desk, found)


def _ask(desk: _Desk) -> None:
    """Which work, and its paper. Who looks at another page and comes back finds both still here."""
    work, paper = f"paper-work-{desk.round}", f"paper-file-{desk.round}"

    def named() -> None:
        desk.name = str(st.session_state[work]).strip()

    def sent() -> None:
        file = st.session_state[paper]
        desk.file = (file.name, file.getvalue()) if file else None

    st.text_input("Citekey or DOI of the work", desk.name, key=work, max_chars=300, on_change=named)
    file = st.file_uploader("Its text or PDF", key=paper, on_change=sent)
    if desk.file and not file:
        put(el("p", f"Still here: {desk.file[0]}."))


def _matched(home: Library, desk: _Desk, name: str, file: str, content: bytes) -> "PaperPreview":
    """What the paper cites: kept while it, its work and the text stay what they are."""
    key = (name, file, sha256(content).hexdigest(), session.kept_up(home))
    if desk.found is None or desk.key != key:
        with st.spinner("Reading the paper"):
            from kb.convert import Source, preview_paper

            desk.found = preview_paper(home, name, Source(file, content))
        desk.key, desk.steps = key, {}
    return desk.found


def _show(desk: _Desk, found: "PaperPreview") -> None:
    if found.problems:
        put(problems(found.problems))
    listed = found.references
    if not listed:
        put(el("p", "No reference was found in it, so there is nothing to write.", role="status"))
        return
    put(el("p", _summary(found), role="status"))
    until = shown(desk.steps, "references", len(listed))
    put(el("ol", joined(map(_reference, listed[:until])), cls="kb-references"))
    more(desk.steps, "references", len(listed))
    if found.unmatched:
        put(_unmatched(found))
    label = f"Write these {counted(len(listed), 'reference')} into {found.work.citekey}"
    st.button(label, key="paper-write", on_click=_write)
    put(el("p", "Nothing was written yet.", cls="kb-quiet"))


def _summary(found: "PaperPreview") -> str:
    kinds = [f"{len(found.of(kind)):,} {_FOUND[kind]}" for kind in ("held", "cited", "new")]
    unsure = f"; {len(found.unsure):,} to look at" if found.unsure else ""
    return f"{counted(len(found.references), 'reference')}: {', '.join(kinds)}{unsure}."


def _reference(one: "CitedReference") -> Html:
    known = one.found != "new"
    named = link(one.citekey, links.work(one.citekey)) if known else el("code", one.citekey)
    cited = f" · cited in {', '.join(filter(None, one.sections))}" if any(one.sections) else ""
    why: list[Inside] = [_FOUND[one.found], ": ", named, cited]
    doubts = (el("p", f"Look: {doubt}.", cls="kb-message") for doubt in one.doubts)
    return el("li", said(one.work), el("div", *why, cls="kb-why"), *doubts)


def _unmatched(found: "PaperPreview") -> Html:
    rows = (el("li", f"line {one.line}: {', '.join(one.unmatched)}") for one in found.unmatched[:200])
    head = f"{counted(len(found.unmatched), 'citation')} in the text that nothing in the list answers"
    return el("details", el("summary", head), el("ul", joined(rows), cls="kb-plain"), cls="kb-branch")


def _write() -> None:
    desk = _desk()

    def change() -> Said:
        from kb.convert import add_references

        home, found = session.library(), desk.found
        if found is None:
            raise EditError("That was written already. Nothing was written twice.")
        if session.stamp(home) != desk.key[-1]:
            message = "The text was changed meanwhile, so the paper was matched with it again."
            raise EditError(f"{message} Nothing was written; look at the list, and write it then.")
        done = add_references(home, found, today=datetime.now(UTC).date())
        citekey = found.work.citekey
        desk.done = Written(done.name if done.appended else "", {citekey: done.before})
        what = f"Written: what {citekey} cites, {counted(len(found.references), 'reference')}."
        return Said(what, links.work(citekey), "See its page")

    if do(change):
        desk.found, desk.key, desk.name, desk.file = None, (), "", None
        desk.round += 1


def _take_back() -> None:
    desk = _desk()

    def change() -> Said:
        if desk.done is None:
            raise EditError("That was taken back already. Nothing was changed.")
        take_back(desk.done)
        said = f"Taken back: what {', '.join(desk.done.before)} cites is as it was."
        desk.done = None
        return Said(said)

    do(change)
