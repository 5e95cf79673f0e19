"""Small real files for the reader tests: a Word package from its XML, a PDF from its content streams or from typst."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import typst

from goldthread.reading.document import Cell, Document, Paragraph, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def relationships(parts: dict[str, tuple[str, str]]) -> str:
    """The XML of relationships: identifier → (kind, target)."""
    inner = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{k}" Target="{t}"/>' for i, (k, t) in parts.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def word_file(path: Path, body: str, **parts: str) -> Path:
    """A .docx whose body and further parts (styles, numbering, comments, footnotes, header1, …) are given as XML."""
    related = {f"rId{n}": (kind.rstrip("0123456789"), f"{kind}.xml") for n, kind in enumerate(parts, start=1)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", relationships({"rId1": ("officeDocument", "word/document.xml")}))
        package.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", relationships(related))
        for kind, xml in parts.items():
            package.writestr(f"word/{kind}.xml", xml)
    return path


def para(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def word_table(*rows: str) -> str:
    """A Word table of rows given as XML."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def word_row(*cells: str, properties: str = "") -> str:
    """A Word row: plain strings become cells."""
    made = "".join(c if c.startswith("<w:tc") else word_cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def word_cell(text: str, properties: str = "") -> str:
    """A Word cell with one paragraph, or with contents given as XML."""
    inner = text if text.startswith("<w:") else para(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def typst_file(path: Path, source: str) -> Path:
    """A tagged PDF (PDF/UA-1) set by typst."""
    start = '#set document(title: "Plan")\n#set text(lang: "en")\n'
    text = path.with_suffix(".typ")
    text.write_text(start + source, encoding="utf-8")
    path.write_bytes(typst.compile(str(text), pdf_standards=["ua-1"]))
    return path


def without_tags(source: Path, path: Path) -> Path:
    """The same PDF without its tag tree."""
    with pikepdf.open(source) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    return path


def drawn_pdf(path: Path, *contents: str, rotate: int = 0, size: tuple[int, int] = (595, 842)) -> Path:
    """An untagged PDF: one content stream per page, fonts F1 (Helvetica) and F2 (Helvetica-Bold)."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary()
    for name, face in (("/F1", "/Helvetica"), ("/F2", "/Helvetica-Bold")):
        fonts[name] = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name(face),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    for content in contents:
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = pdf.make_stream(content.encode("cp1252"))
        if rotate:
            page.Rotate = rotate
    pdf.save(path)
    return path


def at(x: float, y: float, text: str, font: str = "F1", size: float = 10) -> str:
    """Text drawn at a place (points from the bottom left)."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs of a document."""
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def texts(document: Document) -> list[str]:
    """The texts of its paragraphs."""
    return [paragraph.text for paragraph in paragraphs(document)]


def tables(document: Document) -> list[Table]:
    """The tables of a document."""
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[list[str | None]]:
    """The texts of a table, None where a merge covers."""
    return [[cell.text if cell is not None else None for cell in row] for row in table.rows]


def cell(table: Table, row: int, column: int) -> Cell:
    """A cell that is there."""
    found = table.rows[row][column]
    assert found is not None
    return found


def apart(document: Document, why: str) -> list[str]:
    """The texts kept apart for a reason."""
    return [item.text for item in document.apart if why in item.why]
