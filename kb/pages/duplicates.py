"""Duplicates: two records that may be one work, side by side, until a person has decided on each pair."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from kb.base import Base
from kb.errors import EditError, KBError
from kb.ingest import ingest
from kb.library import Library
from kb.model import Decision, Sameness, Work
from kb.pages import links, session
from kb.pages.parts import beside
from kb.pages.parts.markup import Html, el, joined, link, put
from kb.pages.parts.said import Said, do
from kb.pages.parts.undo import Written, take_back, way_back
from kb.pages.parts.words import counted

# kb.duplicates brings the comparer and all readers: no other page waits for it.
if TYPE_CHECKING:
    from kb.duplicates import Duplicates

Names: TypeAlias = tuple[str, str]

_VERDICTS: tuple[tuple[str, str, Sameness], ...] = (("s", "Same", "same"), ("d", "Different", "different"))
_SURE = ((0.9, "Very likely one work"), (0.7, "Probably one work"), (0.5, "May well be one work"))
_UNSURE = "Perhaps one work, perhaps two that belong together"
_KINDS = (
    *("preprint", "version", "conference version", "thesis version", "report version", "edition"),
    *("translation", "reprint", "correction", "retraction", "reply", "comment", "part", "chapter", "related"),
)
_TO = {"reply": "a reply to", "comment": "a comment on", "related": "related to"}
_TO |= {"concern": "an expression of concern about", "editorial": "an editorial on"}
# The types of what is the first part of a kind, such as the thesis of a “thesis version”
_TYPES = {
    "preprint": ("unpublished", "online", "misc", "report"),
    "conference": ("inproceedings",),
    "thesis": ("thesis", "phdthesis", "mastersthesis"),
    "report": ("report", "techreport"),
    "chapter": ("incollection", "inbook"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A pair on which nobody has decided: how surely it is one work (0 to 1), and why."""

    one: Work
    other: Work
    score: float
    reasons: tuple[str, ...]
    relation: str = ""

    @property
    def names(self) -> Names:
        """The citekeys of the two."""
        return self.one.citekey, self.other.citekey

    def is_on(self, names: Sequence[str]) -> bool:
        """Whether it is on these two, in whatever order."""
        return set(self.names) == set(names)


Queue: TypeAlias = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    """A decision of this session: in words, and what it takes to take it back."""

    text: str
    names: Names
    link: Written | None = None
    before: Decision | None = None

    @property
    def commands(self) -> list[str]:
        """The commands that take it back."""
        if self.link:
            return self.link.commands
        if self.before:
            return [join(["kb", "duplicates", f"--{self.before.verdict}", *self.before.works])]
        return [join(["kb", "duplicates", "--forget", *self.names])]


@dataclass(slots=True)
class _Desk:
    """Who decides, what was decided and what was put off: gone with the visit."""

    by: str = ""
    done: list[_Done] = field(default_factory=list)
    later: set[frozenset[str]] = field(default_factory=set)


def _desk() -> _Desk:
    desk: _Desk = st.session_state.setdefault("duplicates", _Desk())
    return desk


def show() -> None:
    """Draw the tab."""
    base, home, desk = session.base(), session.library(), _desk()
    with st.spinner("Comparing the works with one another"):
        queue = _queue(home, _references(session.kept_up(home)))
    if desk.done:
        last = desk.done[-1]
        way_back(f"Take it back: {last.text} `u`", last, _take_back, name="press-u-decided")
    asked = _asked(queue)
    if asked is None:
        put(_nothing(queue, desk))
    else:
        put(_progress(queue, asked, desk), _why(asked))
        _decide_by(queue, asked, desk)
        put(el("p", beside.LEGEND, cls="kb-quiet"), _table(base, asked))


# --- the queue


def _references(stamp: session.Stamp) -> session.Stamp:
    """The part of a state of the text that is references/."""
    return tuple(one for one in stamp if not one[0].endswith(".md"))


def _queue(home: Library, state: session.Stamp) -> Queue:
    """All undecided pairs, the likeliest first: kept while references/ stays what it is."""
    return _kept(str(home.database), state) if state else _questions(home.database)


@st.cache_resource(show_spinner=False, max_entries=4)
def _kept(database: str, state: session.Stamp) -> Queue:  # noqa: ARG001  the state is what it is kept by
    return _questions(Path(database))


def _questions(database: Path) -> Queue:
    from kb.duplicates import in_store

    found = in_store(database)
    doubts = [
        Question(one.one, one.other, one.judgement.score, one.judgement.reasons, one.judgement.relation)
        for one in found.doubts
    ]
    asked = [*_of_clusters(found), *doubts]
    return tuple(sorted(asked, key=lambda one: (-one.score, one.names)))


def _of_clusters(found: "Duplicates") -> list[Question]:
    """What is taken for one work by the rules, but stands in entries that nothing joins: pair by pair."""
    return [
        Question(cluster.works[0], other, cluster.score, cluster.reasons)
        for cluster in found.clusters
        for other in cluster.works[1:]
    ]


def _asked(queue: Queue) -> Question | None:
    """The pair that the URL names, or the first; None if it is not asked for any more."""
    named = st.query_params.get("pair", "")
    if not named:
        return queue[0] if queue else None
    return next((one for one in queue if one.is_on(named.split(","))), None)


def _turn_to(one: Question | None) -> None:
    """Let the URL name a pair."""
    if one is None:
        st.query_params.pop("pair", None)
    else:
        st.query_params["pair"] = ",".join(one.names)


def _next(before: Queue, asked: Question, now: Queue) -> Question | None:
    """The first pair behind this one that is still asked for; round again at the end."""
    place = before.index(asked)
    for one in (*before[place + 1 :], *before[:place]):
        if found := next((question for question in now if question.is_on(one.names)), None):
            return found
    return next((one for one in now if not one.is_on(asked.names)), None)


# --- drawn


def _nothing(queue: Queue, desk: _Desk) -> Html:
    named = st.query_params.get("pair", "").split(",")
    if not queue:
        said = "Nothing is undecided: no two works here look like one."
        about = "When an import brings in records that may be here already, they wait here, pair by pair."
        return joined((el("p", said, role="status"), el("p", about, cls="kb-quiet"), _count(desk)))
    said = f"Nobody asks about {' and '.join(named)} any more: it is decided, or the text has changed."
    rest = link(f"Go on with {counted(len(queue), 'undecided pair')}", links.duplicates())
    return joined((el("p", said, role="status"), el("p", rest), _count(desk)))


def _count(desk: _Desk) -> Html | None:
    return el("p", f"{len(desk.done):,} decided in this session.", cls="kb-quiet") if desk.done else None


def _progress(queue: Queue, asked: Question, desk: _Desk) -> Html:
    done, later = len(desk.done), sum(frozenset(one.names) in desk.later for one in queue)
    parts = [f"{done + queue.index(asked) + 1:,} of {done + len(queue):,}"]
    parts += [f"{done:,} decided in this session"] if done else []
    parts += [f"{later:,} left for later"] if later else []
    return el("p", "; ".join(parts), cls="kb-quiet", role="status")


def _why(asked: Question) -> Html:
    sure = next((words for least, words in _SURE if asked.score >= least), _UNSURE)
    reasons = ", ".join(asked.reasons) or "they are alike as a whole"
    about = el("span", f" Confidence {asked.score:.2f}.", cls="kb-quiet")
    return joined((el("h2", f"{sure}?"), el("p", f"{reasons[:1].upper()}{reasons[1:]}.", about)))


def _table(base: Base, asked: Question) -> Html:
    columns = [
        beside.Column(work.citekey, _head(base, work), beside.of_work(work))
        for work in (asked.one, asked.other)
    ]
    return beside.beside(columns)


def _head(base: Base, work: Work) -> Html:
    """Where its entry stands, and what hangs on it."""
    view = base.work(work.citekey)
    hangs = [counted(len(view.notes), "note")] if view.notes else []
    hangs += [f"cited by {len(view.cited_by):,}"] if view.cited_by else []
    hangs += [f"cites {len(view.references):,}"] if view.references else []
    where = f"{work.origin.path}:{work.origin.line}"
    page = link("Its page", links.work(work.citekey))
    return el("div", joined((where, *hangs, page), " · "), cls="kb-origin")


# --- deciding


def _decide_by(queue: Queue, asked: Question, desk: _Desk) -> None:
    """The buttons, each with its key. Their names hold the pair: a late press decides on what was seen."""
    pair = "-".join(asked.names)
    with st.container(horizontal=True, key="decide"):
        for letter, label, verdict in _VERDICTS:
            act = partial(_decide, queue, asked, verdict)
            st.button(f"{label} `{letter}`", key=f"press-{letter}-{pair}", on_click=act)
        st.button(
            "Later `l`",
            key=f"press-l-{pair}",
            on_click=partial(_put_off, queue, asked),
            disabled=len(queue) == 1,
        )
    _link_as(queue, asked, pair)
    with st.container(horizontal=True, key="decide-words"):
        stays = "If they are one work, it keeps the citekey"
        first = 0 if _ties(asked.one) >= _ties(asked.other) else 1
        st.radio(stays, asked.names, first, key=f"pair-stays-{pair}", horizontal=True)
        st.text_input("Why", key=f"pair-why-{pair}", max_chars=500, placeholder="may stay empty")
        st.session_state["pair-by"] = desk.by
        kept = partial(_name_oneself, desk)
        st.text_input("Your name", key="pair-by", max_chars=100, placeholder="may stay empty", on_change=kept)


def _ties(work: Work) -> int:
    """How much already names a work: notes, and works that cite it."""
    view = session.base().work(work.citekey)
    return len(view.notes) + len(view.named_in) + len(view.cited_by)


def _link_as(queue: Queue, asked: Question, pair: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="decide-link"):
        choices = _choices(asked)
        st.selectbox("Link as …", choices, format_func=_linked, key=f"pair-link-{pair}")
        st.button("Link `k`", key=f"press-k-{pair}", on_click=partial(_link, queue, asked))


def _choices(asked: Question) -> list[tuple[str, str, str]]:
    """(who, what it is, of whom): what comparing says comes first."""
    one, other = asked.names
    kinds = list(dict.fromkeys(filter(None, (asked.relation, *_KINDS))))
    first = asked.relation and _is_of_kind(asked.other, asked.relation)
    turned = first and not _is_of_kind(asked.one, asked.relation)
    ways = ((other, one), (one, other)) if turned else ((one, other), (other, one))
    return [(who, kind, whom) for kind in kinds for who, whom in (ways[:1] if kind == "related" else ways)]


def _is_of_kind(work: Work, kind: str) -> bool:
    return work.type in _TYPES.get(kind.split(maxsplit=1)[0], ())


def _linked(choice: tuple[str, str, str]) -> str:
    who, kind, whom = choice
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{who} is {_TO.get(kind, f'{article} {kind} of')} {whom}"


def _name_oneself(desk: _Desk) -> None:
    desk.by = str(st.session_state.get("pair-by", "")).strip()


def _put_off(queue: Queue, asked: Question) -> None:
    _desk().later.add(frozenset(asked.names))
    _turn_to(_next(queue, asked, queue))


def _decide(queue: Queue, asked: Question, verdict: Sameness) -> None:
    pair = "-".join(asked.names)
    stays = st.session_state.get(f"pair-stays-{pair}", asked.names[0])
    names = asked.names if stays == asked.names[0] else (asked.names[1], asked.names[0])
    why = str(st.session_state.get(f"pair-why-{pair}", ""))

    def change() -> _Done:
        from kb.duplicates import decide

        said = f"{names[0]} and {names[1]} are {'one work' if verdict == 'same' else 'two works'}"
        today = datetime.now(UTC).date()
        done = decide(session.library(), verdict, names, by=_desk().by, why=why, today=today)
        if not done.changed:
            raise EditError(f"That was decided already: {said}. Nothing was written twice.")
        return _Done(said, names, before=done.before)

    _do(queue, asked, change)


def _link(queue: Queue, asked: Question) -> None:
    choice = st.session_state.get(f"pair-link-{'-'.join(asked.names)}") or _choices(asked)[0]

    def change() -> _Done:
        from kb.duplicates import link as link_works

        who, kind, whom = choice
        citekey, _, before = link_works(session.library(), (who, whom), kind)
        if not before:
            raise EditError(f"The entry of {who} says so already. Nothing was written twice.")
        return _Done(_linked(choice), asked.names, link=Written(before={citekey: before}))

    _do(queue, asked, change)


def _do(queue: Queue, asked: Question, change: Callable[[], _Done]) -> None:
    """Write what was decided, and turn to the next pair."""

    def changed() -> Said:
        try:
            done = change()
        except KBError as error:
            raise EditError(str(error)) from error
        _desk().done.append(done)
        return Said(f"Decided: {done.text}.", links.work(done.names[0]), "Look at it")

    if do(changed):
        _desk().later.discard(frozenset(asked.names))
        _turn_to(_next(queue, asked, _now()))


def _now() -> Queue:
    """The queue as the text is now. Its state is seen before it is read: no later change is missed."""
    home = session.library()
    state = _references(session.stamp(home))
    ingest(home)
    return _queue(home, state)


def _take_back() -> None:
    """Take the last decision of this session back, and ask again."""
    desk = _desk()
    if not desk.done:
        return
    last = desk.done[-1]

    def change() -> Said:
        try:
            _undo(last)
        except KBError as error:
            raise EditError(str(error)) from error
        return Said(f"Taken back: {last.text}.")

    if do(change):
        desk.done.pop()
        _turn_to(next((one for one in _now() if one.is_on(last.names)), None))


def _undo(done: _Done) -> None:
    from kb.duplicates import decide, forget

    home, before = session.library(), done.before
    if done.link:
        take_back(done.link)
    elif before:
        today = datetime.now(UTC).date()
        decide(home, before.verdict, before.works, by=before.by, why=before.why, today=today)
    else:
        forget(home, done.names)
