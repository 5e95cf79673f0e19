"""The report of what has changed: how many of each, then a row to each entry that is new, has gone or is another now."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.reporting.blocks import QUIET, STRONG, Block, Bullets, Heading, Line, Paragraph, Table, TableRow
from goldthread.reporting.cells import anchor
from goldthread.reporting.columns import CHANGED, CHANGES
from goldthread.reporting.comparing import GONE, NEW, SORTS, WHAT, kinds_of
from goldthread.reporting.model import ChangeRow, Comparison, Difference, Piece, Report
from goldthread.reporting.wording import counted, day, lines, one_line


def changes_of(report: Report) -> Iterator[Block]:
    """The figures, then the entries by sort."""
    compared = report.comparison
    assert compared is not None
    yield Heading("In figures", 1, "summary")
    yield Paragraph(_compared_with(compared))
    counts = [(SORTS.get(name) or WHAT[name], number) for name, number in kinds_of(report).items()]
    counts.append(("Entries without a change", compared.same))
    yield Table("What has changed", CHANGED, tuple(TableRow(((Line(w),), (Line(f"{n:,}"),))) for w, n in counts))
    if not report.changes:
        yield Paragraph("Nothing has changed.")
    for sort, heading in SORTS.items():
        rows = [row for row in report.changes if row.sort == sort]
        if rows:
            yield Heading(heading, 1, f"sort-{sort}")
            cells = tuple(TableRow(_cells(row), anchor(row.reference)) for row in rows)
            yield Table(f"{heading}: {counted(len(rows), 'entry', 'entries')}", CHANGES, cells)
    if report.notes:
        yield Heading("Notes", 1, "notes")
        yield Bullets("", tuple(one_line(note) for note in report.notes))


def _compared_with(compared: Comparison) -> str:
    known = f", as known on {day(compared.known_on)}" if compared.known_on else ""
    if one_line(compared.before).startswith("As at"):
        return f"Compared with the plan as it stood on {day(compared.as_at)}{known}."
    return f"Compared with {one_line(compared.before)}."


def _cells(row: ChangeRow) -> tuple[tuple[Line, ...], ...]:
    place = [Line(one_line(row.place), QUIET)] if row.place else []
    told = {NEW: (Line("New in the plan"),), GONE: (Line("Was in the plan then, and is not now"),)}.get(row.sort)
    changed = told or tuple(line for difference in row.differences for line in _told(difference))
    return (
        (Line(one_line(row.reference), STRONG), Line(one_line(row.kind), QUIET)),
        (*(Line(text) for text in lines(row.text)), *place),
        changed,
    )


def _told(difference: Difference) -> Iterator[Line]:
    yield Line(WHAT[difference.what], STRONG)
    if difference.what == "update":
        yield from (Line(text) for text in lines(difference.now))
        return
    yield _side("Was", difference.before, difference.before_pieces)
    yield _side("Now", difference.now, difference.now_pieces)


def _side(word: str, text: str, pieces: tuple[Piece, ...]) -> Line:
    """One side on a line: the words that differ are marked, and each side is told whole, so that no mark is needed to read it."""
    marked = [(one_line(piece.text), piece.mark) for piece in pieces]
    said = f"{word}: {one_line(text) or 'nothing'}"
    if not any(mark for _, mark in marked):
        return Line(said)
    spaced = [(f"{' ' if number else ''}{words}", mark) for number, (words, mark) in enumerate(marked)]
    return Line(said, pieces=((f"{word}: ", ""), *spaced))
