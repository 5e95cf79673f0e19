"""The beginning of a reading: what a document says of itself before anything in it is understood."""

from __future__ import annotations

from goldthread.reading.document import Document
from goldthread.reading.reading import Reading
from goldthread.reading.understanding.prose import lines_of
from goldthread.reading.understanding.prose_furniture import set_apart
from goldthread.reading.understanding.sections import Section, outline
from goldthread.reading.understanding.title import start_reading


def begin(document: Document, kind: str) -> tuple[Reading, list[Section]]:
    """A reading without records, its page furniture set apart already, and the document's sections in order."""
    reading = start_reading(document, kind)
    flow, furniture = set_apart(lines_of(document.blocks))
    reading.furniture.extend(furniture)
    return reading, outline(flow)
