"""Web pages (.html): headings, paragraphs, lists and tables with spans; menus, banners and footers are furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from goldthread.reading.document import Apart, Cell, Document, Paragraph, Place, Table, UnreadableFile
from goldthread.reading.readers.delimited import decode
from goldthread.reading.readers.odt_styles import numeral
from goldthread.reading.readers.wording import tidy

MAX_CELLS = 200_000
MAX_SPAN = 1_000

_DROPPED = {"script", "style", "template", "head", "noscript", "svg", "iframe", "object", "canvas", "audio", "video"}
_FURNITURE = {"nav": "menu", "form": "form", "button": "button", "select": "form", "dialog": "dialog"}
_ROLES = {"navigation": "menu", "search": "form", "banner": "page header", "contentinfo": "page footer"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "img", "acronym",
}  # fmt: skip
_BOLD = {"b", "strong", "th"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_COLOUR = re.compile(r"background(?:-color)?\s*:\s*#([0-9a-f]{6}|[0-9a-f]{3})\b", re.I)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_SPACE = re.compile(r"\s+")


def read(path: Path, name: str) -> Document:
    """Read a web page as saved: nothing is fetched, no script runs. Raises UnreadableFile."""
    text = _decoded(path.read_bytes(), name)
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise UnreadableFile(f"{name} holds no web page that can be read: save it again from the browser.") from problem
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise UnreadableFile(f"{name} nests its parts too deeply to be read: save it as PDF and choose that.")
    try:
        return _Reader(Document(name, "", ""), name).run(root)
    except RecursionError as problem:
        raise UnreadableFile(
            f"{name} nests its parts too deeply to be read: save it as PDF and choose that."
        ) from problem


def _decoded(data: bytes, name: str) -> str:
    """The page as text, in the encoding that it declares where it does."""
    declared = _META.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode(declared.group(1).decode("ascii"))
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        except (LookupError, UnicodeError):
            pass  # a page that declares an encoding wrongly is read as if it declared none
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, name))


@dataclass(slots=True)
class _Run:
    """Text that is gathered until a block ends."""

    texts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)


class _Reader:
    """Walks one page."""

    def __init__(self, document: Document, name: str) -> None:
        self.document = document
        self.name = name
        self.headings: list[tuple[int, str]] = []
        self.tables = 0
        self.paragraphs = 0
        self.cells = 0
        self.run_ = _Run()
        self.label = ""  # the number that a browser prints before the paragraph that comes next

    def run(self, root: Any) -> Document:
        """Read the whole page."""
        title = root.find(".//head/title")
        if title is not None and tidy(title.text or ""):
            self.document.properties["title"] = tidy(title.text)
        body = root.find("body")
        self._walk(root if body is None else body, bold=False, bullet=False)
        self._end()
        return self.document

    def _place(self, **more: object) -> Place:
        return {"headings": [text for _, text in self.headings], **more}

    def _walk(self, element: Any, *, bold: bool, bullet: bool) -> None:
        """The contents of an element: runs of inline text are gathered, blocks end them."""
        self._text(element.text, bold)
        for part in element:
            if isinstance(part.tag, str):
                self._part(part, bold=bold, bullet=bullet)
            self._text(part.tail, bold)

    def _part(self, part: Any, *, bold: bool, bullet: bool) -> None:
        tag = part.tag.lower()
        why = _set_apart(part, tag)
        if tag in _DROPPED:
            return
        if why:
            self._end(bullet=bullet)
            text = _lines(part)
            if text:
                self.document.apart.append(Apart(text, why, self._place(), furniture=why != "hidden text"))
        elif tag == "br":
            self.run_.texts.append("\n")
        elif tag in _INLINE:
            self._walk(part, bold=bold or tag in _BOLD, bullet=bullet)
        elif tag == "table":
            self._end(bullet=bullet)
            self._table(part)
        elif re.fullmatch(r"h[1-6]", tag):
            self._end(bullet=bullet)
            self._heading(part, int(tag[1]))
        else:
            self._end(bullet=bullet)
            self.label = _number_of_item(part) if tag == "li" else self.label
            item = tag in ("li", "dd") or (bullet and tag not in ("ul", "ol"))
            self._walk(part, bold=bold or tag == "dt", bullet=item)
            self._end(bullet=item)
            self.label = "" if tag == "li" else self.label

    def _text(self, text: str | None, bold: bool) -> None:
        if text:
            self.run_.texts.append(_SPACE.sub(" ", text))
            if text.strip():
                self.run_.bold.append(bold)

    def _end(self, *, bullet: bool = False) -> None:
        """End the run of text: it becomes a paragraph."""
        run, self.run_ = self.run_, _Run()
        text = tidy("".join(run.texts))
        if text:
            text, self.label = f"{self.label} {text}".strip(), ""
            self.paragraphs += 1
            place = self._place(paragraph=self.paragraphs)
            bold = bool(run.bold) and all(run.bold)
            self.document.blocks.append(Paragraph(text, place, 0, bullet, bold))

    def _heading(self, element: Any, level: int) -> None:
        text = " ".join(_lines(element).split())
        if not text:
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.paragraphs += 1
        self.document.blocks.append(Paragraph(text, self._place(paragraph=self.paragraphs), level, bold=True))
        self.headings.append((level, text))

    def _table(self, element: Any) -> None:
        """A table; one that holds tables is a frame of a layout, and its cells are read as text."""
        rows = _rows(element)
        if any(True for row in rows for cell in row for _ in cell.iter("table")):
            for row in rows:
                for cell in row:
                    self._walk(cell, bold=False, bullet=False)
                    self._end()
            return
        self.tables += 1
        place = self._place(table=self.tables)
        for row in element.iter("tr"):
            if _set_apart(row, "tr") == "hidden text" and _lines(row):
                self.document.apart.append(Apart("\t".join(_lines(cell) for cell in row), "hidden row", place))
        caption = element.find("caption")
        grid = self._grid(rows, place)
        if not any(cell and cell.text for row in grid for cell in row):
            return
        header_rows = 0
        for row in rows:
            inside_head = row and any(str(up.tag).lower() == "thead" for up in row[0].iterancestors())
            if not (inside_head or (row and all(cell.tag == "th" for cell in row))):
                break
            header_rows += 1
        name = tidy(_lines(caption)) if caption is not None else None
        if name:
            self.document.blocks.append(Paragraph(name, {**place, "caption": True}, bold=True))
        self.document.blocks.append(Table(grid, place, min(header_rows, len(grid)), name or None, "html"))

    def _grid(self, rows: list[list[Any]], place: Place) -> list[list[Cell | None]]:
        """Cells put where their spans leave room, as a browser does."""
        grid: list[list[Cell | None]] = [[] for _ in rows]
        taken: list[dict[int, bool]] = [{} for _ in rows]
        for number, row in enumerate(rows):
            column = 0
            for element in row:
                while taken[number].get(column):
                    column += 1
                across = _span(element, "colspan", MAX_SPAN)
                down = min(_span(element, "rowspan", MAX_SPAN), len(rows) - number)
                self._count(across * down)
                made = self._cell(element, {**place, "row": number + 1, "cell": column + 1}, down, across)
                for r in range(number, number + down):
                    for c in range(column, column + across):
                        taken[r][c] = True
                        _put(grid[r], c, made if (r, c) == (number, column) else None)
                column += across
        width = max((len(row) for row in grid), default=0)
        self._count(width * len(grid))
        for number, line in enumerate(grid):
            for column in range(width):
                if column >= len(line) or not taken[number].get(column):
                    _put(line, column, Cell("", {**place, "row": number + 1, "cell": column + 1}))
        return grid

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise UnreadableFile(
                f"{self.name} has tables of more than {MAX_CELLS:,} cells: split it into smaller files."
            )

    @staticmethod
    def _cell(element: Any, place: Place, down: int, across: int) -> Cell:
        text = _lines(element)
        items = sum(1 for _ in element.iter("li"))
        strong = "".join("".join(e.itertext()) for e in element.iter("b", "strong"))
        bold = element.tag == "th" or (bool(text) and len("".join(strong.split())) >= len("".join(text.split())))
        colour = _COLOUR.search(element.get("style") or "")
        value = (colour.group(1) if colour else (element.get("bgcolor") or "").lstrip("#")).lower()
        value = "".join(c * 2 for c in value) if len(value) == 3 else value
        fill = value if re.fullmatch(r"[0-9a-f]{6}", value) and value != "ffffff" else None
        return Cell(text, place, down, across, bold, fill, items > 0 and 2 * items >= len(text.split("\n")))


def _number_of_item(item: Any) -> str:
    """The number that a browser prints before an item of an ordered list ("3."); "" where it prints none."""
    above = item.getparent()
    if above is None or above.tag != "ol" or "none" in (above.get("style") or ""):
        return ""
    first = (above.get("start") or "").strip()
    number = int(first) if first.isdigit() and len(first) < 6 else 1
    for other in above:
        if other.tag != "li":
            continue
        said = (other.get("value") or "").strip()
        number = int(said) if said.isdigit() and len(said) < 6 else number
        if other is item:
            break
        number += 1
    return f"{numeral(number, above.get('type') or '1') or number}."


def _put(line: list[Cell | None], column: int, cell: Cell | None) -> None:
    line.extend([None] * (column + 1 - len(line)))
    line[column] = cell


def _rows(table: Any) -> list[list[Any]]:
    """The rows of a table without those of tables inside it and those that do not show."""
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table and _set_apart(row, "tr") != "hidden text":
            rows.append([cell for cell in row if isinstance(cell.tag, str) and cell.tag in ("td", "th")])
    return rows


def _span(element: Any, name: str, most: int) -> int:
    value = (element.get(name) or "1").strip()
    return min(max(int(value), 1), most) if value.isdigit() and len(value) < 7 else 1


def _set_apart(element: Any, tag: str) -> str:
    """Why an element's words are not part of what the page says; "" where they are."""
    if tag in _FURNITURE:
        return _FURNITURE[tag]
    role = (element.get("role") or "").lower()
    if role in _ROLES:
        return _ROLES[role]
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return "hidden text"
    parent = element.getparent()
    page_level = parent is not None and parent.tag in ("body", "div") and not _inside(element, ("main", "article"))
    if tag in ("header", "footer") and page_level and element.find(".//h1") is None:
        return f"page {tag}"
    return ""


def _inside(element: Any, tags: tuple[str, ...]) -> bool:
    return any(str(up.tag).lower() in tags for up in element.iterancestors())


def _lines(element: Any) -> str:
    """The text of an element, a line for each block inside it."""
    out: list[str] = []

    def walk(part: Any) -> None:
        out.append(_SPACE.sub(" ", part.text or ""))
        for inner in part:
            tag = str(inner.tag).lower() if isinstance(inner.tag, str) else ""
            if tag == "br":
                out.append("\n")
            elif tag and tag not in _DROPPED:
                block = tag not in _INLINE
                out.append("\n" if block else "")
                walk(inner)
                out.append("\n" if block else "")
            out.append(_SPACE.sub(" ", inner.tail or ""))

    walk(element)
    return re.sub(r"\n{2,}", "\n", tidy("".join(out)))
