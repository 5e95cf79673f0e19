"""Threads and lineages in a browser: an officer joins what comes back, a reader follows one thread to what was done."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_a_reader_follows_a_recommendation_to_what_was_done(page, sign_in, look):
    sign_in(page, "viewer")
    page.goto("/reviews/")
    page.get_by_role("link", name="What came back from one review to the next").click()
    look(page, "lineages")
    page.get_by_role("link", name=re.compile("Have one story")).first.click()
    expect(
        page.get_by_text("Raised 2019; no closure on record; raised again 2022; answered 2025").first
    ).to_be_visible()
    look(page, "lineage")
    page.get_by_role("link", name=re.compile("Empower staff")).first.click()
    page.get_by_role("link", name=re.compile("Follow the whole thread")).click()
    look(page, "thread")
    below = page.get_by_role("group", name=re.compile("What:"))
    expect(below).to_contain_text("Staff know what is going on")
    expect(below).to_contain_text("27 May 2025")
    below.get_by_role("link", name=re.compile("Build a new intranet")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("intranet")


def test_what_became_of_what_we_were_told_in_2019_is_two_presses_away_by_keyboard(page, sign_in, look, tab_to):
    sign_in(page, "viewer")
    page.goto("/")
    tab_to(page, "What we were told")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/told/")
    tab_to(page, "2019 (13)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What we were told in 2019, and what became of it")
    look(page, "told")
    story = page.get_by_role("row").filter(has_text="Have one story")
    expect(story).to_contain_text("0 of 3 actions complete. No closure on record.")
    expect(story).to_contain_text("Raised again 2022")
    expect(page.get_by_role("row").filter(has_text="Make scrutiny more effective")).to_contain_text("Late or off track")


def test_an_officer_joins_what_comes_back_by_keyboard_and_takes_it_back(wide_page, sign_in, look, tab_to):
    page = wide_page
    sign_in(page, "coordinator")
    page.goto("/reviews/")
    page.get_by_role("link", name=re.compile("Corporate peer challenge", re.IGNORECASE)).first.click()
    page.get_by_role("link", name="What comes back").click()
    look(page, "comes-back")
    before = page.locator(".gt-pair").count()
    tab_to(page, "Not the same")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not the same")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Undone")
    expect(page.locator(".gt-pair")).to_have_count(before)


def test_coverage_leads_to_a_list_that_is_put_right(page_without_script, sign_in, look):
    page = page_without_script
    sign_in(page, "coordinator")
    page.goto("/coverage/")
    page.get_by_role("link", name="No date is set").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No date is set")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Set a date for the chosen ones").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a date")


def test_the_pages_of_threads_are_clean(page, sign_in, look):
    sign_in(page, "coordinator")
    for name, address in {
        "coverage": "/coverage/",
        "coverage-lacking": "/coverage/priority/",
        "thread-of-a-plan": "/records/ITAP/thread/",
        "may-answer": "/records/ITAP/may-answer/",
        "repeats-of-one": "/records/CPC-008/repeats/",
        "record-with-proposals": "/records/CPC-009/",
        "lineage-alone": "/records/CPC-009/lineage/",
    }.items():
        page.goto(address)
        look(page, name)
