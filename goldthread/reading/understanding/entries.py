"""Entries: whole rows of a plan, whichever way the table printed them; and how their lines become texts and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldthread.reading.document import Document, Paragraph, Place
from goldthread.reading.understanding.tables import Grid, Row, is_ditto

SHARED_ROLES = ("objective", "group", "directorate")
"""Roles whose cell is often printed once for several entries: an empty cell means the one above."""


@dataclass(slots=True)
class Piece:
    """A printed piece of a cell: its text, its place, and the column it stands in."""

    text: str
    place: Place
    column: int = 0
    bullets: bool = False


@dataclass(slots=True)
class Objective:
    """What one or more entries serve, as printed, its criteria perhaps within."""

    pieces: list[Piece] = field(default_factory=list)
    criteria: list[Piece] = field(default_factory=list)  # from a column of their own

    @property
    def raw(self) -> str:
        """All of its lines."""
        return "\n".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Entry:
    """One entry: for each role the pieces of its cell in order, and the objective and recommendation it stands under."""

    cells: dict[str, list[Piece]] = field(default_factory=dict)
    objective: Objective | None = None
    grid: Grid | None = None
    questions: list[str] = field(default_factory=list)
    confidence: float = 1.0
    notes: list[tuple[str, Piece]] = field(default_factory=list)  # labels that are not known, with their values
    dittos: list[Piece] = field(default_factory=list)  # cells that say "as above"

    def raw(self, role: str) -> str:
        """The text of a role with its line breaks."""
        return "\n".join(piece.text for piece in self.cells.get(role, []) if piece.text.strip())

    def add(self, role: str, piece: Piece) -> None:
        """Add a piece to a role."""
        self.cells.setdefault(role, []).append(piece)


@dataclass(slots=True)
class TableStart:
    """A table begins, under the headings above it (None: it goes on under those before)."""

    grid: Grid
    above: list[str] | None


@dataclass(slots=True)
class Section:
    """A heading row inside a table."""

    text: str
    place: Place


Item = Entry | TableStart | Section


def pieces_of(row: Row, grid: Grid) -> Iterator[tuple[str, Piece]]:
    """The filled cells of a row with the role of their column; a column without a role has the role ""."""
    for column in grid.columns:
        if column.index < len(row.texts) and row.texts[column.index].strip():
            index = column.index
            yield column.role or "", Piece(row.texts[index], row.places[index], index, index in row.bullets)


def entries_of_rows(grid: Grid, above: list[str] | None, sections: Iterable[int]) -> Iterator[Item]:
    """The items of a grid in which each row is whole: merged, blank and repeated cells carried down, ditto signs followed.

    A row without an entry of its own (no action, or whatever the table lists) goes on with the entry above it.
    """
    yield TableStart(grid, above)
    main = main_role(grid)
    held: dict[str, list[Piece]] = {}
    objective: Objective | None = None
    last: Entry | None = None
    heading_rows = set(sections)
    for at, row in enumerate(grid.rows):
        if at in heading_rows:
            filled = row.filled[0] if row.filled else 0
            yield from _pending(last)
            last, objective, held = None, None, {}
            yield Section(row.texts[filled], row.places[filled])
            continue
        if row.kind != "body":
            continue
        entry = Entry(grid=grid)
        for role, piece in pieces_of(row, grid):
            if is_ditto(piece.text) and held.get(role):
                entry.cells.setdefault(role, []).extend(held[role])
                entry.dittos.append(piece)
            else:
                entry.add(role, piece)
        if last is not None and _goes_on(entry, row, grid, main):
            _extend(last, entry, row)
            continue
        yield from _pending(last)
        objective = _objective(entry, objective, main)
        entry.objective = objective
        for role in ("group", "directorate", "recommendation", "number", "key_risk"):
            if role != main and (role in SHARED_ROLES or "recommendation" in grid.roles) and not entry.raw(role):
                entry.cells[role] = held.get(role, []) if _shares(entry, held, role, main) else []
        held = {**held, **{role: pieces for role, pieces in entry.cells.items() if pieces}}
        last = entry
    yield from _pending(last)


def _pending(entry: Entry | None) -> Iterator[Item]:
    if entry is not None and any(piece.text.strip() for pieces in entry.cells.values() for piece in pieces):
        yield entry


def main_role(grid: Grid) -> str:
    """The role of the column whose cell makes an entry."""
    for role in ("action", "recommendation", "saving", "indicator", "objective", "description"):
        if role in grid.roles:
            return role
    return "action"


def _goes_on(entry: Entry, row: Row, grid: Grid, main: str) -> bool:
    """Whether a row only goes on with the entry above: nothing in its main cell (or a merge from above) and no new owner."""
    column = grid.column(main)
    if column is None:
        return False
    own = {role for role in entry.cells for piece in entry.cells[role] if piece.column not in row.carried}
    if column.index in row.carried or not own:
        return True  # one printed cell is one entry, however many rows stand beside it
    if entry.raw(main):
        return False
    return main == "objective" or not own <= {"objective", "group", "number", "reference", "criteria", "recommendation"}


def _extend(last: Entry, more: Entry, row: Row) -> None:
    last.dittos += more.dittos
    for role, pieces in more.cells.items():
        for piece in pieces:
            if piece.column not in row.carried:
                last.add(role, piece)


def _objective(entry: Entry, before: Objective | None, main: str) -> Objective | None:
    """The objective of an entry: its own cell, or the one above where its cell is empty, merged or the same text again."""
    pieces = entry.cells.get("objective", []) if main != "objective" else []
    criteria = entry.cells.get("criteria", []) if main != "objective" else []
    text = " ".join(" ".join(piece.text.split()) for piece in pieces)
    if not text or before is not None and text == " ".join(before.raw.split()):
        if before is not None and criteria:
            known = {" ".join(piece.text.split()) for piece in before.criteria}
            before.criteria += [piece for piece in criteria if " ".join(piece.text.split()) not in known]
        return before
    return Objective(list(pieces), list(criteria))


def _shares(entry: Entry, held: dict[str, list[Piece]], role: str, main: str) -> bool:
    """An empty number or recommendation means the one above only while the recommendation itself is not a new one."""
    if role in SHARED_ROLES or main == "recommendation":
        return role in SHARED_ROLES
    return not entry.raw("recommendation") or entry.cells.get("recommendation") is held.get("recommendation")


class Lines:
    """Joins printed lines to running text, with what the document's own words say of hyphens at the ends of lines."""

    def __init__(self, document: Document) -> None:
        self.count: Counter[str] = Counter()  # every word, in lower case
        self.small: Counter[str] = Counter()  # the words that are printed without a capital
        for block in document.blocks:
            texts = (
                [block.text]
                if isinstance(block, Paragraph)
                else [c.text for r in block.rows for c in r if c is not None]
            )
            for text in texts:
                words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)
                self.count.update(word.lower() for word in words)
                self.small.update(word for word in words if word[:1].islower())

    def join(self, text: str) -> str:
        """Lines joined with single spaces; a word that a hyphen broke at a line's end is put together again.

        The hyphen stays where the document elsewhere prints the word with it, or does not print it at all without.
        """
        out = ""
        for line in (" ".join(raw.split()) for raw in text.split("\n")):
            if not line:
                continue
            tail = re.search(r"([^\W\d_]{2,})[-\u00ad]$", out)
            head = re.match(r"[^\W\d_]+", line)
            if tail and head and line[:1].islower():
                whole = (tail.group(1) + head.group()).lower()
                if self.count[whole] or out.endswith("\u00ad"):
                    out = out[:-1]
                out += line
            elif re.search(r"\w-$", out) and head:
                out += line
            else:
                out = f"{out} {line}" if out else line
        return out


def sources(pieces: Iterable[tuple[str, Piece]], grid: Grid | None) -> list[Place]:
    """The places of an entry's pieces as the format prints them: one for each printed row, with the cells by field."""
    found: list[Place] = []
    for name, piece in pieces:
        key = {k: v for k, v in piece.place.items() if k not in ("cell", "column", "box", "chars", "lines")}
        lines = piece.place.get("lines")
        if grid is not None:
            key.setdefault("table", grid.number)
        for place in found:
            if all(place.get(k) == v for k, v in key.items() if k != "row") and _same_row(place, key, lines):
                break
        else:
            place = dict(key)
            place["cells"] = {}
            if lines:
                place["lines"] = list(lines)
            found.append(place)
        if lines:
            place["lines"] = [min(place["lines"][0], lines[0]), max(place["lines"][1], lines[1])]
        place["cells"].setdefault(name, piece.place.get("cell", piece.place.get("column", piece.column)))
        if "box" in piece.place:
            place["box"] = _union(place.get("box"), piece.place["box"])
    return found


def _same_row(place: Place, key: Place, lines: list[int] | None) -> bool:
    """Printed lines that touch are one place; elsewhere a row is a row."""
    if lines and "lines" in place:
        return bool(lines[0] - place["lines"][1] <= 1)
    return bool(place.get("row") == key.get("row"))


def _union(a: list[float] | None, b: list[float]) -> list[float]:
    if a is None:
        return list(b)
    return [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
