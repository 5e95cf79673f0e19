"""What the documents of a review print of its own clock."""

from __future__ import annotations

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import source_files
from goldthread.domain.register.queries.sources import may_open_whole
from goldthread.domain.reviews.rules.printed_clock import PrintedDate, printed_clock
from goldthread.reading.document import Document, Table
from goldthread.web.as_read import document_of


def printed_steps(review: Record, *, viewer: Viewer) -> list[PrintedDate]:
    """The days and periods that the documents of a review print of its own clock; nothing where the viewer may not open them."""
    if not may_open_whole(viewer):
        return []
    sources = source_files(viewer=viewer).filter(passages__records__within=review).distinct()
    found: list[PrintedDate] = []
    for source in sources[:3]:
        document = document_of(source.sha256, source.name)
        if document is not None:
            found += printed_clock(_lines(document))
    return found


def _lines(document: Document) -> list[str]:
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines += [cell.text for row in block.rows for cell in row if cell is not None]
        else:
            lines += block.text.splitlines()
    return lines
