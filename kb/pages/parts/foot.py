"""The foot of every page: where to turn for help, and what this base holds."""

from kb.base import Base
from kb.library import HelpLine, Library
from kb.pages.parts.markup import Html, el, joined, outward, put
from kb.pages.parts.words import counted


def foot(home: Library, base: Base) -> None:
    """Help lines and counts, in quiet ink."""
    counts = base.counts()
    held = joined(
        (
            counted(counts.held, "work"),
            counted(counts.findings, "finding"),
            counted(counts.claims, "claim"),
            f"{counted(counts.topics, 'topic')}, tools and programmes among them",
        ),
        " · ",
    )
    lines = el(
        "p",
        el("strong", "Help and advice, in confidence: "),
        joined((_line(line) for line in home.help_lines), " · "),
    )
    keys = el("span", " · press ", el("kbd", "?"), " for the keys", cls="kb-keyhint")
    put(el("footer", lines if home.help_lines else None, el("p", held, keys), cls="kb-foot"))


def _line(line: HelpLine) -> Html:
    name = outward(line.name, line.url) if line.url else line.name
    phone = f" {line.phone}" if line.phone else ""
    return el("span", name, phone, f" ({line.where})")
