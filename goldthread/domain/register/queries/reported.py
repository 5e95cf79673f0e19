"""Which owners had updates recorded on what they answer for, period by period, and which had none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Owner
from goldthread.domain.register.models import Accountability, Record, StateChange, Update, Version
from goldthread.domain.register.models.as_at import facts_of
from goldthread.domain.register.queries import records
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import ANSWERABLE, GONE, LIVE, OwnerRole, State
from goldthread.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are looked at together: a quarter, or what a reporting round is about; both days count."""

    name: str
    starts: date
    ends: date


@dataclass(slots=True)
class InPeriod:
    """What an owner answered for in a period: the items that had an update, and those that had none."""

    reported: list[Record] = field(default_factory=list)
    silent: list[Record] = field(default_factory=list)

    @property
    def items(self) -> int:
        """How many there were."""
        return len(self.reported) + len(self.silent)


@dataclass(slots=True)
class OwnerReported:
    """An owner (None: items whose printed lead nobody has matched) with its items period by period, oldest first."""

    owner: Owner | None
    periods: list[InPeriod]
    over: list[bool]  # whether each period has ended

    @property
    def silent_for(self) -> int:
        """How many ended periods in a row, up to the last one, it had items and not one update."""
        number = 0
        for held, over in zip(reversed(self.periods), reversed(self.over), strict=True):
            if held.reported or (over and not held.items):
                break
            number += over and bool(held.items)
        return number


def reported_by_owner(
    periods: Sequence[Period], *, viewer: Viewer, within: Record | None = None
) -> list[OwnerReported]:
    """For each owner with items in the last of some periods: how many of its items had an update in each of them.

    Items are the actions and recommendations that the viewer sees (of one plan or review, if told). One counts in a period
    in which it was live on any day, for whoever answered for it at the period's end (or today, while it runs), and is
    reported where an update speaks of a day in it, whenever that was recorded. The longest silent owners come first. Seven
    queries, whatever the number.
    """
    rows = records(viewer=viewer).filter(kind__in=ANSWERABLE)
    if within is not None:
        rows = rows.filter(within=within)
    found = list(rows.order_by("within_id", "position", "pk"))
    day = today()
    ids = rows.order_by().values("pk")
    born = {pk: facts[0].as_at for pk, facts in facts_of(Version, ids, as_at=day, known_on=None).items()}  # type: ignore[arg-type]
    moves = facts_of(StateChange, ids, as_at=day, known_on=None)  # type: ignore[arg-type]
    owned = facts_of(Accountability, ids, as_at=day, known_on=None)  # type: ignore[arg-type]
    told = facts_of(Update, ids, as_at=day, known_on=None)  # type: ignore[arg-type]
    table: dict[int | None, list[InPeriod]] = defaultdict(lambda: [InPeriod() for _ in periods])
    for row in found:
        if row.pk not in born:
            continue
        days = [one.as_at for one in told.get(row.pk, [])]
        for at, period in enumerate(periods):
            ends = min(period.ends, day)
            if born[row.pk] <= ends and _live_in(moves.get(row.pk, []), born[row.pk], period.starts, ends):
                held = table[_accountable(owned.get(row.pk, []), ends)][at]
                (held.reported if any(period.starts <= one <= ends for one in days) else held.silent).append(row)
    return _in_order(table, [period.ends < day for period in periods])


def _live_in(moves: Sequence[StateChange], born: date, starts: date, ends: date) -> bool:
    """Whether something was live on a day between two, and has not left the lists by the second."""
    since = max(born, starts - timedelta(days=1))  # what is adopted as complete was not live on its first day either
    state, states = str(State.OPEN), list[str]()
    for move in moves:
        if move.as_at > ends:
            break
        if move.as_at > since and not states:
            states.append(state)
        state = move.state
        if move.as_at > since:
            states.append(state)
    return any(each in LIVE for each in states or [state]) and state not in GONE


def _accountable(rows: Sequence[Accountability], day: date) -> int | None:
    held = latest([row for row in rows if row.as_at <= day], key=lambda row: (row.role, row.printed or row.owner_id))
    mine = [row.owner_id for row in held.values() if not row.ended and row.role == OwnerRole.ACCOUNTABLE]
    return next((owner for owner in mine if owner is not None), None)


def _in_order(table: dict[int | None, list[InPeriod]], over: list[bool]) -> list[OwnerReported]:
    owners = Owner.objects.select_related("directorate").in_bulk([pk for pk in table if pk is not None])
    rows = [
        OwnerReported(owners[pk] if pk is not None else None, held, over)
        for pk, held in table.items()
        if held and held[-1].items
    ]
    return sorted(
        rows,
        key=lambda row: (row.owner is None, -row.silent_for, -len(row.periods[-1].silent), str(row.owner or "")),
    )
