"""Commands that ask the store: show, cites, cited-by, related, missing, export."""

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import (
    DbOption,
    JsonOption,
    LibraryOption,
    LimitOption,
    one_line,
    print_json,
    print_work,
    printable,
    the_base,
    write_export,
)
from kb.cli.searches import print_search
from kb.errors import FormatError, KBError

if TYPE_CHECKING:
    from kb.base import Base
    from kb.model import Cited, Note, WorkView

_STDIN = Path("-")
KeyArgument = Annotated[str, typer.Argument(help="A citekey, an alias or a DOI.")]


def show(
    name: Annotated[str, typer.Argument(help="A citekey, DOI, slug or label.")],
    db: DbOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Show a work, note, topic, tool, programme, claim, reading list or saved search.

    Example: kb show cport
    """
    with the_base(library, db) as base:
        kind, found = base.kind_of(name)
        if kind == "work":
            view = base.work(found)
            print_json(view) if json else _print_work(base, view)
        elif kind in {"topic", "tool", "programme"}:
            print_json(_subject(base, found)) if json else _print_topic(base, found)
        elif kind == "claim":
            print_json(base.claim(found)) if json else _print_claim(base, found)
        elif kind == "list":
            print_json(base.reading_list(found)) if json else print_list(base, found)
        elif kind == "search" and not json:
            print_search(base, found)
        else:
            note = base.note(found)
            print_json(note) if json else _print_note(note)


def _heading(text: str) -> None:
    typer.echo("\n" + typer.style(text, bold=True))


def _print_work(base: "Base", view: "WorkView") -> None:
    from kb.render import number, reference

    typer.echo(printable(reference(view.work)))
    typer.echo(
        printable(f"{view.work.type} · {view.citekey} · {view.work.origin.path}:{view.work.origin.line}")
    )
    for entry in view.work.entries:
        typer.echo(printable(f"  entry {entry.citekey} · {entry.origin.path}:{entry.origin.line}"))
    if view.topics:
        _heading("Topics")
        typer.echo(printable(" · ".join(topic.label for topic in view.topics)))
    if view.findings:
        _heading("Findings")
    for line in view.findings:
        said = line.finding.text.strip() or number(line.finding)
        typer.echo(printable(f"  {line.name}: {said} ({line.finding.where})"))
    for title, cited in (("References (it cites)", view.references), ("Cited by", view.cited_by)):
        if cited:
            _heading(f"{title}: {len(cited)}")
            for one in cited:
                typer.echo(printable(f"  {one.work.citekey}  {one.work.title} ({one.work.year or 'n.d.'})"))
    for claim in base.claims_on(view.citekey):
        typer.echo(printable(f"\nClaim: {claim.claim.statement}  (kb show {claim.slug})"))


def _print_note(note: "Note") -> None:
    typer.echo(typer.style(printable(note.title), bold=True))
    typer.echo(printable(f"{note.kind} · {note.slug} · {note.origin.path}"))
    if note.body.strip():
        typer.echo("\n" + printable(note.body.strip()))


def _subject(base: "Base", slug: str) -> dict[str, object]:
    """A topic, tool or programme whole, and the findings on it, each with whether its study stands apart."""
    view = base.topic(slug)
    said = {field.name: getattr(view, field.name) for field in fields(view)}
    return said | {"findings": base.evidence(slug)}


def _print_topic(base: "Base", slug: str) -> None:
    from kb.render import number

    view = base.topic(slug)
    _print_note(view.note)
    labels = [label.text for label in view.labels if label.status not in {"preferred", "hidden"}]
    if labels:
        typer.echo(printable(f"\nOther names: {', '.join(labels)}"))
    for title, topics in (("Broader", view.broader), ("Narrower", view.narrower), ("Related", view.related)):
        if topics:
            typer.echo(printable(f"{title}: {', '.join(topic.label for topic in topics)}"))
    findings = base.evidence(slug)
    if findings:
        _heading(f"Findings: {len(findings)}")
    for line in findings:
        said = line.finding.text.strip() or f"{line.finding.outcome}: {number(line.finding)}"
        whose = f" [{line.independence.word}]" if line.independence else ""
        typer.echo(printable(f"  {line.work.citekey}{whose}: {said}"))
    _heading(f"Works: {len(view.works)}")
    for work in view.works[:20]:
        typer.echo(printable(f"  {work.citekey}  {work.title} ({work.year or 'n.d.'})"))


def _print_claim(base: "Base", slug: str) -> None:
    view = base.claim(slug)
    _print_note(view.note)
    if view.said_by:
        speaker = f", {view.claim.speaker} ({view.claim.attribution})" if view.claim.speaker else ""
        typer.echo(printable(f"\nSaid in {view.said_by.citekey}{speaker}, {view.claim.where}"))
    for one in view.evidence:
        source = one.work.citekey if one.work else one.url
        typer.echo(printable(f"  {one.relation}: {source} — {one.because}"))


def print_list(base: "Base", slug: str) -> None:
    """A reading list in order, section by section, with the reasons."""
    view = base.reading_list(slug)
    typer.echo(typer.style(printable(view.note.title), bold=True))
    typer.echo(printable(view.purpose))
    section = ""
    for item in view.items:
        if item.section != section:
            _heading(printable(item.section))
            section = item.section
        print_work(item.work, under=f"{item.reason}{f' [{item.role}]' if item.role else ''}")


def cites(
    citekey: KeyArgument, db: DbOption = None, library: LibraryOption = None, json: JsonOption = False
) -> None:
    """List the references of a work: what it cites.

    Example: kb cites eke2019validation
    """
    with the_base(library, db) as base:
        _print_cited(base.references(citekey), json=json)


def cited_by(
    citekey: KeyArgument, db: DbOption = None, library: LibraryOption = None, json: JsonOption = False
) -> None:
    """List the works that cite a work.

    Example: kb cited-by seto2015predicting
    """
    with the_base(library, db) as base:
        _print_cited(base.cited_by(citekey), json=json)


def _print_cited(found: list["Cited"], *, json: bool) -> None:
    if json:
        print_json(found)
        return
    for one in found:
        sure = "" if one.confidence == 1 else f"matched with confidence {one.confidence:.2f}"
        print_work(one.work, under=", ".join(part for part in (*one.intents, one.where, sure) if part))
    typer.echo(f"{one_line(len(found), 'work')}.")


def related(
    citekey: KeyArgument,
    db: DbOption = None,
    library: LibraryOption = None,
    limit: LimitOption = 10,
    json: JsonOption = False,
) -> None:
    """List works near a work, by citations or by what they speak of, and why.

    Example: kb related seto2015predicting
    """
    with the_base(library, db) as base:
        found = base.related(citekey, limit=limit)
    if json:
        print_json(found)
        return
    for one in found:
        print_work(one.work, under=one.why)
    typer.echo(f"{one_line(len(found), 'work')}.")


def missing(
    db: DbOption = None, library: LibraryOption = None, limit: LimitOption = 50, json: JsonOption = False
) -> None:
    """List works that several of yours cite and you do not hold.

    Example: kb missing --limit 10
    """
    with the_base(library, db) as base:
        found, coverage = base.missing(limit=limit), base.coverage()
    if json:
        print_json({"missing": found, "coverage": coverage})
        return
    for one in found:
        print_work(one.work, under=f"cited by {one.count}")
    typer.echo(
        f"{one_line(len(found), 'work')}. Reference lists known of {coverage.complete + coverage.partial} "
        f"of {coverage.held} held works ({coverage.complete} complete): more may be missing."
    )


def export(
    query: Annotated[
        list[str] | None, typer.Argument(help="A search; everything that matches is exported.")
    ] = None,
    reading_list: Annotated[str, typer.Option("--list", help="A reading list's slug.")] = "",
    tool: Annotated[str, typer.Option("--tool", help="A tool, programme or topic.")] = "",
    keys: Annotated[
        Path | None, typer.Option("--keys", help="A file of citekeys, one a line; - is stdin.")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="bibtex, ris, csl, md, csv or json.")] = "bibtex",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; stdout by default.")] = None,
    db: DbOption = None,
    library: LibraryOption = None,
) -> None:
    """Export works: of a search, a reading list, a tool, or a file of citekeys.

    Example: kb export --list cport-validation --to bibtex -o cport.bib
    """
    from kb.render import EXPORTS

    if to not in EXPORTS:
        raise FormatError(to, tuple(EXPORTS))
    if sum(map(bool, (query, reading_list, tool, keys))) != 1:
        raise typer.BadParameter("Name one of these: a search, --list, --tool or --keys.")
    with the_base(library, db) as base:
        if reading_list:
            text = base.export_list(reading_list, to)
        else:
            text = base.export(_chosen(base, query or [], tool, keys), to)
    write_export(text, output)


def _chosen(base: "Base", query: list[str], tool: str, keys: Path | None) -> list[str]:
    if tool:
        return [line.citekey for line in base.topic(tool).works]
    if keys:
        try:
            text = sys.stdin.buffer.read().decode("utf-8") if keys == _STDIN else keys.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KBError(f"{keys} cannot be read: {error}.") from error
        names = [line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
        return list(dict.fromkeys(map(base.citekey, names)))
    return [citekey for citekey, _ in base.search(" ".join(query), limit=0).citekeys]
