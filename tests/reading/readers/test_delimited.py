"""What a user relies on when a CSV is read: the right columns whatever the delimiter, encoding and quoting."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.reading.readers import read_document
from tests.reading.readers.making import cell, grid, tables, texts

ROWS = [["Ref", "Action", "Lead"], ["1", "Café – review", "Ann"], ["2", "Hire", "Bo"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding))
    assert grid(tables(read_document(path))[0]) == ROWS


def test_quoted_line_breaks_titles_and_places(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text('Savings plan,,\n\nRef,Action,Lead\n1,"Review,\nthen ""hire""",Ann\n2,Wait,Bo\n', encoding="utf-8")
    document = read_document(path)
    (table,) = tables(document)
    assert texts(document) == ["Savings plan"]
    assert grid(table)[1] == ["1", 'Review,\nthen "hire"', "Ann"]
    assert cell(table, 2, 1).place == {"row": 5, "column": 2}


def test_the_delimiter_that_excel_writes_at_the_top(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("sep=;\nAction, or step;Lead\nReview, then hire;Ann\n", encoding="utf-8")
    document = read_document(path)
    assert grid(tables(document)[0]) == [["Action, or step", "Lead"], ["Review, then hire", "Ann"]]
    assert cell(tables(document)[0], 1, 0).place["row"] == 3
    assert [item.text for item in document.apart if item.furniture] == ["sep=;"]


def test_a_tab_file_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.tsv"
    path.write_text("a, b\tc\nd, e\tf\n", encoding="utf-8")
    document = read_document(path)
    assert grid(tables(document)[0]) == [["a, b", "c"], ["d, e", "f"]]
    assert document.media_type == "text/tab-separated-values"
