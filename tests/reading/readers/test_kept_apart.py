"""What a file shows without saying it: struck-through words, and pages that are pictures."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from goldthread.reading import read_file
from goldthread.reading.readers import read_document
from tests.reading.readers.making import apart, at, drawn_pdf, para, texts, word_file

STRUCK = (
    "<w:p><w:r><w:t xml:space='preserve'>Publish the policy by </w:t></w:r><w:r><w:rPr><w:{0}/></w:rPr><w:t>March</w:t>"
    "</w:r><w:r><w:rPr><w:{0} w:val='0'/></w:rPr><w:t>June</w:t></w:r></w:p>"
)


@pytest.mark.parametrize("kind", ["strike", "dstrike"])
def test_struck_through_words_are_kept_apart(tmp_path: Path, kind: str) -> None:
    path = word_file(tmp_path / "a.docx", STRUCK.format(kind) + para("Text"))
    document = read_document(path)
    assert texts(document) == ["Publish the policy by June", "Text"]
    assert apart(document, "struck-through") == ["March"]
    assert ("March", "struck-through text") in [(left.text, left.why) for left in read_file(path).unplaced]


def with_pictures(path: Path, *pages: int, size: tuple[int, int] = (595, 842)) -> None:
    """Paint a picture over pages (from 1) of a PDF."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        picture = pdf.make_stream(bytes(100))
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10, BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceGray,
            )
        )  # fmt: skip
        for number in pages:
            page = pdf.pages[number - 1]
            page.Resources.XObject = pikepdf.Dictionary(I=picture)
            drawn = f" q {size[0]} 0 0 {size[1]} 0 0 cm /I Do Q".encode()
            page.Contents = pdf.make_stream(page.Contents.read_bytes() + drawn)
        pdf.save(path)


def questions(path: Path) -> list[str]:
    """The questions about the whole file."""
    return [question["ask"] for question in read_file(path).questions if question["record"] is None]


PROSE = at(60, 700, "The council agreed a plan and will publish it when the board has met.")


def test_pages_that_are_pictures_are_asked_about(tmp_path: Path) -> None:
    stamp = at(60, 20, "Page 3")
    path = drawn_pdf(tmp_path / "pack.pdf", PROSE, " ", stamp, " ", PROSE, " ")
    with_pictures(path, 2, 3, 4, 6)
    [ask] = questions(path)
    assert ask.startswith("Pages 2 to 4 and 6 of 6 are pictures without text")
    path = drawn_pdf(tmp_path / "one.pdf", PROSE, " ")
    with_pictures(path, 2)
    assert questions(path)[0].startswith("Page 2 of 2 is a picture without text")


def test_empty_pages_and_pages_with_a_logo_are_not(tmp_path: Path) -> None:
    path = drawn_pdf(tmp_path / "a.pdf", PROSE, " ", " ")
    with_pictures(path, 1)
    with_pictures(path, 3, size=(100, 60))
    assert questions(path) == []
