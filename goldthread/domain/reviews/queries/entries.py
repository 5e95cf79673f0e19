"""Reading reviews."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import live_records, records
from goldthread.domain.register.queries.contents import contents_at
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews.models import Review


@dataclass(slots=True)
class ReviewAt:
    """A review on a day: its recommendations, and its findings by theme, in printed order."""

    review: RecordAt
    about: Review | None
    recommendations: list[RecordAt] = field(default_factory=list)
    themes: dict[str, list[RecordAt]] = field(default_factory=dict)


def reviews(*, viewer: Viewer) -> QuerySet[Record]:
    """Reviews that the viewer may see, the newest first."""
    rows = live_records(viewer=viewer).filter(kind=RecordKind.REVIEW)
    return rows.select_related("review").order_by("-created_id")


def counts_by_review(*, viewer: Viewer) -> dict[int, dict[str, int]]:
    """How many recommendations and findings of each review the viewer sees: review id → kind → count. One query."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    kinds = (RecordKind.RECOMMENDATION, RecordKind.FINDING)
    rows = live_records(viewer=viewer).filter(kind__in=kinds, within__kind=RecordKind.REVIEW)
    for review, kind, number in rows.order_by().values_list("within_id", "kind").annotate(number=Count("pk")):
        counts[review][kind] = number
    return dict(counts)


def review_at(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> ReviewAt | None:
    """A review with what stands in it on a day; None where it did not stand, or the viewer may not see it."""
    review = records(viewer=viewer).filter(reference__iexact=reference.strip(), kind=RecordKind.REVIEW).first()
    if review is None:
        return None
    stood = [row for row in contents_at(review, viewer=viewer, as_at=as_at, known_on=known_on) if not row.gone]
    itself = next((row for row in stood if row.record.pk == review.pk), None)
    if itself is None:
        return None
    found = ReviewAt(itself, Review.objects.filter(record=review).first())
    for row in sorted(stood, key=lambda row: (row.version.position, row.record.pk)):
        if row.kind == RecordKind.RECOMMENDATION:
            found.recommendations.append(row)
        elif row.kind == RecordKind.FINDING:
            theme = row.details.get("theme") or (row.section[-1] if row.section else "Other findings")
            found.themes.setdefault(str(theme), []).append(row)
    return found
