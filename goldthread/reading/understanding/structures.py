"""Structures: committee reports on how a council is organised, and the pages that present its management team."""

from __future__ import annotations

import re
from itertools import groupby

from goldthread.reading.document import Document, Table
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.benefits import benefits_of, holds_benefits
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.implications import implications_of
from goldthread.reading.understanding.posts import title_and_holder
from goldthread.reading.understanding.prose import Line
from goldthread.reading.understanding.prose_reading import begin
from goldthread.reading.understanding.reports_recommendations import recommendations_of
from goldthread.reading.understanding.sections import UNSTYLED, Section
from goldthread.reading.understanding.structures_grid import Grid, grid_of, list_items
from goldthread.reading.understanding.structures_lists import mark_unnamed_work, posts_in_lines
from goldthread.reading.understanding.structures_pages import read_page
from goldthread.reading.understanding.structures_tables import holds_posts, posts_of

_ITEM_WORDS = 40  # a workstream or a principle is a line, not a paragraph


def read_structure_page(document: Document) -> Reading:
    """The posts of a management team's page with what each answers for."""
    reading, sections = begin(document, "structure-page")
    read_page(sections, reading)
    return reading


def read_structure_report(document: Document) -> Reading:
    """The posts (by structure and directorate), principles, benefits, workstreams, implications and recommendations
    of a report."""
    reading, sections = begin(document, "structure-report")
    sections = _rejoined(sections)
    mark_unnamed_work(sections)
    recommended = recommendations_of([section for section in sections if section.role == "recommendations"])
    reading.records.extend(recommended.records)
    reading.unplaced.extend(recommended.left)
    sections = _without_pages(sections, reading)
    for index, section in enumerate(sections):
        if section.heading is not None:
            reading.furniture.append(Leftover(section.heading.text, [dict(section.heading.place)], "heading"))
        above = sections[index - 1] if index else None
        _read_section(section, above, reading)
    return reading


def _without_pages(sections: list[Section], reading: Reading) -> list[Section]:
    """Sections without those that present posts one by one, each under its title, as a page of a team does; these are read."""
    rest: list[Section] = []
    page: list[Section] = []
    level = 0
    for section in sections:
        named = section.heading is not None and title_and_holder(section.title) is not None and bool(section.lines)
        listed = named and bool(posts_in_lines(section, section.lines)[0])
        if named and not listed:
            level = section.level
            page.append(section)
        elif page and section.level > level and not section.roles:  # a part of what is said of the post above
            page.append(section)
        else:
            level = 99
            rest.append(section)
    if sum(1 for section in page if title_and_holder(section.title)) < 2:
        return sections
    read_page(page, reading)
    return rest


def _rejoined(sections: list[Section]) -> list[Section]:
    """Sections with the cells of a torn row back in one: a short cell alone on its lines is no heading.

    Told by the line before it, which repeats a value of the table's first column.
    """
    kept: list[Section] = []
    for section in sections:
        before = kept[-1] if kept else None
        if before is not None and section.heading is not None and section.level >= UNSTYLED and _torn(before):
            before.items += [section.heading, *section.items]
        else:
            kept.append(section)
    return kept


def _torn(section: Section) -> bool:
    """Whether a section ends with a value of its last table's first column, printed as lines."""
    at = max((index for index, item in enumerate(section.items) if isinstance(item, Table)), default=None)
    if at is None or at + 1 >= len(section.items):
        return False
    tail = " ".join(item.text for item in section.items[at + 1 :] if isinstance(item, Line)).lower()
    table = section.items[at]
    assert isinstance(table, Table)
    firsts = [row[0] for row in table.rows if row]
    return any(cell is not None and " ".join(cell.text.split()).lower() == tail for cell in firsts)


def _read_section(section: Section, above: Section | None, reading: Reading) -> None:
    """What one section holds: its tables, then its lines by what its heading announces."""
    lines = _read_tables(section, reading)
    if section.role == "recommendations":
        return
    if section.role == "implications":
        reading.records.extend(implications_of(section))
    elif section.role in ("workstreams", "principles"):
        kind = "workstream" if section.role == "workstreams" else "principle"
        _read_list(kind, section, lines, above, reading)
    else:
        posts, lines = posts_in_lines(section, lines)
        reading.records.extend(posts)
        why = "front of the report" if section.heading is None else "narrative of the report"
        _leave(lines, why, reading)


def _leave(lines: list[Line], why: str, reading: Reading) -> None:
    reading.unplaced.extend(Leftover(passage.text, passage.places(), why) for passage in paragraphs(lines))


def _read_tables(section: Section, reading: Reading) -> list[Line]:
    """Read a section's tables; gives the lines that belong to none of them."""
    lines: list[Line] = []
    runs = [(kind, list(run)) for kind, run in groupby(section.items, key=lambda item: isinstance(item, Table))]
    skip = 0
    for at, (is_table, run) in enumerate(runs):
        if not is_table:
            lines.extend(item for item in run[skip:] if isinstance(item, Line))
            skip = 0
            continue
        after = [item for item in runs[at + 1][1] if isinstance(item, Line)] if at + 1 < len(runs) else []
        for tables in _same_width([item for item in run if isinstance(item, Table)]):
            skip = _read_grid(grid_of(tables), after, section, reading)
    return lines


def _same_width(tables: list[Table]) -> list[list[Table]]:
    """Tables next to each other that are parts of one: as wide, and no header of its own on the second."""
    return [list(run) for _, run in groupby(tables, key=lambda table: table.width)]


def _read_grid(grid: Grid | None, after: list[Line], section: Section, reading: Reading) -> int:
    """Read a table as what it is; gives how many of the lines below it belonged to it."""
    if grid is None:
        return 0
    if holds_benefits(grid, section.role):
        benefits = benefits_of(grid, after, section.path)
        reading.records.extend(benefits.records)
        reading.furniture.extend(benefits.header)
        reading.unplaced.extend(benefits.left)
        return benefits.taken
    if _holds_principles(grid, section):
        _read_principles(grid, reading)
    elif holds_posts(grid):
        posts = posts_of(grid, section.path)
        reading.records.extend(posts.records)
        reading.furniture.extend(posts.header)
        reading.unplaced.extend(posts.left)
    elif len(grid.header) == 2 and all(row[0].text.endswith(":") for row in [grid.header, *grid.rows]):
        for row in [grid.header, *grid.rows]:  # "Report date:" beside its value
            reading.furniture.extend(Leftover(cell.text, cell.places(), "cover") for cell in row if cell.text)
    else:
        for row in [*([grid.caption] if grid.caption else []), grid.header, *grid.rows]:
            for cell in row:
                if cell.text:
                    reading.unplaced.append(Leftover(cell.text, cell.places(), "a table of no known kind"))
    return 0


def _holds_principles(grid: Grid, section: Section) -> bool:
    """Whether a table lists principles in its columns."""
    words = " ".join([*(cell.text for cell in grid.caption), *(cell.text for cell in grid.header)]).lower()
    if not (section.role == "principles" or re.search(r"\bprinciples?\b", words)):
        return False
    return any(len(list_items(cell)) >= 2 for row in grid.rows for cell in row) or len(grid.rows) >= 3


def _read_principles(grid: Grid, reading: Reading) -> None:
    """Each item of each column is a principle; the column's heading is its section."""
    named = [cell for cell in [*grid.caption, *grid.header] if cell.text]
    reading.furniture.extend(Leftover(cell.text, cell.places(), "header of a table") for cell in named)
    for index, head in enumerate(grid.header):
        for row in grid.rows:
            for first, last in list_items(row[index]):
                text = row[index].text[first:last]
                section = [head.text] if head.text else [cell.text for cell in grid.caption]
                reading.records.append(
                    ReadRecord("principle", text, {}, section, row[index].places(first, last), confidence=0.95)
                )


def _read_list(kind: str, section: Section, lines: list[Line], above: Section | None, reading: Reading) -> None:
    """The items of a list under a heading; sentences around it are the report's narrative."""
    named = section
    if section.heading is not None and section.heading.text.endswith(":") and above is not None and not above.items:
        named = above  # a lead-in such as "We will improve:" only introduces what stands under the heading above it
    story: list[Line] = []
    plain = sum(1 for line in lines if not line.bullet and len(line.text.split()) <= _ITEM_WORDS)
    tables = any(isinstance(item, Table) for item in section.items)
    listed = kind == "workstream" or (plain >= 3 and not tables)  # beside a table they are captions
    for group in _items(lines):
        first, text = group[0], " ".join(line.text for line in group)
        short = len(text.split()) <= _ITEM_WORDS
        if (
            short
            and (first.bullet or (listed and not re.search(r"[.:;?]$", text)))
            and not re.match(r"\d+\.\d+\s", text)
        ):
            places = [dict(line.place) for line in group]
            reading.records.append(ReadRecord(kind, text, {}, [named.title], places, confidence=0.85))
        else:
            story.extend(group)
    _leave(story, "narrative of the report", reading)


def _items(lines: list[Line]) -> list[list[Line]]:
    """Lines grouped into list items: a line that begins small goes on with the item above."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.bullet and re.match(r"[a-z]", line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
