"""HTML and JATS in a title or abstract → LaTeX, with its italics and its protected words."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from kb.biblatex import latex

_TAG = re.compile(r"<\s*(/?)\s*([A-Za-z][\w:-]*)([^<>]{0,200})>")
_COMMANDS = {
    "i": "emph",
    "em": "emph",
    "italic": "emph",
    "b": "textbf",
    "strong": "textbf",
    "bold": "textbf",
    "sup": "textsuperscript",
    "sub": "textsubscript",
    "sc": "textsc",
}
_BREAKS = frozenset(("p", "br", "title", "sec", "div", "li", "abstracttext"))
_PROTECTED = "nocase"
_LONGEST = 500_000  # characters; longer, and tags only go


def unmarked(text: str) -> str:
    r"""``text`` as LaTeX: known tags become commands, others go, entities become characters.

    A ``<`` that begins no tag is a character like any other.

    >>> unmarked("Risk <i>and</i> need: p &lt; .05")
    'Risk \\emph{and} need: p < .05'
    """
    if "<" not in text and "&" not in text:
        return latex(text)
    if len(text) > _LONGEST:
        return latex(unescape(_TAG.sub("", text))).strip()
    parts: list[str] = []
    opened = _Opened()
    last = 0
    for found in _TAG.finditer(text):
        closing, tag, more = found[1], found[2].lower().rpartition(":")[2], found[3]
        parts.append(latex(unescape(text[last : found.start()])))
        last = found.end()
        if closing:
            parts.append(_closed(tag, opened))
        elif not more.rstrip().endswith("/"):
            parts.append(_begun(tag, more, opened))
        elif tag in _BREAKS:
            parts.append("\n")
    parts.append(latex(unescape(text[last:])))
    parts += ["}" for _, brace in opened.tags if brace]
    return re.sub(r"\n[ \t]*\n\s*", "\n\n", "".join(parts)).strip()


@dataclass(slots=True)
class _Opened:
    """The tags that are open: (tag, whether a brace was opened for it), and how often each."""

    tags: list[tuple[str, bool]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)


def _begun(tag: str, more: str, opened: _Opened) -> str:
    command = _COMMANDS.get(tag, "")
    protected = tag == "span" and _PROTECTED in more
    if tag == "br":
        return "\n"
    opened.tags.append((tag, bool(command) or protected))
    opened.count[tag] += 1
    if command:
        return f"\\{command}{{"
    return "{" if protected else "\n" if tag in _BREAKS else ""


def _closed(tag: str, opened: _Opened) -> str:
    """What ends a tag, and those left open inside it; nothing for one that was never opened."""
    if not opened.count[tag]:
        return ""
    ends = ""
    while opened.tags:
        name, brace = opened.tags.pop()
        opened.count[name] -= 1
        ends += "}" if brace else ""
        if name == tag:
            break
    return f"{ends}\n" if tag in _BREAKS else ends
