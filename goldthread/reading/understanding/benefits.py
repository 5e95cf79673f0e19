"""Benefits: a table of benefits realised or expected, by type and title, and the rows that a page tore off its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.prose import Line, Passage, passage_of
from goldthread.reading.understanding.structures_grid import Grid, Row, joined, row_places

_TYPE = r"\btype\b|\bcategory\b|\bkind\b|\bclass\b"
_TITLE = r"^(?:benefit )?(?:title|name)\b|^benefits?$|\bbenefit (?:title|name)\b"
_TEXT = r"\bdescription\b|\bdetails?\b|\boutcome\b|\bhow\b|\bwhat\b|\bimpact\b|\bsummary\b"


@dataclass(slots=True)
class Benefits:
    """Benefits read from a table, the words of its header, and how many lines after it belonged to it."""

    records: list[ReadRecord] = field(default_factory=list)
    header: list[Leftover] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)
    taken: int = 0


def holds_benefits(grid: Grid, role: str | None) -> bool:
    """Whether a table lists benefits: its header or the heading above it says so, and a column holds their text."""
    header = " ".join(cell.text.lower() for cell in grid.header)
    return (re.search(r"\bbenefits?\b", header) is not None or role == "benefits") and _columns(grid)[
        "text"
    ] is not None


def _columns(grid: Grid) -> dict[str, int | None]:
    """Which column holds the type, the title and the text of a benefit."""
    found: dict[str, int | None] = {"type": None, "title": None, "text": None}
    for part, pattern in (("type", _TYPE), ("text", _TEXT), ("title", _TITLE)):
        for index, cell in enumerate(grid.header):
            if index not in found.values() and re.search(pattern, cell.text.strip().lower()):
                found[part] = index
                break
    if found["type"] is None:  # a column of a few values that come again and again
        for index in range(len(grid.header)):
            texts = grid.column(index)
            if index not in found.values() and len(texts) >= 4 and len(set(texts)) * 2 <= len(texts):
                found["type"] = index
                break
    if found["text"] is None and found["title"] is not None:  # a list of titles alone: the title is the text
        found["text"], found["title"] = found["title"], None
    return found


def benefits_of(grid: Grid, after: list[Line], section: list[str]) -> Benefits:
    """The benefits of a table; ``after`` are the lines below it, among which stand the cells of a row torn off by a
    page."""
    columns = _columns(grid)
    rows = _whole_rows(grid)
    found = Benefits(
        header=[
            Leftover(cell.text, cell.places(), "header of a table") for cell in grid.header + grid.caption if cell.text
        ]
    )
    used = {index for index in columns.values() if index is not None}
    for row in rows:
        record = _record(row, columns, section)
        if record.text:
            found.records.append(record)
        spare = [cell for index, cell in enumerate(row) if cell.text and (index not in used or not record.text)]
        found.left += [Leftover(cell.text, cell.places(), "a column of no known part") for cell in spare]
    torn, found.taken = _torn_off(rows, after, columns, len(grid.header))
    if torn is not None:
        found.records.append(_record(torn, columns, section))
        found.records[-1].confidence = 0.7
    return found


def _whole_rows(grid: Grid) -> list[Row]:
    """Rows with the ends that a page tore off joined to them (a row whose first cells are empty)."""
    rows: list[Row] = []
    for row in grid.rows:
        if rows and not row[0].text and sum(1 for cell in row if cell.text) == 1:
            for before, cell in zip(rows[-1], row, strict=True):
                joined(before, cell)
        else:
            rows.append(row)
    return rows


def _record(row: Row, columns: dict[str, int | None], section: list[str]) -> ReadRecord:
    text, title, sort = (
        row[index].text if (index := columns[part]) is not None else "" for part in ("text", "title", "type")
    )
    fields = {name: value for name, value in (("type", sort), ("title", title)) if value}
    used = [row[index] for index in columns.values() if index is not None]
    return ReadRecord("benefit", text or title, fields, list(section), row_places(used), confidence=0.95)


def _torn_off(rows: list[Row], after: list[Line], columns: dict[str, int | None], width: int) -> tuple[Row | None, int]:
    """A last row whose cells a page put under the table as lines: a known type, a title, then the text."""
    if columns["type"] is None or columns["title"] is None or columns["text"] is None:
        return None, 0
    types = {row[columns["type"]].text.lower() for row in rows}
    for count in range(1, min(4, len(after)) + 1):
        first = passage_of(after[:count])
        if first.text.lower() in types:
            break
    else:
        return None, 0
    rest = after[count:]
    long = next((at for at, line in enumerate(rest) if len(line.text.split()) >= 12 or line.text.endswith(".")), None)
    if long is None or not 0 < long <= 4:
        return None, 0
    end = long + 1
    while end < len(rest) and rest[end].gap is False:
        end += 1
    cells = [Passage() for _ in range(width)]
    cells[columns["type"]] = first
    cells[columns["title"]] = passage_of(rest[:long])
    cells[columns["text"]] = passage_of(rest[long:end])
    return cells, count + end
