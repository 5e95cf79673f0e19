"""Tables drawn with rules: horizontal and vertical lines make a grid, missing lines between cells make merged ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.reading.readers.pdf_pages import Box, Page, Word

SNAP = 3.0  # points within which two lines are one, and two ends meet
MAX_LINES = 400  # distinct edges of one grid in each direction


@dataclass(slots=True)
class GridCell:
    """A cell of a proposed table: where it lies in the grid, how far it reaches, its words."""

    row: int
    column: int
    row_span: int
    col_span: int
    box: Box
    words: list[Word] = field(default_factory=list)
    fill: str | None = None


@dataclass(slots=True)
class Proposal:
    """A table that one method proposes on one page."""

    method: str
    page: int
    box: Box
    rows: int
    columns: int
    cells: list[GridCell]
    header_rows: int = 0

    @property
    def words(self) -> list[Word]:
        """Every word in it."""
        return [word for cell in self.cells for word in cell.words]

    @property
    def filled(self) -> list[GridCell]:
        """The cells that hold words."""
        return [cell for cell in self.cells if cell.words]


def ruled_tables(page: Page) -> list[Proposal]:
    """The ruled tables of a page, from the top down. A frame around text, or rules in one direction only, is none."""
    across = _collinear(page.across, horizontal=True)
    down = _collinear(page.down, horizontal=False)
    found = []
    for some_across, some_down in _connected(across, down):
        proposal = _grid(page, some_across, some_down)
        if proposal is not None:
            found.append(proposal)
    return sorted(found, key=lambda proposal: (proposal.box.top, proposal.box.x0))


def _collinear(rules: Sequence[Box], *, horizontal: bool) -> list[Box]:
    """Pieces of one line joined: Word draws a rule for every cell."""

    def level(box: Box) -> float:
        return box.middle[1] if horizontal else box.middle[0]

    def start(box: Box) -> float:
        return box.x0 if horizontal else box.top

    def end(box: Box) -> float:
        return box.x1 if horizontal else box.bottom

    joined: list[Box] = []
    row: list[Box] = []

    def close() -> None:
        row.sort(key=start)
        for box in row:
            if joined_here and start(box) <= end(joined_here[-1]) + SNAP:
                joined_here[-1] = joined_here[-1].around(box)
            else:
                joined_here.append(box)

    joined_here: list[Box] = []
    for box in sorted(rules, key=level):
        if row and level(box) - level(row[0]) > SNAP:
            close()
            joined.extend(joined_here)
            row, joined_here = [], []
        row.append(box)
    close()
    joined.extend(joined_here)
    return joined


def _meet(across: Box, down: Box) -> bool:
    x, y = down.middle[0], across.middle[1]
    return across.x0 - SNAP <= x <= across.x1 + SNAP and down.top - SNAP <= y <= down.bottom + SNAP


def _connected(across: list[Box], down: list[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Rules that hang together: each group is a grid, or nothing."""
    if len(across) > MAX_LINES or len(down) > MAX_LINES:
        return []
    group = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if _meet(h, v):
                group[root(i)] = root(len(across) + j)
    parts: dict[int, tuple[list[Box], list[Box]]] = {}
    for n in range(len(group)):
        lists = parts.setdefault(root(n), ([], []))
        if n < len(across):
            lists[0].append(across[n])
        else:
            lists[1].append(down[n - len(across)])
    return [(h, v) for h, v in parts.values() if len(h) >= 2 and v]


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _grid(page: Page, across: list[Box], down: list[Box]) -> Proposal | None:
    xs = [rule.middle[0] for rule in down]
    left, right = min(rule.x0 for rule in across), max(rule.x1 for rule in across)
    xs += [edge for edge in (left, right) if all(abs(edge - x) > 10 for x in xs)]  # a table open at its sides
    columns = _edges(xs)
    rows = _edges([rule.middle[1] for rule in across])
    if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > 20_000:
        return None
    cells = _cells(rows, columns, across, down)
    box = Box(columns[0], rows[0], columns[-1], rows[-1])
    proposal = Proposal("ruled", page.number, box, len(rows) - 1, len(columns) - 1, cells)
    by_place = {
        (r, c): cell.words
        for cell in cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.col_span)
    }
    for word in page.words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            held = by_place.get((bisect_right(rows, y) - 1, bisect_right(columns, x) - 1))
            if held is not None:
                held.append(word)
    for cell in cells:
        cell.fill = fill_of(cell.box, page)
    if len(proposal.filled) < 2 or len({cell.column for cell in proposal.filled}) < 2:
        return None
    return _without_empty_edges(proposal)


def _cells(rows: list[float], columns: list[float], across: list[Box], down: list[Box]) -> list[GridCell]:
    """The cells of a grid; where no rule parts two of them they are one."""
    high, wide = len(rows) - 1, len(columns) - 1
    at_column = [[v for v in down if abs(v.middle[0] - x) <= SNAP] for x in columns]
    at_row = [[h for h in across if abs(h.middle[1] - y) <= SNAP] for y in rows]
    heights = [[(v.top - 1, v.bottom + 1) for v in found] for found in at_column[1:]]
    widths = [[(h.x0 - 1, h.x1 + 1) for h in found] for found in at_row[1:]]
    ys = [(a + b) / 2 for a, b in pairwise(rows)]
    xs = [(a + b) / 2 for a, b in pairwise(columns)]
    right_of = [[_within(y, found) for found in heights] for y in ys]
    below = [[_within(x, found) for x in xs] for found in widths]
    taken = [[False] * wide for _ in range(high)]
    cells = []
    for r in range(high):
        for c in range(wide):
            if taken[r][c]:
                continue
            last = c
            while last + 1 < wide and not right_of[r][last] and not taken[r][last + 1]:
                last += 1
            deep = r
            while deep + 1 < high and _open_below(deep, c, last, below, right_of, taken):
                deep += 1
            for rr in range(r, deep + 1):
                for cc in range(c, last + 1):
                    taken[rr][cc] = True
            box = Box(columns[c], rows[r], columns[last + 1], rows[deep + 1])
            cells.append(GridCell(r, c, deep - r + 1, last - c + 1, box))
    return cells


def _within(value: float, spans: Sequence[tuple[float, float]]) -> bool:
    """Whether one of some spans reaches over a value."""
    for low, high in spans:  # noqa: SIM110  a loop costs half of what any() does, and a page asks it thousands of times
        if low <= value <= high:
            return True
    return False


def _open_below(
    row: int, first: int, last: int, below: list[list[bool]], right_of: list[list[bool]], taken: list[list[bool]]
) -> bool:
    """Whether a cell goes on in the row below: no rule under any of its columns, and the same width there."""
    if any(below[row][c] or taken[row + 1][c] for c in range(first, last + 1)):
        return False
    return not any(right_of[row + 1][c] for c in range(first, last))


def fill_of(box: Box, page: Page) -> str | None:
    """The colour behind a cell: the last area painted over its centre, pages and whites aside."""
    if not page.fills:
        return None
    x, y = box.middle
    for area, colour in reversed(page.fills):
        if area.x0 <= x <= area.x1 and area.top <= y <= area.bottom:
            return None if colour == "ffffff" else colour
    return None


def _without_empty_edges(proposal: Proposal) -> Proposal | None:
    """Drop narrow rows and columns that hold no words: the gaps between double rules."""
    used_rows = sorted({r for c in proposal.filled for r in range(c.row, c.row + c.row_span)})
    used_columns = sorted({k for c in proposal.filled for k in range(c.column, c.column + c.col_span)})
    narrow = {
        cell.column
        for cell in proposal.cells
        if cell.col_span == 1 and cell.box.x1 - cell.box.x0 < 8 and cell.column not in used_columns
    }
    low = {
        cell.row
        for cell in proposal.cells
        if cell.row_span == 1 and cell.box.bottom - cell.box.top < 6 and cell.row not in used_rows
    }
    if not narrow and not low:
        return proposal
    keep_rows = [r for r in range(proposal.rows) if r not in low]
    keep_columns = [c for c in range(proposal.columns) if c not in narrow]
    if len(keep_columns) < 2 or not keep_rows:
        return None
    cells = []
    for cell in proposal.cells:
        rows = [r for r in keep_rows if cell.row <= r < cell.row + cell.row_span]
        columns = [c for c in keep_columns if cell.column <= c < cell.column + cell.col_span]
        if rows and columns:
            cell.row, cell.row_span = keep_rows.index(rows[0]), len(rows)
            cell.column, cell.col_span = keep_columns.index(columns[0]), len(columns)
            cells.append(cell)
    proposal.cells, proposal.rows, proposal.columns = cells, len(keep_rows), len(keep_columns)
    return proposal
