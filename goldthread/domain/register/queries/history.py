"""What was said of one record over time: every wording, date, rating, state and owner that stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Accountability, DueDate, Rating, Record, StateChange, Version
from goldthread.domain.register.models.as_at import facts_of
from goldthread.kernel.clock import today


@dataclass(frozen=True, slots=True)
class History:
    """The standing facts of a record by table, oldest day first."""

    versions: list[Version]
    states: list[StateChange]
    due_dates: list[DueDate]
    ratings: list[Rating]
    owners: list[Accountability]


def history_of(
    record: Record, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> History | None:
    """The history of a record up to a day (today), as known on a day (now); None where the viewer may not see it.

    Five queries, and one to ask who may see it.
    """
    rows = visible_to(viewer, Record.objects.filter(pk=record.pk))
    if not rows.exists():
        return None
    known_on = viewer.knowing(known_on)
    day, one = as_at or today(), Record.objects.filter(pk=record.pk)
    return History(
        versions=facts_of(Version, one, as_at=day, known_on=known_on, related=("by",))[record.pk],
        states=facts_of(StateChange, one, as_at=day, known_on=known_on, related=("by",))[record.pk],
        due_dates=facts_of(DueDate, one, as_at=day, known_on=known_on, related=("by", "agreed_by", "meeting"))[
            record.pk
        ],
        ratings=facts_of(Rating, one, as_at=day, known_on=known_on, related=("by",))[record.pk],
        owners=facts_of(Accountability, one, as_at=day, known_on=known_on, related=("by", "owner"))[record.pk],
    )
