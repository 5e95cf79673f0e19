"""Tables inside plain text: lines with tabs, and Markdown tables with pipes."""

from __future__ import annotations

import re

from goldthread.reading.document import Cell, Table

Numbered = list[tuple[int, str]]
"""Lines with their numbers, counted from 1."""

_DASHES = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def tab_table(lines: Numbered) -> Table:
    """A table from lines with tabs: one row a line, shorter rows filled up with empty cells on the right."""
    rows = [[part.strip() for part in text.split("\t")] for _, text in lines]
    width = max(len(row) for row in rows)
    grid: list[list[Cell | None]] = []
    for row_number, ((number, _), row) in enumerate(zip(lines, rows, strict=True)):
        padded = row + [""] * (width - len(row))
        grid.append([Cell(text, _place(number, row_number, column)) for column, text in enumerate(padded)])
    return Table(grid, {"lines": [lines[0][0], lines[-1][0]]}, method="tabs")


def starts_markdown_table(lines: list[str]) -> bool:
    """Whether the first of two lines begins a Markdown table: a row with pipes above a row of dashes."""
    return len(lines) == 2 and "|" in lines[0] and "|" in lines[1] and bool(_DASHES.match(lines[1]))


def markdown_table(lines: Numbered) -> Table:
    """A table from a Markdown header row, its row of dashes, and the rows below; ``<br>`` in a cell is a line break."""
    grid: list[list[Cell | None]] = []
    split = [(number, _pipe_cells(text)) for place, (number, text) in enumerate(lines) if place != 1]
    width = max(len(cells) for _, cells in split)
    for row_number, (number, cells) in enumerate(split):
        padded = cells + [""] * (width - len(cells))
        grid.append([Cell(text, _place(number, row_number, column)) for column, text in enumerate(padded)])
    return Table(grid, {"lines": [lines[0][0], lines[-1][0]]}, header_rows=1, method="markdown")


def _pipe_cells(text: str) -> list[str]:
    inner = text.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells = [_BREAK.sub("\n", part).replace("\\|", "|").strip() for part in _PIPE.split(inner)]
    return [re.sub(r"\*\*(.+?)\*\*", r"\1", cell) for cell in cells]


def _place(line: int, row: int, column: int) -> dict[str, object]:
    return {"lines": [line, line], "row": row, "cell": column}
