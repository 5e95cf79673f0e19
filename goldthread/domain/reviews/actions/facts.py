"""What a review was, when its steps happened, what it judged, and what the council answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Body, ElectedOffice, Meeting
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record, Version
from goldthread.domain.register.models.as_at import facts_of
from goldthread.domain.register.models.writing import fact, write
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews.models import ClockDate, Judgement, Particulars, Response
from goldthread.domain.reviews.terms import Answer, DateKind, ReviewKind
from goldthread.kernel.clock import today


def _first_day(review: Record) -> date:
    """The day from which a review stands: what was said of it later speaks of that day, and the last word holds."""
    day: date = Version.objects.filter(record=review).order_by("as_at").values_list("as_at", flat=True)[0]
    return day


def _review(record: Record) -> None:
    if record.kind != RecordKind.REVIEW:
        raise Refused(f"{record.reference} is no review.")


@transaction.atomic
def set_particulars(
    *,
    review: Record,
    by: User,
    kind: str,
    by_whom: str = "",
    started_on: date | None = None,
    ended_on: date | None = None,
    team: str = "",
    scope: str = "",
    reason: str = "",
) -> Event:
    """Say what a review was: who looked, from when to when, with which team, at what. What was said before stays on record.

    Raises Refused where the last day on site comes before the first.
    """
    require_for(by, Permission.EDIT_RECORDS, [review])
    _review(review)
    if started_on and ended_on and ended_on < started_on:
        raise Refused("The last day on site comes before the first: check the two dates.")
    event = record_event("said what the review was", by=by, subject=review.reference, reason=reason)
    write(
        [
            fact(
                Particulars,
                review,
                _first_day(review),
                event,
                kind=ReviewKind(kind),
                by_whom=by_whom.strip(),
                started_on=started_on,
                ended_on=ended_on,
                team=team.strip(),
                scope=scope.strip(),
            )
        ]
    )
    return event


@transaction.atomic
def record_date(
    *,
    review: Record,
    step: str,
    kind: str,
    day: date | None,
    by: User,
    title: str = "",
    printed: str = "",
    reason: str = "",
) -> Event:
    """Record that a step of a review's clock happened on a day, or by when the review prints that it should.

    Without a day the one recorded before no longer holds. Raises Refused for a step that has no name, for something that
    happens in the future, for a printed date without its words, and where there is no day to take back.
    """
    require_for(by, Permission.EDIT_RECORDS, [review])
    _review(review)
    if not step.strip():
        raise Refused("Choose the step, or give it a name.")
    if kind == DateKind.HAPPENED and day is not None and day > today():
        raise Refused("A step that has happened cannot lie in the future; record it when it has.")
    if kind == DateKind.PRINTED and day is not None and not printed.strip():
        raise Refused("Copy the words in which the document prints the date, so that others can check it.")
    if day is None and not _has_day(review, step.strip()[:40], kind):
        raise Refused("Enter the day; none is on record for this step that could be taken back.")
    verb = "recorded a step of the review" if day else "took back a step of the review"
    event = record_event(verb, by=by, subject=review.reference, reason=reason, detail={"step": step})
    values = {"step": step.strip()[:40], "title": title.strip()[:200], "kind": DateKind(kind), "day": day}
    write([fact(ClockDate, review, _first_day(review), event, printed=printed.strip()[:300], **values)])
    return event


def _has_day(review: Record, step: str, kind: str) -> bool:
    """Whether a day of a step holds today: the last word on it names one."""
    said = [
        row
        for row in facts_of(ClockDate, [review.pk], as_at=today(), known_on=None)[review.pk]
        if (row.step, row.kind) == (step, kind)
    ]
    return bool(said) and said[-1].day is not None


@transaction.atomic
def judge(*, review: Record, aspect: str, value: str, by: User, ended: bool = False, reason: str = "") -> Event:
    """Record a grade that a review gave to one aspect. Raises Refused where the aspect or the grade is empty."""
    require_for(by, Permission.EDIT_RECORDS, [review])
    _review(review)
    if not aspect.strip() or not value.strip():
        raise Refused("Say what was judged, and how: overall effectiveness, requires improvement.")
    event = record_event("recorded a judgement", by=by, subject=review.reference, reason=reason)
    values = {"aspect": aspect.strip()[:200], "value": value.strip()[:100], "ended": ended}
    write([fact(Judgement, review, _first_day(review), event, **values)])
    return event


@transaction.atomic
def respond(
    *,
    recommendations: Sequence[Record],
    answer: str,
    by: User,
    reason: str = "",
    agreed_by: Body | None = None,
    meeting: Meeting | None = None,
    sponsor: ElectedOffice | None = None,
    as_at: date | None = None,
) -> Event:
    """Record what the council answers to recommendations: accepted, partly, rejected; who agreed it; the sponsoring member.

    Raises Refused for anything but a recommendation or finding, for a rejection or a partial answer without a reason, for
    a meeting of another body, and for a day to come.
    """
    require_for(by, Permission.EDIT_RECORDS, recommendations)
    if not recommendations:
        raise Refused("Choose at least one recommendation to answer.")
    kinds = (RecordKind.RECOMMENDATION, RecordKind.FINDING)
    if strange := next((row for row in recommendations if row.kind not in kinds), None):
        raise Refused(f"{strange.reference} is no recommendation, so there is nothing to answer.")
    if answer != Answer.ACCEPTED and not reason.strip():
        raise Refused("Say why it is not accepted in full; those who recommended it will ask.")
    if meeting is not None and agreed_by is not None and meeting.body_id != agreed_by.pk:
        raise Refused(f"That meeting was not one of {agreed_by}; choose the body's own meeting.")
    day = as_at or (meeting.held_on if meeting else today())
    if day > today():
        raise Refused("A response speaks of today or earlier; record it when it has been agreed.")
    later = standing(Response.objects.filter(record__in=recommendations, as_at__lte=today()).select_related("record"))
    if newer := next((row for row in later if row.as_at > day), None):
        raise Refused(f"{newer.record.reference} has an answer of a later day; undo that one first.")
    names = ", ".join(row.reference for row in recommendations[:8])
    event = record_event("responded to", by=by, subject=names, reason=reason.strip(), detail={"answer": answer})
    body = agreed_by or (meeting.body if meeting else None)
    values = {"answer": Answer(answer), "agreed_by": body, "meeting": meeting, "sponsor": sponsor}
    write(fact(Response, row, day, event, **values) for row in recommendations)
    return event
