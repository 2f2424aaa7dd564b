"""Saved searches: written as notes, and each run put into its note; nothing else in the file changes.

What comes out is read again before it is written: a note that would not say
what is meant is not written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from kb.edit.files import create, rewrite
from kb.edit.front import with_item, without_last
from kb.edit.names import new_slug, note_files, quoted
from kb.errors import EditError
from kb.library import Library
from kb.model import Note, SavedSearch, SearchOptions, SearchRun, whole_query
from kb.read import read_note
from kb.text import nearest, squeeze
from kb.text import slug as slug_of

_KEY = "run"
_SLUG = 60  # characters of a slug that is made of a query
_COUNTS = ("total", "complete", "held", "cited")
_SEARCHED = ("held", "cited", "entries", "merged", "left_out", "named")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run as it was written: its lists say what changed, or all, or nothing if it found too much."""

    path: str
    run: SearchRun

    @property
    def commands(self) -> list[str]:
        """The command that takes it out again."""
        return [f"kb searches forget {Path(self.path).stem}"]


def save_search(
    library: Library,
    search: SavedSearch,
    run: SearchRun,
    *,
    slug: str = "",
    title: str = "",
    today: date,
) -> str:
    """Write a search and its first run as a note in notes/searches/, and return its slug.

    Without a slug one is made that no note has, of the title or the query.

    Raises:
        EditError: It looks for nothing or gives no reason; its slug is none or
            taken; or it cannot be written so that it reads as it is meant.
    """
    name = free_slug(library, search, slug=slug, title=title)
    path = library.notes / "searches" / f"{name}.md"
    wanted = SavedSearch(squeeze(search.query), search.options, squeeze(search.why))
    front = _asked(_called(search, title), wanted)
    text = f"---\nkind: search\n{front}added: {today.isoformat()}\n---\n".encode()
    content, _ = _with_run(text, library.relative(path), run, wanted, {})
    create(library, path, content)
    return name


def free_slug(library: Library, search: SavedSearch, *, slug: str = "", title: str = "") -> str:
    """The slug under which a search would be saved: nothing is written.

    Raises:
        EditError: It looks for nothing or gives no reason; its slug is none or taken.
    """
    if not whole_query(squeeze(search.query), search.options.facets):
        raise EditError("The search looks for nothing. Nothing was written; name words or a facet.")
    if not squeeze(search.why):
        raise EditError("Say why the search is saved: a reason is needed. Nothing was written.")
    called = _called(search, title)
    return new_slug(library, called, wanted=slug or _free(library, called))


def record_run(
    library: Library, slug: str, run: SearchRun, *, same: Mapping[str, str] | None = None
) -> Recorded:
    """Put a run into a saved search's note: the works that are new and gone since the run before.

    ``same`` leads from citekeys that stand in the note to what the works are called now.

    Raises:
        EditError: There is no such saved search, or its file cannot be written, or not as it is meant.
    """
    path = _file(library, slug)
    name = library.relative(path)
    written: list[SearchRun] = []

    def changed(content: bytes) -> bytes:
        after, one = _with_run(content, name, run, _search(content, name), same or {})
        written.append(one)
        return after

    rewrite(library, path, changed)
    return Recorded(name, written[-1])


def forget_run(library: Library, slug: str) -> SearchRun:
    """Take the last run out of a saved search's note, and return it.

    Raises:
        EditError: There is no such saved search, or no run; or the file cannot be written,
            or not so that it reads as it is meant.
    """
    path = _file(library, slug)
    name = library.relative(path)
    gone: list[SearchRun] = []

    def changed(content: bytes) -> bytes:
        before = _search(content, name)
        if not before.runs:
            raise EditError(f"No run of {slug} is recorded. Nothing was written.")
        after = without_last(content, _KEY, name)
        if not _reads_as(content, after, name, before.runs[:-1]):
            raise EditError(_misread(name))
        gone.append(before.runs[-1])
        return after

    rewrite(library, path, changed)
    return gone[-1]


# --- the file


def _called(search: SavedSearch, title: str) -> str:
    """The title of a search: what it looks for, if it was given none."""
    return squeeze(title) or squeeze(search.query) or whole_query("", search.options.facets)


def _free(library: Library, called: str) -> str:
    """A slug that no note has: a search is often called as the topic that it looks for."""
    taken, made = note_files(library), slug_of(called)[:_SLUG].strip("-")
    if not made or made not in taken:
        return made
    tries = (f"{made}-search{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(one for one in tries if one not in taken)


def _file(library: Library, slug: str) -> Path:
    files = note_files(library)
    path = files.get(slug.casefold())
    if path is None:
        near = nearest(slug, [name for name, path in files.items() if path.parent.name == "searches"])
        hint = f" Did you mean {' or '.join(near)}?" if near else " Save one first."
        raise EditError(f"There is no saved search called {slug}.{hint}")
    return path


def _search(content: bytes, name: str) -> SavedSearch:
    note, _ = read_note(content, name)
    if note is None or note.search is None:
        raise EditError(f"{name} is no saved search. Nothing was written.")
    return note.search


def _with_run(
    content: bytes, name: str, run: SearchRun, before: SavedSearch, same: Mapping[str, str]
) -> tuple[bytes, SearchRun]:
    """The note's bytes with a run, and the run as it stands there; without its works if they are too many."""
    told = _since(run, before, same)
    for one in (told, replace(told, found=None, new=(), gone=(), unlisted=True)):
        after = with_item(content, _KEY, _lines(one), name)
        if _reads_as(content, after, name, (*before.runs, one)):
            return after, one
    raise EditError(_misread(name))


def _since(run: SearchRun, before: SavedSearch, same: Mapping[str, str]) -> SearchRun:
    """A run as it is told after those before it: what changed, where that is shorter."""
    found = dict.fromkeys(squeeze(citekey) for citekey in run.found or ())
    understood = tuple(dict.fromkeys(filter(None, map(squeeze, run.understood))))
    understood = () if understood == before.understood else understood
    command = "" if squeeze(run.command) == before.command else squeeze(run.command)
    told = replace(
        run, by=squeeze(run.by), command=command, understood=understood, found=tuple(sorted(found))
    )
    recorded = before.found
    if recorded is None:
        return told
    now = {citekey: same.get(citekey, citekey) for citekey in recorded}
    new = tuple(sorted(found.keys() - set(now.values())))
    gone = tuple(sorted(citekey for citekey, called in now.items() if called not in found))
    twice = len(now) != len(set(now.values()))  # two recorded works have become one: told anew, all adds up
    if twice or len(new) + len(gone) > len(found):
        return told
    return replace(told, found=None, new=new, gone=gone)


# --- as YAML


def _asked(title: str, search: SavedSearch) -> str:
    options = _options(search.options)
    lines = [
        f"title: {quoted(title)}",
        f"query: {quoted(search.query)}",
        *(["options:", *(f"  {line}" for line in options)] if options else []),
        f"why: {quoted(search.why)}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _options(options: SearchOptions) -> list[str]:
    facets = ", ".join(f"{name}: {quoted(value)}" for name, value in options.facets)
    said = {
        "literal": "true" if options.literal else "",
        "all_words": "true" if options.all_words else "",
        "sort": options.sort if options.sort != "relevance" else "",
        "off": f"[{', '.join(map(quoted, options.off))}]" if options.off else "",
        "facets": f"{{{facets}}}" if facets else "",
    }
    return [f"{key}: {value}" for key, value in said.items() if value]


def _lines(run: SearchRun) -> list[str]:
    """A run as the lines of a list's item."""
    counts = [(name, getattr(run, name)) for name in _COUNTS]
    searched = [(name, getattr(run.searched, name)) for name in _SEARCHED]
    texts = (("newest", run.searched.newest), ("version", run.searched.version))
    searched += [(name, quoted(text)) for name, text in texts if text]
    lines = [f"on: {run.on}"]
    lines += [f"by: {quoted(run.by)}"] if run.by else []
    lines += [f"thesaurus: {quoted(run.thesaurus)}"] if run.thesaurus else []
    for key, pairs in (("counts", counts), ("searched", searched)):
        said = ", ".join(f"{name}: {value}" for name, value in pairs if value is not None)
        lines += [f"{key}: {{{said}}}"] if said else []
    lines += [f"command: {quoted(run.command)}"] if run.command else []
    lines += _block("understood", run.understood)
    lines += ["unlisted: true"] if run.unlisted else []
    if run.found is not None:
        lines += _block("found", run.found) or ["found: []"]
    return [*lines, *_block("new", run.new), *_block("gone", run.gone)]


def _block(key: str, lines: Iterable[str]) -> list[str]:
    said = [f"  {line}" for line in lines]
    return [f"{key}: |", *said] if said else []


# --- whether it reads as it is meant


def _reads_as(before: bytes, after: bytes, name: str, runs: tuple[SearchRun, ...]) -> bool:
    (old, problems), (new, more) = read_note(before, name), read_note(after, name)
    if old is None or new is None or old.search is None or new.search is None:
        return False
    same = new.search == replace(old.search, runs=runs)
    return same and _rest(old) == _rest(new) and len(more) <= len(problems)


def _rest(note: Note) -> tuple[object, ...]:
    """All that a note says, but for its runs, wherever it stands."""
    front = {key: value for key, value in note.front.items() if key != _KEY}
    links = [(link.target, link.field) for link in note.links]
    mentions = [(one.citekey, one.intent, one.where) for one in note.mentions]
    return front, links, mentions, note.title, note.kind, note.body, note.tags


def _misread(name: str) -> str:
    what = f"The run cannot be put into {name}, or taken out, without changing what else it says."
    return f"{what} Nothing was written; see what `kb check` says of it."
