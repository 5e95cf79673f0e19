"""Tables without rules: columns are found from the gaps that run down a page under a row of headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from goldthread.reading.readers.pdf_pages import Box, Page, Word
from goldthread.reading.readers.pdf_ruled import GridCell, Proposal
from goldthread.reading.readers.pdf_text import Line, boxed, lines_of

_GUTTER = 1.1  # font sizes: a gap between words that is wider parts two columns
_SLACK = 3.0  # points that a column's text may stand left of its heading
_FAR = 4.0  # line pitches: a larger gap ends a table
_PADDED = 1.15  # line pitches: rows further apart than this stand apart
MIN_ROWS = 3  # with the row of headings


def column_tables(page: Page, words: Sequence[Word]) -> list[Proposal]:
    """Tables among words that stand in no ruled table, from the top down."""
    lines = lines_of(words)
    found: list[Proposal] = []
    here = 0
    while here < len(lines):
        starts = _columns(lines[here])
        stop = _end(lines, here, starts) if len(starts) > 1 else here
        proposal = _table(page, lines[here:stop], starts) if stop - here >= MIN_ROWS else None
        if proposal is not None:
            found.append(proposal)
            here = stop
        else:
            here += 1
    return found


def _chunks(line: Line) -> list[list[Word]]:
    """The words of a line in groups, wide gaps between them."""
    groups: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        if word.x0 - groups[-1][-1].x1 > _GUTTER * max(line.size, 6.0):
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def _columns(line: Line) -> list[float]:
    """Where columns begin if this line is a row of headings: short labels, far apart."""
    groups = _chunks(line)
    if len(groups) < 2 or line.bulleted or any(len(group) > 6 for group in groups):
        return []
    return [group[0].x0 for group in groups]


def _fits(line: Line, starts: Sequence[float]) -> bool:
    """Whether no group of words of a line runs across the beginning of a column."""
    for group in _chunks(line):
        left, right = group[0].x0, group[-1].x1
        if left < starts[0] - _SLACK - 12:
            return False
        if any(left < start - _SLACK and right > start + _SLACK for start in starts):
            return False
    return True


def _end(lines: Sequence[Line], first: int, starts: Sequence[float]) -> int:
    """The line after the last one of a table that begins at a line."""
    stop = first + 1
    while stop < len(lines) and (_fits(lines[stop], starts) or _group_row(lines, stop, starts)):
        pitch = lines[stop].box.middle[1] - lines[stop - 1].box.middle[1]
        if pitch > _FAR * max(lines[stop].size, 6.0) * 1.2:
            break
        stop += 1
    return stop


def _group_row(lines: Sequence[Line], place: int, starts: Sequence[float]) -> bool:
    """Whether a line is the name of a group of rows: it begins where the table does, runs across, and rows follow."""
    line = lines[place]
    if _fits(line, starts) or len(_chunks(line)) > 1 or abs(line.words[0].x0 - starts[0]) > _SLACK:
        return False
    below = lines[place + 1] if place + 1 < len(lines) else None
    return below is not None and _fits(below, starts) and len({_column_of(word, starts) for word in below.words}) > 1


def _column_of(word: Word, starts: Sequence[float]) -> int:
    return max(bisect_right(starts, word.x0 + _SLACK) - 1, 0)


def _table(page: Page, lines: list[Line], starts: Sequence[float]) -> Proposal | None:
    """Lines as rows of cells; None where too few of them have words in several columns."""
    groups = _rows(page, lines, starts)
    box = boxed([word for line in lines for word in line.words])
    cells: list[GridCell] = []
    for number, group in enumerate(groups):
        row = boxed([word for line in group for word in line.words])
        if not _fits(group[0], starts):
            words = [word for line in group for word in line.words]
            cells.append(GridCell(number, 0, 1, len(starts), row, words))
            continue
        for column, start in enumerate(starts):
            right = starts[column + 1] if column + 1 < len(starts) else box.x1 + 1
            cell = GridCell(number, column, 1, 1, Box(start, row.top, right, row.bottom))
            cell.words = [w for line in group for w in line.words if _column_of(w, starts) == column]
            cells.append(cell)
    wide = sum(1 for n in range(len(groups)) if sum(1 for c in cells if c.row == n and c.words) > 1)
    every_column = all(sum(1 for c in cells if c.column == k and c.words) > 1 for k in range(len(starts)))
    if len(groups) < MIN_ROWS or wide < max(3, 0.6 * len(groups)) or not every_column:
        return None
    return Proposal("columns", page.number, box, len(groups), len(starts), cells)


def _rows(page: Page, lines: list[Line], starts: Sequence[float]) -> list[list[Line]]:
    """Lines that belong to one row: parted by rules where there are some, else by where a new entry begins.

    In a table whose rows stand further apart than the lines of a cell, an entry begins after such a gap with words in the
    first column or in several; in a tight table with every word in the first column.
    """
    rules = sorted(rule.middle[1] for rule in page.across if rule.x1 - rule.x0 > (starts[-1] - starts[0]) * 0.8)
    inside = [y for y in rules if lines[0].box.top < y < lines[-1].box.bottom]
    pitches = [b.box.middle[1] - a.box.middle[1] for a, b in pairwise(lines)]
    tight = min((p for p in pitches if p > 0.9 * lines[0].size), default=0.0)
    padded = any(pitch > _PADDED * tight for pitch in pitches)
    groups: list[list[Line]] = [[lines[0]]]
    for (above, line), pitch in zip(pairwise(lines), pitches, strict=True):
        columns = {_column_of(word, starts) for word in line.words}
        if not (_fits(above, starts) and _fits(line, starts)):
            new = True
        elif len(inside) > 1:
            new = any(above.box.middle[1] < y < line.box.middle[1] for y in inside)
        else:
            new = 0 in columns
            if padded:
                new = pitch > _PADDED * tight and (new or len(columns) > 1)
        if new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups
