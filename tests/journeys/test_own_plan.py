"""A policy officer brings in her own Word plan, with headings of her own, until it stands published in the register."""

from __future__ import annotations

import io
import re
from itertools import count

import docx
from playwright.sync_api import expect

NUMBERS = count(1)
HEAD = ("#", "What we'll do", "Who's on the hook", "Finish line", "Where we've got to", "Grumbles")
ROWS = {
    "Priority A – Safe homes": [
        (
            "A1",
            "Check the electrics in every home of {}",
            "Tamsin Orchard",
            "31/12/2025",
            "860 homes were checked.",
            "",
        ),
        ("A2", "Remove the cladding from Larch House", "Idris Fenn", "Q4 2025/26", "Scaffolding is up.", "Weather"),
    ],
    "Priority B – Tenants are heard": [
        ("B1", "Hold a tenants' assembly twice a year", "Comfort Ade", "ongoing", "140 people came in May.", ""),
        (
            "B2",
            "Answer every complaint within ten days",
            "Comfort Ade",
            "Sept 2025",
            "62% in May, from 41%.",
            "Vacancies",
        ),
    ],
}


def own_plan(name: str) -> bytes:
    """A Word file with a table for each priority and no date of its own."""
    document = docx.Document()
    document.add_heading(f"{name} Homes Recovery Plan", 0)
    for priority, rows in ROWS.items():
        document.add_heading(priority, 1)
        table = document.add_table(rows=0, cols=len(HEAD))
        for row in (HEAD, *rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text.format(name)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_an_own_plan_goes_all_the_way(page, sign_in, look) -> None:
    name = f"Otterby {next(NUMBERS)}"
    sign_in(page, "coordinator")
    page.goto("/imports/")
    file = {"name": f"{name}.docx", "mimeType": "application/octet-stream", "buffer": own_plan(name)}
    page.locator("input[type=file]").set_input_files([file, {**file, "name": "empty.docx", "buffer": b""}])
    page.get_by_role("button", name="Read the documents").click()
    expect(page.get_by_text("empty.docx is empty")).to_be_visible()
    look(page, "own-plan-dropped")
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    expect(page.get_by_text("The document prints no day")).to_be_visible(timeout=60_000)
    look(page, "own-plan-questions")
    page.get_by_label("Day", exact=True).fill("3")
    page.get_by_label("Month", exact=True).fill("June")
    page.get_by_label("Year", exact=True).fill("2025")
    page.get_by_role("button", name="Set the day").click()
    expect(page.get_by_role("alert")).to_contain_text("The day is set.")
    asked = page.locator(".gt-found__question--whole").filter(has_text="Grumbles")
    asked.get_by_label("The column holds").select_option(label="The status")
    asked.get_by_role("button", name=re.compile("^Read it again with this answer")).click()
    expect(page.get_by_role("alert")).to_contain_text("The document was read again.")
    look(page, "own-plan-answered")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Undone")
    expect(asked).to_be_visible()
    page.get_by_text("A column was taken for something else").click()
    page.get_by_label("The column", exact=True).select_option(label="Where we've got to")
    page.get_by_label("It holds").select_option(label="The update")
    page.get_by_role("button", name="Read it again with this", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The document was read again.")
    page.get_by_role("button", name=re.compile(r"^Adopt all \d+")).click()
    expect(page.get_by_role("alert")).to_contain_text("Adopted 4")
    page.locator(".govuk-summary-list__row").filter(has_text="Decided").get_by_role("link").click()
    expect(page.get_by_text("Remove the cladding from Larch House").first).to_be_visible()
    look(page, "own-plan-adopted")
