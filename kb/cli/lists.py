"""kb list: reading lists, written into notes/lists/."""

from typing import Annotated

import typer

from kb.cli.browse import print_list
from kb.cli.options import DbOption, JsonOption, LibraryOption, one_line, print_json, the_base, the_library
from kb.errors import UnknownWork

app = typer.Typer(no_args_is_help=False)

SlugArgument = Annotated[str, typer.Argument(help="The list's slug.")]
KeyArgument = Annotated[str, typer.Argument(help="A citekey, an alias or a DOI.")]


@app.callback(invoke_without_command=True)
def lists(
    context: typer.Context, db: DbOption = None, library: LibraryOption = None, json: JsonOption = False
) -> None:
    """Reading lists, each item with the reason why it is there; without a command, name them all.

    Example: kb list
    """
    if context.invoked_subcommand:
        return
    with the_base(library, db) as base:
        found = base.lists()
    if json:
        print_json(found)
        return
    for line in found:
        typer.echo(f"{line.slug}  {line.title} ({one_line(line.items, 'work')})")
    typer.echo(f"{one_line(len(found), 'reading list')}.")


@app.command()
def show(
    slug: SlugArgument, db: DbOption = None, library: LibraryOption = None, json: JsonOption = False
) -> None:
    """Show a reading list in order, with the reasons.

    Example: kb list show cport-validation
    """
    with the_base(library, db) as base:
        if json:
            print_json(base.reading_list(slug))
        else:
            print_list(base, slug)


@app.command()
def new(
    title: Annotated[str, typer.Argument(help="What the list is called.")],
    audience: Annotated[str, typer.Option("--audience", help="For whom.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="What for.")] = "",
    library: LibraryOption = None,
    db: DbOption = None,
) -> None:
    """Begin a reading list: a file in notes/lists/.

    Example: kb list new "Where to start with CPORT" --audience "new analysts"
    """
    from kb.edit import new_list

    home = the_library(library, db)
    slug = new_list(home, title, audience=audience, purpose=purpose)
    _ingest(library, db)
    typer.echo(f"Written: {home.relative(home.notes)}/lists/{slug}.md")


@app.command()
def add(
    slug: SlugArgument,
    citekey: KeyArgument,
    reason: Annotated[str, typer.Argument(help="Why it is there.")],
    section: Annotated[str, typer.Option("--section", help="Under which heading.")] = "",
    role: Annotated[
        str, typer.Option("--role", help="start-here, key-validation, dissent, background or plain-language.")
    ] = "",
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, help="How long it takes to read.")
    ] = None,
    library: LibraryOption = None,
    db: DbOption = None,
) -> None:
    """Add a work to a reading list, with the reason why.

    Example: kb list add cport-validation eke2019validation "The first validation."
    """
    from kb.edit import add_to_list

    name, aliases = _names(library, db, citekey)
    add_to_list(
        the_library(library, db),
        slug,
        name,
        reason,
        section=section,
        role=role,
        minutes=minutes,
        aliases=aliases,
    )
    _ingest(library, db)
    typer.echo(f"Added {name} to {slug}.")


@app.command()
def remove(
    slug: SlugArgument, citekey: KeyArgument, library: LibraryOption = None, db: DbOption = None
) -> None:
    """Take a work off a reading list.

    Example: kb list remove cport-validation eke2019validation
    """
    from kb.edit import remove_from_list

    name, aliases = _names(library, db, citekey, unknown=True)  # for lists name lost works too
    remove_from_list(the_library(library, db), slug, name, aliases=aliases)
    _ingest(library, db)
    typer.echo(f"Removed {name} from {slug}.")


@app.command()
def move(
    slug: SlugArgument,
    citekey: KeyArgument,
    to: Annotated[int, typer.Argument(min=1, help="Its new place, counted from 1.")],
    library: LibraryOption = None,
    db: DbOption = None,
) -> None:
    """Move a work to another place in its list.

    Example: kb list move cport-validation eke2019validation 1
    """
    from kb.edit import move_in_list

    name, aliases = _names(library, db, citekey, unknown=True)  # for lists name lost works too
    move_in_list(the_library(library, db), slug, name, to, aliases=aliases)
    _ingest(library, db)
    typer.echo(f"{name} is now number {to} of {slug}.")


def _names(
    library: LibraryOption, db: DbOption, name: str, *, unknown: bool = False
) -> tuple[str, tuple[str, ...]]:
    """A work's citekey, and all else it goes by; ``unknown`` lets a name through that leads nowhere.

    Raises:
        UnknownWork: No work goes by this name.
    """
    with the_base(library, db) as base:
        try:
            work = base.work(name).work
        except UnknownWork:
            if unknown:
                return name, ()
            raise
    return work.citekey, (name, *work.aliases, work.doi, f"doi:{work.doi}")


def _ingest(library: LibraryOption, db: DbOption) -> None:
    """Bring the store up to the text just written."""
    from kb.ingest import ingest

    ingest(the_library(library, db))
