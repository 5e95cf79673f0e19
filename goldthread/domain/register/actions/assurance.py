"""Ratings declared beside the rule's, tolerance, verification of what is reported as done, and judging its effect."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.register.access import may, require_for
from goldthread.domain.register.models import (
    EffectJudgement,
    Rating,
    Record,
    RevisitPeriod,
    StateChange,
    Tolerance,
    Verification,
)
from goldthread.domain.register.models.as_at import RecordAt, stood_today
from goldthread.domain.register.models.projection import age, project
from goldthread.domain.register.models.writing import fact, write
from goldthread.domain.register.queries import criteria_of
from goldthread.domain.register.rules import said
from goldthread.domain.register.terms import ANSWERABLE, CONTAINERS, Effect, State
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating as RatingValue

MOST_DAYS, MOST_MONTHS = 366, 60


@transaction.atomic
def declare_rating(*, record: Record, value: str, by: User, reason: str, as_at: date | None = None) -> Event:
    """Declare a rating beside the computed one, with a reason; both are kept and shown. An empty value takes it back.

    Whoever reports on the record may worsen what the rule says; bettering it is for who verifies there or edits. Blue is
    verification itself, and "No date set" follows from there being none: neither can be declared.
    """
    require_for(by, Permission.ADD_UPDATES, [record])
    stood = stood_today([record])[record.pk]
    event = record_event("declared a rating", by=by, subject=record.reference, reason=said(reason))
    rows = declaration(stood=stood, value=value, by=by, reason=reason, as_at=as_at or today(), event=event)
    if not rows:
        raise Refused(f"Nobody has declared a rating for {record.reference}, so there is none to take back.")
    write(rows)
    return event


def declaration(*, stood: RecordAt, value: str, by: User, reason: str, as_at: date, event: Event) -> list[Any]:
    """The declared rating as an unsaved fact of the action of an event; nothing where it says what the rule says anyway."""
    held, computed = stood.declared, stood.computed.value
    wanted = _declarable(value, stood) if value else None
    if held is None and wanted in (None, computed):
        return []
    if held is not None and wanted is held.value and not reason.strip():
        return []  # it stands already
    if wanted is not None and wanted is not computed and not reason.strip():
        raise Refused(f"Say why {stood.reference} is “{wanted.label}” and not “{computed.label}”, as the rule says.")
    # What the one who reports may not go above: the rule, and what somebody else has declared.
    others = held.value if held is not None and held.by.pk != by.pk else computed
    floor = max(computed.severity, others.severity)
    if (wanted or computed).severity < floor and not _may_better(viewer_for(by), stood.record):
        raise NotAllowed(
            "You may only give a worse rating; a better one is for a director or the coordinator, with a reason."
        )
    then = "" if wanted is None else computed.value
    return [
        fact(
            Rating, stood.record, as_at, event,
            value=wanted.value if wanted else "", computed=then, rule=stood.computed.rule, reason=reason.strip(),
        )
    ]  # fmt: skip


def _declarable(value: str, stood: RecordAt) -> RatingValue:
    try:
        wanted = RatingValue(value)
    except ValueError:
        raise Refused(f"“{value}” is no rating; choose one of the list.") from None
    if wanted is RatingValue.NO_DATE:
        raise Refused("“No date set” is not declared: it follows from there being no date.")
    if wanted is RatingValue.BLUE and not stood.verified:
        raise Refused("Blue is what is complete and verified; verify it instead.")
    if stood.computed.value is RatingValue.NO_DATE and wanted.severity < RatingValue.NO_DATE.severity:
        raise Refused(
            f"{stood.reference} has no date, so nobody can say that it is on time; set or propose a date first."
        )
    return wanted


def _may_better(viewer: Viewer, record: Record) -> bool:
    return may(viewer, Permission.VERIFY, record) or may(viewer, Permission.EDIT_RECORDS, record)


@transaction.atomic
def verify(*, record: Record, by: User, reason: str, verified: bool, as_at: date | None = None) -> Event:
    """Say whether what was reported as complete is done. Not verified, it goes back to its lead as open.

    Raises NotAllowed for whoever reported it or holds the post that did, and Refused where it is not complete.
    """
    viewer = require_for(by, Permission.VERIFY, [record])
    stood, day = stood_today([record])[record.pk], as_at or today()
    if stood.state != State.COMPLETE:
        raise Refused(f"{record.reference} is not reported as complete, so there is nothing to verify yet.")
    if stood.verified and verified:
        raise Refused(f"{record.reference} is verified already.")
    _refuse_day(stood, day)
    if by.pk in _reporters(stood) or _owners_of_report(stood) & owners_held(viewer):
        raise NotAllowed(f"You reported {record.reference} as complete, so somebody else has to verify it.")
    verb = "verified" if verified else "did not verify"
    event = record_event(verb, by=by, subject=record.reference, reason=said(reason))
    rows: list[Any] = [fact(Verification, record, day, event, verified=verified)]
    if not verified:
        rows.append(fact(StateChange, record, day, event, state=State.OPEN))
    write(rows)
    return event


def _refuse_day(stood: RecordAt, day: date) -> None:
    if day > today():
        raise Refused("Give a day that has come.")
    if stood.done_on is not None and day < stood.done_on:
        raise Refused(f"{stood.reference} is complete since {printed(stood.done_on)}; give that day or a later one.")


def _reporters(stood: RecordAt) -> set[int]:
    """Who reported a record as complete. Who adopted a document that says so did not: the document did."""
    change = stood.states[-1]
    return set() if change.passage_id is not None or change.printed else {change.by_id}


def _owners_of_report(stood: RecordAt) -> set[int]:
    """The post or body that spoke when it was reported as complete."""
    event = stood.states[-1].event_id
    said_by = {row.said_by_id for row in stood.updates if row.event_id == event}
    return {pk for pk in said_by if pk is not None}


@transaction.atomic
def judge_effect(*, record: Record, by: User, effective: str, reason: str, as_at: date | None = None) -> Event:
    """Judge from the revisit date on whether what was done has the effect wanted: effective, partly, not.

    Against the success criteria of what the record is part of, kept as they stand. By a third person: raises NotAllowed for
    whoever reported or verified it, and Refused before the revisit date, without verification, or without a reason.
    """
    viewer = require_for(by, Permission.VERIFY, [record])
    stood, day = stood_today([record])[record.pk], as_at or today()
    if effective not in Effect.values:
        raise Refused("Say whether it is effective, partly effective or not effective.")
    if not stood.verified or stood.verification is None or stood.revisit_on is None:
        raise Refused(f"{record.reference} is not verified yet; its effect is judged after that.")
    if day > today() or day < stood.revisit_on:
        raise Refused(f"The effect of {record.reference} is judged from {printed(stood.revisit_on)} on.")
    third = by.pk not in {*_reporters(stood), stood.verification.by_id}
    if not third or _owners_of_report(stood) & owners_held(viewer):
        raise NotAllowed(f"You reported or verified {record.reference}, so a third person has to judge its effect.")
    criteria = [
        {"reference": row.reference, "text": row.text or row.title} for row in criteria_of(record, viewer=viewer)
    ]
    label = Effect(effective).label.lower()
    event = record_event(f"judged {label}", by=by, subject=record.reference, reason=said(reason))
    write([fact(EffectJudgement, record, day, event, effective=effective, criteria=criteria)])
    return event


@transaction.atomic
def set_tolerance(*, plan: Record, days: int, by: User, reason: str, from_day: date | None = None) -> Event:
    """From a day on, how many calendar days after its date an entry of a plan may be expected and still be amber."""
    require_for(by, Permission.EDIT_RECORDS, [plan])
    if plan.kind not in CONTAINERS:
        raise Refused(f"A tolerance is set for a whole plan or review; {plan.reference} is none.")
    if not 0 <= days <= MOST_DAYS:
        raise Refused(f"A tolerance is a number of days from 0 to {MOST_DAYS}.")
    event = record_event("set the tolerance", by=by, subject=plan.reference, reason=said(reason), detail={"days": days})
    fact(Tolerance, plan, from_day or today(), event, days=days).save(force_insert=True)
    project({plan.pk}, below=False)
    # The ratings that follow are written after the commit, in short steps: a plan may hold thousands of entries.
    transaction.on_commit(lambda: age(Record.objects.filter(within=plan)))
    return event


@transaction.atomic
def set_revisit_period(*, months: int, by: User, reason: str, from_day: date) -> Event:
    """After how many months the effect of what is completed from a day on is judged, in the whole council."""
    viewer = require(by, Permission.EDIT_RECORDS)
    if not viewer.may_everywhere(Permission.EDIT_RECORDS):
        raise NotAllowed("Only who edits records for the whole council sets when effects are judged.")
    if not 1 <= months <= MOST_MONTHS:
        raise Refused(f"Give a number of months from 1 to {MOST_MONTHS}.")
    event = record_event("set when effects are judged", by=by, reason=said(reason), detail={"months": months})
    RevisitPeriod.objects.create(
        months=months, as_at=from_day, recorded=event.at, by=by, event=event, reason=event.reason
    )
    complete = Record.objects.filter(kind__in=ANSWERABLE, state=State.COMPLETE)
    transaction.on_commit(lambda: age(complete))
    return event
