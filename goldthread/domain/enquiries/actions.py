"""Judging a line of enquiry: answered, dismissed with a reason, turned into an action, opened again. Nothing is deleted."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.domain.enquiries.models import Judgement
from goldthread.domain.enquiries.queries import Found, enquiries_of, may_judge
from goldthread.domain.enquiries.terms import Standing
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.terms import RecordKind
from goldthread.kernel.clock import today
from goldthread.kernel.timescales import parse_timescale


@transaction.atomic
def answer(*, plan: str, key: str, said: str, by: User, as_at: date | None = None) -> Judgement:
    """Answer an enquiry in words that stand beside it from then on. Raises Refused without words, or where it is no more."""
    found = _found(plan, key, by, as_at)
    return _judge(found, Standing.ANSWERED, _words(said, "Write the answer."), "answered an enquiry", by)


@transaction.atomic
def dismiss(*, plan: str, key: str, said: str, by: User, as_at: date | None = None) -> Judgement:
    """Say why an enquiry leads nowhere; it stays on the page among the dismissed. Raises Refused without a reason."""
    found = _found(plan, key, by, as_at)
    return _judge(found, Standing.DISMISSED, _words(said, "Say why it leads nowhere."), "dismissed an enquiry", by)


@transaction.atomic
def reopen(*, plan: str, key: str, said: str, by: User, as_at: date | None = None) -> Judgement:
    """Open an enquiry again that was answered or dismissed. Raises Refused where it is open."""
    found = _found(plan, key, by, as_at)
    if found.standing == Standing.OPEN:
        raise Refused("It is open already.")
    return _judge(found, Standing.OPEN, _words(said, "Say why it is opened again."), "opened an enquiry again", by)


@transaction.atomic
def turn_into_action(
    *, plan: str, key: str, text: str, by: User, timescale: str = "", as_at: date | None = None
) -> Judgement:
    """Write an action from an enquiry, under the same objective as what it asks about, with the enquiry as its reason.

    Raises Refused without words, and for words that are no date. Undoing the judgement opens the enquiry again; the action
    is another event, which can be undone by itself.
    """
    found = _found(plan, key, by, as_at)
    wanted = _words(text, "Write what is to be done.")
    when = parse_timescale(timescale.strip()) if timescale.strip() else None
    if when is not None and when.sort == "unknown":
        raise Refused(f"“{timescale}” is not a date; write it like 31 March 2027, March 2027 or Q4 2026/27.")
    new = NewRecord(RecordKind.ACTION, wanted, today(), parent=_home(found), timescale=when)
    made = write_entry(
        new=new, by=by, reason=f"{found.enquiry.rule} at {found.enquiry.reference}: {found.enquiry.question}"
    )
    return _judge(found, Standing.ACTION, wanted, "turned an enquiry into an action", by, action=made)


def _home(found: Found) -> Record:
    """Where the new action goes: the objective above the entry, or the objective itself, else the plan."""
    record = found.record.record
    if record.kind == RecordKind.OBJECTIVE:
        return record
    if record.parent is not None and record.parent.kind == RecordKind.OBJECTIVE:
        return record.parent
    if record.within is None or record.within.kind != RecordKind.PLAN:
        raise Refused(f"{record.reference} stands in no plan: write the action in the plan that it belongs to.")
    return record.within


def _words(said: str, otherwise: str) -> str:
    if not said.strip():
        raise Refused(otherwise)
    return said.strip()


def _found(plan: str, key: str, by: User, as_at: date | None) -> Found:
    """The enquiry as the person sees it. Raises Refused where it is no more, NotAllowed where they may not judge it."""
    viewer = require(by, Permission.WAIVE_CHECKS)
    whole = enquiries_of(plan, viewer=viewer, as_at=as_at)
    found = next((row for row in whole.rows if row.enquiry.key == key), None) if whole is not None else None
    if found is None:
        raise Refused("This enquiry is no more: the words that it stood on have changed. Look at the list again.")
    if not may_judge(viewer, found.record.record):
        raise NotAllowed(f"{by.name} may not judge enquiries here; ask the coordinator of the plan.")
    return found


def _judge(
    found: Found, standing: Standing, said: str, verb: str, by: User, *, action: Record | None = None
) -> Judgement:
    enquiry = found.enquiry
    event = record_event(
        verb, by=by, subject=enquiry.reference, reason=said, detail={"rule": enquiry.rule, "key": enquiry.key}
    )
    return Judgement.objects.create(
        record=found.record.record,
        rule=enquiry.rule,
        key=enquiry.key,
        standing=standing,
        said=said,
        action=action,
        as_at=today(),
        recorded=event.at,
        by=by,
        event=event,
        reason=said,
    )
