"""Whether what a report was read from has moved since: asked in the short swap that publishes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Max, Q

from goldthread.commons.events.models import Event, Recorded
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.facts import Fact

_STILL_COMING = 1_000
"""Events so far back may still be uncommitted while a later one stands already (PostgreSQL gives numbers before the commit)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the register held at a moment: the newest events by number."""

    floor: int
    seen: frozenset[int]


def mark() -> Mark:
    """The register's newest events now."""
    newest = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    floor = newest - _STILL_COMING
    return Mark(floor, frozenset(Event.objects.filter(pk__gt=floor).values_list("pk", flat=True)))


def moved(plan: Record, since: Mark) -> bool:
    """Whether anything has been recorded since that a report on the plan may speak of.

    What was written only about records outside the plan, or beside the register, does not count.
    """
    new = set(Event.objects.filter(pk__gt=since.floor).values_list("pk", flat=True)) - since.seen
    return bool(new) and _touches(plan, new)


def _touches(plan: Record, events: set[int]) -> bool:
    inside = Q(record=plan) | Q(record__within=plan)
    told: set[int] = set()
    for model in _dated():
        rows = model._default_manager.filter(event_id__in=events)
        if not issubclass(model, Fact):
            if model._meta.app_label == "organisation" and rows.exists():
                return True
            told |= set(rows.values_list("event_id", flat=True))
            continue
        here = inside | Q(target=plan) | Q(target__within=plan) if model is Link else inside
        if rows.filter(here).exists():
            return True
        told |= set(rows.values_list("event_id", flat=True))
    # An event that wrote no dated row changed something else, such as the name of a directorate: better read again.
    return bool(events - told)


def _dated() -> Iterable[type[Recorded]]:
    return [model for model in apps.get_models() if issubclass(model, Recorded)]
