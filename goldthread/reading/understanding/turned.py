"""Tables on their side: the first column holds the headings, and each further column is an entry."""

from __future__ import annotations

from dataclasses import replace

from goldthread.reading.document import Block, Cell, Document, Table
from goldthread.reading.understanding.cards import is_card_table
from goldthread.reading.understanding.columns import looks_like_header, role_of_heading
from goldthread.reading.understanding.neighbours import MAINS

NARROWEST, FEWEST_ROWS = 3, 3  # a table of two columns on its side is a card
FEWEST_PARTS, SURE = 3, 0.9  # different parts that the first column must name, and how surely
FEW = 0.5  # share of the cells of any other column that may be headings


def upright(document: Document) -> Document:
    """The document with every table that lies on its side turned, its cells where they were printed; itself where none does."""
    blocks: list[Block] = [
        _turned(block) if isinstance(block, Table) and _on_its_side(block) else block for block in document.blocks
    ]
    return (
        replace(document, blocks=blocks)
        if any(a is not b for a, b in zip(blocks, document.blocks, strict=True))
        else document
    )


def _on_its_side(table: Table) -> bool:
    """Whether the first column names parts of an entry, the columns beside it name none, and the first row heads nothing."""
    if table.width < NARROWEST or len(table.rows) < FEWEST_ROWS or is_card_table(table):
        return False
    columns = [[_text(row, n) for row in table.rows] for n in range(table.width)]
    if not looks_like_header(columns[0]) or looks_like_header([_text(table.rows[0], n) for n in range(table.width)]):
        return False
    named = {role for text in columns[0] if (role := _named(text)) is not None}
    if len(named) < FEWEST_PARTS or not named & MAINS:
        return False
    return all(sum(_named(text) is not None for text in held) < FEW * len(held) for held in columns[1:])


def _named(text: str) -> str | None:
    role, score = role_of_heading(text) if text.strip() else (None, 0.0)
    return role if score >= SURE else None


def _text(row: list[Cell | None], column: int) -> str:
    cell = row[column] if column < len(row) else None
    return cell.text if cell is not None else ""


def _turned(table: Table) -> Table:
    """The table with its columns as rows; a cell that spans columns spans rows."""
    rows: list[list[Cell | None]] = [
        [_laid(row[column]) if column < len(row) else None for row in table.rows] for column in range(table.width)
    ]
    return Table(rows, table.place, 1, table.name, table.method)


def _laid(cell: Cell | None) -> Cell | None:
    return replace(cell, row_span=cell.col_span, col_span=cell.row_span) if cell is not None else None
