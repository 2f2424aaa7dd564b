"""A saved search → the record that a review reports of it, by PRISMA-S and PRISMA 2020.

The sixteen items are those of PRISMA-S (Rethlefsen et al. 2021,
doi:10.1186/s13643-020-01542-z) under short names of ours; the flow's boxes
those of PRISMA 2020 (Page et al. 2021, doi:10.1136/bmj.n71). Every number is
computed; what a program cannot know says so.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from json import dumps

from kb.errors import FormatError
from kb.model import SearchOptions, SearchRecord, only_of, search_command
from kb.render.reference import escaped
from kb.render.table import csv_of, encodable

UNKNOWN = "not recorded here"
_STRATEGY = 8
_TICKS = re.compile("`+")
_SOURCE = (
    "Items after PRISMA-S (doi:10.1186/s13643-020-01542-z), flow after PRISMA 2020 (doi:10.1136/bmj.n71)."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the record: its number in PRISMA-S, its name, and what there is to say, a line each."""

    number: int
    name: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the flow, with its number; None where nobody wrote it down."""

    name: str
    count: int | None


def items(record: SearchRecord) -> list[Item]:
    """The sixteen items of PRISMA-S, in order."""
    unknown = (UNKNOWN,)
    said: tuple[tuple[str, Iterable[str]], ...] = (
        ("Databases searched", _database(record)),
        ("Several databases at once", ("No: one library, searched by itself.",)),
        ("Study registries", unknown),
        ("Online and printed sources browsed", unknown),
        ("Citation searching", _citations(record)),
        ("Contacts", unknown),
        ("Other methods", unknown),
        ("Search strategy in full", _strategy(record)),
        ("Limits and restrictions", _limits(record.options)),
        ("Search filters", unknown),
        ("Earlier searches reused", unknown),
        ("Updates", _updates(record)),
        ("Dates of searches", _dates(record)),
        ("Peer review of the search", unknown),
        ("Total records", _totals(record)),
        ("Duplicates", _duplicates(record)),
    )
    return [Item(number, name, tuple(lines)) for number, (name, lines) in enumerate(said, start=1)]


def flow(record: SearchRecord) -> list[Box]:
    """The boxes of the PRISMA 2020 flow diagram, as far as the library can fill them."""
    run, on = record.run, record.run.searched
    works = None if on.held is None or on.cited is None else on.held + on.cited
    parts = (on.entries, on.merged, on.left_out)
    entries, merged, lost = (part or 0 for part in parts)
    known = works is not None and on.named is not None and None not in parts
    of_cited = on.named or 0
    named = (
        of_cited + (works or 0) - (entries - merged - lost)
    )  # works without an entry come to those with one
    return [
        Box(
            "Records identified from databases and other sources (entries of all files but cited.bib)",
            entries - of_cited if known else None,
        ),
        Box("Records identified from registers", None),
        Box("Records identified by citation searching (named in reference lists)", named if known else None),
        Box("Duplicate records removed before screening", on.merged),
        Box("Records marked as ineligible by automation tools", None),
        Box("Records removed for other reasons (entries that could not be stored)", on.left_out),
        Box("Works searched", works),
        Box("Works that the search found, to be screened", run.total),
        Box("Records screened", None),
        Box("Records excluded", None),
        Box("Reports sought for retrieval", None),
        Box("Reports not retrieved", None),
        Box("Reports assessed for eligibility", None),
        Box("Reports excluded, with reasons", None),
        Box("Studies included in the review", None),
    ]


# --- what each item says


def _database(record: SearchRecord) -> list[str]:
    on = record.run.searched
    version = f", version {on.version}" if on.version else ""
    return [
        f"{record.library or 'A library of this knowledge base'}, on kb{version}.",
        f"It held {_number(on.held)} works, and knew {_number(on.cited)} more from reference lists.",
        f"Its text was last added to or checked on {on.newest or UNKNOWN}.",
        *_since_then(record),
    ]


def _since_then(record: SearchRecord) -> list[str]:
    then, now = record.run.searched, record.today
    if (then.held, then.cited, then.newest) == (now.held, now.cited, now.newest):
        return []
    return [
        f"Since the run it has changed: now {_number(now.held)} works held, {_number(now.cited)} known from"
        f" reference lists, newest text {now.newest or UNKNOWN}."
    ]


def _citations(record: SearchRecord) -> list[str]:
    return [
        f"{_number(record.run.searched.cited)} of the works searched are known from reference lists only;"
        f" {_number(record.run.cited)} of the works found are.",
        f"Other citation searching: {UNKNOWN}.",
    ]


def _strategy(record: SearchRecord) -> list[str]:
    same = "the same as now" if record.run.thesaurus == record.thesaurus else f"now {record.thesaurus}"
    thesaurus = record.run.thesaurus or UNKNOWN
    asked = search_command(record.search.query, record.options)
    if record.changed:
        typed = [f"As run: {record.run.command}", f"The note has been changed since, and asks for: {asked}"]
    else:
        typed = [
            f"As typed: {record.search.query or '(no words, facets only)'}",
            *(f"Only works that fit {field}" for field in only_of(record.options.facets)),
            f"As run, and again on the command line: {asked}",
        ]
    return [
        *typed,
        f"Thesaurus: version {thesaurus} ({same}).",
        "As understood:",
        *(record.run.understood or (UNKNOWN,)),
        *_otherwise(record),
    ]


def _otherwise(record: SearchRecord) -> list[str]:
    """That the query means something else today, if so, and what to do about it."""
    if not record.otherwise:
        return []
    return [
        f"Today it is understood otherwise than on {record.run.on}, and may find other works"
        f" (kb searches run {record.slug} tells which). As understood today:",
        *record.understood,
    ]


def _limits(options: SearchOptions) -> list[str]:
    lines = [f"Only works that fit {field}." for field in only_of(options.facets)]
    lines += ["Only as written, without other names of the same thing."] if options.literal else []
    lines += ["Only works with every word."] if options.all_words else []
    lines += [f"Names that did not stand for each other: {', '.join(options.off)}."] if options.off else []
    lines += [f"Sorted by {options.sort}; all that was found counts, whatever its place."]
    return lines if len(lines) > 1 else ["None beside what the query says.", *lines]


def _updates(record: SearchRecord) -> list[str]:
    runs = record.search.runs
    if len(runs) < 2:
        return ["Run once." if runs else "No run is recorded; this one was made for this record."]
    first, last = runs[0], runs[-1]
    changed = (
        ""
        if last.found is not None or last.unlisted
        else (f" Since the run before, {len(last.new):,} new and {len(last.gone):,} gone.")
    )
    return [f"Run {len(runs)} times from {first.on} to {last.on}.{changed}"]


def _dates(record: SearchRecord) -> list[str]:
    return [f"Run on {record.run.on}", f"Run by: {record.run.by or UNKNOWN}"]


def _totals(record: SearchRecord) -> list[str]:
    run = record.run
    some = None if run.total is None or run.complete is None else run.total - run.complete
    return [
        f"{_number(run.total)} works: {_number(run.complete)} with all the words,"
        f" {_number(some)} with some of them.",
        f"{_number(run.held)} of them held, {_number(run.cited)} known from reference lists only.",
    ]


def _duplicates(record: SearchRecord) -> list[str]:
    on = record.run.searched
    return [
        f"Of {_number(on.entries)} entries read, {_number(on.merged)} were found to be another's work and"
        f" merged with it, and {_number(on.left_out)} could not be stored.",
        "Compared by identifiers, titles, people and years, with people's decisions on doubtful pairs"
        " (references/decisions.toml).",
    ]


def _number(count: int | None) -> str:
    return f"({UNKNOWN})" if count is None else f"{count:,}"


# --- formats


def _head(record: SearchRecord) -> list[tuple[str, str]]:
    state = "recorded in the note" if record.recorded else "made for this record, and written nowhere else"
    return [
        ("Saved search", f"{record.title} ({record.path})"),
        ("Why", record.why or UNKNOWN),
        ("Run", f"{record.run.on}, {state}"),
        *([("Today", "understood otherwise, see the search strategy")] if record.otherwise else []),
    ]


def _found(record: SearchRecord) -> tuple[str, ...]:
    return record.citekeys if record.citekeys is not None else (f"The works found are {UNKNOWN}.",)


def _markdown(record: SearchRecord) -> str:
    strategy = next(item for item in items(record) if item.number == _STRATEGY)
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall("\n".join(strategy.said))), default=0))
    lines = ["# Record of a search", ""]
    lines += [f"- **{name}:** {escaped(said)}" for name, said in _head(record)]
    lines += ["", "## Exactly as run", "", fence, *strategy.said, fence]
    lines += ["", "## PRISMA-S", "", "| | Item | |", "|---|---|---|"]
    lines += [f"| {item.number} | {item.name} | {_cell(item)} |" for item in items(record)]
    lines += ["", "## PRISMA 2020 flow", "", "| Records | Number |", "|---|---|"]
    lines += [f"| {box.name} | {_boxed(box)} |" for box in flow(record)]
    lines += ["", "### Records identified, per file", "", "| File | Entries | Not stored |", "|---|---|---|"]
    lines += [
        f"| {escaped(one.path)} | {one.entries:,} | {_number(one.left_out)} |" for one in record.sources
    ]
    lines += ["", "## Works found", ""]
    lines += [f"- {escaped(said)}" for said in _found(record)]
    return encodable("\n".join((*lines, "", _SOURCE, "")))


def _cell(item: Item) -> str:
    return "See “Exactly as run”." if item.number == _STRATEGY else "<br>".join(map(escaped, item.said))


def _plain(record: SearchRecord) -> str:
    lines = ["RECORD OF A SEARCH", ""]
    lines += [f"{name}: {said}" for name, said in _head(record)]
    lines += ["", "PRISMA-S"]
    for item in items(record):
        lines += [f"{item.number}. {item.name}", *(f"    {said}" for said in item.said)]
    lines += ["", "PRISMA 2020 FLOW", *(f"{box.name}: {_boxed(box)}" for box in flow(record))]
    lines += ["", "RECORDS IDENTIFIED, PER FILE"]
    lines += [f"{s.path}: {s.entries:,} entries, {_number(s.left_out)} not stored" for s in record.sources]
    lines += ["", "WORKS FOUND", *_found(record)]
    return encodable("\n".join((*lines, "", _SOURCE, "")))


def _csv(record: SearchRecord) -> str:
    head = [("record", name, said) for name, said in _head(record)]
    body = [(f"PRISMA-S {item.number}", item.name, said) for item in items(record) for said in item.said]
    boxes = [("PRISMA 2020", box.name, _boxed(box)) for box in flow(record)]
    files = [("file", one.path, str(one.entries)) for one in record.sources]
    works = [("work", "found", citekey) for citekey in _found(record)]
    columns = ("part", "name", "said")
    rows = (dict(zip(columns, row, strict=True)) for row in (*head, *body, *boxes, *files, *works))
    return csv_of(rows, columns)


def _json(record: SearchRecord) -> str:
    said: dict[str, object] = {
        "slug": record.slug,
        "title": record.title,
        "why": record.why,
        "library": record.library,
        "search": _asked(record),
        "run": _run(record),
        "now": {
            "thesaurus": record.thesaurus,
            "searched": asdict(record.today),
            "understood": list(record.understood),
        },
        "prisma_s": [{"item": one.number, "name": one.name, "said": list(one.said)} for one in items(record)],
        "prisma_flow": [{"name": box.name, "count": box.count} for box in flow(record)],
        "sources": [asdict(one) for one in record.sources],
        "works": None if record.citekeys is None else list(record.citekeys),
    }
    return encodable(dumps(said, ensure_ascii=False, indent=2)) + "\n"


def _asked(record: SearchRecord) -> dict[str, object]:
    options = record.options
    return {
        "query": record.search.query,
        "only": list(only_of(options.facets)),
        "literal": options.literal,
        "all_words": options.all_words,
        "sort": options.sort,
        "off": list(options.off),
        "facets": dict(options.facets),
        "changed_since_run": record.changed,
        "understood_otherwise_today": record.otherwise,
    }


def _run(record: SearchRecord) -> dict[str, object]:
    run = record.run
    return {
        "on": run.on,
        "by": run.by,
        "recorded": record.recorded,
        "command": run.command,
        "thesaurus": run.thesaurus,
        "counts": {"total": run.total, "complete": run.complete, "held": run.held, "cited": run.cited},
        "searched": asdict(run.searched),
        "understood": list(run.understood),
    }


def _boxed(box: Box) -> str:
    return UNKNOWN if box.count is None else f"{box.count:,}"


REPORTS: dict[str, tuple[Callable[[SearchRecord], str], str, str]] = {
    "md": (_markdown, ".md", "text/markdown"),
    "json": (_json, ".json", "application/json"),
    "csv": (_csv, ".csv", "text/csv"),
    "txt": (_plain, ".txt", "text/plain"),
}
"""Each format of the record: how it is written, how its files end, and their media type."""


def search_report(record: SearchRecord, form: str) -> str:
    """The record of a search in one of the formats of ``REPORTS``.

    Raises:
        FormatError: Another format.
    """
    if form not in REPORTS:
        raise FormatError(form, tuple(REPORTS))
    return REPORTS[form][0](record)
