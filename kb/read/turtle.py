"""Turtle → statements, each subject with its line; nothing in them is fetched or evaluated.

rdflib's parser does the reading. Its sink is ours, for two reasons: it knows
the line of each statement, which a graph forgets; and a literal stays the text
that stands there, while rdflib would compute with what datatypes say (XML that
it parses, numbers of a billion digits that it writes out).
"""

from typing import Any

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser

from kb.read.statements import Node, Statements, TurtleError

_NOWHERE = "relative:///"  # what relative IRIs begin with, in a file that names no @base
_MOST = 2_000_000
"""Statements that a file may have."""


def statements(text: str) -> Statements:
    """What a text in Turtle says.

    Raises:
        TurtleError: It is broken, or too deep or too long to be read.
    """
    sink = _Sink()
    parser = SinkParser(sink, baseURI=_NOWHERE, turtle=True)
    sink.parser = parser
    try:
        parser.loadBuf(text)
    except BadSyntax as error:
        raise TurtleError(error.lines + 1, _reason(error)) from error
    except RecursionError as error:
        reason = "brackets lie too deep in one another"
        raise TurtleError(parser.lines + 1, reason, limit=True) from error
    except IndexError as error:  # it looks for a character behind the last one
        raise TurtleError(parser.lines + 1, "the file ends within a statement") from error
    except (AssertionError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise TurtleError(parser.lines + 1, "what stands there is no Turtle") from error
    return Statements(sink.said, sink.lines)


def _reason(error: BadSyntax) -> str:
    return str(getattr(error, "_why", "")).split("\n", 1)[0].rstrip(".,: ")[:100] or "it is no Turtle"


class _Name(str):
    """An IRI or a blank node: the parser wants IRIs to be texts."""

    __slots__ = ()


class _Sink(RDFSink):
    """Takes statements from the parser as they come."""

    def __init__(self) -> None:
        super().__init__(Graph())
        self.said: dict[str, dict[str, dict[Node, None]]] = {}
        self.lines: dict[str, int] = {}
        self.parser: SinkParser | None = None
        self._blank = 0
        self._count = 0

    def newSymbol(self, *args: str) -> Any:  # noqa: N802 - rdflib's name
        return _Name(args[0])

    def newBlankNode(self, arg: Any = None, uri: str | None = None, why: Any = None) -> Any:  # noqa: N802, ARG002 - rdflib's
        self._blank += 1
        return _Name(f"_:{self._blank}")

    def newLiteral(self, s: str, dt: Any = None, lang: str | None = None) -> Any:  # noqa: N802, ARG002 - rdflib's
        return Node(s, is_text=True, lang=lang or "")

    def makeStatement(self, quadruple: tuple[Any, Any, Any, Any], why: Any = None) -> None:  # noqa: N802, ARG002 - rdflib's
        line = self.parser.lines + 1 if self.parser else 1
        self._count += 1
        if self._count > _MOST:
            raise TurtleError(line, f"the file has more than {_MOST:,} statements", limit=True)
        _, verb, subject, value = (_node(part) for part in quadruple)
        if subject.is_text or verb.is_text:
            raise TurtleError(line, "a text stands where a name is expected")
        self.lines.setdefault(subject.text, line)
        self.said.setdefault(subject.text, {}).setdefault(verb.text, {})[value] = None


def _node(part: Any) -> Node:
    """What the parser hands over: a node of ours, a number or truth, or a pair of which one is an IRI."""
    if isinstance(part, Node):
        return part
    if isinstance(part, tuple):
        return Node(str(part[1]))
    return Node(str(part), is_text=not isinstance(part, _Name))
