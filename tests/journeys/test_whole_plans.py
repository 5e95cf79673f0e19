"""Whole plans through the import pages: every record of a real one decided by keyboard, and a newer issue published."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.corpus.press.issues import press_issues

MOST_QUESTIONS, KEYS_A_QUESTION = 15, 4
_SEEN = """() => {
  const entry = document.activeElement.closest("[data-entry]");
  const place = entry && entry.querySelector(".gt-found__printed mark");
  if (!place) return false;
  const box = place.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}"""


class Keyboard:
    """Presses keys on a review page and counts them; what is decided has its printed place in view first."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, key: str, *, seeing_source: bool = False) -> None:
        """One key, counted."""
        if seeing_source:
            self.page.wait_for_function(_SEEN)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
        self.count += 1

    def asked(self) -> int:
        """How many questions are asked of the entry that has the focus."""
        return self.page.locator("[data-entry]:focus .gt-found__question").count()

    def begin(self) -> None:
        """Go to the first entry."""
        self.page.keyboard.press("j")
        self.count += 1


def shown(page: Page, words: str) -> int:
    """The number behind the name of a group: "Open and certain (84)"."""
    found = re.search(rf"{words} \((\d+)\)", page.locator(".gt-found__groups").inner_text())
    assert found, words
    return int(found[1])


def drop(page: Page, *files: Path) -> None:
    """Choose files on the import page and wait until they are read."""
    page.goto("/imports/")
    page.locator("input[type=file]").set_input_files(list(files))
    page.get_by_role("button", name="Read the documents").click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=60_000)


def test_every_record_of_the_improvement_plan_takes_one_key(
    wide_page: Page, sign_in: Callable[..., None], shared_documents: Path, look: Callable[..., None]
) -> None:
    page, keyboard = wide_page, Keyboard(wide_page)
    sign_in(page, "coordinator")
    drop(page, shared_documents / "improvement-plan-2025-05-27.txt")
    review = page.url.partition("?")[0]
    total = shown(page, "Everything")
    assert 100 <= total <= 104, "the plan has 101 records"
    doubtful = shown(page, "Open, with questions or doubt")
    keyboard.begin()
    questions = answered = 0
    for _ in range(doubtful):
        before, asked = keyboard.count, keyboard.asked()
        for _ in range(asked):
            keyboard.press("1", seeing_source=True)
        if not asked:
            keyboard.press("a", seeing_source=True)
        questions, answered = questions + asked, answered + (asked > 0)
        # One more key adopts it, below, among those that are certain then.
        assert keyboard.count - before + 1 <= max(asked, 1) * KEYS_A_QUESTION
    page.goto(f"{review}?show=certain")
    for_questions, keyboard.count = keyboard.count, 0
    look(page, "whole-plan-certain")
    certain = shown(page, "Open and certain")
    keyboard.begin()
    while page.locator("[data-entry]:focus").count():
        keyboard.press("a", seeing_source=True)
    assert keyboard.count <= certain + 1, "one key for each, and one to begin"
    assert shown(page, "All that are open") == 0
    assert shown(page, "Adopted or left out") == total
    print(
        f"{total} records: {for_questions} keys for {questions} questions, {keyboard.count} for {certain} certain ones"
    )
    assert questions <= MOST_QUESTIONS


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], object]:
    """``printed(seed)``: both issues of a plan of the press, as Word files."""
    return lambda seed: press_issues("docx", seed=seed, folder=tmp_path_factory.mktemp("issues"))


def test_a_newer_issue_is_compared_published_and_known_again(page, sign_in, printed, look) -> None:
    both = printed(0 if page.viewport_size["width"] > 600 else 2)
    sign_in(page, "coordinator")
    drop(page, both.may)
    page.get_by_role("button", name=re.compile(r"^Adopt all \d+")).click()
    expect(page.get_by_role("alert")).to_contain_text("Adopted")
    drop(page, both.september)
    page.get_by_role("link", name=re.compile("Compare it with that plan")).click()
    expect(page.get_by_text("stand in this document again")).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name=re.compile("^Newer issue of"))).to_be_visible()
    look(page, "newer-issue")
    for what, texts in both.what.items():
        if what not in ("missing", "unchanged"):
            row = page.get_by_role("row").filter(has_text=texts[0] if what != "reworded" else "beginning with")
            expect(row.filter(has_text=what.capitalize()).first).to_be_visible()
    assert "beginning with the oldest sites" in page.locator("ins").first.inner_text()
    page.get_by_text(re.compile(r"^\d+ unchanged$")).click()
    for text in both.what["unchanged"]:
        expect(page.get_by_text(text).first).to_be_visible()
    gone = page.get_by_role("row").filter(has_text=both.what["missing"][0])
    gone.get_by_role("checkbox").check()
    refused = page.get_by_role("row").filter(has_text=both.what["date changed"][0])
    refused.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Publish the chosen changes").click()
    expect(page.get_by_text("Say why the missing entries are withdrawn").first).to_be_visible()
    look(page, "newer-issue-refused")
    assert gone.get_by_role("checkbox").is_checked(), "what was chosen stays chosen"
    assert not refused.get_by_role("checkbox").is_checked()
    page.get_by_label("Why the chosen ones are withdrawn").fill("It is not in the newer plan")
    page.get_by_role("button", name="Publish the chosen changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Published")
    look(page, "newer-issue-published")
    page.get_by_role("link", name=re.compile("^Compare it with")).click()
    expect(page.get_by_role("row").filter(has_text=both.what["date changed"][0])).to_have_count(1)
    expect(page.locator("table tbody tr")).to_have_count(1)
    page.goto("/imports/")
    page.locator("input[type=file]").set_input_files(both.september)
    page.get_by_role("button", name="Read the documents").click()
    expect(page.get_by_text("is here already; it was not read again")).to_be_visible()
