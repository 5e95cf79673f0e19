"""The tag tree of a PDF: what its author's program said is a heading, a list item, a table, row and cell."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

# qpdf tells of what it mends in damaged files; without a handler that would go to the user's screen.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

MAX_DEPTH = 120
MAX_ELEMENTS = 300_000  # visits; a thousand tagged pages need about a third of it

Mark = tuple[int, int]
"""A piece of marked content: page (from 1) and identifier on it."""

# Structure types by what they are here (ISO 32000-1, 14.8.4).
_GROUPS = {
    "StructTreeRoot", "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "Index", "Private", "Aside",
}  # fmt: skip
_HEADINGS = {"H": 1, "Title": 1, **{f"H{n}": min(n, 6) for n in range(1, 10)}}
_CELLS = {"TD", "TH"}
_INLINE = {"Span", "Link", "Quote", "Reference", "Em", "Strong", "Sub", "Lbl", "LBody", "Annot", "Code", "Figure"}
_ROWS = {"THead": True, "TBody": False, "TFoot": False}
# What pikepdf raises on files whose objects are not what they should be.
DAMAGED = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, IndexError)


@dataclass(slots=True)
class TaggedCell:
    """A cell: its marked content by paragraph, its spans, whether it is a header."""

    parts: list[list[Mark]]
    row_span: int = 1
    col_span: int = 1
    header: bool = False
    items: int = 0  # list items inside


@dataclass(slots=True)
class TaggedTable:
    """A table: rows of cells as tagged, and how many rows at the top stand in its head."""

    rows: list[list[TaggedCell]] = field(default_factory=list)
    header_rows: int = 0

    def marks(self) -> Iterator[Mark]:
        """All marked content in the table."""
        return (mark for row in self.rows for cell in row for part in cell.parts for mark in part)


@dataclass(slots=True)
class TaggedText:
    """A paragraph, heading (level 1–6) or list item; ``contents``: an entry of a contents list."""

    marks: list[Mark]
    level: int = 0
    bullet: bool = False
    contents: bool = False


Tagged = TaggedText | TaggedTable


def tagged_blocks(path: Path) -> list[Tagged]:
    """The blocks of the tag tree in its order; [] where there is none or it is damaged (the layout counts then)."""
    try:
        with pikepdf.open(path) as pdf:
            root = pdf.Root.get("/StructTreeRoot")
            if root is None:
                return []
            pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
            tree = _Tree(pages, _roles(root))
            tree.block(root, 0, None)
            return [block for block in tree.blocks if isinstance(block, TaggedTable) or block.marks]
    except DAMAGED:
        return []


def _roles(root: Any) -> dict[str, str]:
    """The names that the file gives to standard types."""
    found = root.get("/RoleMap")
    return {str(k)[1:]: str(v)[1:] for k, v in found.items()} if isinstance(found, pikepdf.Dictionary) else {}


class _Tree:
    """Walks the tree once."""

    def __init__(self, pages: dict[tuple[int, int], int], roles: dict[str, str]) -> None:
        self.pages = pages
        self.roles = roles
        self.blocks: list[Tagged] = []
        self.count = 0
        self.seen: set[tuple[int, int]] = set()  # elements turned into blocks, so that a loop in the tree ends

    def kind(self, element: Any) -> str:
        """The standard type of an element."""
        name = str(element.get("/S", "/StructTreeRoot"))[1:]
        for _ in range(10):
            if name not in self.roles or self.roles[name] == name:
                break
            name = self.roles[name]
        return name

    def children(self, element: Any) -> list[Any]:
        """What stands under an element: numbers, references, elements."""
        below = element.get("/K")
        self.count += 1
        if below is None or self.count > MAX_ELEMENTS:
            return []
        return list(below) if isinstance(below, pikepdf.Array) else [below]

    def page(self, element: Any, inherited: int | None) -> int | None:
        """The page that an element says it is on."""
        page = element.get("/Pg")
        return self.pages.get(page.objgen, inherited) if isinstance(page, pikepdf.Dictionary) else inherited

    def mark(self, child: Any, page: int | None) -> Mark | None:
        """Marked content as a Mark; None for anything else."""
        if isinstance(child, int) or (not isinstance(child, pikepdf.Dictionary) and str(child).isdigit()):
            return (page, int(child)) if page else None
        if isinstance(child, pikepdf.Dictionary) and "/MCID" in child and "/S" not in child:
            at = self.page(child, page)
            return (at, int(child["/MCID"])) if at else None
        return None

    def marks(self, element: Any, depth: int, page: int | None) -> list[Mark]:
        """All marked content under an element, in its order."""
        if depth > MAX_DEPTH:
            return []
        page = self.page(element, page)
        found: list[Mark] = []
        for child in self.children(element):
            mark = self.mark(child, page)
            if mark is not None:
                found.append(mark)
            elif isinstance(child, pikepdf.Dictionary) and "/S" in child:
                found.extend(self.marks(child, depth + 1, page))
        return found

    def block(self, element: Any, depth: int, page: int | None) -> None:
        """Turn an element into blocks."""
        key = element.objgen
        if depth > MAX_DEPTH or (key != (0, 0) and key in self.seen):
            return
        self.seen.add(key)
        kind, page = self.kind(element), self.page(element, page)
        if kind == "Table":
            self.table(element, depth, page)
        elif kind in _HEADINGS:
            self.blocks.append(TaggedText(self.marks(element, depth, page), _HEADINGS[kind]))
        elif kind in ("TOC", "TOCI"):
            for child in self.elements(element):
                self.blocks.append(TaggedText(self.marks(child, depth + 1, page), contents=True))
            self.loose(element, page, TaggedText([], contents=True))
        elif kind == "L":
            self.list_items(element, depth, page)
        elif kind in _GROUPS or self.holds_blocks(element):
            self.group(element, depth, page)
        else:
            self.blocks.append(TaggedText(self.marks(element, depth, page)))

    def elements(self, element: Any) -> list[Any]:
        """The structure elements directly under one."""
        return [c for c in self.children(element) if isinstance(c, pikepdf.Dictionary) and "/S" in c]

    def holds_blocks(self, element: Any) -> bool:
        """Whether an element that should be a leaf has tables, lists or paragraphs inside (as frames and figures may)."""
        return any(
            self.kind(child) in ("Table", "L", "P", "Sect", "Div", "TOC") or self.kind(child) in _HEADINGS
            for child in self.elements(element)
        )

    def group(self, element: Any, depth: int, page: int | None) -> None:
        """The blocks of a grouping element; marked content that stands in it directly is a paragraph."""
        loose: list[Mark] = []
        for child in self.children(element):
            mark = self.mark(child, page)
            if mark is not None:
                loose.append(mark)
                continue
            if loose:
                self.blocks.append(TaggedText(loose))
                loose = []
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                self.block(child, depth + 1, page)
        if loose:
            self.blocks.append(TaggedText(loose))

    def loose(self, element: Any, page: int | None, made: TaggedText) -> None:
        """Marked content directly under an element whose children are read one by one."""
        made.marks = [mark for mark in (self.mark(c, page) for c in self.children(element)) if mark]
        if made.marks:
            self.blocks.append(made)

    def list_items(self, element: Any, depth: int, page: int | None) -> None:
        """The items of a list, those of lists inside it after their own."""
        for item in self.elements(element):
            if self.kind(item) == "L":
                if depth < MAX_DEPTH:
                    self.list_items(item, depth + 1, page)
                continue
            at = self.page(item, page)
            own: list[Mark] = []
            inner: list[Any] = []
            for child in self.elements(item):
                self._item(child, depth, at, own, inner)
            own.extend(mark for mark in (self.mark(c, at) for c in self.children(item)) if mark)
            self.blocks.append(TaggedText(own, bullet=True))
            for block in inner:
                if depth < MAX_DEPTH:
                    self.block(block, depth + 1, at)

    def _item(self, element: Any, depth: int, page: int | None, own: list[Mark], inner: list[Any]) -> None:
        """The label and body of an item: its own text, and the lists and tables inside."""
        if self.kind(element) in ("L", "Table"):
            inner.append(element)
            return
        page = self.page(element, page)
        for child in self.children(element):
            mark = self.mark(child, page)
            if mark is not None:
                own.append(mark)
            elif isinstance(child, pikepdf.Dictionary) and "/S" in child and depth < MAX_DEPTH:
                self._item(child, depth + 1, page, own, inner)

    def table(self, element: Any, depth: int, page: int | None) -> None:
        """A table: rows wherever they stand under it; a caption is a paragraph before it."""
        made = TaggedTable()
        for child in self.elements(element):
            kind = self.kind(child)
            if kind == "Caption":
                self.blocks.append(TaggedText(self.marks(child, depth, page)))
            elif kind == "TR":
                self.row(child, made, False, depth, page)
            else:
                for row in self.elements(child):
                    if self.kind(row) == "TR":
                        self.row(row, made, _ROWS.get(kind, False), depth, self.page(child, page))
                    else:
                        made.rows.append([TaggedCell([self.marks(row, depth, self.page(child, page))])])
        if any(True for _ in made.marks()):
            self.blocks.append(made)

    def row(self, element: Any, made: TaggedTable, head: bool, depth: int, page: int | None) -> None:
        """A row: its cells with their spans."""
        page = self.page(element, page)
        cells = []
        for cell in self.elements(element):
            across, down = self.spans(cell)
            header = self.kind(cell) == "TH"
            below = self.children(cell)  # asked for once: most cells hold one piece of marked content and no elements
            inside = [child for child in below if isinstance(child, pikepdf.Dictionary) and "/S" in child]
            items = sum(1 for _ in self.items(inside, 0)) if inside else 0
            cells.append(TaggedCell(self.parts(cell, depth, page, below), down, across, header, items))
        if not cells:
            return
        headed = head or (all(cell.header for cell in cells) and len(cells) > 1)
        if headed and made.header_rows == len(made.rows):
            made.header_rows += 1
        made.rows.append(cells)

    def parts(self, element: Any, depth: int, page: int | None, below: list[Any] | None = None) -> list[list[Mark]]:
        """The marked content of a cell, a list for each paragraph or list item in it; ``below``: its children, if known."""
        if depth > MAX_DEPTH:
            return []
        page = self.page(element, page)
        found: list[list[Mark]] = []
        for child in self.children(element) if below is None else below:
            mark = self.mark(child, page)
            if mark is None and isinstance(child, pikepdf.Dictionary) and "/S" in child:
                inner = self.parts(child, depth + 1, page)
                if self.kind(child) in _INLINE and found and inner:
                    found[-1].extend(mark for part in inner for mark in part)
                else:
                    found.extend(inner)
                if self.kind(child) not in _INLINE:
                    found.append([])
            elif mark is not None:
                if not found:
                    found.append([])
                found[-1].append(mark)
        return [part for part in found if part] if self.kind(element) in _CELLS else found

    def items(self, elements: list[Any], depth: int) -> Iterator[Any]:
        """The list items among elements and under them."""
        if depth < 12:
            for child in elements:
                if self.kind(child) == "LI":
                    yield child
                yield from self.items(self.elements(child), depth + 1)

    @staticmethod
    def spans(element: Any) -> tuple[int, int]:
        """Columns and rows that a cell covers: attributes of its own, alone or in a list."""
        found = element.get("/A")
        if found is None:
            return 1, 1
        printed = found.unparse()  # one call instead of several for each attribute
        if b"Span" not in printed and b" R" not in printed:
            return 1, 1  # neither a span nor a reference to attributes kept elsewhere: most cells
        across = down = 1
        for attributes in list(found) if isinstance(found, pikepdf.Array) else [found]:
            if isinstance(attributes, pikepdf.Dictionary):
                across = int(attributes.get("/ColSpan", across))
                down = int(attributes.get("/RowSpan", down))
        return min(max(across, 1), 100), min(max(down, 1), 1000)
