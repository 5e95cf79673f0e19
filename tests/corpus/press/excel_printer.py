"""Prints a document as an Excel workbook: one sheet, or a sheet for each table; hidden rows, columns and sheets; notes."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tests.corpus.press.blocks import Heading, Para, Print, Table


def print_excel(made: Print, path: Path, rng: Random) -> None:
    """Write ``path``. Themes become sheets, or titles on one sheet."""
    tables = [block for block in made.blocks if isinstance(block, Table)]
    named = len(tables) > 1 and all(table.name for table in tables) and rng.random() < 0.6
    book = Workbook()
    book.remove(book.active)
    sheet: Any = None
    row = 1
    for block in made.blocks:
        if isinstance(block, Table):
            if named:
                sheet, row = book.create_sheet(re.sub(r"[/:?*]", "-", str(block.name))[:31]), 1
                if rng.random() < 0.5:
                    sheet.cell(1, 1, made.title).font = Font(bold=True, size=14)
                    row = 3
            row = _table(_sheet(book, sheet, made), block, row) + 1
            sheet = book.worksheets[-1]
        elif isinstance(block, Heading | Para) and block.text and not named:
            sheet = _sheet(book, sheet, made)
            sheet.cell(row, 1, f"{'• ' if isinstance(block, Para) and block.bullet else ''}{block.text}").font = Font(
                bold=isinstance(block, Heading), size=14 if isinstance(block, Heading) else 11
            )
            row += 1 if isinstance(block, Heading) and rng.random() < 0.5 else 2
    if made.hidden_sheet is not None:
        hidden = book.create_sheet(made.hidden_sheet.name)
        _table(hidden, made.hidden_sheet, 1)
        hidden.sheet_state = "hidden"
    book.save(path)


def _sheet(book: Workbook, sheet: Any, made: Print) -> Any:
    return sheet if sheet is not None else book.create_sheet(re.sub(r"[/:?*]", "-", made.title)[:31])


def _table(sheet: Any, block: Table, top: int) -> int:
    """Write a table from a row on; gives the row after it."""
    for r, row in enumerate(block.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            mark = "• " if cell.bullets else ""
            text = "\n".join(mark + line for line in cell.text.split("\n")) if cell.text else None
            target = sheet.cell(top + r, c + 1, text)
            target.alignment = Alignment(wrap_text=True, vertical="top")
            if text and text.isdigit():
                target.value = int(text)
            if cell.bold:
                target.font = Font(bold=True)
            if cell.fill:
                target.fill = PatternFill("solid", fgColor="FF" + cell.fill.upper())
            if cell.comment:
                target.comment = Comment(cell.comment, "Reviewer")
            if cell.rows > 1 or cell.across > 1:
                sheet.merge_cells(
                    start_row=top + r, start_column=c + 1, end_row=top + r + cell.rows - 1, end_column=c + cell.across
                )
        if r in block.hidden_rows:
            sheet.row_dimensions[top + r].hidden = True
    for c in range(len(block.rows[0])):
        letter = get_column_letter(c + 1)
        sheet.column_dimensions[letter].width = 10 * (block.widths[c] if c < len(block.widths) else 2)
        if c in block.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
    return top + len(block.rows)
