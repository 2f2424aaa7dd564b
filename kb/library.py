"""Where a library's files lie, and what its kb.toml says."""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from stat import S_ISDIR, S_ISREG

import msgspec

from kb.errors import LibraryError
from kb.model.thesaurus import BASE, is_base, language_tag

SETTINGS = "kb.toml"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Where a reader can turn to: shown in the footer of every page."""

    name: str
    where: str
    url: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The thesaurus as other programs see it: how concepts' IRIs begin, and the language of labels."""

    base: str = BASE
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse what would make an export that nobody can read."""
        if not is_base(self.base):
            raise ValueError(f"{self.base!r} is no beginning of an IRI: end it with a slash, a # or a colon")
        if not language_tag(self.language):
            raise ValueError(f"{self.language!r} is no language tag such as en or pt-BR")


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of references and notes, and the database that is made from them."""

    root: Path
    title: str = "Evidence base"
    references: Path = Path("references")
    notes: Path = Path("notes")
    database: Path = Path("kb.db")
    readonly: tuple[str, ...] = ()
    help_lines: tuple[HelpLine, ...] = ()
    thesaurus: Vocabulary = Vocabulary()

    @property
    def cited(self) -> Path:
        """The .bib that holds works known from reference lists only."""
        return self.references / "cited.bib"

    @property
    def overlay(self) -> Path:
        """The .bib that holds our changes to entries of files that other programs own."""
        return self.references / "overlay.bib"

    @property
    def decisions(self) -> Path:
        """The file of people's decisions on which entries are one work."""
        return self.references / "decisions.toml"

    def relative(self, path: Path) -> str:
        """``path`` as it is written in problems and in the store: from the root, with ``/``."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def open_library(root: Path | None = None, *, database: Path | None = None) -> Library:
    """The library at ``root``, or the nearest one at or above the working directory.

    Raises:
        LibraryError: There is none, or its kb.toml cannot be used.
    """
    folder = Path(os.path.realpath(root or _nearest()))
    if not _stands(folder, S_ISDIR):
        raise LibraryError(f"There is no folder {folder}. Name a library's folder, or go to one.")
    settings = _settings(folder / SETTINGS)
    return Library(
        root=folder,
        title=settings.title,
        references=folder / settings.references,
        notes=folder / settings.notes,
        database=database or folder / settings.database,
        readonly=settings.readonly,
        help_lines=settings.help_lines,
        thesaurus=settings.thesaurus,
    )


def _nearest() -> Path:
    try:
        here = Path.cwd()
    except OSError as error:
        message = f"The working directory cannot be found ({error.strerror}). Go to a library's folder."
        raise LibraryError(message) from error
    for folder in (here, *here.parents):
        text = (_stands(folder / name, S_ISDIR) for name in ("references", "notes"))
        if _stands(folder / SETTINGS, S_ISREG) or all(text):
            return folder
    message = (
        f"No library at or above {here}: there are no folders references/ and notes/, and no {SETTINGS}. "
        "Go to a library's folder, or name one with --library."
    )
    raise LibraryError(message)


def _stands(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether such a thing is there; no, where one may not look."""
    try:
        return is_kind(path.stat().st_mode)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class _Settings:
    title: str = "Evidence base"
    references: str = "references"
    notes: str = "notes"
    database: str = "kb.db"
    readonly: tuple[str, ...] = ()
    help_lines: tuple[HelpLine, ...] = ()
    thesaurus: Vocabulary = Vocabulary()


def _settings(path: Path) -> _Settings:
    if not _stands(path, S_ISREG):
        return _Settings()
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        unknown = sorted(said.keys() - {field.name for field in fields(_Settings)})
        if unknown:
            known = ", ".join(field.name for field in fields(_Settings))
            raise LibraryError(f"{path}: unknown setting {unknown[0]!r}. Known are: {known}.")
        return msgspec.convert(said, _Settings)
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        msgspec.ValidationError,
        RecursionError,
    ) as error:
        raise LibraryError(f"{path}: {error}. Mend it or remove it: every setting has a default.") from error
