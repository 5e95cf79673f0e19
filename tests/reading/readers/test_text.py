"""Plain text and Markdown: lines, tables, page furniture, encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.reading.document import Document, Paragraph, Table, UnreadableFile
from goldthread.reading.readers import text


def read(tmp_path: Path, content: str | bytes) -> Document:
    path = tmp_path / "notes.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return text.read(path, "notes.txt")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_lines_are_counted_from_one_whatever_ends_them(tmp_path: Path) -> None:
    document = read(tmp_path, "First line\r\n\r\nSecond part\rgoes on\n")
    assert [block.place["lines"] for block in document.blocks] == [[1, 1], [3, 4]]
    assert texts(document) == ["First line", "Second part\ngoes on"]


def test_lines_with_tabs_are_one_table_with_a_row_for_each_line(tmp_path: Path) -> None:
    document = read(tmp_path, "Plan\n\nAction\tLead\tUpdate\nMend roofs\tA. Smith\n\t\tTen done\n\nEnd")
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert [[cell.text if cell else None for cell in row] for row in table.rows] == [
        ["Action", "Lead", "Update"],
        ["Mend roofs", "A. Smith", ""],
        ["", "", "Ten done"],
    ]
    cell = table.rows[2][2]
    assert cell is not None
    assert cell.place == {"lines": [5, 5], "row": 2, "cell": 2}


def test_markdown_tables_keep_breaks_and_escaped_pipes(tmp_path: Path) -> None:
    document = read(tmp_path, "| Action | Lead |\n|---|:--|\n| Paint<br>doors | A \\| B |\n")
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert table.header_rows == 1
    assert [cell.text if cell else None for cell in table.rows[1]] == ["Paint\ndoors", "A | B"]


def test_markdown_headings_and_list_items(tmp_path: Path) -> None:
    document = read(tmp_path, "## Homes ##\n• Warm\n- Dry\n  and safe\nPlain\n")
    found = [(b.text, b.level, b.bullet) for b in document.blocks if isinstance(b, Paragraph)]
    assert found == [("Homes", 2, False), ("Warm", 0, True), ("Dry\nand safe\nPlain", 0, True)]


def test_page_numbers_and_running_heads_are_kept_apart(tmp_path: Path) -> None:
    pages = "\f".join(f"Sampleton plan\n\nText of page {n}, quite long.\n\nPage {n} of 4" for n in (1, 2, 3, 4))
    document = read(tmp_path, pages)
    assert texts(document) == [f"Text of page {n}, quite long." for n in (1, 2, 3, 4)]
    assert {(apart.why, apart.furniture) for apart in document.apart} == {("page number", True), ("running head", True)}


def test_a_number_on_a_line_of_its_own_numbers_an_entry(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "No.\n\n1\n\nMend the roof\n")) == ["No.", "1", "Mend the roof"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert texts(read(tmp_path, "Spend £3m – soon".encode(encoding))) == ["Spend £3m – soon"]


def test_bytes_that_no_text_holds_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"notes\.txt holds NUL bytes.*save it again"):
        read(tmp_path, b"abc\0def")


def test_a_text_beyond_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="split it"):
        read(tmp_path, "longer than ten bytes")


def test_boxes_are_told_by_the_two_kinds_of_blank_lines(tmp_path: Path) -> None:
    """Lines that end in a space, with " " inside a cell and "" between cells: a converter's boxes."""
    box = "One \nmore \n \nTwo \n\n"
    document = read(tmp_path, box * 6 + " Three \n")
    found = [block.box for block in document.blocks if isinstance(block, Paragraph)]
    assert found[:3] == [(0, 0), (0, 3), (1, 0)]
    assert found[-1] == (7, 1)  # a leading space is what is left of an empty line at the top of a page


def test_ordinary_text_has_no_boxes(tmp_path: Path) -> None:
    document = read(tmp_path, "One\n\nTwo\n\nThree\n")
    assert [block.box for block in document.blocks if isinstance(block, Paragraph)] == [None, None, None]
