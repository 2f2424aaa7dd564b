"""Works → CSV and JSON: one row, or one record, a work."""

from collections.abc import Iterable, Mapping, Sequence
from json import dumps

from kb.model import Name, Work

COLUMNS = (
    "citekey",
    "type",
    "title",
    "authors",
    "year",
    "container",
    "volume",
    "issue",
    "pages",
    "doi",
    "url",
    "keywords",
    "held",
)
# A cell that begins so is run as a formula (owasp.org/www-community/attacks/CSV_Injection); the
# wide forms are taken for the narrow ones where East Asian text is typed.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Semicolons and tabs part cells in some countries' spreadsheets, whatever RFC 4180 says.
_QUOTED = frozenset(',;"\t\r\n')


def csv(works: Iterable[Work]) -> str:
    """The works as CSV (RFC 4180), one a row under a header; what a spreadsheet would run begins with '."""
    return csv_of((record(work) for work in works), COLUMNS)


def json(works: Iterable[Work]) -> str:
    """The works as a JSON array of records."""
    return json_of(record(work) for work in works)


def record(work: Work) -> dict[str, object]:
    """A work as plain values under one set of keys; absent texts are "", an absent year is None."""
    return {
        "source": work.origin.path,
        "line": work.origin.line,
        "citekey": work.citekey,
        "type": work.type,
        "title": work.title,
        "year": work.year,
        "date": work.date,
        "doi": work.doi,
        "authors": [_person(name) for name in work.authors],
        "more_authors": work.more_authors,
        "editors": [_person(name) for name in work.editors],
        "container": work.container,
        "publisher": work.publisher,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "isbn": work.isbn,
        "url": work.url,
        "language": work.language,
        "abstract": work.abstract,
        "annotation": work.annotation,
        "keywords": list(work.keywords),
        "aliases": list(work.aliases),
        "cites": [citation.cited for citation in work.cites],
        "citeslist": work.citeslist,
        "status": work.status,
        "added": work.added,
        "held": work.held,
    }


def csv_of(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Records as CSV, with these columns in this order."""
    rows = [list(columns), *([_cell(one, column) for column in columns] for one in records)]
    return "".join(",".join(_quoted(_inert(cell)) for cell in row) + "\r\n" for row in rows)


def json_of(records: Iterable[Mapping[str, object]]) -> str:
    """Records as a JSON array."""
    return encodable(dumps(list(records), ensure_ascii=False, indent=2)) + "\n"


def encodable(text: str) -> str:
    """``text`` with U+FFFD for what UTF-8 cannot hold, so that it can always be written to a file."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _person(name: Name) -> dict[str, object]:
    """Family and given name always, the rest where there is any."""
    rest = {
        "particle": name.particle,
        "suffix": name.suffix,
        "orcid": name.orcid,
        "corporate": name.corporate,
    }
    return {
        "family": name.family,
        "given": name.given,
        **{key: value for key, value in rest.items() if value},
    }


def _cell(one: Mapping[str, object], column: str) -> str:
    value = one[column]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return str(value)
    shown = [_inverted(part) if isinstance(part, dict) else str(part) for part in value]
    return "; ".join([*shown, "et al."] if column == "authors" and one["more_authors"] else shown)


def _inverted(person: Mapping[str, object]) -> str:
    family = f"{person.get('particle', '')} {person['family']}".strip()
    return ", ".join(part for part in (family, str(person.get("suffix", "")), str(person["given"])) if part)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _quoted(cell: str) -> str:
    cell = encodable(cell)
    if _QUOTED.isdisjoint(cell) and cell == cell.strip():
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
