"""Other bodies: what they are to the council, their business plans, conflicts of those who sit on them."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Arrangement, Body, Interest, Membership, Person, PlanReviewed
from goldthread.domain.organisation.rules import standing
from goldthread.domain.organisation.terms import PartnerKind
from goldthread.kernel.clock import today


@transaction.atomic
def set_arrangement(
    *,
    body: Body,
    kind: str,
    by: User,
    agreement: str = "",
    plan_due_month: int | None = None,
    exit_on: date | None = None,
    comes_back: str = "",
    reason: str = "",
) -> Event:
    """Say what a body outside the council is to it: a company, joint venture, shared service, partnership.

    Raises Refused for what must come back without a day by when, and for a month that is none.
    """
    require(by, Permission.EDIT_ORGANISATION)
    if comes_back.strip() and exit_on is None:
        raise Refused("Say by when it must come back: give the day of the exit.")
    if plan_due_month is not None and not 1 <= plan_due_month <= 12:
        raise Refused("Choose the month in which the business plan is reviewed.")
    event = record_event("said what a body is to the council", by=by, subject=str(body), reason=reason.strip())
    Arrangement.objects.create(
        body=body,
        kind=PartnerKind(kind),
        agreement=agreement.strip(),
        plan_due_month=plan_due_month,
        exit_on=exit_on,
        comes_back=comes_back.strip(),
        recorded=event.at,
        by=by,
        event=event,
        reason=reason.strip(),
    )
    return event


@transaction.atomic
def record_plan_review(*, body: Body, reviewed_on: date, by: User, reviewed_by: str = "", note: str = "") -> Event:
    """The business plan of a body was reviewed. Raises Refused for a day to come."""
    require(by, Permission.EDIT_ORGANISATION)
    if reviewed_on > today():
        raise Refused("A review that lies in the future has not happened; record it when it has.")
    event = record_event("recorded a review of a business plan", by=by, subject=str(body))
    PlanReviewed.objects.create(
        body=body,
        reviewed_on=reviewed_on,
        reviewed_by=reviewed_by.strip()[:300],
        note=note.strip(),
        recorded=event.at,
        by=by,
        event=event,
    )
    return event


@transaction.atomic
def declare_interest(
    *, body: Body, person: Person, text: str, by: User, starts: date | None = None, ends: date | None = None
) -> Event:
    """Record a conflict of somebody who sits on a body, and how it is dealt with.

    Raises Refused without words, and for a person who does not sit on the body.
    """
    require(by, Permission.EDIT_ORGANISATION)
    if not text.strip():
        raise Refused("Say what the conflict is, and how it is dealt with.")
    if not standing(Membership.objects.filter(body=body, person=person)):
        raise Refused(f"{person} does not sit on {body}; record the seat first.")
    event = record_event("recorded a conflict of interest", by=by, subject=f"{person}: {body}")
    Interest.objects.create(
        body=body, person=person, text=text.strip(), starts=starts, ends=ends, recorded=event.at, by=by, event=event
    )
    return event
