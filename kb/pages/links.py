"""Addresses: every view is a URL, and these are all of them.

Relative, so that they hold under any base path; each page is one step below the root.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

PAGE_OF = {"work": "work", "topic": "topics", "tool": "tools", "programme": "programmes"}
PAGE_OF |= {"claim": "claims", "list": "lists", "search": "saved"}
_PAGES = {*PAGE_OF.values(), "add", "graph", "health", "note", "search", "words"}


def address(to: str, **parameters: str | int) -> str:
    """The address of a page; parameters that are empty are left out.

    >>> address("topics", topic="csam")
    'topics?topic=csam'
    >>> address("")
    './'
    """
    given = {name: value for name, value in parameters.items() if value not in {"", 0}}
    return f"{to or './'}{'?' if given else ''}{urlencode(given)}"


def search(parameters: Mapping[str, str]) -> str:
    """The address of a search."""
    return address("", **parameters)


def work(citekey: str) -> str:
    """The address of a work's page."""
    return address("work", work=citekey)


def duplicates() -> str:
    """The address of the pairs of works on which nobody has decided."""
    return address("health", tab="duplicates")


def graph(citekey: str) -> str:
    """The address of the picture of a work's citations."""
    return address("graph", work=citekey)


def named(kind: str, slug: str) -> str:
    """The address of a note's page, by its kind; kinds without pages of their own share one.

    >>> named("tool", "cport"), named("sample", "some-men")
    ('tools?tool=cport', 'note?note=some-men')
    """
    if kind == "page":
        return page(slug)
    return address(PAGE_OF[kind], **{kind: slug}) if kind in PAGE_OF else address("note", note=slug)


def page(slug: str) -> str:
    """The address of a free page, such as Help; a slug that is another page's address gets a prefix."""
    return f"page-{slug}" if slug in _PAGES else slug
