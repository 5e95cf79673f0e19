"""How plans report: cadences and timetables by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Meeting, Person
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.models import Cadence, Round
from goldthread.domain.rounds.queries.people import who_is_asked
from goldthread.domain.rounds.rules import Offsets, offsets_from
from goldthread.domain.rounds.terms.shipped import suggested_timetable
from goldthread.kernel.clock import today


def cadence_of(plan: Record, *, viewer: Viewer, on: date | None = None) -> Cadence | None:
    """How a plan reports on a day (today); None where it does not, or the viewer may not see it."""
    return cadences([plan.pk], viewer=viewer, on=on).get(plan.pk)


def cadences(plans: list[int], *, viewer: Viewer, on: date | None = None) -> dict[int, Cadence]:
    """How plans report on a day: plan id → cadence; those that do not report are no key. Two queries."""
    seen = visible_to(viewer, Record.objects.filter(pk__in=plans)).values("pk")
    held: dict[int, Cadence] = {}
    rows = Cadence.objects.filter(plan__in=seen, starts__lte=on or today()).select_related("body__owner", "plan")
    for row in sorted(standing(rows), key=lambda row: (row.starts, row.pk)):
        if row.plan_id is not None:
            held[row.plan_id] = row
    return {pk: row for pk, row in held.items() if not row.ended}


def reporting_plans(*, viewer: Viewer) -> list[Record]:
    """The plans that report today and that the viewer may see."""
    ids = list(Cadence.objects.filter(plan__isnull=False).values_list("plan_id", flat=True).distinct())
    return [row.plan for row in cadences([pk for pk in ids if pk is not None], viewer=viewer).values() if row.plan]


def council_timetable(*, viewer: Viewer, on: date | None = None) -> tuple[Offsets, str]:
    """The timetable that holds for all plans on a day unless they have their own, and where it comes from."""
    rows = standing(Cadence.objects.filter(plan__isnull=True, starts__lte=on or today()))
    if rows:
        held = max(rows, key=lambda row: (row.starts, row.pk))
        return held.timetable, held.source or held.reason
    shipped = suggested_timetable()
    return offsets_from(shipped), str(shipped["source"])


def timetable_for(plan: Record, *, viewer: Viewer) -> Offsets:
    """The timetable of a plan: its own, or the council's."""
    held = cadence_of(plan, viewer=viewer)
    return held.timetable if held else council_timetable(viewer=viewer)[0]


@dataclass(frozen=True, slots=True)
class WouldAsk:
    """What opening a round today would ask: how many items, of whom, and where it would reach nobody."""

    items: int
    people: list[str]
    nobody: list[Record]
    without_address: list[str]


def would_ask(round: Round, *, viewer: Viewer) -> WouldAsk:
    """Whom a planned round would ask, of the entries that the viewer may see. A constant number of queries."""
    records = list(visible_to(viewer, round.asks_for()))
    asked = who_is_asked(records, first=round.opens, last=round.due_last, viewer=viewer)
    ids = {one.person_id for one in asked.values() if one.person_id is not None}
    people = list(Person.objects.filter(pk__in=ids).select_related("user").order_by("name"))
    return WouldAsk(
        items=len(records),
        people=[one.name for one in people],
        nobody=[record for record in records if asked[record.pk].person_id is None],
        without_address=[one.name for one in people if not (one.email or one.user)],
    )


def coming_meetings(*, viewer: Viewer, most: int = 60) -> list[Meeting]:
    """Meetings to come, of every body, soonest first."""
    rows = Meeting.objects.filter(held_on__gt=today()).select_related("body__owner")
    return list(rows.order_by("held_on", "pk")[:most])
