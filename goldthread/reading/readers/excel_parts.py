"""A first pass over the parts of a workbook: how large each sheet really is, and what openpyxl does not tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import CellCoordinatesException  # type: ignore[import-untyped]

from goldthread.reading.document import UnreadableFile
from goldthread.reading.readers.archive import Package, attribute, child, elements, local

MAX_CELLS = 200_000  # of all sheets together: about 200 MB in memory, ten seconds
_STRICT = "{http://purl.oclc.org/ooxml/"  # openpyxl knows the transitional names only
MAX_ROWS = 200_000
MAX_MERGED = 500_000  # cells under merged ranges, each of which becomes an object


@dataclass(slots=True)
class SheetFacts:
    """What the first pass found on one sheet."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) → formula without a value
    header_at: set[int] = field(default_factory=set)  # first rows of formatted tables and of the filter
    frozen_rows: int = 0
    drawings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Counts:
    name: str
    cells: int = 0
    rows: int = 0
    merged: int = 0

    def check(self) -> None:
        """Raise where the workbook is larger than what is read."""
        if self.cells > MAX_CELLS or self.rows > MAX_ROWS or self.merged > MAX_MERGED:
            raise UnreadableFile(
                f"{self.name} has more rows or cells than are read (at most {MAX_ROWS:,} rows and {MAX_CELLS:,} cells, "
                "formatted empty ones included): delete the empty rows below its tables, or split it."
            )


def sheet_facts(package: Package) -> dict[str, SheetFacts]:
    """The facts of each worksheet by its title. Raises UnreadableFile where the workbook is too large or damaged."""
    main = package.main_part() or "xl/workbook.xml"
    related = package.relationships(main)
    root = package.xml(main)
    if root is not None and str(root.tag).startswith(_STRICT):
        raise UnreadableFile(
            f"{package.name} is a Strict Open XML workbook: open it in Excel and save it as an ordinary Excel workbook (.xlsx)."
        )
    sheets = child(root, "sheets")
    if sheets is None:
        raise UnreadableFile(f"{package.name} is damaged (it lists no sheets): open it in Excel and save it again.")
    counts = _Counts(package.name)
    found: dict[str, SheetFacts] = {}
    for sheet in elements(sheets):
        kind, part = related.get(attribute(sheet, "id") or "", ("", ""))
        if kind == "worksheet":
            found[sheet.get("name", "")] = _facts(package, part, counts)
    return found


def _facts(package: Package, part: str, counts: _Counts) -> SheetFacts:
    facts = SheetFacts()
    try:
        with package.stream(part) as stream:
            tags = ("{*}c", "{*}row", "{*}mergeCell", "{*}pane", "{*}autoFilter", "{*}dataValidation")
            for _, element in etree.iterparse(
                stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
            ):
                _note(element, facts, counts)
                if local(element) in ("row", "mergeCell"):
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError, KeyError, CellCoordinatesException) as problem:
        raise UnreadableFile(
            f"{package.name} is damaged ({part or 'a sheet'} cannot be read): open it in Excel, save it again."
        ) from problem
    for kind, target in package.relationships(part).values():
        if kind == "table":
            facts.header_at.update(_first_row(attribute(package.xml(target), "ref")))
        elif kind == "drawing":
            facts.drawings.append(target)
    return facts


def _note(element: Any, facts: SheetFacts, counts: _Counts) -> None:
    name = local(element)
    if name == "c":
        counts.cells += 1
        formula = child(element, "f") if len(element) else None
        value = child(element, "v") if formula is not None else None
        if formula is not None and element.get("t") != "str" and (value is None or not value.text):
            letters, row = coordinate_from_string(element.get("r", "A1"))
            facts.formulas[(row, column_index_from_string(letters))] = f"={formula.text or ''}"
    elif name == "row":
        counts.rows += 1
    elif name == "mergeCell":
        first_column, first_row, last_column, last_row = range_boundaries(element.get("ref", "A1"))
        counts.merged += (int(last_row or 0) - int(first_row or 0) + 1) * (
            int(last_column or 0) - int(first_column or 0) + 1
        )
    elif name == "pane" and element.get("state", "").startswith("frozen"):
        facts.frozen_rows = int(float(element.get("ySplit", "0")))
    elif name == "autoFilter":
        facts.header_at.update(_first_row(element.get("ref")))
    counts.check()


def _first_row(reference: str | None) -> set[int]:
    if not reference:
        return set()
    row = range_boundaries(reference)[1]
    return {int(row)} if row else set()
