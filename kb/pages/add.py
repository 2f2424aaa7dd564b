"""Add: files dropped in, compared with what is here, appended in one step, taken back in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import streamlit as st

from kb.base import Base
from kb.errors import EditError
from kb.library import Library
from kb.model import Origin, Problem
from kb.pages import session
from kb.pages.parts import paper, works
from kb.pages.parts.incoming import citations, counts, record
from kb.pages.parts.layout import reading_and_margin
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.problems import problems
from kb.pages.parts.said import Said, do, say
from kb.pages.parts.steps import STEP, Steps, more, shown
from kb.pages.parts.undo import Written, take_back, way_back
from kb.pages.parts.words import counted

# kb.convert brings the readers of a dozen formats and the comparer: it is imported where somebody adds
# something, so that no other page waits for it.
if TYPE_CHECKING:
    from kb.convert import Done, Incoming, Preview

_IMPORTED = "imported.bib"
_NEW = ""
_FORMATS = (
    "BibTeX and BibLaTeX, RIS, PubMed (nbib, XML), EndNote (XML, enw), Web of Science, Scopus, "
    "CSL-JSON and YAML, OpenAlex, Crossref, CSV and XLSX with a header"
)

# On narrow screens the button stands below the records.
_WAY_DOWN = el("p", link("Append them", "#kb-append"), cls="kb-way-down")

Key: TypeAlias = "tuple[tuple[str, str], ...]"


class _File(NamedTuple):
    """A file that was dropped: its name, its bytes, and a hash of them."""

    name: str
    content: bytes
    digest: str


@dataclass(slots=True)
class _Desk:
    """What a visitor is adding: kept from one drawing to the next, and gone with the visit.

    ``key`` names the files of ``found`` by their content, and ``text`` is the
    state of references/ that they were compared with.
    """

    round: int = 0
    files: tuple[_File, ...] = ()
    key: Key = ()
    text: session.Stamp = ()
    found: "Preview | None" = None
    leave: set[int] = field(default_factory=set)
    steps: Steps = field(default_factory=dict)
    done: "Done | None" = None
    written: tuple[str, ...] = ()


def _desk() -> _Desk:
    desk: _Desk = st.session_state.setdefault("add", _Desk())
    return desk


def show() -> None:
    """Draw the page."""
    base, home, desk = session.base(), session.library(), _desk()
    reading, margin = reading_and_margin()
    with reading:
        say()
        about = "Bring in what other programs exported. Nothing is written before you have seen it."
        put(el("h1", "Add"), el("p", about))
        if desk.done and not desk.files:
            _written(base, home, desk, desk.done)
        _drop(desk)
        if desk.files:
            found = _compared(home, desk)
            _preview(desk, found)
            with margin, st.container(key="kb-decide"):
                _decide(home, desk, found)
        else:
            paper.reference_list(home)


def _drop(desk: _Desk) -> None:
    """Where files are dropped. Who looks at another page and comes back finds them still here."""
    key = f"add-files-{desk.round}"
    label = "Drop files here, or choose them"
    sent = st.file_uploader(label, accept_multiple_files=True, key=key, on_change=partial(_take, desk, key))
    if desk.files and not sent:
        names = ", ".join(file.name for file in desk.files)
        with st.container(horizontal=True, vertical_alignment="center", key="add-kept"):
            put(el("p", f"Still here: {names}."))
            st.button("Put away", key="add-put-away", type="tertiary", on_click=partial(_put_away, desk))
    if not desk.files and not desk.done:
        put(el("p", "Read here: ", _FORMATS, ". The name of a file does not matter.", cls="kb-quiet"))


def _take(desk: _Desk, key: str) -> None:
    sent = ((file.name, file.getvalue()) for file in st.session_state[key])
    desk.files = tuple(_File(name, content, sha256(content).hexdigest()) for name, content in sent)


# --- compared


def _compared(home: Library, desk: _Desk) -> "Preview":
    """What the files would bring: kept while their bytes and references/ stay what they are."""
    key = tuple((file.name, file.digest) for file in desk.files)
    text = _entries(session.kept_up(home))
    if desk.found is None or (desk.key, desk.text) != (key, text):
        if desk.key != key:
            desk.leave, desk.steps = set(), {}
        desk.found = _read(home, desk.files)
        desk.key, desk.text = key, text
    return desk.found


def _entries(stamp: session.Stamp) -> session.Stamp:
    """The part of a state of the text that is references/: notes are not compared with."""
    return tuple(one for one in stamp if not one[0].endswith(".md"))


def _read(home: Library, files: Sequence[_File]) -> "Preview":
    """Read and compare, with what is being done shown where the preview will stand."""
    place = st.empty()
    bar = place.progress(0.0, text="Making ready")
    from dataclasses import replace

    from kb.convert import Source, preview

    def progress(what: str, done: int, of: int) -> None:
        bar.progress(min(1.0, done / of) if of else 0.0, text=f"{what}: {done:,} of {of:,}" if of else what)

    notes = [file.name for file in files if file.name.lower().endswith(".md")]
    sources = [Source(file.name, file.content) for file in files if file.name not in notes]
    found = preview(home, sources, progress=progress)
    place.empty()
    return replace(found, problems=(*map(_is_note, notes), *found.problems))


def _is_note(name: str) -> Problem:
    message = "A file whose name ends in .md is taken for a note. It was not read."
    return Problem(
        Origin(name), "file-format", message, "Put notes into notes/; what lies there is read at once."
    )


# --- shown


def _preview(desk: _Desk, found: "Preview") -> None:
    put(counts(found), _WAY_DOWN if found.incoming else None)
    if found.problems:
        put(el("h2", "Problems", _count(len(found.problems))), problems(found.problems))
    placed = list(enumerate(found.incoming))
    doubtful = [(place, one) for place, one in placed if one.state == "doubtful"]
    if doubtful:
        _doubtful(desk, doubtful)
    if fresh := found.of("new"):
        put(el("h2", "New", _count(len(fresh))))
        _some(desk, "new", fresh)
    if here := found.of("here"):
        about = "These are not written again, and what is here stays as it is."
        put(el("h2", "Already here", _count(len(here))), el("p", about, cls="kb-quiet"))
        _some(desk, "here", here)
    put(citations(found))


def _count(number: int) -> Html:
    return el("span", f"{number:,}", cls="kb-count")


def _some(desk: _Desk, name: str, rows: "Sequence[Incoming]") -> None:
    """The rows of one kind, each step of them a block of its own."""
    until = shown(desk.steps, name, len(rows))
    for start in range(0, until, STEP):
        put(works.cards(map(record, rows[start : min(start + STEP, until)])))
    more(desk.steps, name, len(rows))


# --- doubtful


_CHOICES = ("Append it as a work of its own", "Leave it out")


def _doubtful(desk: _Desk, rows: "Sequence[tuple[int, Incoming]]") -> None:
    about = "Each may be a work that is here already. Look, and choose."
    put(el("h2", "Doubtful", _count(len(rows))), el("p", about, cls="kb-quiet"))
    places = [place for place, _ in rows]
    if len(rows) > 1:
        with st.container(horizontal=True, key="add-all"):
            st.button(
                f"Leave out all {len(rows):,}",
                key="add-leave-all",
                type="tertiary",
                on_click=partial(_choose, desk, places, leave=True),
            )
            st.button(
                f"Append all {len(rows):,}",
                key="add-append-all",
                type="tertiary",
                on_click=partial(_choose, desk, places, leave=False),
            )
    for place, one in rows[: shown(desk.steps, "doubtful", len(rows))]:
        put(record(one))
        key = f"add-choice-{place}"
        st.session_state[key] = _CHOICES[place in desk.leave]
        st.radio(
            f"What becomes of {one.work.citekey}",
            _CHOICES,
            key=key,
            horizontal=True,
            label_visibility="collapsed",
            on_change=partial(_chosen, desk, place),
        )
    more(desk.steps, "doubtful", len(rows))


def _chosen(desk: _Desk, place: int) -> None:
    _choose(desk, [place], leave=st.session_state[f"add-choice-{place}"] == _CHOICES[1])


def _choose(desk: _Desk, places: Iterable[int], *, leave: bool) -> None:
    desk.leave = desk.leave | set(places) if leave else desk.leave - set(places)


# --- written


def _decide(home: Library, desk: _Desk, found: "Preview") -> None:
    """Where to, and the one button; nothing is written before it."""
    from kb.convert import bringing_citations, bringing_fields

    chosen = _chosen_of(desk, found)
    filling, citing = bringing_fields(found), bringing_citations(found)
    put(el("h2", "Append", id="kb-append"))
    if not (chosen or filling or citing):
        put(el("p", "Nothing here is new, so there is nothing to append."))
        return
    along = [
        st.checkbox(
            f"Give {counted(len(works), 'work that is', 'works that are')} here {what}", key=f"add-{name}"
        )
        for name, works, what in (
            ("fill", filling, "what only the files know: numbers, notes, keywords, files"),
            ("citations", citing, "the citations that come along"),
        )
        if works
    ]
    picked = st.selectbox(
        "File of references/",
        [*_targets(home), _NEW],
        format_func=lambda name: name or "A new file …",
        key="add-into",
    )
    name = str(picked) if picked else st.text_input("Name of the new file", key="add-name", max_chars=100)
    where = f" to references/{_bib(name)}" if name.strip() else ""
    what = f"Append {counted(len(chosen), 'entry', 'entries')}{where}" if chosen else "Write"
    if chosen or any(along):
        st.button(what, key="add-append", width="stretch", on_click=partial(_append, name))
    left = len(found.of("doubtful")) - sum(one.state == "doubtful" for one in chosen)
    out = f"{counted(left, 'doubtful record')} left out. " if left else ""
    put(el("p", f"{out}Nothing was written yet. Every other byte of the file will stay.", cls="kb-quiet"))


def _left(desk: _Desk, found: "Preview") -> set[int]:
    """The places of the doubtful records that are left out."""
    return {place for place in desk.leave if found.incoming[place].state == "doubtful"}


def _chosen_of(desk: _Desk, found: "Preview") -> "list[Incoming]":
    left = _left(desk, found)
    return [one for place, one in enumerate(found.incoming) if one.state != "here" and place not in left]


def _targets(home: Library) -> list[str]:
    """The .bib files that may be appended to, the one for imports first, there or not."""
    files = sorted(path for path in home.references.glob("*.bib") if not path.name.startswith("."))
    own = {home.cited, home.overlay}
    names = [p.name for p in files if p not in own and home.relative(p) not in home.readonly]
    return [_IMPORTED, *(name for name in names if name != _IMPORTED)]


def _bib(name: str) -> str:
    name = name.strip().removeprefix("references/")
    return name if name.lower().endswith(".bib") else f"{name}.bib"


def _target(home: Library, name: str) -> Path:
    """The file that a person named.

    Raises:
        EditError: No file can be called so, or none that is read.
    """
    if not name.strip():
        raise EditError("Name the file to append to, such as search-2026.bib. Nothing was written.")
    named = _bib(name)
    if not named.isprintable() or named.startswith("."):
        message = f"“{name.strip()}” is no name for a file of references/. Nothing was written."
        raise EditError(f"{message} Use letters, digits and hyphens.")
    return home.references / named


def _append(name: str) -> None:
    """Append what was chosen; the files that were dropped are put away."""
    desk = _desk()

    def change() -> Said:
        from kb.convert import append

        home, found = session.library(), desk.found
        if found is None:
            raise EditError("That was appended already. Nothing was written twice.")
        if _entries(session.stamp(home)) != desk.text:
            message = "references/ was changed meanwhile, so the files were compared with it again."
            raise EditError(f"{message} Nothing was written; look at the preview, and append then.")
        desk.done = append(
            home,
            found,
            into=_target(home, name),
            today=datetime.now(UTC).date(),
            leave=_left(desk, found),
            citations=bool(st.session_state.get("add-citations")),
            fill=bool(st.session_state.get("add-fill")),
        )
        desk.written = tuple(one.work.citekey for one in _chosen_of(desk, found))
        return Said(_told(home, desk.done))

    if do(change):
        _put_away(desk)


def _told(home: Library, done: "Done") -> str:
    parts = []
    if done.entries:
        into = home.relative(done.appended[-1].path)
        parts.append(f"Appended {counted(done.entries, 'entry', 'entries')} to {into}.")
    if done.before:
        parts.append(f"{counted(len(done.before), 'work that was', 'works that were')} here got more.")
    return " ".join(parts)


def _put_away(desk: _Desk) -> None:
    desk.round += 1
    desk.files, desk.found, desk.key, desk.text, desk.leave, desk.steps = (), None, (), (), set(), {}


def _written(base: Base, home: Library, desk: _Desk, done: "Done") -> None:
    """What the last import wrote, where to see it, and how to take it back."""
    rows = [
        el("li", counted(one.count, "entry", "entries"), " in ", el("code", home.relative(one.path)))
        for one in done.appended
    ]
    if done.before:
        rows.append(
            el("li", "changed: ", counted(len(done.before), "entry", "entries"), " of works that were here")
        )
    put(el("h2", "What was written"), el("ul", joined(rows), cls="kb-plain"))
    way_back("Take it back", Written(done.name, done.before), _take_back, name="add")
    links = desk.written[: shown(desk.steps, "written", len(desk.written))]
    put(works.cards(works.card(line, badges=False) for line in base.lines(links)))
    more(desk.steps, "written", len(desk.written))
    put(el("h2", "Add more"))


def _take_back() -> None:
    desk = _desk()

    def change() -> Said:
        if desk.done is None:
            raise EditError("That was taken back already. Nothing was changed.")
        files = take_back(Written(desk.done.name, desk.done.before))
        desk.done, desk.written = None, ()
        where = f" The import is gone from {', '.join(files)}." if files else ""
        return Said(f"Taken back.{where} What was there before stands as it was.")

    do(change)
