"""Matching a printed name, appointing a holder, and seeing the post fall vacant, as a person does it."""

from __future__ import annotations

import re
from itertools import count

from playwright.sync_api import expect

NUMBERS = count(1)


def fill_day(page, legend: str, *parts: object) -> None:
    """Type a day into the three boxes under a legend."""
    boxes = page.get_by_role("group", name=legend)
    for label, part in zip(("Day", "Month", "Year"), parts, strict=True):
        boxes.get_by_label(label).fill(str(part))


def test_a_post_is_made_held_and_falls_vacant(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/organisation/")
    look(page, "organisation")
    title = f"Keeper of Ferries {next(NUMBERS)}"
    page.get_by_role("link", name="Add a post").click()
    page.get_by_label("Title of the post").fill(title)
    look(page, "organisation-new-post")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("button", name="Record who holds it").click()
    page.get_by_label("Name of the person").fill("Robin Hale")
    fill_day(page, "From", 1, 4, 2024)
    look(page, "organisation-appoint")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Robin Hale is recorded")).to_be_visible()
    page.get_by_role("link", name=re.compile("Record the last day")).click()
    fill_day(page, "Last day", 31, 3, 2025)
    page.get_by_label("Why").fill("Retires")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("the last holder's last day was 31 March 2025")).to_be_visible()
    look(page, "organisation-vacant")
    page.goto("/organisation/")
    row = page.get_by_role("row").filter(has_text=title)
    expect(row).to_contain_text("Vacant since 31 March 2025")
    page.goto("/organisation/?as_at=2025-03-31")
    expect(page.get_by_role("row").filter(has_text=title)).to_contain_text("Robin Hale")
    look(page, "organisation-on-a-day")


def test_a_printed_name_is_matched_to_a_post(page, sign_in, look):
    sign_in(page, "coordinator")
    name = f"Quill Ferrier {next(NUMBERS)}"
    plan = (
        "Theme,Objective,Action,Lead,Timescale\n"
        f"Ferries,Safer ferries for {name},Paint the ferry of {name},{name},May 2026\n"
    )
    page.goto("/imports/")
    file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": plan.encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name="Read the documents").click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=re.compile("^Adopt all")).click()
    page.goto("/organisation/names/")
    look(page, "names")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_label("Stands for").fill("Chief Exec")
    page.get_by_role("option", name=re.compile("Chief Executive")).first.click()
    page.get_by_role("button", name="Match the name").click()
    expect(page.get_by_text(f"“{name}” stands for")).to_be_visible()
    look(page, "names-matched")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()


def test_a_structure_as_printed(page, sign_in, look):
    sign_in(page, "viewer")
    page.goto("/organisation/")
    links = page.locator("a[href*='/organisation/structures/']")
    links.first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "structure")
