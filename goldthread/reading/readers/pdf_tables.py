"""Proposed tables of a PDF become Tables: cells with their text, place and box; and which of two proposals is the better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from goldthread.reading.document import Cell, Place, Table
from goldthread.reading.readers.pdf_layout import without_bullet
from goldthread.reading.readers.pdf_pages import Box, Page, Word
from goldthread.reading.readers.pdf_ruled import Proposal
from goldthread.reading.readers.pdf_tags import Mark, TaggedCell, TaggedTable
from goldthread.reading.readers.pdf_text import Vocabulary, all_bold, boxed, flow, lines_of

FillAt = Callable[[Box, Page], str | None]


@dataclass(slots=True)
class Slot:
    """A cell before its text is put together: its place in the grid and the words of each of its paragraphs."""

    row: int
    column: int
    row_span: int
    col_span: int
    parts: list[list[Word]]
    fill: str | None = None
    box: Box | None = None
    items: bool = False

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for part in self.parts for word in part]


@dataclass(slots=True)
class Grid:
    """A table to be: slots in rows and columns."""

    method: str
    rows: int
    columns: int
    slots: list[Slot] = field(default_factory=list)
    header_rows: int = 0

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for slot in self.slots for word in slot.words]


def from_proposal(proposal: Proposal) -> Grid:
    """A ruled or column table as a grid."""
    slots = [
        Slot(c.row, c.column, c.row_span, c.col_span, [c.words] if c.words else [], c.fill, c.box)
        for c in proposal.cells
    ]
    return Grid(proposal.method, proposal.rows, proposal.columns, slots, proposal.header_rows)


def from_tags(table: TaggedTable, words: Mapping[Mark, list[Word]]) -> Grid:
    """A tagged table as a grid: cells take the next free column, as their spans leave room."""
    slots: list[Slot] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            down = min(cell.row_span, len(table.rows) - number)
            slots.append(_slot(cell, number, column, down, words))
            taken.update((r, c) for r in range(number, number + down) for c in range(column, column + cell.col_span))
            column += cell.col_span
    width = max((slot.column + slot.col_span for slot in slots), default=0)
    return Grid("tags", len(table.rows), width, slots, min(table.header_rows, len(table.rows)))


def _slot(cell: TaggedCell, row: int, column: int, down: int, words: Mapping[Mark, list[Word]]) -> Slot:
    parts = [[word for mark in part for word in words.get(mark, ())] for part in cell.parts]
    parts = [part for part in parts if part]
    return Slot(row, column, down, cell.col_span, parts, items=cell.items > 0 and 2 * cell.items >= len(parts))


def consistent(grid: Grid) -> float:
    """The share of a grid's rows that reach across all of its usual columns (1.0: every row is whole)."""
    widths: Counter[int] = Counter()
    reach = [0] * grid.rows
    for slot in grid.slots:
        for row in range(slot.row, min(slot.row + slot.row_span, grid.rows)):
            reach[row] += slot.col_span
    widths.update(reach)
    return max(widths.values(), default=0) / grid.rows if grid.rows else 0.0


def as_table(grid: Grid, place: Place, pages: Sequence[Page], vocabulary: Vocabulary, fill_at: FillAt) -> Table:
    """A grid as a Table. ``place`` has the table's page and number; ``pages`` are those of the whole file."""
    edges = _right_edges(grid)
    bands: _Bands | None = None  # found when a cell first asks for it
    rows: list[list[Cell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    free = {(r, c) for r in range(grid.rows) for c in range(grid.columns)}
    whole: list[Word] = []
    for slot in grid.slots:
        words = slot.words
        whole += words
        cell = _cell(slot, words, place, edges, vocabulary)
        page = words[0].page if words else int(place["page"])
        cell.fill = slot.fill
        if cell.fill is None and words:
            cell.fill = fill_at(boxed([w for w in words if w.page == page]), pages[page - 1])
        elif cell.fill is None and slot.box is None:
            bands = bands or _Bands(grid)
            cell.fill = bands.fill_of_empty(slot, pages, fill_at)
        for r in range(slot.row, min(slot.row + slot.row_span, grid.rows)):
            for c in range(slot.column, min(slot.column + slot.col_span, grid.columns)):
                rows[r][c] = None
                free.discard((r, c))
        rows[slot.row][slot.column] = cell
        free.discard((slot.row, slot.column))
    for r, c in free:
        rows[r][c] = Cell("", {**place, "row": r + 1, "cell": c + 1})
    about = {key: value for key, value in place.items() if key != "box"}
    whole = [word for word in whole if word.page == place["page"]]
    if whole:
        about["box"] = boxed(whole).rounded()
    return Table(rows, about, grid.header_rows, None, grid.method)


class _Bands:
    """Where the rows of a grid stand on their pages and its columns across them, by their words."""

    def __init__(self, grid: Grid) -> None:
        self.rows: dict[int, list[Word]] = {}
        self.columns: dict[int, float] = {}
        for slot in grid.slots:
            words = slot.words
            if words and slot.row_span == 1:
                self.rows.setdefault(slot.row, []).extend(words)
            if words and slot.col_span == 1:
                left = min(word.x0 for word in words)
                self.columns[slot.column] = min(left, self.columns.get(slot.column, left))

    def fill_of_empty(self, slot: Slot, pages: Sequence[Page], fill_at: FillAt) -> str | None:
        """The colour of a tagged cell without words: beside the words of its row, below those of its column."""
        row, across = self.rows.get(slot.row), self.columns.get(slot.column)
        if not row or across is None:
            return None
        page = row[0].page
        down = boxed([w for w in row if w.page == page]).middle[1]
        return fill_at(Box(across + 1, down, across + 1, down), pages[page - 1])


def _right_edges(grid: Grid) -> dict[int, float]:
    """Where the text of each column ends: the furthest word among the cells that end with it."""
    edges: dict[int, float] = {}
    for slot in grid.slots:
        last = slot.column + slot.col_span - 1
        if slot.parts:
            edges[last] = max([edges.get(last, 0.0), *[word.x1 for word in slot.words]])
    return edges


def _cell(slot: Slot, words: Sequence[Word], place: Place, edges: Mapping[int, float], vocabulary: Vocabulary) -> Cell:
    right = edges.get(slot.column + slot.col_span - 1, 0.0)
    lines: list[str] = []
    for part in slot.parts:
        pages = {word.page for word in part}
        for page in sorted(pages):
            here = part if len(pages) == 1 else [w for w in part if w.page == page]
            found = flow(lines_of(here), right, vocabulary)
            if page != part[0].page and lines and not found[:1].isupper():
                lines[-1] = f"{lines[-1]} {found}"  # the cell goes on over the page
            else:
                lines.extend(found.split("\n"))
    stripped = [without_bullet(line) for line in lines if line]
    items = sum(1 for _, bullet in stripped if bullet)
    bullets = slot.items or (items > 0 and 2 * items >= len(stripped))
    text = "\n".join(line for line, _ in stripped) if bullets else "\n".join(line for line in lines if line)
    where: Place = {**{k: v for k, v in place.items() if k != "box"}, "row": slot.row + 1, "cell": slot.column + 1}
    if words:
        where["page"] = words[0].page
    box = slot.box or (boxed([w for w in words if w.page == words[0].page]) if words else None)
    if box is not None:
        where["box"] = box.rounded()
    return Cell(text, where, slot.row_span, slot.col_span, all_bold(words), bullets=bullets)
