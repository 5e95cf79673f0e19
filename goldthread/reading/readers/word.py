"""Word files (.docx): the XML is walked, so that tracked changes, content controls, text boxes and merges all count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldthread.reading.document import Apart, Document, Paragraph, Place, UnreadableFile
from goldthread.reading.readers import word_text
from goldthread.reading.readers.archive import Package, attribute, child, elements, local
from goldthread.reading.readers.drawings import diagram_lines
from goldthread.reading.readers.word_styles import Numbering, Styles
from goldthread.reading.readers.word_tables import CellText, only_cell, read_table, through

_AROUND = ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
_CONTENTS = ("toc", "table of figures")


def read(path: Path, name: str) -> Document:
    """Read a .docx file. Text boxes, SmartArt and nested tables stand in the blocks, footnotes after the last of them;
    deleted and hidden text, comments, headers and footers are kept apart. Raises UnreadableFile."""
    try:
        with Package(path, name) as package:
            main = package.main_part() or "word/document.xml"
            body = child(package.xml(main), "body")
            if body is None:
                raise UnreadableFile(
                    f"{name} is damaged (it has no body): open it in Word, save it again, choose that."
                )
            return _Reader(package, main, Document(name, "", "")).run(body)
    except RecursionError as problem:
        raise UnreadableFile(
            f"{name} nests tables too deeply to be read: save a copy with simpler tables."
        ) from problem


@dataclass(slots=True)
class _Heading:
    level: int
    text: str


@dataclass(slots=True)
class _Lines:
    """The lines of one cell while they are read."""

    texts: list[str] = field(default_factory=list)
    bullets: list[bool] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)


class _Reader:
    """Walks one document; holds what is counted across it."""

    def __init__(self, package: Package, main: str, document: Document) -> None:
        self.package = package
        self.document = document
        related = package.relationships(main)
        self.parts = {identifier: target for identifier, (_, target) in related.items()}
        self.related: dict[str, list[str]] = {}
        for kind, target in related.values():
            self.related.setdefault(kind, []).append(target)
        self.paragraphs = word_text.Paragraphs(Styles(self._part("styles")), Numbering(self._part("numbering")))
        self.headings: list[_Heading] = []
        self.tables = 0
        self.lines = 0
        self.pending = ""  # text of a paragraph whose mark was deleted: the next one continues it
        self.notes: list[tuple[str, str, Place]] = []
        self.comments = self._texts("comments", "comment")
        self.used_comments: set[str] = set()

    def run(self, body: Any) -> Document:
        """Read everything."""
        self._blocks(body)
        self._flush()
        self._notes()
        for identifier, text in self.comments.items():
            if identifier not in self.used_comments:
                self._apart(text, "comment", {})
        self._furniture()
        self._properties()
        return self.document

    def _part(self, kind: str) -> Any | None:
        """The root of the part that a relationship of a kind names."""
        targets = self.related.get(kind, [])
        return self.package.xml(targets[0]) if targets else None

    def _place(self, **more: object) -> Place:
        return {"headings": [heading.text for heading in self.headings], **more}

    def _apart(self, text: str, why: str, place: Place, *, furniture: bool = False) -> None:
        if text:
            self.document.apart.append(Apart(text, why, place, furniture))

    def _blocks(self, parent: Any, *, contents: bool = False) -> None:
        """The block-level children of a body, a content control or a frame."""
        for element in elements(parent):
            name = local(element)
            if name == "p":
                self._paragraph(element, contents)
            elif name == "tbl":
                self._table(element)
            elif name == "sdt":
                gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val") or ""
                inner = child(element, "sdtContent")
                if inner is not None:
                    self._blocks(inner, contents=contents or gallery == "Table of Contents")
            elif name in _AROUND:
                self._blocks(element, contents=contents)
            elif name in ("del", "moveFrom"):
                self._deleted(element)

    def _deleted(self, parent: Any) -> None:
        for paragraph in (e for e in parent.iter() if isinstance(e.tag, str) and local(e) == "p"):
            self._apart(self.paragraphs.read(paragraph).text, "deleted text (tracked change)", self._place())

    def _paragraph(self, element: Any, contents: bool) -> None:
        read = self.paragraphs.read(element)
        self.lines += 1
        place = self._place(paragraph=self.lines)
        self._hangers(read, place)
        text = f"{self.pending}{read.text}" if self.pending else read.text
        self.pending = ""
        if read.joined:
            self.pending = f"{text} " if text else ""
        elif text and (contents or read.style.lower().startswith(_CONTENTS)):
            self._apart(text, "contents list", place, furniture=True)
        elif text:
            self._emit(text, read, place)
        self._drawings(read)

    def _emit(self, text: str, read: word_text.Paragraph, place: Place) -> None:
        if read.level:
            while self.headings and self.headings[-1].level >= read.level:
                self.headings.pop()
            place["headings"] = [heading.text for heading in self.headings]
            self.headings.append(_Heading(read.level, text))
        self.document.blocks.append(Paragraph(text, place, read.level, read.bullet, read.bold, read.size))

    def _flush(self) -> None:
        if self.pending:
            self.document.blocks.append(Paragraph(self.pending.strip(), self._place(paragraph=self.lines)))
            self.pending = ""

    def _hangers(self, read: word_text.Paragraph, place: Place) -> None:
        """Deleted and hidden text, comments and notes of a paragraph."""
        for text, why in read.apart:
            self._apart(text, why, place)
        for identifier in read.comments:
            self.used_comments.add(identifier)
            self._apart(self.comments.get(identifier, ""), "comment", place)
        self.notes.extend((kind, identifier, place) for kind, identifier in read.notes)

    def _drawings(self, read: word_text.Paragraph) -> None:
        """The text boxes and SmartArt anchored in a paragraph stand after it."""
        for box in read.boxes:
            self._blocks(box)
        for relationship in read.diagrams:
            for depth, text in diagram_lines(self._diagram(relationship)):
                place = self._place(drawing=relationship, depth=depth)
                self.document.blocks.append(Paragraph(text, place, bullet=True))

    def _diagram(self, relationship: str) -> Any | None:
        part = self.parts.get(relationship)
        return self.package.xml(part) if part else None

    def _table(self, element: Any) -> None:
        """A table; one with a single cell is a frame, and what it holds is read as if it stood in the text."""
        frame = only_cell(element)
        if frame is not None:
            self._blocks(frame)
            return
        self.tables += 1
        table = read_table(element, self._place(table=self.tables), self._cell)
        if table.rows:
            self.document.blocks.append(table)

    def _cell(self, element: Any, place: Place) -> CellText:
        """The lines of a cell; those of a deleted one are kept apart."""
        lines = _Lines()
        deleted = bool(place.pop("deleted", False))
        self._cell_lines(element, place, lines)
        text = "\n".join(lines.texts).strip("\n")
        if deleted:
            self._apart(text, "deleted text (tracked change)", place)
            return CellText()
        filled = [n for n, line in enumerate(lines.texts) if line]
        items = [n for n in filled if lines.bullets[n]]
        if items and len(items) < len(filled):
            marked = ("• " + t if n in items else t for n, t in enumerate(lines.texts))
            text = "\n".join(marked).strip("\n")
        bold = bool(filled) and all(lines.bold[n] for n in filled)
        return CellText(text, bold, bool(items) and 2 * len(items) >= len(filled))

    def _cell_lines(self, parent: Any, place: Place, lines: _Lines) -> None:
        for element in elements(parent):
            name = local(element)
            if name == "p":
                read = self.paragraphs.read(element)
                self._hangers(read, place)
                self._line(lines, read.text, read.bullet, read.bold)
                for box in read.boxes:
                    self._cell_lines(box, place, lines)
                for relationship in read.diagrams:
                    for _, text in diagram_lines(self._diagram(relationship)):
                        self._line(lines, text, True, False)
            elif name == "tbl":
                for text in self._nested(element, place):
                    self._line(lines, text, False, False)
            elif name == "sdt" or name in _AROUND:
                self._cell_lines(element, place, lines)
            elif name in ("del", "moveFrom"):
                self._deleted(element)

    @staticmethod
    def _line(lines: _Lines, text: str, bullet: bool, bold: bool) -> None:
        if text or (lines.texts and lines.texts[-1]):
            lines.texts.append(text)
            lines.bullets.append(bullet)
            lines.bold.append(bold)

    def _nested(self, table: Any, place: Place) -> Iterator[str]:
        """A table inside a cell: a line for each row, its cells parted by tabs."""
        for row in through(table, "tr"):
            texts = [self._cell(cell, dict(place)).text.replace("\n", " ") for cell in through(row, "tc")]
            if any(texts):
                yield "\t".join(texts)

    def _texts(self, kind: str, element: str) -> dict[str, str]:
        """The texts of footnotes, endnotes or comments by their identifiers."""
        root = self._part(kind)
        found: dict[str, str] = {}
        for note in elements(root) if root is not None else ():
            if local(note) == element and attribute(note, "type") in (None, "normal"):
                read = (self.paragraphs.read(p) for p in note.iter() if isinstance(p.tag, str) and local(p) == "p")
                found[attribute(note, "id") or ""] = "\n".join(p.text for p in read if p.text)
        return found

    def _notes(self) -> None:
        """Footnotes and endnotes, in the order in which they are referred to, after all else."""
        texts = {kind: self._texts(kind, kind.removesuffix("s")) for kind in ("footnotes", "endnotes")}
        for kind, identifier, place in self.notes:
            text = texts[kind].pop(identifier, "")
            if text:
                self.document.blocks.append(Paragraph(text, {**place, kind.removesuffix("s"): identifier}))
        for kind, left in texts.items():
            for identifier, text in left.items():
                self._apart(text, f"{kind.removesuffix('s')} that nothing refers to", {"note": identifier})

    def _furniture(self) -> None:
        """Headers and footers, each text once."""
        seen: set[str] = set()
        for kind in ("header", "footer"):
            for part in self.related.get(kind, []):
                root = self.package.xml(part)
                reads = (
                    self.paragraphs.read(p)
                    for p in (root.iter() if root is not None else ())
                    if isinstance(p.tag, str) and local(p) == "p"
                )
                text = "\n".join(read.text for read in reads if read.text)
                if text and text not in seen:
                    seen.add(text)
                    self._apart(text, f"page {kind}", {kind: part}, furniture=True)

    def _properties(self) -> None:
        """Title, author and date of the file's own properties."""
        root = self.package.xml("docProps/core.xml")
        for element in elements(root) if root is not None else ():
            if (
                local(element) in ("title", "subject", "creator", "modified", "created")
                and (element.text or "").strip()
            ):
                self.document.properties[local(element)] = element.text.strip()
