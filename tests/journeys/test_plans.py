"""Plans and records in a browser: reading, filtering, writing, changing many, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


def open_plan(page: Page) -> str:
    """Open the plan with the most actions from the list; gives its address."""
    page.goto("/plans/")
    page.get_by_role("link", name=re.compile("Improvement and Transformation", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Improvement")
    return page.url


def test_the_pages_of_a_reader_are_clean(page, sign_in, look):
    sign_in(page, "viewer")
    for name, address in {
        "home": "/",
        "plans": "/plans/",
        "reviews": "/reviews/",
        "priorities": "/priorities/",
        "search": "/search/?q=savings",
        "search-nothing": "/search/?q=zebra",
        "sources": "/sources/",
    }.items():
        page.goto(address)
        look(page, f"reader-{name}")


def test_a_plan_from_the_list_to_the_printed_place(page, sign_in, look):
    sign_in(page, "coordinator")
    open_plan(page)
    look(page, "plan")
    row = page.get_by_role("row").filter(has=page.get_by_role("checkbox")).first
    row.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Thread")).to_be_visible()
    look(page, "record")
    page.get_by_role("link", name="See it in the document").click()
    expect(page.locator("#here")).to_be_in_viewport()
    expect(page.locator("#here mark").first).to_be_visible()
    look(page, "source")


def test_filters_apply_as_they_change_and_stay_in_the_address(wide_page, sign_in):
    sign_in(wide_page, "coordinator")
    address = open_plan(wide_page)
    wide_page.get_by_text("Filter actions").click()
    wide_page.get_by_label("State", exact=True).select_option("complete")
    wide_page.wait_for_url(f"{address}?state=complete")
    expect(wide_page.get_by_role("status")).to_contain_text("match")
    wide_page.get_by_role("link", name=re.compile("Remove filter State")).click()
    wide_page.wait_for_url(re.compile(r"/plans/[^/]+/\??$"))


def test_filters_work_without_script(page_without_script, sign_in):
    page = page_without_script
    sign_in(page, "coordinator")
    open_plan(page)
    page.get_by_text("Filter actions").click()
    page.get_by_label("Words", exact=True).fill("housing")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text("match")
    expect(page).to_have_url(re.compile("q=housing"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_many_are_changed_at_once_and_taken_back(new_page, sign_in, look, script):
    page = new_page(script=script)
    sign_in(page, "coordinator")
    open_plan(page)
    boxes = page.locator("input[form=bulk]")
    for number in (0, 1):
        boxes.nth(number).check(force=True)
    page.get_by_label("What to do", exact=True).select_option("due")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="2 entries")).to_be_visible()
    page.get_by_role("button", name="Save date").click()
    expect(page.get_by_role("alert")).to_contain_text("Say by when.")
    if script:
        look(page, "change-with-errors")
    page.get_by_label("By when", exact=True).fill("31 March 2027")
    page.get_by_label("Reason", exact=True).fill("Agreed by the board")
    page.get_by_role("button", name="Save date").click()
    expect(page.get_by_text("2 entries have their new date.")).to_be_visible()
    expect(page.get_by_text("31 March 2027").first).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone: set a date")).to_be_visible()
    expect(page.get_by_text("31 March 2027")).to_have_count(0)


def test_an_update_by_keyboard_alone(wide_page, sign_in, tab_to, look):
    page = wide_page
    sign_in(page, "coordinator")
    open_plan(page)
    page.get_by_role("row").filter(has=page.get_by_role("checkbox")).first.get_by_role("rowheader").get_by_role(
        "link"
    ).press("Enter")
    tab_to(page, "Add an update")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an update")
    tab_to(page, "Save update")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    tab_to(page, "Write what has happened.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What has happened")).to_be_focused()
    page.keyboard.type("The first meeting was held.")
    look(page, "update")
    tab_to(page, "Save update")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Your update to .* is on record"))).to_be_visible()
    expect(page.locator("#updates")).to_contain_text("The first meeting was held.")
    page.get_by_role("button", name="Undo", exact=True).press("Enter")
    expect(page.get_by_text("Undone: updated")).to_be_visible()


def test_a_plan_is_written_by_hand(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/plans/")
    page.get_by_role("link", name="Write a new plan").click()
    look(page, "new-plan")
    title = f"Parks plan {page.viewport_size['width']}"
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    look(page, "plan-empty")
    page.get_by_role("link", name="Add objective").first.click()
    page.get_by_label("Text", exact=True).fill("Greener parks")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Greener parks").click()
    page.get_by_role("link", name="Add action").click()
    page.get_by_label("Text", exact=True).fill("Plant forty limes")
    page.get_by_label("By when", exact=True).fill("March 2027")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("link", name="Plant forty limes")).to_be_visible()
    expect(page.get_by_text("31 March 2027")).to_be_visible()
    page.get_by_role("link", name="History of the plan").click()
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Reason", exact=True).fill("Written for a journey")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("was withdrawn")).to_be_visible()


def test_another_day_shows_what_stood_then(page, sign_in, look):
    sign_in(page, "viewer")
    open_plan(page)
    page.get_by_text("Show another day").click()
    page.get_by_label("As it stood on").fill("2025-05-27")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("This page shows the plan as at 27 May 2025.")).to_be_visible()
    look(page, "plan-as-at")
    page.get_by_role("link", name="Show it as it stands today").click()
    expect(page.get_by_text("This page shows the plan")).to_have_count(0)


def test_what_nobody_has_checked_is_checked(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/records/unchecked/")
    look(page, "unchecked")
    page.get_by_role("checkbox").nth(3).check(force=True)
    page.get_by_role("button", name="Mark the chosen ones as checked").click()
    page.get_by_role("button", name="Mark as checked").click()
    expect(page.get_by_text("was marked as checked")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone: checked")).to_be_visible()


def test_the_forms_of_a_record_are_clean(page, sign_in, look):
    sign_in(page, "coordinator")
    open_plan(page)
    reference = page.locator("input[form=bulk]").first.get_attribute("value")
    for name in ("edit", "rating", "link", "evidence"):
        page.goto(f"/records/{reference}/{name}/")
        look(page, f"record-{name}")
    for verb in ("reassign", "state", "move", "merge", "visibility", "withdraw"):
        page.goto(f"/records/change/{verb}/?record={reference}")
        look(page, f"change-{verb}")


def test_a_review_and_its_findings(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/reviews/")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Recommendations")).to_be_visible()
    look(page, "review")
