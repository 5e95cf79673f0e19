"""Which proposals the plans room takes, and what becomes of them."""

from __future__ import annotations

from goldthread.domain.plans.actions import keep
from goldthread.domain.register.adopters import Offer, new_record, words_of
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.terms import RecordKind

TAKES = (RecordKind.PLAN, RecordKind.OBJECTIVE, RecordKind.CRITERION, RecordKind.ACTION)
"""Kinds of record whose rows this room keeps."""

__all__ = ["TAKES", "keep", "new_records"]


def new_records(offer: Offer, parent: Record | NewRecord | None) -> list[NewRecord]:
    """An objective brings its success criteria as records of their own; everything else is one record."""
    main = new_record(offer, parent)
    criteria = [words_of(item) for item in offer.fields.get("success_criteria") or []]
    return [main, *(_criterion(offer, text, main) for text in criteria if text)]


def _criterion(offer: Offer, text: str, objective: NewRecord) -> NewRecord:
    return NewRecord(
        kind=RecordKind.CRITERION,
        text=text,
        as_at=offer.as_at,
        section=list(offer.section),
        parent=objective,
        position=offer.position,
        passage=offer.passage,
        checked=offer.checked,
    )
