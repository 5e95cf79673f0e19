"""Entries: whole rows of a plan, whichever way the table printed them; and how their lines become texts and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goldthread.reading.document import Document, Paragraph, Place
from goldthread.reading.understanding.parted import parts_of
from goldthread.reading.understanding.tables import Grid, Row

_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u00ad]$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST_WORD = 60  # characters of a word at a line's end that are looked at


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
        pieces = self.cells.get(role)
        return "\n".join([piece.text for piece in pieces if piece.text.strip()]) if pieces else ""

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
    """The filled cells of a row with the role of their column; a column without a role has the role "".

    A rating that only a colour shows is given as the word for the colour.
    """
    latest = _latest_told(row, grid)
    for column in grid.columns:
        index = column.index
        if index >= len(row.texts):
            continue
        if column.role == "told" and row.texts[index].strip():
            role = "update" if index == latest else "also"
            yield role, Piece(row.texts[index], row.places[index], index, index in row.bullets)
            continue
        if row.texts[index].strip() and column.also_holds is not None:
            for role, text in parts_of(row.texts[index], column.role or "", column.also_holds):
                yield role, Piece(text, row.places[index], index, index in row.bullets)
        elif row.texts[index].strip():
            yield column.role or "", Piece(row.texts[index], row.places[index], index, index in row.bullets)
        elif column.role == "rag" and index in row.fills and len(row.filled) > 1:
            yield "rag", Piece(row.fills[index], row.places[index], index)


def _latest_told(row: Row, grid: Grid) -> int | None:
    """Of the columns that tell of one quarter after another, the last that a row fills: how things stand now. None where
    another column is the update."""
    if any(column.role == "update" for column in grid.columns):
        return None
    told = [column.index for column in grid.columns if column.role == "told" and column.index < len(row.texts)]
    return next((index for index in reversed(told) if row.texts[index].strip()), None)


def main_role(grid: Grid) -> str:
    """The role of the column whose cell makes an entry; in a register of risks the risk, whatever is done about it."""
    if grid.kind == "register" and "key_risk" in grid.roles:
        return "key_risk"
    if grid.kind == "benefits":
        return "benefit"
    for role in ("action", "recommendation", "saving", "indicator", "objective", "description"):
        if role in grid.roles:
            return role
    return "action"


class Lines:
    """Joins printed lines to running text, with what the document's own words say of hyphens at the ends of lines."""

    def __init__(self, document: Document) -> None:
        self.count: Counter[str] = Counter()  # every word, in lower case
        self.small: Counter[str] = Counter()  # the words that are printed without a capital
        printed: Counter[str] = Counter()
        for block in document.blocks:
            texts = (
                [block.text]
                if isinstance(block, Paragraph)
                else [c.text for r in block.rows for c in r if c is not None]
            )
            for text in texts:
                printed.update(_WORD.findall(text))
        for word, times in printed.items():  # each word once: most of a document's words are the same few
            self.count[word.lower()] += times
            if word[:1].islower():
                self.small[word] += times

    def join(self, text: str) -> str:
        """Lines joined with single spaces; a word that a hyphen broke at a line's end is put together again.

        The hyphen stays where the document elsewhere prints the word with it, or does not print it at all without.
        """
        if "\n" not in text:
            return " ".join(text.split())
        out = ""
        for line in (" ".join(raw.split()) for raw in text.split("\n")):
            if not line:
                continue
            tail = _BROKEN.search(out, max(len(out) - _LONGEST_WORD, 0)) if out.endswith(("-", "\u00ad")) else None
            head = re.match(r"[^\W\d_]+", line)
            if tail and head and line[:1].islower():
                whole = (tail.group(1) + head.group()).lower()
                if self.count[whole] or out.endswith("\u00ad"):
                    out = out[:-1]
                out += line
            elif out.endswith("-") and re.search(r"\w-$", out[-2:]) and head:
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
        if grid is not None and grid.number:
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
