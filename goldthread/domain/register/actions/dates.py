"""By when: setting a date, proposing one, making a proposed one hold, and the milestones on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Body, Meeting
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import DateDecision, DueDate, ProposedDate, Record
from goldthread.domain.register.models.as_at import Proposal, RecordAt, stand, stood_today
from goldthread.domain.register.models.writing import dates_in, due_date, fact, write
from goldthread.domain.register.rules import said, together, wanted_date
from goldthread.domain.register.terms import LIVE, Decision
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed
from goldthread.kernel.timescales import Timescale


def moved_date(*, stood: RecordAt, wanted: Timescale, as_at: date, event: Event, **values: Any) -> DueDate:
    """The next entry of a record's date ledger, as an unsaved fact of the action of an event.

    Raises Refused where it speaks of a day before the entry that holds: the first date stays the first.
    """
    if stood.due is not None and as_at < stood.due.as_at:
        raise Refused(
            f"The date of {stood.reference} was set as at {printed(stood.due.as_at)}; another one speaks of that day or later."
        )
    return due_date(stood.record, wanted, as_at, event, **values)


def proposal(*, record: Record, wanted: Timescale, as_at: date, event: Event, **values: Any) -> ProposedDate:
    """A proposed date as an unsaved fact of the action of an event. Raises Refused where the words name no last day."""
    if wanted.end is None:
        raise Refused(
            f"“{wanted.text}” names no day by which one could see it; write it like 31 March 2026 or March 2026."
        )
    row: ProposedDate = fact(
        ProposedDate, record, as_at, event,
        text=wanted.text[:300], sort=wanted.sort, starts_on=wanted.start, due_on=wanted.end, **values,
    )  # fmt: skip
    return row


@transaction.atomic
def set_due_date(
    *,
    records: Sequence[Record],
    timescale: str,
    by: User,
    reason: str,
    as_at: date | None = None,
    agreed_by: Body | None = None,
    meeting: Meeting | None = None,
) -> Event:
    """Set by when, from words that people use ("31 March 2026", "Q2 2026/27"). Earlier dates stay on record.

    ``agreed_by`` is the body that agreed it, ``meeting`` at which of its meetings. Raises Refused where the words name no
    day and are none of the known timescales.
    """
    require_for(by, Permission.EDIT_RECORDS, records)
    wanted, stood, day = wanted_date(timescale), stood_today(records), as_at or today()
    subject = together([row.reference for row in records])
    event = record_event("set a date", by=by, subject=subject, reason=said(reason), detail={"to": wanted.text})
    body = agreed_by or (meeting.body if meeting is not None else None)
    write(
        moved_date(stood=stood[row.pk], wanted=wanted, as_at=day, event=event, agreed_by=body, meeting=meeting)
        for row in records
    )
    return event


@transaction.atomic
def propose_date(
    *,
    record: Record,
    timescale_or_day: date | str,
    by: User,
    reason: str,
    agreed_by: Body | None = None,
    milestone: str = "",
    as_at: date | None = None,
) -> ProposedDate:
    """Propose a due date, or with ``milestone`` a step on the way. It counts for nothing until somebody accepts it."""
    require_for(by, Permission.ADD_UPDATES, [record])
    stood = stood_today([record])[record.pk]
    wanted = wanted_date(timescale_or_day)
    if any(row.due_on == wanted.end and row.milestone == milestone.strip() for row in stood.proposed_dates):
        raise Refused(f"{wanted.text} is proposed for {record.reference} already and waits for a decision.")
    verb = "proposed a milestone" if milestone.strip() else "proposed a date"
    event = record_event(verb, by=by, subject=record.reference, reason=said(reason), detail={"to": wanted.text})
    row = proposal(
        record=record, wanted=wanted, as_at=as_at or today(), event=event,
        agreed_by=agreed_by, milestone=milestone.strip()[:300],
    )  # fmt: skip
    write([row])
    return row


@transaction.atomic
def baseline(
    *, records: Sequence[Record], by: User, reason: str, agreed_by: Body | None, meeting: Meeting | None = None
) -> Event:
    """Make the date that was proposed last for each record its due date; other proposed due dates are thereby declined.

    Raises Refused where a record has none that waits.
    """
    require_for(by, Permission.EDIT_RECORDS, records)
    stood = stood_today(records)
    subject = together([row.reference for row in records])
    event = record_event("baselined dates", by=by, subject=subject, reason=said(reason))
    rows: list[Any] = []
    for record in records:
        waiting = [row for row in stood[record.pk].proposed_dates if not row.milestone]
        if not waiting:
            raise Refused(f"Nobody has proposed a date for {record.reference}; set one, or ask its lead to propose it.")
        newest = max(waiting, key=lambda row: (row.recorded, row.pk))
        rows += _accepted(stood[record.pk], newest, event, agreed_by or (meeting.body if meeting else None), meeting)
    write(rows)
    return event


@transaction.atomic
def decide_date(
    *, proposed: ProposedDate, decision: str, by: User, reason: str = "", agreed_by: Body | None = None
) -> Event:
    """Accept or decline one proposed date, or say that an accepted milestone is met.

    A milestone: whoever may report on the record. A due date: whoever may edit it; accepted, it becomes the date that holds.
    Raises Refused where that has been decided already.
    """
    record = proposed.record
    wanted = Permission.ADD_UPDATES if proposed.milestone else Permission.EDIT_RECORDS
    require_for(by, wanted, [record])
    stood = stood_today([record])[record.pk]
    held = next((one for one in stood.proposals if one.row.pk == proposed.pk), None)
    if held is None:
        raise Refused("That proposal has been taken back; look at the record again.")
    _refuse_decided(held, Decision(decision))
    verb = {Decision.ACCEPTED: "accepted a date", Decision.DECLINED: "declined a date", Decision.MET: "met a milestone"}
    event = record_event(
        verb[Decision(decision)], by=by, subject=record.reference, reason=reason.strip(), detail={"date": proposed.text}
    )
    if decision == Decision.ACCEPTED and not proposed.milestone:
        write(_accepted(stood, proposed, event, agreed_by, None))
    else:
        write([fact(DateDecision, record, today(), event, proposal=proposed, decision=Decision(decision))])
    return event


@transaction.atomic
def notice_dates(*, plan: Record, by: User) -> tuple[Event, int]:
    """Propose the dates to come that stand in the newest updates of a plan's entries, for updates from before that was done.

    Returns the event and how many were found. Raises Refused where there is none that has not been proposed.
    """
    require_for(by, Permission.EDIT_RECORDS, [plan])
    inside = Record.objects.filter(within=plan, state__in=LIVE, updated_on__isnull=False)
    newest = []
    for row in stand(inside, as_at=None, known_on=None):
        if row.last_update is not None:
            row.last_update.record = row.record
            newest.append(row.last_update)
    event = record_event("looked for dates in updates", by=by, subject=plan.reference)
    rows = dates_in(newest, event=event)
    if not rows:
        raise Refused("The newest updates speak of no day to come that has not been proposed.")
    write(rows)
    return event, len(rows)


def _refuse_decided(held: Proposal, decision: Decision) -> None:
    before = Decision(held.decided.decision) if held.decided else None
    if decision is Decision.MET:
        if before is not Decision.ACCEPTED or not held.is_milestone:
            raise Refused("Only a milestone that has been accepted can be met.")
    elif before is not None:
        raise Refused(f"That date has been {before.label.lower()} already; undo that first.")


def _accepted(
    stood: RecordAt, proposed: ProposedDate, event: Event, agreed_by: Body | None, meeting: Meeting | None
) -> list[Any]:
    """The facts by which a proposed date becomes the one that holds."""
    wanted = Timescale(proposed.text, proposed.sort, proposed.starts_on, proposed.due_on)
    rows: list[Any] = [
        moved_date(
            stood=stood, wanted=wanted, as_at=today(), event=event,
            reason=event.reason or proposed.reason, agreed_by=agreed_by or proposed.agreed_by, meeting=meeting,
        )
    ]  # fmt: skip
    for other in (row for row in stood.proposed_dates if not row.milestone):
        decision = Decision.ACCEPTED if other.pk == proposed.pk else Decision.DECLINED
        rows.append(fact(DateDecision, stood.record, today(), event, proposal=other, decision=decision))
    return rows
