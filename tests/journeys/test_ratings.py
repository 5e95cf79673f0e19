"""From a report to what is verified, in a browser: dates in words, a file as evidence, two people, the way back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from goldthread.kernel.clock import today
from tests.journeys.test_plans import open_plan

PDF = {"name": "Minutes of the board.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 minutes"}


def open_action(page: Page, number: int) -> str:
    """The page of an open action of the plan; gives its address."""
    open_plan(page)
    row = page.get_by_role("row").filter(has=page.get_by_role("checkbox")).nth(number)
    row.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Thread")).to_be_visible()
    return page.url


def test_reported_dated_shown_verified_and_taken_back(page, new_page, sign_in, look):
    sign_in(page, "coordinator")
    address = open_action(page, 4 if page.viewport_size["width"] > 500 else 7)
    look(page, "ratings-record-before")
    page.get_by_role("link", name="Add an update").first.click()
    look(page, "ratings-update-empty")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("If nothing has changed, say why")
    page.get_by_label("What has happened").fill(f"The tender is out. Bids are due by 31 March {today().year + 1}.")
    page.get_by_label("State", exact=True).select_option("complete")
    page.get_by_text("Dates", exact=True).click()
    page.get_by_label("New date", exact=True).fill(f"June {today().year + 1}")
    page.get_by_label("Reason for a new date").fill("The contract ends then")
    page.get_by_text("Evidence", exact=True).click()
    page.get_by_label("What it shows").fill("Minutes")
    page.locator("input[type=file]").set_input_files(PDF)
    look(page, "ratings-update-filled")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("is on record")).to_be_visible()
    page.get_by_role("button", name=re.compile("Accept 31 March")).click()
    expect(page.get_by_role("button", name=re.compile("Mark as met"))).to_be_visible()
    look(page, "ratings-record-after")

    auditor = new_page(page.viewport_size["width"])
    sign_in(auditor, "auditor")
    auditor.goto(address)
    auditor.get_by_role("link", name="Verify it").click()
    auditor.get_by_label("Yes, it is done").check()
    auditor.get_by_label("What you looked at").fill("The minutes")
    look(auditor, "ratings-verify")
    auditor.get_by_role("button", name="Save").click()
    expect(auditor.get_by_text("Complete and verified").first).to_be_visible()
    look(auditor, "ratings-record-verified")
    auditor.get_by_role("button", name="Undo").first.click()
    expect(auditor.get_by_text("somebody who did not report it has to look")).to_be_visible()


def test_the_plan_its_tolerance_and_its_slips(page, sign_in, look):
    sign_in(page, "coordinator")
    address = open_plan(page)
    look(page, "ratings-plan")
    page.get_by_role("link", name="Set the tolerance").click()
    page.get_by_label("Tolerance in calendar days").fill("28")
    page.get_by_label("Who decided it, and why").fill("Agreed by the board")
    look(page, "ratings-tolerance")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Tolerance: 28 days")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    page.goto(address)
    page.get_by_role("link", name="How dates have moved").first.click()
    look(page, "ratings-slips-of-plan")
    page.goto("/plans/slips/")
    look(page, "ratings-slips")
