"""What stood within a plan, review or report on a day: entries that were moved since stand where they stood then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.as_at import RecordAt, stand
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import CONTAINERS, Relation
from goldthread.kernel.clock import today

_LEVELS = 4
"""How deep entries hang in a plan: an objective, an action, a milestone, and one to spare."""


def contents_at(
    container: Record, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> list[RecordAt]:
    """A plan, review or report and everything that stood within it on a day, as known on a day, gone ones included.

    Today, by what is known now, the records say themselves what they stand within. For another day the links of that day say
    it: what was moved in since is left out, what was moved away since is there. A constant number of queries.
    """
    itself = Q(pk=container.pk)
    if as_at is None and known_on is None:
        now_inside = visible_to(viewer, Record.objects.filter(itself | Q(within=container)))
        return stand(now_inside, as_at=None, known_on=None)
    ever = Record.objects.filter(itself | Q(within=container) | _ever_below(container))
    parents = _parents(ever, as_at or today(), known_on)
    kinds = dict(Record.objects.filter(pk__in=ever.values("pk")).values_list("pk", "kind"))
    stood = stand(visible_to(viewer, ever), as_at=as_at, known_on=known_on)
    return [row for row in stood if _within(row.record.pk, container.pk, parents, kinds)]


def _ever_below(container: Record) -> Q:
    """Records that some link has ever made part of the container, directly or through others."""
    found = Q()
    above: QuerySet[Link, dict[str, int]] | None = None
    for _ in range(_LEVELS):
        links = Link.objects.filter(relation=Relation.PART_OF).order_by()
        links = links.filter(target=container) if above is None else links.filter(target__in=above)
        above = links.values("record_id")  # type: ignore[assignment]
        found |= Q(pk__in=above)
    return found


def _parents(records: QuerySet[Record], day: date, known_on: date | None) -> dict[int, int]:
    """What each record was part of on a day: id → id, whoever may see them. One query."""
    links = Link.objects.filter(record__in=records.values("pk"), relation=Relation.PART_OF, as_at__lte=day)
    if known_on is not None:
        links = links.filter(recorded__lt=end_of_day(known_on))
    names = ("pk", "withdraws_id", "record_id", "target_id", "ended", "as_at", "recorded")
    rows = standing(links.order_by().values_list(*names, named=True))
    rows.sort(key=lambda row: (row.as_at, row.recorded, row.pk))
    held = latest(rows, key=lambda row: (row.record_id, row.target_id))
    return {row.record_id: row.target_id for row in held.values() if not row.ended}


def _within(pk: int, container: int, parents: Mapping[int, int], kinds: Mapping[int, str]) -> bool:
    """Whether the first plan, review or report above a record is this one; the container itself counts."""
    step: int | None = pk
    seen: set[int] = set()
    while step is not None and step not in seen:
        if step == container:
            return True
        if step != pk and kinds.get(step) in CONTAINERS:
            return False
        seen.add(step)
        step = parents.get(step)
    return False
