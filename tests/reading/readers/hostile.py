"""Files that somebody made to do harm, or that claim what no computer holds: each is written under its name."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf

from tests.reading.readers.making import (
    NAMESPACES,
    TYPES,
    at,
    drawn_pdf,
    para,
    relationships,
    word_cell,
    word_file,
    word_row,
    word_table,
)  # fmt: skip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODT = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table", "style")
)
LAUGHS = "<!DOCTYPE d [<!ENTITY l0 'ha'>" + "".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE d [<!ENTITY l11 SYSTEM 'file:///etc/passwd'>]>"
X = "<c r='{}' t='inlineStr'><is><t>{}</t></is></c>"


def archive(path: Path, parts: dict[str, str | bytes]) -> None:
    """A zip archive of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def book(path: Path, sheet: str, shared: str = "", before: str = "") -> None:
    """An .xlsx with one sheet, perhaps shared strings, and something before the sheet's root."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    types = f"<Override PartName='/xl/workbook.xml' ContentType='{kind}sheet.main+xml'/>"
    types += f"<Override PartName='/xl/sharedStrings.xml' ContentType='{kind}sharedStrings+xml'/></Types>"
    related = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("sharedStrings", "sharedStrings.xml")}
    sheets = "<sheets><sheet name='S' sheetId='1' r:id='rId1'/></sheets>"
    archive(
        path,
        {
            "[Content_Types].xml": TYPES.replace("</Types>", types),
            "_rels/.rels": relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f"<workbook xmlns='{MAIN}' {NAMESPACES}>{sheets}</workbook>",
            "xl/_rels/workbook.xml.rels": relationships(related),
            "xl/worksheets/sheet1.xml": f"{before}<worksheet xmlns='{MAIN}'>{sheet}</worksheet>",
            "xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{shared}</sst>",
        },
    )


def word(path: Path, body: str, before: str = "") -> None:
    """A .docx with something before its root."""
    archive(
        path,
        {
            "_rels/.rels": relationships({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"{before}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        },
    )


def odt(path: Path, body: str, before: str = "") -> None:
    """An .odt with something before its root."""
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"{before}<office:document-content {ODT}>{inner}</office:document-content>"
    archive(path, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def prose(words: int) -> str:
    """Words that are full of what the reader looks for."""
    chance = random.Random(1)
    some = "review the plan by March 2026 and publish £1.2m of 40 homes Head of Housing Ann Other 15% complete"
    return " ".join(chance.choices(some.split(), k=words))


def nested_archive(path: Path) -> None:
    """A Word file with an archive inside that holds archives of zeros."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        for n in range(5):
            package.writestr(f"{n}.xml", bytes(20_000_000))
    word_file(path, para("seen"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        for n in range(20):
            package.writestr(f"word/embeddings/{n}.zip", inner.getvalue())


def traversing(path: Path) -> None:
    """A Word file with members that would land outside the folder they are unpacked to."""
    word_file(path, para("seen"))
    with zipfile.ZipFile(path, "a") as package:
        for name in ("../../../../tmp/goldthread-evil", "/tmp/goldthread-evil", "word/../../../tmp/goldthread-evil"):
            package.writestr(name, "evil")


def nested_word_tables(path: Path) -> None:
    """Tables inside tables, as deep as the parser allows."""
    inner = para("x")
    for _ in range(80):
        inner = word_table(f"<w:tr>{word_cell(inner)}{word_cell('y')}</w:tr>")
    word_file(path, inner)


def pdf_objects(path: Path, objects: list[str | bytes]) -> None:
    """A PDF from its objects, the first of which is the catalogue; pdfium finds them without a table of places."""
    out = b"%PDF-1.7\n"
    places = []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (thing.encode() if isinstance(thing, str) else thing) + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    path.write_bytes(out + b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def stream(data: bytes, more: str = "") -> bytes:
    """A stream object."""
    return b"<</Length %d %s>>\nstream\n" % (len(data), more.encode()) + data + b"\nendstream"


PAGE = "<</Type/Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> {}>>>>"
FONT = "<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>"
TEXT = b"BT /F1 10 Tf 60 700 Td (Some words on a page) Tj ET"
CATALOG = "<</Type/Catalog /Pages 2 0 R>>"


def pdf_of(path: Path, pages: str, page: str = PAGE.format(""), content: bytes = TEXT, *more: str | bytes) -> None:
    """A PDF with one page object: what its tree of pages says, and what its content stream holds."""
    pdf_objects(path, [CATALOG, pages, page, stream(content), FONT, *more])


def packed_content(path: Path) -> None:
    """A page whose content unpacks to 400 MB."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    pdf_objects(path, [CATALOG, ONE, PAGE.format(""), stream(data, "/Filter/FlateDecode"), FONT])


ONE = "<</Type/Pages /Kids [3 0 R] /Count 1>>"
LOOPED = "/XObject <</X 6 0 R>>"
FORM = "/Type/XObject /Subtype/Form /BBox [0 0 595 842] /Resources <</XObject <</X 6 0 R>>>>"


def locked_pdf(path: Path) -> None:
    """A PDF that asks for a password."""
    with pikepdf.open(drawn_pdf(path, at(50, 700, "Text")), allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


def locked(path: Path) -> None:
    """An Office file that a password protects."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"))


def noise(path: Path) -> None:
    """Bytes by chance."""
    path.write_bytes(random.Random(path.name).randbytes(300_000))


def bomb(path: Path) -> None:
    """A Word file that unpacks to 300 MB."""
    word_file(path, para("x"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        for n in range(10):
            package.writestr(f"word/media/{n}.xml", bytes(30_000_000))


Maker = Callable[[Path], object]

# SAID: ends with a sentence. READ: is read, the harm in it untouched. EITHER: one or the other, soon. ENDS: takes so much
# memory that the process ends, which its parent puts in a sentence.
CASES: dict[str, tuple[str, Maker]] = {
    "bomb.docx": ("SAID", bomb),
    "nested bomb.docx": ("READ", nested_archive),
    "paths.docx": ("READ", traversing),
    "outside.docx": ("SAID", lambda p: word(p, para("&l11;"), OUTSIDE)),
    "laughs.docx": ("SAID", lambda p: word(p, para("&l11;"), LAUGHS)),
    "outside.xlsx": ("SAID", lambda p: book(p, "<sheetData/>", before=OUTSIDE)),
    "laughs.xlsx": ("SAID", lambda p: book(p, "<sheetData/>", before=LAUGHS)),
    "outside.odt": ("SAID", lambda p: odt(p, "<text:p>&l11;</text:p>", OUTSIDE)),
    "laughs.odt": ("SAID", lambda p: odt(p, "<text:p>&l11;</text:p>", LAUGHS)),
    "laughs.html": ("EITHER", lambda p: p.write_text(f"{LAUGHS}<html><body><p>seen &l11;")),
    "deep.docx": ("SAID", lambda p: word(p, "<w:sdt><w:sdtContent>" * 50_000)),
    "deep.xlsx": ("SAID", lambda p: book(p, "<a>" * 50_000)),
    "deep.odt": ("SAID", lambda p: odt(p, "<text:section>" * 50_000)),
    "deep.html": ("SAID", lambda p: p.write_text("<html><body>" + "<div>" * 100_000 + "x")),
    "deep inline.html": ("SAID", lambda p: p.write_text("<html><body><p>" + "<b><i>" * 100_000 + "x")),
    "deep tables.html": ("SAID", lambda p: p.write_text("<html><body>" + "<table><tr><td>" * 9_000 + "x")),
    "deep tables.docx": ("EITHER", nested_word_tables),
    "deep.pdf": ("EITHER", lambda p: pdf_of(p, ONE, PAGE.format("/X " + "[" * 200_000))),
    "deep content.pdf": ("EITHER", lambda p: pdf_of(p, ONE, PAGE.format(""), b"[" * 500_000 + TEXT)),
    "deep states.pdf": ("EITHER", lambda p: pdf_of(p, ONE, PAGE.format(""), b"q " * 500_000 + TEXT)),
    "many pages.pdf": ("EITHER", lambda p: pdf_of(p, "<</Type/Pages /Kids [3 0 R] /Count 100000>>")),
    "same page.pdf": ("SAID", lambda p: pdf_of(p, f"<</Type/Pages /Kids [{'3 0 R ' * 100_000}] /Count 100000>>")),
    "less than none.pdf": ("EITHER", lambda p: pdf_of(p, "<</Type/Pages /Kids [3 0 R] /Count -5>>")),
    "loop of pages.pdf": ("EITHER", lambda p: pdf_of(p, "<</Type/Pages /Kids [2 0 R 3 0 R] /Count 2>>")),
    "loop of streams.pdf": ("EITHER", lambda p: pdf_objects(p, [CATALOG, ONE, PAGE.format(""), "4 0 R", FONT])),
    "loop of forms.pdf": (
        "ENDS",
        lambda p: pdf_of(p, ONE, PAGE.format(LOOPED), TEXT + b" /X Do", stream(b"/X Do /X Do " + TEXT, FORM)),
    ),
    "wide forms.pdf": (
        "ENDS",
        lambda p: pdf_of(
            p, ONE, PAGE.format(LOOPED), b"/X Do " * 30_000, stream(TEXT * 20, FORM.split("/Resources")[0])
        ),
    ),
    "loop of lengths.pdf": (
        "EITHER",
        lambda p: pdf_objects(p, [CATALOG, ONE, PAGE.format(""), b"<</Length 4 0 R>>\nstream\n" + TEXT, FONT]),
    ),
    "loop of objects.pdf": (
        "EITHER",
        lambda p: pdf_of(
            p, ONE, PAGE.format(""), TEXT, stream(b"7 0 8 9", "/Type/ObjStm /N 2 /First 8 /Extends 6 0 R"), "7 0 R"
        ),
    ),
    "packed.pdf": ("ENDS", packed_content),
    "locked.pdf": ("SAID", locked_pdf),
    "locked.docx": ("SAID", locked),
    "locked.xlsx": ("SAID", locked),
    "claimed.xlsx": (
        "READ",
        lambda p: book(
            p,
            f"<dimension ref='A1:XFD1048576'/><sheetData><row r='1'>{X.format('A1', 'x')}</row>"
            f"<row r='1048576'>{X.format('XFD1048576', 'x')}</row></sheetData>",
        ),
    ),
    "merged.xlsx": (
        "SAID",
        lambda p: book(
            p,
            f"<sheetData><row r='1'>{X.format('A1', 'x')}</row></sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/>"
            "</mergeCells>",
        ),
    ),
    "rows.xlsx": ("SAID", lambda p: book(p, "<sheetData>" + "<row r='1'/>" * 1_000_000 + "</sheetData>")),
    "one string.xlsx": (
        "SAID",
        lambda p: book(
            p,
            "<sheetData>"
            + "".join(
                f"<row r='{r}'>" + "".join(f"<c r='{c}{r}' t='s'><v>0</v></c>" for c in "ABCDEFGHIJ") + "</row>"
                for r in range(1, 15_000)
            )
            + "</sheetData>",
            f"<si><t>{prose(6_000)}</t></si>",
        ),
    ),
    "strings.xlsx": ("SAID", lambda p: book(p, "<sheetData/>", "<si><t>x</t></si>" * 3_000_000)),
    "cell.xlsx": (
        "SAID",
        lambda p: book(p, f"<sheetData><row r='1'>{X.format('A1', prose(400_000))}</row></sheetData>"),
    ),
    "repeated.odt": (
        "EITHER",
        lambda p: odt(
            p,
            "<table:table><table:table-row table:number-rows-repeated='1048576'><table:table-cell "
            "table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
        ),
    ),
    "spaces.odt": ("EITHER", lambda p: odt(p, "<text:p>a<text:s text:c='2000000000'/>b</text:p>")),
    "spans.docx": (
        "EITHER",
        lambda p: word_file(
            p, word_table(*(word_row(word_cell("x", "<w:gridSpan w:val='999999'/>")) for _ in range(500)))
        ),
    ),
    "spans.html": (
        "SAID",
        lambda p: p.write_text("<html><body><table>" + "<tr><td rowspan=999999 colspan=999999>x" * 500),
    ),
    "paragraph.docx": ("SAID", lambda p: word_file(p, para(prose(400_000)))),
    "large.html": ("SAID", lambda p: p.write_text("<html><body>" + "<p>word word</p>" * 2_600_000)),
    "line.html": ("SAID", lambda p: p.write_text(f"<html><body><p>{prose(1_500_000)}")),
    "line.csv": ("SAID", lambda p: p.write_text("x," * 15_000_000)),
    "quoted.csv": ("SAID", lambda p: p.write_text('a,b\n"' + "x" * 30_000_000)),
    "line.txt": ("SAID", lambda p: p.write_text("x" * 30_000_000)),
    "words.txt": ("SAID", lambda p: p.write_text(prose(300_000))),
    "lines.txt": ("SAID", lambda p: p.write_text("a\tb\tc\n" * 1_000_000)),
    "empty lines.txt": ("SAID", lambda p: p.write_text("\n" * 5_000_000 + "x")),
    "long.txt": ("EITHER", lambda p: p.write_text(prose(36_000))),
    "utf-16.txt": ("READ", lambda p: p.write_bytes("Plan\n\nDo it by March 2026.\n".encode("utf-16"))),
    "utf-16.csv": ("READ", lambda p: p.write_bytes("Action\tLead\nDo it\tAnn Other\nMore\tX\n".encode("utf-16"))),
    "utf-16.html": ("READ", lambda p: p.write_bytes("<html><body><p>Do it by March 2026.".encode("utf-16"))),
    **{
        f"noise.{kind}": ("EITHER", noise) for kind in ("docx", "xlsx", "odt", "pdf", "csv", "html", "txt", "md", "tsv")
    },
}
