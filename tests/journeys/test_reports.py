"""Reports in a browser: previewed, issued, made in the background, proven, compared; what a reader without script gets."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def issue_a_report(page, reason: str) -> None:
    """Make the report of the first plan and issue it as a web page and as CSV; ends on the page of the issue."""
    page.goto("/reports/new/")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview", exact=True)).to_be_visible()
    page.get_by_label("Why it is issued").fill(reason)
    for name in ("PDF", "Word", "Excel", "JSON"):
        page.get_by_label(name, exact=True).uncheck(force=True)
    page.get_by_role("button", name="Freeze and issue").click()
    page.wait_for_url(re.compile(r"/reports/R\d+/$"))


def test_a_report_is_issued_proven_and_compared(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/reports/")
    page.get_by_role("link", name="Make a report").click()
    look(page, "report-new")
    page.get_by_role("button", name="Preview").click()
    look(page, "report-preview")
    page.get_by_label("Why it is issued").fill(" ")
    page.get_by_role("button", name="Freeze and issue").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the report is issued.")
    for reason in ("For the board", "For the next board"):
        issue_a_report(page, reason)
    look(page, "report-issued")
    expect(page.get_by_role("link", name="Web page")).to_be_visible(timeout=90_000)
    expect(page.get_by_role("link", name="CSV")).to_be_visible(timeout=90_000)
    address = page.url
    page.get_by_role("link", name="Verify it now").click()
    expect(page.get_by_role("heading", name="Everything holds")).to_be_visible()
    look(page, "report-verified")
    page.goto(address)
    page.get_by_role("link", name=re.compile("What has changed since R")).click()
    expect(page.get_by_text("Nothing has changed.")).to_be_visible()
    look(page, "report-differences")
    page.goto(address)
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Reason", exact=True).fill("Issued for a journey")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text(re.compile("This report was withdrawn on .*: Issued for a journey"))).to_be_visible()
    look(page, "report-withdrawn")


def test_a_report_is_issued_without_script(page_without_script, sign_in):
    page = page_without_script
    sign_in(page, "coordinator")
    issue_a_report(page, "Without script")
    expect(page.get_by_text("Without script")).to_be_visible()
