"""Excel workbooks (.xlsx): values as shown, merges, several tables on a sheet; what is hidden is kept apart."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from bisect import bisect_left
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException  # type: ignore[import-untyped]

from goldthread.reading.document import Apart, Cell, Document, Paragraph, Place, Table, UnreadableFile
from goldthread.reading.readers.archive import Package
from goldthread.reading.readers.bounds import Characters
from goldthread.reading.readers.drawings import drawing_texts
from goldthread.reading.readers.excel_colours import Colours
from goldthread.reading.readers.excel_parts import SheetFacts, sheet_facts
from goldthread.reading.readers.excel_values import shown
from goldthread.reading.readers.grids import GridRow, blocks_of
from goldthread.reading.readers.wording import tidy

# What openpyxl raises on workbooks whose parts are well formed and do not fit together.
_DAMAGED = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, SyntaxError, AssertionError,
    zipfile.BadZipFile, zlib.error, etree.LxmlError, InvalidFileException, CellCoordinatesException,
    OverflowError, NotImplementedError,
)  # fmt: skip
_DEFAULT_NAMES = ("sheet", "worksheet", "page", "table")


def read(path: Path, name: str) -> Document:
    """Read a workbook. Hidden sheets, rows and columns and comments stand in ``apart``; a formula that was never worked
    out has an empty text and a note. Raises UnreadableFile."""
    with Package(path, name) as package:
        package.refuse_document_types()
        facts = sheet_facts(package)
        document = Document(name, "", "")
        try:
            book = _load(path)
            _properties(book, document)
            colours, characters = Colours(book.loaded_theme), Characters(name)
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in book.worksheets:
                reader = _Sheet(sheet, facts.get(sheet.title, SheetFacts()), colours, document, characters)
                reader.read(alone=len(visible) < 2)
                for part in reader.facts.drawings:
                    for text in drawing_texts(package.xml(part)):
                        document.apart.append(Apart(text, "text in a shape", {"sheet": sheet.title}))
        except _DAMAGED as problem:
            raise UnreadableFile(
                f"{name} is damaged (its parts do not fit together): open it in Excel, save it again, choose that copy."
            ) from problem
    return document


def _load(path: Path) -> Any:
    """The workbook with the values that its program worked out last."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that it does not keep when it writes
        return openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True, keep_links=False)


def _properties(book: Any, document: Document) -> None:
    about = book.properties
    for key, value in (("title", about.title), ("creator", about.creator), ("modified", about.modified)):
        if value:
            document.properties[key] = value.isoformat() if hasattr(value, "isoformat") else str(value)


@dataclass(slots=True)
class _Visible:
    """Which rows and columns of a sheet can be seen: their numbers among the visible ones."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def row(self, number: int) -> bool:
        """Whether a row can be seen."""
        return number not in self.hidden_rows

    def column(self, number: int) -> bool:
        """Whether a column can be seen."""
        return number not in self.hidden_columns


class _Sheet:
    """Reads one sheet into a document."""

    def __init__(
        self, sheet: Any, facts: SheetFacts, colours: Colours, document: Document, characters: Characters
    ) -> None:
        self.sheet = sheet
        self.characters = characters
        self.facts = facts
        self.colours = colours
        self.document = document
        self.visible = _Visible(
            {number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0},
            _hidden_columns(sheet),
        )
        self.looks: dict[int, tuple[bool, str | None, str]] = {}
        self.ranks = sorted(self.visible.hidden_rows)
        self.last_row = max((at[0] for at, cell in sheet._cells.items() if cell.value is not None), default=0)
        self.merges = {(m.min_row, m.min_col): (m.max_row, m.max_col) for m in sheet.merged_cells.ranges}

    def read(self, *, alone: bool) -> None:
        """Everything on the sheet. ``alone``: the only visible sheet, whose name is no heading."""
        hidden_sheet = self.sheet.sheet_state != "visible"
        rows: dict[int, GridRow] = {}
        kept_apart: dict[tuple[int, str], list[str]] = {}
        for (number, column), source in sorted(self.sheet._cells.items()):
            self._comment(source, number, column)
            cell = self._cell(source, number, column)
            if cell is None:
                continue
            why = "hidden sheet" if hidden_sheet else self._put(cell, number, column, rows)
            if why:
                kept_apart.setdefault((number, why), []).append(cell.text or cell.note or "")
        for (number, why), texts in kept_apart.items():
            place = {"sheet": self.sheet.title, "row": number}
            self.document.apart.append(Apart("\t".join(texts), why, place))
        self._furniture()
        if rows:
            self._colours_without_words(rows)
            self._blocks(rows, alone)

    def _colours_without_words(self, rows: dict[int, GridRow]) -> None:
        """Keep the coloured empty cells of rows that hold words: many trackers show a rating by nothing but its colour."""
        for (number, column), source in self.sheet._cells.items():
            if source.value is not None or number not in rows or not self.visible.column(column):
                continue
            if type(source).__name__ == "MergedCell":  # covered by the cell to its left or above
                continue
            if column in rows[number].cells or column in rows[number].covered or not source.has_style:
                continue
            fill = self._looks(source)[1]
            if fill is not None and (number, column) not in self.facts.formulas:
                place: Place = {"sheet": self.sheet.title, "row": number, "column": column}
                rows[number].cells[column] = Cell("", place, fill=fill)

    def _blocks(self, rows: dict[int, GridRow], alone: bool) -> None:
        title = self.sheet.title
        if not alone and not title.lower().rstrip("0123456789 ()").endswith(_DEFAULT_NAMES):
            self.document.blocks.append(Paragraph(title, {"sheet": title}, level=1))
        ordered = [rows[number] for number in sorted(rows)]
        blocks = blocks_of(ordered, name=title, method="sheet")
        for block in blocks:
            if isinstance(block, Table):
                block.header_rows = self._header_rows(block)
        self.document.blocks.extend(blocks)

    def _header_rows(self, table: Table) -> int:
        """How many rows the sheet itself calls a header: of a formatted table, a filter, or above a frozen edge."""
        first = table.place.get("row", 0)
        if first in self.facts.header_at:
            return 1
        frozen = self.facts.frozen_rows
        if first <= frozen:
            tops = [next((c.place["row"] for c in row if c is not None), 0) for row in table.rows]
            count = sum(1 for top in tops if 0 < top <= frozen)
            return count if count <= 3 else 0
        return 0

    def _put(self, cell: Cell, number: int, column: int, rows: dict[int, GridRow]) -> str:
        """Put a cell where it shows; the reason where it does not show."""
        if (number, column) not in self.merges and self.visible.row(number) and self.visible.column(column):
            if number not in rows:  # most cells
                rows[number] = GridRow(self._rank(number), {}, place={"sheet": self.sheet.title, "row": number})
            rows[number].cells[column] = cell
            return ""
        last_row, last_column = self.merges.get((number, column), (number, column))
        last_row = min(last_row, max(self.last_row, number))  # a merge may reach far below the last words
        seen_rows = [r for r in range(number, last_row + 1) if self.visible.row(r)]
        seen_columns = [c for c in range(column, last_column + 1) if self.visible.column(c)]
        if not seen_rows:
            return "hidden row"
        if not seen_columns:
            return "hidden column"
        cell.row_span, cell.col_span = len(seen_rows), len(seen_columns)
        for seen in seen_rows:
            if seen not in rows:
                place = {"sheet": self.sheet.title, "row": seen}
                rows[seen] = GridRow(self._rank(seen), {}, place=place)
            if seen != seen_rows[0]:
                rows[seen].covered.update(seen_columns)
        rows[seen_rows[0]].cells[seen_columns[0]] = cell
        return ""

    def _rank(self, number: int) -> int:
        """The number of a row among the visible ones, so that a hidden row makes no gap."""
        return number - bisect_left(self.ranks, number)

    def _cell(self, source: Any, number: int, column: int) -> Cell | None:
        """A cell with its text as shown; None for an empty one."""
        note = self.facts.formulas.get((number, column))
        value = source.value
        if value is None and note is None:
            return None
        bold, fill, number_format = self._looks(source)
        if isinstance(value, str):
            value = unescape(self.characters.add(value))  # one shared string may stand in every cell
        text = shown(value, number_format)
        if note is None and not text:
            return None
        place: Place = {"sheet": self.sheet.title, "row": number, "column": column}
        said = f"formula without a cached value: {note}" if note is not None and not text else None
        return Cell(text, place, bold=bold, fill=fill, note=said)

    def _looks(self, source: Any) -> tuple[bool, str | None, str]:
        """Whether a cell is bold, its fill and its number format: the same for all cells of a style."""
        key = source.style_id if source.has_style else -1
        if key not in self.looks:
            bold = bool(source.font and source.font.b)
            self.looks[key] = (bold, self.colours.fill(source.fill), source.number_format)
        return self.looks[key]

    def _comment(self, source: Any, number: int, column: int) -> None:
        comment = getattr(source, "comment", None)
        text = tidy(comment.text or "") if comment is not None else ""
        if text.startswith("[Threaded comment]"):
            text = text.partition("Comment:")[2].strip() or text
        if text:
            place = {"sheet": self.sheet.title, "row": number, "column": column}
            self.document.apart.append(Apart(text, "comment", place))

    def _furniture(self) -> None:
        """Printed headers and footers of the sheet."""
        for kind in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            item = getattr(self.sheet, kind, None)
            parts = (item.left.text, item.center.text, item.right.text) if item is not None else ()
            text = tidy(" ".join(part for part in parts if part))
            if text and not text.startswith("&["):
                why = f"page {'header' if 'Header' in kind else 'footer'}"
                self.document.apart.append(Apart(text, why, {"sheet": self.sheet.title}, furniture=True))


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            hidden.update(range(dimension.min or 0, min(dimension.max or 0, 16_384) + 1))
    return hidden
