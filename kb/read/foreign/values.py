"""Values that many formats share: page ranges, serial numbers, web addresses, preprints, HTML notes."""

import re
from collections.abc import Iterable
from html import unescape

from kb import ids
from kb.read.foreign.record import Record

_ISSN = re.compile(r"(?<![\dXx-])(\d{4})-?(\d{3}[\dXx])(?![\dXx-])")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
_SHORTENED = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)")
_WEB = re.compile(r"https?://\S{1,2000}", re.IGNORECASE)
_BETWEEN_LINKS = re.compile(r"[;,\s]\s*(?=https?://|www\.)", re.IGNORECASE)
_ARXIV = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf)/|[.:]\s*)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_SERVERS = re.compile(
    r"\b(arxiv|medrxiv|biorxiv|psyarxiv|socarxiv|crimrxiv|lawarxiv|edarxiv|ssrn|preprints\.org"
    r"|research square|osf preprints|jmir preprints|chinaxiv|techrxiv|zenodo preprints)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*[A-Za-z][^<>]{0,500}>")
_NOBODY = re.compile(r"\[?(?:anon(?:ymous)?|no authors? (?:listed|found|given))\.?\]?", re.IGNORECASE)
_NOTHING = re.compile(
    r"\[no [\w ]{2,40} (?:available|listed|found|given)\.?\]|no pagination specified\.?", re.IGNORECASE
)
_EMPTY_BEGINS = frozenset("[AaNn")  # what these begin with: asked first, for every value is looked at
_LONGEST_NOTHING = 80  # characters
_SHORTEST_NUMBER = 9  # characters that a wrong ISBN must have to be shown as one


def page_range(first: str, last: str) -> str:
    """First and last page as one range.

    >>> page_range("12", "34"), page_range("12-34", "34"), page_range("e17", ""), page_range("5", "5")
    ('12-34', '12-34', 'e17', '5')
    """
    first, last = _DASHES.sub("-", first.strip()), _DASHES.sub("-", last.strip())
    if not first or not last or first == last or "-" in first:
        return first or last
    return last if "-" in last else f"{first}-{last}"


def whole_range(pages: str) -> str:
    """A page range with its last page written out, where PubMed leaves out the digits that both share.

    >>> whole_range("1315-26"), whole_range("S12-9"), whole_range("e17"), whole_range("98-104")
    ('1315-1326', 'S12-S19', 'e17', '98-104')
    """
    found = _SHORTENED.fullmatch(_DASHES.sub("-", pages))
    if not found:
        return pages
    letter, first, other, last = found.groups()
    if len(last) >= len(first) or other not in ("", letter):
        return f"{letter}{first}-{other}{last}"
    return f"{letter}{first}-{letter}{first[: -len(last)]}{last}"


def put_serials(record: Record, texts: Iterable[str]) -> list[str]:
    """Set ``isbn`` and ``issn`` from what stands under one tag; returns what is neither.

    Of several ISBNs the first valid one counts; what holds more than one is
    returned as well. One with a wrong digit is set as it stands, to be seen.
    """
    issns: list[str] = []
    left: list[str] = []
    wrong = ""
    for text in texts:
        numbers = _isbns(text)
        if numbers:
            record.put("isbn", numbers[0])
            left += [text] if len(numbers) > 1 else []
            continue
        found = [f"{one[1]}-{one[2].upper()}" for one in _ISSN.finditer(text)]
        issns += found
        if not found and sum(map(str.isdecimal, text)) >= _SHORTEST_NUMBER and len(text) < 40:
            wrong = wrong or text
        elif not found:
            left.append(text)
    if wrong:
        record.put("isbn", wrong)
    record.put("issn", ", ".join(dict.fromkeys(issns)))
    return left


def _isbns(text: str) -> list[str]:
    """The valid ISBNs of a text: one as it may be written, or several with something between them."""
    parts = text.replace(",", " ").replace(";", " ").split()
    found = [number for part in parts if (number := ids.isbn(part))]
    return found or [number for number in [ids.isbn(text)] if number]


def is_nobody(name: str) -> bool:
    """Whether a name says that there is none.

    >>> is_nobody("[Anonymous]"), is_nobody("[No author name available]"), is_nobody("Anonymous Collective")
    (True, True, False)
    """
    text = name.strip(" ,")
    return text[:1] in _EMPTY_BEGINS and bool(_NOBODY.fullmatch(text) or is_nothing(text))


def is_nothing(text: str) -> bool:
    """Whether a value says that there is none: “[No abstract available]”."""
    return (
        text[:1] in _EMPTY_BEGINS and len(text) < _LONGEST_NOTHING and bool(_NOTHING.fullmatch(text.strip()))
    )


def put_doi(record: Record, texts: Iterable[str]) -> None:
    """Set ``doi`` from the first text that holds one; else from the first, as it stands, to be seen."""
    given = [text for text in texts if text.strip()]
    found = next((number for text in given if (number := ids.doi(text))), "")
    record.put("doi", found or "".join(given[:1]))


def put_addresses(record: Record, texts: Iterable[str]) -> list[str]:
    """Set ``url`` from the first web address, and ``doi`` from one of doi.org; returns what is left over.

    >>> record = Record()
    >>> put_addresses(record, ["https://example.org/a; https://doi.org/10.1234/x", "none"])
    ['https://doi.org/10.1234/x', 'none']
    >>> record.fields
    {'url': 'https://example.org/a', 'doi': '10.1234/x'}
    """
    left = []
    for text in (one for listed in texts for one in _BETWEEN_LINKS.split(listed)):
        address = f"http://{text}" if text[:4].lower() == "www." else text
        found = _WEB.match(address)
        if not found:
            left.append(text)
            continue
        link = found[0].rstrip(";,")
        if "doi.org/" in link.lower():
            record.put("doi", ids.doi(link))
        if record.fields.get("url", link) != link:
            left.append(link)
        record.put("url", link)
        left += [rest] if (rest := address[found.end() :].strip(" ;,\n")) else []
    return left


def put_preprint(record: Record, server: str) -> bool:
    """Make the record a preprint if ``server`` names where preprints are; whether it does."""
    found = _SERVERS.search(server)
    if not found:
        return False
    record.type = "online"
    record.fields["pubstate"] = "preprint"
    record.put("eprinttype", found[1].lower())
    for name in ("doi", "url", "journaltitle"):
        number = _ARXIV.search(record.fields.get(name, ""))
        if number:
            record.put("eprint", number[1])
    return True


def without_html(text: str) -> str:
    r"""A note that a program wrote as HTML, as plain text; any other text as it is.

    >>> without_html("<p>Two samples, n &lt; 50.</p><p>See p. 4</p>")
    'Two samples, n < 50.\nSee p. 4'
    """
    if "<" not in text or not _TAG.search(text):
        return text
    plain = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = "\n".join(line.strip() for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def languages_of(text: str) -> str:
    """The first of the languages that are listed.

    >>> languages_of("English; German")
    'English'
    """
    return re.split(r"[;,|/\n]", text.strip(), maxsplit=1)[0].strip(" .")
