"""Prints a document as a Word file, with comments, tracked deletions, shading and merged cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.corpus.press.blocks import Break, Cell, Contents, Heading, Para, Print, Table


def print_word(made: Print, path: Path) -> None:
    """Write ``path``."""
    document = docx.Document()
    if made.running_head:
        document.sections[0].header.paragraphs[0].text = made.running_head
    for block in made.blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, Para):
            _para(document, block)
        elif isinstance(block, Contents):
            document.add_paragraph("Contents").runs[0].bold = True
            for text, page in block.entries:
                document.add_paragraph(f"{text} {'.' * 40} {page}")
        elif isinstance(block, Break):
            _break(document, block)
        else:
            _table(document, block, made.repeat_header)
    document.save(str(path))


def _para(document: Any, block: Para) -> None:
    if block.text:
        style = "List Bullet" if block.bullet else None
        document.add_paragraph(style=style).add_run(block.text).bold = block.bold or None
    else:
        document.add_paragraph()


def _break(document: Any, block: Break) -> None:
    if block.landscape is None:
        document.add_page_break()
        return
    section = document.sections[-1]
    if block.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width


def _table(document: Any, block: Table, repeat_header: bool) -> None:
    width = len(block.rows[0])
    table = document.add_table(rows=len(block.rows), cols=width)
    table.style = "Table Grid"
    for r, row in enumerate(block.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            target = table.cell(r, c)
            if cell.rows > 1 or cell.across > 1:
                target = target.merge(table.cell(r + cell.rows - 1, c + cell.across - 1))
            _cell(document, target, cell)
    if repeat_header and block.header_rows:
        for row in table.rows[: block.header_rows]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _cell(document: Any, target: Any, cell: Cell) -> None:
    for n, line in enumerate(cell.text.split("\n")):
        style = "List Bullet" if cell.bullets else None
        paragraph = target.paragraphs[0] if n == 0 else target.add_paragraph()
        if style:
            paragraph.style = document.styles[style]
        run = paragraph.add_run(line)
        run.bold = cell.bold or None
        if n == 0 and cell.comment:
            document.add_comment([run], text=cell.comment, author="Reviewer", initials="R")
        if n == 0 and cell.deleted:
            paragraph._p.append(_deleted(cell.deleted))
    if cell.fill:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", cell.fill)):
            shade.set(qn(f"w:{key}"), value)
        target._tc.get_or_add_tcPr().append(shade)


def _deleted(text: str) -> Any:
    gone, run, words = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    gone.set(qn("w:id"), "901")
    gone.set(qn("w:author"), "Reviewer")
    words.text = f" {text}"
    run.append(words)
    gone.append(run)
    return gone
