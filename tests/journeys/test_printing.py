"""What a member prints from the browser: the picture whole, every tab, nothing that only a screen needs."""

from __future__ import annotations

import pytest


@pytest.fixture
def on_paper(wide_page, sign_in):
    """A page of the coordinator as A4 paper shows it: 180 millimetres wide."""
    sign_in(wide_page, "coordinator")
    wide_page.set_viewport_size({"width": 680, "height": 960})
    wide_page.emulate_media(media="print")
    return wide_page


def test_every_tab_of_an_entry_is_printed_and_no_switch(on_paper):
    on_paper.goto("/records/ITAP-004/")
    assert not on_paper.locator(".govuk-tabs__list").is_visible()
    panels = on_paper.locator(".govuk-tabs__panel")
    assert panels.count() > 1
    assert all(panels.nth(at).is_visible() for at in range(panels.count()))


def test_a_lineage_is_printed_whole(on_paper):
    on_paper.goto("/lineages/")
    on_paper.locator("table a[href$='/lineage/']").first.click()
    picture = on_paper.locator(".gt-picture img")
    picture.evaluate("image => image.decode()")
    box = picture.bounding_box()
    assert box["width"] > 300
    assert box["x"] + box["width"] <= 680
