"""The Document: what a reader makes of a file, whatever its format, before anybody asks what it means.

A Document is a list of blocks in reading order. Every word of the file stands in exactly one block (a Paragraph or a
cell of a Table), or in ``apart`` with the reason why it is kept apart (comments, deleted text, hidden rows). A place says
where the words stand in the file, in the keys that ``reading-format`` names for the format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Place = dict[str, Any]
"""Where words stand. PDF: page, table, row, cell, box [x0, top, x1, bottom] in points from the top left. Word and HTML:
headings (path), table, row, cell. Excel and CSV: sheet, row, column (counted from 1). Text: lines [first, last]. A part
of a cell adds chars [from, to]."""


@dataclass(slots=True)
class Cell:
    """One cell of a table: its text with line breaks kept as "\\n", and where it stands."""

    text: str
    place: Place = field(default_factory=dict)
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    fill: str | None = None  # background colour as "rrggbb", where the format tells it
    bullets: bool = False  # the cell's lines are list items
    note: str | None = None  # what the reader must say of it, e.g. "formula without a cached value"


@dataclass(slots=True)
class Table:
    """A grid: every row has the same number of cells; cells that a merge covers are None (the merged one stands top left).

    ``header_rows`` is how many rows at the top the file itself marks as header (0 where it does not say).
    """

    rows: list[list[Cell | None]]
    place: Place = field(default_factory=dict)
    header_rows: int = 0
    name: str | None = None  # sheet name or caption
    method: str = ""  # which proposer made it: "tags", "ruled", "columns", "tabs", "markdown", …

    @property
    def width(self) -> int:
        """How many columns the grid has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(slots=True)
class Paragraph:
    """A run of text outside tables. ``level`` 1–6 for a heading, 0 for body text; ``bullet`` for a list item."""

    text: str
    place: Place = field(default_factory=dict)
    level: int = 0
    bullet: bool = False
    bold: bool = False
    size: float | None = None  # font size in points, where the format tells it
    box: tuple[int, int] | None = None  # plain text torn into boxes: which box, and how many lines below its top


@dataclass(slots=True)
class Apart:
    """Words that are in the file and not part of what it says: a comment, deleted text, a hidden row, a page number."""

    text: str
    why: str
    place: Place = field(default_factory=dict)
    furniture: bool = False  # True: page furniture (running heads, page numbers); False: words that nobody has placed


Block = Paragraph | Table


@dataclass(slots=True)
class Document:
    """A file as blocks in reading order."""

    name: str
    sha256: str
    media_type: str
    blocks: list[Block] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    pages: int | None = None
    properties: dict[str, str] = field(default_factory=dict)  # what the file says of itself: title, author, modified
    asks: list[str] = field(
        default_factory=list
    )  # what the reader must ask of the whole file, e.g. of pages without text


class UnreadableFile(Exception):
    """The file cannot be read; the one sentence says which file, what is wrong and what to do about it."""
