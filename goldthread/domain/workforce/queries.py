"""Reading the objectives of posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Post
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at, records
from goldthread.domain.register.terms import Relation
from goldthread.domain.workforce.access import in_line
from goldthread.domain.workforce.models import PostObjective


@dataclass(slots=True)
class ObjectiveOfPost:
    """An objective of a post on a day, and the priorities, objectives and actions that it serves."""

    row: RecordAt
    year: int
    serves: list[Record] = field(default_factory=list)


def objectives_of(
    post: Post, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> list[ObjectiveOfPost]:
    """The objectives of a post, the newest year first; nothing for viewers outside its line. A constant number of queries."""
    if not in_line(viewer, post):
        return []
    rows = Record.objects.filter(post_objective__isnull=False, accountable=post.pk)
    stood = [row for row in at(rows, viewer=viewer, as_at=as_at, known_on=known_on) if not row.gone]
    years = dict(PostObjective.objects.filter(record__in=[row.record.pk for row in stood]).values_list("pk", "year"))
    targets = {target for row in stood for target in row.targets(Relation.SERVES)}
    served = records(viewer=viewer).in_bulk(list(targets))
    found = [
        ObjectiveOfPost(
            row,
            years[row.record.pk],
            [served[target] for target in row.targets(Relation.SERVES) if target in served],
        )
        for row in stood
    ]
    return sorted(found, key=lambda one: (-one.year, one.row.reference))
