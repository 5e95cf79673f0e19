"""What a laid-out report consists of, for renderers that print pages: headings, paragraphs, lists, facts, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goldthread.reporting.charts import svg
from goldthread.reporting.model import Chart
from goldthread.reporting.wording import runs_right_to_left

STRONG, QUIET, WARNING, PLAIN = "strong", "quiet", "warning", ""
_SHORT_ROW = 600  # characters in its fullest cell: about a sixth of a page in the widest column
RATING = "rating-"  # followed by the rating's value: rating-green


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a cell with its style: plain, strong, quiet, warning, or ``rating-`` and a value.

    ``pieces`` are the same words where some of them are marked "added" or "removed".
    """

    text: str
    style: str = PLAIN
    pieces: tuple[tuple[str, str], ...] = ()

    @property
    def right_to_left(self) -> bool:
        """Whether the paragraph runs from right to left."""
        return runs_right_to_left(self.text)


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, a name for style sheets, and its share of the width."""

    label: str
    name: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the first cell names it; the anchor (may be empty) is where a link to it leads."""

    cells: tuple[Cell, ...]
    anchor: str = ""

    @property
    def short(self) -> bool:
        """Whether the row should stay on one page; a long one must be allowed to run over."""
        return max(sum(len(line.text) + 30 for line in cell) for cell in self.cells) <= _SHORT_ROW


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    kind: str = field(default="table", init=False)

    def named_rows(self) -> Iterator[dict[str, Any]]:
        """The rows with each cell beside its column: ``anchor`` and ``cells``, pairs of a column and a cell."""
        for row in self.rows:
            yield {"anchor": row.anchor, "cells": list(zip(self.columns, row.cells, strict=True))}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 stands directly below the title."""

    text: str
    level: int
    anchor: str = ""
    new_page: bool = False
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, plain, quiet or a warning."""

    text: str
    style: str = PLAIN
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list under a short label that is no heading; the label may be empty."""

    label: str
    items: tuple[str, ...]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says."""

    pairs: tuple[tuple[str, str], ...]
    label: str
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents: every heading of the first two levels that follows it."""

    entries: tuple[Entry, ...]
    kind: str = field(default="contents", init=False)


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side, each with its figures as a table."""

    charts: tuple[Chart, ...]
    kind: str = field(default="charts", init=False)

    def drawn(self) -> Iterator[tuple[Chart, str]]:
        """Each chart with its picture as SVG."""
        for chart in self.charts:
            yield chart, svg(chart)


Block = Table | Heading | Paragraph | Bullets | Facts | Contents | Charts


@dataclass(frozen=True, slots=True)
class Layout:
    """A report ready to print: every text is fit for every format (``wording.plain``)."""

    title: str
    organisation: str
    as_at: str  # "As at 27 May 2025"
    description: str
    generated_at: datetime
    blocks: tuple[Block, ...]
