r"""LaTeX as it stands in bibliographies → plain Unicode on one line.

Three steps, each for what the one before left: plain text (most of it) is only
put on one line; known commands are replaced (``commands``); the rest, mostly
mathematics, goes through pylatexenc. A ``%`` or ``&`` in a value is that
character and no comment or column, and a ``$`` opens mathematics about where
Pandoc's rule says so: prices stay.
"""

import html
import logging
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.clean.commands import LITERAL, SHOWN, known, script, symbols
from kb.text import squeeze

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexMacroNode

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # it reports to its caller too

DEEPEST = 40
"""Braces within braces; pylatexenc recurses, and nothing written by hand comes near."""
LONGEST = 50_000
"""Characters that pylatexenc is given at once: half a second."""
_LONGEST_LATEX = 1_000_000  # characters with LaTeX in them that are decoded at all: a second

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Publishers and indexes leave HTML and JATS in titles and abstracts
_TAG = re.compile(
    r"<(?P<script>su[bp])>(?P<scripted>[^<>]{0,9})</(?P=script)>"
    r"|</?(?P<name>i|b|u|em|strong|sub|sup|scp|span|p|br|inf|italic|bold|sc|jats:[a-z-]{1,20})"
    r"(?: [^<>]{0,200})?\s?/?>",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</([A-Za-z:-]{1,25})>|<(br) ?/?>", re.IGNORECASE)
_LATEX = ("\\", "{", "}", "$", "~", "`", "--", "''", "&", "<")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
# As Pandoc's tex_math_dollars: no space inside next to a dollar; no digit behind the last if one leads
_MATH = re.compile(r"\$(?:(?=[^\s\d])([^$]*?)(?<=\S)\$|(?=\d)([^$]*?)(?<=\S)\$(?!\d))|\$")
_SUM = re.compile(r"\d[^\\^_=<>]*\s[^\\^_=<>]*")  # of money: "$5, or US$" is no formula
_SCRIPT = re.compile(r"([\^_])(?:\{([0-9+\-−]+)\}|([0-9]))")
_SINGLE_QUOTED = re.compile(r"`([^`]+?)'(?!\w)")
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("!`", "¡"), ("?`", "¿"))
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_STAND_IN = re.compile("[\x01-\x08]")
_LEFT_OVER = re.compile(r"\\[A-Za-z]+|\\.?", re.DOTALL)


def plain(source: str) -> str:
    r"""``source`` as a reader sees it typeset: no LaTeX, one line, NFC.

    What cannot be decoded comes back as it stands, on one line.

    >>> plain(r"{\'E}tude of {CSAM} \& risk, $p < .05$")
    'Étude of CSAM & risk, p < .05'
    """
    return decoded(source)[0]


def decoded(source: str) -> tuple[str, str]:
    """``plain(source)``, and a sentence on what could not be decoded ("" if all could)."""
    for mark in _LATEX:  # far quicker than one pattern for them all
        if mark in source:
            break
    else:
        return one_line(source), ""
    if len(source) > _LONGEST_LATEX:
        return one_line(source), f"It is LaTeX of more than {_LONGEST_LATEX:,} characters."
    text = _MATH.sub(_mathematics, known(_CONTROL.sub(" ", source)))
    text = text.replace("%", LITERAL["%"]).replace("&", LITERAL["&"]).replace("~", " ")
    complaint = ""
    if "\\" in text or "$" in text:
        text, complaint = _typeset(text)
        if not text and complaint:
            return one_line(source), complaint
    text = _quoted_and_dashed(text.replace("{", "").replace("}", ""))
    text = _STAND_IN.sub(lambda found: SHOWN[found[0]], text)
    text = _entities(text)
    return one_line(_untagged(text) if "<" in text else text), complaint


def one_line(text: str) -> str:
    """``text`` on one line, NFC, without invisible characters: ``text.squeeze``, but faster."""
    single = text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]
    if single and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text  # itself, and no copy: nine in ten, and a large library has millions
    if text.isascii():
        line = " ".join(text.split())
    else:
        line = " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())
    return line if line.isprintable() else squeeze(line)


def split_outside_braces(text: str, marks: str) -> list[str]:
    """``text`` cut at each of ``marks`` that stands in no braces; stripped, without empty parts.

    >>> split_outside_braces("risk, {abuse, sexual}; law", ",;")
    ['risk', '{abuse, sexual}', 'law']
    """
    if "{" not in text and "\\" not in text:
        for mark in marks[1:]:
            text = text.replace(mark, marks[0])
        return [part for written in text.split(marks[0]) if (part := written.strip())]
    cuts = [-1]
    depth = 0
    for found in re.finditer(rf"\\.|[{{}}{marks}]", text, re.DOTALL):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and found[0] in marks:
            cuts.append(found.start())
    parts = (text[start + 1 : end].strip() for start, end in pairwise([*cuts, len(text)]))
    return [part for part in parts if part]


def _mathematics(match: re.Match[str]) -> str:
    """Simple mathematics as text, harder as it is, and a lone dollar as a stand-in."""
    inner = match[1] or match[2]
    if not inner:
        return LITERAL["$"]
    if _SUM.fullmatch(inner):
        return f"{LITERAL['$']}{inner}{LITERAL['$']}"
    simple = _SCRIPT.sub(lambda part: script(part[2] or part[3], raised=part[1] == "^"), symbols(inner))
    return f"${simple}$" if "\\" in simple else simple.replace("-", LITERAL["-"])


def _quoted_and_dashed(text: str) -> str:
    for written, meant in _LIGATURES:
        text = text.replace(written, meant)
    return _SINGLE_QUOTED.sub(r"‘\1’", text) if "`" in text else text


def _untagged(text: str) -> str:
    """``text`` without the tags that are closed in it: a lone ``<b>`` is not one."""
    closed = {(found[1] or found[2]).lower() for found in _CLOSING.finditer(text)}

    def meant(tag: re.Match[str]) -> str:
        if tag["script"]:
            return script(tag["scripted"], raised=tag["script"].lower() == "sup")
        name = tag["name"].lower()
        if name not in closed:
            return tag[0]
        return " " if name in {"br", "p", "jats:p", "jats:title", "jats:sec"} else ""

    return _TAG.sub(meant, text) if closed else text


def _entities(text: str) -> str:
    for _ in range(3):  # some exports escape twice: &amp;lt;
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text


def _typeset(text: str) -> tuple[str, str]:
    """What pylatexenc makes of ``text``; "" and the reason if it cannot."""
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    if len(text) > LONGEST:
        return "", f"It is LaTeX of more than {LONGEST:,} characters."
    if _depth(text) > DEEPEST:
        return "", f"Its braces are nested more than {DEEPEST} deep."
    try:
        nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
        typeset = _pylatexenc().nodelist_to_text(nodes)
    except (LatexWalkerError, IndexError):
        return "", "Its braces, dollars or commands do not fit together."
    left = _LEFT_OVER.search(typeset)
    return typeset, f"The command {left[0]} is not known." if left else ""


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        if char == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif char == "}":
            depth -= 1
    return deepest


def _unknown_command(node: "LatexMacroNode", l2tobj: "LatexNodes2Text") -> str:
    arguments = [one for one in (node.nodeargd.argnlist if node.nodeargd else ()) if one is not None]
    if arguments:
        return str(l2tobj.nodelist_to_text(arguments))
    end = node.pos + node.len
    wraps_text = node.parsing_state.s[end : end + 1] == "{"
    return "" if wraps_text else f"\\{node.macroname}{node.macro_post_space}"


@cache
def _pylatexenc() -> "LatexNodes2Text":
    """The converter, set up once: an unknown command is kept, but for one that only wraps text."""
    from pylatexenc import latex2text

    context = latex2text.get_default_latex_context_db()
    context.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=_unknown_command))
    return latex2text.LatexNodes2Text(context, math_mode="text", strict_latex_spaces="except-in-equations")
