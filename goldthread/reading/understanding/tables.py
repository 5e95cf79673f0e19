"""Tables as grids: where the header is, which part each column plays, which rows are sections, totals or repeated headers.

A document's tables come in many ways: one table for a whole plan, a table for each theme, a sheet with title rows above its
header, a page's worth without a header that goes on from the page before. ``grids_of`` makes one shape of them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goldthread.reading.document import Cell, Document, Place, Table
from goldthread.reading.understanding.colours import rating_of
from goldthread.reading.understanding.columns import Column, columns_of, looks_like_header, role_of_heading, settle
from goldthread.reading.vocabulary import plain, vocabulary

FEWEST_COLUMNS, FEWEST_ROWS, HEADING_WORDS, SURE = 3, 3, 8, 0.8  # of a table whose headings are mostly unknown
HEADER_WITHIN = 12  # title rows of a sheet above its header: no more than this
SECTION_WORDS = 16  # a row with one filled cell of more words is text, not a heading
LONGEST_DITTO = 100  # characters of a cell that says "as above" or "none"
LINE_METHODS = ("tabs", "columns")  # readers that give one row for each printed line


@dataclass(slots=True)
class Row:
    """A row of a grid: a text for each column, where each stands, and which cells a merge carried down from above."""

    texts: list[str]
    places: list[Place]
    kind: str = "body"  # body, section, header, total, blank, above (a title row above the header)
    carried: frozenset[int] = frozenset()
    bullets: frozenset[int] = frozenset()  # cells whose lines are list items
    fresh: bool = False  # first row after a break of page or table
    at: int = 0  # its index in the rows of the table
    fills: dict[int, str] = field(default_factory=dict)  # ratings that the colour of a cell without words shows

    @property
    def filled(self) -> list[int]:
        """The columns that hold words of their own."""
        return [i for i, text in enumerate(self.texts) if text.strip() and i not in self.carried]


@dataclass(slots=True)
class Grid:
    """A table with its header understood: ``kind`` is plan, scorecard, savings, register or none."""

    table: Table
    number: int  # which table of the document, from 1
    block: int  # index of its block
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    kind: str = "none"
    inherited: bool = False  # its columns are those of the table before
    width: int = 0  # how many columns the table has

    def column(self, role: str) -> Column | None:
        """The first column of a role."""
        return next((c for c in self.columns if c.role == role), None)

    def of(self, role: str) -> list[Column]:
        """All columns of a role."""
        return [c for c in self.columns if c.role == role]

    @property
    def roles(self) -> set[str]:
        """The roles its columns play."""
        return {c.role for c in self.columns if c.role} | {inner for c in self.columns for inner in c.inside}

    @property
    def torn(self) -> bool:
        """Whether the reader gave printed lines, so that one row of the table may stand on several."""
        return self.table.method in LINE_METHODS


def grids_of(document: Document) -> list[Grid]:
    """A grid for every table of a document, in reading order."""
    grids: list[Grid] = []
    before: Grid | None = None
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Table) or not block.rows:
            continue
        number = len(grids) + 1
        for piece in _pieces(block):
            grid = _grid(piece, number, index)
            if grid.kind == "none" and before is not None:
                _inherit(grid, before)
            grids.append(grid)
            if grid.kind != "none":
                before = grid
    return grids


def _rows_of(table: Table) -> list[Row]:
    """The rows of a table with merged cells carried down: what a cell says, it says for every row it spans."""
    width = table.width
    rows: list[Row] = []
    anchors: dict[tuple[int, int], Cell] = {}
    for r, cells in enumerate(table.rows):
        texts, places, carried, bullets = [""] * width, [dict[str, object]() for _ in range(width)], set(), set()
        fills: dict[int, str] = {}
        for c, cell in enumerate(cells):
            if cell is None:
                anchor = anchors.get((r, c))
                if anchor is not None:
                    texts[c], places[c] = anchor.text, anchor.place
                    carried.add(c)
                continue
            texts[c], places[c] = cell.text, cell.place
            if cell.bullets:
                bullets.add(c)
            shown = rating_of(cell.fill) if not cell.text.strip() else None
            if shown is not None:
                fills[c] = shown
            for below in range(1, cell.row_span):
                anchors[(r + below, c)] = cell
        rows.append(
            Row(texts, places, carried=frozenset(carried), bullets=frozenset(bullets), fresh=r == 0, at=r, fills=fills)
        )
    return rows


def _pieces(table: Table) -> list[tuple[Table, list[Row]]]:
    """The parts of a table that begin with different headers: sheets often hold several tables below each other."""
    rows = _rows_of(table)
    cuts = [0]
    first: list[str] | None = None
    for index, row in enumerate(rows):
        texts = [row.texts[i] if i not in row.carried else "" for i in range(len(row.texts))]
        if not looks_like_header(texts, again=first is not None):
            continue
        shape = [plain(text) for text in texts]
        if first is not None and shape != first and index > 1:
            start = index
            while start - 1 > cuts[-1] and len(rows[start - 1].filled) <= 1:  # its title rows go with it
                start -= 1
            cuts.append(start)
        first = shape
    return [(table, rows[a:b]) for a, b in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _grid(piece: tuple[Table, list[Row]], number: int, block: int) -> Grid:
    table, rows = piece
    grid = Grid(table, number, block, rows=rows, width=table.width)
    at = _header_at(table, rows)
    if at is None:
        return grid
    headings = [rows[at].texts[i] if i not in rows[at].carried else "" for i in range(grid.width)]
    depth = 1
    below = rows[at + 1].texts if at + 1 < len(rows) else []
    if below and _is_second_header(rows[at], rows[at + 1]):
        above = _spread(table, at, headings)
        headings = [
            " ".join(dict.fromkeys(part for part in (a, b) if part.strip())) for a, b in zip(above, below, strict=False)
        ]
        depth = 2
    for row in rows[:at]:
        row.kind = "above" if row.filled else "blank"
    for row in rows[at : at + depth]:
        row.kind = "header"
    grid.columns = columns_of(headings)
    _mark_rows(grid)
    body = [row for row in grid.rows if row.kind == "body"]
    for column in grid.columns:  # a column of colours is a rating, whatever it is called
        shown = sum(1 for row in body if column.index in row.fills)
        if (
            column.role in (None, "status", "risk_rating")
            and shown >= 2
            and shown >= len(body) / 2
            and column.heading.strip()
        ):
            column.role = "rag"
    settle(grid.columns, [[row.texts[c] for row in body] for c in range(grid.width)])
    grid.kind = _kind(grid)
    return grid


def _header_at(table: Table, rows: list[Row]) -> int | None:
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        if looks_like_header([t if i not in row.carried else "" for i, t in enumerate(row.texts)]):
            return index
    if table.header_rows and rows and len(rows[0].filled) > 1:
        last = min(table.header_rows, len(rows)) - 1
        return last if len(rows[last].filled) > 1 else None
    return 0 if _printed_as_header(table, rows) else None


def _printed_as_header(table: Table, rows: list[Row]) -> bool:
    """Whether the first row is set off from the rest as headings are, and one of them is known: every cell short and bold,
    over rows that are not. What the other columns hold, their cells tell."""
    if table.width < FEWEST_COLUMNS or len(rows) < FEWEST_ROWS or len(rows[0].filled) < table.width:
        return False
    cells = [[cell for cell in row if cell is not None and cell.text.strip()] for row in table.rows]
    if any(not cell.bold or len(cell.text.split()) > HEADING_WORDS for cell in cells[0]):
        return False
    below = [cell.bold for row in cells[1:] for cell in row]
    known = any(role_of_heading(cell.text)[1] >= SURE for cell in cells[0])
    return known and sum(below) < len(below) / 2


def _is_second_header(upper: Row, lower: Row) -> bool:
    """A second header row parts the headings above it: it fills only columns below a wide heading, with short words."""
    if not lower.filled or any(len(lower.texts[i].split()) > 5 for i in lower.filled):
        return False
    under = [
        i
        for i in lower.filled
        if not upper.texts[i].strip() or (i + 1 < len(upper.texts) and not upper.texts[i + 1].strip())
    ]
    empty_above = [i for i, text in enumerate(upper.texts) if not text.strip()]
    numbers = any(re.fullmatch(r"[\d.,%£]+", lower.texts[i].strip()) for i in lower.filled)
    return bool(empty_above) and len(under) == len(lower.filled) and len(lower.filled) >= 2 and not numbers


def _spread(table: Table, at: int, headings: list[str]) -> list[str]:
    """Headings with those of merged cells repeated over the columns they span."""
    spread = list(headings)
    for index, cell in enumerate(table.rows[at] if at < len(table.rows) else []):
        if cell is not None and cell.col_span > 1:
            for over in range(index, min(index + cell.col_span, len(spread))):
                spread[over] = spread[over] or cell.text
    return spread


def _mark_rows(grid: Grid) -> None:
    """Mark the rows below the header: blank, repeated header, total, section (one cell that spans or stands alone)."""
    header = [plain(c.heading) for c in grid.columns]
    seen = False
    for row in grid.rows:
        if row.kind == "header":
            seen = True
        if row.kind != "body" or not seen:
            continue
        filled = row.filled
        if not filled:
            row.kind = "blank" if not row.carried else "body"
        elif ([plain(row.texts[i]) for i in filled] == [header[i] for i in filled] and len(filled) > 1) or (
            len(filled) > 1 and looks_like_header(row.texts, again=True) and _likeness(row, header) >= 0.5
        ):
            row.kind = "header"
        elif (
            re.match(r"^(?:grand |sub-?\s?|overall )?totals?\b", row.texts[filled[0]].strip(), re.I) and len(filled) > 1
        ):
            row.kind = "total"


def _likeness(row: Row, header: list[str]) -> float:
    same = sum(1 for i, text in enumerate(row.texts) if i < len(header) and header[i] and plain(text) == header[i])
    return same / max(1, sum(1 for h in header if h))


def _inherit(grid: Grid, before: Grid) -> None:
    """A table without a header of its own, as wide as the one before it, goes on from it; its first row may be anything."""
    if grid.width != len(before.columns) or grid.table.method != before.table.method:
        return
    grid.columns, grid.kind, grid.inherited = before.columns, before.kind, True
    seen_header = [plain(c.heading) for c in before.columns]
    for row in grid.rows:
        if not row.filled:
            row.kind = "blank"
        elif [plain(t) for t in row.texts] == seen_header:
            row.kind = "header"


def _kind(grid: Grid) -> str:
    """What a table holds, by the roles of its columns."""
    roles = grid.roles
    savings = "saving" in roles or any("saving" in plain(c.heading) for c in grid.columns)
    if "action" in roles or (
        "recommendation" in roles
        and roles & {"lead", "update", "timescale", "response", "status", "rag", "risk_rating"}
    ):
        return "plan"
    if savings and roles & {"target", "actual", "saving_target", "saving_actual"}:
        return "savings"
    if "indicator" in roles and roles & {"target", "actual", "rag", "previous", "period"}:
        return "scorecard"
    if "objective" in roles and roles & {"lead", "update", "timescale", "status", "rag"}:
        return "plan"
    if roles & {"saving"} and roles & {"rag", "status", "lead"}:
        return "savings"
    if len(roles - {"number", "also"}) >= 2 and roles & {
        "description",
        "reference",
        "lead",
        "status",
        "rag",
        "timescale",
        "update",
        "key_risk",
    }:
        return "register"
    return "none"


def kind_of_tables(document: Document) -> str | None:
    """The kind of a document by its tables, weighed by their rows; None where tables do not tell."""
    from goldthread.reading.understanding.cards import card_tables, cards_of

    weights: dict[str, int] = {}
    of_cards = card_tables(document)
    for grid in grids_of(document):
        if grid.block in of_cards:
            continue
        rows = sum(1 for row in grid.rows if row.kind == "body")
        if grid.kind != "none" and rows:
            weights[grid.kind] = weights.get(grid.kind, 0) + rows
    weights["plan"] = weights.get("plan", 0) + 3 * len(cards_of(document))
    names = {"plan": "action-plan", "scorecard": "scorecard", "savings": "savings-tracker", "register": "register"}
    words_in_prose = _prose_words(document)
    strong = {kind: weight for kind, weight in weights.items() if weight > 0}
    if not strong:
        return None
    best = max(strong, key=lambda kind: strong[kind])
    if (best == "register" and words_in_prose > 1200) or (strong[best] < 2 and words_in_prose > 400):
        return None  # a report with a table in it
    if words_in_prose > 2500 and strong[best] < words_in_prose / 300:
        return None
    return names[best]


def _prose_words(document: Document) -> int:
    return sum(len(b.text.split()) for b in document.blocks if not isinstance(b, Table))


def is_ditto(text: str) -> bool:
    """Whether a cell says "the same as above"."""
    if len(text) > LONGEST_DITTO:
        return False
    return plain(text) in vocabulary().words["ditto"] or text.strip() in ('"', "”", "“", "''", "〃")


def is_nothing(text: str) -> bool:
    """Whether a cell prints that there is nothing, which is not the same as an empty cell."""
    return (len(text) <= LONGEST_DITTO and text.strip().lower() in vocabulary().words["nothing"]) or not text.strip()
