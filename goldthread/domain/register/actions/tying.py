"""Tying many records to one reason at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import stand
from goldthread.domain.register.models.facts import Link
from goldthread.domain.register.models.writing import fact, write
from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.kernel.clock import today

SERVED = (RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME, RecordKind.PLAN)
"""What others serve; recommendations are answered."""


@transaction.atomic
def tie(*, records: Sequence[Record], to: Record, by: User, reason: str) -> Event:
    """Tie records to a priority, outcome, vision or plan, which they then serve, or to a recommendation, which they answer.

    Those that are tied to it already stay as they are. Raises Refused where the target is none of these, and where nothing
    would change.
    """
    require_for(by, Permission.EDIT_RECORDS, records)
    if to.kind not in (*SERVED, RecordKind.RECOMMENDATION):
        raise Refused(f"{to.reference} is no priority, outcome, plan or recommendation: choose one of these.")
    if not reason.strip():
        raise Refused("Say why: a change of the register needs a reason.")
    relation = Relation.ANSWERS if to.kind == RecordKind.RECOMMENDATION else Relation.SERVES
    stood = stand(Record.objects.filter(pk__in=[row.pk for row in records]), as_at=None, known_on=None)
    tied = {row.record.pk for row in stood if to.pk in row.targets(relation)}
    loose = [row.record for row in stood if row.record.pk not in tied and row.record.pk != to.pk]
    if not loose:
        raise Refused(f"They are tied to {to.reference} already.")
    names = ", ".join(row.reference for row in loose[:8]) + (f" and {len(loose) - 8} more" if len(loose) > 8 else "")
    event = record_event(
        "tied", by=by, subject=names, reason=reason.strip(), detail={"relation": relation, "to": to.reference}
    )
    write(fact(Link, row, today(), event, target=to, relation=relation) for row in loose)
    return event
