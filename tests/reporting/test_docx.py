"""The Word file, parsed again: real styles, every row, headers that repeat, contents, page numbers."""

from __future__ import annotations

import io
import itertools

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from goldthread.reporting.columns import ACTIONS, COMPLETED, RECOMMENDATIONS
from goldthread.reporting.model import Report
from goldthread.reporting.renderers import docx
from goldthread.reporting.wording import lines
from tests.reporting.conftest import report_saying


def opened(report: Report) -> DocxDocument:
    return Document(io.BytesIO(docx.render(report)))


@pytest.fixture(scope="module")
def made(report: Report) -> DocxDocument:
    return opened(report)


def rows_under(document: DocxDocument, columns: tuple) -> list[list[str]]:
    """The rows of all tables with these columns, without their headers."""
    wanted = [column.label for column in columns]
    return [
        [cell.text for cell in row.cells]
        for table in document.tables
        if [cell.text for cell in table.rows[0].cells] == wanted
        for row in table.rows[1:]
    ]


def test_every_action_has_one_row_with_its_words(made: DocxDocument, report: Report) -> None:
    rows = rows_under(made, ACTIONS)
    actions = [action for *_, block in report.objectives() for action in block.actions]
    assert [row[0].split("\n")[0] for row in rows] == [action.reference for action in actions]
    for row, action in zip(rows, actions, strict=True):
        assert row[1] == action.text
        for lead in action.leads:
            assert (lead.owner or lead.printed) in row[2]
            assert all(holder in row[2] for holder in lead.holders)
        for update in action.updates:
            assert all(line in row[4].split("\n") for line in lines(update.text))
            assert "Reported as at 27 May 2025" in row[4]
        assert ("Not yet checked" in row[0]) is not action.checked
        assert action.rating is not None
        assert action.rating.words in row[3]


def test_completed_actions_and_recommendations_have_theirs(made: DocxDocument, report: Report) -> None:
    completed, answers = rows_under(made, COMPLETED), rows_under(made, RECOMMENDATIONS)
    assert [row[1] for row in completed] == [row.text for row in report.completed]
    assert all("October 2024" in row[4] for row in completed)
    assert [row[3] for row in answers] == [row.risk_rating for row in report.recommendation_rows()]
    assert all("As soon as possible" in row[4] for row in answers)


def test_headings_are_styles_in_order(made: DocxDocument, report: Report) -> None:
    levels = [int(p.style.name[-1]) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert made.paragraphs[0].style.name == "Title"
    assert made.paragraphs[0].text == report.title
    themes = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert [theme.heading for theme in report.themes] == themes[2 : 2 + len(report.themes)]


def test_every_table_repeats_its_header_and_says_what_it_is(made: DocxDocument) -> None:
    assert made.tables
    for table in made.tables:
        first, second = table.rows[0]._tr, table.rows[1]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert second.trPr is None or second.trPr.find(qn("w:tblHeader")) is None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        assert table.style.name == "Report table"
    captions = [p for p in made.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(made.tables)
    assert captions[0].text.startswith("Table 1: ")


def test_long_rows_may_break_over_pages_and_short_ones_do_not() -> None:
    def may_break(text: str) -> bool:
        table = next(t for t in opened(report_saying(text)).tables if len(t.columns) == len(ACTIONS))
        properties = table.rows[1]._tr.trPr
        return properties is None or properties.find(qn("w:cantSplit")) is None

    assert may_break("A long sentence about the work of the year. " * 200)
    assert not may_break("Short.")


def test_pages_are_landscape_with_numbers_and_a_running_title(made: DocxDocument, report: Report) -> None:
    section = made.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    footer = section.footer._element.xml
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert report.title in section.header.paragraphs[0].text


def test_contents_are_a_field_whose_links_lead_to_headings(made: DocxDocument, report: Report) -> None:
    body = made.element.body
    assert any(" TOC " in (code.text or "") for code in body.iter(qn("w:instrText")))
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert len(links) >= len(report.themes)
    assert set(links) <= marks
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_the_file_says_its_title_and_its_language(made: DocxDocument, report: Report) -> None:
    assert made.core_properties.title == report.title
    assert made.core_properties.language == "en-GB"
    assert made.core_properties.author == report.organisation
    defaults = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == "en-GB"


def test_every_style_that_is_used_is_defined(made: DocxDocument) -> None:
    known = {style.style_id for style in made.styles}
    used = {
        mark.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for mark in made.element.body.iter(qn(tag))
    }
    assert used <= known


def test_a_hostile_text_comes_back_as_it_was(hostile_text: str) -> None:
    rows = rows_under(opened(report_saying(hostile_text)), ACTIONS)
    assert rows[0][1].split("\n") == list(lines(hostile_text)) or [rows[0][1]] == [""]


def test_a_text_from_right_to_left_runs_that_way() -> None:
    table = next(t for t in opened(report_saying("שלום עולם")).tables if len(t.columns) == len(ACTIONS))
    paragraph = table.rows[1].cells[1].paragraphs[0]
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None


def test_an_empty_plan_says_so(empty_report: Report) -> None:
    said = "\n".join(paragraph.text for paragraph in opened(empty_report).paragraphs)
    assert "This report is empty" in said
    assert "No recommendations stand in this plan." in said
