"""A report as one CSV file: every action, completed action, recommendation and other entry, a row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from goldthread.reporting import flat
from goldthread.reporting.flat import FlatTable, Value
from goldthread.reporting.model import Report

_COLUMNS = (
    "Kind",
    "Reference",
    "Theme",
    "Group",
    "Section",
    "Under",
    "Number",
    "Title",
    "Objective",
    "Success criteria",
    "Key risk",
    "Text",
    "Risk rating",
    "Response",
    "Completed, as printed",
    "Completed by",
    *(column.label for column in flat.LEADS),
    *(column.label for column in flat.RATING),
    *(column.label for column in flat.SHARED),
)
_TEXTS = {"Action", "Recommendation", "Entry"}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones count in Excel too


def render(report: Report) -> bytes:
    """The report as the bytes of a CSV file: UTF-8 with its mark, dates in ISO form, no cell that starts a formula."""
    if report.comparison is not None or report.charts:
        return of_table(flat.tables(report)[0])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_rows(report))
    return text.getvalue().encode("utf-8-sig")


def of_table(table: FlatTable) -> bytes:
    """One plain table as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.label for column in table.columns])
    writer.writerows([safe(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _rows(report: Report) -> Iterator[dict[str, str]]:
    kinds = (
        ("Action", flat.actions(report)),
        ("Completed action", flat.completed(report)),
        ("Recommendation", flat.recommendations(report)),
        ("", flat.others(report)),
    )
    for kind, table in kinds:
        for row in table.rows:
            yield _named(kind, table, row)


def _named(kind: str, table: FlatTable, row: tuple[Value, ...]) -> dict[str, str]:
    named = {"Kind": kind} if kind else {}
    for column, value in zip(table.columns, row, strict=True):
        named["Text" if column.label in _TEXTS else column.label] = safe(value)
    if kind == "Action" and not named["Text"]:
        named["Kind"] = "Objective"  # one that has no open action
    return named


def safe(value: Value) -> str:
    """A value as a cell: one that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection)."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
