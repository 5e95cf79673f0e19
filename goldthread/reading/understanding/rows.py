"""Tables in which each row is whole: merged, blank and repeated cells carried down, rows that only go on with the one above.

A table that a page break parted goes on in the next one: its objective, and an entry broken in the middle, go over the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.reading.understanding.aligned import parted_rows
from goldthread.reading.understanding.criteria import label
from goldthread.reading.understanding.entries import (
    Entry,
    Item,
    Objective,
    Piece,
    Section,
    TableStart,
    main_role,
    pieces_of,
)
from goldthread.reading.understanding.headings import is_section_row, looks_like_heading
from goldthread.reading.understanding.over import labelled
from goldthread.reading.understanding.regained import METHOD
from goldthread.reading.understanding.tables import Grid, Row, is_ditto

SHARED_ROLES = ("group", "directorate")
"""Roles whose cell is often printed once for several entries: an empty cell means the one above."""
_OVER = ("objective", "group", "number", "reference", "criteria", "recommendation", "key_risk", "response")
_PUT_TOGETHER, _DOUBTFUL = 0.8, 0.6  # confidence in rows put together from words whose columns were lost
_UNFINISHED = re.compile(r"[^.!?:;)]\s*$")


class Rows:
    """Walks through the rows of tables one after the other and gives whole entries with the headings between them."""

    def __init__(self) -> None:
        self.held: dict[str, list[Piece]] = {}
        self.objective: Objective | None = None
        self.last: Entry | None = None
        self._grid: Grid | None = None

    def table(self, grid: Grid, above: list[str] | None) -> Iterator[Item]:
        """The items of one table; ``above`` are the headings over it, None where there is none and it may go on."""
        goes_on = above is None and self._grid is not None and self._grid.roles == grid.roles
        if not goes_on:
            yield from self.flush()
            yield TableStart(grid, above)
        self._grid = grid
        grid.rows = parted_rows(grid)
        for row in grid.rows:
            if row.kind == "above" and len(row.filled) == 1 and _says_what_follows(row.texts[row.filled[0]]):
                yield from self.flush()
                row.kind = "section"
                yield Section(row.texts[row.filled[0]], row.places[row.filled[0]])
        main = main_role(grid)
        for at, row in enumerate(grid.rows):
            if row.kind == "body" and is_section_row(grid, at):
                yield from self.flush()
                filled = row.filled[0] if row.filled else 0
                yield Section(row.texts[filled], row.places[filled])
            elif row.kind == "body":
                yield from self._row(row, grid, main, over_page=goes_on and row.fresh)

    def flush(self) -> Iterator[Item]:
        """The entry that was still open; nothing is carried down any more."""
        yield from self._out()
        self.held, self.objective = {}, None

    def _out(self) -> Iterator[Item]:
        entry, self.last = self.last, None
        if entry is not None and any(piece.text.strip() for pieces in entry.cells.values() for piece in pieces):
            yield entry

    def _row(self, row: Row, grid: Grid, main: str, *, over_page: bool) -> Iterator[Item]:
        entry = Entry(grid=grid)
        if grid.table.method == METHOD:
            note = next((cell.note for cell in grid.table.rows[row.at] if cell is not None and cell.note), None)
            entry.confidence = _DOUBTFUL if note else _PUT_TOGETHER
            entry.questions += [note] if note else []
        for role, piece in pieces_of(row, grid):
            if is_ditto(piece.text) and self.held.get(role):
                entry.cells.setdefault(role, []).extend(self.held[role])
                entry.dittos.append(piece)
            else:
                entry.add(role, piece)
        self._extend_objective(entry, main)
        if self.last is not None and (
            _goes_on(entry, row, grid, main) or (over_page and _broken(self.last, entry, main))
        ):
            _extend(self.last, entry, row)
            return
        yield from self._out()
        self.objective = self._objective(entry, main, over_page=over_page)
        entry.objective = self.objective
        entry.dittos += self._criteria_again(entry, row)
        for role in (*SHARED_ROLES, "recommendation", "number", "key_risk", "response", "overseer"):
            if role != main and not entry.raw(role) and self._shared(role, entry, grid):
                entry.cells[role] = self.held.get(role, [])
        self.held.update({role: pieces for role, pieces in entry.cells.items() if pieces})
        self.last = entry

    def _criteria_again(self, entry: Entry, row: Row) -> list[Piece]:
        """The criteria that are printed once more beside another of an objective's actions, alone or inside its cell."""
        if self.objective is None:
            return []
        held = [*self.objective.criteria, *self.objective.pieces]
        fresh = {
            role: [p for p in entry.cells.get(role, []) if p.column not in row.carried]
            for role in ("criteria", "objective")
        }
        again = [piece for piece in fresh["criteria"] if not any(piece is own for own in held)]
        for piece in fresh["objective"]:
            match = label().search(piece.text)
            if match is not None and not any(piece is own for own in held):
                again.append(Piece(piece.text[match.start() :], piece.place, piece.column))
        return again

    def _extend_objective(self, entry: Entry, main: str) -> None:
        """An objective cell without an action beside it that begins small or with the label of criteria goes on with the
        objective above."""
        text = entry.raw("objective").strip()
        if not text or main == "objective" or entry.raw(main) or self.objective is None:
            return
        if text[:1].islower() or label().match(text):
            self.objective.pieces += entry.cells.pop("objective")

    def _shared(self, role: str, entry: Entry, grid: Grid) -> bool:
        """Whether an empty cell of a role means the one above: always for themes; for a recommendation and what stands
        beside it, only where actions have a column of their own and the recommendation itself is not a new one."""
        if role in SHARED_ROLES:
            return True
        if not {"action", "recommendation"} <= grid.roles:
            return False
        return not entry.raw("recommendation") or entry.cells["recommendation"] is self.held.get("recommendation")

    def _objective(self, entry: Entry, main: str, *, over_page: bool) -> Objective | None:
        """The objective of an entry: its own cell, or the one above where its cell is empty, merged or the same again."""
        pieces = entry.cells.get("objective", []) if main != "objective" else []
        criteria = entry.cells.get("criteria", []) if main != "objective" else []
        text = " ".join(" ".join(piece.text.split()) for piece in pieces)
        before = self.objective
        if before is not None and over_page and text[:1].islower() and _UNFINISHED.search(before.raw):
            before.pieces += pieces
            text = ""
        if not text or (before is not None and text == " ".join(before.raw.split())):
            if before is not None and criteria:
                known = {" ".join(piece.text.split()) for piece in before.criteria}
                before.criteria += [piece for piece in criteria if " ".join(piece.text.split()) not in known]
            return before
        return Objective(list(pieces), list(criteria))


def _says_what_follows(text: str) -> bool:
    """Whether a row above a header is a heading, or says with a label what the rows below serve."""
    return looks_like_heading(text) or labelled(text) is not None or label().match(text.strip()) is not None


def _goes_on(entry: Entry, row: Row, grid: Grid, main: str) -> bool:
    """Whether a row only goes on with the entry above: its main cell is empty, or the same printed cell as above."""
    column = grid.column(main)
    if column is None:
        return False
    own = {role for role in entry.cells for piece in entry.cells[role] if piece.column not in row.carried}
    if "recommendation" in own and main != "recommendation" and entry.raw("recommendation"):
        return False  # another one, with nothing that answers it
    if column.index in row.carried or not own:
        return True  # one printed cell is one entry, however many rows stand beside it
    if entry.raw(main) or (main != "objective" and "objective" in own):
        return False
    return main == "objective" or not own <= set(_OVER)


def _broken(last: Entry, entry: Entry, main: str) -> bool:
    """The first row of a page that goes on in the middle of a sentence, without an owner or a date of its own."""
    if any(entry.raw(role) for role in ("lead", "timescale", "rag", "status", "reference", "number")):
        return False
    text = entry.raw(main)
    return text[:1].islower() and bool(_UNFINISHED.search(last.raw(main)))


def _extend(last: Entry, more: Entry, row: Row) -> None:
    last.dittos += more.dittos
    for role, pieces in more.cells.items():
        for piece in pieces:
            if piece.column not in row.carried:
                last.add(role, piece)
