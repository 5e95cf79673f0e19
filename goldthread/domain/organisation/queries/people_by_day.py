"""People: what each held and where each sat, from when to when; who held what on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Appointment, Membership, Person
from goldthread.domain.organisation.queries import people
from goldthread.domain.organisation.rules import end_of_day, holds_on, standing
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.kernel.clock import today


@dataclass(slots=True)
class PersonAt:
    """A person with everything on record that they hold or held, and where they sit or sat; ``now`` is what holds on the day."""

    person: Person
    on: date
    appointments: list[Appointment] = field(default_factory=list)  # newest first
    memberships: list[Membership] = field(default_factory=list)

    @property
    def now(self) -> list[Appointment]:
        """What they hold on the day."""
        return [row for row in self.appointments if holds_on(row.starts, row.ends, self.on)]

    @property
    def seats(self) -> list[Membership]:
        """Where they sit on the day."""
        return [row for row in self.memberships if holds_on(row.starts, row.ends, self.on)]

    @property
    def member(self) -> bool:
        """Whether they are an elected member: they hold or held an elected office."""
        return any(row.owner.kind == OwnerKind.OFFICE for row in self.appointments)


def people_on(*, viewer: Viewer, on: date | None = None, known_on: date | None = None) -> list[PersonAt]:
    """Every person on record by name; nobody for viewers who may not see internal records. Three queries."""
    return _people(list(people(viewer=viewer)), on or today(), viewer.knowing(known_on))


def person_on(pk: int, *, viewer: Viewer, on: date | None = None, known_on: date | None = None) -> PersonAt | None:
    """One person; None where there is none, or the viewer may not see people."""
    found = _people(list(people(viewer=viewer).filter(pk=pk)), on or today(), viewer.knowing(known_on))
    return found[0] if found else None


def _people(rows: list[Person], day: date, known_on: date | None) -> list[PersonAt]:
    wanted = {row.pk for row in rows}
    held = Appointment.objects.filter(person__in=wanted).select_related("owner__directorate")
    sat = Membership.objects.filter(person__in=wanted).select_related("body__owner")
    if known_on is not None:
        held, sat = held.filter(recorded__lt=end_of_day(known_on)), sat.filter(recorded__lt=end_of_day(known_on))
    appointments: dict[int, list[Appointment]] = defaultdict(list)
    for row in sorted(standing(held), key=lambda one: one.starts or date.min, reverse=True):
        appointments[row.person_id].append(row)
    memberships: dict[int, list[Membership]] = defaultdict(list)
    for seat in sorted(standing(sat), key=lambda one: one.starts or date.min, reverse=True):
        memberships[seat.person_id].append(seat)
    return [PersonAt(row, day, appointments[row.pk], memberships[row.pk]) for row in rows]
