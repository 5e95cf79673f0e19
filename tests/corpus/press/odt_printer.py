"""Prints a document as OpenDocument text: its XML written by hand, with spans, lists, annotations and tracked changes."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from tests.corpus.press.blocks import Break, Cell, Contents, Heading, Para, Print, Table

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("meta", "meta"),
    )
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_WHO = "<dc:creator>Reviewer</dc:creator><dc:date>2025-03-01T10:00:00</dc:date>"


def print_odt(made: Print, path: Path) -> None:
    """Write ``path``."""
    writer = _Writer(made)
    body = "".join(writer.block(block) for block in made.blocks)
    fills = "".join(
        f'<style:style style:name="F{colour}" style:family="table-cell"><style:table-cell-properties '
        f'fo:background-color="#{colour}"/></style:style>'
        for colour in sorted(writer.fills)
    )
    styles = (
        f'<office:automatic-styles>{fills}<style:style style:name="B" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style></office:automatic-styles>'
    )
    changes = f"<text:tracked-changes>{''.join(writer.changes)}</text:tracked-changes>" if writer.changes else ""
    text = f"<office:body><office:text>{changes}{body}</office:text></office:body>"
    content = f'<office:document-content {_NAMES} office:version="1.3">{styles}{text}</office:document-content>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        package.writestr("styles.xml", f'<?xml version="1.0" encoding="UTF-8"?>{_page(made)}')
        package.writestr("META-INF/manifest.xml", "<manifest/>")


def _page(made: Print) -> str:
    head = f"<style:header><text:p>{escape(made.running_head)}</text:p></style:header>" if made.running_head else ""
    master = f'<office:master-styles><style:master-page style:name="Standard">{head}</style:master-page></office:master-styles>'
    return f'<office:document-styles {_NAMES} office:version="1.3">{master}</office:document-styles>'


class _Writer:
    """Writes blocks; remembers the colours and the changes that they need."""

    def __init__(self, made: Print) -> None:
        self.made = made
        self.fills: set[str] = set()
        self.changes: list[str] = []

    def block(self, block: object) -> str:
        """The XML of a block."""
        if isinstance(block, Heading):
            return f'<text:h text:outline-level="{block.level}">{escape(block.text)}</text:h>'
        if isinstance(block, Para):
            inner = f"<text:p>{escape(block.text)}</text:p>"
            return f"<text:list><text:list-item>{inner}</text:list-item></text:list>" if block.bullet else inner
        if isinstance(block, Contents):
            lines = "".join(f"<text:p>{escape(text)}<text:tab/>{page}</text:p>" for text, page in block.entries)
            return f"<text:table-of-content><text:index-body>{lines}</text:index-body></text:table-of-content>"
        if isinstance(block, Table):
            return self.table(block)
        return "<text:p/>" if isinstance(block, Break) else ""

    def table(self, block: Table) -> str:
        """The XML of a table."""
        rows = [
            "<table:table-row>" + "".join(self.cell(cell) for cell in row) + "</table:table-row>" for row in block.rows
        ]
        head = "".join(rows[: block.header_rows])
        head = (
            f"<table:table-header-rows>{head}</table:table-header-rows>" if head and self.made.repeat_header else head
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
        return f"<table:table>{columns}{head}{''.join(rows[block.header_rows :])}</table:table>"

    def cell(self, cell: Cell | None) -> str:
        """The XML of a cell."""
        if cell is None:
            return "<table:covered-table-cell/>"
        spans = f' table:number-rows-spanned="{cell.rows}"' if cell.rows > 1 else ""
        spans += f' table:number-columns-spanned="{cell.across}"' if cell.across > 1 else ""
        if cell.fill:
            self.fills.add(cell.fill)
            spans += f' table:style-name="F{cell.fill}"'
        lines = [escape(line) for line in cell.text.split("\n")]
        if cell.bold:
            lines = [f'<text:span text:style-name="B">{line}</text:span>' for line in lines]
        if cell.comment:
            lines[0] += f"<office:annotation>{_WHO}<text:p>{escape(cell.comment)}</text:p></office:annotation>"
        if cell.deleted:
            key = f"ct{len(self.changes)}"
            self.changes.append(
                f'<text:changed-region text:id="{key}"><text:deletion><office:change-info>{_WHO}</office:change-info>'
                f"<text:p>{escape(cell.deleted)}</text:p></text:deletion></text:changed-region>"
            )
            lines[0] += f'<text:change text:change-id="{key}"/>'
        if cell.bullets:
            inner = (
                "<text:list>"
                + "".join(f"<text:list-item><text:p>{line}</text:p></text:list-item>" for line in lines)
                + "</text:list>"
            )
        else:
            inner = "".join(f"<text:p>{line}</text:p>" for line in lines)
        return f"<table:table-cell{spans}>{inner}</table:table-cell>"
