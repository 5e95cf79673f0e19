"""Rows that hold several entries, line beside line: two actions in one cell, two leads and two dates in the next ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goldthread.reading.understanding.cells import is_code, is_colour, is_owner, is_status, says_when
from goldthread.reading.understanding.entries import main_role
from goldthread.reading.understanding.tables import Grid, Row

_WRAPPED = ("tags", "ruled", "gutters", "columns", "tabs", "aligned")
"""Readers that give the printed lines of a cell: there a new line begins nothing."""
FEWEST_ITEMS = 2  # that a cell must letter to hold several entries
_MARK = re.compile(r"(?:^|(?<=\n))\s*\(?(?P<mark>[a-z]|[ivx]{1,4})\)\s+", re.IGNORECASE)
_TESTS = {
    "lead": is_owner,
    "timescale": says_when,
    "rag": is_colour,
    "status": is_status,
    "reference": is_code,
    "number": is_code,
}


def parted_rows(grid: Grid) -> list[Row]:
    """The rows of a grid, those that hold several entries line beside line, or under the same letters, parted into one for
    each."""
    if grid.kind != "plan":
        return grid.rows
    rows = [piece for row in grid.rows for piece in _lettered(grid, row)]
    if grid.table.method in _WRAPPED:
        return rows
    return [piece for row in rows for piece in _parted(grid, row)]


def _lettered(grid: Grid, row: Row) -> Iterator[Row]:
    """A row whose actions are lettered, and whose leads or dates carry the same letters, as one row for each letter."""
    main = grid.column(main_role(grid))
    items = _items(row, main.index) if main is not None and row.kind == "body" else {}
    held = {column.index: _items(row, column.index) for column in grid.columns if column is not main}
    answered = [at for at, found in held.items() if found and set(found) <= set(items)]
    typed = [column for column in grid.columns if column.index in answered and column.role in _TESTS]
    if main is None or len(items) < FEWEST_ITEMS or not typed:
        yield row
        return
    for at, letter in enumerate(items):
        texts = list(row.texts)
        texts[main.index] = items[letter]
        for column in grid.columns:
            if column.index in answered:
                texts[column.index] = held[column.index].get(letter, "")
            elif at and column.role in ("update", "also", "criteria", None):
                texts[column.index] = ""
        yield replace(row, texts=texts, carried=row.carried, fresh=row.fresh and at == 0)


def _items(row: Row, column: int) -> dict[str, str]:
    """The lettered or numbered items of a cell ("(a) …", on lines of their own), by their letter; {} for any other cell."""
    text = row.texts[column].strip() if column < len(row.texts) else ""
    marks = list(_MARK.finditer(text))
    letters = [match["mark"].lower() for match in marks]
    ends = [match.start() for match in marks[1:]] + [len(text)]
    if not marks or marks[0].start() or len(set(letters)) < len(letters):
        return {}
    return {
        letter: " ".join(text[match.end() : end].split())
        for letter, match, end in zip(letters, marks, ends, strict=True)
    }


def _parted(grid: Grid, row: Row) -> Iterator[Row]:
    main = grid.column(main_role(grid))
    count = len(_lines(row, main.index)) if main is not None and row.kind == "body" else 1
    typed = [column for column in grid.columns if column.role in _TESTS and len(_lines(row, column.index)) > 1]
    held = [column for column in typed if all(map(_TESTS[column.role or ""], _lines(row, column.index)))]
    if main is None or count < 2 or not held or any(len(_lines(row, column.index)) != count for column in typed):
        yield row
        return
    if any(line[:1].islower() for line in _lines(row, main.index)):
        yield row
        return
    for at in range(count):
        yield _line_of(grid, row, at, count)


def _line_of(grid: Grid, row: Row, at: int, count: int) -> Row:
    """The entry of a line: its line of every cell that has as many, else the cell itself, where it is no update."""
    texts = list(row.texts)
    for column in grid.columns:
        lines = _lines(row, column.index)
        if len(lines) == count:
            texts[column.index] = lines[at]
        elif at and column.role in ("update", "also", "criteria", None):
            texts[column.index] = ""
    return replace(row, texts=texts, carried=row.carried, fresh=row.fresh and at == 0)


def _lines(row: Row, column: int) -> list[str]:
    return [line.strip() for line in row.texts[column].split("\n") if line.strip()] if column < len(row.texts) else []
