"""OpenDocument texts (.odt): the XML is walked as for Word files: spans, lists, tracked changes, comments, frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldthread.reading.document import Apart, Cell, Document, Paragraph, Place, Table, UnreadableFile
from goldthread.reading.readers.archive import Package, attribute, child, elements, local
from goldthread.reading.readers.odt_styles import Styles, number_of
from goldthread.reading.readers.odt_text import Words, words_of

MAX_SPAN = 200
MAX_CELLS = 200_000
_AROUND = ("section", "index-body", "numbered-paragraph", "text-box")
_INDEXES = (
    "table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index", "user-index",
    "bibliography",
)  # fmt: skip
_ROW_GROUPS = ("table-header-rows", "table-rows", "table-row-group")


def read(path: Path, name: str) -> Document:
    """Read an .odt file. Text boxes stand after the paragraph they hang from, footnotes after all else; deleted and hidden
    text, comments, headers and footers are kept apart. Raises UnreadableFile."""
    try:
        with Package(path, name) as package:
            _refuse_encrypted(package, name)
            content, styles = package.xml("content.xml"), package.xml("styles.xml")
            body = child(content, "body", "text")
            if body is None:
                raise UnreadableFile(f"{name} is damaged (it has no text): open it, save it again, choose that.")
            reader = _Reader(Document(name, "", ""), name, Styles([content, styles]))
            document = reader.run(body)
            _furniture(document, styles, reader.styles)
            _properties(document, package.xml("meta.xml"))
            return document
    except RecursionError as problem:
        raise UnreadableFile(f"{name} nests its parts too deeply to be read: save a simpler copy.") from problem


def _refuse_encrypted(package: Package, name: str) -> None:
    """OpenDocument files that a password protects say so in their list of parts, and not in the archive."""
    if "META-INF/manifest.xml" in package.names() and b"encryption-data" in package.member("META-INF/manifest.xml"):
        raise UnreadableFile(f"{name} is protected with a password: open it, take the password off, and save it again.")


def _furniture(document: Document, root: Any | None, styles: Styles) -> None:
    """Headers and footers of the master pages, each text once."""
    seen: set[str] = set()
    masters = child(root, "master-styles")
    for part in masters.iter() if masters is not None else ():
        if isinstance(part.tag, str) and local(part).startswith(("header", "footer")):
            text = "\n".join(t for p in part.iter() if _is_paragraph(p) and (t := words_of(p, styles).text))
            if text and text not in seen:
                seen.add(text)
                document.apart.append(Apart(text, f"page {local(part)[:6]}", {local(part): 1}, furniture=True))


def _properties(document: Document, root: Any | None) -> None:
    meta = child(root, "meta")
    for element in elements(meta) if meta is not None else ():
        key = {"date": "modified", "creation-date": "created"}.get(local(element), local(element))
        if key in ("title", "subject", "creator", "modified", "created") and (element.text or "").strip():
            document.properties[key] = element.text.strip()


def _is_paragraph(element: Any) -> bool:
    return isinstance(element.tag, str) and local(element) in ("p", "h")


@dataclass(slots=True)
class _Lines:
    """The lines of one cell while they are read."""

    texts: list[str] = field(default_factory=list)
    bullets: list[bool] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)

    def add(self, text: str, bullet: bool = False, bold: bool = False) -> None:
        """Add a line; empty ones only between others."""
        if text or (self.texts and self.texts[-1]):
            self.texts.append(text)
            self.bullets.append(bullet)
            self.bold.append(bold)


class _Reader:
    """Walks one document; holds what is counted across it."""

    def __init__(self, document: Document, name: str, styles: Styles) -> None:
        self.document, self.name, self.styles = document, name, styles
        self.headings: list[tuple[int, str]] = []
        self.tables = self.lines = self.cells = 0
        self.notes: list[tuple[Any, Place]] = []
        self.deleted: dict[str, str] = {}
        self.counts: dict[tuple[str, int], int] = {}  # items so far, by the style of the list and the level

    def run(self, body: Any) -> Document:
        """Read everything."""
        self._changes(child(body, "tracked-changes"))
        self._blocks(body)
        for note, place in self.notes:
            text = "\n".join(t for p in note.iter() if _is_paragraph(p) and (t := words_of(p, self.styles).text))
            if text:
                self.document.blocks.append(Paragraph(text, {**place, "footnote": attribute(note, "id") or ""}))
        for text in self.deleted.values():
            self._apart(text, "deleted text (tracked change)", {})
        return self.document

    def _changes(self, tracked: Any | None) -> None:
        """What tracked changes have taken out; what they have put in stands in the text itself."""
        for region in elements(tracked) if tracked is not None else ():
            gone = child(region, "deletion")
            if gone is not None:
                key = next((str(v) for k, v in region.attrib.items() if str(k).rpartition("}")[2] == "id"), "")
                texts = (
                    words_of(p, self.styles).text
                    for part in elements(gone)
                    if local(part) != "change-info"
                    for p in part.iter()
                    if _is_paragraph(p)
                )
                self.deleted[key] = "\n".join(text for text in texts if text)

    def _place(self, **more: object) -> Place:
        return {"headings": [text for _, text in self.headings], **more}

    def _apart(self, text: str, why: str, place: Place, *, furniture: bool = False) -> None:
        if text:
            self.document.apart.append(Apart(text, why, place, furniture))

    def _blocks(self, parent: Any, *, contents: bool = False) -> None:
        """The block-level children of the text, a section or a frame."""
        for element in elements(parent):
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, contents=contents)
            elif name == "list":
                for paragraph, label in self._items(element):
                    self._paragraph(paragraph, contents=contents, label=label)
            elif name == "table":
                self._table(element)
            elif name in _INDEXES:
                self._blocks(element, contents=True)
            elif name in _AROUND or name == "index-title":
                self._blocks(element, contents=contents)
            elif name == "frame":
                for box in element.iter():
                    if isinstance(box.tag, str) and local(box) == "text-box":
                        self._blocks(box, contents=contents)

    def _items(self, element: Any, style: str = "", level: int = 1) -> Iterator[tuple[Any, str | None]]:
        """The paragraphs of a list with the label that is printed before each: a number, "" for a bullet, None for the
        further paragraphs of an item."""
        own = attribute(element, "style-name") or style
        goes_on = attribute(element, "continue-list") or attribute(element, "continue-numbering") == "true"
        if not goes_on:
            self.counts[own, level] = 0
        for item in elements(element):
            header = local(item) == "list-header"
            label: str | None = None
            if not header:
                start = attribute(item, "start-value") or ""
                self.counts[own, level] = self.counts.get((own, level), 0) + 1
                if start.isdigit() and len(start) < 5:
                    self.counts[own, level] = int(start)
                label = number_of(self.styles.lists.get(own), level, self.counts[own, level])
            for part in elements(item):
                if local(part) in ("p", "h"):
                    yield part, label
                    label = None
                elif local(part) == "list":
                    yield from self._items(part, own, level + 1)

    def _hangers(self, words: Words, place: Place) -> None:
        """Comments, hidden and deleted text and notes of a paragraph."""
        for text, why in words.apart:
            self._apart(text, why, place)
        for key in words.changes:
            self._apart(self.deleted.pop(key, ""), "deleted text (tracked change)", place)
        self.notes.extend((note, place) for note in words.notes)

    def _paragraph(self, element: Any, *, contents: bool = False, label: str | None = None) -> None:
        words = words_of(element, self.styles)
        self.lines += 1
        place = self._place(paragraph=self.lines)
        self._hangers(words, place)
        style = self.styles.get("paragraph", attribute(element, "style-name"))
        text = f"{label} {words.text}" if label and words.text else words.text
        if text and (contents or style.contents):
            self._apart(text, "contents list", place, furniture=True)
        elif text:
            level = self._level(element, style.level)
            if level:
                while self.headings and self.headings[-1][0] >= level:
                    self.headings.pop()
                place["headings"] = [heading for _, heading in self.headings]
                self.headings.append((level, text))
            bullet = label == "" and not level
            self.document.blocks.append(Paragraph(text, place, level, bullet, words.bold, words.size))
        for box in words.boxes:
            self._blocks(box)

    @staticmethod
    def _level(element: Any, otherwise: int) -> int:
        if local(element) != "h":
            return otherwise
        level = attribute(element, "outline-level") or "1"
        return min(max(int(level), 1), 6) if level.isdigit() and len(level) < 3 else 1

    def _table(self, element: Any) -> None:
        """A table; one with a single cell is a frame, and what it holds is read as if it stood in the text."""
        rows = list(self._rows(element))
        if len(rows) == 1 and len(only := [c for c in elements(rows[0][0]) if local(c) == "table-cell"]) == 1:
            self._blocks(only[0])
            return
        self.tables += 1
        place = self._place(table=self.tables)
        grid: list[list[Cell | None]] = []
        header_rows = 0
        for row, head in rows:
            repeats = self._number(row, "number-rows-repeated", MAX_CELLS)
            hidden = attribute(row, "visibility") in ("collapse", "filter")
            for _ in range(repeats if "".join(row.itertext()).strip() else 1):
                line = self._row(row, {**place, "row": len(grid) + 1}, hidden)
                if not hidden:
                    grid.append(line)
                    header_rows += head
        width = max((len(row) for row in grid), default=0)
        self._count(width * len(grid))
        for number, line in enumerate(grid, start=1):
            line += [Cell("", {**place, "row": number, "cell": c + 1}) for c in range(len(line), width)]
        if any(cell is not None and cell.text for line in grid for cell in line):
            name = attribute(child(element, "title"), "text")
            self.document.blocks.append(Table(grid, place, header_rows, name, "odt"))

    def _rows(self, element: Any, head: bool = False) -> Iterator[tuple[Any, bool]]:
        """The rows of a table with whether the file marks them as header."""
        for part in elements(element):
            if local(part) == "table-row":
                yield part, head
            elif local(part) in _ROW_GROUPS:
                yield from self._rows(part, head or local(part) == "table-header-rows")

    def _row(self, row: Any, place: Place, hidden: bool) -> list[Cell | None]:
        line: list[Cell | None] = []
        texts: list[str] = []
        for element in elements(row):
            repeats = self._number(element, "number-columns-repeated", MAX_SPAN)
            self._count(repeats)
            for _ in range(repeats):
                if local(element) == "covered-table-cell":
                    line.append(None)
                elif local(element) == "table-cell":
                    made = self._cell(element, {**place, "cell": len(line) + 1})
                    line.append(made)
                    texts.append(made.text)
        if hidden:
            self._apart("\t".join(text for text in texts if text), "hidden row", place)
        return line

    def _cell(self, element: Any, place: Place) -> Cell:
        lines = _Lines()
        self._cell_lines(element, place, lines)
        filled = [n for n, text in enumerate(lines.texts) if text]
        items = [n for n in filled if lines.bullets[n]]
        shown = lines.texts
        if items and len(items) < len(filled):
            shown = ["• " + text if lines.bullets[n] else text for n, text in enumerate(lines.texts)]
        return Cell(
            "\n".join(shown).strip("\n"),
            place,
            self._number(element, "number-rows-spanned", MAX_CELLS),
            self._number(element, "number-columns-spanned", MAX_SPAN),
            bool(filled) and all(lines.bold[n] for n in filled),
            self._fill(element),
            bool(items) and 2 * len(items) >= len(filled),
        )

    def _fill(self, element: Any) -> str | None:
        fill = self.styles.get("table-cell", attribute(element, "style-name")).fill
        return fill if fill != "ffffff" else None

    def _cell_lines(self, parent: Any, place: Place, lines: _Lines) -> None:
        for element in elements(parent):
            name = local(element)
            if name in ("p", "h"):
                self._line(element, place, lines, None)
            elif name == "list":
                for paragraph, label in self._items(element):
                    self._line(paragraph, place, lines, label)
            elif name == "table":
                for row, _ in self._rows(element):
                    texts = [(c.text if c else "").replace("\n", " ") for c in self._row(row, dict(place), False)]
                    if any(texts):
                        lines.add("\t".join(texts))
            elif name in _AROUND:
                self._cell_lines(element, place, lines)

    def _line(self, paragraph: Any, place: Place, lines: _Lines, label: str | None) -> None:
        words = words_of(paragraph, self.styles)
        self._hangers(words, place)
        lines.add(f"{label} {words.text}" if label and words.text else words.text, label == "", words.bold)
        for box in words.boxes:
            self._cell_lines(box, place, lines)

    @staticmethod
    def _number(element: Any, name: str, most: int) -> int:
        value = attribute(element, name) or "1"
        return min(max(int(value), 1), most) if value.isdigit() and len(value) < 8 else 1

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise UnreadableFile(
                f"{self.name} has tables of more than {MAX_CELLS:,} cells: split it into smaller files."
            )
