"""A report as a Word file with real styles: A4 landscape, repeating header rows, contents, page numbers."""

from __future__ import annotations

import io
from itertools import count

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocxParagraph

from goldthread.reporting.blocks import (
    QUIET,
    WARNING,
    Block,
    Bullets,
    Charts,
    Contents,
    Facts,
    Heading,
    Layout,
    Line,
    Paragraph,
    Table,
    TableRow,
)
from goldthread.reporting.columns import CHARTED
from goldthread.reporting.layout import laid_out
from goldthread.reporting.model import Report
from goldthread.reporting.renderers import docx_styles
from goldthread.reporting.renderers.docx_xml import (
    add_bookmark,
    add_field,
    add_text,
    contents_paragraphs,
    table_element,
)
from goldthread.reporting.renderers.pictures import pictures
from goldthread.reporting.renderers.settled import settled
from goldthread.reporting.wording import one_line, plain, runs_right_to_left

_WIDTH, _HEIGHT = Mm(297), Mm(210)
_SIDE, _TOP, _BOTTOM = Mm(15), Mm(20), Mm(18)
_USABLE = _WIDTH - 2 * _SIDE  # in English Metric Units, 635 to a twentieth of a point


def render(report: Report) -> bytes:
    """The report as the bytes of a Word file."""
    return written(laid_out(report))


def written(layout: Layout) -> bytes:
    """A layout as the bytes of a Word file."""
    document = Document()
    _page(document)
    docx_styles.define(document)
    _properties(document, layout)
    _running_lines(document, layout)
    document.add_paragraph(layout.title, style="Title")
    document.add_paragraph(layout.as_at, style="Subtitle")
    writer = _Writer(document)
    for block in layout.blocks:
        writer.write(block)
    data = io.BytesIO()
    document.save(data)
    return settled(data.getvalue())


class _Writer:
    """Adds blocks to a document in order, counting tables and bookmarks."""

    def __init__(self, document: DocxDocument) -> None:
        self._document = document
        self._tables, self._bookmarks = count(1), count(1)

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                paragraph = self._paragraph(block.text, f"Heading {block.level}")
                if block.new_page:
                    paragraph.paragraph_format.page_break_before = True
                add_bookmark(paragraph, block.anchor, next(self._bookmarks))
            case Paragraph():
                self._paragraph(block.text, {WARNING: "Warning", QUIET: "Quiet"}.get(block.style, "Normal"))
            case Bullets():
                if block.label:
                    self._paragraph(block.label, "List Label")
                for item in block.items:
                    self._paragraph(item, "List Bullet").paragraph_format.keep_with_next = bool(block.label)
            case Facts():
                for label, value in block.pairs:
                    paragraph = self._document.add_paragraph(style="Fact")
                    paragraph.add_run(label, style="Strong")
                    paragraph.add_run(f"\t{value}")
            case Contents():
                for element in contents_paragraphs(block):
                    self._document.element.body.sectPr.addprevious(element)
            case Charts():
                self._charts(block)
            case Table():
                self._table(block)

    def _paragraph(self, text: str, style: str) -> DocxParagraph:
        paragraph = self._document.add_paragraph(style=style)
        add_text(paragraph._p, text, right_to_left=runs_right_to_left(text))
        return paragraph

    def _charts(self, block: Charts) -> None:
        """The charts side by side in a row, each picture with its words; then one table with the figures of all of them."""
        row = self._document.add_table(1, len(block.charts))
        for cell, chart, picture in zip(row.rows[0].cells, block.charts, pictures(block.charts), strict=True):
            title = cell.paragraphs[0]
            title.style = self._document.styles["List Label"]
            title.add_run(one_line(chart.title))
            drawn = (
                cell.add_paragraph()
                .add_run()
                .add_picture(io.BytesIO(picture), width=int(_USABLE / len(block.charts) * 0.94))
            )
            drawn._inline.docPr.set("descr", plain(chart.in_words))
            if chart.said:
                cell.add_paragraph(one_line(chart.said), style="Quiet")
        figures = tuple(
            TableRow(
                ((Line(one_line(c.title)),), (Line(one_line(bar.label)),), (Line(f"{bar.value:,} of {c.total:,}"),))
            )
            for c in block.charts
            for bar in c.bars
        )
        self._document.add_paragraph(style="After Table")
        self._table(Table("The same in figures", CHARTED, figures))

    def _table(self, table: Table) -> None:
        number = next(self._tables)
        caption = self._document.add_paragraph("Table ", style="Caption")
        add_field(caption._p, "SEQ Table \\* ARABIC", str(number))
        caption.add_run(f": {table.caption}")
        self._document.element.body.sectPr.addprevious(table_element(table, width=int(_USABLE / 635)))
        self._document.add_paragraph(style="After Table")


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = _SIDE
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True


def _properties(document: DocxDocument, layout: Layout) -> None:
    """Title, author, language and day, which readers aloud and search engines go by. Word refuses over 255 characters."""
    core = document.core_properties
    core.title, core.subject = layout.title[:255], layout.as_at
    core.author, core.last_modified_by = layout.organisation[:255], layout.organisation[:255]
    core.comments, core.language, core.keywords = layout.description[:255], "en-GB", ""
    core.created = core.modified = layout.generated_at.replace(tzinfo=None)
    core.revision = 1


def _running_lines(document: DocxDocument, layout: Layout) -> None:
    """The title above every page but the first; the organisation and page numbers below every page."""
    section = document.sections[0]
    running = " – ".join(part for part in (layout.title, layout.organisation) if part)
    running = running if len(running) <= 120 else running[:119] + "…"
    section.header.is_linked_to_previous = False
    header = section.header.paragraphs[0]
    header.style = document.styles["Header"]
    header.add_run(f"{running}\t{layout.as_at}")
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = document.styles["Footer"]
        line.add_run(f"{layout.organisation}\tPage ")
        add_field(line._p, "PAGE", "1")
        line.add_run(" of ")
        add_field(line._p, "NUMPAGES", "1")
