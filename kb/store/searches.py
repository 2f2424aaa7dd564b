"""Saved searches in and out of the store, and what they are run on."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from kb.model import Note, SavedSearch, Searched, SearchOptions, SearchRun
from kb.store.database import Database
from kb.store.rows import Row

_SEARCHES = """
SELECT note.slug, note.title, query, literal, all_words, sort, off, facets, why
FROM saved_search JOIN note ON note.slug = saved_search.slug
WHERE :slug IN ('', note.slug)
ORDER BY note.title COLLATE NOCASE, note.slug
"""
_RUNS = """
SELECT run_on, run_by, thesaurus, total, complete, held, cited,
       base_held, base_cited, entries, merged, left_out, newest, version, named, command, understood, lists
FROM search_run WHERE search = ? ORDER BY position
"""
_WORKS = "SELECT position, what, citekey FROM search_work WHERE search = ? ORDER BY position, what, citekey"
_CALLED = """
SELECT alias, citekey FROM alias
WHERE alias IN (SELECT value FROM json_each(?)) ORDER BY alias
"""
# Whole rows: whatever comes to stand in them may change what a search finds.
_THESAURUS = (
    "SELECT * FROM topic ORDER BY slug",
    "SELECT * FROM label ORDER BY topic, position",
    "SELECT * FROM topic_relation ORDER BY topic, relation, other",
)
_HELD = "SELECT coalesce(sum(held), 0), count(*) - coalesce(sum(held), 0) FROM work"
_NEWEST = """
SELECT coalesce(max(day), '') FROM (
  SELECT max(added) AS day FROM work
  UNION ALL SELECT max(added) FROM note WHERE kind <> 'search'
  UNION ALL SELECT max(checked) FROM note WHERE kind <> 'search'
  UNION ALL SELECT max(day) FROM decision
)
"""
_MERGED = "SELECT count(*) - count(DISTINCT citekey) FROM entry"
_BIBS = (
    "SELECT path, records FROM file WHERE path LIKE '%.bib' AND path NOT LIKE '%overlay.bib' ORDER BY path"
)
# Errors that cost an entry: those of reading, and those of putting the files together.
_UNREAD, _REFUSED = ("bib-syntax", "bib-lost", "bib-citekey"), ("citekey-twice",)
_LOST = """
SELECT path, code IN (SELECT value FROM json_each(:unread)), count(*),
       max(message LIKE 'There are % more problems %')
FROM problem
WHERE severity = 'error'
  AND (code IN (SELECT value FROM json_each(:unread)) OR code IN (SELECT value FROM json_each(:refused)))
GROUP BY 1, 2 ORDER BY 1, 2
"""


# --- in


def rows(notes: Iterable[Note]) -> dict[str, list[Row]]:
    """The rows of the tables of saved searches."""
    found = sorted(((note.slug, note.search) for note in notes if note.search), key=lambda pair: pair[0])
    return {
        "saved_search": [_search_row(slug, search) for slug, search in found],
        "search_run": [
            _run_row(slug, place, run) for slug, search in found for place, run in enumerate(search.runs)
        ],
        "search_work": sorted(
            (slug, place, what, citekey)
            for slug, search in found
            for place, run in enumerate(search.runs)
            for what, citekeys in (("found", run.found or ()), ("gone", run.gone), ("new", run.new))
            for citekey in citekeys
        ),
    }


def _search_row(slug: str, search: SavedSearch) -> Row:
    options = search.options
    return (
        slug,
        search.query,
        int(options.literal),
        int(options.all_words),
        options.sort,
        json.dumps(options.off, ensure_ascii=False),
        json.dumps(options.facets, ensure_ascii=False),
        search.why,
    )


def _run_row(slug: str, place: int, run: SearchRun) -> Row:
    on = run.searched
    lists = "unlisted" if run.unlisted else "changes" if run.found is None else "all"
    return (
        slug,
        place,
        run.on,
        run.by,
        run.thesaurus,
        *(run.total, run.complete, run.held, run.cited),
        *(on.held, on.cited, on.entries, on.merged, on.left_out, on.newest, on.version, on.named),
        run.command,
        json.dumps(run.understood, ensure_ascii=False),
        lists,
    )


# --- out


def searches(db: Database) -> list[tuple[str, str, SavedSearch]]:
    """(slug, title, search) of all saved searches, by title; their runs without the lists of works."""
    return _searches(db, "", {})


def search(db: Database, slug: str) -> SavedSearch | None:
    """The saved search with this slug, whole; None if there is none."""
    works: dict[tuple[int, str], list[str]] = {}
    for place, what, citekey in db.execute(_WORKS, (slug,)):
        works.setdefault((place, what), []).append(citekey)
    return next((found for _, _, found in _searches(db, slug, works)), None)


def _searches(
    db: Database, slug: str, works: dict[tuple[int, str], list[str]]
) -> list[tuple[str, str, SavedSearch]]:
    found = []
    for name, title, query, literal, every, sort, off, facets, why in db.execute(
        _SEARCHES, {"slug": slug}
    ).fetchall():
        pairs = tuple((facet, value) for facet, value in json.loads(facets))
        options = SearchOptions(bool(literal), bool(every), sort, tuple(json.loads(off)), pairs)
        runs = tuple(_run(row, place, works) for place, row in enumerate(db.execute(_RUNS, (name,))))
        found.append((name, title, SavedSearch(query, options, why, runs)))
    return found


def _run(row: tuple[Any, ...], place: int, works: dict[tuple[int, str], list[str]]) -> SearchRun:
    on, by, thesaurus, total, complete, held, cited, *searched, command, understood, lists = row
    whole, come, gone = (tuple(works.get((place, what), ())) for what in ("found", "new", "gone"))
    return SearchRun(
        *(on, by, thesaurus, total, complete, held, cited),
        searched=Searched(*searched),
        command=command,
        understood=tuple(json.loads(understood)),
        found=whole if lists == "all" else None,
        new=come,
        gone=gone,
        unlisted=lists == "unlisted",
    )


def renamed(db: Database, citekeys: Iterable[str]) -> dict[str, str]:
    """Of these names, those by which works are no longer called, with what they are called now."""
    return dict(db.execute(_CALLED, (json.dumps(sorted(citekeys)),)))


# --- what is searched


def thesaurus(db: Database) -> str:
    """Twelve hexadecimal digits that change when a label, a topic or a relation of the thesaurus does."""
    digest = sha256()
    for query in _THESAURUS:
        for row in db.execute(query):
            digest.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
        digest.update(b"\n")
    return digest.hexdigest()[:12]


def searched(db: Database, *, version: str) -> Searched:
    """How much the library holds, of how many entries, and how new its text is."""
    held, cited = db.execute(_HELD).fetchone()
    files = sources(db)
    lost = [left_out for _, _, left_out, _ in files]
    unknown = any(number is None for number in lost)
    return Searched(
        held,
        cited,
        entries=None if unknown else sum(entries for _, entries, _, _ in files),
        merged=db.execute(_MERGED).fetchone()[0],
        left_out=None if unknown else sum(number or 0 for number in lost),
        newest=db.execute(_NEWEST).fetchone()[0],
        version=version,
        named=None if unknown else sum(entries for _, entries, _, named in files if named),
    )


class _Entry(msgspec.Struct):
    """Of a work, no more than whether it is held."""

    held: bool = True


class _Entries(msgspec.Struct):
    """Of what a reader made of a file, the works."""

    works: list[_Entry] = []


def sources(db: Database) -> list[tuple[str, int, int | None, bool]]:
    """Of each .bib: path, entries, how many of them could not be stored, and whether it is cited.bib.

    None where problems of one kind were so many that only some were kept. In
    cited.bib stand the works that reference lists name: none of them is held.
    """
    lost: dict[str, dict[bool, int | None]] = {}
    asked = {"unread": json.dumps(_UNREAD), "refused": json.dumps(_REFUSED)}
    for path, unread, count, capped in db.execute(_LOST, asked):
        lost.setdefault(path, {})[bool(unread)] = None if capped else count
    decoder = msgspec.msgpack.Decoder(_Entries)
    files = ((path, decoder.decode(packed).works) for path, packed in db.execute(_BIBS))
    return [
        (path, *_counted(len(works), lost.get(path, {})), bool(works) and not any(x.held for x in works))
        for path, works in files
    ]


def _counted(read: int, lost: dict[bool, int | None]) -> tuple[int, int | None]:
    """The entries of a file, and those of them that were not stored."""
    unread, refused = lost.get(True, 0), lost.get(False, 0)
    if unread is None or refused is None:
        return read, None
    return read + unread, unread + refused
