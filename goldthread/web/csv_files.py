"""A table as a CSV file to keep: the one way in which pages give one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from goldthread.reporting.flat import FlatColumn, FlatTable, Value
from goldthread.reporting.renderers.csv import of_table

WIDTH = 20  # a CSV file has no widths; the table type wants one


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A file of that name (with its ending) from headings and rows of plain values; no cell starts a formula."""
    columns = tuple(FlatColumn(heading, WIDTH) for heading in headings)
    return csv_bytes(name, of_table(FlatTable(name, columns, tuple(tuple(row) for row in rows))))


def csv_bytes(name: str, data: bytes) -> HttpResponse:
    """A file of that name whose bytes are made already."""
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
