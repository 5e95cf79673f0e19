"""A Word table as a grid: vertical and horizontal merges, header rows, shading, deleted rows, tables inside cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.document import Cell, Place, Table
from goldthread.reading.readers.archive import attribute, child, elements, local
from goldthread.reading.readers.word_styles import on

_AROUND = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
MAX_SPAN = 200  # grid columns of one cell; Word itself stops at 63


@dataclass(slots=True)
class CellText:
    """What a cell holds, as the caller read it."""

    text: str = ""
    bold: bool = False
    bullets: bool = False


ReadCell = Callable[[Any, Place], CellText]
"""Reads the contents of a ``w:tc`` that stands at a place."""


def through(parent: Any, name: str) -> Iterator[Any]:
    """The children of a name, also those inside content controls and tracked insertions."""
    for element in elements(parent):
        if local(element) == name:
            yield element
        elif local(element) in _AROUND:
            yield from through(element, name)


def only_cell(table: Any) -> Any | None:
    """The one cell of a table that has only one (a frame around other contents), else None."""
    rows = list(through(table, "tr"))
    cells = list(through(rows[0], "tc")) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


@dataclass(slots=True)
class _Grid:
    read_cell: ReadCell
    place: Place
    rows: list[list[Cell | None]] = field(default_factory=list)
    open_: dict[int, Cell] = field(default_factory=dict)  # merged cells that may go on in the next row, by column
    header_rows: int = 0


def read_table(table: Any, place: Place, read_cell: ReadCell) -> Table:
    """A ``w:tbl`` element as a Table. ``place`` is the table's own; cells get ``row`` and ``cell`` (column) added."""
    grid = _Grid(read_cell, place)
    for number, row in enumerate(through(table, "tr"), start=1):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            read_deleted_row(row, number, grid)
            continue
        if on(child(properties, "tblHeader")) and grid.header_rows == len(grid.rows):
            grid.header_rows += 1
        grid.rows.append(_row(row, properties, number, grid))
    width = max((len(row) for row in grid.rows), default=0)
    for number, cells in enumerate(grid.rows, start=1):
        cells.extend(Cell("", {**place, "row": number, "cell": c + 1}) for c in range(len(cells), width))
    caption = attribute(child(table, "tblPr", "tblCaption"), "val")
    return Table(_without_empty_columns(grid.rows), place, grid.header_rows, caption or None, "word")


def read_deleted_row(row: Any, number: int, grid: _Grid) -> None:
    """Read the cells of a deleted row, marked as such, so that their words are kept apart."""
    for column, cell in enumerate(through(row, "tc")):
        grid.read_cell(cell, {**grid.place, "row": number, "cell": column + 1, "deleted": True})


def _row(row: Any, properties: Any, number: int, grid: _Grid) -> list[Cell | None]:
    cells: list[Cell | None] = []
    for _ in range(_whole(child(properties, "gridBefore"))):
        cells.append(Cell("", {**grid.place, "row": number, "cell": len(cells) + 1}))
    for element in through(row, "tc"):
        about = child(element, "tcPr")
        column, span = len(cells), max(_whole(child(about, "gridSpan"), 1), 1)
        place = {**grid.place, "row": number, "cell": column + 1}
        deleted = child(about, "cellDel") is not None
        read = grid.read_cell(element, {**place, "deleted": True} if deleted else place)
        merge = child(about, "vMerge")
        above = grid.open_.get(column)
        if merge is not None and attribute(merge, "val") != "restart" and above is not None:
            above.row_span += 1
            above.text = "\n".join(part for part in (above.text, read.text) if part)
            cells.extend([None] * span)
            continue
        made = Cell(read.text, place, 1, span, read.bold, _fill(about), read.bullets)
        cells.extend([made, *[None] * (span - 1)])
        for covered in range(column, column + span):
            grid.open_.pop(covered, None)
        if merge is not None:
            grid.open_[column] = made
    return cells


def _whole(element: Any | None, otherwise: int = 0) -> int:
    value = attribute(element, "val")
    return min(int(value), MAX_SPAN) if value and value.isdigit() else otherwise


def _fill(about: Any | None) -> str | None:
    """The shading of a cell as "rrggbb"; theme colours without a value and "auto" count as none."""
    value = (attribute(child(about, "shd"), "fill") or "").lower()
    return value if len(value) == 6 and value != "ffffff" else None


def _without_empty_columns(rows: list[list[Cell | None]]) -> list[list[Cell | None]]:
    """Drop grid columns in which no cell begins: Word keeps one for every edge that any row has had."""
    width = max((len(row) for row in rows), default=0)
    used = [c for c in range(width) if any(row[c] is not None for row in rows)]
    if len(used) == width:
        return rows
    for row in rows:
        for column, cell in enumerate(row):
            if cell is not None:
                cell.col_span = sum(1 for c in used if column <= c < column + cell.col_span)
                cell.place["cell"] = used.index(column) + 1
    return [[row[c] for c in used] for row in rows]
