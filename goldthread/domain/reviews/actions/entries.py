"""Writing reviews. What holds for every record stands in register.actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.terms import CONTAINERS, RecordKind
from goldthread.domain.reviews.models import Finding, Recommendation, Review
from goldthread.domain.reviews.terms import Polarity, ReviewKind


@transaction.atomic
def write_entry(
    *, new: NewRecord, by: User, reason: str = "", review_kind: str = ReviewKind.OTHER, polarity: str = Polarity.NEUTRAL
) -> Record:
    """Write a review, or a recommendation or finding within a review, plan or report, by hand."""
    if new.kind not in (RecordKind.REVIEW, RecordKind.RECOMMENDATION, RecordKind.FINDING):
        raise Refused(f"A {new.kind} is not written in a review.")
    parent = new.parent if isinstance(new.parent, Record) else None
    if new.kind != RecordKind.REVIEW and (parent is None or parent.kind not in CONTAINERS):
        raise Refused(f"Choose the review or plan that the {new.kind} stands in.")
    if new.kind == RecordKind.FINDING:
        new.details["polarity"] = Polarity(polarity).value
    record = register.create(new=new, by=by, reason=reason, verb=f"wrote a {new.kind}")
    if new.kind == RecordKind.REVIEW:
        keep(kind=RecordKind.REVIEW, records=[record], event=record.created, review_kind=review_kind)
    else:
        keep(kind=RecordKind(new.kind), records=[record], event=record.created)
    return record


def keep(*, kind: RecordKind, records: Sequence[Record], event: Event, review_kind: str = ReviewKind.OTHER) -> None:
    """Give records of a kind their row in this room; part of the action of the event, which created them."""
    if kind == RecordKind.RECOMMENDATION:
        Recommendation.objects.bulk_create(
            [Recommendation(record=row, risk_rating=_score(row.details.get("risk_rating"))) for row in records],
            batch_size=500,
        )
    elif kind == RecordKind.FINDING:
        Finding.objects.bulk_create([Finding(record=row, polarity=_polarity(row)) for row in records], batch_size=500)
    else:
        Review.objects.bulk_create([Review(record=row, kind=ReviewKind(review_kind)) for row in records])


def _score(printed: Any) -> int | None:
    text = str(printed if printed is not None else "").strip()
    return int(text) if text.isdigit() and len(text) <= 3 else None


def _polarity(row: Record) -> str:
    printed = row.details.get("polarity")
    return printed if printed in Polarity.values else Polarity.NEUTRAL.value
