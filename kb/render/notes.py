"""A note's Markdown → safe HTML, and → plain text.

Drawn as it is read: CommonMark with tables and footnotes, without HTML or
images, with ``@citekey``, ``[[wiki links]]``, comments and ``:::`` divisions
of our own. Whatever a rule here lets through is sanitised once more.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from kb.model.intents import intent
from kb.render.table import encodable

_CITEKEY = re.compile(r"@(?:\{([^{}\s][^{}\n]*)\}|(\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*))")
_WIKI = re.compile(r"\[\[([^\[\]|\n@][^\[\]|\n]{0,200})(?:\|([^\[\]\n]{0,200}))?\]\]")
_GROUP = re.compile(r"\[([^\[\]]*)\](?![(\[])")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_SENSITIVE = re.compile(r"\.?\bsensitive\b")
_LEVEL = re.compile(r"\blevel=[\"']?([0-3])\b")
_FOOTNOTE = re.compile(r"^[ \t>]*\[\^[^\]\n]+\]:", re.MULTILINE)
_LONG = 10_000  # how far on a comment within a line may end
_NEAR = 200  # how far back an address on the web may have begun

_TAGS = frozenset(
    """a blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr li ol p pre s section strong summary sup
    table tbody td th thead tr ul""".split()
)
_ATTRIBUTES = {
    "a": {"href", "id"},
    "li": {"id"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
}
_CLASSES = {
    "a": {"work", "note", "footnote-backref"},
    "details": {"sensitive"},
    "li": {"footnote-item"},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
}


def note_html(body: str, *, link: Callable[[str, str], str], titles: Mapping[str, str]) -> str:
    """The body as HTML that can do no harm wherever it came from.

    ``link("work", citekey)`` and ``link("note", name)`` give the addresses of
    works and notes; ``titles`` leads from citekeys and slugs to what is shown
    for them, else the name itself is. Other links go to http(s) or nowhere.
    """
    drawn = str(_markdown().render(encodable(body), {"link": link, "titles": titles}))
    return nh3.clean(
        encodable(drawn),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https"},
        filter_style_properties={"text-align"},
        link_rel="noopener noreferrer",
    )


def plain(body: str) -> str:
    """The body's text on one line, without markup, citations, footnotes and folded passages."""
    words: list[str] = []
    folded = 0
    for token in _markdown().parse(body):
        if token.type == "footnote_block_open":
            break
        if token.type in {"div_open", "div_close"} and (folded or _is_sensitive(token)):
            folded += token.nesting
        elif token.type == "inline" and not folded:
            words += [*_words(token.children or []), " "]
    return re.sub(r"\s+([.,;:])", r"\1", " ".join("".join(words).split()))


def _words(children: Sequence[Token]) -> list[str]:
    words: list[str] = []
    cited = 0
    for child in children:
        if child.type in {"cited_open", "cited_close"}:
            cited += child.nesting
        elif cited:
            continue
        elif child.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        elif child.type in {"text", "text_special", "code_inline", "image", "wiki"}:
            words.append(child.content)
    return words


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable("table")
    markdown.disable(["html_block", "html_inline"])
    footnote_plugin(markdown, inline=False, always_match_refs=True)
    for name, block_rule in (("comment", _comment_block), ("div", _div_block)):
        markdown.block.ruler.before(
            "table", name, block_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
    for name, rule in (("citekey", _citekey), ("wiki", _wiki), ("group", _group), ("comment", _comment)):
        markdown.inline.ruler.before("link", name, rule)
    for name, draw in _DRAWN.items():
        markdown.add_render_rule(name, draw)
    return markdown


# --- what is ours in a note's Markdown


def _citekey(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1] if state.pos else ""
    if state.src[state.pos] != "@" or before.isalnum() or state.linkLevel or _in_address(state):
        return False
    found = _CITEKEY.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        if before == "-" and state.pending.endswith("-"):  # Pandoc: the author was named already
            state.pending = state.pending[:-1]
        state.push("citekey", "", 0).content = " ".join((found[1] or found[2]).split())
    state.pos = found.end()
    return True


def _in_address(state: StateInline) -> bool:
    before = state.src[max(0, state.pos - _NEAR) : state.pos].split()
    adjoining = bool(before) and not state.src[state.pos - 1].isspace()
    return adjoining and ("://" in before[-1] or before[-1].startswith("www."))


def _group(state: StateInline, silent: bool) -> bool:
    """Citations in brackets are drawn in parentheses, with all that stands around them."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    found = _GROUP.match(state.src, state.pos, state.posMax)
    if not found or not re.search(rf"(?<!\w){_CITEKEY.pattern}", found[1]):
        return False
    if not silent:
        end = state.posMax
        state.push("cited_open", "", 1).content = "("
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.push("cited_close", "", -1).content = ")"
        state.posMax = end
    state.pos = found.end()
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos) or state.linkLevel:
        return False
    found = _WIKI.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        token.info, token.meta = " ".join(found[1].split()), {"said": found[2] or ""}
        token.content = found[2] or token.info
    state.pos = found.end()
    return True


def _comment(state: StateInline, _silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 4, min(state.posMax, state.pos + _LONG))
    if end < 0:
        return False
    state.pos = end + 3
    return True


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", first):
        return False
    last = start
    while last < end - 1 and "-->" not in state.src[state.bMarks[last] : state.eMarks[last]]:
        last += 1
    if not silent:
        state.line = last + 1
    return True


def _div_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A division with all the divisions in it, up to its own end; a stray end is passed over."""
    said = _fence(state, start)
    if said is None:
        return False
    if silent or not said:
        state.line = state.line if silent else start + 1
        return True
    last, depth = start, 1
    while depth and last < end - 1:
        last += 1
        inner = _fence(state, last)
        depth += 0 if inner is None else 1 if inner else -1
    stop = end if depth else last
    line_max, state.lineMax = state.lineMax, stop  # a paragraph must not run on past it
    opening = state.push("div_open", "div", 1)
    inside = state.src[state.bMarks[start] : state.eMarks[stop - 1]]
    opening.info, opening.meta = said, {"footnotes": bool(_FOOTNOTE.search(inside))}
    state.md.block.tokenize(state, start + 1, stop)
    state.push("div_close", "div", -1)
    state.lineMax, state.line = line_max, last + 1
    return True


def _fence(state: StateBlock, line: int) -> str | None:
    """What a line of three colons or more says: "" for an end; None for any other line."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    if state.is_code_block(line) or state.sCount[line] < state.blkIndent or not text.startswith(":::"):
        return None
    return text.strip(": \t")


# --- how it is drawn


def _anchor(env: EnvType, kind: str, name: str, text: str) -> str:
    address = escapeHtml(env["link"](kind, name))
    return f'<a class="{kind}" href="{address}">{escapeHtml(text)}</a>'


def _citekey_html(token: Token, env: EnvType) -> str:
    name, titles = token.content, env["titles"]
    if name not in titles:  # the whole is tried as a citekey before an intent is taken off
        before, colon, after = name.partition(":")
        name = after if colon and after and intent(before) else name
    return _anchor(env, "work", name, titles.get(name) or name)


def _wiki_html(token: Token, env: EnvType) -> str:
    return _anchor(env, "note", token.info, token.meta["said"] or env["titles"].get(token.info) or token.info)


def _link_html(token: Token, _env: EnvType) -> str:
    address = str(token.attrs.get("href", ""))
    return f'<a href="{escapeHtml(address)}">' if _WEB.match(address) else "<a>"


def _div_html(token: Token, env: EnvType) -> str:
    open_ones = env.setdefault("divisions", [])
    if token.nesting == -1:
        return f"</{open_ones.pop()}>\n"
    open_ones.append("details" if _is_sensitive(token) else "div")
    if not _is_sensitive(token):
        return "<div>\n"
    env["folded"] = env.get("folded", False) or token.meta["footnotes"]
    level = _LEVEL.search(token.info)
    what = f"level-{level[1]}" if level else "sensitive"
    return f'<details class="sensitive"><summary>This passage holds {what} content.</summary>\n'


def _footnotes_html(_token: Token, env: EnvType) -> str:
    """Footnotes are drawn last; one that was written in a folded passage stays folded there too."""
    folded = '<details class="sensitive"><summary>These footnotes hold sensitive content.</summary>\n'
    return f'<section class="footnotes">\n{folded if env.get("folded") else ""}<ol>\n'


def _footnotes_end_html(_token: Token, env: EnvType) -> str:
    return f"</ol>\n{'</details>' if env.get('folded') else ''}</section>\n"


def _text_html(token: Token, _env: EnvType) -> str:
    return escapeHtml(token.content)


def _is_sensitive(token: Token) -> bool:
    return bool(_SENSITIVE.search(token.info))


def _rule(draw: Callable[[Token, EnvType], str]) -> Callable[..., str]:
    """``draw`` in the form in which the renderer calls it."""

    def drawn(
        _self: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, env: EnvType
    ) -> str:
        return draw(tokens[place], env)

    return drawn


_DRAWN = {
    "citekey": _rule(_citekey_html),
    "wiki": _rule(_wiki_html),
    "link_open": _rule(_link_html),
    "image": _rule(_text_html),
    "cited_open": _rule(_text_html),
    "cited_close": _rule(_text_html),
    "footnote_block_open": _rule(_footnotes_html),
    "footnote_block_close": _rule(_footnotes_end_html),
    "div_open": _rule(_div_html),
    "div_close": _rule(_div_html),
}
