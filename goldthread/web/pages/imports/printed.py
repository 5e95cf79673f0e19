"""What stands around a printed place: the page of a PDF as a picture, else the rows or paragraphs around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from django.urls import reverse

from goldthread.commons.files.pictures import page_picture
from goldthread.commons.files.storage import path_of
from goldthread.domain.imports.models import Import
from goldthread.domain.register.models import Passage
from goldthread.kernel.shortening import shortened
from goldthread.reading.document import UnreadableFile
from goldthread.reading.pictures import size_in_points
from goldthread.web.as_read import BlockView, CellView, RowView, blocks_of, document_of

AROUND = 2
"""Rows or paragraphs shown on each side of the place."""

MARGIN = 60.0
"""Points of the page shown above and below the place, where not the whole page is."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page of a PDF file, or a strip of it, with places outlined. Sizes in points."""

    number: int
    href: str
    width: float
    height: float
    shown: Box
    boxes: list[Box]

    @property
    def view_box(self) -> str:
        """What is shown of the page, as SVG wants it."""
        shown = self.shown
        return f"{shown.x:.1f} {shown.y:.1f} {shown.width:.1f} {shown.height:.1f}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown beside an entry: pages, or blocks of the document, or (neither) only its words."""

    pages: list[PagePart] = field(default_factory=list)
    blocks: list[BlockView] = field(default_factory=list)
    problem: str = ""


_reading = Lock()  # several places of one document are asked for at once: it is read once


def surroundings_of(batch: Import, passage: Passage | None, *, whole_page: bool = False) -> Surroundings:
    """What stands around a passage of an imported file; a strip of the page unless the whole page is asked for."""
    if passage is None:
        return Surroundings()
    if any(place.get("page") and place.get("box") for place in passage.places):
        return _pages(batch, passage.places, whole_page=whole_page)
    if not path_of(batch.sha256).exists():
        return Surroundings(problem="The file itself is missing; restore it from a backup.")
    with _reading:
        document = document_of(batch.sha256, batch.file_name)
    if document is None:
        return Surroundings(problem="The file can no longer be read.")
    return Surroundings(blocks=_around(blocks_of(document, [], passage)))


def _pages(batch: Import, places: Sequence[dict[str, Any]], *, whole_page: bool) -> Surroundings:
    by_page: dict[int, list[Box]] = {}
    for place in places:
        if place.get("page") and place.get("box"):
            x, y, right, bottom = (float(value) for value in place["box"])
            by_page.setdefault(int(place["page"]), []).append(Box(x - 3, y - 3, right - x + 6, bottom - y + 6))
    parts = []
    for number, boxes in sorted(by_page.items()):
        try:
            width, height = size_in_points(page_picture(batch.sha256, number))
        except UnreadableFile as problem:
            return Surroundings(problem=str(problem))
        shown = Box(0, 0, width, height) if whole_page else _strip(width, height, boxes)
        href = reverse("import_page", args=[batch.pk, number])
        parts.append(PagePart(number, href, width, height, shown, boxes))
    return Surroundings(pages=parts)


def _strip(width: float, height: float, boxes: Sequence[Box]) -> Box:
    """The part of a page around some boxes, at least three fifths of the page wide, so that words keep their size."""
    top = max(0.0, min(box.y for box in boxes) - MARGIN)
    end = min(height, max(box.y + box.height for box in boxes) + MARGIN)
    left, right = min(box.x for box in boxes) - MARGIN / 2, max(box.x + box.width for box in boxes) + MARGIN / 2
    wide = min(width, max(right - left, 0.6 * width))
    return Box(min(max(0.0, left), width - wide), top, wide, end - top)


def _around(blocks: Sequence[BlockView]) -> list[BlockView]:
    """The marked rows and paragraphs, those around them, the heading they stand under and the header of their table."""
    shown: list[BlockView] = []
    marked = [number for number, block in enumerate(blocks) if block.marked or any(row.marked for row in block.rows)]
    kept: set[int] = set()
    for number in marked:
        near = 0 if blocks[number].rows else AROUND
        kept |= set(range(max(0, number - near), min(len(blocks), number + near + 1)))
        heading = next((one for one in range(number, -1, -1) if blocks[one].kind == "heading"), None)
        kept |= {heading} if heading is not None else set()
    for number in sorted(kept):
        block = blocks[number]
        if number in marked and block.rows:
            shown.append(replace(block, rows=_rows(block.rows)))
        elif not block.rows:
            shown.append(block)
    return shown


def _rows(rows: Sequence[RowView]) -> list[RowView]:
    marked = [number for number, row in enumerate(rows) if row.marked]
    heads = {number for number, row in enumerate(rows) if row.head} or {0}
    near = {number + step for number in marked for step in (-1, 0, 1)}
    return [
        row if row.marked or number in heads else replace(row, cells=[_short(cell) for cell in row.cells])
        for number, row in enumerate(rows)
        if number in near | heads
    ]


def _short(cell: CellView) -> CellView:
    return replace(cell, text=shortened(cell.text, 90))
