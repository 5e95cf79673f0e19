"""Miniature documents for the tests of plans: invented councils, people and work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from goldthread.reading.document import Block, Cell, Document, Paragraph, Table
from goldthread.reading.readers import text
from goldthread.reading.reading import Reading, ReadRecord
from goldthread.reading.understanding import understand


def heading(words: str, level: int = 2) -> Paragraph:
    """A heading as Word marks it."""
    return Paragraph(words, {"headings": [words]}, level=level)


def table(
    *rows: list[str | None], method: str = "word", spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> Table:
    """A table from rows of texts; None is a cell that a merge covers, ``spans`` says how many rows and columns a cell spans."""
    spans = spans or {}
    grid: list[list[Cell | None]] = []
    for r, row in enumerate(rows):
        cells: list[Cell | None] = []
        for c, words in enumerate(row):
            down, across = spans.get((r, c), (1, 1))
            place = {"table": 1, "row": r, "cell": c}
            cells.append(None if words is None else Cell(words, place, row_span=down, col_span=across))
        grid.append(cells)
    return Table(grid, {"table": 1}, method=method)


def across(words: str, width: int) -> tuple[list[str | None], tuple[int, int]]:
    """A row whose first cell spans the table, and its span."""
    return [words, *[None] * (width - 1)], (1, width)


def read(*blocks: Block) -> Reading:
    """The reading of a document made of blocks."""
    return understand(Document("a.docx", "0" * 64, "text/plain", list(blocks)))


def read_text(tmp_path: Path, lines: str) -> Reading:
    """The reading of a plain text; ``→`` stands for a tab."""
    path = tmp_path / "plan.txt"
    path.write_text(lines.replace("→", "\t"), encoding="utf-8")
    return understand(text.read(path, "plan.txt"))


def of(reading: Reading, kind: str) -> list[ReadRecord]:
    """The records of a kind, in order."""
    return [record for record in reading.records if record.kind == kind]


def leads(record: ReadRecord) -> list[str]:
    """The names of a record's leads."""
    return [lead["text"] for lead in record.fields.get("leads", [])]


def said(value: Any) -> Any:
    """What is printed of a field that carries more than its text."""
    return value["text"] if isinstance(value, dict) else value
