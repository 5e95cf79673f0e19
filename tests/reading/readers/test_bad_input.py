"""Bad input ends with one sentence that names the file, what is wrong and the remedy; time and memory stay bounded."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from goldthread.reading.document import UnreadableFile
from goldthread.reading.readers import read_document, sniffing
from tests.reading.readers.making import (
    NAMESPACES,
    TYPES,
    at,
    drawn_pdf,
    para,
    relationships,
    tables,
    texts,
    word_file,
    word_table,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(path: Path, *, name: str | None = None) -> str:
    """The sentence with which a file is refused: one sentence, with the file's name and a remedy."""
    with pytest.raises(UnreadableFile) as caught:
        read_document(path, name=name)
    sentence = str(caught.value)
    shown = name or path.name
    assert sentence.startswith(shown)
    assert ":" in sentence.removeprefix(shown), "the remedy follows a colon"
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert str(path.parent) not in sentence
    return sentence


def workbook(path: Path, sheet: str, **parts: str) -> Path:
    """An .xlsx whose one sheet is given as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        override = f"<Override PartName='/xl/workbook.xml' ContentType='{kind}'/></Types>"
        package.writestr("[Content_Types].xml", TYPES.replace("</Types>", override))
        package.writestr("_rels/.rels", relationships({"rId1": ("officeDocument", "xl/workbook.xml")}))
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        package.writestr(
            "xl/workbook.xml",
            f"<workbook xmlns='{main}' {NAMESPACES}><sheets><sheet name='S' sheetId='1' r:id='rId1'/></sheets></workbook>",
        )
        package.writestr("xl/_rels/workbook.xml.rels", relationships({"rId1": ("worksheet", "worksheets/sheet1.xml")}))
        package.writestr("xl/worksheets/sheet1.xml", f"<worksheet xmlns='{main}'>{sheet}</worksheet>")
        for part, xml in parts.items():
            package.writestr(part, xml)
    return path


def written(path: Path, data: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.csv", "a.html", "a.txt"])
def test_empty_and_missing_files(tmp_path: Path, name: str) -> None:
    assert "empty" in refused(written(tmp_path / name, b""))
    assert "not there" in refused(tmp_path / f"other-{name}")
    assert "not a file" in refused(tmp_path)


def test_the_name_that_the_person_gave_is_the_one_told(tmp_path: Path) -> None:
    assert refused(written(tmp_path / "upload-17", b""), name="Our plan.docx").startswith("Our plan.docx is empty")


def test_misnamed_files(tmp_path: Path) -> None:
    pdf = drawn_pdf(tmp_path / "real.pdf", at(50, 700, "Text"))
    docx = word_file(tmp_path / "real.docx", para("Text"))
    assert "is a PDF by its contents" in refused(written(tmp_path / "a.docx", pdf.read_bytes()))
    assert "rename it to b.docx" in refused(written(tmp_path / "b.pdf", docx.read_bytes()))
    assert "is a Word document" in refused(written(tmp_path / "c.xlsx", docx.read_bytes()))
    assert "not a PDF" in refused(written(tmp_path / "d.pdf", b"only some text"))
    assert "not a Word document" in refused(written(tmp_path / "e.docx", b"<html><body>saved as Word</body></html>"))
    assert "rename it to f.html" in refused(written(tmp_path / "f.txt", b"<!DOCTYPE html><html><p>x</p></html>"))
    assert "plain text" in refused(written(tmp_path / "g.html", b"no tags at all"))
    assert texts(read_document(docx, name="no extension")) == ["Text"]


def test_kinds_that_are_not_read_say_what_to_save(tmp_path: Path) -> None:
    word = OLE + "WordDocument".encode("utf-16-le")
    assert "save it as .docx" in refused(written(tmp_path / "a.doc", word))
    assert "save it as .xlsx" in refused(written(tmp_path / "a.xls", OLE + "Workbook".encode("utf-16-le")))
    assert "save it as .docx" in refused(written(tmp_path / "a.rtf", b"{\\rtf1 text}"))
    assert "picture" in refused(written(tmp_path / "a.png", b"\x89PNG\r\n\x1a\n" + bytes(50)))
    for kind, suffix, remedy in (
        ("spreadsheet", "ods", ".xlsx"),
        ("presentation", "odp", "PDF"),
    ):
        path = tmp_path / f"a.{suffix}"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        assert remedy in refused(path)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("plan.txt", "text")
    assert "unpack it" in refused(tmp_path / "a.zip")


def test_a_strict_workbook_says_what_to_save(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "<sheetData/>")
    data = {}
    with zipfile.ZipFile(path) as package:
        data = {name: package.read(name) for name in package.namelist()}
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in data.items():
            package.writestr(name, content.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main"))
    assert "Strict" in refused(path)


def test_encrypted_files(tmp_path: Path) -> None:
    locked = written(tmp_path / "a.docx", OLE + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refused(locked)
    with pikepdf.open(drawn_pdf(tmp_path / "open.pdf", at(50, 700, "Text"))) as pdf:
        pdf.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
        pdf.save(tmp_path / "c.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    assert "password" in refused(tmp_path / "b.pdf")
    assert texts(read_document(tmp_path / "c.pdf")) == ["Text"], "a file that only forbids printing opens"
    data = bytearray(word_file(tmp_path / "d.docx", para("Text")).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            data[found.start() + offset] |= 1
    assert "password" in refused(written(tmp_path / "d.docx", bytes(data)))


def test_truncated_files(tmp_path: Path) -> None:
    docx = word_file(tmp_path / "a.docx", para("Text " * 500)).read_bytes()
    pdf = drawn_pdf(tmp_path / "b.pdf", at(50, 700, "Text")).read_bytes()
    assert "damaged or was cut off" in refused(written(tmp_path / "a.docx", docx[: len(docx) // 2]))
    assert "damaged" in refused(written(tmp_path / "b.pdf", pdf[:60]))
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    out = io.BytesIO()
    book.save(out)
    assert "damaged" in refused(written(tmp_path / "c.xlsx", out.getvalue()[:-200]))


def test_a_scan_has_no_text_layer(tmp_path: Path) -> None:
    assert "no text layer" in refused(drawn_pdf(tmp_path / "scan.pdf", "0 0 100 100 re f"))


def test_files_without_any_words(tmp_path: Path) -> None:
    assert "holds no text" in refused(word_file(tmp_path / "a.docx", ""))
    assert "holds no text" in refused(written(tmp_path / "a.csv", b"\n,,\n"))
    assert "holds no text" in refused(written(tmp_path / "a.html", b"<html><script>x</script></html>"))


def test_nul_bytes_in_text(tmp_path: Path) -> None:
    assert "NUL" in refused(written(tmp_path / "a.csv", b"a,b\n1,\x002\n"))
    late = b"a,b\n" * 40_000 + b"1,\x00\n"
    assert "NUL" in refused(written(tmp_path / "b.csv", late))


def test_oversized_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "MAX_BYTES", 100)
    assert "too large" in refused(written(tmp_path / "a.txt", b"x" * 101))


def quick(refuse: Callable[[], str], seconds: float = 10) -> str:
    """A refusal that does not take long."""
    start = time.monotonic()
    sentence = refuse()
    assert time.monotonic() - start < seconds
    return sentence


def test_an_archive_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    path = word_file(tmp_path / "bomb.docx", para("x"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.xml", b"0" * (30 * 1024 * 1024))
    assert "too large once unpacked" in quick(lambda: refused(path))
    many = word_file(tmp_path / "many.docx", para("x"))
    with zipfile.ZipFile(many, "a") as package:
        for n in range(10_100):
            package.writestr(f"x/{n}", b"")
    assert "too large once unpacked" in quick(lambda: refused(many))


def test_an_archive_that_lies_about_its_sizes(tmp_path: Path) -> None:
    path = word_file(tmp_path / "liar.docx", para("word " * 200_000))
    data = bytearray(path.read_bytes())
    for found in re.finditer(re.escape(b"PK\x01\x02"), bytes(data)):
        data[found.start() + 24 : found.start() + 28] = struct.pack("<I", 10)
    assert "damaged" in quick(lambda: refused(written(path, bytes(data))))


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("private words", encoding="utf-8")
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    for number, kind in enumerate(
        (f"<!ENTITY x SYSTEM 'file://{secret}'>", f"<!ENTITY l0 'ha'>{laughs}<!ENTITY x '&l11;'>")
    ):
        path = tmp_path / f"{number}.docx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("_rels/.rels", relationships({"rId1": ("officeDocument", "word/document.xml")}))
            body = f"<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>{para('seen')}</w:body>"
            package.writestr("word/document.xml", f"<!DOCTYPE d [{kind}]><w:document {NAMESPACES}>{body}</w:document>")
        quick(lambda path=path: refused(path))  # type: ignore[misc]
        sheet = workbook(
            tmp_path / f"{number}.xlsx", "<sheetData/>", **{"xl/sharedStrings.xml": f"<!DOCTYPE d [{kind}]><sst/>"}
        )
        assert "document type" in quick(lambda sheet=sheet: refused(sheet))  # type: ignore[misc]
    page = tmp_path / "a.html"
    page.write_text(f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]><html><body><p>seen &x;</p></body></html>")
    assert "private" not in " ".join(texts(read_document(page)))


def test_sheets_that_claim_a_million_rows(tmp_path: Path) -> None:
    inner = "<c r='{}' t='inlineStr'><is><t>x</t></is></c>"
    corners = f"<row r='1'>{inner.format('A1')}</row><row r='1048576'>{inner.format('XFD1048576')}</row>"
    claimed = f"<dimension ref='A1:XFD1048576'/><sheetData>{corners}</sheetData>"
    document = read_document(workbook(tmp_path / "a.xlsx", claimed))
    assert texts(document) == ["x", "x"]
    merged = f"<sheetData>{corners}</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"
    assert "more rows or cells" in quick(lambda: refused(workbook(tmp_path / "b.xlsx", merged)))
    rows = "<sheetData>" + "<row r='1'/>" * 200_001 + "</sheetData>"
    assert "more rows or cells" in quick(lambda: refused(workbook(tmp_path / "c.xlsx", rows)))


def test_spans_and_nesting_that_claim_too_much(tmp_path: Path) -> None:
    wide = "<table>" + "<tr><td rowspan=999999 colspan=999999>x</td></tr>" * 500 + "</table>"
    page = written(tmp_path / "a.html", f"<html><body>{wide}</body></html>".encode())
    quick(lambda: refused(page))
    deep = "<div>" * 5_000 + "deep" + "</div>" * 5_000
    assert "too deeply" in refused(written(tmp_path / "b.html", f"<html><body>{deep}".encode()))
    nested = para("x")
    for _ in range(60):
        nested = word_table(f"<w:tr><w:tc>{nested}</w:tc><w:tc><w:p/></w:tc></w:tr>")
    try:
        assert tables(read_document(word_file(tmp_path / "c.docx", nested)))
    except UnreadableFile as problem:
        assert "c.docx" in str(problem)


def test_a_tag_tree_that_bites_its_tail(tmp_path: Path) -> None:
    path = drawn_pdf(tmp_path / "a.pdf", at(50, 700, "Text"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, S=pikepdf.Name.Sect))
        root.K = pikepdf.Array([root, root])
        pdf.Root.StructTreeRoot = root
        pdf.save()
    start = time.monotonic()
    assert texts(read_document(path)) == ["Text"]
    assert time.monotonic() - start < 10
