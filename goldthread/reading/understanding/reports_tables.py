"""Tables inside reports of reviews: recommendations in rows, strengths beside areas for improvement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.document import Table
from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.columns import columns_of, settle
from goldthread.reading.understanding.polarity import IMPROVEMENT, NEUTRAL, STRENGTH, polarity
from goldthread.reading.understanding.posts import starts_title
from goldthread.reading.understanding.sections import judged_column, role_of
from goldthread.reading.understanding.structures_grid import Grid, Row, grid_of, joined, list_items

# What the heading of a column says, in the order in which they are asked.
_COLUMNS = {
    "number": r"^(?:no\.?|ref\.?(?:erence)?|number|#|rec(?:ommendation)?\.? ?(?:no\.?|ref\.?|number|#)|rec\.?)$",
    "timescale": r"\btime ?(?:scale|frame|table|line)\b|\bdeadline\b|\bby when\b|\bdue\b|\b(?:target|completion) date\b|"
    r"^date$|^when$",
    "leads": r"\blead\b|\bowner\b|\bresponsib|^who$",
    "key_risk": r"\brisks?\b(?!.*\brating\b)",
    "risk_rating": r"\brating\b|\bpriority\b|\bseverity\b|\bscore\b",
    "status": r"\bstatus\b",
    "update": r"\bupdate\b|\bprogress\b",
    "response": r"\bresponse\b|\bagreed\b|\baccepted\b|\bcomment",
    "finding": r"\bfindings?\b|\bissues?\b|\bobservations?\b|\bweakness(?:es)?\b",
    "title": r"\btitle\b|\btheme\b|\barea\b|\btopic\b",
    "text": r"\brecommend",
}
_LABEL = re.compile(r"(?:(?:key )?recommendation|rec|r)?\s*\.?\s*(?P<number>\d{1,2}(?:\.\d+)?)\s*[.:)]?", re.IGNORECASE)


@dataclass(slots=True)
class FromTable:
    """Records of a table, the words of its header, and what no record holds."""

    records: list[ReadRecord] = field(default_factory=list)
    header: list[Leftover] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)


def read_table(table: Table, theme: str, path: list[str], *, recommending: bool) -> FromTable:
    """What a table in a review's report says; a table of no known kind is left over whole.

    ``recommending``: the heading above announces recommendations.
    """
    found = FromTable()
    grid = grid_of([table])
    if grid is None:
        return found
    parts = _parts(grid)
    if "text" not in parts.values():
        parts = _parts_by_cells(grid, [theme, *path], recommending=recommending) or parts
    elif len(parts) < len(grid.header):
        more = _parts_by_cells(grid, [theme, *path], recommending=recommending)
        parts |= {n: part for n, part in more.items() if n not in parts and part not in parts.values()}
    sides = {index: role for index, cell in enumerate(grid.header) if (role := _side(cell.text))}
    judged = judged_column([[row[n].text for row in grid.rows] for n in range(len(grid.header))])
    if judged is not None and not recommending:
        _judged_rows(grid, judged, theme, path, found)
        found.header += [Leftover(cell.text, cell.places(), "caption of a table") for cell in grid.caption]
        return found
    numbered = all(_LABEL.fullmatch(row[0].text) for row in [grid.header, *grid.rows])
    if recommending and numbered and table.width > 1:
        for row in [grid.header, *grid.rows]:
            _recommendation(row, {0: "number", 1: "text"}, path, found)
    elif "text" in parts.values():
        found.header = [Leftover(cell.text, cell.places(), "header of a table") for cell in grid.header if cell.text]
        for row in _whole(grid.rows, parts):
            _finding(row, parts, theme, path, found)
            _recommendation(row, parts, path, found)
    elif sides:
        _two_sides(grid, sides, theme, path, found)
    else:
        cells = [cell for row in [grid.caption, grid.header, *grid.rows] for cell in row if cell.text]
        found.left = [Leftover(cell.text, cell.places(), "a table of no known kind") for cell in cells]
        return found
    found.header += [Leftover(cell.text, cell.places(), "caption of a table") for cell in grid.caption]
    return found


def _parts(grid: Grid) -> dict[int, str]:
    """What each column holds, by its heading; each part once."""
    parts: dict[int, str] = {}
    for index, cell in enumerate(grid.header):
        name = cell.text.strip().lower()
        part = next((part for part, pattern in _COLUMNS.items() if re.search(pattern, name)), None)
        if part and part not in parts.values() and len(name.split()) <= 8:
            parts[index] = part
    return parts


def _parts_by_cells(grid: Grid, hints: list[str], *, recommending: bool) -> dict[int, str]:
    """What each column holds, settled together, where no heading says "recommendation"; empty where none holds any."""
    columns = columns_of([cell.text for cell in grid.header])
    settle(columns, [[row[c].text for row in grid.rows] for c in range(len(columns))], hints=hints)
    if any(_side(cell.text) for cell in grid.header):
        return {}
    roles = {column.index: _ROLES.get(column.role or "") for column in columns}
    if recommending and "text" not in roles.values():
        told = [column.index for column in columns if column.role in ("action", "description")]
        roles |= dict.fromkeys(told, "text")  # "Detail", under a heading of recommendations
    parts: dict[int, str] = {}
    for index, part in roles.items():
        if part is not None and part not in parts.values():
            parts[index] = part
    return parts if "text" in parts.values() else {}


_ROLES = {
    "recommendation": "text",
    "number": "number",
    "reference": "number",
    "lead": "leads",
    "objective": "finding",
} | {role: role for role in ("timescale", "key_risk", "risk_rating", "status", "update", "response")}


def _side(heading: str) -> str | None:
    role = role_of(heading) if heading else None
    return role if role in ("strengths", "improvements") else None


def _whole(rows: list[Row], parts: dict[int, str]) -> list[Row]:
    """Rows with the rest of a torn row joined to it: a row without text of its own, or without the number the others have."""
    text = next(index for index, part in parts.items() if part == "text")
    whole: list[Row] = []
    for row in rows:
        if whole and not row[text].text:
            for before, cell in zip(whole[-1], row, strict=True):
                joined(before, cell)
        else:
            whole.append(row)
    return whole


def _recommendation(row: Row, parts: dict[int, str], path: list[str], found: FromTable) -> None:
    fields: dict[str, Any] = {}
    text = ""
    places = []
    for index, part in parts.items():
        value = row[index].text
        if not value or part == "finding":
            continue
        places += row[index].places()
        label = _LABEL.match(value)
        if part == "text":
            text = value
            if label and "number" not in parts.values() and value[label.end() :].strip():
                fields["number"], text = label["number"], value[label.end() :].strip()
        elif part == "number":
            fields[part] = label["number"] if label and label.end() == len(value) else value
            if fields[part] != value:
                found.header.append(Leftover(value, row[index].places(), "number of a recommendation"))
        elif part == "leads":
            leads = [lead for lead in re.split(r"\s*[;\n/]\s*|\s+and\s+", value) if lead]
            fields[part] = [{"text": lead, "sort": "post" if starts_title(lead) else "person"} for lead in leads]
        elif part in ("timescale", "status"):
            fields[part] = {"text": value}
        else:
            fields[part] = value
    if text:
        found.records.append(ReadRecord("recommendation", text, fields, list(path), places, confidence=0.95))
    for index, cell in enumerate(row):
        if cell.text and (index not in parts or not text):
            found.left.append(Leftover(cell.text, cell.places(), "a column of no known part"))


def _finding(row: Row, parts: dict[int, str], theme: str, path: list[str], found: FromTable) -> None:
    """What was found, beside the recommendation that follows from it."""
    for index, part in parts.items():
        if part == "finding" and row[index].text:
            value = polarity(row[index].text)
            fields = {"theme": theme, "polarity": IMPROVEMENT if value == NEUTRAL else value}
            places = row[index].places()
            found.records.append(ReadRecord("finding", row[index].text, fields, list(path), places, confidence=0.9))


def _judged_rows(grid: Grid, judged: int, theme: str, path: list[str], found: FromTable) -> None:
    """A finding in each row, with a column that says which side it is on; the first column, where it is none of these, and
    its words are few, names the theme."""
    found.header = [Leftover(cell.text, cell.places(), "header of a table") for cell in grid.header if cell.text]
    others = [n for n in range(len(grid.header)) if n != judged]
    named = [n for n in others if re.search(_COLUMNS["finding"], grid.header[n].text.lower())]
    length = {n: sum(len(text.split()) for text in grid.column(n)) for n in others}
    main = named[0] if named else max(others, key=lambda n: length[n])
    for row in grid.rows:
        if not row[main].text:
            found.left += [Leftover(cell.text, cell.places(), "a column of no known part") for cell in row if cell.text]
            continue
        own = row[0].text if 0 not in (main, judged) and row[0].text else theme
        fields = {"theme": own, "polarity": polarity(row[main].text, role_of(row[judged].text))}
        places = [place for n in {main, judged, 0} for place in row[n].places()]
        found.records.append(ReadRecord("finding", row[main].text, fields, list(path), places, confidence=0.95))
        found.header.append(Leftover(row[judged].text, row[judged].places(), "heading"))
        left = [cell for n, cell in enumerate(row) if cell.text and n not in (main, judged, 0)]
        found.left += [Leftover(cell.text, cell.places(), "a column of no known part") for cell in left]


def _two_sides(grid: Grid, sides: dict[int, str], theme: str, path: list[str], found: FromTable) -> None:
    """Strengths in one column, areas for improvement in another; a first column beside them names the theme."""
    found.header = [Leftover(cell.text, cell.places(), "header of a table") for cell in grid.header if cell.text]
    for row in grid.rows:
        named = row[0].text if 0 not in sides and row[0].text else theme
        if 0 not in sides and row[0].text:
            found.header.append(Leftover(row[0].text, row[0].places(), "heading"))
        for index, role in sides.items():
            for first, last in list_items(row[index]):
                text = row[index].text[first:last]
                fields = {"theme": named, "polarity": polarity(text, role)}
                assert fields["polarity"] in (STRENGTH, IMPROVEMENT)
                places = row[index].places(first, last)
                found.records.append(ReadRecord("finding", text, fields, list(path), places, confidence=0.95))
        for index, cell in enumerate(row):
            if index and index not in sides and cell.text:
                found.left.append(Leftover(cell.text, cell.places(), "a column of no known part"))
