"""Every page that can be reached by links, looked at at both widths: axe, nothing sticking out, a picture."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.journeys.conftest import WIDTHS

NOT_PAGES = re.compile(r"^/(static|files)/|/(sign-out|logout)/|\.(pdf|docx|xlsx|csv|json|ics|svg|png|html)$")
MOST_PAGES = 150


def _route(path: str) -> str | None:
    """The route that a path belongs to, such as ``records/<ref>/``; None where it is no page of ours."""
    try:
        return str(resolve(path).route)
    except Resolver404:
        return None


def _links(page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    here = page.url
    whole = [urlsplit(urljoin(here, href)) for href in found]
    ours = [link for link in whole if link.netloc == urlsplit(here).netloc and not NOT_PAGES.search(link.path)]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in ours]


def _name(role: str, route: str) -> str:
    words = re.sub(r"<(?:\w+:)?(\w+)>", r"\1", route)
    return f"{role}-{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-') or 'home'}"


WHO_LOOKS = [
    ("coordinator", "wide"),
    ("coordinator", "narrow"),
    ("administrator", "wide"),
    ("councillor", "narrow"),
    ("public", "wide"),
]
"""The coordinator reaches nearly every page, and looks at both widths; the others look at what is theirs."""


@pytest.mark.parametrize(("role", "width"), WHO_LOOKS)
def test_every_page_by_links(new_page, sign_in, look, role, width):
    """One page for each route, found by following links from the first page, as a person would."""
    page = new_page(WIDTHS[width])
    if role != "public":
        sign_in(page, role)
    waiting, seen, problems, came_from = ["/"], set(), [], {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        route = _route(path.partition("?")[0])
        if route is None or route in seen:
            continue
        seen.add(route)
        try:
            answer = page.goto(path)
        except Error as problem:
            if "Download is starting" in problem.message:
                continue  # a file to keep, not a page
            raise
        if answer is None or answer.status != 200:
            problems.append(
                f"{path} answered {answer.status if answer else 'nothing'}, linked from {came_from.get(path)}"
            )
            continue
        try:
            look(page, _name(role, route))
        except AssertionError as problem:
            problems.append(str(problem))
        for link in _links(page):
            came_from.setdefault(link, path)
            waiting.append(link)
    assert not problems, "\n".join(problems)
    assert len(seen) >= (8 if role == "coordinator" else 2), f"only these pages were reached: {sorted(seen)}"
