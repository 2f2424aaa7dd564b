"""``kb import PAPER --as CITEKEY``: what a paper's own text says that it cites."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kb.cli.options import agreed, one_line, print_json, print_problems, printable, set_command, source

if TYPE_CHECKING:
    from kb.convert import PaperPreview
    from kb.convert.paper import CitedReference
    from kb.library import Library


def read_references(
    home: "Library", path: Path, citekey: str, said: list[str], *, encoding: str, yes: bool, json: bool
) -> None:
    """Show the reference list of a paper's text and what it matches; write it if that is wanted."""
    from kb.convert import add_references, preview_paper
    from kb.ingest import ingest

    ingest(home)
    decided = dict(_decided(text) for text in said)
    found = preview_paper(home, citekey, source(path), encoding=encoding, decided=decided)
    if json:
        print_json(_as_json(found))
    else:
        _print(found)
    key = found.work.citekey
    if not found.references:
        typer.echo("Nothing to write: no reference was found.", err=json)
        return
    question = f"Write these {one_line(len(found.references), 'reference')} into cites of {key}?"
    if not yes and not agreed(question):
        typer.echo("Nothing was written. Add --yes to write without being asked.", err=json)
        return
    done = add_references(home, found, today=datetime.now(UTC).date())
    ingest(home)
    typer.echo(f"{key} now cites {one_line(len({r.citekey for r in found.references}), 'work')}.", err=json)
    typer.echo(f"To undo: {set_command(key, done.before)}", err=json)
    if done.appended:
        typer.echo(f"     and: kb import --undo {done.name}", err=json)


def _decided(text: str) -> tuple[int, str]:
    number, sign, citekey = text.partition("=")
    if not sign or not number.strip().isdecimal() or not citekey.strip():
        raise typer.BadParameter(f"“{text}” says nothing: write the reference's number and a citekey, 3=KEY.")
    return int(number), citekey.strip()


def _print(found: "PaperPreview") -> None:
    print_problems(found.problems)
    for number, one in enumerate(found.references, start=1):
        _print_reference(number, one)
    typer.echo(
        f"{one_line(len(found.references), 'reference')} ({found.style or 'style not recognised'}): "
        f"{len(found.of('held'))} held, {len(found.of('cited'))} known from other lists, "
        f"{len(found.of('new'))} new, {len(found.unsure)} to look at."
    )
    if found.unsure:
        typer.echo("Where a reference is a work of yours after all, say so: --is 3=CITEKEY")
    _print_in_text(found)


def _print_reference(number: int, one: "CitedReference") -> None:
    work = one.work
    names = ", ".join(name.family for name in work.authors[:3]) + (" et al." if len(work.authors) > 3 else "")
    typer.echo(printable(f"{number:3}. {names} ({work.date or 'n.d.'}). {work.title}"))
    sections = f"; in {', '.join(one.sections)}" if one.sections else ""
    typer.echo(printable(f"     {one.found}: {one.citekey}{sections}"))
    for doubt in one.doubts:
        typer.echo(printable(f"     look: {doubt}"))


def _print_in_text(found: "PaperPreview") -> None:
    if not found.in_text:
        return
    typer.echo(f"{one_line(len(found.in_text), 'citation')} in the text:")
    sections = dict.fromkeys(one.section for one in found.in_text)
    for section in sections:
        inside = [one for one in found.in_text if one.section == section]
        works = {place for one in inside for place in one.references}
        name = section or "before the first heading"
        typer.echo(
            printable(f"  {name}: {one_line(len(inside), 'citation')} of {one_line(len(works), 'work')}")
        )
    for one in found.unmatched:
        typer.echo(printable(f"  line {one.line}: nothing in the list answers {', '.join(one.unmatched)}"))


def _as_json(found: "PaperPreview") -> dict[str, object]:
    from kb.cli.build import flat
    from kb.render import record

    return {
        "work": found.work.citekey,
        "style": found.style,
        "references": [
            {
                **record(one.work),
                "citekey": one.citekey,
                "line": one.reference.line,
                "text": one.reference.text,
                "found": one.found,
                "confidence": one.confidence,
                "doubts": list(one.doubts),
                "sections": list(one.sections),
            }
            for one in found.references
        ],
        "citations": [
            {
                "section": one.section,
                "line": one.line,
                "text": one.text,
                "references": list(one.references),
                "unmatched": list(one.unmatched),
            }
            for one in found.in_text
        ],
        "problems": [flat(problem) for problem in found.problems],
    }
