"""Small real files to damage: an invented plan, printed in every format that is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl  # type: ignore[import-untyped]
import pikepdf
import typst
from openpyxl.comments import Comment  # type: ignore[import-untyped]

Row = tuple[str, ...]
HEADINGS: Row = ("Ref", "Objective", "Action", "Lead", "Timescale", "RAG", "Progress update")
ROWS: list[Row] = [
    ("1.1", "Homes are safe", "Inspect every roof", "Head of Housing", "March 2026", "Green", "Done for 120 homes."),
    ("1.2", "", "Repair 40 lifts (£1.2m)", "Ottilie Farrow", "Q2 2026/27", "Amber", "Twelve of 40 are repaired."),
    ("1.3", "as above", "Publish a damp policy", "Head of Housing", "31/05/2025", "Red", ""),
    ("2.1", "Money is well spent", "Review 15% of contracts", "Director of Resources", "Ongoing", "", "Monthly."),
]
TITLE = "Improvement plan"
PROSE = "We found that staff are proud of the borough. The council should agree a plan by 27 May 2025, and publish it."
POSTS = ["Director of Places", "Head of Digital (vacant)", "Assistant Director, Early Help – Bram Quillfeather"]


def word(path: Path) -> None:
    """A Word plan with headings, a list, a merge and a deleted word."""
    made = docx.Document()
    made.add_heading(TITLE, 1)
    made.add_paragraph(PROSE)
    for post in POSTS:
        made.add_paragraph(post, style="List Bullet")
    table = made.add_table(0, len(HEADINGS))
    for row in (HEADINGS, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    made.add_paragraph(PROSE).runs[0].font.strike = True
    made.save(str(path))


def excel(path: Path) -> None:
    """A workbook with two sheets, merges, a hidden row, a comment, a formula and a date."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    for row in (HEADINGS, *ROWS):
        sheet.append(list(row))
    sheet["A7"], sheet["E7"] = "=A6", 46000
    sheet["E7"].number_format = "dd/mm/yyyy"
    sheet["C3"].comment = Comment("Ask again", "Someone")
    sheet.merge_cells("B3:B4")
    sheet.row_dimensions[5].hidden = True
    sheet.freeze_panes = "A3"
    other = book.create_sheet("Measures")
    for values in (("Indicator", "Target", "Actual"), ("Homes inspected", 0.95, 0.875), ("Complaints", 40, 52)):
        other.append(values)
        other.cell(other.max_row, 2).number_format = "0.0%"
    book.save(path)


def delimited(path: Path) -> None:
    """A table as comma-separated text with quoted line breaks."""
    lines = [",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *ROWS)]
    path.write_text(
        "\n".join([*lines, '"3.1","","two\nlines, one cell","Head of ""Digital""","2027","G","–"']), "utf-8"
    )


def web_page(path: Path) -> None:
    """A web page with menus, lists, spans and a table inside a table."""
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in ROWS)
    head = "".join(f"<th scope='col'>{heading}</th>" for heading in HEADINGS)
    posts = "".join(f"<li>{post}" for post in POSTS)
    path.write_text(
        f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><nav>Home</nav><main><h1>{TITLE}</h1><p>{PROSE}"
        f"<ul>{posts}</ul><table><thead><tr>{head}</thead>{cells}<tr><td rowspan=2 colspan='3'>x<td style='background:"
        f"#ff0000'><table><tr><td>in</td></tr></table><tr><td hidden>gone</table></main><footer>Foot</footer>",
        "utf-8",
    )


def tagged(path: Path) -> None:
    """A tagged PDF with headings, a list and a table, its streams unpacked so that damage reaches the page."""
    cells = ", ".join("[" + cell.replace("–", "-") + "]" for row in ROWS for cell in row)
    head = ", ".join(f"[{heading}]" for heading in HEADINGS)
    source = (
        f'#set document(title: "{TITLE}")\n#set text(lang: "en", size: 9pt)\n= {TITLE}\n{PROSE}\n'
        + "\n".join(f"- {post}" for post in POSTS)
        + f"\n#table(columns: {len(HEADINGS)}, table.header({head}), {cells})\n#pagebreak()\n== More\n{PROSE}"
    )
    text = path.with_suffix(".typ")
    text.write_text(source, "utf-8")
    path.write_bytes(typst.compile(str(text), pdf_standards=["ua-1"]))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def ruled(path: Path) -> None:
    """An untagged PDF with a ruled table, columns without rules, and running heads, on three pages."""
    pdf = pikepdf.new()
    face = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    columns = [40, 70, 170, 310, 420, 490, 540, 800]
    for number in range(3):
        drawn = [_at(40, 570, TITLE, 16), _at(400, 20, f"Page {number + 1}", 8), _at(40, 550, PROSE[:80], 9)]
        for line, row in enumerate((HEADINGS, *ROWS)):
            top = 520 - 30 * line
            drawn += [_at(x + 2, top - 15, cell, 8) for x, cell in zip(columns, row, strict=False)]
            if number < 2:
                drawn.append(f"40 {top} m 800 {top} l S\n")
                drawn += [f"{x} {top} m {x} {top - 30} l S\n" for x in columns]
        drawn.append("40 370 m 800 370 l S\n0.9 0.2 0.2 rg 490 400 50 30 re f\n" if number < 2 else "")
        pdf.add_blank_page(page_size=(842, 595))
        pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
        pdf.pages[-1].Contents = pdf.make_stream("".join(drawn).encode("cp1252"))
    pdf.save(path, compress_streams=False)


def _at(x: float, y: float, text: str, size: float) -> str:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def plain(path: Path) -> None:
    """Plain text as converters make it of a PDF: headings, tabs, torn lines, a markdown table, form feeds."""
    rows = ["\t".join(row) for row in (HEADINGS, *ROWS)]
    marked = ["| " + " | ".join(row[:3]) + " |" for row in ROWS]
    lines = [TITLE, "", PROSE, "", *rows, "\f1 | Page", "", "| Ref | Objective | Action |", "|---|---|---|", *marked]
    path.write_text("\n".join([*lines, "", *(f"• {post}" for post in POSTS), "", PROSE * 3]), "utf-8")


def open_document(path: Path) -> None:
    """An OpenDocument text with headings, a list, spans and a tracked change."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "text", "table", "style")
    )
    cells = [
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p></table:table-cell>' for c in row
        )
        + "</table:table-row>"
        for row in (HEADINGS, *ROWS)
    ]
    spanned = (
        '<table:table-row><table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="3"><text:p>x<text:s '
        'text:c="3"/>y</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="4"><text:p>z</text:p></table:table-cell></table:table-row>'
    )
    posts = "".join(f"<text:list-item><text:p>{post}</text:p></text:list-item>" for post in POSTS)
    body = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>gone</text:p></text:deletion>'
        f'</text:changed-region></text:tracked-changes><text:h text:outline-level="1">{TITLE}</text:h><text:p>{PROSE}'
        f'<text:change text:change-id="c1"/></text:p><text:list text:style-name="L1">{posts}</text:list><table:table '
        f'table:name="T">{"".join(cells)}{spanned}</table:table>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        package.writestr("styles.xml", f"<office:document-styles {spaces}><office:styles/></office:document-styles>")


MAKERS: dict[str, Callable[[Path], None]] = {
    "plan.docx": word,
    "plan.xlsx": excel,
    "plan.odt": open_document,
    "plan.csv": delimited,
    "plan.html": web_page,
    "plan.txt": plain,
    "tagged.pdf": tagged,
    "ruled.pdf": ruled,
}
