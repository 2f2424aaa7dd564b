"""From page to page of a long answer, by links."""

from collections.abc import Callable

from kb.pages.parts.markup import Html, el, joined, link

_LARGEST = 6  # digits of a page's number; what is longer is beyond every answer all the same


def page_number(said: str) -> int:
    """The page that a URL asks for, from 1; whatever is no number is the first.

    >>> page_number("3"), page_number("x"), page_number("-1"), page_number("9" * 5000)
    (3, 1, 1, 999999)
    """
    digits = said.lstrip("0") if said.isascii() and said.isdigit() else ""
    return int(digits[:_LARGEST] or 1)


def within(page: int, total: int, per_page: int) -> int:
    """The page itself, or the last that there is, if it is beyond; of nothing, the first.

    >>> within(2, 41, 20), within(9999, 41, 20), within(9999, 40, 20), within(9999, 0, 20)
    (2, 3, 2, 1)
    """
    return min(page, _last(total, per_page))


def _last(total: int, per_page: int) -> int:
    return max(1, -(-total // per_page))


def pages(page: int, total: int, per_page: int, address: Callable[[int], str]) -> Html | None:
    """Links to the pages before and after, and which this one is; None where there is only one."""
    last = _last(total, per_page)
    if last == 1:
        return None
    parts = [
        link("← Earlier", address(page - 1)) if page > 1 else None,
        el("span", f"page {page:,} of {last:,}", cls="kb-quiet"),
        link("Further →", address(page + 1)) if page < last else None,
    ]
    return el("nav", joined(parts, " "), cls="kb-pages", aria_label="Pages")
