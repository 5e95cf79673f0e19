"""Other bodies on a day: what each is to the council, who sits on it, whether its business plan was reviewed, its exit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Arrangement, Body, Interest, Membership, PlanReviewed
from goldthread.domain.organisation.queries import bodies
from goldthread.domain.organisation.rules import holds_on, standing
from goldthread.kernel.clock import today


@dataclass(slots=True)
class PartnerAt:
    """A body outside the council on a day."""

    body: Body
    on: date
    arrangement: Arrangement | None = None
    seats: list[Membership] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    reviews: list[PlanReviewed] = field(default_factory=list)  # newest first

    @property
    def plan_overdue(self) -> bool:
        """Whether the month in which its business plan is reviewed has ended without a review in the twelve months to it."""
        month = self.arrangement.plan_due_month if self.arrangement else None
        if month is None:
            return False
        year = self.on.year if self.on.month > month else self.on.year - 1
        ended = date(year + (month == 12), month % 12 + 1, 1)  # the day after the month
        return not any(date(ended.year - 1, ended.month, 1) <= row.reviewed_on <= self.on for row in self.reviews)

    @property
    def leaving(self) -> bool:
        """Whether an exit is still to come."""
        return bool(self.arrangement and self.arrangement.exit_on and self.arrangement.exit_on >= self.on)


def partners(*, viewer: Viewer, on: date | None = None) -> list[PartnerAt]:
    """Every body with an arrangement on record, by name; nothing for viewers who may not see internal records. Six queries."""
    if not viewer.may(Permission.SEE_INTERNAL):
        return []
    day = on or today()
    latest = {row.body_id: row for row in standing(Arrangement.objects.select_related("by"))}
    seats: dict[int, list[Membership]] = defaultdict(list)
    for seat in standing(Membership.objects.filter(body__in=list(latest)).select_related("person")):
        if holds_on(seat.starts, seat.ends, day):
            seats[seat.body_id].append(seat)
    interests: dict[int, list[Interest]] = defaultdict(list)
    for row in standing(Interest.objects.select_related("person")):
        if holds_on(row.starts, row.ends, day):
            interests[row.body_id].append(row)
    reviews: dict[int, list[PlanReviewed]] = defaultdict(list)
    for done in sorted(standing(PlanReviewed.objects.all()), key=lambda row: row.reviewed_on, reverse=True):
        if done.reviewed_on <= day:
            reviews[done.body_id].append(done)
    return [
        PartnerAt(body, day, latest[body.pk], seats[body.pk], interests[body.pk], reviews[body.pk])
        for body in bodies(viewer=viewer).filter(pk__in=list(latest))
    ]


def partner(body: Body, *, viewer: Viewer, on: date | None = None) -> PartnerAt:
    """One body on a day; with no arrangement where none is on record."""
    found = next((one for one in partners(viewer=viewer, on=on) if one.body.pk == body.pk), None)
    if found is not None:
        return found
    day = on or today()
    seats = standing(Membership.objects.filter(body=body).select_related("person"))
    return PartnerAt(body, day, seats=[row for row in seats if holds_on(row.starts, row.ends, day)])
