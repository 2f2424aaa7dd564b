"""A note's body: Markdown → citations, wiki links, tags, headings, words.

Markdown is read as it is drawn: CommonMark with tables and footnotes, without
HTML. What we add are inline rules, so that code, comments, escapes and
addresses are never taken for one of ours: ``@citekey`` as Pandoc reads it
(pandoc.org/MANUAL.html#citation-syntax), ``[[wiki links]]`` and ``#tags``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from kb.model import Link, Mention, Origin
from kb.model.intents import intent
from kb.text import squeeze

# A citekey as Pandoc has it: no two marks in a row, none at the end; or anything in braces.
CITEKEY = re.compile(r"@(?:\{([^{}\s][^{}\n]*)\}|(\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*))")
_WIKI = re.compile(r"\[\[([^\[\]|\\\n@][^\[\]|\\\n]{0,200})(?:\\?\|([^\[\]\n]{0,200}))?\]\]")
_TAG = re.compile(r"#([^\W\d_][\w/-]*)")
_BEFORE_TAG = frozenset(" \t\n([,;")
_ATTRIBUTES = re.compile(r"\{[.#]?\w[\w-]*(?:[=\s][^{}]*)?\}")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,80}\]")  # a footnote's mark
_GAP = re.compile(r" ([.,;:])")  # left by a citation
_OURS = frozenset(("citekey", "wiki", "tag"))
_READ = frozenset(("text", "text_special", "code_inline", "image", "tag"))
_NEAR = 200  # how far back an address on the web may have begun
_LONG = 10_000  # how far on a comment within a line may end: hostile text must not make us look further

# In a block's text a citation is one character that no text holds, a wiki link another.
_CITED = "\x00"
_LINKED, _LINK_ENDS = "\x01", "\x02"
_NAMED = re.compile(f"{_LINKED}([^{_LINKED}{_LINK_ENDS}]*){_LINK_ENDS}")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Block:
    """One run of inline Markdown: ``text`` is what is read, with a mark for each citation."""

    text: str
    citations: tuple[tuple[str, int], ...]  # citekey with its intent, as written, and line
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """What a body names, and its tokens for whoever looks for more."""

    tokens: Sequence[Token]
    first_line: int
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    tags: tuple[str, ...]
    title: str
    words: str


def read_body(text: str, path: str, first_line: int) -> Body:
    """What a body names, in order; ``title`` is a heading of the first level, or one that stands first."""
    tokens = _markdown().parse(text)
    mentions: list[Mention] = []
    links: list[Link] = []
    tags: dict[str, None] = {}
    words: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in {"fence", "code_block"}:
            words.append(squeeze(token.content))
        if token.type != "inline":
            continue
        block = read_block(token, first_line)
        mentions += _mentions(block, path)
        words.append(_plain(block, named="[[{}]]"))
        for child, line in _own_tokens(token, first_line):
            if child.type == "wiki":
                links.append(Link(child.info, Origin(path, line)))
            elif child.type == "tag" and not (before and before.type == "heading_open"):
                tags[child.content] = None
    title = _title(tokens, first_line)
    return Body(
        tokens, first_line, tuple(mentions), tuple(links), tuple(tags), title, squeeze(" ".join(words))
    )


def read_block(token: Token, first_line: int) -> Block:
    """The text and the citations of an inline token."""
    line = (token.map or [0])[0] + first_line
    citations = [(c.content, n) for c, n in _own_tokens(token, first_line) if c.type == "citekey"]
    return Block("".join(_pieces(token.children or [])), tuple(citations), line)


def split_intent(name: str) -> tuple[str, str]:
    """The intent as written, "" if none is known, and the citekey.

    >>> split_intent("confirms:eke2019validation"), split_intent("DBLP:eke2019")
    (('confirms', 'eke2019validation'), ('', 'DBLP:eke2019'))
    """
    before, colon, after = name.partition(":")
    return (before, after) if colon and after and intent(before) else ("", name)


def heading(token: Token, first_line: int) -> str:
    """A heading's text, without citations."""
    return _plain(read_block(token, first_line))


def _title(tokens: Sequence[Token], first_line: int) -> str:
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and (number == 0 or token.tag == "h1"):
            return heading(tokens[number + 1], first_line)
    return ""


def _pieces(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type == "citekey":
            yield _CITED
        elif child.type == "wiki":
            own = child.content != child.info
            yield f"{_LINKED}{child.content}" if own else f"{_LINKED}{child.content}{_LINK_ENDS}"
        elif child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type in _READ:
            yield child.content


def _plain(block: Block, *, named: str = "{}") -> str:
    """What is read; ``named`` is how a link without words of its own is written."""
    text = _BRACKETS.sub(lambda found: " " if _CITED in found[1] else found[0], _NOTE.sub("", block.text))
    text = _ATTRIBUTES.sub("", text).replace(_CITED, " ")
    text = squeeze(_NAMED.sub(lambda found: named.format(found[1]), text).replace(_LINKED, ""))
    return _GAP.sub(r"\1", text)


def _own_tokens(token: Token, first_line: int) -> Iterator[tuple[Token, int]]:
    """Our tokens in an inline one, each with the line that it stands on."""
    line = (token.map or [0])[0] + first_line
    seen = 0
    for child in token.children or []:
        if child.type in _OURS:
            line += token.content.count("\n", seen, child.meta["at"])
            seen = child.meta["at"]
            yield child, line


def _mentions(block: Block, path: str) -> Iterator[Mention]:
    places = dict(_places(block.text)) if block.citations else {}
    for number, (name, line) in enumerate(block.citations):
        written, citekey = split_intent(name)
        yield Mention(citekey, Origin(path, line), written, places.get(number, ""))


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Where in the cited work, by the citation's number: what follows it in its brackets, or in the next."""
    number = seen = 0
    for brackets in _BRACKETS.finditer(text):
        between = text.count(_CITED, seen, brackets.start())
        adjoining = between and _CITED in text[max(0, brackets.start() - 2) : brackets.start()]
        number += between
        seen = brackets.end()
        _, *after = brackets[1].split(_CITED)
        if not after and adjoining and not brackets[1].startswith("^"):
            yield number - 1, _place(brackets[1])
        for count, rest in enumerate(after, start=number):
            yield count, _place(rest.partition(";")[0])
        number += len(after)


def _place(text: str) -> str:
    return squeeze(text).strip(" ,:").replace(_LINKED, "").replace(_LINK_ENDS, "")


# --- the Markdown that we read


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
    footnote_plugin(markdown, inline=False, move_to_end=False)
    markdown.disable(["html_block", "html_inline", "text_join", "footnote_ref"])
    for name, rule in (("comment", _comment_block), ("div", _div)):
        markdown.block.ruler.before(
            "table", name, rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
    for name, inline_rule in (("citekey", _citekey), ("wiki", _wiki), ("tag", _tag), ("comment", _comment)):
        markdown.inline.ruler.before("link", name, inline_rule)
    return markdown


def _starts(state: StateBlock, line: int, mark: str) -> bool:
    return not state.is_code_block(line) and state.src.startswith(
        mark, state.bMarks[line] + state.tShift[line]
    )


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not _starts(state, start, "<!--"):
        return False
    if silent:
        return True
    last = start
    while last < end - 1 and "-->" not in state.src[state.bMarks[last] : state.eMarks[last]]:
        last += 1
    state.line = last + 1
    return True


def _div(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The lines around a fenced division, such as ``::: {.sensitive level=2}``: nothing of ours."""
    if not _starts(state, start, ":::"):
        return False
    if not silent:
        state.line = start + 1
    return True


def _citekey(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    found = CITEKEY.match(state.src, state.pos, state.posMax)
    if not found or _in_address(state):
        return False
    return _push(state, silent, found.end(), Token("citekey", "", 0, content=squeeze(found[1] or found[2])))


def _in_address(state: StateInline) -> bool:
    before = state.src[max(0, state.pos - _NEAR) : state.pos].split()
    adjoining = bool(before) and not state.src[state.pos - 1].isspace()
    return adjoining and ("://" in before[-1] or before[-1].startswith("www."))


def _wiki(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos):
        return False
    found = _WIKI.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    token = Token("wiki", "", 0, content=found[2] or found[1], info=squeeze(found[1]))
    return _push(state, silent, found.end(), token)


def _tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "#" or (state.pos and state.src[state.pos - 1] not in _BEFORE_TAG):
        return False
    found = _TAG.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    return _push(state, silent, found.end(), Token("tag", "", 0, content=found[1].rstrip("-/")))


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 4, min(state.posMax, state.pos + _LONG))
    return end >= 0 and _push(state, silent, end + 3, Token("comment", "", 0))


def _push(state: StateInline, silent: bool, end: int, token: Token) -> bool:
    if not silent:
        pushed = state.push(token.type, "", 0)
        pushed.content, pushed.info, pushed.meta = token.content, token.info, {"at": state.pos}
    state.pos = end
    return True
