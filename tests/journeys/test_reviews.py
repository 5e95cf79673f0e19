"""A new review from its report to the councillor who follows one of its recommendations to its evidence."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.test_imports import a_file

REPORT = """<!doctype html><html lang="en"><title>Peer review of stores at Fernleigh</title>
<h1>Peer review of stores and depots: report</h1><p>On site 9 to 11 March 2026</p>
<h2>Summary</h2><p>The council knows its depots well. Stock records are not kept up to date.</p>
<h2>Recommendations</h2><ol>
<li>Agree one plan for all stores and depots, with a date for each move.</li>
<li>Count the stock of every depot once a year and report what is missing to members.</li></ol>
<h2>Next steps</h2><p>The team will return for a check-in after six months.</p></html>"""


def adopt_the_review(page: Page) -> None:
    """Bring the report in, say which day it speaks of, and adopt everything that is certain."""
    page.goto("/imports/")
    page.locator("input[type=file]").set_input_files([a_file("stores-review.html", REPORT)])
    page.get_by_role("button", name="Read the documents").click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=60_000)
    for box, value in (("Day", "20"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(box, exact=True).first.fill(value)
    page.locator("#day").get_by_role("button").click()
    page.get_by_role("button", name=re.compile(r"^Adopt all \d+|^Adopt \d+ that are certain")).last.click()
    expect(page.get_by_role("alert")).to_contain_text("Adopted")


def open_the_review(page: Page) -> str:
    """The address of the new review, open."""
    page.goto("/reviews/")
    page.get_by_role("link", name=re.compile("Peer review of stores")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Peer review of stores")
    return page.url


def test_a_review_from_its_report_to_the_councillor(wide_page: Page, new_page, sign_in, look) -> None:
    page = wide_page
    sign_in(page, "coordinator")
    adopt_the_review(page)
    review = open_the_review(page)
    _say_what_it_was(page, review, look)
    action = _answer_and_tie(page, review, look)
    _publish(page, review, action)
    _follow_as_councillor(new_page, sign_in, look, review, action)


def _say_what_it_was(page: Page, review: str, look) -> None:
    page.get_by_role("link", name="Say what the review was").click()
    expect(page.get_by_text("The document prints “9 to 11 March 2026”")).to_be_visible()
    expect(page.get_by_role("group", name="Last day on site").get_by_label("Day")).to_have_value("11")
    page.get_by_label("Kind of review").select_option("peer challenge")
    page.get_by_label("Who reviewed").fill("Invented Peers Ltd")
    look(page, "review-particulars")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("rowheader", name="Report published, with an action plan")).to_be_visible()
    page.goto(f"{review}dates/")
    page.get_by_role("button", name=re.compile("^Keep")).first.click()
    expect(page.locator("#clock ~ table").first).to_contain_text("for a check-in after six months")
    look(page, "review-clock")


def _answer_and_tie(page: Page, review: str, look) -> str:
    page.goto(review)
    page.get_by_role("button", name="Answer the chosen ones").click()
    expect(page.get_by_text("Choose at least one recommendation to answer.")).to_be_visible()
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    page.get_by_role("button", name="Answer the chosen ones").click()
    page.get_by_label("Accepted", exact=True).check()
    look(page, "review-answer")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("Accepted", exact=True)).to_have_count(2)
    page.get_by_role("link", name=re.compile("^Tie actions")).first.click()
    page.get_by_role("searchbox").fill("depot")
    page.get_by_role("button", name="Search").click()
    if not page.get_by_role("checkbox").count():
        page.get_by_role("searchbox").fill("council")
        page.get_by_role("button", name="Search").click()
    look(page, "review-tie")
    page.get_by_role("checkbox").first.check()
    action = page.get_by_role("checkbox").first.get_attribute("value")
    assert action
    page.get_by_role("button", name="Tie the chosen ones").click()
    page.goto(review)
    expect(page.get_by_role("cell").filter(has_text=action)).to_be_visible()
    look(page, "review-answered")
    return action


def _publish(page: Page, review: str, action: str) -> None:
    page.goto(f"/records/{action}/evidence/")
    page.get_by_label("What it shows").fill("Plan of the stores")
    page.get_by_label("Link", exact=True).fill("https://fernleigh.example/stores-plan")
    page.get_by_label("It may be published with the entry").check()
    page.get_by_role("button", name="Save evidence").click()
    expect(page.get_by_role("alert")).to_contain_text("is on record")
    page.goto(f"/records/change/visibility/?record={action}")
    _make_public(page)
    page.goto(review)
    page.get_by_role("button", name="Change who may see it").click()
    _make_public(page)


def _make_public(page: Page) -> None:
    page.get_by_role("radio", name="Everyone: published").check()
    page.get_by_role("textbox", name="Reason").fill("Goes to scrutiny")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _follow_as_councillor(new_page, sign_in, look, review: str, action: str) -> None:
    page = new_page(390)
    sign_in(page, "councillor")
    page.goto(review)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Peer review of stores")
    expect(page.get_by_role("button", name="Answer the chosen ones")).to_have_count(0)
    look(page, "councillor-review")
    page.locator(f'a[href$="/records/{action}/"]').first.click()
    expect(page.get_by_role("link", name="Plan of the stores")).to_be_visible()
    look(page, "councillor-evidence")
