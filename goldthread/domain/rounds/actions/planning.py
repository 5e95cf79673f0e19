"""How often a plan reports, and the rounds that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Body, Meeting
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.models import Cadence, Round, RoundStep
from goldthread.domain.rounds.queries.planning import cadence_of, timetable_for
from goldthread.domain.rounds.rules import (
    Offsets,
    Period,
    Timetable,
    WrongTimetable,
    coming_periods,
    for_meeting,
    for_period,
    offsets_from,
)
from goldthread.domain.rounds.terms import NEXT, Frequency, RoundState
from goldthread.kernel.clock import today
from goldthread.kernel.days import CalendarEnds, printed


@transaction.atomic
def set_cadence(
    *,
    plan: Record | None,
    frequency: str,
    offsets: dict[str, Any],
    by: User,
    reason: str,
    body: Body | None = None,
    starts: date | None = None,
    source: str = "",
) -> Cadence:
    """Say how a plan reports from a day on (today), or, without a plan, which timetable the council suggests for all.

    What stood before stays on record. Raises Refused without a reason, for numbers that make no timetable, for
    something that is no plan, or where a cadence to a body's meetings names no body.
    """
    if plan is None:
        if not require(by, Permission.RUN_ROUNDS).may_everywhere(Permission.RUN_ROUNDS):
            raise NotAllowed("Only who runs the rounds of the whole council sets its timetable.")
    else:
        require_for(by, Permission.RUN_ROUNDS, [plan])
        if plan.kind != RecordKind.PLAN:
            raise Refused(f"{plan.reference} is no plan; choose the plan that reports.")
    if not reason.strip():
        raise Refused("Say why it reports like this: the reason is kept.")
    if plan is not None and frequency == Frequency.MEETING and body is None:
        raise Refused("Choose the body to whose meetings the plan reports.")
    try:
        numbers = offsets_from(offsets)
    except WrongTimetable as wrong:
        raise Refused(str(wrong)) from wrong
    subject = plan.reference if plan else "the council’s timetable"
    event = record_event("set how it reports", by=by, subject=subject, reason=reason.strip())
    return Cadence.objects.create(
        plan=plan, starts=starts or today(), frequency=Frequency(frequency), offsets=numbers.as_json(),
        body=body if frequency == Frequency.MEETING else None, source=source[:300],
        recorded=event.at, by=by, event=event, reason=event.reason,
    )  # fmt: skip


@transaction.atomic
def end_cadence(*, plan: Record, by: User, reason: str) -> Cadence:
    """A plan reports no longer from today on; rounds under way go on. Raises Refused where it does not report."""
    require_for(by, Permission.RUN_ROUNDS, [plan])
    held = cadence_of(plan, viewer=require(by, Permission.RUN_ROUNDS))
    if held is None:
        raise Refused(f"{plan.reference} does not report in rounds.")
    if not reason.strip():
        raise Refused("Say why it reports no longer: the reason is kept.")
    event = record_event("ended the rounds of", by=by, subject=plan.reference, reason=reason.strip())
    return Cadence.objects.create(
        plan=plan, starts=today(), frequency=held.frequency, offsets=held.offsets, body=held.body, ended=True,
        recorded=event.at, by=by, event=event, reason=event.reason,
    )  # fmt: skip


@transaction.atomic
def plan_rounds(*, plan: Record, by: User, number: int = 1) -> list[Round]:
    """Plan the coming rounds of a plan that are not planned yet: the next periods, or one for each coming meeting.

    Returns the new ones; none where the plan does not report.
    """
    viewer = require_for(by, Permission.RUN_ROUNDS, [plan])
    held = cadence_of(plan, viewer=viewer)
    if held is None:
        return []
    made = []
    try:
        for period, meeting, days in _coming(plan, held, number):
            if not Round.objects.filter(plan=plan, name=period.name).exclude(state=RoundState.CALLED_OFF).exists():
                made.append(_write(plan, period, meeting, days, held.timetable, by))
    except CalendarEnds as beyond:
        raise Refused(str(beyond)) from beyond
    return made


def _coming(plan: Record, held: Cadence, number: int) -> Iterator[tuple[Period, Meeting | None, Timetable]]:
    day, offsets = today(), held.timetable
    if held.frequency != Frequency.MEETING:
        for period in coming_periods(held.frequency, day, number, offsets):
            yield period, None, for_period(period, offsets)
        return
    before = Round.objects.filter(plan=plan, meeting__isnull=False).order_by("-as_at").first()
    begins = before.freeze_on if before else day
    for meeting in Meeting.objects.filter(body=held.body, held_on__gt=day).order_by("held_on")[:number]:
        days = for_meeting(meeting.held_on, offsets)
        if days.freeze_on <= day:
            continue
        name = f"{meeting.name or meeting.body} of {printed(meeting.held_on)}"[:120]
        yield Period(name, min(begins, days.freeze_on), days.freeze_on), meeting, days
        begins = days.freeze_on


def _write(plan: Record, period: Period, meeting: Meeting | None, days: Timetable, offsets: Offsets, by: User) -> Round:
    event = record_event("planned a round", by=by, subject=f"{plan.reference}: {period.name}")
    row = Round.objects.create(
        plan=plan, name=period.name, starts=period.start, as_at=period.end, meeting=meeting,
        offsets=offsets.as_json(), **asdict(days),
    )  # fmt: skip
    RoundStep.objects.create(round=row, state=RoundState.PLANNED, event=event)
    return row


@transaction.atomic
def add_round(
    *,
    plan: Record,
    by: User,
    name: str,
    as_at: date,
    due_last: date,
    freeze_on: date,
    meeting: Meeting | None = None,
) -> Round:
    """Plan one round by hand, between the days given: the steps in between keep to the plan's timetable as far as they fit.

    Raises Refused where the days are not in order, the round is there already, or the law's days before the meeting
    would not be kept.
    """
    viewer = require_for(by, Permission.RUN_ROUNDS, [plan])
    offsets, day = timetable_for(plan, viewer=viewer), today()
    name = " ".join(name.split())[:120]
    if not name:
        raise Refused("Give the round a name, such as Quarter 2 2026/27.")
    if not day <= due_last <= freeze_on:
        raise Refused("Updates are due today or later, and the freeze comes on that day or after it.")
    if Round.objects.filter(plan=plan, name=name).exclude(state=RoundState.CALLED_OFF).exists():
        raise Refused(f"{plan.reference} has a round called “{name}” already; open that one.")
    try:
        if meeting is not None and freeze_on > (latest := for_meeting(meeting.held_on, offsets).freeze_on):
            raise Refused(
                f"Papers for the meeting of {printed(meeting.held_on)} are published by {printed(latest)}: "
                "freeze on that day or earlier."
            )
        usual = for_meeting(meeting.held_on, offsets) if meeting else None
    except CalendarEnds as beyond:
        raise Refused(str(beyond)) from beyond
    room = (freeze_on - due_last).days
    days = Timetable(
        opens=day, due_first=due_last, due_last=due_last, grace_until=_between(due_last, room, 0.2),
        check_by=_between(due_last, room, 0.5), accept_by=_between(due_last, room, 0.7),
        sign_off_by=_between(due_last, room, 0.9), freeze_on=freeze_on, meets_on=usual.meets_on if usual else None,
    )  # fmt: skip
    return _write(plan, Period(name, min(as_at, day), as_at), meeting, days, offsets, by)


def _between(first: date, room: int, share: float) -> date:
    return date.fromordinal(first.toordinal() + int(room * share))


@transaction.atomic
def step(
    *,
    round: Round,
    to: RoundState,
    by: User,
    reason: str = "",
    permission: Permission = Permission.RUN_ROUNDS,
    event: Event | None = None,
) -> Round:
    """Move a round to its next state and say so. Raises Refused where that state may not follow.

    Other actions of this room call it with their permission and event.
    """
    row = Round.objects.select_for_update().select_related("plan").get(pk=round.pk)
    if event is None:
        require_for(by, permission, [row.plan])
    if to not in NEXT.get(row.state, ()):
        raise Refused(f"{row} is {RoundState(row.state).label.lower()}; it cannot become {to.label.lower()} now.")
    event = event or record_event(f"round {to.value}", by=by, subject=str(row)[:200], reason=reason.strip())
    row.state = to
    row.save(update_fields=["state"])
    RoundStep.objects.create(round=row, state=to, event=event)
    round.state = to
    return row


def call_off(*, round: Round, by: User, reason: str) -> Round:
    """Call a round off; what was sent stays on record. Raises Refused without a reason, or once it is frozen."""
    if not reason.strip():
        raise Refused("Say why the round is called off: the reason is kept.")
    if not may_run(require(by, Permission.RUN_ROUNDS), round.plan):
        raise NotAllowed("Only who runs the rounds of this plan can call one off.")
    return step(round=round, to=RoundState.CALLED_OFF, by=by, reason=reason)
