"""What is on record of reviews besides their entries: particulars, clock, judgements, responses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import facts_of
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews.models import ClockDate, Judgement, Particulars, Response, Review
from goldthread.domain.reviews.rules.clocks import Clock, Dates, StepOnDay, clock_of, steps_on
from goldthread.domain.reviews.terms import DateKind, ReviewKind
from goldthread.kernel.clock import today


@dataclass(slots=True)
class ReviewFacts:
    """A review on a day: its kind, what it was, the clock in force with its steps, and its judgements."""

    record: Record
    kind: str = ReviewKind.OTHER
    particulars: Particulars | None = None
    dates: Dates = field(default_factory=Dates)
    clock: Clock | None = None
    steps: list[StepOnDay] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)


def facts_of_review(
    review: Record, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> ReviewFacts:
    """What is on record of one review on a day. Four queries."""
    found = _facts([review], viewer=viewer, as_at=as_at, known_on=known_on)
    return found[0] if found else ReviewFacts(review)


def clocks(*, viewer: Viewer, on: date | None = None) -> list[ReviewFacts]:
    """Every review that the viewer may see with its clock as it stands on a day. A constant number of queries."""
    return _facts(live_records(viewer=viewer).filter(kind=RecordKind.REVIEW), viewer=viewer, as_at=on, known_on=None)


def _facts(
    reviews: Iterable[Record], *, viewer: Viewer, as_at: date | None, known_on: date | None
) -> list[ReviewFacts]:
    day, known_on = as_at or today(), viewer.knowing(known_on)
    rows = visible_to(viewer, Record.objects.filter(pk__in=[row.pk for row in reviews])).order_by("pk")
    particulars = facts_of(Particulars, rows, as_at=day, known_on=known_on)
    dates = facts_of(ClockDate, rows, as_at=day, known_on=known_on)
    judgements = facts_of(Judgement, rows, as_at=day, known_on=known_on)
    about = {row.record_id: row for row in Review.objects.filter(record__in=rows)}
    found = []
    for record in rows:
        what = particulars[record.pk][-1] if particulars[record.pk] else None
        own = about.get(record.pk)
        kind = what.kind if what else (own.kind if own else ReviewKind.OTHER)
        known = _dates(what, own, dates[record.pk])
        clock = clock_of(kind, known.started or known.ended)
        steps = steps_on(known, clock=clock, on=day)
        found.append(ReviewFacts(record, kind, what, known, clock, steps, _judgements(judgements[record.pk])))
    return found


def _dates(what: Particulars | None, own: Review | None, rows: list[ClockDate]) -> Dates:
    source = what or own
    known = Dates(
        started=source.started_on if source else None,
        ended=(source.ended_on or source.started_on) if source else None,
    )
    for row in rows:  # oldest first: the last one of a step and kind holds
        held: dict[str, date] | dict[str, tuple[date, str]]
        held = known.happened if row.kind == DateKind.HAPPENED else known.printed
        if row.day is None:
            held.pop(row.step, None)
        elif row.kind == DateKind.HAPPENED:
            known.happened[row.step] = row.day
        else:
            known.printed[row.step] = (row.day, row.printed)
        if row.title:
            known.titles[row.step] = row.title
    return known


def _judgements(rows: list[Judgement]) -> list[Judgement]:
    held = {row.aspect.casefold(): row for row in rows}
    return [row for row in held.values() if not row.ended]


def responses(
    records: Iterable[Record], *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> dict[int, Response]:
    """What the council answered to recommendations: record id → the response that holds on the day. Two queries."""
    rows = visible_to(viewer, Record.objects.filter(pk__in=[row.pk for row in records]))
    related = ("agreed_by__owner", "meeting", "sponsor__owner", "by")
    known_on = viewer.knowing(known_on)
    found = facts_of(Response, rows, as_at=as_at or today(), known_on=known_on, related=related)
    return {pk: held[-1] for pk, held in found.items() if held}
