"""Lines of enquiry and data checks in a browser: read, filtered, judged, waived, undone, printed."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def open_enquiries(page: Page) -> str:
    """Open the enquiries of the plan with the most entries; gives their address."""
    page.goto("/enquiries/")
    page.get_by_role("link", name=re.compile("Improvement and Transformation", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lines of enquiry")
    return page.url


def test_a_reader_looks_at_what_does_not_add_up(page, sign_in, look):
    sign_in(page, "viewer")
    page.goto("/enquiries/")
    look(page, "enquiries-plans")
    address = open_enquiries(page)
    look(page, "enquiries")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="What is printed")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    look(page, "enquiry-reader")
    page.goto(f"{address}?rule=LE99")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_an_officer_answers_one_and_takes_it_back(page, sign_in, look):
    sign_in(page, "coordinator")
    open_enquiries(page)
    page.get_by_role("heading", level=2).get_by_role("link").last.click()
    look(page, "enquiry-officer")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Choose what becomes of it.")).to_be_visible()
    page.get_by_label("It is answered").check()
    page.get_by_label("In words").fill("The board looked at this in June; the new date is agreed.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The answer is on record.")).to_be_visible()
    expect(page.get_by_text("The board looked at this in June")).to_be_visible()
    look(page, "enquiries-answered")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The board looked at this in June")).to_have_count(0)


def test_checks_are_filtered_waived_and_counted_again(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/checks/")
    look(page, "checks")
    page.get_by_role("link", name=re.compile("^Waive ")).first.click()
    look(page, "check-waive")
    page.get_by_label("Why it is to stay as it is").fill("The post is being filled.")
    page.get_by_role("button", name="Waive it").click()
    expect(page.get_by_text(re.compile("is waived. It is still shown"))).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.goto("/checks/?waived=waived")
    expect(page.get_by_text("No problem matches these filters")).to_be_visible()
    look(page, "checks-nothing")


def test_the_keyboard_reaches_the_question_and_the_form_works_without_script(page_without_script, sign_in):
    page = page_without_script
    sign_in(page, "coordinator")
    open_enquiries(page)
    page.get_by_role("heading", level=2).get_by_role("link").last.click()
    page.get_by_label("It leads nowhere").check()
    page.get_by_label("In words").fill("The two figures are of different years.")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("The enquiry is dismissed; it can be opened again.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
