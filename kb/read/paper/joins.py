"""Lines that a page has cut → one line: hyphens at line ends, addresses and page ranges."""

import re
from collections.abc import Sequence

from kb.read.paper.shapes import Line

_WORD_END = re.compile(r"([^\W\d_][\w’']*)[-‐­]$")
_ADDRESS_END = re.compile(r"(?:https?://\S*|www\.\S+|\b10\.\d{4,9}/\S*|\bdoi\.org/\S*)$", re.IGNORECASE)
_ADDRESS_ON = re.compile(r"[\w.~/?#%&=+()\[\]:;-]*[\d/._=%?&#-][\w.~/?#%&=+()\[\]:;,-]*\.?$")
_OPEN_ADDRESS = re.compile(r"(?:[/._=&?%-]|https?:|\bdoi:)$", re.IGNORECASE)
_KEPT = frozenset(
    """
    self meta non well high low short long evidence risk cross follow peer post pre anti co semi multi
    inter intra child community school population randomised randomized placebo cognitive web internet
    computer technology decision large small two three four five first second third one full half real
    face help public mixed trauma person family parent offence sex mental socio bio psycho end user data
    text image police court cost time age gender open machine deep state health early late mid ex quasi
    neuro e t x
    """.split()
)
_OFTEN_ONE = frozenset(
    """
    meta pre post anti co multi inter intra socio bio psycho neuro semi web mid data school health state
    court text user end e t x help family child police time public early late
    """.split()
)


class Words:
    """The words of a document, asked whether one that is cut at a line's end has a hyphen elsewhere."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._seen = {
            word.casefold()
            for line in lines
            for word in re.findall(r"[^\W\d_][\w’'‐-]*[^\W_]", line.text[:100_000])
        }

    def joined(self, first: str, rest: str) -> str:
        """``first`` and ``rest`` as one word, with its hyphen or without as the document has it."""
        second = re.match(r"[\w’']*", rest)
        other = second[0] if second else ""
        begun = first.rsplit("-", 1)[-1]
        whole, parted = f"{begun}{other}".casefold(), f"{begun}-{other}".casefold()
        if whole in self._seen and parted not in self._seen:
            return f"{first}{rest}"
        if parted in self._seen or rest[:1].isupper() or rest[:1].isdigit():
            return f"{first}-{rest}"
        if begun.casefold() in _KEPT and (begun.casefold() not in _OFTEN_ONE):
            return f"{first}-{rest}"
        return f"{first}{rest}"


def join(texts: Sequence[str], words: Words) -> str:
    """Lines as one: words cut in two are mended, addresses go on without a space."""
    whole = texts[0] if texts else ""
    for text in texts[1:]:
        whole = joint(whole, text, words)
    return " ".join(whole.split())


def joint(before: str, after: str, words: Words) -> str:
    """``before`` with ``after`` on the same line."""
    if not before or not after:
        return before or after
    tail = before[-300:]
    if _ADDRESS_END.search(tail):
        return f"{before}{after}" if _goes_on(tail, after) else f"{before} {after}"
    if cut := _WORD_END.search(tail):
        head = before[: len(before) - len(cut[0])]
        run = _run(head)
        return f"{head[: len(head) - len(run)]}{words.joined(run + cut[1], after)}"
    addressed = re.search(r"(?:\bdoi:|doi\.org/|https?://)$", tail, re.IGNORECASE)
    ranged = re.search(r"\d[-–]$", tail) and after[:1].isdigit()
    return f"{before}{after}" if addressed or ranged else f"{before} {after}"


def _run(head: str) -> str:
    """The parts of a hyphenated word that stand directly before its last part."""
    found = re.search(r"(?:[\w’']{1,40}-){1,4}$", head[-170:])
    return found[0] if found else ""


def _goes_on(tail: str, after: str) -> bool:
    """Whether an address that ends a line goes on in the next."""
    first = after.split(" ", 1)[0]
    if re.match(r"https?:|www\.|doi:|10\.\d{4}|\(|\[", first, re.IGNORECASE):
        return False
    alone = first == after or len(after.split()) == 1
    if (
        tail.endswith(".")
        and not (alone and re.search(r"\d", first))
        and not re.match(r"[\d][\w.]*\d", first)
    ):
        return False
    if _OPEN_ADDRESS.search(tail) and re.match(r"[\w%(]", first):
        return not re.fullmatch(r"[A-Z][a-z’'-]+,?", first)
    return alone and bool(_ADDRESS_ON.match(first)) and not re.fullmatch(r"[\[(]?\d{1,3}[\]).]+", first)
