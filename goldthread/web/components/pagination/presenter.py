"""The links of a paged list, with the filters of the address kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number with its address, or a gap (no address)."""

    number: int | None = None
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """Links to the previous page, the next page, and the pages around this one."""

    items: list[PageLink]
    previous: str = ""
    next: str = ""


def pages_of(page: Page[object], query: QueryDict) -> Pages:
    """The links around a page of Django's paginator; ``query`` is the address's own query, kept but for ``page``."""

    def href(number: int) -> str:
        rest = query.copy()
        rest["page"] = str(number)
        return f"?{rest.urlencode()}"

    items = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            items.append(PageLink(number, href(number), number == page.number))
        else:
            items.append(PageLink())
    return Pages(
        items=items,
        previous=href(page.number - 1) if page.has_previous() else "",
        next=href(page.number + 1) if page.has_next() else "",
    )
