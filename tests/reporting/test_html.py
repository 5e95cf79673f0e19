"""The web page: one file, headings in order, tables that say what they are, nothing of a text ever read as code."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re

import pytest
from lxml import html as lxml_html

from goldthread.reporting.model import Report
from goldthread.reporting.renderers import html
from goldthread.reporting.wording import lines
from tests.reporting.conftest import HOSTILE, report_saying


@pytest.fixture(scope="module")
def page(report: Report) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(html.render(report))


def levels(page: lxml_html.HtmlElement) -> list[int]:
    return [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]


def test_one_h1_and_headings_in_order(page: lxml_html.HtmlElement) -> None:
    found = levels(page)
    assert found.count(1) == 1
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(found))


def test_headings_stay_in_order_where_objectives_stand_under_no_group() -> None:
    report = report_saying("words")
    theme = report.themes[0]
    bare = type(theme)(theme.heading, (type(theme.groups[0])((), theme.groups[0].objectives),))
    page = lxml_html.fromstring(
        html.render(type(report)(report.title, "", report.as_at, report.generated_at, themes=(bare,)))
    )
    found = levels(page)
    assert all(after <= before + 1 for before, after in itertools.pairwise(found))


def test_it_says_its_language_title_and_landmarks(page: lxml_html.HtmlElement, report: Report) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext("head/title").startswith(report.title)
    assert len(page.findall(".//main")) == 1
    assert page.find(".//nav").get("aria-labelledby") == "contents"
    assert page.find("body/a").get("href") == "#report-content"


def test_every_table_has_a_caption_and_scoped_headers(page: lxml_html.HtmlElement) -> None:
    tables = page.findall(".//table")
    assert tables
    for table in tables:
        assert table.findtext("caption")
        assert {cell.get("scope") for cell in table.findall("thead/tr/th")} == {"col"}
        for row in table.findall("tbody/tr"):
            assert row.find("th").get("scope") == "row"
            assert len(row) == len(table.findall("thead/tr/th"))


def test_every_link_of_the_contents_leads_somewhere_and_ids_are_unique(page: lxml_html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//nav//a/@href")
    assert links
    assert {link[1:] for link in links} <= set(ids)


def test_it_needs_no_other_file_and_runs_nothing(page: lxml_html.HtmlElement) -> None:
    assert not page.xpath("//script | //link | //img | //iframe | //*[@style] | //@onclick")
    css = page.findtext("head/style")
    assert "url(" not in css
    assert "@import" not in css


def test_a_policy_can_allow_the_one_style_sheet_by_its_hash(page: lxml_html.HtmlElement) -> None:
    digest = hashlib.sha256(page.findtext("head/style").encode()).digest()
    assert html.style_source() == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_article_for_the_site_has_no_style_of_its_own(report: Report) -> None:
    article = html.article(report)
    assert not re.search(r"<(style|script|link|html|main)\b| style=", article)
    assert article.lstrip().startswith('<article class="report">')
    assert article.count("<h1") == 1


def test_every_row_is_there_with_its_words(page: lxml_html.HtmlElement, report: Report) -> None:
    for *_, block in report.objectives():
        for action in block.actions:
            row = page.get_element_by_id(f"row-{action.reference.lower()}")
            texts = [p.text_content() for p in row.iter("p")]
            assert action.text in texts
            assert all(line in texts for update in action.updates for line in lines(update.text))
            assert ("Not yet checked" in texts) is not action.checked


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_text(text: str) -> None:
    data = html.render(report_saying(text))
    page = lxml_html.fromstring(data)
    row = page.get_element_by_id("row-ip-001") if lines(text) else None
    assert b"INVALID" not in data
    assert not page.xpath("//script")
    assert b"{{" not in data or "{{" in text
    if row is not None:
        cell = row.findall("td")[0]
        assert [p.text_content() for p in cell.iter("p")] == list(lines(text))


def test_paragraphs_take_their_direction_from_their_words() -> None:
    page = lxml_html.fromstring(html.render(report_saying("שלום עולם")))
    assert {p.get("dir") for p in page.iter("p") if "שלום" in p.text_content()} == {"auto"}


def test_an_empty_plan_says_so(empty_report: Report) -> None:
    page = lxml_html.fromstring(html.render(empty_report))
    said = page.text_content()
    assert "This report is empty" in said
    assert "No action is recorded as completed" in said
    assert levels(page)[:2] == [1, 2]
