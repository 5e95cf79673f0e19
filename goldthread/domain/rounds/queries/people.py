"""Who answers for a record in a round: the holder, who stands in, or the line above a vacant post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Appointment, Membership, Post
from goldthread.domain.organisation.rules import holds_on, standing
from goldthread.domain.organisation.terms import AppointmentKind
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.models import Absence
from goldthread.domain.rounds.rules import who_answers
from goldthread.domain.rounds.terms import How
from goldthread.kernel.clock import today

_HIGHEST = 12
"""How many steps of the line are followed."""

_ORDER = (AppointmentKind.SUBSTANTIVE, AppointmentKind.ACTING, AppointmentKind.INTERIM, AppointmentKind.JOB_SHARE)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked (None: nobody), why they, and who holds the post."""

    person_id: int | None
    how: How
    holder_id: int | None = None


def absences(*, viewer: Viewer) -> list[Absence]:
    """Every absence that stands, ended ones included."""
    return standing(Absence.objects.select_related("person", "stand_in"))


def who_is_asked(records: Sequence[Record], *, first: date, last: date, viewer: Viewer) -> dict[int, Asking]:
    """Who is asked for each record between two days: record id → asking. A constant number of queries."""
    owners = {record.accountable_id for record in records if record.accountable_id is not None}
    above = line_above(viewer=viewer)
    away = [row for row in absences(viewer=viewer) if row.ends >= first]
    wanted = set(owners)
    for owner in owners:
        wanted |= set(_line(owner, above))
    held = holding(wanted, viewer=viewer)
    found = {owner: _asking(owner, held, above, away, first, last) for owner in owners}
    nobody = Asking(None, How.NOBODY)
    return {record.pk: found.get(record.accountable_id or 0, nobody) for record in records}


def _asking(
    owner: int,
    held: dict[int, tuple[int, bool]],
    above: dict[int, int],
    away: Sequence[Absence],
    first: date,
    last: date,
) -> Asking:
    how = How.HOLDER
    for post in (owner, *_line(owner, above)):
        if post in held:
            holder, member = held[post]
            person, stands_in = who_answers(holder, away, first=first, last=last)
            if member:
                how = How.MEMBER
            return Asking(person, How.STAND_IN if stands_in and how == How.HOLDER else how, holder)
        how = How.LINE
    return Asking(None, How.NOBODY)


def _line(owner: int, above: dict[int, int]) -> Iterable[int]:
    steps, now = 0, above.get(owner)
    while now is not None and steps < _HIGHEST:
        yield now
        steps, now = steps + 1, above.get(now)


def line_above(*, viewer: Viewer) -> dict[int, int]:
    """The reporting line: post → the post that it reports to."""
    rows = Post.objects.filter(reports_to__isnull=False).values_list("pk", "reports_to_id")
    return {pk: above for pk, above in rows if above is not None}


def holding(owners: Iterable[int], *, viewer: Viewer, on: date | None = None) -> dict[int, tuple[int, bool]]:
    """Who speaks for posts, offices and bodies on a day: owner → (person, whether as a member of a body). Two queries.

    Of several holders the substantive one, then acting, interim, the first of a job share; of a body its chair, else
    its first member on record.
    """
    day, wanted = on or today(), list(owners)
    by_owner: dict[int, list[Appointment]] = defaultdict(list)
    for row in standing(Appointment.objects.filter(owner_id__in=wanted)):
        if holds_on(row.starts, row.ends, day):
            by_owner[row.owner_id].append(row)
    found = {
        owner: (min(rows, key=lambda row: (_ORDER.index(AppointmentKind(row.kind)), row.pk)).person_id, False)
        for owner, rows in by_owner.items()
    }
    seats: dict[int, list[Membership]] = defaultdict(list)
    for seat in standing(Membership.objects.filter(body_id__in=wanted)):
        if holds_on(seat.starts, seat.ends, day):
            seats[seat.body_id].append(seat)
    for body, members in seats.items():
        chair = min(members, key=lambda seat: (seat.role.strip().casefold() != "chair", seat.pk))
        found.setdefault(body, (chair.person_id, True))
    return found
