"""Writing plans. What holds for every record (rewording, moving, reassigning, withdrawing) stands in register.actions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.plans.models import (
    Action,
    CorporatePriority,
    Entry,
    Objective,
    Outcome,
    Plan,
    SuccessCriterion,
    Vision,
)
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.terms import RecordKind

ENTRIES: dict[str, type[Entry]] = {
    RecordKind.VISION: Vision,
    RecordKind.PRIORITY: CorporatePriority,
    RecordKind.OUTCOME: Outcome,
    RecordKind.PLAN: Plan,
    RecordKind.OBJECTIVE: Objective,
    RecordKind.CRITERION: SuccessCriterion,
    RecordKind.ACTION: Action,
}
"""The table of each kind of record that this room keeps."""

BELONGS_IN: dict[str, tuple[str, ...]] = {
    RecordKind.VISION: (),
    RecordKind.PRIORITY: (RecordKind.VISION,),
    RecordKind.OUTCOME: (RecordKind.PRIORITY,),
    RecordKind.PLAN: (),
    RecordKind.OBJECTIVE: (RecordKind.PLAN,),
    RecordKind.CRITERION: (RecordKind.OBJECTIVE,),
    RecordKind.ACTION: (RecordKind.PLAN, RecordKind.OBJECTIVE),
}
"""What each kind may be part of; priorities and outcomes may also stand alone."""


@transaction.atomic
def write_entry(*, new: NewRecord, by: User, reason: str = "") -> Record:
    """Write a vision, priority, outcome, plan, objective, success criterion or action by hand.

    Raises Refused for a kind of another room, and where it may not be part of what it was put in.
    """
    if new.kind not in ENTRIES:
        raise Refused(f"A {new.kind} is not written in a plan.")
    parent = new.parent if isinstance(new.parent, Record) else None
    allowed = BELONGS_IN[new.kind]
    if parent is None and new.kind in (RecordKind.OBJECTIVE, RecordKind.CRITERION, RecordKind.ACTION):
        raise Refused(f"Choose what the {RecordKind(new.kind).label.lower()} belongs to.")
    if parent is not None and parent.kind not in allowed:
        raise Refused(f"A {RecordKind(new.kind).label.lower()} cannot be part of {parent.reference}.")
    if parent is not None and not new.section:
        new.section = list(parent.section)
    record = register.create(new=new, by=by, reason=reason, verb=f"wrote a {RecordKind(new.kind).label.lower()}")
    keep(kind=RecordKind(new.kind), records=[record], event=record.created)
    return record


def keep(*, kind: RecordKind, records: Sequence[Record], event: Event) -> None:
    """Give records of a kind their row in this room; part of the action of the event, which created them."""
    manager: models.Manager[Entry] = ENTRIES[kind]._default_manager
    manager.bulk_create([ENTRIES[kind](record=record) for record in records], batch_size=500)
