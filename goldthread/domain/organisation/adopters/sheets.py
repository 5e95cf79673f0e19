"""A CSV or Excel file of posts as rows of texts."""

from __future__ import annotations

from pathlib import Path

from goldthread.commons.errors import Refused
from goldthread.reading.document import Table, UnreadableFile
from goldthread.reading.readers import read_document


def rows_of(path: Path, *, name: str) -> list[list[str]]:
    """The rows of a file's only table, headings first. Raises Refused where the file cannot be read, or holds several."""
    if not name.lower().endswith((".csv", ".xlsx", ".ods", ".tsv")):
        raise Refused(f"{name} is neither CSV nor Excel; save the list of posts as one of these.")
    try:
        document = read_document(path, name=name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.rows) > 1]
    if len(tables) != 1:
        said = "no table of posts" if not tables else f"{len(tables)} sheets or tables with rows"
        raise Refused(f"{name} holds {said}; keep the one with the posts, its headings in the first row.")
    return [[cell.text if cell is not None else "" for cell in row] for row in tables[0].rows]
