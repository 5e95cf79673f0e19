"""Signing in by a one-time link, as a person does it."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import follow_sign_in_link


def test_a_link_signs_in_once(page, running_council, look):
    link = running_council.sign_in_link("coordinator")
    page.goto(link)
    look(page, "sign-in-link")
    follow_sign_in_link(page, link)
    expect(
        page.get_by_role("button", name=re.compile("Sign out", re.IGNORECASE)).or_(
            page.get_by_role("link", name=re.compile("Sign out", re.IGNORECASE))
        )
    ).to_be_attached()
    page.context.clear_cookies()
    page.goto(link)
    look(page, "sign-in-link-spent")
    expect(page.locator("main")).to_contain_text("does not work")


def test_opening_a_link_alone_signs_nobody_in(wide_page, running_council):
    """Mail scanners open every link; the person's own click must still work afterwards."""
    link = running_council.sign_in_link("viewer")
    wide_page.goto(link)
    wide_page.context.clear_cookies()
    wide_page.goto(link)
    follow_sign_in_link(wide_page, link)


def test_signing_in_by_keyboard(wide_page, running_council, tab_to):
    wide_page.goto(running_council.sign_in_link("auditor"))
    tab_to(wide_page, "Sign in")
    wide_page.keyboard.press("Enter")
    wide_page.wait_for_url(lambda url: "/sign-in/link/" not in url)
