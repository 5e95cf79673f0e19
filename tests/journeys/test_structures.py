"""Structures as people use them: compare two, read a chart, and take one assistant director out of a draft."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from itertools import count

from playwright.sync_api import expect

from tests.journeys.test_organisation import fill_day

NUMBERS = count(1)

HEAD = [
    "Post number",
    "Title",
    "Directorate",
    "Reports to",
    "Grade",
    "FTE",
    "Salary from",
    "Salary to",
    "Services",
    "Statutory roles",
]


def sheet(number: int, *, last: str) -> bytes:
    """A structure of a few posts, with an assistant director whose work another post shares."""
    mark = f"{number}"
    rows = [
        ["1", f"Chief of Ferries {mark}", "", "", "CE", "1", "£150,000", "£160,000", "", "Head of Paid Service"],
        ["2", f"Director of Ferries {mark}", "Ferries", "1", "D1", "1", "£110,000", "£120,000", "", ""],
        [
            "3",
            f"Assistant Director Jetties {mark}",
            "Ferries",
            "2",
            "A1",
            "1",
            "£80,000",
            "£85,000",
            "Jetties; Moorings",
            "Traffic Manager",
        ],
        ["4", f"Head of Moorings {mark}", "Ferries", "3", "H1", "0.8", "£60,000", "£65,000", "Moorings", ""],
        ["5", last, "Ferries", "2", "H1", "1", "£60,000", "£64,000", "Tickets", ""],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(
        [HEAD, *[[f"F{mark}-{row[0]}", *row[1:3], f"F{mark}-{row[3]}" if row[3] else "", *row[4:]] for row in rows]]
    )
    return text.getvalue().encode()


def bring_in(page, name: str, content: bytes, *day: object) -> None:
    page.goto("/organisation/structures/import/")
    page.locator("input[type=file]").set_input_files([{"name": "posts.csv", "mimeType": "text/csv", "buffer": content}])
    page.get_by_label("Name of the structure").fill(name)
    fill_day(page, "The day that it speaks of", *day)
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def compare_with(page, name: str) -> None:
    """From a structure's page: by the link that names the other one, or, where there are many, from the list of all."""
    named = page.get_by_role("link", name=f"Compare with {name}", exact=True)
    if named.count():
        named.click()
        return
    page.get_by_role("link", name="Compare with another structure").click()
    page.get_by_label("Compare").select_option(label=name)
    page.get_by_role("button", name="Compare").click()


def test_two_structures_are_compared_and_charted(page, sign_in, look):
    number = next(NUMBERS) * 10
    sign_in(page, "coordinator")
    page.goto("/organisation/structures/import/")
    look(page, "posts-import")
    bring_in(page, f"Ferries before {number}", sheet(number, last=f"Head of Tickets {number}"), 1, 4, 2025)
    look(page, "structure-posts")
    bring_in(page, f"Ferries after {number}", sheet(number, last=f"Head of Tickets and Tolls {number}"), 1, 4, 2026)
    compare_with(page, f"Ferries before {number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Ferries after {number}")
    look(page, "structures-compared")
    page.get_by_role("button", name="Confirm all that is proposed").click()
    expect(page.get_by_text("What was proposed is confirmed.")).to_be_visible()
    page.get_by_role("link", name="Charts side by side").click()
    look(page, "structures-charts")
    page.goto("/organisation/structures/")
    look(page, "structures")
    page.get_by_role("link", name=f"Ferries before {number}", exact=True).click()
    page.get_by_role("link", name="Organisation chart", exact=True).click()
    look(page, "structure-chart")


def test_the_printed_structures_of_the_example_are_compared(page, sign_in, look):
    sign_in(page, "viewer")
    page.goto("/organisation/structures/")
    page.get_by_label("Compare").select_option(label="Roles at launch in April 2023")
    page.get_by_label("with", exact=True).select_option(label="Current as at March 2024")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Roles at launch in April 2023 and Current as at March 2024"
    )
    look(page, "structures-compared-example")


def plan_for(page, number: int, lead: str) -> None:
    """A plan with two actions that a post answers for, brought in and matched."""
    plan = (
        f"Plan for jetties {number} as at 27 May 2025\nTheme,Objective,Action,Lead,Timescale\n"
        f"Jetties,Safer jetties {number},Mend the jetty at berth {number},{lead},May 2027\n"
        f"Jetties,Safer jetties {number},Paint the moorings of berth {number},{lead},June 2027\n"
    )
    page.goto("/imports/")
    file = {"name": f"{number}.csv", "mimeType": "text/csv", "buffer": plan.encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name="Read the documents").click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=re.compile("^Adopt all")).click()
    page.goto(f"/organisation/names/?name={lead}")
    if page.get_by_role("button", name=lead).count():
        page.get_by_role("button", name=lead).first.click()


def draft_without(page, look, number: int, lead: str) -> str:
    """A draft without a post; a person chooses another successor for one entry. Gives that entry's address."""
    page.goto("/organisation/drafts/new/")
    look(page, "draft-new")
    page.get_by_label("Name of the draft").fill(f"Leaner ferries {number}")
    page.get_by_label("Start from").select_option(label=f"Ferries {number}")
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_text("The draft changes nothing yet")).to_be_visible()
    look(page, "draft-empty")
    page.get_by_role("link", name="Remove a post").click()
    page.get_by_label("Post").select_option(label=f"{lead} (Ferries)")
    page.get_by_label("Why").fill("To spend less at the top")
    look(page, "draft-remove")
    page.get_by_role("button", name="Change the draft").click()
    expect(page.get_by_role("heading", name=re.compile(f"{lead} would go: 2 entries"))).to_be_visible()
    expect(page.get_by_text("Nobody would be Traffic Manager any longer")).to_be_visible()
    expect(page.get_by_text(f"Successor: Head of Moorings {number}")).to_be_visible()
    look(page, "draft-orphans")
    row = page.get_by_role("row").filter(has_text="Mend the jetty")
    row.get_by_role("link", name=re.compile("Choose another")).click()
    page.get_by_label("Successor").select_option(label=f"Director of Ferries {number} (was its line manager)")
    look(page, "draft-successor")
    page.get_by_role("button", name="Choose").click()
    expect(row).to_contain_text(f"Director of Ferries {number}")
    return row.get_by_role("link").first.get_attribute("href")


def agree_today(page, look) -> None:
    """Agree the draft of the page, in force today; first without saying why there was no consultation."""
    page.get_by_role("button", name="Agree the structure").click()
    today = date.today()
    fill_day(page, "In force on", today.day, today.month, today.year)
    page.get_by_label("Delegation under which it was agreed").fill("Scheme of delegation 3.4")
    page.get_by_label("Why it was agreed").fill("Saves a post")
    look(page, "draft-agree")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("say why").first).to_be_visible()
    page.get_by_label("Why steps before this one are left out").fill("One vacant post")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("moves on its day")).to_be_visible()
    look(page, "draft-agreed")


def fill_and_put_in_force(page, look, number: int) -> None:
    """Somebody takes up a post, the others wait with a reason, and the structure of the page comes into force."""
    page.get_by_role("link", name=f"Say who takes up Head of Moorings {number}").click()
    look(page, "draft-fill")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Choose a person, or enter the name").first).to_be_visible()
    page.get_by_label("Or the name of somebody").fill(f"Nora Field {number}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Nora Field {number} takes up Head of Moorings {number}")).to_be_visible()
    look(page, "draft-filled")
    page.get_by_role("button", name="Say that posts are filled").click()
    today = date.today()
    fill_day(page, "Recorded on", today.day, today.month, today.year)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("say why that waits").first).to_be_visible()
    look(page, "draft-appointed")
    page.get_by_label("Why posts or people wait").fill("Advertised in the spring")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The appointments are recorded.")).to_be_visible()
    page.get_by_role("button", name="Put it in force").click()
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("The structure is in force.")).to_be_visible()


def test_an_assistant_director_is_taken_out(page, sign_in, look):
    number = next(NUMBERS) * 10 + 5
    lead = f"Assistant Director Jetties {number}"
    sign_in(page, "coordinator")
    bring_in(page, f"Ferries {number}", sheet(number, last=f"Head of Tickets {number}"), 1, 4, 2025)
    plan_for(page, number, lead)
    page.context.clear_cookies()
    sign_in(page, "executive")
    address = draft_without(page, look, number, lead)
    page.get_by_role("link", name="Charts side by side").click()
    look(page, "draft-charts")
    page.go_back()
    agree_today(page, look)
    draft = page.url
    page.goto(address)
    expect(page.get_by_text(f"Director of Ferries {number}").first).to_be_visible()
    page.goto(f"{address}?as_at={date.today() - timedelta(days=1)}")
    expect(page.get_by_text(lead).first).to_be_visible()
    expect(page.get_by_text(f"Director of Ferries {number}")).to_have_count(0)
    page.goto(draft)
    fill_and_put_in_force(page, look, number)
