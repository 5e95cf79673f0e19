"""Self-assessments: start one for a year, score its standards, turn gaps into actions."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.register import actions as register
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord, create_records, fact, write
from goldthread.domain.register.terms import RecordKind, Relation, State
from goldthread.domain.reviews.models import Score, SelfAssessment, Standard
from goldthread.domain.reviews.rules.frameworks import framework_named
from goldthread.kernel.clock import today


def _year_words(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


@transaction.atomic
def start_assessment(*, framework: str, year: int, by: User, reason: str = "") -> Record:
    """Start a council's assessment of itself against a framework for a financial year: one standard each, none scored yet.

    ``year`` is the one in which the financial year begins. Raises Refused for an unknown framework, and where there is an
    assessment of that year already.
    """
    found = framework_named(framework)
    if found is None:
        raise Refused("Choose one of the frameworks on the list.")
    standing = SelfAssessment.objects.filter(framework=framework, year=year).exclude(record__state=State.WITHDRAWN)
    if first := standing.select_related("record").first():
        raise Refused(f"{found.title} {_year_words(year)} has been started already: {first.record.reference}.")
    new = NewRecord(RecordKind.SELF_ASSESSMENT, "", today(), title=f"{found.title} {_year_words(year)}")
    record = register.create(new=new, by=by, reason=reason, verb="started a self-assessment")
    SelfAssessment.objects.create(record=record, framework=framework, year=year)
    items = [
        NewRecord(
            RecordKind.STANDARD,
            one.title,
            today(),
            number=one.key if len(one.key) <= 3 else "",
            section=[one.group] if one.group else [],
            parent=record,
            position=position,
        )
        for position, one in enumerate(found.standards, 1)
    ]
    rows = create_records(items, series=record.series, event=record.created)
    Standard.objects.bulk_create(
        [Standard(record=row, key=one.key) for row, one in zip(rows, found.standards, strict=True)]
    )
    return record


@transaction.atomic
def score(
    *,
    standard: Record,
    value: int | None,
    by: User,
    evidence: str = "",
    gap: str = "",
    as_at: date | None = None,
    reason: str = "",
) -> Event:
    """Score a standard with what shows it. Raises Refused for a value off the scale, and for a score without evidence."""
    require_for(by, Permission.EDIT_RECORDS, [standard])
    own = Standard.objects.select_related("record__within__self_assessment").filter(record=standard).first()
    if own is None or own.record.within is None:
        raise Refused(f"{standard.reference} is no standard of a self-assessment.")
    framework = framework_named(own.record.within.self_assessment.framework)
    if framework is None:
        raise Refused("The framework of this assessment is no longer on file; put it back before scoring.")
    level = framework.level(value)
    if value is not None and level is None:
        highest = framework.scale[-1]
        raise Refused(f"{value} is not on the scale, which ends at {highest.value} ({highest.label.lower()}).")
    if value is not None and not evidence.strip():
        raise Refused("Say what shows the score; a score without evidence convinces nobody.")
    if value is not None and value < framework.gap_below and not gap.strip():
        raise Refused("Say what is missing: a score this low leaves a gap to close.")
    detail = {"score": value}
    event = record_event("scored", by=by, subject=standard.reference, reason=reason, detail=detail)
    write([fact(Score, standard, as_at or today(), event, value=value, evidence=evidence.strip(), gap=gap.strip())])
    return event


@transaction.atomic
def add_action_for(*, standard: Record, action: Record, by: User) -> Event:
    """Tie an action to the gap that it closes: the action answers the standard."""
    if standard.kind != RecordKind.STANDARD or action.kind != RecordKind.ACTION:
        raise Refused("Choose an action to tie to the standard.")
    return register.link(record=action, relation=Relation.ANSWERS, target=standard, by=by)
