"""The gallery of components, at both widths and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import check_axe, check_fits


def test_every_component_is_shown_and_clean(page, look):
    page.goto("/components/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Components")
    look(page, "components")


def test_tabs_work_by_keyboard(wide_page):
    wide_page.goto("/components/")
    wide_page.get_by_role("tab", name="Updates").first.focus()
    wide_page.keyboard.press("ArrowRight")
    expect(wide_page.get_by_role("tabpanel", name="Dates").first).to_be_visible()
    expect(wide_page.get_by_role("tabpanel", name="Updates")).to_have_count(0)


def test_without_script_everything_stands_open(page_without_script):
    page_without_script.goto("/components/")
    for text in ("Three updates.", "The date moved once."):
        expect(page_without_script.get_by_text(text).first).to_be_visible()


def test_the_statement_and_a_missing_page(page, look):
    page.goto("/accessibility/")
    look(page, "accessibility")
    page.goto("/nowhere/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    look(page, "not-found")


def test_what_is_wrong_with_a_page_is_said(wide_page):
    wide_page.set_content(
        "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><img src=map.png></main>"
    )
    with pytest.raises(AssertionError, match=r"image-alt \(critical\).*\n.*map\.png.*\n.*https"):
        check_axe(wide_page)
    wide_page.get_by_role("heading").evaluate("heading => heading.style.width = '3000px'")
    with pytest.raises(AssertionError, match="sticks out"):
        check_fits(wide_page)
