"""Bringing documents in and deciding on what was found, as a person does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

NUMBERS = count(1)
HEAD = "Theme,Objective,Success criteria,Action,Lead,Timescale,Update"


def plan_csv(name: str, actions: int = 4) -> str:
    """A plan that no other journey has brought in."""
    rows = [
        f"Streets,Mend the streets of {name},Cost per mile falls,Mend street {number} of {name},Pat Quill,May 2026,Begun"
        for number in range(1, actions + 1)
    ]
    return "\n".join([f"{name} plan as at 27 May 2025", HEAD, *rows]) + "\n"


def completed_html(name: str) -> str:
    """A page that lists as completed what its own words say goes on."""
    return f"""<!doctype html><title>{name} plan as at 27 May 2025</title><h1>{name} plan as at 27 May 2025</h1>
<h2>Completed actions</h2><table><tr><th>Action</th><th>Lead</th><th>Update</th><th>Completed</th></tr>
<tr><td>Move the stores of {name}</td><td>Pat Quill</td><td>All stores were moved</td><td>October 2023</td></tr>
<tr><td>Teach every crew of {name}</td><td>Pat Quill</td><td>Half of the crews were taught</td><td>Ongoing</td></tr>
</table>"""


@pytest.fixture
def name() -> str:
    """An invented place, another one each time: the same bytes come in only once."""
    return f"Ferrydown {next(NUMBERS)}"


def a_file(file_name: str, text: str) -> dict[str, object]:
    return {"name": file_name, "mimeType": "application/octet-stream", "buffer": text.encode()}


@pytest.fixture
def drop(sign_in: Callable[..., None]) -> Callable[..., None]:
    """``drop(page, file…)``: choose files on the import page and have them read."""

    def act(page: Page, *files: dict[str, object]) -> None:
        sign_in(page, "coordinator")
        page.goto("/imports/")
        page.locator("input[type=file]").set_input_files(list(files))
        page.get_by_role("button", name="Read the documents").click()

    return act


@pytest.fixture
def read_plan(drop: Callable[..., None]) -> Callable[[Page, str], None]:
    """``read_plan(page, name)``: a plan of five entries on its review page, those that are certain shown."""

    def act(page: Page, name: str) -> None:
        drop(page, a_file(f"{name}.csv", plan_csv(name)))
        expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=60_000)

    return act


def test_two_files_are_dropped_and_show_how_far_they_are(page, drop, name, look):
    drop(page, a_file(f"{name}.csv", plan_csv(name)), a_file(f"{name}.html", completed_html(name)))
    expect(page).to_have_url(re.compile(r"/imports/$"))
    look(page, "imports-reading")
    rows = page.get_by_role("row").filter(has_text=f"{name} plan")
    expect(rows).to_have_count(2, timeout=60_000)
    expect(rows.get_by_text("Read", exact=True)).to_have_count(2)
    look(page, "imports-read")


def test_how_far_it_is_shows_without_script(page_without_script, drop, name):
    page = page_without_script
    drop(page, a_file(f"{name}.csv", plan_csv(name)))
    found, asks = (
        page.get_by_role("heading", name="What was found"),
        page.get_by_role("link", name="See how far it is now"),
    )
    for _ in range(60):
        expect(found.or_(asks)).to_be_visible()
        if found.count():
            break
        page.wait_for_timeout(500)
        page.goto(asks.get_attribute("href") or "")  # waits for the next page, where a press may still see this one
    expect(found).to_be_visible()
    page.get_by_role("link", name=re.compile("See where it is printed")).first.click()
    expect(page.get_by_role("heading", name="As printed")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()


def test_a_question_is_answered_by_a_button_and_taken_back(page, drop, name, look):
    drop(page, a_file(f"{name}.html", completed_html(name)))
    expect(page.get_by_text("Is it complete?").first).to_be_visible(timeout=60_000)
    page.locator(".gt-found__printed").first.scroll_into_view_if_needed()
    expect(page.locator(".gt-found__printed mark").first).to_be_visible()
    look(page, "import-question")
    page.get_by_role("button", name=re.compile("^No ")).click()
    expect(page.get_by_role("alert")).to_contain_text("Is it complete? No.")
    look(page, "import-answered")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Is it complete?").last).to_be_visible()


def test_an_entry_is_corrected_beside_its_print(page, read_plan, name, look):
    read_plan(page, name)
    page.get_by_role("button", name="Edit r2").or_(page.get_by_role("link", name="Edit r2")).click()
    expect(page.get_by_role("heading", name="As printed")).to_be_visible()
    look(page, "import-entry")
    page.get_by_role("textbox", name="Words").fill(f"Mend the first street of {name}")
    page.get_by_role("button", name="Save only").click()
    expect(page.get_by_role("alert")).to_contain_text("Saved.")
    page.get_by_text("Part it in two").click()
    page.get_by_label("Its words").check()
    page.get_by_label("The second part begins with").fill("street of")
    look(page, "import-entry-part")
    page.get_by_role("button", name="Part it").click()
    expect(page.get_by_role("alert")).to_contain_text("the second part stands in r2-2")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Undone")


def test_entries_are_adopted_by_keyboard(wide_page, read_plan, name, look):
    page = wide_page
    read_plan(page, name)
    focused = page.locator("[data-entry]:focus")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(focused).to_have_id("r2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    expect(focused).to_have_id("r2")
    look(page, "import-keyboard")
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("Adopted 2 from")
    expect(focused).to_have_id("r3")
    page.keyboard.press("r")
    page.get_by_label("Why are they left out?").fill("It was done years ago")
    look(page, "import-leave-out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Left out 1")
    page.keyboard.press("u")
    expect(page.get_by_role("alert")).to_contain_text("Undone")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("a")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Turn the keys on").click()
    page.locator("[data-entry]").first.focus()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="As it will be adopted")).to_be_visible()


def test_all_that_are_certain_are_adopted_and_taken_back(page, read_plan, name, look):
    read_plan(page, name)
    page.get_by_role("button", name="Adopt 5 that are certain").click()
    expect(page.get_by_role("alert")).to_contain_text("Adopted 5 from")
    look(page, "import-adopted")
    expect(page.get_by_text("Adopted or left out (5)")).to_be_visible()
    expect(page.locator("[data-entry]")).to_have_count(5)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Undone")
    expect(page.get_by_role("button", name="Adopt 5 that are certain")).to_be_visible()


def test_a_page_of_a_pdf_shows_the_place(page, sign_in, look):
    sign_in(page, "coordinator")
    page.goto("/imports/")
    row = page.get_by_role("row").filter(has_text=".pdf").first
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    page.goto(f"{page.url}?show=all")
    page.locator(".gt-found__printed").first.scroll_into_view_if_needed()
    picture = page.locator(".gt-page__picture").first
    expect(picture.locator("rect").first).to_be_visible()
    address = picture.locator("image").get_attribute("href")
    assert page.request.get(address).headers["content-type"] == "image/png"
    look(page, "import-pdf")


def test_what_cannot_be_read_says_why(page, drop, name, look):
    drop(page, a_file(f"{name}.docx", f"this is no Word file at all, {name}"))
    expect(page.get_by_text(f"{name}.docx").last).to_be_visible()
    expect(page.get_by_text("Nothing of it was kept")).to_be_visible(timeout=60_000)
    look(page, "import-refused")
