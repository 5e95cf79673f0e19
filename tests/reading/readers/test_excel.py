"""What a user relies on when a tracker is read: values as shown, several tables on a sheet, nothing hidden let in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from goldthread.reading.document import Paragraph
from goldthread.reading.readers import read_document
from goldthread.reading.readers.excel_values import shown
from tests.reading.readers.making import apart, cell, grid, tables, texts

BOLD = Font(bold=True)


def header(sheet: object, row: int, *names: str) -> None:
    """A bold row of column names."""
    for column, name in enumerate(names, start=1):
        sheet.cell(row, column, name).font = BOLD  # type: ignore[attr-defined]


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A savings tracker with a title, a hidden row, column and sheet, a comment, and a second table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Savings"
    sheet["A1"] = "Savings tracker 2025/26"
    sheet["A1"].font = BOLD
    sheet.merge_cells("A1:D1")
    header(sheet, 3, "Ref", "Saving", "Target", "Due", "Note")
    sheet.append(["S1", "Less agency", 120000, dt.date(2025, 5, 27), "private"])
    sheet["C4"].number_format, sheet["D4"].number_format = '"£"#,##0', "dd mmm yyyy"
    sheet.append(["S2", "Not for show", 1])
    sheet.row_dimensions[5].hidden = True
    sheet.append(["S3", "Fewer desks"])
    sheet["C6"] = "=C4+C5"
    sheet["B6"].fill = PatternFill("solid", fgColor="FFFFC000")
    sheet.column_dimensions["E"].hidden = True
    sheet["B4"].comment = Comment("Who checks this?", "Somebody")
    sheet["A9"] = "Risks"
    sheet["A9"].font = BOLD
    header(sheet, 10, "Risk", "Score")
    sheet.append(["Fire", 0.25])
    sheet["B11"].number_format = "0%"
    secret = book.create_sheet("Secret")
    secret["A1"] = "unseen"
    secret.sheet_state = "hidden"
    path = tmp_path / "tracker.xlsx"
    book.save(path)
    return path


def test_tables_values_and_what_is_hidden(tracker: Path) -> None:
    document = read_document(tracker)
    first, second = tables(document)
    assert grid(first) == [
        ["Ref", "Saving", "Target", "Due"],
        ["S1", "Less agency", "£120,000", "27 May 2025"],
        ["S3", "Fewer desks", "", ""],
    ]
    assert grid(second) == [["Risk", "Score"], ["Fire", "25%"]]
    assert texts(document) == ["Savings tracker 2025/26", "Risks"]
    assert cell(first, 2, 2).note == "formula without a cached value: =C4+C5"
    assert cell(first, 2, 1).fill == "ffc000"
    assert cell(first, 2, 1).place == {"sheet": "Savings", "row": 6, "column": 2}
    assert cell(first, 0, 0).bold
    assert apart(document, "hidden row") == ["S2\tNot for show\t1"]
    assert apart(document, "hidden column") == ["Note", "private"]
    assert apart(document, "hidden sheet") == ["unseen"]
    assert apart(document, "comment") == ["Who checks this?"]


def test_merged_cells_and_frozen_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    header(sheet, 1, "Objective", "Action", "Lead")
    for row in [("Spend less", "Review", "Ann"), (None, "Hire", "Bo"), ("All of it", None, "Cy")]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:B4")
    sheet.freeze_panes = "A2"
    book.save(tmp_path / "a.xlsx")
    (table,) = tables(read_document(tmp_path / "a.xlsx"))
    assert grid(table) == [
        ["Objective", "Action", "Lead"],
        ["Spend less", "Review", "Ann"],
        [None, "Hire", "Bo"],
        ["All of it", None, "Cy"],
    ]
    assert table.header_rows == 1
    assert (cell(table, 1, 0).row_span, cell(table, 3, 0).col_span) == (2, 2)


def test_a_header_in_two_rows_stays_whole(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [("Savings",), (None, "2024/25", None), ("Saving", "Target", "Actual"), ("Desks", 10, 9)]:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B2:C2")
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx")
    assert texts(document) == ["Savings"]
    assert grid(tables(document)[0]) == [["", "2024/25", None], ["Saving", "Target", "Actual"], ["Desks", "10", "9"]]


def test_an_empty_row_inside_a_table_does_not_end_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    header(sheet, 1, "Action", "Lead", "Due")
    for row in [("Review posts in the service", "Ann", "May"), (), ("Hire two people for the team", "Bo", "June")]:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    (table,) = tables(read_document(tmp_path / "a.xlsx"))
    assert [row[0] for row in grid(table)] == ["Action", "Review posts in the service", "Hire two people for the team"]
    assert cell(table, 2, 0).place["row"] == 4


def test_tables_beside_each_other_and_sheets_as_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "People"
    for row in [
        ("Post", "Name", None, "Board", "Chair"),
        ("Head", "Ann", None, "Debt", "Bo"),
        ("Lead", "Cy", None, "Risk", "Di"),
    ]:
        sheet.append(row)
    book.create_sheet("Place").append(["Post", "Name"])
    book["Place"].append(["Planner", "Ed"])
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx")
    assert [grid(table)[0] for table in tables(document)] == [["Post", "Name"], ["Board", "Chair"], ["Post", "Name"]]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph) and b.level == 1] == ["People", "Place"]


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("Plan")
    sheet.add_table(
        2, 1, 4, 2, {"data": [["Review", 3], ["Hire", 4]], "columns": [{"header": "Action"}, {"header": "No"}]}
    )
    sheet.write_string("B6", "Both")
    sheet.write_formula("C6", "=C4+C5", None, 7)
    sheet.insert_textbox("H2", "A note in a box")
    book.close()
    document = read_document(tmp_path / "a.xlsx")
    table = tables(document)[0]
    assert grid(table) == [["Action", "No"], ["Review", "3"], ["Hire", "4"], ["Both", "7"]]
    assert table.header_rows == 1
    assert apart(document, "shape") == ["A note in a box"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.125, "0.0%", "12.5%"),
        (1234567, '"£"#,##0', "£1,234,567"),
        (-1234.5, "£#,##0.00;[Red](£#,##0.00)", "(£1,234.50)"),
        (1500000, '£#,##0.0,,"m"', "£1.5m"),
        (1234567, '#,##0,"k"', "1,235k"),
        (1200, "[$£-809]#,##0.00", "£1,200.00"),
        (0, '0;-0;"none"', "none"),
        (7, "000", "007"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (dt.datetime(2025, 5, 27), "mm-dd-yy", "27/05/2025"),
        (dt.datetime(2025, 5, 27), "[$-809]dd mmmm yyyy;@", "27 May 2025"),
        (dt.datetime(2025, 3, 1), "mmm\\-yy", "Mar-25"),
        (dt.datetime(2025, 5, 27, 14, 5), "d/m/yy h:mm AM/PM", "27/5/25 2:05 PM"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (True, "General", "TRUE"),
        (None, "General", ""),
    ],
)
def test_values_are_printed_as_excel_shows_them(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text
