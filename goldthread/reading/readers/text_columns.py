"""Tables inside plain text whose columns stand side by side in spaces, as converters that keep the layout write them.

A character is given a width and a line a height, and the columns are found as they are on a page of a PDF without rules:
from where groups of words begin, and from the strips that stay empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.reading.document import Cell, Table
from goldthread.reading.readers.pdf_gutters import gutter_tables
from goldthread.reading.readers.pdf_pages import Word
from goldthread.reading.readers.pdf_ruled import Proposal

Numbered = list[tuple[int, str]]
"""Lines with their numbers, counted from 1."""

_SIDE_BY_SIDE = re.compile(r"\S {2,}\S")
_WORD = re.compile(r"\S+")
FEWEST = 4  # lines with words side by side: fewer make no table
_WIDTH, _SIZE, _PITCH = 6.0, 10.0, 12.0  # of a character, of the print, from line to line; two spaces are a gap


def aligned_tables(pages: Sequence[Numbered]) -> list[tuple[int, int, Table]]:
    """The tables among the lines of pages: for each the numbers of its first and last line, and the table."""
    found: list[tuple[int, int, Table]] = []
    gutters: list[tuple[float, float]] = []
    for lines in pages:
        if sum(1 for _, text in lines if "\t" not in text and _SIDE_BY_SIDE.search(text)) < FEWEST:
            gutters = []
            continue
        words = [word for place, (_, text) in enumerate(lines) for word in _words(place, text)]
        proposals, gutters = gutter_tables(0, words, gutters)
        found += [_table(proposal, lines) for proposal in proposals]
    return found


def _words(place: int, text: str) -> list[Word]:
    """The words of a line as if printed: ``order`` is the index of the line."""
    if "\t" in text:
        return []
    top = place * _PITCH
    return [
        Word(m.start() * _WIDTH, top, m.end() * _WIDTH, top + _SIZE, m.group(), _SIZE, order=place)
        for m in _WORD.finditer(text)
    ]


def _table(proposal: Proposal, lines: Numbered) -> tuple[int, int, Table]:
    places = [word.order for word in proposal.words]
    first, last = lines[min(places)][0], lines[max(places)][0]
    rows: list[list[Cell | None]] = [[None] * proposal.columns for _ in range(proposal.rows)]
    for cell in proposal.cells:
        own = [word.order for word in cell.words]
        at = [lines[min(own)][0], lines[max(own)][0]] if own else [first, first]
        place = {"lines": at, "row": cell.row, "cell": cell.column}
        rows[cell.row][cell.column] = Cell(_text(cell.words), place, cell.row_span, cell.col_span)
    return first, last, Table(rows, {"lines": [first, last]}, method="aligned")


def _text(words: Sequence[Word]) -> str:
    """The words of a cell, a line for each printed one."""
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(word.order, []).append(word.text)
    return "\n".join(" ".join(found[line]) for line in sorted(found))
