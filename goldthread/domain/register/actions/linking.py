"""Hanging many records on one at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.as_at import stand
from goldthread.domain.register.models.writing import fact, write
from goldthread.kernel.clock import today


@transaction.atomic
def link_many(
    *,
    records: Sequence[Record],
    relation: str,
    target: Record,
    by: User,
    reason: str = "",
    as_at: date | None = None,
) -> Event:
    """Hang records on one by a relation, as one action; those that hang there already are left as they are.

    Raises Refused where none would change, and where the target is among them.
    """
    require_for(by, Permission.EDIT_RECORDS, records)
    if target.pk in {row.pk for row in records}:
        raise Refused(f"{target.reference} cannot hang on itself.")
    stood = stand(Record.objects.filter(pk__in=[row.pk for row in records]), as_at=as_at, known_on=None)
    fresh = [row.record for row in stood if target.pk not in row.targets(relation)]
    if not fresh:
        raise Refused(f"They hang on {target.reference} already.")
    names = ", ".join(row.reference for row in fresh[:8]) + (f" and {len(fresh) - 8} more" if len(fresh) > 8 else "")
    detail = {"relation": relation, "to": target.reference}
    event = record_event("linked", by=by, subject=names, reason=reason, detail=detail)
    write(fact(Link, row, as_at or today(), event, target=target, relation=relation) for row in fresh)
    return event
