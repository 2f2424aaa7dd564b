"""What a query says: from its text to a tree.

    query    = operand { "OR" operand }
    operand  = run { "AND" run }
    run      = clause { clause }
    clause   = [ "+" | "-" | "NOT" ] ( word | word"*" | "phrase" | field:value | [ field: ] "(" query ")" )

Words side by side hold together more firmly than AND, and AND more firmly than
OR, so ``child pornography AND risk OR CPORT`` is read as it looks. A signed word
outside parentheses speaks of the whole query, wherever it stands, and so does a
field beside words, where no other alternative has one (``runs.parted``).

Every string is a query: what does not fit the grammar is taken as words, and a
message says so. Nothing here knows the thesaurus or the full-text index.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from kb import ids
from kb.search import runs
from kb.search.stems import continued
from kb.search.tree import Clause, Field, Query, Sign, Term
from kb.text import squeeze, words

MAX_CHARACTERS = 20_000
MAX_WORDS = 200
MAX_TOKENS = 1_000
MAX_DEPTH = 12
MAX_VALUE = 500

TEXT_FIELDS = ("author", "title", "journal")
TOPIC_FIELDS = ("topic", "tool", "programme", "design", "country", "level")
FIELDS = (*TEXT_FIELDS, *TOPIC_FIELDS, "year", "doi", "key", "type", "list", "has", "is")
_ALIASES = {"program": "programme"}
# Fields of other catalogues, and which of ours may be meant.
_FOREIGN = {
    "keyword": "topic", "keywords": "topic", "date": "year", "source": "journal", "editor": "author",
    **dict.fromkeys(["abstract", "all", "text", "publisher", "issn", "pmid", "lang", "language"], ""),
}  # fmt: skip

QUOTES = '"“”„‟«»'
_OPERATORS = ("AND", "OR", "NOT")
# A title in capitals has some of these; names joined by AND (CPORT AND KIRAT) have none.
_SMALL_WORDS = frozenset("A AN AT BY FOR FROM IN OF ON THE TO WITH".split())
_FIELD = re.compile(r"([A-Za-z]+):")
_FOREIGN_FIELD = re.compile(rf"({'|'.join(_FOREIGN)}):(?=[^\s/:])")
_GROUP = re.compile(r"\((?=[\s(]*[^\s()])(?=[^)]*\))")
_SINGLE = re.compile(r"['‘]([^'’]+)['’](?=[\s)]|$)")
# These part words; every other mark within a word (hyphen, apostrophe, full stop) joins its parts.
_SEPARATORS = re.compile(r"[\s/\\:;,|<>=()\[\]{}!?¿¡\"“”„‟«»*~^%#$…—]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
_EDGES = "-‐‑–'’‘.·_&+@`"


Token: TypeAlias = Term | Field | str


def parse(text: str) -> Query:
    """The tree of ``text``, whatever it is: never raises, at any length.

    >>> [clause.node.words for clause in parse("Static-99R validation").clauses]
    [('static', '99r'), ('validation',)]
    """
    messages: list[str] = []
    if len(text) > MAX_CHARACTERS:
        messages.append(f"Only the first {MAX_CHARACTERS:,} characters of the query were read.")
    written = squeeze(text[:MAX_CHARACTERS])
    tokens = _Reader(written, messages).tokens()
    clauses = _Parser(tokens, messages).clauses()
    if written and not clauses:
        messages.append("There is no word in this query to search for.")
    return Query(written, tuple(clauses), tuple(dict.fromkeys(messages)))


def terms(text: str) -> list[Term]:
    """The plain words of ``text``: parted at space, slash and colon, not at hyphen or apostrophe.

    >>> [term.written for term in terms("risk/need O'Connor: self-help")]
    ['risk', 'need', "O'Connor", 'self-help']
    """
    found = []
    for piece in _SEPARATORS.split(text):
        parts = tuple(plain_words(piece))
        if parts:
            found.append(Term(piece.strip(_EDGES), parts))
    return found


def plain_words(text: str) -> list[str]:
    """The words of ``text``, folded, without the s of a possessive.

    >>> plain_words("Cohen’s d")
    ['cohen', 'd']
    """
    return words(_POSSESSIVE.sub("", text) if "'" in text or "’" in text else text)


def _continued(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases that a beginning may go on to be, where the index keeps less than was typed."""
    return tuple(" ".join((*parts[:-1], word)) for word in continued(parts[-1]))


def field_named(name: str) -> str:
    """The field that goes by ``name``; "" if none does.

    >>> field_named("Author"), field_named("program"), field_named("colour")
    ('author', 'programme', '')
    """
    name = _ALIASES.get(name.lower(), name.lower())
    return name if name in FIELDS else ""


class _Reader:
    """Cuts a query into tokens, up to the cap on words."""

    def __init__(self, text: str, messages: list[str]) -> None:
        self.text = text
        self.messages = messages
        self.at = 0
        self.left = MAX_WORDS
        self.around: list[str] = []  # of each open parenthesis, the field that it is the value of
        self.value: Field | None = None  # the last such value, if words beside it belong to it
        told = text.split() if text.isupper() else []
        self.shouted = not _SMALL_WORDS.isdisjoint(told)
        if self.shouted and not {*_OPERATORS}.isdisjoint(told):
            messages.append("All of it is in capitals, so AND, OR and NOT were taken as words.")

    def tokens(self) -> list[Token]:
        """All tokens, in order."""
        found: list[Token] = []
        while self.at < len(self.text) and self.left > 0 and len(found) < MAX_TOKENS:
            for token in self._next():
                self._add(token, found)
        if self.left < 0 or words(self.text[self.at :]):
            self.messages.append(
                f"Only the beginning of the query, up to {MAX_WORDS} words, was searched for."
            )
        return found

    def _add(self, token: Token, found: list[Token]) -> None:
        """One token more; a word in the parentheses of a field is a value of it, ``topic:(a b OR c)``."""
        name = self.around[-1] if self.around else ""
        if not name or not isinstance(token, Term):
            found += self._within_cap(token)
            return
        value = f"{token.written.rstrip('*')}{'*' * token.prefix}"
        if found and self.value and found[-1] is self.value and name not in TEXT_FIELDS and not token.quoted:
            value = f"{self.value.value} {value}"
            found.pop()
        value = value[:MAX_VALUE]
        field = Field(name, value, f'{name}:"{value}"' if " " in value else f"{name}:{value}")
        self.value = None if token.quoted else field
        found += self._within_cap(field)

    def _within_cap(self, token: Token) -> list[Token]:
        if isinstance(token, str):
            return [token]
        if isinstance(token, Field):
            self.left -= 1
            return [token]
        room, self.left = self.left, self.left - len(token.words)
        if room <= 0:
            return []
        return [token if self.left >= 0 else replace(token, words=token.words[:room])]

    def _next(self) -> Sequence[Token]:
        char = self.text[self.at]
        if char in " ()":
            self.at += 1
            return self._parenthesis(char) if char != " " else []
        if char in QUOTES:
            return self._phrase()
        if char in "+-" and self._begins_something(self.at + 1):
            self.at += 1
            return char
        found = _FIELD.match(self.text, self.at)
        name = field_named(found[1]) if found else ""
        if not found or not name:
            return self._words()
        if _GROUP.match(self.text, found.end()):
            self.at = found.end() + 1
            return self._parenthesis("(", name)
        return self._field(name, found.end())

    def _parenthesis(self, char: str, name: str = "") -> list[Token]:
        if char == "(":
            self.around.append(name or (self.around[-1] if self.around else ""))
        elif self.around:
            self.around.pop()
        return [char]

    def _begins_something(self, at: int) -> bool:
        char = self.text[at : at + 1]
        return bool(char) and (char.isalnum() or char in QUOTES or char in "(@")

    def _phrase(self) -> list[Token]:
        close = self._closing(self.at + 1)
        if close < 0:
            self.messages.append("A quotation mark was not closed; what follows it was taken as words.")
            self.at += 1
            return []
        inner = self.text[self.at + 1 : close].strip()
        self.at = close + 1
        parts = tuple(words(inner))
        star = self.text[self.at : self.at + 1] == "*"
        self.at += star
        prefix = (star or inner.endswith("*")) and bool(parts) and len(parts[-1]) > 1
        also = _continued(parts) if prefix and parts else ()
        return [Term(inner, parts, quoted=True, prefix=prefix, also=also)] if parts else []

    def _closing(self, at: int) -> int:
        return next((i for i in range(at, len(self.text)) if self.text[i] in QUOTES), -1)

    def _field(self, name: str, start: int) -> Sequence[Token]:
        single = _SINGLE.match(self.text, start)
        quoted = self.text[start : start + 1] in tuple(QUOTES)
        close = single.end() - 1 if single else self._closing(start + 1) if quoted else -1
        if quoted and close < 0:
            self.messages.append(f"A quotation mark after “{name}:” was not closed.")
        value = self.text[start + 1 : close] if close >= 0 else self._to_space(start)
        value = value.strip(QUOTES)
        if not words(value):
            self.messages.append(
                f"“{name}:” was taken as a word. As a field, its value follows the colon without a space."
            )
            return self._words()
        if len(value) > MAX_VALUE:
            self.messages.append(f"The value of “{name}:” was cut to {MAX_VALUE} characters.")
        begin, self.at = self.at, close + 1 if close >= 0 else start + len(self._to_space(start))
        return [Field(name, value.strip()[:MAX_VALUE], self.text[begin : self.at][: MAX_VALUE + 20])]

    def _words(self) -> Sequence[Token]:
        chunk = self._to_space(self.at)
        self.at += len(chunk)
        if chunk in _OPERATORS and not self.shouted:
            return [chunk]
        if "10." in chunk and (doi := ids.doi(chunk)):
            return [Field("doi", doi[:MAX_VALUE], chunk[:MAX_VALUE])]
        if foreign := _FOREIGN_FIELD.match(chunk):
            ours = f", “{_FOREIGN[foreign[1]]}:” is" if _FOREIGN[foreign[1]] else ""
            self.messages.append(f"“{foreign[1]}:” is no field here{ours}; it was taken as a word.")
        found = terms(chunk)
        if found and chunk.endswith("*"):
            found[-1] = self._prefix(found[-1])
        if found and "*" in chunk.rstrip("*"):
            self.messages.append(
                "A star stands for the rest of a word only at its end; elsewhere it was ignored."
            )
        return found

    def _prefix(self, term: Term) -> Term:
        # One letter would gather a large part of all words, at a large part of the cost.
        if len(term.words[-1]) > 1:
            return replace(term, prefix=True, also=_continued(term.words))
        self.messages.append(f"“{term.written}*” was taken as a word: a beginning needs two letters.")
        return term

    def _to_space(self, at: int) -> str:
        """What stands from ``at`` to the next space, or a parenthesis that closes an outer one."""
        end = self.text.find(" ", at)
        chunk = self.text[at:] if end < 0 else self.text[at:end]
        opened = 0
        for i, char in enumerate(chunk):
            if char == ")" and not opened:
                return chunk[:i]
            opened += (char == "(") - (char == ")")
        return chunk


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[Token], messages: list[str]) -> None:
        self.tokens = tokens
        self.messages = messages
        self.at = 0

    def clauses(self) -> list[Clause]:
        """The whole query."""
        return self._alternatives(depth=0)

    def _peek(self, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def _alternatives(self, *, depth: int) -> list[Clause]:
        operands = [self._conjunction(depth)]
        while self._peek() == "OR":
            self.at += 1
            operands.append(self._conjunction(depth))
        if len(operands) == 1:
            return runs.strict(operands[0])
        kept, outer = runs.parted(operands) if depth == 0 else (operands, [])
        nodes = [runs.node(runs.strict(each)) for each in kept if any(each)]
        if len(nodes) < len(operands):
            self.messages.append(
                "“OR” needs an alternative on both sides; where it had one only, it was ignored."
            )
        return [*runs.either(nodes), *outer]

    def _conjunction(self, depth: int) -> list[list[Clause]]:
        found = [self._run(depth)]
        while self._peek() == "AND":
            self.at += 1
            found.append(self._run(depth))
        return found

    def _run(self, depth: int) -> list[Clause]:
        found: list[Clause] = []
        while (piece := self._peek()) is not None:
            if piece == ")" and depth:
                break
            if piece in ("OR", "AND") and found and self._begins_clause(1):
                break
            self.at += 1
            if piece == ")":
                self.messages.append("A closing parenthesis had no opening one and was ignored.")
            else:
                found += self._clause(piece, depth)
        return found

    def _begins_clause(self, ahead: int) -> bool:
        piece = self._peek(ahead)
        if piece in ("+", "-", "NOT"):
            return self._begins_clause(ahead + 1)
        return piece is not None and piece not in ("OR", "AND", ")")

    def _clause(self, piece: Token, depth: int) -> list[Clause]:
        sign: Sign = ""
        if piece in ("+", "-", "NOT") and self._begins_primary():
            sign = "+" if piece == "+" else "-"
            piece = self.tokens[self.at]
            self.at += 1
        if piece == "(":
            return self._group(sign, depth)
        if isinstance(piece, str):
            return self._stray(piece)
        return [Clause(piece, sign)]

    def _begins_primary(self) -> bool:
        piece = self._peek()
        return piece == "(" or isinstance(piece, Term | Field)

    def _stray(self, piece: str) -> list[Clause]:
        """An operator with nothing to work on: a word, or nothing at all when it is a mark."""
        if piece not in _OPERATORS:
            return []
        self.messages.append(f"“{piece}” was taken as a word: there is nothing beside it to work on.")
        return [Clause(Term(piece, (piece.lower(),)))]

    def _group(self, sign: Sign, depth: int) -> list[Clause]:
        if depth >= MAX_DEPTH:
            self.messages.append(f"Parentheses more than {MAX_DEPTH} deep were ignored.")
            return []
        inner = self._alternatives(depth=depth + 1)
        if self._peek() == ")":
            self.at += 1
        else:
            self.messages.append("A parenthesis was not closed; it was taken to end with the query.")
        if not sign and all(not clause.sign and isinstance(clause.node, Term) for clause in inner):
            return inner  # as in a pasted title (with a remark)
        return [Clause(runs.node(inner), sign)] if inner else []
