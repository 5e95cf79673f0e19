"""WordprocessingML that python-docx has no words for: tables in one go, fields, bookmarks, contents.

Tables are built as XML because python-docx finds each cell anew, which takes four times as long for twice the rows.
Element names and their order: ISO/IEC 29500-1, section 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from goldthread.reporting.blocks import PLAIN, QUIET, RATING, STRONG, WARNING, Cell, Contents, Table, TableRow
from goldthread.reporting.renderers.docx_styles import RATING_STYLES, TABLE_STYLE

_CHARACTER_STYLES = {STRONG: "Strong", QUIET: "QuietText", WARNING: "WarningText"}
_INDENTS = {1: "toc1", 2: "toc2"}


def element(tag: str, *children: Any, text: str | None = None, **attributes: str) -> Any:
    """A WordprocessingML element with attributes in its namespace, children in order, and perhaps a text."""
    made: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    if text is not None:
        made.text = text
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def run(text: str, *, style: str = "", right_to_left: bool = False, mark: str = "") -> Any:
    """A run of text with a character style; "removed" words are struck through, "added" ones underlined."""
    properties = [element("rStyle", val=style)] if style else []
    properties += [element("strike")] if mark == "removed" else []
    properties += [element("u", val="single")] if mark == "added" else []
    properties += [element("rtl")] if right_to_left else []
    start = [element("rPr", *properties)] if properties else []
    return element("r", *start, element("t", text=text))


def add_text(paragraph: Any, text: str, *, right_to_left: bool = False) -> None:
    """Add a text to a ``w:p``, which runs from right to left where the text does."""
    if right_to_left:
        paragraph.get_or_add_pPr().append(element("bidi"))
    paragraph.append(run(text, right_to_left=right_to_left))


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field to a ``w:p``, with what it shows until Word works it out."""
    paragraph.extend(_field(instruction, shown))


def _field(instruction: str, shown: str) -> Iterator[Any]:
    yield element("r", element("fldChar", fldCharType="begin"))
    yield element("r", element("instrText", text=f" {instruction} "))
    yield element("r", element("fldChar", fldCharType="separate"))
    yield element("r", element("t", text=shown))
    yield element("r", element("fldChar", fldCharType="end"))


def bookmark_name(anchor: str) -> str:
    """An anchor as the name of a bookmark: letters, digits and underscores, at most 40 of them."""
    return ("_" + re.sub(r"[^A-Za-z0-9]", "_", anchor))[:40]


def add_bookmark(paragraph: DocxParagraph, anchor: str, number: int) -> None:
    """Put a bookmark around a paragraph; the number is its own in the document."""
    if not anchor:
        return
    start = element("bookmarkStart", id=str(number), name=bookmark_name(anchor))
    body = paragraph._p
    body.insert(1 if body.pPr is not None else 0, start)
    body.append(element("bookmarkEnd", id=str(number)))


def contents_paragraphs(contents: Contents) -> Iterator[Any]:
    """A field of contents, filled with links; it is marked stale so that Word adds the page numbers when it may."""
    begin = element("r", element("fldChar", fldCharType="begin", dirty="true"))
    code = element("r", element("instrText", text=' TOC \\o "1-2" \\h \\z '))
    separate = element("r", element("fldChar", fldCharType="separate"))
    end = element("r", element("fldChar", fldCharType="end"))
    last = len(contents.entries) - 1
    for number, entry in enumerate(contents.entries):
        link = element("hyperlink", run(entry.text), anchor=bookmark_name(entry.anchor), history="1")
        properties = element("pPr", element("pStyle", val=_INDENTS[entry.level]))
        before, after = [begin, code, separate] if number == 0 else [], [end] if number == last else []
        yield element("p", properties, *before, link, *after)


def table_element(table: Table, *, width: int) -> Any:
    """A table as ``w:tbl``; the width in twentieths of a point is shared out over the columns.

    The first row repeats on every page and is marked as header; a short row stays on one page, a long one may break.
    """
    shares = sum(column.share for column in table.columns)
    widths = [int(width * column.share / shares) for column in table.columns]
    header = element(
        "tr",
        element("trPr", element("cantSplit"), element("tblHeader")),
        *(
            _cell([_paragraph([run(column.label)], "TableHeading")], size)
            for column, size in zip(table.columns, widths, strict=True)
        ),
    )
    names = ", ".join(column.label.lower() for column in table.columns)
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=TABLE_STYLE),
            element("tblW", w=str(sum(widths)), type="dxa"),
            element("tblLayout", type="fixed"),
            element(
                "tblLook",
                val="0620",
                firstRow="1",
                lastRow="0",
                firstColumn="0",
                lastColumn="0",
                noHBand="1",
                noVBand="1",
            ),
            element("tblCaption", val=table.caption[:250]),
            element("tblDescription", val=f"Columns: {names}."[:250]),
        ),
        element("tblGrid", *(element("gridCol", w=str(size)) for size in widths)),
        header,
        *(_row(row, widths) for row in table.rows),
    )


def _row(row: TableRow, widths: list[int]) -> Any:
    properties = [element("trPr", element("cantSplit"))] if row.short else []
    cells = (_cell(_lines(cell), size) for cell, size in zip(row.cells, widths, strict=True))
    return element("tr", *properties, *cells)


def _cell(paragraphs: list[Any], width: int) -> Any:
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), *paragraphs)


def _lines(cell: Cell) -> list[Any]:
    """The paragraphs of a cell; an empty one needs one too."""
    found = []
    for line in cell:
        style = RATING_STYLES.get(line.style, "RatingGrey") if line.style.startswith(RATING) else ""
        style = style or _CHARACTER_STYLES.get(line.style, PLAIN)
        rtl = line.right_to_left
        pieces = line.pieces or ((line.text, ""),)
        runs = [run(words, style=style, right_to_left=rtl, mark=mark) for words, mark in pieces]
        found.append(_paragraph(runs, "TableText", right_to_left=rtl))
    return found or [_paragraph([], "TableText")]


def _paragraph(runs: list[Any], style: str, *, right_to_left: bool = False) -> Any:
    properties = [element("pStyle", val=style), *([element("bidi")] if right_to_left else [])]
    return element("p", element("pPr", *properties), *runs)
