"""The vision, the priorities under it, the outcomes under those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind


@dataclass(slots=True)
class Branch:
    """A vision or priority, and what stands under it."""

    record: Record
    under: list[Branch] = field(default_factory=list)


def branches(rows: Iterable[Record]) -> tuple[list[Record], list[Branch], list[Record]]:
    """Visions, priorities with their outcomes, and outcomes under no priority; each in order."""
    rows = list(rows)
    known = {row.pk: Branch(row) for row in rows if row.kind == RecordKind.PRIORITY}
    loose = []
    for row in rows:
        if row.kind == RecordKind.OUTCOME:
            above = known.get(row.parent_id) if row.parent_id is not None else None
            if above is not None:
                above.under.append(Branch(row))
            else:
                loose.append(row)
    return [row for row in rows if row.kind == RecordKind.VISION], list(known.values()), loose
