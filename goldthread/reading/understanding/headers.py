"""Where the header of a table is and which rows it takes: by the words of headings, by what the file says, by how it is set.

Headings that nobody knows still look like headings: short and different words over cells of another sort (dates, names,
ratings, sentences), often bold or on a coloured ground.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldthread.reading.document import Cell, Table
from goldthread.reading.understanding.cells import AMOUNT, cells_of, is_code, is_colour, is_date
from goldthread.reading.understanding.columns import is_period, looks_like_header, role_of_heading
from goldthread.reading.understanding.fitting import heading_marks

if TYPE_CHECKING:
    from goldthread.reading.understanding.tables import Row

HEADER_WITHIN = 12  # title rows of a sheet above its header: no more than this
FEWEST_ROWS, HEADING_WORDS, SURE = 3, 9, 0.8  # of a table whose headings are mostly unknown
BELOW = 12  # rows below a header that are looked at
ASKED = 0.8  # what a heading that asks adds to the mark of its row
ENOUGH = 1.9  # from this mark on a row of unknown headings is a header


def header_of(table: Table, rows: Sequence[Row]) -> tuple[int, int] | None:
    """The index of a table's first header row, and how many rows the header has; None where it has none."""
    at = _by_words(rows)
    marked = _by_marks(table, rows)
    if marked is not None and (at is None or at > marked[0]):
        return marked
    if at is None:
        at = _by_looks(table, rows)
    if at is None:
        return None
    deeper = at + 1 < len(rows) and is_second_header(rows[at], rows[at + 1])
    return at, 2 if deeper else 1


def headings_over(table: Table, rows: Sequence[Row], at: int, depth: int) -> list[str]:
    """The heading of each column: those of its header rows one after the other, merged ones over all that they span."""
    levels = [_spread(table, rows[n], last=n == at + depth - 1) for n in range(at, at + depth)]
    return [" ".join(dict.fromkeys(part for part in parts if part.strip())) for parts in zip(*levels, strict=True)]


def _own(row: Row) -> list[str]:
    return [text if i not in row.carried else "" for i, text in enumerate(row.texts)]


def _by_words(rows: Sequence[Row]) -> int | None:
    return next((n for n, row in enumerate(rows[:HEADER_WITHIN]) if looks_like_header(_own(row))), None)


def _by_marks(table: Table, rows: Sequence[Row]) -> tuple[int, int] | None:
    """The rows that the file itself marks as header, without title rows of one cell among them."""
    if not table.header_rows or not rows or rows[0].at:
        return None
    end = min(table.header_rows, len(rows))
    start = next((n for n in range(end) if len(rows[n].filled) > 1), None)
    if start is None or (end == len(rows) and end > 2):
        return None
    if end - start == 1 and end < len(rows) and is_second_header(rows[start], rows[end]):
        end += 1
    return start, end - start


def _by_looks(table: Table, rows: Sequence[Row]) -> int | None:
    """The first row of a table that looks like one of headings over what stands below it."""
    if len(rows) < FEWEST_ROWS:
        return None
    used = {i for row in rows[: HEADER_WITHIN + BELOW] for i in row.filled}
    for n, row in enumerate(rows[:HEADER_WITHIN]):
        filled = row.filled
        if len(filled) < 2 or len(rows) - n < FEWEST_ROWS - 1:
            continue
        wide = sum(max(1, _cell(table, row, i).col_span) for i in filled)
        if wide < max(2, 0.7 * len(used)):
            continue
        return n if _looks(table, rows, n) >= ENOUGH else None  # the first row of an entry ends what may stand above
    return None


def _cell(table: Table, row: Row, column: int) -> Cell:
    cells = table.rows[row.at] if row.at < len(table.rows) else []
    return (cells[column] if column < len(cells) else None) or Cell("")


def _looks(table: Table, rows: Sequence[Row], at: int) -> float:
    """How much a row looks like a header: 0 like an entry, 2 and more like headings."""
    row = rows[at]
    texts = [row.texts[i].strip() for i in row.filled]
    if any(_says_a_value(text) or len(text.split()) > HEADING_WORDS for text in texts):
        return 0.0
    if len({text.lower() for text in texts}) < len(texts):
        return 0.0
    below = [r for r in rows[at + 1 : at + 1 + BELOW] if len(r.filled) > 1 or r.carried]
    mark = 0.0
    for dressed in (lambda cell: cell.bold, lambda cell: cell.fill is not None):
        own = all(dressed(_cell(table, row, i)) for i in row.filled)
        others = [dressed(_cell(table, r, i)) for r in below for i in r.filled]
        if own and others and sum(others) < len(others) / 2:
            mark += 1.2
    named = [role_of_heading(text) for text in texts]
    mark += 0.8 * min(2, sum(1 for role, sure in named if role is not None and sure >= SURE))
    mark += ASKED * any(text.endswith("?") for text in texts)  # "Are we on track?"
    hints = sum(1 for text, (role, sure) in zip(texts, named, strict=True) if len(heading_marks(text, role, sure)) > 1)
    mark += 0.8 * hints / len(texts)
    return mark + 2.0 * _contrast(rows[at], below)


def _says_a_value(text: str) -> bool:
    """A cell that no heading is: an amount, a reference, a date, a colour, a sentence."""
    if is_period(text) or re.fullmatch(r"(?:20)?\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?", text):
        return False
    ends = text.endswith((".", ";")) and len(text.split()) > 3
    return (
        ends
        or bool(AMOUNT.match(text))
        or (is_code(text) and any(c.isdigit() for c in text))
        or is_colour(text)
        or (any(c.isdigit() for c in text) and is_date(text))
    )


def _contrast(header: Row, below: Sequence[Row]) -> float:
    """The share of columns whose cells are of another sort than their heading: values or sentences under a few words."""
    if not below:
        return 0.0
    different = 0.0
    for column in header.filled:
        texts = [row.texts[column] for row in below]
        held, own = cells_of(texts), cells_of([header.texts[column]])
        sorts = ("date", "amount", "code", "colour", "status", "owner", "period", "task", "news")
        other = any(getattr(held, sort) >= 0.7 and getattr(own, sort) == 0 for sort in sorts)
        longer = held.words >= 2.5 * max(own.words, 2.0)
        different += other or longer
    return different / len(header.filled)


def is_second_header(upper: Row, lower: Row) -> bool:
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


def _spread(table: Table, row: Row, *, last: bool) -> list[str]:
    """The headings of a row with those of merged cells repeated over the columns they span."""
    spread = _own(row)
    if last:
        return spread
    for index in range(len(spread)):
        span = _cell(table, row, index).col_span
        for over in range(index, min(index + span, len(spread))):
            spread[over] = spread[over] or spread[index]
    return spread
