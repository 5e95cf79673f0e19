"""Plans: tables and cards of objectives, actions and recommendations become records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from goldthread.reading.document import Document, Paragraph, Place, Table
from goldthread.reading.reading import Leftover, Reading
from goldthread.reading.understanding.cards import card_tables, cards_of, label_columns
from goldthread.reading.understanding.columns import Column
from goldthread.reading.understanding.continuation import is_torn, mend
from goldthread.reading.understanding.entries import Entry, Item, Lines, Objective, Piece, TableStart
from goldthread.reading.understanding.headings import Headings, headings_of
from goldthread.reading.understanding.leads import is_person, starts_lead
from goldthread.reading.understanding.plan_records import PlanRecords
from goldthread.reading.understanding.rows import Rows
from goldthread.reading.understanding.set_aside import NOTE
from goldthread.reading.understanding.shredded import looks_shredded, read_shredded
from goldthread.reading.understanding.tables import Grid, Row, grids_of
from goldthread.reading.understanding.title import is_meeting, names_council, speaks_of_a_day, start_reading
from goldthread.reading.understanding.written import Card


def read_plan(document: Document, *, kind: str, grids: list[Grid] | None = None) -> Reading:
    """The reading of a document whose records stand in tables: an action plan, a scorecard, savings, any register.

    ``grids`` are its tables, where somebody has found them already.
    """
    reading = start_reading(document, kind)
    grids = grids_of(document) if grids is None else grids
    if kind == "action-plan" and not any(grid.kind == "plan" for grid in grids) and looks_shredded(document):
        return read_shredded(document, reading)
    headings = headings_of(document, grids, reading.title)
    known = known_leads(grids)
    records = PlanRecords(reading, Lines(document), known, headings)
    tables = card_tables(document)
    listed = any(grid.kind == "plan" and grid.block not in tables for grid in grids)
    cards = [card for card in cards_of(document, tables) if not (card.announced and listed)]
    for item in _items(grids, cards, headings, known, records):
        records.take(item)
    records.finish()
    _furniture(document, grids, headings, reading)
    _labels_aside(cards, tables.values(), reading)
    _ask_about_columns([grid for grid in grids if grid.block not in tables], reading)
    if tables:
        _ask([column for column in label_columns(tables.values()) if column.guessed], reading, set())
    return reading


def _items(
    grids: list[Grid], cards: list[Card], headings: Headings, known: list[str], records: PlanRecords
) -> Iterator[Item]:
    """The entries of a document in reading order: cards, whole tables, and runs of torn tables mended."""
    torn = is_torn([grid for grid in grids if grid.torn and grid.kind == "plan"])
    run: list[tuple[Grid, list[str] | None]] = []
    rows = Rows()
    by_block = {grid.block: [g for g in grids if g.block == grid.block] for grid in grids}
    written = {card.block for card in cards if card.written}
    for index in sorted({*by_block, *written}):
        above = headings.above.get(index)
        here = [card for card in cards if card.block == index]
        if here:
            yield from rows.flush()
            grid = by_block[index][0] if index in by_block else Grid(Table([]), 0, index)
            over = headings.over.get(index) if index in written and index not in by_block else above
            yield from _card_items(grid, here, over)
            continue
        for n, grid in enumerate(by_block[index]):
            part = above if n == 0 else None
            if torn and grid.torn and (grid.kind == "plan" or run):
                run.append((grid, part))
            elif _belongs(grid, records.reading.kind):
                yield from rows.table(grid, part)
    yield from rows.flush()
    if run:
        yield from mend(run, known, records)


def _belongs(grid: Grid, kind: str) -> bool:
    """Whether a table's rows are records of a document of a kind: a plan's table of versions or contacts is no register."""
    return grid.kind != "none" and (grid.kind != "register" or kind in ("register", "other"))


def _card_items(grid: Grid, cards: list[Card], above: list[str] | None) -> Iterator[Item]:
    """Cards as entries; what a card calls a description is its action where it has none."""
    grid.kind, grid.columns = "plan", []  # labels and values have no header, whatever a row of them looks like
    yield TableStart(grid, above)
    for card in cards:
        entry = Entry(grid=grid)
        for role, values in card.values.items():
            for text, place in values:
                column = place.get("cell", 1)
                entry.add(role, Piece(text, place, column if isinstance(column, int) else 1))
        if not entry.raw("action") and not entry.raw("recommendation") and entry.raw("description"):
            entry.cells["action"] = entry.cells.pop("description")
        if card.objective is not None:
            entry.objective = card.objective
        elif entry.raw("objective") and entry.raw("action"):
            entry.objective = Objective(entry.cells["objective"], entry.cells.get("criteria", []))
        entry.dittos = [Piece(text, place) for text, place in card.dittos]
        for label, value, place in card.other:
            entry.notes.append((label.rstrip(": "), Piece(value, place)))
        yield entry


def known_leads(grids: list[Grid]) -> list[str]:
    """The leads that fill a cell by themselves somewhere in the document, most frequent first."""
    count: Counter[str] = Counter()
    for grid in grids:
        for column in grid.of("lead"):
            for row in grid.rows:
                text = " ".join(row.texts[column.index].split()) if column.index < len(row.texts) else ""
                if row.kind == "body" and len(text.split()) > 1 and (is_person(text) or starts_lead(text)):
                    count[text] += 1
    return [name for name, _ in count.most_common()]


def _furniture(document: Document, grids: list[Grid], headings: Headings, reading: Reading) -> None:
    """Header rows, totals and title rows are furniture; so is the title where it is no record's section."""
    why = {
        "header": "header row",
        "total": "total of the rows above",
        "above": "above the header of its table",
        "note": NOTE,
    }
    for grid in grids:
        if grid.explains:
            for row in grid.rows:
                texts = "\t".join(row.texts[i] for i in row.filled)
                reading.furniture.append(Leftover(texts, _row_place(row), "explains the document"))
        for row in grid.rows:
            if row.kind in why and (grid.kind != "none"):
                text = "\t".join(row.texts[i] for i in row.filled)
                reading.furniture.append(Leftover(text, _row_place(row), why[row.kind]))
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            continue
        if index < 8 and index in headings.used and " ".join(block.text.split()) == reading.title:
            reading.furniture.append(Leftover(block.text, [block.place], "title of the document"))
        elif set(block.place) == {"sheet"}:
            reading.furniture.append(Leftover(block.text, [block.place], "name of a sheet"))
        elif index < 8 and (names_council(block.text) or is_meeting(block.text)):
            reading.furniture.append(Leftover(block.text, [block.place], "whose document it is, or for which meeting"))
        elif index < 8 and speaks_of_a_day(block.text):
            reading.furniture.append(Leftover(block.text, [block.place], "the day the document speaks of"))


def _row_place(row: Row) -> list[Place]:
    """Where a row stands as a whole."""
    return [{k: v for k, v in place.items() if k not in ("cell", "column", "box")} for place in row.places[:1]]


def _labels_aside(cards: Iterable[Card], tables: Iterable[Table], reading: Reading) -> None:
    """The labels of cards are furniture."""
    for card in cards:
        if card.written:
            for label, place in card.labels:
                reading.furniture.append(Leftover(label, [place], "label of a card"))
    for table in tables:
        for cells in table.rows:
            for cell in cells[::2]:
                if cell is not None and cell.text.strip():
                    reading.furniture.append(Leftover(cell.text, [cell.place], "label of a card"))


def _ask_about_columns(grids: list[Grid], reading: Reading) -> None:
    """One question for each column whose part was concluded from its cells, or is not known at all."""
    asked: set[str] = set()
    for grid in grids:
        if _belongs(grid, reading.kind) and not grid.inherited:
            held = [row for row in grid.rows if row.kind == "body"]
            filled = [column for column in grid.columns if any(row.texts[column.index].strip() for row in held)]
            _ask([column for column in filled if column.role is None or column.guessed], reading, asked)


def _ask(columns: Iterable[Column], reading: Reading, asked: set[str]) -> None:
    """Ask what columns hold, once for each heading."""
    for column in columns:
        heading = column.heading.strip()
        if heading in asked or column.role == "also":
            continue
        asked.add(heading)
        name = f"“{heading}”" if heading else f"without a heading (column {column.index + 1})"
        taken = (
            f" It was taken as {column.role.replace('_', ' ')}." if column.role else " It is kept beside the record."
        )
        choices = ["action", "lead", "update", "timescale", "status", "rag", "keep beside the record"]
        reading.questions.append(
            {"record": None, "ask": f"What does the column {name} hold?{taken}", "choices": choices}
        )
