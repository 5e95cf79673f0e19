"""Pure rules of dated rows: which of them stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Row(Protocol):
    """A dated row that a later row of the same table may take back."""

    pk: int
    withdraws_id: int | None


RowT = TypeVar("RowT", bound=Row)


def standing(rows: Iterable[RowT]) -> list[RowT]:
    """Rows of one table that nobody has taken back, oldest first; takes all rows known, withdrawals included.

    A withdrawal can itself be withdrawn, so rows are judged from the newest to the oldest.
    """
    ordered = sorted(rows, key=lambda row: row.pk)
    gone: set[int] = set()
    for row in reversed(ordered):
        if row.withdraws_id is not None and row.pk not in gone:
            gone.add(row.withdraws_id)
    return [row for row in ordered if row.pk not in gone and row.withdraws_id is None]
