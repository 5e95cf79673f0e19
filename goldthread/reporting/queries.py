"""Reading what was issued. Stored bytes are given back as they are; nothing here computes a report again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.files.storage import content_of
from goldthread.reporting.audience import open_to
from goldthread.reporting.canonical import from_json
from goldthread.reporting.model import Report
from goldthread.reporting.models import Issue
from goldthread.reporting.terms import FULL, StepKind


def issues(*, viewer: Viewer) -> QuerySet[Issue]:
    """The issues that a viewer may open, the newest first, with what a list of them shows."""
    rows = open_to(viewer).select_related("plan", "for_body__owner", "meeting", "by", "event")
    return rows.prefetch_related("steps", "files").order_by("-pk")


def issue_by_reference(reference: str, *, viewer: Viewer) -> Issue | None:
    """One issue by what people call it ("R7", "7"); None where the viewer may not open it."""
    found = re.fullmatch(r"[Rr]?0*(\d{1,15})", reference.strip())
    return issues(viewer=viewer).filter(pk=int(found[1])).first() if found else None


def previous_of(issue: Issue, *, viewer: Viewer) -> Issue | None:
    """The issue of the same report that the same body (or, for one without, anybody) was given before."""
    rows = issues(viewer=viewer).filter(plan_id=issue.plan_id, variant=issue.variant, pk__lt=issue.pk)
    rows = rows.filter(for_body_id=issue.for_body_id).exclude(steps__kind=StepKind.WITHDRAWN)
    return rows.first()


def last_seen_by(body: str, *, viewer: Viewer) -> Issue | None:
    """The newest full report, not withdrawn, that was issued for the body of this name; None where there is none."""
    rows = issues(viewer=viewer).filter(for_body__owner__name__iexact=body.strip(), variant=FULL)
    return rows.exclude(steps__kind=StepKind.WITHDRAWN).first()


def last_seen(bodies: Collection[int], *, viewer: Viewer) -> list[Issue]:
    """What bodies (by id) were given last: of each plan the newest full report, not withdrawn, by body and plan. One query."""
    rows = issues(viewer=viewer).filter(for_body_id__in=bodies, variant=FULL).exclude(steps__kind=StepKind.WITHDRAWN)
    found: dict[tuple[str, str], Issue] = {}
    for row in rows:
        found.setdefault((row.for_body.owner.name if row.for_body else "", row.plan.reference), row)
    return [found[key] for key in sorted(found)]


def data_of(issue: Issue) -> bytes:
    """The canonical data as issued. Raises DamagedFile where it is missing or has changed."""
    return content_of(issue.sha256)


def report_of(issue: Issue) -> Report:
    """The report as issued. Raises DamagedFile."""
    return from_json(data_of(issue))


def reissue(issue: Issue) -> Iterator[tuple[str, bytes]]:
    """The files of an issue byte for byte, by name. Raises DamagedFile where one is missing or has changed."""
    for row in issue.files.all():
        yield row.name, content_of(row.sha256)
