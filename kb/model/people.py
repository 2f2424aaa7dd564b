"""Who signed works, and where works appeared: each under all the names that are written for one."""

from dataclasses import dataclass

from kb.model.works import Name


@dataclass(frozen=True, slots=True)
class Person:
    """One person, or with ``name.corporate`` one body, however the name is written.

    ``name`` is the fullest spelling; ``orcid`` "" where no signature gives one.
    ``slug`` is unique over all, and readable: family name first.
    ``spellings`` are all written forms, family name first, in order.
    ``signed`` are the signatures in order: citekey, role (author, editor) and
    the position in that role, from 0.
    """

    name: Name
    slug: str
    orcid: str = ""
    spellings: tuple[str, ...] = ()
    signed: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """One journal, however its name is written.

    ``name`` is the fullest form and ``abbreviation`` the one of ISO 4;
    ``names`` are all written forms and ``works`` the citekeys, both in order.
    """

    name: str
    abbreviation: str = ""
    names: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
