"""Pages of a PDF file as pypdfium2 opens them become words, rules and areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from goldthread.reading.readers.pdf_drawn import draw
from goldthread.reading.readers.pdf_pages import Frame, Page, Word
from goldthread.reading.readers.pdf_words import words_of

_STAMP = 8  # words that may be stamped on a scanned page: "Page 87", "Appendix 2"
_PICTURE = 0.4  # the share of a page that a picture covers where it stands for the page

Field = tuple[tuple[float, float, float, float], str]
"""A filled form field: its rectangle in the file's coordinates, and what it shows."""


def load_page(document: Any, index: int, fields: Sequence[Field] = ()) -> Page:
    """Load the page at an index of an open pypdfium2 document; ``fields`` count as words in their rectangles.

    Raises PdfiumError where the page cannot be parsed.
    """
    page = document[index]
    try:
        frame = Frame(page)
        width, height = frame.size()
        made = Page(index + 1, width, height)
        text = page.get_textpage()
        try:
            made.words = words_of(text, frame, index + 1)
        finally:
            text.close()
        if any(not _inside(word, width, height) for word in made.words):
            made.outside = [word for word in made.words if not _inside(word, width, height)]
            made.words = [word for word in made.words if _inside(word, width, height)]
        made.words.extend(_field_words(fields, frame, index + 1))
        draw(page, frame, made)
        made.scanned = len(made.words) < _STAMP and _pictured(page, frame)
        return made
    finally:
        page.close()


def _inside(word: Word, width: float, height: float) -> bool:
    """Whether the middle of a word lies on the page, which has a size in points."""
    return -1 <= (word.x0 + word.x1) / 2 <= width + 1 and -1 <= (word.top + word.bottom) / 2 <= height + 1


def _field_words(fields: Sequence[Field], frame: Frame, page: int) -> Iterator[Word]:
    """The words of form fields, spread over their rectangles as a line each."""
    order = 1_000_000  # after the words of the page itself
    for rect, text in fields:
        box = frame.box(*rect)
        lines = [line.split() for line in text.split("\n") if line.strip()]
        tall = (box.bottom - box.top) / max(len(lines), 1)
        for row, words in enumerate(lines):
            wide = (box.x1 - box.x0) / len(words)
            top = box.top + row * tall
            for column, word in enumerate(words):
                x0 = box.x0 + column * wide
                order += 1
                size = round(min(tall * 0.8, 10.0), 1)
                yield Word(x0, top, x0 + wide * 0.9, top + tall, word, size, False, -1, order, page)


def _pictured(page: Any, frame: Frame) -> bool:
    """Whether pictures cover a good part of a page."""
    covered = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            x0, top, x1, bottom = frame.edges(*item.get_bounds())
        except pdfium.PdfiumError:
            continue  # a picture without a place
        width, height = frame.size()
        covered += max(min(x1, width) - max(x0, 0.0), 0.0) * max(min(bottom, height) - max(top, 0.0), 0.0)
    return bool(covered >= _PICTURE * frame.wide * frame.tall)


__all__ = ["load_page", "pdfium"]
