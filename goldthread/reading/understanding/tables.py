"""Tables as grids: where the header is, which part each column plays, which rows are sections, totals or repeated headers.

A document's tables come in many ways: one table for a whole plan, a table for each theme, a sheet with title rows above its
header, a page's worth without a header that goes on from the page before. ``grids_of`` makes one shape of them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from goldthread.reading.document import Cell, Document, Paragraph, Place, Table
from goldthread.reading.understanding.colours import rating_of
from goldthread.reading.understanding.columns import Column, columns_of, looks_like_header, settle
from goldthread.reading.understanding.headers import header_of, headings_over
from goldthread.reading.understanding.parted import settle_shared
from goldthread.reading.understanding.sections import judged_column, role_of
from goldthread.reading.vocabulary import plain, vocabulary

SAMPLE_ROWS = 48  # rows of tables under the same headings that are looked at
NARROW = 3  # columns from which a row of one cell is no entry
HEAD, NEAR, HINT_WORDS = (
    6,
    4,
    16,
)  # blocks at the head and above the first table that hint at what is listed; their words
SECTION_WORDS = 16  # a row with one filled cell of more words is text, not a heading
LONGEST_DITTO = 100  # characters of a cell that says "as above" or "none"
_ANSWERS = frozenset(("action", "response", "lead", "timescale", "update", "status", "rag", "completed"))
"""Columns that say what is done about a recommendation, as plans have them; a report's own list has none."""
LINE_METHODS = ("tabs", "columns")  # readers that give one row for each printed line


@dataclass(slots=True)
class Row:
    """A row of a grid: a text for each column, where each stands, and which cells a merge carried down from above."""

    texts: list[str]
    places: list[Place]
    kind: str = (
        "body"  # body, section, header, total, blank, above (a title row above the header), note (below the entries)
    )
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
    """A table with its header understood: ``kind`` is plan, scorecard, savings, benefits, register or none."""

    table: Table
    number: int  # which table of the document, from 1
    block: int  # index of its block
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    kind: str = "none"
    inherited: bool = False  # its columns are those of the table before
    width: int = 0  # how many columns the table has
    explains: bool = False  # it explains the document (a glossary, a key, a list of versions) and lists no entries

    def column(self, role: str) -> Column | None:
        """The first column of a role."""
        return next((c for c in self.columns if c.role == role), None)

    def of(self, role: str) -> list[Column]:
        """All columns of a role."""
        return [c for c in self.columns if c.role == role]

    @property
    def roles(self) -> set[str]:
        """The roles its columns play."""
        return {c.role for c in self.columns if c.role} | {
            inner for c in self.columns for inner in [*c.inside, *([c.also_holds] if c.also_holds else [])]
        }

    @property
    def torn(self) -> bool:
        """Whether the reader gave printed lines, so that one row of the table may stand on several."""
        return self.table.method in LINE_METHODS


def grids_of(document: Document) -> list[Grid]:
    """A grid for every table of a document, in reading order."""
    grids: list[Grid] = []
    number = 0
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and block.rows:
            number += 1
            grids += [_grid(piece, number, index) for piece in _pieces(block)]
    _settle(grids, document)
    before: Grid | None = None
    for grid in grids:
        if grid.kind == "none" and not grid.explains and before is not None:
            _inherit(grid, before)
        if grid.kind != "none":
            before = grid
    return grids


def head_of(document: Document) -> str:
    """The words at the head of a document, which hint at what its tables list."""
    return " ".join(_short(document.blocks[:HEAD]))


def _over(document: Document, grid: Grid) -> str:
    """The words right above a table, in its own first row or in its name."""
    near = _short(document.blocks[max(0, grid.block - NEAR) : grid.block])
    rows = [row for row in grid.rows if row.kind == "above" and len(row.filled) == 1]
    near += [row.texts[row.filled[0]] for row in rows] + ([grid.table.name] if grid.table.name else [])
    return " ".join(near)


def _short(blocks: Sequence[Paragraph | Table]) -> list[str]:
    texts = [b.text for b in blocks if isinstance(b, Paragraph)]
    return [text for text in texts if len(text.split()) <= HINT_WORDS and not text.endswith(".")]


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
    """The grid of a piece of a table: its header found, its columns still to be settled."""
    table, rows = piece
    grid = Grid(table, number, block, rows=rows, width=table.width, explains=_explains(rows))
    found = header_of(table, rows)
    if found is None:
        return grid
    at, depth = found
    for row in rows[:at]:
        row.kind = "above" if row.filled else "blank"
    for row in rows[at : at + depth]:
        row.kind = "header"
    grid.columns = columns_of(headings_over(table, rows, at, depth))
    _mark_rows(grid)
    return grid


def _settle(grids: Sequence[Grid], document: Document) -> None:
    """Settle the columns of tables: those under the same headings together, those that are known best first."""
    alike: dict[tuple[str, ...], list[Grid]] = {}
    for grid in grids:
        if grid.columns:
            alike.setdefault(tuple(plain(column.heading) for column in grid.columns), []).append(grid)
    known: dict[str, str] = {}
    for same in sorted(alike.values(), key=lambda found: -sum(column.score for column in found[0].columns)):
        cells = _sample(same)
        columns = same[0].columns
        settle(columns, cells, hints=(head_of(document), _over(document, same[0])), known=known)
        settle_shared(columns, cells)
        for column in columns:
            if column.role is not None and column.heading.strip() and not column.guessed:
                known.setdefault(plain(column.heading), column.role)
        for grid in same:
            grid.columns = [
                replace(column, heading=own.heading) for column, own in zip(columns, grid.columns, strict=True)
            ]
            grid.kind = "none" if grid.explains else _kind(grid)


def _explains(rows: Sequence[Row]) -> bool:
    """Whether a table explains words, signs or versions of the document, by the headings in its first row of several."""
    words = vocabulary().words
    first = next((row for row in rows if len(row.filled) > 1), None)
    headings = {plain(first.texts[i]) for i in first.filled} if first is not None else set()
    return (
        len(headings) > 1
        and bool(headings & words["explaining"])
        and headings <= words["explaining"] | words["explaining_beside"]
    )


def _sample(grids: Sequence[Grid]) -> list[list[str]]:
    """The cells of each column in a few runs of rows of every table: enough to tell what stands in it.

    A rating that only a colour shows is the word for it. Rows of one cell, as headings have, are left out.
    """
    width = grids[0].width
    found: list[list[str]] = [[] for _ in range(width)]
    each = max(6, SAMPLE_ROWS // len(grids))
    for grid in grids[:SAMPLE_ROWS]:
        rows = [
            row for row in grid.rows if row.kind == "body" and (len(row.filled) > 1 or (row.filled and row.carried))
        ]
        for row in _spread_out(rows, each):
            for column in range(width):
                found[column].append(row.texts[column] if row.texts[column].strip() else row.fills.get(column, ""))
    return found


def _spread_out(rows: list[Row], count: int) -> list[Row]:
    """About ``count`` rows, in four runs from the first to the last: what is the same in neighbours must be seen."""
    if len(rows) <= count:
        return rows
    run = max(2, count // 4)
    starts = [round(n * (len(rows) - run) / 3) for n in range(4)]
    return [rows[i] for i in dict.fromkeys(i for start in starts for i in range(start, start + run))]


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
    _mark_notes(grid)


def _mark_notes(grid: Grid) -> None:
    """Mark what stands alone below the last entry of a table, behind an empty row: a key or a remark, and no entry."""
    if len(grid.columns) < NARROW or grid.torn:
        return
    end = len(grid.rows)
    while end and (len(grid.rows[end - 1].filled) <= 1 and not grid.rows[end - 1].carried):
        end -= 1
    after = grid.rows[end:]
    blank = next((n for n, row in enumerate(after) if row.kind == "blank"), None)
    if not end or blank is None or not any(row.kind == "body" for row in grid.rows[:end]):
        return
    for row in after[blank:]:
        row.kind = "note" if row.kind == "body" else row.kind


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
    sure = {column.role for column in grid.columns if column.role and column.score >= 0.6 and not column.guessed}
    if _lists_risks(grid):
        return "register"
    if "benefit" in roles:
        return "benefits"
    savings = "saving" in roles or any("saving" in plain(c.heading) for c in grid.columns)
    if ("action" in roles and not _only_guessed(grid)) or (
        "recommendation" in roles
        and roles & {"lead", "update", "timescale", "response", "status", "rag", "risk_rating"}
    ):
        return "plan"
    if savings and roles & {"target", "actual", "saving_target", "saving_actual", "series"}:
        return "savings"
    if "indicator" in roles and roles & {"target", "actual", "rag", "previous", "period"}:
        return "scorecard"
    if "objective" in roles and roles & {"lead", "update", "timescale", "status", "rag"}:
        return "plan"
    if roles & {"saving"} and roles & {"rag", "status", "lead"}:
        return "savings"
    if len(sure - {"number", "also"}) >= 2 and sure & {
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


def _only_guessed(grid: Grid) -> bool:
    """Whether nothing but the sense of its words makes a column one of actions: no heading says so, and no column says who,
    when or how far."""
    named = any(column.role == "action" and not column.guessed for column in grid.columns)
    return (
        not named
        and not grid.roles & {"lead", "timescale", "completed", "status", "rag", "reference", "ticked"}
        and (
            not any(
                column.role in _ANSWERS | {"recommendation", "objective"} and not column.guessed
                for column in grid.columns
            )
        )
    )


_RISK_COLUMNS = re.compile(
    r"\b(?:inherent|residual|gross|net|likelihood|probability|impact|controls?|current|target|scores?|causes?|effects?|"
    r"consequences?|proximity|mitigat\w+)\b|^[LIPS]$|^risk rating$",
    re.I,
)


def _lists_risks(grid: Grid) -> bool:
    """Whether a table's entries are risks: described first, scored twice or against controls, with what is still to be done
    beside them."""
    if "key_risk" not in grid.roles or grid.roles & {"recommendation", "objective", "indicator", "saving"}:
        return False
    risk = grid.column("key_risk")
    action = grid.column("action")
    assert risk is not None
    scored = [c for c in grid.columns if c is not risk and _RISK_COLUMNS.search(c.heading)]
    return len(scored) >= 2 and (action is None or risk.index < action.index)


def kind_of_tables(document: Document, grids: Sequence[Grid]) -> str | None:
    """The kind of a document by its tables, weighed by their rows; None where tables do not tell."""
    from goldthread.reading.understanding.cards import card_tables, cards_of

    weights: dict[str, int] = {}
    of_cards = card_tables(document)
    cards = [card for card in cards_of(document, of_cards) if not card.announced]
    told = {*of_cards, *(card.block for card in cards)}
    for grid in grids:
        if grid.block in told:
            continue
        rows = sum(1 for row in grid.rows if row.kind == "body")
        if rows and _sets_side_by_side(grid):
            weights["advice"] = weights.get("advice", 0) + 2 * rows  # strengths beside what is to improve
        elif rows and "recommendation" in grid.roles and not (grid.kind == "plan" and grid.roles & _ANSWERS):
            weights["advice"] = weights.get("advice", 0) + rows  # what a review advises, and nobody's answer to it
        elif grid.kind != "none" and rows:
            weights[grid.kind] = weights.get(grid.kind, 0) + rows
    weights["plan"] = weights.get("plan", 0) + 3 * len(cards)
    names = {
        "plan": "action-plan",
        "scorecard": "scorecard",
        "savings": "savings-tracker",
        "benefits": "register",
        "register": "register",
    }
    words_in_prose = _prose_words(document)
    if weights.get("advice", 0) > sum(weights.values()) / 2:
        return "review-report"
    strong = {kind: weight for kind, weight in weights.items() if weight > 0}
    if not strong:
        return None
    best = max(strong, key=lambda kind: strong[kind])
    if (best == "register" and words_in_prose > 1200) or (strong[best] < 2 and words_in_prose > 400):
        return None  # a report with a table in it
    if words_in_prose > 2500 and strong[best] < words_in_prose / 300:
        return None
    return names[best]


def _sets_side_by_side(grid: Grid) -> bool:
    """Whether a column of strengths stands beside one of what is to improve, or one says which of these a row is, and none
    who is to do it."""
    sides = {role_of(column.heading) for column in grid.columns if column.heading.strip()}
    if (
        judged_column([[row.texts[c.index] for row in grid.rows if row.kind == "body"] for c in grid.columns])
        is not None
    ):
        return not grid.roles & {"lead", "timescale"}
    return {"strengths", "improvements"} <= sides and not grid.roles & {"lead", "timescale"}


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
