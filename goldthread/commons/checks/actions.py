"""Letting a problem stand, and ending that. Nothing is silent: a waived problem is still shown, with who and why."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.checks.catalogue import check_of
from goldthread.commons.checks.models import Waiver
from goldthread.commons.checks.queries import Problem, may_waive, problems
from goldthread.commons.checks.terms import LONGEST_WAIVER
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed


@transaction.atomic
def waive(*, number: str, reference: str, by: User, reason: str, until: date) -> Waiver:
    """Let a problem stand until a day (the last one), at most a year ahead; then it counts again by itself.

    Raises Refused where no such problem stands today, without a reason, or for a day that is past or too far; NotAllowed
    where the person may not waive there.
    """
    problem = _problem(number, reference, by)
    if not reason.strip():
        raise Refused("Say why this is to stay as it is: a waiver needs a reason.")
    if until < today():
        raise Refused(f"{printed(until)} has passed; give a day that is still to come.")
    if until > today() + timedelta(days=LONGEST_WAIVER):
        raise Refused("A waiver holds for a year at most; give an earlier day, and decide again then.")
    return _write("waived a check", problem, by=by, reason=reason.strip(), until=until)


@transaction.atomic
def end_waiver(*, number: str, reference: str, by: User, reason: str) -> Waiver:
    """End a waiver before its time: from today on the problem counts again. Raises Refused where none holds."""
    problem = _problem(number, reference, by)
    if problem.waived is None:
        raise Refused(f"Nothing is waived at {problem.reference} for {problem.number}.")
    if not reason.strip():
        raise Refused("Say why the waiver ends.")
    return _write(
        "ended a waiver", problem, by=by, reason=reason.strip(), until=max(problem.waived.until, today()), ended=True
    )


def _problem(number: str, reference: str, by: User) -> Problem:
    viewer = require(by, Permission.WAIVE_CHECKS)
    known = check_of(number)
    if known is None:
        raise Refused(f"There is no check {number}; the page of checks lists them all.")
    found = problems(viewer=viewer, on=today(), numbers=[known.number])
    here = next((row for row in found if row.reference.casefold() == reference.strip().casefold()), None)
    if here is None:
        raise Refused(f"{known.number} finds nothing at {reference.strip()} today.")
    if not may_waive(viewer, here):
        raise NotAllowed(f"{by.name} may not waive checks here; ask the coordinator of the whole register.")
    return here


def _write(verb: str, problem: Problem, *, by: User, reason: str, until: date, ended: bool = False) -> Waiver:
    event = record_event(
        verb, by=by, subject=problem.reference, reason=reason, detail={"check": problem.number, "until": str(until)}
    )
    return Waiver.objects.create(
        number=problem.number,
        reference=problem.reference,
        plan_id=problem.finding.plan_id,
        starts=today(),
        until=until,
        ended=ended,
        recorded=event.at,
        by=by,
        event=event,
        reason=reason,
    )
