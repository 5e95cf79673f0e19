"""What hangs on records by a relation: the actions that answer a recommendation, what mitigates a risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.as_at import RecordAt, stand


def hanging_on(
    targets: Iterable[int],
    relation: str,
    *,
    viewer: Viewer,
    as_at: date | None = None,
    known_on: date | None = None,
) -> dict[int, list[RecordAt]]:
    """For each target (by id) the entries that hang on it by a relation on a day, in order of their references.

    What has left the lists or the viewer may not see is left out. A constant number of queries.
    """
    known_on = viewer.knowing(known_on)
    wanted = set(targets)
    hanging = Link.objects.filter(target__in=wanted, relation=relation).values("record_id")
    found: dict[int, list[RecordAt]] = {}
    rows = visible_to(viewer, Record.objects.filter(pk__in=hanging))
    for row in sorted(stand(rows, as_at=as_at, known_on=known_on), key=lambda one: one.reference):
        if not row.gone:
            for target in set(row.targets(relation)) & wanted:
                found.setdefault(target, []).append(row)
    return found
