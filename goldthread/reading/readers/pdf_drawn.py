"""What is drawn on a PDF page beside its text: rules and filled areas."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from goldthread.reading.readers import pdf_plain_calls as plain
from goldthread.reading.readers.pdf_pages import Box, Frame, Page

MAX_SEGMENTS = 40_000  # lines drawn on one page; a page with more is a map or a chart
_FORMS = 3  # forms inside forms that are looked into
_THIN = 3.0  # points: a filled area thinner than this is a rule

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[float, float, float, float]


def draw(page: Any, frame: Frame, made: Page) -> None:
    """Put the rules and filled areas among an open page's paths onto the page that is made of it."""
    count = 0
    mode, stroke = ctypes.c_int(0), ctypes.c_int(0)
    at_mode, at_stroke = ctypes.addressof(mode), ctypes.addressof(stroke)
    for item, chain in _paths(plain.address_of(page.raw), None, ()):
        mode.value = stroke.value = 0
        if not plain.draw_mode(item, at_mode, at_stroke) or not (mode.value or stroke.value):
            continue
        lines = list(_segments(item, (_matrix(item), *chain)))
        count += len(lines)
        if count > MAX_SEGMENTS:
            made.across.clear()
            made.down.clear()
            return
        if mode.value and not stroke.value:
            _fill(item, lines, frame, made)
        else:
            for line in lines:
                _rule(frame.box(*line), made)
            if mode.value:
                _fill(item, lines, frame, made)


def _paths(page: int, form: int | None, chain: tuple[Matrix, ...]) -> Iterator[tuple[int, tuple[Matrix, ...]]]:
    """The paths of a page or of a form on it, each with the matrices of the forms that it is nested in."""
    count = plain.count_objects(page) if form is None else plain.count_form_objects(form)
    if count < 0:
        raise pdfium.PdfiumError("Failed to get number of pageobjects.")
    for index in range(count):
        item = plain.object_at(page, index) if form is None else plain.form_object_at(form, index)
        if not item:
            raise pdfium.PdfiumError("Failed to get pageobject.")
        kind = plain.kind_of(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, chain
        elif kind == raw.FPDF_PAGEOBJ_FORM and len(chain) < _FORMS:
            yield from _paths(page, item, (_matrix(item), *chain))


def _matrix(item: int) -> Matrix:
    found = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    plain.matrix_of(item, ctypes.addressof(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _fill(item: int, lines: list[Segment], frame: Frame, made: Page) -> None:
    """A filled area: a rule where it is thin, else a background."""
    if not lines:
        return
    xs = [x for line in lines for x in (line[0], line[2])]
    ys = [y for line in lines for y in (line[1], line[3])]
    box = frame.box(min(xs), min(ys), max(xs), max(ys))
    if box.x1 - box.x0 < _THIN or box.bottom - box.top < _THIN:
        _rule(box, made)
    elif len(lines) <= 5:
        colour = (ctypes.c_uint * 4)()  # red, green, blue, and how far it covers
        at = ctypes.addressof(colour)
        if plain.fill_colour(item, at, at + 4, at + 8, at + 12) and colour[3] > 40:
            made.fills.append((box, f"{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}"))
    else:  # several rectangles in one path: each side counts as a rule
        for line in lines:
            _rule(frame.box(*line), made)


def _rule(box: Box, made: Page) -> None:
    wide, tall = box.x1 - box.x0, box.bottom - box.top
    if tall < _THIN and wide > _THIN:
        made.across.append(box)
    elif wide < _THIN and tall > _THIN:
        made.down.append(box)


def _segments(item: int, chain: tuple[Matrix, ...]) -> Iterator[Segment]:
    """The straight lines of a path in the page's coordinates, by its own matrix and those of its forms; curves end a line."""
    found = (ctypes.c_float * 2)()
    at_x, at_y = ctypes.addressof(found), ctypes.addressof(found) + 4
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(min(plain.count_segments(item), MAX_SEGMENTS)):
        segment = plain.segment_at(item, index)
        if not segment or not plain.segment_point(segment, at_x, at_y):
            continue
        x, y = found
        for a, b, c, d, e, f in chain:
            x, y = a * x + c * y + e, b * x + d * y + f
        here = (x, y)
        kind = plain.segment_kind(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield (*last, *here)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        last = here
        if plain.segment_closes(segment) and start is not None:
            if start != here:
                yield (*here, *start)
            last = start
