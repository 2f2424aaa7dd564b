"""A work, always shown the same way: title, byline, badges, and one line of why it is here."""

from collections.abc import Iterable

from kb.model import Cited, Related, WorkLine
from kb.pages import links
from kb.pages.parts.markup import Html, Inside, el, joined, link, safe
from kb.pages.parts.words import spaced, type_word

_MOST_BADGES = 5
_CLIP = 30
_OPEN, _CLOSE = "\x02", "\x03"


def card(line: WorkLine, *, why: Inside = "", snippet: str = "", badges: bool = True) -> Html:
    """A work as every list shows it; ``snippet`` has its matches between U+0002 and U+0003."""
    return el(
        "article",
        el("div", title(line), cls="kb-head"),
        el("div", byline(line), cls="kb-by"),
        _badges(line) if badges else None,
        el("div", why, cls="kb-why") if why else None,
        el("p", marked(snippet), cls="kb-snippet") if snippet else None,
        cls="kb-work",
    )


def title(line: WorkLine) -> Html:
    """The title as a link, in italic serif as in print."""
    return link(line.title, links.work(line.citekey), cls="kb-title")


def byline(line: WorkLine) -> Html:
    """Who, when, where it appeared."""
    year = str(line.year) if line.year else "n.d."
    container = el("span", line.container, cls="kb-container") if line.container else ""
    byline = el("bdi", line.byline) if line.byline else ""
    return joined((byline, year, container or type_word(line.type)), " · ")


def short(line: WorkLine) -> str:
    """A work in a few letters, as in running text: “Seto & Eke 2015”."""
    names = [name.split(",")[0] for name in line.byline.removesuffix(" et al.").split("; ") if name]
    if len(names) > 2 or line.byline.endswith(" et al."):
        people = f"{names[0]} et al."
    else:
        people = " & ".join(names) or line.title.strip("[]")
    return f"{_clipped(people)} {line.year or 'n.d.'}"


def _clipped(text: str) -> str:
    """The beginning, up to the end of a word."""
    if len(text) <= _CLIP:
        return text
    return f"{text[:_CLIP].rpartition(' ')[0] or text[: _CLIP - 1]}…"


def _badges(line: WorkLine) -> Html | None:
    words = [*line.designs, *line.tools]
    shown = [el("span", word, cls="kb-badge") for word in words[:_MOST_BADGES]]
    if len(words) > _MOST_BADGES:
        shown.append(el("span", f"and {len(words) - _MOST_BADGES} more", cls="kb-quiet"))
    if standing := status(line):
        shown.insert(0, standing)
    return el("div", joined(shown, " "), cls="kb-badges") if shown else None


def status(line: WorkLine) -> Html | None:
    """What a reader must know of a work before reading it: retracted, or not held here."""
    if line.status not in {"", "ok"}:
        return el("span", spaced(line.status), cls="kb-badge kb-attention")
    return None if line.held else el("span", "known from reference lists only", cls="kb-badge kb-cited")


def marked(snippet: str) -> Html:
    """A passage with its matches marked."""
    parts = snippet.replace(_CLOSE, _OPEN).split(_OPEN)
    return joined(el("mark", part) if i % 2 else safe(part) for i, part in enumerate(parts))


def cards(lines: Iterable[Html]) -> Html:
    """Cards under one another, as a list that arrow keys walk through."""
    return el("div", joined(lines), cls="kb-works")


def cited(one: Cited) -> Html:
    """A work at the other end of a citation, with what was said of the citation."""
    sure = "" if one.confidence == 1 else f"matched with confidence {one.confidence:.2f}"
    said = ", ".join(part for part in (*map(_intent, one.intents), one.where, sure) if part)
    return card(one.work, why=said, badges=False)


def _intent(name: str) -> str:
    """A CiTO property in words: ``validatesIndependently`` is “validates independently”."""
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name)


def related(one: Related) -> Html:
    """A work as seen from another one: what the two share."""
    return card(one.work, why=one.why, badges=False)
