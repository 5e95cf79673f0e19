"""Tables of structure reports as grids of passages: torn tables put together again, torn rows too."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from goldthread.reading.document import Cell, Place, Table
from goldthread.reading.understanding.posts import is_name, is_title
from goldthread.reading.understanding.prose import Line, Passage, clean, split_breaks, unbulleted

Row = list[Passage]


@dataclass(slots=True)
class Grid:
    """A table as rows of passages, all of one width. ``caption`` is what stood alone in its first row."""

    header: Row
    rows: list[Row]
    caption: Row = field(default_factory=list)

    def column(self, index: int) -> list[str]:
        """The texts of a column that holds any, header left out."""
        return [row[index].text for row in self.rows if row[index].text]


def grid_of(tables: list[Table]) -> Grid | None:
    """One grid from the parts of a table that pages tore apart (a repeated header is dropped); None where nothing
    is in it."""
    rows: list[Row] = []
    for table in tables:
        rows.extend(_rows(table))
    rows = [row for row in rows if any(re.search(r"\w", cell.text) for cell in row)]
    caption: Row = []
    while rows and len(rows) > 1 and len(rows[0]) > 1 and _filled(rows[0]) == 1 and rows[0][0].text:
        caption += [rows.pop(0)[0]]
    if not rows:
        return None
    if _lists_somebody(rows[0]):  # a name beside a post heads nothing
        return Grid([Passage() for _ in rows[0]], rows, caption)
    header = rows[0]
    texts = [cell.text.lower() for cell in header]
    body = [row for row in rows[1:] if [cell.text.lower() for cell in row] != texts]
    return Grid(header, body, caption)


def _lists_somebody(row: Row) -> bool:
    """Whether a row says who holds a post: a cell is a person's name, another a title."""
    texts = [cell.text for cell in row]
    return any(map(is_name, texts)) and any(is_title(text) and not is_name(text) for text in texts)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.text)


def _rows(table: Table) -> list[Row]:
    return [[passage_of_cell(cell) for cell in (row + [None] * (table.width - len(row)))] for row in table.rows]


def passage_of_cell(cell: Cell | None) -> Passage:
    """A cell as a passage, one line for each printed line of it."""
    passage = Passage()
    if cell is None:
        return passage
    pieces = split_breaks(clean(cell.text))
    for piece in pieces:
        chars, bullet = unbulleted(piece)
        if chars:
            passage.add(Line(chars, cell.place, bullet=bullet or cell.bullets, bold=cell.bold, whole=len(pieces) == 1))
    return passage


def breaks_of(passage: Passage) -> list[int]:
    """The offsets at which the lines of a passage begin."""
    found, last = [], -1
    for offset, (index, _) in enumerate(passage.origin):
        if index != last:
            found.append(offset)
            last = index
    return found


def joined(first: Passage, second: Passage) -> None:
    """Append the lines of one passage to another."""
    for line in second.lines:
        first.add(line)


def row_places(row: Row) -> list[Place]:
    """Where a row stands."""
    return [place for cell in row for place in cell.places()]


_SIGN = re.compile(r"(?:^|(?<=\s))[•·▪●○◦■□►➢➤✓\uf0b7\uf0a7](?=\s)")


def list_items(passage: Passage) -> list[tuple[int, int]]:
    """The items of a list in a cell: at bullet signs, else at printed lines; one item where there is neither."""
    text = passage.text
    cuts = [match.start() for match in _SIGN.finditer(text)]
    if not cuts:
        cuts = [offset for offset in breaks_of(passage) if offset == 0 or re.match(r"[A-Z0-9(\"'“‘]", text[offset:])]
    elif text[: cuts[0]].strip():
        cuts.insert(0, 0)
    ordered = [*cuts, len(text)]
    spans = []
    for first, last in itertools.pairwise(ordered):
        sign = _SIGN.match(text, first)
        low = sign.end() if sign else first
        while low < last and text[low].isspace():
            low += 1
        high = last
        while high > low and text[high - 1].isspace():
            high -= 1
        if high > low:
            spans.append((low, high))
    return spans
