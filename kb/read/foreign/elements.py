"""XML elements → plain or marked text, and fields of a record."""

import re
import unicodedata
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from kb.read.foreign.record import Record

_MARKUP = {
    "i": "i",
    "em": "i",
    "italic": "i",
    "b": "b",
    "bold": "b",
    "strong": "b",
    "sup": "sup",
    "superscript": "sup",
    "sub": "sub",
    "subscript": "sub",
}
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_ROOT = re.compile(r"\s*<([A-Za-z_][\w.:-]*)")


def root(head: str) -> str:
    """The name of the first element of what begins like XML; "" of anything else.

    >>> root("<?xml version='1.0'?><!-- made today --><PubmedArticleSet><PubmedArticle>")
    'PubmedArticleSet'
    """
    at = 1 if head[:1] == "\ufeff" else 0
    while found := _PROLOG.match(head, at):
        at = found.end()
    named = _ROOT.match(head, at)
    return named[1] if named else ""


def text(element: Element | None) -> str:
    """All the text within an element, on one line; "" of none."""
    if element is None:
        return ""
    return _line("".join(element.itertext()) if len(element) else element.text or "")


def marked(element: Element) -> str:
    """The text within an element on one line, as HTML with its italics, bold and raised letters."""
    return _line("".join(_marked(element)))


def lines(element: Element) -> str:
    """The text within an element as ``marked`` has it, a line for each paragraph.

    EndNote ends a paragraph with a numbered carriage return; a line end in the file is only a space.
    """
    return "\n".join(filter(None, map(_line, "".join(_marked(element)).split("\r"))))


def put(record: Record, name: str, element: Element | None) -> None:
    """Set a field to an element's text, with its italics and the like."""
    if element is None:
        return
    if len(element) or "</" in (element.text or ""):
        record.put_marked(name, marked(element))
    else:
        record.put(name, text(element))


def _line(whole: str) -> str:
    whole = " ".join(whole.split())
    return whole if whole.isascii() else unicodedata.normalize("NFC", whole)


def _marked(element: Element) -> Iterator[str]:
    yield _escaped(element.text)
    for child in element:
        faces = child.get("face", "").split() if child.tag == "style" else [child.tag.rpartition(":")[2]]
        wraps = [_MARKUP[face] for face in faces if face in _MARKUP]
        yield "".join(f"<{wrap}>" for wrap in wraps)
        yield from _marked(child)
        yield "".join(f"</{wrap}>" for wrap in reversed(wraps))
        yield _escaped(child.tail)


def _escaped(piece: str | None) -> str:
    """Text as HTML, unless it is HTML already: databases that copy each other escape twice."""
    if not piece or "</" in piece:
        return piece or ""
    return escape(piece, quote=False)
