"""A report as an Excel workbook: a sheet each for the summary, actions, completed actions and recommendations."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from goldthread.reporting import flat
from goldthread.reporting.charts import FILLS
from goldthread.reporting.figures import figures, warnings
from goldthread.reporting.flat import FlatTable, Value
from goldthread.reporting.layout_front import MADE
from goldthread.reporting.model import Chart, Report
from goldthread.reporting.renderers.settled import settled
from goldthread.reporting.wording import day, moment, one_line, plain

_CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
_CUT = " … (cut: a cell holds no more; the whole stands in the other formats)"
_EARLIEST = date(1900, 3, 1)  # Excel takes 1900 for a leap year, so days before are one off


@dataclass(frozen=True, slots=True)
class _Formats:
    text: Format
    date: Format
    header: Format
    title: Format
    label: Format


def render(report: Report) -> bytes:
    """The report as the bytes of a workbook. Texts stay texts: nothing in them becomes a formula or a link."""
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        formats = _formats(book)
        made = report.generated_at.replace(tzinfo=None)
        title, organisation = one_line(report.title)[:255], one_line(report.organisation)[:255]
        subject = f"As at {day(report.as_at)}"
        book.set_properties({"title": title, "subject": subject, "author": organisation, "created": made})
        for table in flat.tables(report):
            _table(book, table, formats)
        if report.charts:
            _charts(book, report.charts)
        _summary(book, report, formats)
    return settled(data.getvalue())


def of_tables(tables: Iterable[FlatTable], *, title: str, organisation: str, made: datetime) -> bytes:
    """Plain tables as the bytes of a workbook, a sheet each."""
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        formats = _formats(book)
        properties = {"title": one_line(title)[:255], "author": one_line(organisation)[:255]}
        book.set_properties({**properties, "created": made.replace(tzinfo=None)})
        for table in tables:
            _table(book, table, formats)
    return settled(data.getvalue())


def _charts(book: Workbook, charts: tuple[Chart, ...]) -> None:
    """Bar charts of Excel's own beside the figures that they are drawn from."""
    sheet, row = book.get_worksheet_by_name("Charts"), 1
    for number, chart in enumerate(charts):
        last = row + len(chart.bars) - 1
        fills = [
            {"fill": {"color": FILLS.get(bar.style, FILLS["plain"])}, "border": {"color": "#0b0c0c"}}
            for bar in chart.bars
        ]
        drawn = book.add_chart({"type": "bar"})
        drawn.add_series(
            {
                "name": ["Charts", row, 0],
                "categories": ["Charts", row, 1, last, 1],
                "values": ["Charts", row, 2, last, 2],
                "points": fills,
                "data_labels": {"value": True},
            }
        )
        drawn.set_title({"name": one_line(chart.title), "name_font": {"size": 11}})
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        drawn.set_size({"width": 480, "height": 60 + 28 * len(chart.bars)})
        sheet.insert_chart(1 + number * 15, 5, drawn, {"description": plain(chart.in_words)})
        row = last + 1


def _formats(book: Workbook) -> _Formats:
    top = {"valign": "top", "font_name": "Arial", "font_size": 10}
    return _Formats(
        text=book.add_format({**top, "text_wrap": True}),
        date=book.add_format({**top, "num_format": "d mmm yyyy", "align": "left"}),
        header=book.add_format({**top, "bold": True, "bg_color": "#E9ECEE", "bottom": 1, "text_wrap": True}),
        title=book.add_format({**top, "bold": True, "font_size": 16}),
        label=book.add_format({**top, "bold": True, "text_wrap": True}),
    )


def _table(book: Workbook, table: FlatTable, formats: _Formats) -> None:
    """A sheet with one table: frozen header and first column, filters, printed on landscape A4 with the header repeated."""
    sheet = book.add_worksheet(table.name)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.label, formats.header)
    for line, row in enumerate(table.rows, 1):
        for number, value in enumerate(row):
            _write(sheet, line, number, value, formats)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _paper(sheet, table.name)


def _write(sheet: Worksheet, line: int, number: int, value: Value, formats: _Formats) -> None:
    if value is None or value == "":
        sheet.write_blank(line, number, None, formats.text)
    elif isinstance(value, date):
        if value >= _EARLIEST:
            sheet.write_datetime(line, number, datetime(value.year, value.month, value.day), formats.date)
        else:
            sheet.write_string(line, number, day(value), formats.text)
    elif isinstance(value, int):
        sheet.write_number(line, number, value, formats.text)
    else:
        whole = value if len(value) <= _CELL_LIMIT else value[: _CELL_LIMIT - len(_CUT)] + _CUT
        sheet.write_string(line, number, whole, formats.text)


def _summary(book: Workbook, report: Report, formats: _Formats) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, one_line(report.title), formats.title)
    facts: list[tuple[str, Value]] = [
        ("Organisation", one_line(report.organisation)),
        ("As it stood on", report.as_at),
        ("As known on", report.known_on or "What is known now"),
        (MADE[report.issued], moment(report.generated_at)),
        *((one_line(fact.label), one_line(fact.value)) for fact in report.cover),
    ]
    for line, (label, value) in enumerate(facts, 2):
        sheet.write_string(line, 0, label, formats.label)
        _write(sheet, line, 1, value, formats)
    top = len(facts) + 3
    for number, heading in enumerate(("What", "How many", "What it means")):
        sheet.write_string(top, number, heading, formats.header)
    counted = figures(report) if report.comparison is None else ()
    for line, figure in enumerate(counted, top + 1):
        sheet.write_string(line, 0, figure.label, formats.text)
        sheet.write_number(line, 1, figure.value, formats.text)
        sheet.write_string(line, 2, figure.meaning, formats.text)
    for line, said in enumerate((*warnings(report), *report.notes), top + len(counted) + 2):
        sheet.write_string(line, 2, one_line(said), formats.text)
    _paper(sheet, "Summary")


def _paper(sheet: Worksheet, name: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{name}&RPage &P of &N")
