"""The variants of the report: parts of a plan, what has changed, the one-page summary; each in every format."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document
from lxml import html as lxml_html

from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register import actions as register
from goldthread.kernel.clock import fixed_at
from goldthread.reporting import changes
from goldthread.reporting.actions import freeze, make_files
from goldthread.reporting.building import build_variant
from goldthread.reporting.canonical import from_json, to_json
from goldthread.reporting.comparing import differences, kinds_of
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.model import Report
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import data_of, reissue
from goldthread.reporting.variants import NoSuchVariant, variant_of
from tests.domain.conftest import MAY
from tests.reporting.conftest import report_saying
from tests.reporting.test_issues import issued
from tests.support.once import written_once

NOVEMBER = date(2025, 11, 26)


def later_round(plan: Any, by: Any) -> None:
    """What happened until November: another lead, another date, one withdrawn, new words, an update."""
    with fixed_at(NOVEMBER):
        other = organisation.add_post(name="Director of Depots", by=by)
        register.set_due_date(records=[plan.first], timescale="March 2027", by=by, reason="Agreed by Cabinet")
        register.reassign(records=[plan.first], owner=other.owner, by=by, reason="New post")
        register.reword(record=plan.first, text="Let two contracts for all wards", by=by, reason="Clearer")
        register.add_update(record=plan.first, text="Tender is out", by=by)
        register.withdraw(records=[plan.second], by=by, reason="Not now")


@pytest.fixture
@written_once
def two_issues(small_plan, coordinator) -> tuple[Issue, Issue]:
    """The report as at May, and that of November."""
    may = make_files(issue=issued(small_plan, coordinator), by=coordinator)
    later_round(small_plan, coordinator)
    with fixed_at(NOVEMBER):
        november = freeze(plan=small_plan.plan, as_at=NOVEMBER, by=coordinator, reason="Next round", kinds=("json",))
    return may, november


def test_the_report_of_may_is_the_same_after_a_later_round_and_the_difference_is_told(two_issues, small_plan):
    may, november = two_issues
    before = (data_of(may), dict(reissue(may)))
    told = changes.between(may, november)
    rows = {row.reference: row for row in told.changes}
    assert rows[small_plan.second.reference].sort == "gone"
    found = {one.what: (one.before, one.now) for one in rows[small_plan.first.reference].differences}
    assert found["lead"] == ("Director of Streets", "Director of Depots")
    assert found["date"] == ("No due date", "March 2027 (that is 31 March 2027)")
    assert found["update"] == ("", "26 November 2025: Tender is out")
    assert found["rating"] == ("No date set", "On track")
    (wording,) = [one for one in rows[small_plan.first.reference].differences if one.what == "wording"]
    assert [piece.text for piece in wording.before_pieces if piece.mark == "removed"] == ["one contract"]
    assert [piece.text for piece in wording.now_pieces if piece.mark == "added"] == ["two contracts"]
    assert (data_of(may), dict(reissue(may))) == before
    assert b"".join(dict(reissue(may)).values()).count(b"Sell the second depot") >= 3


def test_since_a_day_and_since_an_issue_tell_the_same(two_issues, small_plan, coordinator, looking):
    may, _ = two_issues
    with fixed_at(NOVEMBER):
        since_day = build_variant(small_plan.plan.reference, "changes:2025-05-27", viewer=looking)
        since_issue = build_variant(small_plan.plan.reference, f"changes:R{may.pk}", viewer=looking)
        frozen = freeze(
            plan=small_plan.plan, as_at=NOVEMBER, by=coordinator, reason="For scrutiny", variant=f"changes:R{may.pk}"
        )
    assert since_day.changes == since_issue.changes == from_json(data_of(frozen)).changes
    assert kinds_of(since_day)["gone"] == 1


@pytest.fixture
def every_report(two_issues, small_plan, looking) -> dict[str, Report]:
    with fixed_at(NOVEMBER):
        names = ("exceptions", "completed", "summary", "changes:2025-05-27", f"lead:{small_plan.director.pk}")
        return {name: build_variant(small_plan.plan.reference, name, viewer=looking) for name in names}


def test_each_variant_is_made_in_every_format_and_comes_back_the_same(every_report):
    for name, report in every_report.items():
        again = from_json(to_json(report))
        assert again == report, name
        for made in FORMATS.values():
            assert made.render(again) == made.render(report), f"{name} as {made.name}"


def test_what_changed_reads_the_same_in_each_format(every_report):
    report = every_report["changes:2025-05-27"]
    page = lxml_html.fromstring(FORMATS["html"].render(report))
    assert [one.text for one in page.iter("del")] == [" one contract"]
    assert [one.text for one in page.iter("ins")] == [" two contracts"]
    document = Document(io.BytesIO(FORMATS["docx"].render(report)))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Now: Let two contracts for all wards" in cells
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(report)))["Changes"]
    said = [row for row in sheet.iter_rows(values_only=True) if row[5] == "Lead"]
    assert said[0][6:8] == ("Director of Streets", "Director of Depots")
    rows = list(csv.reader(io.StringIO(FORMATS["csv"].render(report).decode("utf-8-sig"))))
    assert ["Director of Streets", "Director of Depots"] in [row[6:8] for row in rows]
    pdf = pypdfium2.PdfDocument(FORMATS["pdf"].render(report))
    assert "Let two contracts for all wards" in pdf[1].get_textpage().get_text_range().replace("\r\n", " ")


def test_a_short_part_has_no_page_of_contents_and_the_whole_has(every_report, small_plan, looking):
    def headings(report):
        page = lxml_html.fromstring(FORMATS["html"].render(report))
        return [" ".join(one.text_content().split()) for one in page.iter("h2")]

    assert "Contents" not in headings(every_report["exceptions"])
    assert "Contents" in headings(build_variant(small_plan.plan.reference, "full", viewer=looking))
    assert len(pypdfium2.PdfDocument(FORMATS["pdf"].render(every_report["exceptions"]))) == 2


def test_the_summary_is_one_page_whose_charts_are_tables_too(every_report):
    report = every_report["summary"]
    rating, _, coverage = report.charts
    assert {bar.label: bar.value for bar in rating.bars if bar.value} == {"On track": 1}
    assert ("A date", 1) in [(bar.label, bar.value) for bar in coverage.bars]
    page = lxml_html.fromstring(FORMATS["html"].render(report))
    for figure, chart in zip(page.iter("figure"), report.charts, strict=True):
        assert figure.find("svg").get("role") == "img"
        assert figure.find("svg").get("aria-label") == chart.in_words
        cells = [cell.text for cell in figure.iter("td")]
        assert cells == [str(bar.value) for bar in chart.bars]
    assert len(pypdfium2.PdfDocument(FORMATS["pdf"].render(report))) == 1
    document = Document(io.BytesIO(FORMATS["docx"].render(report)))
    assert len(document.inline_shapes) == 3
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)


def test_a_part_holds_that_part_only(small_plan, coordinator, looking):
    with fixed_at(NOVEMBER):
        register.set_due_date(records=[small_plan.first], timescale="June 2025", by=coordinator, reason="Agreed")
        register.change_state(records=[small_plan.second], state="complete", by=coordinator, reason="Done")

        def said(variant: str) -> list[str]:
            report = build_variant(small_plan.plan.reference, variant, viewer=looking)
            open_ones = [row.reference for *_, block in report.objectives() for row in block.actions]
            return open_ones + [row.reference for row in report.completed]

        first, second = small_plan.first.reference, small_plan.second.reference
        assert said("full") == [first, second]
        assert said("exceptions") == [first]
        assert said("completed") == [second]
        assert said(f"lead:{small_plan.director.pk}") == [first]
        assert said(f"directorate:{small_plan.director.owner.directorate_id}") == [first]
        with pytest.raises(NoSuchVariant, match="There is no lead"):
            said("lead:999999")


@pytest.mark.parametrize("name", ["half", "full:3", "lead", "lead:x", "changes:soon", "directorate:", "changes"])
def test_a_variant_that_there_is_none_of_is_refused(name):
    with pytest.raises(NoSuchVariant):
        variant_of(name)


def test_differences_of_hostile_words_are_printed(hostile_text):
    rows, _ = differences(report_saying("something else entirely"), report_saying(hostile_text))
    assert {row.sort for row in rows} == {"changed"}
    report = changes.compared(
        report_saying("other"), report_saying(hostile_text), said="x", variant=variant_of(f"changes:{MAY}")
    )
    for made in FORMATS.values():
        assert made.render(report)
