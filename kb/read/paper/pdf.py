"""A PDF → lines, with the addresses that lie behind them; needs pypdf, which is an extra."""

import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from kb.ids import doi
from kb.model import Origin, Problem
from kb.read.files import LIMIT
from kb.read.paper.shapes import Line
from kb.text import squeeze

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

PAGES = 1000
"""Pages of a PDF that are read."""

SECONDS = 60.0
"""Time that reading a PDF may take; pages after that are left out."""

_PAGE_BYTES = 8 * 2**20  # of drawing commands: a page of text has some thousands
_LINKS = 5000
_NEAR = 3.0  # points between a line's foot and the frame of its link
# What pypdf raises on broken files beside its own errors; it promises no fewer
_BROKEN = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError,
    RecursionError, NotImplementedError, EOFError, zlib.error, struct.error, OSError,
)  # fmt: skip


@dataclass(slots=True)
class _Page:
    """The words of a page with their places, to find what a link covers."""

    pieces: list[tuple[str, float, float]] = field(default_factory=list)

    def visit(self, text: str, cm: list[float], tm: list[float], *_: object) -> None:
        """Take a piece of text from pypdf, with its place on the page."""
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            self.pieces.append((text.strip(), x, y))


def pdf_lines(content: bytes, path: str) -> tuple[list[Line], list[Problem]]:
    """The lines of a PDF's pages, and what could not be read."""
    if len(content) > LIMIT:
        message = f"The PDF has {len(content):,} bytes; the limit is {LIMIT:,}. It was not read."
        return [], [
            Problem(Origin(path), "paper-pdf", message, "Divide it, or save its text as a .txt file.")
        ]
    try:
        from pypdf import PdfReader  # an extra: most people import from databases
        from pypdf.errors import PyPdfError
    except ImportError:
        message = "Reading a PDF needs a package that is not installed."
        return [], [Problem(Origin(path), "paper-pdf", message, "Run: pip install 'kb-evidence[pdf]'")]
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            message = "The PDF is encrypted with a password; it was not read."
            return [], [Problem(Origin(path), "paper-pdf-locked", message, "Save it without a password.")]
        lines, problems = _pages(reader, path, (PyPdfError, *_BROKEN))
    except (PyPdfError, *_BROKEN) as error:
        return [], [_broken(path, error)]
    if not lines and not problems:
        message = "The PDF holds no text: its pages are pictures, as scanners make them."
        problems = [
            Problem(Origin(path), "paper-pdf-image", message, "Run text recognition (OCR) over it first.")
        ]
    return lines, problems


def _broken(path: str, error: Exception) -> Problem:
    why = squeeze(str(error))[:200] or type(error).__name__
    message = f"The PDF is broken and was not read: {why}."
    return Problem(Origin(path), "paper-pdf-broken", message, "Download it again, or print it to a new PDF.")


def _pages(
    reader: "PdfReader", path: str, errors: tuple[type[Exception], ...]
) -> tuple[list[Line], list[Problem]]:
    lines: list[Line] = []
    lost: list[int] = []
    stopped = 0
    end = time.monotonic() + SECONDS
    count = len(reader.pages)
    for number in range(min(count, PAGES)):
        if time.monotonic() > end:
            stopped = number
            break
        try:
            page = reader.pages[number]
            lines += _numbered(_page_lines(page), len(lines))
        except errors:
            lost.append(number + 1)
    if count > PAGES and not stopped:
        stopped = PAGES
    return lines, list(_left_out(path, lost, stopped, count))


def _left_out(path: str, lost: list[int], stopped: int, count: int) -> Iterator[Problem]:
    if lost:
        message = f"{len(lost)} of the PDF’s {count} pages cannot be read, the first is page {lost[0]}."
        yield Problem(
            Origin(path), "paper-pdf-broken", message, "Print the PDF to a new one and read that.", "warning"
        )
    if stopped:
        message = f"Only the first {stopped} of the PDF’s {count} pages were read: it is too long."
        yield Problem(
            Origin(path), "paper-pdf-long", message, "Divide it into its papers or chapters.", "warning"
        )


def _numbered(lines: list[Line], before: int) -> Iterator[Line]:
    for place, line in enumerate(lines):
        yield Line(before + place + 1, line.text, line.indent, place == 0, line.links)


def _page_lines(page: "PageObject") -> list[Line]:
    """The lines of one page; the addresses of its links stand with the lines they lie over."""
    drawn = page.get_contents()
    if drawn is None or len(drawn.get_data()) > _PAGE_BYTES:
        return []
    seen = _Page()
    links = list(_links(page))
    text = page.extract_text(visitor_text=seen.visit) if links else page.extract_text()
    texts = [squeeze(line) for line in text.split("\n")]
    behind: dict[int, list[str]] = {}
    for address, x0, y0, y1 in links:
        place = _covered(texts, seen.pieces, x0, y0, y1)
        if place is not None:
            behind.setdefault(place, []).append(address)
    return (
        [Line(0, line, 0, False, tuple(behind.get(n, ()))) for n, line in enumerate(texts)]
        if any(texts)
        else []
    )


def _links(page: "PageObject") -> Iterator[tuple[str, float, float, float]]:
    """Addresses with a DOI behind the page, and the left, lower and upper edge of each."""
    notes: Any = page.get("/Annots") or []
    notes = notes.get_object() if hasattr(notes, "get_object") else notes
    for note in chain(notes if isinstance(notes, list) else ()):
        link: Any = note.get_object()
        action: Any = link.get("/A") if hasattr(link, "get") else None
        action = action.get_object() if hasattr(action, "get_object") else action
        address = str(action.get("/URI", ""))[:2000] if hasattr(action, "get") else ""
        frame = link.get("/Rect") if address and doi(address) else None
        if frame and len(frame) == 4:
            x0, y0, x1, y1 = (float(side) for side in frame)
            yield address, min(x0, x1), min(y0, y1), max(y0, y1)


def _covered(
    texts: list[str], pieces: list[tuple[str, float, float]], x: float, low: float, high: float
) -> int | None:
    """The line that a link lies over: the one that holds the words nearest to its left edge."""
    inside = [(abs(px - x), text) for text, px, py in pieces if low - _NEAR <= py <= high + _NEAR]
    for _, piece in sorted(inside)[:3]:
        words = squeeze(piece.split("\n")[0])
        places = [place for place, line in enumerate(texts) if words and words in line]
        if len(places) == 1:
            return places[0]
        if places:  # the same words several times: count them from the top
            above = sum(1 for text, _, py in pieces if words in squeeze(text) and py > high + _NEAR)
            return places[min(above, len(places) - 1)]
    return None
