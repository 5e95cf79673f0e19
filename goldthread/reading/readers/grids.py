"""A sheet or a delimited file is one big grid: here it falls apart into titles and tables, as people see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goldthread.reading.document import Block, Cell, Paragraph, Place, Table

_FIGURE = re.compile(r"[-+(£$€]*\d[\d,./: %)-]*[a-z]{0,2}$", re.I)
TITLE = 160  # characters; a longer single cell is a note
LABEL = 60  # characters of a column's heading at most


@dataclass(slots=True)
class GridRow:
    """A row with something in it. ``number`` counts the visible rows, empty ones included, so that gaps show."""

    number: int
    cells: dict[int, Cell]  # by column, counted from 1; merged cells stand at their first column with their spans
    covered: set[int] = field(default_factory=set)  # columns that a cell above, merged downwards, covers
    place: Place = field(default_factory=dict)

    def filled(self) -> list[Cell]:
        """The cells with text, from left to right."""
        return [cell for _, cell in sorted(self.cells.items()) if cell.text or cell.note]

    def columns(self) -> set[int]:
        """Every column that has text or is covered by a merged cell with text."""
        found = set(self.covered)
        for column, cell in self.cells.items():
            if cell.text or cell.note:
                found.update(range(column, column + cell.col_span))
        return found


def blocks_of(rows: Sequence[GridRow], *, name: str | None, method: str) -> list[Block]:
    """Titles and notes as paragraphs, the rest as tables, from the top down. ``rows`` leaves out empty ones."""
    blocks: list[Block] = []
    for band in _joined(_bands(rows)):
        for part in _side_by_side(band):
            blocks.extend(_blocks_of_band(part, name, method))
    return blocks


def _bands(rows: Sequence[GridRow]) -> list[list[GridRow]]:
    """Runs of rows without an empty row between them."""
    bands: list[list[GridRow]] = []
    for row in rows:
        if bands and row.number == bands[-1][-1].number + 1:
            bands[-1].append(row)
        else:
            bands.append([row])
    return bands


def _joined(bands: list[list[GridRow]]) -> list[list[GridRow]]:
    """Bands that continue the table above them (an empty row only sets off a group) are joined to it again."""
    joined: list[list[GridRow]] = []
    columns: set[int] = set()  # of the last of them
    for band in bands:
        own = set().union(*(row.columns() for row in band))
        if joined and own <= columns and _continues(joined[-1], band):
            joined[-1].extend(band)
        else:
            joined.append(list(band))
            columns = own
    return joined


def _continues(above: list[GridRow], band: list[GridRow]) -> bool:
    """Whether a band within the columns of the table above is more of it: it does not open with a header of its own."""
    header = _first_wide(above)
    if header is None:
        return False
    first = _first_wide(band)
    if first is None:  # only single cells: a note, unless it stands in a column of its own as a group's name may
        return False
    return not _opens(first, header, band)


def _opens(first: GridRow, header: GridRow, band: list[GridRow]) -> bool:
    """Whether the first wide row of a band is a header: the same words again, or dressed as the header above."""
    texts = [cell.text.casefold() for cell in first.filled()]
    if texts == [cell.text.casefold() for cell in header.filled()]:
        return True
    dressed = [cell.bold or cell.fill is not None for cell in first.filled()]
    if any(cell.bold or cell.fill for cell in header.filled()):
        return all(dressed) and looks_like_header(first)
    return looks_like_header(first) and len(band) > 1 and not looks_like_header(band[band.index(first) + 1 :][:1])


def looks_like_header(row: GridRow | Sequence[GridRow]) -> bool:
    """Short different labels and no figures. A list of rows: its first; an empty list is no header."""
    if not isinstance(row, GridRow):
        return bool(row) and looks_like_header(row[0])
    texts = [cell.text for cell in row.filled()]
    labels = all(len(text) <= LABEL and text and not _FIGURE.match(text) for text in texts)
    return len(texts) > 1 and labels and len({text.casefold() for text in texts}) == len(texts)


def _first_wide(rows: list[GridRow]) -> GridRow | None:
    return next((row for row in rows if len(row.filled()) > 1), None)


def _title_rows(band: list[GridRow]) -> int:
    """How many rows at the top of a band hold a single cell: titles, not the upper row of a header in two rows."""
    first = min(min(row.columns()) for row in band)
    titles = 0
    for row in band:
        filled = row.filled()
        upper_header = any(c.col_span > 1 and column > first for column, c in row.cells.items())
        if len(filled) > 1 or row.covered or upper_header:
            break
        titles += 1
    return titles


def _side_by_side(band: list[GridRow]) -> list[list[GridRow]]:
    """Tables that stand beside each other, an empty column between them, each at least two columns wide."""
    titles = _title_rows(band)
    body = band[titles:]
    used = sorted(set().union(*(row.columns() for row in body))) if body else []
    groups: list[list[int]] = []
    for column in used:
        if groups and column == groups[-1][-1] + 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    if len(groups) < 2 or any(len(group) < 2 for group in groups) or len(body) < 2:
        return [band]
    if not all(sum(1 for c in body[0].columns() if c in group) >= 2 for group in groups):
        return [band]  # without a header over each, a gap is a gap
    parts: list[list[GridRow]] = [band[:titles]] if titles else []
    for group in groups:
        rows = [
            GridRow(r.number, {c: x for c, x in r.cells.items() if c in group}, r.covered & set(group), r.place)
            for r in body
        ]
        parts.append([row for row in rows if row.columns()])
    return parts


def _blocks_of_band(band: list[GridRow], name: str | None, method: str) -> list[Block]:
    titles = _title_rows(band)
    blocks: list[Block] = []
    above_table = titles < len(band)
    for row in band[:titles]:
        for cell in row.filled():
            dressed = cell.bold or cell.fill is not None
            level = 2 if len(cell.text) <= TITLE and (dressed or (above_table and titles == 1)) else 0
            blocks.append(Paragraph(cell.text or cell.note or "", cell.place, level, cell.bullets, cell.bold))
    if above_table:
        blocks.append(_table(band[titles:], name, method))
    return blocks


def _table(rows: list[GridRow], name: str | None, method: str) -> Table:
    """The rows as a grid of the columns that any of them uses."""
    used = sorted(set().union(*(row.columns() for row in rows)))
    where = {column: n for n, column in enumerate(used)}
    grid: list[list[Cell | None]] = []
    for row in rows:
        line: list[Cell | None] = [None if c in row.covered else Cell("", {**row.place, "column": c}) for c in used]
        for column, cell in row.cells.items():
            if column not in where:
                continue
            covered = [c for c in range(column, column + cell.col_span) if c in where]
            cell.col_span = max(len(covered), 1)
            for c in covered:
                line[where[c]] = None
            line[where[column]] = cell
        grid.append(line)
    _trim_row_spans(grid)
    return Table(grid, dict(rows[0].place), 0, name, method)


def _trim_row_spans(grid: list[list[Cell | None]]) -> None:
    for number, line in enumerate(grid):
        for cell in line:
            if cell is not None:
                cell.row_span = min(cell.row_span, len(grid) - number)
