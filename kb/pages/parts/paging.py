"""From page to page of a long answer, by links."""

from collections.abc import Callable

from kb.pages.parts.markup import Html, el, joined, link


def page_number(said: str) -> int:
    """The page that a URL asks for, from 1; whatever is no number is the first.

    >>> page_number("3"), page_number("x"), page_number("-1")
    (3, 1, 1)
    """
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1


def pages(page: int, total: int, per_page: int, address: Callable[[int], str]) -> Html | None:
    """Links to the pages before and after, and which this one is; None where there is only one."""
    last = max(1, -(-total // per_page))
    if last == 1:
        return None
    parts = [
        link("← Earlier", address(min(page, last + 1) - 1)) if page > 1 else None,
        el("span", f"page {page:,} of {last:,}", cls="kb-quiet"),
        link("Further →", address(page + 1)) if page < last else None,
    ]
    return el("nav", joined(parts, " "), cls="kb-pages", aria_label="Pages")
