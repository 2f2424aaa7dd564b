"""Commands that change references/: bringing files in, and setting a field in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.build import progress_bar
from kb.cli.options import (
    DbOption,
    EncodingOption,
    JsonOption,
    LibraryOption,
    agreed,
    expanded,
    is_terminal,
    one_line,
    print_export,
    print_json,
    print_problems,
    printable,
    set_command,
    source,
    the_base,
    the_library,
)
from kb.errors import KBError

if TYPE_CHECKING:
    from kb.convert import Done, Incoming, Preview
    from kb.library import Library
    from kb.model import Work

_SHOWN = 10  # records of a kind that a preview lists; the rest is counted
_NEW = "imported.bib"


def bring(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of any format that kb reads.", readable=False)
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--into", help=f"The .bib to append to; references/{_NEW} by default.")
    ] = None,
    paper: Annotated[
        str, typer.Option("--as", help="The file is the text or PDF of this work: read its reference list.")
    ] = "",
    is_work: Annotated[
        list[str] | None, typer.Option("--is", help="With --as: which work a reference is, as 3=CITEKEY.")
    ] = None,
    encoding: EncodingOption = "",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Write without asking, what is doubtful too.")
    ] = False,
    leave_doubtful: Annotated[
        bool, typer.Option("--leave-doubtful", help="Leave out what may be here already.")
    ] = False,
    citations: Annotated[
        bool, typer.Option("--citations", help="Add what works that are here cite, as these files say.")
    ] = False,
    fill: Annotated[
        bool, typer.Option("--fill", help="Give works that are here the fields that these files know more.")
    ] = False,
    whole: Annotated[bool, typer.Option("--all", help="List every record of the preview.")] = False,
    undo: Annotated[str, typer.Option("--undo", help="Take back the import of this name.")] = "",
    db: DbOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Bring files of any format into references/: a preview first, then one step that can be undone.

    Example: kb import scopus.ris pubmed.nbib --into references/search-2026.bib
    """
    home = the_library(library, db)
    if undo:
        _undo(home, undo)
    elif paper:
        _read_paper(home, files or [], paper, is_work or [], encoding, yes=yes, json=json)
    elif files:
        target = home.references / _NEW if into is None else Path.cwd() / into
        _bring(_Import(home, target, yes, leave_doubtful, citations, fill, whole, json), files, encoding)
    else:
        raise typer.BadParameter("Name files to import, or --undo and the name of an import.")


def _read_paper(
    home: "Library", files: list[Path], citekey: str, said: list[str], encoding: str, *, yes: bool, json: bool
) -> None:
    from kb.cli.paper import read_references

    if len(files) != 1:
        raise typer.BadParameter("With --as, name one file: the text or PDF of that work.")
    read_references(home, files[0], citekey, said, encoding=encoding, yes=yes, json=json)


@dataclass(frozen=True, slots=True)
class _Import:
    """An import as it was asked for."""

    home: "Library"
    target: Path
    yes: bool
    leave_doubtful: bool
    citations: bool
    fill: bool
    whole: bool
    json: bool

    def tell(self, sentence: str) -> None:
        """Say something on stdout, or beside JSON on stderr."""
        typer.echo(sentence, err=self.json)


def _bring(wish: _Import, files: list[Path], encoding: str) -> None:
    from kb.convert import append, preview
    from kb.ingest import ingest

    sources = [source(path) for path in expanded(files)]
    with progress_bar() as progress:
        ingest(wish.home, progress=progress)
        found = preview(wish.home, sources, encoding=encoding, progress=progress)
    if wish.json:
        print_json(_as_json(found))
    else:
        _print_preview(found, whole=wish.whole)
    leave = _left_out(found, wish)
    count = sum(one.state != "here" for one in found.incoming) - len(leave)
    changed = _changed(found, wish)
    if not count and not changed:
        wish.tell("Nothing to write.")
        return
    question = f"Append {one_line(count, 'entry', 'entries')} to {wish.home.relative(wish.target)}"
    question += f", and change {one_line(changed, 'entry', 'entries')}?" if changed else "?"
    if not wish.yes and not agreed(question):
        wish.tell("Nothing was written. Add --yes to write without being asked.")
        return
    today = datetime.now(UTC).date()
    done = append(
        wish.home,
        found,
        into=wish.target,
        today=today,
        leave=leave,
        citations=wish.citations,
        fill=wish.fill,
    )
    with progress_bar() as progress:
        ingest(wish.home, progress=progress)
    _print_done(wish, done)


def _changed(found: "Preview", wish: _Import) -> int:
    """How many entries that are here would change; says by which option more would."""
    from kb.convert import bringing_citations, bringing_fields

    changed = set()
    for records, what, option, wanted in (
        (bringing_fields(found), "fields", "--fill", wish.fill),
        (bringing_citations(found), "citations", "--citations", wish.citations),
    ):
        if records and wanted:
            changed |= {one.work.citekey for one in records}
        elif records:
            here = one_line(len(records), "work that is here", "works that are here")
            wish.tell(f"For {here} these files have {what} that the library has not: {option} adds them.")
    return len(changed)


def _print_preview(found: "Preview", *, whole: bool) -> None:
    print_problems(found.problems)
    for state, title in (("new", "New"), ("here", "Already here"), ("doubtful", "Doubtful")):
        records = [one for one in found.incoming if one.state == state]
        typer.echo(f"{typer.style(title, bold=True)}: {len(records)}")
        shown = records if whole or state == "doubtful" else records[:_SHOWN]
        for one in shown:
            _print_incoming(one)
        if len(records) > len(shown):
            typer.echo(f"  … and {len(records) - len(shown)} more (--all lists them).")
    cites = sum(len(one.work.cites) for one in found.incoming)
    if cites:
        known = one_line(len(found.cited), "work is", "works are")
        typer.echo(f"Citations: {cites:,}; {known} cited that nobody here has.")
    for doubt in found.doubts[:_SHOWN]:
        what = (
            f"{doubt.reference.title or doubt.reference.fields.get('reference', '')} ({doubt.reference.year})"
        )
        typer.echo(printable(f"  unsure: {doubt.citing} cites {what}; is it {doubt.candidate.citekey}?"))


def _print_incoming(one: "Incoming") -> None:
    work = one.work
    typer.echo(f"  {typer.style(printable(work.citekey), bold=True)}  {printable(_said(work))}")
    if one.state != "here" and one.given != work.citekey:
        typer.echo(printable(f"      its file calls it {one.given}, which names another work here"))
    if one.match is None:
        return
    reasons = f": {', '.join(one.judgement.reasons)}" if one.judgement else ""
    verb = "is" if one.state == "here" else "may be"
    if one.within:
        typer.echo(printable(f"      {verb} {one.match.citekey}, earlier in these files{reasons}"))
        return
    typer.echo(printable(f"      {verb} {one.match.citekey} in the library{reasons}"))
    for name, theirs, ours in one.differences:
        typer.echo(printable(f"      {name}: {_short(theirs)} | in the library: {_short(ours) or 'nothing'}"))


def _said(work: "Work") -> str:
    names = [name.family for name in work.authors[:3]]
    by = ", ".join(names) + (" et al." if len(work.authors) > 3 else "")
    return f"{by} ({work.date or 'n.d.'}). {_short(work.title)}".strip()


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:90]}…"


def _left_out(found: "Preview", wish: _Import) -> set[int]:
    """The places of the doubtful records that are not to be written."""
    doubtful = [place for place, one in enumerate(found.incoming) if one.state == "doubtful"]
    if wish.leave_doubtful:
        return set(doubtful)
    if wish.yes or wish.json or not is_terminal():
        return set()
    left = set()
    for place in doubtful:
        one = found.incoming[place]
        assert one.match is not None
        if not agreed(f"{one.work.citekey} may be {one.match.citekey}. Append it as a work of its own?"):
            left.add(place)
    return left


def _print_done(wish: _Import, done: "Done") -> None:
    for one in done.appended:
        wish.tell(f"Written: {one_line(one.count, 'entry', 'entries')} to {wish.home.relative(one.path)}.")
    if done.before:
        wish.tell(f"Changed: {one_line(len(done.before), 'entry', 'entries')} of works that were here.")
    if done.name:
        wish.tell(f"To undo: kb import --undo {done.name}")
    for citekey, fields in done.before.items():
        wish.tell(f"{'     and' if done.name else 'To undo'}: {set_command(citekey, fields)}")


def _undo(home: "Library", name: str) -> None:
    from kb.convert import undo
    from kb.ingest import ingest

    for path in undo(home, name):
        typer.echo(f"Taken back: import {name} from {home.relative(path)}.")
    ingest(home)


def _as_json(found: "Preview") -> dict[str, object]:
    from kb.cli.build import flat
    from kb.render import record

    return {
        "records": [
            {
                **record(one.work),
                "given": one.given,
                "state": one.state,
                "match": one.match.citekey if one.match else "",
                "within": one.within,
                "confidence": one.judgement.score if one.judgement else None,
                "reasons": list(one.judgement.reasons) if one.judgement else [],
                "differences": [d._asdict() for d in one.differences],
                "gaps": one.gaps,
            }
            for one in found.incoming
        ],
        "cited": [record(work) for work in found.cited],
        "problems": [flat(problem) for problem in found.problems],
    }


def set_field(
    citekey: Annotated[str, typer.Argument(help="A held work.")],
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="field= takes a field away.")],
    db: DbOption = None,
    library: LibraryOption = None,
) -> None:
    """Set fields of one entry in place; no other line of its file changes.

    A value is BibTeX's, with or without the braces around it. With := it is
    written as it stands, as in year:=2015 or 'journal:=jsa # { B}'.

    Example: kb set seto2015predicting doi=10.1177/1079063214547584 pages={1-20}
    """
    from kb.edit import set_fields
    from kb.ingest import ingest

    wanted = _changes(changes)
    home = the_library(library, db)
    ingest(home)
    with the_base(library, db) as base:
        work = base.work(citekey).work
    if not work.held:
        raise KBError(f"{work.citekey} is known from reference lists only: it has no entry to change.")
    before = set_fields(home, work, wanted)
    report = ingest(home)
    names = [name.removesuffix(":") for name in wanted]
    if not any((*before.values(), *wanted.values())):
        typer.echo(
            printable(f"{work.citekey} has no field {' or '.join(names)}: there was nothing to take away.")
        )
        return
    typer.echo(printable(f"Set in {work.citekey}: {', '.join(names)}."))
    print_problems(problem for problem in report.problems if problem.citekey == work.citekey)
    for name in names:
        if over := _overruled(name.lower(), {**work.fields, **wanted}):
            typer.echo(f"Its field {over} counts instead of {name}: set {over}, or take it away with {over}=")
    # To the letter: it is to be pasted into a shell
    print_export(f"To undo: {set_command(work.citekey, before)}\n")


def _overruled(name: str, fields: Mapping[str, str]) -> str:
    """The field that is read where both are there; "" if this one is."""
    over = {"year": "date", "month": "date", "day": "date", "journal": "journaltitle", "issue": "number"}
    return over[name] if fields.get(over.get(name, ""), "") else ""


def _changes(texts: list[str]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign or not name.rstrip(":"):
            raise typer.BadParameter(f"“{text}” is no change: write field=value, or field= to take it away.")
        if name.lower().rstrip(":") in {known.lower().rstrip(":") for known in wanted}:
            raise typer.BadParameter(f"{name} is set twice.")
        wanted[name] = value if name.endswith(":") else _without_braces(value.strip())
    return wanted


def _without_braces(value: str) -> str:
    """The value without the pair of braces that encloses all of it, if one does."""
    depth = 0
    for place, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return value[1:-1] if char == "}" and place == len(value) - 1 else value
    return value
