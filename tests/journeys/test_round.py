"""A round of the example plan from its opening to the issued report, by five people; the messages are looked at.

The coordinator; Leopold, the heaviest lead, on a telephone with the link of his mail; Philippa, a lead who signs in; the
director who checks; the executive who signs off. And Osric, who has no address at first.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import WIDTHS, check_axe, check_fits, follow_sign_in_link, take_picture
from tests.support.mail import Sink, text_of
from tests.support.server import ROOT, Council, served

LINK = re.compile(r"http://127\.0\.0\.1:\d+/updates/link/[0-9a-f]{64}/")
MOST = 35
"""Interactions besides typing that the heaviest lead may need."""


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    made = Sink()
    yield made
    made.close()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, ready_home: Path, sink: Sink) -> Iterator[Council]:
    meets = date.today() + timedelta(days=70)
    while meets.weekday() != 2:
        meets += timedelta(days=1)
    with served(tmp_path_factory.mktemp("reporting"), ready_home, GOLDTHREAD_SMTP=f"127.0.0.1:{sink.port}") as made:
        for module, words in (("people", [made.url]), ("reporting", [meets.isoformat()])):
            command = [sys.executable, "-m", f"tests.support.{module}", *words]
            subprocess.run(command, cwd=ROOT, env=made.environment, check=True, capture_output=True, timeout=120)
        yield made


class People:
    """A browser of their own for each person."""

    def __init__(self, browser: Browser, council: Council) -> None:
        self.browser, self.council = browser, council
        self.pages: dict[str, Page] = {}

    def open(self, name: str, *, width: int = WIDTHS["wide"]) -> Page:
        if name not in self.pages:
            context = self.browser.new_context(
                base_url=self.council.url, viewport={"width": width, "height": 900}, reduced_motion="reduce",
                locale="en-GB", timezone_id="Europe/London",
            )  # fmt: skip
            context.set_default_timeout(20_000)
            self.pages[name] = context.new_page()
        return self.pages[name]

    def signed_in(self, email: str) -> Page:
        page = self.open(email)
        link = self.council.goldthread("sign-in-link", email, "--base", self.council.url).strip()
        follow_sign_in_link(page, link)
        return page


@pytest.fixture
def people(browser: Browser, council: Council) -> Iterator[People]:
    made = People(browser, council)
    yield made
    for page in made.pages.values():
        page.context.close()


def seen(page: Page, name: str) -> None:
    take_picture(page, f"round-{name}")
    check_fits(page)
    check_axe(page)


def mail_for(sink: Sink, address: str, number: int = 1):
    for _ in range(450):
        if len(found := sink.to(address)) >= number:
            return found[number - 1]
        time.sleep(0.1)
    raise AssertionError(f"no mail {number} for {address}; there are mails for {[str(m['To']) for m in sink.mails]}")


class Hands:
    """Counts what a person does besides typing."""

    def __init__(self, page: Page) -> None:
        self.page, self.done = page, 0

    def click(self, place) -> None:
        place.click()
        self.done += 1

    def write(self, place, text: str) -> None:
        """Tap into a box (counted) and type (not counted)."""
        self.click(place)
        place.press_sequentially(text) if len(text) < 12 else place.fill(text)

    def choose(self, place, value: str) -> None:
        place.select_option(value)
        self.done += 1


def test_a_round_from_opening_to_issued_report(people: People, sink: Sink):
    address = _opened(people)
    _answered_by_link(people, sink)
    _answered_signed_in(people)
    _typed_without_a_connection(people)
    _drafted_by_somebody_else(people, sink)
    _checked(people, sink, address)
    _accepted(people, address)
    _signed_off_and_issued(people, sink, address)


def _opened(people: People) -> str:
    page = people.signed_in("coordinator@fernleigh.example")
    page.goto("/rounds/")
    seen(page, "list-empty")
    page.get_by_role("link", name="Set up how ITAP reports").click()
    page.get_by_label("To each meeting of a body").check()
    page.locator("select[name=body]").select_option(label="Overview and Scrutiny Board", force=True)
    page.get_by_label("Reason", exact=True).fill("The board asked for a report to each meeting")
    seen(page, "cadence")
    page.get_by_role("button", name="Save how it reports").click()
    expect(page.get_by_text("ITAP reports in rounds")).to_be_visible()
    page.get_by_role("link", name=re.compile("Overview and Scrutiny Board of")).first.click()
    seen(page, "planned")
    page.get_by_role("button", name="Open the round now").click()
    expect(page.get_by_text("The round is open")).to_be_visible()
    expect(page.get_by_text("No address on record: Osric Bellamy")).to_be_visible()
    page.get_by_role("link", name="Give an address of Osric Bellamy").click()
    page.get_by_label("E-mail address").fill("osric@fernleigh.example")
    page.get_by_role("button", name="Save it and ask them").click()
    expect(page.get_by_text("Osric Bellamy is asked at")).to_be_visible()
    seen(page, "board-opened")
    return page.url.replace("board/", "")


def _answered_by_link(people: People, sink: Sink) -> None:
    """Fifteen items on a telephone, counted; the battery dies in the middle."""
    mail = mail_for(sink, "leopold@fernleigh.example")
    words = text_of(mail)
    assert words.count("\n- ITAP-") == 15 and "do not forward" in words
    page = people.open("leopold", width=WIDTHS["narrow"])
    hands = Hands(page)
    page.goto(LINK.search(words).group())
    hands.done += 1  # the link in the mail
    seen(page, "link")
    hands.click(page.get_by_role("button", name="Go to the updates"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your updates")
    seen(page, "updates-narrow")
    boxes = page.get_by_label(re.compile("^Your update"))
    assert boxes.count() == 15
    for number in range(7):
        hands.write(boxes.nth(number), f"Work {number + 1} went on as agreed; the next step is the staff briefing.")
    expect(page.locator("[data-saved]").nth(6)).to_contain_text("Saved at")
    page.close()  # the battery
    page = people.pages["leopold"] = people.pages["leopold"].context.new_page()
    page.goto("/updates/by-link/")
    hands.page = page
    boxes = page.get_by_label(re.compile("^Your update"))
    expect(boxes.nth(6)).to_have_value(re.compile("^Work 7 went on"))
    for number in range(7, 15):
        hands.write(boxes.nth(number), f"Work {number + 1} went on as agreed; the next step is the staff briefing.")
    for number in range(4):
        hands.write(page.get_by_label(re.compile("^By when")).nth(number), "31 March 2027")
        hands.write(page.get_by_label(re.compile("^What the date rests on")).nth(number), "The programme plan")
    more = page.locator(".gt-update__more").nth(0)
    hands.click(more.locator("summary"))
    hands.choose(more.get_by_label(re.compile("^State")), "on hold")
    hands.write(more.get_by_label(re.compile("^Why, or how")), "It waits for the budget")
    hands.click(page.get_by_role("button", name="Send all that are filled"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Send your updates")
    seen(page, "confirm-narrow")
    hands.click(page.get_by_role("button", name="Send them"))
    expect(page.get_by_text("15 updates are sent. Thank you")).to_be_visible()
    seen(page, "sent-narrow")
    print(f"\nthe heaviest lead: {hands.done} interactions besides typing for 15 items, 4 dates and a state")
    assert hands.done <= MOST
    other = people.open("whoever it was passed on to")
    other.goto(LINK.search(words).group())
    expect(other.get_by_text("entered before, in another browser")).to_be_visible()
    seen(other, "link-refused")


def _answered_signed_in(people: People) -> None:
    page = people.signed_in("philippa@fernleigh.example")
    page.goto("/")
    seen(page, "home-lead")
    page.get_by_role("link", name=re.compile("Give your updates")).click()
    boxes = page.get_by_label(re.compile("^Your update"))
    boxes.nth(0).fill("The panel met twice and agreed the plan.")
    boxes.nth(1).fill("The post is out to advertisement.")
    page.get_by_label(re.compile("^Nothing has changed")).nth(1).check()
    boxes.nth(2).fill("Delayed by the tender; nothing was lost.")
    _with_files(page.locator("[data-item]").nth(0))
    seen(page, "updates-wide")
    page.get_by_role("button", name="Send all that are filled").click()
    page.get_by_role("button", name="Send them").click()
    expect(page.get_by_text("3 updates are sent. Thank you")).to_be_visible()


def _with_files(item: Locator) -> None:
    """Added as they are chosen, one refused by name, one taken off again without leaving the page."""
    files = [("Minutes.pdf", b"%PDF-1.7 minutes"), ("Wrong.txt", b"wrong"), ("setup.exe", b"MZ")]
    item.locator("summary").last.click()
    item.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )
    kept = item.locator("[data-kept] li")
    expect(kept).to_have_count(2)
    expect(item.locator("[data-refused]")).to_contain_text("setup.exe is not of a type")
    item.get_by_role("button", name="Take off Wrong.txt").click()
    expect(kept).to_have_count(1)
    expect(kept).to_contain_text("Minutes.pdf")


def _typed_without_a_connection(people: People) -> None:
    """Offline, the browser keeps it; reloaded with a connection, it is brought back and saved."""
    page = people.signed_in("saskia@fernleigh.example")
    page.goto("/updates/")
    page.context.set_offline(True)
    box = page.get_by_label(re.compile("^Your update")).first
    box.fill("Typed in the train")
    expect(page.locator("[data-saved]").first).to_contain_text("kept in this browser")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label(re.compile("^Your update")).first).to_have_value("Typed in the train")
    expect(page.locator("[data-saved]").first).to_contain_text(re.compile("[Ss]aved"))
    page.reload()
    expect(page.get_by_label(re.compile("^Your update")).first).to_have_value("Typed in the train")
    other = people.browser.new_context(
        base_url=people.council.url, storage_state=page.context.storage_state(), java_script_enabled=False
    )
    plain = other.new_page()
    plain.goto("/updates/")
    expect(plain.get_by_label(re.compile("^Your update")).first).to_have_value("Typed in the train")
    plain.get_by_label(re.compile("^Your update")).first.fill("Typed without script")
    plain.locator("summary").filter(has_text="State, dates, rating and evidence").first.click()
    files = [("Plan.pdf", b"%PDF-1.7 plan"), ("setup.exe", b"MZ")]
    plain.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )
    plain.get_by_role("button", name=re.compile("^Save draft of")).first.click()
    expect(plain.locator(".govuk-error-summary")).to_contain_text("setup.exe is not of a type")
    expect(plain.get_by_role("link", name="Plan.pdf")).to_be_visible()
    expect(plain.get_by_label(re.compile("^Your update")).first).to_have_value("Typed without script")
    plain.get_by_role("button", name=re.compile("^Save draft of")).first.click()
    expect(plain.get_by_text("Your drafts are saved")).to_be_visible()
    other.close()


def _drafted_by_somebody_else(people: People, sink: Sink) -> None:
    """A partner drafts on a telephone, with a file; the lead takes it over in a browser without script."""
    lead = people.pages["saskia@fernleigh.example"]
    lead.goto("/updates/")
    lead.get_by_role("link", name=re.compile("^Ask somebody to draft it")).first.click()
    lead.get_by_label("E-mail address of who drafts it").fill("pat@partner.example")
    lead.get_by_label("Their name").fill("Pat Quill")
    lead.get_by_role("button", name="Ask them").click()
    expect(lead.get_by_text("in the hands of Pat Quill to draft")).to_be_visible()
    page = people.open("pat", width=WIDTHS["narrow"])
    page.goto(LINK.search(text_of(mail_for(sink, "pat@partner.example"))).group())
    page.get_by_role("button", name="Go to the updates").click()
    page.get_by_label(re.compile("^Your update")).fill("Forty trees are planted.")
    page.locator("summary").filter(has_text="State, dates, rating and evidence").click()
    trees = {"name": "Trees.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 trees"}
    page.locator("input[type=file]").set_input_files([trees])
    expect(page.get_by_role("link", name="Trees.pdf")).to_be_visible()
    expect(page.get_by_role("button", name="Send all that are filled")).to_have_count(0)
    seen(page, "drafting-narrow")
    other = people.browser.new_context(
        base_url=people.council.url, storage_state=lead.context.storage_state(), java_script_enabled=False,
        viewport={"width": WIDTHS["narrow"], "height": 900},
    )  # fmt: skip
    plain = other.new_page()
    plain.goto("/updates/")
    plain.get_by_role("button", name=re.compile("^Use this draft")).click()
    expect(plain.get_by_text("taken over into yours")).to_be_visible()
    expect(plain.get_by_label(re.compile("^Your update")).first).to_have_value(re.compile("Forty trees are planted.$"))
    expect(plain.locator("[data-kept]").first).to_contain_text("Plan.pdf")
    expect(plain.locator("[data-kept]").first).to_contain_text("Trees.pdf")
    other.close()
    lead.reload()
    seen(lead, "drafted-for-a-lead")


def _looked_at_on_a_telephone(people: People, page: Page) -> None:
    """What is read has the screen: one line leads to the box that stands at the end."""
    context = people.browser.new_context(
        storage_state=page.context.storage_state(), viewport={"width": WIDTHS["narrow"], "height": 900}
    )
    phone = context.new_page()
    phone.goto(page.url)
    expect(phone.locator("#decide")).not_to_be_in_viewport()
    seen(phone, "check-narrow")
    phone.get_by_role("link", name="Check the chosen ones, or return them").click()
    expect(phone.locator("#decide")).to_be_in_viewport()
    phone.get_by_role("button", name="Return the chosen ones").click()
    expect(phone.locator(".govuk-error-summary")).to_contain_text("Choose at least one update")
    seen(phone, "check-refused-narrow")
    context.close()


def _checked(people: People, sink: Sink, address: str) -> None:
    page = people.signed_in("dirk@fernleigh.example")
    page.goto("/")
    page.get_by_role("link", name=re.compile("Check updates")).click()
    expect(page.get_by_role("link", name="Minutes.pdf")).to_be_visible()
    seen(page, "check")
    _looked_at_on_a_telephone(people, page)
    delayed = page.locator("section").filter(has_text="Delayed by the tender")
    delayed.get_by_label(re.compile("^Choose this one")).check(force=True)
    page.get_by_label(re.compile("What is wrong or missing")).fill("Which tender, and until when?")
    page.get_by_role("button", name="Return the chosen ones").click()
    expect(page.get_by_text("1 update is back with the reason")).to_be_visible()
    lead = people.pages["philippa@fernleigh.example"]
    assert "Which tender" in text_of(mail_for(sink, "philippa@fernleigh.example", 2))
    lead.goto("/updates/")
    expect(lead.get_by_text("Which tender, and until when?")).to_be_visible()
    seen(lead, "returned")
    section = lead.locator("section").filter(has_text="Which tender, and until when?")
    section.get_by_label(re.compile("^Your update")).fill("The catering tender is let in January; nothing was lost.")
    lead.get_by_role("button", name="Send all that are filled").click()
    lead.get_by_role("button", name="Send it").click()
    expect(lead.get_by_text("1 update is sent. Thank you")).to_be_visible()
    page.reload()
    page.get_by_role("button", name=re.compile("Check all as they are")).click()
    expect(page.get_by_text("updates are checked")).to_be_visible()


def _accepted(people: People, address: str) -> None:
    page = people.pages["coordinator@fernleigh.example"]
    page.goto(f"{address}board/")
    seen(page, "board")
    page.goto(f"{address}dates/")
    seen(page, "dates")
    page.get_by_role("button", name="Make them the first dates").click()
    expect(page.get_by_text("4 first dates stand now")).to_be_visible()
    page.goto(f"{address}accept/")
    seen(page, "accept")
    page.get_by_role("button", name=re.compile("Accept all as they are")).click()
    expect(page.get_by_text("updates are accepted")).to_be_visible()
    page.get_by_label("Why the round goes on without them").fill("The other leads report to the next meeting")
    page.get_by_role("button", name="Accept the round and ask for sign-off").click()
    expect(page.get_by_text("waits for sign-off")).to_be_visible()
    page.goto(f"{address}messages/")
    seen(page, "messages")
    page.goto(f"{address}links/")
    expect(page.get_by_text("Refused: used before in another browser").first).to_be_visible()
    seen(page, "links")


def _signed_off_and_issued(people: People, sink: Sink, address: str) -> None:
    executive = people.signed_in("executive@fernleigh.example")
    executive.goto("/")
    expect(executive.get_by_role("link", name=re.compile("Sign the round off"))).to_be_visible()
    words = text_of(mail_for(sink, "executive@fernleigh.example"))
    assert "waits for your sign-off" in words and "go on without one" in words
    executive.goto(f"{address}sign-off/")
    assert f"{address}sign-off/" in words
    expect(executive.get_by_text("The other leads report to the next meeting")).to_be_visible()
    seen(executive, "sign-off")
    executive.get_by_role("button", name="Sign off", exact=True).click()
    expect(executive.get_by_text("is signed off")).to_be_visible()
    page = people.pages["coordinator@fernleigh.example"]
    assert f"{address}freeze/" in text_of(mail_for(sink, "coordinator@fernleigh.example"))
    page.goto("/")
    page.get_by_role("link", name=re.compile("Freeze the report")).click()
    seen(page, "freeze")
    page.get_by_role("button", name="Freeze the report").click()
    expect(page.get_by_text("is frozen as")).to_be_visible()
    for _ in range(90):
        page.goto(address)
        if page.get_by_text("files are made").count():
            break
        time.sleep(1)
    page.get_by_role("button", name="Mark the report as issued").click()
    expect(page.get_by_text("is issued as")).to_be_visible()
    seen(page, "issued")
    people.council.goldthread("verify")
