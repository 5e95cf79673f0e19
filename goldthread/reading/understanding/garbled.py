"""Garbled second prints: where recognition read a passage twice, the clean one is kept and the other set aside with a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from goldthread.reading.understanding.tables import Grid, Row

if TYPE_CHECKING:
    from goldthread.reading.understanding.plan_records import PlanRecords

SHORTEST = 12  # characters; anything shorter is alike by chance
ALIKE = 74.0  # of 100: how alike two lines next to each other must be to be one line printed twice
SURELY_ALIKE = 88.0
NEAR = 2  # lines between which a second print can stand


def mark_garbled(grid: Grid, rows: list[Row], records: PlanRecords) -> None:
    """Empty the cells of a torn table that repeat the cell near them in their column, and list them as furniture."""
    lead = grid.column("lead")
    for column in grid.columns:
        if column.role in (None, "risk_rating", "number", "rag", "status", "reference"):
            continue
        filled = [row for row in rows if len(row.texts[column.index].strip()) >= (3 if column is lead else SHORTEST)]
        for n, row in enumerate(filled):
            for other in filled[n + 1 : n + 1 + NEAR]:
                if not row.texts[column.index] or other.at - row.at > NEAR:
                    continue
                loser = (
                    _garbled_lead(row, other, column.index)
                    if column is lead
                    else _second_print(row, other, column.index, grid, records)
                )
                if loser is not None:
                    records.garbled(loser.texts[column.index], [loser.places[column.index]])
                    clean = other.texts[column.index] if column is lead else ""
                    if clean:  # the clean name stands where the garbled one began
                        other.texts[column.index] = ""
                    loser.texts[column.index] = clean


def _garbled_lead(row: Row, other: Row, at: int) -> Row | None:
    """A single word that is nearly the first word of the lead below it."""
    a, b = row.texts[at].strip(), other.texts[at].strip()
    if len(a.split()) != 1 or a.lower() == b.split()[0].lower() or len(b.split()) < 2:
        return None
    return row if fuzz.ratio(a.lower(), b.split()[0].lower()) >= 70 and abs(len(a) - len(b.split()[0])) <= 1 else None


def _second_print(row: Row, other: Row, at: int, grid: Grid, records: PlanRecords) -> Row | None:
    """Which of two cells is a second print of the other, or None: the garbled one, the shorter where both are clean."""
    if _whole(row, grid) and _whole(other, grid):
        return None
    a, b = row.texts[at].strip(), other.texts[at].strip()
    shorter, longer = (row, other) if len(a) < len(b) else (other, row)
    short, long = shorter.texts[at].strip().lower(), longer.texts[at].strip().lower()
    edges = (long[: len(short) + 3], long[-len(short) - 3 :])
    alike = max(fuzz.ratio(short, edge) for edge in edges)
    chance = len(long) > 2.5 * len(short) and len(short) < 25  # a few words are soon like the end of a long line
    if alike < (SURELY_ALIKE if chance else ALIKE) or _different_numbers(short, long, edges):
        return None
    if len(long) <= 1.25 * len(short):
        return row if quality(a, records) < quality(b, records) else other
    return shorter


def _whole(row: Row, grid: Grid) -> bool:
    """A row with an action and a lead is an entry of its own, however alike it is to the one above."""
    return all(
        (column := grid.column(role)) is not None and row.texts[column.index].strip() for role in ("action", "lead")
    )


def _different_numbers(short: str, long: str, edges: tuple[str, str]) -> bool:
    """Two clean lines that differ in their figures only are two lines of a list ("Phase 1 …", "Phase 2 …")."""
    without = [re.sub(r"\d+", "", text) for text in (short, *edges)]
    return (
        without[0].strip() in (without[1].strip(), without[2].strip())
        and re.findall(r"\d+", short) != re.findall(r"\d+", long)
        and short != long
    )


def quality(text: str, records: PlanRecords) -> float:
    """How clean a text is: the share of its words that the document prints more than once."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())
    if not words:
        return 0.0
    return sum(1 for word in words if records.lines.count[word] > 1) / len(words)
