"""Deciding on proposals: what repeats what, and what answers what."""

from __future__ import annotations

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.register import actions as register
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import fact, write
from goldthread.domain.register.terms import LINEAGE, RecordKind, Relation
from goldthread.domain.reviews.models import Dismissal
from goldthread.domain.reviews.terms import Proposed
from goldthread.kernel.clock import today

_REPEATABLE = (RecordKind.RECOMMENDATION, RecordKind.FINDING)
_ANSWERS = (RecordKind.OBJECTIVE, RecordKind.ACTION)


@transaction.atomic
def confirm_repeat(*, later: Record, earlier: Record, relation: str, by: User, reason: str = "") -> Event:
    """Say what a later recommendation or finding is to an earlier one.

    It raises it again, notes progress on it, fulfils it, is the same step of a process, or the same one printed again.

    Raises Refused for other kinds of entry and other relations, and where it is on record already.
    """
    if later.kind not in _REPEATABLE or earlier.kind not in _REPEATABLE:
        raise Refused("Only recommendations and findings repeat each other.")
    if relation not in (*LINEAGE, Relation.REPEATS):
        raise Refused("Choose what the later one is to the earlier one.")
    if later.within_id is not None and later.within_id == earlier.within_id:
        raise Refused(f"{later.reference} and {earlier.reference} stand in the same document.")
    return register.link(record=later, relation=relation, target=earlier, by=by, reason=reason)


@transaction.atomic
def confirm_answer(*, offered: Record, recommendation: Record, by: User, reason: str = "") -> Event:
    """Say that an objective or action answers a recommendation. Raises Refused for other kinds, and where it does already."""
    if offered.kind not in _ANSWERS or recommendation.kind != RecordKind.RECOMMENDATION:
        raise Refused("An objective or an action answers a recommendation.")
    return register.link(record=offered, relation=Relation.ANSWERS, target=recommendation, by=by, reason=reason)


@transaction.atomic
def dismiss(*, record: Record, target: Record, sort: str, by: User, reason: str = "") -> Event:
    """Say that a proposal is wrong: it is remembered and not proposed again. Taken back by an undo."""
    require_for(by, Permission.EDIT_RECORDS, [record])
    said = "is not the same as" if sort == Proposed.REPEATS else "does not answer"
    event = record_event(
        "dismissed a proposal",
        by=by,
        subject=record.reference,
        reason=reason,
        detail={"said": f"{record.reference} {said} {target.reference}"},
    )
    write([fact(Dismissal, record, today(), event, target=target, sort=Proposed(sort))])
    return event
