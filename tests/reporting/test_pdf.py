"""The PDF: tagged, titled, in English, and every word in it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from goldthread.reporting.model import Report
from goldthread.reporting.renderers import pdf
from tests.reporting.conftest import HOSTILE, report_saying


def words_of(data: bytes) -> str:
    """The text of all pages without spaces, as lines and columns break it anywhere."""
    with pypdfium2.PdfDocument(data) as document:
        pages = []
        for page in document:
            textpage = page.get_textpage()
            pages.append(textpage.get_text_bounded())
            textpage.close()
            page.close()
    return squeezed("".join(pages))


def squeezed(text: str) -> str:
    """Without white space, soft breaks and the marks that a PDF has for hyphens."""
    return re.sub(r"[\s\u200b\ufffe\u00ad\x02]", "", text)


@pytest.fixture(scope="module")
def made(report: Report) -> bytes:
    return pdf.render(report)


def structure_types(document: pikepdf.Pdf) -> set[str]:
    """The types of all structure elements."""
    found: set[str] = set()
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary):
            if "/S" in item:
                found.add(str(item.S))
            if "/K" in item:
                waiting.append(item.K)
    return found


def test_it_is_tagged_with_headings_tables_and_header_cells(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked
        assert {
            "/Title",
            "/H1",
            "/H2",
            "/H3",
            "/Table",
            "/TR",
            "/TH",
            "/TD",
            "/Caption",
            "/L",
            "/TOC",
        } <= structure_types(document)


def test_it_says_that_it_is_accessible_its_title_and_its_language(made: bytes, report: Report) -> None:
    with pikepdf.open(io.BytesIO(made)) as document:
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert report.title in str(metadata["dc:title"])
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert report.organisation in str(document.docinfo["/Author"])


def test_every_action_and_update_stands_in_it(made: bytes, report: Report) -> None:
    words = words_of(made)
    rows = [action for *_, block in report.objectives() for action in block.actions]
    for row in (*rows, *report.completed, *report.recommendation_rows()):
        assert row.reference in words
        assert squeezed(row.text) in words
    short = [update.text for row in rows for update in row.updates if len(update.text) < 300]
    assert short
    assert all(squeezed(text) in words for text in short)


def test_the_pages_are_landscape_a4_and_numbered(made: bytes) -> None:
    with pypdfium2.PdfDocument(made) as document:
        assert len(document) > 5
        assert [round(side) for side in document[0].get_size()] == [842, 595]
    assert "Page1of" in words_of(made)


def test_header_rows_repeat_on_every_page_of_a_long_table(made: bytes, report: Report) -> None:
    assert words_of(made).count("ReferenceActionLead") > len(list(report.objectives()))


def test_it_counts_what_nobody_has_checked(made: bytes, report: Report) -> None:
    words = words_of(made)
    assert squeezed(f"{report.summary.not_checked} of {report.summary.entries} entries") in words
    assert "Notyetchecked" in words


def test_a_hostile_text_is_set_and_never_read_as_markup(hostile_text: str) -> None:
    assert pdf.render(report_saying(hostile_text)).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["markup", "typesetting", "formula", "minus", "address", "long word"])
def test_what_a_font_can_show_is_shown_as_it_is(name: str) -> None:
    assert squeezed(HOSTILE[name]) in words_of(pdf.render(report_saying(HOSTILE[name])))


def test_a_character_without_a_shape_is_shown_by_its_name() -> None:
    assert "[tibetansyllableom]" in words_of(pdf.render(report_saying("Sign \u0f00 here")))


def test_an_empty_plan_says_so(empty_report: Report) -> None:
    words = words_of(pdf.render(empty_report))
    assert "Thisreportisempty" in words
    assert "Noopenactionsareonrecordasat27May2025" in words


def test_it_is_set_without_the_fonts_of_set_up(report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path / "none")
    pdf.families.cache_clear()
    try:
        assert report.title in words_of(pdf.render(report)).replace("Improvementplan", "Improvement plan")
    finally:
        pdf.families.cache_clear()


def test_the_typesetter_ending_badly_is_told_in_a_sentence(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.reporting.renderers.pdf.sys.executable", "/bin/false")
    with pytest.raises(pdf.NotTypeset, match="The PDF was not made"):
        pdf.render(report)
