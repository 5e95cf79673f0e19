"""Taking an action back: every fact that it added is withdrawn by a new one, with the person and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.following import follow_turned
from goldthread.commons.events.models import Event, Recorded, Step
from goldthread.domain.register.access import may_undo, visible_to
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.register.models.projection import project
from goldthread.domain.register.models.writing import copy_of


class ReasonWanted(Refused):
    """The action can be taken back with a reason, and none was given; the message says of what."""


def _dated_tables(base: Any = Recorded) -> list[Any]:
    """Every table of dated rows, of whatever room: what an action wrote in them is taken back with the action."""
    tables: list[Any] = [model for model in apps.get_models() if issubclass(model, base)]
    return [table for table in tables if table.taken_back_with_its_action]


@transaction.atomic
def undo(*, event: Event, by: User, reason: str = "") -> Event:
    """Undo an action as a whole; undoing an undo brings it back. Nothing is deleted: both stay on record.

    The person who acted may undo it, and whoever may withdraw records everywhere. Raises Refused where it has been undone
    already, where it changed nothing that can be taken back, where others have worked on what it created since, where it is
    not this person's to take back (their own appointment, say), or where what it was a part of keeps it (an update that was
    signed off with its round; ReasonWanted where it only asks why); NotAllowed
    for what somebody else did with anything that the person may not see.
    """
    viewer = viewer_for(by)
    if not may_undo(event, viewer=viewer) or (event.by_id != by.pk and not _sees_all(event, viewer)):
        raise NotAllowed("Only the person who did this, or a coordinator, can undo it.")
    if Event.objects.filter(undoes=event).exists():
        raise Refused("This has been undone already; undo the undo to bring it back.")
    _refuse_if_kept(event, viewer, reason)
    _refuse_if_worked_on(event)
    undoing = record_event(f"undid: {event.verb}", by=by, subject=event.subject, reason=reason, undoes=event)
    records: set[int] = set()
    taken = 0
    for model in _dated_tables():
        if event.by_id != by.pk and (why_not := model.kept_from(event, by.pk)):
            raise Refused(why_not)
        rows: list[Any] = list(model._default_manager.filter(event=event))
        if model.kept_because is not Recorded.kept_because:
            for why in filter(None, (row.kept_because() for row in rows)):
                raise Refused(why)
        model._default_manager.bulk_create([copy_of(row, undoing, withdraws=row) for row in rows], batch_size=500)
        taken += len(rows)
        records |= {row.record_id for row in rows if hasattr(row, "record_id")}
    if not taken:
        raise Refused("There is nothing in this action that can be taken back.")
    for step in _steps_of(event):  # before the records: who sends holds the step's rows first as well
        follow_turned(step, undoing)
    project(records)
    return undoing


def _steps_of(event: Event) -> Iterator[Step]:
    """What an action was a part of, in whatever room; an undo, and its undo, are of the first action's matter."""
    first = event
    while first.undoes is not None:
        first = first.undoes
    tables: list[Any] = [model for model in apps.get_models() if issubclass(model, Step)]
    return (row for table in tables for row in table._default_manager.filter(event=first))


def _refuse_if_kept(event: Event, viewer: Viewer, reason: str) -> None:
    """What an action was a part of may keep it, or ask why it is taken back."""
    for row in _steps_of(event):
        if why := row.action_kept_because(viewer):
            raise Refused(why)
        if (asks := row.action_asks_why(viewer)) and not reason.strip():
            raise ReasonWanted(asks)


def _sees_all(event: Event, viewer: Viewer) -> bool:
    """Whether a viewer sees everything that an action wrote about: to take back blindly would show that it is there."""
    hidden = Record.objects.exclude(pk__in=visible_to(viewer).values("pk"))
    for model in _dated_tables():
        rows = model._default_manager.filter(event=event)
        if hasattr(model, "record_id"):
            if hidden.filter(pk__in=rows.values("record_id")).exists():
                return False
        elif model.shows_to is not Recorded.shows_to and not all(row.shows_to(viewer) for row in rows):
            return False
    return True


def _refuse_if_worked_on(event: Event) -> None:
    created = Record.objects.filter(created=event)
    if not created.exists():
        return
    touched: set[str] = set()
    for model in _dated_tables(Fact):
        later = model._default_manager.filter(record__in=created, event__pk__gt=event.pk, withdraws__isnull=True)
        later = later.exclude(withdrawn_by__isnull=False)
        touched |= set(later.values_list("record__reference", flat=True)[:5])
    if touched:
        names = ", ".join(sorted(touched)[:3])
        raise Refused(f"Others have worked on {names} since; undo those changes first.")
