"""What every printer prints: a document as headings, paragraphs, tables and breaks, whatever its format will be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Truth = dict[str, Any]


@dataclass
class Cell:
    """A cell: its lines, its colour, its spans. ``bullets``: each line is an item of a list."""

    text: str = ""
    fill: str | None = None
    rows: int = 1
    across: int = 1
    bullets: bool = False
    bold: bool = False
    comment: str | None = None
    deleted: str | None = None  # words that tracked changes have taken out


@dataclass
class Table:
    """A grid: None where a merged cell covers. ``name`` is what a sheet is called."""

    rows: list[list[Cell | None]]
    header_rows: int = 1
    widths: list[int] = field(default_factory=list)
    name: str | None = None
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Heading:
    """A heading of a level from 1."""

    level: int
    text: str


@dataclass
class Para:
    """A paragraph or, with ``bullet``, an item of a list."""

    text: str
    bullet: bool = False
    bold: bool = False


@dataclass
class Break:
    """A new page; from here the pages lie on their side, stand, or (None) are as before."""

    landscape: bool | None = None


@dataclass
class Contents:
    """A list of contents: headings with their pages."""

    entries: list[tuple[str, int]]


Block = Heading | Para | Table | Break | Contents


@dataclass
class Print:
    """A document to be printed, and what is true of it."""

    blocks: list[Block]
    records: list[Truth]
    kind: str
    title: str
    running_head: str | None = None
    rotated: bool = False
    two_columns: bool = False
    hidden_sheet: Table | None = None
    repeat_header: bool = True
    organisation: str | None = None  # the name of the council, which may stand above the title
    hard: list[str] = field(default_factory=list)  # what makes this layout harder than a plain one
