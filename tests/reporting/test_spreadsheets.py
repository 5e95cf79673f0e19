"""Excel and CSV: every row, real dates, and no text that becomes a formula."""

from __future__ import annotations

import csv as reader
import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from goldthread.reporting.meanings import MEANINGS
from goldthread.reporting.model import Report
from goldthread.reporting.renderers import csv, xlsx
from goldthread.reporting.wording import lines
from tests.reporting.conftest import HOSTILE, report_saying


@pytest.fixture(scope="module")
def book(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(xlsx.render(report)))


def named(book: Workbook, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet by the headings of their columns."""
    first, *rest = book[sheet].iter_rows(values_only=True)
    return [dict(zip(first, row, strict=True)) for row in rest]


def test_the_sheets_are_there_with_every_row(book: Workbook, report: Report) -> None:
    assert book.sheetnames == ["Actions", "Completed", "Recommendations", "Summary"]
    actions = [action for *_, block in report.objectives() for action in block.actions]
    rows = named(book, "Actions")
    assert [row["Reference"] for row in rows] == [action.reference for action in actions]
    assert [row["Action"] for row in rows] == [action.text for action in actions]
    for row, action in zip(rows, actions, strict=True):
        assert row["Checked"] == ("yes" if action.checked else "not yet")
        assert row["Lead"] == (action.leads[0].owner or action.leads[0].printed if action.leads else None)
    assert len(named(book, "Completed")) == len(report.completed)
    assert [row["Risk rating"] for row in named(book, "Recommendations")] == [
        int(row.risk_rating) for row in report.recommendation_rows()
    ]


def test_dates_are_dates(book: Workbook, report: Report) -> None:
    actions = [action for *_, block in report.objectives() for action in block.actions]
    for row, action in zip(named(book, "Actions"), actions, strict=True):
        due = row["Due date"]
        assert (due.date() if isinstance(due, datetime) else due) == action.due_on
    assert any(isinstance(row["Due date"], datetime) for row in named(book, "Actions"))


def test_headers_are_frozen_with_filters_and_widths(book: Workbook) -> None:
    for name in ("Actions", "Completed", "Recommendations"):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["B"].width > 5


def test_the_summary_counts_and_warns(book: Workbook, report: Report) -> None:
    cells = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True) if row[0]}
    assert cells["Actions"] == report.summary.actions
    assert cells["Not yet checked"] == report.summary.not_checked


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_becomes_a_formula_or_a_link_and_none_is_lost(text: str) -> None:
    data = xlsx.render(report_saying(text))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all(b"<f>" not in sheet and b"<hyperlink" not in sheet for sheet in sheets)
    assert named(load_workbook(io.BytesIO(data)), "Actions")[0]["Action"] == ("\n".join(lines(text)) or None)


def test_a_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    row = named(load_workbook(io.BytesIO(xlsx.render(report_saying("word " * 9000)))), "Actions")[0]
    assert len(row["Action"]) <= 32_767
    assert "cut" in row["Action"][-80:]


def csv_rows(report: Report) -> list[dict[str, str]]:
    data = csv.render(report)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(reader.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_has_every_row_with_its_kind(report: Report) -> None:
    rows = csv_rows(report)
    kinds = [row["Kind"] for row in rows]
    actions = [action for *_, block in report.objectives() for action in block.actions]
    assert kinds.count("Action") == len(actions)
    assert kinds.count("Completed action") == len(report.completed)
    assert kinds.count("Recommendation") == report.summary.recommendations
    assert [row["Text"] for row in rows if row["Kind"] == "Action"] == [action.text for action in actions]
    assert {row["Due date"] for row in rows if row["Due date"]} == {
        action.due_on.isoformat() for action in actions if action.due_on
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_a_cell_that_would_start_a_formula_gets_an_apostrophe(start: str) -> None:
    for row in csv_rows(report_saying(f"{start}1+1")):
        for cell in row.values():
            assert not (cell or "").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        assert row["Text"].startswith("'")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_comes_back_from_the_csv(text: str) -> None:
    row = csv_rows(report_saying(text))[0]
    assert row["Text"].removeprefix("'") == "\n".join(lines(text))


def test_empty_reports_are_tables_with_headings_only(empty_report: Report) -> None:
    assert csv_rows(empty_report) == []
    assert named(load_workbook(io.BytesIO(xlsx.render(empty_report))), "Actions") == []


def test_every_column_of_the_files_is_explained_and_nothing_else(report: Report) -> None:
    written = csv.render(report).decode("utf-8-sig").splitlines()[0]
    assert next(reader.reader([written])) == list(MEANINGS)
    book = load_workbook(io.BytesIO(xlsx.render(report)))
    lists = [sheet for sheet in book.worksheets if sheet["A1"].value == "Reference"]
    headings = {cell.value for sheet in lists for cell in sheet[1]}
    assert len(lists) >= 3
    assert headings - {"Action", "Recommendation", "Entry"} <= set(MEANINGS)
