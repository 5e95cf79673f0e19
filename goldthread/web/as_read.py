"""A document as it was read, block by block, with the places that entries came from.

A file is read again for this, and only one that was read within its bounds before: the last few are remembered by their
hash, which never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from goldthread.commons.files.storage import path_of
from goldthread.domain.register.models import Passage, Record
from goldthread.reading.document import Document, Paragraph, Table, UnreadableFile
from goldthread.reading.readers import read_document
from goldthread.web.entries import address_of

Key = tuple[Any, ...]
Entries = Mapping[Key, list[tuple[str, str]]]


@dataclass(slots=True)
class CellView:
    """A cell: its text, whether it belongs to the passage asked for, and how many columns and rows it takes."""

    text: str
    marked: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class RowView:
    """A row of a table: its cells, the entries that came of it, whether it is the (first) place asked for."""

    cells: list[CellView]
    entries: list[tuple[str, str]]
    marked: bool = False
    here: bool = False
    head: bool = False


@dataclass(slots=True)
class BlockView:
    """A heading, a paragraph or a table of the document."""

    kind: str
    text: str = ""
    rows: list[RowView] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    marked: bool = False
    here: bool = False


@lru_cache(maxsize=8)
def _document(sha256: str, name: str) -> Document:
    return read_document(path_of(sha256), name=name)


def document_of(sha256: str, name: str) -> Document | None:
    """The document of a kept file, None where the file is missing or can no longer be read."""
    try:
        return _document(sha256, name)
    except (FileNotFoundError, UnreadableFile):
        return None


def keys_of(place: Mapping[str, Any]) -> list[Key]:
    """What a printed place is compared by, whatever the format: a sheet's row, lines, a table's row, a paragraph, a box."""
    if "sheet" in place:
        return [("sheet", place["sheet"], place.get("row"))]
    if lines := place.get("lines"):
        return [("line", number) for number in range(lines[0], lines[-1] + 1)]
    if "row" in place and not {"page", "headings"} & set(place):
        return [("sheet", None, place["row"])]
    if "table" in place and "row" in place:
        return [("row", place.get("page"), place["table"], place["row"])]
    if "paragraph" in place:
        return [("paragraph", place["paragraph"])]
    if box := place.get("box"):
        return [("box", place.get("page"), *(round(value) for value in box))]
    return []


def entries_by_place(pairs: Iterable[tuple[Passage, Record]]) -> dict[Key, list[tuple[str, str]]]:
    """The entries (reference, address) that came from each place."""
    found: dict[Key, list[tuple[str, str]]] = {}
    for passage, record in pairs:
        entry = (record.reference, address_of(record))
        for place in passage.places:
            for key in keys_of(place):
                if entry not in found.setdefault(key, []):
                    found[key].append(entry)
    return found


def blocks_of(document: Document, pairs: Iterable[tuple[Passage, Record]], marked: Passage | None) -> list[BlockView]:
    """The blocks of a document in reading order; the first one of the passage asked for is ``here``."""
    entries, wanted = entries_by_place(pairs), _wanted(marked)
    blocks = [
        _paragraph(block, entries, wanted) if isinstance(block, Paragraph) else _table(block, entries, wanted)
        for block in document.blocks
    ]
    places = [place for block in blocks for place in (block.rows or [block])]
    first = next((place for place in places if place.marked), None)
    if first is not None:
        first.here = True
    return blocks


def _wanted(marked: Passage | None) -> dict[Key, set[int]]:
    """The keys of the passage asked for, each with the cells that it names (none: the whole place)."""
    wanted: dict[Key, set[int]] = {}
    for place in marked.places if marked else []:
        for key in keys_of(place):
            cells = (place.get("cells") or {}).values() or [place[name] for name in ("cell", "column") if name in place]
            wanted.setdefault(key, set()).update(cells)
    return wanted


def _paragraph(block: Paragraph, entries: Entries, wanted: Mapping[Key, set[int]]) -> BlockView:
    keys = keys_of(block.place)
    return BlockView(
        kind="heading" if block.level else "text",
        text=f"• {block.text}" if block.bullet else block.text,
        entries=_entries(keys, entries),
        marked=any(key in wanted for key in keys),
    )


def _table(block: Table, entries: Entries, wanted: Mapping[Key, set[int]]) -> BlockView:
    rows = []
    for number, cells in enumerate(block.rows):
        keys = list(dict.fromkeys(key for cell in cells if cell for key in keys_of({**block.place, **cell.place})))
        named = {one for key in keys for one in wanted.get(key, ())}
        marked = any(key in wanted for key in keys)
        views = [
            CellView(cell.text, marked and _names(cell.place, named), cell.col_span, cell.row_span)
            for cell in cells
            if cell is not None
        ]
        rows.append(RowView(views, _entries(keys, entries), marked, head=number < block.header_rows))
    return BlockView(kind="table", text=block.name or "", rows=rows)


def _names(place: Mapping[str, Any], named: set[int]) -> bool:
    return not named or place.get("cell", place.get("column")) in named


def _entries(keys: Iterable[Key], entries: Entries) -> list[tuple[str, str]]:
    return list(dict.fromkeys(entry for key in keys for entry in entries.get(key, [])))
