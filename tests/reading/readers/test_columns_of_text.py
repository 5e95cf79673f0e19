"""Tables that only white space parts, in plain text: columns, rows with and without space between them, what ends a table."""

from __future__ import annotations

from pathlib import Path

from goldthread.reading.document import Document, Paragraph, Table
from goldthread.reading.readers import read_document

TIGHT = """Recovery plan

Ref   Action                       Lead              By when
1     Mend the roof of the town    Ann Bell          May 2026
      hall before the winter
2     Paint the doors              Head of Roofs     June 2026
3     Count the windows of every   Carl Dee          2026/27
      school
The plan is reviewed every quarter by the members of the board and by nobody else at all.
"""


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def rows(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[" ".join(cell.text.split()) if cell else "" for cell in row] for row in table.rows]


WANTED = [
    ["Ref", "Action", "Lead", "By when"],
    ["1", "Mend the roof of the town hall before the winter", "Ann Bell", "May 2026"],
    ["2", "Paint the doors", "Head of Roofs", "June 2026"],
    ["3", "Count the windows of every school", "Carl Dee", "2026/27"],
]


def test_rows_without_space_between_them(tmp_path: Path) -> None:
    document = read(tmp_path, TIGHT)
    assert rows(document) == WANTED
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts[0] == "Recovery plan"
    assert texts[-1].startswith("The plan is reviewed")


def test_rows_with_empty_lines_between_them(tmp_path: Path) -> None:
    lines = TIGHT.splitlines()
    spaced = "\n".join([*lines[:3], "", *lines[3:5], "", lines[5], "", *lines[6:8], "", lines[8], ""])
    assert rows(read(tmp_path, spaced)) == WANTED


def test_cells_know_their_lines(tmp_path: Path) -> None:
    table = next(block for block in read(tmp_path, TIGHT).blocks if isinstance(block, Table))
    cell = table.rows[1][1]
    assert cell is not None
    assert cell.place["lines"] == [4, 5]
    assert table.place["lines"] == [3, 8]


def test_prose_with_double_spaces_is_no_table(tmp_path: Path) -> None:
    words = [
        "the",
        "council",
        "met",
        "and",
        "agreed",
        "the",
        "plan",
        "that",
        "members",
        "had",
        "asked",
        "for",
        "in",
        "spring",
    ]
    lines = [
        f"{' '.join(words[: 3 + n % 7]).capitalize()}.  {' '.join(words[n % 5 : n % 5 + 4]).capitalize()}.  It was noted."
        for n in range(14)
    ]
    prose = "\n".join(lines)
    assert not [block for block in read(tmp_path, prose).blocks if isinstance(block, Table)]
