"""Rows whose cells ran together into one: an objective, a lead and an action on one line, parted where the lead stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldthread.reading.understanding.entries import Item
from goldthread.reading.understanding.tables import Grid

if TYPE_CHECKING:
    from goldthread.reading.understanding.plan_records import PlanRecords


def is_collapsed(grid: Grid) -> bool:
    """Whether a table of a plan lost its columns, so that nothing tells where one cell ends."""
    return grid.inherited and not grid.columns


def read_collapsed(grid: Grid, records: PlanRecords) -> Iterator[Item]:
    """The entries of a table without columns."""
    return iter(())
