"""The Cochrane Library's text export: ``Record #1 of 3``, then ``ID: CN-…``, one tag a line → entries."""

import re
from dataclasses import dataclass, field

from kb.model import Entry, Origin, Problem
from kb.read.files import decode
from kb.read.foreign.dates import put_date
from kb.read.foreign.record import Record, entries
from kb.read.foreign.tagged import Outside, Tagged, put_people, tagged_records
from kb.read.foreign.values import is_nothing, page_range, put_addresses, put_doi, put_serials
from kb.read.problems import Gathered

_LOOKS = re.compile(r"\s*Record #\d+ of \d+[ \t]*\n(?:[A-Z]{2,4}: |\s*$)")
_FIRST = re.compile(r"Record #\d+ of \d+\s*")
_NUMBER = "#"  # stands for the line that a record begins with
_TAGS = frozenset("ID AU TI SO YR VL NO PG PM XR PT KY DOI AB US PB CC SN CY ED LA".split())
_TAG = re.compile(r"([A-Z]{2,3}):(?: (.*)|$)", re.DOTALL)
_TRIAL = re.compile(
    r"[A-Za-z]{2,12}[-/ ]?[\dA-Z/-]{0,12}\d{4,12}[\w/-]{0,20}"
)  # NCT04000000, in place of an author
_REVIEW = re.compile(r"(?:CD|MR)\d{6}")
_PMID = re.compile(r"\b(?:PUBMED )?(\d{5,9})\b")


def looks(head: str) -> bool:
    """Whether a file that begins so is the Cochrane Library's text export."""
    return bool(_LOOKS.match(head.lstrip("\ufeff")))


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of the export in its order, and what is wrong with it."""
    text, problems = decode(content, path, encoding=encoding)
    reading = _Reading(path, Gathered())
    for problem in problems:
        reading.problems.add(problem)
    for tagged in tagged_records(text.lstrip("\ufeff"), _tag, _NUMBER, "Cochrane Library"):
        reading.take(tagged)
    made = entries(reading.records, path)
    return made, reading.problems.by_line()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, record by record."""

    path: str
    problems: Gathered
    records: list[Record] = field(default_factory=list)

    def take(self, tagged: Tagged | Outside) -> None:
        """Make an entry of a record, or say why there is none."""
        if isinstance(tagged, Outside):
            self.problems.add(tagged.problem(self.path, "cochrane-other"))
        elif not {"TI", "AU", "DOI"} & set(tagged.values):
            message = "This record has neither title, authors nor DOI; it was not read."
            remedy = "Delete it, or export it again."
            self.problems.add(Problem(Origin(self.path, tagged.line), "cochrane-empty", message, remedy))
        else:
            self.records.append(_record_of(tagged))


def _tag(line: str) -> tuple[str, str] | None:
    """The tag that a line begins with, and what stands behind it."""
    if line.startswith("Record #") and _FIRST.fullmatch(line):
        return _NUMBER, line.strip()
    found = _TAG.match(line)
    return (found[1], (found[2] or "").strip()) if found and found[1] in _TAGS else None


def _record_of(tagged: Tagged) -> Record:
    """The publication that a record's lines describe."""
    record = Record("article", tagged.line)
    tagged.take(_NUMBER)
    record.put_marked("title", tagged.first("TI"))
    _source(tagged, record)
    names = tagged.lines("AU")
    put_people(record, "author", [name for name in names if not _TRIAL.fullmatch(name)])
    record.put("number", "; ".join(name for name in names if _TRIAL.fullmatch(name)))
    put_people(record, "editor", tagged.lines("ED"))
    _numbers(tagged, record)
    abstracts = tagged.take("AB")
    record.put_marked("abstract", next((text for text in abstracts if not is_nothing(text)), ""))
    words = (word.strip(" *\n") for text in tagged.take("KY") for word in text.split(";"))
    record.keywords += [word for word in words if word]
    tagged.rest(record)
    return record


def _source(tagged: Tagged, record: Record) -> None:
    """Where it appeared: a journal, or the page of a register of trials."""
    source, kinds = tagged.first("SO"), tagged.first("PT")
    if "trial registry" in kinds.lower() or source.startswith(("http://", "https://")):
        record.type = "online"
        tagged.leave("SO", put_addresses(record, [source]) if source else [])
        record.put("howpublished", tagged.first("SO"))
    record.put_marked("journaltitle", source if record.type == "article" else "")
    record.put("publicationtype", kinds)
    record.put("publisher", tagged.first("PB"))
    record.put("location", tagged.first("CY"))
    record.put("language", tagged.first("LA"))
    tagged.leave("YR", put_date(record, tagged.take("YR")))


def _numbers(tagged: Tagged, record: Record) -> None:
    put_doi(record, tagged.take("DOI"))
    found = _PMID.search(" ".join(tagged.values.get("PM", ())))
    if found:
        record.put("pmid", found[1])
        tagged.take("PM")
    record.put("volume", tagged.first("VL"))
    record.put("number", tagged.first("NO"))
    record.put("pages", page_range(tagged.first("PG"), ""))
    tagged.leave("SN", put_serials(record, tagged.lines("SN")))
    number = tagged.first("ID")
    record.put("eid" if _REVIEW.fullmatch(number) and "pages" not in record.fields else "an", number)
    tagged.leave("US", put_addresses(record, tagged.take("US")))
