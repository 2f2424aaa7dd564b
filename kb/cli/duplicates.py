"""kb duplicates: which records are one work, in the library or in any files; and decisions on them."""

import getpass
import os
import shlex
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from kb.cli.build import flat, progress_bar
from kb.cli.options import (
    DbOption,
    EncodingOption,
    JsonOption,
    LibraryOption,
    fail_if,
    one_line,
    print_export,
    print_json,
    print_problems,
    printable,
    set_command,
    the_library,
)

if TYPE_CHECKING:
    from kb.duplicates import Duplicates
    from kb.library import Library
    from kb.model import Decision, Work

Pair: TypeAlias = tuple[str, str] | None
FilesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files of any formats; the library by default.", readable=False)
]
SameOption = Annotated[
    Pair, typer.Option("--same", metavar="A B", help="They are one work; A keeps its citekey.")
]
DifferentOption = Annotated[Pair, typer.Option("--different", metavar="A B", help="They are two works.")]
LinkOption = Annotated[
    Pair, typer.Option("--link", metavar="A B", help="A is the preprint, a version … of B.")
]
ForgetOption = Annotated[
    Pair, typer.Option("--forget", metavar="A B", help="Take the decision on them back.")
]
UndecidedOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if something is undecided or wrong.")
]
_SHOWN = 50  # clusters, or doubts, that are listed; the rest is counted


def duplicates(
    files: FilesArgument = None,
    same: SameOption = None,
    different: DifferentOption = None,
    link: LinkOption = None,
    forget: ForgetOption = None,
    kind: Annotated[str, typer.Option("--as", help="With --link: what A is to B; compared by default.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason of a decision.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides; you by default.")] = "",
    encoding: EncodingOption = "",
    csv: Annotated[bool, typer.Option("--csv", help="Print citekey,cluster for every record.")] = False,
    whole: Annotated[bool, typer.Option("--all", help="List all, however many.")] = False,
    strict: UndecidedOption = False,
    db: DbOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Find records that are one work, with reasons, and write down what you decide.

    Example: kb duplicates scopus.ris pubmed.nbib --csv
    """
    asked = {"--same": same, "--different": different, "--link": link, "--forget": forget}
    wishes = [(name, pair) for name, pair in asked.items() if pair]
    _check_use(len(wishes), bool(files), bool(kind and not link), csv and json)
    if not wishes:
        found = _look(files or [], library, db, encoding)
        _print(found, csv=csv, json=json, whole=whole)
        unread = any(p.code.startswith("file-") and p.severity == "error" for p in found.problems)
        fail_if(unread or (strict and bool(found.problems or found.undecided)))
        return
    home = the_library(library, db)
    name, pair = wishes[0]
    if name == "--link":
        _link(home, pair, kind)
    elif name == "--forget":
        _forget(home, pair)
    else:
        _decide(home, "same" if name == "--same" else "different", pair, by=by, why=why)


def _check_use(wishes: int, files: bool, kind_alone: bool, two_forms: bool) -> None:
    if wishes > 1:
        raise typer.BadParameter("Decide one thing at a time: --same, --different, --link or --forget.")
    if wishes and files:
        raise typer.BadParameter("A decision is on works of the library: leave the files out.")
    if kind_alone:
        raise typer.BadParameter("--as belongs to --link.")
    if two_forms:
        raise typer.BadParameter("Choose one of --csv and --json.")


def _look(files: list[Path], library: Path | None, db: Path | None, encoding: str) -> "Duplicates":
    from kb.duplicates import in_files, in_store
    from kb.ingest import ingest

    with progress_bar() as progress:
        if files:
            return in_files(files, encoding=encoding, progress=progress)
        if db and not library:  # a store alone is enough
            return in_store(db, progress=progress)
        home = the_library(library, db)
        ingest(home, progress=progress)
        return in_store(home.database, progress=progress)


# --- what was found


def _print(found: "Duplicates", *, csv: bool, json: bool, whole: bool) -> None:
    if csv:
        from kb.render.table import csv_of

        rows = zip(found.works, found.numbers, strict=True)
        records = ({"citekey": work.citekey, "cluster": number} for work, number in rows)
        print_export(csv_of(records, ("citekey", "cluster")))
        print_problems(found.problems)
    elif json:
        print_json(_as_json(found))
    else:
        print_problems(found.problems)
        _print_clusters(found, whole=whole)
        _print_doubts(found, whole=whole)


def _print_clusters(found: "Duplicates", *, whole: bool) -> None:
    count = sum(len(cluster.works) for cluster in found.clusters)
    records = one_line(len(found.works), "record")
    typer.echo(f"{typer.style('One work', bold=True)}: {one_line(len(found.clusters), 'cluster')}", nl=False)
    typer.echo(f" of {count:,} among {records}.")
    shown = found.clusters if whole else found.clusters[:_SHOWN]
    for cluster in shown:
        typer.echo(printable(f"  {cluster.number}: {', '.join(cluster.reasons)}"))
        _print_works(cluster.works)
    _print_rest(len(found.clusters) - len(shown), "cluster")


def _print_doubts(found: "Duplicates", *, whole: bool) -> None:
    typer.echo(f"{typer.style('Doubtful', bold=True)}: {one_line(len(found.doubts), 'pair')}.")
    shown = found.doubts if whole else found.doubts[:_SHOWN]
    for doubt in shown:
        said = doubt.judgement
        typer.echo(printable(f"  {said.score:.2f}: {', '.join(said.reasons)}"))
        _print_works((doubt.one, doubt.other))
        if said.relation:
            typer.echo(f"      If one is the {said.relation} of the other: kb duplicates --link THAT OTHER")
    _print_rest(len(found.doubts) - len(shown), "pair")
    if found.clusters or found.doubts:
        typer.echo("To decide in the library: kb duplicates --same A B, or --different A B.")


def _print_works(works: Iterable["Work"]) -> None:
    for work in works:
        by = ", ".join(name.family for name in work.authors[:3]) + (
            " et al." if len(work.authors) > 3 else ""
        )
        title = work.title if len(work.title) <= 90 else f"{work.title[:90]}…"
        typer.echo(f"      {typer.style(printable(work.citekey), bold=True)}", nl=False)
        typer.echo(printable(f"  {by} ({work.date or 'n.d.'}). {title}"))
        typer.echo(printable(f"          {work.origin.path}:{work.origin.line}"))


def _print_rest(count: int, what: str) -> None:
    if count > 0:
        typer.echo(f"  … and {one_line(count, f'more {what}')} (--all lists them).")


def _as_json(found: "Duplicates") -> dict[str, object]:
    from kb.render import record

    rows = zip(found.works, found.numbers, strict=True)
    return {
        "records": [
            {"citekey": w.citekey, "source": w.origin.path, "line": w.origin.line, "cluster": number}
            for w, number in rows
        ],
        "clusters": [
            {
                "cluster": cluster.number,
                "confidence": cluster.score,
                "reasons": list(cluster.reasons),
                "records": [record(work) for work in cluster.works],
            }
            for cluster in found.clusters
        ],
        "doubtful": [
            {
                "confidence": doubt.judgement.score,
                "reasons": list(doubt.judgement.reasons),
                "relation": doubt.judgement.relation,
                "records": [record(doubt.one), record(doubt.other)],
            }
            for doubt in found.doubts
        ],
        "problems": [flat(problem) for problem in found.problems],
    }


# --- what is decided


def _decide(
    home: "Library", verdict: Literal["same", "different"], pair: tuple[str, str], *, by: str, why: str
) -> None:
    from kb.duplicates import decide

    today = datetime.now(UTC).date()
    with progress_bar() as progress:
        done = decide(home, verdict, pair, by=by or _me(), why=why, today=today, progress=progress)
    what = f"one work, {pair[0]}" if verdict == "same" else "two works"
    said = "Decided" if done.changed else "Decided already"
    typer.echo(printable(f"{said}: {pair[0]} and {pair[1]} are {what}."))
    _print_troubles(home)
    if not done.changed:
        return
    undo = _command(done.before) if done.before else shlex.join(["kb", "duplicates", "--forget", *pair])
    print_export(f"To undo: {undo}\n")


def _forget(home: "Library", pair: tuple[str, str]) -> None:
    from kb.duplicates import forget

    with progress_bar() as progress:
        before = forget(home, pair, progress=progress)
    typer.echo(printable(f"Forgotten: what was decided on {pair[0]} and {pair[1]}."))
    print_export(f"To undo: {_command(before)}\n")


def _link(home: "Library", pair: tuple[str, str], kind: str) -> None:
    from kb.duplicates import link

    with progress_bar() as progress:
        citekey, said, before = link(home, pair, kind, progress=progress)
    if not before:
        typer.echo(printable(f"The entry of {citekey} says so already: {said} of {pair[1]}."))
        return
    typer.echo(printable(f"Linked: {citekey} is related to {pair[1]} ({said})."))
    print_export(f"To undo: {set_command(citekey, before)}\n")


def _command(decision: "Decision") -> str:
    """The command that decides so again."""
    words = ["kb", "duplicates", f"--{decision.verdict}", *decision.works]
    words += ["--by", decision.by] if decision.by else []
    return shlex.join([*words, "--why", decision.why] if decision.why else words)


def _print_troubles(home: "Library") -> None:
    """Say what is wrong with decisions now."""
    from kb.base import open_base

    with open_base(home.database) as base:
        print_problems(one for one in base.problems() if one.code.startswith("decision-"))


def _me() -> str:
    """Who is at the keyboard, by the name that git is told, else the account's; "" if nobody can say."""
    try:
        return os.environ.get("GIT_AUTHOR_NAME", "") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
