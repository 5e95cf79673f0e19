"""Handing over what owners answer for, from a day on: part of an action of a room above."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.models import Accountability, Record
from goldthread.domain.register.models.as_at import stand
from goldthread.domain.register.models.writing import copy_of, fact, write


def hand_over(
    *, successors: Mapping[int, Owner], chosen: Mapping[tuple[int, int], Owner], on: date, event: Event
) -> list[Record]:
    """Let owners take over every record, in every role, that others answer for on a day or are to answer for later.

    ``successors`` maps the id of each owner that ends to who takes over; ``chosen`` (record id, owner id) to somebody else
    for one record. Records count whatever their state and whoever may see them: an accountability that nobody moves would
    stand on a post that is gone. What was stays on record until the day. Returns the records touched.
    """
    records = Record.objects.filter(accountability_facts__owner_id__in=list(successors)).distinct()
    rows: list[Any] = []
    touched: dict[int, Record] = {}
    for item in stand(records, as_at=on, known_on=None):
        there = {(row.role, row.owner_id) for row in item.accountabilities}
        for row in item.accountabilities:
            if row.owner_id in successors:
                rows += _moved(row, item.record, successors, chosen, there, on, event)
                touched[item.record.pk] = item.record
    later = Accountability.objects.filter(owner_id__in=list(successors), as_at__gt=on).select_related("record")
    for row in standing(later):
        if not row.ended:
            rows += _moved(row, row.record, successors, chosen, set(), row.as_at, event)
            touched[row.record_id] = row.record
    write(rows)
    return list(touched.values())


def _moved(
    row: Accountability,
    record: Record,
    successors: Mapping[int, Owner],
    chosen: Mapping[tuple[int, int], Owner],
    there: set[tuple[str, int | None]],
    on: date,
    event: Event,
) -> list[Any]:
    """The end of one accountability and the beginning of the next; only the end where the successor has the role already."""
    assert row.owner_id is not None
    to = chosen.get((record.pk, row.owner_id), successors[row.owner_id])
    made: list[Any] = [copy_of(row, event, as_at=on, ended=True, passage=None)]
    if (row.role, to.pk) not in there:
        there.add((row.role, to.pk))
        made.append(fact(Accountability, record, on, event, role=row.role, owner=to))
    return made
