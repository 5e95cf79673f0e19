"""Write the two Word documents in the layouts that councils use: merged cells, section rows, lists inside cells."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from texts import Objective, Theme

SHADE_HEAD, SHADE_SECTION = "D9E2EC", "EEF2F6"


class Report:
    """One Word document, written from top to bottom."""

    def __init__(self, title: str, council: str, *, landscape: bool = False) -> None:
        self.document = Document()
        self.document.styles["Normal"].font.name = "Arial"
        self.document.styles["Normal"].font.size = Pt(10)
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = Cm(1.8)
        section.footer.paragraphs[0].text = f"{council}: an example, its people invented"
        properties = self.document.core_properties
        properties.title, properties.author, properties.last_modified_by = title, council, council
        properties.created = properties.modified = datetime(2025, 5, 27)
        self.document.add_heading(title, level=0)
        self.document.add_paragraph(council)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading."""
        self.document.add_heading(text, level=level)

    def paragraph(self, text: str) -> None:
        """A paragraph of the body."""
        self.document.add_paragraph(text)

    def bullet(self, text: str) -> None:
        """A bullet of the body."""
        self.document.add_paragraph(text, style="List Bullet")

    def numbered(self, text: str) -> None:
        """An entry of a numbered list."""
        self.document.add_paragraph(text, style="List Number")

    def facts(self, facts: dict[str, str]) -> None:
        """The table of labels and values at the head of a committee paper."""
        table = self.document.add_table(rows=0, cols=2, style="Table Grid")
        for label, value in facts.items():
            cells = table.add_row().cells
            cells[0].text, cells[1].text = f"{label}:", value
            cells[0].paragraphs[0].runs[0].bold = True

    def table(self, head: list[str], rows: list[list[list[str]]], *, bullets: bool = False, caption: str = "") -> None:
        """A ruled table; every cell is a list of paragraphs. A caption stands in a row across, above the headings."""
        table = self._ruled(head)
        if caption:
            self._row_across(table, caption)
            table._tbl.insert(table._tbl.index(table.rows[0]._tr), table.rows[-1]._tr)
        for row in rows:
            for cell, paragraphs in zip(table.add_row().cells, row, strict=True):
                _fill(cell, [f"+ {text}" for text in paragraphs] if bullets else paragraphs)
        self._spread(table)

    def plan_table(self, head: list[str], plan: list[Theme], *, theme_rows: bool = False) -> None:
        """Objectives with their criteria on the left, merged over the rows of their actions; section rows across."""
        table = self._ruled(head)
        section = ""
        for theme in plan:
            if theme_rows:
                self._row_across(table, theme.title)
                section = ""
            for objective in theme.objectives:
                if objective.section != section:
                    section = objective.section
                    self._row_across(table, section)
                self._objective(table, objective)
        self._spread(table)

    def _objective(self, table: Any, objective: Objective) -> None:
        first = None
        for action in objective.actions:
            cells = table.add_row().cells
            first = first or cells[0]
            _fill(cells[1], [action.text])
            _fill(cells[2], action.lead.split(" / "))
            _fill(cells[3], action.update)
            if cells[0] is not first:
                first = first.merge(cells[0])
        criteria = ["Success criteria:", *(f"+ {text}" for text in objective.criteria)] if objective.criteria else []
        _fill(first, [objective.text, *criteria])

    def _ruled(self, head: list[str]) -> Any:
        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            _fill(cell, [text], bold=True, shade=SHADE_HEAD)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table

    def _row_across(self, table: Any, text: str) -> None:
        cells = table.add_row().cells
        _fill(cells[0].merge(cells[-1]), [text], bold=True, shade=SHADE_SECTION)

    def _spread(self, table: Any) -> None:
        """Give each column a share of the page by how much stands in it, within reason."""
        section = self.document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        wide = [min(30, max(14, max(len(cell.text) // 4 for cell in column.cells))) for column in table.columns]
        table.autofit = False
        for column, share in zip(table.columns, wide, strict=True):
            column.width = room * share // sum(wide)
        for row in table.rows:
            for cell, column in zip(row._tr.tc_lst, _columns_of(row, table), strict=True):
                cell.width = column

    def save(self, target: Path) -> None:
        """Write the file, every part dated alike so that the same text gives the same bytes."""
        made = BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, (2025, 5, 27, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                result.writestr(entry, source.read(name))


def _columns_of(row: Any, table: Any) -> list[int]:
    """The width of each cell of a row: the columns that it spans together."""
    widths, at = [], 0
    for cell in row._tr.tc_lst:
        widths.append(sum(column.width for column in list(table.columns)[at : at + cell.grid_span]))
        at += cell.grid_span
    return widths


def _fill(cell: Any, paragraphs: list[str], *, bold: bool = False, shade: str = "") -> None:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    for number, text in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if text.startswith("+ "):
            paragraph.style = cell.part.document.styles["List Bullet"]
        paragraph.add_run(text.removeprefix("+ ")).bold = bold or None
    if shade:
        colour = OxmlElement("w:shd")
        for name, value in {"val": "clear", "color": "auto", "fill": shade}.items():
            colour.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(colour)
