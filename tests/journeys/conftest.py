"""What a journey stands on: a served council, a browser, and a page that is looked at by axe and by people.

    def test_a_plan_opens(page, sign_in, look):
        sign_in(page, "coordinator")
        page.goto("/plans/")
        look(page, "plans")

``page`` makes the journey run twice, 1280 and 390 pixels wide. ``look`` runs axe, checks that nothing sticks out at the
side, and leaves a picture in build/pictures/. A page that writes an error to the console fails its journey.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.browser import FLAGS, find_browser
from tests.support.server import Council, running_council

__all__ = ["running_council"]

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
WIDTHS = {"wide": 1280, "narrow": 390}
HEIGHT = 900


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that all journeys share; skipped where there is none, failed where everything must run."""
    program = find_browser()
    if program is None:
        if os.environ.get("CI") in {"true", "1"}:
            pytest.fail("no Chromium or Chrome found; set CHROMIUM to one")
        pytest.skip("no Chromium or Chrome found; set CHROMIUM to one")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS), headless=True)
        yield started
        started.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, list]:
    """The cookies of those who have signed in, by role, so that a link is spent once for all journeys."""
    return {}


@pytest.fixture
def new_page(browser: Browser, running_council: Council) -> Iterator[Callable[..., Page]]:
    """``new_page(width=1280, script=True)``: a page of a browser of its own, addresses relative to the council."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(width: int = WIDTHS["wide"], *, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=running_council.url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    """Keep errors and warnings about policy; an answer 4xx is part of some journeys and not a complaint."""
    if (
        message.type == "error"
        and "Failed to load resource: the server responded with a status of 4" not in message.text
    ):
        complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")


@pytest.fixture(params=list(WIDTHS))
def page(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    """A page, once 1280 and once 390 pixels wide."""
    return new_page(WIDTHS[request.param])


@pytest.fixture
def wide_page(new_page: Callable[..., Page]) -> Page:
    """A page 1280 pixels wide, for journeys whose width does not matter."""
    return new_page()


@pytest.fixture
def page_without_script(new_page: Callable[..., Page]) -> Page:
    """A page whose browser runs no script: everything must still work."""
    return new_page(script=False)


@pytest.fixture
def sign_in(running_council: Council, signed_in: dict[str, list]) -> Callable[[Page, str], None]:
    """``sign_in(page, "lead")``: sign in through a real link, the first time that the role is asked for."""

    def act(page: Page, role: str) -> None:
        if role in signed_in:
            page.context.add_cookies(signed_in[role])
            return
        follow_sign_in_link(page, running_council.sign_in_link(role))
        signed_in[role] = page.context.cookies()

    return act


def follow_sign_in_link(page: Page, link: str) -> None:
    """Open a one-time link and confirm it, as a person does; opening alone signs nobody in."""
    page.goto(link)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url(lambda url: "/sign-in/link/" not in url)


def check_axe(page: Page) -> None:
    """Fail on any violation that axe finds, naming the rule, the element and where to read about it."""
    page.evaluate(Axe().axe_script)
    violations = page.evaluate(_VIOLATIONS, {"resultTypes": ["violations"], "selectors": False})
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    {node['html'][:200]}\n    {violation['helpUrl']}"
        for violation in violations
        for node in violation["nodes"]
    ]
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)


_VIOLATIONS = "options => axe.run(document, options).then(found => found.violations)"
"""What is wrong alone: handing over all that was found right as well takes longer than looking."""


def check_fits(page: Page) -> None:
    """Fail when the page is wider than the screen: wide tables scroll inside their own box."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} sticks out by {wide} pixels at {page.viewport_size['width']} pixels"


def take_picture(page: Page, name: str) -> Path:
    """A picture of the whole page as build/pictures/NAME-WIDTH.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}-{page.viewport_size['width']}.png"
    page.screenshot(path=path, full_page=True)
    return path


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """``look(page, "plan")``: axe, nothing sticking out, and a picture for people to look at."""

    def act(page: Page, name: str) -> None:
        take_picture(page, name)
        check_fits(page)
        check_axe(page)

    return act


@pytest.fixture
def tab_to() -> Callable[[Page, str], None]:
    """``tab_to(page, "Add an update")``: press Tab until that is focused; fails when the keyboard cannot reach it.

    The text is the start of what the focused link, button or field says (its own words, its label, or its aria-label).
    """

    def act(page: Page, text: str, *, presses: int = 200) -> None:
        passed = []
        for _ in range(presses):
            page.keyboard.press("Tab")
            said = page.evaluate(_FOCUSED)
            if said.startswith(text):
                return
            passed.append(said)
        raise AssertionError(f"the keyboard does not reach “{text}” on {page.url}; it passed {passed[:40]}")

    return act


_FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  const label = element.labels && element.labels.length ? element.labels[0].innerText : "";
  return (element.getAttribute("aria-label") || label || element.innerText || element.value || "").trim();
}"""
