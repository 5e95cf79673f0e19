"""What stood within a plan, review or report on a day: entries that were moved since stand where they stood then."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.as_at import RecordAt, stand
from goldthread.domain.register.terms import Relation

_LEVELS = 4
"""How deep entries hang in a plan: an objective, an action, a milestone, and one to spare."""


def contents_at(
    container: Record, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> list[RecordAt]:
    """A plan, review or report and everything that stood within it on a day, as known on a day, gone ones included.

    Today, by what is known now, the records say themselves what they stand within. For another day the links of that day say
    it: what was moved in since is left out, what was moved away since is there. A constant number of queries.
    """
    known_on = viewer.knowing(known_on)
    itself = Q(pk=container.pk)
    if as_at is None and known_on is None:
        now_inside = visible_to(viewer, Record.objects.filter(itself | Q(within=container)))
        return stand(now_inside, as_at=None, known_on=None)
    ever = Record.objects.filter(itself | Q(within=container) | Q(pk__in=_moved_away(container)))
    stood = stand(visible_to(viewer, ever), as_at=as_at, known_on=known_on)
    return [row for row in stood if container.pk in (row.record.pk, row.within_id)]


def _moved_away(container: Record) -> set[int]:
    """Ids of records that some link has made part of the container, directly or through others, and that stand elsewhere now.

    One query for each level that has any, asked one after the other: nested in one another they are a question that
    PostgreSQL, before it has counted a new table, answers by trying every link with every other, four deep.
    """
    links = Link.objects.filter(relation=Relation.PART_OF).exclude(record__within=container).order_by()
    inside = Q(target=container) | Q(target__within=container)
    found: set[int] = set()
    for _ in range(_LEVELS):
        new = set(links.filter(inside).values_list("record_id", flat=True)) - found - {container.pk}
        if not new:
            break
        found |= new
        inside = Q(target__in=new)
    return found
